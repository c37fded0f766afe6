"""The file of a card, and edits of it, for programs: as part of /api/v1."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from codeaug import revision
from codeaug.model import LONGEST_COMMENT, Rung
from codeaug.people import Caller, Permission
from codeaug.store import Store
from codeaug.store.edits import Edited
from codeaug.web.access import Calling, needs
from codeaug.web.api import PREFIX, PROBLEMS, Body, Counted, Id, RequestId
from codeaug.web.card_edit import own_edit
from codeaug.web.pages import Pages, known_card
from codeaug.web.surroundings import NotHere, file_of


class FileOut(BaseModel):
    """The file in which a variant's unit stands, at the commit of its evidence, and the unit's
    lines, from 1."""

    path: str
    text: str
    first_line: int
    last_line: int


class EditIn(Body):
    """What the caller makes of a variant: all of its code. `request_id` and `token` as in a
    decision."""

    code: Annotated[str, Field(min_length=1, max_length=revision.LONGEST)]
    request_id: RequestId
    token: str = ""
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""


class EditMade(BaseModel):
    """The variant that was made; null: this request was counted before."""

    variant_id: str | None


class EditOut(BaseModel):
    """An edit of the caller's that waits for its checks, or fell short of the bar, and why."""

    variant_id: str
    parent_id: str
    fell_short: bool
    standing: str


def add_card_api(site: FastAPI, pages: Pages, bar: Rung) -> None:
    """Adds what programs can ask of a card's file, and its edits."""
    api = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    store = pages.store

    @api.get("/variants/{variant_id}/file")
    @needs(Permission.READ)
    def file(variant_id: Id) -> FileOut:
        card = known_card(store, variant_id)
        try:
            text = file_of(card.unit, card.repository)
        except NotHere as error:
            raise HTTPException(404, str(error)) from error
        unit = card.unit
        return FileOut(path=unit.path, text=text, first_line=unit.line, last_line=unit.end_line)

    @api.get("/edits")
    @needs(Permission.VOTE)
    def edits(caller: Calling) -> list[EditOut]:
        """The caller's edits that wait for their checks or fell short."""
        found = [*store.edits.waiting(caller.name), *store.edits.returned(caller.name, bar)]
        return [_shown(store, caller, each, bar) for each in found]

    @api.post("/variants/{variant_id}/edits")
    @needs(Permission.VOTE)
    def edit(caller: Calling, variant_id: Id, body: EditIn) -> EditMade:
        """Makes another variant of this one; the caller is done with this one thereby."""
        known_card(store, variant_id)
        made = revision.revise(
            store, variant_id, caller.name, body.code, body.request_id,
            token=body.token, comment=body.comment,
        )  # fmt: skip
        pages.edited()
        return EditMade(variant_id=made.id if made else None)

    @api.delete("/edits/{variant_id}")
    @needs(Permission.VOTE)
    def drop(caller: Calling, variant_id: Id) -> Counted:
        """Gives an edit of the caller's up; false: it is none of theirs."""
        known_card(store, variant_id)
        return Counted(counted=store.edits.drop(caller.name, variant_id))

    site.include_router(api)


def _shown(store: Store, caller: Caller, edited: Edited, bar: Rung) -> EditOut:
    own = own_edit(store, caller, known_card(store, edited.variant_id), bar)
    assert own is not None
    return EditOut(
        variant_id=edited.variant_id,
        parent_id=edited.parent_id,
        fell_short=own.fell_short,
        standing=own.standing,
    )
