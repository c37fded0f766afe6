"""Datasets that are kept in the repository: do their manifests and files agree?

Of a file in Git LFS the index has a pointer with the size and the digest; that is enough, but for
the number of rows.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from codeaug.index import Change, Objects
from codeaug.notices import RULES, Notice

MANIFEST, KIND = "manifest.json", "codeaug dataset"
_LARGEST = 2 << 30
_SUFFIXES = (".json", ".jsonl", ".md", ".parquet", ".tar", ".yaml", ".py", ".sh")
_INNER = ("lineage", "training", "data")  # folders of a dataset
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
    paths = (path for change in changes for path in (change.path, change.old_path))
    folders = {folder for path in paths for folder in _folders(path)}
    return [notice for folder in sorted(folders) for notice in _of_folder(folder, objects)]


def _folders(path: str) -> Iterator[str]:
    """Where the manifest may lie that a file belongs to."""
    if not path.endswith(_SUFFIXES):
        return
    folder = path[: path.rfind("/") + 1]
    yield folder
    above, _, name = folder.removesuffix("/").rpartition("/")
    if name in _INNER:
        yield f"{above}/" if above else ""


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
        documents = [_stated(entry | {"rows": None}) for entry in manifest["documents"]]
        counted = manifest["counts"]["rows"]
        splits = [str(entry["split"]) for entry in manifest["files"]]
        rows = {str(split): int(number) for split, number in counted.items()}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield _notice(place, "is no manifest that codeaug wrote")
        return
    for name, facts in (*stated, *documents):
        yield from _of_file(folder, name, facts, objects)
    found = Counter(dict.fromkeys(rows, 0))
    for split, (_, facts) in zip(splits, stated, strict=True):
        found[split] += facts.rows or 0
    for split, number in rows.items():
        if found[split] != number:
            told = f"counts {number} rows of {split}, and its files are said to have {found[split]}"
            yield _notice(place, told)


def _stated(entry: Any) -> tuple[str, _Facts]:
    name, digest, size, rows = (entry[key] for key in ("name", "sha256", "bytes", "rows"))
    if not (isinstance(name, str) and isinstance(digest, str)):
        raise TypeError(name)
    return name, _Facts(digest, int(size), None if rows is None else int(rows))


def _of_file(folder: str, name: str, stated: _Facts, objects: Objects) -> Iterator[Notice]:
    if not {"", ".", ".."}.isdisjoint(name.split("/")):
        yield _notice(folder + MANIFEST, "names a file outside its folder")
        return
    text = objects.at(folder + name, _LARGEST)
    if text is None:
        yield _notice(folder + MANIFEST, f"names {name}, which is not committed with it")
        return
    found = _facts(text)
    if found.digest != stated.digest or found.size != stated.size:
        yield _notice(folder + name, "is not the file that its manifest was written for")
    elif _counted(name, found, stated) and found.rows != stated.rows:
        yield _notice(folder + name, f"has {found.rows} rows, its manifest says {stated.rows}")


def _counted(name: str, found: _Facts, stated: _Facts) -> bool:
    return name.endswith(".jsonl") and found.rows is not None and stated.rows is not None


def _facts(text: bytes) -> _Facts:
    if pointer := _POINTER.fullmatch(text):
        return _Facts(pointer["digest"].decode(), int(pointer["size"]), None)
    return _Facts(hashlib.sha256(text).hexdigest(), len(text), _rows(text.split(b"\n")))


def _rows(lines: Sequence[bytes]) -> int:
    return sum(bool(line.strip()) for line in lines)


def _notice(path: str, message: str) -> Notice:
    return Notice(RULES["dataset"], path, message)
