"""One report, rendered for each reader: one module a format, `render(report) -> str`.

Each keeps its reader's limits: what is too much is left out from the end, the least grave first,
and one line says how many there were. Nothing of the source's text is in any of them but what the
notice of a missed fault names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from codeaug.notices import Notice

Item = TypeVar("Item")


def numbered(notices: Iterable[Notice]) -> Iterator[tuple[Notice, str]]:
    """Each notice with a fingerprint that no other one has, and that stays while lines move."""
    seen: Counter[str] = Counter()
    for notice in notices:
        name = notice.fingerprint
        seen[name] += 1
        yield notice, name if seen[name] == 1 else f"{name}-{seen[name]}"


def cut(items: Sequence[Item], most: int) -> tuple[Sequence[Item], int]:
    """The first `most` of them, and how many are left out."""
    return items[:most], max(0, len(items) - most)


def left_out(count: int) -> str:
    """The line that says so."""
    return f"{count} more notices are left out here: codeaug ci --json holds all of them."
