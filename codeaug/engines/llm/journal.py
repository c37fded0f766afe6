"""Small writes of many threads in few transactions: each returns when its own is on disk."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from codeaug.store import Store

Kept = TypeVar("Kept")


@dataclass
class Journal:
    """Whoever comes first writes for all who come while it writes (a group commit)."""

    store: Store
    _waiting: list[tuple[Callable[[], Any], Future[Any]]] = field(default_factory=list)
    _writing: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def write(self, put: Callable[[], Kept]) -> Kept:
        """What `put` returns, after it is kept. Raises what the store raises."""
        done: Future[Kept] = Future()
        with self._lock:
            self._waiting.append((put, done))
            leads, self._writing = not self._writing, True
        if leads:
            self._write_all()
        return done.result()

    def _write_all(self) -> None:
        while True:
            with self._lock:
                group, self._waiting = self._waiting, []
                if not group:
                    self._writing = False
                    return
            self._write(group)

    def _write(self, group: list[tuple[Callable[[], Any], Future[Any]]]) -> None:
        try:
            with self.store.writing():
                results = [put() for put, _ in group]
        except BaseException as error:
            for _, done in group:
                done.set_exception(error)
            return
        for (_, done), result in zip(group, results, strict=True):
            done.set_result(result)
