package codeaug;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** JUnit 5, and JUnit 3 and 4 by the vintage engine. Invocations of one method are one test. */
public final class PlatformRunner implements TestRunner {
    private Launcher launcher; // the engines are looked for once

    @Override
    public void run(Facts suite, List<Class<?>> classes, Map<String, Set<String>> chosen,
            Progress progress) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : classes) {
            request.selectors(DiscoverySelectors.selectClass(type));
        }
        for (String parameter : suite.all("parameter")) {
            String[] both = parameter.split("=", 2);
            request.configurationParameter(both[0], both[1]);
        }
        // one test at a time: else nobody could say which test executed what
        request.configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
        if (!suite.get("groups").isEmpty()) {
            request.filters(TagFilter.includeTags(suite.get("groups").split("\\s*,\\s*")));
        }
        if (!suite.get("excludedGroups").isEmpty()) {
            request.filters(TagFilter.excludeTags(suite.get("excludedGroups").split("\\s*,\\s*")));
        }
        if (!chosen.isEmpty()) {
            request.filters(only(chosen));
        }
        if (launcher == null) {
            launcher = LauncherFactory.create();
        }
        launcher.execute(request.build(), new Listener(progress, suite.all("reported")));
    }

    private static PostDiscoveryFilter only(Map<String, Set<String>> chosen) {
        return descriptor -> FilterResult.includedIf(wanted(descriptor, chosen));
    }

    private static boolean wanted(TestDescriptor descriptor, Map<String, Set<String>> chosen) {
        TestSource source = descriptor.getSource().orElse(null);
        if (!(source instanceof MethodSource)) {
            return true;
        }
        Set<String> methods = chosen.get(((MethodSource) source).getClassName());
        return methods != null
            && (methods.isEmpty() || methods.contains(((MethodSource) source).getMethodName())
                || methods.contains(Reported.folded(descriptor.getDisplayName())));
    }

    private static final class Listener implements TestExecutionListener {
        private final Progress progress;
        private final Set<String> reported;
        private final Map<String, Long> started = new HashMap<>();
        private TestPlan plan;

        Listener(Progress progress, List<String> reported) {
            this.progress = progress;
            this.reported = new HashSet<>(reported);
        }

        @Override
        public void testPlanExecutionStarted(TestPlan plan) {
            this.plan = plan;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            progress.begin(id(test));
            started.put(test.getUniqueId(), System.nanoTime());
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            long nanoseconds = System.nanoTime() - started.remove(test.getUniqueId());
            progress.end();
            boolean failed = result.getStatus() != TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || failed && test.getSource().isPresent()) {
                progress.outcome(id(test), outcome(result), nanoseconds / 1e9,
                    result.getThrowable().orElse(null));
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            progress.outcome(id(test), "skipped", 0, null);
        }

        private static String outcome(TestExecutionResult result) {
            switch (result.getStatus()) {
                case SUCCESSFUL:
                    return "passed";
                case ABORTED:
                    return "skipped";
                default:
                    boolean checked = result.getThrowable().orElse(null) instanceof AssertionError;
                    return checked ? "failed" : "error";
            }
        }

        /** `pkg.Class#method` of the nearest method around, else `pkg.Class`, else the engine. */
        private String id(TestIdentifier test) {
            String type = "";
            Optional<TestIdentifier> at = Optional.of(test);
            while (at.isPresent()) {
                TestSource source = at.get().getSource().orElse(null);
                if (source instanceof MethodSource) {
                    MethodSource method = (MethodSource) source;
                    return named(method.getClassName() + "#", method.getMethodName(), at.get());
                }
                if (source instanceof ClassSource) {
                    type = ((ClassSource) source).getClassName();
                    break;
                }
                at = plan.getParent(at.get());
            }
            return test.isTest() ? type + "#" + test.getLegacyReportingName() : type;
        }

        /** The name that the user's own reports have: the method's, or what Gradle shows for it. */
        private String named(String type, String method, TestIdentifier test) {
            String shown = type + Reported.folded(test.getDisplayName());
            return !reported.contains(type + method) && reported.contains(shown)
                ? shown : type + method;
        }
    }
}
