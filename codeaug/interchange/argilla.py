"""Argilla 2: a folder as its `Dataset.to_disk` writes and `from_disk` reads it.

Its records tell neither when somebody answered nor whether an answer was only a draft; both are
known of what went out from here, by the record's metadata.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from codeaug import revision
from codeaug.errors import UsageError
from codeaug.interchange import shown
from codeaug.interchange.own import ANSWERS, Own, answer, answers_of, merged, own
from codeaug.interchange.reading import items, parsed, read_as
from codeaug.interchange.records import Incoming, Outgoing, OutgoingCard, uuid_of
from codeaug.model import RejectReason, Word

NAME = "argilla"
FILE = "records.json"

_OWN = "codeaug"
_UNSET = {"id": None, "inserted_at": None, "updated_at": None, "dataset_id": None}


# --- there ----------------------------------------------------------------------------------------


def files(guideline: str, overlap: int) -> Mapping[str, str]:
    """The dataset and its settings."""
    dataset = {
        **{name: None for name in ("id", "inserted_at", "updated_at", "workspace_id")},
        "name": "codeaug-review", "status": "draft", "guidelines": None,
        "allow_extra_metadata": True, "distribution": None, "last_activity_at": None,
    }  # fmt: skip
    return {
        ".argilla/dataset.json": json.dumps(dataset),
        ".argilla/settings.json": json.dumps(_settings(guideline, overlap)),
    }


def _settings(guideline: str, overlap: int) -> dict[str, Any]:
    code = {"type": "text", "use_markdown": True}
    plain = {"type": "text", "use_markdown": False}
    words, reasons = _labels(ANSWERS), _labels(RejectReason)
    rating = {"type": "rating", "options": [{"value": number} for number in range(1, 6)]}
    return {
        "guidelines": guideline,
        "questions": [
            _property("word", "What do you say of the variant?", words, required=True),
            _property("reason", "Why do you reject it?", reasons),
            _property("naturalness", "How natural does it read, from 1 to 5?", rating),
            _property("comment", "Comment (a flag needs one)", plain),
        ],
        "fields": [
            _property("place", "Function", plain, required=True),
            _property("original", "Original", code, required=True),
            _property("variant", "Variant", code, required=True),
            _property("evidence", "Evidence", plain, required=True),
        ],
        "vectors": [],
        "metadata": [_metadata(name) for name in ("language", "engine", "transform", "rung")],
        "allow_extra_metadata": True,
        "distribution": {"strategy": "overlap", "min_submitted": overlap},
        "mapping": None,
    }


def _labels(values: Any) -> dict[str, Any]:
    options = [{"value": str(value), "text": str(value)} for value in values]
    return {"type": "label_selection", "options": options, "visible_options": len(options)}


def _property(
    name: str, title: str, settings: Mapping[str, Any], *, required: bool = False
) -> dict[str, Any]:
    return {
        **_UNSET, "name": name, "settings": dict(settings), "title": title, "description": None,
        "required": required, "type": settings["type"],
    }  # fmt: skip


def _metadata(name: str) -> dict[str, Any]:
    settings = {"visible_for_annotators": True, "type": "terms", "values": None}
    return {
        **_UNSET, "name": name, "settings": settings, "title": name,
        "visible_for_annotators": True,
    }  # fmt: skip


def name_of(person: str) -> str:
    """What a person is called there."""
    return uuid_of(person)


def is_name(text: str) -> bool:
    """Whether somebody can be called that there."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def document(card: OutgoingCard) -> dict[str, Any]:
    """A record. Nothing is suggested: whoever sees an answer follows it."""
    sample = card.sample
    unit, origin = sample.unit, sample.variant.origin
    return {
        "id": sample.variant.id,
        "fields": {
            "place": shown.place(sample),
            "original": _fenced(unit.language, revision.shown(unit, unit.code)),
            "variant": _fenced(unit.language, revision.shown(unit, sample.variant.code)),
            "evidence": shown.evidence(sample),
        },
        "metadata": {
            "language": unit.language,
            "engine": origin.engine,
            "transform": ", ".join(origin.recipe),
            "rung": sample.evidence.rung.label,
            _OWN: json.dumps(own(card)),
        },
        "suggestions": {},
        "responses": _responses(card.words),
        "vectors": {},
        "status": "pending",
        "_server_id": None,
    }


def _fenced(language: str, code: str) -> str:
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{fence}{language}\n{code}\n{fence}"


def _responses(words: tuple[Outgoing, ...]) -> dict[str, Any]:
    """Answers by question. An edit is no answer there: it stands in our own part alone."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for word in words:
        for question, value in answers_of(word).items():
            found[question].append({"value": value, "user_id": word.by, "status": "submitted"})
    return dict(found)


# --- and back -------------------------------------------------------------------------------------


class _Response(BaseModel):
    value: Any = None
    user_id: str
    status: str | None = None


class _Record(BaseModel):
    id: str | None = None
    metadata: dict[str, Any] | None = None
    responses: dict[str, list[_Response]] | None = None


def said(path: Path) -> Iterator[Incoming]:
    """What people said of each record. Raises UsageError."""
    for number, item in items(path):
        place = f"record {number}"
        record = read_as(_Record, item, place)
        part = _own(record, place)
        yield from merged(part, list(_answers(record, part.variant, place)), place)


def _own(record: _Record, place: str) -> Own:
    """Our own part; a record that somebody made by hand has the variant's id and no more."""
    text = (record.metadata or {}).get(_OWN)
    if text is None:
        return read_as(Own, {"variant": record.id}, place)
    place = f"{place}: metadata.{_OWN}"
    if not isinstance(text, str):
        raise UsageError(f"{place} is no text")
    return read_as(Own, parsed(text.encode("utf-8", "surrogatepass"), place), place)


def _answers(record: _Record, variant_id: str, place: str) -> Iterator[Incoming]:
    """One of each person. Without a word it is a draft, since that question must be answered."""
    people: dict[str, dict[str, Any]] = defaultdict(dict)
    for question, responses in (record.responses or {}).items():
        for one in responses:
            if one.status != "draft":
                people[one.user_id][question] = one.value
            if one.status == "discarded":
                people[one.user_id]["word"] = Word.SKIPPED.value
    for person, values in people.items():
        if values.get("word"):
            yield answer(values, f"{place}, {person}", variant_id, person)
