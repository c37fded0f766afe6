"""What a run does that a resident program has to know: programs started, files read and written.

The changed text is in memory alone, so whoever reads the file itself, as a program does that a
test starts, would see the unchanged one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

STARTS = frozenset({
    "subprocess.Popen", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "os.startfile",
})  # fmt: skip
HARMLESS = frozenset({  # programs that run no Python: the platform is asked about by some of them
    "uname", "ldconfig", "lsb_release", "getconf", "id", "stty", "tput", "true", "false", "sleep",
    "gcc", "cc", "ld", "objdump",
})  # fmt: skip
SPAWNING = ("multiprocessing.popen_spawn_posix", "multiprocessing.popen_forkserver")
CHANGES = frozenset({
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.truncate",
    "os.chmod", "os.chown", "os.utime", "os.setxattr", "os.removexattr", "sqlite3.connect",
})  # fmt: skip
TWO_PATHS = frozenset({"os.rename", "os.symlink", "os.link"})
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def watch(path: str, repo: str, cold: Callable[[str], None], wrote: Callable[[], None]) -> None:
    """From here on, for this process and those that it forks.

    `cold(why)` when another program may see the file `path` as it was; `wrote()` once, when
    something below `repo` may have been changed. There is no way back: audit hooks stay.
    """
    name, told = os.path.basename(path), [False]

    def changed(target: Any) -> None:
        if not told[0] and _is_below(target, repo):
            told[0] = True
            wrote()

    def hook(event: str, arguments: Any) -> None:
        if event == "open":
            target, _, flags = arguments
            if isinstance(flags, int) and flags & WRITING:
                changed(target)
            elif isinstance(target, str) and target.endswith(name) and _is(target, path):
                cold("a test reads the file itself")
        elif event in CHANGES:
            for target in arguments[: 2 if event in TWO_PATHS else 1]:
                changed(target)
        elif event in STARTS:
            if event != "subprocess.Popen" or _program(arguments) not in HARMLESS:
                cold("a test starts a program")
        elif event == "import" and arguments[0] in SPAWNING:
            cold("a test starts an interpreter of its own")

    sys.addaudithook(hook)
    if any(module in sys.modules for module in SPAWNING):
        cold("the tests may start interpreters of their own")


def _program(arguments: Any) -> str:
    program = arguments[0] or arguments[1][0]
    return os.path.basename(os.fsdecode(program))


def _is(target: str, path: str) -> bool:
    return os.path.realpath(target) == path


def _is_below(target: Any, folder: str) -> bool:
    if isinstance(target, bytes):
        target = os.fsdecode(target)
    if not isinstance(target, (str, os.PathLike)):
        return False  # a descriptor: it was opened before
    try:
        real = os.path.realpath(os.fspath(target))
    except (OSError, ValueError):
        return False
    return str(real).startswith(folder + "/")
