"""What a language is to the rest of codeaug: a value with the functions that differ."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from codeaug.model import Skip, Span, Unit


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its bytes in the file. Kinds: name, keyword, number, string, operator, and for
    Python newline, indent and dedent, which have the structure but no text of their own."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    `units` may raise codeaug.syntax.SyntaxLimit. `tokens` and `comments` look at a span of a whole
    file. `imported` maps a file's imported names to what they stand for. `plain` gives a span's
    tokens as formatters leave them (None: as they are), `imports` each imported name with where it
    comes from (None: not known), `keywords` the words that are no names.
    """

    name: str
    title: str
    suffixes: tuple[str, ...]
    units: Callable[[bytes, str, str], list[Unit | Skip]]
    tokens: Callable[[bytes, Span], tuple[Token, ...]]
    comments: Callable[[bytes, Span], tuple[str, ...]]
    imported: Callable[[bytes], dict[str, str]]
    is_test: Callable[[str, bytes], bool]
    plain: Callable[[bytes, Span], Iterable[str]] | None = None
    imports: Callable[[bytes], Iterable[tuple[str, str]]] | None = None
    keywords: Callable[[], frozenset[str]] = frozenset
