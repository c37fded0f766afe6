package codeaug;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** One test framework. Compiled against the project's own version of it. */
public interface TestRunner {
    /**
     * Runs the tests of `classes`; of a class that `chosen` has as a key only its named methods
     * (an empty set: all of them).
     */
    void run(Facts suite, List<Class<?>> classes, Map<String, Set<String>> chosen,
        Progress progress);
}
