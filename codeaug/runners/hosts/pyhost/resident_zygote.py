"""Processes that are ready and are forked for each run: with the tests collected, or bare.

They are told what to do by the program that started them, over a socket, and never run a text that
they were given: only their children do.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
from collections.abc import Callable
from typing import Any, NoReturn

from . import resident_swap as swap
from .leaving import leave_host
from .resident_child import Job, begin
from .resident_collected import Collecting, why_not_forked
from .resident_files import Descriptors
from .resident_text import read

Run = Callable[..., None]


class Link:
    """One JSON object a line, both ways."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.lines = connection, connection.makefile("rb")

    def receive(self) -> dict[str, Any] | None:
        """The next object; None when the other side has gone. Raises OSError after a time-out."""
        line = self.lines.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def send(self, **message: Any) -> None:
        self.connection.sendall(json.dumps(message).encode("ascii") + b"\n")


def bare(link: Link, report: int, job: dict[str, Any], run: Run) -> NoReturn:
    """Children import the project themselves, and collect only the files of their tests."""
    link.send(ready=True, why="")
    work = _serve(link, report, lambda request: None)
    leave_host(job["root"])
    arguments = job["arguments"]
    _guarded(
        lambda: run(work.send, job["root"], work.tests, work.lines, arguments, last=work.finish)
    )
    work.finish()
    os._exit(0)


def collected(link: Link, report: int, job: dict[str, Any], run: Run) -> NoReturn:
    """Children find the project imported and its tests collected, and begin to run at once."""
    collecting, works = Collecting(), []

    def serve() -> Job:
        collecting.stop()
        why = collecting.lost or why_not_forked((report, link.connection.fileno()))
        gc.collect()
        gc.freeze()
        link.send(ready=True, why=why)
        works.append(_serve(link, report, _Finder(collecting)))
        return works[0]

    leave_host(job["root"])
    collecting.start()
    _guarded(lambda: run(_silent, job["root"], None, None, job["arguments"], serve=serve))
    if works:
        works[0].finish()
    link.send(ready=True, why="the tests cannot be collected as a whole")
    link.receive()
    os._exit(0)


class _Finder:
    """Finds the unit of a `load`; None when its file is not imported yet. Raises Unready."""

    def __init__(self, collecting: Collecting) -> None:
        self.collecting = collecting

    def __call__(self, request: dict[str, Any]) -> swap.Unit | None:
        file = swap.file_of(request["path"])
        if not file:
            return None
        text, executed = read(request["text"]), self.collecting.executed
        return swap.find(file, text, executed, self.collecting.read)


def _serve(link: Link, report: int, find: Callable[[dict[str, Any]], swap.Unit | None]) -> Job:
    """Answer requests; returns in a child alone."""
    descriptors, unit = Descriptors(), None
    while True:
        request = link.receive()
        if request is None:
            os._exit(0)
        if request["do"] == "load":
            unit, why = None, ""
            try:
                unit = find(request)
            except (swap.Unready, SyntaxError, ValueError, RecursionError) as error:
                why = str(error)
            link.send(why=why)
            continue
        pid = os.fork()
        if pid == 0:
            return _child(link, report, request, unit)
        _, status = os.waitpid(pid, 0)
        link.send(ended=status, spoiled=descriptors.restore())


def _child(link: Link, report: int, request: dict[str, Any], unit: swap.Unit | None) -> Job:
    signal.set_wakeup_fd(-1)
    link.lines.close()
    link.connection.close()
    return begin(request, unit, report)


def _guarded(run: Callable[[], None]) -> None:
    """What the tests raise ends this process, and nothing of it comes back to us."""
    try:
        run()
    except BaseException:
        os._exit(1)


def _silent(**line: Any) -> None:
    """Nothing is reported before a child runs."""
