"""The queue: cards, what is said of them, and the list of all variants."""

from __future__ import annotations

from enum import StrEnum

from fastapi import FastAPI, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codeaug import review
from codeaug.errors import LateDecision, UsageError
from codeaug.model import Word
from codeaug.people import Permission
from codeaug.web.access import Calling, needs
from codeaug.web.diff import Whitespace
from codeaug.web.forms import Form, Json, Posted, go
from codeaug.web.pages import Pages
from codeaug.web.soon import soon

_WHITESPACE = "codeaug-whitespace"
_A_YEAR = 365 * 24 * 3600


class Verb(StrEnum):
    """What can be done to a card, as the last part of its address."""

    APPROVE = "approve"
    REJECT = "reject"
    FLAG = "flag"
    SKIP = "skip"
    UNDO = "undo"
    TAKE = "take"
    RENEW = "renew"


WORDS = {
    Verb.APPROVE: Word.APPROVED,
    Verb.REJECT: Word.REJECTED,
    Verb.FLAG: Word.FLAGGED,
    Verb.SKIP: Word.SKIPPED,
}


def add_cards(site: FastAPI, pages: Pages) -> None:
    """Adds the pages of the queue and what they post."""
    _add_reading(site, pages)
    _add_deciding(site, pages)


def _add_reading(site: FastAPI, pages: Pages) -> None:
    @site.get("/", include_in_schema=False)
    @needs(Permission.READ)
    async def next_card(caller: Calling) -> Response:
        if not caller.may(Permission.VOTE):
            return RedirectResponse("/variants", 303)
        address = await pages.next_address(caller)
        if not address:
            return HTMLResponse(await run_in_threadpool(pages.empty, caller))
        return RedirectResponse(address, 303)

    @site.get("/variants/{variant_id}", include_in_schema=False)
    @needs(Permission.READ)
    async def one_card(
        request: Request, caller: Calling, variant_id: str, whitespace: Whitespace | None = None
    ) -> HTMLResponse:
        kept = _kept_whitespace(request)
        page = _found(await pages.card(caller, variant_id, whitespace or kept))
        if whitespace is not None:
            page.set_cookie(_WHITESPACE, whitespace, _A_YEAR, httponly=True, samesite="lax")
        return page

    @site.get("/variants/{variant_id}/file", include_in_schema=False)
    @needs(Permission.READ)
    def its_file(caller: Calling, variant_id: str) -> HTMLResponse:
        return _found(pages.file(caller, variant_id))

    @site.get("/variants", include_in_schema=False)
    @needs(Permission.READ)
    def all_variants(
        caller: Calling,
        language: str = "",
        verdict: str = "",
        rung: str = "",
        transform: str = "",
        page: int = 1,
    ) -> HTMLResponse:
        wanted = {"language": language, "verdict": verdict, "rung": rung, "transform": transform}
        return HTMLResponse(pages.listing(caller, wanted, page))

    @site.get("/disputes", include_in_schema=False)
    @needs(Permission.ADJUDICATE)
    def disputes(caller: Calling) -> HTMLResponse:
        return HTMLResponse(pages.disputes(caller))


def _found(html: str | None) -> HTMLResponse:
    if html is None:
        raise HTTPException(404, "There is no such variant in this store.")
    return HTMLResponse(html)


def _kept_whitespace(request: Request) -> Whitespace:
    """How this browser was to show white space last."""
    kept = request.cookies.get(_WHITESPACE, "")
    return Whitespace(kept) if kept in list(Whitespace) else Whitespace.ALL


def _add_deciding(site: FastAPI, pages: Pages) -> None:
    store = pages.store

    @site.post("/variants/{variant_id}/settle/{word}", include_in_schema=False)
    @needs(Permission.ADJUDICATE)
    def settle(
        request: Request, caller: Calling, variant_id: str, word: Verb, form: Posted
    ) -> Response:
        if word not in (Verb.APPROVE, Verb.REJECT):
            raise UsageError("a final word approves or rejects")
        review.settle(
            store, variant_id, caller, WORDS[word], _request_id(form, word),
            reason=form.get("reason", ""), comment=form.get("comment", ""),
        )  # fmt: skip
        return go(request, "/disputes")

    @site.post("/ahead", include_in_schema=False)
    @needs(Permission.VOTE)
    async def ahead(caller: Calling, form: Posted) -> Json:
        besides = form.get("besides", "")
        return Json({"next": await soon(store, pages.address_ahead, caller, besides)})

    @site.post("/variants/{variant_id}/{word}", include_in_schema=False)
    @needs(Permission.VOTE)
    async def decide(
        request: Request, caller: Calling, variant_id: str, word: Verb, form: Posted
    ) -> Response:
        request_id, token = _request_id(form, word), form.get("token", "")
        if word is Verb.UNDO:
            await soon(store, review.undo, store, variant_id, caller.name, request_id)
            return go(request, f"/variants/{variant_id}")
        if word is Verb.TAKE:
            await soon(store, review.take, store, caller.name, variant_id)
            return go(request, f"/variants/{variant_id}")
        if word is Verb.RENEW:
            if not await soon(store, review.renew, store, caller.name, token):
                raise LateDecision("somebody else has this card by now.")
            return go(request, f"/variants/{variant_id}")
        await soon(
            store, review.decide, store, variant_id, caller.name, WORDS[word], request_id,
            token=token, reason=form.get("reason", ""), comment=form.get("comment", ""),
            naturalness=_grade(form.get("naturalness", "")),
        )  # fmt: skip
        return go(request, "/")


def _request_id(form: Form, word: Verb) -> str:
    """The id of a post; another word from the same card counts: the person thought again."""
    given = form.get("request", "")
    return given and f"{given} {word} {form.get('reason', '')}".rstrip()


def _grade(text: str) -> int:
    if text and text not in tuple("12345"):
        raise UsageError("naturalness is from 1 to 5")
    return int(text or 0)
