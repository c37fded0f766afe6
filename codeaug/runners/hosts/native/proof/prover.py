"""Variants of one file against the original, by the machine code of the whole unit of compilation.

Many variants go into one compilation, one for each function. Those whose symbols differ are taken
out, the rest is compiled again, until the whole text is the original's: only then is anything
proved, of all that were in it.
"""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path

from .assembly import changed_symbols, normalised, origins, symbols
from .dialects import Dialect, Tool
from .lines import Line
from .marking import FIRST, STEP, Place, marked
from .order import open_order, statements
from .placing import Placing
from .unset import Facts, facts

OTHER = "other code"
_WARNING = re.compile(r"^(?P<place>[^\s:][^:\n]*:\d*).*?warning: (?P<text>.*\[-W[\w=+-]+\])$", re.M)
_QUOTED = re.compile(r"['\u2018][^'\u2019]*['\u2019]")
_ERROR = re.compile(r"^[^\s:][^:\n]*:(?P<line>\d+):.*?error: (?P<text>.*)$", re.M)
_FUNCTION_WITHIN = re.compile(r"\]\s*[({<]|\b(?:struct|class|union)\b")
Variants = Mapping[int, str]
"""A text for each of some places, by their number."""


@dataclass(frozen=True)
class Trees:
    """What GCC's trees show of each place: full expressions, and facts about its variables."""

    expressions: Mapping[int, Sequence[str]] = field(default_factory=dict)
    facts: Mapping[int, Facts] = field(default_factory=dict)


@dataclass(frozen=True)
class Doubts:
    """What equal code cannot settle. `order`: an expression whose order of evaluation is open."""

    order: str
    facts: Facts


@dataclass(frozen=True)
class Compiled:
    """What one compilation gave. `problem`: the first error, "" when there is assembly."""

    lines: list[str]
    assembly: str
    warnings: Counter[str]
    warned: Mapping[int, str]
    failed: Set[int]
    problem: str = ""
    dump: str = ""
    tree: str = ""


