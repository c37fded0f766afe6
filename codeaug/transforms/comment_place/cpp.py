"""Where comments stand in C++."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.comment_place._braces import above, beside
from codeaug.transforms.comment_place._examples import above_examples, beside_examples

_ABOVE = (
    *above_examples("cpp"),
    Example(
        "cpp",
        """\
int f(int x) {
    if (x > 0) { // there is one
        g(x);
    }
    return x;
}
""",
        why="it may be about the branch",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    if (x > 0)
        g(x); // one for all
    return x;
}
""",
        why="no place for a line of its own",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    switch (x) {
        case 1: g(x); // one for all
    }
    return x;
}
""",
        why="it may be about the case",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    int y = g(x,
            1); // one for all
    return y;
}
""",
        why="a statement of several lines",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    for (int i = 0; i < x; i++) g(i); // one for all
    return x;
}
""",
        why="no simple statement",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    g(x); /* one for all */
    return x;
}
""",
        """\
int f(int x) {
    /* one for all */
    g(x);
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    g(x); ///< one for all
    return x;
}
""",
        declined="TRIVIA",
        why="for a documentation tool",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    const char* y = R"(
      g(x); // one for all
    )";
    return x;
}
""",
        why="a raw string",
    ),
    Example(
        "cpp",
        "int f(int x) {\r\n\tg(x); // one for all\r\n}\r\n",
        "int f(int x) {\r\n\t// one for all\r\n\tg(x);\r\n}\r\n",
    ),
)

_BESIDE = (
    *beside_examples("cpp"),
    Example(
        "cpp",
        """\
int f(int x) {
    // one for all
    if (x > 0) {
        g(x);
    }

    return x;
}
""",
        why="more than a simple statement",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // one for all
    g(x); // NOLINT

    return x;
}
""",
        why="there is one already",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    if (x > 0) {
        // one for all
        g(x);
    }
    return x;
}
""",
        """\
int f(int x) {
    if (x > 0) {
        g(x); // one for all
    }
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    if (x > 0)
        // one for all
        g(x);

    return x;
}
""",
        why="no block",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /** one for all */
    int y = 1;

    return y;
}
""",
        why="documentation",
    ),
)

DIRECTIONS: Directions = {
    "comment-above": (above, _ABOVE),
    "comment-beside": (beside, _BESIDE),
}
