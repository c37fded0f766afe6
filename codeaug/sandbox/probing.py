"""Finds out by trying whether programs can be isolated on this machine."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from codeaug import command as programs
from codeaug.errors import MissingTool, NoSandbox
from codeaug.model import Command
from codeaug.sandbox.limits import Limits
from codeaug.sandbox.scratch import private_folder
from codeaug.sandbox.workspace import Sandbox, Workspace

PYTHON = f"{sys.base_prefix}/bin/python{sys.version_info.major}.{sys.version_info.minor}"
_TOOLS = {
    "bwrap": "install the package bubblewrap",
    "unshare": "install the package util-linux",
    "setpriv": "install the package util-linux",
    "prlimit": "install the package util-linux",
    "mount": "install the package mount",
}
_ADVICE = (
    "programs cannot be isolated here, so nothing is run: on Ubuntu 24.04 allow user namespaces "
    "(sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile for bwrap), in "
    "a container start it with --security-opt seccomp=unconfined --security-opt "
    "apparmor=unconfined --security-opt systempaths=unconfined; docs/sandbox.md has the details"
)
REFUSED = (
    *("network", "user namespaces", "a read-only root", "a read-only /usr"),
    "a process namespace",
)
"""What is tried from inside, and has to be refused."""

# Each line is an attempt that must fail.
_ATTEMPTS = """
import ctypes, json, os, socket, sys
def tried(attempt):
    try: return not attempt()
    except OSError: return True
libc = ctypes.CDLL(None)
print(json.dumps({
    "network": tried(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 2) or True),
    "user namespaces": tried(lambda: libc.unshare(0x10000000) == 0),
    "a read-only root": tried(lambda: os.open("/x", os.O_CREAT | os.O_WRONLY) >= 0),
    "a read-only /usr": tried(lambda: os.open("/usr/x", os.O_CREAT | os.O_WRONLY) >= 0),
    "a process namespace": tried(lambda: len([p for p in os.listdir("/proc") if p.isdigit()]) > 3),
}))
"""


def probe(limits: Limits | None = None, scratch: Path | None = None) -> Sandbox:
    """The isolation that works here, found out by running it.

    Private copies of trees are tried below `scratch`, by default the system's temporary folder.
    Raises MissingTool or NoSandbox with what to do.
    """
    for program, hint in _TOOLS.items():
        if programs.which(program) is None:
            raise MissingTool(f"{program} is not on this machine: {hint}")
    disable_userns = "--disable-userns" in programs.run(["bwrap", "--help"]).out
    with _folder(scratch) as folder:
        copying = Sandbox(False, disable_userns, "private copies", limits or Limits())
        _try(copying, folder)
        return _with_overlay(copying, folder)


@contextlib.contextmanager
def _folder(scratch: Path | None) -> Iterator[Path]:
    if scratch is None:
        with tempfile.TemporaryDirectory(prefix="codeaug-probe-") as folder:
            yield Path(folder)
    else:
        with private_folder(scratch) as private:
            yield private


def _with_overlay(copying: Sandbox, folder: Path) -> Sandbox:
    """With copy-on-write views where the kernel has them for the disk of `folder`."""
    sandbox = Sandbox(True, copying.disable_userns, "copy-on-write views", copying.limits)
    try:
        _try(sandbox, folder)
    except NoSandbox as error:
        reason = str(error).splitlines()[-1]
        detail = f"private copies, since copy-on-write views do not work here: {reason}"
        return Sandbox(False, copying.disable_userns, detail, copying.limits)
    return sandbox


def _try(sandbox: Sandbox, folder: Path) -> None:
    tree, deps = folder / "tree", folder / "deps"
    for made in (tree, deps):
        made.mkdir(exist_ok=True)
    (tree / "file").write_text("original")
    with sandbox.workspace(tree, deps=deps, scratch=folder / "runs", overlay=True) as workspace:
        _refused(workspace)
        workspace.run(Command(("sh", "-c", "echo changed > file"), seconds=30))
        if workspace.harvest.read("file") != b"changed\n":
            raise NoSandbox(f"{_ADVICE} (a file written inside did not arrive)")
    if (tree / "file").read_text() != "original":
        raise NoSandbox(f"{_ADVICE} (a write reached the original)")


def _refused(workspace: Workspace) -> None:
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        port = str(listener.getsockname()[1])
        attempts = Command((PYTHON, "-I", "-S", "-c", _ATTEMPTS, port), seconds=60)
        try:
            outcome = workspace.run(attempts)
        except NoSandbox as error:
            raise NoSandbox(f"{_ADVICE} ({error})") from error
    if not outcome.ok:
        raise NoSandbox(f"{_ADVICE} ({outcome.limit or outcome.err.strip()[-300:]})")
    refused = json.loads(outcome.out)
    missing = [guard for guard in REFUSED if not refused[guard]]
    if missing:
        raise NoSandbox(f"{_ADVICE} (no {', no '.join(missing)})")
