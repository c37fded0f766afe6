"""Arguments in another order, or left out.

Swapped arguments have no one source (PIT's ARGUMENT_PROPAGATION is their kin); left
out: mutmut `operator_arg_removal`, here for what has a default; slice bounds, and those of
`substring` and `substr`, likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from codeaug.model import Edit
from codeaug.mutations.body import Body, shown
from codeaug.mutations.operands import is_number
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.predicates.nodes import Node

_COMMUTES = frozenset(
    {"max", "min", "equals", "hypot", "gcd", "lcm", "add", "multiply", "isinstance", "issubclass"}
    | {"isclose", "swap", "getattr", "hasattr", "setattr", "fmax", "fmin", "addExact"}
)
_SPECIAL = ("keyword_argument", "list_splat", "dictionary_splat", "comment", "generator_expression")


def _swapped(body: Body) -> Iterator[Fault]:
    for node in body.find("call", "object_creation_expression"):
        given = node.child("arguments")
        if given is None or given.kind != "argument_list" or _name(node) in _COMMUTES:
            continue
        parts = given.parts
        for one, two in pairwise(parts):
            if _may_swap(body, one, two):
                yield Fault(
                    (Edit(one.start, one.end, two.text), Edit(two.start, two.end, one.text)),
                    f"the arguments {shown(one)} and {shown(two)} swapped",
                    f"check {shown(node)} where the two arguments differ",
                )


def _may_swap(body: Body, one: Node, two: Node) -> bool:
    if one.text == two.text or one.kind in _SPECIAL or two.kind in _SPECIAL:
        return False
    if body.language == "python":
        return one.kind == two.kind and one.kind not in ("lambda", "string")
    kind = body.type_of(one)
    if kind and kind == body.type_of(two):
        return kind not in ("null", "nullptr")
    return is_number(body, one) and is_number(body, two) and not kind and not body.type_of(two)


def _name(call: Node) -> str:
    called = call.child("function") or call.child("name") or call.child("type")
    return re.split(r"\.|::|->", called.text.split("<")[0])[-1] if called is not None else ""


def _keyword(body: Body) -> Iterator[Fault]:
    for node in body.find("keyword_argument"):
        given = node.parent
        name = node.child("name")
        if given is None or given.kind != "argument_list" or name is None:
            continue
        at = given.children.index(node)
        before, after = given.children[at - 1], given.children[at + 1]
        if after.kind == ",":
            edit = Edit(node.start, given.children[at + 2].start, "")
        else:
            edit = Edit(before.start if before.kind == "," else node.start, node.end, "")
        if not any(edit.start <= c.start < edit.end for c in given.find("comment")):
            yield Fault(
                (edit,),
                f"the argument {shown(node)} removed",
                f"check what `{name.text}` changes against its default",
            )


def _bound(body: Body) -> Iterator[Fault]:
    for node in body.find("slice"):
        for part in node.parts:
            if part.kind == "none" or part.text == "0":
                continue
            yield Fault(
                (Edit(part.start, part.end, ""),),
                f"the bound {shown(part)} of a slice removed",
                f"check a value that is longer than {shown(node)}",
            )
    for node in body.find("call"):
        given = node.child("arguments")
        if given is None or len(given.parts) != 2 or _name(node) not in ("substring", "substr"):
            continue
        first, last = given.parts
        yield Fault(
            (Edit(first.end, last.end, ""),),
            f"the bound {shown(last)} of `{_name(node)}` removed",
            f"check a text that goes on after {shown(last)}",
        )


OPERATORS = (
    Operator(
        "swap-arguments",
        "Two neighbouring arguments of a call swapped",
        "argument reordering; cf. PIT EXPERIMENTAL_ARGUMENT_PROPAGATION",
        _swapped,
        (
            Example(
                "python",
                "def f(a, b):\n    return g(a, b, c=1)\n",
                ("def f(a, b):\n    return g(b, a, c=1)\n",),
            ),
            Example("python", "def f(a, b):\n    return max(a, b)\n", why="the same"),
            Example(
                "java",
                "class A { int f(int a, int b) { return g(a, b); } }",
                ("class A { int f(int a, int b) { return g(b, a); } }",),
            ),
            Example(
                "java",
                "class A { int f(int a, String b) { return g(a, b); } }",
                why="their types differ",
            ),
            Example(
                "cpp",
                "int f(int a, int b) { return g(a, b); }",
                ("int f(int a, int b) { return g(b, a); }",),
            ),
            Example("cpp", "int f(B a, B b) { return std::max(a, b); }", why="the same"),
        ),
    ),
    Operator(
        "remove-keyword",
        "A keyword argument of a call removed",
        "mutmut operator_arg_removal",
        _keyword,
        (
            Example(
                "python",
                "def f(a):\n    return g(a, b=1, c=a)\n",
                ("def f(a):\n    return g(a, c=a)\n", "def f(a):\n    return g(a, b=1)\n"),
            ),
            Example("python", "def f(a):\n    return g(a, *a)\n"),
        ),
    ),
    Operator(
        "slice-bound",
        "A bound of a slice, or the end of `substring` and `substr`, removed",
        "mutmut operator_arg_removal",
        _bound,
        (
            Example(
                "python",
                "def f(a, b):\n    return a[1:b], a[0:]\n",
                (
                    "def f(a, b):\n    return a[:b], a[0:]\n",
                    "def f(a, b):\n    return a[1:], a[0:]\n",
                ),
            ),
            Example(
                "java",
                "class A { String f(String a) { return a.substring(1, 2); } }",
                ("class A { String f(String a) { return a.substring(1); } }",),
            ),
            Example(
                "cpp",
                "std::string f(std::string a) { return a.substr(1, 2); }",
                ("std::string f(std::string a) { return a.substr(1); }",),
            ),
        ),
    ),
)
