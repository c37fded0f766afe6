package codeaug.resident;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.CharArrayReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;

/**
 * Readers and streams of a text that is at hand: what is left of it and whether they were closed
 * can be seen. One that is broken fails at its end; one that is slow gives one character or byte a call.
 */
final class Source {
    static final String BROKEN = "broken";
    static final String SLOW = "slow";
    private static final int MOST = 1 << 16;

    private Source() {}

    /** What is left in one that the tests made. */
    static Shape apart(Object given, int number) throws NoCopy {
        Object value = given instanceof Slow ? ((Slow) given).whole() : given;
        String type = value.getClass().getName();
        boolean known = value instanceof Lines || value instanceof Chars || value instanceof Bytes;
        if (!known && !type.startsWith("java.io.")) {
            throw new NoCopy(type);
        }
        String rest;
        boolean closed = value instanceof Lines && ((Lines) value).closed
            || value instanceof Chars && ((Chars) value).closed || value instanceof Bytes && ((Bytes) value).closed;
        try {
            rest = closed ? "" : value instanceof Reader ? chars((Reader) value, known)
                : bytes((InputStream) value, known);
        } catch (IOException e) {
            rest = "";
        }
        String name = value instanceof BufferedReader ? "java.io.BufferedReader"
            : value instanceof Reader ? "java.io.StringReader" : "java.io.ByteArrayInputStream";
        return new Shape(Shape.Kind.TEXT, closed ? name + " closed" : name, rest,
            java.util.Collections.<Shape>emptyList(), number);
    }

    /** `type` may end with a word that says that it is broken or slow. */
    static Object made(String type, String text) throws NoCopy {
        boolean broken = type.endsWith(BROKEN);
        boolean slow = type.endsWith(SLOW);
        if (type.startsWith("java.io.BufferedReader")) {
            return new Lines(new Chars(text, broken, slow));
        }
        if (type.startsWith("java.io.StringReader")) {
            return new Chars(text, broken, slow);
        }
        Bytes bytes = new Bytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return slow ? new Slow(bytes) : bytes;
    }

    private static String chars(Reader reader, boolean ends) throws IOException, NoCopy {
        if (!ends && !(reader instanceof BufferedReader || reader instanceof StringReader
            || reader instanceof CharArrayReader)) {
            throw new NoCopy(reader.getClass().getName());
        }
        if (!ends) {
            reader.mark(MOST);
        }
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            text.append((char) c);
            if (text.length() >= MOST - 1) {
                throw new NoCopy("a value of too many parts");
            }
        }
        if (!ends) {
            reader.reset();
        }
        return text.toString();
    }

    private static String bytes(InputStream stream, boolean ends) throws IOException, NoCopy {
        if (!ends && !(stream instanceof ByteArrayInputStream)) {
            throw new NoCopy(stream.getClass().getName());
        }
        stream.mark(MOST);
        StringBuilder text = new StringBuilder();
        for (int c = stream.read(); c >= 0 && text.length() < MOST; c = stream.read()) {
            text.append((char) c);
        }
        stream.reset();
        return text.toString();
    }

    private static final class Lines extends BufferedReader {
        boolean closed;

        Lines(Reader from) {
            super(from);
        }

        @Override
        public void close() throws IOException {
            closed = true;
            super.close();
        }
    }

    private static final class Chars extends StringReader {
        boolean closed;
        private final boolean broken;
        private final boolean slow;

        Chars(String text, boolean broken, boolean slow) {
            super(text);
            this.broken = broken;
            this.slow = slow;
        }

        @Override
        public int read() throws IOException {
            return ended(super.read());
        }

        @Override
        public int read(char[] to, int from, int count) throws IOException {
            return ended(super.read(to, from, slow ? Math.min(1, count) : count));
        }

        private int ended(int read) throws IOException {
            if (read < 0 && broken) {
                throw new IOException("scripted");
            }
            return read;
        }

        @Override
        public void close() {
            closed = true;
            super.close();
        }
    }

    private static final class Bytes extends ByteArrayInputStream {
        boolean closed;

        Bytes(byte[] bytes) {
            super(bytes);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Slow extends FilterInputStream {
        Slow(Bytes whole) {
            super(whole);
        }

        Bytes whole() {
            return (Bytes) in;
        }

        @Override
        public int read(byte[] to, int from, int count) throws IOException {
            return super.read(to, from, Math.min(1, count));
        }
    }
}
