package codeaug.resident;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Takes values apart and builds them again, by reflection: no constructor, `equals`, `hashCode` or
 * `toString` of the project's classes is called.
 */
final class Copies {
    private static final int MOST = 3000; // parts of one value
    private static final List<String> LISTS = Arrays.asList(
        "java.util.ArrayList", "java.util.LinkedList", "java.util.Arrays$ArrayList");
    private static final List<String> SETS =
        Arrays.asList("java.util.HashSet", "java.util.LinkedHashSet", "java.util.TreeSet");
    private static final List<String> MAPS =
        Arrays.asList("java.util.HashMap", "java.util.LinkedHashMap", "java.util.TreeMap");
    private static final Map<Class<?>, Class<?>> PRIMITIVES = new HashMap<>();
    private static final Object UNSAFE = unsafe();

    static {
        for (Class<?> box : new Class<?>[] {Boolean.class, Character.class, Byte.class, Short.class,
            Integer.class, Long.class, Float.class, Double.class}) {
            try {
                PRIMITIVES.put(box, (Class<?>) box.getField("TYPE").get(null));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final IdentityHashMap<Object, Integer> seen = new IdentityHashMap<>();
    private int left = MOST;

    private Copies() {}

    /** All values together: what they share is shared again. */
    static List<Shape> apart(List<Object> values) throws NoCopy {
        Copies copies = new Copies();
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
        if (value instanceof String || PRIMITIVES.containsKey(type)) {
            return Shape.of(value);
        }
        if (value instanceof Enum) {
            Enum<?> one = (Enum<?>) value;
            return new Shape(Shape.Kind.ENUM, one.getDeclaringClass().getName(), one.name(),
                Collections.<Shape>emptyList());
        }
        Integer before = seen.putIfAbsent(value, seen.size());
        if (before != null) {
            return new Shape(Shape.Kind.SAME, "", before, Collections.<Shape>emptyList());
        }
        if (type.isArray()) {
            List<Object> elements = new ArrayList<>();
            for (int i = 0; i < Math.min(Array.getLength(value), MOST); i++) {
                elements.add(Array.get(value, i));
            }
            return composed(Shape.Kind.ARRAY, type.getComponentType().getName(), elements,
                Array.getLength(value));
        }
        if (LISTS.contains(type.getName()) || SETS.contains(type.getName())) {
            Collection<?> all = (Collection<?>) value;
            boolean list = LISTS.contains(type.getName());
            natural(value instanceof TreeSet ? ((TreeSet<?>) value).comparator() : null);
            return composed(list ? Shape.Kind.LIST : Shape.Kind.SET, type.getName(), all, all.size());
        }
        if (MAPS.contains(type.getName())) {
            List<Object> both = new ArrayList<>();
            natural(value instanceof TreeMap ? ((TreeMap<?, ?>) value).comparator() : null);
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                both.add(entry.getKey());
                both.add(entry.getValue());
            }
            return composed(Shape.Kind.MAP, type.getName(), both, both.size());
        }
        List<Object> values = new ArrayList<>();
        for (Field field : fields(type)) {
            try {
                values.add(field.get(value));
            } catch (IllegalAccessException e) {
                throw new NoCopy(type.getName());
            }
        }
        return composed(Shape.Kind.OBJECT, type.getName(), values, values.size());
    }

    private static void natural(Object comparator) throws NoCopy {
        if (comparator != null) {
            throw new NoCopy("a comparator");
        }
    }

    private Shape composed(Shape.Kind kind, String type, Iterable<?> values, int count) throws NoCopy {
        if (count > left) {
            throw new NoCopy("a value of too many parts");
        }
        List<Shape> parts = new ArrayList<>();
        for (Object value : values) {
            parts.add(apart(value));
        }
        return new Shape(kind, type, null, parts);
    }

    /** Instance fields, outermost class last. Throws NoCopy for classes that are not plain data. */
    private static List<Field> fields(Class<?> type) throws NoCopy {
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
            if (at == type && (!own || type.getName().contains("/") || isRecord(type))) {
                throw new NoCopy(at.getName());
            }
        }
        return all;
    }

    private static boolean isRecord(Class<?> type) {
        return type.getSuperclass() != null
            && type.getSuperclass().getName().equals("java.lang.Record");
    }

    /** All shapes, with classes of that loader. */
    static List<Object> together(List<Shape> shapes, ClassLoader loader)
            throws NoCopy, ReflectiveOperationException {
        List<Object> built = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (Shape shape : shapes) {
            values.add(together(shape, loader, built));
        }
        return values;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object together(Shape shape, ClassLoader loader, List<Object> built)
            throws NoCopy, ReflectiveOperationException {
        switch (shape.kind) {
            case NULL:
                return null;
            case VALUE:
                return shape.value;
            case SAME:
                int number = (Integer) shape.value;
                if (number >= built.size() || built.get(number) == null) {
                    throw new NoCopy("a value that holds itself");
                }
                return built.get(number);
            case ENUM:
                return Enum.valueOf((Class) Class.forName(shape.type, true, loader), (String) shape.value);
            default:
                break;
        }
        int place = built.size();
        built.add(null);
        if (shape.kind == Shape.Kind.ARRAY) {
            Object array = Array.newInstance(named(shape.type, loader), shape.parts.size());
            built.set(place, array);
            for (int i = 0; i < shape.parts.size(); i++) {
                Array.set(array, i, together(shape.parts.get(i), loader, built));
            }
            return array;
        }
        if (shape.kind == Shape.Kind.OBJECT) {
            return object(shape, loader, built, place);
        }
        List<Object> parts = new ArrayList<>();
        for (int i = 0; i < shape.parts.size(); i++) {
            Shape part = shape.parts.get(i);
            boolean key = shape.kind == Shape.Kind.SET || shape.kind == Shape.Kind.MAP && i % 2 == 0;
            if (key && part.kind != Shape.Kind.VALUE && part.kind != Shape.Kind.NULL) {
                throw new NoCopy("a key of class " + part.type);
            }
            parts.add(together(part, loader, built));
        }
        if (shape.type.equals("java.util.Arrays$ArrayList")) {
            return set(built, place, Arrays.asList(parts.toArray()));
        }
        Object made = Class.forName(shape.type).getDeclaredConstructor().newInstance();
        if (made instanceof Map) {
            for (int i = 0; i < parts.size(); i += 2) {
                ((Map<Object, Object>) made).put(parts.get(i), parts.get(i + 1));
            }
        } else {
            ((Collection<Object>) made).addAll(parts);
        }
        return set(built, place, made);
    }

    private static Object object(Shape shape, ClassLoader loader, List<Object> built, int place)
            throws NoCopy, ReflectiveOperationException {
        Class<?> type = Class.forName(shape.type, true, loader);
        Method allocate = UNSAFE.getClass().getMethod("allocateInstance", Class.class);
        Object made = set(built, place, allocate.invoke(UNSAFE, type));
        List<Field> fields = fields(type);
        if (fields.size() != shape.parts.size()) {
            throw new NoCopy("other fields in " + shape.type);
        }
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).set(made, together(shape.parts.get(i), loader, built));
        }
        return made;
    }

    private static Object set(List<Object> built, int place, Object made) {
        built.set(place, made);
        return made;
    }

    private static Class<?> named(String type, ClassLoader loader) throws ClassNotFoundException {
        for (Class<?> primitive : PRIMITIVES.values()) {
            if (primitive.getName().equals(type)) {
                return primitive;
            }
        }
        return Class.forName(type, true, loader);
    }

    private static Object unsafe() {
        try {
            Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
