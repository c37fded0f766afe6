"""What came over the wire -> a function, or the one word that says why not. Never half a function.

A completion is kept and read in the shape of OpenAI's `chat.completion`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from codeaug.engines.llm.likeness import shape
from codeaug.languages import LANGUAGES, find_units, place
from codeaug.model import Unit
from codeaug.predicates.signature import difference

NOT_APPLICABLE = "NOT_APPLICABLE"
MOST_TOKENS = 1 << 30
"""No completion has more: an endpoint that says so counts nothing."""
_TEXTS = ("text", "output_text")
_TAG = "think|thinking|thought|reasoning|reflection"
_FLAGS = re.DOTALL | re.IGNORECASE
_REASONING = re.compile(rf"\A\s*(?:<({_TAG})>.*?</\1>|\[({_TAG})\].*?\[/\2\])", _FLAGS)
_LOOSE_END = re.compile(rf"\A[^`]*?(?:</(?:{_TAG})>|\[/(?:{_TAG})\])", _FLAGS)
_UNFINISHED = re.compile(rf"\A\s*(?:<(?:{_TAG})>|\[(?:{_TAG})\])", _FLAGS)
REFUSAL = re.compile(
    r"\b(?:I(?:'m| am) sorry|I (?:can(?:'|’)?t|cannot|won(?:'|’)?t|am unable to|am not able to)|"
    r"(?:unable|not able) to (?:help|assist|comply))\b",
    re.IGNORECASE,
)
_LANGUAGE_OF_MARK = {
    **dict.fromkeys(("python", "py", "python3"), "python"),
    **dict.fromkeys(("java",), "java"),
    **dict.fromkeys(("cpp", "c++", "cc", "cxx", "c", "hpp", "h"), "cpp"),
    **dict.fromkeys(
        ("javascript", "js", "typescript", "ts", "go", "rust", "kotlin", "csharp", "c#", "cs",
         "ruby", "php", "swift", "scala"),
        "another",
    ),
}  # fmt: skip


class Kind(StrEnum):
    """What a reply is. All but the first are reasons to drop it."""

    CODE = "taken"
    NOT_APPLICABLE = "not applicable"
    EMPTY = "empty"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    NO_CODE = "no code"
    SEVERAL = "several functions"
    OTHER_FUNCTION = "another function"
    OTHER_SIGNATURE = "another signature"
    OTHER_LANGUAGE = "another language"
    UNPARSEABLE = "does not parse"
    MALFORMED = "no completion"


@dataclass(frozen=True, slots=True)
class Completion:
    """A reply's text, why it ended, and the tokens that the endpoint counted (None: it did not)."""

    text: str
    finish: str
    refusal: str
    prompt_tokens: int | None
    reply_tokens: int | None
    cached_tokens: int = 0
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reply is; `code` is the whole function when the kind is CODE."""

    kind: Kind
    code: str = ""


def completion(body: bytes) -> Completion:
    """The completion in a body. Raises ValueError, with a sentence, when it holds none."""
    try:
        document = json.loads(body)
        choice = document["choices"][0]
        message = choice["message"]
        usage = table(document.get("usage"))
        details = table(usage.get("prompt_tokens_details"))
        content = message.get("content")
        return Completion(
            text=_text(content),
            finish=str(choice.get("finish_reason") or ""),
            refusal=str(message.get("refusal") or ""),
            prompt_tokens=_count(usage.get("prompt_tokens")),
            reply_tokens=_count(usage.get("completion_tokens")),
            cached_tokens=_count(details.get("cached_tokens")) or 0,
            fingerprint=str(document.get("system_fingerprint") or ""),
        )
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(f"the endpoint's answer is no chat completion: {error!r}") from error


def _text(content: Any) -> str:
    """Text, or the texts of a list of parts, or nothing for null. Raises TypeError."""
    if content is None:
        return ""
    if isinstance(content, list):
        return "".join(str(part["text"]) for part in content if part.get("type") in _TEXTS)
    if not isinstance(content, str):
        raise TypeError("the content is no text")
    return content


def table(value: Any) -> dict[str, Any]:
    """What is no table tells nothing; the completion beside it is paid for all the same."""
    return value if isinstance(value, dict) else {}


def _count(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS
    return value if is_count else None


def read(body: bytes, unit: Unit, source: bytes) -> Reading:
    """The function in a reply that takes the unit's place in its file, or why there is none."""
    kind, text = words(body)
    return _function(text, unit, source) if kind is None else Reading(kind)


def words(body: bytes) -> tuple[Kind | None, str]:
    """What a reply says when its reasoning is taken off, or why it says nothing."""
    try:
        found = completion(body)
    except ValueError:
        return Kind.MALFORMED, ""
    if found.refusal or found.finish == "content_filter":
        return Kind.REFUSED, ""
    if found.finish == "length":
        return Kind.TRUNCATED, ""
    text = _without_reasoning(found.text)
    if _UNFINISHED.match(text):
        return Kind.TRUNCATED, ""
    return (None, text) if text.strip() else (Kind.EMPTY, "")


