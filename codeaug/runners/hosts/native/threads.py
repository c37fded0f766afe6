"""How GCC counts: one at a time only where no thread can be started, for that is ten times faster.

`python3 -m native.threads FOLDER` prints the flag for what was built below FOLDER. Counters that
several threads change without an atomic instruction lose some of what they count, and lines that
ran look as if they had not.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_STARTERS = re.compile(
    rb"pthread_create|thrd_create|_M_start_thread|GOMP_parallel|GOMP_task|__kmpc_fork"
)
_LIBRARY = re.compile(rb"\0(lib[\w+.-]+\.so[.\d]*)(?=\0)")
# They hold the functions that start threads, but start none by themselves.
_RUNTIME = re.compile(rb"lib(?:c|m|dl|rt|pthread|stdc\+\+|gcc_s|gcov|asan|ubsan)\.so[.\d]*")
_MAGIC = (b"\x7fELF", b"!<arch>")
_PLACES = ("lib/*-linux-*", "usr/lib/*-linux-*", "usr/local/lib", "lib64", "usr/lib64", "lib")


def update_flag(folder: Path) -> str:
    """The flag for a project that was built in `folder`."""
    built = list(_built(folder))
    own = {os.path.basename(path).encode() for path in built}
    threads = not built or any(_may_start(path, frozenset(own)) for path in built)
    return f"-fprofile-update={'prefer-atomic' if threads else 'single'}"


def _built(folder: Path) -> Iterator[str]:
    """Objects, archives, libraries and programs below a folder."""
    for here, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(here, name)
            if os.path.isfile(path) and _head(path).startswith(_MAGIC):
                yield path


def _head(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read(8)


@cache
def _may_start(path: str, own: frozenset[bytes]) -> bool:
    """Whether a file names a function that starts threads, or a library that may; those that are
    `own` are looked at by themselves."""
    data = Path(path).read_bytes()
    if _STARTERS.search(data):
        return True
    needed = {name for name in _LIBRARY.findall(data) if not _RUNTIME.fullmatch(name)} - own
    return any(_library_may_start(os.fsdecode(name)) for name in needed)


@cache
def _library_may_start(name: str) -> bool:
    for place in _PLACES:
        for found in Path("/").glob(f"{place}/{name}"):
            return _may_start(str(found.resolve()), frozenset())
    return True


if __name__ == "__main__":
    print(update_flag(Path(sys.argv[1])))
