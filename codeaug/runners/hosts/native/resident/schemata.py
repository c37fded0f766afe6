"""One file of many texts: each unit's block becomes a choice between the blocks of its texts.

Each block stands in a file of its own, which says (`#line`) that it is a file of its number: what
the compiler says of it, and what its counters say, belong to that text. `codeaug_active` tells
which one runs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .making import Made
from .texts import Block

ROUNDS = 4
ROOT = "/codeaug-text"
GLUE = "/codeaug-glue"
_NUMBER = re.compile(rf"{ROOT}/(\d+)/")
_CHOICE = re.compile(rf"{GLUE}/(\d+)(?::|$)")
_PLACE = re.compile(r"[^:\n]+:(\d+):")
_WORD = re.compile(r"^(?:[^\s:][^:\n]*:)?(?:\d+:)?(?:\d+:)? ?(fatal error|error|warning): (.+)$")
_QUOTED = re.compile(r"['\u2018][^'\u2019]*['\u2019]")


def write(folder: Path, source: bytes, blocks: Mapping[int, Block], name: str) -> bytes:
    """Write the blocks' files into `folder`; the text of the whole file, whose name is `name`.

    `source` is the unchanged text.
    """
    for number, block in blocks.items():
        line = f'#line {block.line} "{ROOT}/{number}/{name}"\n'.encode()
        (folder / f"{number}.inc").write_bytes(line + block.code + b"\n")
    pieces, at = [], 0
    for own in sorted((blocks[n] for n in firsts(blocks)), key=lambda block: block.start):
        glue = choice(folder, own.first)
        glue.write_text(f'#line 1 "{GLUE}/{own.first}"\n{_choice(folder, blocks, own.first)}')
        middle = f'{{\n#include "{glue}"\n#line {own.last_line}\n}}'.encode()
        pieces += [source[at : own.start], middle]
        at = own.end
    return b"".join([*pieces, source[at:]])


def choice(folder: Path, first: int) -> Path:
    """The file of the choice between the texts of a unit."""
    return folder / f"choice{first}.inc"


def _choice(folder: Path, blocks: Mapping[int, Block], first: int) -> str:
    """The unchanged one comes first: it runs while a text of another unit is active."""
    of_unit = sorted(number for number, block in blocks.items() if block.first == first)
    asked = [f"::codeaug_active == {number}" for number in of_unit]
    asked[0] = f"::codeaug_active <= {first} || ::codeaug_active > {of_unit[-1]}"
    questions = [f"if ({each})\n" for each in asked[:-1]] + [""]
    return "else\n".join(
        f'{question}#include "{folder}/{number}.inc"\n'
        for question, number in zip(questions, of_unit, strict=True)
    )


def firsts(blocks: Mapping[int, Block]) -> list[int]:
    """The numbers of the units' unchanged texts."""
    return [number for number, block in blocks.items() if number == block.first]


def narrowed(
    blocks: Mapping[int, Block], make: Callable[[int, Mapping[int, Block]], Made], least: int
) -> tuple[dict[int, Block], Made] | None:
    """What `make` makes of the blocks, without those that do not compile.

    A unit whose unchanged block is at fault is left out as a whole. `make` gets the number of the
    turn. None when it is not made: with fewer than `least` blocks, after too many turns, or where
    the fault is in no block.
    """
    left = dict(blocks)
    for turn in range(ROUNDS):
        if len(left) < least:
            return None
        made = make(turn, left)
        if not made.problem:
            return left, made
        guilty = culprits(made.log)
        if not guilty:
            return None
        left = {n: b for n, b in left.items() if guilty.isdisjoint((n, b.first))}
    return None


def flags(numbers: Iterable[int]) -> list[str]:
    """What makes `__FILE__` of a block what it is in the file."""
    return [f"-fmacro-prefix-map={ROOT}/{number}/=" for number in numbers]


def number_of(source: str) -> int | None:
    """The text to which a source's name belongs."""
    found = _NUMBER.match(source)
    return int(found[1]) if found else None


def culprits(log: str) -> set[int]:
    """The texts in which the compiler found errors: the unchanged one if it is in the choice."""
    found = (line for line in log.splitlines() if re.search(r"\berror: ", line))
    return {number for line in found if (number := _concerned(line)) is not None}


def _concerned(line: str) -> int | None:
    """The text that a line of a log is about, or the unit's unchanged one if it is the choice."""
    found = _NUMBER.match(line) or _CHOICE.match(line)
    return int(found[1]) if found else None


def log_of(log: str, number: int) -> str:
    """What of a log is about one text, or about none."""
    kept = []
    for line in log.splitlines():
        about = number_of(line)
        if about == number or (about is None and not line.startswith(GLUE)):
            kept.append(_NUMBER.sub("", line))
    return "\n".join(kept)


def news(log: str, number: int, first: int) -> bool:
    """Whether a text has words of the compiler that the unchanged one `first` has not."""
    return bool(_words(log_of(log, number)) - _words(log_of(log, first)))


def _words(log: str) -> Counter[str]:
    found = (_WORD.match(line) for line in log.splitlines())
    return Counter(f"{m[1]}: {_QUOTED.sub('', m[2])}" for m in found if m)


def doubtful(log: str, blocks: Mapping[int, Block]) -> set[int]:
    """The units of whose choice the compiler says what it may say of one text alone.

    By their unchanged texts' numbers. It says so of the line on which the unit ends.
    """
    found: set[int] = set()
    for line in log.splitlines():
        if "-Wreturn-type" in line and number_of(line) is None:
            place = _PLACE.match(line)
            ends = {n for n in firsts(blocks) if place and blocks[n].last_line == int(place[1])}
            chosen = _CHOICE.match(line)
            found |= {int(chosen[1])} if chosen else ends or set(firsts(blocks))
    return found
