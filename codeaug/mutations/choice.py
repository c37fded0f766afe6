"""Which of a unit's faults become mutants: a spread over lines and operators."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from codeaug.edits import apply_edits
from codeaug.languages import place, tokens
from codeaug.model import Edit, Span, Unit, content_id
from codeaug.mutations.body import Body, body_of
from codeaug.mutations.operator import Fault, Mutant, Operator
from codeaug.mutations.table import load
from codeaug.syntax import SyntaxLimit, parse

_WORDS = re.compile(rb"[\w\x80-\xff]{2}")
_MELTING = (b"+", b"-", b"&", b"|", b"<", b">", b"=")

Candidate = tuple[Operator, Fault, int]


def mutants(unit: Unit, source: bytes, limit: int, seed: int = 0) -> list[Mutant]:
    """At most `limit` mutants of a unit of the file `source`: the extreme one first, then each time
    one from the line, and of the operator, that has the fewest so far; `seed` settles ties.

    None where the unit's text does not parse cleanly. The same arguments give the same mutants.
    """
    body = body_of(unit, source)
    if body is None or limit <= 0:
        return []
    original = _as_tokens(unit, unit.code)
    seen = {original} if original is not None else set()
    found: list[Mutant] = []
    for operator, fault, line in _spread(_candidates(body), seed):
        code = _code(unit, source, fault)
        same = _as_tokens(unit, code)
        if same is None or same in seen or not _fits(body, code):
            continue
        seen.add(same)
        found.append(Mutant(operator.name, line, code, fault.description, fault.hint))
        if len(found) == limit:
            break
    return found


def faults(operator: Operator, body: Body) -> Iterator[Fault]:
    """The faults that an operator makes of a unit's own text."""
    for fault in operator.find(body):
        nested = any(s.start < fault.end and fault.start < s.end for s in body.nested)
        changed = any(_meets(edit, span) for edit in fault.edits for span in body.nested)
        if operator.whole or not (nested and changed):
            yield replace(fault, edits=tuple(_apart(body.source, e) for e in fault.edits))


def _apart(source: bytes, edit: Edit) -> Edit:
    """The edit with blanks where its text would melt together with what stands beside it."""
    before, after = source[edit.start - 1 : edit.start], source[edit.end : edit.end + 1]
    text = edit.text
    if not text:
        return replace(edit, text=" ") if _melt(before, after) else edit
    head = " " if _melt(before, text[:1].encode()) else ""
    tail = " " if _melt(text[-1:].encode(), after) else ""
    return replace(edit, text=head + text + tail)


def _melt(one: bytes, two: bytes) -> bool:
    """Whether two characters side by side are another token than each alone."""
    if one in _MELTING and one == two:
        return True
    return bool(_WORDS.fullmatch(one + two)) or one + two in (b"/*", b"//")


def _meets(edit: Edit, span: Span) -> bool:
    """Whether an edit replaces or inserts something inside a span."""
    if edit.start == edit.end:
        return span.start < edit.start < span.end
    return edit.start < span.end and span.start < edit.end


def _fits(body: Body, code: str) -> bool:
    """Whether the mutant parses to one function in its place. Where the file parses cleanly it does
    by the way it is made; in one with errors the parser may recover elsewhere."""
    if not body.code.root.broken:
        return True
    try:
        place(body.unit, body.source, code)
    except ValueError:
        return False
    return True


def _candidates(body: Body) -> list[Candidate]:
    return [
        (operator, fault, body.source.count(b"\n", 0, fault.start) + 1)
        for operator in load()
        for fault in faults(operator, body)
    ]


def _spread(candidates: list[Candidate], seed: int) -> Iterator[Candidate]:
    """The candidates, each time one whose line, then whose operator was taken least."""
    lines: Counter[int] = Counter()
    operators: Counter[str] = Counter()
    extreme = next((c for c in candidates if c[0].whole), None)
    if extreme is not None:
        candidates = [c for c in candidates if c is not extreme]
        operators[extreme[0].name] += 1
        yield extreme
    # Counts only grow, so an entry that is no longer up to date is never too late in the heap.
    heap = [(0, 0, _lot(c, seed), number) for number, c in enumerate(candidates)]
    heapq.heapify(heap)
    while heap:
        on_line, of_operator, lot, number = heapq.heappop(heap)
        operator, _, line = candidates[number]
        now = (lines[line], operators[operator.name])
        if (on_line, of_operator) != now:
            heapq.heappush(heap, (*now, lot, number))
            continue
        lines[line] += 1
        operators[operator.name] += 1
        yield candidates[number]


def _lot(candidate: Candidate, seed: int) -> str:
    operator, fault, _ = candidate
    edits = (f"{edit.start} {edit.end} {edit.text}" for edit in fault.edits)
    return content_id(str(seed), operator.name, *edits)


def _code(unit: Unit, source: bytes, fault: Fault) -> str:
    start = unit.span.start
    moved = [Edit(e.start - start, e.end - start, e.text) for e in fault.edits]
    changed = apply_edits(source[start : unit.span.end], moved)
    return changed.decode("utf-8", "surrogateescape")


def _as_tokens(unit: Unit, code: str) -> tuple[tuple[str, str], ...] | None:
    """The tokens of a function's text without layout; None where Python cannot read it."""
    text = code.encode("utf-8", "surrogateescape")
    if unit.language == "python":
        head = f"if 1:\n{unit.margin}".encode() if unit.margin else b""
        text = head + text
    try:
        if unit.language == "python" and parse("python", text).root_node.has_error:
            return None
        found = tokens(unit.language, text, Span(0, len(text)))
    except SyntaxLimit:
        return None
    return tuple((token.kind, token.text) for token in found)
