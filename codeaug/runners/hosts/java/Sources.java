package codeaug;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;

/** Which compilation a source file belongs to, and which class files came of it. */
public final class Sources {
    private Sources() {}

    /** The last compilation that has `path` (relative to the repository) below a root, or null. */
    public static Facts compilation(List<Facts> all, String repository, String path) {
        Path file = Paths.get(repository, path).normalize();
        Facts last = null; // a later execution overwrites what an earlier one compiled
        for (Facts facts : all) {
            String source = below(facts, file);
            if (source != null && Patterns.chosen(source, facts.all("include"), facts.all("exclude"))) {
                last = facts;
            }
        }
        return last;
    }

    /** `org/acme/Foo.java` for a file below one of the compilation's roots, else null. */
    public static String below(Facts compilation, Path file) {
        for (String root : compilation.all("root")) {
            if (compilation.is("kind", "compile") && file.startsWith(Paths.get(root))) {
                return Paths.get(root).relativize(file).toString();
            }
        }
        return null;
    }

    static List<Path> classFiles(List<Facts> all, String repository, String path)
            throws IOException {
        Facts compilation = compilation(all, repository, path);
        return compilation == null ? new ArrayList<>() : classFiles(compilation, repository, path);
    }

    /** Class files of `path` where one compilation put them; none when it has not that file. */
    public static List<Path> classFiles(Facts compilation, String repository, String path)
            throws IOException {
        String source = below(compilation, Paths.get(repository, path).normalize());
        return source == null ? new ArrayList<>()
            : ClassFiles.of(Paths.get(compilation.get("output")), source);
    }
}
