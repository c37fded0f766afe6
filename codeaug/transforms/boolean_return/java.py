"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.boolean_return._braces import expand_boolean_return, simplify_boolean_return

_SIMPLIFY_BOOLEAN_RETURN = (
    Example(
        "java",
        """\
class A {
    boolean isSmall(int n) {
        if (n < 10) {
            return true;
        }
        return false;
    }
}
""",
        """\
class A {
    boolean isSmall(int n) {
        return n < 10;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    boolean isSet(String name) {
        if (name == null)
            return false;
        else
            return true;
    }
}
""",
        """\
class A {
    boolean isSet(String name) {
        return name != null;
    }
}
""",
        why="the other way round",
    ),
    Example(
        "java",
        """\
class A {
    boolean isOpen() {
        if (!closed()) {
            return true;
        } else {
            return false;
        }
    }
}
""",
        """\
class A {
    boolean isOpen() {
        return !closed();
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    Boolean isSmall(int n) {
        if (n < 10) {
            return true;
        }
        return false;
    }
}
""",
        declined="BOOLVAL",
        why="a Boolean object is returned",
    ),
    Example(
        "java",
        """\
class A {
    boolean isBig(double n) {
        if (n < 10) {
            return false;
        }
        return true;
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
    boolean isSmall(int n) {
        if (n == 0) {
            return true;
        } else if (n < 10) {
            return true;
        } else {
            return false;
        }
    }
}
""",
        declined="NATURAL",
        why="the end of an else-if chain",
    ),
    Example(
        "java",
        """\
class A {
    boolean isSmall(int n) {
        if (n < 10) {
            return true; // one digit
        }
        return false;
    }
}
""",
        declined="TRIVIA",
        why="the comment would be lost",
    ),
    Example(
        "java",
        """\
class A {
    Object test(int n) {
        return match(() -> {
            if (n < 10) {
                return true;
            }
            return false;
        });
    }
}
""",
        declined="BOOLVAL",
        why="the lambda's result is inferred",
    ),
    Example(
        "java",
        """\
class A {
    boolean isSmall(int n) {
        if (n < 10) {
            return true;
        }
        return true;
    }
}
""",
        why="both ways the same",
    ),
)

_EXPAND_BOOLEAN_RETURN = (
    Example(
        "java",
        """\
class A {
    boolean isSmall(int n) {
        return n < 10;
    }
}
""",
        """\
class A {
    boolean isSmall(int n) {
        if (n < 10) {
            return true;
        }
        return false;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    boolean fits(String key, int most) {
        if(most < 0) {
            throw new IllegalArgumentException();
        }
        return key != null && key.length() < most;
    }
}
""",
        """\
class A {
    boolean fits(String key, int most) {
        if(most < 0) {
            throw new IllegalArgumentException();
        }
        if(key != null && key.length() < most) {
            return true;
        }
        return false;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    boolean isBox(Object o) {
        return (o instanceof Box);
    }
}
""",
        """\
class A {
    boolean isBox(Object o) {
        if (o instanceof Box) {
            return true;
        }
        return false;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    Boolean isSmall(int n) {
        return n < 10;
    }
}
""",
        declined="BOOLVAL",
        why="a Boolean object is returned",
    ),
    Example(
        "java",
        """\
class A {
    Object isSmall(int n) {
        return n == 10;
    }
}
""",
        declined="BOOLVAL",
        why="Object would box another way",
    ),
    Example(
        "java",
        """\
class A {
    boolean isFull(Object o) {
        return o instanceof Box b && b.full();
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
    boolean fits(String key, int most) {
        return key != null
            && key.length() < most;
    }
}
""",
        declined="NATURAL",
        why="a condition of several lines",
    ),
    Example(
        "java",
        """\
class A {
    boolean isOpen() {
        return state();
    }
}
""",
        why="a plain call",
    ),
    Example(
        "java",
        """\
class A {
    Object test(int n) {
        return match(() -> {
            return n < 10;
        });
    }
}
""",
        declined="BOOLVAL",
        why="the lambda's result is inferred",
    ),
)

DIRECTIONS: Directions = {
    "simplify-boolean-return": (simplify_boolean_return, _SIMPLIFY_BOOLEAN_RETURN),
    "expand-boolean-return": (expand_boolean_return, _EXPAND_BOOLEAN_RETURN),
}
