"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.redundant_block._braces import add_block

_EXAMPLES = (
    example("cpp", "a += b;\nreturn a;", "{\n    a += b;\n}\nreturn a;"),
    example("cpp", "// one more\na++;\nreturn a;", "// one more\n{\n    a++;\n}\nreturn a;"),
    example(
        "cpp",
        "if (a > b) {\n    a = all[0];\n}\nreturn a;",
        "if (a > b) {\n    {\n        a = all[0];\n    }\n}\nreturn a;",
    ),
    example(
        "cpp",
        "guard(all);\nreturn a;",
        declined="NOMACRO",
        why="a macro that makes an object would end with the block",
    ),
    example(
        "cpp",
        "a++; // one more\nreturn a;",
        declined="TRIVIA",
        why="the comment would be about the brace",
    ),
    example("cpp", "a =\n    b;\nreturn a;", declined="NATURAL"),
    example("cpp", "{\n    a++;\n}\nreturn a;", why="it has one"),
    example("cpp", "int c = a;\nreturn c;", why="the name is used behind it"),
    example("cpp", "if (a > b) a++;\nreturn a;", why="no block around it"),
)

DIRECTIONS: Directions = {"add-block": (add_block, _EXAMPLES)}
