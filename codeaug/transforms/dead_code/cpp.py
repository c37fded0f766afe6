"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.dead_code._braces import add_dead_branch, add_unused_local

_BRANCH = (
    example(
        "cpp",
        "f(b, a, all);\nreturn b;",
        "if (false) {\n    f(b, a, all);\n}\nf(b, a, all);\nreturn b;",
    ),
    example(
        "cpp",
        'if(a > b) {\n    std::puts("a"); // again\n}\nreturn b;',
        'if(a > b) {\n    if(false) {\n        std::puts("a");\n    }\n'
        '    std::puts("a"); // again\n}\nreturn b;',
    ),
    example(
        "cpp",
        "Box box(a);\nbox.put(b);\nreturn b;",
        "Box box(a);\nif (false) {\n    box.put(b);\n}\nbox.put(b);\nreturn b;",
    ),
    example("cpp", "// shows it\nf(a, b, all);\nreturn a;", declined="TRIVIA"),
    example("cpp", "f(a++, b, all);\nreturn a;", declined="PURE"),
    example("cpp", "CHECK(all);\nreturn a;", declined="NOMACRO"),
    example("cpp", "#pragma omp critical\nf(a, b, all);\nreturn a;", declined="NOMACRO"),
    example("cpp", "again:\n    a++;\nf(a, b, all);\ngoto again;", declined="REACH"),
    example("cpp", "f(a, b, all);\nreturn a;", declined="NODEP", head="constexpr int f(int a)"),
    example("cpp", "a = b;\nreturn a;", why="no call"),
)
_LOCAL = (
    example("cpp", "return a;", "int unused = 0;\n(void)unused;\nreturn a;"),
    example("cpp", "{ a++; }\nreturn a;", "int unused = 0;\n(void)unused;\n{ a++; }\nreturn a;"),
    example(
        "cpp",
        "for (;;) { f(a, b, all); }",
        "int unused = 0;\n(void)unused;\nfor (;;) { f(a, b, all); }",
    ),
    example("cpp", "return unused;", declined="FRESH", why="the global would be hidden"),
    example("cpp", "// the first\nreturn a;", declined="TRIVIA"),
    example("cpp", "again:\n    a++;\ngoto again;", declined="REACH"),
    example(
        "cpp",
        "a++;\nswitch (a) {\n    case 1:\n        again: a++;\n}\ngoto again;",
        declined="REACH",
        why="a jump would cross the declaration",
    ),
    example("cpp", "return a;", declined="NODEP", head="constexpr int f(int a)"),
)

DIRECTIONS: Directions = {
    "add-dead-branch": (add_dead_branch, _BRANCH),
    "add-unused-local": (add_unused_local, _LOCAL),
}
