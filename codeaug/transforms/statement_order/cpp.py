"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.statement_order._braces import (
    move_to_first_use,
    split_declaration,
    swap_statements,
)


def _function(body: str, head: str = "void f(const char *name, int n)") -> str:
    return f"{head}\n{{\n{body}}}\n"


_MOVE = (
    Example(
        "cpp",
        _function("""\
    int count = 0;
    open(name);
    while (more()) {
        count++;
    }
    use(count);
"""),
        _function("""\
    open(name);
    int count = 0;
    while (more()) {
        count++;
    }
    use(count);
"""),
        why="nothing in between can see it",
    ),
    Example(
        "cpp",
        _function("""\
    int i;
    char *end;

    log(name);
    i = first(n);
    use(i, end);
"""),
        _function("""\
    char *end;

    log(name);
    int i = first(n);
    use(i, end);
"""),
        why="the first assignment becomes the declaration",
    ),
    Example(
        "cpp",
        _function("""\
    std::string line;
    if (!name) {
        return;
    }
    read(line);
"""),
        _function("""\
    if (!name) {
        return;
    }
    std::string line;
    read(line);
"""),
        why="an empty string comes and goes unseen",
    ),
    Example(
        "cpp",
        _function("""\
    std::lock_guard<std::mutex> guard{mutex_};
    log(name);
    use(guard);
"""),
        declined="TRIVLIFE",
        why="the lock would be taken later",
    ),
    Example(
        "cpp",
        _function("""\
    Timer timer;
    log(name);
    timer.stop();
"""),
        declined="TRIVLIFE",
        why="an object may watch when it is made",
    ),
    Example(
        "cpp",
        _function("""\
    int half = n;
    read(&n);
    use(half);
"""),
        declined="INDEP",
        why="n changes through its address",
    ),
    Example(
        "cpp",
        _function("""\
    int &last = n;
    int copy = n;
    last = 3;
    use(copy);
"""),
        declined="INDEP",
        why="last is another name of n",
    ),
    Example(
        "cpp",
        _function("""\
    std::string line;
    log(name);
    line = read(n);
"""),
        declined="TRIVLIFE",
        why="an object is made and not assigned",
    ),
    Example(
        "cpp",
        _function("""\
    int count = 0;
    LOG(name);
    use(count);
"""),
        declined="NOMACRO",
        why="nobody knows what LOG expands to",
    ),
    Example(
        "cpp",
        _function("""\
    int count = 0;
    if (n < 0) goto out;
    log(name);
    use(count);
out:
    close();
"""),
        declined="REACH",
        why="a goto would cross the initialisation",
    ),
    Example(
        "cpp",
        _function("""\
    static int count = start();
    log(name);
    use(count);
"""),
        declined="TRIVLIFE",
        why="it is initialised once and for all",
    ),
    Example(
        "cpp",
        _function("""\
    static int count;
    log(name);
    count = n;
"""),
        declined="TRIVLIFE",
        why="it would be set in the first call only",
    ),
    Example(
        "cpp",
        _function("""\
    int first = 0, last = n;
    log(name);
    use(first, last);
"""),
        why="two names in one declaration",
    ),
    Example(
        "cpp",
        """\
int count(int key)
{
    int found;
    Counter counter(found);
    counter.step();
    found = key;
    return found;
}
""",
        why="its first use reads like the parameter of a function",
    ),
)

