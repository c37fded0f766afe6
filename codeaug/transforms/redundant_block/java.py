"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.redundant_block._braces import add_block

_EXAMPLES = (
    example("java", "a += b;\nreturn a;", "{\n    a += b;\n}\nreturn a;"),
    example("java", "// one more\na++;\nreturn a;", "// one more\n{\n    a++;\n}\nreturn a;"),
    example(
        "java",
        "if (a > b) {\n    a = all[0];\n}\nreturn a;",
        "if (a > b) {\n    {\n        a = all[0];\n    }\n}\nreturn a;",
    ),
    example(
        "java", "System.out.println(a);\nreturn a;", "{\n    System.out.println(a);\n}\nreturn a;"
    ),
    example(
        "java",
        "a++; // one more\nreturn a;",
        declined="TRIVIA",
        why="the comment would be about the brace",
    ),
    example("java", "a =\n    b;\nreturn a;", declined="NATURAL"),
    example("java", "{\n    a++;\n}\nreturn a;", why="it has one"),
    example("java", "int c = a;\nreturn c;", why="the name is used behind it"),
    example("java", "if (a > b) a++;\nreturn a;", why="no block around it"),
)

DIRECTIONS: Directions = {"add-block": (add_block, _EXAMPLES)}
