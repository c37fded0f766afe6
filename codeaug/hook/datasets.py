"""Datasets that are kept in the repository: do their manifests and files agree?

Of a file in Git LFS the index has a pointer with the size and the digest; that is enough, but for
the number of rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from codeaug.index import Change, Objects
from codeaug.notices import RULES, Notice

MANIFEST, KIND = "manifest.json", "codeaug dataset"
_LARGEST = 2 << 30
_POINTER = re.compile(
    rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*"
    rb"oid sha256:(?P<digest>[0-9a-f]{64})\nsize (?P<size>\d+)\n"
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of a file; the number of rows is not of one in LFS."""

    digest: str
    size: int
    rows: int | None


def check_datasets(changes: Iterable[Change], objects: Objects) -> list[Notice]:
    """What does not agree in the folders in which something changed."""
    folders = dict.fromkeys(
        path[: path.rfind("/") + 1]
        for change in changes
        for path in (change.path, change.old_path)
        if path.endswith((MANIFEST, ".jsonl"))
    )
    return [notice for folder in sorted(folders) for notice in _of_folder(folder, objects)]


def _of_folder(folder: str, objects: Objects) -> Iterator[Notice]:
    place = folder + MANIFEST
    text = objects.at(place, _LARGEST)
    if text is None or KIND.encode() not in text:
        return
    try:
        manifest = json.loads(text)
        if manifest["kind"] != KIND:
            return
        stated = [_stated(entry) for entry in manifest["files"]]
        rows = [row["row"] for row in manifest["rows"]]
        samples = manifest["counts"]["samples"]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield _notice(place, "is no manifest that codeaug wrote")
        return
    for name, facts in stated:
        yield from _of_file(folder, name, facts, objects)
    if rows != list(range(1, len(rows) + 1)):
        yield _notice(place, "does not number its rows from 1 without a gap")
    if samples != len(rows):
        yield _notice(place, f"counts {samples} samples and lists {len(rows)} rows")
    if sum(facts.rows or 0 for _, facts in stated) != len(rows):
        yield _notice(place, f"lists {len(rows)} rows, and its files are said to have others")


def _stated(entry: Any) -> tuple[str, _Facts]:
    name, digest, size, rows = (entry[key] for key in ("name", "sha256", "bytes", "rows"))
    if not (isinstance(name, str) and isinstance(digest, str)):
        raise TypeError(name)
    return name, _Facts(digest, int(size), int(rows))


def _of_file(folder: str, name: str, stated: _Facts, objects: Objects) -> Iterator[Notice]:
    if "/" in name or name in ("", ".", ".."):
        yield _notice(folder + MANIFEST, "names a file outside its folder")
        return
    text = objects.at(folder + name, _LARGEST)
    if text is None:
        yield _notice(folder + MANIFEST, f"names {name}, which is not committed with it")
        return
    found = _facts(text)
    if found.digest != stated.digest or found.size != stated.size:
        yield _notice(folder + name, "is not the file that its manifest was written for")
    elif found.rows is not None and found.rows != stated.rows:
        yield _notice(folder + name, f"has {found.rows} rows, its manifest says {stated.rows}")


def _facts(text: bytes) -> _Facts:
    if pointer := _POINTER.fullmatch(text):
        return _Facts(pointer["digest"].decode(), int(pointer["size"]), None)
    return _Facts(hashlib.sha256(text).hexdigest(), len(text), _rows(text.split(b"\n")))


def _rows(lines: Sequence[bytes]) -> int:
    return sum(bool(line.strip()) for line in lines)


def _notice(path: str, message: str) -> Notice:
    return Notice(RULES["dataset"], path, message)
