"""What a text says without its layout, by the tokens and comments of its language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from codeaug.languages.language import Language
from codeaug.model import Span, Unit

_SIGNS = re.compile(r"^(?:#+|/\*+|//+|[rRuU]?\"\"\"|[rRuU]?''')|(?:\*+/|\"\"\"|''')$")


def alone(unit: Unit) -> tuple[bytes, Span]:
    """The unit as a file of its own, and where it stands in it."""
    code = unit.code.encode("utf-8", "surrogateescape")
    head = f"if 1:\n{unit.margin}".encode() if unit.language == "python" and unit.margin else b""
    return head + code, Span(len(head), len(head) + len(code))


def tokens(language: Language, source: bytes, span: Span) -> str:
    """The tokens of a span, one a line, as formatters leave them. Raises SyntaxLimit."""
    if language.plain is not None:
        return "\n".join(language.plain(source, span))
    return "\n".join(token.text for token in language.tokens(source, span))


def words(comments: Iterable[str]) -> str:
    """The words of comments and docstrings, however they are broken into lines and comments."""
    return " ".join(" ".join(_SIGNS.sub("", text).strip() for text in comments).split())
