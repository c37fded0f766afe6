"""Which lines a run executed: GCC's counters, read by gcov.

Programs write their counters below $GCOV_PREFIX, so every run has its own. gcov is slow and most
counters are the same in most runs, so an object file's lines are read once for equal counters.
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

REPO = "/repo"
OURS = "/.codeaug-build/"
BATCH = 8
_SUMMARY = struct.pack("<I", 0xA1000000)

Lines = Mapping[str, tuple[frozenset[int], frozenset[int]]]
"""Path below /repo -> executed and executable lines."""


class Gcov:
    """Reads counters with the program `gcov`; remembers what it has read."""

    def __init__(self, program: str) -> None:
        self.program = program
        self.known: dict[tuple[str, bytes], Lines] = {}
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
        path = os.path.join(document["current_working_directory"], file["file"])
        path = os.path.normpath(path)
        if path.startswith(REPO + "/") and OURS not in path and file["lines"]:
            lines = [(line["line_number"], line["count"]) for line in file["lines"]]
            executed = frozenset(number for number, count in lines if count)
            yield path[len(REPO) + 1 :], (executed, frozenset(number for number, _ in lines))
