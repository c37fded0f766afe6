"""Lines as our programs in the sandbox write them."""

from __future__ import annotations


def from_ranges(text: str) -> frozenset[int]:
    """`1-3,7` as `{1, 2, 3, 7}`."""
    lines: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        lines.update(range(int(first), int(last or first) + 1))
    return frozenset(lines)
