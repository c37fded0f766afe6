"""A row taken apart: the texts of the unit and its variants in it, and what it was made of.

The inverse of tasks and formats, as far as there is one. What is found is a guess until the row is
made again of it: `remade` does so by the task's and the format's own code, so nothing can stand in
a row beside what the lineage says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from codeaug.formats import Format, Row
from codeaug.formats.fim import Sentinels
from codeaug.languages import LANGUAGES, find_units_once, plain
from codeaug.model import Family, NearMiss, Origin, Span, Unit, Variant
from codeaug.syntax import SyntaxLimit
from codeaug.tasks import Content, Example, Infilling, Judged, Pair, Preference, named

_NOWHERE = Span(0, 0)
_OPEN = re.compile(r"(?:^|\n\n)(`{3,})\w*\n")
_MARK = re.compile(r"Write what is missing at (<{3,}missing>{3,}) in ")
_APART = "\n\n"
GAPS = frozenset({"completion", "infilling"})


@dataclass(frozen=True, slots=True)
class Texts:
    """What a row shows, indented as in its file: the unit, the variant that is trained on, and what
    that is compared with; None for what it does not show. `gap` of code with a gap."""

    unit: str | None = None
    variant: str | None = None
    against: str | None = None
    description: str = ""
    gap: Infilling | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What the lineage says of a row: the task, and how its variant was made."""

    task: str
    unit: str
    variant: str
    against: str
    language: str
    name: str
    recipe: tuple[str, ...] = ()
    made_of: str = ""
    use: str = "train"
    head: int = 1
    """How many lines of the unit stand before its body."""
    number: int = 0


def apart(said: Said, content: Content, row: Row, form: Format, own: Sentinels) -> Iterator[Texts]:
    """Guesses at what the row shows, the likeliest first."""
    if said.task in GAPS:
        yield from _gaps(said, content, row, form, own)
        return
    for prompt, answer in _pairs(content, row, form, own):
        yield from _shown(said, prompt, answer, content)


def _pairs(content: Content, row: Row, form: Format, own: Sentinels) -> Iterator[tuple[str, str]]:
    """Prompt and answer, where the format did not run them together."""
    match content:
        case Preference(prompt=prompt, chosen=text):
            yield prompt, text
            return
        case Judged(prompt=prompt, completion=text):
            yield prompt, text
            return
    for whole, start in _wholes(content, row, form, own):
        end = _end_of_prompt(whole)
        if end is not None:
            yield whole[:end], whole[end + len(_APART) :]
        elif not start:
            for at in _places(whole, _APART, 0):
                yield whole[:at], whole[at + len(_APART) :]
    if isinstance(content, Pair) and content.prompt:
        answer = content.completion
        yield content.prompt.removesuffix(_APART), answer
        prompt, text = content.prompt.rstrip("\n"), answer.removesuffix(own.stop).lstrip("\n")
        yield prompt, text


def _wholes(content: Content, row: Row, form: Format, own: Sentinels) -> Iterator[tuple[str, int]]:
    """All that a model sees, as formats that lay no template around it run it together, and where
    the answer begins."""
    assert isinstance(content, Pair)
    prompt, answer = content.prompt, content.completion
    if not form.needs_sentinels:
        yield prompt + _APART + answer, len(prompt)
        return
    if row.keys() == {"input", "output"}:  # `read` gives what is left when their spaces are gone
        prompt, answer = row["input"], row["output"]
        prompt = prompt[1:] if prompt.startswith("\n ") else prompt
    if own.stop and answer.endswith(own.stop):
        yield prompt + answer.removesuffix(own.stop), len(prompt)
    yield prompt + answer, len(prompt)


def _end_of_prompt(whole: str) -> int | None:
    """Where the last block of code ends that a prompt shows."""
    end = None
    opened = _OPEN.search(whole)
    while opened:
        closed = whole.find("\n" + opened[1], opened.end() - 1)
        if closed < 0:
            break
        end = closed + 1 + len(opened[1])
        opened = _OPEN.match(whole, end)
    return end


def _blocks(prompt: str) -> list[str]:
    """The code in the fences of a prompt."""
    found = []
    opened = _OPEN.search(prompt)
    while opened:
        closed = prompt.find("\n" + opened[1], opened.end() - 1)
        if closed < 0:
            break
        found.append(prompt[opened.end() : closed])
        opened = _OPEN.match(prompt, closed + 1 + len(opened[1]))
    return found


def _shown(said: Said, prompt: str, answer: str, content: Content) -> Iterator[Texts]:
    blocks = _blocks(prompt)
    match said.task:
        case "rewrite" | "judgement" if len(blocks) == 1:
            yield Texts(blocks[0], answer)
        case "preference" if len(blocks) == 1 and isinstance(content, Preference):
            yield Texts(blocks[0], answer, content.rejected)
        case "equivalence" if len(blocks) == 2:
            yield Texts(blocks[0], blocks[1])
            yield Texts(blocks[1], blocks[0])
        case "implementation":
            _, _, description = prompt.partition(_APART)
            if said.variant:
                yield Texts(None, answer, description=description)
            else:
                yield Texts(answer, description=description)
        case "description" if len(blocks) == 1:
            yield Texts(blocks[0], description=answer)


