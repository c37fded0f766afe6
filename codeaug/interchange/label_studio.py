"""Label Studio: its JSON list of tasks, and the labelling configuration that belongs to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pydantic import AwareDatetime, BaseModel

from codeaug import revision
from codeaug.interchange import shown
from codeaug.interchange.own import ANSWERS, Own, answer, answers_of, merged, own
from codeaug.interchange.reading import items, read_as
from codeaug.interchange.records import Incoming, Outgoing, OutgoingCard, number_of
from codeaug.model import RejectReason, Word

NAME = "label-studio"
FILE = "tasks.json"

_OWN = "codeaug"
_KINDS = {
    "word": ("choices", "choices"),
    "reason": ("choices", "choices"),
    "naturalness": ("rating", "rating"),
    "comment": ("textarea", "text"),
}
"""The type of each control, and the name of what it holds."""

_CONFIG = """\
<View>
  <Style>.code {{ display: flex; gap: 1em; white-space: pre-wrap; font-family: monospace; }}</Style>
  <Header value="$place"/>
  <View style="white-space: pre-wrap"><Text name="evidence" value="$evidence"/></View>
  <View className="code">
    <View><Header value="Original"/><Text name="original" value="$original"/></View>
    <View><Header value="Variant"/><Text name="variant" value="$variant"/></View>
  </View>
  <Choices name="word" toName="variant" choice="single" required="true" showInline="true">
{words}
  </Choices>
  <Choices name="reason" toName="variant" choice="single" required="true"
           visibleWhen="choice-selected" whenTagName="word" whenChoiceValue="rejected">
{reasons}
  </Choices>
  <Header value="How natural does it read?"/>
  <Rating name="naturalness" toName="variant" maxRating="5"/>
  <Header value="Comment (a flag needs one)"/>
  <TextArea name="comment" toName="variant" maxSubmissions="1" editable="true"/>
</View>
"""


# --- there ----------------------------------------------------------------------------------------


def files(guideline: str, overlap: int) -> Mapping[str, str]:
    """The configuration, and the guideline for the project's instructions."""
    # A skip is the tool's own button.
    words = _choices(word for word in ANSWERS if word is not Word.SKIPPED)
    config = _CONFIG.format(words=words, reasons=_choices(RejectReason))
    return {"config.xml": config, "guideline.md": guideline}


def _choices(values: Any) -> str:
    return "\n".join(f"    <Choice value={quoteattr(str(value))}/>" for value in values)


def name_of(person: str) -> str:
    """What a person is called there."""
    return number_of(person)


def is_name(text: str) -> bool:
    """Whether somebody can be called that there: by other names only in what comes back."""
    return text.isdecimal() and text.isascii()


def document(card: OutgoingCard) -> dict[str, Any]:
    """A task. Nothing is predicted: whoever sees an answer follows it."""
    sample = card.sample
    unit = sample.unit
    return {
        "data": {
            "variant_id": sample.variant.id,
            "place": shown.place(sample),
            "language": unit.language,
            "how": shown.how(sample),
            "rung": sample.evidence.rung.label,
            "original": revision.shown(unit, unit.code),
            "variant": revision.shown(unit, sample.variant.code),
            "evidence": shown.evidence(sample),
        },
        "meta": {_OWN: own(card)},
        "annotations": [_annotation(word) for word in card.words if word.decision.word in ANSWERS],
        "predictions": [],
    }


def _annotation(word: Outgoing) -> dict[str, Any]:
    decision = word.decision
    answers = answers_of(word)
    if decision.word is Word.SKIPPED:
        del answers["word"]
    made_at = decision.made_at.isoformat()
    return {
        "completed_by": int(word.by),
        "was_cancelled": decision.word is Word.SKIPPED,
        "ground_truth": decision.final,
        "created_at": made_at,
        "updated_at": made_at,
        "result": [_region(question, value) for question, value in answers.items()],
    }


def _region(question: str, value: Any) -> dict[str, Any]:
    kind, holds = _KINDS[question]
    held = value if kind == "rating" else [value]
    return {
        "id": question, "from_name": question, "to_name": "variant", "type": kind,
        "value": {holds: held},
    }  # fmt: skip


# --- and back -------------------------------------------------------------------------------------


class _Region(BaseModel):
    from_name: str | None = None
    value: dict[str, Any] | None = None


class _Annotation(BaseModel):
    completed_by: int | str | dict[str, Any] | None = None
    was_cancelled: bool | None = None
    created_at: AwareDatetime | None = None
    updated_at: AwareDatetime | None = None
    result: list[_Region] | None = None


class _Task(BaseModel):
    data: dict[str, Any]
    meta: dict[str, Any] | None = None
    annotations: list[_Annotation] | None = None


def said(path: Path) -> Iterator[Incoming]:
    """What people said of each task; drafts and predictions do not count. Raises UsageError."""
    for number, item in items(path):
        place = f"task {number}"
        task = read_as(_Task, item, place)
        known = (task.meta or {}).get(_OWN) or {"variant": task.data.get("variant_id")}
        part = read_as(Own, known, place)
        answers = [
            _answer(one, f"{place}, annotation {n}", part.variant)
            for n, one in enumerate(task.annotations or (), 1)
        ]
        yield from merged(part, answers, place)


def _answer(annotation: _Annotation, place: str, variant_id: str) -> Incoming:
    values = {
        region.from_name: _held(region.from_name, region.value or {})
        for region in annotation.result or ()
        if region.from_name in _KINDS
    }
    if annotation.was_cancelled:
        values["word"] = Word.SKIPPED.value
    made_at = annotation.updated_at or annotation.created_at
    person, also = _person(annotation.completed_by)
    return replace(answer(values, place, variant_id, person, made_at), also=also)


def _held(question: str, value: Mapping[str, Any]) -> Any:
    """What a control holds: of lists, as most are, the only item."""
    held = value.get(_KINDS[question][1])
    if not isinstance(held, list):
        return held
    return "\n".join(map(str, held)) if question == "comment" else next(iter(held), None)


def _person(completed_by: int | str | Mapping[str, Any] | None) -> tuple[str, str]:
    """A number, and the address that stands beside it in an export with people's details."""
    if isinstance(completed_by, Mapping):
        return str(completed_by.get("id", "")), str(completed_by.get("email", ""))
    return "" if completed_by is None else str(completed_by), ""
