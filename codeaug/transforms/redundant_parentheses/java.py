"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.redundant_parentheses._braces import add_parentheses

_EXAMPLES = (
    example("java", "return a + b;", "return (a + b);"),
    example("java", "a=b * 2; // twice\nreturn 1;", "a=(b * 2); // twice\nreturn 1;"),
    example(
        "java",
        "String s = String.valueOf(a);\nreturn 1;",
        "String s = (String.valueOf(a));\nreturn 1;",
    ),
    example("java", "return a\n    + b;", declined="NATURAL", why="it takes several lines"),
    example("java", "return a /* one */ + b;", declined="TRIVIA"),
    example("java", "return (a + b);", why="it has them"),
    example("java", "int[] c = {1, 2};\nreturn 3;", why="no expression, and a literal"),
    example("java", "a += b -> 3;", why="a lambda would be hard to see"),
)

DIRECTIONS: Directions = {"add-parentheses": (add_parentheses, _EXAMPLES)}
