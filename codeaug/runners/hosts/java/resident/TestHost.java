package codeaug.resident;

import codeaug.Facts;
import codeaug.Progress;
import codeaug.Report;
import codeaug.TestRunner;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The JVM of one suite: runs tests on one text after another, each in a loader and a thread of its
 * own. It knows nothing of the report channel: {@link Supervisor} asks on descriptor 4 and reads
 * descriptor 3, where each line begins with the request's own token.
 *
 * <p>Arguments: facts file, number of the suite in it, prefix of test ids, class path of the tests.
 */
public final class TestHost {
    private final Facts suite;
    private final String prefix;
    private final TextLoader.Folders folders;
    private final ClassLoader libraries;
    private final OutputStream out;
    private final Surroundings surroundings;
    private String recordedKey = "";

    private TestHost(String[] arguments, OutputStream out) throws IOException {
        suite = Facts.read(Paths.get(arguments[0])).get(Integer.parseInt(arguments[1]));
        prefix = arguments[2];
        this.out = out;
        List<Path> own = new ArrayList<>();
        List<URL> others = new ArrayList<>();
        for (String place : arguments[3].split(File.pathSeparator)) {
            Path path = Paths.get(place);
            boolean ours = place.contains("/.codeaug-build/");
            if (Files.isDirectory(path) && !ours) {
                own.add(path);
            } else if (!place.endsWith("/host.jar")) {
                others.add(path.toUri().toURL());
            }
        }
        folders = new TextLoader.Folders(own);
        libraries = new URLClassLoader(others.toArray(new URL[0]), TestHost.class.getClassLoader());
        System.setProperty("java.class.path", arguments[3]);
        System.clearProperty("java.system.class.loader");
        Surroundings.silence();
        surroundings = new Surroundings();
    }

    public static void main(String[] arguments) {
        try {
            DataInputStream in = new DataInputStream(
                new BufferedInputStream(new FileInputStream("/dev/fd/4"), 1 << 16));
            OutputStream out = new FileOutputStream("/dev/fd/3");
            TestHost host = new TestHost(arguments, out);
            Report.to("ready", out).send(true);
            while (true) {
                host.answer(in);
            }
        } catch (Throwable e) { // among them that nobody asks any more
            Runtime.getRuntime().halt(1);
        }
    }

    private void answer(DataInputStream in) throws IOException, InterruptedException {
        Report report = Report.to(in.readUTF(), out);
        boolean compares = in.readBoolean();
        Map<String, byte[]> plain = new HashMap<>();
        Map<String, byte[]> instrumented = new HashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            plain.put(name, bytes(in));
            instrumented.put(name, bytes(in));
        }
        Set<String> old = new HashSet<>(texts(in));
        List<Group> groups = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            groups.add(Group.read(in));
        }
        Probes.clear();
        Map<String, Object> end = new LinkedHashMap<>();
        Comparison comparison = compares ? Comparison.read(in) : null;
        boolean records = compares && !comparison.key.equals(recordedKey);
        if (records) { // a mere run between two comparisons leaves what was recorded
            Recorder.clear();
            Lambdas.clear();
            recordedKey = "";
        }
        if (records || !compares) {
            run(new TextLoader(folders, libraries, plain, instrumented, old, compares), groups, report, end);
        }
        if (compares && end.get("broken") == null) {
            recordedKey = comparison.key;
            compare(comparison, plain, old, end);
        }
        end.put("probes", Probes.all());
        end.put("spoiled", surroundings.restore());
        report.send(end);
    }

    private void run(TextLoader loader, List<Group> groups, Report report, Map<String, Object> end)
            throws InterruptedException {
        Thread thread = new Thread(() -> {
            try {
                Progress progress = new Progress(report, prefix, null, null);
                String name = suite.is("runner", "junit4") ? "JUnit4Runner" : "PlatformRunner";
                TestRunner runner = (TestRunner) Class.forName("codeaug." + name, true, libraries)
                    .getDeclaredConstructor().newInstance();
                for (Group group : groups) {
                    group.run(suite, runner, loader, progress);
                    if (!progress.allPassed()) {
                        break;
                    }
                }
            } catch (Throwable e) { // as a cold run, which then ends with an error
                end.put("broken", String.valueOf(e));
            }
        }, "main");
        thread.setContextClassLoader(loader);
        SystemLoader.show(loader);
        thread.start();
        thread.join();
    }

    private void compare(Comparison asked, Map<String, byte[]> plain, Set<String> old,
            Map<String, Object> end) throws InterruptedException {
        long deadline = System.nanoTime() + asked.milliseconds * 1_000_000;
        Comparing comparing = new Comparing(asked.unit,
            () -> new TextLoader(folders, libraries, plain, plain, old, true),
            () -> new TextLoader(folders, libraries, asked.changed, asked.changed, old, true),
            Recorder.inputs(), asked.constants, asked.about, deadline);
        Thread thread = new Thread(comparing, "main");
        thread.setDaemon(true);
        if (Recorder.inputs().isEmpty()) {
            comparing.problem = Recorder.refused().isEmpty() ? "no test calls the unit"
                : "arguments cannot be copied: " + Recorder.refused();
        } else {
            thread.start();
        }
        while (thread.isAlive() && !comparing.isLate()) {
            thread.join(50);
        }
        if (thread.isAlive()) {
            comparing.giveUp();
        }
        end.put("inputs", comparing.inputs);
        end.put("difference", comparing.difference);
        end.put("witness", comparing.witness);
        end.put("problem", comparing.problem);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new EOFException("no count");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    /** What is compared: the unit of the request's classes and of these others. */
    private static final class Comparison {
        String key;
        final String[] unit = new String[3];
        final Map<String, byte[]> changed = new HashMap<>();
        final List<Object> constants = new ArrayList<>();
        About about;
        long milliseconds;

        static Comparison read(DataInputStream in) throws IOException {
            Comparison read = new Comparison();
            read.key = in.readUTF();
            for (int i = 0; i < 3; i++) {
                read.unit[i] = in.readUTF();
            }
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                read.changed.put(name, bytes(in));
            }
            for (int left = in.readInt(); left > 0; left--) {
                String type = in.readUTF();
                String text = new String(bytes(in), StandardCharsets.UTF_8);
                read.constants.add(type.equals("String") ? text : type.equals("Integer")
                    ? (Object) Integer.valueOf(text) : type.equals("Long") ? (Object) Long.valueOf(text)
                    : type.equals("Float") ? (Object) Float.valueOf(text) : (Object) Double.valueOf(text));
            }
            read.about = About.read(in);
            read.milliseconds = in.readLong();
            return read;
        }
    }

    /** Tests that are asked for together: of the same classes. */
    private static final class Group {
        private final List<String> types;
        private final Map<String, Set<String>> chosen;

        private Group(List<String> types, Map<String, Set<String>> chosen) {
            this.types = types;
            this.chosen = chosen;
        }

        static Group read(DataInputStream in) throws IOException {
            List<String> types = texts(in);
            Map<String, Set<String>> chosen = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                chosen.put(in.readUTF(), new HashSet<>(texts(in)));
            }
            return new Group(types, chosen);
        }

        void run(Facts suite, TestRunner runner, ClassLoader loader, Progress progress) {
            List<Class<?>> classes = new ArrayList<>();
            for (String name : types) {
                try {
                    classes.add(Class.forName(name, false, loader));
                } catch (ClassNotFoundException | LinkageError e) {
                    progress.outcome(name, "error", 0, e);
                }
            }
            if (!classes.isEmpty()) {
                runner.run(suite, classes, chosen, progress);
            }
        }
    }
}
