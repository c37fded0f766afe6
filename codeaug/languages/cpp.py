"""C++: what a unit is.

Names are `ns::Class::method`, `(anonymous)` for an unnamed namespace or class; parameters the
written types with qualifiers: `(int, const char*) const`, written without needless blanks. Text
that does not parse because of macros is parsed once more with those blanked; a function counts
when either tree has it without error.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from codeaug.languages.cpp_macros import blank_macros, is_decorating
from codeaug.languages.outline import (
    Part,
    Place,
    Skeleton,
    all_places,
    merged,
    names_around,
    space_at,
    units_with_surroundings,
    wrapped_start,
)
from codeaug.model import Skip, SkipReason, Span, Unit
from codeaug.syntax import Node, blanked_tree, parse

_FUNCTION_LIKE = ("function_declarator", "operator_cast")
_BLOCKS = ("compound_statement", "try_statement", "field_initializer_list")
_TYPES = ("class_specifier", "struct_specifier", "union_specifier")
_SPACE_AT_SIGN = space_at(r"[<>,*&()\[\]:=+\-~|^!]")
_PLAIN_BLOCK = re.compile(rb"\)\s*\{")
_NO_CODE = re.compile(rb'"(?:\\.|[^"\\\n])*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
_known_types: dict[bytes, str] = {}
_MACRO_NAME = re.compile(r"_*[A-Z][A-Z0-9_]{2,}")


def _may_hold(node: Node, text: bytes) -> bool:
    """Whether a declaration or function may hold a class, or is misread and may hold anything."""
    if b"{" not in text or b")" not in text:
        return False
    if node.type != "function_definition" or node.has_error:
        return True
    return b"class" in text or b"struct" in text or b"union" in text


_SKELETON = Skeleton(
    {
        "function_definition": "unit",
        **dict.fromkeys((*_TYPES, "namespace_definition"), "scope"),
        **dict.fromkeys(("template_declaration", "friend_declaration"), "wrapper"),
    },
    frozenset(
        {
            *(*_TYPES, "namespace_definition", "template_declaration", "friend_declaration"),
            *("declaration_list", "field_declaration_list", "linkage_specification"),
            *("preproc_if", "preproc_ifdef", "preproc_else", "preproc_elif", "preproc_elifdef"),
        }
    ),
    _may_hold,
)


def find_units(source: bytes, path: str, blob: str) -> list[Unit | Skip]:
    """All functions with a body: free, member, operator, in templates. Raises SyntaxLimit."""
    if not _holds_blocks(source):
        return []
    tree = parse("cpp", source)
    places = _SKELETON.places("cpp", tree.root_node, source)
    found = _units(places, source, path, blob)
    misread = _misread(tree.root_node, places)
    blanked, spans, attributes = blank_macros(source, misread) if misread else (source, [], [])
    if not spans:
        return [item for _, item in found]
    # The tree is of the blanked text, every text is cut from the source itself.
    second, parts = blanked_tree("cpp", tree, source, blanked, spans)
    other = _units(_changed_places(second.root_node, parts), source, path, blob)
    return _union(found, [(at, _with_attributes(i, source, attributes)) for at, i in other])


def _holds_blocks(source: bytes) -> bool:
    """Whether a block follows a parenthesis anywhere; mere declarations need not be parsed."""
    if _PLAIN_BLOCK.search(source):
        return True
    text = _NO_CODE.sub(b"", source)
    return any(
        b")" in part[max(part.rfind(b";"), part.rfind(b"}")) + 1 :]
        for part in text.split(b"{")[:-1]
    )


def _misread(root: Node, places: Sequence[Place]) -> list[Part]:
    """What macros may have spoilt: classes that read as functions, declarations in error with their
    neighbours, or all of a block whose own braces may be misread."""
    parts = [(place.start, place.end) for place in places if _is_misread_class(place.node)]
    waiting = [root] if root.has_error else []
    while waiting:
        node = waiting.pop()
        children = node.children
        if any(child.is_error or child.is_missing for child in children):
            parts.append((node.start_byte, node.end_byte))
            continue
        for index, child in enumerate(children):
            if not child.has_error:
                continue
            if child.type in _SKELETON.open:
                waiting.append(child)
            else:
                around = children[max(0, index - 1) : index + 2]
                parts.append((around[0].start_byte, around[-1].end_byte))
    return sorted(parts)


def _is_misread_class(node: Node) -> bool:
    """`class LIB_API Name {...}` reads as a function `Name` of type `class LIB_API`."""
    kind = node.child_by_field_name("type")
    declarator = node.child_by_field_name("declarator")
    return (
        kind is not None
        and declarator is not None
        and kind.type in _TYPES
        and declarator.type == "identifier"
    )


def _changed_places(root: Node, parts: Sequence[Part]) -> list[Place]:
    """Where the blanked text's tree is another: elsewhere the first tree has said it all."""
    near = merged(parts, 1000)
    found = {p.node.id: p for part in near for p in all_places("cpp", root, part)}
    return list(found.values())


