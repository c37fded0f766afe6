package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The unit of the unchanged text and of another on the same inputs: value and exact type,
 * exception, changed arguments and receiver, output. The unchanged one is asked twice, in loaders
 * of its own: what differs from itself cannot be compared.
 */
final class Comparing implements Runnable {
    private static final int MOST = 1500;
    private static final int OUTPUT = 1 << 16;
    private static final int SLOWER_BY = 5; // times the unchanged one before a call is endless

    private final String[] unit;
    private final Supplier<ClassLoader> unchanged;
    private final Supplier<ClassLoader> changed;
    private final List<List<Shape>> recorded;
    private final List<Object> constants;
    private final long deadline;
    private final Set<String> known = new HashSet<>();
    private final Side[] sides = new Side[3];

    /** Written here, read when this has ended or is given up. */
    volatile int inputs;
    volatile String difference = "";
    volatile String witness = "";
    volatile String problem = "";
    /** When the present call began. */
    volatile long began = System.nanoTime();
    /** The input on which the other text is asked, and what the unchanged one did; "" before. */
    private volatile String asked = "";
    private volatile String expected = "";
    /** How long the unchanged one took. */
    private volatile long usual;
    private int smallest = Integer.MAX_VALUE;

    /** `unit`: class, method (`<init>`), descriptor. */
    Comparing(String[] unit, Supplier<ClassLoader> unchanged, Supplier<ClassLoader> changed,
            List<List<Shape>> recorded, List<Object> constants, long deadline) {
        this.unit = unit;
        this.unchanged = unchanged;
        this.changed = changed;
        this.recorded = recorded;
        this.constants = constants;
        this.deadline = deadline;
    }

    @Override
    public void run() {
        try {
            sides[0] = new Side(unchanged.get(), unit);
            sides[1] = new Side(unchanged.get(), unit);
            sides[2] = new Side(changed.get(), unit);
            for (int i = 0; i < recorded.size(); i++) {
                if (!take(recorded.get(i))) {
                    if (difference.isEmpty() && problem.isEmpty() && i + 1 < recorded.size()) {
                        problem = "only " + (i + 1) + " of " + recorded.size()
                            + " recorded calls were compared in time";
                    }
                    return;
                }
            }
            new Grown(constants, sides[0].first).from(recorded, this::take);
            if (inputs == 0 && problem.isEmpty()) {
                problem = "no input whose answer can be looked into";
            }
        } catch (NoCopy | ReflectiveOperationException | LinkageError e) {
            problem = "the unit cannot be called: " + e;
        }
    }

    /** To be called when the present call is given up: a text that never answers is another. */
    void giveUp() {
        if (!asked.isEmpty() && System.nanoTime() - began > SLOWER_BY * usual) {
            difference = asked + ": does not end, the original: " + expected;
            witness = "";
        } else if (inputs == 0) {
            problem = "its calls take too long";
        }
    }

    /** Whether to go on. */
    private boolean take(List<Shape> input) {
        if (!known.add(String.valueOf(Recorder.texts(input)))) {
            return true;
        }
        String[] texts = new String[3];
        String[] shown = new String[3];
        asked = "";
        try {
            for (int i = 0; i < 3; i++) {
                long now = System.nanoTime();
                usual = now - began;
                began = now;
                if (i == 2) {
                    expected = cut(shown[0]);
                    asked = cut(call(input));
                }
                Map<String, Shape> found = sides[i].call(input);
                texts[i] = String.valueOf(Recorder.texts(new ArrayList<>(found.values())));
                shown[i] = shown(found);
            }
        } catch (NoCopy | ReflectiveOperationException | IllegalArgumentException e) {
            if (asked.isEmpty()) {
                return true; // an input, or an answer, that cannot be looked into says nothing
            }
            texts[2] = "";
            shown[2] = "gives what cannot be looked into";
        } catch (OutOfMemoryError e) {
            if (asked.isEmpty()) {
                return false;
            }
            texts[2] = "";
            shown[2] = "runs out of memory";
        }
        if (!texts[0].equals(texts[1])) {
            problem = "the unchanged code differs from itself on " + call(input);
            difference = "";
            return false;
        }
        inputs++;
        int size = call(input).length();
        if (!texts[0].equals(texts[2]) && size < smallest) {
            smallest = size;
            difference = cut(call(input)) + ": " + cut(shown[2]) + ", the original: " + cut(shown[0]);
            witness = witness(input, shown[0]);
        }
        return inputs < MOST && System.nanoTime() < deadline;
    }

    private static String cut(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "...";
    }

    private String call(List<Shape> input) {
        List<String> shown = new ArrayList<>();
        input.subList(sides[0].first, input.size()).forEach(shape -> shown.add(shape.shown()));
        boolean made = unit[1].equals("<init>");
        String owner = unit[0].substring(unit[0].lastIndexOf('.') + 1).replace('$', '.');
        String receiver = sides[0].first == 0 ? "" : input.get(0).shown() + ".";
        return (made ? "new " + owner : sides[0].first == 0 ? owner + "." + unit[1] : receiver + unit[1])
            + "(" + String.join(", ", shown) + ")";
    }

