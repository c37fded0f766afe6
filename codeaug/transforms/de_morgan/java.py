"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.de_morgan._braces import distribute_negation, factor_negation

_DISTRIBUTE_NEGATION = (
    Example(
        "java",
        """\
class A {
    void add(boolean full, int n) {
        if (!(full && n > 0)) {
            stop();
        }
    }
}
""",
        """\
class A {
    void add(boolean full, int n) {
        if (!full || n <= 0) {
            stop();
        }
    }
}
""",
        why="the operator of integers is flipped",
    ),
    Example(
        "java",
        """\
class A {
    boolean isOpen(Door door) {
        return door != null && !(door.isShut() || door.isGone());
    }
}
""",
        """\
class A {
    boolean isOpen(Door door) {
        return door != null && !door.isShut() && !door.isGone();
    }
}
""",
        why="no parentheses are needed inside the same operator",
    ),
    Example(
        "java",
        """\
class A {
    void check(Object o, boolean strict, boolean late) {
        if (strict && !(o instanceof String && late)
                && o != null) {
            fail();
        }
    }
}
""",
        """\
class A {
    void check(Object o, boolean strict, boolean late) {
        if (strict && (!(o instanceof String) || !late)
                && o != null) {
            fail();
        }
    }
}
""",
        why="inside the other operator parentheses stay",
    ),
    Example(
        "java",
        "class A {\r\n\tboolean f(boolean a) {\r\n\t\treturn !(!a && on);\r\n\t}\r\n}\r\n",
        "class A {\r\n\tboolean f(boolean a) {\r\n\t\treturn a || !on;\r\n\t}\r\n}\r\n",
    ),
    Example(
        "java",
        """\
class A {
    boolean small(double x, boolean on) {
        return !(x < 1.0 && on);
    }
}
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(Object o) {
        if (!(o instanceof Box b && b.isOpen())) {
            return true;
        }
        return b.isFull();
    }
}
""",
        declined="FLOW",
        why="the pattern variable is in scope where the test fails",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b, boolean c) {
        return !(a && b || c);
    }
}
""",
        declined="NATURAL",
        why="both operators would be mixed",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !(a /* or not */ && b);
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(int[] a, boolean b) {
        int n;
        return !((n = a.length) > 1 && b);
    }
}
""",
        declined="PURE",
        why="the opposite of what assigns is not proven",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !(a & b) | !a;
    }
}
""",
        why="the operators that evaluate both sides are left alone",
    ),
)

_FACTOR_NEGATION = (
    Example(
        "java",
        """\
class A {
    void copy(boolean read, boolean write) {
        if (!read && !write) {
            return;
        }
        run();
    }
}
""",
        """\
class A {
    void copy(boolean read, boolean write) {
        if (!(read || write)) {
            return;
        }
        run();
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    boolean has(String name) {
        return name != null && !name.isEmpty();
    }
}
""",
        """\
class A {
    boolean has(String name) {
        return !(name == null || name.isEmpty());
    }
}
""",
        why="what is evaluated only sometimes still is",
    ),
    Example(
        "java",
        """\
class A {
    int digit(char c) {
        if (c < '0' || c > '9') {
            return -1;
        }
        return c - '0';
    }
}
""",
        """\
class A {
    int digit(char c) {
        if (!(c >= '0' && c <= '9')) {
            return -1;
        }
        return c - '0';
    }
}
""",
        why="outside of a range",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(String a, int b, boolean on) {
        return on && (b == 1 || on) && (!a.isEmpty()
            || !on);
    }
}
""",
        """\
class A {
    boolean f(String a, int b, boolean on) {
        return on && (b == 1 || on) && !(a.isEmpty()
            && on);
    }
}
""",
        why="the parentheses around it are not needed any more",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(String a, String b) {
        return a != null && b != null;
    }
}
""",
        why="nobody would deny that one of them is null",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !a && b;
    }
}
""",
        why="one part is no negation",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(double x) {
        return x < 0 || x > 1;
    }
}
""",
        declined="NOFLOAT",
        why="NaN is not outside of the range",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !(!a && !b);
    }
}
""",
        declined="NATURAL",
        why="a negation of a negation",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !a // first
            && !b;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(Object o, boolean b) {
        return !(o instanceof Box box) || !b;
    }
}
""",
        declined="FLOW",
    ),
    Example(
        "java",
        """\
class A {
    boolean f(boolean a, boolean b) {
        return !(a || b) && !(b && a);
    }
}
""",
        declined="NATURAL",
        why="both operators would be mixed",
    ),
)

DIRECTIONS: Directions = {
    "distribute-negation": (distribute_negation, _DISTRIBUTE_NEGATION),
    "factor-negation": (factor_negation, _FACTOR_NEGATION),
}
