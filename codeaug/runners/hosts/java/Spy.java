package codeaug;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashSet;
import java.util.Set;
import javax.inject.Inject;
import javax.inject.Named;
import javax.inject.Singleton;
import org.apache.maven.eventspy.AbstractEventSpy;
import org.apache.maven.execution.ExecutionEvent;
import org.apache.maven.plugin.MojoExecution;
import org.eclipse.aether.RepositorySystem;

/**
 * A Maven core extension that changes nothing: it writes down what Maven really gave the compiler,
 * Surefire and Failsafe (profiles, parents, properties and plug-ins applied), where our own
 * programs find it, and removes old test reports before tests run.
 */
@Named("codeaug")
@Singleton
public final class Spy extends AbstractEventSpy {
    private final RepositorySystem repositories;
    private final Set<Path> emptied = new HashSet<>();

    @Inject
    public Spy(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    @Override
    public synchronized void onEvent(Object event) throws Exception {
        String folder = System.getProperty("codeaug.facts");
        if (folder == null || !(event instanceof ExecutionEvent)) {
            return;
        }
        ExecutionEvent now = (ExecutionEvent) event;
        Path file = Paths.get(folder, "facts.txt");
        if (now.getType() == ExecutionEvent.Type.SessionStarted) {
            Files.deleteIfExists(file);
        } else if (now.getType() == ExecutionEvent.Type.MojoStarted && runsTests(now)) {
            MojoFacts facts = new MojoFacts(repositories, now);
            removeOldReports(facts.file("reportsDirectory", "target/surefire-reports"));
            facts.suite().append(file);
        } else if (now.getType() == ExecutionEvent.Type.MojoSucceeded && compiles(now)) {
            new MojoFacts(repositories, now).compilation().append(file);
        }
    }

    private static boolean runsTests(ExecutionEvent now) {
        MojoExecution mojo = now.getMojoExecution();
        String plugin = mojo.getArtifactId();
        return plugin.equals("maven-surefire-plugin") && mojo.getGoal().equals("test")
            || plugin.equals("maven-failsafe-plugin") && mojo.getGoal().equals("integration-test");
    }

    private static boolean compiles(ExecutionEvent now) {
        MojoExecution mojo = now.getMojoExecution();
        return mojo.getArtifactId().equals("maven-compiler-plugin")
            && mojo.getGoal().equals("compile");
    }

    private void removeOldReports(File folder) throws IOException {
        if (!folder.isDirectory() || !emptied.add(folder.toPath())) {
            return;
        }
        try (DirectoryStream<Path> old = Files.newDirectoryStream(folder.toPath(), "*.xml")) {
            for (Path report : old) {
                Files.delete(report);
            }
        }
    }
}
