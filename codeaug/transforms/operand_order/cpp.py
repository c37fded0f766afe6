"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.operand_order._braces import swap_operands

_EXAMPLES = (
    example("cpp", "return a + 1;", "return 1 + a;"),
    example("cpp", "return all[a*b];", "return all[b*a];"),
    example("cpp", "return a + b + 1;", "return b + a + 1;", why="only what is added first"),
    example(
        "cpp",
        "if (a < 3 && b == 4) return 1;\nreturn 0;",
        "if (b == 4 && a < 3) return 1;\nreturn 0;",
    ),
    example("cpp", "return (a - 1) ^ b; // bits", "return b ^ (a - 1); // bits"),
    example(
        "cpp",
        "return a + b;",
        declined="INTEGRAL",
        head="Money f(Money a, Money b)",
        why="a class has its own operator",
    ),
    example("cpp", "return a + b;", declined="INTEGRAL", head="template <class T>\nT f(T a, T b)"),
    example(
        "cpp",
        "return a * b;",
        declined="INTEGRAL",
        head="double f(double a, double b)",
        why="numbers with a fraction are left alone",
    ),
    example("cpp", "return a + (b++);", declined="PURE", why="it assigns"),
    example(
        "cpp",
        "if (all && a > 0) return 1;\nreturn 0;",
        "if (a > 0 && all) return 1;\nreturn 0;",
        why="a pointer that is only tested",
    ),
    example("cpp", "if (a > 0 && 9 / a > b) return 1;\nreturn 0;", declined="NOTHROW"),
    example("cpp", "return a /* first */ + b;", declined="TRIVIA"),
    example("cpp", "return a - b;", why="the order matters"),
)

DIRECTIONS: Directions = {"swap-operands": (swap_operands, _EXAMPLES)}
