"""What of a CMake build need not be made after a change: libraries that end up in no program.

Many projects build one library several times, shared, static and as objects, and their tests use
one of them. Targets come from CMake's own account, the file API (codemodel-v2), for which
`offline.cmake` asks. Only for makefiles: there we know what `all` makes and where objects lie.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_REPLY = Path(".cmake", "api", "v1", "reply")
# of a folder's target `all`, not of one target's: those end with ".dir/all:"
_IN_ALL = re.compile(r"^(?:\S+(?<!\.dir)/)?all: (\S+\.dir)/all$", re.M)
_MOST = 8  # named targets are made one after the other: with many of them `all` is faster
_PARTS = ("STATIC_LIBRARY", "OBJECT_LIBRARY")


@dataclass(frozen=True)
class Target:
    """A target: where its objects lie, and the ids of the targets that it depends on.

    `archives` are the files of a static library; `is_part`: it is nothing until it is linked.
    """

    name: str
    folder: Path
    archives: tuple[Path, ...]
    depends: frozenset[str]
    is_part: bool
    in_all: bool


@dataclass(frozen=True)
class Needed:
    """The `targets` that bring all that may run; `spare` notes are of objects that do not."""

    targets: tuple[str, ...]
    spare: tuple[Path, ...]
    stale: tuple[Path, ...]


def read_targets(build: Path) -> dict[str, Target]:
    """The targets of the build directory `build` by id; none where CMake does not tell."""
    replies = sorted((build / _REPLY).glob("index-*.json"))
    index = json.loads(replies[-1].read_text()) if replies else {}
    model = index.get("reply", {}).get("codemodel-v2", {}).get("jsonFile")
    if not model or index["cmake"]["generator"]["name"] != "Unix Makefiles":
        return {}
    (configuration,) = json.loads((build / _REPLY / model).read_text())["configurations"]
    makefile = (build / "CMakeFiles" / "Makefile2").read_text(errors="replace")
    in_all = frozenset(_IN_ALL.findall(makefile))
    files = (build / _REPLY / target["jsonFile"] for target in configuration["targets"])
    told = (json.loads(file.read_text()) for file in files)
    return {target["id"]: _target(build, target, in_all) for target in told}


def _target(build: Path, told: Mapping[str, Any], in_all: frozenset[str]) -> Target:
    objects = Path(told["paths"]["build"], "CMakeFiles", told["name"] + ".dir")
    archives = told.get("artifacts", ()) if told["type"] == "STATIC_LIBRARY" else ()
    return Target(
        told["name"],
        build / objects,
        tuple(build / archive["path"] for archive in archives),
        frozenset(target["id"] for target in told.get("dependencies", ())),
        told["type"] in _PARTS,
        str(objects) in in_all,
    )


def needed(targets: Mapping[str, Target], notes: Sequence[Path]) -> Needed | None:
    """What to make again when the objects of `notes` changed; None for everything."""
    owners = {note: _owner(targets, note) for note in notes}
    changed = _users(targets, frozenset(owners.values()))
    usual = _with_parts(targets, (i for i, target in targets.items() if target.in_all))
    whole = [i for i in sorted(changed & usual) if not targets[i].is_part]
    made = _with_parts(targets, whole)
    left = changed & usual - made
    below = _with_parts(targets, (d for i in whole for d in targets[i].depends))
    last = tuple(targets[i].name for i in whole if i not in below)
    if not left or not 0 < len(last) <= _MOST or not usual.issuperset(owners.values()):
        return None
    return Needed(
        last,
        tuple(note for note in notes if owners[note] in left),
        tuple(path for i in sorted(left) for path in targets[i].archives),
    )


def _owner(targets: Mapping[str, Target], note: Path) -> str:
    return next((i for i, target in targets.items() if note.is_relative_to(target.folder)), "")


def _users(targets: Mapping[str, Target], ids: frozenset[str]) -> frozenset[str]:
    """`ids`, and all that depend on one of them."""
    while True:
        more = ids | {i for i, target in targets.items() if not ids.isdisjoint(target.depends)}
        if more == ids:
            return ids
        ids = more


def _with_parts(targets: Mapping[str, Target], ids: Iterable[str]) -> frozenset[str]:
    """`ids`, and all on which one of them depends."""
    found: set[str] = set()
    waiting = set(ids)
    while waiting:
        found |= waiting
        waiting = {d for i in waiting for d in targets[i].depends} - found
    return frozenset(found)
