"""Forms of comments in C++."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.comment_form._braces import to_block, to_lines

_LINES = (
    Example(
        "cpp",
        """\
int f(int x) {
    /* one for all */
    return x; // 1
    // two more
}
""",
        """\
int f(int x) {
    // one for all
    return x; // 1
    // two more
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // all for one
    g(x);
    /*
     * one for all,
     *   all for one
     */
    return x;
}
""",
        """\
int f(int x) {
    // all for one
    g(x);
    // one for all,
    //   all for one
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // all for one
    g(x);
    /* one for all,
       all for one */
    return x;
}
""",
        """\
int f(int x) {
    // all for one
    g(x);
    // one for all,
    // all for one
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // two more
    g(/* one for all */ 1);
    return x;
}
""",
        why="code stands on its line",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // two more
    /** one for all */
    int y = 1;
    return x;
}
""",
        why="documentation",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // two more
    /* NOSONAR one for all */
    return x;
}
""",
        declined="TRIVIA",
        why="an order to a tool",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // two more
    /* one for all
       g(x); */
    return x;
}
""",
        declined="TRIVIA",
        why="code",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // two more
    /*************
     * one for all *
     *************/
    return x;
}
""",
        declined="TRIVIA",
        why="a box",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* one for all */
    return x;
}
""",
        declined="NATURAL",
        why="the file has no line comments",
    ),
)

_BLOCK = (
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    // one for all
    return x;
}
""",
        """\
int f(int x) {
    /* all for one */
    g(x);
    /* one for all */
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /*
     * all for one
     */
    g(x);
    // one for all,
    //   all for one
    return x;
}
""",
        """\
int f(int x) {
    /*
     * all for one
     */
    g(x);
    /*
     * one for all,
     *   all for one
     */
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /*
     * all for one
     */
    g(x);
    // one for all
    //
    // all for one
    return x;
}
""",
        """\
int f(int x) {
    /*
     * all for one
     */
    g(x);
    /*
     * one for all
     *
     * all for one
     */
    return x;
}
""",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    // one for all
    return x;
}
""",
        declined="NATURAL",
        why="the file has no block comments",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x); // one for all
    return x;
}
""",
        why="beside code",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    // TODO: one for all
    return x;
}
""",
        declined="TRIVIA",
        why="work to do",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    // one for a*/ll
    return x;
}
""",
        declined="TRIVIA",
        why="it would end there",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    // $FALL-THROUGH$ to all
    return x;
}
""",
        declined="TRIVIA",
        why="an order to a tool",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    // Falls through to all
    return x;
}
""",
        declined="TRIVIA",
        why="a compiler reads it",
    ),
    Example(
        "cpp",
        """\
int f(int x) {
    /* all for one */
    g(x);
    /// one for all
    return x;
}
""",
        why="documentation",
    ),
)

DIRECTIONS: Directions = {
    "line-comments": (to_lines, _LINES),
    "block-comment": (to_block, _BLOCK),
}
