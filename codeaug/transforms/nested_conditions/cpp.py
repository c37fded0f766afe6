"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms.nested_conditions._braces import merge_conditions, split_condition

_MERGE_CONDITIONS = (
    Example(
        "cpp",
        """\
void use(const char *key)
{
    if (key) {
        if (has(key)) {
            touch(key);
        }
    }
}
""",
        """\
void use(const char *key)
{
    if (key && has(key)) {
        touch(key);
    }
}
""",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b, bool c)
{
    if (a || b) {
        if (c) {
            // once
            touch();
        }
    }
}
""",
        """\
void use(bool a, bool b, bool c)
{
    if ((a || b) && c) {
        // once
        touch();
    }
}
""",
        why="|| binds looser than &&",
    ),
    Example(
        "cpp",
        """\
void use(int a, int b)
{
    if (a > 0)
        if (b > 0)
            touch(a, b);
}
""",
        """\
void use(int a, int b)
{
    if (a > 0 && b > 0)
        touch(a, b);
}
""",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a) {
        if (b) {
            touch();
        } else {
            none();
        }
    }
}
""",
        why="the else belongs to the inner if alone",
    ),
    Example(
        "cpp",
        """\
void use(int key)
{
    if (auto found = lookup(key)) {
        if (found->full()) {
            touch(found);
        }
    }
}
""",
        declined="FRESH",
        why="the condition declares a name",
    ),
    Example(
        "cpp",
        """\
void use(bool a)
{
    if (a) {
        if (int n = next(); n > 0) {
            touch(n);
        }
    }
}
""",
        declined="FRESH",
        why="the inner condition has an initialiser",
    ),
    Example(
        "cpp",
        """\
template <typename T> void use(T a, T b)
{
    if (a) {
        if (b) {
            touch();
        }
    }
}
""",
        declined="NODEP",
        why="&& may be overloaded for the template's type",
    ),
    Example(
        "cpp",
        """\
Both operator&&(Left a, Right b);

void use(Left a, Right b)
{
    if (a) {
        if (b) {
            touch();
        }
    }
}
""",
        declined="BUILTIN",
        why="&& is overloaded in this file",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a) {
        // only then
        if (b) {
            touch();
        }
    }
}
""",
        declined="TRIVIA",
        why="the comment belongs to the inner if",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a) {
        if (b) {
#ifdef DEBUG
            trace();
#endif
            touch();
        }
    }
}
""",
        declined="NOMACRO",
        why="a directive inside",
    ),
)

_SPLIT_CONDITION = (
    Example(
        "cpp",
        """\
void use(const char *key)
{
    if (key && has(key)) {
        touch(key);
    }
}
""",
        """\
void use(const char *key)
{
    if (key) {
        if (has(key)) {
            touch(key);
        }
    }
}
""",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b, bool c)
{
    if (a && b && (b || c))
    {
        touch();
    }
}
""",
        """\
void use(bool a, bool b, bool c)
{
    if (a && b)
    {
        if (b || c)
        {
            touch();
        }
    }
}
""",
        why="the last of three",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a && b) touch();
}
""",
        """\
void use(bool a, bool b)
{
    if (a) {
        if (b) touch();
    }
}
""",
        why="braces only where there were some",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a & b) {
        touch();
    }
}
""",
        why="& evaluates both sides",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a && b) {
        touch();
    } else {
        none();
    }
}
""",
        why="the else runs in both cases",
    ),
    Example(
        "cpp",
        """\
template <typename T> void use(T a, T b)
{
    if (a && b) {
        touch();
    }
}
""",
        declined="NODEP",
        why="&& may be overloaded for the template's type",
    ),
    Example(
        "cpp",
        """\
void use(bool a)
{
    if (int n = next(); a && n > 0) {
        touch(n);
    }
}
""",
        declined="FRESH",
        why="an initialiser before the condition",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a && b)
        for (int i = 0; i < 3; ++i) touch(i);
}
""",
        declined="REACH",
        why="the else could move to another if",
    ),
    Example(
        "cpp",
        """\
void use(bool a, bool b)
{
    if (a && LIKELY(b)) {
        touch();
    }
}
""",
        declined="NOMACRO",
        why="nobody knows what LIKELY expands to",
    ),
)

DIRECTIONS: Directions = {
    "merge-conditions": (merge_conditions, _MERGE_CONDITIONS),
    "split-condition": (split_condition, _SPLIT_CONDITION),
}
