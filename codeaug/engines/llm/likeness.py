"""When two texts of a function are one idea: equal tokens, up to the names of local variables."""

from __future__ import annotations

from collections.abc import Iterable

from codeaug.languages import place, tokens
from codeaug.model import Span, Unit
from codeaug.predicates import local_names

Shape = tuple[str, ...]


def shape(unit: Unit, source: bytes, code: str) -> Shape:
    """The tokens of `code` in the unit's place, local variables numbered as they come.

    Raises ValueError when it fits in no place.
    """
    changed = place(unit, source, code)
    span = Span(unit.span.start, unit.span.end + len(changed) - len(source))
    local = {name for _, name in local_names(unit.language, changed)}
    numbers: dict[str, str] = {}
    return tuple(
        numbers.setdefault(token.text, f"${len(numbers)}")
        if token.kind == "name" and token.text in local
        else token.text or token.kind
        for token in tokens(unit.language, changed, span)
    )


def shapes(unit: Unit, source: bytes, codes: Iterable[str]) -> set[Shape]:
    """The shapes of those that fit in the unit's place."""
    found = set()
    for code in codes:
        try:
            found.add(shape(unit, source, code))
        except ValueError:
            continue
    return found