_SWAP = (
    Example(
        "cpp",
        _function("""\
    int count = 0;
    Reader reader(name);
    use(reader, count);
"""),
        _function("""\
    Reader reader(name);
    int count = 0;
    use(reader, count);
"""),
        why="0 can be made at any time",
    ),
    Example(
        "cpp",
        "class A {\n    int size_;\n    bool open_;\n    void reset() {\n        size_ = 0;\n"
        "        open_ = false;\n    }\n};\n",
        "class A {\n    int size_;\n    bool open_;\n    void reset() {\n        open_ = false;\n"
        "        size_ = 0;\n    }\n};\n",
        why="two plain fields",
    ),
    Example(
        "cpp",
        _function("    char *rest;\n    errno = 0;\n    use(rest);\n"),
        _function("    errno = 0;\n    char *rest;\n    use(rest);\n"),
    ),
    Example(
        "cpp",
        _function("""\
    Guard guard(name);
    Reader reader(n);
"""),
        declined="INDEP",
        why="they are destroyed in the opposite order",
    ),
    Example(
        "cpp",
        _function("""\
    int copy = n;
    read(&n);
    use(copy);
"""),
        declined="INDEP",
        why="n changes through its address",
    ),
    Example(
        "cpp",
        _function("""\
    auto add = [&]() { ++n; };
    int copy = n;
    add();
    use(copy);
"""),
        declined="INDEP",
        why="the lambda changes n",
    ),
    Example(
        "cpp",
        _function("""\
    std::cin >> n;
    int copy = n;
    use(copy);
"""),
        declined="INDEP",
        why=">> may write what it is given",
    ),
    Example(
        "cpp",
        "class A {\n    std::atomic<int> size_;\n    bool open_;\n    void reset() {\n"
        "        size_ = 0;\n        open_ = false;\n    }\n};\n",
        declined="INDEP",
        why="an atomic orders what other threads see",
    ),
    Example(
        "cpp",
        "class A {\n    union {\n        int size_;\n        bool open_;\n    };\n"
        "    void reset() {\n        size_ = 0;\n        open_ = false;\n    }\n};\n",
        declined="INDEP",
        why="both may be one place",
    ),
    Example(
        "cpp",
        _function("""\
    check(n);
    int each = 100 / n;
    use(each);
"""),
        declined="INDEP",
        why="check may see to it that nothing is divided by zero",
    ),
    Example(
        "cpp",
        _function("""\
    int count = 0;
    TRACE(name);
    use(count);
"""),
        declined="NOMACRO",
        why="nobody knows what TRACE expands to",
    ),
    Example(
        "cpp",
        _function("""\
    int width = 1;
    int height = 2;
    use(width, height);
"""),
        declined="NATURAL",
        why="everybody writes the width first",
    ),
    Example(
        "cpp",
        """\
void List::Cut(Node *child, Node *other)
{
    child->_prev = 0;
    child->_line = 0;
}
""",
        """\
void List::Cut(Node *child, Node *other)
{
    child->_line = 0;
    child->_prev = 0;
}
""",
        why="two members of one object, declared in a header",
        vocabulary=Vocabulary(
            {},
            (),
            {
                "class Node": ": ",
                "Node._next": "Node *",
                "Node._prev": "Node *",
                "Node._line": "int",
            },
        ),
    ),
    Example(
        "cpp",
        """\
void List::Cut(Node *child, Node *other)
{
    child->_prev = 0;
    other->_prev = child;
}
""",
        declined="INDEP",
        why="both may be one object",
        vocabulary=Vocabulary(
            {},
            (),
            {
                "class Node": ": ",
                "Node._next": "Node *",
                "Node._prev": "Node *",
                "Node._line": "int",
            },
        ),
    ),
    Example(
        "cpp",
        """\
void List::Cut(Node *child, Node *other)
{
    child->_prev = 0;
    other->_line = 0;
}
""",
        declined="INDEP",
        why="one pointer may be null and the other not",
        vocabulary=Vocabulary(
            {},
            (),
            {
                "class Node": ": ",
                "Node._next": "Node *",
                "Node._prev": "Node *",
                "Node._line": "int",
            },
        ),
    ),
    Example(
        "cpp",
        """\
void List::Cut(Node *child, Node *other)
{
    child->_prev = 0;
    child->_size = 0;
}
""",
        declined="INDEP",
        why="an unknown member may be of a class with an assignment of its own",
        vocabulary=Vocabulary(
            {},
            (),
            {
                "class Node": ": ",
                "Node._next": "Node *",
                "Node._prev": "Node *",
                "Node._line": "int",
            },
        ),
    ),
    Example(
        "cpp",
        _function("    int size = numeric_cast<int>(x);\n    this->size = n;\n    use(size, n);\n"),
        declined="INDEP",
        why="a cast of somebody's own may throw",
    ),
    Example(
        "cpp",
        """\
int count(int key)
{
    int found = key;
    Counter counter(found);
    counter.step();
    int before = found;
    return before;
}
""",
        declined="INDEP",
        why="the counter, which reads like a function, may hold on to the variable",
    ),
)

_SPLIT = (
    Example(
        "cpp",
        _function("    int size = 0, *most = &n;\n    use(size, most);\n"),
        _function("    int size = 0;\n    int *most = &n;\n    use(size, most);\n"),
        why="the star belongs to the one name",
    ),
    Example(
        "cpp",
        _function("    const std::string a(name), b;\n    use(a, b);\n"),
        _function("    const std::string a(name);\n    const std::string b;\n    use(a, b);\n"),
        why="made and destroyed in the same order",
    ),
    Example(
        "cpp",
        _function("    char* a, b[4];\n    use(a, b);\n"),
        _function("    char* a;\n    char b[4];\n    use(a, b);\n"),
    ),
    Example(
        "cpp",
        _function("    struct { int x; } a, b;\n    use(a, b);\n"),
        declined="BUILTIN",
        why="each would have a type of its own",
    ),
    Example(
        "cpp",
        _function("    int a = SIZE(n), b;\n    use(a, b);\n"),
        declined="NOMACRO",
    ),
    Example(
        "cpp",
        _function("    int a, /* and */ b;\n    use(a, b);\n"),
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "cpp",
        _function("    for (int i = 0, j = n; i < j; i++) {\n        use(i);\n    }\n"),
        why="the head of a loop has room for one declaration",
    ),
    Example("cpp", _function("    int a;\n    use(a);\n"), why="one name only"),
)

DIRECTIONS: Directions = {
    "move-to-first-use": (move_to_first_use, _MOVE),
    "swap-statements": (swap_statements, _SWAP),
    "split-declaration": (split_declaration, _SPLIT),
}
