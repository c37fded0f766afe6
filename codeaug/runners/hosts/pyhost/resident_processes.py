"""Processes of a resident program: hardened, stopped, and nothing left of them."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time
from collections.abc import Collection

DUMPABLE = 4  # PR_SET_DUMPABLE
PATIENCE = 5.0  # seconds in which processes that are killed must be gone


def close_to_others(closed: bool) -> None:
    """Whether other processes may read and write this one's memory and descriptors.

    What a variant runs in is forked from us, under the same user. Raises OSError.
    """
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    if prctl(DUMPABLE, 0 if closed else 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "prctl")


def limit_processor(seconds: float) -> None:
    """As much processor time as a cold run may take, which has `seconds` on each core."""
    most = int(seconds * len(os.sched_getaffinity(0))) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def others(ours: Collection[int]) -> list[int]:
    """Living processes of the sandbox but `ours` and its first one."""
    found = [int(name) for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in found if pid != 1 and pid not in ours and _is_alive(pid)]


def end_others(ours: Collection[int]) -> bool:
    """Kill everything but `ours`; False when it does not go."""
    deadline = time.monotonic() + PATIENCE
    while True:
        rest = others(ours)
        if not rest:
            return True
        if time.monotonic() > deadline:
            return False
        for pid in rest:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(0.0005)


def _is_alive(pid: int) -> bool:
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except OSError:
        return False