def _units(
    places: list[Place], source: bytes, path: str, blob: str
) -> list[tuple[int, Unit | Skip]]:
    """Units and skips by where they end, about which both trees agree."""
    found = []
    for place, enclosing in units_with_surroundings(places):
        item = _unit(place, enclosing, source, path, blob)
        if item is not None:
            found.append((place.end, item))
    return found


def _union(
    raw: Sequence[tuple[int, Unit | Skip]], blanked: Sequence[tuple[int, Unit | Skip]]
) -> list[Unit | Skip]:
    best: dict[int, Unit | Skip] = dict(blanked)
    for at, item in raw:
        other = best.get(at)
        if other is None or isinstance(other, Skip) or _prefer(item, other):
            best[at] = item if isinstance(item, Unit) or other is None else other
    ordered = sorted(best.items(), key=lambda pair: _start(pair[1], pair[0]))
    return [item for _, item in ordered]


def _start(item: Unit | Skip, end: int) -> int:
    return item.span.start if isinstance(item, Unit) else end


def _prefer(raw: Unit | Skip, blanked: Unit) -> bool:
    """The text as it stands wins unless the blanked one knows more of the scopes around."""
    return isinstance(raw, Unit) and raw.name.count("::") >= blanked.name.count("::")


def _with_attributes(
    item: Unit | Skip, source: bytes, attributes: Sequence[tuple[int, int]]
) -> Unit | Skip:
    """Attribute macros right before a definition belong to its span."""
    if isinstance(item, Skip):
        return item
    start = item.span.start
    index = bisect_right(attributes, (start, -1)) - 1
    while index >= 0 and not source[attributes[index][1] : start].strip():
        start = attributes[index][0]
        index -= 1
    if start == item.span.start:
        return item
    return replace(
        item,
        span=Span(start, item.span.end),
        line=item.line - source.count(b"\n", start, item.span.start),
        code=source[start : item.span.end].decode("utf-8", "surrogateescape"),
    )


def _unit(
    place: Place, enclosing: list[Place], source: bytes, path: str, blob: str
) -> Unit | Skip | None:
    node = place.node
    declarator, name_node = _declarator(node)
    if declarator is None or name_node is None:
        return None
    own = _text(name_node, source)
    if name_node.type == "operator_cast":
        own = _conversion(name_node, source)
    place.name = _written_scope(declarator, name_node, source, enclosing) + own
    around = names_around(enclosing, source, _scope_name)
    typed = node.child_by_field_name("type") is not None
    if _is_macro(typed, own, place.name, around):
        return None
    name = "::".join([*around, place.name])
    parameters = _parameters(name_node if name_node.type == "operator_cast" else declarator, source)
    if node.has_error:
        return Skip(path, "cpp", SkipReason.UNPARSEABLE, name + parameters)
    body = _body(node, typed)
    if body is None:
        return Skip(path, "cpp", SkipReason.NO_BODY, name + parameters)
    start = wrapped_start(place, enclosing)
    line = node.start_point.row - source.count(b"\n", start, place.start) + 1
    code = source[start : place.end]
    return Unit(
        path=path,
        language="cpp",
        name=name,
        parameters=parameters,
        span=Span(start, place.end),
        body=Span(body.start_byte, place.end),
        line=line,
        body_line=line + source.count(b"\n", start, body.start_byte),
        end_line=line + code.count(b"\n"),
        blob=blob,
        code=code.decode("utf-8", "surrogateescape"),
    )


def _body(node: Node, typed: bool) -> Node | None:
    """The block; a constructor's begins with its initialisers."""
    if typed:
        found = node.child_by_field_name("body")
        return found if found is not None and found.type in _BLOCKS else None
    return next((c for c in node.children if c.type in _BLOCKS), None)


def _conversion(cast: Node, source: bytes) -> str:
    declarator = cast.child_by_field_name("declarator")
    while (
        declarator is not None and (found := declarator.child_by_field_name("parameters")) is None
    ):
        declarator = declarator.child_by_field_name("declarator")
    end = found.start_byte if declarator is not None and found else cast.end_byte
    return normal(source[cast.start_byte : end].decode("utf-8", "replace"))


def _declarator(node: Node) -> tuple[Node | None, Node | None]:
    """The function declarator and the node of the function's own, unqualified name."""
    current = node.child_by_field_name("declarator")
    while current is not None and current.type not in ("function_declarator", "operator_cast"):
        if current.type == "qualified_identifier":
            name = _last_name(current)
            return (current, name) if name.type == "operator_cast" else (None, None)
        inner = current.child_by_field_name("declarator")
        named = [c for c in current.named_children if c.type.endswith("declarator")]
        current = inner or (named[-1] if named else None)
    if current is None or current.type == "operator_cast":
        return current, current
    inner = current.child_by_field_name("declarator")
    if inner is None or inner.type in ("parenthesized_declarator", "function_declarator"):
        # A function that returns a function pointer: the inner declarator is the function.
        nested = inner and _function_inside(inner)
        return _declarator_of(nested) if nested else (None, None)
    return _declarator_of(current)


