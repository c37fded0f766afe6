package codeaug.resident;

import codeaug.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A compiler for classes that commands of the user's made, of which we know only the classes: those
 * flags that make them again, byte for byte. What that compiler would say is not known, so a text
 * of which javac says more than of the unchanged one, of all that it can say, is for the cold way.
 */
final class Guessed {
    private static final int RELEASE_1 = 44; // version of its class files

    private final List<Facts> all;
    private final Map<String, Javac> known = new HashMap<>();

    Guessed(List<Facts> all) {
        this.all = all;
    }

    /** Whether facts tell no more of a compilation than its classes. */
    static boolean is(Facts compilation) {
        return compilation.get("generated").isEmpty();
    }

    /** Throws Cold when none makes the same classes of the unchanged `text` as lie in the output. */
    Javac find(Facts compilation, Path file, String text, Set<String> old)
            throws Cold, IOException {
        Map<String, byte[]> made = made(compilation, old);
        byte[] first = made.values().iterator().next();
        String release = String.valueOf((first[6] & 255) * 256 + (first[7] & 255) - RELEASE_1);
        for (String debug : Arrays.asList("-g", "-g:source,lines", "-g:source,lines,vars")) {
            for (String names : Arrays.asList("", "-parameters")) {
                List<String> options = new ArrayList<>(
                    Arrays.asList("--release", release, debug, "-Xlint:all", "-Xmaxwarns", "100000"));
                if (!names.isEmpty()) {
                    options.add(names);
                }
                Javac javac = javac(compilation.get("output"), options);
                if (same(javac.compile(file, text, old).classes, made)) {
                    return javac;
                }
            }
        }
        throw new Cold("its classes are not those that javac makes with the usual flags");
    }

    private static Map<String, byte[]> made(Facts compilation, Set<String> old)
            throws Cold, IOException {
        Map<String, byte[]> made = new HashMap<>();
        for (String name : old) {
            made.put(name, Files.readAllBytes(
                Paths.get(compilation.get("output"), name.replace('.', '/') + ".class")));
        }
        if (made.isEmpty()) {
            throw new Cold("no class was made from it");
        }
        return made;
    }

    private static boolean same(Map<String, byte[]> one, Map<String, byte[]> two) {
        return one.keySet().equals(two.keySet()) && one.keySet().stream()
            .allMatch(name -> Arrays.equals(one.get(name), two.get(name)));
    }

    private Javac javac(String output, List<String> options) throws Cold {
        String key = output + options;
        Javac javac = known.get(key);
        if (javac == null) {
            Set<String> path = new LinkedHashSet<>();
            all.stream().filter(facts -> facts.is("kind", "compile"))
                .forEach(facts -> path.add(facts.get("output")));
            all.stream().filter(facts -> facts.is("kind", "suite"))
                .forEach(facts -> path.addAll(facts.all("path")));
            javac = new Javac(new Facts().put("output", output)
                .putAll("option", options).putAll("path", path));
            known.put(key, javac);
        }
        return javac;
    }

    /** Throws Cold when the user's own compiler might refuse the text, or warn of it. */
    static void check(Compiled text, Compiled unchanged) throws Cold {
        List<String> before = new ArrayList<>();
        unchanged.messages.forEach(message -> before.add(key(message)));
        for (Map<String, String> message : text.messages) {
            if (!before.remove(key(message))) {
                throw new Cold("whether the project's compiler says so is not known: "
                    + message.get("text"));
            }
        }
        if (!text.ok) {
            throw new Cold("it does not compile");
        }
    }

    private static String key(Map<String, String> message) {
        return message.get("kind") + message.get("code") + message.get("text");
    }

    /** What a cold run says of a text that compiles without a word. */
    static Map<String, Object> silence() {
        Map<String, Object> line = new HashMap<>();
        line.put("end", true);
        line.put("ok", true);
        line.put("problem", "");
        line.put("messages", Collections.emptyList());
        return line;
    }
}
