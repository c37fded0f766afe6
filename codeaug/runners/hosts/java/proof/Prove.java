package codeaug.proof;

import codeaug.Facts;
import codeaug.Report;
import codeaug.Sources;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles originals and variants in memory, with their module's own flags, and proves.
 *
 * <p>Arguments: facts file, repository. Standard input, behind the nonce: requests, each a line
 * `path TAB unit TAB length of the original file TAB length of a changed file ...` in bytes of
 * UTF-8, then these texts one behind the other. Each gets one line on the report channel:
 * `{"proofs": [{"proved", "method", "detail", "compiling", "proving"}, ...]}`, processor time in milliseconds.
 */
public final class Prove {
    private final List<Facts> facts;
    private final String repository;
    private final Prover prover = new Prover();
    private final Map<Facts, Memory> compilers = new HashMap<>();
    private String lastText; // one file has many units
    private Map<String, byte[]> last;

    private Prove(List<Facts> facts, String repository) {
        this.facts = facts;
        this.repository = repository;
    }

    public static void main(String[] arguments) throws IOException {
        InputStream in = new BufferedInputStream(System.in, 1 << 16);
        Report report = Report.to(line(in));
        Prove prove = new Prove(Facts.read(Paths.get(arguments[0])), arguments[1]);
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            report.send(Collections.singletonMap("proofs", prove.answer(header.split("\t"), in)));
        }
        report.send(Collections.singletonMap("end", true));
    }

    private List<Map<String, Object>> answer(String[] header, InputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 2; i < header.length; i++) {
            texts.add(text(in, Integer.parseInt(header[i])));
        }
        Facts compilation = Sources.compilation(facts, repository, header[0]);
        List<Map<String, Object>> proofs = new ArrayList<>();
        Map<String, byte[]> original = null;
        String problem = compilation == null ? "no module compiles " + header[0] : "";
        try {
            original = problem.isEmpty() ? original(compilation, header[0], texts.get(0)) : null;
        } catch (Unknown unknown) {
            problem = "the original: " + unknown.getMessage();
        }
        for (String changed : texts.subList(1, texts.size())) {
            proofs.add(problem.isEmpty()
                ? proof(compilation, header, original, changed) : line(Proof.unknown(problem), 0, 0));
        }
        return proofs;
    }

    private Map<String, Object> proof(Facts compilation, String[] header,
            Map<String, byte[]> original, String text) {
        long start = now();
        Map<String, byte[]> changed;
        try {
            changed = compiled(compilation, header[0], text);
        } catch (Unknown unknown) {
            return line(Proof.unknown(unknown.getMessage()), now() - start, 0);
        }
        long compiled = now();
        Proof proof = prover.prove(original, changed, header[1]);
        return line(proof, compiled - start, now() - compiled);
    }

    /** Processor time of this thread: javac and the prover use no other. */
    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static Map<String, Object> line(Proof proof, long compiling, long proving) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("proved", proof.proved);
        line.put("method", proof.method);
        line.put("detail", proof.detail);
        line.put("compiling", compiling / 1e6);
        line.put("proving", proving / 1e6);
        return line;
    }

    private Map<String, byte[]> compiled(Facts compilation, String path, String text) {
        return compilers.computeIfAbsent(compilation, Prove::memory).compile(path, text);
    }

    private Map<String, byte[]> original(Facts compilation, String path, String text) {
        String whole = path + '\n' + text;
        if (!whole.equals(lastText)) {
            last = compiled(compilation, path, text);
            lastText = whole;
        }
        return last;
    }

    private static Memory memory(Facts compilation) {
        List<String> options = new ArrayList<>();
        for (Iterator<String> all = compilation.all("option").iterator(); all.hasNext(); ) {
            String option = all.next();
            if (option.equals("-processor") || option.equals("-processorpath")
                    || option.equals("--processor-path")) {
                all.next(); // none are run
            } else if (!option.startsWith("-proc:") && !option.equals("-Werror")) {
                options.add(option);
            }
        }
        Collections.addAll(options, "-sourcepath", "",
            "-cp", String.join(java.io.File.pathSeparator, compilation.all("path")));
        Charset encoding = compilation.get("encoding").isEmpty()
            ? StandardCharsets.UTF_8 : Charset.forName(compilation.get("encoding"));
        return new Memory(options, encoding);
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.write(c);
        }
        return line.toString("UTF-8");
    }

    private static String text(InputStream in, int length) throws IOException {
        byte[] text = new byte[length];
        for (int read = 0; read < length; ) {
            int more = in.read(text, read, length - read);
            if (more < 0) {
                throw new EOFException("a text ends early");
            }
            read += more;
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
