"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.stepless_for._braces import while_to_for

_EXAMPLES = (
    example("cpp", "while (a < b) a++;\nreturn a;", "for (; a < b;) a++;\nreturn a;"),
    example(
        "cpp",
        "while( a != b ) {\n    if (a == 3) { b--; continue; }\n    a++;\n}\nreturn a;",
        "for(; a != b ;) {\n    if (a == 3) { b--; continue; }\n    a++;\n}\nreturn a;",
        why="a continue goes to the condition in both",
    ),
    example(
        "cpp",
        "while (a < b &&\n        b > 0) { // both\n    a += b;\n}\nreturn a;",
        "for (; a < b &&\n        b > 0;) { // both\n    a += b;\n}\nreturn a;",
    ),
    example("cpp", "while (/* less */ a < b) a++;\nreturn a;", declined="TRIVIA"),
    example(
        "cpp",
        "while (++a < b) ;\nreturn a;",
        declined="NATURAL",
        why="compilers warn of an empty body",
    ),
    example(
        "cpp",
        "while (int left = b - a) a += left;\nreturn a;",
        declined="FRESH",
        why="the condition declares a name",
    ),
    example("cpp", "while (true) {\n    if (a++ > b) return a;\n}", why="for-to-while's"),
    example("cpp", "do {\n    a++;\n} while (a < b);\nreturn a;", why="its body comes first"),
)

DIRECTIONS: Directions = {"while-to-stepless-for": (while_to_for, _EXAMPLES)}
