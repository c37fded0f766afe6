"""Java: what a unit is.

Names are `Outer.Inner.method`; a method of an anonymous class is `Outer.method.Runnable{}.run`, of
an enum constant `Enum.CONSTANT.method`, of a local class `Outer.method.Local.run`. A constructor
has its class's name. Parameters are the written types: `(int,List<String>)`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from codeaug.languages.outline import (
    Place,
    Skeleton,
    names_around,
    space_at,
    units_with_surroundings,
)
from codeaug.model import Skip, SkipReason, Span, Unit
from codeaug.syntax import Node, parse

_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_ANNOTATION = re.compile(
    r"@(?!interface\b)[\w.]+\s*(\((?:[^()\"]|\"(?:[^\"\\]|\\.)*\"|\([^()]*\))*\))?"
)
_SPACE_AT_SIGN = space_at(r"[<>,.\[\]()&]")
_PLAIN = re.compile(r"\s*(?!final\b)([\w$]+(?:\[\])*)\s+(?!this\b)[\w$]+\s*")
_PARAMETER = re.compile(
    r"(?P<type>.*[\s>\]…])(?P<name>[^\W\d][\w$]*)(?P<dims>(?:\[\])*)", re.DOTALL
)

_TYPE = re.compile(rb"(?:class|interface|enum|record)\s")
# It begins with a plain word, which is found many times faster than the beginning of a word.
_NEW = re.compile(rb"new(?<!\wnew)\b[^;(){}\"']*\(")
_NEXT = re.compile(
    rb"[()]|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|/\*.*?\*/|//[^\n]*", re.DOTALL
)
_PLAIN_ARGUMENTS = re.compile(rb"[^()\"'/]*\)")
_OPENS = re.compile(rb"(?:\s|/\*.*?\*/|//[^\n]*\n)*\{", re.DOTALL)


def _may_hold(node: Node, text: bytes) -> bool:
    """Whether a member may hold an anonymous, local or enum constant's class."""
    if b"{" not in text:
        return False
    if node.type in ("enum_constant", "ERROR"):
        return True
    # Plain words are looked for first: that is many times faster.
    words = b"class" in text or b"interface" in text or b"enum" in text or b"record" in text
    if words and _TYPE.search(text):
        return True
    return b"new" in text and any(_opens_class(text, match) for match in _NEW.finditer(text))


def _opens_class(text: bytes, new: re.Match[bytes]) -> bool:
    """Whether a block follows the arguments of this `new X(`."""
    if plain := _PLAIN_ARGUMENTS.match(text, new.end()):
        return bool(_OPENS.match(text, plain.end())) or b"@" in new[0]
    depth = 1
    for match in _NEXT.finditer(text, new.end()):
        depth += (match[0] == b"(") - (match[0] == b")")
        if depth == 0:
            return bool(_OPENS.match(text, match.end())) or b"@" in new[0]
    return True


_TYPES = ("class", "interface", "enum", "record", "annotation_type")
_SKELETON = Skeleton(
    {
        "method_declaration": "unit",
        "constructor_declaration": "unit",
        "compact_constructor_declaration": "unit",
        **{f"{kind}_declaration": "scope" for kind in _TYPES},
    },
    frozenset(
        {
            *(f"{kind}_declaration" for kind in _TYPES),
            *("class_body", "interface_body", "enum_body", "annotation_type_body"),
            "enum_body_declarations",
        }
    ),
    _may_hold,
)


def find_units(source: bytes, path: str, blob: str) -> list[Unit | Skip]:
    """All methods and constructors, those of nested and anonymous classes too.

    Raises SyntaxLimit.
    """
    root = parse("java", source).root_node
    return [
        _unit(place, enclosing, source, path, blob)
        for place, enclosing in units_with_surroundings(_SKELETON.places("java", root, source))
    ]


def _unit(place: Place, enclosing: list[Place], source: bytes, path: str, blob: str) -> Unit | Skip:
    node, start, end = place.node, place.start, place.end
    place.name = _name(place, source)
    name = ".".join([*names_around(enclosing, source, _name), place.name])
    parameters = _parameters(place, enclosing, source)
    body = node.child_by_field_name("body")
    if node.has_error or not place.name:
        return Skip(path, "java", SkipReason.UNPARSEABLE, name + parameters)
    if body is None:
        return Skip(path, "java", SkipReason.NO_BODY, name + parameters)
    code, line = source[start:end], node.start_point.row + 1
    return Unit(
        path=path,
        language="java",
        name=name,
        parameters=parameters,
        span=Span(start, end),
        body=Span(body.start_byte, body.end_byte),
        line=line,
        body_line=line + source.count(b"\n", start, body.start_byte),
        end_line=line + code.count(b"\n"),
        blob=blob,
        code=code.decode("utf-8", "surrogateescape"),
    )


def _name(place: Place, source: bytes) -> str:
    node = place.node
    if node.type != "object_creation_expression":
        name = node.child_by_field_name("name")
        return source[name.start_byte : name.end_byte].decode() if name else ""
    made = node.child_by_field_name("type")
    text = source[made.start_byte : made.end_byte].decode() if made else ""
    return _normal(_ANNOTATION.sub("", text).split("<")[0]) + "{}"


def _parameters(place: Place, enclosing: list[Place], source: bytes) -> str:
    node = place.node
    if node.type == "compact_constructor_declaration" and enclosing:
        node = enclosing[-1].node
    found = node.child_by_field_name("parameters")
    return parameter_types(source[found.start_byte : found.end_byte]) if found else "()"


@lru_cache(maxsize=65536)
def parameter_types(written: bytes) -> str:
    """`(final int a, String... b)` as `(int,String...)`: no names, annotations or comments."""
    text = _COMMENT.sub(" ", written.decode("utf-8", "replace")).strip()[1:-1]
    if "@" in text:
        text = _ANNOTATION.sub(" ", text)
    parts = [_type(part) for part in _split(text) if part.strip()]
    return f"({','.join(part for part in parts if part)})"


def _split(text: str) -> list[str]:
    if not any(sign in text for sign in "<([>)]"):
        return text.split(",")
    parts, depth = [""], 0
    for char in text:
        depth += (char in "<([") - (char in ">)]")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


@lru_cache(maxsize=65536)
def _type(parameter: str) -> str:
    if match := _PLAIN.fullmatch(parameter):
        return match[1]
    words = _normal(parameter.replace("...", "… ")).removeprefix("final ")
    match = _PARAMETER.fullmatch(words)
    if match is None or match["name"] == "this":
        return "" if words.endswith("this") else words.replace("…", "...")
    return _normal(match["type"] + match["dims"]).replace(" …", "…").replace("…", "...")


def _normal(text: str) -> str:
    text = _SPACE_AT_SIGN.sub("", " ".join(text.split()))
    return re.sub(r"([>\]])(?=[^\W\d])", r"\1 ", text)
