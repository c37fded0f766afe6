"""Which unit goes to which split, so that nothing of one is seen in another.

Units that lie in one file (or folder), or of which any two texts are near-duplicates, go together:
Allamanis 2019 (arXiv:1812.06469) on what duplicates do to figures. Groups are drawn in the order of
a hash of their oldest unit, and stay where they are: a unit that was released keeps its split for
ever, and one that would join groups of different splits is left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from codeaug.dataset.similarity import Groups
from codeaug.store.material import Known

TRAIN, VALIDATION, TEST = "train", "validation", "test"
_MOST = 0.1
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
    roots = [groups.root(number) for number in range(len(units))]
    known: dict[int, set[str]] = {root: set() for root in roots}
    for unit, root in zip(units, roots, strict=True):
        if unit.id in released:
            known[root].add(released[unit.id])
    sizes = Counter(roots)
    fresh = [root for root, own in known.items() if not own]
    fresh.sort(key=lambda root: _place(units[root].id, seed))
    drawn = {root: next(iter(own)) for root, own in known.items() if len(own) == 1}
    for split, share in ((TEST, test), (VALIDATION, validation)):
        _draw(split, share * len(units), fresh, sizes, drawn)
    found = []
    for unit, root in zip(units, roots, strict=True):
        own, group = released.get(unit.id, ""), known[root]
        if len(group) > 1:
            strictest = next(split for split in _STRICTEST if split in group)
            found.append(own if own == strictest else "")
        else:
            found.append(drawn.get(root, TRAIN))
    return found


def _draw(
    split: str, target: float, fresh: Sequence[int], sizes: Counter[int], drawn: dict[int, str]
) -> None:
    """Gives groups to a split, in their order, until it is as large as it should be. A group that
    is more than that, and more than a tenth of all, would take too much from training."""
    held = sum(sizes[root] for root, own in drawn.items() if own == split)
    most = max(target, _MOST * sum(sizes.values()))
    for root in fresh:
        if held >= target:
            return
        if root not in drawn and held + sizes[root] <= most:
            drawn[root] = split
            held += sizes[root]


def _place(oldest: str, seed: int) -> str:
    """Groups lie in the order of a hash of their oldest unit's id."""
    return hashlib.sha256(f"{seed} {oldest}".encode()).hexdigest()
