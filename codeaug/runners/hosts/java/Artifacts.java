package codeaug;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Jars of one module: those it has, and those that running and measuring its tests needs. */
final class Artifacts {
    private final RepositorySystem repositories;
    private final MavenSession session;
    private final MavenProject project;

    Artifacts(RepositorySystem repositories, MavenSession session, MavenProject project) {
        this.repositories = repositories;
        this.session = session;
        this.project = project;
    }

    /** The runner that Surefire would choose, and the jars it and our measurement need. */
    Facts withRunner(Facts facts, Plugin plugin) {
        String jacoco = System.getProperty("codeaug.jacoco");
        facts.put("agent", resolve(jars("org.jacoco:org.jacoco.agent:jar:runtime:" + jacoco)))
            .put("analysis", resolve(jars("org.jacoco:org.jacoco.core:" + jacoco)));
        String platform = version("org.junit.platform", "junit-platform-engine");
        String jupiter = version("org.junit.jupiter", "junit-jupiter-api");
        if (platform.isEmpty()) {
            platform = version("org.junit.platform", "junit-platform-commons");
        }
        if (platform.isEmpty()) {
            String old = version("junit", "junit") + version("junit", "junit-dep");
            return facts.put("runner", old.startsWith("4") ? "junit4" : other(old));
        }
        List<String> needed = jars("org.junit.platform:junit-platform-launcher:" + platform);
        if (!jupiter.isEmpty() && version("org.junit.jupiter", "junit-jupiter-engine").isEmpty()) {
            needed.add("org.junit.jupiter:junit-jupiter-engine:" + jupiter);
        }
        for (Dependency dependency : plugin.getDependencies()) {
            if (dependency.getGroupId().startsWith("org.junit")) {
                needed.add(dependency.getGroupId() + ":" + dependency.getArtifactId() + ":"
                    + dependency.getVersion());
            }
        }
        return facts.put("runner", "platform").put("launcher", resolve(needed));
    }

    private String other(String junit) {
        return !version("org.testng", "testng").isEmpty() ? "TestNG"
            : junit.isEmpty() ? "none" : "JUnit " + junit;
    }

    private String version(String group, String name) {
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getGroupId().equals(group) && artifact.getArtifactId().equals(name)) {
                return artifact.getBaseVersion();
            }
        }
        return "";
    }

    private static List<String> jars(String coordinates) {
        List<String> all = new ArrayList<>();
        all.add(coordinates);
        return all;
    }

    /** Files of the artifacts and all they need, joined as a class path. */
    String resolve(List<String> coordinates) {
        if (coordinates.isEmpty()) {
            return "";
        }
        CollectRequest collect = new CollectRequest();
        collect.setRepositories(project.getRemoteProjectRepositories());
        for (String one : coordinates) {
            collect.addDependency(
                new org.eclipse.aether.graph.Dependency(new DefaultArtifact(one), "runtime"));
        }
        Set<String> files = new LinkedHashSet<>();
        try {
            for (ArtifactResult result : repositories.resolveDependencies(
                    session.getRepositorySession(), new DependencyRequest(collect, null))
                    .getArtifactResults()) {
                files.add(result.getArtifact().getFile().getPath());
            }
        } catch (DependencyResolutionException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return String.join(File.pathSeparator, files);
    }

    /** Other modules' jars replaced by the folders of classes they are made from. */
    List<String> reactorFolders(List<String> elements) {
        List<String> path = new ArrayList<>();
        for (String element : elements) {
            path.add(reactorFolder(element));
        }
        return path;
    }

    private String reactorFolder(String element) {
        for (Artifact artifact : project.getArtifacts()) {
            if (artifact.getFile() == null || !artifact.getFile().getPath().equals(element)) {
                continue;
            }
            for (MavenProject other : session.getProjects()) {
                if (other.getGroupId().equals(artifact.getGroupId())
                        && other.getArtifactId().equals(artifact.getArtifactId())
                        && other.getVersion().equals(artifact.getBaseVersion())) {
                    boolean tests = "tests".equals(artifact.getClassifier());
                    boolean whole = artifact.getClassifier() == null;
                    return tests ? other.getBuild().getTestOutputDirectory()
                        : whole ? other.getBuild().getOutputDirectory() : element;
                }
            }
        }
        return element;
    }

    /** The version that the POM manages for an artifact, else the one in use. */
    String managed(String group, String name) {
        if (project.getDependencyManagement() != null) {
            for (Dependency one : project.getDependencyManagement().getDependencies()) {
                if (one.getGroupId().equals(group) && one.getArtifactId().equals(name)) {
                    return one.getVersion();
                }
            }
        }
        return version(group, name);
    }
}
