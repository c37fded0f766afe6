package codeaug;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs chosen tests in one JVM again and again, without loading anything anew and without any agent.
 *
 * <p>Arguments: those of {@link Tests}, then file of jobs (one a line, test ids between tabs), file for the medians, seconds for each
 * job.
 */
public final class BareTests {
    private static final int LEAST = 3;

    private BareTests() {}

    /** A test framework: what runs the chosen methods of some classes, and says whether all passed. */
    public interface Framework {
        Run prepared(Facts suite, Map<Class<?>, Set<String>> chosen);
    }

    /** One run of a job. */
    public interface Run {
        boolean passes();
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream err = System.err;
        try {
            System.setOut(nowhere());
            System.setErr(nowhere());
            run(arguments);
            Runtime.getRuntime().halt(0);
        } catch (Throwable e) {
            e.printStackTrace(err);
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        Facts suite = Facts.read(Paths.get(arguments[0])).get(Integer.parseInt(arguments[1]));
        String prefix = arguments[3];
        Path jobs = Paths.get(arguments[5]);
        double seconds = Double.parseDouble(arguments[7]);
        String name = suite.is("runner", "junit4") ? "BareJUnit4" : "BarePlatform";
        Framework framework = (Framework) Class.forName("codeaug." + name)
            .getDeclaredConstructor().newInstance();
        List<String> medians = new ArrayList<>();
        for (String job : Files.readAllLines(jobs)) {
            Map<Class<?>, Set<String>> chosen = chosen(suite, prefix, job.split("\t"));
            double median = chosen.isEmpty() ? 0 : median(framework.prepared(suite, chosen), seconds);
            medians.add(String.valueOf(median));
        }
        Files.write(Paths.get(arguments[6]), medians);
    }

    private static double median(Run run, double seconds) {
        if (!run.passes()) {
            throw new IllegalStateException("the tests do not pass when they run again and again");
        }
        List<Double> taken = new ArrayList<>();
        long began = System.nanoTime();
        while (taken.size() < LEAST || System.nanoTime() - began < seconds * 1e9) {
            long started = System.nanoTime();
            run.passes();
            taken.add((System.nanoTime() - started) / 1e9);
        }
        double[] sorted = taken.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Methods by class; a nested class runs with the one around it. */
    private static Map<Class<?>, Set<String>> chosen(Facts suite, String prefix, String[] tests)
            throws Exception {
        Set<String> known = new HashSet<>(Candidates.of(suite));
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (String test : tests) {
            if (test.startsWith(prefix)) {
                String[] both = test.substring(prefix.length()).split("#", 2);
                String owner = known.contains(both[0]) ? both[0] : both[0].replaceAll("\\$.*", "");
                if (known.contains(owner)) {
                    methods.computeIfAbsent(owner, o -> new HashSet<>()).add(both[both.length - 1]);
                }
            }
        }
        Map<Class<?>, Set<String>> chosen = new LinkedHashMap<>();
        for (Map.Entry<String, Set<String>> one : methods.entrySet()) {
            chosen.put(Class.forName(one.getKey()), one.getValue());
        }
        return chosen;
    }

    private static PrintStream nowhere() {
        return new PrintStream(new OutputStream() {
            @Override
            public void write(int b) { }

            @Override
            public void write(byte[] b, int from, int length) { }
        });
    }
}
