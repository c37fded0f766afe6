"""Our own part of a card: what other tools have no field for, kept where they keep it unread."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from codeaug.interchange.reading import read_as
from codeaug.interchange.records import Incoming, Outgoing, OutgoingCard, Version
from codeaug.model import LONGEST_COMMENT, Word

ANSWERS = (Word.APPROVED, Word.REJECTED, Word.FLAGGED, Word.SKIPPED)
"""The words that can be answered in another tool."""

VariantId = Annotated[str, Field(pattern="^[0-9a-f]{20}$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class GuidelineIn(_Part):
    version: Annotated[int, Field(ge=0, lt=1 << 31)]
    digest: Annotated[str, Field(max_length=64)]

    def record(self) -> Version:
        return Version(self.version, self.digest)


class DecisionIn(_Part):
    """A decision whole; `by` is what the tool calls `person`."""

    person: str
    by: str = ""
    word: Word
    reason: str = ""
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""
    naturalness: Annotated[int, Field(strict=True, ge=0, le=5)] = 0
    final: bool = False
    made_at: AwareDatetime
    guideline: GuidelineIn | None = None
    edit: Annotated[str, Field(pattern="^([0-9a-f]{20})?$")] = ""


class AnswerIn(BaseModel):
    """What a person answered in another tool; nothing is edited there."""

    word: Literal["approved", "rejected", "flagged", "skipped"]
    reason: str = ""
    naturalness: Annotated[int, Field(strict=True, ge=0, le=5)] = 0
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""


class Own(_Part):
    """The variant that a card is about, and the decisions that went out with it."""

    variant: VariantId
    guideline: GuidelineIn | None = None
    decisions: list[DecisionIn] = []


def own(card: OutgoingCard) -> dict[str, Any]:
    """A card's own part."""
    return {
        "variant": card.sample.variant.id,
        "guideline": _guideline(card.guideline),
        "decisions": [_decision(word) for word in card.words],
    }


def _guideline(version: Version) -> dict[str, Any]:
    return {"version": version.number, "digest": version.digest}


def _decision(word: Outgoing) -> dict[str, Any]:
    decision = word.decision
    return {
        "person": decision.reviewer,
        "by": word.by,
        "word": decision.word.value,
        "reason": decision.reason,
        "comment": decision.comment,
        "naturalness": decision.naturalness,
        "final": decision.final,
        "made_at": decision.made_at.isoformat(),
        "guideline": _guideline(word.guideline),
        "edit": word.edit,
    }


def _version(guideline: GuidelineIn | None) -> Version | None:
    return guideline.record() if guideline else None


def kept(part: Own, place: str) -> Iterator[Incoming]:
    """The decisions that went out with a card."""
    for one in part.decisions:
        yield Incoming(
            place, part.variant, one.person, one.word, one.made_at, _version(one.guideline),
            one.reason, one.comment.strip(), one.naturalness, one.final, one.edit,
        )  # fmt: skip


def merged(part: Own, answers: Sequence[Incoming], place: str) -> Iterator[Incoming]:
    """What people said of a card by now: what went out with it, but where the tool holds another
    answer of the same person, and the answers of others."""
    told = {one.by: one for one in part.decisions if one.by}
    own_words = list(kept(part, place))
    theirs = {one.person: one for one in sorted(answers, key=_when)}
    changed = {
        told[by].person
        for by, answer in theirs.items()
        if by in told and not _says(told[by], answer)
    }
    yield from (word for word in own_words if word.person not in changed)
    for by, answer in theirs.items():
        answer = replace(answer, guideline=_version(part.guideline))
        if by not in told:
            yield answer
        elif told[by].person in changed:
            yield replace(answer, person=told[by].person, final=told[by].final)


def _when(answer: Incoming) -> float:
    return answer.made_at.timestamp() if answer.made_at else 0.0


def _says(told: DecisionIn, answer: Incoming) -> bool:
    one = (told.word, told.reason, told.comment.strip(), told.naturalness)
    return one == (answer.word, answer.reason, answer.comment, answer.naturalness)


def answers_of(word: Outgoing) -> dict[str, Any]:
    """What a decision is as answers, by question; an edit is none."""
    said = word.decision
    if said.word not in ANSWERS:
        return {}
    answers = {
        "word": said.word.value, "reason": said.reason, "naturalness": said.naturalness,
        "comment": said.comment,
    }  # fmt: skip
    return {question: value for question, value in answers.items() if value}


def answer(
    values: Mapping[str, Any],
    place: str,
    variant_id: str,
    person: str,
    made_at: datetime | None = None,
) -> Incoming:
    """Answers by question as a word. Raises UsageError."""
    given = {question: value for question, value in values.items() if value is not None}
    read = read_as(AnswerIn, given, place)
    return Incoming(
        place, variant_id, person, Word(read.word), made_at, None, read.reason,
        read.comment.strip(), read.naturalness,
    )  # fmt: skip
