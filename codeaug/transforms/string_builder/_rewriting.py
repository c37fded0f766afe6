"""Strings made by `+` and by a StringBuilder, in Java."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeaug.model import Edit
from codeaug.predicates import java_types
from codeaug.predicates.braces import type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import calls, is_settled, writes
from codeaug.predicates.flow import LOOPS, in_lambda
from codeaug.predicates.java_constants import is_variable_field
from codeaug.predicates.layout import indent_at
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites

_FEWEST = 6
_MOST_READS = 2
_PLACES = ("return_statement", "variable_declarator", "assignment_expression")
_SHARED = ("length", "charAt")


# --- to a builder ---------------------------------------------------------------------------------


def to_builder(subject: Subject) -> Iterator[Site]:
    """Each string that a loop makes longer, and each result of many parts."""
    kinds = ("local_variable_declaration", "binary_expression")
    return sites(subject, lambda code: code.found(*kinds), _built)


def _built(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if node.kind == "local_variable_declaration":
        return _accumulated(code, node)
    above = node.parent
    if operator_of(node) != "+" or above is None or above.kind != "return_statement":
        return None
    parts = _operands(node)
    if len(parts) < _FEWEST or type_of(code, node) != "String":
        return None
    varying = any(_varies(code, part) for part in parts)
    require(varying, "BUILTIN", "it may be a constant, of which there is one object")
    _require_parts(code, parts)
    require_no_comments(code, node, node.start, node.end)
    first = parts[0].kind == "string_literal"
    begun = parts[0].text if first and parts[0].text != '""' else ""
    head = f"new StringBuilder({begun})"
    appends = [f".append({unwrapped(part).text})" for part in parts[first:]]
    return (Edit(node.start, node.end, _text(code, node, [head, *appends, ".toString()"])),)


def _varies(code: Code, part: Node) -> bool:
    """Whether the part is surely no constant expression."""
    if part.kind in ("call", "array_access", "object_creation_expression"):
        return True
    local = code.lookup(part.text, part.start) if part.kind == "identifier" else None
    if local is not None:
        return local.kind == "parameter" and "final" not in local.statement.text.split()
    if part.kind == "identifier":
        return is_variable_field(code, part.text)
    return part.kind == "field_access" and part.text.startswith("this.")


def _lines(code: Code, node: Node, room: int, pieces: Sequence[str]) -> list[str]:
    """On one line where `room` bytes and all pieces fit, else one piece a line."""
    layout = code.layout
    if room + sum(map(len, pieces)) <= layout.limit:
        return ["".join(pieces)]
    return [pieces[0], *(layout.unit * 2 + piece.lstrip() for piece in pieces[1:])]


def _text(code: Code, node: Node, pieces: Sequence[str]) -> str:
    """The pieces in the place of `node`."""
    room = node.start - code.source.rfind(b"\n", 0, node.start)
    lines = _lines(code, node, room, pieces)
    return (code.layout.newline + indent_at(code.source, node.start)).join(lines)


def _accumulated(code: Code, node: Node) -> tuple[Edit, ...] | None:
    found = [v for v in code.locals if v.statement is node]
    if len(found) != 1 or found[0].type != "String" or found[0].value is None:
        return None
    local, value, kind = found[0], found[0].value, node.child("type")
    if value.kind != "string_literal" or kind is None or value.text.startswith('"""'):
        return None
    uses = [use for use in code.references(local) if use is not local.node]
    growing = [grown for use in uses if (grown := _grown(use)) is not None]
    if not any(_in_loop(each, node) for each in growing):
        return None
    targets = {id(each.child("left")) for each in growing}
    inside = [u for u in uses if id(u) not in targets and any(u.within(g) for g in growing)]
    again = [u for u in inside if not _is_own_start(u)]
    require(not again, "INDEP", "it is read while it grows")
    reads = [u for u in uses if id(u) not in targets and u not in inside]
    require(len(reads) <= _MOST_READS, "NATURAL", "it is read too often")
    edits = [Edit(kind.start, kind.end, "StringBuilder")]
    start = "" if value.text == '""' else value.text
    edits.append(Edit(value.start, value.end, f"new StringBuilder({start})"))
    edits += [_append(code, local, each) for each in growing]
    edits += [edit for read in reads if (edit := _read(code, node, read)) is not None]
    return tuple(edits)


