"""Run a program with limits. The only module that starts processes.

A program gets its own session; when it ends or exceeds a limit, its whole process group is killed.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from codeaug.errors import MissingTool
from codeaug.model import Outcome

OUTPUT_LIMIT = 10_000_000
_CHUNK = 65536
_TICK = 0.2  # seconds between two looks at the watch
_GRACE = 1.0  # seconds that output may still arrive after the program has ended


def which(program: str) -> str | None:
    """The full path of a program on PATH, or None."""
    return shutil.which(program)


def run(
    args: Sequence[str],
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    seconds: float | None = None,
    stdin: bytes = b"",
    pass_fds: Sequence[int] = (),
    output_limit: int = OUTPUT_LIMIT,
    watch: Callable[[int], str] | None = None,
    heard: Callable[[bytes], None] | None = None,
    hint: str = "",
) -> Outcome:
    """Run a program to its end. Output beyond `output_limit` bytes is dropped (`limit="output"`).

    `watch` is called with the process id several times a second; a text that it returns ends the
    program and becomes `Outcome.limit`. `heard` gets standard error as it comes. Raises
    MissingTool, with `hint`, for an unknown program.
    """
    outcome, out = run_bytes(
        args,
        cwd=cwd,
        env=env,
        seconds=seconds,
        stdin=stdin,
        pass_fds=pass_fds,
        output_limit=output_limit,
        watch=watch,
        heard=heard,
        hint=hint,
    )
    return Outcome(
        outcome.exit_code,
        out.decode("utf-8", "replace"),
        outcome.err,
        outcome.seconds,
        outcome.timed_out,
        outcome.limit,
    )


def run_bytes(
    args: Sequence[str],
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    seconds: float | None = None,
    stdin: bytes = b"",
    pass_fds: Sequence[int] = (),
    output_limit: int = OUTPUT_LIMIT,
    watch: Callable[[int], str] | None = None,
    heard: Callable[[bytes], None] | None = None,
    hint: str = "",
) -> tuple[Outcome, bytes]:
    """As `run`, with standard output as raw bytes beside an Outcome whose `out` is empty."""
    started = time.monotonic()
    process = _start(args, cwd, env, pass_fds, hint)
    talk = _Talk(process, stdin, output_limit, heard)
    try:
        talk.run(None if seconds is None else started + seconds, watch)
    finally:
        exit_code = _end(process)
        talk.close()
    err = bytes(talk.err).decode("utf-8", "replace")
    taken = time.monotonic() - started
    return Outcome(exit_code, "", err, taken, talk.timed_out, talk.limit), bytes(talk.out)


@contextlib.contextmanager
def conversation(
    args: Sequence[str],
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    hint: str = "",
) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """A running program's standard input and output, for questions and answers in turn.

    Its standard error is dropped; it is killed when the context ends.
    """
    process = _start(args, cwd, env, (), hint, stderr=subprocess.DEVNULL)
    assert process.stdin
    assert process.stdout
    try:
        yield process.stdin, process.stdout
    finally:
        _end(process)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
        process.stdout.close()


@dataclass
class Background:
    """A program that runs beside us: its standard input, and the end of its standard error."""

    stdin: IO[bytes]
    _stderr: IO[bytes]
    _err: bytearray = field(default_factory=bytearray)
    _drain: threading.Thread = field(init=False)

    def __post_init__(self) -> None:
        self._drain = threading.Thread(target=self._keep, daemon=True)
        self._drain.start()

    def last_words(self) -> str:
        """What it wrote to standard error at last; when it has ended, all of that."""
        self._drain.join(_GRACE)
        return bytes(self._err).decode("utf-8", "replace")

    def _keep(self) -> None:
        while data := os.read(self._stderr.fileno(), _CHUNK):
            self._err += data
            del self._err[:-_CHUNK]

    def close(self) -> None:
        self._drain.join()
        self._stderr.close()
        with contextlib.suppress(BrokenPipeError):
            self.stdin.close()


@contextlib.contextmanager
def background(
    args: Sequence[str],
    *,
    cwd: Path | str | None = None,
    env: Mapping[str, str] | None = None,
    pass_fds: Sequence[int] = (),
    hint: str = "",
) -> Iterator[Background]:
    """A program beside us, killed with its process group when the context ends.

    Its standard output is dropped. Raises MissingTool, with `hint`, for an unknown program.
    """
    process = _start(args, cwd, env, pass_fds, hint, stdout=subprocess.DEVNULL)
    assert process.stdin
    assert process.stderr
    running = Background(process.stdin, process.stderr)
    try:
        yield running
    finally:
        _end(process)
        running.close()


def _start(
    args: Sequence[str],
    cwd: Path | str | None,
    env: Mapping[str, str] | None,
    pass_fds: Sequence[int],
    hint: str,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            args,
            cwd=cwd,
            env=env,
            stdin=subprocess.PIPE,
            stdout=stdout,
            stderr=stderr,
            pass_fds=pass_fds,
            start_new_session=True,
        )
    except FileNotFoundError as error:
        if cwd is not None and not os.path.isdir(cwd):
            raise
        raise MissingTool(f"{args[0]} is not on this machine{hint and ': ' + hint}") from error
    except PermissionError as error:
        raise MissingTool(f"{args[0]} cannot be executed: {error.strerror}") from error


def _end(process: subprocess.Popen[bytes]) -> int:
    """Kill whatever is left of the group, then collect the exit code (negative: a signal)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait()


