"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.ternary._braces import if_to_ternary, ternary_to_if

_TERNARY_TO_IF = (
    Example(
        "cpp",
        """\
bool shut(const Node *node);
bool close(const Node *node) {
  return node ? shut(node) : false;
}
""",
        """\
bool shut(const Node *node);
bool close(const Node *node) {
  if (node) {
    return shut(node);
  }
  return false;
}
""",
        why="one of the arms is no constant",
    ),
    Example(
        "cpp",
        """\
Cursor next(const Node *node) {
  return node ? Cursor(node->next) : Cursor();
}
""",
        """\
Cursor next(const Node *node) {
  if (node) {
    return Cursor(node->next);
  }
  return Cursor();
}
""",
        why="both arms make what the function gives",
    ),
    Example(
        "cpp",
        """\
bool shut(const Node *node);
bool close(const Node *node) {
  return node ? shut(node) : false;
}
""",
        declined="BUILTIN",
        vocabulary=Vocabulary(members={"::shut()": ""}),
        why="a header declares another function of that name",
    ),
    Example(
        "cpp",
        """\
int most(int a, int b)
{
    return a > b ? a : b;
}
""",
        """\
int most(int a, int b)
{
    if (a > b) {
        return a;
    }
    return b;
}
""",
        why="both arms are int",
    ),
    Example(
        "cpp",
        """\
void show(Node *node, bool deep)
{
    Node *first = deep ? node : nullptr;
    use(first);
}
""",
        """\
void show(Node *node, bool deep)
{
    Node *first;
    if (deep) {
        first = node;
    } else {
        first = nullptr;
    }
    use(first);
}
""",
        why="a pointer or none",
    ),
    Example(
        "cpp",
        """\
void show(bool deep)
{
    int step = 0;
    step = (deep ? 2 : 1);
    use(step);
}
""",
        """\
void show(bool deep)
{
    int step = 0;
    if (deep) {
        step = 2;
    } else {
        step = 1;
    }
    use(step);
}
""",
    ),
    Example(
        "cpp",
        """\
long pick(bool c, unsigned int n)
{
    return c ? -1 : n;
}
""",
        declined="BUILTIN",
        why="-1 would become an unsigned first",
    ),
    Example(
        "cpp",
        """\
std::string pick(bool c, std::string a, std::string b)
{
    return c ? a : b;
}
""",
        declined="BUILTIN",
        why="an object is copied or moved",
    ),
    Example(
        "cpp",
        """\
void pick(bool c, int a, int b)
{
    int &found = c ? a : b;
    found = 1;
}
""",
        declined="BUILTIN",
        why="a reference must be bound at once",
    ),
    Example(
        "cpp",
        """\
void pick(bool c)
{
    const int step = c ? 2 : 1;
    use(step);
}
""",
        declined="BUILTIN",
        why="a const cannot be assigned",
    ),
    Example(
        "cpp",
        """\
void pick(bool c)
{
    auto step = c ? 2 : 1;
    use(step);
}
""",
        declined="BUILTIN",
        why="auto takes its type from the value",
    ),
    Example(
        "cpp",
        """\
void pick(bool c)
{
    static int step = c ? 2 : 1;
    use(step);
}
""",
        declined="BUILTIN",
        why="a static is initialised once",
    ),
    Example(
        "cpp",
        """\
void pick(int *all, int i, bool c)
{
    all[i++] = c ? 2 : 1;
}
""",
        declined="INDEP",
        why="the index is evaluated at another time",
    ),
    Example(
        "cpp",
        """\
int pick(bool c, int n)
{
    return LIKELY(c) ? n : 1;
}
""",
        declined="NOMACRO",
        why="nobody knows what LIKELY expands to",
    ),
    Example(
        "cpp",
        """\
int clamped(bool low, int n)
{
    n = low ? 0 : n;
    return n;
}
""",
        declined="NATURAL",
        why="nobody assigns a variable to itself",
    ),
)

_IF_TO_TERNARY = (
    Example(
        "cpp",
        """\
int most(int a, int b)
{
    if (a > b)
        return a;
    else
        return b;
}
""",
        """\
int most(int a, int b)
{
    return a > b ? a : b;
}
""",
    ),
    Example(
        "cpp",
        """\
void pick(bool c)
{
    int step;
    if (c) {
        step = 2;
    } else {
        step = 1;
    }
    use(step);
}
""",
        """\
void pick(bool c)
{
    int step = c ? 2 : 1;
    use(step);
}
""",
        why="the declaration takes its value",
    ),
    Example(
        "cpp",
        """\
Node *pick(bool c, Node *node)
{
    if (c) {
        return node;
    }
    return nullptr;
}
""",
        """\
Node *pick(bool c, Node *node)
{
    return c ? node : nullptr;
}
""",
    ),
    Example(
        "cpp",
        """\
long pick(bool c, unsigned int n)
{
    if (c) {
        return -1;
    }
    return n;
}
""",
        declined="BUILTIN",
        why="-1 would become an unsigned first",
    ),
    Example(
        "cpp",
        """\
std::string pick(bool c, std::string a, std::string b)
{
    if (c) {
        return a;
    }
    return b;
}
""",
        declined="BUILTIN",
        why="an object would be copied and not moved",
    ),
    Example(
        "cpp",
        """\
int pick(bool c, bool d)
{
    if (c) {
        return d ? 1 : 2;
    }
    return 3;
}
""",
        declined="NATURAL",
        why="nobody nests it",
    ),
    Example(
        "cpp",
        """\
int most(int a, int b)
{
    if (a > b) {
        return a; // the greater
    }
    return b;
}
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "cpp",
        """\
int pick(int key)
{
    if (int found = lookup(key)) {
        return found;
    }
    return 0;
}
""",
        declined="FRESH",
        why="the condition declares a name",
    ),
    Example(
        "cpp",
        """\
template <bool B> int pick(int n)
{
    if constexpr (B) {
        return n;
    } else {
        return 1;
    }
}
""",
        declined="NODEP",
        why="both branches would be compiled",
    ),
    Example(
        "cpp",
        """\
void pick(bool c, int n)
{
    if (c) {
        n += 1;
    } else {
        n += 2;
    }
    use(n);
}
""",
        why="a compound assignment adds",
    ),
    Example(
        "cpp",
        """\
int mode(int n)
{
    static int m;
    if (n > 2) {
        m = 1;
    } else {
        m = 2;
    }
    return m;
}
""",
        """\
int mode(int n)
{
    static int m;
    m = n > 2 ? 1 : 2;
    return m;
}
""",
        why="a static variable begins with its value once, and is set each time",
    ),
)

DIRECTIONS: Directions = {
    "ternary-to-if": (ternary_to_if, _TERNARY_TO_IF),
    "if-to-ternary": (if_to_ternary, _IF_TO_TERNARY),
}
