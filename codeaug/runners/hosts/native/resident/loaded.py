"""The texts of one file that are asked about: made together where they can be, else alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..comparison.comparing import Comparing
from ..comparison.prelude import Prelude
from ..proof.job import Answer
from . import schemata
from .affected import Unready
from .executed import Executed, read_together
from .making import Made, Maker
from .proving import Pair, Provings
from .texts import Block, has_statement, lost_names, read, together

FEW, UNITS = 9, 16  # texts of a unit, and units, that are proved at once, at most
_WARNS = re.compile(r"-W(?!no-|l,|a,|p,).+|-pedantic.*")


class Loaded:
    """Texts of units of one file, with the unchanged one of each.

    `blocks` are those that share one compilation, except for the units in `doubtful`, of which only
    the unchanged text runs there. What the compiler says of a text is only known from there while
    it says nothing new, and no name was lost of whose loss it could complain. Where texts are meant
    to be `alike`, they are proved together.
    """

    def __init__(
        self, folder: Path, maker: Maker, described: Sequence[Mapping[str, Any]], *, alike: bool
    ) -> None:
        self.folder, self.maker, self.alike = folder, maker, alike
        self.texts = [read(text) for text in described]
        self.blocks: dict[int, Block] = {}
        self.shared: Made | None = None
        self.doubtful: set[int] = set()
        self.looked_at: set[int] = set()
        self._alone: dict[int, Made] = {}
        self._comparing: tuple[int, Comparing] | None = None

    def prepare(self) -> None:
        """Make what can be made together. Raises Unready where that fails for several units."""
        blocks = together(self.texts)
        counted = {n: b for n, b in blocks.items() if n == b.first or has_statement(b)}
        found = schemata.narrowed(counted, self._make, least=2)
        if found:
            self.blocks, self.shared = found
            self.doubtful = schemata.doubtful(self.shared.log, self.blocks)
            changed = set(self.blocks) - set(schemata.firsts(self.blocks))
            self.looked_at = {n for n in changed if self._shares(n) and self._is_doubtful(n)}
        elif any(text.first for text in self.texts):
            raise Unready("the units are not compiled together")

    def _shares(self, number: int) -> bool:
        return number in self.blocks and self.texts[number].first not in self.doubtful

    def _make(self, turn: int, blocks: Mapping[int, Block]) -> Made:
        folder = self.folder / f"together{turn}"
        folder.mkdir(parents=True)
        main = schemata.write(folder, self.texts[0].source, blocks, self._name)
        return self.maker.make(folder, main, schemata.flags(blocks))

    @property
    def _name(self) -> str:
        """The file's name as the compiler has it."""
        for use in self.maker.plan.compiles:
            for source in use.recipe.sources:
                if use.recipe.path(source) == self.maker.path:
                    return source
        return self.maker.path

    def _is_doubtful(self, number: int) -> bool:
        assert self.shared is not None
        recipes = [use.recipe for use in self.maker.plan.compiles]
        warns = any(_WARNS.fullmatch(word) for recipe in recipes for word in recipe.args)
        lost = warns and bool(lost_names(self.texts, number))
        return lost or schemata.news(self.shared.log, number, self.texts[number].first)

    def words(self, number: int) -> tuple[str, str]:
        """What went wrong with a text's compilation, and the log. Raises Unready."""
        if not self._shares(number) or number in self.looked_at:
            made = self.alone(number)
            return made.problem, made.log
        assert self.shared is not None
        unit = self.numbers(self.texts[number].first)
        if not self.looked_at.isdisjoint(unit) or not all(map(self._shares, unit)):
            # some are compiled alone and are compared with this; here nothing is new
            return "", self.alone(0).log
        return "", schemata.log_of(self.shared.log, number)

    def end(self, number: int) -> tuple[str, str]:
        """What went wrong with a text's compilation, and the log, which may be left out.

        Raises Unready.
        """
        if self._shares(number):
            return "", ""
        made = self.alone(number)
        return made.problem, made.log

    def alone(self, number: int) -> Made:
        """A text in a compilation of its own; not linked where its program is made already."""
        if number not in self._alone:
            self._forget(self.texts[number].first)
            folder, text = self.folder / str(number), self.texts[number].source
            made = self.maker.make(folder, text, link=not self._shares(number))
            self._alone[number] = made
        return self._alone[number]

    def _forget(self, first: int) -> None:
        """Remove what was made alone of other units' texts, but not of the unchanged file."""
        for number in [n for n in self._alone if n and self.texts[n].first != first]:
            shutil.rmtree(self._alone.pop(number).folder)

    def program(self, number: int) -> tuple[Made, bool]:
        """What runs a text, and whether it is made together with others."""
        if self.shared is not None and self._shares(number):
            return self.shared, True
        return self.alone(number), False

    def numbers(self, first: int) -> list[int]:
        """The texts of the unit whose unchanged text is `first`."""
        return [number for number, text in enumerate(self.texts) if text.first == first]

    def comparing(self, first: int, path: str, maker: Maker, prelude: Prelude) -> Comparing:
        """What compares the texts of a unit; those of another are forgotten.

        There they are counted from 0, the unchanged one.
        """
        if self._comparing is None or self._comparing[0] != first:
            if self._comparing is not None:
                shutil.rmtree(self._comparing[1].folder, ignore_errors=True)  # perhaps not made
            folder = self.folder / f"compared{first}"
            texts = [replace(self.texts[number], first=0) for number in self.numbers(first)]
            self._comparing = first, Comparing(folder, path, maker, prelude, texts)
        return self._comparing[1]

    def lines(self, number: int) -> Executed:
        """What will tell the lines that a text's tests execute."""
        made, shared = self.program(number)
        if not shared:
            return Executed(made.notes, self.maker.path)
        return read_together(made.notes, self.maker.path, number, self.blocks)

    def proof(self, number: int, provings: Provings) -> Answer:
        """Whether a text means what the unchanged one does."""
        first = self.texts[self.texts[number].first]
        proving = provings.of_file(self.maker.path, first.source)
        company = [self._pair(n) for n in self._company(number)]
        return proving.answer(self._pair(number), company)

    def _pair(self, number: int) -> Pair:
        return self.texts[self.texts[number].first], self.texts[number]

    def _company(self, number: int) -> list[int]:
        """The texts that are proved with this one: those of its unit and of some next to it."""
        if not self.alike or not self._shares(number):
            return []
        few = [u for u in map(self.numbers, schemata.firsts(self.blocks)) if len(u) <= FEW]
        at = next((n for n, unit in enumerate(few) if number in unit), None)
        if at is None:
            return []
        start = at - at % UNITS
        return [n for unit in few[start : start + UNITS] for n in unit[1:] if self._shares(n)]
