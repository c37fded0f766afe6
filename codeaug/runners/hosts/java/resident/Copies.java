package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Takes values apart, by reflection: no constructor, `equals`, `hashCode` or `toString` of the
 * project's classes is called. {@link Building} makes them again.
 */
final class Copies {
    static final int MOST = 3000; // parts of one value
    static final List<Class<?>> BOXES = Arrays.asList(Boolean.class, Character.class, Byte.class,
        Short.class, Integer.class, Long.class, Float.class, Double.class);

    private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
    private final Asking asking;
    private int left = MOST;

    private Copies(Asking asking) {
        this.asking = asking;
    }

    /** All values together: what they share is shared again. */
    static List<Shape> apart(List<?> values) throws NoCopy {
        return apart(values, null);
    }

    /** Here functions, iterators and streams are asked what they give. */
    static List<Shape> apart(List<?> values, Asking asking) throws NoCopy {
        Copies copies = new Copies(asking);
        List<Shape> shapes = new ArrayList<>();
        for (Object value : values) {
            shapes.add(copies.apart(value));
        }
        return shapes;
    }

    private Shape apart(Object value) throws NoCopy {
        if (--left < 0) {
            throw new NoCopy("a value of too many parts");
        }
        if (value == null) {
            return Shape.NULL;
        }
        Class<?> type = value.getClass();
        if (value instanceof String || BOXES.contains(type) || type == BigDecimal.class || type == BigInteger.class
                || Moments.is(value)) {
            return Shape.of(value);
        }
        if (value instanceof Enum) {
            Enum<?> one = (Enum<?>) value;
            return new Shape(Shape.Kind.ENUM, one.getDeclaringClass().getName(), one.name(),
                Collections.<Shape>emptyList(), -1);
        }
        int number = seen.size();
        Integer before = seen.putIfAbsent(value, number);
        if (before != null) {
            return new Shape(Shape.Kind.SAME, "", before, Collections.<Shape>emptyList(), -1);
        }
        if (type.isArray()) {
            return array(value, number);
        }
        if (Containers.is(value)) {
            Object rule = Containers.rule(value);
            Object named = rule instanceof Class ? ((Class<?>) rule).getName() : rule == null ? null : apart(rule);
            return composed(Containers.kind(value), Containers.type(value), named, Containers.parts(value), number);
        }
        List<Object> rest = asking == null || value instanceof Rest ? Rest.of(value) : null;
        if (rest != null) {
            return composed(Shape.Kind.LIST, Rest.TYPE, null, rest, number);
        }
        if (value instanceof Reader || value instanceof InputStream) {
            return Source.apart(value, number);
        }
        if (value instanceof Lent.Broken) {
            return composed(Shape.Kind.LIST, Lent.ITERABLE, null, ((Lent.Broken) value).items, number);
        }
        String[] lent = Lent.told(value);
        if (lent != null) {
            return new Shape(Shape.Kind.TEXT, lent[0], lent[1], Collections.<Shape>emptyList(), number);
        }
        Object inner = Lent.inner(value);
        if (inner != null) {
            return composed(Shape.Kind.LENT, "lent", null, Collections.singletonList(inner), number);
        }
        Function function = Function.of(value);
        if (function != null) {
            List<Object> parts = new ArrayList<>(function.captured);
            Shape shape = composed(Shape.Kind.FUNCTION, function.plan.type, function.plan, parts, number);
            return shape.with(more(shape.parts, Shape.list("calls", new ArrayList<>(function.notes))));
        }
        Lambdas.Made made = Lambdas.of(value);
        if (made != null && asking == null) {
            return composed(Shape.Kind.FUNCTION, made.plan.type, made.plan, made.captured, number);
        }
        if (made != null || type.getName().contains("/")) {
            return hidden(value, number);
        }
        boolean platform = type.getName().startsWith("java.");
        boolean inPlace = type.isAnonymousClass() || type.isLocalClass();
        if (asking != null && (platform || inPlace) && Asking.drains(value)) {
            return composed(Shape.Kind.LIST, "what it gives", null, asking.drained(value), number);
        }
        if (asking != null && Asking.isFunction(type)) {
            return hidden(value, number);
        }
        return platform && type != Object.class
            ? ofPlatform(value, number) : object(value, number);
    }

