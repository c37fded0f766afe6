import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one changed file at a time against a project's classes; one line of errors for each. */
class CompileEach {
    public static void main(String[] args) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Path out = Files.createTempDirectory("out");
        for (int number = 0; number < Integer.parseInt(args[2]); number++) {
            Path folder = Path.of(args[1], String.valueOf(number));
            Path file;
            try (var listed = Files.list(folder)) {
                file = listed.findFirst().orElseThrow();
            }
            DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
            compiler.getTask(new OutputStreamWriter(System.err), files, said,
                List.of("-cp", args[0], "-d", out.toString(), "-proc:none"), null,
                files.getJavaFileObjects(file)).call();
            StringBuilder errors = new StringBuilder();
            for (var each : said.getDiagnostics()) {
                if (each.getKind() == Diagnostic.Kind.ERROR && errors.length() == 0) {
                    errors.append(each.getMessage(null).replaceAll("\\s+", " "));
                }
            }
            System.out.println(errors);
        }
    }
}
