"""Where compilers find a text: in the place of the file that it is a text of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..programs import Ended, run
from .dialects import ENVIRONMENT


@dataclass(frozen=True)
class Placing:
    """The file `path` itself, which is written over."""

    path: str

    def write(self, text: str) -> None:
        """From now on compilers find `text`."""
        with open(self.path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
            file.write(text)

    def run(self, args: Sequence[str], folder: str) -> Ended:
        """A compiler, which finds the text."""
        return run(args, folder, ENVIRONMENT)