def _gaps(said: Said, content: Content, row: Row, form: Format, own: Sentinels) -> Iterator[Texts]:
    for gap in _gap(said.language, content, row, form, own):
        whole = gap.prefix + gap.middle + gap.suffix
        shown = Texts(variant=whole) if said.variant else Texts(whole)
        yield replace(shown, gap=gap)


def _gap(
    language: str, content: Content, row: Row, form: Format, own: Sentinels
) -> Iterator[Infilling]:
    if {"prefix", "middle", "suffix"} <= row.keys():
        yield Infilling(language, *(str(row[part]) for part in ("prefix", "middle", "suffix")))
        return
    if not form.needs_sentinels:
        yield from _asked(language, content)
        return
    for whole, cut in _wholes(content, row, form, own):
        yield from _marked(language, whole.removesuffix(own.end), cut, own)
        yield Infilling(language, whole[:cut], whole[cut:], "")


def _asked(language: str, content: Content) -> Iterator[Infilling]:
    assert isinstance(content, Pair)
    blocks = _blocks(content.prompt)
    if len(blocks) != 1:
        return
    mark = _MARK.match(content.prompt)
    if mark is None:
        yield Infilling(language, blocks[0], content.completion, "")
    elif mark[1] in blocks[0]:
        prefix, _, suffix = blocks[0].partition(mark[1])
        yield Infilling(language, prefix, content.completion, suffix)


def _marked(language: str, whole: str, cut: int, own: Sentinels) -> Iterator[Infilling]:
    """Code between the sentinels of a family; each of their places, where code holds some too."""
    first, second = (own.suffix, own.prefix) if own.suffix_first else (own.prefix, own.suffix)
    if not (first and second and whole.startswith(first)):
        return
    for at in _places(whole, second, len(first)):
        start = whole[len(first) : at]
        rest = whole[at + len(second) :]
        if not own.middle:
            begun = max(cut - at - len(second), 0)
            yield Infilling(language, rest[:begun], rest[begun:], start)
            continue
        for end in _places(rest, own.middle, 0):
            yield Infilling(language, start, rest[end + len(own.middle) :], rest[:end])


def _places(text: str, mark: str, start: int) -> Iterator[int]:
    at = text.find(mark, start)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


# --- and put together again -----------------------------------------------------------------------


def code_of(text: str) -> str:
    """A unit's text without the margin that stands before it in its file."""
    return text.lstrip(" \t")


def unit_of(said: Said, code: str) -> Unit:
    lines = (1, 1 + said.head, 1 + code.count("\n"))
    return Unit(*("", said.language, said.name, "", _NOWHERE, _NOWHERE, *lines, ""), code)


def head_of(said: Said, code: str) -> int | None:
    """How many lines of a unit stand before its body, by its text; None where it cannot be read
    without what stands around it in its file."""
    unit = unit_of(said, code)
    try:
        source, _ = plain.alone(unit)
        if said.language == "java":  # a constructor is one only in its class
            source = b"class X {\n" + unit.margin.encode() + source + b"\n}\n"
        found = find_units_once(said.language, source, "", "") if said.language in LANGUAGES else []
    except (SyntaxLimit, UnicodeEncodeError):
        return None
    return next(
        (u.body_line - u.line for u in found if isinstance(u, Unit) and u.code == code), None
    )


@lru_cache(maxsize=64)
def _margin_only(language: str, margin: str) -> str:
    """Code with this margin, where nobody sees the code."""
    return f"x\n{margin}{'    ' if language == 'python' else ''}x"


def remade(said: Said, texts: Texts, unit_code: str, seed: int) -> Example | None:
    """The example as its task makes it of these texts; None where it makes none."""
    own = "" if said.variant and said.task in GAPS else unit_code  # its margin is enough
    unit = unit_of(said, own or _stand_in(said, texts))
    made: list[Variant] = []
    misses: list[NearMiss] = []
    if said.variant:
        origin = Origin("", said.recipe)
        variant = Variant(said.made_of or said.unit, code_of(texts.variant or ""), origin)
        if said.use == "contrast":
            misses.append(NearMiss(variant, "", "a witness"))
        else:
            made.append(variant)
    if texts.against is not None:
        worse = Variant(said.unit, code_of(texts.against), Origin(""))
        misses.append(NearMiss(worse, "", "a witness"))
    family = Family(unit, tuple(made), tuple(misses), texts.description)
    wanted = made[0].id if made else misses[0].variant.id if misses else ""
    for example in named()[said.task].examples(family, seed):
        if example.variant == wanted and example.number == said.number:
            return example
    return None


def _stand_in(said: Said, texts: Texts) -> str:
    """For rows that show no unit: only its margin matters."""
    text = texts.variant or ""
    return _margin_only(said.language, text[: len(text) - len(code_of(text))])
