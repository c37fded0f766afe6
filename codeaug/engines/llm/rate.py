"""How many calls are under way at once: as many as the endpoint bears.

Additive increase, multiplicative decrease (Chiu and Jain 1989), after a slow start as in TCP
(RFC 5681): each answer lets one more call in, until the first delay; then each round of answers
does. A delay takes the limit down by a third, once for all calls that were under way by then.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from codeaug.errors import ModelUnavailable

START = 64
DECREASE = 2 / 3
FEWEST_FAILURES = 5
FEWEST_REFUSALS = 3
FIRST_PATIENCE = 30.0
"""Seconds after which an endpoint that never answered is taken for none."""


@dataclass
class Gate:
    """Lets calls through to one endpoint, and closes for good when nothing comes back.

    The circuit opens after `patience` seconds in which calls failed and none was answered, at
    least FEWEST_FAILURES of them, and when the endpoint asks to wait for longer than that.
    """

    most: int
    patience: float
    clock: Callable[[], float] = time.monotonic
    limit: float = 0.0
    under_way: int = 0
    _slow_start: bool = True
    _not_before: float = 0.0
    _decreased: float = 0.0
    _failing_since: float | None = None
    _failures: int = 0
    _ever_answered: bool = False
    _refusals: int = 0
    _broken: str = ""
    _changed: threading.Condition = field(default_factory=threading.Condition)
    closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.limit = self.limit or float(min(START, self.most))

    @contextmanager
    def turn(self) -> Iterator[float]:
        """One call's time at the endpoint; when it began. Raises ModelUnavailable."""
        with self._changed:
            while (wait := self._to_wait()) is None or wait > 0:
                self._changed.wait(wait)
            self.under_way += 1
            begun = self.clock()
        try:
            yield begun
        finally:
            with self._changed:
                self.under_way -= 1
                self._changed.notify()

    def _to_wait(self) -> float | None:
        """Seconds to wait at least; None: until something changes."""
        if self._broken:
            raise ModelUnavailable(self._broken)
        if self.under_way >= max(1, int(self.limit)):
            return None
        return max(0.0, self._not_before - self.clock())

    def answered(self) -> None:
        """A call was answered."""
        with self._changed:
            self._failing_since, self._failures, self._ever_answered = None, 0, True
            self.limit = min(self.most, self.limit + (1 if self._slow_start else 1 / self.limit))
            self._changed.notify(2)

    def delayed(self, begun: float, why: str, seconds: float | None = None) -> None:
        """A call that began then was not; the endpoint may have said for how long to wait."""
        with self._changed:
            now = self.clock()
            self._slow_start = False
            if begun >= self._decreased:
                self.limit, self._decreased = max(1.0, self.limit * DECREASE), now
            self._failures += 1
            self._failing_since = now if self._failing_since is None else self._failing_since
            if seconds:
                self._not_before = max(self._not_before, now + seconds)
            if problem := self._verdict(now, why, seconds):
                self._break(problem)
            self._changed.notify_all()

    def refused(self, why: str) -> bool:
        """A call was refused, maybe as any other would be: an endpoint that answered none and
        refused FEWEST_REFUSALS will take none. Whether it answered one at all."""
        with self._changed:
            if not self._ever_answered:
                self._refusals += 1
                if self._refusals >= FEWEST_REFUSALS:
                    self._break(f"the model endpoint takes no call ({why}).")
            return self._ever_answered

    def stop(self, why: str) -> None:
        """Let nobody through any more."""
        with self._changed:
            self._break(why)

    def _break(self, why: str) -> None:
        self._broken = self._broken or why
        self.closed.set()
        self._changed.notify_all()

    def _verdict(self, now: float, why: str, seconds: float | None) -> str:
        assert self._failing_since is not None
        kept = "what came until then is kept; run again to go on"
        if seconds and seconds > self.patience:
            return f"the model endpoint asks to wait {seconds:.0f} s ({why}): {kept}."
        patience = self.patience if self._ever_answered else min(self.patience, FIRST_PATIENCE)
        tired = now - self._failing_since >= patience
        if tired and self._failures >= FEWEST_FAILURES:
            return f"the model endpoint does not answer ({why}): {kept}."
        return ""
