package codeaug.resident;

import codeaug.Compile;
import codeaug.Facts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * One module's compiler, kept in memory with the class path that it has opened. It is given what
 * {@link Compile} gives javac, but text instead of a file, and its classes stay here.
 */
final class Javac {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files;
    private final List<String> options = new ArrayList<>();
    private final Charset encoding;

    /** Throws Cold where the module's compilation is more than javac and its flags. */
    Javac(Facts compilation) throws Cold {
        List<String> given = compilation.all("option");
        boolean processes = !given.contains("-proc:none");
        for (String option : given) {
            if (option.startsWith("-Xplugin") || option.equals("-proc:only")
                    || option.equals("-processor") && processes) {
                throw new Cold("javac runs with " + option);
            }
        }
        if (processes && processors(compilation)) {
            throw new Cold("annotation processors run");
        }
        encoding = compilation.get("encoding").isEmpty()
            ? StandardCharsets.UTF_8 : Charset.forName(compilation.get("encoding"));
        files = compiler.getStandardFileManager(null, Locale.ROOT, encoding);
        options.addAll(given);
        if (processes) {
            options.add("-proc:none"); // there are none, and javac need not look for them each time
        }
        Collections.addAll(options, "-d", compilation.get("output"),
            "-cp", String.join(File.pathSeparator, compilation.all("path")),
            "-sourcepath", "", "-implicit:none");
    }

    private static boolean processors(Facts compilation) {
        String service = "META-INF/services/javax.annotation.processing.Processor";
        List<String> path = new ArrayList<>(compilation.all("path"));
        if (!compilation.get("processors").isEmpty()) {
            return true;
        }
        for (String place : path) {
            if (Files.isDirectory(Paths.get(place))) {
                if (Files.exists(Paths.get(place, service))) {
                    return true;
                }
            } else if (place.endsWith(".jar") && new File(place).isFile()) {
                try (ZipFile jar = new ZipFile(place)) {
                    if (jar.getEntry(service) != null) {
                        return true;
                    }
                } catch (IOException e) {
                    continue; // javac will say so
                }
            }
        }
        return false;
    }

    /**
     * Compiles `text` as the content of `file`. `old` names the classes that were made from that
     * file before: they are gone for who compiles cold, so nobody may see them here.
     */
    Compiled compile(Path file, String text, Set<String> old) throws Cold {
        Map<String, byte[]> made = new TreeMap<>();
        List<Map<String, String>> messages = new ArrayList<>();
        JavaFileObject source = new Source(
            files.getJavaFileObjects(file.toFile()).iterator().next(), decoded(text), encoding);
        try {
            boolean ok = compiler.getTask(null, new Here(files, made, old),
                found -> messages.add(Compile.message(found)), options, null,
                Collections.singletonList(source)).call();
            return new Compiled(ok, made, messages, "");
        } catch (IllegalArgumentException e) {
            return new Compiled(false, made, messages,
                "javac refuses the project's flags: " + e.getMessage());
        }
    }

    /** The text as javac reads it from a file of these bytes, in the project's encoding. */
    private String decoded(String text) throws Cold {
        if (encoding.equals(StandardCharsets.UTF_8)) {
            return text;
        }
        try {
            return encoding.newDecoder()
                .decode(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).toString();
        } catch (CharacterCodingException e) {
            throw new Cold("the file is not of its encoding " + encoding);
        }
    }

    /** The module's files, but what is made stays in memory, and old classes are not there. */
    private static final class Here extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, byte[]> made;
        private final Set<String> old;
        private final Set<String> packages = new HashSet<>();

        Here(StandardJavaFileManager files, Map<String, byte[]> made, Set<String> old) {
            super(files);
            this.made = made;
            this.old = old;
            for (String name : old) {
                packages.add(name.substring(0, Math.max(name.lastIndexOf('.'), 0)));
            }
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location place, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new Made(name, made);
        }

        @Override
        public Iterable<JavaFileObject> list(Location place, String name,
                Set<JavaFileObject.Kind> kinds, boolean recurse) throws IOException {
            Iterable<JavaFileObject> all = super.list(place, name, kinds, recurse);
            if (!packages.contains(name)) {
                return all;
            }
            List<JavaFileObject> left = new ArrayList<>();
            for (JavaFileObject one : all) {
                if (!old.contains(String.valueOf(inferBinaryName(place, one)))) {
                    left.add(one);
                }
            }
            return left;
        }

        @Override
        public void close() { } // it is used again
    }

    /** A file with another content. */
    private static final class Source extends ForwardingJavaFileObject<JavaFileObject> {
        private final String text;
        private final Charset encoding;

        Source(JavaFileObject file, String text, Charset encoding) {
            super(file);
            this.text = text;
            this.encoding = encoding;
        }

        @Override
        public CharSequence getCharContent(boolean ignored) {
            return text;
        }

        @Override
        public InputStream openInputStream() {
            return new ByteArrayInputStream(text.getBytes(encoding));
        }

        @Override
        public Reader openReader(boolean ignored) {
            return new InputStreamReader(openInputStream(), encoding);
        }
    }

    private static final class Made extends SimpleJavaFileObject {
        private final Map<String, byte[]> made;
        private final String name;

        Made(String name, Map<String, byte[]> made) {
            super(URI.create("memory:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
            this.name = name;
            this.made = made;
        }

        @Override
        public OutputStream openOutputStream() {
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    made.put(name.replace('/', '.'), toByteArray());
                }
            };
        }
    }
}
