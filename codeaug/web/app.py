"""The addresses of the review pages and what each does."""

from __future__ import annotations

from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from codeaug import review
from codeaug.errors import CodeaugError, LateDecision, UsageError
from codeaug.model import Rung, Word
from codeaug.store import Store
from codeaug.web.guard import Guard
from codeaug.web.pages import Pages

_LARGEST_FORM = 64 * 1024

Form = dict[str, str]


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


async def read_form(request: Request) -> Form:
    """The fields of a posted form, each once."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            raise HTTPException(413, "The form is too large.")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


Posted = Annotated[Form, Depends(read_form)]


def app(
    store: Store,
    *,
    reviewer: str,
    bar: Rung,
    overlap: int = 1,
    host: str = "127.0.0.1",
) -> FastAPI:
    """The pages for one reviewer over one store; `overlap` people decide about each variant."""
    site = FastAPI(title="codeaug", openapi_url=None, docs_url=None, redoc_url=None)
    pages = Pages(store, reviewer, bar, overlap)
    store.slots.fill(bar, overlap)
    site.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    site.add_middleware(Guard, bound_to=host)
    site.add_exception_handler(
        CodeaugError, lambda request, error: _sentence(pages, request, error)
    )
    site.add_exception_handler(HTTPException, lambda request, error: _status(pages, request, error))
    _add_reading(site, pages)
    _add_deciding(site, store, reviewer)
    return site


def _add_reading(site: FastAPI, pages: Pages) -> None:
    @site.get("/")
    def next_card() -> Response:
        lease = pages.next_card()
        if lease is None:
            return HTMLResponse(pages.empty())
        return RedirectResponse(f"/variants/{lease.variant_id}", 303)

    @site.get("/variants/{variant_id}")
    def one_card(variant_id: str) -> HTMLResponse:
        html = pages.card(variant_id)
        if html is None:
            raise HTTPException(404, "There is no such variant in this store.")
        return HTMLResponse(html)

    @site.get("/variants")
    def all_variants(
        language: str = "", verdict: str = "", rung: str = "", transform: str = "", page: int = 1
    ) -> HTMLResponse:
        wanted = {"language": language, "verdict": verdict, "rung": rung, "transform": transform}
        return HTMLResponse(pages.listing(wanted, page))


def _add_deciding(site: FastAPI, store: Store, reviewer: str) -> None:
    @site.post("/variants/{variant_id}/{word}")
    def decide(request: Request, variant_id: str, word: Verb, form: Posted) -> Response:
        request_id, reason = form.get("request", ""), form.get("reason", "")
        # another word from the same card counts: the person thought again
        request_id = request_id and f"{request_id} {word} {reason}".rstrip()
        if word is Verb.UNDO:
            review.undo(store, variant_id, reviewer, request_id)
            return _go(request, f"/variants/{variant_id}")
        token = form.get("token", "")
        if word is Verb.TAKE:
            review.take(store, reviewer, variant_id)
            return _go(request, f"/variants/{variant_id}")
        if word is Verb.RENEW:
            if not review.renew(store, reviewer, token):
                raise LateDecision("somebody else has this card by now.")
            return _go(request, f"/variants/{variant_id}")
        review.decide(
            store, variant_id, reviewer, WORDS[word], request_id,
            token=token, reason=reason, comment=form.get("comment", ""),
            naturalness=_grade(form.get("naturalness", "")),
        )  # fmt: skip
        return _go(request, "/")


def _grade(text: str) -> int:
    if text and text not in tuple("12345"):
        raise UsageError("naturalness is from 1 to 5")
    return int(text or 0)


def _go(request: Request, address: str) -> Response:
    """Where to go next: a redirect for a form, JSON for the script."""
    if _is_script(request):
        return JSONResponse({"next": address})
    return RedirectResponse(address, 303)


def _is_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _sentence(pages: Pages, request: Request, error: Exception) -> Response:
    code = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.SERVICE_UNAVAILABLE
    code = HTTPStatus.CONFLICT if isinstance(error, LateDecision) else code
    return _problem(pages, request, str(error), code)


def _status(pages: Pages, request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(pages, request, str(getattr(error, "detail", error)), code)


def _problem(pages: Pages, request: Request, sentence: str, code: int) -> Response:
    if _is_script(request):
        return JSONResponse({"problem": sentence}, code)
    return HTMLResponse(pages.problem(sentence), code)
