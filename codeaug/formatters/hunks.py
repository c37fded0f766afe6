"""A formatter's word on the lines that an edit touched, and on no others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import groupby

from codeaug.formatters import clang_format, ruff
from codeaug.formatters.style import Style, Unformatted
from codeaug.languages import comment_words, plain_code
from codeaug.model import Unit
from codeaug.syntax import SyntaxLimit

TOOLS = {"clang-format": clang_format.formatted, "ruff": ruff.formatted}
MOST_BYTES = 200_000
"""Of a file: a formatter reads the whole of it for each text of a unit."""

Lines = Sequence[bytes]


def laid_out(unit: Unit, source: bytes, code: str, style: Style) -> str:
    """`code`, another text for the unit, with the lines that the unit does not have laid out as
    the repository's formatter would.

    It stays as it is where the unit itself is laid out otherwise, where the formatter would change
    more than layout, and where there is none.
    """
    if not style.tool or len(source) > MOST_BYTES or not _follows(unit, source, style):
        return code
    before, behind = source[: unit.span.start], source[unit.span.end :]
    text = before + code.encode() + behind
    try:
        found = _merged(source, text, style)
    except Unformatted:
        return code
    inside = found[len(before) : len(found) - len(behind)]
    if before + inside + behind != found:
        return code
    return _if_same(unit, code, inside.decode("utf-8", "replace"))


@lru_cache(maxsize=4)
def _follows(unit: Unit, source: bytes, style: Style) -> bool:
    """Whether the formatter leaves the unit as it is."""
    first = source.count(b"\n", 0, unit.span.start) + 1
    last = source.count(b"\n", 0, unit.span.end) + 1
    try:
        return TOOLS[style.tool](source, [range(first, last + 1)], style.options) == source
    except Unformatted:
        return False


def _merged(source: bytes, text: bytes, style: Style) -> bytes:
    """`text` with what the formatter makes of the lines that `source` does not have."""
    lines = text.splitlines(keepends=True)
    touched = _touched(source.splitlines(keepends=True), lines)
    if not touched:
        return text
    wanted = TOOLS[style.tool](text, _ranges(touched), style.options).splitlines(keepends=True)
    result: list[bytes] = []
    for kind, start, end, new_start, new_end in _differences(lines, wanted):
        own = range(start, end) if end > start else range(start - 1, start + 1)
        take = kind == "equal" or not touched.isdisjoint(own)
        result += wanted[new_start:new_end] if take else lines[start:end]
    return b"".join(result)


def _touched(old: Lines, new: Lines) -> frozenset[int]:
    """The lines of `new`, from 0, that are not of `old`, or beside which some of `old` are gone."""
    found: set[int] = set()
    for kind, _, _, start, end in _differences(old, new):
        if kind == "delete":
            found |= {start - 1, start} & set(range(len(new)))
        elif kind != "equal":
            found |= set(range(start, end))
    return frozenset(found)


def _ranges(touched: frozenset[int]) -> list[range]:
    """Lines from 1 as ranges."""
    ordered = sorted(touched)
    runs = groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])
    whole = [[number for _, number in run] for _, run in runs]
    return [range(run[0] + 1, run[-1] + 2) for run in whole]


def _differences(old: Lines, new: Lines) -> list[tuple[str, int, int, int, int]]:
    """As `SequenceMatcher.get_opcodes`; what both begin and end with is not compared."""
    least = min(len(old), len(new))
    head = next((n for n in range(least) if old[n] != new[n]), least)
    tail = next((n for n in range(least - head) if old[-1 - n] != new[-1 - n]), least - head)
    inner = SequenceMatcher(
        None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False
    )
    moved = (
        (kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in inner.get_opcodes()
    )
    ends = ("equal", len(old) - tail, len(old), len(new) - tail, len(new))
    return [("equal", 0, head, 0, head), *moved, ends]


def _if_same(unit: Unit, code: str, laid: str) -> str:
    """`laid` where it says what `code` says, else `code`."""
    one, other = replace(unit, code=code), replace(unit, code=laid)
    try:
        same = plain_code(one) == plain_code(other) and comment_words(one) == comment_words(other)
    except SyntaxLimit:
        return code
    return laid if same else code
