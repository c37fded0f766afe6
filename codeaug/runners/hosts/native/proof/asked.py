"""All variants of one file in one unit of compilation: looked at, compiled in batches, answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import run
from .compiling import Compiler, Shown
from .definitions import Definition, definitions
from .dialects import Dialect, Level, Tool, dialects
from .hazards import hazard, parameter_names
from .lines import Line
from .macros import Macros, read_macros
from .marking import Place, lines_kind, marked
from .placing import Placing
from .prover import OTHER, Prover
from .reaching import separable

Key = tuple[int, int]
"""A unit's number and the number of its variant."""

_LOCATES = re.compile(r"\b__builtin_(?:LINE|COLUMN|source_location)\b")
_OPERATOR = re.compile(r"\boperator\s*(?:<=>|<<=?|>>=?|<=|>=|->\*?|<|>)")


@dataclass(frozen=True)
class Function:
    """A unit of the file: offsets in characters; the body begins at `body`."""

    start: int
    end: int
    body: int
    codes: tuple[str, ...]


@dataclass
class Known:
    """What is known of a file in one unit of compilation, whatever was asked about it."""

    macros: Macros
    locates: bool
    """Whether something asks for the place of its caller."""

    problem: str
    left_out: Sequence[Definition] = ()
    provers: dict[tuple[Place, ...], dict[str, Prover]] = field(default_factory=dict)


