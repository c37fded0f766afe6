"""What a call does besides its result: output and warnings are compared, the outside is closed.

Files are not written, programs not started, nothing is sent: the call gets an exception instead,
and is not compared.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import os
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from .describing import Describing, Opaque, plain
from .layout import name_of

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
OUTSIDE = frozenset({
    "os.chflags", "os.chmod", "os.chown", "os.exec", "os.fork", "os.forkpty", "os.kill",
    "os.killpg", "os.link", "os.lockf", "os.mkdir", "os.posix_spawn", "os.remove",
    "os.removexattr", "os.rename", "os.rmdir", "os.setxattr", "os.spawn", "os.symlink",
    "os.system", "os.truncate", "os.utime", "signal.pthread_kill", "sqlite3.connect",
    "tempfile.mkdtemp", "tempfile.mkstemp", "_thread.start_new_thread",
    "_thread.start_joinable_thread", "ctypes.dlopen", "ctypes.dlsym", "os.chdir",
})  # fmt: skip
GROUPS = ("subprocess.", "socket.", "shutil.", "pty.", "ftplib.", "smtplib.", "urllib.", "http.")


class Closed(OSError):
    """A call that reaches for the outside."""


class Effects:
    """From `watch` on, for this process; `begin` before and `taken` after each call."""

    def __init__(self) -> None:
        self.outside = ""
        self.warned: list[Any] = []

    @contextlib.contextmanager
    def watch(self) -> Iterator[None]:
        """There is no way back for the outside: audit hooks stay."""
        sys.dont_write_bytecode = True
        sys.addaudithook(self._audit)
        with warnings.catch_warnings(record=True) as self.warned:
            warnings.simplefilter("always")
            yield

    def begin(self) -> None:
        self.outside = ""
        del self.warned[:]
        self.out, self.err = io.StringIO(), io.StringIO()
        sys.stdout, sys.stderr = self.out, self.err

    def taken(self) -> str:
        """Output and warnings as text. Raises Opaque."""
        warned = []
        for each in self.warned:
            arguments = Describing().text(BaseException.__dict__["args"].__get__(each.message))
            warned.append(f"warns {name_of(each.category)}{arguments}")
        return " ".join([*self._written("prints", self.out), *self._written("stderr", self.err),
                         *warned])  # fmt: skip

    @staticmethod
    def _written(name: str, stream: io.StringIO) -> list[str]:
        if stream.closed:
            raise Opaque("a standard stream that is closed")
        text = stream.getvalue()
        if "Traceback (most recent call last)" in text:
            raise Opaque("a traceback, which shows line numbers")
        return [f"{name} {plain(text)!a}"] if text else []

    def _audit(self, event: str, arguments: Any) -> None:
        if event == "open":
            flags = arguments[2]
            if type(flags) is not int or not flags & WRITING:
                return
        elif event not in OUTSIDE and not event.startswith(GROUPS):
            return
        self.outside = self.outside or event
        raise Closed(f"{event} while functions are compared")
