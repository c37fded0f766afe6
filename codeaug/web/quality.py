"""How well it is done: the dashboard, agreement, and who was paused."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import FastAPI
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codeaug import gold
from codeaug.model import Rung
from codeaug.people import Permission
from codeaug.web import dashboard
from codeaug.web.access import Calling, needs
from codeaug.web.figures import Figures, number, percent
from codeaug.web.forms import Posted
from codeaug.web.pages import Pages


def add_quality(site: FastAPI, pages: Pages, figures: Figures, bar: Rung) -> None:
    """Adds those pages."""
    store = pages.store

    @site.get("/dashboard", include_in_schema=False)
    @needs(Permission.READ)
    def overview(caller: Calling) -> HTMLResponse:
        until = figures.until(caller)
        shown = dashboard.pictures(figures, store.census(), bar, until, pages.waiting())
        return HTMLResponse(pages.render("dashboard.html", caller, figures=shown, until=until))

    @site.get("/agreement", include_in_schema=False)
    @needs(Permission.READ)
    def agreement(caller: Calling) -> HTMLResponse:
        until, curates = figures.until(caller), caller.may(Permission.CURATE)
        answers = store.gold.answers() if curates else ()
        return HTMLResponse(
            pages.render(
                "agreement.html", caller,
                until=until, percent=percent, number=number, quote=quote,
                own=figures.own(caller.name, until),
                strata=figures.strata(until),
                people=figures.people(until) if curates else (),
                pairs=figures.pairs(until) if curates else (),
                scores=gold.scores(answers),
                pauses=store.gold.paused() if curates else (),
            )
        )  # fmt: skip

    @site.post("/pauses/lift", include_in_schema=False)
    @needs(Permission.CURATE)
    def lift(caller: Calling, form: Posted) -> Response:
        store.gold.lift(form.get("reviewer", ""), caller.name)
        return RedirectResponse("/agreement", 303)
