"""A resident program in the sandbox: a request in, report lines out until the one that ends them.

A request is one line of JSON on the program's standard input, after the nonce. It answers over the
report channel, like any program of ours, and its last line for a request is an object with the key
`done`. Whoever leaves the protocol (a line without the nonce, silence beyond the time, a limit of
the sandbox) is killed with everything in its sandbox, and `Gone` says why.
"""

from __future__ import annotations

import json
import os
import queue
import select
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from codeaug.command import Background
from codeaug.sandbox.watch import Watch

_CHUNK = 1 << 16


class Gone(Exception):
    """The resident program is no more; the message says why: `time`, `memory`, its last words."""


@dataclass
class Conversation:
    """Ask one request at a time. After `Gone` nothing can be asked any more."""

    running: Background
    watch: Watch
    told: queue.SimpleQueue[bytes]
    nonce: str
    greeting: str = ""
    _cut: bytes = b""
    _lines: list[bytes] = field(default_factory=list)
    _greeted: bool = False
    _gone: str = ""

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, dict[str, Any]]:
        """The lines of the answer before the last, and the last. Raises Gone."""
        if self._gone:
            raise Gone(self._gone)
        deadline = time.monotonic() + seconds
        line = json.dumps(request, ensure_ascii=True).encode() + b"\n"
        if not self._greeted:
            line = f"{self.nonce}\n{self.greeting}".encode() + line
            self._greeted = True
        self._send(line, deadline)
        lines: list[bytes] = []
        size = 0
        while True:
            payload = self._line(deadline)
            size += len(payload)
            if size > self.watch.limits.report:
                self._end("report")
            if b'"done"' in payload:
                last = json.loads(payload)
                if isinstance(last, dict) and "done" in last:
                    return b"".join(part + b"\n" for part in lines), last
            lines.append(payload)

    def _send(self, data: bytes, deadline: float) -> None:
        descriptor = self.running.stdin.fileno()
        os.set_blocking(descriptor, False)
        while data:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([], [descriptor], [], left)[1]:
                self._end("time")
            try:
                data = data[os.write(descriptor, data[:_CHUNK]) :]
            except BrokenPipeError:
                self._end(self._why())

    def _line(self, deadline: float) -> bytes:
        """The next line's payload."""
        while not self._lines:
            try:
                data = self.told.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self._end("time")
            if not data:
                self._end(self._why())
            *self._lines, self._cut = (self._cut + data).split(b"\n")
        payload, forged = genuine(self._lines.pop(0) + b"\n", self.nonce)
        if forged:
            self._end("forged report")
        return payload[:-1]

    def _why(self) -> str:
        return self.watch.limit or f"it ended by itself: {self.running.last_words().strip()[-500:]}"

    def _end(self, reason: str) -> NoReturn:
        self._gone = reason
        self.watch.stop(reason)
        raise Gone(reason)


def genuine(data: bytes, nonce: str) -> tuple[bytes, bool]:
    """The payloads of the report's lines, and whether any line lacks the nonce.

    A last line that was cut off is dropped.
    """
    prefix = f"{nonce} ".encode()
    *lines, cut = data.split(b"\n")
    forged = not all(line.startswith(prefix) for line in lines)
    forged |= not (cut.startswith(prefix) or prefix.startswith(cut))
    genuine = [line[len(prefix) :] for line in lines if line.startswith(prefix)]
    return b"".join(line + b"\n" for line in genuine), forged
