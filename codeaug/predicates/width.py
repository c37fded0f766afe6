"""How long lines may become: as the repository's settings say, else as the file's lines tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from codeaug.model import Edit

USUAL = (79, 100)
"""What lines may be at least and at most where nothing but the file tells."""


def width(line: str) -> int:
    """The columns of a line, without blanks at its end."""
    return len(line.rstrip().expandtabs(4))


@lru_cache(maxsize=16)
def widest(source: bytes) -> int:
    """The columns of a file's longest line."""
    return max(map(width, source.decode("utf-8", "replace").split("\n")), default=0)


def usual_limit(source: bytes) -> int:
    """As the file's longest line, within what is usual."""
    least, most = USUAL
    return max(least, min(most, widest(source)))


def fits(source: bytes, edits: Sequence[Edit], limit: int) -> bool:
    """Whether no line becomes longer than `limit`. One that was as long before may stay so, and
    may move to the left."""
    return all(_fit(old, new, limit) for old, new in _touched(source, edits))


def _fit(old: list[str], new: list[str], limit: int) -> bool:
    before = {line.strip(): width(line) for line in old}
    beside = map(width, old) if len(old) == len(new) else [0] * len(new)
    return all(
        width(line) <= max(limit, before.get(line.strip(), 0), same)
        for line, same in zip(new, beside, strict=True)
    )


def _touched(source: bytes, edits: Sequence[Edit]) -> Iterator[tuple[list[str], list[str]]]:
    """The lines that edits stand on, before and after them, a run of neighbours at a time."""
    runs: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start = source.rfind(b"\n", 0, edit.start) + 1
        found = source.find(b"\n", edit.end)
        end = len(source) if found < 0 else found
        if runs and start <= runs[-1][1]:
            first, last, own = runs.pop()
            runs.append((first, max(last, end), [*own, edit]))
        else:
            runs.append((start, end, [edit]))
    for start, end, own in runs:
        pieces, position = [], start
        for edit in own:
            pieces += [source[position : edit.start], edit.text.encode("utf-8", "surrogateescape")]
            position = edit.end
        yield _lines(source[start:end]), _lines(b"".join([*pieces, source[position:end]]))


def _lines(text: bytes) -> list[str]:
    return text.decode("utf-8", "replace").split("\n")
