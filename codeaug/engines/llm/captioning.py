"""A unit without documentation -> what a model is asked to say of it, and what came of that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from codeaug.documentation import without
from codeaug.engines.llm import prompts
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.reading import NOT_APPLICABLE, REFUSAL, Kind, words
from codeaug.model import Caption, Reply, Unit

LONGEST = 1200
"""Characters of a caption."""
QUOTES = "quotes the function's code"
TOO_LONG = "too long"

_TEMPERATURE = 0.2
_FENCED = re.compile(r"\A(`{3,}|~{3,})[^\n]*\n(.*?)\n?\1\Z", re.DOTALL)
_BLOCK = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t]*\1[ \t]*$\n?|\Z)", re.DOTALL | re.M)
_AUTHOR = re.compile(
    r"^\W*(?:@?authors?\b\s*(?:[:=]|\w+ by\b|$)|@author\b|(?:written|generated|made|signed-off|"
    r"co-authored)[ -]by\b|copyright\b|\(c\)\s|@(?:since|version|date)\b)|"
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?=\s|\Z)")
_SILENT = re.compile(r"[\s{}();,`*\"']+")
_TELLING = 4
"""So many letters make a line of code one that can be recognised."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reply says: a caption, or why it is none."""

    caption: Caption | None = None
    why: str = ""


def call(unit: Unit, model: str, most_tokens: int, secret: bytes) -> Call:
    """The request for a unit's caption: the same each time, so it is paid once."""
    return Call(
        purpose="caption",
        unit_id=unit.id,
        model=model,
        messages=prompts.caption(unit, without(unit), secret),
        temperature=_TEMPERATURE,
        most_tokens=most_tokens,
        places=(unit.path,),
    )


def read(reply: Reply, unit: Unit) -> Read:
    """The caption in a reply, cleaned."""
    kind, text = words(reply.body)
    if kind is not None:
        return Read(why=kind)
    if text.strip().strip("`*. ").upper().startswith(NOT_APPLICABLE):
        return Read(why=Kind.NOT_APPLICABLE)
    if quotes(text, unit.code):
        return Read(why=QUOTES)
    found = cleaned(text)
    if not found:
        return Read(why=Kind.EMPTY)
    if REFUSAL.search(found):
        return Read(why=Kind.REFUSED)
    if len(found) > LONGEST and not (found := _shortened(found)):
        return Read(why=TOO_LONG)
    return Read(_caption(unit, found, reply.model, reply.made_at))


def _caption(unit: Unit, text: str, model: str, made_at: datetime) -> Caption:
    return Caption(unit.id, text, model, prompts.caption_version(), made_at)


def cleaned(text: str) -> str:
    """Words only: without blocks of code, lines about authors and characters nobody sees."""
    text = "".join(c for c in text.replace("\r\n", "\n") if c == "\n" or c.isprintable())
    lines = (line.rstrip() for line in text.split("\n"))
    text = "\n".join(line for line in lines if not _AUTHOR.search(line)).strip()
    if whole := _FENCED.match(text):
        text = whole[2]
    return re.sub(r"\n{3,}", "\n\n", _BLOCK.sub("", text)).strip().strip('"').strip()


def _shortened(text: str) -> str:
    """Its first whole sentences."""
    ends = [match.end() for match in _SENTENCE.finditer(text[:LONGEST])]
    return text[: ends[-1]] if ends else ""


def quotes(text: str, code: str) -> bool:
    """Whether a text holds more than a line of the code as it stands, or all of a shorter one."""
    said, lines = _SILENT.sub("", text), [_SILENT.sub("", line) for line in code.split("\n")]
    telling = [line for line in lines if sum(c.isalnum() for c in line) >= _TELLING]
    pairs = (one + other for one, other in pairwise(telling))
    whole = "".join(lines)
    return any(pair in said for pair in pairs) or bool(telling and whole in said)
