"""A pattern's text as code: an expression or statements, and what it declares itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache

from codeaug.errors import UsageError
from codeaug.settings.patterns import METAVARIABLE
from codeaug.syntax import Node, SyntaxLimit, parse, walk

EXPRESSION, STATEMENTS = "an expression", "statements"
# A place for either: alone, many patterns would be read as something else.
_FRAMES = {
    ("java", EXPRESSION): "class A {{ Object f() {{ return {}; }} }}",
    ("java", STATEMENTS): "class A {{ void f() {{\n{}\n}} }}",
    ("cpp", EXPRESSION): "auto f() {{ return {}; }}",
    ("cpp", STATEMENTS): "void f() {{\n{}\n}}",
    ("python", STATEMENTS): "{}",
}
_BINDING = frozenset(
    {("variable_declarator", "name"), ("enhanced_for_statement", "name"), ("resource", "name")}
    | {("init_declarator", "declarator"), ("declaration", "declarator"), ("assignment", "left")}
    | {("for_range_loop", "declarator"), ("for_statement", "left"), ("for_in_clause", "left")}
    | {("named_expression", "name"), ("formal_parameter", "name"), ("as_pattern", "alias")}
    | {("catch_formal_parameter", "name"), ("parameter_declaration", "declarator")}
)
_NESTED = frozenset(
    {"pattern_list", "tuple_pattern", "as_pattern_target", "lambda_parameters"}
    | {"pointer_declarator", "reference_declarator", "inferred_parameters"}
)


@dataclass(frozen=True, slots=True)
class Part:
    """The expression, or one of the statements: ast-grep finds it by its `kind` in `context`."""

    text: str
    kind: str
    context: str


@dataclass(frozen=True, slots=True)
class Shape:
    """What a pattern is: `what` and its parts, the names that it `declares`, whether it has
    comments. `outer` are the metavariables whose scope goes on behind it: declared by one of its
    own statements, or statements themselves. `sample` is code that is like the pattern."""

    what: str
    parts: tuple[Part, ...]
    declares: frozenset[str]
    remarks: bool
    outer: frozenset[str]
    sample: str


def anonymous_named(text: str) -> str:
    """The pattern with a name of its own for each `$_`, so that it is told where that stands."""
    found = list(METAVARIABLE.finditer(text))
    for number, match in reversed(list(enumerate(found))):
        if match[2].startswith("_"):
            named = f"{match[1]}ANONYMOUS_{number}"
            text = text[: match.start()] + named + text[match.end() :]
    return text


def pieces(text: str) -> list[str]:
    """Literal text and metavariables in turn, beginning and ending with literal text."""
    found, position = [], 0
    for match in METAVARIABLE.finditer(text):
        found += [text[position : match.start()], match[0]]
        position = match.end()
    return [*found, text[position:]]


def without(parts: Sequence[str], empty: AbstractSet[str]) -> list[str]:
    """The pieces where these metavariables stand for nothing: no comma is left beside them."""
    kept = list(parts)
    for number in range(1, len(kept), 2):
        if kept[number] not in empty:
            continue
        before, after = kept[number - 1].rstrip(), kept[number + 1].lstrip()
        kept[number] = ""
        if before.endswith(","):
            kept[number - 1] = before[:-1]
        elif after.startswith(","):
            kept[number + 1] = after[1:].lstrip()
    return kept


@lru_cache(maxsize=512)
def shape_of(language: str, text: str, what: str = "") -> Shape:
    """How a language reads a pattern, if given as `what`. Raises UsageError."""
    found: Shape | None = None
    for kind in (EXPRESSION, STATEMENTS):
        if found is None and what in ("", kind):
            found = _shape(language, text, kind)
    if found is None:
        wanted = f" as {what}" if what else ""
        raise UsageError(f"it cannot be read{wanted}")
    return found


def _shape(language: str, text: str, what: str) -> Shape | None:
    if language == "python" and what == EXPRESSION:
        found = _shape(language, text, STATEMENTS)
        plain = found is not None and len(found.parts) == 1 and _is_expression(found.parts[0].kind)
        return replace(found, what=EXPRESSION) if found and plain else None
    frame = _FRAMES[language, what]
    context = frame.format(text).encode()
    start = len(frame.partition("{}")[0].replace("{{", "{").replace("}}", "}").encode())
    end = start + len(text.encode())
    try:
        sample = frame.format(_placed(language, text))
        root = parse(language, sample.encode()).root_node
    except SyntaxLimit:
        return None
    if any(node.is_error or node.is_missing for node in walk(root)):
        return None
    nodes = _at(root, start, end, what)
    parts = tuple(_part(language, context, node, frame) for node in nodes)
    if not parts:
        return None
    remarks = any("comment" in node.type for node in walk(root))
    names = frozenset(name for name in _declared(root, start, end) if name[0] != "_")
    return Shape(what, parts, names, remarks, frozenset(_outer(parts, nodes)), sample)


def _is_expression(kind: str) -> bool:
    return kind not in ("assignment", "augmented_assignment") and not kind.endswith(
        ("statement", "definition", "clause")
    )


def _placed(language: str, text: str) -> str:
    """The text with names for metavariables, no longer and no shorter."""
    placed = text
    for match in METAVARIABLE.finditer(text):
        name = match[0].replace("$", "_")
        before, after = text[: match.start()].rstrip()[-1:], text[match.end() :].lstrip()[:1]
        alone = before in ("", *"{};") and (not after or after not in ",);.")
        if language != "python" and match[1] == "$$$" and alone:
            name = name[1:] + ";"
        placed = placed[: match.start()] + name + placed[match.end() :]
    return placed


def _at(root: Node, start: int, end: int, what: str) -> list[Node]:
    """The node of the expression, or those of the statements, from `start` to `end`."""
    node = root.named_descendant_for_byte_range(start, end)
    if node is None:
        return []
    if what == EXPRESSION:
        exact = (node.start_byte, node.end_byte) == (start, end)
        above = node.parent
        return [node] if exact and above is not None and above.type == "return_statement" else []
    while node.parent is not None and node.start_byte >= start and node.end_byte <= end:
        above = node.parent
        if above.start_byte < start or above.parent is None:
            break
        node = above
    inside = node.start_byte >= start and node.end_byte <= end and node.parent is not None
    return [node] if inside else [
        child for child in node.named_children if child.start_byte >= start
        and child.end_byte <= end
    ]  # fmt: skip


def _part(language: str, context: bytes, node: Node, frame: str) -> Part:
    if language == "python" and node.type == "expression_statement" and node.child_count == 1:
        node = node.children[0]
    text = context[node.start_byte : node.end_byte].decode()
    return Part(text, node.type, frame.format(text))


def _declared(root: Node, start: int, end: int) -> Iterator[str]:
    for node in walk(root):
        for number, child in enumerate(node.children):
            if not (child.start_byte >= start and child.end_byte <= end):
                continue
            field = node.field_name_for_child(number) or ""
            if (node.type, field) in _BINDING or node.type in _NESTED:
                text = child.text or b""
                if child.child_count == 0 and child.is_named:
                    yield text.decode()


def _outer(parts: Sequence[Part], nodes: Sequence[Node]) -> Iterator[str]:
    for part, node in zip(parts, nodes, strict=True):
        if alone := METAVARIABLE.fullmatch(part.text):
            yield alone[0]
        elif node.type in ("local_variable_declaration", "declaration"):
            found = _declared(node, node.start_byte, node.end_byte)
            yield from (f"${name[1:]}" for name in found if name.startswith("_"))
