package codeaug;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jacoco.agent.rt.RT;

/**
 * Runs one suite of one module in this JVM, under JaCoCo's agent.
 *
 * <p>Arguments: facts file, number of the suite in it, number of suites that will report, prefix of
 * test ids, then `measure`, or `rerun`, the changed file and `pkg.Class#method` ... (further methods each after a line break).
 */
public final class Tests {
    private Tests() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream err = System.err;
        try {
            Report report = Report.open();
            silence(); // tests may print without end; the report is all that counts
            run(report, arguments);
        } catch (Throwable e) {
            e.printStackTrace(err);
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0); // threads that tests left behind may not go on
    }

    private static void silence() {
        PrintStream nowhere = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) { }

            @Override
            public void write(byte[] b, int from, int length) { }
        });
        System.setOut(nowhere);
        System.setErr(nowhere);
    }

    private static void run(Report report, String[] arguments) throws Exception {
        List<Facts> all = Facts.read(Paths.get(arguments[0]));
        Facts suite = all.get(Integer.parseInt(arguments[1]));
        boolean measure = arguments[4].equals("measure");
        List<String> candidates = Candidates.of(suite);
        List<Map<String, Set<String>>> groups = measure ? Collections.singletonList(chosen(suite.all("reported")))
            : inTurn(Arrays.asList(arguments).subList(6, arguments.length), candidates);
        Function<byte[], Map<String, BitSet[]>> lines = lines(suite, all);
        Progress progress = new Progress(report, arguments[3],
            () -> RT.getAgent().getExecutionData(true), measure ? lines : null);
        TestRunner runner = runner(suite);
        for (Map<String, Set<String>> chosen : groups) {
            List<Class<?>> classes = classes(candidates, chosen, measure, progress);
            if (!classes.isEmpty()) {
                runner.run(suite, classes, chosen, progress);
            }
        }
        if (!measure) {
            report.send(changed(lines, all, arguments[5]));
        }
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("end", true);
        end.put("of", Integer.parseInt(arguments[2]));
        report.send(end);
    }

    private static TestRunner runner(Facts suite) throws ReflectiveOperationException {
        String name = suite.is("runner", "junit4") ? "codeaug.JUnit4Runner" : "codeaug.PlatformRunner";
        return (TestRunner) Class.forName(name).getDeclaredConstructor().newInstance();
    }

    private static Map<String, Set<String>> chosen(List<String> arguments) {
        Map<String, Set<String>> chosen = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] both = argument.split("#", 2);
            Set<String> methods = chosen.computeIfAbsent(both[0], c -> new HashSet<>());
            if (both.length == 2) {
                methods.addAll(Arrays.asList(both[1].split("\n")));
            }
        }
        return chosen;
    }

    /** Tests of the same classes together, else in their order, as the program that stays runs them. */
    private static List<Map<String, Set<String>>> inTurn(List<String> arguments, List<String> candidates) {
        List<Map<String, Set<String>>> groups = new ArrayList<>();
        Set<String> last = null;
        for (String argument : arguments) {
            Set<String> types = around(argument.split("#", 2)[0]);
            types.retainAll(candidates);
            if (!types.equals(last)) {
                groups.add(new LinkedHashMap<>());
                last = types;
            }
            chosen(Collections.singletonList(argument)).forEach((name, methods) ->
                groups.get(groups.size() - 1).computeIfAbsent(name, n -> new HashSet<>()).addAll(methods));
        }
        return groups;
    }

    /** A class and the one around it. */
    private static Set<String> around(String name) {
        return new HashSet<>(Arrays.asList(name, name.replaceAll("\\$.*", "")));
    }

    /** Test classes that the plug-in's patterns choose, by name; the outer class for nested ones. */
    private static List<Class<?>> classes(List<String> candidates, Map<String, Set<String>> chosen,
            boolean measure, Progress progress) {
        Set<String> wanted = new HashSet<>();
        chosen.keySet().forEach(name -> wanted.addAll(around(name)));
        List<Class<?>> classes = new ArrayList<>();
        for (String name : candidates) {
            if (!measure && !wanted.contains(name)) {
                continue;
            }
            try {
                classes.add(Class.forName(name, false, Tests.class.getClassLoader()));
            } catch (ClassNotFoundException | LinkageError e) {
                progress.outcome(name, "error", 0, e);
            }
        }
        return classes;
    }

    @SuppressWarnings("unchecked")
    private static Function<byte[], Map<String, BitSet[]>> lines(Facts suite, List<Facts> all)
            throws Exception {
        List<URL> path = new ArrayList<>();
        for (String jar : suite.get("analysis").split(File.pathSeparator)) {
            path.add(url(Paths.get(jar)));
        }
        path.add(url(Paths.get(Tests.class.getProtectionDomain().getCodeSource().getLocation().toURI())));
        ClassLoader own = new URLClassLoader(path.toArray(new URL[0]), Object.class.getClassLoader());
        List<String> outputs = new ArrayList<>();
        List<List<String>> roots = new ArrayList<>();
        for (Facts facts : all) {
            if (facts.is("kind", "compile")) {
                outputs.add(facts.get("output"));
                roots.add(facts.all("root"));
            }
        }
        return (Function<byte[], Map<String, BitSet[]>>) Class.forName("codeaug.Lines", true, own)
            .getConstructor(List.class, List.class, String.class)
            .newInstance(outputs, roots, System.getProperty("codeaug.repository"));
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    /** Lines of the changed file: executed by all that ran here, and executable at all. */
    private static Map<String, Object> changed(Function<byte[], Map<String, BitSet[]>> lines,
            List<Facts> all, String path) throws Exception {
        BitSet executed = new BitSet();
        BitSet executable = new BitSet();
        BitSet[] found = lines.apply(RT.getAgent().getExecutionData(true)).get(path);
        if (found != null) {
            executed.or(found[0]);
        }
        for (Path file : Sources.classFiles(all, System.getProperty("codeaug.repository"), path)) {
            Map<?, ?> one = (Map<?, ?>) lines.getClass().getMethod("executable", String.class)
                .invoke(lines, file.toString());
            BitSet[] both = (BitSet[]) one.get(path);
            if (both != null) {
                executable.or(both[1]);
            }
        }
        Map<String, Object> line = new HashMap<>();
        line.put("executed", Progress.ranges(executed));
        line.put("executable", Progress.ranges(executable));
        return line;
    }
}
