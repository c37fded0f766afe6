"""Another value returned: nothing, an empty one, or the opposite.

PIT EMPTY_RETURNS, FALSE_RETURNS, TRUE_RETURNS, NULL_RETURNS, PRIMITIVE_RETURNS.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.defaults import defaults
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.removal import ends_checked


def _find(body: Body) -> Iterator[Fault]:
    values = defaults(body) or ()
    for node in body.find("return_statement"):
        if len(node.parts) != 1 or body.around(node) is not body.function:
            continue
        result = node.parts[0]
        if ends_checked(body, result):
            continue
        for value in values:
            if value != result.text:
                yield Fault(
                    replaced(result, value),
                    f"`return {value}` for `return` of {shown(result)}",
                    f"check the result when {shown(result)} is returned",
                )


OPERATORS = (
    Operator(
        "return-value",
        "An empty value returned: 0, false, true, null, None, an empty text or collection",
        "PIT EMPTY/FALSE/TRUE/NULL/PRIMITIVE_RETURNS",
        _find,
        (
            Example(
                "python",
                "def f(a):\n    if a:\n        return a + 1\n    return None\n",
                ("def f(a):\n    if a:\n        return None\n    return None\n",),
            ),
            Example("python", "def f(a):\n    return\n"),
            Example(
                "java",
                "class A { boolean f(int a) { return a > 1; } }",
                (
                    "class A { boolean f(int a) { return false; } }",
                    "class A { boolean f(int a) { return true; } }",
                ),
            ),
            Example(
                "java",
                "import java.util.List; class A { List<B> f() { return g(() -> { return 1; }); } }",
                (
                    "import java.util.List; class A { List<B> f() "
                    "{ return java.util.Collections.emptyList(); } }",
                ),
                "the inner return belongs to the lambda",
            ),
            Example("cpp", "int f(int a) { return a; }", ("int f(int a) { return 0; }",)),
            Example("cpp", "B& f() { return *this; }", why="no value is at hand to refer to"),
        ),
    ),
)
