"""People, their keys, and the audit."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codeaug import members
from codeaug.errors import UsageError
from codeaug.people import Caller, Permission, Role
from codeaug.web.access import Calling, needs
from codeaug.web.forms import Posted
from codeaug.web.pages import Pages


def add_admin(site: FastAPI, pages: Pages) -> None:
    """Adds the pages of administrators and auditors."""
    store = pages.store

    @site.get("/people", include_in_schema=False)
    @needs(Permission.ADMINISTER)
    def people(caller: Calling) -> HTMLResponse:
        return HTMLResponse(_people(pages, caller))

    @site.post("/people", include_in_schema=False)
    @needs(Permission.ADMINISTER)
    def put_person(caller: Calling, form: Posted) -> Response:
        name, role = form.get("name", "").strip(), form.get("role", "")
        if role:
            members.admit(store, name, role, caller.name)
        else:
            members.remove(store, name, caller.name)
        return RedirectResponse("/people", 303)

    @site.post("/keys", include_in_schema=False)
    @needs(Permission.ADMINISTER)
    def make_key(caller: Calling, form: Posted) -> HTMLResponse:
        days = form.get("days", "")
        if not (days.isdecimal() and len(days) < 10):
            raise UsageError("say for how many days, as a number")
        _, secret = members.give_key(store, form.get("person", ""), (), int(days), caller.name)
        return HTMLResponse(_people(pages, caller, secret))

    @site.post("/keys/{key_id}/revoke", include_in_schema=False)
    @needs(Permission.ADMINISTER)
    def revoke(caller: Calling, key_id: str) -> Response:
        store.people.revoke_key(key_id, caller.name)
        return RedirectResponse("/people", 303)

    @site.get("/audit", include_in_schema=False)
    @needs(Permission.AUDIT)
    def audit(caller: Calling) -> HTMLResponse:
        return HTMLResponse(pages.render("audit.html", caller, events=store.audit.events()))


def _people(pages: Pages, caller: Caller, secret: str = "") -> str:
    keys = [
        (key, datetime.fromtimestamp(key.until / 1000, UTC).date())
        for key in pages.store.people.all_keys()
    ]
    return pages.render(
        "people.html", caller,
        people=pages.store.people.all(), keys=keys, roles=list(Role), secret=secret,
    )  # fmt: skip
