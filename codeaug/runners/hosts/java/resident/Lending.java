package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Inputs in which what does work for the unit is lent, and fails: writers, streams, what can be
 * iterated over, objects of the project behind an interface that can do more than tell a value.
 */
final class Lending {
    private static final int DEEPEST = 3;
    private static final int TURNS = 3;

    private final Side side;
    private final About about;
    private final List<Type> types;

    /** `side` is the unchanged unit. */
    Lending(Side side, About about) {
        this.side = side;
        this.about = about;
        this.types = new Declared(side.unit, side.first, side.loader, about).types;
    }

    /**
     * Hands inputs in which something fails to `taker`. At what, only two texts that ask the same of it
     * can tell, as long as nothing fails.
     */
    void over(List<List<Shape>> bases, Side changed, Predicate<List<Shape>> taker) {
        try {
            for (List<Shape> base : bases) {
                List<Shape> healthy = lent(base, "");
                broken(healthy == null ? base : healthy).forEach(taker::test);
                if (healthy != null && taker.test(healthy)) {
                    side.call(healthy);
                    Journal usual = Journal.present();
                    changed.call(healthy);
                    boolean same = Recorder.texts(usual.notes()).equals(Recorder.texts(Journal.present().notes()));
                    scripts(same ? usual.kinds() : Collections.<String>emptyList())
                        .forEach(script -> taker.test(lent(base, script)));
                }
            }
        } catch (NoCopy | ReflectiveOperationException | RuntimeException | OutOfMemoryError e) {
            return; // what cannot be looked into says nothing
        }
    }

    /** Inputs in which what is lent, or a function, calls the unit again on the same receiver. */
    List<List<Shape>> again(List<List<Shape>> bases) {
        List<List<Shape>> all = new ArrayList<>();
        for (List<Shape> base : side.first == 1 ? bases : Collections.<List<Shape>>emptyList()) {
            List<Shape> lent = lent(base, Journal.AGAIN);
            List<Shape> found = new ArrayList<>();
            for (Shape shape : lent == null ? base : lent) {
                found.add(calling(shape));
            }
            if (lent != null || !Recorder.texts(found).equals(Recorder.texts(base))) {
                all.add(found);
            }
        }
        return all;
    }

    private static Shape calling(Shape shape) {
        if (shape.value instanceof Lambdas.Plan) {
            return shape.with((Object) ((Lambdas.Plan) shape.value).with(Journal.AGAIN));
        }
        List<Shape> parts = new ArrayList<>();
        for (Shape part : shape.parts) {
            parts.add(calling(part));
        }
        return shape.with(parts);
    }

    /** The input with all that can be lent, of which that fails (see Journal); null when there is none. */
    List<Shape> lent(List<Shape> input, String script) {
        List<Shape> all = new ArrayList<>();
        String end = script.isEmpty() ? Lent.HEALTHY
            : Lent.THAT + (script.equals(Journal.AGAIN) ? "" : Lent.FAILS) + script;
        for (int i = 0; i < input.size(); i++) {
            all.add(lent(types.get(i), input.get(i), end, 0));
        }
        return Recorder.texts(all).equals(Recorder.texts(input)) ? null : all;
    }

    private Shape lent(Type type, Shape shape, String end, int depth) {
        Class<?> declared = Declared.erased(type);
        if (declared == null || depth > DEEPEST || shape.kind == Shape.Kind.SAME) {
            return shape;
        }
        if (shape.kind == Shape.Kind.TEXT) {
            String made = made(declared, shape.type);
            return made.isEmpty() ? shape
                : new Shape(shape.kind, made + end, shape.value, shape.parts, shape.number);
        }
        if (shape.kind == Shape.Kind.OBJECT && declared.isInterface() && doesWork(declared)) {
            return new Shape(Shape.Kind.LENT, shape.type + end, null, Collections.singletonList(shape), -1);
        }
        if (shape.kind == Shape.Kind.OBJECT) {
            return fields(shape, end, depth);
        }
        List<Type> inner = type instanceof ParameterizedType
            ? Arrays.asList(((ParameterizedType) type).getActualTypeArguments())
            : type instanceof GenericArrayType ? Arrays.asList(((GenericArrayType) type).getGenericComponentType())
            : declared.isArray() ? Arrays.<Type>asList(declared.getComponentType()) : Collections.<Type>emptyList();
        List<Shape> parts = new ArrayList<>(shape.parts);
        boolean holds = shape.kind == Shape.Kind.LIST || shape.kind == Shape.Kind.MAP || shape.kind == Shape.Kind.ARRAY;
        for (int i = 0; holds && !inner.isEmpty() && i < parts.size(); i++) {
            if (shape.kind != Shape.Kind.MAP || i % 2 == 1) {
                parts.set(i, lent(inner.get(inner.size() - 1), parts.get(i), end, depth + 1));
            }
        }
        return shape.with(parts);
    }