    private static String shown(Map<String, Shape> found) {
        List<String> all = new ArrayList<>();
        found.forEach((what, shape) -> all.add(what + " " + shape.shown()));
        return String.join(", ", all);
    }

    /** A test that the original passes: for public static methods of values that can be written. */
    private String witness(List<Shape> input, String expected) {
        int modifiers = sides[0].unit.getModifiers();
        boolean plain = Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers)
            && input.stream().allMatch(Shape::isLiteral);
        String gives = sides[0].last.isLiteral() ? sides[0].last.shown() : "";
        if (!plain || gives.isEmpty() && sides[0].thrown.isEmpty() || sides[0].isVoid) {
            return "";
        }
        boolean jupiter = sides[0].has("org.junit.jupiter.api.Test");
        int dot = unit[0].lastIndexOf('.');
        boolean real = gives.matches("-?[\\d.]+(E-?\\d+)?f?") && (gives.contains(".") || gives.endsWith("f"));
        String check = sides[0].thrown.isEmpty()
            ? (sides[0].last.kind == Shape.Kind.ARRAY ? "assertArrayEquals" : "assertEquals")
                + "(" + gives + ", " + call(input) + (real && !jupiter ? ", 0" : "") + ");"
            : "assertThrows(" + sides[0].thrown.replace('$', '.') + ".class, () -> " + call(input) + ");";
        return (dot > 0 ? "package " + unit[0].substring(0, dot) + ";\n\n" : "")
            + "import static org.junit." + (jupiter ? "jupiter.api.Assertions" : "Assert") + ".*;\n\n"
            + "public class AgreesWithOriginalTest {\n    @org.junit." + (jupiter ? "jupiter.api." : "")
            + "Test\n    public void agrees() {\n"
            + "        " + check + "\n    }\n}\n";
    }

    /** One loader's form of the unit. */
    private static final class Side {
        final Executable unit;
        final int first;
        final boolean isVoid;
        private final ClassLoader loader;
        Shape last = Shape.NULL;
        String thrown = "";

        Side(ClassLoader loader, String[] named) throws ReflectiveOperationException, NoCopy {
            this.loader = loader;
            Class<?> type = Class.forName(named[0], true, loader);
            List<Executable> all = new ArrayList<>();
            Collections.addAll(all, type.getDeclaredMethods());
            Collections.addAll(all, type.getDeclaredConstructors());
            Executable found = null;
            for (Executable one : all) {
                String name = one instanceof Constructor ? "<init>" : one.getName();
                Class<?> gives = one instanceof Method ? ((Method) one).getReturnType() : void.class;
                String form = MethodType.methodType(gives, one.getParameterTypes())
                    .toMethodDescriptorString();
                if (name.equals(named[1]) && form.equals(named[2])) {
                    found = one;
                }
            }
            if (found == null || found instanceof Constructor && Modifier.isAbstract(type.getModifiers())) {
                throw new NoCopy("there is no " + named[1]);
            }
            unit = found;
            unit.setAccessible(true);
            boolean receives = unit instanceof Method && !Modifier.isStatic(unit.getModifiers());
            first = receives ? 1 : 0;
            isVoid = unit instanceof Method && ((Method) unit).getReturnType() == void.class;
        }

        boolean has(String type) {
            try {
                return Class.forName(type, false, loader) != null;
            } catch (ClassNotFoundException e) {
                return false;
            }
        }

        /** What a call does: `returns` or `throws`, then what arguments are, then output. */
        Map<String, Shape> call(List<Shape> input) throws NoCopy, ReflectiveOperationException {
            List<Object> values = Copies.together(input, loader);
            Object[] arguments = values.subList(first, values.size()).toArray();
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            Object result = null;
            thrown = "";
            Thread.currentThread().setContextClassLoader(loader);
            SystemLoader.show(loader);
            silence(written);
            try {
                result = unit instanceof Constructor ? ((Constructor<?>) unit).newInstance(arguments)
                    : ((Method) unit).invoke(first == 0 ? null : values.get(0), arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof OutOfMemoryError) {
                    throw (OutOfMemoryError) e.getCause();
                }
                thrown = e.getCause().getClass().getName();
            } finally {
                Surroundings.silence();
            }
            List<Object> after = new ArrayList<>(Collections.singletonList(result));
            after.addAll(values);
            List<Shape> shapes = Copies.apart(after);
            last = shapes.get(0);
            Map<String, Shape> found = new LinkedHashMap<>();
            found.put(thrown.isEmpty() ? "returns" : "throws",
                thrown.isEmpty() ? last : Shape.of(thrown));
            for (int i = 1; i < shapes.size(); i++) {
                if (!shapes.get(i).parts.isEmpty()) {
                    found.put(i == first ? "the receiver is then" : "argument " + (i - first) + " is then",
                        shapes.get(i));
                }
            }
            if (written.size() > 0) {
                found.put("writes", Shape.of(written.toString()));
            }
            return found;
        }

        private static void silence(ByteArrayOutputStream written) {
            PrintStream stream = new PrintStream(new OutputStream() {
                @Override
                public void write(int b) {
                    if (written.size() < OUTPUT) {
                        written.write(b);
                    }
                }
            });
            System.setOut(stream);
            System.setErr(stream);
        }
    }
}
