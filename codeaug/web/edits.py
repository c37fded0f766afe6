"""Editing a variant: the page to do so, and what comes of it."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse, Response

from codeaug import review, revision
from codeaug.errors import LateDecision
from codeaug.people import Caller, Permission
from codeaug.review import Card
from codeaug.store import Store
from codeaug.web.access import Calling, needs
from codeaug.web.forms import Posted, go
from codeaug.web.pages import Pages, known_card


def add_edits(site: FastAPI, pages: Pages) -> None:
    """Adds the page on which one edits, and what it posts. Before the cards' own addresses."""
    store = pages.store

    @site.get("/variants/{variant_id}/edit", include_in_schema=False)
    @needs(Permission.VOTE)
    def edit_page(caller: Calling, variant_id: str) -> HTMLResponse:
        card = known_card(store, variant_id)
        return HTMLResponse(pages.render("edit.html", caller, **_values(store, caller, card)))

    @site.post("/variants/{variant_id}/edit", include_in_schema=False)
    @needs(Permission.VOTE)
    def edit(request: Request, caller: Calling, variant_id: str, form: Posted) -> Response:
        request_id = form.get("request", "")
        revision.revise(
            store, variant_id, caller.name, form.get("code", ""),
            request_id and f"{request_id} edit",
            token=form.get("token", ""), comment=form.get("comment", ""),
        )  # fmt: skip
        pages.edited()
        return go(request, "/")

    @site.post("/variants/{variant_id}/drop", include_in_schema=False)
    @needs(Permission.VOTE)
    def drop(request: Request, caller: Calling, variant_id: str) -> Response:
        known_card(store, variant_id)
        store.edits.drop(caller.name, variant_id)
        return go(request, "/")


def _values(store: Store, caller: Caller, card: Card) -> dict[str, Any]:
    """What the page shows. Raises LateDecision where the person may say nothing of the variant."""
    lease = review.lease_of(store, caller.name, card.variant.id)
    made = store.edits.of(card.variant.id)
    own = made is not None and made.person == caller.name
    if not (lease or own or card.decision_of(caller.name)):
        raise LateDecision("you do not have this card: take it first, on its page.")
    return {
        "card": card,
        "token": lease.token if lease else "",
        "original": revision.shown(card.unit, card.unit.code),
        "code": revision.shown(card.unit, card.variant.code),
    }
