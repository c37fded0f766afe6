"""Calls of private methods in Java."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.helper_function._braces import inline

_INLINE = (
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        if (isBlank(name)) {
            return 1;
        }
        return n;
    }

    private static boolean isBlank(String s) {
        return s == null || s.isEmpty();
    }
}
""",
        """\
class A {
    int f(String name, int n) {
        if (name == null || name.isEmpty()) {
            return 1;
        }
        return n;
    }

    private static boolean isBlank(String s) {
        return s == null || s.isEmpty();
    }
}
""",
        unit="A.f",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        if (n > 0 && isBlank(name)) {
            return 1;
        }
        return n;
    }

    private static boolean isBlank(String s) {
        return s == null || s.isEmpty();
    }
}
""",
        """\
class A {
    int f(String name, int n) {
        if (n > 0 && (name == null || name.isEmpty())) {
            return 1;
        }
        return n;
    }

    private static boolean isBlank(String s) {
        return s == null || s.isEmpty();
    }
}
""",
        unit="A.f",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return twice(n);
    }

    private int twice(int x) {
        int result = x + x;
        count++;
        return result;
    }
}
""",
        """\
class A {
    int f(String name, int n) {
        int result = n + n;
        count++;
        return result;
    }

    private int twice(int x) {
        int result = x + x;
        count++;
        return result;
    }
}
""",
        unit="A.f",
        why="nothing follows the return",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        log(n);
        return n;
    }

    private void log(int x) {
        if (x > 0) {
            // one more
            count += x;
        }
    }
}
""",
        """\
class A {
    int f(String name, int n) {
        if (n > 0) {
            // one more
            count += n;
        }
        return n;
    }

    private void log(int x) {
        if (x > 0) {
            // one more
            count += x;
        }
    }
}
""",
        unit="A.f",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(read());

    }

    private static int next(int x) {
        return x + 1;
    }
}
""",
        declined="BUILTIN",
        unit="A.f",
        why="the type of the argument is not known",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return twice(name.length());
    }

    private static int twice(int x) {
        return x + x;
    }
}
""",
        declined="PURE",
        unit="A.f",
        why="the argument would be evaluated twice",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return (int) wide(n);
    }

    private static long wide(long x) {
        return x + 1;
    }
}
""",
        declined="BUILTIN",
        unit="A.f",
        why="the argument is widened",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return boxed(n).hashCode();
    }

    private static Object boxed(int x) {
        return x + 1;
    }
}
""",
        declined="BUILTIN",
        unit="A.f",
        why="the result is boxed",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(n);
    }

    int next(int x) {
        return x + 1;
    }
}
""",
        declined="REACH",
        unit="A.f",
        why="it may be overridden",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(n);
    }

    private int next(int x) {
        return x + 1;
    }

    private int next(long x) {
        return 1;
    }
}
""",
        declined="REACH",
        unit="A.f",
        why="it is overloaded",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(n);
    }

    private synchronized int next(int x) {
        return x + 1;
    }
}
""",
        declined="REACH",
        unit="A.f",
        why="calling it takes a lock",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        try {
            return next(n);
        } catch (java.io.IOException e) {
            return 0;
        }
    }

    private int next(int x) throws java.io.IOException {
        return x + 1;
    }
}
""",
        declined="REACH",
        unit="A.f",
        why="the catch would catch nothing",
    ),
    Example(
        "java",
        """\
class A {
    Reader f(String name) throws IOException {
        return open(name);
    }

    static Reader open(String file) throws IOException {
        return Files.newBufferedReader(Path.of(file));
    }
}
""",
        """\
class A {
    Reader f(String name) throws IOException {
        return Files.newBufferedReader(Path.of(name));
    }

    static Reader open(String file) throws IOException {
        return Files.newBufferedReader(Path.of(file));
    }
}
""",
        unit="A.f",
        why="both results are converted alike",
    ),
    Example(
        "java",
        """\
class A {
    Object f(String name) {
        return length(name);
    }

    static Integer length(String text) {
        return text.length();
    }
}
""",
        declined="BUILTIN",
        unit="A.f",
        why="the results are converted otherwise",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return size(n);
    }

    private <T> int size(int x) {
        return x + 1;
    }
}
""",
        declined="BUILTIN",
        unit="A.f",
        why="generics",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(n);
    }

    private int next(int x) {
        x++;
        return x;
    }
}
""",
        declined="INDEP",
        unit="A.f",
        why="it assigns to its parameter",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        int count = 1;
        return next(n);
    }

    private int next(int x) {
        return x + count;
    }
}
""",
        declined="FRESH",
        unit="A.f",
        why="count is another variable here",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        int y = 1;
        return next(n);
    }

    private int next(int x) {
        int y = x;
        return y + count;
    }
}
""",
        declined="FRESH",
        unit="A.f",
        why="y is used here too",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        check(n);
        return n;
    }

    private void check(int x) {
        if (x > 0) {
            return;
        }
        count++;
    }
}
""",
        declined="REACH",
        unit="A.f",
        why="its return would leave the caller",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        if (!isBlank(name)) {
            return 1;
        }
        return n;
    }

    private static boolean isBlank(String s) {
        return s == null || s.isEmpty();
    }
}
""",
        declined="NATURAL",
        unit="A.f",
        why="!(a || b)",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        log(n);
        log(n);
        return n;
    }

    private void log(int x) {
        count += x;
    }
}
""",
        declined="NATURAL",
        unit="A.f",
        why="the same lines twice",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return n;
    }

    private static int next(int x) {
        return x > 0 ? next(x - 1) : 0;
    }
}
""",
        unit="A.f",
        why="no call",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return size();
    }

    private int size() {
        return MAX;
    }
}
""",
        declined="NATURAL",
        unit="A.f",
        why="a constant",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        log(n);
        return n;
    }

    private void log(int x) {
        count += x; // NOSONAR one more
    }
}
""",
        declined="TRIVIA",
        unit="A.f",
        why="an order to a tool would stand twice",
    ),
    Example(
        "java",
        """\
class A {
    int f(String name, int n) {
        return next(n).getAsInt();
    }

    private java.util.function.IntSupplier next(int x) {
        return () -> x;
    }
}
""",
        declined="NOCAP",
        unit="A.f",
        why="a lambda captures its parameter",
    ),
    Example(
        "java",
        """\
class A {
    private static final boolean on = false;

    int count(int n) {
        while (isOn()) {
            n++;
        }
        return n;
    }

    private static boolean isOn() {
        return on;
    }
}
""",
        declined="REACH",
        unit="A.count",
        why="a loop over a false constant does not compile",
    ),
)

DIRECTIONS: Directions = {"inline-helper": (inline, _INLINE)}
