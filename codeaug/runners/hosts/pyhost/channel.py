"""The report channel: lines that carry the nonce, which nothing but our closure holds."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

Send = Callable[..., None]


def open_channel() -> tuple[Send, str]:
    """Read the nonce line and the rest of standard input; the function that reports, that rest."""
    nonce = sys.stdin.buffer.readline().strip()
    rest = sys.stdin.buffer.read().decode("utf-8", "surrogatepass")
    _close_input()
    return reporter(nonce, _descriptor()), rest


def open_requests() -> tuple[Send, Iterable[bytes], tuple[int, ...]]:
    """The function that reports, the lines of standard input behind the nonce's as they come.

    The third are the descriptors of both, which no process of the project's code may keep.
    """
    requests = open(os.dup(0), "rb")  # noqa: SIM115 - for as long as we live
    os.set_inheritable(requests.fileno(), False)
    nonce = requests.readline().strip()
    _close_input()
    descriptor = _descriptor()
    return reporter(nonce, descriptor), requests, (requests.fileno(), descriptor)


def reporter(nonce: bytes, descriptor: int, *, by_forks: bool = False) -> Send:
    """The function that reports; `by_forks`: also from processes that are forked from this one.

    Everything it needs is bound: tests replace `os.write`, and fork.
    """
    write, encode, process, owner = os.write, json.JSONEncoder().encode, os.getpid, os.getpid()

    def send(**line: Any) -> None:
        if process() != owner and not by_forks:
            return
        data = nonce + b" " + encode(line).encode("ascii") + b"\n"
        while data:
            data = data[write(descriptor, data) :]

    return send


def _close_input() -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def _descriptor() -> int:
    descriptor = int(os.environ.pop("CODEAUG_REPORT"))
    os.set_inheritable(descriptor, False)
    return descriptor
