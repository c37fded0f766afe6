"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms.explaining_variable._braces import extract_variable, inline_variable

_HEADER = Vocabulary(
    {"call:Value": ("text",)},
    (),
    {
        "class Node": ": ",
        "class Comment": ": Node",
        "class Both": ": Node, Other",
        "Node.Value()": "const char *",
        "Node.Value(?)": "() const",
        "Node.First()": "",
        "Node.First(?)": "()",
        "Node.First() const": "const Node *",
        "Node.First() mutable": "Node *",
        "Node.Find()": "",
        "Node.Find(?)": "",
        "Node.Find() const": "int",
        "Node.Find() mutable": "Node *",
    },
)

_EXTRACT_VARIABLE = (
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    write(length_of(text));
}
""",
        """\
int length_of(const char *text);

void show(const char *text)
{
    int length = length_of(text);
    write(length);
}
""",
        why="declared in this file: an int",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    auto end(length_of(text));
    write(end);
}
""",
        why="it has a name already",
    ),
    Example(
        "cpp",
        """\
void show(int size, bool open)
{
    if (size > 0 && open) {
        write(size);
    }
}
""",
        """\
void show(int size, bool open)
{
    bool size_is_positive = size > 0;
    if (size_is_positive && open) {
        write(size);
    }
}
""",
        why="a comparison of built-in values, named after them",
    ),
    Example(
        "cpp",
        """\
struct Door {
    bool is_open() const;

    void close()
    {
        if (is_open() && wanted) {
            stop();
        }
    }

    bool is_locked() const;
    bool wanted;

    bool check()
    {
        return is_locked();
    }
};
""",
        """\
struct Door {
    bool is_open() const;

    void close()
    {
        bool opened = is_open();
        if (opened && wanted) {
            stop();
        }
    }

    bool is_locked() const;
    bool wanted;

    bool check()
    {
        return is_locked();
    }
};
""",
        vocabulary=Vocabulary({"call:is_open": ("opened",)}),
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    write(next(), length_of(text));
}
""",
        declined="INDEP",
        why="arguments are evaluated in any order",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text, bool open)
{
    if (open && length_of(text)) {
        write(text);
    }
}
""",
        declined="INDEP",
        why="the right side of && is evaluated only sometimes",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
void show(const char *text)
{
    write(make_name(text));
}
""",
        declined="BUILTIN",
        why="a copy of an unknown object might be made, or a bool",
    ),
    Example(
        "cpp",
        """\
void show(Money size, bool open)
{
    if (size == limit && open) {
        write(size);
    }
}
""",
        declined="BUILTIN",
        why="an operator may be overloaded",
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    run([=] { return write(length_of(text)); });
}
""",
        declined="NOCAP",
        why="the lambda runs later",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
bool is_set(int n);

void show(int key)
{
    if (int found = lookup(key); is_set(found)) {
        write(found);
    }
}
""",
        declined="INDEP",
        why="the initialiser is evaluated before it",
        vocabulary=Vocabulary({"call:is_set": ("known",)}),
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    CHECK(length_of(text));
}
""",
        declined="NOMACRO",
        why="nobody knows how often CHECK evaluates it",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text, bool open)
{
    assert(length_of(text) > 1);
}
""",
        declined="NOMACRO",
        why="an assertion is compiled away with what it evaluates",
        vocabulary=Vocabulary({"call:length_of": ("length",)}),
    ),
    Example(
        "cpp",
        """\
PUGI_FN const char* find_name(const char* text);

bool show(const char* text)
{
    return find_name(text) != 0;
}
""",
        declined="BUILTIN",
        why="what looks like the type is a macro",
    ),
    Example(
        "cpp",
        """\
bool has_next();

void drain()
{
    while (has_next()) {
        ++count;
    }
}
""",
        why="a loop condition is evaluated again and again",
    ),
    Example(
        "cpp",
        """\
void Printer::Visit(const Comment & comment)
{
    Push(comment.Value());
}
""",
        """\
void Printer::Visit(const Comment & comment)
{
    const char *text = comment.Value();
    Push(text);
}
""",
        why="a member function of a base class, declared in another file",
        vocabulary=_HEADER,
    ),
    Example(
        "cpp",
        """\
void Printer::Visit(const Both & comment)
{
    Push(comment.Value());
}
""",
        declined="BUILTIN",
        why="two bases may both have such a member",
        vocabulary=_HEADER,
    ),
    Example(
        "cpp",
        """\
void Printer::Visit(tree::Node & node)
{
    Push(node.First());
}
""",
        declined="BUILTIN",
        why="Node is a name of another namespace",
        vocabulary=_HEADER,
    ),
    Example(
        "cpp",
        """\
void LIBRARY_NO_RETURN stop();

class Vector {
  Vector(T *data) : start_(data) {}

  void show(int from) {
    write(start() + from);
  }
};
""",
        declined="INDEP",
        unit="Vector::show",
        why="what stands behind a macro is read as a type and a name, without any ::",
    ),
    Example(
        "cpp",
        """\
void Printer::Visit(const Comment & comment)
{
    Push(comment.Find());
}
""",
        declined="BUILTIN",
        why="its overloads take other arguments",
        vocabulary=_HEADER,
    ),
    Example(
        "cpp",
        """\
