package codeaug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names of the classes that the patterns of a suite choose. */
public final class Candidates {
    private static final List<String> UNIT_TESTS =
        Arrays.asList("**/Test*", "**/*Test", "**/*Tests", "**/*TestCase");
    private static final List<String> INTEGRATION_TESTS =
        Arrays.asList("**/IT*", "**/*IT", "**/*ITCase");

    private Candidates() {}

    public static List<String> of(Facts suite) throws IOException {
        if (!suite.all("class").isEmpty()) {
            return suite.all("class");
        }
        Path root = Paths.get(suite.get("tests"));
        if (!Files.isDirectory(root)) {
            return new ArrayList<>();
        }
        boolean unit = suite.is("plugin", "maven-surefire-plugin");
        List<String> includes = suite.all("include");
        List<String> chosen = includes.isEmpty() ? unit ? UNIT_TESTS : INTEGRATION_TESTS : includes;
        List<String> excludes = suite.all("exclude");
        List<String> left = excludes.isEmpty() ? Arrays.asList("**/*$*") : excludes;
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString())
                .filter(file -> file.endsWith(".class") && !file.endsWith("-info.class"))
                .filter(file -> Patterns.chosen(file, chosen, left))
                .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
                .sorted().collect(Collectors.toList());
        }
    }
}
