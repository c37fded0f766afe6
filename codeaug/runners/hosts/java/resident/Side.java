package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One loader's form of the unit. */
final class Side {
    private static final int OUTPUT = 1 << 16;
    private static final int SAMPLES = 6;

    final Executable unit;
    final int first;
    final boolean isVoid;
    final ClassLoader loader;
    final Variables variables;
    /** Whether outcomes tell of class variables: only sides that did the same calls before agree. */
    boolean tellsVariables;

    /** What a call did. */
    static final class Outcome {
        /** `returns` or `throws`, then what arguments are, then output. */
        final Map<String, Shape> all = new LinkedHashMap<>();
        Shape result = Shape.NULL;
        Throwable thrown;

        String text() {
            StringBuilder text = new StringBuilder();
            all.forEach((what, shape) -> text.append(what).append(' ').append(shape.text()).append('\n'));
            return text.toString();
        }

        String shown() {
            List<String> shown = new ArrayList<>();
            all.forEach((what, shape) -> shown.add(what + " " + shape.shown()));
            return String.join(", ", shown);
        }
    }

    /** `named`: class, method (`<init>`), descriptor. */
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
            String form = MethodType.methodType(gives, one.getParameterTypes()).toMethodDescriptorString();
            if (name.equals(named[1]) && form.equals(named[2])) {
                found = one;
            }
        }
        if (found == null || found instanceof Constructor && Modifier.isAbstract(type.getModifiers())) {
            throw new NoCopy("there is no " + named[1]);
        }
        unit = found;
        variables = new Variables(type);
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

    boolean isOwn(String type) {
        try {
            return Class.forName(type, false, loader).getClassLoader() == loader;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /** Names of the constants of an enum. */
    private List<String> constants(String type) {
        List<String> names = new ArrayList<>();
        try {
            for (Object one : Class.forName(type, true, loader).getEnumConstants()) {
                names.add(((Enum<?>) one).name());
            }
        } catch (ClassNotFoundException | LinkageError e) {
            names.clear();
        }
        return names;
    }

    /** The constants of each enum of which there is one in the inputs. */
    Map<String, List<String>> enums(List<List<Shape>> inputs) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        inputs.forEach(input -> input.forEach(shape -> enums(shape, all)));
        return all;
    }

    private void enums(Shape shape, Map<String, List<String>> all) {
        if (shape.kind == Shape.Kind.ENUM && !all.containsKey(shape.type)) {
            all.put(shape.type, constants(shape.type));
        }
        shape.parts.forEach(part -> enums(part, all));
    }

    Outcome call(List<Shape> input) throws NoCopy, ReflectiveOperationException {
        return call(input, false);
    }

    /** `interned`: equal texts are the same object. */
    Outcome call(List<Shape> input, boolean interned) throws NoCopy, ReflectiveOperationException {
        Journal.begin();
        List<Object> values = Building.together(input, loader, interned);
        Object[] arguments = values.subList(first, values.size()).toArray();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Outcome outcome = new Outcome();
        Object result = null;
        if (first == 1) {
            Journal.present().expect(() -> callAgain(values.get(0), input));
        }
        Thread.currentThread().setContextClassLoader(loader);
        SystemLoader.show(loader);
        silence(written);
        try {
            result = unit instanceof Constructor ? ((Constructor<?>) unit).newInstance(arguments)
                : ((Method) unit).invoke(first == 0 ? null : values.get(0), arguments);
            look(outcome, result, values, new Asking(samples(input)), isOdd(input));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof OutOfMemoryError) {
                throw (OutOfMemoryError) e.getCause();
            }
            outcome.thrown = e.getCause();
            look(outcome, null, values, new Asking(Collections.emptyList()), false);
        } finally {
            Surroundings.silence();
        }
        if (Journal.present().fails()) {
            outcome.all.put("asks of what was lent", Shape.list("", Journal.present().notes()));
        }
        if (tellsVariables) {
            outcome.all.put("class variables are then", variables.told());
        }
        if (written.size() > 0) {
            outcome.all.put("writes", Shape.of(written.toString()));
        }
        return outcome;
    }

    private void callAgain(Object receiver, List<Shape> input) {
        try {
            ((Method) unit).invoke(receiver, Building.together(input, loader, false).subList(1, input.size()).toArray());
        } catch (NoCopy | ReflectiveOperationException e) {
            return; // what the unit does afterwards tells
        }
    }

    /** Half of the inputs, the same ones always: there an iterator is drained after a change. */
    private static boolean isOdd(List<Shape> input) {
        return (String.valueOf(Recorder.texts(input)).hashCode() & 1) == 1;
    }

    /** `later`: arguments are changed before an iterator that came back is drained, not afterwards. */
    private void look(Outcome outcome, Object result, List<Object> values, Asking asking, boolean later)
            throws NoCopy {
        if (later && Asking.drains(result)) {
            values.subList(first, values.size()).forEach(Side::changed);
        }
        List<Object> after = new ArrayList<>(Collections.singletonList(result));
        after.addAll(values);
        List<Shape> shapes = Copies.apart(after, asking);
        outcome.result = shapes.get(0);
        outcome.all.put(outcome.thrown == null ? "returns" : "throws",
            outcome.thrown == null ? outcome.result : Thrown.told(outcome.thrown, unit));
        for (int i = 1; i < shapes.size(); i++) {
            if (shapes.get(i).isMutable()) {
                outcome.all.put(i == first ? "the receiver is then" : "argument " + (i - first) + " is then",
                    shapes.get(i));
            }
        }
        boolean changes = false;
        for (Object value : outcome.result.isMutable() ? values.subList(first, values.size()) : values.subList(0, 0)) {
            changes |= changed(value);
        }
        if (changes) {
            outcome.all.put("gives when arguments are changed later",
                Shape.list("", Copies.apart(Arrays.asList(result, asking.given), asking)));
        }
    }

    /** Changes an argument as its owner may do: who still looks at it sees that. */
    private static boolean changed(Object value) {
        if (value != null && value.getClass().isArray() && Array.getLength(value) > 0) {
            Array.set(value, 0, Array.get(Array.newInstance(value.getClass().getComponentType(), 1), 0));
            return true;
        }
        try {
            if (value instanceof List && !((List<?>) value).isEmpty()) {
                ((List<?>) value).set(0, null);
                return true;
            }
            if (value instanceof Map && value.getClass().getName().startsWith("java.")
                    && !((Map<?, ?>) value).isEmpty()) {
                ((Map<?, ?>) value).clear();
                return true;
            }
        } catch (RuntimeException e) {
            return false; // nobody can change it
        }
        return false;
    }

    /** Simple values of the input. */
    private static List<Object> samples(List<Shape> input) {
        Set<Object> all = new LinkedHashSet<>();
        input.forEach(shape -> collect(shape, all));
        all.addAll(Arrays.asList("", "a", 0, 1));
        return new ArrayList<>(all).subList(0, Math.min(SAMPLES, all.size()));
    }

    private static void collect(Shape shape, Set<Object> all) {
        if (shape.kind == Shape.Kind.VALUE && all.size() < SAMPLES) {
            all.add(shape.value);
        }
        shape.parts.forEach(part -> collect(part, all));
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
