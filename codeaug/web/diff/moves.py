"""What moved: statements that stand elsewhere in the other text, found in the syntax trees.

A statement is known again by its tokens, whatever its layout; one with other tokens counts as
moved and edited when most of them are the same. Lines that are no statement (comments, a text that
does not parse) are known by their text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from codeaug.languages.alone import around, tree_of
from codeaug.syntax import Node, SyntaxLimit, walk
from codeaug.web.diff.pairs import Pair, paired

_WORTH_FOLLOWING = 8  # characters
_FEWEST_TOKENS = 5
_SIMILAR = 0.6
_MOST_COMPARISONS = 2500
_BLOCKS = frozenset(
    {"block", "constructor_body", "compound_statement", "switch_block_statement_group",
     "case_statement", "switch_block"}
)  # fmt: skip
_TEXTS = ("string", "char", "raw_string", "text_block")
_COMMENTS = ("#", "//", "/*")


@dataclass(frozen=True, slots=True)
class Move:
    """Where a line stands in the other text (from 0), if it has a line of its own there."""

    other: int | None
    edited: bool = False


Moves = tuple[dict[int, Move], dict[int, Move]]
"""The lines (from 0) of the old text, and of the new one, that moved."""


@dataclass(frozen=True, slots=True)
class _Statement:
    kind: str
    first: int
    last: int
    tokens: tuple[str, ...]

    @property
    def lines(self) -> range:
        return range(self.first, self.last + 1)


def moves(
    old: Sequence[str],
    new: Sequence[str],
    language: str,
    pairs: Sequence[Pair],
    same: Mapping[int, int],
) -> Moves:
    """The lines that moved: none of those that are the `same` in their place."""
    search = _Search(old, new, pairs, same)
    left, right = (list(_statements(lines, language)) for lines in (old, new))
    search.whole(left, right)
    search.edited(left, right)
    search.by_text()
    return search.gone, search.come


class _Search:
    """What was found of two texts until now."""

    def __init__(
        self,
        old: Sequence[str],
        new: Sequence[str],
        pairs: Sequence[Pair],
        same: Mapping[int, int],
    ) -> None:
        self._old, self._new = old, new
        self._partner = {i: j for i, j in pairs if i is not None and j is not None}
        # Lines that stayed or whose place was found.
        self._settled_old, self._settled_new = set(same), set(same.values())
        self._paired_new = set(self._partner.values())
        self.gone: dict[int, Move] = {}
        self.come: dict[int, Move] = {}

    def whole(self, left: Sequence[_Statement], right: Sequence[_Statement]) -> None:
        """Statements with the same tokens, the outer before the inner."""
        waiting: dict[tuple[str, ...], list[_Statement]] = defaultdict(list)
        for statement in right:
            if statement.first not in self._settled_new:
                waiting[statement.tokens].append(statement)
        for statement in left:
            if statement.first in self._settled_old:
                continue
            same = [s for s in waiting[statement.tokens] if s.first not in self._settled_new]
            here = self._partner.get(statement.first)
            found = next((s for s in same if s.first == here), same[0] if same else None)
            if found is not None:
                self._settle(statement, found, edited=False)

    def edited(self, left: Sequence[_Statement], right: Sequence[_Statement]) -> None:
        """Statements with mostly the same tokens, neither of which has a partner in its place."""
        olds = [s for s in left if self._is_free(s.lines, self._settled_old, self._partner)]
        news = [s for s in right if self._is_free(s.lines, self._settled_new, self._paired_new)]
        if len(olds) * len(news) > _MOST_COMPARISONS:
            return
        alike = sorted(
            ((_likeness(a, b), a, b) for a in olds for b in news),
            key=lambda found: (-found[0], found[1].first, found[2].first),
        )
        for likeness, a, b in alike:
            if likeness < _SIMILAR:
                break
            if not self._settled_old.intersection(a.lines) and not self._settled_new.intersection(
                b.lines
            ):
                self._settle(a, b, edited=True)

    @staticmethod
    def _is_free(lines: range, settled: set[int], partners: set[int] | dict[int, int]) -> bool:
        return lines.start not in partners and not settled.intersection(lines)

    def _settle(self, a: _Statement, b: _Statement, *, edited: bool) -> None:
        if self._partner.get(a.first) != b.first:
            old = [line.strip() for line in self._old[a.first : a.last + 1]]
            new = [line.strip() for line in self._new[b.first : b.last + 1]]
            for i, j in paired(old, new, old, new):
                here, there = _at(i, a.first), _at(j, b.first)
                if here is not None and here not in self._settled_old:
                    self.gone[here] = Move(there, edited)
                if there is not None and there not in self._settled_new:
                    self.come[there] = Move(here, edited)
        self._settled_old.update(a.lines)
        self._settled_new.update(b.lines)

    def by_text(self) -> None:
        """Lines, without their indentation, that one text lost and the other gained."""
        places: dict[str, list[int]] = defaultdict(list)
        for j, line in enumerate(self._new):
            if j not in self._settled_new and j not in self._paired_new:
                places[line.strip()].append(j)
        for i, line in enumerate(self._old):
            known = places.get(line.strip())
            free = i not in self._settled_old and i not in self._partner
            if known and free and len(line.strip()) >= _WORTH_FOLLOWING:
                j = known.pop(0)
                self.gone[i], self.come[j] = Move(j), Move(i)


def _at(place: int | None, start: int) -> int | None:
    return None if place is None else place + start


def _likeness(a: _Statement, b: _Statement) -> float:
    if a.kind != b.kind or min(len(a.tokens), len(b.tokens)) < _FEWEST_TOKENS:
        return 0.0
    matcher = SequenceMatcher(None, a.tokens, b.tokens, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _SIMILAR else 0.0


# --- statements -----------------------------------------------------------------------------------


def _statements(lines: Sequence[str], language: str) -> Iterator[_Statement]:
    """Those that have their lines to themselves, the outer before the inner."""
    code = "\n".join(lines)
    before, after = around(language, code)
    source, above = f"{before}{code}{after}".encode("utf-8", "replace"), before.count("\n")
    try:
        root = tree_of(language, code).root_node
    except (SyntaxLimit, KeyError):
        return
    rows = source.split(b"\n")
    for block in walk(root):
        if block.type not in _BLOCKS:
            continue
        for node in block.named_children:
            if node.type not in _BLOCKS and "comment" not in node.type and _is_alone(node, rows):
                first = node.start_point.row - above
                last = node.end_point.row - above
                tokens = tuple(_tokens(node, source))
                if sum(map(len, tokens)) >= _WORTH_FOLLOWING:
                    yield _Statement(node.type, first, last, tokens)


def _is_alone(node: Node, rows: Sequence[bytes]) -> bool:
    ahead = rows[node.start_point.row][: node.start_point.column].strip()
    behind = rows[node.end_point.row][node.end_point.column :].decode("utf-8", "replace").strip()
    return not ahead and (not behind or behind.startswith(_COMMENTS))


def _tokens(node: Node, source: bytes) -> Iterator[str]:
    """The texts of the leaves without comments; that of a string is one."""
    for part in walk(node, lambda found: not found.type.startswith(_TEXTS)):
        whole = part.type.startswith(_TEXTS) or not part.child_count
        if whole and "comment" not in part.type:
            yield source[part.start_byte : part.end_byte].decode("utf-8", "replace")
