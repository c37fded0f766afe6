"""What an export folder says of itself: its manifest, and its lineage line by line.

The lineage of a million variants does not fit in memory beside everything else, so it is only ever
walked through. What is kept is small: who decided, and where each unit came from.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import orjson

from codeaug.errors import UsageError

MANIFEST = "manifest.json"
LINEAGE = "lineage"
SPLITS = ("train", "validation", "test")

Record = dict[str, Any]


@dataclass(frozen=True)
class Reviewer:
    """A person by pseudonym, and what they said of the variants that are in the dataset."""

    pseudonym: str
    decisions: int
    approved: int


@dataclass(frozen=True)
class Place:
    """Where a unit came from: one record for all units of a repository at a commit."""

    repository: str
    commit: str
    license: str


@dataclass(frozen=True)
class Dossier:
    """An export folder: what all documents are projections of.

    While the documents are written the manifest lacks its list of documents; none of them uses it.
    """

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path) -> Dossier:
        """Raises UsageError."""
        path = folder / MANIFEST
        try:
            manifest = json.loads(path.read_bytes())
        except OSError as error:
            raise UsageError(f"cannot read {path} ({error.strerror}): give an export") from error
        except ValueError as error:
            raise UsageError(f"{path} is no JSON: the export is damaged, make it again") from error
        if not isinstance(manifest, dict):
            raise UsageError(f"{path} is no manifest: the export is damaged, make it again")
        return cls(folder, manifest)

    # --- the lineage, in the order of its files ---------------------------------------------------

    def units(self) -> Iterator[Record]:
        return self._lines("units.jsonl")

    def variants(self) -> Iterator[Record]:
        return self._lines("variants.jsonl")

    def rows(self) -> Iterator[Record]:
        return self._lines("rows.jsonl")

    def left_out(self) -> Iterator[Record]:
        """Functions and variants; lines with a task are of rows."""
        return (line for line in self._lines("left_out.jsonl") if not line.get("task"))

    def _lines(self, name: str) -> Iterator[Record]:
        """Raises UsageError where a line is no record."""
        try:
            with (self.folder / LINEAGE / name).open("rb") as file:
                for number, line in enumerate(file, start=1):
                    yield _record(line, f"{LINEAGE}/{name}", number)
        except OSError as error:
            raise UsageError(f"cannot read {LINEAGE}/{name} ({error.strerror})") from error

    # --- what is remembered of them ---------------------------------------------------------------

    @cached_property
    def reviewers(self) -> tuple[Reviewer, ...]:
        """Everybody whose decision is in the lineage, by pseudonym."""
        decisions: Counter[str] = Counter()
        approved: Counter[str] = Counter()
        for variant in self.variants():
            for decision in variant["decisions"]:
                decisions[decision["reviewer"]] += 1
                approved[decision["reviewer"]] += bool(decision["approved"])
        return tuple(Reviewer(who, n, approved[who]) for who, n in sorted(decisions.items()))

    @cached_property
    def places(self) -> Mapping[bytes, Place]:
        """Where each unit came from, by `key` of its id: some hundred bytes a unit."""
        known: dict[Place, Place] = {}
        found: dict[bytes, Place] = {}
        for unit in self.units():
            place = Place(unit["repository"], unit["commit"], unit["license"])
            found[key(unit["id"])] = known.setdefault(place, place)
        return found

    # --- short ways to what the manifest says -----------------------------------------------------

    @property
    def name(self) -> str:
        return str(self.manifest["name"])

    @property
    def date(self) -> str:
        return str(self.manifest["date"])

    @property
    def moment(self) -> str:
        """The date, where a standard wants a time."""
        return f"{self.date}T00:00:00Z"

    @property
    def release(self) -> str:
        """A version by the rules of semantic versioning: the date, and the data's digest."""
        numbers = ".".join(str(int(part)) for part in self.date.split("-"))
        return f"{numbers}+{self.digest[:12]}"

    @property
    def version(self) -> str:
        """Of codeaug, which wrote it."""
        return str(self.manifest["codeaug"])

    @property
    def files(self) -> list[Record]:
        """The data files, by split and name."""
        return sorted(self.manifest["files"], key=lambda f: (_rank(f["split"]), f["name"]))

    @property
    def repositories(self) -> list[Record]:
        return sorted(self.manifest["repositories"], key=lambda r: (r["name"], r["commit"]))

    @property
    def generators(self) -> list[Record]:
        return sorted(self.manifest["generators"], key=lambda g: (g["engine"], g["model"]))

    @property
    def licenses(self) -> list[str]:
        """Of the repositories, each once; "" for one without."""
        return sorted({repository["license"] for repository in self.manifest["repositories"]})

    @property
    def left_out_counts(self) -> dict[str, int]:
        return dict(sorted(self.manifest["left_out"].items()))

    @property
    def rows_of_all(self) -> int:
        return sum(file["rows"] for file in self.manifest["files"])

    @property
    def digest(self) -> str:
        """Of the data: of all names and digests of data files."""
        lines = sorted(f"{file['sha256']}  {file['name']}\n" for file in self.manifest["files"])
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def identifier(self) -> str:
        """A name for this very dataset that is nobody else's: it holds the digest of the data."""
        return f"urn:codeaug:dataset:{self.digest}"


def key(unit_id: str) -> bytes:
    """Half as long as the id, which is hexadecimal."""
    try:
        return bytes.fromhex(unit_id)
    except ValueError as error:
        raise UsageError(f"lineage: {unit_id!r} is no id of a unit") from error


def _rank(split: str) -> tuple[int, str]:
    return (SPLITS.index(split) if split in SPLITS else len(SPLITS), split)


def _record(line: bytes, name: str, number: int) -> Record:
    try:
        record = orjson.loads(line)
    except ValueError as error:
        raise UsageError(f"{name}, line {number}: no JSON") from error
    if not isinstance(record, dict):
        raise UsageError(f"{name}, line {number}: no record")
    return record
