"""What explicit_this does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Example, Vocabulary

_SAYS_THIS = Vocabulary(forms=frozenset({"this.field", "this.call()"}))

DROP_THIS = (
    Example(
        "java",
        """\
class A {
    private int size;
    private int most;

    int grown(int n) {
        this.size += n;
        return this.most - this.size;
    }
}
""",
        """\
class A {
    private int size;
    private int most;

    int grown(int n) {
        size += n;
        return most - size;
    }
}
""",
        why="no local variable has these names",
    ),
    Example(
        "java",
        """\
class A extends B {
    void put(int size) {
        this.grow(size);
    }
}
""",
        """\
class A extends B {
    void put(int size) {
        grow(size);
    }
}
""",
        why="a method that the class has, be it inherited, is found first",
    ),
    Example(
        "java",
        """\
class A {
    private final int size;

    A(int size, int n) {
        this.size = size;
        this.keep(this.size);
    }
}
""",
        """\
class A {
    private final int size;

    A(int size, int n) {
        this.size = size;
        keep(this.size);
    }
}
""",
        why="the method only: the parameter has the field's name",
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    void put(int size) {
        this.size = size;
    }
}
""",
        why="the parameter has that name",
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    void put(Object o) {
        if (o instanceof Integer size) {
            this.size = size;
        }
    }
}
""",
        why="a pattern variable has that name",
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    void put(List<Integer> all) {
        all.forEach(size -> this.size += size);
    }
}
""",
        why="a lambda's parameter has that name",
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    Runnable later() {
        return new Runnable() {
            public void run() {
                this.size();
                A.this.size = 1;
            }
            void size() {}
        };
    }
}
""",
        unit="A.later",
        why="`this` of another class",
    ),
    Example(
        "java",
        """\
class A {
    private final boolean on = true;

    int f() {
        while (this.on) {
            step();
        }
        return 1;
    }
}
""",
        declined="BUILTIN",
        why="by its simple name it is a constant, and nothing behind the loop can be reached",
    ),
    Example(
        "java",
        """\
class A extends B {
    int f() {
        return this.size;
    }
}
""",
        declined="BUILTIN",
        why="what another file declares may be a constant",
    ),
    Example(
        "java",
        """\
class A {
    private final int size;
    private final Supplier<Integer> got;

    A(int n) {
        got = () -> this.size;
        size = n;
    }
}
""",
        declined="DA",
        why="the lambda stands before the assignment",
    ),
    Example(
        "java",
        """\
class A {
    int f() {
        return this.<String>size("a");
    }
}
""",
        why="type arguments need a receiver",
    ),
    Example(
        "java",
        """\
class A {
    int size;

    int f() {
        return this. /* the old one */ size;
    }
}
""",
        declined="TRIVIA",
    ),
)

WRITE_THIS = (
    Example(
        "java",
        """\
class A {
    private String text;

    String text() {
        return text;
    }
}
""",
        """\
class A {
    private String text;

    String text() {
        return this.text;
    }
}
""",
        why="the method's own name is no field",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private int size;
    private int most;

    int grown(int n) {
        size += n;
        return most - size;
    }
}
""",
        """\
class A {
    private int size;
    private int most;

    int grown(int n) {
        this.size += n;
        return this.most - this.size;
    }
}
""",
        unit="A.grown",
        why="the repository writes it so elsewhere",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    void put(int n) {
        keep(n);
    }

    void keep(int n) {
        n++;
    }
}
""",
        """\
class A {
    void put(int n) {
        this.keep(n);
    }

    void keep(int n) {
        n++;
    }
}
""",
        unit="A.put",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private Option b;

    void use(List<Option> all) {
        show(all.stream().map(Option::b), b::size);
    }
}
""",
        """\
class A {
    private Option b;

    void use(List<Option> all) {
        show(all.stream().map(Option::b), this.b::size);
    }
}
""",
        unit="A.use",
        why="a method that is referred to by the same name is no field",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    void put(int size) {
        this.size = size;
    }

    int got() {
        return size;
    }
}
""",
        unit="A.got",
        declined="NATURAL",
        why="the repository says it only where it must",
    ),
    Example(
        "java",
        """\
class A {
    private static int size;
    private int most;

    int got() {
        return size;
    }
}
""",
        unit="A.got",
        why="a static field is no part of the object",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    class B {
        int got() {
            return size;
        }
    }
}
""",
        unit="A.B.got",
        why="the field of an outer object",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private final int size = 3;
    private int most;

    byte got() {
        byte b = size;
        return b;
    }
}
""",
        unit="A.got",
        declined="BUILTIN",
        why="only the simple name is a constant, which a byte can take",
        vocabulary=_SAYS_THIS,
    ),
    Example(
        "java",
        """\
class A {
    private int size;

    Runnable later() {
        return new Runnable() {
            public void run() {
                size = 1;
            }
        };
    }
}
""",
        unit="A.later",
        why="`this` would be another object",
        vocabulary=_SAYS_THIS,
    ),
)
