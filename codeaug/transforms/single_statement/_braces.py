"""Braces around the single statements of a function of Java or C++, and none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates import cpp
from codeaug.predicates.braces import callee
from codeaug.predicates.flow import SIMPLE
from codeaug.predicates.layout import indent_at, line_end, line_start
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, in_class_body
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import sites

_CONTROLS = ("if_statement", "for_statement", "enhanced_for_statement", "while_statement")


def add_braces(subject: Subject) -> Iterator[Site]:
    """The function, where a body of an `if` or a loop has no braces."""
    return sites(subject, _whole, _braced)


def remove_braces(subject: Subject) -> Iterator[Site]:
    """The function, where braces hold one plain statement."""
    return sites(subject, _whole, _bare)


def _whole(code: Code) -> Iterator[Node]:
    body = code.function.child("body")
    yield from () if body is None else (body,)


def _bodies(control: Node) -> list[Node]:
    """What an `if` or a loop guards, an `if` behind an `else` apart."""
    found = [c for c in control.children if c.field in ("consequence", "alternative", "body")]
    inner = [next(iter(f.parts), f) if f.kind == "else_clause" else f for f in found]
    return [each for each in inner if not _is_chained(each)]


def _is_chained(statement: Node) -> bool:
    above = statement.parent
    last = above is not None and (above.kind == "else_clause" or statement.field == "alternative")
    return last and statement.kind == "if_statement"


def _is_empty(statement: Node) -> bool:
    return statement.text.strip() == ";"


def _head(statement: Node) -> Node:
    """What stands before a body: the `)` or the `else`."""
    assert statement.parent is not None
    before = (c for c in statement.parent.children if c.end <= statement.start)
    return [c for c in before if c.kind != "comment"][-1]


def _keyword(statement: Node) -> Node:
    """The `if`, `for`, `while` or `else` that guards the body."""
    head = _head(statement)
    assert statement.parent is not None
    return head if head.kind == "else" else statement.parent.children[0]


def _following_else(code: Code, body: Node) -> Node | None:
    """The `else` behind the body."""
    above = body.parent
    if above is None or above.kind != "if_statement" or body.field != "consequence":
        return None
    clause = next((c for c in above.children if c.start >= body.end and c.kind != "comment"), None)
    return clause.children[0] if clause is not None and clause.kind == "else_clause" else clause


def _require_plain(code: Code, control: Node, bodies: list[Node], removed: bool) -> None:
    """NOMACRO: no directive in the way, and each body is the one statement that it looks like."""
    directive = any(n.kind.startswith("preproc") for n in control.walk())
    require(not directive, "NOMACRO", "a directive is in the way")
    for body in bodies if code.language == "cpp" else ():
        statement = body.parts[0] if body.kind == "block" else body
        said = statement.parts[0] if statement.kind == "expression_statement" else None
        name = "" if said is None else callee(code, said) or said.text
        macro = cpp.is_shouted(name) or name in cpp.macros(code.source)
        macro = macro or (removed and name == "assert")
        require(not macro, "NOMACRO", "the macro may be more than a statement, or an if")


def _joined(edits: list[Edit]) -> tuple[Edit, ...]:
    """The edits, those that begin at one place as one."""
    found: dict[int, Edit] = {}
    for edit in edits:
        known = found.get(edit.start)
        text = edit.text if known is None else known.text + edit.text
        end = edit.end if known is None else max(known.end, edit.end)
        found[edit.start] = Edit(edit.start, end, text)
    return tuple(found[start] for start in sorted(found))


# --- with braces ----------------------------------------------------------------------------------


def _braced(code: Code, block: Node) -> tuple[Edit, ...] | None:
    edits: list[Edit] = []
    inner_first = reversed(list(block.find(*_CONTROLS)))
    for control in inner_first:
        bare = [b for b in _bodies(control) if b.kind != "block" and not _is_empty(b)]
        if bare and not in_class_body(control, code.function):
            _require_plain(code, control, bare, removed=False)
            for body in bare:
                edits += _opened(code, body)
                edits.append(_closed(code, body))
    return _joined(edits) or None


def _opened(code: Code, body: Node) -> Iterator[Edit]:
    layout, head, keyword = code.layout, _head(body), _keyword(body)
    indent = _indent(code, keyword)
    brace = f"{layout.newline}{indent}{{" if layout.brace_on_next_line else " {"
    end = line_end(code.source, head.end)
    fits = end + 2 - line_start(code.source, head.end) <= layout.limit
    require(fits or layout.brace_on_next_line, "NATURAL", "a line would be too long")
    if body.start > end:
        at = end if layout.brace_on_next_line else head.end
        yield Edit(at, at, brace)
        return
    simple = body.kind in SIMPLE and "\n" not in body.text
    require(simple, "NATURAL", "several statements on one line")
    between = code.source[head.end : body.start].strip()
    require(not between, "TRIVIA", "a comment stands before the statement")
    text = f"{brace}{layout.newline}{indent}{layout.unit}"
    yield Edit(head.end, body.start, text)


def _closed(code: Code, body: Node) -> Edit:
    layout = code.layout
    end = line_end(code.source, body.end)
    rest = code.source[body.end : end].strip()
    require(not rest or rest.startswith((b"//", b"/*")), "NATURAL", "several statements on a line")
    start = end if rest else body.end
    text = f"{layout.newline}{_indent(code, _keyword(body))}}}"
    other = _following_else(code, body)
    cuddled = not (layout.brace_on_next_line or layout.else_on_next_line)
    if other is not None and cuddled and not code.source[start : other.start].strip():
        return Edit(start, other.start, text + " ")
    return Edit(start, start, text)


def _indent(code: Code, keyword: Node) -> str:
    start = line_start(code.source, keyword.start)
    before = code.source[start : keyword.start].strip()
    alone = before in (b"", b"}", b"else", b"} else", b"}else")
    require(alone, "NATURAL", "other code stands before it on its line")
    return indent_at(code.source, keyword.start)


# --- without --------------------------------------------------------------------------------------


def _bare(code: Code, block: Node) -> tuple[Edit, ...] | None:
    edits: list[Edit] = []
    declined: Declined | None = None
    for control in block.find(*_CONTROLS):
        if _is_chained(control) or in_class_body(control, code.function):
            continue
        bodies = [body for each in _chain(control) for body in _bodies(each)]
        if all(_is_single(body) for body in bodies) and any(b.kind == "block" for b in bodies):
            try:
                edits += _unbraced(code, control, [b for b in bodies if b.kind == "block"])
            except Declined as why:
                declined = why
    if declined is not None and not edits:
        raise declined
    require(not edits or _leaves_bare(code.root), "NATURAL", "the file always writes braces")
    return tuple(sorted(edits, key=lambda edit: edit.start)) or None


def _chain(control: Node) -> Iterator[Node]:
    """An `if` and each `else if` behind it."""
    yield control
    other = control.child("alternative")
    if other is not None:
        inner = next(iter(other.parts), None) if other.kind == "else_clause" else other
        if inner is not None and inner.kind == "if_statement":
            yield from _chain(inner)


def _is_single(body: Node) -> bool:
    """Whether it is one plain statement of one line, in braces or not."""
    parts = body.parts if body.kind == "block" else [body]
    plain = len(parts) == 1 and parts[0].kind in SIMPLE and not _is_empty(parts[0])
    return plain and "\n" not in parts[0].text


def _unbraced(code: Code, control: Node, blocks: list[Node]) -> list[Edit]:
    _require_plain(code, control, blocks, removed=True)
    return [edit for block in blocks for edit in _stripped(code, block)]


def _stripped(code: Code, block: Node) -> Iterator[Edit]:
    source, head, statement = code.source, _head(block), block.parts[0]
    inside = [c for c in block.children if c.named]
    lines = b"\n" in source[block.start : statement.start]
    beside = all(
        c is statement or (lines and statement.end <= c.start < line_end(source, statement.end))
        for c in inside
    )
    kept = not source[head.end : block.start].strip() and beside
    require(kept, "TRIVIA", "a comment stands in the block")
    other = _following_else(code, block)
    after = other.start if other is not None else line_end(source, block.end)
    require(not source[block.end : after].strip(), "TRIVIA", "something stands behind the brace")
    if not lines:
        one = b"\n" not in source[head.end : block.end]
        apart = other is None or b"\n" in source[block.end : other.start]
        require(one and apart, "NATURAL", "several statements on a line")
        yield Edit(head.end, statement.start, " ")
        yield Edit(statement.end, block.end, "")
        return
    yield Edit(head.end, block.children[0].end, "")
    if other is not None and b"\n" not in source[block.end : other.start]:
        indent = indent_at(source, _keyword(block).start)
        yield Edit(inside[-1].end, other.start, code.layout.newline + indent)
    else:
        yield Edit(inside[-1].end, block.end, "")


@lru_cache(maxsize=8)
def _leaves_bare(root: Node) -> bool:
    """Whether the file has a body without braces."""
    bodies = (body for control in root.find(*_CONTROLS) for body in _bodies(control))
    return any(body.kind != "block" and not _is_empty(body) for body in bodies)
