"""One compilation of a text, and what it shows."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from pathlib import Path

from .assembly import normalised, origins, symbols, without_debug
from .dialects import Dialect, Tool
from .lines import Line
from .marking import FIRST, STEP
from .placing import Placing

_WARNING = re.compile(r"^(?P<place>[^\s:][^:\n]*:\d*).*?warning: (?P<text>.*\[-W[\w=+-]+\])$", re.M)
_QUOTED = re.compile(r"['\u2018][^'\u2019]*['\u2019]")
_ERROR = re.compile(r"^[^\s:][^:\n]*:(?P<line>\d+):.*?error: (?P<text>.*)$", re.M)


class Shown(Enum):
    """What a compilation is to show: its code, or more; the value is the flags for that.

    `ORIGINS`: trees, and a line table that tells where symbols come from. `TREES`: trees, no code.
    """

    CODE = ""
    ORIGINS = "-g1 -fdump-tree-original={0}.original -fdump-tree-ssa={0}.ssa"
    TREES = "-fsyntax-only -fdump-tree-original={0}.original"


@dataclass(frozen=True)
class Compiled:
    """What one compilation gave. `problem`: the first error, "" when there is none.

    `warned` are numbers of places, `errors` lines; `trees` and `ssa` are GCC's dumps; `origins` are
    the places of symbols.
    """

    assembly: str
    lines: Sequence[str]
    warnings: Counter[str]
    warned: Mapping[int, str]
    errors: Sequence[int]
    problem: str = ""
    origins: Mapping[str, int] = field(default_factory=dict)
    trees: str = ""
    ssa: str = ""

    @cached_property
    def symbols(self) -> dict[str, str]:
        return symbols(self.assembly)


@dataclass
class Compiler:
    """One compiler with the project's flags; `folder` is for our own files."""

    tool: Tool
    line: Line
    place: Placing
    folder: Path
    compilations: int = 0
    seconds: float = 0.0

    def compile(self, text: str, dialect: Dialect, shown: Shown = Shown.CODE) -> Compiled:
        self.place.write(text)
        started = time.monotonic()
        stem = self.folder / "unit"
        files = [stem.with_suffix(f".{suffix}") for suffix in ("s", "original", "ssa")]
        for file in files:
            file.unlink(missing_ok=True)
        words = [word for word in shown.value.split() if self.tool.gcc or "dump" not in word]
        more = [word.format(stem) for word in words]
        args = (self.tool.path, *self.line.flags, *dialect.flags, *more, self.line.source)
        ended = self.place.run([*args, "-o", str(files[0])], self.line.folder)
        self.compilations += 1
        self.seconds += time.monotonic() - started
        log = ended.output.decode(errors="replace")
        code, trees, ssa = (_read(file) for file in files)
        good = ended.exit_code == 0 and bool(code or shown is Shown.TREES)
        found = origins(code, FIRST, STEP) if shown is Shown.ORIGINS else {}
        code = without_debug(code) if shown is Shown.ORIGINS else code
        warnings = [(m["place"], _QUOTED.sub("''", m["text"])) for m in _WARNING.finditer(log)]
        warned = {_number(place): text for place, text in warnings}
        return Compiled(
            code if good else "",
            normalised(code) if good else [],
            Counter(text for _, text in warnings),
            {number: text for number, text in warned.items() if number >= 0},
            [int(match["line"]) for match in _ERROR.finditer(log)],
            "" if good else _first_error(log),
            found,
            trees,
            ssa,
        )


def _read(file: Path) -> str:
    return file.read_text(errors="surrogateescape") if file.exists() else ""


def _number(place: str) -> int:
    line = place.rpartition(":")[2]
    return (int(line) - FIRST) // STEP if line.isdigit() and int(line) >= FIRST else -1


def _first_error(log: str) -> str:
    found = _ERROR.search(log)
    return found["text"] if found else f"the compiler failed: {log[-200:].strip()}"
