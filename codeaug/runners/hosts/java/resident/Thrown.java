package codeaug.resident;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** What is told of an exception: its class; its words and cause where the unit's class throws it. */
final class Thrown {
    private static final String CHECKS = "(require|check).*|.*Exact";
    private static final String ADDRESS = "@[0-9a-f]{1,8}\\b";

    private Thrown() {}

    static Shape told(Throwable what, Executable unit) {
        List<Shape> parts = new ArrayList<>();
        if (isOf(unit, what)) {
            String message = hasOwnWords(what) ? null : what.getMessage();
            parts.add(message == null ? Shape.NULL : Shape.of(message.replaceAll(ADDRESS, "@")));
            if (what.getCause() != null) {
                parts.add(named("because of", Collections.singletonList(what.getCause())));
            }
        }
        if (isScripted(what)) {
            parts.add(Shape.of(what.getMessage()));
        }
        if (what.getSuppressed().length > 0) {
            parts.add(named("suppresses", Arrays.asList(what.getSuppressed())));
        }
        return parts.isEmpty() ? Shape.of(what.getClass().getName()) : Shape.list(what.getClass().getName(), parts);
    }

    /** Which failure it is of things that are lent. */
    private static boolean isScripted(Throwable what) {
        StackTraceElement[] stack = what.getStackTrace();
        return stack.length > 0 && stack[0].getClassName().startsWith("codeaug.resident.")
            && String.valueOf(what.getMessage()).startsWith(Journal.SCRIPTED);
    }

    private static Shape named(String word, List<Throwable> all) {
        List<Shape> names = new ArrayList<>();
        all.forEach(each -> names.add(Shape.of(each.getClass().getName()
            + (isScripted(each) ? " " + each.getMessage() : ""))));
        return Shape.list(word, names);
    }

    /**
     * Whether a statement of the unit's class throws it, be it the unit's or a helper's that may be inlined, or a
     * check of the JDK, by which it may be replaced.
     */
    private static boolean isOf(Executable unit, Throwable what) {
        StackTraceElement[] stack = what.getStackTrace();
        if (stack.length == 0 || Purpose.isOfJvm(what)) {
            return false;
        }
        String where = stack[0].getClassName();
        String home = unit.getDeclaringClass().getName();
        return where.equals(home) || where.startsWith(home + "$")
            || where.startsWith("java.") && stack[0].getMethodName().matches(CHECKS);
    }

    /** Whether a class of the project says what the message is: its code is not called. */
    private static boolean hasOwnWords(Throwable what) {
        try {
            return !what.getClass().getMethod("getMessage").getDeclaringClass().getName().startsWith("java.");
        } catch (NoSuchMethodException e) {
            return true;
        }
    }
}
