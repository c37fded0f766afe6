"""Compilers that add --coverage, first in PATH: no flag of the project is lost.

They note where and how they were called, for `proof`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from .proof.lines import START
from .threads import update_flag

_FLAGS = "flags"
_COMPILER = re.compile(r"(?:[\w]+-linux-gnu-)?(?:cc|c\+\+|gcc|g\+\+)(?:-\d+)?")


def add_shims(folder: Path) -> str:
    """Write one shim for each GCC in PATH into `folder`; returns the PATH that finds them first.

    The first time, the repository must hold what was built of it without them.
    """
    search = [p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if p != str(folder)]
    if not folder.is_dir():
        folder.mkdir(parents=True)
        notes = noted(folder.parent)
        notes.mkdir(exist_ok=True)
        flags = f"--coverage {update_flag(Path('/repo'))}"
        (folder / _FLAGS).write_text(flags)
        for name, real in _compilers(search):
            shim = folder / name
            # one file a process: several compilers run at a time
            note = f"""printf '%s\\0' '{START}' "$PWD" '{real}' "$@" >>'{notes}'/$$ 2>/dev/null"""
            shim.write_text(f'#!/bin/sh\n{note}\nexec {real} "$@" {flags}\n')
            shim.chmod(0o755)
    return os.pathsep.join([str(folder), *search])


def added_flags(folder: Path) -> list[str]:
    """What the shims in `folder` add."""
    return (folder / _FLAGS).read_text().split()


def noted(home: Path) -> Path:
    """The folder of the compile lines that the compilers noted."""
    return home / "lines"


def _compilers(search: list[str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for folder in search:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if _COMPILER.fullmatch(name) and name not in seen:
                seen.add(name)
                yield name, os.path.join(folder, name)
