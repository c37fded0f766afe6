"""Fill in the middle of a function.

Gaps are whole statements, the whole body, or any run of characters; see Bavarian et al. 2022
(arXiv:2207.14255) for the last, Gong et al. 2024 (arXiv:2403.04814) for gaps that follow the
syntax tree.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace

from codeaug.languages import plain
from codeaug.model import Family, Unit
from codeaug.syntax import Node, SyntaxLimit, parse, walk
from codeaug.tasks import Example, Infilling, Outline, Task, choice
from codeaug.tasks.wording import texts

_BLOCKS = frozenset({"block", "constructor_body", "compound_statement"})
_SHARE_OF_STATEMENTS, _SHARE_OF_BODIES = 0.5, 0.2
_LEAST = 4  # characters before a gap and behind it
_TRIES = 8  # for one that is more than white space


def _examples(family: Family, seed: int) -> Iterator[Example]:
    for variant, code in texts(family):
        unit = family.unit
        text = code.encode("utf-8", "surrogateescape")
        gap = _gap(replace(unit, code=code[len(unit.margin) :]), text, choice(seed, "gap", code))
        if gap is None:
            continue
        start, end = gap
        parts = (text[:start], text[start:end], text[end:])
        prefix, middle, suffix = (part.decode("utf-8", "surrogateescape") for part in parts)
        content = Infilling(unit.language, prefix, middle, suffix)
        yield Example(TASK.name, unit.id, content, variant)


def _gap(unit: Unit, text: bytes, chosen: random.Random) -> tuple[int, int] | None:
    """From byte to byte of the text; None when there is no room for one."""
    kind = chosen.random()
    if kind < _SHARE_OF_STATEMENTS + _SHARE_OF_BODIES:
        blocks = _blocks(unit)
        if kind >= _SHARE_OF_STATEMENTS:
            blocks = blocks[:1]
        if blocks:
            return _run(chosen.choice(blocks), whole=kind >= _SHARE_OF_STATEMENTS, chosen=chosen)
    ends = [number for number, byte in enumerate(text) if byte & 0xC0 != 0x80]
    if len(ends) < 4 * _LEAST:
        return None
    for _ in range(_TRIES):
        start, end = sorted(chosen.sample(range(_LEAST, len(ends) - _LEAST), 2))
        if text[ends[start] : ends[end]].strip():
            return ends[start], ends[end]
    return None


def _blocks(unit: Unit) -> list[list[tuple[int, int]]]:
    """Where the statements of each block lie in the text, the outermost block first."""
    source, span = plain.alone(unit)
    shift = len(unit.margin.encode()) - span.start
    try:
        tree = parse(unit.language, source)
    except SyntaxLimit:
        return []
    found = []
    for node in walk(tree.root_node):
        inside = span.start < node.start_byte and node.end_byte <= span.end
        if node.type in _BLOCKS and inside and node.named_children:
            found.append([(s.start_byte + shift, s.end_byte + shift) for s in _statements(node)])
    return [block for block in found if block]


def _statements(block: Node) -> list[Node]:
    return [child for child in block.named_children if child.end_byte > child.start_byte]


def _run(
    statements: list[tuple[int, int]], *, whole: bool, chosen: random.Random
) -> tuple[int, int]:
    first, last = 0, len(statements) - 1
    if not whole:
        first = chosen.randint(0, last)
        last = chosen.randint(first, min(last, first + 3))
    return statements[first][0], statements[last][1]


def _of(outline: Outline) -> Iterable[str]:
    return outline.texts


TASK = Task(
    "infilling",
    "fill in what is missing in a function",
    Infilling,
    _examples,
    _of,
    may_lack=True,
)