@dataclass
class Prover:
    """One file in one unit of compilation, with one compiler; `folder` is for our own files."""

    tool: Tool
    line: Line
    place: Placing
    text: str
    places: Sequence[Place]
    map: Dialect
    parameters: Mapping[int, Set[str]]
    folder: Path
    compilations: int = 0
    seconds: float = 0.0
    origin: Mapping[str, int] = field(default_factory=dict)
    trees: Trees = field(default_factory=Trees)
    originals: dict[int, Facts] = field(default_factory=dict)
    doubts: dict[tuple[int, str], Doubts] = field(default_factory=dict)
    _before: dict[str, Compiled] = field(default_factory=dict)
    _emitted: dict[int, str] | None = None

    def emitted(self) -> dict[int, str]:
        """The places that become code here, each with one of its symbols.

        `places` loses those that cannot be marked: the file does not compile with them.
        """
        if self._emitted is not None:
            return self._emitted
        compiled = self._compile(self.map, {}, mapped=True)
        while compiled.problem and self.places:
            failed = compiled.failed or {place.number for place in self.places}
            self.places = [place for place in self.places if place.number not in failed]
            compiled = self._compile(self.map, {}, mapped=True)
        self.origin = origins(compiled.assembly, FIRST, STEP)
        if self.tool.gcc:
            self.trees = self._trees(compiled)
            self.originals |= self.trees.facts
        self._emitted = {number: name for name, number in reversed(list(self.origin.items()))}
        return self._emitted

    def same(self, dialect: Dialect, variants: Variants) -> tuple[set[int], dict[int, str]]:
        """Which variants leave the unit of compilation as it was, and why the others do not."""
        before = self._original(dialect)
        if before.problem:
            return set(), dict.fromkeys(variants, f"the original: {before.problem}")
        why: dict[int, str] = {}
        self._narrow(dialect, before, dict(variants), why)
        return set(variants) - set(why), why

    def _narrow(
        self, dialect: Dialect, before: Compiled, variants: dict[int, str], why: dict[int, str]
    ) -> None:
        """Fill `why` with each variant that is not the same."""
        while variants:
            after = self._compile(dialect, variants)
            guilty = self._guilty(dialect, before, after, variants)
            if guilty is None:
                return
            if not guilty and len(variants) == 1:
                guilty = dict.fromkeys(
                    variants, after.problem or f"{OTHER} elsewhere in the file {dialect.flags[-1]}"
                )
            if not guilty:
                numbers = sorted(variants)
                for half in (numbers[::2], numbers[1::2]):
                    self._narrow(dialect, before, {n: variants[n] for n in half}, why)
                # each half alone is the original's: so is each of its variants
                return
            why.update(guilty)
            variants = {n: code for n, code in variants.items() if n not in guilty}

    def _guilty(
        self, dialect: Dialect, before: Compiled, after: Compiled, variants: Variants
    ) -> dict[int, str] | None:
        """Variants that are seen to differ, with the reason; None when nothing differs at all."""
        if after.problem:
            return {n: after.problem for n in after.failed if n in variants}
        guilty = {n: f"new warning: {w}" for n, w in after.warned.items() if n in variants}
        guilty = {n: w for n, w in guilty.items() if before.warned.get(n) != after.warned[n]}
        self._look(variants)
        for number, code in variants.items():
            if doubt := self._doubt(dialect, number, code):
                guilty[number] = doubt
        if not guilty and after.lines == before.lines and not after.warnings - before.warnings:
            return None
        changed = changed_symbols(symbols(before.assembly), symbols(after.assembly))
        owners = {self._owner(name) for name in changed}
        return {
            n: f"{OTHER} in the {dialect.name} dialect {dialect.flags[-1]}"
            for n in owners
            if n in variants
        } | guilty

    def _look(self, variants: Variants) -> None:
        """Fill `doubts` for variants that were not looked at: what their trees show."""
        new = {n: code for n, code in variants.items() if (n, code) not in self.doubts}
        if not new or not self.tool.gcc:
            return
        compiled = self._compile(self.map, new, mapped=True)
        trees = self._trees(compiled)
        unmarked = open_order(self.trees.expressions.get(-1, ()), trees.expressions.get(-1, ()))
        for number in new if not compiled.problem else ():
            old = self.trees.expressions.get(number, ())
            text = open_order(old, trees.expressions.get(number, ()))
            if not text and unmarked and _FUNCTION_WITHIN.search(new[number]):
                text = unmarked
            self.doubts[number, new[number]] = Doubts(
                f"the order of evaluation in {text[:100]} is open" if text else "",
                trees.facts.get(number, Facts()),
            )

    def _doubt(self, dialect: Dialect, number: int, code: str) -> str:
        """Why equal code of this dialect would not do."""
        doubts = self.doubts.get((number, code))
        if doubts is None:
            return f"{OTHER}: its trees were not seen"
        before, after = self.trees_of(number), doubts.facts
        if doubts.order or before.volatile != after.volatile:
            return doubts.order or "accesses to volatile objects changed"
        if dialect.flags[-1] == "-O0" or dialect.name == "trap":
            return ""
        if after.reads or after.objects - before.objects:
            return f"{OTHER}: it may read what nobody set, so {dialect.flags[-1]} says nothing"
        return ""

    def trees_of(self, number: int) -> Facts:
        return self.originals.get(number, Facts())

    def _trees(self, compiled: Compiled) -> Trees:
        found: dict[int, Facts] = {}
        self.origin = origin = {**origins(compiled.assembly, FIRST, STEP), **self.origin}
        for symbol, each in facts(compiled.tree):
            found.setdefault(origin.get(symbol, -1), Facts()).add(each)
        return Trees(statements(compiled.dump, self.parameters), found)

    def _owner(self, symbol: str) -> int:
        """The place of a symbol, of a part that the optimiser split off, or of what lies in it."""
        name = re.sub(r"\.(?:cold|part|isra|constprop)(?:\.\d+)?$", "", symbol)
        if name in self.origin:
            return self.origin[name]
        inside = name.removeprefix("_ZZ").removeprefix("N")
        owners = (n for known, n in self.origin.items() if known[2:].removeprefix("N") in inside)
        return next(owners, -1) if name.startswith("_ZZ") else -1

    def _original(self, dialect: Dialect) -> Compiled:
        key = dialect.name + dialect.flags[-1]
        if key not in self._before:
            self._before[key] = self._compile(dialect, {})
        return self._before[key]

    def _compile(self, dialect: Dialect, variants: Variants, *, mapped: bool = False) -> Compiled:
        text = marked(self.text, self.places, variants, self.tool.mark, mapped=mapped)
        self.place.write(text)
        started = time.monotonic()
        target, dump, tree = (self.folder / f"unit.{suffix}" for suffix in ("s", "original", "ssa"))
        for file_ in (target, dump, tree):
            file_.unlink(missing_ok=True)
        shown: tuple[str, ...] = ()
        if mapped and self.tool.gcc:
            shown = (f"-fdump-tree-original={dump}", f"-fdump-tree-ssa={tree}")
        args = (self.tool.path, *self.line.flags, *dialect.flags, *shown, self.line.source)
        ended = self.place.run([*args, "-o", str(target)], self.line.folder)
        self.compilations += 1
        self.seconds += time.monotonic() - started
        log = ended.output.decode(errors="replace")
        good = ended.exit_code == 0 and target.exists()
        assembly = target.read_text(errors="surrogateescape") if good else ""
        problem = "" if good else _first_error(log)
        warnings = [(m["place"], _QUOTED.sub("''", m["text"])) for m in _WARNING.finditer(log)]
        warned = {_number(place): text for place, text in warnings}
        return Compiled(
            normalised(assembly),
            assembly,
            Counter(text for _, text in warnings),
            {number: text for number, text in warned.items() if number >= 0},
            {n for m in _ERROR.finditer(log) if (n := self._at(int(m["line"]))) >= 0},
            problem,
            *(p.read_text(errors="replace") if p.exists() else "" for p in (dump, tree)),
        )

    def _at(self, line: int) -> int:
        """The place to which a line belongs, by its range or by its lines in the file."""
        if line >= FIRST:
            return (line - FIRST) // STEP
        for place in self.places:
            first = self.text.count("\n", 0, place.start) + 1
            if first <= line <= self.text.count("\n", 0, place.end) + 1:
                return place.number
        return -1


def _number(place: str) -> int:
    line = place.rpartition(":")[2]
    return (int(line) - FIRST) // STEP if line.isdigit() and int(line) >= FIRST else -1


def _first_error(log: str) -> str:
    found = _ERROR.search(log)
    return found["text"] if found else f"the compiler failed: {log[-200:].strip()}"


def restore(path: str, data: bytes, times: tuple[int, int]) -> None:
    """Put back what the tree held, with its time: a build must not take it for changed."""
    with open(path, "wb") as file:
        file.write(data)
    os.utime(path, ns=times)
