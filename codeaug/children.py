"""Work in child processes: no file can crash or stop the hook.

A child is a copy of us, so it starts in a millisecond and needs to be sent nothing. Each file's
result comes back when it is there; the file at which a child dies or stays too long is given up,
and another child goes on behind it. A child's own processor time decides: how busy the machine is
does not.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import select
import signal
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

MEMORY = 2 << 30  # bytes of address space
_SMALL = 60_000  # bytes; below it, a second child takes longer to start than it saves
_PATIENCE = 5.0  # seconds of processor time for a file
_SILENCE = 60.0  # seconds without any result, whatever the child waits for
_CHUNK = 1 << 16


def in_children(
    work: Callable[[Item], Result], items: Sequence[Item], size: Callable[[Item], int]
) -> tuple[list[Result], list[Item]]:
    """The results in order, and the items at which a child ended."""
    found: dict[int, Result] = {}
    lost: list[int] = []
    waiting = [_Child(work, items, share) for share in _shares(items, size)]
    while waiting:
        child = waiting.pop(0)
        found |= child.results()
        left = [number for number in child.numbers if number not in found]
        if left:
            lost.append(left[0])
        if left[1:]:
            waiting.append(_Child(work, items, left[1:]))
    return [found[number] for number in sorted(found)], [items[number] for number in sorted(lost)]


def _shares(items: Sequence[Item], size: Callable[[Item], int]) -> list[list[int]]:
    """Numbers of items for each child: the largest item first to whoever has least."""
    sizes = [size(item) for item in items]
    many = 2 if sum(sizes) > _SMALL and (os.cpu_count() or 1) > 1 else 1
    shares: list[list[int]] = [[] for _ in range(many)]
    loads = [0] * many
    for number in sorted(range(len(items)), key=lambda number: -sizes[number]):
        least = loads.index(min(loads))
        shares[least].append(number)
        loads[least] += sizes[number]
    return [sorted(share) for share in shares if share]


class _Child:
    """A process that works on the items of these numbers."""

    def __init__(
        self, work: Callable[[Any], Any], items: Sequence[Any], numbers: Sequence[int]
    ) -> None:
        self.numbers = numbers
        self._fd, theirs = os.pipe()
        self._process = os.fork()
        if not self._process:
            _be_the_child(work, items, numbers, theirs)
        os.close(theirs)

    def results(self) -> dict[int, Any]:
        """What it found until it ended, or took too long for one item."""
        data = bytearray()
        deadline = time.monotonic() + _SILENCE
        while select.select([self._fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
            some = os.read(self._fd, _CHUNK)
            if not some:
                break
            data += some
            deadline = time.monotonic() + _SILENCE
        self._end()
        return dict(_unpacked(bytes(data)))

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._fd)


def _be_the_child(
    work: Callable[[Any], Any], items: Sequence[Any], numbers: Sequence[int], fd: int
) -> None:
    """Never comes back: what is left of our own program must not run twice."""
    try:
        gc.disable()
        _limit(resource.RLIMIT_AS, MEMORY)
        _limit(resource.RLIMIT_CORE, 0)
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        for number in numbers:
            signal.setitimer(signal.ITIMER_PROF, _PATIENCE)
            data = pickle.dumps(work(items[number]))
            _write(fd, number.to_bytes(4, "big") + len(data).to_bytes(4, "big") + data)
    except BaseException:
        os._exit(1)
    os._exit(0)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))


def _write(fd: int, data: bytes) -> None:
    while data:
        data = data[os.write(fd, data) :]


def _unpacked(data: bytes) -> list[tuple[int, Any]]:
    """The whole results; the last may be cut off."""
    found, at = [], 0
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "big")
        if at + 8 + size > len(data):
            break
        number = int.from_bytes(data[at : at + 4], "big")
        found.append((number, pickle.loads(data[at + 8 : at + 8 + size])))
        at += 8 + size
    return found
