"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.guard_clause._braces import guard_clause, nest_guard

_GUARD_CLAUSE = (
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        } else {
            // not negative
            int one = 1;
            return n == 0 ? 0 : one;
        }
    }
}
""",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        }
        // not negative
        int one = 1;
        return n == 0 ? 0 : one;
    }
}
""",
        why="no else is needed behind a return",
    ),
    Example(
        "java",
        """\
class A {
    void add(String name) {
        if (name != null) {
            names.add(name);
            changed();
        }
    }
}
""",
        """\
class A {
    void add(String name) {
        if (name == null) {
            return;
        }
        names.add(name);
        changed();
    }
}
""",
        why="the wrapped tail of a void method",
    ),
    Example(
        "java",
        """\
class A {
    void addAll(int[] all) {
        for (int n : all) {
            if (n > 0) {
                count++;
                add(n);
            }
        }
    }
}
""",
        """\
class A {
    void addAll(int[] all) {
        for (int n : all) {
            if (n <= 0) {
                continue;
            }
            count++;
            add(n);
        }
    }
}
""",
        why="the wrapped tail of a loop body",
    ),
    Example(
        "java",
        """\
class A {
    int find(String key) {
        if (has(key)) {
            touch(key);
            return get(key);
        }
        return -1;
    }
}
""",
        """\
class A {
    int find(String key) {
        if (!has(key)) {
            return -1;
        }
        touch(key);
        return get(key);
    }
}
""",
        why="the short way out comes first",
    ),
    Example(
        "java",
        """\
class A {
    void set(int n)
    {
        if (n < 0)
        {
            throw new IllegalArgumentException();
        }
        else if (n > 9)
        {
            big(n);
        }
        else
        {
            small(n);
        }
    }
}
""",
        """\
class A {
    void set(int n)
    {
        if (n < 0)
        {
            throw new IllegalArgumentException();
        }
        if (n > 9)
        {
            big(n);
        }
        else
        {
            small(n);
        }
    }
}
""",
        why="an else-if chain behind a throw",
    ),
    Example(
        "java",
        """\
class A {
    void add(double n) {
        if (n > 0) {
            count++;
            add(n);
        }
    }
}
""",
        declined="NOFLOAT",
        why="NaN is neither greater nor not greater",
    ),
    Example(
        "java",
        """\
class A {
    void add() {
        if (size > limit) {
            count++;
            grow();
        }
    }
}
""",
        declined="INTEGRAL",
        why="the type of size is unknown",
    ),
    Example(
        "java",
        """\
class A {
    int pick(int n) {
        if (n < 0) {
            return 0;
        } else {
            int part = n / 2;
            use(part);
        }
        for (int part : parts) {
            use(part);
        }
        return n;
    }
}
""",
        declined="FRESH",
        why="the freed name would meet the later one",
    ),
    Example(
        "java",
        """\
class A {
    int part;

    int pick(int n) {
        if (n < 0) {
            return 0;
        } else {
            int part = n / 2;
            use(part);
        }
        return part;
    }
}
""",
        declined="FRESH",
        why="a later field would be hidden",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (!(o instanceof Box b)) {
            return 0;
        } else {
            return b.size();
        }
    }
}
""",
        declined="FLOW",
        why="the pattern variable would be in scope afterwards",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        } else { // zero or more
            return 1;
        }
    }
}
""",
        declined="TRIVIA",
        why="the comment belongs to the else",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        int sign = 1;
        if (n < 0) {
            System.exit(1);
        } else {
            sign = 2;
        }
        return sign;
    }
}
""",
        why="System.exit returns, for the compiler",
    ),
    Example(
        "java",
        """\
class A {
    void add(int n) {
        if (n > 0 && n < 9 || all) {
            count++;
            add(n);
        }
    }
}
""",
        declined="NATURAL",
        why="its opposite would be written !(..)",
    ),
)

_NEST_GUARD = (
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        }

        // not negative
        return 1;
    }
}
""",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        } else {
            // not negative
            return 1;
        }
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    void add(String name) {
        if (name == null) {
            return;
        }
        names.add(name);
        changed();
    }
}
""",
        """\
class A {
    void add(String name) {
        if (name != null) {
            names.add(name);
            changed();
        }
    }
}
""",
        why="a bare return needs no else",
    ),
    Example(
        "java",
        """\
class A {
    void addAll(int[] all) {
        for (int n : all) {
            if (n <= 0) continue;
            count++;
            add(n);
        }
    }
}
""",
        """\
class A {
    void addAll(int[] all) {
        for (int n : all) {
            if (n > 0) {
                count++;
                add(n);
            }
        }
    }
}
""",
        why="nor does a continue",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (!(o instanceof Box b)) {
            return 0;
        }
        return b.size();
    }
}
""",
        declined="FLOW",
        why="the pattern variable is in scope only where the test has failed",
    ),
    Example(
        "java",
        """\
class A {
    void add(double n) {
        if (n < 0) {
            return;
        }
        add(n, n);
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
    int root(int n) {
        if (n < 0) {
            throw new IllegalArgumentException();
        }
        return sqrt(n);
    }
}
""",
        declined="NATURAL",
        why="an else behind a throw",
    ),
    Example(
        "java",
        """\
class A {
    String text(boolean empty) {
        if (empty) {
            return "";
        }
        return \"\"\"
            one
              two\"\"\";
    }
}
""",
        declined="NATURAL",
        why="a text block would have to move",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        if (n < 0) {
            return -1;
        } // negative
        return 1;
    }
}
""",
        declined="TRIVIA",
        why="the comment belongs to the if",
    ),
    Example(
        "java",
        """\
class A {
    int sign(int n) {
        for (int i = 0; i < n; i++) {
            if (bad(i)) {
                return -1;
            }
        }
        return 1;
    }
}
""",
        why="nothing follows in the same block",
    ),
)

DIRECTIONS: Directions = {
    "guard-clause": (guard_clause, _GUARD_CLAUSE),
    "nest-guard": (nest_guard, _NEST_GUARD),
}
