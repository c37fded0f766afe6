"""Another logical connector, and one operand without the other.

LCR of Offutt et al.; Mull `cxx_logical`; cosmic-ray `core/ReplaceAndWithOr`; one operand: COR.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import Binary, binaries
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.removal import targets
from codeaug.predicates.java import has_pattern

_OTHER = {"&&": "||", "||": "&&", "and": "or", "or": "and"}


def _connector(body: Body) -> Iterator[Fault]:
    for each in _logical(body):
        old = each.operator.text
        new = _OTHER[old]
        edits = replaced(each.operator, new)
        if new in ("&&", "and"):
            edits += _wrapped(each)
        yield Fault(edits, f"`{new}` for `{old}`", _hint(each))


def _wrapped(each: Binary) -> tuple[Edit, ...]:
    """Parentheses around operands that bind less tightly than the new `&&`."""
    loose = (n for n in (each.left, each.right) if n.kind in ("ternary_expression", "lambda"))
    edits = [e for n in loose for e in (Edit(n.start, n.start, "("), Edit(n.end, n.end, ")"))]
    return tuple(edits)


def _operand(body: Body) -> Iterator[Fault]:
    for each in _logical(body):
        for kept, gone in ((each.left, each.right), (each.right, each.left)):
            if kept is each.left:
                edit = Edit(kept.end, gone.end, "")
            else:
                edit = Edit(gone.start, kept.start, "")
            if _is_whole(each, edit):
                yield Fault(
                    (edit,),
                    f"the operand {shown(gone)} of `{each.operator.text}` removed",
                    f"check the result when {shown(gone)} alone decides",
                )


def _is_whole(each: Binary, edit: Edit) -> bool:
    """Whether no comment would be lost."""
    return not any(edit.start <= c.start < edit.end for c in each.node.find("comment"))


def _logical(body: Body) -> Iterator[Binary]:
    for each in binaries(body):
        if each.operator.text not in _OTHER:
            continue
        if not has_pattern(each.node) and not any(True for _ in targets(each.node)):
            yield each


def _hint(each: Binary) -> str:
    return f"check the result when only one of {shown(each.left)} and {shown(each.right)} holds"


OPERATORS = (
    Operator(
        "logical-connector",
        "`||` for `&&`, `or` for `and`, and back",
        "LCR; Mull cxx_logical; cosmic-ray core/ReplaceAndWithOr",
        _connector,
        (
            Example(
                "python",
                "def f(a, b):\n    return a and b\n",
                ("def f(a, b):\n    return a or b\n",),
            ),
            Example("python", "def f(a):\n    return a and (b := a)\n", why="b is set there"),
            Example(
                "java",
                "class A { boolean f(boolean a, boolean b) { return a || b; } }",
                ("class A { boolean f(boolean a, boolean b) { return a && b; } }",),
            ),
            Example(
                "java",
                "class A { boolean f(Object a) { return a instanceof B b && b.g(); } }",
                why="b would not be in scope",
            ),
            Example(
                "cpp",
                "bool f(int a, int b) { return a && b; }",
                ("bool f(int a, int b) { return a || b; }",),
            ),
        ),
    ),
    Operator(
        "drop-operand",
        "One operand of `&&`, `||`, `and`, `or` removed",
        "COR (Offutt et al.); Dextool LCR",
        _operand,
        (
            Example(
                "python",
                "def f(a, b):\n    return a or b\n",
                ("def f(a, b):\n    return a\n", "def f(a, b):\n    return b\n"),
            ),
            Example(
                "java",
                "class A { boolean f(boolean a, boolean b) { return a && b; } }",
                (
                    "class A { boolean f(boolean a, boolean b) { return a; } }",
                    "class A { boolean f(boolean a, boolean b) { return b; } }",
                ),
            ),
            Example(
                "cpp",
                "bool f(int a, int b) { return a && b; }",
                ("bool f(int a, int b) { return a; }", "bool f(int a, int b) { return b; }"),
            ),
            Example("cpp", "bool f(int a, int& b) { return a && (b = a); }", why="b is set there"),
        ),
    ),
)
