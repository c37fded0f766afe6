"""What runs a build's steps in the sandbox, and the helper programs that run inside it.

`cold`      the build's own steps, each a program that starts, does one job and ends
`resident`  a program that stays: prepared once, then many texts of a file a second

Both are a `Runner`, and say the same of the same text; `resident` hands over to `cold` where it
cannot be right (`HandOver`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from codeaug.model import Diagnostics, Rerun

Result_co = TypeVar("Result_co", covariant=True)


class HandOver(Exception):
    """A resident program cannot judge this text; the message says why. The cold way can."""


@dataclass(frozen=True, slots=True)
class Ran(Generic[Result_co]):
    """A result with what brought it about: the command, seconds, exit code, output.

    `limit` names what stopped it (`wall time`, `memory`, ...), "" when it ended by itself.
    """

    result: Result_co
    command: str
    seconds: float
    exit_code: int | None
    log: str
    limit: str = ""


class Runner(Protocol):
    """Compiles texts of one file of a project in its place, and runs tests on them."""

    def compile(self, text: bytes) -> Ran[Diagnostics]: ...

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        """`tests` in this order, `text` in place; they may stop at the first that does not pass.

        They are stopped after `seconds` of wall time.
        """


__all__ = ["HandOver", "Ran", "Runner"]
