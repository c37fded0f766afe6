"""The functions that a file defines for everybody: where each begins and ends, by its text alone.

Only what is surely such a definition is found: a name with parameters and a block, at the scope of
a namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .macros import Macros
from .tokens import Token, closing, tokens

# with one of these it is no plain function, or something else depends on its text
_UNFIT_WORDS = """
template inline constexpr consteval constinit static friend auto operator typedef using class struct
union enum concept requires decltype alignas __attribute__ __attribute __declspec extern asm catch
try = [ -> if while for switch
"""
_UNFIT = frozenset(_UNFIT_WORDS.split())
_LOCAL_TYPES = frozenset(("struct", "class", "union", "enum"))
_CONDITION = re.compile(r"\s*#\s*(?P<word>if|ifdef|ifndef|elif|else|endif)\b")


class Definition(NamedTuple):
    """Offsets. `body` is where the block begins, or the whole text when it declares nothing new."""

    start: int
    body: int
    end: int


def definitions(text: str, macros: Macros) -> Iterator[Definition]:
    """The functions with external linkage whose text nothing else depends on."""
    found = tokens(text)
    head: list[Token] = []
    unnamed: list[bool] = []
    index = 0
    while index < len(found):
        token = found[index]
        end = index
        if token.text in ("(", "[", "{"):
            end = closing(found, index)
        if token.text == "{" and _is_scope(head):
            unnamed.append(head[-1].text == "namespace")
            head, end = [], index
        elif token.text == "{" and _is_body(head):
            block = found[index : end + 1]
            if not any(unnamed) and _is_plain(head, block, macros):
                yield _definition(head, block)
            head = []
        elif token.text in (";", "}"):
            del unnamed[len(unnamed) - (token.text == "}") :]
            head = []
        elif head or token.kind != "directive":
            head += found[index : end + 1]
        index = end + 1


def without(text: str, left_out: Iterable[Definition]) -> str:
    """The text without some functions: everything else stays at its offset and line."""
    pieces, at = [], 0
    for _, body, end in left_out:
        pieces += [text[at:body], re.sub(r"[^\n]", " ", text[body : end - 1]), ";"]
        at = end
    return "".join([*pieces, text[at:]])


def _is_scope(head: Sequence[Token]) -> bool:
    texts = [token.text for token in head]
    return "namespace" in texts[:2] or texts == ["extern", '"C"']


def _is_body(head: Sequence[Token]) -> bool:
    """Whether a brace behind `head` opens a function, and does not initialise something."""
    texts = [token.text for token in head]
    if ")" not in texts:
        return False
    return ":" not in texts or not (head[-1].kind == "name" or texts[-1] == ">")


def _is_plain(head: Sequence[Token], block: Sequence[Token], macros: Macros) -> bool:
    words = {token.text for token in head}
    if not _UNFIT.isdisjoint(words) or any(token.kind == "directive" for token in head):
        return False
    if any(macro.parameters is not None for word in words for macro in macros.get(word, ())):
        return False
    if not _LOCAL_TYPES.isdisjoint(token.text for token in block) or block[-1].text != "}":
        return False
    found = [_CONDITION.match(token.text) for token in block if token.kind == "directive"]
    conditions = [match["word"] if match else "" for match in found]
    opened = sum(word.startswith("if") for word in conditions)
    return "" not in conditions and opened == conditions.count("endif")


def _definition(head: Sequence[Token], block: Sequence[Token]) -> Definition:
    opened = next(n for n, token in enumerate(head) if token.text == "(")
    named = [token.text for token in head[max(0, opened - 3) : opened]]
    start, end = head[0].start, block[-1].start + 1
    # a class declares its members, and they are declared nowhere else
    return Definition(start, start if "::" in named[:-1][-2:] else block[0].start, end)