@dataclass
class Asked:
    """The question to one unit of compilation. `why` collects reasons that no compiler mends."""

    place: Placing
    original: str
    functions: Sequence[Function]
    line: Line
    folder: Path
    known: Known | None = None
    why: dict[Key, str] = field(default_factory=dict)
    proved: dict[Key, str] = field(default_factory=dict)
    differs: dict[Key, str] = field(default_factory=dict)
    compilers: list[Compiler] = field(default_factory=list)

    def answer(self, tools: Sequence[Tool]) -> None:
        """Fill `proved`, `why` and `differs`: each key is in one of them. The first is a GCC."""
        if self.known is None:
            self.known = self._learned(tools[0])
        known = self.known
        for key in self._keys():
            reason = known.problem or self._hazard(key, known.macros)
            if reason:
                self.why[key] = reason
        names, places = {}, []
        for number, function in enumerate(self.functions):
            own = self._own(number)
            names[number] = parameter_names(own[: function.body - function.start])
            kind = lines_kind([own, *function.codes], known.macros, known.locates)
            if any((number, k) not in self.why for k in range(len(function.codes))):
                body = function.body - function.start
                places.append(Place(function.start, function.end, body, number, kind))
        provers = known.provers.setdefault(tuple(places), {})
        for tool in tools:
            levels = dialects(tool, str(self.folder))
            left = [key for key in self._keys() if key not in self.why and key not in self.proved]
            self.differs = {}
            if not left or not levels:
                self.differs |= dict.fromkeys(left, "this compiler lacks the flags that are needed")
                continue
            if tool.version not in provers:
                provers[tool.version] = prover = Prover(
                    self._compiler(tool), self.original, list(places), levels[0][1][0], names,
                    known.left_out,
                )  # fmt: skip
                first = next(iter(provers.values()))
                prover.doubts, prover.originals = first.doubts, first.originals
            self._ask(provers[tool.version], levels, left)

    def _compiler(self, tool: Tool) -> Compiler:
        self.compilers.append(Compiler(tool, self.line, self.place, self.folder))
        return self.compilers[-1]

    def _keys(self) -> list[Key]:
        return [(n, k) for n, f in enumerate(self.functions) for k in range(len(f.codes))]

    def _own(self, number: int) -> str:
        function = self.functions[number]
        return self.original[function.start : function.end]

    def _hazard(self, key: Key, macros: Macros) -> str:
        function = self.functions[key[0]]
        body = function.body - function.start
        return hazard(self._own(key[0]), function.codes[key[1]], body, macros)

    def _learned(self, tool: Tool) -> Known:
        self.place.write(self.original)
        target = self.folder / "unit.ii"
        args = [tool.path, *self.line.flags, "-w", "-E", "-dD", self.line.source, "-o", str(target)]
        ended = self.place.run(args, self.line.folder)
        if ended.exit_code != 0:
            return Known({}, False, f"the original is not preprocessed: {ended.output[-200:]!r}")
        text = target.read_text(errors="replace")
        known = Known(read_macros(text), bool(_LOCATES.search(text)), "")
        if levels := dialects(tool, str(self.folder)):
            known.left_out = self._separable(self._compiler(tool), levels[0][1][0], known.macros)
        return known

    def _separable(
        self, compiler: Compiler, plain: Dialect, macros: Macros
    ) -> Sequence[Definition]:
        """The functions that may as well be in another unit of compilation."""
        found = list(definitions(self.original, macros))
        places = [Place(d.start, d.end, d.body - d.start, n, "own") for n, d in enumerate(found)]
        compiled = compiler.compile(marked(self.original, places, {}, ""), plain, Shown.ORIGINS)
        if compiled.problem:
            return ()
        return [found[n] for n in sorted(separable(compiled.assembly, compiled.origins))]

    def _ask(self, prover: Prover, levels: Sequence[Level], left: Sequence[Key]) -> None:
        emitted = prover.emitted()
        marked = {place.number for place in prover.places}
        for key in left:
            if key[0] not in marked:
                self.why[key] = "its function cannot be marked"
            elif key[0] not in emitted:
                self.why[key] = _NOT_CODE
            elif _is_template(emitted[key[0]], self.folder):
                self.why[key] = _TEMPLATE
        left = [key for key in left if key not in self.why]
        wrapped = self._climb(prover, [(level, each[0]) for level, each in levels], left)
        trap = [(level, each[1]) for level, each in levels]
        least = levels[0][0]
        low, high = (
            [key for key, level in wrapped.items() if (level == least) is wanted]
            for wanted in (True, False)
        )
        # what is not the same without optimisation is not with checks either
        trapped = self._climb(prover, trap, low) | self._climb(prover, trap[1:], high)
        for key, level in trapped.items():
            told = f"{prover.compiler.tool.version}: {wrapped[key]}, with checks {level}"
            self.proved[key] = told
            self.differs.pop(key, None)

    def _climb(
        self, prover: Prover, levels: Sequence[tuple[str, Dialect]], left: Sequence[Key]
    ) -> dict[Key, str]:
        """The level at which each variant is the same; the others go into `why` or `differs`."""
        found: dict[Key, str] = {}
        for level, dialect in levels:
            waiting = [k for k in left if k not in found and k not in self.why]
            while waiting:
                batch = {number: (number, k) for number, k in reversed(waiting)}
                waiting = [key for key in waiting if batch[key[0]] != key]
                codes = {n: self.functions[n].codes[key[1]] for n, key in batch.items()}
                same, different = prover.same(dialect, codes)
                if not prover.compiler.tool.gcc and len(codes) > 1:
                    # without `noipa` one function's result may be known in another: each alone
                    alone = [prover.same(dialect, {n: codes[n]}) for n in sorted(same)]
                    same = {n for each, _ in alone for n in each}
                    different |= {n: why for _, each in alone for n, why in each.items()}
                found |= {batch[n]: level for n in same}
                for number, reason in different.items():
                    # only other code may be the same at another level, or with another compiler
                    kept = self.differs if reason.startswith(OTHER) else self.why
                    kept[batch[number]] = reason
        return found


_NOT_CODE = "its function does not become code in what the project compiles"
_TEMPLATE = "a template: only some of its instantiations could be looked at"


def _is_template(symbol: str, folder: Path) -> bool:
    """Whether a function, or what it lies in, is an instantiation; so much a name tells."""
    ended = run(["c++filt", symbol], str(folder), {})
    text = ended.output.decode(errors="replace").replace("(anonymous namespace)", "anonymous")
    name = _OPERATOR.sub("operator", text).partition("(")[0]
    return ended.exit_code != 0 or "<" in name
