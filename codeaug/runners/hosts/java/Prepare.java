package codeaug;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Writes what measuring and rerunning start: a script for each suite of each module, one for each
 * module and one for all, runners compiled against the project's own test frameworks, and which
 * classes each source file makes.
 *
 * <p>Arguments: repository, project's folder, our folder (facts.txt and host/ are there), folder of
 * our sources, further arguments for the JVM of the tests.
 */
public final class Prepare {
    /** No file of the JVM's own in /tmp, and classes of many texts between collections. */
    private static final String STAYS = " -XX:-UsePerfData"
        + " -XX:MetaspaceSize=160m -Djava.system.class.loader=codeaug.resident.SystemLoader";
    private static final Pattern WORD = Pattern.compile("(?:[^\\s\"']|\"[^\"]*\"|'[^']*')+");

    private final Path repository;
    private final Path project;
    private final Path folder;
    private final Path sources;
    private final String further;
    private final List<Facts> all;
    private final Map<String, Path> runners = new HashMap<>();

    private Prepare(String[] arguments) throws IOException {
        repository = Paths.get(arguments[0]);
        project = Paths.get(arguments[1]);
        folder = Paths.get(arguments[2]);
        sources = Paths.get(arguments[3]);
        further = arguments[4];
        all = Facts.read(folder.resolve("facts.txt"));
    }

    public static void main(String[] arguments) throws IOException {
        new Prepare(arguments).write();
    }

