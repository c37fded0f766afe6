"""The guideline: to read, and for curators to change."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codeaug.bundled import bundled
from codeaug.errors import UsageError
from codeaug.people import Caller, Permission
from codeaug.store import Guideline, Store
from codeaug.web.access import Calling, needs
from codeaug.web.forms import Posted
from codeaug.web.markdown import render
from codeaug.web.pages import Pages

LONGEST = 50_000


def add_guidelines(site: FastAPI, pages: Pages) -> None:
    """Adds the guideline's pages; a store without one gets ours."""
    store = pages.store
    if store.guidelines.newest() is None:
        text = bundled("templates", "review", "guidelines.md").read_text(encoding="utf-8")
        store.guidelines.put(text, "codeaug", 0)

    @site.get("/guidelines", include_in_schema=False)
    @needs(Permission.READ)
    def read(caller: Calling, version: int = 0) -> HTMLResponse:
        return HTMLResponse(_page(pages, caller, _version(store, version)))

    @site.post("/guidelines", include_in_schema=False)
    @needs(Permission.CURATE)
    def change(caller: Calling, form: Posted) -> Response:
        text, after = _given(form)
        if form.get("do") != "save":
            draft = _version(store, 0)
            return HTMLResponse(_page(pages, caller, draft, text, after))
        store.guidelines.put(text, caller.name, after)
        return RedirectResponse("/guidelines", 303)


def _given(form: dict[str, str]) -> tuple[str, int]:
    after = form.get("after", "")
    if not (after.isascii() and after.isdecimal() and len(after) < 10):
        raise UsageError("say after which version it comes, as a number")
    return check_text(form.get("text", "")), int(after)


def check_text(text: str) -> str:
    """A guideline's text with plain line ends. Raises UsageError when it is none."""
    plain = text.replace("\r\n", "\n")
    if not plain.strip() or len(plain) > LONGEST:
        raise UsageError(f"a guideline has a text, of at most {LONGEST} characters")
    return plain


def _version(store: Store, version: int) -> Guideline:
    found = store.guidelines.versions()
    chosen = [one for one in found if version in (0, one.version)]
    if not chosen:
        raise HTTPException(404, "There is no such version of the guideline.")
    return chosen[0]


def _page(pages: Pages, caller: Caller, shown: Guideline, draft: str = "", after: int = 0) -> str:
    """The guideline; with a draft also how that would look."""
    versions = pages.store.guidelines.versions()
    return pages.render(
        "guidelines.html", caller,
        shown=shown, newest=versions[0], versions=versions, html=render(shown.text),
        draft=draft or shown.text, preview=render(draft) if draft else "",
        after=after or versions[0].version,
    )  # fmt: skip
