"""Proofs about texts of one file, which is not written for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..programs import Ended, run
from ..proof.asked import Function
from ..proof.dialects import ENVIRONMENT
from ..proof.job import Answer, File
from ..proof.lines import Line, lines_of
from ..proof.placing import Placing
from .affected import Unready
from .swapping import Swaps
from .texts import Text

Pair = tuple[Text, Text]
"""The unchanged text of a unit and another one."""


@dataclass(frozen=True)
class Elsewhere(Placing):
    """The text lies in another file, which compilers read in the place of `path`."""

    file: Path
    swaps: Swaps

    def write(self, text: str) -> None:
        self.file.write_bytes(text.encode("utf-8", "surrogateescape"))

    def run(self, args: Sequence[str], folder: str) -> Ended:
        swap = self.swaps.swap({self.path: str(self.file)}, ENVIRONMENT)
        ended = run(args, folder, swap.env)
        happened = swap.happened
        swap.forget()
        if ended.exit_code == 0 and not happened:
            raise Unready("a compiler does not read the file where we put it")
        return ended


@dataclass
class Proving:
    """One text of a file after another is proved to mean what the unchanged one does."""

    file: File
    answers: dict[Function, Answer] = field(default_factory=dict)

    def answer(self, text: Pair, company: Sequence[Pair] = ()) -> Answer:
        """What was asked before is known. Raises Unready.

        `company` may be asked for later: it is proved in the same compilations.
        """
        function = _function(*text)
        if function is None:
            return Answer("", "the text differs outside of the unit")
        if function not in self.answers:
            others = (_function(*each) for each in company)
            self._ask(dict.fromkeys([function, *filter(None, others)]))
        return self.answers[function]

    def _ask(self, functions: Iterable[Function]) -> None:
        """Each function has one text; those of the same unit are asked as one."""
        codes: dict[Function, list[str]] = {}
        for function in functions:
            codes.setdefault(replace(function, codes=()), []).extend(function.codes)
        units = [replace(unit, codes=tuple(texts)) for unit, texts in codes.items()]
        for (number, k), answer in self.file.proof(units).answers.items():
            unit = units[number]
            self.answers[replace(unit, codes=(unit.codes[k],))] = answer


def _function(first: Text, text: Text) -> Function | None:
    """The unit with the other text's code: offsets in characters."""
    other = text.source
    start, end = first.span
    around = other[: text.span[0]], other[text.span[1] :]
    if around != (first.source[:start], first.source[end:]):
        return None
    code = other[slice(*text.span)].decode("utf-8", "surrogateescape")
    start, end, body = (
        len(first.source[:at].decode("utf-8", "surrogateescape"))
        for at in (*first.span, first.body[0])
    )
    return Function(start, end, body, (code,))


@dataclass
class Provings:
    """What proves texts of a project's files, in folders below `home`."""

    home: Path
    lines: Sequence[Line]
    swaps: Swaps
    found: dict[tuple[str, bytes], Proving] = field(default_factory=dict)

    def of_file(self, path: str, source: bytes) -> Proving:
        """The one for this text of the file."""
        key = path, source
        if key not in self.found:
            folder = self.home / f"proof{len(self.found)}"
            folder.mkdir()
            place = Elsewhere(path, folder / "text", self.swaps)
            original = source.decode("utf-8", "surrogateescape")
            self.found[key] = Proving(File(place, original, lines_of(self.lines, path), folder))
        return self.found[key]
