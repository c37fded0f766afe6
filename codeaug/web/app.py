"""The review site: its guards, its pages, its API, and what is said when something is wrong."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlsplit

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from codeaug.errors import CodeaugError, LateDecision, OutOfSpace, Paused, StoreError
from codeaug.model import Rung
from codeaug.store import Store
from codeaug.strata import Strata
from codeaug.web.access import Access
from codeaug.web.admin import add_admin
from codeaug.web.api import add_api
from codeaug.web.card_api import add_card_api
from codeaug.web.cards import add_cards
from codeaug.web.edits import add_edits
from codeaug.web.figures import Figures
from codeaug.web.forms import Json, is_script
from codeaug.web.guard import Guard
from codeaug.web.guidelines import add_guidelines
from codeaug.web.oidc import Provider
from codeaug.web.pages import Pages
from codeaug.web.quality import add_quality
from codeaug.web.quality_api import add_quality_api
from codeaug.web.signin import OneTime, add_signing_in


def app(
    store: Store,
    *,
    bar: Rung,
    overlap: int = 1,
    strata: Strata | None = None,
    host: str = "127.0.0.1",
    public_url: str = "",
    once: OneTime | None = None,
    provider: Provider | None = None,
    edited: Callable[[], None] = lambda: None,
) -> FastAPI:
    """The site over one store; `overlap` people decide about each variant where `strata` say
    nothing else.

    People sign in by `once`, at `provider`, or with an API key. `public_url` is where others see
    the site; with https, cookies never travel otherwise. `edited` is called when an edit waits to
    be checked.
    """
    secure = public_url.startswith("https:")
    access = Access(store, secure=secure)
    site = FastAPI(
        title="codeaug", openapi_url=None, docs_url=None, redoc_url=None,
        dependencies=[Depends(access)], default_response_class=Json,
    )  # fmt: skip
    pages = Pages(store, bar, overlap, edited, strata)
    pages.fill()
    site.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    if provider is not None:
        # Only what the provider's answer is compared with, for as long as signing in takes.
        site.add_middleware(
            SessionMiddleware, secret_key=store.secret("sign in").hex(),
            session_cookie="codeaug-provider", max_age=600, same_site="lax", https_only=secure,
            path="/sign-in",
        )  # fmt: skip
    names = frozenset(filter(None, [urlsplit(public_url).hostname]))
    # Pages hold no secret that could be guessed by their size.
    site.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=5)
    site.add_middleware(Guard, bound_to=host, names=names, secure=secure)
    _add_problems(site, pages)
    add_signing_in(site, pages, access, once, provider)
    add_edits(site, pages)
    add_cards(site, pages)
    add_admin(site, pages)
    add_guidelines(site, pages)
    figures = Figures(store)
    figures.warm()
    add_quality(site, pages, figures, bar)
    add_quality_api(site, pages, figures, bar)
    add_api(site, pages)
    add_card_api(site, pages, bar)
    return site


def _add_problems(site: FastAPI, pages: Pages) -> None:
    def sentence(request: Request, error: Exception) -> Response:
        ours = request.method == "GET" or isinstance(error, StoreError | OutOfSpace)
        code = HTTPStatus.SERVICE_UNAVAILABLE if ours else HTTPStatus.BAD_REQUEST
        code = HTTPStatus.CONFLICT if isinstance(error, LateDecision) else code
        code = HTTPStatus.FORBIDDEN if isinstance(error, Paused) else code
        return _problem(pages, request, str(error), code)

    def status(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        wants_page = request.method == "GET" and not is_script(request)
        if error.status_code == HTTPStatus.UNAUTHORIZED and wants_page:
            return RedirectResponse(f"/sign-in?next={quote(request.url.path)}", 303)
        answer = _problem(pages, request, error.detail, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    def malformed(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        told = "; ".join(
            f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()
        )
        return _problem(pages, request, told, HTTPStatus.UNPROCESSABLE_ENTITY)

    site.add_exception_handler(CodeaugError, sentence)
    site.add_exception_handler(RequestValidationError, malformed)
    site.add_exception_handler(HTTPException, status)


def _problem(pages: Pages, request: Request, sentence: str, code: int) -> Response:
    if is_script(request):
        return Json({"problem": sentence}, code)
    return HTMLResponse(pages.problem(sentence, getattr(request.state, "caller", None)), code)
