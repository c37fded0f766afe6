"""The folder: a manifest that can be read, every file that it lists, and nothing else."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from codeaug.dataset.manifest import KIND, MANIFEST, VERSION
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification import shapes
from codeaug.dataset.verification.findings import Findings
from codeaug.dataset.writing import digest_of
from codeaug.errors import UsageError
from codeaug.formats import formats
from codeaug.provenance import signing
from codeaug.tasks import named

Record = dict[str, Any]


def manifest_of(folder: Path, found: Findings) -> Record:
    """Raises UsageError for what is no export of ours."""
    path = folder / MANIFEST
    try:
        if not path.is_file():
            raise UsageError(f"{folder} is no export: there is no {MANIFEST}")
        data = path.read_bytes()
        document = json.loads(data)
    except OSError as error:
        raise UsageError(f"{folder} is no export: cannot read {MANIFEST} there") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{folder} is no export, or damaged: {MANIFEST} is no JSON") from error
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise UsageError(f"{folder} is no export of codeaug: its {MANIFEST} says something else")
    if document.get("version") != VERSION:
        raise UsageError(
            f"{folder} is an export of version {document.get('version')!r}, this codeaug knows "
            f"{VERSION}: export anew, or use the codeaug that wrote it"
        )
    found.saw(names.MANIFEST, f"version {VERSION}, by codeaug {document.get('codeaug')}")
    for problem in _problems(document, data):
        found.wrong(names.MANIFEST, problem)
    return document


def _problems(document: Record, data: bytes) -> Iterator[str]:
    if misfit := shapes.misfit(document, shapes.DOCUMENT):
        yield f"{MANIFEST}: {misfit}"
        return
    if (
        json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"
        != data
    ):
        yield f"{MANIFEST}: other bytes than codeaug writes (order, layout, a key twice)"
    if (name := document["settings"]["format"]) not in formats():
        yield f"{MANIFEST}: the format {name!r} is not known here"
    for task in set(document["settings"]["tasks"]) - named().keys():
        yield f"{MANIFEST}: the task {task!r} is not known here"
    listed = Counter(one["name"] for one in (*document["files"], *document["documents"]))
    yield from (f"{MANIFEST}: lists {name} twice" for name, n in listed.items() if n > 1)
    yield from (f"{MANIFEST}: {name} leads out of the folder" for name in listed if _leaves(name))


def _leaves(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\0" in name or "\\" in name


def look(
    folder: Path, manifest: Mapping[str, Any], found: Findings, advance: Callable[..., None]
) -> set[str]:
    """The names of listed files that are plain files, whatever is in them."""
    listed = {one["name"]: one for one in (*manifest["files"], *manifest["documents"])}
    there, links = _tree(folder)
    known = {MANIFEST, signing.NAME, *listed}
    found.saw(names.FOLDER, f"{len(listed)} files")
    for name in links:
        found.wrong(names.FOLDER, f"{name} is a link, a device or the like, no plain file")
    for name in sorted(there - known):
        found.wrong(names.FOLDER, f"{name} is in the folder but not in the manifest")
    for name in sorted(listed.keys() - there - links):
        found.wrong(names.FOLDER, f"{name} is missing")
    size = sum(one["bytes"] for one in listed.values())
    found.saw(names.DIGESTS, f"{len(listed)} files, {size:,} bytes")
    for name in sorted(listed.keys() & there):
        _digest(folder / name, listed[name], found)
        advance(1)
    return listed.keys() & there


def _digest(path: Path, entry: Record, found: Findings) -> None:
    if (size := path.stat().st_size) != entry["bytes"]:
        what = "cut short" if size < entry["bytes"] else "longer than it was"
        found.wrong(
            names.DIGESTS, f"{entry['name']} is {what}: {size:,} bytes, not {entry['bytes']:,}"
        )
    elif digest_of(path) != entry["sha256"]:
        found.wrong(names.DIGESTS, f"{entry['name']} has another digest than the manifest says")


def _tree(folder: Path) -> tuple[set[str], set[str]]:
    """Plain files, and whatever else is no folder; links are never followed."""
    plain, others = set(), set()
    for at, inner, files in os.walk(folder):
        for name in (*inner, *files):
            path = Path(at, name)
            shown = path.relative_to(folder).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                others.add(shown)
            elif path.is_file():
                plain.add(shown)
    return plain, others
