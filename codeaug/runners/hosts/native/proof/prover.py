"""Variants of one file against the original, by the machine code of the whole unit of compilation.

Many variants go into one compilation, one for each function. Those whose symbols differ are taken
out, the rest is compiled again, until the whole text is the original's: only then is anything
proved, of all that were in it.

Compilers get a file without the functions that may as well be in another unit of compilation
(`reaching`); that it means the same is seen in the trees of the whole file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from .assembly import changed_symbols
from .compiling import Compiled, Compiler, Shown
from .definitions import Definition, without
from .dialects import Dialect
from .marking import FIRST, STEP, Place, marked
from .trees import Trees, changed_function, open_elsewhere, open_expression, trees_of
from .unset import Facts

OTHER = "other code"
_FUNCTION_WITHIN = re.compile(r"\]\s*[({<]|\b(?:struct|class|union)\b")
Variants = Mapping[int, str]
"""A text for each of some places, by their number."""


@dataclass(frozen=True)
class Doubts:
    """What equal code cannot settle. `reason`: why nothing can be said at all."""

    reason: str
    facts: Facts


@dataclass
class Prover:
    """One file in one unit of compilation, with one compiler.

    `plain` is the dialect in which trees are looked at; `left_out` are functions that need not be
    there; `parameters` are names by number of the place.
    """

    compiler: Compiler
    text: str
    places: Sequence[Place]
    plain: Dialect
    parameters: Mapping[int, Set[str]]
    left_out: Sequence[Definition]
    short: str = ""
    origin: dict[str, int] = field(default_factory=dict)
    trees: Trees = field(default_factory=Trees)
    whole: Trees = field(default_factory=Trees)
    originals: dict[int, Facts] = field(default_factory=dict)
    doubts: dict[tuple[int, str], Doubts] = field(default_factory=dict)
    _before: dict[Dialect, Compiled] = field(default_factory=dict)
    _last: tuple[Variants, Compiled] | None = None
    _emitted: dict[int, str] | None = None

    def emitted(self) -> dict[int, str]:
        """The places that become code here, each with one of its symbols.

        `places` loses those that cannot be marked: the file does not compile with them.
        """
        if self._emitted is None:
            compiled = self._original_with_origins()
            self.origin |= compiled.origins
            if self._has_trees:
                self.trees = trees_of(compiled, self.origin)
                self.originals |= self.trees.facts
            named = reversed(list(self.origin.items()))
            self._emitted = {number: name for name, number in named}
        return self._emitted

    def same(self, dialect: Dialect, variants: Variants) -> tuple[set[int], dict[int, str]]:
        """Which variants leave the unit of compilation as it was, and why the others do not."""
        before = self._original(dialect)
        if before.problem:
            return set(), dict.fromkeys(variants, f"the original: {before.problem}")
        why: dict[int, str] = {}
        self._narrow(dialect, before, dict(variants), why)
        return set(variants) - set(why), why

    @property
    def _has_trees(self) -> bool:
        return self.compiler.tool.gcc

    def _original_with_origins(self) -> Compiled:
        self.short = self.text
        shown = Shown.TREES if self._has_trees else Shown.ORIGINS
        compiled = self._compile(self.plain, {}, shown)
        while compiled.problem and self.places:
            failed = self._failed(compiled) or {place.number for place in self.places}
            self.places = [place for place in self.places if place.number not in failed]
            compiled = self._compile(self.plain, {}, shown)
        if not self._has_trees:
            return compiled
        self.whole = trees_of(compiled, {})
        spans = [(place.start, place.end) for place in self.places]
        self.short = without(self.text, [d for d in self.left_out if not _meets(d, spans)])
        compiled = self._compile(self.plain, {}, Shown.ORIGINS)
        if compiled.problem or self._strange({}, self.whole, trees_of(compiled, {})):
            self.short = self.text
            compiled = self._compile(self.plain, {}, Shown.ORIGINS)
        return compiled

    def _narrow(
        self, dialect: Dialect, before: Compiled, variants: dict[int, str], why: dict[int, str]
    ) -> None:
        """Fill `why` with each variant that is not the same."""
        while variants:
            guilty, problem = self._judged(dialect, before, variants)
            if guilty is None:
                return
            if not guilty and len(variants) == 1:
                elsewhere = f"{OTHER} elsewhere in the file {dialect.flags[-1]}"
                guilty = dict.fromkeys(variants, problem or elsewhere)
            if not guilty:
                numbers = sorted(variants)
                for half in (numbers[::2], numbers[1::2]):
                    self._narrow(dialect, before, {n: variants[n] for n in half}, why)
                # each half alone is the original's: so is each of its variants
                return
            why.update(guilty)
            variants = {n: code for n, code in variants.items() if n not in guilty}

    def _judged(
        self, dialect: Dialect, before: Compiled, variants: Variants
    ) -> tuple[dict[int, str] | None, str]:
        """Variants that are seen to differ, with the reason; None when nothing differs at all.

        Then what went wrong with the compilation.
        """
        if looked := self._look(variants):
            return dict.fromkeys(
                self._failed(looked) & set(variants), looked.problem
            ), looked.problem
        doubts = {n: self._doubt(dialect, n, code) for n, code in variants.items()}
        if any(doubts.values()):
            return {n: doubt for n, doubt in doubts.items() if doubt}, ""
        after = self._compile(dialect, variants)
        if after.problem:
            return self._broken(after, variants), after.problem
        guilty = {
            n: f"new warning: {w}"
            for n, w in after.warned.items()
            if n in variants and before.warned.get(n) != w
        }
        if not guilty and after.lines == before.lines and not after.warnings - before.warnings:
            return None, ""
        owners = {self._owner(name) for name in changed_symbols(before.symbols, after.symbols)}
        reason = f"{OTHER} in the {dialect.name} dialect {dialect.flags[-1]}"
        return {n: reason for n in owners if n in variants} | guilty, ""

    def _look(self, variants: Variants) -> Compiled | None:
        """Fill `doubts` for variants that were not looked at; a compilation that went wrong."""
        new = {n: code for n, code in variants.items() if (n, code) not in self.doubts}
        if not new or not self._has_trees:
            return None
        looked = self._compile(self.plain, new, Shown.TREES)
        if looked.problem:
            return looked
        whole = trees_of(looked, {})
        other = changed_function(self.whole, whole)
        if other and len(new) > 1:
            alone = (self._look({number: code}) for number, code in new.items())
            return next((each for each in list(alone) if each), None)
        looked = self._compile(self.plain, new, Shown.ORIGINS)
        if looked.problem:
            return looked
        self.origin = {**looked.origins, **self.origin}
        trees = trees_of(looked, self.origin)
        strange = self._strange(new, whole, trees)
        for number, code in new.items():
            reason = f"the tree of another function changed: {other}" if other else ""
            if number in strange:
                reason = "it means something else where the file is not whole"
            reason = reason or self._open_order(number, code, trees)
            self.doubts[number, code] = Doubts(reason, trees.facts.get(number, Facts()))
        return None

    def _strange(self, variants: Variants, whole: Trees, short: Trees) -> set[int]:
        """The places whose trees are others where the file is not whole."""
        found = _differing(whole, short) if self.short != self.text else set()
        if found:
            # where code is made, trees may be folded: without, they are those of the whole file
            compiled = self._compile(self.plain, variants, Shown.TREES, self.short)
            found = _differing(whole, trees_of(compiled, {}))
        return found

    def _open_order(self, number: int, code: str, trees: Trees) -> str:
        parameters = self.parameters.get(number, frozenset())
        text = open_expression(self.trees, trees, number, parameters)
        if not text and _FUNCTION_WITHIN.search(code):
            text = open_elsewhere(self.trees, trees)
        return f"the order of evaluation in {text[:100]} is open" if text else ""

    def _doubt(self, dialect: Dialect, number: int, code: str) -> str:
        """Why equal code of this dialect would not do."""
        doubts = self.doubts.get((number, code))
        if doubts is None:
            return f"{OTHER}: its trees were not seen"
        before, after = self.originals.get(number, Facts()), doubts.facts
        if doubts.reason or before.volatile != after.volatile:
            return doubts.reason or "accesses to volatile objects changed"
        if dialect.flags[-1] == "-O0" or dialect.name == "trap":
            return ""
        if after.reads or after.objects - before.objects:
            return f"{OTHER}: it may read what nobody set, so {dialect.flags[-1]} says nothing"
        return ""

    def _owner(self, symbol: str) -> int:
        """The place of a symbol, of a part that the optimiser split off, or of what lies in it."""
        name = re.sub(r"\.(?:cold|part|isra|constprop)(?:\.\d+)?$", "", symbol)
        if name in self.origin:
            return self.origin[name]
        inside = name.removeprefix("_ZZ").removeprefix("N")
        owners = (n for known, n in self.origin.items() if known[2:].removeprefix("N") in inside)
        return next(owners, -1) if name.startswith("_ZZ") else -1

    def _original(self, dialect: Dialect) -> Compiled:
        if dialect not in self._before:
            compiled = self._compile(dialect, {})
            self._before[dialect] = replace(compiled, trees="", ssa="")
        return self._before[dialect]

    def _compile(
        self, dialect: Dialect, variants: Variants, shown: Shown = Shown.CODE, text: str = ""
    ) -> Compiled:
        if dialect == self.plain and shown is Shown.CODE and self._lines_are_own:
            shown = Shown.ORIGINS  # its code is the same
        if shown is Shown.ORIGINS and self._last and self._last[0] == variants:
            return self._last[1]
        text = text or (self.text if shown is Shown.TREES else self.short)
        mapped = shown is not Shown.CODE
        text = marked(text, self.places, variants, self.compiler.tool.mark, mapped=mapped)
        compiled = self.compiler.compile(text, dialect, shown)
        if shown is Shown.ORIGINS:
            self._last = dict(variants), compiled
        return compiled

    @property
    def _lines_are_own(self) -> bool:
        return self._has_trees and all(place.lines != "file" for place in self.places)

    def _broken(self, compiled: Compiled, variants: Variants) -> dict[int, str]:
        return {n: compiled.problem for n in self._failed(compiled) if n in variants}

    def _failed(self, compiled: Compiled) -> set[int]:
        """The places to which errors belong, by a range of lines or by lines in the file."""
        return {number for line in compiled.errors if (number := self._at(line)) >= 0}

    def _at(self, line: int) -> int:
        if line >= FIRST:
            return (line - FIRST) // STEP
        for place in self.places:
            first = self.text.count("\n", 0, place.start) + 1
            if first <= line <= self.text.count("\n", 0, place.end) + 1:
                return place.number
        return -1


def _meets(definition: Definition, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < definition.end and definition.start < end for start, end in spans)


def _differing(one: Trees, other: Trees) -> set[int]:
    trees, others = one.plain, other.plain
    return {
        number for number in trees.keys() | others.keys() if trees.get(number) != others.get(number)
    }


def restore(path: str, data: bytes, times: tuple[int, int]) -> None:
    """Put back what the tree held, with its time: a build must not take it for changed."""
    with open(path, "wb") as file:
        file.write(data)
    os.utime(path, ns=times)
