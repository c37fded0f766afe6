"""One file of many texts: the unit's block becomes a choice between the blocks of all of them.

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
from .texts import Block, Text

ROUNDS = 4
ROOT = "/codeaug-text"
GLUE = "/codeaug-glue"
_NUMBER = re.compile(rf"{ROOT}/(\d+)/")
_WORD = re.compile(r"^(?:[^\s:][^:\n]*:)?(?:\d+:)?(?:\d+:)? ?(fatal error|error|warning): (.+)$")
_QUOTED = re.compile(r"['\u2018][^'\u2019]*['\u2019]")


def write(folder: Path, first: Text, blocks: Mapping[int, Block], name: str) -> bytes:
    """Write the blocks' files into `folder`; the text of the whole file, whose name is `name`."""
    for number, block in blocks.items():
        line = f'#line {block.line} "{ROOT}/{number}/{name}"\n'.encode()
        (folder / f"{number}.inc").write_bytes(line + block.code + b"\n")
    choice = "".join(
        f'if (::codeaug_active == {number})\n#include "{folder}/{number}.inc"\nelse\n'
        for number in blocks
        if number
    )
    glue = folder / "choice.inc"
    glue.write_text(f'#line 1 "{GLUE}"\n{choice}#include "{folder}/0.inc"\n')
    own = blocks[0]
    middle = f'{{\n#include "{glue}"\n#line {own.last_line}\n}}'.encode()
    return first.source[: own.start] + middle + first.source[first.body[1] :]


def narrowed(
    blocks: Mapping[int, Block], make: Callable[[int, Mapping[int, Block]], Made], least: int
) -> tuple[dict[int, Block], Made] | None:
    """What `make` makes of the blocks, without those that do not compile.

    `make` gets the number of the turn. None when it is not made: with fewer than `least` blocks,
    after too many turns, or where the fault is in no block or in the unchanged one.
    """
    left = dict(blocks)
    for turn in range(ROUNDS):
        if len(left) < least:
            return None
        made = make(turn, left)
        if not made.problem:
            return left, made
        guilty = culprits(made.log)
        if not guilty or 0 in guilty:
            return None
        left = {number: block for number, block in left.items() if number not in guilty}
    return None


def flags(numbers: Iterable[int]) -> list[str]:
    """What makes `__FILE__` of a block what it is in the file."""
    return [f"-fmacro-prefix-map={ROOT}/{number}/=" for number in numbers]


def number_of(source: str) -> int | None:
    """The text to which a source's name belongs."""
    found = _NUMBER.match(source)
    return int(found[1]) if found else None


def culprits(log: str) -> set[int]:
    """The texts in which the compiler found errors."""
    found = (line for line in log.splitlines() if re.search(r"\berror: ", line))
    return {number for line in found if (number := number_of(line)) is not None}


def log_of(log: str, number: int) -> str:
    """What of a log is about one text, or about none."""
    kept = []
    for line in log.splitlines():
        about = number_of(line)
        if about == number or (about is None and not line.startswith(GLUE)):
            kept.append(_NUMBER.sub("", line))
    return "\n".join(kept)


def news(log: str, number: int) -> bool:
    """Whether a text has words of the compiler that the unchanged one has not."""
    return bool(_words(log_of(log, number)) - _words(log_of(log, 0)))


def _words(log: str) -> Counter[str]:
    found = (_WORD.match(line) for line in log.splitlines())
    return Counter(f"{m[1]}: {_QUOTED.sub('', m[2])}" for m in found if m)


def is_doubtful(log: str) -> bool:
    """Whether the compiler says something of the choice that it may say of one text alone."""
    return any("-Wreturn-type" in line and number_of(line) is None for line in log.splitlines())
