"""What the scripted models of the benchmarks say; the model server loads `slow` by its name.

The shares of right, wrong and broken replies are invented: no model was asked for them. What the
pipeline makes of each kind is measured.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from codeaug.model import Unit
from tests.model_api.script import Reply, Request

SECONDS = 1.0
CODE = "    total = [value for value in values if value is not None]\n" * 30
RIGHT, WRONG, BROKEN = "right", "mutant", "broken"
SHARES = {RIGHT: 50, WRONG: 25, BROKEN: 25}
MARKS = {"python": "python", "java": "java", "cpp": "cpp"}
FOREIGN = {
    "python": "```java\nint first(int fallback) {\n    return fallback;\n}\n```",
    "java": "```python\ndef first(fallback):\n    return fallback\n```",
    "cpp": "```python\ndef first(fallback):\n    return fallback\n```",
}
_FUNCTION = re.compile(r"(<<\w+>>) begin function\n(.*?)\n\1 end function", re.DOTALL)


def slow(request: Request) -> Reply:
    """A reply of the usual size, after a second."""
    return Reply(f"```python\ndef f(values):\n{CODE}    return total\n```\n", after=SECONDS)


@dataclass(frozen=True)
class Known:
    """What can be said about one unit: right rewrites, and mutants."""

    unit: Unit
    right: Sequence[str]
    wrong: Sequence[str]


@dataclass(frozen=True)
class Said:
    """A reply and what it was meant to be: right, mutant, or a way of being broken."""

    meant: str
    reply: Reply


def said(known: Known, sample: int, rounds: int) -> Said:
    """Always the same for a unit's sample and how often it was written again.

    Where nothing right or wrong is known, the reply is broken.
    """
    share = drawn(known.unit.id, sample, rounds, "share") % sum(SHARES.values())
    pick = drawn(known.unit.id, sample, rounds, "pick")
    if share < SHARES[RIGHT] and known.right:
        return Said(RIGHT, fenced(known.unit, known.right[(sample + rounds) % len(known.right)]))
    if SHARES[RIGHT] <= share < SHARES[RIGHT] + SHARES[WRONG] and known.wrong:
        return Said(WRONG, fenced(known.unit, known.wrong[(sample + rounds) % len(known.wrong)]))
    ways = list(WAYS)
    meant = ways[pick % len(ways)]
    return Said(meant, WAYS[meant](known))


def drawn(*parts: object) -> int:
    return int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:8], "big")


def scripted(known: Mapping[str, Known]) -> Callable[[Request], Reply]:
    """The script for these units, by their code as a request shows it."""

    def reply(request: Request) -> Reply:
        match = _FUNCTION.search(request.prompt)
        assert match is not None, "the request shows no function"
        rounds = sum(message["role"] == "assistant" for message in request.messages)
        return said(known[match[2]], request.body["seed"], rounds).reply

    return reply


def fenced(unit: Unit, code: str, before: str = "Here it is.\n\n") -> Reply:
    return Reply(f"{before}```{MARKS[unit.language]}\n{code}\n```\n")


def _renamed(known: Known, text: str) -> str:
    """The original with `text` for its name and opening bracket."""
    name = re.split(r"::|\.", known.unit.name.partition("#")[0])[-1]
    opening = rf"{re.escape(name)}(\s*)\("
    return re.sub(opening, text.replace("NAME", name), known.unit.code, count=1)


def _cut(known: Known, finish: str) -> Reply:
    whole = fenced(known.unit, (*known.right, known.unit.code)[0]).text or ""
    return Reply(whole[: len(whole) // 2], finish_reason=finish)


WAYS: Mapping[str, Callable[[Known], Reply]] = {
    "cut at the token limit": lambda known: _cut(known, "length"),
    "cut without saying so": lambda known: _cut(known, "stop"),
    "two functions": lambda known: fenced(
        known.unit, known.unit.code + "\n\n" + _renamed(known, r"NAMEAgain\1(")
    ),
    "another name": lambda known: fenced(known.unit, _renamed(known, r"NAMEAgain\1(")),
    "another signature": lambda known: fenced(known.unit, _renamed(known, r"NAME\1(extra, ")),
    "another language": lambda known: Reply(FOREIGN[known.unit.language]),
    "no syntax": lambda known: fenced(known.unit, known.unit.code.replace(")", "((")),
    "the original": lambda known: fenced(known.unit, known.unit.code),
    "words only": lambda known: Reply("Use a loop, and return early where the list is empty."),
    "a refusal": lambda known: Reply("I'm sorry, but I can't help with that."),
    "nothing": lambda known: Reply(""),
    "not applicable": lambda known: Reply("NOT_APPLICABLE"),
    "unfinished thought": lambda known: Reply("<think>First I look at the loop. It"),
}  # fmt: skip
