"""What the idea does in Java, by example."""

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
        "java",
        "class A {\n    boolean f(int n) {\n        return 0 < n;\n    }\n}\n",
        "class A {\n    boolean f(int n) {\n        return n > 0;\n    }\n}\n",
    ),
    Example(
        "java",
        """\
class A {
    int f(String s) {
        if (null == s || -1 >= at(s)) {
            return 1;
        }
        return 2;
    }
}
""",
        """\
class A {
    int f(String s) {
        if (s == null || -1 >= at(s)) {
            return 1;
        }
        return 2;
    }
}
""",
    ),
    Example(
        "java",
        "class A {\n    boolean f(double[] a) {\n        return 1.5<=a[0];\n    }\n}\n",
        "class A {\n    boolean f(double[] a) {\n        return a[0]>=1.5;\n    }\n}\n",
        why="NaN is neither, on either side",
    ),
    Example(
        "java",
        "class A {\n    boolean f(int n) {\n        return 0 /* none */ == n;\n    }\n}\n",
        declined="TRIVIA",
        why="a comment would end up beside other code",
    ),
    Example(
        "java",
        "class A {\n    boolean f(int n) {\n        return true == n < 3;\n    }\n}\n",
        declined="NATURAL",
        why="the value would need parentheses",
    ),
    Example(
        "java",
        'class A {\n    boolean f(String s) {\n        return "a".equals(s);\n    }\n}\n',
        why="a method is no operator: the value may be null",
    ),
    Example(
        "java",
        "class A {\n    boolean f(int n) {\n        return n == 0;\n    }\n}\n",
        why="it is last already",
    ),
)

_FIRST = (
    Example(
        "java",
        "class A {\n    boolean f(int n) {\n        return n >= 10;\n    }\n}\n",
        "class A {\n    boolean f(int n) {\n        return 10 <= n;\n    }\n}\n",
    ),
    Example(
        "java",
        "class A {\n    boolean f(Object o) {\n        return o != null;\n    }\n}\n",
        "class A {\n    boolean f(Object o) {\n        return null != o;\n    }\n}\n",
    ),
    Example(
        "java",
        "class A {\r\n\tboolean f(int n) {\r\n\t\treturn next(n) == -1;\r\n\t}\r\n}\r\n",
        "class A {\r\n\tboolean f(int n) {\r\n\t\treturn -1 == next(n);\r\n\t}\r\n}\r\n",
    ),
    Example(
        "java",
        "class A {\n    boolean f(int n, int m) {\n        return n + m == 3;\n    }\n}\n",
        declined="NATURAL",
        why="an expression of several parts reads oddly behind a literal",
    ),
    Example(
        "java",
        "class A {\n    boolean f(int n) {\n        return n // all\n            == 3;\n    }\n}\n",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    Example(
        "java",
        "class A {\n    int f(int n) {\n        return n - 1;\n    }\n}\n",
        why="no comparison",
    ),
    Example(
        "java",
        "class A {\n    boolean f() {\n        return 1 == 1;\n    }\n}\n",
        why="two literals",
    ),
)

_VALUES = (
    example("java", "if (a < b) return 1;\nreturn 2;", "if (b > a) return 1;\nreturn 2;"),
    example(
        "java",
        "while (a + 1 >= b) b++; // more\nreturn b;",
        "while (b <= a + 1) b++; // more\nreturn b;",
    ),
    example(
        "java",
        "return a<=b ? 1 : 2;",
        "return b>=a ? 1 : 2;",
        head="int f(double a, double b)",
        why="NaN is neither, on either side",
    ),
    example(
        "java",
        "if (a < b) return 1;\nreturn 2;",
        declined="BUILTIN",
        head="int f(Integer a, Integer b)",
        why="a value may be missing",
    ),
    example("java", "return a++ < b ? 1 : 2;", declined="PURE", why="it assigns"),
    example("java", "return a /* one */ < b ? 1 : 2;", declined="TRIVIA"),
    example("java", "return a == b ? 1 : 2;", why="swap-operands's"),
    example("java", "return a < 3 ? 1 : 2;", why="literal-first's"),
)

DIRECTIONS: Directions = {
    "literal-last": (literal_last, _LAST),
    "literal-first": (literal_first, _FIRST),
    "mirror-comparison": (mirror_comparison, _VALUES),
}
