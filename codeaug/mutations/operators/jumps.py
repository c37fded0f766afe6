"""Another jump, or none: `continue` for `break`, an exception that is not thrown, no early return.

cosmic-ray `core/ReplaceBreakWithContinue`; mutmut `operator_keywords`; an exception not thrown, no
return: SDL, cosmic-ray `core/ExceptionReplacer`.
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.reach import completes, is_endless, may_do_nothing, target
from codeaug.mutations.removal import ends_checked, removed, some_unset
from codeaug.predicates.flow import LOOPS
from codeaug.predicates.nodes import Node


def _swapped(body: Body) -> Iterator[Fault]:
    for node in body.find("break_statement", "continue_statement"):
        old = node.children[0]
        new = {"break": "continue", "continue": "break"}[old.text]
        if _may_swap(body, node):
            yield Fault(
                replaced(old, new),
                f"`{new}` for `{old.text}`",
                f"check a case in which the loop goes on after `{old.text}`",
            )


def _may_swap(body: Body, node: Node) -> bool:
    if body.language == "python":
        return True
    loop = target(node)
    if loop is None or loop.kind not in LOOPS or some_unset(body, node):
        return False
    if node.kind == "break_statement":
        return may_do_nothing(body, node)
    # A `break` in a switch would leave only the switch.
    inner = next((a for a in node.ancestors() if a.kind == "switch_expression" or a is loop), loop)
    return inner is loop and not (is_endless(loop) and not completes(loop))


def _thrown(body: Body) -> Iterator[Fault]:
    for node in body.find("throw_statement", "raise_statement"):
        checked = ends_checked(body, node) or some_unset(body, node)
        if not checked and may_do_nothing(body, node) and not _is_all(node):
            yield Fault(
                removed(node),
                f"{shown(node)} removed",
                f"check that {shown(node)} happens where it must",
            )


def _is_all(node: Node) -> bool:
    """Whether the function does nothing else: `extreme-body` does that."""
    block = node.parent
    return (
        block is not None
        and block.parent is not None
        and block.parent.kind.endswith(("definition", "declaration"))
        and len(block.parts) == 1
    )


def _returned(body: Body) -> Iterator[Fault]:
    for node in body.find("return_statement"):
        block = node.parent
        last = block is not None and block.parent is body.function and block.parts[-1] is node
        if node.parts or last or some_unset(body, node) or not may_do_nothing(body, node):
            continue
        if not body.nested or body.around(node) is body.function:
            yield Fault(
                removed(node),
                "an early `return` removed",
                "check that nothing more happens after the early `return`",
            )


OPERATORS = (
    Operator(
        "break-continue",
        "`continue` for `break` in a loop, and back",
        "cosmic-ray core/ReplaceBreakWithContinue; mutmut operator_keywords",
        _swapped,
        (
            Example(
                "python",
                "def f(a):\n    for b in a:\n        if b:\n            break\n",
                ("def f(a):\n    for b in a:\n        if b:\n            continue\n",),
            ),
            Example(
                "java",
                "class A { void f(int a) { while (a > 1) { if (g()) continue; h(); } } }",
                ("class A { void f(int a) { while (a > 1) { if (g()) break; h(); } } }",),
            ),
            Example(
                "java",
                "class A { void f() { while (true) { if (g()) break; } h(); } }",
                why="what follows would be dead",
            ),
            Example(
                "cpp",
                "void f(int a) { for (; a; --a) { if (g()) break; } }",
                ("void f(int a) { for (; a; --a) { if (g()) continue; } }",),
            ),
            Example("cpp", "void f(int a) { switch (a) { case 1: break; } }", why="a switch's"),
        ),
    ),
    Operator(
        "remove-throw",
        "An exception not thrown",
        "SDL; cosmic-ray core/ExceptionReplacer",
        _thrown,
        (
            Example(
                "python",
                "def f(a):\n    if a:\n        raise E(a)\n    return 1\n",
                ("def f(a):\n    if a:\n        pass\n    return 1\n",),
            ),
            Example("python", "def f(a):\n    raise E(a)\n", why="extreme-body does that"),
            Example(
                "java",
                "class A { int f(int a) { if (a > 1) { throw new E(); } return 1; } }",
                ("class A { int f(int a) { if (a > 1) {  } return 1; } }",),
            ),
            Example(
                "java",
                "class A { int f(int a) { if (a > 1) return 1; throw new E(); } }",
                why="no result would be returned",
            ),
            Example(
                "cpp",
                "int f(int a) { if (a > 1) throw E(); return 1; }",
                ("int f(int a) { if (a > 1) {} return 1; }",),
            ),
        ),
    ),
    Operator(
        "remove-return",
        "An early return without a result removed",
        "SDL",
        _returned,
        (
            Example(
                "python",
                "def f(a):\n    if a:\n        return\n    g(a)\n",
                ("def f(a):\n    if a:\n        pass\n    g(a)\n",),
            ),
            Example(
                "java",
                "class A { void f(int a) { if (a > 1) return; g(); return; } }",
                ("class A { void f(int a) { if (a > 1) {} g(); return; } }",),
                "the last one changes nothing",
            ),
            Example(
                "cpp",
                "void f(int a) { if (a) { return; } g(); }",
                ("void f(int a) { if (a) {  } g(); }",),
            ),
        ),
    ),
)
