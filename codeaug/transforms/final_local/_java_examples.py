"""What final_local does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

DROP_FINAL = (
    Example(
        "java",
        """\
class A {
    void f(Map<String, Integer> all) {
        @SuppressWarnings("unchecked")
        final List<String> keys = (List<String>) all.keySet();
        show(keys);
    }
}
""",
        """\
class A {
    void f(Map<String, Integer> all) {
        @SuppressWarnings("unchecked")
        List<String> keys = (List<String>) all.keySet();
        show(keys);
    }
}
""",
        why="an annotation stays",
    ),
    Example(
        "java",
        """\
class A {
    int f(List<String> all) {
        final int size = all.size();
        for (final String each : all) {
            show(each);
        }
        return size;
    }
}
""",
        """\
class A {
    int f(List<String> all) {
        int size = all.size();
        for (String each : all) {
            show(each);
        }
        return size;
    }
}
""",
        why="nothing assigns to them anyway",
    ),
    Example(
        "java",
        """\
class A {
    Runnable f(List<String> all) {
        final int size;
        if (all.isEmpty()) {
            size = first();
        } else {
            size = all.size();
        }
        return () -> show(size);
    }
}
""",
        """\
class A {
    Runnable f(List<String> all) {
        int size;
        if (all.isEmpty()) {
            size = first();
        } else {
            size = all.size();
        }
        return () -> show(size);
    }
}
""",
        why="a lambda may use what is final in effect",
    ),
    Example(
        "java",
        """\
class A {
    int f(int n) {
        final int one = 1;
        switch (n) {
            case one: return 2;
            default: return 3;
        }
    }
}
""",
        declined="BUILTIN",
        why="only a constant can be a case label",
    ),
    Example(
        "java",
        """\
class A {
    boolean f() {
        final String a = "a" + "b";
        return a + "c" == "abc";
    }
}
""",
        declined="BUILTIN",
        why="a constant text is one object",
    ),
    Example(
        "java",
        """\
class A {
    void f(final int n) {
        show(n);
    }
}
""",
        why="a parameter is part of the header",
    ),
    Example(
        "java",
        """\
class A {
    int f() {
        final/* once */ int size = size();
        return size;
    }
}
""",
        declined="TRIVIA",
    ),
)

WRITE_FINAL = (
    Example(
        "java",
        """\
class A {
    void f(List<String> all) {
        for (String each : all) {
            final int size = each.length();
            show(size, each);
        }
    }
}
""",
        """\
class A {
    void f(List<String> all) {
        for (final String each : all) {
            final int size = each.length();
            show(size, each);
        }
    }
}
""",
        why="the variable of a loop is another one each time",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        @Deprecated
        int[] all = given();
        final int most = all[0];
        all[0] = most + 1;
    }
}
""",
        """\
class A {
    void f() {
        @Deprecated
        final int[] all = given();
        final int most = all[0];
        all[0] = most + 1;
    }
}
""",
        why="an element of an array is another variable",
    ),
    Example(
        "java",
        """\
class A {
    int f(List<String> all) {
        int size = all.size();
        int sum = all.hashCode();
        for (String each : all) {
            sum += each.length();
        }
        return size + sum;
    }

    int g() {
        final int one = size();
        return one;
    }
}
""",
        """\
class A {
    int f(List<String> all) {
        final int size = all.size();
        int sum = all.hashCode();
        for (final String each : all) {
            sum += each.length();
        }
        return size + sum;
    }

    int g() {
        final int one = size();
        return one;
    }
}
""",
        why="all but what is assigned to",
    ),
    Example(
        "java",
        """\
class A {
    int f() {
        int size = size();
        return size;
    }
}
""",
        declined="NATURAL",
        why="the file never says final",
    ),
    Example(
        "java",
        """\
class A {
    int f(final int n) {
        boolean on = true;
        while (on) {
            step();
        }
        return 1;
    }
}
""",
        declined="BUILTIN",
        why="nothing behind an endless loop can be reached",
    ),
    Example(
        "java",
        """\
class A {
    int f() {
        int size = size();
        (size)++;
        int[] all = {1};
        all = null;
        return size;
    }
}
""",
        why="both are assigned to",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        int size;
        size = size();
        show(size);
    }
}
""",
        why="where it gets its value is not in the declaration",
    ),
    Example(
        "java",
        """\
class A {
    void f() {
        for (int i = first(), n = size(); more(i, n); step()) {
            show(i);
        }
    }
}
""",
        why="a loop's own variables",
    ),
)
