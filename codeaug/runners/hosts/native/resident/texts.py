"""The texts of one file, and which of them can share one compilation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..proof.hazards import parameter_names
from ..proof.tokens import Token, closing, tokens

_DIRECTIVE = re.compile(r"\s*#\s*(?:if|ifdef|ifndef|elif|else|endif)\b")
_CONSTANT = frozenset({"constexpr", "consteval", "constinit"})
_APART = frozenset({"goto", "co_await", "co_return", "co_yield", "__COUNTER__"})
_STATIC = re.compile(r"\bstatic\b[^;{}=]*?(\w+)\s*[\[(=;{]")


@dataclass(frozen=True)
class Text:
    """The whole file, and where the unit is in it: offsets in bytes, and its lines.

    `first` is the number of the unchanged text of the unit.
    """

    source: bytes
    span: tuple[int, int]
    body: tuple[int, int]
    lines: tuple[int, int]
    name: str
    first: int = 0

    @property
    def block(self) -> Block | None:
        """The unit's block of statements; None when it has handlers, or is not to be found."""
        start = self.body[0]
        if self.source[start : start + 1] == b":":
            start = _behind_initialisers(self.source[start : self.body[1]], start)
        if self.source[start : start + 1] != b"{":
            return None
        code = self.source[start : self.body[1]]
        line = self.source.count(b"\n", 0, start) + 1
        return Block(code, start, line, self.first) if code else None


@dataclass(frozen=True)
class Block:
    """`{ ... }`, its offset in the file, the line on which it begins, its unit's unchanged text."""

    code: bytes
    start: int
    line: int
    first: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.code)

    @property
    def last_line(self) -> int:
        return self.line + self.code.count(b"\n")


def read(described: Mapping[str, Any]) -> Text:
    """A text as a request describes it."""
    span, body, lines = (tuple(described[name]) for name in ("span", "body", "lines"))
    source, name = described["text"].encode("utf-8"), described["name"]
    return Text(source, span, body, lines, name, described["first"])


def together(texts: Sequence[Text]) -> dict[int, Block]:
    """The blocks of those texts that can be one compilation, by number.

    Of a unit there are at least two, the unchanged one among them; no unit lies in another.
    """
    found: dict[int, Block] = {}
    taken: list[tuple[int, int]] = []
    for first in sorted({text.first for text in texts}):
        start, end = texts[first].span
        apart = all(end <= other[0] or other[1] <= start for other in taken)
        unit = _unit(texts, first) if apart and texts[first].source == texts[0].source else {}
        if len(unit) > 1:
            found |= unit
            taken.append((start, end))
    return found


def _unit(texts: Sequence[Text], first: int) -> dict[int, Block]:
    """The same for one unit, whose unchanged text is `first`; none without that."""
    own = texts[first].block
    if own is None:
        return {}
    header = tokens(_decoded(texts[first].source[texts[first].span[0] : own.start]))
    if not _CONSTANT.isdisjoint(token.text for token in header):
        return {}
    blocks = {n: text.block for n, text in enumerate(texts) if text.first == first}
    found = {n: b for n, b in blocks.items() if b and _fits(texts[first], own, texts[n], b)}
    return found if first in found else {}


def _fits(first: Text, own: Block, text: Text, block: Block) -> bool:
    """Whether nothing but the block differs, and the block can stand in another's place."""
    around = first.source[: own.start], first.source[first.body[1] :]
    if (text.source[: block.start], text.source[text.body[1] :]) != around:
        return False
    found = tokens(_decoded(block.code))
    if any(t.kind == "directive" and not _DIRECTIVE.match(t.text) for t in found):
        return False
    return _APART.isdisjoint(token.text for token in found)


def has_statement(block: Block) -> bool:
    """Without one the counters know nothing of the block, but only of its end, outside of it."""
    return any(token.text not in "{};" for token in tokens(_decoded(block.code)))


def lost_names(texts: Sequence[Text], number: int) -> set[str]:
    """Names that a text does not mention any more, of which the compiler may complain therefore.

    Where texts share a compilation, another text's mention hides the complaint.
    """
    text = texts[number]
    first = texts[text.first]
    lost = _names(first.source[slice(*first.body)]) - _names(text.source[slice(*text.body)])
    outside = _decoded(first.source[: first.span[0]] + b"\n;" + first.source[first.span[1] :])
    known = parameter_names(_decoded(first.source[first.span[0] : first.body[0]]))
    known = known | set(_STATIC.findall(outside))
    if re.search(r"\bnamespace\s*\{", outside):
        known |= _names(outside.encode("utf-8", "surrogateescape"))
    return lost & known


def _names(code: bytes) -> set[str]:
    return {token.text for token in tokens(_decoded(code)) if token.kind == "name"}


def _behind_initialisers(code: bytes, offset: int) -> int:
    """The offset of the block behind a constructor's initialisers; -1 when there is none."""
    text = _decoded(code)
    found = tokens(text)
    at = 1
    while at < len(found):
        while at < len(found) and found[at].text not in ("(", "{"):
            at += 1
        at = closing(found, at) + 1
        if at < len(found) and found[at].text == "...":
            at += 1
        if at < len(found) and found[at].text == "{":
            return offset + _byte(text, found[at])
        if at < len(found) and found[at].text != ",":
            return -1
    return -1


def _byte(text: str, token: Token) -> int:
    return len(text[: token.start].encode("utf-8", "surrogateescape"))


def _decoded(code: bytes) -> str:
    return code.decode("utf-8", "surrogateescape")
