"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms._function_examples import example
from codeaug.transforms.dead_code._braces import add_dead_branch, add_unused_local

_BRANCH = (
    example(
        "java",
        "System.out.println(a);\nreturn b;",
        "if (false) {\n    System.out.println(a);\n}\nSystem.out.println(a);\nreturn b;",
    ),
    example(
        "java",
        "if(a > b) {\n    f(b, a, all); // again\n}\nreturn b;",
        "if(a > b) {\n    if(false) {\n        f(b, a, all);\n    }\n"
        "    f(b, a, all); // again\n}\nreturn b;",
    ),
    example(
        "java",
        "int c;\nall.clone();\nc = 1;\nreturn c;",
        "int c;\nif (false) {\n    all.clone();\n}\nall.clone();\nc = 1;\nreturn c;",
    ),
    example("java", "// shows it\nSystem.out.println(a);\nreturn a;", declined="TRIVIA"),
    example(
        "java",
        "final int c;\nf(c = 1, b, all);\nreturn c;",
        declined="PURE",
        why="it might be assigned already",
    ),
    example("java", "f(a,\n    b, all);\nreturn a;", declined="NATURAL"),
    example(
        "java", "if (false) {\n    f(a, b, all);\n}\nf(a, b, all);\nreturn b;", why="there is one"
    ),
    example("java", "a = b;\nreturn a;", why="a copy of an assignment may not compile"),
    Example(
        "java",
        "class A {\n    A(int a) {\n        this(a, 1);\n    }\n}\n",
        why="another constructor comes first",
    ),
)
_LOCAL = (
    example("java", "return a;", "int unused = 0;\nreturn a;"),
    example("java", "{ a++; }\nreturn a;", "int unused = 0;\n{ a++; }\nreturn a;"),
    Example(
        "java",
        "class A {\n    A(int a) {\n        this(a, 1);\n        show();\n    }\n}\n",
        "class A {\n    A(int a) {\n        this(a, 1);\n        int unused = 0;\n"
        "        show();\n    }\n}\n",
        why="another constructor comes first",
    ),
    example("java", "return unused;", declined="FRESH", why="the field would be hidden"),
    example("java", "// the first\nreturn a;", declined="TRIVIA"),
    example("java", "int unused = 0;\nreturn a;", declined="FRESH"),
    example("java", "", why="no statement"),
)

DIRECTIONS: Directions = {
    "add-dead-branch": (add_dead_branch, _BRANCH),
    "add-unused-local": (add_unused_local, _LOCAL),
}
