"""The addresses of the review pages and what each does."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from codeaug import review
from codeaug.errors import CodeaugError
from codeaug.model import Rung
from codeaug.store import Store
from codeaug.web.guard import Guard
from codeaug.web.pages import Pages

_LARGEST_FORM = 64 * 1024

Form = dict[str, str]


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
    commit: str | None = None,
    host: str = "127.0.0.1",
) -> FastAPI:
    """The pages for one reviewer over one store."""
    site = FastAPI(title="codeaug", openapi_url=None, docs_url=None, redoc_url=None)
    pages = Pages(store, reviewer, bar, commit)
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
    def next_card(after: str = "") -> Response:
        waiting = pages.queue().next_waiting(after)
        if waiting is None:
            return HTMLResponse(pages.empty())
        return RedirectResponse(f"/variants/{waiting}", 303)

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
    @site.post("/variants/{variant_id}/approve")
    def approve(request: Request, variant_id: str, form: Posted) -> Response:
        request_id, comment = form.get("request", ""), form.get("comment", "")
        review.approve(store, variant_id, reviewer, request_id and request_id + "a", comment)
        return _go(request, f"/?after={variant_id}")

    @site.post("/variants/{variant_id}/reject")
    def reject(request: Request, variant_id: str, form: Posted) -> Response:
        request_id, comment = form.get("request", ""), form.get("comment", "")
        reason = form.get("reason", "")
        request_id = request_id and f"{request_id}r{reason}"
        review.reject(store, variant_id, reviewer, request_id, reason, comment)
        return _go(request, f"/?after={variant_id}")

    @site.post("/variants/{variant_id}/undo")
    def undo(request: Request, variant_id: str, form: Posted) -> Response:
        request_id = form.get("request", "")
        review.undo(store, variant_id, reviewer, request_id and request_id + "u")
        return _go(request, f"/variants/{variant_id}")


def _go(request: Request, address: str) -> Response:
    """Where to go next: a redirect for a form, JSON for the script."""
    if _is_script(request):
        return JSONResponse({"next": address})
    return RedirectResponse(address, 303)


def _is_script(request: Request) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


def _sentence(pages: Pages, request: Request, error: Exception) -> Response:
    code = HTTPStatus.BAD_REQUEST if request.method == "POST" else HTTPStatus.SERVICE_UNAVAILABLE
    return _problem(pages, request, str(error), code)


def _status(pages: Pages, request: Request, error: Exception) -> Response:
    code = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(pages, request, str(getattr(error, "detail", error)), code)


def _problem(pages: Pages, request: Request, sentence: str, code: int) -> Response:
    if _is_script(request):
        return JSONResponse({"problem": sentence}, code)
    return HTMLResponse(pages.problem(sentence), code)
