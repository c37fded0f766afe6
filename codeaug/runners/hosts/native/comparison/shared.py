"""Variables that a file declares outside of functions: what a call may change besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..proof.tokens import Token, closing, tokens

MOST = 40
_NO_VARIABLE_WORDS = """
const constexpr extern using typedef class struct union enum template friend operator return
typename static_assert namespace concept thread_local asm public private protected
"""
_NO_VARIABLE = frozenset(_NO_VARIABLE_WORDS.split())


def variables(text: str) -> list[str]:
    """Their names, where each is declared alone and is not constant. `text`: before the unit."""
    found = [token for token in tokens(text) if token.kind != "directive"]
    return list(dict.fromkeys(_declared(found)))[:MOST]


def _declared(found: list[Token]) -> Iterator[str]:
    at = 0
    while at < len(found):
        end = _end(found, at)
        statement = found[at:end]
        if statement and statement[0].text in ("namespace", "inline") and _opens(found, end):
            at = end + 1  # what is inside a namespace is outside of functions
            continue
        name = _name(statement, found[end].text if end < len(found) else "")
        if name:
            yield name
        if _opens(found, end):
            end = closing(found, end)
        at = end + 1


def _end(found: Sequence[Token], at: int) -> int:
    """Where a statement ends, or its block or first value begins."""
    while at < len(found) and found[at].text not in (";", "{", "}"):
        at = closing(list(found), at) if found[at].text in "([" else at
        at += 1
    return at


def _opens(found: Sequence[Token], at: int) -> bool:
    return at < len(found) and found[at].text == "{"


def _name(statement: Sequence[Token], behind: str) -> str:
    words = [token.text for token in statement]
    if "=" in words:
        words = words[: words.index("=")]
    words = _without_arguments(words)
    if "(" in words or not _NO_VARIABLE.isdisjoint(words) or behind not in (";", "{"):
        return ""
    if words[-1:] == ["]"]:
        words = words[: words.index("[")]
    if len(words) < 2 or "," in words or not words[-1].isidentifier():
        return ""
    return words[-1] if words[-2] != "::" else ""


def _without_arguments(words: Sequence[str]) -> list[str]:
    """Without the template arguments of a type."""
    kept, depth = [], 0
    for word in words:
        depth += word == "<"
        if depth <= 0:
            kept.append(word)
        depth -= {">": 1, ">>": 2}.get(word, 0)
    return kept
