"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.invert_if._braces import invert_if

_INVERT_IF = (
    Example(
        "cpp",
        """\
void show(Node *node)
{
    if (node == nullptr) {
        none();
    } else {
        use(node);
    }
}
""",
        """\
void show(Node *node)
{
    if (node != nullptr) {
        use(node);
    } else {
        none();
    }
}
""",
        why="pointers compare as they are",
    ),
    Example(
        "cpp",
        """\
int step(int a, int b)
{
    if (a < b)
        return 1;
    else
        return -1;
}
""",
        """\
int step(int a, int b)
{
    if (a >= b)
        return -1;
    else
        return 1;
}
""",
        why="no int is both less and not less",
    ),
    Example(
        "cpp",
        """\
void close()
{
    if (!is_open())
    {
        none(); // nothing to do
    }
    else
    {
        // really
        stop();
    }
}
""",
        """\
void close()
{
    if (is_open())
    {
        // really
        stop();
    }
    else
    {
        none(); // nothing to do
    }
}
""",
        why="a negation is dropped",
    ),
    Example(
        "cpp",
        """\
int step(double a, double b)
{
    if (a < b) {
        return 1;
    } else {
        return -1;
    }
}
""",
        declined="NOFLOAT",
        why="NaN would change branches",
    ),
    Example(
        "cpp",
        """\
int step(Money a, Money b)
{
    if (a == b) {
        return 1;
    } else {
        return -1;
    }
}
""",
        declined="BUILTIN",
        why="== and != may be overloaded",
    ),
    Example(
        "cpp",
        """\
int step(int a)
{
    if (a < limit()) {
        return 1;
    } else {
        return -1;
    }
}
""",
        declined="INTEGRAL",
        why="the type of limit() is unknown",
    ),
    Example(
        "cpp",
        """\
template <typename T> int step(T a)
{
    if (a.empty()) {
        return 1;
    } else {
        return -1;
    }
}
""",
        declined="NODEP",
        why="its type depends on the template's",
    ),
    Example(
        "cpp",
        """\
struct State {
    bool operator!() const;
};

int step(State a)
{
    if (a.next()) {
        return 1;
    } else {
        return -1;
    }
}
""",
        declined="BUILTIN",
        why="operator! is overloaded in this file",
    ),
    Example(
        "cpp",
        """\
int step(int key)
{
    if (auto found = lookup(key)) {
        return found;
    } else {
        return -1;
    }
}
""",
        declined="FRESH",
        why="the condition declares a name",
    ),
    Example(
        "cpp",
        """\
template <bool B> int step(int n)
{
    if constexpr (!B) {
        return n;
    } else {
        return 1;
    }
}
""",
        declined="NODEP",
        why="a discarded branch would be compiled",
    ),
    Example(
        "cpp",
        """\
int step(int a, int b)
{
    if (a == b) {
        return 0;
    } else if (a < b) {
        return 1;
    }
    return -1;
}
""",
        declined="NATURAL",
        why="an else-if chain",
    ),
    Example(
        "cpp",
        """\
void show(bool a, bool b)
{
    if (a)
        none();
    else
        while (next()) if (b) use(b);
}
""",
        declined="REACH",
        why="the else would move to the inner if",
    ),
    Example(
        "cpp",
        """\
void show(bool a)
{
    if (a) {
        CHECK(a);
    } else {
        none();
    }
}
""",
        declined="NOMACRO",
        why="nobody knows what CHECK expands to",
    ),
)

DIRECTIONS: Directions = {
    "invert-if": (invert_if, _INVERT_IF),
}