def _without_reasoning(text: str) -> str:
    while match := _REASONING.match(text):
        text = text[match.end() :]
    match = _LOOSE_END.match(text)
    return text[match.end() :] if match else text


@dataclass(frozen=True, slots=True)
class _Block:
    """A fenced block; `closed` is false when the reply ends inside of it."""

    mark: str
    code: str
    closed: bool


def _blocks(text: str) -> Iterator[_Block]:
    from markdown_it import MarkdownIt

    lines = text.split("\n")
    # Only blocks are asked for: to look for emphasis and links in words takes seconds a megabyte.
    for token in MarkdownIt("commonmark").disable("inline").parse(text):
        if token.type == "fence" and token.map:
            first, end = token.map
            last = lines[min(end, len(lines)) - 1].strip()
            closed = end - 1 > first and last.startswith(token.markup)
            words = token.info.split()
            yield _Block(words[0].lower() if words else "", token.content, closed)


def _function(text: str, unit: Unit, source: bytes) -> Reading:
    if "\0" in text:  # which the reader of blocks would replace
        return Reading(Kind.UNPARSEABLE)
    blocks = [block for block in _blocks(text) if block.code.strip()]
    if any(not block.closed for block in blocks):
        return Reading(Kind.TRUNCATED)
    if not blocks:
        return _bare(text, unit, source)
    readings = [_of_block(block.mark, block.code, unit, source) for block in blocks]
    return _only(readings, unit)


def _bare(text: str, unit: Unit, source: bytes) -> Reading:
    """A reply without any fence: the function itself, or words."""
    if text.strip().strip("`*. ").upper().startswith(NOT_APPLICABLE):
        return Reading(Kind.NOT_APPLICABLE)
    reading = _of_block("", text, unit, source)
    if reading.kind is not Kind.UNPARSEABLE:
        return reading
    return Reading(Kind.REFUSED if REFUSAL.search(text) else Kind.NO_CODE)


def _only(readings: Sequence[Reading], unit: Unit) -> Reading:
    """The one function of several blocks; a repeated original beside it says nothing."""
    if len(readings) == 1:
        return readings[0]
    language = unit.language
    functions = {shape(language, r.code): r for r in readings if r.kind is Kind.CODE}
    if len(functions) > 1:
        functions.pop(shape(language, unit.code), None)
    if len(functions) == 1:
        return next(iter(functions.values()))
    return Reading(Kind.SEVERAL) if functions else readings[0]


def _of_block(mark: str, code: str, unit: Unit, source: bytes) -> Reading:
    if code.strip() == NOT_APPLICABLE:
        return Reading(Kind.NOT_APPLICABLE)
    if _LANGUAGE_OF_MARK.get(mark, unit.language) != unit.language:
        return Reading(Kind.OTHER_LANGUAGE)
    if any("\ud800" <= char <= "\udfff" for char in code):  # half a character
        return Reading(Kind.UNPARSEABLE)
    return _placed(unit, source, code) or _unwrapped(code, unit, source)


def _unwrapped(code: str, unit: Unit, source: bytes) -> Reading:
    """What stands in a class, below imports or beside others: that one function, or why not."""
    functions = _outermost(unit.language, code)
    if len(functions) > 1:
        return Reading(Kind.SEVERAL)
    if functions:
        placed = _placed(unit, source, functions[0].code)
        if placed is not None:
            return placed
    others = (name for name in LANGUAGES if name != unit.language)
    if not functions and any(_outermost(name, code) for name in others):
        return Reading(Kind.OTHER_LANGUAGE)
    return Reading(Kind.UNPARSEABLE)


def _placed(unit: Unit, source: bytes, code: str) -> Reading | None:
    """The code as what it becomes in the original's place, whatever its name."""
    try:
        changed = place(unit, source, code)
    except ValueError:
        return None
    found = find_units(unit.language, changed, unit.path, "")
    starting = (u for u in found if isinstance(u, Unit) and u.span.start == unit.span.start)
    placed = next(starting, None)
    return None if placed is None else Reading(_kind(placed, changed, unit, source), placed.code)


def _kind(placed: Unit, changed: bytes, unit: Unit, source: bytes) -> Kind:
    if placed.name != unit.name:
        return Kind.OTHER_FUNCTION
    same = not difference(unit, source, placed, changed)
    return Kind.CODE if same else Kind.OTHER_SIGNATURE


def _outermost(language: str, code: str) -> list[Unit]:
    data = code.encode("utf-8", "surrogateescape")
    found = [u for u in find_units(language, data, "reply", "") if isinstance(u, Unit)]
    return [
        u
        for u in found
        if not any(o is not u and o.span.start <= u.span.start and u.span.end <= o.span.end
                   for o in found)
    ]  # fmt: skip
