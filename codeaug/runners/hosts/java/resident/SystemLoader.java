package codeaug.resident;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * The system class loader of the JVM of the tests: who asks it, as `getSystemResource` does, finds
 * what the present text's loader has, and nothing of another text.
 */
public final class SystemLoader extends ClassLoader {
    private static volatile ClassLoader present;

    /** Called by the JVM; `parent` has our own programs and the JDK's classes. */
    public SystemLoader(ClassLoader parent) {
        super(parent);
    }

    static void show(ClassLoader loader) {
        present = loader;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        ClassLoader loader = present;
        if (loader == null) {
            throw new ClassNotFoundException(name);
        }
        return loader.loadClass(name);
    }

    @Override
    protected URL findResource(String name) {
        ClassLoader loader = present;
        return loader == null ? null : loader.getResource(name);
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        ClassLoader loader = present;
        return loader == null ? Collections.<URL>emptyEnumeration() : loader.getResources(name);
    }
}
