"""The report channel: lines that only we can write."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

Send = Callable[..., None]

_PR_SET_DUMPABLE = 4


def open_channel() -> tuple[Send, str]:
    """Read and close standard input; the function that reports one line, and what came after the
    nonce."""
    nonce = sys.stdin.buffer.readline().strip()
    rest = sys.stdin.buffer.read().decode()
    return _reporter(nonce), rest


def open_requests() -> tuple[Send, Iterable[bytes]]:
    """The function that reports one line, and standard input's lines after the nonce, as they come.

    Neither is open in a program that we start.
    """
    requests = open(os.dup(0), "rb")  # noqa: SIM115 - for as long as we live
    os.set_inheritable(requests.fileno(), False)
    return _reporter(requests.readline().strip()), requests


def _reporter(nonce: bytes) -> Send:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    descriptor = int(os.environ.pop("CODEAUG_REPORT"))
    os.set_inheritable(descriptor, False)
    _hide_memory()

    def send(**line: Any) -> None:
        data = nonce + b" " + json.dumps(line, separators=(",", ":")).encode() + b"\n"
        while data:
            data = data[os.write(descriptor, data) :]

    return send


def _hide_memory() -> None:
    """Programs under test run as the same user: they must not read the nonce in our memory."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
