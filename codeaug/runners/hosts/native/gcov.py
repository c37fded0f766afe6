"""Which lines a run executed: GCC's counters, read by us, or by gcov where we do not know how.

Programs write their counters below $GCOV_PREFIX, so every run has its own. Most counters are the
same in most runs, so an object file's lines are read once for equal counters.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from .counters import Notes, UnknownFormat, read_notes

REPO = "/repo"
OURS = "/.codeaug-build/"
BATCH = 8
_SUMMARY = struct.pack("<I", 0xA1000000)

Lines = Mapping[str, tuple[frozenset[int], frozenset[int]]]
"""Path below /repo -> executed and executable lines."""


class Gcov:
    """Reads counters, by itself or with the program `gcov`; remembers what it has read."""

    def __init__(self, program: str, direct: bool = True) -> None:
        self.program = program
        self.direct = direct
        self.known: dict[tuple[str, bytes], Lines] = {}
        self.notes: dict[str, Notes] = {}
        self.problem = ""

    def lines(self, prefix: Path, notes: frozenset[str] | None = None) -> Lines:
        """The project's lines in all counters below `prefix`, or in those of `notes` only."""
        keys = {}
        for counters in sorted(prefix.rglob("*.gcda")):
            note = "/" + str(counters.relative_to(prefix).with_suffix(".gcno"))
            if (notes is None or note in notes) and os.path.exists(note):
                keys[counters] = (note, _digest(counters.read_bytes()))
        new = {key: counters for counters, key in keys.items() if key not in self.known}
        self._learn(new)
        return merge(self.known[key] for key in keys.values())

    def _learn(self, new: Mapping[tuple[str, bytes], Path]) -> None:
        try:
            if self.direct:
                self.known.update({k: self._read_here(k, counters) for k, counters in new.items()})
        except UnknownFormat as error:
            self.direct = False
            self.problem = "" if self.program else f"coverage needs GCC and its gcov: {error}"
        if not self.direct and self.program:
            self._ask_gcov(new)

    def _read_here(self, key: tuple[str, bytes], counters: Path) -> Lines:
        if key[0] not in self.notes:
            self.notes[key[0]] = read_notes(Path(key[0]), in_project)
        notes = self.notes[key[0]]
        try:
            executed = notes.executed(counters.read_bytes())
        except ValueError as error:
            self.problem = f"{key[0]}: {error}"
            return {}
        return {p: (executed.get(p, frozenset()), lines) for p, lines in notes.executable.items()}

    def _ask_gcov(self, new: Mapping[tuple[str, bytes], Path]) -> None:
        for (note, _), counters in new.items():
            beside = counters.with_suffix(".gcno")
            if not beside.exists():
                beside.symlink_to(note)
        items = list(new.items())
        batches = [dict(items[i : i + BATCH]) for i in range(0, len(items), BATCH)]
        with ThreadPoolExecutor(2) as pool:
            for learnt in pool.map(self._read, batches):
                self.known.update(learnt)

    def _read(self, batch: Mapping[tuple[str, bytes], Path]) -> dict[tuple[str, bytes], Lines]:
        paths = [str(path) for path in batch.values()]
        ended = subprocess.run(
            [self.program, "--json-format", "--stdout", *paths],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        if ended.returncode != 0 or b"stamp mismatch" in ended.stderr:
            self.problem = ended.stderr.decode(errors="replace").strip()[-500:]
        read: dict[str, Lines] = {}
        for document in _documents(ended.stdout):
            read[os.path.realpath(document["data_file"])] = dict(_project_lines(document))
        return {key: read.get(os.path.realpath(path), {}) for key, path in batch.items()}


def in_project(source: str) -> str | None:
    """A source file's path below /repo; None for system headers and what the build generated."""
    path = os.path.normpath(source)
    ours = path.startswith(REPO + "/") and OURS not in path
    return path[len(REPO) + 1 :] if ours else None


def merge(parts: Iterable[Lines]) -> Lines:
    """All lines of `parts` together."""
    merged: dict[str, tuple[frozenset[int], frozenset[int]]] = {}
    for part in parts:
        for path, (executed, executable) in part.items():
            before = merged.get(path, (frozenset(), frozenset()))
            merged[path] = (before[0] | executed, before[1] | executable)
    return merged


def find_gcov(compiler: str) -> str:
    """The gcov of GCC's `compiler`; "" when it is another compiler or has none."""
    name = Path(os.path.realpath(shutil.which(compiler) or compiler)).name
    if "clang" in name:
        return ""
    version = name.rpartition("-")[2]
    candidates = [f"gcov-{version}"] if version.isdigit() else []
    return next((found for c in [*candidates, "gcov"] if (found := shutil.which(c))), "")


def _digest(data: bytes) -> bytes:
    """A hash of the counters; the summary holds the whole program's maximum, which we leave out."""
    at = data.find(_SUMMARY, 8, 32)
    if at >= 0:
        data = data[: at + 8] + data[at + 16 :]
    return hashlib.sha256(data).digest()


def _documents(out: bytes) -> Iterator[dict[str, Any]]:
    for line in out.splitlines():
        if line.startswith(b"{"):
            yield json.loads(line)


def _project_lines(
    document: Mapping[str, Any],
) -> Iterator[tuple[str, tuple[frozenset[int], frozenset[int]]]]:
    for file in document["files"]:
        path = in_project(os.path.join(document["current_working_directory"], file["file"]))
        if path is not None and file["lines"]:
            lines = [(line["line_number"], line["count"]) for line in file["lines"]]
            executed = frozenset(number for number, count in lines if count)
            yield path, (executed, frozenset(number for number, _ in lines))
