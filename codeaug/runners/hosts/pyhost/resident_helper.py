"""From the resident program's side: a process that forks runs, and what came of a run."""

from __future__ import annotations

import json
import os
import secrets
import select
import socket
import time
from collections.abc import Callable, Collection
from typing import Any, NamedTuple, NoReturn

from . import resident_processes as processes
from .resident_link import Link

LARGEST = 64 << 20  # bytes of a run's report
CHUNK = 1 << 16
Record = dict[str, Any]
Main = Callable[[Link, Link, int], NoReturn]


class Lost(Exception):
    """A helper ended, or does not answer; the message says which."""


class Run(NamedTuple):
    """What a run reported; what stopped it; what its helper could not put back afterwards."""

    records: list[Record]
    limit: str
    spoiled: str

    def note(self, kind: str) -> str:
        """Why the run asks for another way, ("" when it does not)."""
        return next((r["why"] for r in self.records if r.get("note") == kind), "")

    def has(self, kind: str) -> bool:
        return any(r.get("note") == kind for r in self.records)


class Helper:
    """A zygote of ours. `family` is the set of all processes that runs must leave alone.

    `aside` leads to a process that it forks to stay.
    """

    def __init__(self, main: Main, family: set[int], closed: Collection[int]) -> None:
        ours, theirs = socket.socketpair()
        here, there = socket.socketpair()
        self.report, report = os.pipe()
        os.set_blocking(self.report, False)
        self.pid = os.fork()
        if self.pid == 0:
            mine = (ours.detach(), here.detach(), self.report)
            _become(main, Link(theirs), Link(there), report, (*closed, *mine))
        theirs.close()
        there.close()
        os.close(report)
        self.link, self.aside, self.family = Link(ours), Link(here), family
        family.add(self.pid)

    @property
    def descriptors(self) -> tuple[int, int, int]:
        return self.link.connection.fileno(), self.report, self.aside.connection.fileno()

    def ask(self, seconds: float, **message: Any) -> Record:
        """One answer to one message. Raises Lost."""
        if message:
            self._tell(message)
        self.link.connection.settimeout(seconds)
        try:
            answer = self.link.receive()
        except OSError:
            answer = None
        self.link.connection.settimeout(None)
        if answer is None:
            raise Lost("a helper of the resident runner has ended or does not answer")
        return answer

    def _tell(self, message: Record) -> None:
        try:
            self.link.send(**message)
        except OSError as error:
            raise Lost("a helper of the resident runner has ended") from error

    def run(self, seconds: float, **request: Any) -> Run:
        """Fork a run, wait for its end, and end whatever it left. Raises Lost."""
        token = secrets.token_hex(16)
        deadline = time.monotonic() + seconds
        data, limit, ended = bytearray(), "", False
        self._tell({"do": "run", "token": token, "seconds": seconds, **request})
        while not ended and not limit:
            left = deadline - time.monotonic()
            ready = select.select(self.descriptors[:2], [], [], max(0.0, left))[0]
            if not ready:
                limit = "wall time"
            if self.report in ready:
                data += _available(self.report)
            if len(data) > LARGEST:
                limit = "report"
            ended = self.link.connection.fileno() in ready
        if not processes.end_others(self.family):
            raise Lost("processes that the tests started cannot be ended")
        answer = self.ask(processes.PATIENCE)
        data += _available(self.report)
        records, forged = genuine(bytes(data), token)
        return Run(records, limit or ("forged report" if forged else ""), answer["spoiled"])

    def drain_aside(self) -> None:
        """Forget what a process that stayed aside said before its end."""
        left = self.aside.connection
        left.setblocking(False)
        try:
            while left.recv(CHUNK):
                continue
        except BlockingIOError:
            pass
        left.setblocking(True)
        self.aside.lines.close()
        self.aside = Link(left)

    def stop(self) -> None:
        """End it, with everything that it left."""
        self.family.discard(self.pid)
        for link in (self.link, self.aside):
            link.lines.close()
            link.connection.close()
        os.close(self.report)
        processes.end_others(self.family)
        os.waitpid(self.pid, 0)


def _become(main: Main, link: Link, aside: Link, report: int, closed: Collection[int]) -> NoReturn:
    """A helper keeps nothing of what leads to the channel that it could be judged by."""
    try:
        for descriptor in closed:
            os.close(descriptor)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (1, 2):
            os.dup2(nothing, descriptor)
        os.close(nothing)
        main(link, aside, report)
    finally:
        os._exit(1)


def _available(descriptor: int) -> bytes:
    """All that can be read at once."""
    data = bytearray()
    try:
        while len(data) <= LARGEST and (part := os.read(descriptor, CHUNK)):
            data += part
    except BlockingIOError:
        pass
    return bytes(data)


def genuine(data: bytes, token: str) -> tuple[list[Record], bool]:
    """The records of the report's lines, and whether any line is not one that our code writes.

    A last line that was cut off is dropped. No run may say what only the resident program says.
    """
    prefix = f"{token} ".encode()
    *lines, _ = data.split(b"\n")
    records: list[Record] = []
    for line in lines:
        try:
            record = json.loads(line[len(prefix) :]) if line.startswith(prefix) else None
        except ValueError:
            record = None
        if not isinstance(record, dict) or {"done", "executed"} & record.keys():
            return records, True
        records.append(record)
    return records, False
