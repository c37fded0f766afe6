"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.nested_conditions._braces import merge_conditions, split_condition

_MERGE_CONDITIONS = (
    Example(
        "java",
        """\
class A {
    void use(String key) {
        if (key != null) {
            if (has(key)) {
                touch(key);
            }
        }
    }
}
""",
        """\
class A {
    void use(String key) {
        if (key != null && has(key)) {
            touch(key);
        }
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b, boolean c) {
        if (a || b) {
            if (c) {
                // once
                touch();
            }
        }
    }
}
""",
        """\
class A {
    void use(boolean a, boolean b, boolean c) {
        if ((a || b) && c) {
            // once
            touch();
        }
    }
}
""",
        why="|| binds looser than &&",
    ),
    Example(
        "java",
        """\
class A {
    void use(int a, int b)
    {
        if (a > 0)
        {
            if (b > 0)
            {
                touch(a, b);
            }
        }
    }
}
""",
        """\
class A {
    void use(int a, int b)
    {
        if (a > 0 && b > 0)
        {
            touch(a, b);
        }
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a) {
            if (b) {
                touch();
            } else {
                none();
            }
        }
    }
}
""",
        why="the else belongs to the inner if alone",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a) {
            begin();
            if (b) {
                touch();
            }
        }
    }
}
""",
        why="something else stands beside it",
    ),
    Example(
        "java",
        """\
class A {
    void use(Object o) {
        if (o instanceof Box b) {
            if (b.full()) {
                touch(b);
            }
        }
    }
}
""",
        declined="FLOW",
        why="the pattern variable's scope follows the test",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a) {
            // only then
            if (b) {
                touch();
            }
        }
    }
}
""",
        declined="TRIVIA",
        why="the comment belongs to the inner if",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a) {
            if (b = next()) {
                touch();
            }
        }
    }
}
""",
        declined="NATURAL",
        why="an assignment would be an operand",
    ),
)

_SPLIT_CONDITION = (
    Example(
        "java",
        """\
class A {
    void use(String key) {
        if (key != null && has(key)) {
            touch(key);
        }
    }
}
""",
        """\
class A {
    void use(String key) {
        if (key != null) {
            if (has(key)) {
                touch(key);
            }
        }
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b, boolean c) {
        if (a && b && (b || c)) {
            touch();
        }
    }
}
""",
        """\
class A {
    void use(boolean a, boolean b, boolean c) {
        if (a && b) {
            if (b || c) {
                touch();
            }
        }
    }
}
""",
        why="the last of three",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a && b)
            touch();
    }
}
""",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a) {
            if (b)
                touch();
        }
    }
}
""",
        why="braces only where there were some",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a & next(b)) {
            touch();
        }
    }
}
""",
        why="& evaluates both sides",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a && b) {
            touch();
        } else {
            none();
        }
    }
}
""",
        why="the else runs in both cases",
    ),
    Example(
        "java",
        """\
class A {
    void use(Object o) {
        if (o instanceof Box b && b.full()) {
            touch(b);
        }
    }
}
""",
        declined="FLOW",
        why="the pattern variable's scope follows the test",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a && b)
            for (int i = 0; i < 3; i++) touch(i);
    }
}
""",
        declined="REACH",
        why="the else could move to another if",
    ),
    Example(
        "java",
        """\
class A {
    void use(boolean a, boolean b) {
        if (a && (b = next())) {
            touch(b);
        }
    }
}
""",
        declined="NATURAL",
        why="an assignment would stand alone",
    ),
)

DIRECTIONS: Directions = {
    "merge-conditions": (merge_conditions, _MERGE_CONDITIONS),
    "split-condition": (split_condition, _SPLIT_CONDITION),
}
