"""Captions: what models say that units do, and what people say of that.

Nothing of it enters a dataset before somebody approved it, or made another text of it, and while
anybody's newest word is against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from codeaug.model import Caption, CaptionWord, Description, Word
from codeaug.store import audit
from codeaug.store.rows import Transaction, add_one, chunks
from codeaug.store.tables import caption, caption_word, stored

WORDS = frozenset({Word.APPROVED, Word.REJECTED, Word.EDITED})


@dataclass(frozen=True, slots=True)
class Captioned:
    """A caption with the newest word of each reviewer, the oldest first."""

    caption: Caption
    words: tuple[CaptionWord, ...] = ()

    @property
    def state(self) -> str:
        """`waiting` before anybody said anything; `rejected` while anybody is against it."""
        if not self.words:
            return "waiting"
        against = any(said.word is Word.REJECTED for said in self.words)
        return "rejected" if against else "approved"

    @property
    def text(self) -> str:
        """The caption as it is now: of the newest word for it, else the model's own."""
        own = [said.text for said in self.words if said.word is not Word.REJECTED]
        return own[-1] if own else self.caption.text

    @property
    def description(self) -> Description:
        """What a dataset may take of it; empty where nobody approved."""
        if self.state != "approved":
            return Description()
        made, reviewer = self.caption, self.words[-1].reviewer
        return Description(self.text, made.id, made.model, reviewer)


@dataclass(frozen=True)
class Captions:
    """The captions of a store."""

    reading: Transaction
    writing: Transaction

    def put(self, made: Caption) -> bool:
        """Keeps a caption; False when it was kept before."""
        row = {
            "id": made.id,
            "unit_id": made.unit_id,
            "body": made.text,
            "model": made.model,
            "prompt": made.prompt,
            "made_at": made.made_at.isoformat(),
        }
        with self.writing() as connection:
            return add_one(connection, caption, row)

    def say(self, said: CaptionWord) -> None:
        """Adds a person's word; the audit tells it."""
        assert said.word in WORDS, said.word
        row = {
            "caption_id": said.caption_id,
            "reviewer": said.reviewer,
            "word": said.word.value,
            "body": said.text,
            "made_at": said.made_at.isoformat(),
        }
        with self.writing() as connection:
            connection.execute(sa.insert(caption_word).values(row))
            verb = f"caption {said.word.value}"
            audit.append(connection, said.reviewer, verb, said.caption_id, {"text": said.text})

    def asked(self, model: str, prompt: str) -> set[str]:
        """The ids of all units of which this model, asked so, wrote a caption."""
        rows = sa.select(caption.c.unit_id)
        with self.reading() as connection:
            found = rows.where(caption.c.model == model, caption.c.prompt == prompt)
            return set(connection.scalars(found))

    def of(self, unit_ids: Iterable[str]) -> list[Captioned]:
        """The captions of these units with what people say of them, the oldest first."""
        with self.reading() as connection:
            found = [
                one
                for some in chunks(dict.fromkeys(unit_ids))
                for one in _captions(connection, caption.c.unit_id.in_(list(map(stored, some))))
            ]
        return sorted(found, key=lambda one: (one.caption.made_at, one.caption.id))

    def descriptions(self, unit_ids: Sequence[str]) -> dict[str, Description]:
        """By unit, the caption of these that may enter a dataset: where there are several, the one
        that was approved last."""
        approved = [one for one in self.of(unit_ids) if one.state == "approved"]
        approved.sort(key=lambda one: (one.words[-1].made_at, one.caption.id))
        return {one.caption.unit_id: one.description for one in approved}


def _captions(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Captioned]:
    rows = connection.execute(sa.select(caption).where(which)).all()
    said: dict[str, dict[str, CaptionWord]] = {}
    for some in chunks(row.id for row in rows):
        statement = sa.select(caption_word).where(caption_word.c.caption_id.in_(some))
        for word in connection.execute(statement.order_by(caption_word.c.seq)):
            own = said.setdefault(word.caption_id, {})
            own.pop(word.reviewer, None)  # so that the order is that of what stands
            own[word.reviewer] = _word(word)
    return [Captioned(_caption(row), tuple(said.get(row.id, {}).values())) for row in rows]


def _caption(row: sa.Row[Any]) -> Caption:
    moment = datetime.fromisoformat(row.made_at)
    return Caption(row.unit_id, row.body, row.model, row.prompt, moment)


def _word(row: sa.Row[Any]) -> CaptionWord:
    moment = datetime.fromisoformat(row.made_at)
    return CaptionWord(row.caption_id, row.reviewer, Word(row.word), row.body, moment)
