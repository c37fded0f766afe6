"""What a variant's text may not bring: things that identical machine code cannot speak about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from .macros import Macros, invocations, keeps_arguments
from .tokens import Token, tokens

# Promises to the compiler, and ways round the type system: with them, equal code may be luck.
_PROMISE_WORDS = """
restrict __restrict __restrict__ asm __asm __asm__ const_cast reinterpret_cast bit_cast launder
union volatile setjmp longjmp alloca unreachable assume assume_aligned to_address likely unlikely
__attribute__ __attribute __declspec _Pragma __pragma no_unique_address carries_dependency noreturn
start_lifetime_as thread_local __LINE__ __COUNTER__ __TIME__ __DATE__ __TIMESTAMP__ source_location
"""
_PROMISES = frozenset(_PROMISE_WORDS.split())
_CONDITION = re.compile(r"\s*#\s*(?P<word>if|ifdef|ifndef|endif)\b")
_NAMED = re.compile(r"[\w>*&]")


def hazard(original: str, variant: str, body: int, macros: Macros) -> str:
    """Why the pair cannot be judged by its machine code; "" when it can.

    `body` is the offset of the body in `original`: what stands before is the function's head.
    """
    old, new = tokens(original), tokens(variant)
    return (
        _not_one_function(new)
        or _changed_head([t for t in old if t.start <= body], new)
        or _changed_conditions(original, variant)
        or _new_promises(old, new)
        or _dropped_arguments(old, new, macros)
    )


def _not_one_function(new: Sequence[Token]) -> str:
    depth = 0
    ended = False
    for token in new:
        # behind a closed block of a function: more initialisers, the body, or a handler
        if ended and token.text not in (",", "{", "try", "catch"):
            return "the variant is more than one function"
        depth += (token.text == "{") - (token.text == "}")
        ended = depth == 0 and token.text == "}"
        if depth < 0 or (depth == 0 and token.text == ";"):
            return "the variant is more than one function"
    return "" if ended else "the variant does not end"


def _changed_head(head: Sequence[Token], new: Sequence[Token]) -> str:
    """Names of parameters may change, nothing else. The last token opens the body."""
    texts = [token.text for token in head]
    if texts[:1] == ["template"]:
        return "a template: only some of its instantiations could be looked at"
    if "auto" in texts and "->" not in texts:
        return "the body decides the function's type"
    if "consteval" in texts:
        return "the function is never compiled to code"
    renamed: dict[str, str] = {}
    for index, (a, b) in enumerate(zip(head, new, strict=False)):
        if a.text == b.text:
            continue
        if a.kind != "name" or b.kind != "name":
            return "the function's head changed"
        if renamed.get(a.text) != b.text:
            if not _is_parameter(head, index) or a.text in renamed:
                return "the function's head changed"
            renamed[a.text] = b.text
    if len(new) < len(head) or len(set(renamed.values())) < len(renamed):
        return "the function's head changed"
    return ""


def _is_parameter(head: Sequence[Token], index: int) -> bool:
    before = head[index - 1].text if index else ""
    after = head[index + 1].text if index + 1 < len(head) else ""
    return after in (",", ")", "=", "[") and bool(_NAMED.match(before[-1:])) and before != "="


def parameter_names(head: str) -> frozenset[str]:
    """The names of a function's parameters, and perhaps more names of its head."""
    found = tokens(head)
    return frozenset(
        token.text
        for index, token in enumerate(found)
        if token.kind == "name" and _is_parameter(found, index)
    )


def _changed_conditions(original: str, variant: str) -> str:
    """What the preprocessor may leave out must be the same: it may not be compiled at all."""
    if _conditional(original) != _conditional(variant):
        return "code between #if and #endif, or a directive, changed"
    return ""


def _conditional(text: str) -> list[str]:
    kept, depth = [], 0
    for line in text.splitlines():
        found = _CONDITION.match(line)
        depth += bool(found and found["word"] != "endif")
        if depth or line.lstrip().startswith("#"):
            kept.append(line.strip())
        depth -= bool(found and found["word"] == "endif")
    return kept


def _new_promises(old: Sequence[Token], new: Sequence[Token]) -> str:
    def count(found: Sequence[Token]) -> Counter[str]:
        promises = Counter(t.text for t in found if t.text in _PROMISES or "__builtin" in t.text)
        attributes = pairwise(found)
        promises["[["] = sum(a.text == b.text == "[" for a, b in attributes)
        return promises

    added = count(new) - count(old)
    return f"the variant brings {min(added)}" if added else ""


def _dropped_arguments(old: Sequence[Token], new: Sequence[Token], macros: Macros) -> str:
    before, after = Counter(invocations(old, macros)), Counter(invocations(new, macros))
    for name in sorted({name for name, _ in [*(before - after), *(after - before)]}):
        if not keeps_arguments(name, macros):
            return f"a use of the macro {name}, which may drop its arguments, changed"
    return ""
