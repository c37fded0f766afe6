"""The whole body replaced by nothing, or by one value: can any test tell that the function works?

Extreme mutation: Niedermayr, Juergens, Wagner (CSED 2016); Descartes (Vera-Perez et al. 2018).
"""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.mutations.body import Body
from codeaug.mutations.defaults import defaults
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.mutations.removal import sets_finals
from codeaug.predicates.nodes import Node


def _find(body: Body) -> Iterator[Fault]:
    place = _statements(body)
    values = defaults(body)
    if place is None or values is None or sets_finals(body):
        return
    if body.language == "python" and _is_generator(body):
        values = ("",)
    for value in values:
        yield Fault(_edits(body, place, value), _said(value), _hint(body, value))
    if not values:
        text = "pass" if body.language == "python" else ""
        yield Fault((Edit(*place, text),), "the body emptied", _hint(body, ""))


def _statements(body: Body) -> tuple[int, int] | None:
    """From the first statement to the last; docstrings and calls of `super(...)` stay."""
    block = body.function.child("body")
    if block is None or block.kind != "block":
        return None
    parts = block.parts
    while parts and _stays(parts[0]):
        parts = parts[1:]
    if not parts:
        return None
    return parts[0].start, body.unit.span.end if body.language == "python" else parts[-1].end


def _stays(statement: Node) -> bool:
    if statement.kind == "explicit_constructor_invocation":
        return True
    kinds = [part.kind for part in statement.parts]
    texts = (["string"], ["concatenated_string"])
    return statement.kind == "expression_statement" and kinds in texts


def _is_generator(body: Body) -> bool:
    return any(body.around(n) is body.function for n in body.find("yield"))


def _edits(body: Body, place: tuple[int, int], value: str) -> tuple[Edit, ...]:
    text = f"return {value};"
    if body.language == "python":
        text = f"return {value}" if value else "return; yield"
    return (Edit(*place, text),)


def _said(value: str) -> str:
    return f"the body replaced by `return {value}`" if value else "the body emptied"


def _hint(body: Body, value: str) -> str:
    name = body.unit.name.replace("::", ".").rsplit(".", 1)[-1]
    if value and value != "None":
        return f"call `{name}` where its result is not `{value}` and check the result"
    return f"check any result or effect of `{name}`"


OPERATORS = (
    Operator(
        "extreme-body",
        "The body emptied, or replaced by the return of an empty value",
        "Descartes; PIT stronger",
        _find,
        (
            Example(
                "python",
                "def f(a):\n    'Doc.'\n    b = a\n    return b\n",
                ("def f(a):\n    'Doc.'\n    return None\n",),
            ),
            Example("python", "def f(a):\n    a.b()\n", ("def f(a):\n    pass\n",)),
            Example(
                "python",
                "def f(a) -> bool:\n    return a > 1\n",
                (
                    "def f(a) -> bool:\n    return False\n",
                    "def f(a) -> bool:\n    return True\n",
                ),
            ),
            Example(
                "python",
                "def f(a):\n    yield a\n",
                ("def f(a):\n    return; yield\n",),
                "a generator stays one",
            ),
            Example("python", "def f(a):\n    'Doc.'\n", why="nothing to empty"),
            Example(
                "java",
                "class A { int f(int a) { a++; return a; } }",
                ("class A { int f(int a) { return 0; } }",),
            ),
            Example("java", "class A { void f() { g(); } }", ("class A { void f() {  } }",)),
            Example(
                "java",
                "class A { Thing f() { return g(); } }",
                ("class A { Thing f() { return null; } }",),
            ),
            Example(
                "java",
                "class A { final int n; A(int a) { this.n = a; } }",
                why="the final field would stay unset",
            ),
            Example(
                "java",
                "class A extends B { A(int a) { super(a); g(); } }",
                ("class A extends B { A(int a) { super(a);  } }",),
            ),
            Example(
                "cpp",
                "bool f(int a) { return a > 1; }",
                ("bool f(int a) { return false; }", "bool f(int a) { return true; }"),
            ),
            Example("cpp", "void A::f() { g(); h(); }", ("void A::f() {  }",)),
            Example(
                "cpp",
                "const char* f() { return g(); }",
                ("const char* f() { return 0; }",),
            ),
            Example("cpp", "B f() { return g(); }", ("B f() { return B(); }",)),
            Example("cpp", "B& f() { return g(); }", why="no value is at hand to refer to"),
        ),
        whole=True,
    ),
)
