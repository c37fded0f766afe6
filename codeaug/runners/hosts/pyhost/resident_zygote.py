"""Processes that are ready and are forked for each run: with the tests collected, or bare.

They are told what to do by the program that started them, over a socket, and never run a text that
they were given: only their children do.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable
from typing import Any, NoReturn

from . import resident_swap as swap
from .comparison.serving import Recording
from .leaving import leave_host
from .resident_child import Job, begin
from .resident_collected import Collecting, why_not_forked
from .resident_files import Descriptors
from .resident_link import Link
from .resident_text import read

Run = Callable[..., None]
Find = Callable[[dict[str, Any]], Any]  # a unit, or None


def bare(link: Link, aside: Link, report: int, job: dict[str, Any], run: Run) -> NoReturn:
    """Children import the project themselves, and collect only the files of their tests."""
    link.send(ready=True, why="")
    work = _serve(link, aside, report, lambda request: None)
    leave_host(job["root"])
    arguments = job["arguments"]
    _guarded(
        lambda: run(work.send, job["root"], work.tests, work.lines, arguments, last=work.finish)
    )
    work.finish()
    os._exit(0)


def collected(link: Link, aside: Link, report: int, job: dict[str, Any], run: Run) -> NoReturn:
    """Children find the project imported and its tests collected, and begin to run at once."""
    collecting, works = Collecting(), []

    def serve() -> Job | Recording:
        collecting.stop()
        ours = (report, link.connection.fileno(), aside.connection.fileno())
        why = collecting.lost or why_not_forked(ours)
        gc.collect()
        gc.freeze()
        link.send(ready=True, why=why)
        works.append(_serve(link, aside, report, _Finder(collecting)))
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


def _serve(link: Link, aside: Link, report: int, find: Find) -> Job | Recording:
    """Answer requests; returns in a child alone."""
    descriptors, unit, staying = Descriptors(), None, set[int]()
    while True:
        request = link.receive()
        staying -= {pid for pid in staying if os.waitpid(pid, os.WNOHANG)[0]}
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
        spoiled = descriptors.restore()  # a process that stays shares them with us
        pid = os.fork()
        if pid == 0:
            return _child(link, aside, report, request, unit)
        if request["do"] == "record":
            staying.add(pid)
            link.send(pid=pid)
            continue
        _, status = os.waitpid(pid, 0)
        link.send(ended=status, spoiled=spoiled or descriptors.restore())


def _child(
    link: Link, aside: Link, report: int, request: dict[str, Any], unit: swap.Unit | None
) -> Job | Recording:
    signal.set_wakeup_fd(-1)
    link.lines.close()
    link.connection.close()
    if request["do"] == "record":
        os.close(report)
        return Recording(request, unit, aside)
    aside.lines.close()
    aside.connection.close()
    return begin(request, unit, report)


def _guarded(run: Callable[[], None]) -> None:
    """What the tests raise ends this process, and nothing of it comes back to us."""
    try:
        run()
    except BaseException:
        os._exit(1)


def _silent(**line: Any) -> None:
    """Nothing is reported before a child runs."""
