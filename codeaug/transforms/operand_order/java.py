"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.operand_order._braces import swap_operands

_EXAMPLES = (
    example("java", "return a + 1;", "return 1 + a;"),
    example("java", "return all[a*b];", "return all[b*a];"),
    example("java", "return a + b + 1;", "return b + a + 1;", why="only what is added first"),
    example(
        "java",
        "if (a < 3 && b == 4) return 1;\nreturn 0;",
        "if (b == 4 && a < 3) return 1;\nreturn 0;",
    ),
    example("java", "return (a - 1) ^ b; // bits", "return b ^ (a - 1); // bits"),
    example(
        "java",
        "return a + b;",
        declined="INTEGRAL",
        head="String f(String a, int b)",
        why="strings join",
    ),
    example(
        "java",
        "return a * b;",
        declined="INTEGRAL",
        head="double f(double a, double b)",
        why="numbers with a fraction are left alone",
    ),
    example("java", "return a + (b++);", declined="PURE", why="it assigns"),
    example(
        "java",
        "if (a != null && b > 0) return 1;\nreturn 0;",
        declined="NOTHROW",
        head="int f(Integer a, Integer b)",
        why="b may be null where a is",
    ),
    example("java", "return a /* first */ + b;", declined="TRIVIA"),
    example("java", "return a - b;", why="the order matters"),
    example("java", "return all[0] + all[1];", why="an element may be changed by the other"),
)

DIRECTIONS: Directions = {"swap-operands": (swap_operands, _EXAMPLES)}
