"""Workspaces: a tree that untrusted commands run in, and what can be told of them afterwards."""

from __future__ import annotations

import contextlib
import math
import os
import queue
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from codeaug import command as programs
from codeaug.errors import MissingTool, NoSandbox, OutOfSpace, UsageError
from codeaug.model import Command, Outcome
from codeaug.sandbox import isolation
from codeaug.sandbox.conversation import Conversation, genuine
from codeaug.sandbox.isolation import View
from codeaug.sandbox.layers import Layers
from codeaug.sandbox.limits import Limits
from codeaug.sandbox.scratch import private_folder, remove_stale
from codeaug.sandbox.seccomp import seccomp_filter
from codeaug.sandbox.watch import Watch, is_full, size_on_disk

# What the shell that starts bubblewrap ("$0") does before. Relative names spare us the escaping of
# paths in mount options.
_MOUNT = (
    "mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged && "
)
# /proc/1/exe leads to bubblewrap past all read-only mounts, so who is root outside, and may write
# to the machine's own one, gets a new copy for each run. Made by another program: a file that one
# of our threads has open for writing cannot be executed while another thread forks.
_COPY = 'cp --remove-destination -- "$0" bwrap && '
_EXEC, _EXEC_COPY = 'unset PWD OLDPWD && exec "$0" "$@"', 'unset PWD OLDPWD && exec ./bwrap "$@"'
_FULL = "the disk for scratch files is almost full: free some space and run again"
_KILLED = 137
_FILE_SIZE_SIGNAL = 153
_THREADS = 4  # per allowed process; the kernel's own limit counts threads
_OPEN_FILES = 8192


@dataclass(frozen=True)
class Sandbox:
    """An isolation that was tried out on this machine. `detail` says what it is made of.

    `packages` is a folder of Python packages that runs find as /packages. `without` takes guards
    away, so that tests can show that an attack then succeeds.
    """

    overlay: bool
    disable_userns: bool
    detail: str = ""
    limits: Limits = field(default_factory=Limits)
    packages: Path | None = None
    without: frozenset[str] = frozenset()

    @property
    def level(self) -> str:
        """What isolates, for the record of each finding: `bubblewrap+seccomp+overlay`."""
        parts = ["bubblewrap", "seccomp", "overlay" if self.overlay else "copy"]
        return "+".join(p for p in parts if p not in self.without)

    @contextlib.contextmanager
    def workspace(
        self, tree: Path, *, deps: Path, scratch: Path, overlay: bool
    ) -> Iterator[Workspace]:
        """A workspace on `tree`: on a private view of it (`overlay`) or on the tree itself.

        The private view's changes lie below `scratch` and are gone at exit.
        """
        tree, deps, scratch = tree.resolve(), deps.resolve(), scratch.resolve()
        deps.mkdir(parents=True, exist_ok=True)
        remove_stale(scratch)
        with private_folder(scratch) as folder:
            layers: tuple[Path, ...] = (tree,)
            shown, grown = tree, None
            if overlay and self.overlay:
                shown, layers = folder / "merged", _overlay(tree, folder)
                grown = layers[0]
            elif overlay:
                shown = grown = _copy(tree, folder / "copy")
                layers = (shown,)
            size = size_on_disk(grown) if grown else 0
            view = View(
                shown, tree, deps, self.packages, self.limits, self.disable_userns, self.without
            )
            yield Workspace(view, folder, Layers(layers, self.limits.harvest), grown, size)


