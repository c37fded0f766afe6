"""What runs while a session is collected, and whether the process can be forked afterwards."""

from __future__ import annotations

import cProfile
import os
import stat
import sys
import threading
from collections.abc import Collection
from types import CodeType
from typing import Any

from .resident_files import open_descriptors
from .resident_swap import Place, place

READERS = frozenset({"getsource", "getsourcelines", "findsource", "getlines", "getline"})
READING = ("inspect.py", "linecache.py", "doctest.py", "traceback.py", "warnings.py", "pdb.py")


class Collecting:
    """Watches all code that runs from `start` to `stop`."""

    def __init__(self) -> None:
        self.executed: set[Place] = set()
        self.read = False  # whether something looked up source lines, as some decorators do
        self.lost = ""

    def start(self) -> None:
        self.profiler = cProfile.Profile(subcalls=True, builtins=False)
        threading.setprofile(self._note)
        self.profiler.enable()

    def stop(self) -> None:
        present: object = sys.getprofile()
        if sys.version_info < (3, 12) and present is not self.profiler:
            self.lost = "a profiler of the project's own hides what runs while it is imported"
        self.profiler.disable()
        threading.setprofile(None)
        for entry in self.profiler.getstats():
            if isinstance(entry.code, CodeType):
                self.executed.add(place(entry.code))
                self.read |= _reads_sources(entry)
        del self.profiler

    def _note(self, frame: Any, event: str, argument: Any) -> None:
        if event == "call":
            self.executed.add(place(frame.f_code))


def _reads_sources(entry: Any) -> bool:
    """Whether this function, which is neither pytest's nor the library's, looks up source lines."""
    file = entry.code.co_filename
    if os.path.basename(file) in READING or "/_pytest/" in file or "/pyhost/" in file:
        return False
    return any(
        isinstance(call.code, CodeType)
        and call.code.co_name in READERS
        and os.path.basename(call.code.co_filename) in READING
        for call in entry.calls or ()
    )


def why_not_forked(known: Collection[int]) -> str:
    """Why children of this process would disturb each other; "" when they would not.

    `known` are descriptors of ours. Threads do not live on in a child, and an event loop, socket or
    shared memory would be one for all.
    """
    if len(os.listdir("/proc/self/task")) > 1:
        return "threads run after the tests were collected"
    for fd, mode in open_descriptors():
        plain = stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISCHR(mode)
        if fd > 2 and fd not in known and not plain:
            return "a socket, pipe or event loop is open after the tests were collected"
    with open("/proc/self/maps", encoding="utf-8", errors="replace") as maps:
        if any(line.split()[1].startswith("rw-s") for line in maps):
            return "memory is shared with other processes after the tests were collected"
    return ""
