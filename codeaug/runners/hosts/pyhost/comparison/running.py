"""One fork: a text's unit on a list of inputs, one outcome after another through a pipe.

Each line carries a token that is new for each fork, and the number of its input; the last one says
that it is the last. A fork that dies, hangs or says something else has ended early.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import os
import resource
import secrets
import select
import signal
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from .calling import LAPSE, USE, Case, Outcome, call_all
from .recording import Input

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

MEMORY = 512 << 20  # bytes more than it begins with
LARGEST = 16 << 20  # bytes of all outcomes
LEAST = 1.0  # seconds for one input
SLOWER_BY = 20
FIELD = "\t"


@dataclass
class Ran:
    """Outcomes of the first inputs, their seconds, and why there are not all: "", `time`,
    `limit` (of all together) or `end`. `lapses`: numbers of those that ended with an exception
    which nobody raises on purpose. `lines`: those that ran, where the code notes them."""

    outcomes: list[Outcome] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    lapses: set[int] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    ended: str = ""


def run(
    case: Case, inputs: Sequence[Input], closed: Collection[int], deadline: float,
    usual: Sequence[float] = (), least: float = LEAST,
) -> Ran:  # fmt: skip
    """Outcomes of `inputs` in order, in a fork that keeps none of the descriptors `closed`.

    `usual` are the seconds that the original took for each, `least` what each may take anyway.
    """
    token = secrets.token_hex(8)

    def work(pipe: int) -> None:
        gc.disable()
        junk = _disturbed() if case.perturbed else []
        case.place(case.code)
        call_all(case, inputs, _writer(pipe, token))
        del junk

    with forked(work, closed, MEMORY) as reading:
        return _read(reading, token, len(inputs), deadline, usual, least)


@contextlib.contextmanager
def forked(work: Callable[[int], None], closed: Collection[int], memory: int) -> Iterator[int]:
    """A pipe out of a fork that does `work` with its other end, and is gone afterwards.

    The fork keeps none of the descriptors `closed`, and may use so many bytes more than we do.
    """
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _become(work, closed, writing, memory)
    os.close(writing)
    try:
        yield reading
    finally:
        os.close(reading)
        for end in (os.killpg, os.kill):
            try:
                end(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(pid, 0)


# --- the parent's side ----------------------------------------------------------------------------


def _read(
    pipe: int, token: str, count: int, deadline: float, usual: Sequence[float], least: float
) -> Ran:
    ran, data, size, done = Ran(), b"", 0, False
    since = time.monotonic()
    prefix = token.encode("ascii") + b" "
    while True:
        while b"\n" in data:
            line, data = data.split(b"\n", 1)
            number = len(ran.outcomes)
            expected = prefix + (b"end" if number == count else b"%d" % number)
            fields = line.decode("ascii", "replace").split(FIELD)
            if (
                done
                or fields[0].encode() != expected
                or len(fields) != (2 if number == count else 5)
            ):
                ran.ended = "end"
                return ran
            if number == count:
                done = True
                ran.lines = [int(line) for line in fields[1].split()]
                continue
            if fields[1] == LAPSE:
                ran.lapses.add(number)
                fields[1] = USE
            ran.outcomes.append(Outcome(*fields[1:]))
            ran.seconds.append(time.monotonic() - since)
            since = time.monotonic()
        number = len(ran.outcomes)
        patience = max(least, SLOWER_BY * usual[number] if number < len(usual) else 0.0)
        now = time.monotonic()
        left = min(since + patience, deadline) - now
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            ran.ended = "limit" if deadline <= since + patience else "time"
            return ran
        part = os.read(pipe, 1 << 16)
        size += len(part)
        if not part or size > LARGEST:
            ran.ended = "" if done and not data else "end"
            return ran
        data += part


# --- the fork's side ------------------------------------------------------------------------------


def _become(
    work: Callable[[int], None], closed: Collection[int], pipe: int, memory: int
) -> NoReturn:
    end = os._exit
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        for descriptor in closed:
            os.close(descriptor)
        _limit_memory(memory)
        work(pipe)
    except BaseException:
        end(1)
    finally:
        end(0)


def _writer(pipe: int, token: str) -> Callable[..., None]:
    write = os.write

    def send(*fields: str) -> None:
        data = f"{token} {FIELD.join(fields)}\n".encode("ascii", "replace")
        while data:
            data = data[write(pipe, data) :]

    return send


def _limit_memory(more: int) -> None:
    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + more
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _disturbed() -> list[Any]:
    """Objects of all small sizes, so that those that follow lie elsewhere."""
    sizes = [bytes(size) for size in range(0, 480, 8) for _ in range(67)]
    return [sizes, [object() for _ in range(131)], [[None] * n for n in range(31)],
            [{n: n} for n in range(37)], [{n} for n in range(19)]]  # fmt: skip
