"""When two texts of a function are one idea: equal tokens, up to the names of local variables."""

from __future__ import annotations

import textwrap

from codeaug.languages import tokens
from codeaug.model import Span
from codeaug.predicates import local_names
from codeaug.syntax import SyntaxLimit

Shape = tuple[str, ...]


def shape(language: str, code: str) -> Shape:
    """The tokens of a function, its local variables numbered as they come.

    It is looked at by itself, without its file: that would be parsed anew for every text.
    """
    source = _level(language, code).encode("utf-8", "surrogatepass")
    try:
        found = tokens(language, source, Span(0, len(source)))
        local = {name for _, name in local_names(language, source)}
    except SyntaxLimit:
        return (code,)
    numbers: dict[str, str] = {}
    return tuple(
        numbers.setdefault(token.text, f"${len(numbers)}")
        if token.kind == "name" and token.text in local
        else token.text or token.kind
        for token in found
    )


def _level(language: str, code: str) -> str:
    """A decorated Python function that begins its file, not its class."""
    first, _, rest = code.lstrip().partition("\n")
    if language != "python" or not first.startswith("@"):
        return code.lstrip()
    return first + "\n" + textwrap.dedent(rest)
