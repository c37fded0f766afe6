package codeaug.resident;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether the unchanged unit raises something on purpose. What it does not, says that a grown input
 * is none that it is made for.
 */
final class Purpose {
    private static final List<Class<?>> BY_ACCIDENT = Arrays.asList(IndexOutOfBoundsException.class,
        NullPointerException.class, NegativeArraySizeException.class, ArithmeticException.class,
        ClassCastException.class, ArrayStoreException.class, java.util.NoSuchElementException.class,
        UnsupportedOperationException.class, java.util.ConcurrentModificationException.class);
    private static final String CHECKS = "(require|check).*|.*Exact";
    private static final String READS = "(parse|valueOf|decode|fromString|of).*";
    private static final String OURS = "codeaug.resident.";
    private static final int OLD = 15; // of Java, which does not say what was null

    private final About about;
    private final Set<String> raised;
    private final Predicate<String> isOwn;

    /** `raised`: what recorded calls did; `isOwn` tells classes of the project. */
    Purpose(About about, Set<String> raised, Predicate<String> isOwn) {
        this.about = about;
        this.raised = new HashSet<>(raised);
        this.isOwn = isOwn;
    }

    boolean isMeant(Throwable what) {
        if (isNamed(what.getClass())) {
            return true;
        }
        StackTraceElement[] stack = what.getStackTrace();
        String top = stack.length == 0 ? "" : stack[0].getMethodName();
        if (stack.length > 0 && stack[0].getClassName().startsWith(OURS)) {
            return true;
        }
        if (what instanceof Error) {
            return what instanceof AssertionError && isOwn(what);
        }
        if (BY_ACCIDENT.stream().anyMatch(type -> type.isInstance(what))) {
            return isOwn(what) ? !isOfJvm(what) : top.matches(CHECKS);
        }
        boolean careless = what.getClass() == IllegalArgumentException.class && !isOwn(what);
        return !careless || top.matches(READS + "|" + CHECKS);
    }

    /** By the recorded calls, by `throws` or by the Javadoc. */
    private boolean isNamed(Class<?> type) {
        if (raised.contains(type.getName()) || about.thrown.contains(type.getName())) {
            return true;
        }
        return Arrays.asList(about.words.split("\\W+")).contains(type.getSimpleName());
    }

    private boolean isOwn(Throwable what) {
        StackTraceElement[] stack = what.getStackTrace();
        return stack.length > 0 && isOwn.test(stack[0].getClassName());
    }

    /** Whether an instruction raised it, not a `throw`: the JVM has words of its own. */
    static boolean isOfJvm(Throwable what) {
        String message = what.getMessage();
        if (what.getClass() == NullPointerException.class) {
            String version = System.getProperty("java.specification.version");
            boolean tellsNull = !version.startsWith("1.") && Integer.parseInt(version) >= OLD;
            return message == null ? !tellsNull : tellsNull && message.startsWith("Cannot ");
        }
        if (what.getClass() == ArithmeticException.class) {
            return "/ by zero".equals(message);
        }
        return what.getClass() == ArrayIndexOutOfBoundsException.class
                && message != null && message.matches("-?\\d+|Index -?\\d+ out of bounds for length \\d+")
            || what.getClass() == NegativeArraySizeException.class || what.getClass() == ArrayStoreException.class
            || what.getClass() == ClassCastException.class && message != null && message.contains("cannot be cast");
    }
}
