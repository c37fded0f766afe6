package codeaug.resident;

import codeaug.Facts;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Runs tests on texts in JVMs that stay, and keeps texts apart from each other. */
final class Rerun {
    private static final int JVMS = 2; // at a time

    private final Path folder;
    private final List<Facts> facts;
    private final Suites suites;
    private final Map<Integer, TestJvm> jvms = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Set<Integer> family = new TreeSet<>(Processes.all());
    private final Folder repository;
    private final List<Folder> scratch = new ArrayList<>();
    private String spoiled = "";

    Rerun(Path folder, Path repository, Path project, List<Facts> facts) throws IOException {
        this.folder = folder;
        this.facts = facts;
        this.suites = new Suites(facts, project);
        this.repository = new Folder(repository);
        for (String place : new String[] {"/tmp", "/dev/shm"}) {
            scratch.add(new Folder(Paths.get(place)));
        }
    }

    /** What came of running tests. */
    static final class Result {
        /** Probes of the changed file's classes, as {@link Lines#of} takes them. */
        final Map<String, boolean[]> probes = new HashMap<>();
        /** Whether every JVM was still there when its tests had run. */
        boolean ended = true;
        boolean late;
    }

    /** Ends of suites, which a reader counts. */
    List<Map<String, Object>> ends(List<String> tests) {
        Set<String> modules = new TreeSet<>();
        tests.forEach(test -> modules.add(Suites.module(test)));
        List<Map<String, Object>> ends = new ArrayList<>();
        for (String module : modules) {
            List<Integer> all = suites.of(module);
            for (int i = 0; i < all.size(); i++) {
                Map<String, Object> end = new LinkedHashMap<>();
                end.put("end", true);
                end.put("of", all.size());
                ends.add(end);
            }
        }
        return ends;
    }

    /** Classes by name, those made earlier from the same file; `seconds` bound the tests. */
    Result run(Map<String, byte[]> classes, Set<String> old, List<String> tests, double seconds,
            Consumer<Map<String, Object>> told) throws Cold, IOException, InterruptedException {
        if (!spoiled.isEmpty()) {
            throw new Cold(spoiled);
        }
        Map<String, byte[]> instrumented = Lines.instrumented(classes);
        Result result = new Result();
        boolean[] allPassed = {true};
        long left = (long) (seconds * 1e9);
        for (Suites.Run run : suites.runs(tests)) {
            TestJvm jvm = jvm(run.suite);
            long started = System.nanoTime();
            TestJvm.Classes sent = new TestJvm.Classes(classes, instrumented, old);
            TestJvm.Ended ended = jvm.ask(token(), sent, run.groups, null, started + left, line -> {
                allPassed[0] &= "passed".equals(line.get("outcome"));
                told.accept(line);
            });
            left -= System.nanoTime() - started;
            note(ended, result);
            boolean processes = clean(run.suite, jvm, ended);
            if (processes) {
                throw new Cold("tests start other processes, which do not see the changed class");
            }
            if (!result.ended || !allPassed[0]) {
                break;
            }
        }
        return result;
    }

    /** Compares on what these tests pass to the unit: the answer, or null when there was none. */
    Map<String, Object> compare(TestJvm.Classes unchanged, List<String> tests,
            TestJvm.Compare compare, double seconds) throws Cold, IOException, InterruptedException {
        if (!spoiled.isEmpty()) {
            throw new Cold(spoiled);
        }
        List<Suites.Run> runs = suites.runs(tests);
        if (runs.isEmpty()) {
            return null;
        }
        Suites.Run run = runs.get(0);
        TestJvm jvm = jvm(run.suite);
        TestJvm.Ended ended = jvm.ask(token(), unchanged, run.groups, compare,
            System.nanoTime() + (long) (seconds * 1e9), line -> { });
        clean(run.suite, jvm, ended);
        return ended.end;
    }

    private static void note(TestJvm.Ended ended, Result result) {
        result.ended = ended.end != null && !ended.end.containsKey("broken");
        result.late |= ended.late;
        if (result.ended) {
            probes(ended.end).forEach((key, ran) -> result.probes.merge(key, ran, Rerun::either));
        }
    }

    /** What an answer of a JVM says of what ran. */
    static Map<String, boolean[]> probes(Map<String, Object> end) {
        Map<String, boolean[]> all = new HashMap<>();
        Json.map(end.get("probes")).forEach((key, bits) -> {
            String text = (String) bits;
            boolean[] ran = new boolean[text.length()];
            for (int i = 0; i < ran.length; i++) {
                ran[i] = text.charAt(i) == '1';
            }
            all.put(key, ran);
        });
        return all;
    }

    private static boolean[] either(boolean[] one, boolean[] other) {
        boolean[] both = one.clone();
        for (int i = 0; i < Math.min(both.length, other.length); i++) {
            both[i] |= other[i];
        }
        return both;
    }

    /** Takes away what a text left; whether other processes ran. */
    private boolean clean(int suite, TestJvm jvm, TestJvm.Ended ended)
            throws IOException, InterruptedException {
        boolean broken = ended.end == null || ended.end.containsKey("broken")
            || !"".equals(ended.end.get("spoiled"));
        boolean processes = !broken && jvm.hadChildren();
        if (broken || jvm.isWorn()) {
            jvm.stop();
            jvms.remove(suite);
        }
        Set<Integer> ours = new TreeSet<>(family);
        jvms.values().forEach(other -> ours.add(other.number()));
        processes |= Processes.killOthers(ours);
        for (Folder place : scratch) {
            spoil(place.restore());
        }
        spoil(repository.restoreEntries());
        return processes;
    }

    /** Looks at everything once more: called when a unit ends and the next one begins. */
    void verify() throws IOException {
        spoil(repository.restore());
    }

    private void spoil(String lost) {
        if (!lost.isEmpty()) {
            spoiled = "tests change " + lost;
        }
    }

    private TestJvm jvm(int suite) throws Cold, IOException, InterruptedException {
        TestJvm jvm = jvms.remove(suite);
        if (jvm == null) {
            check(facts.get(suite));
            while (jvms.size() >= JVMS) {
                jvms.remove(jvms.keySet().iterator().next()).stop();
            }
            jvm = new TestJvm(folder.resolve("suite-" + suite + ".sh").toString());
        }
        jvms.put(suite, jvm); // the last used stands last
        try {
            jvm.await();
        } catch (Cold cold) {
            jvms.remove(suite);
            throw cold;
        }
        return jvm;
    }

    private static void check(Facts suite) throws Cold {
        List<String> arguments = new ArrayList<>(suite.all("argument"));
        arguments.add(suite.get("arguments"));
        for (String argument : arguments) {
            if (argument.replaceAll("-javaagent:\\S*jacoco\\S*", "").matches("(?s).*-(javaagent|agentlib|agentpath):.*")) {
                throw new Cold("the tests run with an agent of the project's own");
            }
            if (argument.matches("(?s).*(-Djava\\.system\\.class\\.loader|--module-path|--patch-module|-Xbootclasspath).*")) {
                throw new Cold("the tests run with classes from elsewhere than the class path");
            }
        }
    }

    private String token() {
        return new BigInteger(128, random).toString(16);
    }
}
