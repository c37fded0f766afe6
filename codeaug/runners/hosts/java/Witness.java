package codeaug;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An agent that changes nothing: when a JVM that loaded a test framework ends, it writes down how
 * that JVM was started and which classes it loaded. Argument: the folder to write to.
 */
public final class Witness implements ClassFileTransformer {
    private static final Map<String, String> FRAMEWORKS = new LinkedHashMap<>();

    static {
        FRAMEWORKS.put("org/junit/platform/launcher/", "platform");
        FRAMEWORKS.put("org/junit/runner/", "junit4");
        FRAMEWORKS.put("org/testng/", "TestNG");
        FRAMEWORKS.put("junit/framework/", "JUnit 3");
    }

    private final Set<String> frameworks = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<String> classes = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<String> places = Collections.synchronizedSet(new LinkedHashSet<>());
    private final Set<ClassLoader> loaders =
        Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private Witness() {}

    public static void premain(String folder, Instrumentation instrumentation) {
        Witness witness = new Witness();
        instrumentation.addTransformer(witness);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> witness.write(Paths.get(folder))));
    }

    @Override
    public byte[] transform(ClassLoader loader, String name, Class<?> redefined,
            ProtectionDomain domain, byte[] bytes) {
        CodeSource source = domain == null ? null : domain.getCodeSource();
        if (loader == null || name == null || source == null || source.getLocation() == null) {
            return null; // the JDK's own
        }
        FRAMEWORKS.forEach((prefix, framework) -> {
            if (name.startsWith(prefix)) {
                frameworks.add(framework);
            }
        });
        loaders.add(loader);
        classes.add(name.replace('/', '.'));
        places.add(source.getLocation().toExternalForm());
        return null;
    }

    private void write(Path folder) {
        try {
            if (!frameworks.isEmpty()) {
                facts().append(folder.resolve(UUID.randomUUID() + ".txt"));
            }
        } catch (Exception e) {
            e.printStackTrace(); // the user's own test run goes on
        }
    }

    private Facts facts() throws Exception {
        Facts facts = new Facts().put("kind", "jvm")
            .put("runner", runner())
            .put("folder", System.getProperty("user.dir"))
            .put("java", System.getProperty("java.home") + "/bin/java")
            .putAll("path", path())
            .putAll("argument", ManagementFactory.getRuntimeMXBean().getInputArguments())
            .putAll("loaded", new ArrayList<>(classes));
        System.getenv().forEach((name, value) -> facts.put("environment", name + "=" + value));
        return facts;
    }

    private String runner() {
        String found = FRAMEWORKS.values().stream().filter(frameworks::contains).findFirst().orElse("");
        boolean four = new ArrayList<>(loaders).stream()
            .anyMatch(loader -> loader.getResource("org/junit/runner/JUnitCore.class") != null);
        return found.equals("JUnit 3") && four ? "junit4" : found; // which runs tests of JUnit 3 too
    }

    /** The class path, then what other loaders were given, then where else classes came from. */
    private Set<String> path() throws Exception {
        Set<String> path = new LinkedHashSet<>();
        List<String> given = new ArrayList<>(
            Arrays.asList(System.getProperty("java.class.path").split(":")));
        given.removeIf(String::isEmpty);
        for (String one : given) {
            path.add(Paths.get(one).toAbsolutePath().normalize().toString());
        }
        for (ClassLoader loader : new ArrayList<>(loaders)) {
            if (loader instanceof URLClassLoader) {
                for (URL url : ((URLClassLoader) loader).getURLs()) {
                    add(path, url.toExternalForm());
                }
            }
        }
        for (String place : new ArrayList<>(places)) {
            add(path, place);
        }
        path.remove(Paths.get(Witness.class.getProtectionDomain().getCodeSource().getLocation()
            .toURI()).toString());
        return path;
    }

    private static void add(Set<String> path, String url) throws Exception {
        String file = url.replaceFirst("^jar:(.*)!/$", "$1");
        if (file.startsWith("file:")) {
            path.add(Paths.get(new URI(file)).normalize().toString());
        }
    }
}
