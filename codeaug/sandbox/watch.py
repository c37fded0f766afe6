"""Watches a running sandbox: its report channel, what it uses, and when it is over its limits."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from codeaug.sandbox.limits import Limits

_TICK = 0.05
_CHUNK = 1 << 16
_INODE = 1024  # bytes of kernel memory that an empty file of a tmpfs takes
_BLOCK = 4096  # bytes of disk that an empty file takes, about
_HIDDEN = 4  # times the disk limit may be written, if it is where a look at the files misses it
_FREE_INODES = 10_000
_PAGE = os.sysconf("SC_PAGE_SIZE")
_CLOCK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Watch:
    """Reads a sandbox's report and status pipes until both are closed; kills it at a limit.

    `grown` is the folder that the run adds to, if that is limited, and `size` what it held before;
    `disk` is a folder on the same disk. Runs in a thread of its own while the program is waited for
    elsewhere. A report is kept in `report`, or passed on to `listener` as it comes, which gets
    nothing (`b""`) when nothing of the sandbox lives any more.
    """

    report_pipe: int
    status_pipe: int
    limits: Limits
    cpu_seconds: float
    disk: Path
    grown: Path | None
    size: int
    listener: Callable[[bytes], None] | None = None
    limit: str = ""
    full: bool = False
    report: bytearray = field(default_factory=bytearray)
    status: dict[str, int] = field(default_factory=dict)
    _asked: str = ""
    _init: int | None = None
    _proc: int | None = None
    _partial: bytes = b""
    _next_walk: float = 0.0
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="sandbox watch", daemon=True)
        self._thread.start()

    def finish(self) -> None:
        """Wait until nothing of the sandbox lives; call when its first process has ended."""
        if self._thread:
            self._thread.join()

    @property
    def set_up(self) -> bool:
        """Whether the program inside was reached at all."""
        return "exit-code" in self.status

    def _run(self) -> None:
        open_pipes = {self.report_pipe, self.status_pipe}
        try:
            while open_pipes:
                for pipe in select.select(list(open_pipes), [], [], _TICK)[0]:
                    if not self._read(pipe):
                        open_pipes.discard(pipe)
                if open_pipes and not self.limit:
                    self._stop(self._asked or self._over_limit())
            self._await_end()
        finally:
            for descriptor in (self._init, self._proc):
                if descriptor is not None:
                    os.close(descriptor)
            if self.listener:
                self.listener(b"")

    def stop(self, reason: str) -> None:
        """End everything in the sandbox soon; `reason` becomes the limit. For other threads."""
        self._asked = reason

    def _stop(self, reason: str) -> None:
        if not reason or self._init is None:
            return  # not born yet: the next look will say the same
        self.limit = reason
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._init, signal.SIGKILL)

    def _await_end(self) -> None:
        """The first process of a pid namespace ends after all others of it."""
        if self._init is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._init, signal.SIGKILL)
            select.select([self._init], [], [])

    def _read(self, pipe: int) -> bool:
        data = os.read(pipe, _CHUNK)
        if pipe == self.status_pipe:
            self._note(data)
        elif self.listener:
            if data:
                self.listener(data)
        elif len(self.report) < self.limits.report:
            self.report += data
        elif data and not self.limit:
            self._stop("report")
        return bool(data)

    def _note(self, data: bytes) -> None:
        """bubblewrap says its child's process id, and at the end the program's exit code."""
        *lines, self._partial = (self._partial + data).split(b"\n")
        for line in filter(None, lines):
            self.status.update(json.loads(line))
        if self._init is None and "child-pid" in self.status:
            with contextlib.suppress(ProcessLookupError):
                self._init = os.pidfd_open(self.status["child-pid"])

    # --- what it uses -----------------------------------------------------------------------------

    def _over_limit(self) -> str:
        if self._proc is None:
            self._proc = self._open_proc()
        if self._proc is not None and (reason := self._over_process_limits(self._proc)):
            return reason
        if time.monotonic() < self._next_walk:
            return ""
        return self._over_disk_limits()

    def _open_proc(self) -> int | None:
        """The sandbox's own /proc, which lists its processes and no others."""
        if "child-pid" not in self.status:
            return None
        try:
            proc = os.open(
                f"/proc/{self.status['child-pid']}/root/proc", os.O_RDONLY | os.O_DIRECTORY
            )
        except OSError:
            return None
        # Before it has moved into its new root, that name still is the machine's own /proc.
        if os.fstat(proc).st_dev != os.stat("/proc").st_dev and _stat(proc, "1"):
            return proc
        os.close(proc)
        return None

    def _over_process_limits(self, proc: int) -> str:
        with contextlib.suppress(OSError):
            pids = [name for name in os.listdir(proc) if name.isdigit()]
            if len(pids) > self.limits.processes:
                return "processes"
            used = [stat for pid in pids if (stat := _stat(proc, pid))]
            if sum(ticks for ticks, _ in used) / _CLOCK > self.cpu_seconds:
                return "cpu"
            resident = sum(pages for _, pages in used) * _PAGE
            kept = self._kept_in_memory()
            if resident + kept > self.limits.memory:
                shared = sum(_proportional(proc, pid) for pid in pids)
                if shared + kept > self.limits.memory:
                    return "memory"
        return ""

    def _kept_in_memory(self) -> int:
        total = 0
        for folder in ("tmp", "dev/shm"):
            with contextlib.suppress(OSError):
                state = os.statvfs(f"/proc/{self.status['child-pid']}/root/{folder}")
                total += (state.f_blocks - state.f_bfree) * state.f_frsize
                total += (state.f_files - state.f_ffree) * _INODE
        return total

    def _over_disk_limits(self) -> str:
        if is_full(self.disk, self.limits):
            self.full = True
            return "disk"
        if not self.grown:
            return ""
        started = time.monotonic()
        added = size_on_disk(self.grown) - self.size
        self._next_walk = time.monotonic() + max(0.25, 10 * (time.monotonic() - started))
        over = added > self.limits.disk or self._written() > _HIDDEN * self.limits.disk
        return "disk" if over else ""

    def _written(self) -> int:
        """Bytes written to disks, also to files that were deleted or lie in closed folders."""
        if self._proc is None:
            return 0
        with contextlib.suppress(OSError):
            pids = [name for name in os.listdir(self._proc) if name.isdigit()]
            return sum(_written(self._proc, pid) for pid in pids)
        return 0


