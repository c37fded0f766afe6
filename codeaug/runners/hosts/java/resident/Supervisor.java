package codeaug.resident;

import codeaug.ClassFiles;
import codeaug.Facts;
import codeaug.Report;
import codeaug.Sources;
import codeaug.proof.Proof;
import codeaug.proof.Prover;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * The program that stays: compiles texts of one file in memory, proves them, and has tests run on
 * them in other JVMs. It reads classes of the project but never loads one. Requests and answers
 * are those of `codeaug.builds`.
 *
 * <p>Arguments: our folder (facts.txt and the suites' scripts are there), repository, project.
 */
public final class Supervisor {
    private static final List<String> OUTCOMES =
        Arrays.asList("passed", "skipped", "failed", "error");
    private static final double GROWING = 1.5; // seconds for all inputs of a comparison
    private static final int KEPT = 4; // compiled texts besides the first

    private final Report report;
    private final Path repository;
    private final List<Facts> facts;
    private final Rerun rerun;
    private final Guessed guessed;
    private final Prover prover = new Prover();
    private final Map<Facts, Javac> compilers = new HashMap<>();

    private String path;
    private List<Object> texts;
    private Javac javac;
    private Set<String> old;
    private boolean guesses;
    private int loads;
    private final Map<Integer, Compiled> compiled = new LinkedHashMap<Integer, Compiled>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Compiled> eldest) {
            return size() > KEPT;
        }
    };
    private Compiled first;

    private Supervisor(Report report, String[] arguments) throws IOException {
        this.report = report;
        repository = Paths.get(arguments[1]);
        facts = Facts.read(Paths.get(arguments[0], "facts.txt"));
        guessed = new Guessed(facts);
        rerun = new Rerun(Paths.get(arguments[0]), repository, Paths.get(arguments[2]), facts);
    }

    public static void main(String[] arguments) throws Exception {
        BufferedReader in = new BufferedReader(
            new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Supervisor supervisor = new Supervisor(Report.to(in.readLine()), arguments);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            supervisor.answer(Json.map(Json.read(line)));
        }
        Runtime.getRuntime().halt(0);
    }

    private void answer(Map<String, Object> request) throws IOException, InterruptedException {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put("done", true);
        try {
            String verb = (String) request.get("do");
            if (verb.equals("load")) {
                load(request);
            } else {
                int number = ((Double) request.get("number")).intValue();
                if (verb.equals("compile")) {
                    Compiled found = compiled(number);
                    report.send(guesses ? Guessed.silence() : words(found));
                } else if (verb.equals("rerun")) {
                    rerun(number, request, done);
                } else if (verb.equals("prove")) {
                    report.send(proof(number));
                } else {
                    report.send(comparison(number, request));
                }
            }
        } catch (Cold cold) {
            done.put("cold", cold.getMessage());
        }
        report.send(done);
    }

    private void load(Map<String, Object> request) throws Cold, IOException {
        path = (String) request.get("path");
        texts = Json.list(request.get("texts"));
        compiled.clear();
        first = null;
        loads++;
        rerun.verify();
        Facts compilation = Sources.compilation(facts, repository.toString(), path);
        if (compilation == null) {
            throw new Cold("no module compiles " + path);
        }
        old = new HashSet<>();
        for (Path file : Sources.classFiles(compilation, repository.toString(), path)) {
            old.add(ClassFiles.name(file).replace('/', '.'));
        }
        guesses = Guessed.is(compilation);
        javac = guesses ? guess(compilation) : compilers.get(compilation);
        if (javac == null) {
            javac = new Javac(compilation);
            compilers.put(compilation, javac);
        }
        for (Facts suite : facts) {
            packaged(suite);
        }
    }

    private Javac guess(Facts compilation) throws Cold, IOException {
        for (Facts other : facts) {
            if (other != compilation
                    && !Sources.classFiles(other, repository.toString(), path).isEmpty()) {
                throw new Cold("its classes lie in several folders");
            }
        }
        return guessed.find(compilation, repository.resolve(path), text(0), old);
    }

    /** Throws Cold when a jar on a suite's class path has classes of the file. */
    private void packaged(Facts suite) throws Cold {
        for (String place : suite.is("kind", "suite") ? suite.all("path") : suite.all("none")) {
            if (!place.endsWith(".jar") || !Paths.get(place).toFile().isFile()) {
                continue;
            }
            try (ZipFile jar = new ZipFile(place)) {
                for (String name : old) {
                    if (jar.getEntry(name.replace('.', '/') + ".class") != null) {
                        throw new Cold("the changed class is packaged in " + Paths.get(place).getFileName());
                    }
                }
            } catch (IOException e) {
                throw new Cold(place + " cannot be read");
            }
        }
    }

    private String text(int number) {
        return (String) Json.map(texts.get(number)).get("text");
    }

    private Compiled compiled(int number) throws Cold {
        Compiled known = number == 0 ? first : compiled.get(number);
        if (known == null) {
            known = javac.compile(repository.resolve(path), text(number), old);
            if (number == 0) {
                first = known;
            } else {
                compiled.put(number, known);
            }
        }
        if (guesses && number != 0) {
            Guessed.check(known, compiled(0));
        }
        return known;
    }

    private static Map<String, Object> words(Compiled found) {
        Map<String, Object> line = new LinkedHashMap<>();
        if (!found.problem.isEmpty()) {
            line.put("problem", found.problem);
        }
        line.put("ok", found.ok);
        line.put("messages", found.messages);
        line.put("end", true);
        return line;
    }

    private void rerun(int number, Map<String, Object> request, Map<String, Object> done)
            throws Cold, IOException, InterruptedException {
        Compiled found = compiled(number);
        if (!found.ok) {
            throw new Cold("the text does not compile");
        }
        List<String> tests = tests(request);
        Rerun.Result result = rerun.run(found.classes, old, tests,
            (Double) request.get("seconds"), this::tell);
        if (result.ended) {
            report.send(Lines.of(found.classes, result.probes));
            rerun.ends(tests).forEach(report::send);
        }
        if (result.late) {
            done.put("limit", "wall time");
        }
    }

    /** Hands on what the JVM of the tests says, and no more than it may say. */
    private void tell(Map<String, Object> said) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("test", String.valueOf(said.get("test")));
        line.put("outcome", OUTCOMES.contains(said.get("outcome")) ? said.get("outcome") : "error");
        line.put("seconds", said.get("seconds") instanceof Double ? said.get("seconds") : 0.0);
        if (said.containsKey("detail")) {
            line.put("detail", String.valueOf(said.get("detail")));
        }
        report.send(line);
    }

    private Map<String, Object> proof(int number) throws Cold {
        Map<String, Object> line = new LinkedHashMap<>();
        Compiled original = compiled(0);
        Compiled changed = compiled(number);
        boolean both = original.ok && changed.ok;
        String unit = (String) Json.map(texts.get(0)).get("name");
        Proof proof = both ? prover.prove(original.classes, changed.classes, unit) : null;
        line.put("proved", both && proof.proved);
        line.put("method", both ? proof.method : "");
        line.put("detail", both ? proof.detail : "it does not compile");
        return line;
    }

    private Map<String, Object> comparison(int number, Map<String, Object> request)
            throws Cold, IOException, InterruptedException {
        Map<String, Object> line = new LinkedHashMap<>();
        Compiled original = compiled(0);
        Compiled changed = compiled(number);
        Map<String, Object> told = Json.map(texts.get(0));
        List<Object> lines = Json.list(told.get("lines"));
        UnitCode unit = !original.ok || !changed.ok ? null : UnitCode.find(original.classes,
            (String) told.get("name"), ((Double) lines.get(0)).intValue(), ((Double) lines.get(1)).intValue());
        Map<String, Object> found = unit == null ? null : compared(unit, original, changed, request);
        line.put("inputs", 0);
        line.put("difference", "");
        line.put("witness", "");
        line.put("problem", unit == null ? "the unit is not to be found in its classes"
            : found == null ? "the JVM ended before the comparison did" : "");
        if (found != null) {
            line.put("inputs", ((Double) found.getOrDefault("inputs", 0.0)).intValue());
            if (found.get("probes") != null) {
                line.putAll(Lines.of(changed.classes, Rerun.probes(found)));
            }
            for (String key : Arrays.asList("difference", "witness", "problem")) {
                line.put(key, String.valueOf(found.getOrDefault(key, "")));
            }
            if (found.containsKey("broken")) {
                line.put("problem", "the tests cannot be run: " + found.get("broken"));
            }
        }
        return line;
    }

    private Map<String, Object> compared(UnitCode unit, Compiled original, Compiled changed,
            Map<String, Object> request) throws Cold, IOException, InterruptedException {
        Mined mined = new Mined(original.classes, unit.names);
        Set<Object> constants = new LinkedHashSet<>(mined.constants);
        constants.addAll(new Mined(changed.classes, unit.names).constants);
        List<Object> lines = Json.list(Json.map(texts.get(0)).get("lines"));
        mined.about.words = About.javadoc(text(0), ((Double) lines.get(0)).intValue());
        Upkeep.tell(mined.about, text(0));
        List<String> tests = tests(request);
        double seconds = (Double) request.get("seconds");
        String key = loads + " " + tests.hashCode() + " " + tests.size();
        TestJvm.Compare compare = new TestJvm.Compare(key, unit, Lines.instrumented(changed.classes),
            UnitCode.some(constants), mined.about, (long) (1000 * Math.min(GROWING, seconds / 4)));
        return rerun.compare(new TestJvm.Classes(
            original.classes, unit.recording(original.classes), old), tests, compare, seconds);
    }

    private static List<String> tests(Map<String, Object> request) {
        return Json.list(request.get("tests")).stream()
            .map(String::valueOf).collect(Collectors.toList());
    }
}
