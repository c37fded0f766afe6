package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.StringWriter;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes values of shapes with the classes of one loader; no two texts or boxes are the same object. */
final class Building {
    static final Object UNSAFE = unsafe();
    private static final List<Shape.Kind> KEYS = Arrays.asList(Shape.Kind.VALUE, Shape.Kind.NULL,
        Shape.Kind.ENUM, Shape.Kind.BIG, Shape.Kind.FROZEN, Shape.Kind.SAME);

    private final ClassLoader loader;
    private final boolean interned;
    private final Map<Integer, Object> built = new HashMap<>();

    private Building(ClassLoader loader, boolean interned) {
        this.loader = loader;
        this.interned = interned;
    }

    /** `interned`: equal texts are the same object, as literals are. */
    static List<Object> together(List<Shape> shapes, ClassLoader loader, boolean interned)
            throws NoCopy, ReflectiveOperationException {
        Building building = new Building(loader, interned);
        return building.all(shapes);
    }

    private List<Object> all(List<Shape> shapes) throws NoCopy, ReflectiveOperationException {
        List<Object> values = new ArrayList<>();
        for (Shape shape : shapes) {
            values.add(one(shape));
        }
        return values;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object one(Shape shape) throws NoCopy, ReflectiveOperationException {
        switch (shape.kind) {
            case NULL:
                return null;
            case VALUE:
                return fresh(shape.value);
            case BIG:
                return shape.value;
            case SAME:
                Object before = built.get(shape.value);
                if (before == null) {
                    throw new NoCopy("a value that holds itself");
                }
                return before;
            case ENUM:
                return Enum.valueOf((Class) Class.forName(shape.type, true, loader), (String) shape.value);
            case KEPT:
                return set(shape, ((Copies.Kept) shape.value).object);
            case FROZEN:
                return set(shape, ((Frozen) shape.value).thawed());
            case TEXT:
                return set(shape, Lent.is(shape.type) ? Lent.made(shape.type, (String) shape.value)
                    : text(shape.type, (String) shape.value));
            case FUNCTION:
                return set(shape, Function.made((Lambdas.Plan) shape.value, all(shape.parts), loader));
            case LENT:
                Object inner = one(shape.parts.get(0));
                built.put(shape.parts.get(0).number, Lent.made(shape.type, inner));
                return built.get(shape.parts.get(0).number);
            case ARRAY:
                return array(shape);
            case OBJECT:
                return object(shape);
            default:
                return container(shape);
        }
    }

    private Object fresh(Object value) {
        return value instanceof String ? interned ? ((String) value).intern() : new String((String) value)
            : value instanceof Integer ? (Object) Integer.valueOf((int) (Integer) value)
            : value instanceof Long ? (Object) Long.valueOf((long) (Long) value)
            : value instanceof Double ? (Object) Double.valueOf((double) (Double) value)
            : value instanceof Float ? (Object) Float.valueOf((float) (Float) value)
            : value instanceof Short ? (Object) Short.valueOf((short) (Short) value)
            : value instanceof Character ? (Object) Character.valueOf((char) (Character) value) : value;
    }

    private static Object text(String type, String text) throws NoCopy {
        switch (type) {
            case "java.lang.StringBuilder":
                return new StringBuilder(text);
            case "java.lang.StringBuffer":
                return new StringBuffer(text);
            case "java.io.StringWriter":
                StringWriter writer = new StringWriter();
                writer.write(text);
                return writer;
            case "java.io.ByteArrayOutputStream":
                ByteArrayOutputStream stream = new ByteArrayOutputStream();
                byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                stream.write(bytes, 0, bytes.length);
                return stream;
            default:
                return Source.made(type, text);
        }
    }

    private Object array(Shape shape) throws NoCopy, ReflectiveOperationException {
        Object array = set(shape, Array.newInstance(named(shape.type), shape.parts.size()));
        for (int i = 0; i < shape.parts.size(); i++) {
            Array.set(array, i, one(shape.parts.get(i)));
        }
        return array;
    }

    private Object container(Shape shape) throws NoCopy, ReflectiveOperationException {
        for (int i = 0; i < shape.parts.size(); i++) {
            Shape part = shape.parts.get(i);
            boolean key = shape.kind == Shape.Kind.SET || shape.kind == Shape.Kind.MAP && i % 2 == 0;
            if (key && !KEYS.contains(part.kind)) {
                throw new NoCopy("a key of class " + part.type);
            }
        }
        Object rule = shape.value instanceof Shape ? one((Shape) shape.value)
            : shape.value instanceof String ? Class.forName((String) shape.value, true, loader) : null;
        return set(shape, Containers.made(shape.type, rule, all(shape.parts)));
    }

    private Object object(Shape shape) throws NoCopy, ReflectiveOperationException {
        Class<?> type = Class.forName(shape.type, true, loader);
        List<Field> fields = Copies.fields(type);
        if (fields.size() != shape.parts.size()) {
            throw new NoCopy("other fields in " + shape.type);
        }
        if (type.getSuperclass() != null && type.getSuperclass().getName().equals("java.lang.Record")) {
            return set(shape, record(type, fields, all(shape.parts)));
        }
        Method allocate = UNSAFE.getClass().getMethod("allocateInstance", Class.class);
        Object made = set(shape, allocate.invoke(UNSAFE, type));
        for (int i = 0; i < fields.size(); i++) {
            fields.get(i).set(made, one(shape.parts.get(i)));
        }
        return made;
    }

    /** The one kind of object that can only be made by its constructor. */
    private static Object record(Class<?> type, List<Field> fields, List<Object> values)
            throws ReflectiveOperationException {
        Class<?>[] types = new Class<?>[fields.size()];
        for (int i = 0; i < types.length; i++) {
            types[i] = fields.get(i).getType();
        }
        Constructor<?> made = type.getDeclaredConstructor(types);
        made.setAccessible(true);
        return made.newInstance(values.toArray());
    }

    private Object set(Shape shape, Object made) {
        built.put(shape.number, made);
        return made;
    }

    private Class<?> named(String type) throws ReflectiveOperationException {
        for (Class<?> box : Copies.BOXES) {
            Class<?> primitive = (Class<?>) box.getField("TYPE").get(null);
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
