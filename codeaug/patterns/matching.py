"""Where a file has code like a pattern. The only module that knows ast-grep.

ast-grep finds the nodes, whatever punctuation and comments stand between them; a match counts only
where all that stands outside of the metavariables is what the pattern says, comments and layout
apart. So `delete $P` is no `delete[] p`, and where a comment is in the way the site can say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ast_grep_py import Pattern, SgNode, SgRoot

from codeaug.errors import UsageError
from codeaug.model import Span
from codeaug.patterns.template import STATEMENTS, Part, Shape, pieces, without

_COMMENTS = {
    "java": ("line_comment", "block_comment"),
    "cpp": ("comment",),
    "python": ("comment",),
}
_STATEMENTS = ("statement", "declaration", "definition", "loop")
"""Words that the kinds of statements end with."""
_FOLLOWED = r"\b__\w+;\s*[^\s}]"


@dataclass(frozen=True, slots=True)
class Match:
    """`nodes` are what each metavariable stands for, `places` all its places in order; bytes."""

    span: Span
    nodes: Mapping[str, tuple[Span, ...]]
    places: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """As a `Match`, of one part of a pattern, in characters."""

    node: SgNode
    span: Span
    nodes: Mapping[str, tuple[Span, ...]]
    places: tuple[tuple[str, Span], ...]


class _File:
    """A file as ast-grep reads it."""

    def __init__(self, language: str, text: str) -> None:
        self.language, self.text = language, text
        self.root = SgRoot(text, language).root()
        self._bytes = (
            None if text.isascii() else [0, *accumulate(len(char.encode()) for char in text)]
        )

    def bytes_of(self, span: Span) -> Span:
        if self._bytes is None:
            return span
        return Span(self._bytes[span.start], self._bytes[span.end])

    def said(self, span: Span, comments: Sequence[Span]) -> list[int]:
        """The places of the characters that are neither layout nor comment."""
        found, position = [], span.start
        for hidden in (*(c for c in comments if c.start >= span.start), Span(span.end, span.end)):
            for place in range(position, min(hidden.start, span.end)):
                char = self.text[place]
                joined = char == "\\" and self.text[place + 1 : place + 2] in "\r\n"
                if not char.isspace() and not joined:
                    found.append(place)
            position = max(position, hidden.end)
        return found


@lru_cache(maxsize=4)
def _file(language: str, text: str) -> _File:
    return _File(language, text)


def require_findable(language: str, shape: Shape) -> None:
    """Raises UsageError where ast-grep cannot look for it."""
    for part in shape.parts:
        if part.text.startswith("$$$") and not any(pieces(part.text)[::2]):
            raise UsageError(f"{part.text} beside other statements: name what it stands in")
        if part.kind in ("block", "compound_statement"):
            raise UsageError("a block alone: name what it belongs to")
        try:
            _file(language, "").root.find(pattern=_pattern(part))
        except RuntimeError as error:
            reason = str(error).partition("\n\nStack")[0].split("\n")[-1].strip()
            raise UsageError(f"ast-grep cannot look for {part.text!r}: {reason}") from error
    if not matches(language, shape.sample, shape):
        hint = ": $$$ must be the last of its block" if re.search(_FOLLOWED, shape.sample) else ""
        raise UsageError(f"ast-grep reads it in another way, and would not find it{hint}")


def _pattern(part: Part) -> Pattern:
    return {"context": part.context, "selector": part.kind, "strictness": "relaxed"}


@lru_cache(maxsize=256)
def matches(language: str, text: str, shape: Shape) -> tuple[Match, ...]:
    """Every place of the file that is like the pattern, in order."""
    file = _file(language, text)
    tables = [_table(file, part, shape.what) for part in shape.parts]
    found = []
    for first in tables[0].values():
        row = [first]
        for table in tables[1:]:
            following = table.get(_next(row[-1].node))
            if following is None:
                break
            row.append(following)
        if len(row) == len(tables) and _agree(file, row):
            found.append(_joined(file, row))
    return tuple(sorted(found, key=lambda match: (match.span.start, -match.span.end)))


def _table(file: _File, part: Part, what: str) -> dict[int, _Found]:
    """What is like one part of a pattern, by where it starts."""
    table: dict[int, _Found] = {}
    for node in file.root.find_all(pattern=_pattern(part)):
        whole = _whole(node) if what == STATEMENTS else node
        aligned = _aligned(file, node, part) if whole is not None else None
        if whole is not None and aligned is not None:
            table.setdefault(_span(whole).start, _Found(whole, _span(whole), *aligned))
    return table


def _whole(node: SgNode) -> SgNode | None:
    """The statement that a node is; None where it is a part of one."""
    while node.kind().rpartition("_")[2] not in _STATEMENTS:
        above = node.parent()
        if above is None or _span(above) != _span(node):
            return None
        node = above
    return node


def _span(node: SgNode) -> Span:
    place = node.range()
    return Span(place.start.index, place.end.index)


def _next(node: SgNode) -> int:
    """Where the next statement starts, -1 where there is none."""
    following = node.next()
    while following is not None and (not following.is_named() or "comment" in following.kind()):
        following = following.next()
    return _span(following).start if following is not None else -1


def _aligned(
    file: _File, node: SgNode, part: Part
) -> tuple[dict[str, tuple[Span, ...]], tuple[tuple[str, Span], ...]] | None:
    """What the metavariables stand for, and where; None where something else is different."""
    kinds = _COMMENTS[file.language]
    comments = sorted(
        (_span(each) for kind in kinds for each in node.find_all(kind=kind)),
        key=lambda span: span.start,
    )
    said = file.said(_span(node), comments)
    items = pieces(part.text)
    nodes = {name: _captured(node, name) for name in items[1::2]}
    wanted = without(items, {name for name, found in nodes.items() if not found})
    places: list[tuple[str, Span]] = []
    position = 0
    for number, item in enumerate(wanted):
        if number % 2 == 0:
            text = "".join(item.split())
            there = "".join(file.text[place] for place in said[position : position + len(text)])
            if there != text:
                return None
            position += len(text)
        elif item:
            whole = Span(nodes[item][0].start, nodes[item][-1].end)
            taken = said[position : position + len(file.said(whole, comments))]
            if item.startswith("$$$"):
                places.append((item, whole))
            elif taken:
                places.append((item, Span(taken[0], taken[-1] + 1)))
            position += len(taken)
    return (nodes, tuple(places)) if position == len(said) else None


def _captured(node: SgNode, name: str) -> tuple[Span, ...]:
    if name.startswith("$$$"):
        return tuple(map(_span, node.get_multiple_matches(name.lstrip("$"))))
    found = node.get_match(name.lstrip("$"))
    return (_span(found),) if found is not None else ()


def _agree(file: _File, row: Sequence[_Found]) -> bool:
    """Whether each metavariable stands for the same in all parts."""
    texts: dict[str, str] = {}
    for name, span in _places(row):
        text = "".join(file.text[span.start : span.end].split())
        if texts.setdefault(name, text) != text:
            return False
    return True


def _places(row: Sequence[_Found]) -> Iterator[tuple[str, Span]]:
    return (place for each in row for place in each.places)


def _joined(file: _File, row: Sequence[_Found]) -> Match:
    nodes = {
        name: tuple(map(file.bytes_of, spans)) for each in row for name, spans in each.nodes.items()
    }
    places = tuple((name, file.bytes_of(span)) for name, span in _places(row))
    return Match(file.bytes_of(Span(row[0].span.start, row[-1].span.end)), nodes, places)
