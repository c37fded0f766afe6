package codeaug;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes facts.txt for a project of which we know only commands: after its tests ran under
 * {@link Witness}, from what that saw, from the test reports and from the class files.
 *
 * <p>Arguments: repository, project's folder, our folder (sources.txt and seen/ are there), pattern
 * of the reports below the project's folder, folder of JaCoCo's jars.
 */
public final class Observed {
    /** Ours, a debugger's, the project's own coverage, and what belongs to a module path. */
    private static final Pattern LEFT_OUT = Pattern.compile(
        "-javaagent:.*(/\\.codeaug-build/|jacoco).*|-agentlib:jdwp.*|--module-path.*|--patch-module.*"
        + "|--add-modules.*|--add-reads.*|-Djdk\\.module\\..*|-Djava\\.class\\.path=.*"
        + "|-Djava\\.security\\.manager=worker\\.org\\.gradle\\..*");
    private static final Pattern VARIABLE = Pattern.compile(
        "(?!CODEAUG_|JAVA_TOOL_OPTIONS=|JDK_JAVA_OPTIONS=|_=|SHLVL=|PWD=|OLDPWD=)[A-Za-z_]\\w*=(?s:.*)");

    private final Path home;
    private final Path folder;
    private final Path jacoco;
    private final Set<String> reported;
    private final Map<String, Facts> suites = new LinkedHashMap<>();
    private final Map<String, Set<String>> classes = new LinkedHashMap<>();
    private final Set<String> strange = new TreeSet<>();

    private Observed(String[] arguments) throws IOException {
        home = Paths.get(arguments[1]);
        folder = Paths.get(arguments[2]);
        jacoco = Paths.get(arguments[4]);
        reported = Reported.names(home, arguments[3]);
    }

    public static void main(String[] arguments) throws IOException {
        Observed observed = new Observed(arguments);
        List<Facts> outputs = Outputs.find(Paths.get(arguments[0]),
            Files.readAllLines(observed.folder.resolve("sources.txt")));
        String problem = observed.problem(outputs);
        if (!problem.isEmpty()) {
            System.err.println(problem);
            System.exit(1);
        }
        observed.write(outputs);
    }

    private String problem(List<Facts> outputs) throws IOException {
        List<Facts> seen = seen();
        for (Facts jvm : seen) {
            add(jvm);
        }
        if (!suites.isEmpty() && !outputs.isEmpty() || reported.isEmpty()) {
            return "";
        }
        if (outputs.isEmpty()) {
            return "No class file of the repository's sources lies below its folder after `build` and "
                + "`test`: let them keep the folder that javac writes to, and compile with -g or "
                + "javac's default, so that class files name their source.";
        }
        return !strange.isEmpty()
            ? "Which test executes what is measured for JUnit 4 and the JUnit Platform, not for "
                + String.join(", ", strange) + "."
            : "No JVM that `test` started was seen to run the tests of the reports: it must pass the "
                + "variable JAVA_TOOL_OPTIONS on, end by itself, and run JUnit 4 or the JUnit Platform.";
    }

    private List<Facts> seen() throws IOException {
        List<Facts> seen = new ArrayList<>();
        Path written = folder.resolve("seen");
        if (Files.isDirectory(written)) {
            try (Stream<Path> files = Files.list(written)) {
                for (Path file : files.sorted().collect(Collectors.toList())) {
                    seen.addAll(Facts.read(file));
                }
            }
        }
        return seen;
    }

    /** JVMs that were started alike are one suite, with the classes of all. */
    private void add(Facts jvm) throws IOException {
        Set<String> ran = outer(reported);
        ran.retainAll(outer(jvm.all("loaded")));
        if (ran.isEmpty()) {
            return;
        }
        if (!jvm.is("runner", "platform") && !jvm.is("runner", "junit4")) {
            strange.add(jvm.get("runner"));
            return;
        }
        Facts suite = suite(jvm);
        String key = suite.all("path") + " " + suite.all("argument") + suite.all("environment")
            + suite.get("folder") + suite.get("java") + suite.get("runner");
        suites.putIfAbsent(key, suite);
        classes.computeIfAbsent(key, k -> new TreeSet<>()).addAll(ran);
    }

    private static Set<String> outer(Collection<String> names) {
        return names.stream().map(Observed::outer).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String outer(String test) {
        return test.replaceAll("(?<=.)[$#].*", "");
    }

    private Facts suite(Facts jvm) throws IOException {
        return new Facts().put("kind", "suite")
            .put("module", home.toString())
            .put("tests", home.toString())
            .put("skip", "false")
            .put("assertions", "false") // as the arguments have it
            .put("runner", jvm.get("runner"))
            .put("folder", jvm.get("folder"))
            .put("java", jvm.get("java"))
            .put("agent", String.join("", jars(true)))
            .put("analysis", String.join(File.pathSeparator, jars(false)))
            .putAll("path", jvm.all("path"))
            .putAll("argument", jvm.all("argument").stream()
                .filter(one -> !LEFT_OUT.matcher(one).matches()).collect(Collectors.toList()))
            .putAll("environment", jvm.all("environment").stream()
                .filter(one -> VARIABLE.matcher(one).matches()).sorted().collect(Collectors.toList()));
    }

    private List<String> jars(boolean agent) throws IOException {
        try (Stream<Path> files = Files.list(jacoco)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                .filter(file -> file.getFileName().toString().contains("agent") == agent)
                .map(Path::toString).sorted().collect(Collectors.toList());
        }
    }

    private void write(List<Facts> outputs) throws IOException {
        Path file = folder.resolve("facts.txt");
        Files.write(file, new byte[0]);
        for (Facts output : outputs) {
            output.put("module", home.toString()).append(file);
        }
        for (Map.Entry<String, Facts> suite : suites.entrySet()) {
            Set<String> ran = classes.get(suite.getKey());
            suite.getValue().putAll("class", ran).putAll("reported", reported.stream()
                .filter(test -> ran.contains(outer(test))).collect(Collectors.toList())).append(file);
        }
    }
}
