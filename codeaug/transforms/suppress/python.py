"""`try: ... except E: pass` becomes `with suppress(E): ...`; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_names import module_names
from codeaug.predicates.python_source import Block, PythonFile, block_span, walk
from codeaug.predicates.python_types import pure
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import line_content, one, same_line, sites, step
from codeaug.transforms.suppress._python_examples import EXAMPLES, EXAMPLES_BACK

_GROUPS = re.compile(rb"ExceptionGroup|TaskGroup|\b(trio|anyio)\b|except\s*\*")
_LONGEST_BODY = 5
_WIDE = {"Exception", "BaseException"}


def to_suppress(subject: Subject) -> Iterator[Site]:
    """Sites of try-to-suppress."""
    return sites(subject, _to_suppress)


def to_try(subject: Subject) -> Iterator[Site]:
    """Sites of suppress-to-try."""
    return sites(subject, _to_try)


def _to_suppress(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.Try) or len(node.handlers) != 1:
        return None
    handler = node.handlers[0]
    if not isinstance(one(handler.body), cst.Pass):
        return None
    suppress = _imported(function)
    if not suppress or not isinstance(node.body, cst.IndentedBlock):
        return None
    require(not node.orelse and not node.finalbody, "REACH", "it has an else or a finally")
    require(handler.type is not None, "NATURAL", "it catches everything")
    assert handler.type is not None
    kinds = _kinds(handler.type)
    require(not any(file.text(kind) in _WIDE for kind in kinds), "NATURAL", "it catches everything")
    _require_safe(function, kinds, node.body)
    short = len(node.body.body) <= _LONGEST_BODY
    require(short, "NATURAL", "a with around that much")
    start, end = file.span(node).start, line_content(file, handler.body.body[-1]).end
    body = block_span(file, node.body)
    first = file.span(node.body.header).start
    outside = file.has_comment(start, first) or file.has_comment(body.end, end)
    require(not outside, "TRIVIA", "a comment beside the handler")
    names = ", ".join(map(file.text, kinds))
    same_line(names)
    kept = file.slice(Span(body.start, body.end)).rstrip("\r\n")
    return (Edit(start, end, f"with {suppress}({names}):{kept}"),)


def _kinds(node: cst.BaseExpression) -> Sequence[cst.BaseExpression]:
    if isinstance(node, cst.Tuple):
        return [element.value for element in node.elements]
    return [node]


def _imported(function: Function) -> str:
    """How the file calls `contextlib.suppress`, "" where it does not import it."""
    known = module_names(function.file.module)
    for name, how, text in (("suppress", "from", "suppress"), ("contextlib", "import", "")):
        places = known.bindings(name)
        own = function.names.bindings(name) or function.context.from_around(name)
        if [place.binds for place in places] == [how] and not own:
            if text and not _from_contextlib(function.file):
                continue
            return text or "contextlib.suppress"
    return ""


def _from_contextlib(file: PythonFile) -> bool:
    return re.search(rb"^from contextlib import [^#]*?\bsuppress\b", file.source, re.M) is not None


def _require_safe(
    function: Function, kinds: Sequence[cst.BaseExpression], body: cst.BaseSuite
) -> None:
    named = bool(kinds) and all(isinstance(kind, (cst.Name, cst.Attribute)) for kind in kinds)
    known = named and all(pure(kind, function.context) for kind in kinds)
    require(known, "PURE", "which exceptions is computed each time")
    asynchronous = any(
        isinstance(part, (cst.Await, cst.With)) and _waits(part) for part in walk(body)
    )
    grouped = asynchronous or _GROUPS.search(function.file.source) is not None
    require(not grouped, "NOTHROW", "suppress looks into exception groups, except does not")


def _waits(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Await) or getattr(node, "asynchronous", None) is not None


def _to_try(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    match node:
        case cst.With(
            items=[cst.WithItem(item=cst.Call() as call, asname=None)],
            body=cst.IndentedBlock() as body,
        ):
            suppress = _imported(function)
        case _:
            return None
    if not suppress or file.text(call.func) != suppress:
        return None
    plain = not any(arg.star or arg.keyword for arg in call.args)
    require(plain and bool(call.args), "PURE", "which exceptions is computed each time")
    kinds = [arg.value for arg in call.args]
    _require_safe(function, kinds, body)
    start, first = file.span(node).start, file.span(body.header).start
    require(not file.has_comment(start, first), "TRIVIA", "a comment beside an exception")
    names = ", ".join(map(file.text, kinds))
    same_line(names)
    caught = f"({names})" if len(kinds) > 1 else names
    lines = block_span(file, body)
    kept = file.slice(lines)
    indent, end = file.indent(start), file.newline
    handler = f"{indent}except {caught}:{end}{indent}{step(file, Block(node, body, ()))}pass"
    between = "" if kept.endswith("\n") else end
    after = end if kept.endswith("\n") else ""
    return (Edit(start, lines.end, f"try:{kept}{between}{handler}{after}"),)


DIRECTIONS: Directions = {
    "try-to-suppress": (to_suppress, EXAMPLES),
    "suppress-to-try": (to_try, EXAMPLES_BACK),
}
