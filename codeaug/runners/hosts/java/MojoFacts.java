package codeaug;

import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.eclipse.aether.RepositorySystem;

/** One execution of a plug-in in one module, as facts: its evaluated configuration, class paths. */
final class MojoFacts {
    private static final Pattern LATE = Pattern.compile("@\\{([^}]+)}");

    private final Artifacts artifacts;
    private final MavenSession session;
    private final MavenProject project;
    private final MojoExecution mojo;
    private final PluginParameterExpressionEvaluator evaluator;

    MojoFacts(RepositorySystem repositories, ExecutionEvent event) {
        this.artifacts = new Artifacts(repositories, event.getSession(), event.getProject());
        this.session = event.getSession();
        this.project = event.getProject();
        this.mojo = event.getMojoExecution();
        this.evaluator = new PluginParameterExpressionEvaluator(session, mojo);
    }

    /** A `compile` execution: source roots, class path, output folder and flags of javac. */
    Facts compilation() throws Exception {
        Facts facts = new Facts().put("kind", "compile")
            .put("module", project.getBasedir().getPath())
            .put("output", file("outputDirectory", "target/classes").getPath())
            .put("generated", file("generatedSourcesDirectory",
                "target/generated-sources/annotations").getPath())
            .put("encoding", text("encoding"))
            .putAll("root", roots())
            .putAll("include", list("includes"))
            .putAll("exclude", list("excludes"))
            .putAll("path", artifacts.reactorFolders(project.getCompileClasspathElements()))
            .putAll("option", options());
        String processors = artifacts.resolve(processorPaths());
        return processors.isEmpty() ? facts : facts.put("processors", processors);
    }

    /** A `test` or `integration-test` execution: what it chooses and the JVM it starts. */
    Facts suite() throws Exception {
        Facts facts = new Facts().put("kind", "suite")
            .put("module", project.getBasedir().getPath())
            .put("plugin", mojo.getArtifactId())
            .put("skip", skipped())
            .put("reports", file("reportsDirectory", "target/surefire-reports").getPath())
            .put("tests", file("testClassesDirectory", "target/test-classes").getPath())
            .put("folder", file("workingDirectory", ".").getPath())
            .put("java", text("jvm"))
            .put("arguments", late(text("argLine")))
            .put("assertions", text("enableAssertions"))
            .put("groups", text("groups"))
            .put("excludedGroups", text("excludedGroups"))
            .put("repository", session.getLocalRepository().getBasedir())
            .putAll("include", list("includes"))
            .putAll("exclude", list("excludes"))
            .putAll("property", properties())
            .putAll("environment", pairs("environmentVariables"))
            .putAll("parameter", configurationParameters())
            .putAll("path", artifacts.reactorFolders(project.getTestClasspathElements()))
            .putAll("path", list("additionalClasspathElements"));
        return "true".equals(facts.get("skip")) && !facts.all("tests").isEmpty()
            && !new File(facts.get("tests")).isDirectory() ? facts : artifacts.withRunner(facts, mojo.getPlugin());
    }

    private List<String> roots() throws Exception {
        List<String> roots = list("compileSourceRoots");
        return roots.isEmpty() ? project.getCompileSourceRoots() : roots;
    }

    /** Flags for javac in the order in which the compiler plug-in gives them. */
    private List<String> options() throws Exception {
        List<String> all = new ArrayList<>();
        if (!text("release").isEmpty()) {
            pair(all, "--release", text("release"));
        } else {
            pair(all, "-source", text("source"));
            pair(all, "-target", text("target"));
        }
        if (!"false".equals(text("debug"))) {
            all.add(text("debuglevel").isEmpty() ? "-g" : "-g:" + text("debuglevel"));
        }
        flag(all, "parameters", "-parameters");
        flag(all, "showDeprecation", "-deprecation");
        flag(all, "failOnWarning", "-Werror");
        flag(all, "enablePreview", "--enable-preview");
        if ("false".equals(text("showWarnings"))) {
            all.add("-nowarn");
        }
        if (!text("proc").isEmpty()) {
            all.add("-proc:" + text("proc"));
        }
        if (!list("annotationProcessors").isEmpty()) {
            pair(all, "-processor", String.join(",", list("annotationProcessors")));
        }
        pair(all, "-encoding", text("encoding"));
        for (String argument : pairs("compilerArguments")) {
            String[] both = argument.split("=", 2);
            all.add(both[0].startsWith("-") ? both[0] : "-" + both[0]);
            if (!both[1].isEmpty()) {
                all.add(both[1]);
            }
        }
        if (!text("compilerArgument").isEmpty()) {
            all.add(text("compilerArgument"));
        }
        all.addAll(list("compilerArgs"));
        return all;
    }

