package codeaug;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataReader;
import org.jacoco.core.data.ExecutionDataStore;

/**
 * JaCoCo's execution data to lines: source path -> [executed, executable]. It lives in a class
 * loader of its own, so that the project may bring another ASM; only JDK types cross the border.
 */
public final class Lines implements Function<byte[], Map<String, BitSet[]>> {
    private final List<String> outputs;
    private final List<List<String>> roots;
    private final Path repository;
    private final Map<String, Map<String, BitSet[]>> known = new HashMap<>();

    /** Folders of classes, the source roots of each, and the folder that paths are relative to. */
    public Lines(List<String> outputs, List<List<String>> roots, String repository) {
        this.outputs = outputs;
        this.roots = roots;
        this.repository = Paths.get(repository);
    }

    @Override
    public Map<String, BitSet[]> apply(byte[] data) {
        Map<String, BitSet[]> lines = new LinkedHashMap<>();
        ExecutionDataReader reader = new ExecutionDataReader(new ByteArrayInputStream(data));
        reader.setSessionInfoVisitor(info -> { });
        reader.setExecutionDataVisitor(one -> merge(lines, linesOf(one)));
        try {
            reader.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** The executable lines of one class file, nothing executed. */
    public Map<String, BitSet[]> executable(String classFile) throws IOException {
        Map<String, BitSet[]> lines = new LinkedHashMap<>();
        for (int i = 0; i < outputs.size(); i++) {
            if (Paths.get(classFile).startsWith(outputs.get(i))) {
                merge(lines, analyse(new ExecutionDataStore(), Paths.get(classFile), roots.get(i)));
            }
        }
        return lines;
    }

    private Map<String, BitSet[]> linesOf(ExecutionData data) {
        String key = data.getId() + Arrays.toString(data.getProbes());
        return known.computeIfAbsent(key, unused -> {
            ExecutionDataStore store = new ExecutionDataStore();
            store.put(data);
            Map<String, BitSet[]> lines = new LinkedHashMap<>();
            for (int i = 0; i < outputs.size(); i++) {
                Path file = Paths.get(outputs.get(i), data.getName() + ".class");
                if (Files.isRegularFile(file)) {
                    merge(lines, analyse(store, file, roots.get(i)));
                }
            }
            return lines;
        });
    }

    private Map<String, BitSet[]> analyse(ExecutionDataStore store, Path file,
            List<String> sources) {
        Map<String, BitSet[]> lines = new LinkedHashMap<>();
        try {
            byte[] bytes = Files.readAllBytes(file);
            new Analyzer(store, found -> add(lines, found, sources)).analyzeClass(bytes, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private void add(Map<String, BitSet[]> lines, IClassCoverage found, List<String> sources) {
        String path = path(found.getPackageName() + "/" + found.getSourceFileName(), sources);
        if (path == null) {
            return;
        }
        BitSet[] both = {new BitSet(), new BitSet()};
        for (int line = Math.max(found.getFirstLine(), 1); line <= found.getLastLine(); line++) {
            ICounter counter = found.getLine(line).getInstructionCounter();
            both[0].set(line, counter.getCoveredCount() > 0);
            both[1].set(line, counter.getTotalCount() > 0);
        }
        Map<String, BitSet[]> one = new HashMap<>();
        one.put(path, both);
        merge(lines, one);
    }

    private String path(String source, List<String> sources) {
        for (String root : sources) {
            Path file = Paths.get(root).resolve(source.replaceAll("^/", ""));
            if (Files.isRegularFile(file)) {
                return repository.relativize(file).toString();
            }
        }
        return null;
    }

    private static void merge(Map<String, BitSet[]> into, Map<String, BitSet[]> from) {
        from.forEach((path, lines) -> {
            BitSet[] both = into.computeIfAbsent(path, p -> new BitSet[] {new BitSet(), new BitSet()});
            both[0].or(lines[0]);
            both[1].or(lines[1]);
        });
    }
}
