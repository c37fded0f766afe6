package codeaug.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.Diagnostic;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * javac in this JVM, text in and class files out, nothing on disk. The file manager is kept: it
 * holds the opened class path, which is most of what a cold javac spends its time on.
 */
public final class Memory implements AutoCloseable {
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    private final StandardJavaFileManager files;
    private final List<String> options;

    /** `options` without -d, -s and what concerns annotation processors: none are run. */
    public Memory(List<String> options, Charset encoding) {
        this.options = new ArrayList<>(options);
        Collections.addAll(this.options, "-proc:none", "-nowarn", "-implicit:none");
        files = compiler.getStandardFileManager(null, Locale.ROOT, encoding);
    }

    /** The class files by name; throws Unknown, with javac's word, when it does not compile. */
    public Map<String, byte[]> compile(String path, String text) {
        Map<String, byte[]> made = new TreeMap<>();
        List<String> errors = new ArrayList<>();
        JavaFileManager here = new ForwardingJavaFileManager<StandardJavaFileManager>(files) {
            @Override
            public JavaFileObject getJavaFileForOutput(
                    Location place, String name, JavaFileObject.Kind kind, FileObject sibling) {
                return new Made(name, made);
            }

            @Override
            public boolean hasLocation(Location place) {
                return place == StandardLocation.CLASS_OUTPUT || super.hasLocation(place);
            }
        };
        boolean ok;
        try {
            ok = compiler.getTask(null, here, found -> {
                if (found.getKind() == Diagnostic.Kind.ERROR) {
                    errors.add(found.getMessage(Locale.ROOT));
                }
            }, options, null, Collections.singletonList(new Text(path, text))).call();
        } catch (RuntimeException e) {
            throw new Unknown("javac: " + e);
        }
        if (!ok) {
            throw new Unknown("it does not compile: " + (errors.isEmpty() ? "" : errors.get(0)));
        }
        return made;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String text;

        Text(String path, String text) {
            super(URI.create("memory:///" + path.replaceAll("[^\\w./$-]", "_")), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignored) {
            return text;
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
                    made.put(name, toByteArray());
                }
            };
        }
    }
}