@dataclass(frozen=True)
class Workspace:
    """A tree as /repo of a sandbox, for one command after another.

    `grown` is the folder that commands may add only so much to, and `size` what it held at first.
    """

    view: View
    folder: Path
    harvest: Layers
    grown: Path | None
    size: int

    def write(self, path: str, data: bytes) -> None:
        """Put a file below /repo, between runs. Raises UsageError when a link is in the way."""
        self.harvest.write(path, data)

    def run(self, command: Command) -> Outcome:
        """Run a command to its end or to a limit, which `Outcome.limit` names; nothing survives.

        Raises NoSandbox when the isolation cannot be set up, OutOfSpace when the disk is full.
        """
        self._check_space()
        nonce = secrets.token_hex(16)
        with contextlib.ExitStack() as stack:
            pipes = _Pipes.open(stack)
            watch = self._watch(pipes, command.seconds)
            watch.start()
            stack.callback(watch.finish)
            stack.callback(pipes.close_theirs)
            args, inherited = self._isolated(stack, pipes, command)
            outcome = programs.run(
                args,
                cwd=self.folder,
                env=self._outer_environment(),
                seconds=command.seconds,
                stdin=f"{nonce}\n{command.stdin}".encode("utf-8", "surrogatepass"),
                pass_fds=inherited,
                output_limit=self.view.limits.output,
            )
        if watch.full:
            raise OutOfSpace(_FULL)
        self._check_space()
        if not watch.set_up and not (outcome.timed_out or watch.limit):
            raise NoSandbox(f"the sandbox could not be started: {outcome.err.strip()[-500:]}")
        return _judge(outcome, watch, nonce)

    @contextlib.contextmanager
    def converse(self, command: Command) -> Iterator[Conversation]:
        """Start a command that stays and answers requests, until the context ends.

        `Command.seconds` bounds the processor time of each of its processes, not its life.
        Raises OutOfSpace when the disk is full.
        """
        self._check_space()
        nonce = secrets.token_hex(16)
        with contextlib.ExitStack() as stack:
            pipes = _Pipes.open(stack)
            told: queue.SimpleQueue[bytes] = queue.SimpleQueue()
            watch = self._watch(pipes, math.inf, told.put)
            watch.start()
            stack.callback(watch.finish)
            stack.callback(pipes.close_theirs)
            args, inherited = self._isolated(stack, pipes, command)
            running = stack.enter_context(
                programs.background(
                    args, cwd=self.folder, env=self._outer_environment(), pass_fds=inherited
                )
            )
            pipes.close_theirs()
            yield Conversation(running, watch, told, nonce, command.stdin)

    def _isolated(
        self, stack: contextlib.ExitStack, pipes: _Pipes, command: Command
    ) -> tuple[list[str], list[int]]:
        """The command inside the sandbox, and the descriptors that it inherits."""
        files = {
            path: _memory_file(stack, data)
            for path, data in isolation.synthetic_files(command.network).items()
        }
        arguments = [*isolation.options(self.view, command, files)]
        arguments += ["--setenv", "CODEAUG_REPORT", str(pipes.report[1])]
        arguments += ["--json-status-fd", str(pipes.status[1])]
        inherited = [pipes.report[1], pipes.status[1], *files.values()]
        if "seccomp" not in self.view.without:
            inherited.append(_memory_file(stack, seccomp_filter()))
            arguments += ["--seccomp", str(inherited[-1])]
        inherited.append(_memory_file(stack, _joined(arguments)))
        isolated = ["--args", str(inherited[-1]), "--"]
        return [*self._launcher(), *isolated, *_limited(self.view.limits, command)], inherited

    def _launcher(self) -> list[str]:
        """Starts bubblewrap; dies with us even before bubblewrap has taken over."""
        bubblewrap = programs.which("bwrap")
        if bubblewrap is None:
            raise MissingTool("bwrap is not on this machine: install the package bubblewrap")
        overlay = self.view.tree == self.folder / "merged"
        own_mounts = ["unshare", "--user", "--map-root-user", "--mount", "--"] if overlay else []
        copied = os.geteuid() == 0 and "launcher" not in self.view.without
        script = (_MOUNT if overlay else "") + (_COPY + _EXEC_COPY if copied else _EXEC)
        die_with_us = ["setpriv", "--pdeathsig", "KILL", "--"]
        return [*die_with_us, *own_mounts, "sh", "-c", script, bubblewrap]

    def _outer_environment(self) -> dict[str, str]:
        """What /proc/1/environ shows inside: --clearenv does not reach it."""
        return {**os.environ} if "environment" in self.view.without else {"PATH": "/usr/bin:/bin"}

    def _watch(
        self, pipes: _Pipes, seconds: float, listener: Callable[[bytes], None] | None = None
    ) -> Watch:
        limits = self.view.limits
        return Watch(
            report_pipe=pipes.report[0],
            status_pipe=pipes.status[0],
            limits=limits,
            cpu_seconds=seconds * limits.cores,
            disk=self.folder,
            grown=self.grown,
            size=self.size,
            listener=listener,
        )

    def changed_files(self) -> frozenset[tuple[str, int, int]]:
        """Path, size and time of change of everything that runs left in the private view.

        Only an overlay tells: elsewhere nothing is known to have changed.
        """
        return self.harvest.changed()

    def _check_space(self) -> None:
        """Before and after each run: a verdict must not come from a full disk."""
        if is_full(self.folder, self.view.limits):
            raise OutOfSpace(_FULL)


