"""Which unit goes to which split, so that nothing of one is seen in another.

Units that lie in one file (or folder), or of which any two texts are near-duplicates, go together:
Allamanis 2019 (arXiv:1812.06469) on what duplicates do to figures. A group goes where a hash of its
oldest unit says, and stays there: a unit that was released keeps its split for ever, and one that
would join groups of different splits is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from codeaug.dataset.similarity import Groups
from codeaug.store.material import Known

TRAIN, VALIDATION, TEST = "train", "validation", "test"
_STRICTEST = (TEST, VALIDATION, TRAIN)

JOINS = "joins functions of two splits"
"""Why a unit is left out that belongs to two splits at once."""


def join_places(units: Sequence[Known], groups: Groups, by_module: bool) -> None:
    """Joins the units of each file, or of each folder."""
    first: dict[tuple[str, str], int] = {}
    for number, unit in enumerate(units):
        path = PurePosixPath(unit.path)
        place = (unit.repository.address, str(path.parent if by_module else path))
        groups.join(first.setdefault(place, number), number)


def assign(
    units: Sequence[Known],
    groups: Groups,
    released: Mapping[str, str],
    seed: int,
    validation: float,
    test: float,
) -> list[str]:
    """The split of each unit, "" for one that is left out. `units` are the oldest first;
    `released` is the split that units had in earlier releases."""
    found: dict[int, set[str]] = {}
    for number, unit in enumerate(units):
        own = found.setdefault(groups.root(number), set())
        if unit.id in released:
            own.add(released[unit.id])
    return [
        _one(found[root], units[root].id, released.get(unit.id, ""), seed, validation, test)
        for unit, root in ((u, groups.root(n)) for n, u in enumerate(units))
    ]


def _one(known: set[str], oldest: str, own: str, seed: int, validation: float, test: float) -> str:
    if not known:
        return _drawn(oldest, seed, validation, test)
    if len(known) == 1:
        return next(iter(known))
    strictest = next(split for split in _STRICTEST if split in known)
    return own if own == strictest else ""


def _drawn(oldest: str, seed: int, validation: float, test: float) -> str:
    """By a hash, evenly from 0 to 1, of the oldest unit's id."""
    digest = hashlib.sha256(f"{seed} {oldest}".encode()).digest()
    place = int.from_bytes(digest[:8], "big") / 2**64
    if place < test:
        return TEST
    return VALIDATION if place < test + validation else TRAIN
