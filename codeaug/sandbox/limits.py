"""How much a sandboxed program may use."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

MIB = 1 << 20
GIB = 1 << 30


def _cores() -> int:
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, except `processes` and `cores`. CPU time may reach wall time times `cores`.

    `memory` counts all processes of a run together with what they keep in /tmp and /dev/shm,
    `disk` what a run adds to its copy of the tree, `floor` the space that must stay free on the
    disk below it, `harvest` the largest file that is read back.
    """

    memory: int = 4 * GIB
    processes: int = 512
    file_size: int = 2 * GIB
    disk: int = 2 * GIB
    tmp: int = 2 * GIB
    output: int = 10_000_000
    report: int = 64 * MIB
    harvest: int = 256 * MIB
    floor: int = 256 * MIB
    cores: int = field(default_factory=_cores)