    private void write() throws IOException {
        writeSources();
        Map<String, List<Integer>> modules = new TreeMap<>();
        List<Integer> every = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (runs(all.get(i))) {
                writeSuite(i);
                modules.computeIfAbsent(module(all.get(i)), m -> new ArrayList<>()).add(i);
                every.add(i);
            }
        }
        writeScript(folder.resolve("measure.sh"), every);
        writeCompiler();
        writeResident();
        for (Map.Entry<String, List<Integer>> module : modules.entrySet()) {
            writeScript(folder.resolve("modules").resolve(module.getKey()).resolve("rerun.sh"),
                module.getValue());
        }
    }

    private static boolean runs(Facts facts) {
        boolean known = facts.is("runner", "platform") || facts.is("runner", "junit4");
        return facts.is("kind", "suite") && known && Files.isDirectory(Paths.get(facts.get("tests")));
    }

    private String module(Facts facts) {
        return project.relativize(Paths.get(facts.get("module"))).toString();
    }

    /** sources/PATH names the classes that JaCoCo has to watch when that file is changed. */
    private void writeSources() throws IOException {
        for (Facts facts : all) {
            Map<String, Set<String>> made = made(facts);
            for (String root : facts.all("root")) {
                for (Map.Entry<String, Set<String>> one : made.entrySet()) {
                    Path source = Paths.get(root).resolve(one.getKey());
                    if (Files.isRegularFile(source)) {
                        Path file = folder.resolve("sources").resolve(repository.relativize(source));
                        Files.createDirectories(file.getParent());
                        write(file, String.join(":", one.getValue()) + "\n");
                    }
                }
            }
        }
    }

    private static Map<String, Set<String>> made(Facts facts) throws IOException {
        Map<String, Set<String>> made = new TreeMap<>();
        Path output = Paths.get(facts.get("output"));
        for (Path file : classFiles(facts)) {
            Path parent = output.relativize(file).getParent();
            String in = parent == null ? "" : parent + "/";
            String name = file.getFileName().toString().replaceAll("(?<=.)(\\$.*)?\\.class$", "");
            Set<String> names = made.computeIfAbsent(in + ClassFiles.sourceName(file), s -> new TreeSet<>());
            names.add((in + name).replace('/', '.'));
            names.add((in + name).replace('/', '.') + "$*");
        }
        return made;
    }

    private static List<Path> classFiles(Facts facts) throws IOException {
        Path output = Paths.get(facts.get("output"));
        if (!facts.is("kind", "compile") || !Files.isDirectory(output)) {
            return new ArrayList<>();
        }
        try (Stream<Path> files = Files.walk(output)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                .filter(file -> !file.toString().endsWith("-info.class"))
                .collect(Collectors.toList());
        }
    }

    private void writeScript(Path file, List<Integer> suites) throws IOException {
        StringBuilder text = new StringBuilder("read -r nonce\nstatus=0\n");
        for (int suite : suites) {
            text.append("printf '%s\\n' \"$nonce\" | sh ")
                .append(quoted(folder.resolve("suite-" + suite + ".sh").toString()))
                .append(" ").append(suites.size()).append(" \"$@\" || status=$?\n");
        }
        Files.createDirectories(file.getParent());
        write(file, text + "exit $status\n");
    }

    /** Maven's own JVM flags are javac's: plug-ins of javac such as Error Prone need them. */
    private void writeCompiler() throws IOException {
        Path flags = project.resolve(".mvn/jvm.config");
        String archive = quoted(folder.resolve("javac.jsa").toString());
        StringBuilder text = new StringBuilder("archive=\n[ -f ").append(archive)
            .append(" ] && archive=-XX:SharedArchiveFile=").append(archive)
            .append("\nexec java $CODEAUG_JVM $archive");
        if (Files.isRegularFile(flags)) {
            String lines = new String(Files.readAllBytes(flags), StandardCharsets.UTF_8);
            for (String word : words(lines.replaceAll("(?m)#.*$", ""))) {
                text.append(' ').append(quoted(word));
            }
        }
        text.append(" -cp ").append(quoted(folder.resolve("host.jar").toString()))
            .append(" codeaug.Compile ").append(quoted(folder.resolve("facts.txt").toString()))
            .append(' ').append(quoted(repository.toString())).append(" \"$@\"\n");
        write(folder.resolve("compile.sh"), text.toString());
    }

    /** The program that stays: see {@link codeaug.resident.Supervisor}. */
    private void writeResident() throws IOException {
        String archive = quoted(folder.resolve("javac.jsa").toString());
        List<String> path = new ArrayList<>();
        path.add(folder.resolve("host.jar").toString());
        all.stream().map(facts -> facts.get("analysis")).filter(jars -> !jars.isEmpty())
            .findFirst().ifPresent(path::add);
        List<String> arguments = Arrays.asList("-cp", String.join(File.pathSeparator, path),
            "codeaug.resident.Supervisor", folder.toString(), repository.toString(), project.toString());
        write(folder.resolve("resident.sh"), "archive=\n[ -f " + archive
            + " ] && archive=-XX:SharedArchiveFile=" + archive
            + "\nexec java -Xmx640m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData $archive "
            + arguments.stream().map(Prepare::quoted).collect(Collectors.joining(" ")) + "\n");
    }

    private void writeSuite(int number) throws IOException {
        Facts suite = all.get(number);
        String module = module(suite);
        List<String> words = words(suite.get("arguments") + " " + further);
        words.addAll(suite.all("argument"));
        words.removeIf(word -> word.startsWith("-javaagent:") && word.contains("jacoco"));
        StringBuilder text = new StringBuilder("of=$1\nshift\n");
        text.append("watched=").append(quoted(packages())).append("\nif [ \"$1\" = rerun ]; then\n  watched=none\n")
            .append("  [ -f ").append(quoted(folder + "/sources/")).append("\"$2\" ] && read -r watched < ")
            .append(quoted(folder + "/sources/")).append("\"$2\"\nfi\n")
            .append("cd ").append(quoted(suite.get("folder"))).append(" || exit 1\n");
        for (String variable : suite.all("environment")) {
            String[] both = variable.split("=", 2);
            text.append("export ").append(both[0]).append('=').append(quoted(both[1])).append('\n');
        }
        StringBuilder java = new StringBuilder("exec ")
            .append(quoted(suite.get("java").isEmpty() ? "java" : suite.get("java")))
            .append(" $CODEAUG_JVM");
        if (words.stream().noneMatch(word -> word.matches("-XX:\\+Use\\w*GC"))) {
            java.append(" -XX:+UseSerialGC");
        }
        StringBuilder given = new StringBuilder();
        for (String argument : arguments(suite, words)) {
            given.append(' ').append(quoted(argument));
        }
        String facts = ' ' + quoted(folder.resolve("facts.txt").toString()) + ' ' + number + ' ';
        String prefix = quoted(module.isEmpty() ? "" : module + ":");
        String path = quoted(String.join(File.pathSeparator, path(suite)));
        text.append("if [ \"$1\" = resident ]; then\n  ").append(java).append(STAYS).append(given)
            .append(" -cp ").append(quoted(folder.resolve("host.jar").toString()))
            .append(" codeaug.resident.TestHost").append(facts).append(prefix).append(' ').append(path)
            .append(" 3>&1 4<&0 0< /dev/null 1> /dev/null 2> /dev/null\nfi\n");
        text.append(java).append(" -javaagent:").append(quoted(suite.get("agent")))
            .append("=output=none,dumponexit=false,includes=\"$watched\"").append(given)
            .append(" -cp ").append(path).append(" codeaug.Tests").append(facts).append("\"$of\" ")
            .append(prefix).append(" \"$@\" > /dev/null\n");
        write(folder.resolve("suite-" + number + ".sh"), text.toString());
    }

    private List<String> path(Facts suite) throws IOException {
        List<String> path = new ArrayList<>(suite.all("path"));
        path.add(folder.resolve("host.jar").toString());
        path.add(runner(suite).toString());
        if (!suite.get("launcher").isEmpty()) {
            for (String jar : suite.get("launcher").split(File.pathSeparator)) {
                if (!path.contains(jar)) {
                    path.add(jar);
                }
            }
        }
        return path;
    }

    private List<String> arguments(Facts suite, List<String> words) {
        List<String> arguments = new ArrayList<>();
        if (!suite.is("assertions", "false")) {
            arguments.add("-ea");
        }
        if (!suite.get("repository").isEmpty()) { // what Surefire sets too
            arguments.add("-Dbasedir=" + suite.get("module"));
            arguments.add("-DlocalRepository=" + suite.get("repository"));
        }
        arguments.add("-Dcodeaug.repository=" + repository);
        for (String property : suite.all("property")) {
            arguments.add("-D" + property);
        }
        arguments.addAll(words);
        return arguments;
    }

    /** Packages of the project's own classes, as JaCoCo's patterns: nothing else is instrumented. */
    private String packages() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (Facts facts : all) {
            for (Path file : classFiles(facts)) {
                Path parent = Paths.get(facts.get("output")).relativize(file).getParent();
                packages.add(parent == null ? "*" : parent.toString().replace('/', '.') + ".*");
            }
        }
        String text = String.join(":", packages);
        return text.length() < 60_000 ? text : "*"; // one argument has a limit
    }

    /** The runner, compiled once for each version of the test framework in use. */
    private Path runner(Facts suite) throws IOException {
        String name = suite.is("runner", "junit4") ? "JUnit4Runner" : "PlatformRunner";
        String against = suite.all("path").stream().filter(jar -> jar.contains("/junit"))
            .collect(Collectors.joining(File.pathSeparator)) + suite.get("launcher");
        Path made = runners.get(name + against);
        if (made == null) {
            made = folder.resolve("runner-" + runners.size());
            runners.put(name + against, made);
            Files.createDirectories(made);
            List<String> path = new ArrayList<>(suite.all("path"));
            path.add(0, suite.get("launcher"));
            path.add(folder.resolve("host").toString());
            path.removeIf(String::isEmpty);
            int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null,
                "-nowarn", "-proc:none", "-d", made.toString(),
                "-cp", String.join(File.pathSeparator, path),
                sources.resolve(name + ".java").toString());
            if (failed != 0) {
                throw new IOException(name + " does not compile against " + against);
            }
        }
        return made;
    }

    /** Words of a command line; quotes keep spaces and are taken off. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group().replaceAll("[\"']", ""));
        }
        return words;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
