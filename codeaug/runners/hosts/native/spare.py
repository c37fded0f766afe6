"""What the compiler says of objects that end up in no program: nothing of them is kept.

A new warning or error there counts like any other. Where an object that is made has the same
source and the same flags but for macros, folders and position independence, its compilation gives
the optimiser's warnings, and only the language's own are asked for. Those are the same with and
without position independence, so they are asked for once.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .programs import Ended, run

_FOLLOWED = ("-o", "-D", "-U", "-I", "-isystem", "-iquote", "-MF", "-MT", "-MQ")
_MACROS = re.compile(r"-[DUI].*|-M[DMP]?")
_PLACE = re.compile(r"-f(?:no-)?(?:pic|PIC|pie|PIE)")
_LANGUAGE_ONLY = ("-fsyntax-only", "-fno-profile-arcs", "-fno-test-coverage")


@dataclass(frozen=True)
class Compilation:
    """How an object is compiled: the command without `-o`, its folder, its source."""

    args: tuple[str, ...]
    folder: str
    source: str

    @property
    def kind(self) -> tuple[str, ...]:
        """The source and the flags that decide what the optimiser sees."""
        words = iter(self.args)
        kept = []
        for word in words:
            if word in _FOLLOWED:
                next(words, "")
            elif not _MACROS.fullmatch(word) and not _PLACE.fullmatch(word):
                kept.append(word)
        return (os.path.join(self.folder, self.source), *kept)

    @property
    def text(self) -> tuple[str, ...]:
        """What decides the language's own diagnostics."""
        return (self.folder, *(word for word in self.args if not _PLACE.fullmatch(word)))


def read_compilations(build: Path) -> dict[Path, Compilation]:
    """The compilations of the build directory `build`, by notes file; none when it has no list.

    Those with a precompiled header are left out: it may be of before the change.
    """
    try:
        listed = json.loads((build / "compile_commands.json").read_text())
    except FileNotFoundError:
        return {}
    found = {}
    for entry in listed:
        args = shlex.split(entry["command"])
        if "-o" in args and "-include" not in args:
            at = args.index("-o")
            note = Path(entry["directory"], args[at + 1]).with_suffix(".gcno")
            kept = (*args[:at], *args[at + 2 :])
            found[note] = Compilation(kept, entry["directory"], entry["file"])
    return found


@contextmanager
def looked_at(
    spare: Iterable[Compilation], made: Iterable[Compilation], env: Mapping[str, str]
) -> Iterator[Sequence[Ended]]:
    """Compile `spare` to nowhere beside what happens in the block; all ended when it has."""
    kinds = {compilation.kind for compilation in made}
    different = {c.text if c.kind in kinds else c.args: c for c in spare}
    # an unkept object is of no use to those who ask what includes what
    env = {**env, "DEPENDENCIES_OUTPUT": os.devnull}
    ended: list[Ended] = []
    with tempfile.TemporaryDirectory() as nowhere, ThreadPoolExecutor(1) as pool:

        def compile_(compilation: Compilation) -> Ended:
            only = _LANGUAGE_ONLY if compilation.kind in kinds else ()
            args = [*compilation.args, *only, "-o", os.path.join(nowhere, "spare.o")]
            return run(args, compilation.folder, env)

        running = [pool.submit(compile_, compilation) for compilation in different.values()]
        yield ended
        ended += [future.result() for future in running]
