"""What the idea does in C++, by example."""

from __future__ import annotations

from codeaug.transforms import Directions, Example
from codeaug.transforms._function_examples import example
from codeaug.transforms.mirrored_comparison._braces import (
    literal_first,
    literal_last,
    mirror_comparison,
)

_LAST = (
    Example(
        "cpp",
        "bool f(int n)\n{\n    return 0 < n;\n}\n",
        "bool f(int n)\n{\n    return n > 0;\n}\n",
    ),
    Example(
        "cpp",
        "bool f(const char *s)\n{\n    return nullptr != s;\n}\n",
        "bool f(const char *s)\n{\n    return s != nullptr;\n}\n",
    ),
    Example(
        "cpp",
        "bool f(const double *a)\n{\n    return 1.5<=a[0];\n}\n",
        "bool f(const double *a)\n{\n    return a[0]>=1.5;\n}\n",
        why="NaN is neither, on either side",
    ),
    Example(
        "cpp",
        "bool f(Money n)\n{\n    return 0 < n;\n}\n",
        declined="BUILTIN",
        why="the class may define < and > differently",
    ),
    Example(
        "cpp",
        "template <typename T>\nbool f(T n)\n{\n    return 0 < n;\n}\n",
        declined="BUILTIN",
        why="a template parameter may be a class",
    ),
    Example(
        "cpp",
        "bool f(int n)\n{\n    return 0 /* none */ == n;\n}\n",
        declined="TRIVIA",
        why="a comment would end up beside other code",
    ),
    Example(
        "cpp",
        "bool f(int n, int most)\n{\n    return 0 <= n && n < most;\n}\n",
        declined="NATURAL",
        why="a range reads from low to high",
    ),
    Example("cpp", "bool f(int n)\n{\n    return n == 0;\n}\n", why="it is last already"),
    Example(
        "cpp",
        "bool f()\n{\n    const int n = 2;\n    return std::bool_constant<0 < n>::value;\n}\n",
        declined="NODEP",
        why="the list of arguments would end at the >",
    ),
)

_FIRST = (
    Example(
        "cpp",
        "bool f(int n)\n{\n    return n >= 10;\n}\n",
        "bool f(int n)\n{\n    return 10 <= n;\n}\n",
    ),
    Example(
        "cpp",
        "bool f(char c)\n{\n    return c == 'a';\n}\n",
        "bool f(char c)\n{\n    return 'a' == c;\n}\n",
    ),
    Example(
        "cpp",
        "bool f(const int *p)\r\n{\r\n\treturn p != nullptr;\r\n}\r\n",
        "bool f(const int *p)\r\n{\r\n\treturn nullptr != p;\r\n}\r\n",
    ),
    Example(
        "cpp",
        'bool f(std::string s)\n{\n    return s == "a";\n}\n',
        declined="BUILTIN",
        why="an overloaded operator",
    ),
    Example(
        "cpp",
        "bool f(int n, int m)\n{\n    return n + m == 3;\n}\n",
        declined="NATURAL",
        why="an expression of several parts reads oddly behind a literal",
    ),
    Example(
        "cpp",
        "bool f(int n)\n{\n    return n // all\n        == 3;\n}\n",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example("cpp", "int f(int n)\n{\n    return n - 1;\n}\n", why="no comparison"),
)

_VALUES = (
    example("cpp", "if (a < b) return 1;\nreturn 2;", "if (b > a) return 1;\nreturn 2;"),
    example(
        "cpp",
        "while (a + 1 >= b) b++; // more\nreturn b;",
        "while (b <= a + 1) b++; // more\nreturn b;",
    ),
    example(
        "cpp",
        "return a<=b ? 1 : 2;",
        "return b>=a ? 1 : 2;",
        head="int f(double a, double b)",
        why="NaN is neither, on either side",
    ),
    example(
        "cpp",
        "if (a < b) return 1;\nreturn 2;",
        declined="BUILTIN",
        head="template <class T>\nint f(T a, T b)",
        why="it may be a class",
    ),
    example("cpp", "return a++ < b ? 1 : 2;", declined="PURE", why="it assigns"),
    example("cpp", "return a /* one */ < b ? 1 : 2;", declined="TRIVIA"),
    example("cpp", "return a == b ? 1 : 2;", why="swap-operands's"),
    example("cpp", "return a < 3 ? 1 : 2;", why="literal-first's"),
)

DIRECTIONS: Directions = {
    "literal-last": (literal_last, _LAST),
    "literal-first": (literal_first, _FIRST),
    "mirror-comparison": (mirror_comparison, _VALUES),
}