def _declarator_of(node: Node) -> tuple[Node | None, Node | None]:
    inner = node.child_by_field_name("declarator")
    return node, _last_name(inner) if inner else None


def _function_inside(node: Node) -> Node | None:
    current: Node | None = node
    while current is not None and current.type != "function_declarator":
        current = next((c for c in current.named_children if c.type.endswith("declarator")), None)
    return current


def _last_name(node: Node) -> Node:
    while node.type == "qualified_identifier":
        inner = node.child_by_field_name("name")
        if inner is None:
            return node
        node = inner
    return node


def _written_scope(declarator: Node, name: Node, source: bytes, enclosing: Sequence[Place]) -> str:
    """`A::B::` of an out-of-class definition; template arguments only where they specialise."""
    outer = declarator if declarator.type == "qualified_identifier" else None
    outer = outer or declarator.child_by_field_name("declarator")
    if outer is None or outer.type != "qualified_identifier":
        return ""
    text = normal(source[outer.start_byte : name.start_byte].decode("utf-8", "replace"))
    text = text if _is_specialisation(enclosing) else _without_arguments(text)
    return text.removeprefix("::")


def _without_arguments(text: str) -> str:
    while (shorter := re.sub(r"<[^<>]*>", "", text)) != text:
        text = shorter
    return text


def _is_specialisation(enclosing: Sequence[Place]) -> bool:
    """Whether no template header around names a parameter: `template <>` or none at all."""
    for place in reversed(enclosing):
        header = place.node.child_by_field_name("parameters")
        if place.role != "wrapper" or place.node.type != "template_declaration":
            break
        if header is not None and header.named_child_count:
            return False
    return True


def _is_macro(typed: bool, own: str, name: str, around: Sequence[str]) -> bool:
    """`TEST(Suite, name) {...}` looks like a function without a type; so do constructors."""
    if is_decorating(own):
        return True
    if typed or name != own:
        return False
    scope = around[-1].split("<")[0] if around else ""
    return bool(_MACRO_NAME.fullmatch(own)) and own != scope


def _scope_name(place: Place, source: bytes) -> str:
    node = place.node
    if node.type == "namespace_definition" or node.type in _TYPES:
        if node.type in _TYPES and node.child_by_field_name("body") is None:
            return ""
        return _text(node.child_by_field_name("name"), source) or "(anonymous)"
    return place.name or ""


def _parameters(declarator: Node, source: bytes) -> str:
    """The written types and the qualifiers that overloading sees: `(int,char*) const &`."""
    if declarator.type == "operator_cast":
        declarator = declarator.child_by_field_name("declarator") or declarator
        while declarator.type in ("abstract_pointer_declarator", "abstract_reference_declarator"):
            declarator = declarator.named_children[-1]
    found = declarator.child_by_field_name("parameters")
    if found is not None and found.end_byte == declarator.end_byte:
        return _types(found, source)
    after = [
        _text(child, source)
        for child in declarator.children
        if child.type in ("type_qualifier", "ref_qualifier")
        or (child.type == "parameter_list" and child != found)
    ]
    return " ".join([_types(found, source) if found else "()", *after])


def _types(parameters: Node, source: bytes) -> str:
    """The types of a parameter list; lists repeat, and nodes are slow."""
    text = source[parameters.start_byte : parameters.end_byte]
    if text not in _known_types:
        if len(_known_types) >= 50_000:
            _known_types.clear()
        types = [_type(c, source) for c in parameters.children if c.is_named or c.type == "..."]
        written = ",".join(t for t in types if t)
        _known_types[text] = "()" if written == "void" else f"({written})"
    return _known_types[text]


def _type(parameter: Node, source: bytes) -> str:
    """A parameter's text without its name and default value."""
    if parameter.type in ("comment",):
        return ""
    name = _parameter_name(parameter)
    default = parameter.child_by_field_name("default_value")
    end = default.start_byte if default else parameter.end_byte
    text = source[parameter.start_byte : end]
    if name is not None:
        cut = name.start_byte - parameter.start_byte
        text = text[:cut] + b" " + text[cut + name.end_byte - name.start_byte :]
    written = text.decode("utf-8", "replace").rstrip()
    return normal(written.removesuffix("=") if default else written)


def _parameter_name(node: Node) -> Node | None:
    """The name that a parameter declares, inside pointers, references, arrays and packs."""
    current = node.child_by_field_name("declarator")
    while current is not None and current.type != "identifier":
        inner = current.child_by_field_name("declarator")
        named = (c for c in current.named_children if c.type.endswith(("identifier", "declarator")))
        current = inner or next(named, None)
    return current


def _text(node: Node | None, source: bytes) -> str:
    if node is None:
        return ""
    return normal(source[node.start_byte : node.end_byte].decode("utf-8", "replace"))


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """The text without comments and with blanks only where two words would melt together."""
    if text.isidentifier():
        return text
    if "/" in text:
        text = _COMMENT.sub(" ", text)
    return _SPACE_AT_SIGN.sub("", " ".join(text.split()))
