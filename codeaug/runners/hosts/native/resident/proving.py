"""Proofs about texts of one file, which is not written for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import Ended, run
from ..proof.asked import Asked, Function
from ..proof.dialects import ENVIRONMENT
from ..proof.job import Answer, Proof, merge, tools_of
from ..proof.lines import Line, lines_of
from ..proof.marking import Place
from ..proof.placing import Placing
from ..proof.prover import Prover
from .affected import Unready
from .swapping import Swaps
from .texts import Text

OTHERS = ("g++", "clang++")


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
    """One text after another is proved; what is known of the first stays known."""

    folder: Path
    path: str
    first: Text
    all_lines: Sequence[Line]
    swaps: Swaps
    kept: dict[Line, dict[tuple[Place, ...], dict[str, Prover]]] = field(default_factory=dict)
    lines: list[Line] | None = None

    def answer(self, text: Text) -> Answer:
        """Raises Unready."""
        function = self._function(text)
        if function is None:
            return Answer("", "the text differs outside of the unit")
        if self.lines is None:
            self.lines = lines_of(self.all_lines, self.path)
        if not self.lines:
            return Answer("", "no compile line of the project has this file")
        proof = Proof({})
        place = Elsewhere(self.path, self.folder / "text", self.swaps)
        original = self.first.source.decode("utf-8", "surrogateescape")
        for line in self.lines:
            kept = self.kept.setdefault(line, {})
            asked = Asked(place, original, [function], line, self.folder, kept=kept)
            if tools := tools_of(line, OTHERS):
                asked.answer(tools)
            merge(proof, asked, [(0, 0)])
        return proof.answers[0, 0]

    def _function(self, text: Text) -> Function | None:
        """The unit with the other text's code: offsets in characters."""
        first, other = self.first, text.source
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
