package codeaug.resident;

import codeaug.Progress;
import java.io.IOException;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.data.ExecutionDataStore;
import org.jacoco.core.instr.Instrumenter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Which lines of a text run: JaCoCo's probes in its classes, and their lines. */
final class Lines {
    private static final String PROBES = "codeaug/resident/Probes";

    private Lines() {}

    static Map<String, byte[]> instrumented(Map<String, byte[]> classes) throws IOException {
        Instrumenter instrumenter = new Instrumenter(Lines::access);
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            all.put(one.getKey(), instrumenter.instrument(one.getValue(), one.getKey()));
        }
        return all;
    }

    private static int access(long id, String name, int count, MethodVisitor code) {
        code.visitLdcInsn(id);
        code.visitLdcInsn(name);
        code.visitLdcInsn(count);
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, PROBES, "of", "(JLjava/lang/String;I)[Z", false);
        return 4;
    }

    /** `executed` and `executable` lines, from probes as {@link Probes#all} gives them. */
    static Map<String, Object> of(Map<String, byte[]> classes, Map<String, boolean[]> probes)
            throws IOException {
        ExecutionDataStore store = new ExecutionDataStore();
        probes.forEach((key, ran) -> {
            String[] both = key.split(" ", 2);
            store.put(new ExecutionData(Long.parseLong(both[0]), both[1], ran));
        });
        BitSet executed = new BitSet();
        BitSet executable = new BitSet();
        Analyzer analyzer = new Analyzer(store, found -> add(found, executed, executable));
        for (Map.Entry<String, byte[]> one : classes.entrySet()) {
            analyzer.analyzeClass(one.getValue(), one.getKey());
        }
        Map<String, Object> lines = new LinkedHashMap<>();
        lines.put("executed", Progress.ranges(executed));
        lines.put("executable", Progress.ranges(executable));
        return lines;
    }

    private static void add(IClassCoverage found, BitSet executed, BitSet executable) {
        for (int line = Math.max(found.getFirstLine(), 1); line <= found.getLastLine(); line++) {
            ICounter counter = found.getLine(line).getInstructionCounter();
            if (counter.getCoveredCount() > 0) {
                executed.set(line);
            }
            if (counter.getTotalCount() > 0) {
                executable.set(line);
            }
        }
    }
}
