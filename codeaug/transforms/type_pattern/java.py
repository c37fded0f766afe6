"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.type_pattern._rewriting import cast_to_pattern, pattern_to_cast

_CAST_TO_PATTERN = (
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box) {
            final Box box = (Box) o;
            return box.size();
        }
        return 0;
    }
}
""",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box box) {
            return box.size();
        }
        return 0;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    public boolean equals(Object o) {
        if (this == o || !(o instanceof Box)) {
            return false;
        }

        Box other = (Box) o;
        return other.size == size;
    }
}
""",
        """\
class A {
    record P(int n) {}

    public boolean equals(Object o) {
        if (this == o || !(o instanceof Box other)) {
            return false;
        }

        return other.size == size;
    }
}
""",
        why="behind an if that leaves where the test fails",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    public boolean equals(Object o) {
        return o instanceof FirstBox && ((FirstBox) o).size == size;
    }
}
""",
        """\
class A {
    record P(int n) {}

    public boolean equals(Object o) {
        return o instanceof FirstBox firstBox && firstBox.size == size;
    }
}
""",
        why="the new name is the name of the type",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    Object first(Object o) {
        return o instanceof Box ? ((Box) o).first() : o;
    }
}
""",
        """\
class A {
    record P(int n) {}

    Object first(Object o) {
        return o instanceof Box box ? box.first() : o;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box && (o = next()) != null) {
            Box box = (Box) o;
            return box.size();
        }
        return 0;
    }
}
""",
        declined="INDEP",
        why="another object is cast",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size() {
        if (field instanceof Box) {
            return ((Box) field).size();
        }
        return 0;
    }
}
""",
        declined="INDEP",
        why="a field may change in between",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o, int box) {
        if (o instanceof Box) {
            return ((Box) o).size() + box;
        }
        return 0;
    }
}
""",
        declined="FRESH",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box) {
            Box box = (Box) o;
            use(box);
        } else {
            return 0;
        }
        return box.size();
    }
}
""",
        declined="FRESH",
        why="behind the if a field of that name would be hidden",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box) {
            Box box = (Box) o;
            return box.size();
        }
        return 0;
    }
}
""",
        declined="NATURAL",
        why="nothing shows that the file is not older than patterns",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Box o) {
        if (o instanceof Box) {
            Box box = (Box) o;
            return box.size();
        }
        return 0;
    }
}
""",
        declined="BUILTIN",
        why="before Java 21 a pattern may not hold always",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box) {
            Box box = (Box) o; // surely
            return box.size();
        }
        return 0;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof List) {
            List<String> list = (List<String>) o;
            return list.size();
        }
        return 0;
    }
}
""",
        why="the test is for another type than the cast",
    ),
    Example(
        "java",
        """\
class A {
    record P(int n) {}

    int size(Object o) {
        if (o instanceof Box || fits(o)) {
            Box box = (Box) o;
            return box.size();
        }
        return 0;
    }
}
""",
        why="the cast may fail",
    ),
)

_PATTERN_TO_CAST = (
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box box) {
            // the whole
            return box.size();
        }
        return 0;
    }
}
""",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box) {
            Box box = (Box) o;
            // the whole
            return box.size();
        }
        return 0;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    public boolean equals(final Object o) {
        final int size = size();
        if (!(o instanceof Box other)) {
            return false;
        }

        return other.size == size;
    }
}
""",
        """\
class A {
    public boolean equals(final Object o) {
        final int size = size();
        if (!(o instanceof Box)) {
            return false;
        }
        final Box other = (Box) o;

        return other.size == size;
    }
}
""",
        why="behind an if that leaves where the test fails",
    ),
    Example(
        "java",
        """\
class A {
    public boolean equals(Object o) {
        return o instanceof Box box && box.size == size;
    }
}
""",
        """\
class A {
    public boolean equals(Object o) {
        return o instanceof Box && ((Box) o).size == size;
    }
}
""",
        why="where no declaration can stand the cast is written at each use",
    ),
    Example(
        "java",
        """\
class A {
    Object first(Object o) {
        return o instanceof Box box ? box.first() : o;
    }
}
""",
        """\
class A {
    Object first(Object o) {
        return o instanceof Box ? ((Box) o).first() : o;
    }
}
""",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (!(o instanceof Box box)) {
            o = next();
            use(o);
        } else {
            return box.size();
        }
        return 0;
    }
}
""",
        declined="FLOW",
        why="the variable is in scope in the else",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box box) {
            use(box);
        } else {
            return 0;
        }
        return box.size();
    }
}
""",
        declined="FLOW",
        why="the variable is in scope behind the if",
    ),
    Example(
        "java",
        """\
class A {
    int size() {
        if (next() instanceof Box box) {
            return box.size();
        }
        return 0;
    }
}
""",
        declined="INDEP",
        why="it would be called twice",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        while (!(o instanceof Box box)) {
            o = next();
        }
        return box.size();
    }
}
""",
        declined="FLOW",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof @Cold Box box) {
            return box.size();
        }
        return 0;
    }
}
""",
        declined="TRIVIA",
    ),
    Example(
        "java",
        """\
class A {
    int size(Object o) {
        if (o instanceof Box(int size)) {
            return size;
        }
        return 0;
    }
}
""",
        why="a record is taken apart",
    ),
)

DIRECTIONS: Directions = {
    "cast-to-pattern": (cast_to_pattern, _CAST_TO_PATTERN),
    "pattern-to-cast": (pattern_to_cast, _PATTERN_TO_CAST),
}
