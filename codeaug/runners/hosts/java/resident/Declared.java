package codeaug.resident;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a declared type lets a value be besides what the tests pass: values of other classes. */
final class Declared {
    private static final int DEEPEST = 3;
    private static final List<Object> SIMPLE = Arrays.asList("a", 1, 1L << 40, 1.5, new BigDecimal("1.10"), 'a', true);
    private static final List<Class<?>> CONTAINERS = Arrays.asList(ArrayList.class, LinkedHashSet.class,
        LinkedList.class, ArrayDeque.class, TreeSet.class, LinkedHashMap.class, TreeMap.class);

    private final ClassLoader loader;
    private final About about;
    final List<Type> types = new ArrayList<>();

    /** Of the unit's receiver, if it has one, and parameters. */
    Declared(Executable unit, int first, ClassLoader loader, About about) {
        this.about = about;
        this.loader = loader;
        Type[] generic = unit.getGenericParameterTypes();
        Type[] erased = unit.getParameterTypes();
        types.addAll(Collections.nCopies(first, unit.getDeclaringClass()));
        Collections.addAll(types, generic.length == erased.length ? generic : erased);
    }

    /** The input with one of its values of another class, or all of a type variable. */
    Stream<List<Shape>> others(List<Shape> input) {
        Stream<List<Shape>> single = IntStream.range(0, input.size()).boxed().flatMap(place ->
            others(input.get(place), place).stream().map(other -> {
                List<Shape> changed = new ArrayList<>(input);
                changed.set(place, other);
                return changed;
            }));
        return Stream.concat(new Ranked(types, loader).of(input), single);
    }

    private List<Shape> others(Shape shape, int place) {
        List<Shape> all = new ArrayList<>();
        others(types.get(place), shape, 0, all);
        return all;
    }

    private void others(Type type, Shape shape, int depth, List<Shape> all) {
        Class<?> declared = erased(type);
        if (depth > DEEPEST || declared == null || shape.kind == Shape.Kind.SAME) {
            return;
        }
        boolean open = declared == Object.class || declared == Number.class || declared == CharSequence.class
            || declared == Comparable.class && !(type instanceof ParameterizedType);
        if (open) {
            ofAnyClass(declared, shape, all);
        }
        boolean holds = shape.type.startsWith("java.util.") && declared.isInterface();
        if (holds && (shape.kind == Shape.Kind.LIST || shape.kind == Shape.Kind.SET || shape.kind == Shape.Kind.MAP)) {
            ofOtherContainers(declared, shape, all);
        }
        if (depth == 0 && shape.parts.isEmpty() && (shape.kind == Shape.Kind.LIST || shape.kind == Shape.Kind.SET)) {
            filled(declared, type, shape, all);
        }
        if (shape.kind == Shape.Kind.OBJECT) {
            fields(shape, depth, all);
        } else if (!shape.parts.isEmpty()) {
            Type item = item(type);
            int last = shape.parts.size() - 1; // of a map: a value
            List<Shape> items = new ArrayList<>();
            if (item != null && (shape.kind != Shape.Kind.SET)) {
                others(item, shape.parts.get(last), depth + 1, items);
            }
            items.forEach(each -> all.add(shape.with(last, each)));
        }
    }

    private static void ofAnyClass(Class<?> declared, Shape shape, List<Shape> all) {
        if (declared.isAssignableFrom(StringBuilder.class)) {
            Object text = shape.value instanceof String ? shape.value : "a";
            all.add(new Shape(Shape.Kind.TEXT, "java.lang.StringBuilder", text, Collections.<Shape>emptyList(), -1));
        }
        for (Object one : SIMPLE) {
            if (declared.isInstance(one) && !shape.type.equals(one.getClass().getName())) {
                all.add(Shape.of(one));
            }
        }
        if (declared == Object.class) {
            Shape list = Shape.list("java.util.ArrayList", Arrays.asList(Shape.of("a"), Shape.of(1), Shape.of("b")));
            all.add(list);
            all.add(Shape.list("java.util.ArrayList", Arrays.asList(list, Shape.of("a"))));
            all.add(Shape.list("java.util.Optional", Collections.<Shape>emptyList()));
            all.add(Shape.NULL);
        }
    }

    /** What the tests pass empty alone. */
    private static void filled(Class<?> declared, Type type, Shape shape, List<Shape> all) {
        Object item = declared == OptionalInt.class ? (Object) Integer.class
            : declared == OptionalLong.class ? Long.class
            : declared == OptionalDouble.class ? Double.class : item(type);
        for (Object one : SIMPLE) {
            if (one.getClass() == item) {
                all.add(shape.with(Collections.singletonList(Shape.of(one))));
                all.add(shape.with(Collections.nCopies(2, Shape.of(one))));
            }
        }
    }

    /** With the same things in them. */
    private static void ofOtherContainers(Class<?> declared, Shape shape, List<Shape> all) {
        for (Class<?> each : CONTAINERS) {
            boolean map = Map.class.isAssignableFrom(each);
            if (declared.isAssignableFrom(each) && map == (shape.kind == Shape.Kind.MAP)
                    && !shape.type.equals(each.getName())) {
                Shape.Kind kind = map ? Shape.Kind.MAP : java.util.Set.class.isAssignableFrom(each)
                    ? Shape.Kind.SET : Shape.Kind.LIST;
                all.add(new Shape(kind, each.getName(), null, shape.parts, shape.number));
            }
        }
    }

    /** Of the class of an object; none where it is not plain data, and cannot be built either. */
    static List<Field> fields(Shape shape, ClassLoader loader) {
        try {
            return Copies.fields(Class.forName(shape.type, false, loader));
        } catch (NoCopy | ClassNotFoundException | LinkageError e) {
            return Collections.emptyList();
        }
    }

    private void fields(Shape shape, int depth, List<Shape> all) {
        List<Field> fields = fields(shape, loader);
        for (int i = 0; i < Math.min(fields.size(), shape.parts.size()); i++) {
            int place = i;
            List<Shape> others = new ArrayList<>();
            others(fields.get(i).getGenericType(), shape.parts.get(i), depth + 1, others);
            String known = shape.parts.get(i).type;
            if (known.startsWith("java.util.") && about.made.contains(About.field(fields.get(i)))) {
                others.removeIf(other -> !other.type.equals(known));
            }
            others.forEach(other -> all.add(shape.with(place, other)));
        }
    }

    /** Null for a type variable: its values are all of one class. */
    static Class<?> erased(Type type) {
        return type instanceof Class ? (Class<?>) type
            : type instanceof ParameterizedType ? (Class<?>) ((ParameterizedType) type).getRawType()
            : type instanceof WildcardType ? erased(((WildcardType) type).getUpperBounds()[0]) : null;
    }

    private static Type item(Type type) {
        if (type instanceof ParameterizedType) {
            Type[] all = ((ParameterizedType) type).getActualTypeArguments();
            return all[all.length - 1];
        }
        return type instanceof Class ? ((Class<?>) type).getComponentType() : null;
    }
}
