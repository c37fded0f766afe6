"""Compilers that add --coverage, first in PATH: no flag of the project is lost."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

FLAGS = "--coverage -fprofile-update=prefer-atomic"
_COMPILER = re.compile(r"(?:[\w]+-linux-gnu-)?(?:cc|c\+\+|gcc|g\+\+)(?:-\d+)?")


def add_shims(folder: Path) -> str:
    """Write one shim for each GCC in PATH into `folder`; returns the PATH that finds them first."""
    search = [p for p in os.environ.get("PATH", os.defpath).split(os.pathsep) if p != str(folder)]
    if not folder.is_dir():
        folder.mkdir(parents=True)
        for name, real in _compilers(search):
            shim = folder / name
            shim.write_text(f'#!/bin/sh\nexec {real} "$@" {FLAGS}\n')
            shim.chmod(0o755)
    return os.pathsep.join([str(folder), *search])


def _compilers(search: list[str]) -> Iterator[tuple[str, str]]:
    seen = set()
    for folder in search:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            if _COMPILER.fullmatch(name) and name not in seen:
                seen.add(name)
                yield name, os.path.join(folder, name)
