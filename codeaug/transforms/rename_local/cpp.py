"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example, Vocabulary
from codeaug.transforms._function_examples import example
from codeaug.transforms.rename_local._braces import rename_local
from codeaug.transforms.rename_local._placeholders import placeholder_names

_RENAME_LOCAL = (
    Example(
        "cpp",
        "int f(int n)\n{\n    int a_fVal = g(n);\n    return a_fVal;\n}\n",
        declined="NATURAL",
        why="a whole word would fit neither style of the name",
        vocabulary=Vocabulary({}, ("value",)),
    ),
    Example(
        "cpp",
        """\
void show(bool on)
{
    const char *def_on = "on";
    const char *def_off = "off";
    puts(on ? def_on : def_off);
}
""",
        declined="NATURAL",
        why="both are named alike, and one would not be any more",
        vocabulary=Vocabulary({}, ("default_name",)),
    ),
    Example(
        "cpp",
        """\
int depth(Tree *tree)
{
    Node *n_found = find_node(tree);
    return n_found->depth;
}
""",
        """\
int depth(Tree *tree)
{
    Node *found_node = find_node(tree);
    return found_node->depth;
}
""",
        why="the repository names such a value so",
        vocabulary=Vocabulary({"call:find_node": ("found_node",)}),
    ),
    Example(
        "cpp",
        """\
int sum(Tree *tree)
{
    int found = 0;
    {
        Node *found = find_node(tree);
        use(found->found);
    }
    return found;
}
""",
        """\
int sum(Tree *tree)
{
    int found = 0;
    {
        Node *node = find_node(tree);
        use(node->found);
    }
    return found;
}
""",
        why="the inner variable hides the outer one: by binding",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void later(Tree *tree)
{
    Node *found = find_node(tree);
    run([found, &tree] { use(found, tree); });
}
""",
        """\
void later(Tree *tree)
{
    Node *node = find_node(tree);
    run([node, &tree] { use(node, tree); });
}
""",
        why="a capture moves with the variable",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void each(const std::vector<Node *> &all)
{
    for (Node *item : all) {
        use(item);
    }
}
""",
        """\
void each(const std::vector<Node *> &all)
{
    for (Node *node : all) {
        use(node);
    }
}
""",
        why="a range variable",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void show(Tree *tree)
{
    Node *found = find_node(tree);
    TRACE(found);
    use(found);
}
""",
        declined="NOMACRO",
        why="the macro may print the name",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void show(Tree *tree)
{
    Node *found = find_node(tree);
    assert(found != nullptr);
    use(found);
}
""",
        declined="NOMACRO",
        why="assert prints the name",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
#define NEXT() use(found)

void show(Tree *tree)
{
    Node *found = find_node(tree);
    step(found);
}
""",
        declined="NOMACRO",
        why="a macro of the file mentions the name",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void show(Tree *tree)
{
    Node *found = find_node(tree);
#pragma omp parallel for firstprivate(found)
    for (int i = 0; i < 3; ++i) use(found, i);
}
""",
        declined="NOMACRO",
        why="an OpenMP pragma may name it",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void show(Tree *tree)
{
    Node *found = find_node(tree);
    node(found);
}
""",
        declined="FRESH",
        why="node is a function called here",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
struct Walk {
    Node *node;

    void show(Tree *tree)
    {
        Node *found = find_node(tree);
        use(found);
    }
};
""",
        declined="FRESH",
        why="node would hide a member",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void show(Tree *tree)
{
    Node *found = find_node(tree);
    Guard guard(found);
}
""",
        declined="FRESH",
        why="the parser takes the argument for a type",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
int twice(int n)
{
    int doubled = n * 2;
    return doubled;
}
""",
        declined="NATURAL",
        why="the repository knows no name for it",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
void each(int n)
{
    for (int i = 0; i < n; ++i) {
        use(i);
    }
}
""",
        why="parameters and loop counters stay",
        vocabulary=Vocabulary(
            {
                "call:find_node": ("node",),
                "type:Node *": ("node",),
                "type:std::vector<int>": ("int_values",),
            }
        ),
    ),
    Example(
        "cpp",
        """\
int Attribute::IntValue() const
{
    int i = 0;
    QueryIntValue(&i);
    return i;
}
""",
        """\
int Attribute::IntValue() const
{
    int value = 0;
    QueryIntValue(&value);
    return value;
}
""",
        why="the function that fills it calls it so",
        vocabulary=Vocabulary({"argument:QueryIntValue/0/int*": ("value",)}),
    ),
    Example(
        "cpp",
        """\
void Printer::PushText(double value)
{
    char buf[20];
    ToStr(value, buf, 20);
    PushText(buf);
}
""",
        """\
void Printer::PushText(double value)
{
    char buffer[20];
    ToStr(value, buffer, 20);
    PushText(buffer);
}
""",
        why="the repository writes the whole word, too",
        vocabulary=Vocabulary({}, ("buffer", "buf")),
    ),
    Example(
        "cpp",
        """\
Node *Text::Clone(Document *doc) const
{
    return doc->NewText(Value());
}
""",
        """\
Node *Text::Clone(Document *document) const
{
    return document->NewText(Value());
}
""",
        why="its declaration calls the parameter so",
        vocabulary=Vocabulary({"argument:Clone/0": ("document",)}, ("document",)),
    ),
    Example(
        "cpp",
        """\
Node *Text::Clone(Document *doc) const
{
    return doc->NewText(Value());
}
""",
        declined="NATURAL",
        why="its declaration has another name for the parameter",
        vocabulary=Vocabulary({"argument:Clone/0": ("doc",)}, ("document",)),
    ),
    Example(
        "cpp",
        """\
#define PASS() (++found_node)
int depth(Tree *tree)
{
    Node *n_found = find_node(tree);
    PASS();
    return n_found->depth;
}
""",
        declined="FRESH",
        why="the macro means another variable",
        vocabulary=Vocabulary({"call:find_node": ("found_node",)}),
    ),
)

_PLACEHOLDERS = (
    example(
        "cpp",
        "int c = a;\nfor (int i = 0; i < b; ++i) c += all[i];\nreturn c;",
        "int var0 = a;\nfor (int var1 = 0; var1 < b; ++var1) var0 += all[var1];\nreturn var0;",
    ),
    example(
        "cpp",
        "if (a > b) {\n    int c = a;\n    return c;\n}\nint c = box.c;\nreturn c;",
        "if (a > b) {\n    int var0 = a;\n    return var0;\n}\nint var1 = box.c;\nreturn var1;",
        why="two variables of one name, and a member",
    ),
    example(
        "cpp",
        "int n = 1; // as `n`\nint m = n;\nreturn m;",
        "int n = 1; // as `n`\nint var1 = n;\nreturn var1;",
        why="a comment speaks of the other",
    ),
    example(
        "cpp", "int c = a;\nreturn c + var0;", declined="FRESH", why="a global would be hidden"
    ),
    example(
        "cpp",
        "int c = a;\nassert(c > 0);\nreturn c;",
        declined="NOMACRO",
        why="the macro shows the name",
    ),
    example("cpp", "return a + b;", why="parameters are seen from outside"),
    example("cpp", "int var0 = a;\nreturn var0;", why="it is called so"),
    example(
        "cpp", "int c = a; // `c`\nreturn c;", declined="NATURAL", why="a comment speaks of it"
    ),
)

DIRECTIONS: Directions = {
    "rename-local": (rename_local, _RENAME_LOCAL),
    "placeholder-names": (placeholder_names, _PLACEHOLDERS),
}
