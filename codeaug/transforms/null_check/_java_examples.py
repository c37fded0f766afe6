"""What null_check does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

SPELL_OUT = (
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, "o");
        use(o);
    }
}
""",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException("o");
        }
        use(o);
    }
}
""",
        why="both throw the same for null",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o);
        use(o);
    }
}
""",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException();
        }
        use(o);
    }
}
""",
        why="without a text",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    private Object kept;

    void f(Object o, String text) {
        this.kept = Objects.requireNonNull(o, "o");
    }
}
""",
        """\
import java.util.Objects;

class A {
    private Object kept;

    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException("o");
        }
        this.kept = o;
    }
}
""",
        why="the value of an assignment",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(made(), "o");
    }
}
""",
        declined="PURE",
        why="it would be made twice",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, text());
    }
}
""",
        declined="PURE",
        why="the text would be made only for null",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, () -> "o");
    }
}
""",
        declined="PURE",
        why="what a supplier is asked for",
    ),
    Example(
        "java",
        """\
import other.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, "o");
    }
}
""",
        declined="BUILTIN",
        why="another class of that name",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        kept[index()] = Objects.requireNonNull(o);
    }
}
""",
        why="the index is evaluated first",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (text != null)
            Objects.requireNonNull(o, "o");
    }
}
""",
        declined="NATURAL",
        why="a statement without a block",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(int n) {
        Objects.requireNonNull(n);
    }
}
""",
        declined="BUILTIN",
        why="a number is never null",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o) {
        o = Objects.requireNonNull(o, "o");
    }
}
""",
        declined="NATURAL",
        why="o would be assigned to itself",
    ),
)

REQUIRE = (
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException("o");
        }
        use(o);
    }
}
""",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, "o");
        use(o);
    }
}
""",
        why="both throw the same for null",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException();
        }
        use(o);
    }
}
""",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o);
        use(o);
    }
}
""",
        why="without a text",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (null == o) {
            throw new NullPointerException("o");
        }
        use(o);
    }
}
""",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        Objects.requireNonNull(o, "o");
        use(o);
    }
}
""",
        why="null on the left",
    ),
    Example(
        "java",
        """\
class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException("o");
        }
        use(o);
    }
}
""",
        declined="BUILTIN",
        why="Objects is not imported",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new NullPointerException("o" + text);
        }
        use(o);
    }
}
""",
        declined="PURE",
        why="the text is made only for null",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            throw new IllegalArgumentException("o");
        }
    }
}
""",
        why="another exception",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    private Object kept;

    void f(Object o, String text) {
        if (kept == null) {
            throw new NullPointerException("kept");
        }
    }
}
""",
        declined="PURE",
        why="another thread may change a field between",
    ),
    Example(
        "java",
        """\
import java.util.Objects;

class A {
    void f(Object o, String text) {
        if (o == null) {
            // as before
            throw new NullPointerException("o");
        }
    }
}
""",
        declined="TRIVIA",
    ),
)
