"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms._function_examples import example
from codeaug.transforms.increment._braces import (
    increment_to_assignment,
    postfix_increment,
    prefix_increment,
)

_PREFIX_INCREMENT = (
    Example(
        "java",
        """\
class A {
    int count(int[] all) {
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            n += all[i];
        }
        return n;
    }
}
""",
        """\
class A {
    int count(int[] all) {
        int n = 0;
        for (int i = 0; i < all.length; ++i) {
            n += all[i];
        }
        return n;
    }
}
""",
        why="the update of a for",
    ),
    Example(
        "java",
        """\
class A {
    Byte size;
    void add() {
        this.size++; // one more
    }
}
""",
        """\
class A {
    Byte size;
    void add() {
        ++this.size; // one more
    }
}
""",
        why="a boxed number changes in the same way",
    ),
    Example(
        "java",
        """\
class A {
    void down(int[] left, int i) {
        left[i - 1]--;
    }
}
""",
        """\
class A {
    void down(int[] left, int i) {
        --left[i - 1];
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int next(int[] all, int i) {
        all[i++] = 1;
        return i++;
    }
}
""",
        why="the value is used",
    ),
    Example(
        "java",
        """\
class A {
    void f(int a, int b) {
        for (int i = 0; i < a; i++, b++) {
            use(i, b);
        }
    }
}
""",
        declined="NATURAL",
        why="the two would look different",
    ),
    Example(
        "java",
        """\
class A {
    void f(int a) {
        a /* one more */ ++;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    Runnable f(int[] n) {
        IntSupplier next = () -> n[0]++;
        return null;
    }
}
""",
        why="what a lambda gives may be used",
    ),
)

_POSTFIX_INCREMENT = (
    Example(
        "java",
        """\
class A {
    int count(int[] all) {
        int n = 0;
        for (int i = 0; i < all.length; ++i) {
            n += all[i];
        }
        return n;
    }
}
""",
        """\
class A {
    int count(int[] all) {
        int n = 0;
        for (int i = 0; i < all.length; i++) {
            n += all[i];
        }
        return n;
    }
}
""",
        why="the update of a for",
    ),
    Example(
        "java",
        """\
class A {
    long size;
    void add() {
        ++this.size; // one more
    }
}
""",
        """\
class A {
    long size;
    void add() {
        this.size++; // one more
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void down(int[] left, int i) {
        --left[i - 1];
    }
}
""",
        """\
class A {
    void down(int[] left, int i) {
        left[i - 1]--;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int next(int[] all, int i) {
        all[++i] = 1;
        return ++i;
    }
}
""",
        why="the value is used",
    ),
    Example(
        "java",
        """\
class A {
    void f(int a, int b) {
        for (int i = 0; i < a; ++i, ++b) {
            use(i, b);
        }
    }
}
""",
        declined="NATURAL",
        why="the two would look different",
    ),
    Example(
        "java",
        """\
class A {
    void f(int a) {
        ++ /* one more */ a;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    void f(int a) {
        while (++a < 9) {
            use(a);
        }
    }
}
""",
        why="the value is compared",
    ),
)

_ASSIGNMENT = (
    example("java", "a++;\nreturn a;", "a += 1;\nreturn a;"),
    example(
        "java",
        "for (int i = a; i > 0; --i) b--; // all\nreturn b;",
        "for (int i = a; i > 0; i -= 1) b--; // all\nreturn b;",
    ),
    example("java", "--all[b++];\nreturn a;", "all[b++] -= 1;\nreturn a;"),
    example(
        "java",
        "n++;\nreturn a;",
        declined="BUILTIN",
        head="int f(Byte n, int a)",
        why="a boxed byte takes no int",
    ),
    example("java", "a /* one */ ++;\nreturn a;", declined="TRIVIA"),
    example("java", "return a++;", why="the value is used"),
    example("java", "a += 1;\nreturn a;", why="it is one"),
    example("java", "while (a-- > 0) b = a;\nreturn b;", why="the value is compared"),
)

DIRECTIONS: Directions = {
    "prefix-increment": (prefix_increment, _PREFIX_INCREMENT),
    "increment-to-assignment": (increment_to_assignment, _ASSIGNMENT),
    "postfix-increment": (postfix_increment, _POSTFIX_INCREMENT),
}