void Printer::Visit(const Unknown & comment)
{
    Push(comment.Value());
}
""",
        declined="BUILTIN",
        why="nothing is known of the class",
        vocabulary=_HEADER,
    ),
    Example(
        "cpp",
        """\
int &find_depth(int key);
int *depth(int key)
{
    return &find_depth(key);
}
""",
        declined="BUILTIN",
        why="the address of a copy",
    ),
    Example(
        "cpp",
        """\
int &find_depth(int key);
int &depth(int key)
{
    return find_depth(key);
}
""",
        declined="BUILTIN",
        why="a reference to a copy",
    ),
    Example(
        "cpp",
        """\
int &find_depth(int key);
void deepen(int key)
{
    grow(find_depth(key), 1);
}
""",
        declined="BUILTIN",
        why="what is called may change what it is given",
    ),
    Example(
        "cpp",
        """\
int &find_depth(int key);
void deepen(int key)
{
    if (find_depth(key) > 2 && key > 0) {
        grow(key);
    }
}
""",
        """\
int &find_depth(int key);
void deepen(int key)
{
    int depth = find_depth(key);
    if (depth > 2 && key > 0) {
        grow(key);
    }
}
""",
        why="only the value is compared",
    ),
    Example(
        "cpp",
        """\
int find_size(int key);
int size(int key)
{
    static int first = find_size(key) + 1;
    return first;
}
""",
        declined="INDEP",
        why="only the first call asks for it",
    ),
)

_INLINE_VARIABLE = (
    Example(
        "cpp",
        """\
int length_of(const char *text);

int show(const char *text)
{
    int result = length_of(text);
    return result;
}
""",
        """\
int length_of(const char *text);

int show(const char *text)
{
    return length_of(text);
}
""",
        why="the result has the same type",
    ),
    Example(
        "cpp",
        """\
void show(int size)
{
    const bool large = size > 10;
    if (large) {
        write(size);
    }
}
""",
        """\
void show(int size)
{
    if (size > 10) {
        write(size);
    }
}
""",
        why="a bool stays a bool",
    ),
    Example(
        "cpp",
        """\
void show(int a, int b)
{
    const int sum = (a + b);
    write(sum, 2);
}
""",
        """\
void show(int a, int b)
{
    write(a + b, 2);
}
""",
    ),
    Example(
        "cpp",
        """\
void show(int a, int b)
{
    int sum = a + b;
    write(sum, 2);
}
""",
        declined="BUILTIN",
        why="write may take a reference to the variable",
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    int length = length_of(text);
    write(&length);
}
""",
        declined="BUILTIN",
        why="the address of the variable is taken",
    ),
    Example(
        "cpp",
        """\
void show(int size)
{
    Lock held = lock(mutex);
    write(held);
}
""",
        declined="TRIVLIFE",
        why="a lock is there to live",
    ),
    Example(
        "cpp",
        """\
void show(int size)
{
    const int &kept = size_of(size);
    write(kept);
}
""",
        declined="TRIVLIFE",
        why="a reference keeps a temporary alive",
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    const unsigned int length = length_of(text);
    write(length);
}
""",
        declined="BUILTIN",
        why="the value is converted to unsigned",
    ),
    Example(
        "cpp",
        """\
void show(const char *text)
{
    const int length = measure(text);
    write(length);
}
""",
        declined="BUILTIN",
        why="the value's type is unknown",
    ),
    Example(
        "cpp",
        """\
void show(int a)
{
    static int first = a;
    write(first);
}
""",
        declined="TRIVLIFE",
        why="a static is initialised once",
    ),
    Example(
        "cpp",
        """\
int length_of(const char *text);

void show(const char *text)
{
    int length = length_of(text);
    write(next(), length);
}
""",
        declined="INDEP",
        why="arguments are evaluated in any order",
    ),
    Example(
        "cpp",
        """\
bool has_next();

void drain()
{
    bool more = has_next();
    while (more) {
        step();
    }
}
""",
        declined="INDEP",
        why="it would be evaluated again and again",
    ),
    Example(
        "cpp",
        """\
void show(int a, int b)
{
    const int sum = a + b; // in bytes
    write(sum);
}
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "cpp",
        """\
void show(int a, int b)
{
    const int sum = a + b;
    TRACE(sum);
}
""",
        declined="NOMACRO",
        why="the macro may print its argument",
    ),
    Example(
        "cpp",
        """\
void pass(int key)
{
    int depth = find_depth(key);
    deepest = depth;
    Guard guard(depth);
}
int find_depth(int key);
int deepest;
""",
        why="the guard, which reads like a function, uses it too",
    ),
    Example(
        "cpp",
        """\
int find_size(int key);
int size(int key)
{
    const int size = find_size(key);
    static int first = size + 1;
    return first;
}
""",
        declined="INDEP",
        why="each call asks for it, not only the first",
    ),
)

DIRECTIONS: Directions = {
    "extract-variable": (extract_variable, _EXTRACT_VARIABLE),
    "inline-variable": (inline_variable, _INLINE_VARIABLE),
}