def _grown(use: Node) -> Node | None:
    """The statement's assignment that makes the string longer, if that is what the use does."""
    above = use.parent
    if above is None or above.kind != "assignment_expression" or use.field != "left":
        return None
    if above.parent is None or above.parent.kind != "expression_statement":
        return None
    right = above.child("right")
    if operator_of(above) == "+=":
        return above
    joined = right is not None and right.kind == "binary_expression" and operator_of(right) == "+"
    if operator_of(above) == "=" and right is not None and joined:
        return above if _operands(right)[0].text == use.text else None
    return None


def _is_own_start(use: Node) -> bool:
    """Whether this is the second `text` of `text = text + more`."""
    top = use
    while top.parent is not None and top.parent.kind == "binary_expression":
        if top.field != "left":
            return False
        top = top.parent
    above = top.parent
    if above is None or above.kind != "assignment_expression" or operator_of(above) != "=":
        return False
    left = above.child("left")
    return left is not None and left.text == use.text


def _append(code: Code, local: Local, assignment: Node) -> Edit:
    right = assignment.child("right")
    assert right is not None
    parts = _operands(right) if right.kind == "binary_expression" else [right]
    if operator_of(assignment) == "=":
        parts = parts[1:]
    elif "String" not in [type_of(code, part) for part in parts[:2]]:
        parts = [right]
    _require_types(code, parts)
    require_no_comments(code, assignment, assignment.start, assignment.end)
    seen = any(True for _ in code.function.find("try_statement")) and calls(right)
    require(not seen, "INDEP", "an exception could show it half made")
    text = local.name + "".join(f".append({unwrapped(part).text})" for part in parts)
    return Edit(assignment.start, assignment.end, text)


def _read(code: Code, declaration: Node, use: Node) -> Edit | None:
    require(not in_lambda(code, use), "NOCAP", "a lambda reads it")
    above = use.parent
    assert above is not None
    written = above.kind == "assignment_expression" and use.field == "left"
    require(not written, "INDEP", "it is assigned anew")
    name = above.child("name") if above.kind == "call" and use.field == "object" else None
    if name is not None and name.text in _SHARED:
        return None
    require(not _in_loop(use, declaration), "NATURAL", "it is read in a loop")
    if name is not None and name.text == "toString":
        return None
    return Edit(use.end, use.end, ".toString()")


def _in_loop(node: Node, declaration: Node) -> bool:
    """Whether a loop is around the node and not around the declaration."""
    loops = (a for a in node.ancestors() if a.kind in LOOPS)
    return any(not declaration.within(loop) for loop in loops)


# --- to a concatenation ---------------------------------------------------------------------------


def to_concatenation(subject: Subject) -> Iterator[Site]:
    """Each builder that is made, filled and read in one go."""
    return sites(subject, lambda code: code.found("object_creation_expression"), _joined)


def _joined(code: Code, node: Node) -> tuple[Edit, ...] | None:
    kind, given = node.child("type"), node.child("arguments")
    if kind is None or given is None or kind.text not in ("StringBuilder", "StringBuffer"):
        return None
    above = node.parent
    if above is not None and above.kind == "variable_declarator":
        return _from_statements(code, node, above)
    top, parts = _chain(node)
    end = top.parent.parent if top.parent is not None else None
    name = top.parent.child("name") if top.parent is not None else None
    if not parts or end is None or name is None or name.text != "toString":
        return None
    whole = top.parent
    assert whole is not None
    if end.kind not in (*_PLACES, "argument_list"):
        return None
    require_no_comments(code, whole, whole.start, whole.end)
    parts = [*_start(code, given), *parts]
    return (Edit(whole.start, whole.end, _text(code, whole, _concatenation(code, parts))),)


def _start(code: Code, given: Node) -> list[Node]:
    """What the builder begins with: a string, or nothing and perhaps a capacity."""
    if len(given.parts) != 1:
        return []
    only = given.parts[0]
    kind = type_of(code, only)
    require(kind in ("String", "int"), "BUILTIN", "what the builder begins with is not known")
    text = kind != "String" or only.kind == "string_literal"
    require(text, "NOTHROW", "the constructor refuses null")
    pure = kind != "int" or (not calls(only) and not writes(only))
    require(pure, "PURE", "the capacity is computed")
    return [only] if kind == "String" else []


