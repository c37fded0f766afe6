"""Units of one file that a worker takes together, where their build gains from that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from codeaug.builds import Prepared
from codeaug.model import Unit

Item = TypeVar("Item")

TEXTS = 60  # of a batch, at most, but for a unit that has more


def batches(
    sized: Sequence[tuple[Unit, Prepared | None, int, Item]], jobs: int
) -> list[list[Item]]:
    """The items, each of a unit with so many texts, in batches of a file for `jobs` workers.

    No batch has more than a worker's share, so that a single file is work for all of them.
    """
    most = min(TEXTS, -(-sum(texts for _, _, texts, _ in sized) // jobs))
    found: list[list[Item]] = []
    for file in _files(sized):
        left = 0
        for texts, item in file:
            if left < texts:
                found.append([])
                left = most
            found[-1].append(item)
            left -= texts
    return found


def _files(
    sized: Iterable[tuple[Unit, Prepared | None, int, Item]],
) -> list[list[tuple[int, Item]]]:
    """The items of each file, with their sizes; by itself each that gains nothing from others."""
    files: dict[tuple[str, str], list[tuple[int, Item]]] = {}
    for unit, prepared, texts, item in sized:
        key = "", str(len(files))
        if prepared and prepared.build.together(prepared.project):
            key = prepared.project.id, unit.path
        files.setdefault(key, []).append((texts, item))
    return list(files.values())
