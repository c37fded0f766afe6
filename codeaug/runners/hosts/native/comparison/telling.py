"""What the project's comments say of a unit, and of members of its classes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..proof.tokens import closing, tokens
from .heads import Head

_COMMENT = r"(?:(?://[^\n]*\n\s*)+|/\*(?:(?!\*/).)*\*/\s*)"
_MARKS = re.compile(r"^\s*(?:///?<?|//!<?|/\*[*!]*<?|\*/|\*)|\*/\s*$", re.M)
_TAGS = re.compile(r"[@\\](?:brief|param(?:\[[^\]]*\])?|pre|return|throws|exception|c|p|a)\b ?")
_MEMBER = re.compile(r"\b(\w+)\s*(?:=[^;\n]*|\{[^;\n]*\})?;[ \t]*(//[^\n]*|/\*[^\n]*?\*/)")
_RECORD = re.compile(rf"({_COMMENT})(?:struct|class)\s+\w+[^;{{}}()]*\{{", re.S)
_DECLARED = re.compile(r"\b(\w+)\s*(?:=[^;\n]*|\{[^;\n]*\})?;")
_NEGATIVE = re.compile(r"(?<!non-)(?<!not )(?<!never )(?<!no )(?<!nor )\bnegative\b", re.I)
_ASSERTED = re.compile(r"\b(?:assert|ASSERT|Expects)\s*\(([^;]*)\)\s*;")
_NUMBERS = {"zero": "0", "one": "1", "two": "2", "three": "3"}
_BITS = re.compile(r"~(\w+)|\b(\w+)(?= [&|^]=? )|(?<= [&|^]) \(?(\w+)|(?<= [&|^]=) \(?(\w+)")
_ASKS = frozenset(("==", "!=", "<", ">", "<=", ">="))
_HOLDS = frozenset((".", "->", "(", "[", "::"))
LONGEST = 4000


def comments(head: Head, sources: Iterable[str]) -> str:
    """What stands before declarations of functions with the unit's name and parameters."""
    name = re.escape(head.name.partition("<")[0])
    declared = re.compile(rf"({_COMMENT})([^;{{}}#]*?(?<![\w~]){name}\s*\(([^;{{}}]*))[;{{]", re.S)
    found: dict[str, None] = {}
    for source in sources:
        if head.name.partition("<")[0] not in source:
            continue
        for match in declared.finditer(source):
            if _has(match[3], head):
                found[_plain(match[1])] = None
    return "\n".join(found)[:LONGEST]


def _has(parameters: str, head: Head) -> bool:
    """Whether a declaration is that of the unit, by its parameters' names."""
    words = set(re.findall(r"\w+", parameters))
    return all(name in words for name in head.parameters if not name.startswith("codeaug_"))


def comments_of_members(sources: Iterable[str]) -> dict[str, str]:
    """What stands behind members, by their names."""
    found: dict[str, str] = {}
    for source in sources:
        for match in _MEMBER.finditer(source):
            found.setdefault(match[1], _plain(match[2]))
    return found


def of_either_sign(sources: Iterable[str]) -> frozenset[str]:
    """Members of records whose comment says that something in them may be negative."""
    return frozenset(
        name
        for source in sources
        for match in _RECORD.finditer(source)
        if _NEGATIVE.search(_plain(match[1]))
        for name in _DECLARED.findall(source[match.end() : _end(source, match.end())])
    )


def _end(source: str, start: int) -> int:
    """Where the record ends whose first member is at `start`."""
    depth = 1
    for at in range(start, len(source)):
        depth += (source[at] == "{") - (source[at] == "}")
        if depth == 0:
            return at
    return len(source)


def asserted(block: str) -> str:
    """What a text asserts where its checks may be compiled out."""
    return ". ".join(_ASSERTED.findall(block))


def only_compared(block: str) -> frozenset[str]:
    """Names of which a text asks nothing but which is more, not to go on: of either sign, then."""
    found = [token for token in tokens(block) if token.kind != "directive"]
    words = [token.text for token in found]
    loops = {
        n
        for at, word in enumerate(words[:-1])
        if word in ("for", "while") and words[at + 1] == "("
        for n in range(at, closing(found, at + 1))
    }
    asked: dict[str, bool] = {}
    for at, token in enumerate(found):
        if token.kind == "name":
            is_asked = at not in loops and _is_asked(words, at)
            asked[token.text] = asked.get(token.text, True) and is_asked
    return frozenset(name for name, is_asked in asked.items() if is_asked)


def read_bitwise(block: str) -> frozenset[str]:
    """Names of what a text reads bit by bit: `active & ~masked`, `1 << bit | rest`."""
    return frozenset(name for found in _BITS.finditer(block) for name in found.groups() if name)


def _is_asked(words: Sequence[str], at: int) -> bool:
    start = at
    while start > 1 and words[start - 1] in (".", "->"):
        start -= 2
    before, behind = words[start - 1] if start else "", "".join(words[at + 1 : at + 2])
    return behind not in _HOLDS and not _ASKS.isdisjoint((before, behind))


def _plain(comment: str) -> str:
    text = _TAGS.sub("", _MARKS.sub(" ", comment))
    return re.sub(
        r"(?<=at least )\w+|(?<=at most )\w+", lambda m: _NUMBERS.get(m[0], m[0]), text
    ).strip()
