"""The options of bubblewrap for one run. Describes; starts nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from codeaug.model import Command
from codeaug.sandbox import toolchains
from codeaug.sandbox.limits import Limits

HOST = Path(__file__).resolve().parent.parent / "runners" / "hosts"
PASSWD = b"""root:x:0:0:root:/tmp:/bin/sh
codeaug:x:1000:1000:codeaug:/tmp:/bin/sh
nobody:x:65534:65534:nobody:/tmp:/bin/sh
"""
GROUP = b"root:x:0:\ncodeaug:x:1000:\nnogroup:x:65534:\n"
NSSWITCH = b"passwd: files\ngroup: files\nhosts: files dns\n"
HOSTS = b"127.0.0.1 localhost codeaug\n::1 localhost\n"
_PATH = ("/usr/local/bin", "/usr/bin", "/bin")


@dataclass(frozen=True, slots=True)
class View:
    """What a run may see: its tree, its dependencies, our packages, and which guards are up.

    `without` takes guards away, so that tests can show that an attack then succeeds.
    """

    tree: Path
    original: Path
    deps: Path
    packages: Path | None
    limits: Limits
    disable_userns: bool
    without: frozenset[str] = field(default_factory=frozenset)


def synthetic_files(network: bool) -> dict[str, bytes]:
    """Files of /etc that are ours instead of the machine's."""
    files = {"/etc/passwd": PASSWD, "/etc/group": GROUP, "/etc/nsswitch.conf": NSSWITCH}
    return files if network else {**files, "/etc/hosts": HOSTS}


def options(view: View, command: Command, files: Mapping[str, int]) -> Iterator[str]:
    """bubblewrap's options; `files` maps a path in the sandbox to a descriptor of its content."""
    yield from _namespaces(view, command.network)
    yield from _system()
    for path, descriptor in files.items():
        yield from ("--perms", "0444", "--ro-bind-data", str(descriptor), path)
    yield from _private(view.limits)
    if command.network:
        for here, there in toolchains.network_files(os.environ):
            yield from ("--ro-bind", here, there)
    yield from _project(view, writable_deps=command.network)
    if "readonly" not in view.without:
        yield from ("--remount-ro", "/")
    yield from ("--chdir", "/repo")
    for name, value in environment(command).items():
        yield from ("--setenv", name, value)


def environment(command: Command) -> dict[str, str]:
    """All that a command finds in its environment."""
    outside = toolchains.toolchains()
    fixed = {
        "PATH": ":".join((*outside.path, *_PATH)),
        "HOME": "/tmp",
        "TMPDIR": "/tmp",
        "LANG": "C.UTF-8",
        "LSAN_OPTIONS": "detect_leaks=0",  # looks for leaks by ptrace, which is refused
    }
    if outside.java_home:
        fixed["JAVA_HOME"] = outside.java_home
    network = toolchains.network_environment(os.environ) if command.network else {}
    return {**network, **fixed, **dict(command.env)}


def _namespaces(view: View, network: bool) -> Iterator[str]:
    yield "--unshare-all"
    if network or "network" in view.without:
        yield "--share-net"
    yield "--unshare-user"
    if view.disable_userns and "userns" not in view.without:
        yield "--disable-userns"
    yield from ("--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv")
    yield from ("--uid", "1000", "--gid", "1000", "--hostname", "codeaug")


def _system() -> Iterator[str]:
    yield from ("--ro-bind", "/usr", "/usr")
    for name in toolchains.SYSTEM_LINKS:
        if os.path.islink(f"/{name}"):
            yield from ("--symlink", os.readlink(f"/{name}"), f"/{name}")
        elif os.path.isdir(f"/{name}"):
            yield from ("--ro-bind", f"/{name}", f"/{name}")
    for path in toolchains.etc_files():
        yield from ("--ro-bind", os.path.realpath(path), path)
    for prefix in toolchains.toolchains().prefixes:
        yield from ("--ro-bind", str(prefix), str(prefix))


def _private(limits: Limits) -> Iterator[str]:
    yield from ("--proc", "/proc", "--dev", "/dev")
    # bubblewrap leaves /proc/sys writable for who is root outside: core_pattern, and so a way out.
    yield from ("--remount-ro", "/proc")
    # bubblewrap's own /dev is a writable tmpfs that may grow to half of the memory.
    yield from ("--size", str(limits.tmp), "--perms", "1777", "--tmpfs", "/dev/shm")
    yield from ("--remount-ro", "/dev")
    yield from ("--size", str(limits.tmp), "--perms", "1777", "--tmpfs", "/tmp")


def _project(view: View, *, writable_deps: bool) -> Iterator[str]:
    yield from ("--bind", str(view.tree), "/repo")
    if "git" not in view.without and (view.original / ".git").exists():
        yield from _hidden(view.original / ".git", "/repo/.git")
    if writable_deps or "readonly" in view.without:
        yield from ("--bind", str(view.deps), "/deps")
    else:
        yield from ("--ro-bind", str(view.deps), "/deps")
    if HOST.is_dir():
        yield from ("--ro-bind", str(HOST), "/host")
    if view.packages is not None:
        yield from ("--ro-bind", str(view.packages), "/packages")


def _hidden(here: Path, there: str) -> Iterator[str]:
    """Nothing, in the place of a folder or file."""
    if here.is_dir():
        yield from ("--tmpfs", there, "--remount-ro", there)
    else:
        yield from ("--ro-bind", "/dev/null", there)
