"""Texts as numbers: the code's tokens, those that are not known spelt out.

Nothing is out of the vocabulary, and every arm is measured on the very same numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TypeVar

from codeaug.gain.approach import Encoded, Question
from codeaug.languages import plain_code
from codeaug.model import Span, Text, Unit
from codeaug.syntax import SyntaxLimit

Line = TypeVar("Line")

LEAST = 2  # times that a token occurs in the human code to be a symbol of its own
BEGIN, END, OPEN, CLOSE = range(4)
_BYTES = 4  # where they begin
_PIECE = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|.", re.DOTALL)
_NOTHING = Span(0, 0)
_LINE_ENDS = {"python": ("<newline>", "<indent>"), "": (";", "{", "}")}
_STRUCTURE = ("<newline>", "<indent>", "<dedent>")
_SHORTEST = 3  # tokens of a line that is asked for
_ASKED = 4  # lines of a function, at most


def tokens_of(text: Text) -> tuple[str, ...]:
    """The tokens without comments, docstrings and layout; Python's structure are tokens, too.
    Raises codeaug.syntax.SyntaxLimit."""
    unit = Unit("", text.language, "", "", _NOTHING, _NOTHING, 0, 0, 0, "", text.code)
    return tuple(plain_code(unit).split("\n"))


class Symbols:
    """Numbers for the tokens and parts of names that the human code repeats, and for all bytes."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        tokens = Counter(token for text in texts for token in text)
        pieces: Counter[str] = Counter()
        for token, times in tokens.items():
            for piece in _PIECE.findall(token):
                pieces[piece] += times
        words = sorted(token for token, times in tokens.items() if times >= LEAST)
        parts = sorted(p for p, times in pieces.items() if times >= LEAST and len(p) > 1)
        self._words = {word: n for n, word in enumerate(words, start=_BYTES + 256)}
        self._parts = {part: n for n, part in enumerate(parts, start=_BYTES + 256 + len(words))}
        self._texts = {n: text for known in (self._words, self._parts) for text, n in known.items()}

    @classmethod
    def of(cls, texts: Iterable[Text]) -> Symbols:
        """Those of the texts that can be read."""
        found = []
        for text in texts:
            with suppress(SyntaxLimit):
                found.append(tokens_of(text))
        return cls(found)

    def __len__(self) -> int:
        return _BYTES + 256 + len(self._words) + len(self._parts)

    def encoded(self, text: Text) -> Encoded:
        """The text as numbers, with what a model is asked about it. Raises SyntaxLimit."""
        tokens = tokens_of(text)
        numbers = [tuple(self._numbers(token)) for token in tokens]
        flat = (*(n for own in numbers for n in own), END)
        return Encoded(flat, len(tokens) + 1, tuple(self._questions(text, tokens, numbers)))

    def told(self, numbers: Sequence[int]) -> str:
        """Numbers as tokens, a blank between them."""
        found: list[bytes] = []
        spelling = False
        for n in numbers:
            if n < _BYTES:
                spelling = n == OPEN
                if spelling:
                    found.append(b"")
            elif spelling:
                found[-1] += self._bytes(n)
            else:
                found.append(self._bytes(n))
        words = (token.decode("utf-8", "replace") for token in found)
        return " ".join(token for token in words if token not in _STRUCTURE)

    def _bytes(self, n: int) -> bytes:
        if n < _BYTES + 256:
            return bytes([n - _BYTES])
        return self._texts[n].encode("utf-8", "surrogatepass")

    def _numbers(self, token: str) -> Iterator[int]:
        if token in self._words:
            yield self._words[token]
            return
        yield OPEN
        for piece in _PIECE.findall(token):
            if piece in self._parts:
                yield self._parts[piece]
            else:
                yield from (_BYTES + byte for byte in piece.encode("utf-8", "surrogatepass"))
        yield CLOSE

    def _questions(
        self, text: Text, tokens: Sequence[str], numbers: Sequence[Sequence[int]]
    ) -> Iterator[Question]:
        """Lines of the function, evenly spread, to be written when all before them is known."""
        ends = _LINE_ENDS["python" if text.language == "python" else ""]
        stops, silent = self._known(ends), self._known(_STRUCTURE)
        for start, stop in spread(list(_lines(tokens, ends))):
            prefix = tuple(n for own in numbers[:start] for n in own)
            line = [n for own in numbers[start:stop] for n in own]
            yield Question(prefix, self.told(line), stops, silent)

    def _known(self, tokens: Sequence[str]) -> frozenset[int]:
        return frozenset(self._words[token] for token in tokens if token in self._words)


def _lines(tokens: Sequence[str], ends: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the lines after the first begin and end that have something to say."""
    start = 0
    for number, token in enumerate(tokens, start=1):
        if token in ends:
            while start < number and tokens[start] in _STRUCTURE:
                start += 1
            said = sum(token not in _STRUCTURE for token in tokens[start:number])
            if start and said >= _SHORTEST:
                yield start, number
            start = number


def spread(lines: Sequence[Line]) -> Sequence[Line]:
    """At most some of the lines, evenly."""
    step = max(1, -(-len(lines) // _ASKED))
    return lines[::step]
