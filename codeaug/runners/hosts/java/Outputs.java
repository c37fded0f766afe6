package codeaug;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which folders hold classes of the repository's own sources, found by what the class files say of
 * themselves: their name and their source file's.
 */
final class Outputs {
    private final Path repository;
    private final Map<String, List<String>> sources = new HashMap<>();
    private final Map<Path, TreeMap<String, Integer>> roots = new TreeMap<>();

    private Outputs(Path repository, List<String> paths) {
        this.repository = repository;
        for (String path : paths) {
            String plain = "/" + path.replaceFirst("^\\./", "");
            String name = plain.substring(plain.lastIndexOf('/') + 1);
            sources.computeIfAbsent(name, n -> new ArrayList<>()).add(plain);
        }
    }

    /**
     * A block `compile` for each folder of classes. `paths` are the repository's own sources: what
     * a build generates or copies is nothing that a variant could change.
     */
    static List<Facts> find(Path repository, List<String> paths) throws IOException {
        Outputs outputs = new Outputs(repository, paths);
        List<Path> files;
        try (Stream<Path> all = Files.walk(repository)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                .filter(file -> !repository.relativize(file).startsWith(".codeaug-build"))
                .filter(Files::isRegularFile).collect(Collectors.toList());
        }
        for (Path file : files) {
            outputs.add(file);
        }
        return outputs.facts();
    }

    private void add(Path file) throws IOException {
        String name = ClassFiles.name(file);
        String text = file.toString();
        if (!text.endsWith("/" + name + ".class")) {
            return; // a class that lies where no class path finds it
        }
        Path output = Paths.get(text.substring(0, text.length() - name.length() - 7));
        String source = "/" + name.substring(0, name.lastIndexOf('/') + 1) + ClassFiles.sourceName(file);
        List<String> found = new ArrayList<>();
        for (String path : sources.getOrDefault(
                source.substring(source.lastIndexOf('/') + 1), Collections.<String>emptyList())) {
            if (path.endsWith(source)) {
                found.add(path.substring(0, path.length() - source.length()));
            }
        }
        if (found.size() == 1) { // of two files of that name nobody can say which it is
            roots.computeIfAbsent(output, o -> new TreeMap<>()).merge(found.get(0), 1, Integer::sum);
        }
    }

    private List<Facts> facts() {
        List<Facts> all = new ArrayList<>();
        roots.forEach((output, found) -> {
            Facts facts = new Facts().put("kind", "compile").put("output", output.toString());
            for (String root : new TreeSet<>(found.keySet())) {
                facts.put("root", repository + root);
            }
            all.add(facts);
        });
        return all;
    }
}