    private void flag(List<String> all, String name, String option) throws Exception {
        if ("true".equals(text(name))) {
            all.add(option);
        }
    }

    private static void pair(List<String> all, String option, String value) {
        if (!value.isEmpty()) {
            all.add(option);
            all.add(value);
        }
    }

    private List<String> processorPaths() throws Exception {
        List<String> all = new ArrayList<>();
        for (Xpp3Dom path : children(mojo.getConfiguration().getChild("annotationProcessorPaths"))) {
            String group = childText(path, "groupId");
            String name = childText(path, "artifactId");
            String version = childText(path, "version");
            String type = childText(path, "type");
            String classifier = childText(path, "classifier");
            all.add(group + ":" + name + ":" + (type.isEmpty() ? "jar" : type)
                + (classifier.isEmpty() ? "" : ":" + classifier)
                + ":" + (version.isEmpty() ? artifacts.managed(group, name) : version));
        }
        return all;
    }

    private String skipped() throws Exception {
        boolean skipped = "true".equals(text("skip")) || "true".equals(text("skipTests"))
            || "true".equals(text("skipITs")) || "true".equals(text("skipExec"));
        return String.valueOf(skipped);
    }

    /** Java system properties that Surefire sets in the JVM of the tests. */
    private List<String> properties() throws Exception {
        List<String> all = new ArrayList<>(pairs("systemPropertyVariables"));
        for (Xpp3Dom one : children(mojo.getConfiguration().getChild("systemProperties"))) {
            all.add(childText(one, "name") + "=" + childText(one, "value"));
        }
        for (String name : session.getUserProperties().stringPropertyNames()) {
            if (!name.startsWith("codeaug.") && !name.startsWith("maven.ext")) {
                all.add(name + "=" + session.getUserProperties().getProperty(name));
            }
        }
        return all;
    }

    private List<String> configurationParameters() throws Exception {
        List<String> all = new ArrayList<>();
        Xpp3Dom properties = mojo.getConfiguration().getChild("properties");
        Xpp3Dom parameters = properties == null ? null : properties.getChild("configurationParameters");
        if (parameters != null) {
            Properties parsed = new Properties();
            parsed.load(new java.io.StringReader(evaluated(parameters)));
            for (String name : parsed.stringPropertyNames()) {
                all.add(name + "=" + parsed.getProperty(name));
            }
        }
        return all;
    }

    /** Surefire's own late references, `@{name}`, to properties that other plug-ins set. */
    private String late(String text) {
        Matcher matcher = LATE.matcher(text);
        StringBuffer result = new StringBuffer();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = session.getUserProperties().getProperty(name,
                project.getProperties().getProperty(name, ""));
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString();
    }

    File file(String name, String otherwise) throws Exception {
        String path = text(name);
        File file = new File(path.isEmpty() ? otherwise : path);
        return (file.isAbsolute() ? file : new File(project.getBasedir(), file.getPath()))
            .toPath().normalize().toFile();
    }

    private String text(String name) throws Exception {
        Xpp3Dom child = mojo.getConfiguration().getChild(name);
        return child == null ? "" : evaluated(child);
    }

    private String childText(Xpp3Dom parent, String name) throws Exception {
        Xpp3Dom child = parent.getChild(name);
        return child == null ? "" : evaluated(child);
    }

    private String evaluated(Xpp3Dom node) throws Exception {
        Object value = node.getValue() == null ? null : evaluator.evaluate(node.getValue());
        if (value == null && node.getAttribute("default-value") != null) {
            value = evaluator.evaluate(node.getAttribute("default-value"));
        }
        return value == null ? "" : value.toString();
    }

    private List<String> list(String name) throws Exception {
        List<String> all = new ArrayList<>();
        Xpp3Dom node = mojo.getConfiguration().getChild(name);
        if (node != null && node.getChildCount() == 0 && node.getValue() != null) {
            Object value = evaluator.evaluate(node.getValue());
            if (value instanceof Collection) {
                for (Object one : (Collection<?>) value) {
                    all.add(String.valueOf(one));
                }
            } else if (value != null) {
                all.add(value.toString());
            }
        }
        for (Xpp3Dom child : children(node)) {
            if (!evaluated(child).isEmpty()) {
                all.add(evaluated(child));
            }
        }
        return all;
    }

    private List<String> pairs(String name) throws Exception {
        List<String> all = new ArrayList<>();
        for (Xpp3Dom child : children(mojo.getConfiguration().getChild(name))) {
            all.add(child.getName() + "=" + evaluated(child));
        }
        return all;
    }

    private static List<Xpp3Dom> children(Xpp3Dom node) {
        List<Xpp3Dom> all = new ArrayList<>();
        if (node != null) {
            for (Xpp3Dom child : node.getChildren()) {
                all.add(child);
            }
        }
        return all;
    }
}
