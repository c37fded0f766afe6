package codeaug.resident;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A JVM in which tests run: started once, asked often, killed when anything is odd about it. */
final class TestJvm {
    private static final long START = TimeUnit.SECONDS.toNanos(120);
    private static final int LONGEST = 1 << 20; // bytes of a line
    private static final int TEXTS = 200;
    private static final long MEMORY = 900L << 20; // bytes after a text: what is more is not given back
    private static final String END = "";

    private final Process process;
    private final int number;
    private final DataOutputStream to;
    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(10_000);
    private int texts;
    private boolean ready;
    private long children;

    /** How asking ended: by itself with `end`, or the JVM is gone, or was stopped after the time. */
    static final class Ended {
        final Map<String, Object> end;
        final boolean late;

        Ended(Map<String, Object> end, boolean late) {
            this.end = end;
            this.late = late;
        }
    }

    /** A text's classes by name, as javac made them and as they run; what the file made before. */
    static final class Classes {
        final Map<String, byte[]> plain;
        final Map<String, byte[]> instrumented;
        final Set<String> old;

        Classes(Map<String, byte[]> plain, Map<String, byte[]> instrumented, Set<String> old) {
            this.plain = plain;
            this.instrumented = instrumented;
            this.old = old;
        }
    }

    /** Another text's classes, to be compared on what the tests pass to the unit. */
    static final class Compare {
        private final String key;
        private final UnitCode unit;
        private final Map<String, byte[]> changed;
        private final List<Object> constants;
        private final About about;
        private final long milliseconds;

        /** Requests of the same `key` record the same. */
        Compare(String key, UnitCode unit, Map<String, byte[]> changed, List<Object> constants,
                About about, long milliseconds) {
            this.key = key;
            this.unit = unit;
            this.changed = changed;
            this.constants = constants;
            this.about = about;
            this.milliseconds = milliseconds;
        }

        void write(DataOutputStream out) throws IOException {
            out.writeUTF(key);
            for (String name : unit.names) {
                out.writeUTF(name);
            }
            out.writeInt(changed.size());
            for (Map.Entry<String, byte[]> one : changed.entrySet()) {
                out.writeUTF(one.getKey());
                bytes(out, one.getValue());
            }
            out.writeInt(constants.size());
            for (Object constant : constants) {
                out.writeUTF(constant.getClass().getSimpleName());
                bytes(out, constant.toString().getBytes(StandardCharsets.UTF_8));
            }
            about.write(out);
            out.writeLong(milliseconds);
        }
    }

    TestJvm(String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", script, "1", "resident")
            .redirectError(new File("/dev/null"));
        builder.environment().remove("CODEAUG_REPORT");
        process = builder.start();
        number = Processes.number(process);
        to = new DataOutputStream(process.getOutputStream());
        Thread reader = new Thread(this::read, "reader of " + number);
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until it can be asked. Throws Cold when it does not start. */
    void await() throws Cold, InterruptedException {
        if (ready) {
            return;
        }
        String line = lines.poll(START, TimeUnit.NANOSECONDS);
        if (!"ready true".equals(line)) {
            stop();
            throw new Cold("the JVM for the tests does not start");
        }
        ready = true;
        children = Processes.endedChildren(number);
    }

    /** Sends a request and hands on what is said of tests, until it ends or `deadline` is over. */
    Ended ask(String token, Classes classes, List<Suites.Group> groups, Compare compare,
            long deadline, Consumer<Map<String, Object>> told) throws InterruptedException {
        texts++;
        try {
            send(token, classes, groups, compare);
        } catch (IOException e) {
            return new Ended(null, false);
        }
        while (true) {
            String line = lines.poll(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                return new Ended(null, true);
            }
            if (!line.startsWith(token + " ")) { // the end, or somebody who does not know the token
                return new Ended(null, false);
            }
            Map<String, Object> found;
            try {
                found = Json.map(Json.read(line.substring(token.length() + 1)));
            } catch (IllegalArgumentException e) {
                return new Ended(null, false);
            }
            if (!found.containsKey("test")) {
                return new Ended(found, false);
            }
            told.accept(found);
        }
    }

    private void send(String token, Classes classes, List<Suites.Group> groups, Compare compare)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(token);
        out.writeBoolean(compare != null);
        out.writeInt(classes.plain.size());
        for (String name : classes.plain.keySet()) {
            out.writeUTF(name);
            bytes(out, classes.plain.get(name));
            bytes(out, classes.instrumented.get(name));
        }
        texts(out, classes.old);
        out.writeInt(groups.size());
        for (Suites.Group group : groups) {
            texts(out, group.types);
            out.writeInt(group.chosen.size());
            for (Map.Entry<String, Set<String>> one : group.chosen.entrySet()) {
                out.writeUTF(one.getKey());
                texts(out, one.getValue());
            }
        }
        if (compare != null) {
            compare.write(out);
        }
        to.write(bytes.toByteArray());
        to.flush();
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static void texts(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    /** Whether a process was started here since this was last asked, and has ended. */
    boolean hadChildren() {
        long before = children;
        children = Processes.endedChildren(number);
        return children != before;
    }

    boolean isWorn() {
        return texts >= TEXTS || Processes.resident(number) > MEMORY;
    }

    int number() {
        return number;
    }

    void stop() {
        process.destroyForcibly();
        try {
            process.waitFor();
            lines.clear(); // its reader may wait for room
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (InputStream in = new BufferedInputStream(process.getInputStream(), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c >= 0 && line.size() < LONGEST; c = in.read()) {
                if (c == '\n') {
                    lines.put(line.toString("UTF-8"));
                    line.reset();
                } else {
                    line.write(c);
                }
            }
            lines.put(END);
        } catch (IOException e) {
            lines.offer(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
