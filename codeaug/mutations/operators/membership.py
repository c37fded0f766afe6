"""`is` for `is not`, `in` for `not in`, and back: only Python has them.

mutmut `operator_swap_op`; cosmic-ray `core/ReplaceComparisonOperator_Is_IsNot`, `..._In_NotIn`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import binaries
from codeaug.mutations.operator import Example, Fault, Operator

_OPPOSITE = {"is": "is not", "is not": "is", "in": "not in", "not in": "in"}


def _find(body: Body) -> Iterator[Fault]:
    for each in binaries(body):
        new = _OPPOSITE.get(each.operator.kind)
        if new is not None:
            yield Fault(
                replaced(each.operator, new),
                f"`{new}` for `{each.operator.kind}`",
                f"check the result when {shown(each.node)} holds, and when it does not",
            )


OPERATORS = (
    Operator(
        "membership",
        "`is not` for `is`, `not in` for `in`, and back",
        "mutmut operator_swap_op; cosmic-ray core/ReplaceComparisonOperator",
        _find,
        (
            Example(
                "python",
                "def f(a, b):\n    return a is None, a not in b\n",
                (
                    "def f(a, b):\n    return a is not None, a not in b\n",
                    "def f(a, b):\n    return a is None, a in b\n",
                ),
            ),
            Example("python", "def f(a):\n    return [b for b in a]\n", why="no question"),
        ),
    ),
)
