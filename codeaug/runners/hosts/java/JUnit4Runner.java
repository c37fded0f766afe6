package codeaug;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Test;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.RunWith;
import org.junit.runner.manipulation.Filter;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/** JUnit 4 and JUnit 3 test cases, by JUnit 4's own core. */
public final class JUnit4Runner implements TestRunner {
    @Override
    public void run(Facts suite, List<Class<?>> classes, Map<String, Set<String>> chosen,
            Progress progress) {
        for (Class<?> type : classes) {
            if (isTest(type)) {
                run(type, chosen.get(type.getName()), progress);
            }
        }
    }

    private static void run(Class<?> type, Set<String> methods, Progress progress) {
        JUnitCore core = new JUnitCore();
        core.addListener(new Listener(type, progress));
        Request request = Request.aClass(type);
        boolean all = methods == null || methods.isEmpty();
        progress.begin(type.getName());
        core.run(all ? request : request.filterWith(new Chosen(methods)));
        progress.end();
    }

    private static boolean isTest(Class<?> type) {
        if (Modifier.isAbstract(type.getModifiers()) || type.isInterface()) {
            return false;
        }
        if (type.isAnnotationPresent(RunWith.class) || junit.framework.Test.class.isAssignableFrom(type)) {
            return true;
        }
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class) || isSuite(method)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean isSuite(Method method) {
        return method.getName().equals("suite") && method.getParameterTypes().length == 0
            && Modifier.isStatic(method.getModifiers());
    }

    /** `test` of `test[0: name]`; other names, which are no methods, stay whole. */
    private static String method(Description test) {
        String name = String.valueOf(test.getMethodName());
        return name.replaceFirst("^([\\w$]+)\\s*[\\[({].*$", "$1");
    }

    private static final class Chosen extends Filter {
        private final Set<String> methods;

        Chosen(Set<String> methods) {
            this.methods = methods;
        }

        @Override
        public boolean shouldRun(Description test) {
            return test.isTest() ? methods.contains(method(test))
                : test.getChildren().stream().anyMatch(this::shouldRun);
        }

        @Override
        public String describe() {
            return "the chosen methods";
        }
    }

    private static final class Listener extends RunListener {
        private final Class<?> type;
        private final Progress progress;
        private long started;
        private String outcome;
        private Throwable why;

        Listener(Class<?> type, Progress progress) {
            this.type = type;
            this.progress = progress;
        }

        @Override
        public void testStarted(Description test) {
            progress.begin(id(test));
            started = System.nanoTime();
            outcome = "passed";
            why = null;
        }

        @Override
        public void testFinished(Description test) {
            double seconds = (System.nanoTime() - started) / 1e9;
            progress.end();
            progress.outcome(id(test), outcome, seconds, why);
            outcome = null;
        }

        @Override
        public void testFailure(Failure failure) {
            why = failure.getException();
            String found = why instanceof AssertionError ? "failed" : "error";
            if (outcome == null) { // outside any test: before or after the class
                progress.outcome(id(failure.getDescription()), found, 0, why);
            } else {
                outcome = found;
            }
        }

        @Override
        public void testAssumptionFailure(Failure failure) {
            if (outcome == null) {
                progress.outcome(id(failure.getDescription()), "skipped", 0, null);
            } else {
                outcome = "skipped";
            }
        }

        @Override
        public void testIgnored(Description test) {
            progress.outcome(id(test), "skipped", 0, null);
        }

        private String id(Description test) {
            String name = test.getClassName() == null ? type.getName() : test.getClassName();
            return test.getMethodName() == null ? name : name + "#" + method(test);
        }
    }
}
