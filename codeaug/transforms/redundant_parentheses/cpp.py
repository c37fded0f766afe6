"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.redundant_parentheses._braces import add_parentheses

_EXAMPLES = (
    example("cpp", "return a + b;", "return (a + b);"),
    example("cpp", "a=b * 2; // twice\nreturn 1;", "a=(b * 2); // twice\nreturn 1;"),
    example("cpp", "const int *first = all;\nreturn 0;", "const int *first = (all);\nreturn 0;"),
    example(
        "cpp",
        "return s;",
        declined="BUILTIN",
        head="std::string f(std::string s)",
        why="it is moved, and with parentheses maybe not",
    ),
    example(
        "cpp",
        "return a;",
        declined="NODEP",
        head="decltype(auto) f(int a)",
        why="with parentheses it is a reference",
    ),
    example("cpp", "return a\n    + b;", declined="NATURAL", why="it takes several lines"),
    example("cpp", "return a /* one */ + b;", declined="TRIVIA"),
    example("cpp", "return (a + b);", why="it has them"),
    example("cpp", "int c[] = {1, 2};\nreturn 3;", why="no expression, and a literal"),
)

DIRECTIONS: Directions = {"add-parentheses": (add_parentheses, _EXAMPLES)}
