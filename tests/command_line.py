"""`codeaug` in a process of its own that has been imported already.

Each is a fork of one that imported everything once: a second of processor time less for each
command. What is about the start itself, or about chance in it, starts `python -m codeaug`.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["codeaug.cli", "codeaug.pipeline", "codeaug.web", __name__])


def codeaug(
    *args: object,
    stdin: str = "",
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """What a verb wrote, and how it ended. `environ`: all of it, if not as ours is."""
    words = ["codeaug", *map(str, args)]
    with TemporaryDirectory() as kept:
        files = [str(Path(kept, name)) for name in ("stdin", "stdout", "stderr")]
        Path(files[0]).write_text(stdin)
        given = (
            words,
            files,
            dict(os.environ if environ is None else environ),
            folder or Path.cwd(),
        )
        process = _FORKS.Process(target=_main, args=given)
        process.start()
        process.join()
        out, err = (Path(file).read_text() for file in files[1:])
    assert process.exitcode is not None
    return subprocess.CompletedProcess(words, process.exitcode, out, err)


def _main(words: list[str], files: list[str], environ: dict[str, str], folder: Path) -> None:
    from codeaug.cli import main

    for number, file in enumerate(files):
        os.dup2(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND), number)
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = words
    main()


@contextmanager
def serving(serve: Callable[..., None], *args: object) -> Iterator[str]:
    """The first line that `serve(*args)` writes to standard error, while it goes on."""
    reading, writing = _FORKS.Pipe(duplex=False)
    process = _FORKS.Process(target=_served, args=(writing, serve, *args))
    process.start()
    writing.close()
    with os.fdopen(os.dup(reading.fileno())) as lines:
        yield lines.readline()
        process.terminate()
        lines.read()
    process.join()


def _served(to: Connection, serve: Callable[..., None], *args: object) -> None:
    os.dup2(to.fileno(), 2)
    to.close()
    sys.stderr = open(2, "w", buffering=1)  # noqa: SIM115
    serve(*args)
