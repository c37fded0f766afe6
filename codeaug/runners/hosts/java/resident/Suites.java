package codeaug.resident;

import codeaug.Candidates;
import codeaug.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which suite of which module has a test. */
final class Suites {
    private final List<Facts> all;
    private final Path project;
    private final Map<Integer, Set<String>> candidates = new HashMap<>();

    Suites(List<Facts> all, Path project) {
        this.all = all;
        this.project = project;
    }

    /** Tests that one JVM can run one after another, by groups of the same classes. */
    static final class Run {
        final int suite;
        final List<Group> groups = new ArrayList<>();

        Run(int suite) {
            this.suite = suite;
        }
    }

    /** `chosen` has, by class, the names of methods; none means all. */
    static final class Group {
        final Set<String> types;
        final Map<String, Set<String>> chosen = new LinkedHashMap<>();

        Group(Set<String> types) {
            this.types = types;
        }
    }

    /** The tests in their order. Throws Cold where that is not for us to decide. */
    List<Run> runs(List<String> tests) throws Cold, IOException {
        List<Run> runs = new ArrayList<>();
        for (String test : tests) {
            String owner = owner(test);
            List<Integer> having = new ArrayList<>();
            for (int suite : of(module(test))) {
                if (!types(suite, owner).isEmpty()) {
                    having.add(suite);
                }
            }
            if (having.size() > 1) {
                throw new Cold("several suites have the test " + test);
            }
            if (!having.isEmpty()) { // else it reports nothing, as in a cold run
                add(runs, having.get(0), owner, method(test));
            }
        }
        return runs;
    }

    private void add(List<Run> runs, int suite, String owner, String method)
            throws IOException {
        Run run = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (run == null || run.suite != suite) {
            run = new Run(suite);
            runs.add(run);
        }
        Set<String> types = types(suite, owner);
        Group group = run.groups.isEmpty() ? null : run.groups.get(run.groups.size() - 1);
        if (group == null || !group.types.equals(types)) {
            group = new Group(types);
            run.groups.add(group);
        }
        Set<String> methods = group.chosen.computeIfAbsent(owner, o -> new LinkedHashSet<>());
        if (!method.isEmpty()) {
            methods.add(method);
        }
    }

    /** Suites of a module, by their place among the facts. */
    List<Integer> of(String module) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Facts facts = all.get(i);
            boolean runs = facts.is("kind", "suite")
                && (facts.is("runner", "platform") || facts.is("runner", "junit4"))
                && Files.isDirectory(Paths.get(facts.get("tests")));
            if (runs && module(facts).equals(module)) {
                found.add(i);
            }
        }
        return found;
    }

    String module(Facts suite) {
        return project.relativize(Paths.get(suite.get("module"))).toString();
    }

    /** `core` of `core:pkg.Class#method`. */
    static String module(String test) {
        String head = test.split("#", 2)[0];
        return head.substring(0, Math.max(head.lastIndexOf(':'), 0));
    }

    private static String owner(String test) {
        String head = test.split("#", 2)[0];
        return head.substring(head.lastIndexOf(':') + 1);
    }

    private static String method(String test) {
        String[] both = test.split("#", 2);
        return both.length == 2 ? both[1] : "";
    }

    /** The classes to select for tests of `owner`: itself or the class around it. */
    private Set<String> types(int suite, String owner) throws IOException {
        Set<String> known = candidates.get(suite);
        if (known == null) {
            known = new HashSet<>(Candidates.of(all.get(suite)));
            candidates.put(suite, known);
        }
        Set<String> types = new LinkedHashSet<>();
        Collections.addAll(types, owner, owner.replaceAll("\\$.*", ""));
        types.retainAll(known);
        return types;
    }
}
