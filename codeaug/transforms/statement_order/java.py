"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.statement_order._braces import (
    move_to_first_use,
    split_declaration,
    swap_statements,
)


def _method(body: str, rest: str = "") -> str:
    return f"class A {{\n{rest}    void f(String name, int n) {{\n{body}    }}\n}}\n"


_MOVE = (
    Example(
        "java",
        _method("""\
        int count = 0;
        open(name);
        while (more()) {
            count++;
        }
        use(count);
"""),
        _method("""\
        open(name);
        int count = 0;
        while (more()) {
            count++;
        }
        use(count);
"""),
        why="nothing in between can see a local variable",
    ),
    Example(
        "java",
        _method("""\
        String line; // the last one

        log(name);
        // read it
        line = read(name);
        use(line);
"""),
        declined="TRIVIA",
        why="the comment would be lost",
    ),
    Example(
        "java",
        _method("""\
        String line;

        log(name);
        // read it
        line = read(name);
        use(line);
"""),
        _method("""\
        log(name);
        // read it
        String line = read(name);
        use(line);
"""),
        why="the first assignment becomes the declaration",
    ),
    Example(
        "java",
        _method("""\
        int half = n / 2; // rounded down
        if (n == 0) {
            n = 1;
        }
        use(half);
"""),
        declined="INDEP",
        why="n changes in between",
    ),
    Example(
        "java",
        _method("""\
        final int most = n + 1; // inclusive
        if (name == null) {
            return;
        }

        // now for good
        use(most);
"""),
        _method("""\
        if (name == null) {
            return;
        }

        final int most = n + 1; // inclusive
        // now for good
        use(most);
"""),
        why="the comment on its line goes along, the one above the use stays there",
    ),
    Example(
        "java",
        _method("""\
        int size = size();
        if (name == null) {
            return;
        }
        use(size);
"""),
        declined="INDEP",
        why="size() would not be called where the method returns",
    ),
    Example(
        "java",
        _method(
            """\
        int before = total;
        add(n);
        use(before);
""",
            "    int total;\n",
        ),
        declined="INDEP",
        why="add may change the field",
    ),
    Example(
        "java",
        _method("""\
        int digit = name.length();
        this.size = n;
        use(digit);
"""),
        declined="INDEP",
        why="a null name would fail after the field is written",
    ),
    Example(
        "java",
        _method(
            """\
        int first = total;
        {
            int total = 3;
            n = total;
        }
        use(first);
""",
            "    int total;\n",
        ),
        declined="FRESH",
        why="total is another variable in there",
    ),
    Example(
        "java",
        _method("""\
        int count = 0;
        int other = 1;
        use(count, other);
"""),
        why="only declarations stand in between",
    ),
    Example(
        "java",
        _method("""\
        int a = 0, b = 1;
        log(name);
        use(a, b);
"""),
        why="two names in one declaration",
    ),
    Example(
        "java",
        _method("""\
        int count = 0;
        count = count + n;
        use(count);
"""),
        why="it is used at once",
    ),
    Example(
        "java",
        """\
class A {
    int count(int n) {
        final boolean on;
        n++;
        on = true;
        while (on) {
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

_SWAP = (
    Example(
        "java",
        _method("""\
        int count = 0;
        String line = read(name);
        use(count, line);
"""),
        _method("""\
        String line = read(name);
        int count = 0;
        use(count, line);
"""),
        why="0 can be made at any time",
    ),
    Example(
        "java",
        _method(
            """\
        this.size = n;
        this.label = name;
""",
            "    private int size;\n    private String label;\n",
        ),
        _method(
            """\
        this.label = name;
        this.size = n;
""",
            "    private int size;\n    private String label;\n",
        ),
        why="two fields, neither of which is read",
    ),
    Example(
        "java",
        "import java.util.ArrayList;\n\n"
        + _method("""\
        List<String> found = new ArrayList<>(); // in order
        for_each(name);
        use(found);
"""),
        "import java.util.ArrayList;\n\n"
        + _method("""\
        for_each(name);
        List<String> found = new ArrayList<>(); // in order
        use(found);
"""),
        why="an empty list of java.util is only made; its comment goes along",
    ),
    Example(
        "java",
        _method("""\
        int a = f();
        int b = g();
        use(a, b);
"""),
        declined="INDEP",
        why="f and g may do anything",
    ),
    Example(
        "java",
        _method("""\
        int half = n / 2;
        n = 0;
        use(half, n);
"""),
        declined="INDEP",
        why="the value would be another",
    ),
    Example(
        "java",
        _method(
            """\
        this.size = n;
        this.label = name;
""",
            "    private volatile int size;\n    private String label;\n",
        ),
        declined="INDEP",
        why="other threads may watch a volatile field",
    ),
    Example(
        "java",
        _method("""\
        int state = 0;
        try {
            int found = read(name);
            state = 1;
            use(found);
        } finally {
            use(state);
        }
"""),
        declined="INDEP",
        why="where read fails, finally would see another state",
    ),
    Example(
        "java",
        _method("""\
        int state = 0;
        try (Reader reader = open(name)) {
            n = reader.size();
            state = 1;
        } catch (IOException e) {
            use(state);
        }
"""),
        declined="INDEP",
        why="where size fails, the handler would see another state",
    ),
    Example(
        "java",
        _method(
            """\
        int first = total;
        int total = 3;
        use(first, total);
""",
            "    int total;\n",
        ),
        declined="INDEP",
        why="total would be the local variable",
    ),
    Example(
        "java",
        _method("""\
        int start = 0;
        int end = n;
        use(start, end);
"""),
        declined="NATURAL",
        why="everybody writes the start first",
    ),
    Example(
        "java",
        _method(
            """\
        this.label = name;
        this.size = n;
""",
            "    private int size;\n    private String label;\n",
        ),
        declined="NATURAL",
        why="they follow the parameters",
    ),
    Example(
        "java",
        _method("""\
        // both at the beginning
        int count = 0;
        String line = "";
        use(count, line);
"""),
        declined="TRIVIA",
        why="the comment may speak of both",
    ),
    Example(
        "java",
        _method("""\
        int count = 0;

        String line = "";
        return;
"""),
        why="two paragraphs",
    ),
    Example(
        "java",
        "class A extends B {\n    int size;\n    A(int n) {\n        super(n);\n"
        "        this.size = n;\n    }\n}\n",
        why="nothing comes before the constructor of the class above",
    ),
    Example(
        "java",
        "class A {\n    int most(int a) {\n        a = 3;\n        return a;\n    }\n}\n",
        why="nothing comes after a return",
    ),
    Example(
        "java",
        """\
class A {
    int width;
    String name;
    A next;

    void copy(A other) {
        this.width = other.width;
        this.name = other.name;
    }
}
""",
        """\
class A {
    int width;
    String name;
    A next;

    void copy(A other) {
        this.name = other.name;
        this.width = other.width;
    }
}
""",
        why="two fields of one object, of other names: where it is null, either fails first",
    ),
    Example(
        "java",
        """\
class A {
    int width;
    String name;
    A next;

    void copy(A other) {
        this.width = 1;
        this.name = other.name;
    }
}
""",
        declined="INDEP",
        why="with a null, the width would not be set any more",
    ),
    Example(
        "java",
        """\
class A {
    int width;
    int height;

    void turn(A other) {
        this.width = other.height;
        this.height = other.width;
    }
}
""",
        declined="INDEP",
        why="the other may be this very object",
    ),
    Example(
        "java",
        """\
class A {
    int width;
    int height;

    void copy(A other, boolean deep) {
        this.width = other.width;
        this.height = deep ? other.height : 0;
    }
}
""",
        declined="INDEP",
        why="with a null, the height would be set now",
    ),
)

_SPLIT = (
    Example(
        "java",
        _method("        int size = 0, most = n;\n        use(size, most);\n"),
        _method("        int size = 0;\n        int most = n;\n        use(size, most);\n"),
        why="in their order: most could need size",
    ),
    Example(
        "java",
        _method("        final int a[] = {1}, b = n;\n        use(a, b);\n"),
        _method("        final int a[] = {1};\n        final int b = n;\n        use(a, b);\n"),
        why="the brackets belong to the one name",
    ),
    Example(
        "java",
        _method("        List<String> in, out; // open\n        in = out = make();\n"),
        _method(
            "        List<String> in;\n        List<String> out; // open\n"
            "        in = out = make();\n"
        ),
    ),
    Example(
        "java",
        _method("        int size, // of all\n            most;\n"),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        _method("        for (int i = 0, j = n; i < j; i++) {\n            use(i);\n        }\n"),
        why="the head of a loop has room for one declaration",
    ),
    Example(
        "java",
        _method("        int size = 0;\n        use(size);\n"),
        why="one name only",
    ),
    Example(
        "java",
        _method("        if (n > 0) { int a, b; }\n"),
        declined="NATURAL",
        why="the block is one line",
    ),
)

DIRECTIONS: Directions = {
    "move-to-first-use": (move_to_first_use, _MOVE),
    "swap-statements": (swap_statements, _SWAP),
    "split-declaration": (split_declaration, _SPLIT),
}
