"""Run one program of the project: its whole process group ends with it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OUTPUT_LIMIT = 4_000_000
_LONG = 1e6  # seconds: `poll` counts no more milliseconds


@dataclass(frozen=True)
class Ended:
    """How a program ended; `output` is standard output and error together."""

    exit_code: int
    output: bytes
    seconds: float
    stopped: bool = False


def run(
    args: Sequence[str],
    cwd: str,
    env: Mapping[str, str],
    *,
    seconds: float | None = None,
    program: str | None = None,
) -> Ended:
    """Run `args` with `env` added to ours. A program that is not there ends with 127.

    It is stopped after `seconds`. `program` is the file to execute, when it is not `args[0]`.
    """
    started = time.monotonic()
    # a file, not a pipe: a process left behind would hold a pipe open for ever
    with tempfile.TemporaryFile() as output:
        try:
            process = subprocess.Popen(
                list(args),
                executable=program,
                cwd=cwd,
                env={**os.environ, **env},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            return Ended(127, str(error).encode(), 0.0)
        stopped = not _ends(process.pid, seconds)
        _end_group(process.pid)
        code = process.wait()
        output.seek(0)
        return Ended(code, output.read(OUTPUT_LIMIT), time.monotonic() - started, stopped)


def _ends(pid: int, seconds: float | None) -> bool:
    """Whether a child ends in time. `Popen.wait` would look every 50 ms only."""
    ended = os.pidfd_open(pid)
    try:
        looks = select.poll()
        looks.register(ended, select.POLLIN)
        return bool(looks.poll(None if seconds is None else min(seconds, _LONG) * 1000))
    finally:
        os.close(ended)


def _end_group(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
