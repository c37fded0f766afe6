"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms._function_examples import example
from codeaug.transforms.negated_comparison._braces import negate_comparison

_EXAMPLES = (
    example("cpp", "if (a < b) return 1;\nreturn 2;", "if (!(a >= b)) return 1;\nreturn 2;"),
    example(
        "cpp",
        "while (a > 0 && b != 3) a--;\nreturn a;",
        "while (!(a <= 0) && b != 3) a--;\nreturn a;",
    ),
    example("cpp", "return a==b ? 1 : 2; // same", "return !(a!=b) ? 1 : 2; // same"),
    example(
        "cpp",
        "if (a < b) return 1;\nreturn 2;",
        declined="NOFLOAT",
        head="int f(double a, double b)",
        why="NaN is neither less nor not less",
    ),
    example(
        "cpp",
        "if (a < b) return 1;\nreturn 2;",
        declined="INTEGRAL",
        head="int f(Money a, Money b)",
        why="a class may define < alone",
    ),
    example("cpp", "if (a /* one */ < b) return 1;\nreturn 2;", declined="TRIVIA"),
    example("cpp", "if (!(a < b)) return 1;\nreturn 2;", why="it is negated already"),
    example("cpp", "return a + b;", why="no comparison"),
)

DIRECTIONS: Directions = {"negate-comparison": (negate_comparison, _EXAMPLES)}
