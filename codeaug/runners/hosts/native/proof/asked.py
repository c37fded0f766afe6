"""All variants of one file in one unit of compilation: looked at, compiled in batches, answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import run
from .compiling import Compiler
from .dialects import Dialect, Level, Tool, dialects
from .hazards import hazard, parameter_names
from .known import Known
from .macros import Macros
from .marking import Place, lines_kind
from .placing import Placing
from .prover import OTHER, Prover

Key = tuple[int, int]
"""A unit's number and the number of its variant."""

MOST_KEPT = 8  # functions of a file whose original code is kept: up to 10 MB each
_OPERATOR = re.compile(r"\boperator\s*(?:<=>|<<=?|>>=?|<=|>=|->\*?|<|>)")


@dataclass(frozen=True)
class Function:
    """A unit of the file: offsets in characters; the body begins at `body`."""

    start: int
    end: int
    body: int
    codes: tuple[str, ...]


@dataclass
class Asked:
    """The question to one unit of compilation. `why` collects reasons that no compiler mends."""

    known: Known
    place: Placing
    functions: Sequence[Function]
    folder: Path
    why: dict[Key, str] = field(default_factory=dict)
    proved: dict[Key, str] = field(default_factory=dict)
    differs: dict[Key, str] = field(default_factory=dict)
    compilers: list[Compiler] = field(default_factory=list)

    def answer(self, tools: Sequence[Tool]) -> None:
        """Fill `proved`, `why` and `differs`: each key is in one of them. The first is a GCC."""
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
        if len(known.provers) > MOST_KEPT:
            del known.provers[next(iter(known.provers))]
        for tool in tools:
            levels = dialects(tool, str(self.folder))
            left = [key for key in self._keys() if key not in self.why and key not in self.proved]
            self.differs = {}
            if not left or not levels:
                self.differs |= dict.fromkeys(left, "this compiler lacks the flags that are needed")
                continue
            if tool.version not in provers:
                provers[tool.version] = self._prover(tool, levels[0][1][0], places, names)
                first = next(iter(provers.values()))
                provers[tool.version].doubts = first.doubts
                provers[tool.version].originals = first.originals
            self._ask(provers[tool.version], levels, left)

    def _prover(
        self, tool: Tool, plain: Dialect, places: Sequence[Place], names: Mapping[int, Set[str]]
    ) -> Prover:
        compiler = Compiler(tool, self.known.line, self.place, self.folder)
        self.compilers.append(compiler)
        left_out = self.known.left_out(compiler, plain) if tool.gcc else ()
        return Prover(compiler, self.known.original, list(places), plain, names, left_out)

    def _keys(self) -> list[Key]:
        return [(n, k) for n, f in enumerate(self.functions) for k in range(len(f.codes))]

    def _own(self, number: int) -> str:
        function = self.functions[number]
        return self.known.original[function.start : function.end]

    def _hazard(self, key: Key, macros: Macros) -> str:
        function = self.functions[key[0]]
        body = function.body - function.start
        return hazard(self._own(key[0]), function.codes[key[1]], body, macros)

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
