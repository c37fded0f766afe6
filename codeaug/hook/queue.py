"""Pointers to what a commit changed, for whoever schedules work: no source, only where to look.

They lie in the folder that all work trees of a repository share, one JSON object a line, appended
in one piece. Whoever takes them renames the file first; a commit may be told of twice.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from codeaug.children import in_children
from codeaug.hook.files import batches, ignored, of_interest
from codeaug.hook.staleness import Name, Said
from codeaug.index import Change, Objects
from codeaug.model import Unit
from codeaug.parsing import Changed
from codeaug.settings import Settings

MOST = 16 << 20  # bytes of a queue that nobody takes from
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def queue_file(common: Path) -> Path:
    return common / "codeaug" / "queue.jsonl"


def pointers(
    commit: str, changes: Iterable[Change], objects: Objects, settings: Settings
) -> list[dict[str, str]]:
    """The units that say something in this commit that the file did not say before."""
    wanted = of_interest(changes, settings)
    left_out = ignored([change.path for change in wanted], objects)
    wanted = [change for change in wanted if change.blob and change.path not in left_out]
    found: list[dict[str, str]] = []
    for batch in batches(wanted, objects, settings.max_file_kib * 1024):
        files, _ = in_children(_changed_units, batch, lambda file: len(file.text))
        found += [_pointer(commit, one) for file in files for one in file]
    return found


def _changed_units(file: Changed) -> list[Said]:
    from codeaug.languages import is_generated, is_test, is_vendored

    if is_vendored(file.path) or is_generated(file.path, file.text):
        return []
    if is_test(file.language, file.path, file.text):
        return []
    before = {(one.name, one.content) for old in file.olds for one in _units(file, old)}
    return [one for one in _units(file, file.text) if (one.name, one.content) not in before]


def _units(file: Changed, text: bytes) -> Iterator[Said]:
    from codeaug.languages import content, find_units_once

    for unit in find_units_once(file.language, text, file.path, ""):
        if isinstance(unit, Unit):
            name: Name = (unit.language, unit.qualified_name)
            yield Said(name, content(unit), file.path, unit.line, unit.end_line)


def _pointer(commit: str, one: Said) -> dict[str, str]:
    language, name = one.name
    return {
        "commit": commit,
        "path": one.path,
        "language": language,
        "unit": name,
        "content": one.content,
    }


def append(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """How many were appended: all, or none where there is no room. Raises OSError."""
    lines = [json.dumps(record, separators=(",", ":")) for record in records]
    data = "".join(f"{line}\n" for line in lines).encode("ascii")
    if not data:
        return 0
    path.parent.mkdir(exist_ok=True)
    if path.parent.is_symlink():
        raise OSError(f"{path.parent} is a link")
    file = os.open(path, _FLAGS, 0o644)
    try:
        if os.fstat(file).st_size + len(data) > MOST:
            return 0
        os.write(file, data)
    finally:
        os.close(file)
    return len(lines)