def _chain(node: Node) -> tuple[Node, list[Node]]:
    """The last of the calls of `append` on a builder, and what they append."""
    parts: list[Node] = []
    while node.parent is not None and node.parent.kind == "call" and node.field == "object":
        name, given = node.parent.child("name"), node.parent.child("arguments")
        if name is None or given is None or name.text != "append" or len(given.parts) != 1:
            break
        parts.append(given.parts[0])
        node = node.parent
    return node, parts


def _from_statements(code: Code, node: Node, declarator: Node) -> tuple[Edit, ...] | None:
    """`StringBuilder b = ..; b.append(..); return b.toString();` as one `return`."""
    statement, name = declarator.parent, declarator.child("name")
    given = node.child("arguments")
    if statement is None or name is None or given is None or statement.parent is None:
        return None
    if statement.parent.kind != "block":
        return None
    parts: list[Node] = []
    last: Node | None = None
    for each in statement.following():
        if each.kind == "return_statement":
            last = each
            break
        appended = _appended(each, name.text)
        if not appended:
            return None
        parts += appended
    only = last.parts[0] if last is not None and last.parts else None
    if last is None or only is None or only.text != f"{name.text}.toString()" or not parts:
        return None
    parts = [*_start(code, given), *parts]
    inside = [w for part in parts for w in part.find("identifier") if w.text == name.text]
    require(not inside, "INDEP", "the builder is read while it grows")
    parent = statement.parent
    require_no_comments(code, parent, statement.start, last.end)
    first, *rest = _concatenation(code, parts)
    room = len(indent_at(code.source, statement.start)) + len("return ;")
    lines = _lines(code, statement, room, [f"return {first}", *rest])
    return (replacement(code, statement, last, (*lines[:-1], lines[-1] + ";")),)


def _appended(statement: Node, name: str) -> list[Node]:
    """What a statement of calls of `append` on the builder appends; nothing for another one."""
    call = statement.parts[0] if statement.kind == "expression_statement" else None
    innermost = call
    while innermost is not None and innermost.kind == "call":
        innermost = innermost.child("object")
    if innermost is None or innermost.text != name or innermost.kind != "identifier":
        return []
    top, parts = _chain(innermost)
    return parts if top is call else []


def _concatenation(code: Code, parts: Sequence[Node]) -> list[str]:
    require(len(parts) > 1, "NATURAL", "nothing is joined")
    _require_parts(code, parts)
    first, *rest = (_operand(code, part, first=part is parts[0]) for part in parts)
    return [first, *(f" + {operand}" for operand in rest)]


def _operand(code: Code, part: Node, *, first: bool) -> str:
    inner = unwrapped(part)
    joined = inner.kind == "binary_expression" and operator_of(inner) == "+"
    if joined and "String" in [type_of(code, each) for each in _operands(inner)[:2]]:
        head = type_of(code, _operands(inner)[0]) == "String"
        return inner.text if first or head else f"({inner.text})"
    loose = ("binary_expression", "ternary_expression", "instanceof_expression")
    return f"({inner.text})" if inner.kind in loose else inner.text


# --- both -----------------------------------------------------------------------------------------


def _operands(node: Node) -> list[Node]:
    """The operands of a chain of `+`, in order."""
    left, right = node.child("left"), node.child("right")
    if left is None or right is None:
        return [node]
    chained = left.kind == "binary_expression" and operator_of(left) == "+"
    return [*(_operands(left) if chained else [left]), right]


def _require_parts(code: Code, parts: Sequence[Node]) -> None:
    _require_types(code, parts)
    begins = "String" in [type_of(code, part) for part in parts[:2]]
    require(begins, "BUILTIN", "the first two would be added up")


def _require_types(code: Code, parts: Sequence[Node]) -> None:
    """BUILTIN: appended and added, each part gives the same text."""
    for part in parts:
        kind = type_of(code, part)
        known = kind not in ("", "char[]", java_types.NULL)
        require(known, "BUILTIN", "a part may be an array of characters")
        require("\n" not in part.text, "NATURAL", "a part of several lines")
        require(not writes(part), "INDEP", "a part assigns")
        require(is_settled(part), "NOCAP", "a lambda, switch or class inside")
