"""Patterns of a file that lies above the folder that is looked at, as that folder sees them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from typing import Any

PATTERNS = ("paths", "skip", "never_send", "dataset_skip")
_ALL = "*"


def seen_from(folder: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a file, its patterns of paths said anew for `folder` below that file.

    What cannot be said exactly keeps more files here, or leaves more out. Patterns of `paths` that
    reach nothing in the folder stay as they are, and reach nothing.
    """
    changed = dict(values)
    for name in PATTERNS:
        if old := changed.get(name):
            changed[name] = tuple(_all_seen(folder, old)) or (old if name == "paths" else ())
    return changed


def _all_seen(folder: str, patterns: Iterable[str]) -> Iterator[str]:
    from pathspec import GitIgnoreSpec

    for pattern in patterns:
        sign = "!" if pattern.startswith("!") else ""
        plain = pattern.removeprefix("!")
        if GitIgnoreSpec.from_lines([plain]).match_file(f"{folder}/"):
            yield sign + _ALL
        else:
            yield from (sign + seen for seen in _seen(folder, plain))


def _seen(folder: str, pattern: str) -> Iterator[str]:
    """A pattern that does not reach the folder as a whole."""
    end = "/" if pattern.endswith("/") else ""
    if "/" not in pattern.rstrip("/"):
        yield pattern  # of a name at any depth
        return
    parts = pattern.strip("/").split("/")
    for number, name in enumerate(folder.split("/")):
        if parts[number] == "**":
            # It may begin above the folder and end in it: every rest of it counts.
            rests = range(number + 1, len(parts))
            yield from (f"**/{'/'.join(parts[rest:])}{end}" for rest in rests)
            return
        if number + 1 >= len(parts) or not fnmatchcase(name, parts[number]):
            return
    depth = folder.count("/") + 1
    yield f"/{'/'.join(parts[depth:])}{end}"
