"""Which line of one text belongs to which of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from codeaug.web.diff.marked import TOKEN

_SIMILAR = 0.5
_LARGEST_BLOCK = 80

Pair = tuple[int | None, int | None]
"""Places of lines, from 0; None where one text has no such line."""


def paired(
    old: Sequence[str], new: Sequence[str], old_keys: Sequence[str], new_keys: Sequence[str]
) -> Iterator[Pair]:
    """All lines of both texts in order. Lines with the same key are the same."""
    matcher = SequenceMatcher(None, old_keys, new_keys, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            yield from zip(range(i1, i2), range(j1, j2), strict=True)
        else:
            yield from _block(old, new, (i1, i2), (j1, j2))


def _block(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> Iterator[Pair]:
    """Pairs the most similar lines of a changed block, then those before and after them."""
    best = _most_similar(old, new, left, right)
    if best is None:
        yield from ((i, None) for i in range(*left))
        yield from ((None, j) for j in range(*right))
        return
    i, j = best
    yield from _block(old, new, (left[0], i), (right[0], j))
    yield i, j
    yield from _block(old, new, (i + 1, left[1]), (j + 1, right[1]))


def _most_similar(
    old: Sequence[str], new: Sequence[str], left: tuple[int, int], right: tuple[int, int]
) -> tuple[int, int] | None:
    if max(left[1] - left[0], right[1] - right[0]) > _LARGEST_BLOCK:
        return None
    best, found = _SIMILAR, None
    for i in range(*left):
        for j in range(*right):
            likeness = _likeness(old[i], new[j])
            if likeness > best:
                best, found = likeness, (i, j)
    return found


@lru_cache(_LARGEST_BLOCK**2)  # every smaller block asks about the same lines again
def _likeness(old: str, new: str) -> float:
    matcher = SequenceMatcher(None, TOKEN.findall(old.strip()), TOKEN.findall(new.strip()))
    return matcher.ratio() if matcher.quick_ratio() > _SIMILAR else 0.0