    private Shape fields(Shape shape, String end, int depth) {
        List<Field> fields = Declared.fields(shape, side.loader);
        List<Shape> parts = new ArrayList<>(shape.parts);
        for (int i = 0; i < Math.min(fields.size(), parts.size()); i++) {
            if (!about.made.contains(About.field(fields.get(i)))) { // what it makes itself does not fail
                parts.set(i, lent(fields.get(i).getGenericType(), parts.get(i), end, depth + 1));
            }
        }
        return shape.with(parts);
    }

    /** What stands in the place of a text's holder; "" where it may not be another, or cannot fail. */
    private static String made(Class<?> declared, String type) {
        boolean chars = Arrays.asList("java.io.StringWriter", "java.lang.StringBuilder", "java.lang.StringBuffer")
            .contains(type);
        Class<?> like = chars ? StringWriter.class : ByteArrayOutputStream.class;
        boolean open = declared.isAssignableFrom(like) && declared != like && declared != Object.class;
        return open && (chars || type.equals(like.getName())) ? like.getName() : "";
    }

    private static boolean doesWork(Class<?> type) {
        boolean container = type.getName().startsWith("java.util.") && !type.getName().contains(".function.");
        return !container && Arrays.stream(type.getMethods()).anyMatch(Lent::mayFail);
    }

    /** What is to fail, of what was done where nothing did. */
    static List<String> scripts(List<String> kinds) {
        List<String> all = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>(kinds);
        for (String kind : known) {
            long count = kinds.stream().filter(kind::equals).count();
            for (int turn = 1; turn <= Math.min(TURNS, count); turn++) {
                all.add(kind + " " + turn);
            }
        }
        if (known.contains("close")) {
            known.stream().filter(kind -> !kind.equals("close")).forEach(kind -> all.add(kind + " 1, close 1"));
        }
        if (known.contains("call")) {
            all.add("call 1, call 2"); // the second may be one that closes
            all.add("call 2, call 3");
        }
        return all;
    }

    /** The input with an argument that ends with a failure, after all or some of its items. */
    List<List<Shape>> broken(List<Shape> input) {
        List<List<Shape>> all = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            Shape shape = input.get(i);
            Class<?> declared = Declared.erased(types.get(i));
            boolean iterable = declared == Iterable.class && shape.type.startsWith("java.util.")
                && (shape.kind == Shape.Kind.LIST || shape.kind == Shape.Kind.SET);
            if (iterable || shape.type.equals(Rest.TYPE)) {
                String type = (iterable ? Lent.ITERABLE : Rest.TYPE) + " " + Source.BROKEN;
                for (int count : new LinkedHashSet<>(Arrays.asList(shape.parts.size(), 1, 0))) {
                    if (count <= shape.parts.size()) {
                        all.add(Grown.with(input, i, new Shape(Shape.Kind.LIST, type, null,
                            shape.parts.subList(0, count), shape.number)));
                    }
                }
            } else if (shape.kind == Shape.Kind.TEXT && shape.type.endsWith("Reader")) {
                all.add(Grown.with(input, i, new Shape(shape.kind, shape.type + " " + Source.BROKEN, shape.value,
                    shape.parts, shape.number)));
            }
        }
        return all;
    }
}
