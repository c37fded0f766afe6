"""Handlers that catch nearly everything and let nothing on, from the tokens of a function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from codeaug.languages.language import Token

_LEAVES = {"return", "break", "continue"}
_THROWS = {"throw", "raise"}


def swallowing(language: str, found: Sequence[Token], broad: frozenset[str]) -> Iterator[str]:
    """The `broad` types that are caught and not thrown on; `finally` where its block returns."""
    keyword, end = ("except", ":") if language == "python" else ("catch", ")")
    for index, token in enumerate(found):
        rest = found[index + 1 :]
        if token.text == "finally" and _LEAVES & {t.text for t in _block(rest)}:
            yield "finally"
        if token.text == keyword and token.kind == "keyword":
            types = [t.text for t in takewhile(lambda t: t.text != end, rest)]
            if not _throws_on(_block(rest[len(types) :])):
                yield from (name for name in types or ["everything"] if name in broad)


def _depth(token: Token) -> int:
    opens = token.kind == "indent" or token.text == "{"
    return opens - (token.kind == "dedent" or token.text == "}")


def _block(found: Sequence[Token]) -> list[Token]:
    """What stands in the block that comes first, or on the rest of the line behind a colon."""
    if found and found[0].text == ":" and found[1:] and found[1].kind != "indent":
        return list(takewhile(lambda token: token.kind != "newline", found[1:]))
    block: list[Token] = []
    depth = 0
    for token in found:
        before, depth = depth, depth + _depth(token)
        if before and not depth:
            break
        if before:
            block.append(token)
    return block


def _throws_on(block: Sequence[Token]) -> bool:
    """Whether the last statement throws, and none leaves before."""
    if _LEAVES & {token.text for token in block}:
        return False
    last: list[Token] = []
    statement: list[Token] = []
    depth = 0
    for token in block:
        depth += _depth(token)
        statement.append(token)
        ends = token.text in (";", "}") or token.kind in ("newline", "dedent")
        if ends and not depth:
            last, statement = (statement if any(t.text for t in statement) else last), []
    final = statement or last
    return bool(final) and final[0].text in _THROWS
