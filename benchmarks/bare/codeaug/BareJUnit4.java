package codeaug;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.Result;
import org.junit.runner.Runner;
import org.junit.runner.manipulation.Filter;

/** JUnit 4's own core, with runners that are made once. */
public final class BareJUnit4 implements BareTests.Framework {
    @Override
    public BareTests.Run prepared(Facts suite, Map<Class<?>, Set<String>> chosen) {
        JUnitCore core = new JUnitCore();
        List<Runner> runners = new ArrayList<>();
        chosen.forEach((type, methods) ->
            runners.add(Request.aClass(type).filterWith(only(methods)).getRunner()));
        return () -> {
            boolean passed = true;
            for (Runner runner : runners) {
                Result result = core.run(runner);
                passed &= result.wasSuccessful() && result.getRunCount() > 0;
            }
            return passed;
        };
    }

    private static Filter only(Set<String> methods) {
        return new Filter() {
            @Override
            public boolean shouldRun(Description test) {
                String name = String.valueOf(test.getMethodName());
                return test.isTest()
                    ? methods.contains(name.replaceFirst("^([\\w$]+)\\s*[\\[({].*$", "$1"))
                    : test.getChildren().stream().anyMatch(this::shouldRun);
            }

            @Override
            public String describe() {
                return "the chosen methods";
            }
        };
    }
}
