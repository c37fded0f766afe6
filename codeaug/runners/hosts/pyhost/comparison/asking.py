"""From the resident program's side: one recording of a unit, asked about one text after another."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from typing import Any

from .. import resident_processes as processes
from ..resident_helper import Helper, Lost

FORK_SECONDS = 30.0
GRACE = 8.0  # seconds in which it must have stopped by itself what takes too long
ROUNDS = {"compare": 1, "explore": 3}  # tools are loaded, inputs looked for, the texts run on them
TEXTS = ("difference", "witness", "problem")
NUMBERS = ("inputs", "paths", "suspects")
LONGEST = 6000


class Asking:
    """The process that stays for one unit, forked from `helper`. Raises Lost when it has ended."""

    def __init__(self, helper: Helper, seconds: float, **request: Any) -> None:
        self.helper = helper
        helper.drain_aside()
        deadline = time.monotonic() + seconds + GRACE
        message = {"do": "record", "time": seconds, **request}
        self.pid = int(helper.ask(FORK_SECONDS, **message)["pid"])
        self.ended = os.pidfd_open(self.pid)
        helper.family.add(self.pid)
        try:
            ready = self._answer(deadline)
        except Lost:
            self.stop()
            raise
        self.why, self.wrote = str(ready["why"]), bool(ready["wrote"])
        processes.end_others(helper.family)

    def ask(self, do: str, seconds: float, **request: Any) -> dict[str, Any]:
        """The answer to a `compare` or `explore` of `codeaug.builds`. Raises Lost."""
        self.helper.aside.send(do=do, seconds=seconds, **request)
        try:
            return self._answer(time.monotonic() + ROUNDS[do] * seconds + GRACE)
        finally:
            processes.end_others(self.helper.family)

    def _answer(self, deadline: float) -> dict[str, Any]:
        connection: Any = self.helper.aside.connection
        left = max(0.0, deadline - time.monotonic())
        ready = select.select([connection, self.ended], [], [], left)[0]
        if connection not in ready:
            raise Lost("it ended" if ready else "it takes too long")
        connection.settimeout(max(0.1, deadline - time.monotonic()))
        try:
            answer = self.helper.aside.receive()
        except OSError:
            answer = None
        if answer is None:
            raise Lost("it does not answer")
        return answer

    def stop(self) -> None:
        self.helper.family.discard(self.pid)
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.ended, signal.SIGKILL)
        os.close(self.ended)
        processes.end_others(self.helper.family)


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    """Just what is asked for, and not more of it than anybody reads."""
    return {
        **{name: int(answer.get(name, 0)) for name in NUMBERS},
        **{name: str(answer.get(name, ""))[:LONGEST] for name in TEXTS},
        "exhausted": bool(answer.get("exhausted", False)),
        "lines": [int(line) for line in answer.get("lines", ())],
    }
