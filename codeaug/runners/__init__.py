"""What runs a build's steps in the sandbox, and the helper programs that run inside it.

`cold`      the build's own steps, each a program that starts, does one job and ends
`resident`  a program that stays: prepared once, then many texts of a file a second
`programs`  such a program in its workspace; `protocol`: what it is told, and what it says
`workshop`  the resident program where it can judge, the cold steps where it hands over

All are a `Runner`, and say the same of the same text. `resident` raises `HandOver` where it cannot
be right; `cold` compiles and tests only: it proves and compares nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from codeaug.model import Comparison, Diagnostics, Exploration, Proof, Rerun

Result_co = TypeVar("Result_co", covariant=True)


class HandOver(Exception):
    """A resident program cannot judge this text; the message says why. The cold way can."""


@dataclass(frozen=True, slots=True)
class Ran(Generic[Result_co]):
    """A result with what brought it about: the command, seconds, exit code, output.

    `limit` names what stopped it (`wall time`, `memory`, ...), "" when it ended by itself.
    `resident` says which way it was.
    """

    result: Result_co
    command: str = ""
    seconds: float = 0.0
    exit_code: int | None = None
    log: str = ""
    limit: str = ""
    resident: bool = False


class Runner(Protocol):
    """Compiles texts of one file of a project in its place, and runs tests on them."""

    def compile(self, text: bytes, *, words: bool = True) -> Ran[Diagnostics]:
        """Without `words`, whether it compiles is all that is asked: what the compiler says may be
        left out."""

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        """`tests` in this order, `text` in place; they may stop at the first that does not pass.

        They are stopped after `seconds` of wall time.
        """

    def prove(self, text: bytes) -> Ran[Proof]:
        """Whether the unit means in `text` what it means in the unchanged file."""

    def compare(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Comparison]:
        """The unit in `text` and in the unchanged file on the same inputs.

        They are what `tests` pass to the unit, and what grows from that, within `seconds`.
        """

    def explore(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Exploration]:
        """The unit in `text` and in the unchanged file on symbols of its parameters' types."""


__all__ = ["HandOver", "Ran", "Runner"]
