package codeaug.resident;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Things that do work for a unit, may fail at it, and write down what they were asked to do. */
final class Lent {
    static final String HEALTHY = " lent";
    static final String THAT = " that ";
    static final String FAILS = "fails at ";
    static final String CLOSED = " closed";
    static final String UNFLUSHED = " not flushed";
    static final String ITERABLE = "java.lang.Iterable";
    private static final String VERBS = "(write|close|read|append|send|print|put|add|save|store|load|fetch|publish|post"
        + "|flush|accept|emit|push|pull|delete|remove|update|insert|commit|notify|deliver|charge|lookUp|find"
        + "|log|report|handle|process|execute|run|call|open|start|stop)([A-Z].*)?|on[A-Z].*";

    private Lent() {}

    static boolean is(String type) {
        return type.contains(HEALTHY) || type.contains(THAT);
    }

    /** What fails, by the end of a type. */
    private static String script(String type) {
        int at = type.indexOf(THAT);
        String script = at < 0 ? "" : type.substring(at + THAT.length());
        return script.startsWith(FAILS) ? script.substring(FAILS.length()) : script;
    }

    static Object made(String type, String text) {
        Journal journal = Journal.of(script(type));
        return type.startsWith("java.io.ByteArrayOutputStream") ? new Bytes(text, journal) : new Chars(text, journal);
    }

    /** An object of the project behind its interfaces. */
    static Object made(String type, Object inner) {
        Set<Class<?>> all = new LinkedHashSet<>();
        for (Class<?> at = inner.getClass(); at != null; at = at.getSuperclass()) {
            Collections.addAll(all, at.getInterfaces());
        }
        return Proxy.newProxyInstance(inner.getClass().getClassLoader(), all.toArray(new Class<?>[0]),
            new Calls(inner, Journal.of(script(type))));
    }

    /** What is behind an object's interfaces; null for others. */
    static Object inner(Object value) {
        InvocationHandler handler = Proxy.isProxyClass(value.getClass()) ? Proxy.getInvocationHandler(value) : null;
        return handler instanceof Calls ? ((Calls) handler).inner : null;
    }

    /** Type and text of a writer or stream; null for others. */
    static String[] told(Object value) {
        if (value instanceof Chars) {
            Chars chars = (Chars) value;
            return new String[] {"java.io.StringWriter" + chars.state.told(), chars.toString()};
        }
        if (value instanceof Bytes) {
            Bytes bytes = (Bytes) value;
            return new String[] {"java.io.ByteArrayOutputStream" + bytes.state.told(),
                new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1)};
        }
        return null;
    }

    /** What is told where all was flushed: to flush once more is no difference. */
    static String flushed(String text) {
        return text.replace(UNFLUSHED, "");
    }

    /** Whether it does what may fail: nobody expects that of what only tells a value. */
    static boolean mayFail(Method method) {
        return Modifier.isAbstract(method.getModifiers()) && (method.getReturnType() == void.class
            || method.getExceptionTypes().length > 0 || method.getName().matches(VERBS));
    }

    /** Whether a writer or stream is closed, and whether what was written has gone. */
    private static final class State {
        private final Journal journal;
        private boolean closed;
        private boolean pending;

        State(Journal journal) {
            this.journal = journal;
        }

        String told() {
            return closed ? CLOSED : pending ? UNFLUSHED : "";
        }

        void write(String what) {
            if (!what.isEmpty()) {
                journal.note("write", "write " + what, IOException.class);
                pending = true;
            }
        }

        void flush() {
            journal.note("flush", "flush", IOException.class);
            pending = false;
        }

        void close() {
            if (!closed) { // once more is nothing
                closed = true;
                journal.note("close", "close", IOException.class);
            }
        }
    }

    private static final class Chars extends StringWriter {
        private final State state;

        Chars(String text, Journal journal) {
            super.write(text);
            state = new State(journal);
        }

        @Override
        public void write(int one) {
            write(String.valueOf((char) one));
        }

        @Override
        public void write(char[] from, int at, int count) {
            write(new String(from, at, count));
        }

        @Override
        public void write(String text, int at, int count) {
            write(text.substring(at, at + count));
        }

        @Override
        public void write(String text) {
            state.write(text);
            super.write(text);
        }

        @Override
        public void flush() {
            state.flush();
        }

        @Override
        public void close() {
            state.close();
        }
    }

    private static final class Bytes extends ByteArrayOutputStream {
        private final State state;

        Bytes(String text, Journal journal) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            super.write(bytes, 0, bytes.length);
            state = new State(journal);
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] from, int at, int count) {
            state.write(new String(from, at, count, StandardCharsets.ISO_8859_1));
            super.write(from, at, count);
        }

        @Override
        public void flush() {
            state.flush();
        }

        @Override
        public void close() {
            state.close();
        }
    }

    private static final class Calls implements InvocationHandler {
        private final Object inner;
        private final Journal journal;

        Calls(Object inner, Journal journal) {
            this.inner = inner;
            this.journal = journal;
        }

        @Override
        public Object invoke(Object self, Method method, Object[] given) throws Throwable {
            if (method.getName().equals("equals") && method.getDeclaringClass() == Object.class) {
                return self == given[0];
            }
            if (mayFail(method)) {
                Class<?>[] types = method.getExceptionTypes();
                String shown = given == null ? "" : Function.text(Arrays.asList(given));
                journal.note("call", method.getName() + shown, types.length > 0 && !isWide(types[0])
                    ? types[0] : types.length > 0 ? IOException.class : IllegalStateException.class);
            }
            try {
                if (!method.getDeclaringClass().getName().startsWith("java.")) {
                    method.setAccessible(true);
                }
                return method.invoke(inner, given);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }

        private static boolean isWide(Class<?> type) {
            return type.isAssignableFrom(IOException.class);
        }
    }

    /** What is left to iterate over, and then a failure. */
    static final class Broken implements Iterable<Object> {
        final List<Object> items;

        Broken(List<Object> items) {
            this.items = items;
        }

        @Override
        public Iterator<Object> iterator() {
            return new Rest(items, true);
        }
    }
}
