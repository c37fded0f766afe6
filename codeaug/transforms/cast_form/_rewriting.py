"""`static_cast<int>(x)` as `int(x)`, and back, in C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.cpp import canonical
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_NUMBERS = cpp_types.INTEGRAL | cpp_types.FLOATING


def functional_cast(subject: Subject) -> Iterator[Site]:
    """Each `static_cast` to a number whose type is one word."""
    return sites(subject, lambda code: code.found("call"), _functional)


def _functional(code: Code, node: Node) -> tuple[Edit, ...] | None:
    called, given = node.child("function"), node.child("arguments")
    if called is None or given is None or called.kind != "template_function":
        return None
    name, target = called.child("name"), called.child("arguments")
    if name is None or target is None or name.text != "static_cast":
        return None
    kind = target.text[1:-1].strip()
    if canonical(kind) not in _NUMBERS or not kind.replace("::", "").isidentifier():
        return None
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, given.start)
    require(len(given.parts) == 1, "NATURAL", "an unusual cast")
    _require_expression(node)
    return (Edit(node.start, given.start, kind),)


def _require_expression(node: Node) -> None:
    """NATURAL: `T(x)` would not be read as a declaration or as the type of a function there."""
    above = node.parent
    first = above is not None and above.kind == "expression_statement"
    within = any(
        a.kind in ("template_argument_list", "sizeof_expression", "alignof_expression")
        or (a.kind == "init_declarator" and a.token("=") is None)
        for a in node.ancestors()
    )
    require(not first and not within, "NATURAL", "it would read as a declaration or a type")


def static_cast(subject: Subject) -> Iterator[Site]:
    """Each cast of a number to another by the type's name."""
    return sites(subject, lambda code: code.found("call", "cast_expression"), _static)


def _static(code: Code, node: Node) -> tuple[Edit, ...] | None:
    target, value = _parts(code, node)
    if target is None or value is None or canonical(target.text) not in _NUMBERS:
        return None
    kind = type_of(code, value)
    require(kind in _NUMBERS, "BUILTIN", "it is not known to be a number")
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, node.end)
    text = f"static_cast<{target.text}>({unwrapped(value).text})"
    return (Edit(node.start, node.end, text),)


def _parts(code: Code, node: Node) -> tuple[Node | None, Node | None]:
    """The type and the value of `T(x)` or `(T)x`."""
    if node.kind == "cast_expression":
        return node.child("type"), node.child("value")
    called, given = node.child("function"), node.child("arguments")
    if called is None or given is None or len(given.parts) != 1:
        return None, None
    plain = called.kind == "primitive_type" or called.text in ("std::size_t", "std::ptrdiff_t")
    return (called, given.parts[0]) if plain else (None, None)