@dataclass(frozen=True)
class _Pipes:
    """Two pipes out of the sandbox (our end, its end): the report, and bubblewrap's own word."""

    report: tuple[int, int]
    status: tuple[int, int]
    stack: contextlib.ExitStack

    @classmethod
    def open(cls, stack: contextlib.ExitStack) -> _Pipes:
        report, status = os.pipe(), os.pipe()
        for ours, _ in (report, status):
            stack.callback(os.close, ours)
        theirs = stack.enter_context(contextlib.ExitStack())
        for _, end in (report, status):
            theirs.callback(os.close, end)
        return cls(report, status, theirs)

    def close_theirs(self) -> None:
        """Close our copies of the sandbox's ends, so that reading comes to an end."""
        self.stack.close()


def _overlay(tree: Path, folder: Path) -> tuple[Path, Path]:
    """Lay out an overlay's folders; the upper and the lower layer."""
    for name in ("upper", "work", "merged"):
        (folder / name).mkdir()
    (folder / "upper").chmod(tree.stat().st_mode & 0o777 | 0o700)
    (folder / "lower").symlink_to(tree)
    return folder / "upper", tree


def _copy(tree: Path, target: Path) -> Path:
    """A copy of `tree`, sharing blocks where the file system can."""
    done = programs.run(["cp", "-a", "--reflink=auto", "--", str(tree), str(target)])
    if not done.ok:
        if "No space left" in done.err:
            raise OutOfSpace(_FULL)
        raise NoSandbox(f"{tree} cannot be copied: {done.err.strip()[-300:]}")
    return target


def _limited(limits: Limits, command: Command) -> list[str]:
    """The command under the limits that the kernel keeps for each process."""
    cpu = int(command.seconds * limits.cores) + 1
    return [
        "prlimit",
        "--core=0",
        f"--nproc={limits.processes * _THREADS}",
        f"--nofile={_OPEN_FILES}",
        f"--fsize={limits.file_size}",
        f"--cpu={cpu}",
        "--",
        *(() if command.cwd == "/repo" else ("env", "-C", command.cwd)),
        *command.args,
    ]


def _joined(arguments: list[str]) -> bytes:
    """Arguments as bubblewrap reads them. Raises UsageError where one would end before its end."""
    if any("\0" in argument for argument in arguments):
        raise UsageError("a command's environment holds a NUL character: remove it")
    return b"".join(os.fsencode(argument) + b"\0" for argument in arguments)


def _memory_file(stack: contextlib.ExitStack, data: bytes) -> int:
    descriptor = os.memfd_create("codeaug")
    stack.callback(os.close, descriptor)
    os.write(descriptor, data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def _judge(outcome: Outcome, watch: Watch, nonce: str) -> Outcome:
    report, forged = genuine(bytes(watch.report), nonce)
    exit_code = watch.status.get("exit-code", _KILLED)
    ended_by = watch.limit or ("time" if outcome.timed_out else outcome.limit)
    if not ended_by and exit_code == _FILE_SIZE_SIGNAL:
        ended_by = "file size"
    limit = "forged report" if forged else ended_by
    return replace(outcome, exit_code=exit_code, limit=limit, report=report)
