package codeaug;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Compiles one changed file where its module's classes lie, with the module's own flags. Its old
 * class files go first, so that a file that does not compile cannot be tested.
 *
 * <p>Arguments: facts file, repository, path of the file in it.
 */
public final class Compile {
    private Compile() {}

    public static void main(String[] arguments) throws IOException {
        Report report = Report.open();
        String repository = arguments[1];
        List<Facts> all = Facts.read(Paths.get(arguments[0]));
        Facts facts = Sources.compilation(all, repository, arguments[2]);
        Map<String, Object> line = new LinkedHashMap<>();
        if (facts == null) {
            line.put("problem", "no module compiles " + arguments[2]);
        } else {
            for (Path old : Sources.classFiles(all, repository, arguments[2])) {
                Files.delete(old);
            }
            compile(facts, Paths.get(repository, arguments[2]), line);
        }
        line.put("end", true);
        report.send(line);
    }

    private static void compile(Facts facts, Path file, Map<String, Object> line)
            throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Map<String, String>> messages = new ArrayList<>();
        Charset encoding = facts.get("encoding").isEmpty()
            ? StandardCharsets.UTF_8 : Charset.forName(facts.get("encoding"));
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, Locale.ROOT, encoding)) {
            boolean ok = compiler.getTask(null, files, found -> messages.add(message(found)),
                options(facts), null, files.getJavaFileObjects(file.toFile())).call();
            line.put("ok", ok);
        } catch (IllegalArgumentException e) {
            line.put("problem", "javac refuses the project's flags: " + e.getMessage());
        }
        line.put("messages", messages);
    }

    private static List<String> options(Facts facts) throws IOException {
        List<String> options = new ArrayList<>(facts.all("option"));
        String path = String.join(File.pathSeparator, facts.all("path"));
        Files.createDirectories(Paths.get(facts.get("generated")));
        Collections.addAll(options, "-d", facts.get("output"), "-s", facts.get("generated"),
            "-cp", path, "-sourcepath", "", "-implicit:none");
        if (!facts.get("processors").isEmpty()) {
            Collections.addAll(options, "-processorpath", facts.get("processors"));
        }
        return options;
    }

    public static Map<String, String> message(Diagnostic<? extends JavaFileObject> found) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("kind", found.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        message.put("code", String.valueOf(found.getCode()));
        message.put("text", found.getMessage(Locale.ROOT));
        message.put("line", String.valueOf(found.getLineNumber()));
        return message;
    }
}
