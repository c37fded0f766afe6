"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.invert_if._braces import invert_if

_INVERT_IF = (
    Example(
        "java",
        """\
class A {
    void show(String name) {
        if (name == null) {
            none();
        } else {
            use(name);
        }
    }
}
""",
        """\
class A {
    void show(String name) {
        if (name != null) {
            use(name);
        } else {
            none();
        }
    }
}
""",
        why="references compare as they are",
    ),
    Example(
        "java",
        """\
class A {
    int step(int a, int b) {
        if (a < b) {
            return 1; // up
        } else {
            // down
            return -1;
        }
    }
}
""",
        """\
class A {
    int step(int a, int b) {
        if (a >= b) {
            // down
            return -1;
        } else {
            return 1; // up
        }
    }
}
""",
        why="no int is both less and not less",
    ),
    Example(
        "java",
        """\
class A {
    void close() {
        if (!isOpen())
            none();
        else
            stop();
    }
}
""",
        """\
class A {
    void close() {
        if (isOpen())
            stop();
        else
            none();
    }
}
""",
        why="a negation is dropped",
    ),
    Example(
        "java",
        """\
class A {
    int step(double a, double b) {
        if (a < b) {
            return 1;
        } else {
            return -1;
        }
    }
}
""",
        declined="NOFLOAT",
        why="NaN would change branches",
    ),
    Example(
        "java",
        """\
class A {
    int step(int a) {
        if (a < limit()) {
            return 1;
        } else {
            return -1;
        }
    }
}
""",
        declined="INTEGRAL",
        why="limit may be a double",
    ),
    Example(
        "java",
        """\
class A {
    int step(int a, int b) {
        if (a == b) {
            return 0;
        } else if (a < b) {
            return 1;
        }
        return -1;
    }
}
""",
        declined="NATURAL",
        why="an else-if chain",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box b) {
            return b.size();
        } else {
            return 0;
        }
    }
}
""",
        declined="FLOW",
        why="the pattern variable would be out of scope",
    ),
    Example(
        "java",
        """\
class A {
    void show(String name) {
        if (name == null) {
            none();
        }
        // there is one
        else {
            use(name);
        }
    }
}
""",
        declined="TRIVIA",
        why="the comment would stand before the other branch",
    ),
    Example(
        "java",
        """\
class A {
    void show(boolean a, boolean b) {
        if (a)
            none();
        else
            for (int i = 0; i < 3; i++) if (b) use(i);
    }
}
""",
        declined="REACH",
        why="the else would move to the inner if",
    ),
    Example(
        "java",
        """\
class A {
    void show() {
        if (true) {
            none();
        } else {
            use(1);
        }
    }
}
""",
        declined="DA",
        why="a constant condition",
    ),
    Example(
        "java",
        """\
class A {
    void show(int c) {
        if ((c = next()) == 0) {
            none();
        } else {
            use(c);
        }
    }
}
""",
        declined="PURE",
        why="it assigns",
    ),
)

DIRECTIONS: Directions = {
    "invert-if": (invert_if, _INVERT_IF),
}
