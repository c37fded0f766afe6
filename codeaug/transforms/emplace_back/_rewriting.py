"""`push_back` and `emplace_back` for one another in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_std, cpp_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_GROWING = ("vector", "deque", "list")
_MOST_PARTS = 3


def to_emplace(subject: Subject) -> Iterator[Site]:
    """Each `push_back` that is a statement."""
    return sites(subject, lambda code: code.found("call"), _emplaced)


def _emplaced(code: Code, node: Node) -> tuple[Edit, ...] | None:
    member, element, given = _call(code, node, "push_back")
    if member is None:
        return None
    _require_known(code, node, element)
    require(len(given) == 1, "NATURAL", "not one value")
    value = given[0]
    if _is_element(code, value, element):
        scalar = cpp_types.is_scalar(element)
        require(not scalar, "NATURAL", "nobody makes a number in its container")
        return _edits(code, node, member, "emplace_back", value.text)
    made = _arguments(code, value, element)
    require(made is not None, "BUILTIN", "the value is not proven to have the element's type")
    assert made is not None
    for part in made:
        _require_forwarded(code, part)
    require(cpp_std.is_plain(element, code.source), "TRIVLIFE", "a copy less might be seen")
    text = ", ".join(part.text for part in made)
    return _edits(code, node, member, "emplace_back", text)


def to_push(subject: Subject) -> Iterator[Site]:
    """Each `emplace_back` that is a statement."""
    return sites(subject, lambda code: code.found("call"), _pushed)


def _pushed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    member, element, given = _call(code, node, "emplace_back")
    if member is None:
        return None
    _require_known(code, node, element)
    if len(given) == 1 and _is_element(code, given[0], element):
        return _edits(code, node, member, "push_back", given[0].text)
    name = cpp_std.class_of(element, code.source)[0]
    literal = len(given) == 1 and given[0].kind == "string_literal"
    if literal and name == "string":
        return _edits(code, node, member, "push_back", given[0].text)
    require(cpp_std.is_plain(element, code.source), "TRIVLIFE", "a copy more might be seen")
    require(name in ("string", "pair") and len(given) > 1, "NATURAL", "it needs no value")
    text = f"{element}({', '.join(part.text for part in given)})"
    return _edits(code, node, member, "push_back", text)


def _call(code: Code, node: Node, name: str) -> tuple[Node | None, str, list[Node]]:
    """The member's name, the element type of its object, and the arguments."""
    called, given = node.child("function"), node.child("arguments")
    nothing: tuple[None, str, list[Node]] = (None, "", [])
    if called is None or given is None or called.kind != "field_access":
        return nothing
    receiver, member = called.child("argument"), called.child("field")
    if receiver is None or member is None or member.text != name:
        return nothing
    if node.parent is None or node.parent.kind != "expression_statement":
        return nothing
    return member, _element(code, receiver, called.token("->") is not None), given.parts


def _element(code: Code, receiver: Node, pointed: bool) -> str:
    written = cpp_types.written_type(code, receiver)
    if pointed:
        written = written.removesuffix("*").rstrip() if written.endswith("*") else ""
    name, given = cpp_std.class_of(written, code.source)
    element = cpp_std.first_argument(given) if name in _GROWING else ""
    return " ".join(element.split())


def _require_known(code: Code, node: Node, element: str) -> None:
    require(bool(element) and element != "bool", "BUILTIN", "the container is not known")
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, node.end)
    require("\n" not in node.text, "NATURAL", "a call of several lines")


def _is_element(code: Code, value: Node, element: str) -> bool:
    """Whether it is a variable of exactly the element's type, moved or not."""
    moved = value.child("function")
    if value.kind == "call" and moved is not None and moved.text == "std::move":
        parts = (value.child("arguments") or value).parts
        return len(parts) == 1 and _is_element(code, parts[0], element)
    written = cpp_types.written_type(code, value)
    plain = written.removesuffix("&").rstrip().removeprefix("const ")
    return bool(plain) and plain == element


def _arguments(code: Code, value: Node, element: str) -> list[Node] | None:
    """What a value of the element's type is made from."""
    name = cpp_std.class_of(element, code.source)[0]
    if value.kind == "string_literal" and name == "string":
        return [value]
    called, given = value.child("function"), value.child("arguments")
    if value.kind != "call" or called is None or given is None:
        return None
    text = re.sub(r"\s+", "", called.text)
    paired = name == "pair" and text in ("std::make_pair", "make_pair")
    same = text == re.sub(r"\s+", "", element)
    parts = given.parts
    fits = (paired or same) and 1 <= len(parts) <= _MOST_PARTS
    return parts if fits and (name != "pair" or len(parts) == 2) else None


def _require_forwarded(code: Code, part: Node) -> None:
    """BUILTIN: the argument keeps its meaning behind a reference to it."""
    zero = part.kind in ("null_literal", "initializer_list") or part.text == "0"
    require(not zero, "BUILTIN", "what it stands for depends on the parameter")
    made = any(n.kind == "new_expression" for n in part.walk())
    require(not made, "PURE", "it would leak where the container cannot grow")
    known = part.kind == "string_literal" or bool(type_of(code, part))
    known = known or bool(cpp_types.written_type(code, part))
    require(known, "BUILTIN", "a type is not known")


def _edits(code: Code, node: Node, member: Node, name: str, text: str) -> tuple[Edit, ...]:
    given = node.child("arguments")
    assert given is not None
    inside = given.source[given.start + 1 : given.end - 1].decode("utf-8", "surrogateescape")
    pad = " " if inside.startswith(" ") else ""
    new = f"({pad}{text}{pad})"
    return (Edit(member.start, member.end, name), Edit(given.start, given.end, new))