@dataclass
class _Talk:
    """Feeds standard input and reads both outputs at once, until the program ends or a limit."""

    process: subprocess.Popen[bytes]
    stdin: bytes
    output_limit: int
    heard: Callable[[bytes], None] | None = None
    out: bytearray = field(default_factory=bytearray)
    err: bytearray = field(default_factory=bytearray)
    timed_out: bool = False
    limit: str = ""

    def run(self, deadline: float | None, watch: Callable[[int], str] | None) -> None:
        pidfd = os.pidfd_open(self.process.pid)
        try:
            with selectors.DefaultSelector() as selector:
                self._register(selector, pidfd)
                self._loop(selector, pidfd, deadline, watch)
        finally:
            os.close(pidfd)

    def close(self) -> None:
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()

    def _register(self, selector: selectors.BaseSelector, pidfd: int) -> None:
        process = self.process
        assert process.stdin
        assert process.stdout
        assert process.stderr
        selector.register(pidfd, selectors.EVENT_READ)
        selector.register(process.stdout, selectors.EVENT_READ, self.out)
        selector.register(process.stderr, selectors.EVENT_READ, self.err)
        if self.stdin:
            os.set_blocking(process.stdin.fileno(), False)
            selector.register(process.stdin, selectors.EVENT_WRITE)
        else:
            process.stdin.close()

    def _loop(
        self,
        selector: selectors.BaseSelector,
        pidfd: int,
        deadline: float | None,
        watch: Callable[[int], str] | None,
    ) -> None:
        ended = False
        while selector.get_map():
            for key, _ in selector.select(self._wait(deadline, watch is not None)):
                if key.fd == pidfd:
                    # What the program left running would hold the pipes open: it goes now.
                    with contextlib.suppress(ProcessLookupError, PermissionError):
                        os.killpg(self.process.pid, signal.SIGKILL)
                    selector.unregister(pidfd)
                    ended, deadline, watch = True, time.monotonic() + _GRACE, None
                elif not self._serve(key):
                    selector.unregister(key.fileobj)
                    if key.data is None and self.process.stdin:
                        self.process.stdin.close()
            if watch and (reason := watch(self.process.pid)):
                self.limit = reason
                return
            if deadline is not None and time.monotonic() >= deadline:
                self.timed_out = not ended
                return

    @staticmethod
    def _wait(deadline: float | None, watched: bool) -> float | None:
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        if not watched:
            return left
        return _TICK if left is None else min(_TICK, left)

    def _serve(self, key: selectors.SelectorKey) -> bool:
        """Move some bytes; False at the end of a stream."""
        if key.data is None:
            return self._feed()
        data = os.read(key.fd, _CHUNK)
        if self.heard and key.data is self.err:
            self.heard(data)
        room = self.output_limit - len(key.data)
        key.data.extend(data[: max(0, room)])
        if len(data) > room:
            self.limit = "output"
        return bool(data)

    def _feed(self) -> bool:
        assert self.process.stdin
        try:
            sent = os.write(self.process.stdin.fileno(), self.stdin[:_CHUNK])
        except BrokenPipeError:
            sent = len(self.stdin)
        self.stdin = self.stdin[sent:]
        return bool(self.stdin)
