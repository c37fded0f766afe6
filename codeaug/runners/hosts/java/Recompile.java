package codeaug;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compiles one changed file by the user's own commands. Its class files go first, and must come
 * back: else something old would be tested.
 *
 * <p>Arguments: our folder, repository, path of the file in it, folder of the commands, the command
 * that compiles and one that may do so besides, each a shell's text or empty. What they write is our
 * own output.
 */
public final class Recompile {
    private final Path folder;
    private final String repository;
    private final String path;
    private final List<Facts> all;

    private Recompile(String[] arguments) throws IOException {
        folder = Paths.get(arguments[0]);
        repository = arguments[1];
        path = arguments[2];
        all = Facts.read(folder.resolve("facts.txt"));
    }

    public static void main(String[] arguments) throws Exception {
        Report report = Report.open();
        String problem = new Recompile(arguments).run(arguments[3], arguments[4], arguments[5]);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("end", true);
        line.put("ok", problem.isEmpty());
        line.put("problem", problem);
        report.send(line);
    }

    private String run(String home, String build, String test) throws Exception {
        boolean known = false;
        for (Facts facts : all) {
            known |= Sources.below(facts, Paths.get(repository, path).normalize()) != null;
        }
        if (!known) {
            return "the commands compile no class from " + path;
        }
        forget();
        if (!build.isEmpty()) {
            int status = shell(home, build);
            if (status != 0) {
                return "the command that compiles ended with exit code " + status;
            }
        }
        if (classFiles(path).isEmpty() && !test.isEmpty()) { // tests that are compiled when they run
            shell(home, test);
        }
        return classFiles(path).isEmpty() ? "the command that compiles made no class from " + path : "";
    }

    /** Classes of this file and of those that earlier variants in this place were made from. */
    private void forget() throws IOException {
        Path state = folder.resolve("recompiled.txt");
        Set<String> paths = new LinkedHashSet<>();
        if (Files.exists(state)) {
            paths.addAll(Files.readAllLines(state));
        }
        paths.add(path);
        for (String changed : paths) {
            for (Path old : classFiles(changed)) {
                Files.delete(old);
            }
            if (Files.exists(Paths.get(repository, changed))) {
                Files.setLastModifiedTime(Paths.get(repository, changed), FileTime.from(Instant.now()));
            }
        }
        Files.write(state, paths);
    }

    private List<Path> classFiles(String source) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Facts facts : all) {
            files.addAll(Sources.classFiles(facts, repository, source));
        }
        return files;
    }

    private static int shell(String home, String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command)
            .directory(new File(home)).redirectErrorStream(true)
            .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("CODEAUG_REPORT");
        return builder.start().waitFor();
    }
}
