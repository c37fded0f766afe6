"""What append_chain does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example

SPLIT = (
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append("n: ").append(n);
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append("n: ");
        b.append(n);
        return b.toString();
    }
}
""",
        why="append returns the builder itself",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuffer b, int n) {
        b.append("n: ").append(n).append('.');
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuffer b, int n) {
        b.append("n: ");
        b.append(n);
        b.append('.');
        return b.toString();
    }
}
""",
        why="a StringBuffer",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(b.length()).append(n);
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(b.length());
        b.append(n);
        return b.toString();
    }
}
""",
        why="in the same order",
    ),
    Example(
        "java",
        """\
class A {
    String f(Appendable b, int n) {
        b.append("n: ").append(n);
        return b.toString();
    }
}
""",
        declined="BUILTIN",
        why="it may return another",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1).append((b = new StringBuilder()).length());
        return b.toString();
    }
}
""",
        declined="INDEP",
        why="the variable is another one by then",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1).append(2).append(3).append(4).append(5);
        return "";
    }
}
""",
        declined="NATURAL",
        why="so many lines for one",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        if (n > 0)
            b.append(1).append(2);
        return "";
    }
}
""",
        declined="NATURAL",
        why="a statement without a block",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1)
            // the rest
            .append(2);
        return "";
    }
}
""",
        declined="TRIVIA",
    ),
)

CHAIN = (
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append("n: ");
        b.append(n);
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append("n: ").append(n);
        return b.toString();
    }
}
""",
        why="append returns the builder itself",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuffer b, int n) {
        b.append("n: ");
        b.append(n);
        b.append('.');
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuffer b, int n) {
        b.append("n: ").append(n).append('.');
        return b.toString();
    }
}
""",
        why="a StringBuffer",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(b.length());
        b.append(n);
        return b.toString();
    }
}
""",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(b.length()).append(n);
        return b.toString();
    }
}
""",
        why="in the same order",
    ),
    Example(
        "java",
        """\
class A {
    String f(Appendable b, int n) {
        b.append("n: ");
        b.append(n);
        return b.toString();
    }
}
""",
        declined="BUILTIN",
        why="it may return another",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1);
        b.append((b = new StringBuilder()).length());
        return b.toString();
    }
}
""",
        declined="INDEP",
        why="the variable is another one by then",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1);
        // the rest
        b.append(2);
        return "";
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1);
        use(b);
        b.append(2);
        return "";
    }
}
""",
        why="something between",
    ),
    Example(
        "java",
        """\
class A {
    String f(StringBuilder b, int n) {
        b.append(1);
        b.setLength(0);
        return "";
    }
}
""",
        why="another method",
    ),
)
