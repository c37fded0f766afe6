"""What is known of a file in one unit of compilation, whatever is asked about it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from .compiling import Compiler, Shown
from .definitions import Definition, definitions
from .dialects import Dialect, Tool
from .lines import Line
from .macros import Macros, expanded, read_macros
from .marking import Place, marked
from .placing import Placing
from .prover import Prover
from .reaching import separable

_LOCATES = re.compile(r"\b__builtin_(?:LINE|COLUMN|source_location)\b")
_NO_CODE = re.compile(r'^(?:#define .*|# \d+ "<.*)?\n', re.M)
# they decide what the preprocessor makes of the text, or where code and data will lie
_PREPROCESSING = re.compile(r"-[DUI].+|-f(?:no-)?(?:PIC|pic|PIE|pie)")
_WITH_VALUE = ("-D", "-U", "-I", "-isystem", "-iquote", "-idirafter")


@dataclass
class Known:
    """One file, whose unchanged text is `original`, as `line` compiles it.

    `locates`: whether something asks for the place of its caller; `code`: a digest of what the
    preprocessor makes of the unit of compilation; `provers` by tool, for places that were asked
    about before.
    """

    line: Line
    original: str
    macros: Macros = field(default_factory=dict)
    locates: bool = False
    code: str = ""
    problem: str = ""
    provers: dict[tuple[Place, ...], dict[str, Prover]] = field(default_factory=dict)
    _left_out: Sequence[Definition] | None = None

    def left_out(self, compiler: Compiler, plain: Dialect) -> Sequence[Definition]:
        """The functions that may as well be in another unit of compilation."""
        if self._left_out is None:
            found = list(definitions(self.original, self.macros))
            places = [Place(d.start, d.end, 0, n, "own") for n, d in enumerate(found)]
            text = marked(self.original, places, {}, "")
            compiled = compiler.compile(text, plain, Shown.ORIGINS)
            numbers = separable(compiled.assembly, compiled.origins)
            self._left_out = [found[n] for n in sorted(numbers)]
        return self._left_out

    def is_of(self, other: Known, names: Set[str]) -> bool:
        """Whether both ways to compile the file mean the same by any text that has `names`."""
        if self.problem or other.problem or self.code != other.code:
            return False
        if self.line.compiler != other.line.compiler or self._shape != other._shape:
            return False
        used = expanded(names, self.macros) | expanded(names, other.macros)
        return all(self.macros.get(name) == other.macros.get(name) for name in used)

    @property
    def _shape(self) -> list[str]:
        return list(_shaping(self.line.flags))


def learned(original: str, line: Line, place: Placing, tool: Tool, folder: Path) -> Known:
    """What the preprocessor tells. Our own files go into `folder`."""
    place.write(original)
    target = folder / "unit.ii"
    args = [tool.path, *line.flags, "-w", "-E", "-dD", line.source, "-o", str(target)]
    ended = place.run(args, line.folder)
    if ended.exit_code != 0:
        problem = f"the original is not preprocessed: {ended.output[-200:]!r}"
        return Known(line, original, problem=problem)
    text = target.read_text(errors="surrogateescape")
    code = _NO_CODE.sub("", text).encode("utf-8", "surrogateescape")
    locates = bool(_LOCATES.search(text))
    return Known(line, original, read_macros(text), locates, hashlib.sha256(code).hexdigest())


def _shaping(flags: Sequence[str]) -> Iterator[str]:
    """The flags without those that only the preprocessor knows."""
    words = iter(flags)
    for word in words:
        if word in _WITH_VALUE:
            next(words, "")
        elif not _PREPROCESSING.fullmatch(word):
            yield word
