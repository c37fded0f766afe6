package codeaug.resident;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Loads the project's own classes and its tests' anew, those of the changed file from memory. Its
 * parent has the libraries and none of the folders: nobody can meet an old class.
 */
final class TextLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final Folders folders;
    private final Map<String, byte[]> plain;
    private final Map<String, byte[]> instrumented;
    private final Set<String> old;
    private final boolean notesLambdas;
    private final Map<Path, ProtectionDomain> domains = new ConcurrentHashMap<>();

    /**
     * Classes by name: as javac made them, and as they run; `old` are gone unless among those.
     * `notesLambdas`: see {@link Lambdas}.
     */
    TextLoader(Folders folders, ClassLoader libraries, Map<String, byte[]> plain,
            Map<String, byte[]> instrumented, Set<String> old, boolean notesLambdas) {
        super(folders.urls, libraries);
        this.folders = folders;
        this.plain = plain;
        this.instrumented = instrumented;
        this.old = old;
        this.notesLambdas = notesLambdas;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> found = findLoadedClass(name);
            if (found == null) {
                found = own(name);
            }
            return found == null ? super.loadClass(name, resolve) : found;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        throw new ClassNotFoundException(name); // what there is was looked for first
    }

    private Class<?> own(String name) throws ClassNotFoundException {
        Path folder = folders.of(name, plain.keySet());
        byte[] bytes = instrumented.get(name);
        if (bytes == null) {
            bytes = folder == null || old.contains(name) ? null : folders.bytes(name);
        }
        if (bytes == null) {
            return null;
        }
        if (notesLambdas) {
            bytes = Lambdas.noting(bytes);
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0 && getPackage(name.substring(0, dot)) == null) {
            try {
                definePackage(name.substring(0, dot), null, null, null, null, null, null, null);
            } catch (IllegalArgumentException e) {
                assert getPackage(name.substring(0, dot)) != null; // another thread's
            }
        }
        return defineClass(name, bytes, 0, bytes.length, domains.computeIfAbsent(folder, this::domain));
    }

    private ProtectionDomain domain(Path folder) {
        try {
            CodeSource source = new CodeSource(folder.toUri().toURL(), (Certificate[]) null);
            return new ProtectionDomain(source, getPermissions(source), this, null);
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public URL getResource(String name) {
        URL found = findResource(name);
        return found == null ? getParent().getResource(name) : found;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }

    @Override
    public URL findResource(String name) {
        String type = type(name);
        if (plain.containsKey(type)) {
            return changed(name, plain.get(type));
        }
        return old.contains(type) ? null : super.findResource(name);
    }

    @Override
    public Enumeration<URL> findResources(String name) throws IOException {
        String type = type(name);
        if (plain.containsKey(type) || old.contains(type)) {
            URL found = findResource(name);
            return Collections.enumeration(found == null
                ? Collections.<URL>emptyList() : Collections.singletonList(found));
        }
        return super.findResources(name);
    }

    private static String type(String resource) {
        return resource.endsWith(".class")
            ? resource.substring(0, resource.length() - 6).replace('/', '.') : "";
    }

    private static URL changed(String name, byte[] bytes) {
        try {
            return new URL(null, "memory:/" + name, new URLStreamHandler() {
                @Override
                protected URLConnection openConnection(URL url) {
                    return new URLConnection(url) {
                        @Override
                        public void connect() { }

                        @Override
                        public InputStream getInputStream() {
                            return new ByteArrayInputStream(bytes);
                        }
                    };
                }
            });
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The folders of the class path and what classes lie there; none of that changes. */
    static final class Folders {
        final URL[] urls;
        private final Map<String, Path> places = new HashMap<>();
        private final Map<String, byte[]> read = new ConcurrentHashMap<>();

        Folders(List<Path> folders) throws IOException {
            urls = new URL[folders.size()];
            for (int i = folders.size() - 1; i >= 0; i--) { // the first that has a class wins
                Path folder = folders.get(i);
                urls[i] = folder.toUri().toURL();
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(file -> file.toString().endsWith(".class")).forEach(file -> {
                        String path = folder.relativize(file).toString();
                        places.put(path.substring(0, path.length() - 6).replace('/', '.'), folder);
                    });
                }
            }
        }

        /** The folder of a class; a new class is where those are that it was compiled with. */
        Path of(String name, Set<String> together) {
            Path folder = places.get(name);
            if (folder == null && together.contains(name)) {
                for (String other : together) {
                    folder = folder == null ? places.get(other) : folder;
                }
            }
            return folder;
        }

        byte[] bytes(String name) throws ClassNotFoundException {
            byte[] bytes = read.get(name);
            if (bytes == null) {
                try {
                    bytes = Files.readAllBytes(
                        places.get(name).resolve(name.replace('.', '/') + ".class"));
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
                read.put(name, bytes);
            }
            return bytes;
        }
    }
}
