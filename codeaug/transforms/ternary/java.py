"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.ternary._braces import if_to_ternary, ternary_to_if

_TERNARY_TO_IF = (
    Example(
        "java",
        """\
class A {
    int most(int a, int b) {
        return a > b ? a : b;
    }
}
""",
        """\
class A {
    int most(int a, int b) {
        if (a > b) {
            return a;
        }
        return b;
    }
}
""",
        why="both arms are int",
    ),
    Example(
        "java",
        """\
class A {
    String name(Box box) {
        String name = box == null ? null : box.name();
        return name;
    }
}
""",
        """\
class A {
    String name(Box box) {
        String name;
        if (box == null) {
            name = null;
        } else {
            name = box.name();
        }
        return name;
    }
}
""",
        why="null makes it a reference conditional",
    ),
    Example(
        "java",
        """\
class A {
    void grow(boolean fast) {
        int step = 0;
        step = fast ? 2 : 1;
        use(step);
    }
}
""",
        """\
class A {
    void grow(boolean fast) {
        int step = 0;
        if (fast) {
            step = 2;
        } else {
            step = 1;
        }
        use(step);
    }
}
""",
        why="a local variable is a simple target",
    ),
    Example(
        "java",
        """\
class A {
    void log(boolean deep) {
        final String mark = deep ? "in " + name() : "out";
        use(mark);
    }
}
""",
        """\
class A {
    void log(boolean deep) {
        final String mark;
        if (deep) {
            mark = "in " + name();
        } else {
            mark = "out";
        }
        use(mark);
    }
}
""",
        why="final stays: it is assigned once either way",
    ),
    Example(
        "java",
        """\
class A {
    Object pick(boolean c) {
        return c ? 1 : 2.0;
    }
}
""",
        declined="BUILTIN",
        why="1 becomes 1.0",
    ),
    Example(
        "java",
        """\
class A {
    Integer pick(boolean c, Integer boxed) {
        return c ? boxed : 0;
    }
}
""",
        declined="BUILTIN",
        why="unboxing null would fail only with the conditional",
    ),
    Example(
        "java",
        """\
class A {
    private Option[] options;

    void put(Option... given) {
        this.options = given == null ? none() : given.clone();
    }
}
""",
        """\
class A {
    private Option[] options;

    void put(Option... given) {
        if (given == null) {
            this.options = none();
        } else {
            this.options = given.clone();
        }
    }
}
""",
        why="nothing that an array holds was boxed or unboxed",
    ),
    Example(
        "java",
        """\
class A<T> {
    T pick(boolean c) {
        return c ? one() : two();
    }
}
""",
        declined="BUILTIN",
        why="T may be Integer",
    ),
    Example(
        "java",
        """\
class A {
    Comparable<?> pick(boolean c) {
        return c ? one() : two();
    }
}
""",
        declined="BUILTIN",
        why="numbers are comparable",
    ),
    Example(
        "java",
        """\
class A {
    Object pick(boolean c) {
        return c ? one() : two();
    }
}
""",
        declined="BUILTIN",
        why="the arms' types are not known",
    ),
    Example(
        "java",
        """\
class A {
    void pick(boolean c) {
        var mark = c ? "a" : "b";
        use(mark);
    }
}
""",
        declined="BUILTIN",
        why="var takes its type from the value",
    ),
    Example(
        "java",
        """\
class A {
    void pick(int[] all, int i, boolean c) {
        all[i++] = c ? 1 : 2;
    }
}
""",
        declined="INDEP",
        why="the index is evaluated before the condition",
    ),
    Example(
        "java",
        """\
class A {
    void pick() {
        final int mode = DEBUG ? 1 : 2;
        use(mode);
    }
}
""",
        declined="DA",
        why="a constant variable would be none any more",
    ),
    Example(
        "java",
        """\
class A {
    Runnable pick(boolean c) {
        return c ? null : () -> use(c);
    }
}
""",
        declined="NOCAP",
        why="a lambda needs its target type",
    ),
    Example(
        "java",
        """\
class A {
    String name(Object o) {
        return o instanceof Box b ? "a" : "b";
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
    int most(int a, int b) {
        return a > b // the greater
            ? a
            : b;
    }
}
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        """\
class A {
    String name(boolean trim, String text) {
        text = trim ? text.trim() : text;
        return text;
    }
}
""",
        declined="NATURAL",
        why="nobody assigns a variable to itself",
    ),
)

_IF_TO_TERNARY = (
    Example(
        "java",
        """\
class A {
    int most(int a, int b) {
        if (a > b) {
            return a;
        }
        return b;
    }
}
""",
        """\
class A {
    int most(int a, int b) {
        return a > b ? a : b;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void pick(boolean c) {
        String mark;
        if (c) {
            mark = "a";
        } else {
            mark = "b";
        }
        use(mark);
    }
}
""",
        """\
class A {
    void pick(boolean c) {
        String mark = c ? "a" : "b";
        use(mark);
    }
}
""",
        why="the declaration takes its value",
    ),
    Example(
        "java",
        """\
class A {
    String name(Box box) {
        if (box == null)
            return null;
        else
            return box.name();
    }
}
""",
        """\
class A {
    String name(Box box) {
        return box == null ? null : box.name();
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    Object pick(boolean c) {
        if (c) {
            return 1;
        }
        return 2.0;
    }
}
""",
        declined="BUILTIN",
        why="1 would become 1.0",
    ),
    Example(
        "java",
        """\
class A {
    Option pick(boolean c) {
        if (c) {
            return one();
        }
        return two();
    }
}
""",
        """\
class A {
    Option pick(boolean c) {
        return c ? one() : two();
    }
}
""",
        why="an Option is no number",
    ),
    Example(
        "java",
        """\
class A {
    <T> T pick(boolean c) {
        if (c) {
            return one();
        }
        return two();
    }
}
""",
        declined="BUILTIN",
        why="T may be Integer",
    ),
    Example(
        "java",
        """\
class A {
    Integer pick(boolean c, Integer boxed) {
        if (c) {
            return boxed;
        } else {
            return 0;
        }
    }
}
""",
        declined="BUILTIN",
        why="null would be unboxed",
    ),
    Example(
        "java",
        """\
class A {
    void pick(boolean c) {
        byte b;
        if (c) {
            b = 1;
        } else {
            b = 2;
        }
        use(b);
    }
}
""",
        declined="BUILTIN",
        why="a conditional of two ints may not fit a byte",
    ),
    Example(
        "java",
        """\
class A {
    void pick(int[] all, int i, boolean c) {
        if (c) {
            all[i++] = 1;
        } else {
            all[i++] = 2;
        }
    }
}
""",
        declined="INDEP",
        why="the index is evaluated after the condition",
    ),
    Example(
        "java",
        """\
class A {
    int pick(boolean c, boolean d) {
        if (c) {
            return d ? 1 : 2;
        }
        return 3;
    }
}
""",
        declined="NATURAL",
        why="nobody nests it",
    ),
    Example(
        "java",
        """\
class A {
    int most(int a, int b) {
        if (a > b) {
            return a; // the greater
        }
        return b;
    }
}
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        """\
class A {
    void pick(boolean c, int n) {
        if (c) {
            n += 1;
        } else {
            n += 2;
        }
        use(n);
    }
}
""",
        why="a compound assignment adds",
    ),
    Example(
        "java",
        """\
class A {
    String name(Object o) {
        if (o instanceof String s) {
            return s;
        }
        return "b";
    }
}
""",
        declined="FLOW",
        why="the pattern variable is used in one arm",
    ),
    Example(
        "java",
        """\
class A {
    static final int MOST = 3;

    int count(int n) {
        final int least;
        if (MOST > 2) {
            least = 1;
        } else {
            least = 2;
        }
        while (least == 1) {
            if (n++ > 9) {
                return n;
            }
        }
        return 0;
    }
}
""",
        declined="DA",
        why="what follows a loop over a constant is not reached",
    ),
)

DIRECTIONS: Directions = {
    "ternary-to-if": (ternary_to_if, _TERNARY_TO_IF),
    "if-to-ternary": (if_to_ternary, _IF_TO_TERNARY),
}