def is_full(folder: Path, limits: Limits) -> bool:
    """Whether so little is left on the disk of `folder` that programs could fail for it."""
    state = os.statvfs(folder)
    few_inodes = bool(state.f_files) and state.f_favail < _FREE_INODES
    return few_inodes or state.f_bavail * state.f_frsize < limits.floor


def _written(proc: int, pid: str) -> int:
    """A process's bytes, with those of children that were waited for."""
    try:
        lines = dict(line.split(b": ") for line in _content(proc, f"{pid}/io").splitlines())
    except OSError:
        return 0
    return int(lines[b"write_bytes"]) - int(lines[b"cancelled_write_bytes"])


def _stat(proc: int, pid: str) -> tuple[int, int] | None:
    """CPU ticks (with those of children that were waited for) and resident pages."""
    try:
        fields = _content(proc, f"{pid}/stat").rpartition(b")")[2].split()
    except OSError:
        return None
    return sum(map(int, fields[11:15])), int(fields[21])


def _proportional(proc: int, pid: str) -> int:
    """Bytes of memory, what several processes share divided among them."""
    try:
        lines = _content(proc, f"{pid}/smaps_rollup").splitlines()
    except OSError:
        stat = _stat(proc, pid)
        return stat[1] * _PAGE if stat else 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(b"Pss:"))


def _content(proc: int, path: str) -> bytes:
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC, dir_fd=proc)
    try:
        return os.read(file, _CHUNK)
    finally:
        os.close(file)


def size_on_disk(folder: Path) -> int:
    """Bytes on disk below `folder`, an empty file counted as one block."""
    total, folders = 0, [str(folder)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    total += max(_BLOCK, entry.stat(follow_symlinks=False).st_blocks * 512)
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
    return total