    private Shape array(Object value, int number) throws NoCopy {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Math.min(Array.getLength(value), MOST); i++) {
            elements.add(Array.get(value, i));
        }
        return composed(Shape.Kind.ARRAY, value.getClass().getComponentType().getName(), null, elements, number);
    }

    /** A lambda that is not one of the tests'. */
    private Shape hidden(Object value, int number) throws NoCopy {
        if (asking != null) {
            return composed(Shape.Kind.LIST, "what it gives", null, asking.answers(value), number);
        }
        if (value.getClass().getClassLoader() instanceof java.net.URLClassLoader) {
            throw new NoCopy(value.getClass().getName());
        }
        return new Shape(Shape.Kind.KEPT, value.getClass().getName(), new Kept(value),
            Collections.<Shape>emptyList(), number);
    }

    private Shape ofPlatform(Object value, int number) throws NoCopy {
        String type = value.getClass().getName();
        boolean text = value instanceof StringBuilder || value instanceof StringBuffer || value instanceof StringWriter;
        if (text || value instanceof ByteArrayOutputStream) {
            String all = text ? value.toString() : new String(
                ((ByteArrayOutputStream) value).toByteArray(), StandardCharsets.ISO_8859_1);
            return new Shape(Shape.Kind.TEXT, type, all, Collections.<Shape>emptyList(), number);
        }
        if (value instanceof Throwable) {
            return composed(Shape.Kind.LIST, type, null,
                Collections.singletonList(((Throwable) value).getMessage()), number);
        }
        return new Shape(Shape.Kind.FROZEN, type, Frozen.of(value), Collections.<Shape>emptyList(), number);
    }

    private Shape object(Object value, int number) throws NoCopy {
        List<Object> values = new ArrayList<>();
        for (Field field : fields(value.getClass())) {
            try {
                values.add(field.get(value));
            } catch (IllegalAccessException e) {
                throw new NoCopy(value.getClass().getName());
            }
        }
        return composed(Shape.Kind.OBJECT, value.getClass().getName(), null, values, number);
    }

    private Shape composed(Shape.Kind kind, String type, Object value, List<?> values, int number)
            throws NoCopy {
        if (values.size() > left) {
            throw new NoCopy("a value of too many parts");
        }
        List<Shape> parts = new ArrayList<>();
        for (Object part : values) {
            parts.add(apart(part));
        }
        return new Shape(kind, type, value, parts, number);
    }

    private static List<Shape> more(List<Shape> some, Shape last) {
        List<Shape> all = new ArrayList<>(some);
        all.add(last);
        return all;
    }

    /** Instance fields, outermost class last. Throws NoCopy for classes that are not plain data. */
    static List<Field> fields(Class<?> type) throws NoCopy {
        List<Field> all = new ArrayList<>();
        for (Class<?> at = type; at != Object.class && at != null; at = at.getSuperclass()) {
            boolean own = at.getClassLoader() instanceof java.net.URLClassLoader;
            for (Field field : at.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers())) {
                    continue;
                }
                if (!own && !Modifier.isTransient(field.getModifiers())) {
                    throw new NoCopy(at.getName());
                }
                if (own) {
                    field.setAccessible(true);
                    all.add(field);
                }
            }
            if (at == type && !own) {
                throw new NoCopy(at.getName());
            }
        }
        return all;
    }

    /** An object without state that stays what it is. */
    static final class Kept {
        final Object object;

        Kept(Object object) {
            this.object = object;
        }

        @Override
        public String toString() {
            return object.getClass().getName().replaceAll("/.*", "");
        }
    }
}
