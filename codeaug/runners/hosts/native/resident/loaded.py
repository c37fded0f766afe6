"""The texts of one file that are asked about: made together where they can be, else alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ..comparison.comparing import Comparing
from ..proof.job import Answer
from . import schemata
from .executed import Executed, read_together
from .making import Made, Maker
from .proving import Provings
from .texts import Block, lost_names, read, together

_WARNS = re.compile(r"-W(?!no-|l,|a,|p,).+|-pedantic.*")


class Loaded:
    """Texts of one file; the first is the unchanged one.

    `blocks` are those that share one compilation. What the compiler says of a text is only known
    from there while it says nothing new, and no name was lost of whose loss it could complain.
    """

    def __init__(self, folder: Path, maker: Maker, described: Sequence[Mapping[str, Any]]) -> None:
        self.folder, self.maker = folder, maker
        self.texts = [read(text) for text in described]
        self.blocks: dict[int, Block] = {}
        self.shared: Made | None = None
        self.looked_at: set[int] = set()
        self._alone: dict[int, Made] = {}
        self.comparing: Comparing | None = None

    def prepare(self) -> None:
        """Make what can be made together."""
        found = schemata.narrowed(together(self.texts), self._make, least=2)
        if found and not schemata.is_doubtful(found[1].log):
            self.blocks, self.shared = found
            self.looked_at = {n for n in self.blocks if n and self._is_doubtful(n)}

    def _make(self, turn: int, blocks: Mapping[int, Block]) -> Made:
        folder = self.folder / f"together{turn}"
        folder.mkdir(parents=True)
        main = schemata.write(folder, self.texts[0], blocks, self._name)
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
        return lost or schemata.news(self.shared.log, number)

    def words(self, number: int) -> tuple[str, str]:
        """What went wrong with a text's compilation, and the log. Raises Unready."""
        if number not in self.blocks or number in self.looked_at:
            made = self.alone(number)
            return made.problem, made.log
        assert self.shared is not None
        if self.looked_at or len(self.blocks) < len(self.texts):
            # some are compiled alone and are compared with this; here nothing is new
            return "", self.alone(0).log
        return "", schemata.log_of(self.shared.log, number)

    def end(self, number: int) -> tuple[str, str]:
        """What went wrong with a text's compilation, and the log, which may be left out.

        Raises Unready.
        """
        if number in self.blocks:
            return "", ""
        made = self.alone(number)
        return made.problem, made.log

    def alone(self, number: int) -> Made:
        """A text in a compilation of its own; not linked where its program is made already."""
        if number not in self._alone:
            folder, text = self.folder / str(number), self.texts[number].source
            made = self.maker.make(folder, text, link=number not in self.blocks)
            self._alone[number] = made
        return self._alone[number]

    def program(self, number: int) -> tuple[Made, bool]:
        """What runs a text, and whether it is made together with others."""
        if self.shared is not None and number in self.blocks:
            return self.shared, True
        return self.alone(number), False

    def lines(self, number: int) -> Executed:
        """What will tell the lines that a text's tests execute."""
        made, shared = self.program(number)
        if not shared:
            return Executed(made.notes, self.maker.path)
        return read_together(made.notes, self.maker.path, number, self.blocks)

    def proof(self, number: int, provings: Provings) -> Answer:
        """Whether a text means what the unchanged one does."""
        first = self.texts[0]
        proving = provings.of_file(self.maker.path, first.source)
        return proving.answer(first, self.texts[number])
