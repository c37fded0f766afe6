package codeaug;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The JUnit platform, with a launcher and a request that are made once. */
public final class BarePlatform implements BareTests.Framework {
    @Override
    public BareTests.Run prepared(Facts suite, Map<Class<?>, Set<String>> chosen) {
        LauncherDiscoveryRequestBuilder builder = LauncherDiscoveryRequestBuilder.request();
        chosen.keySet().forEach(type -> builder.selectors(DiscoverySelectors.selectClass(type)));
        for (String parameter : suite.all("parameter")) {
            String[] both = parameter.split("=", 2);
            builder.configurationParameter(both[0], both[1]);
        }
        builder.configurationParameter("junit.jupiter.execution.parallel.enabled", "false");
        builder.filters((PostDiscoveryFilter) test -> {
            TestSource source = test.getSource().orElse(null);
            return FilterResult.includedIf(!(source instanceof MethodSource)
                || chosen.values().stream().anyMatch(methods ->
                    methods.contains(((MethodSource) source).getMethodName())));
        });
        LauncherDiscoveryRequest request = builder.build();
        Launcher launcher = LauncherFactory.create();
        return () -> {
            Counting counting = new Counting();
            launcher.execute(request, counting);
            return counting.failed.get() == 0 && counting.passed.get() > 0;
        };
    }

    private static final class Counting implements TestExecutionListener {
        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                failed.incrementAndGet();
            } else if (test.isTest()) {
                passed.incrementAndGet();
            }
        }
    }
}
