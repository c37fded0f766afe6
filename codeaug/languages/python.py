"""Python: what a unit is. Names are `Class.method`, `outer.inner`; there is no parameter list."""

from __future__ import annotations

import re

from codeaug.languages.outline import (
    Place,
    Skeleton,
    names_around,
    units_with_surroundings,
    wrapped_start,
)
from codeaug.model import Skip, SkipReason, Span, Unit
from codeaug.syntax import Node, parse, require_shallow

_OVERLOAD = re.compile(rb"@(?:\w+\.)*overload\b")
_STUB = re.compile(
    rb"""\A\s*(?:(?:[rRuU]?(?P<q>\"{3}|'{3}|"|').*?(?P=q))\s*;?\s*)?\.\.\.\s*\Z""", re.DOTALL
)
# Each begins with a plain word, which is found many times faster than the beginning of a word.
_FUNCTION = re.compile(rb"def(?<![A-Za-z_]def)\W")
_NESTED_FUNCTION = re.compile(rb"def(?<!\wdef)[ \t\\]")
_NESTED_CLASS = re.compile(rb"class(?<!\wclass)[ \t\\]")


def _may_hold(node: Node, text: bytes) -> bool:
    """Whether more than a function's own head defines something."""
    return bool(_NESTED_FUNCTION.search(text, 1) or _NESTED_CLASS.search(text, 1))


_SKELETON = Skeleton(
    {"function_definition": "unit", "class_definition": "scope", "decorated_definition": "wrapper"},
    frozenset({"class_definition", "decorated_definition", "block"}),
    _may_hold,
)


def find_units(source: bytes, path: str, blob: str) -> list[Unit | Skip]:
    """All functions and methods, nested ones included. Raises SyntaxLimit."""
    if not _FUNCTION.search(source):  # tables and settings need not be parsed
        require_shallow(source)
        return []
    root = parse("python", source).root_node
    return [
        _unit(place, enclosing, source, path, blob)
        for place, enclosing in units_with_surroundings(_SKELETON.places("python", root, source))
    ]


def _unit(place: Place, enclosing: list[Place], source: bytes, path: str, blob: str) -> Unit | Skip:
    node = place.node
    place.name = _name(place, source)
    name = ".".join([*names_around(enclosing, source, _name), place.name])
    start, body = wrapped_start(place, enclosing), node.child_by_field_name("body")
    end = _end(node, source)
    if node.has_error or not place.name:
        return Skip(path, "python", SkipReason.UNPARSEABLE, name)
    if body is None or not body.child_count or _is_stub(source, start, node, body):
        return Skip(path, "python", SkipReason.NO_BODY, name)
    lines = node.start_point.row - source.count(b"\n", start, place.start) + 1
    code = source[start:end]
    return Unit(
        path=path,
        language="python",
        name=name,
        parameters="",
        span=Span(start, end),
        body=Span(body.start_byte, end),
        line=lines,
        body_line=body.start_point.row + 1,
        end_line=lines + code.count(b"\n"),
        blob=blob,
        code=code.decode("utf-8", "surrogateescape"),
    )


def _name(place: Place, source: bytes) -> str:
    name = place.node.child_by_field_name("name")
    return source[name.start_byte : name.end_byte].decode() if name else ""


def _end(node: Node, source: bytes) -> int:
    """Where the last statement ends: comments after it are outside, as for Python's own parser."""
    end = node.end_byte
    if b"#" not in source[source.rfind(b"\n", 0, end) + 1 : end]:
        return end
    last: Node | None = node
    while last is not None:
        end = last.end_byte
        last = next((c for c in reversed(last.children) if c.type != "comment"), None)
    return end


def _is_stub(source: bytes, start: int, node: Node, body: Node) -> bool:
    if start < node.start_byte and _OVERLOAD.search(source, start, node.start_byte):
        return True
    if not source.endswith(b"...", body.start_byte, body.end_byte):
        return False
    return bool(_STUB.match(source[body.start_byte : body.end_byte]))
