"""The guideline, agreement, the dashboard and pauses for programs, as part of /api/v1."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field

from codeaug import agreement, gold
from codeaug.estimates import Estimate
from codeaug.model import Rung
from codeaug.people import Permission
from codeaug.store import Store
from codeaug.web import dashboard
from codeaug.web.access import Calling, needs
from codeaug.web.api import PREFIX, PROBLEMS, Body, Counted
from codeaug.web.figures import Figures
from codeaug.web.guidelines import LONGEST, check_text
from codeaug.web.pages import Pages


class GuidelineOut(BaseModel):
    """A version of the guideline, as Markdown."""

    version: int
    text: str
    made_by: str
    made_at: datetime


class GuidelineIn(Body):
    """The next version; `after` is the one that it changes, which must be the newest."""

    text: Annotated[str, Field(min_length=1, max_length=LONGEST)]
    after: Annotated[int, Field(ge=1, le=1_000_000)]


class EstimateOut(BaseModel):
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


class AgreementOut(BaseModel):
    """How far people agree about the variants that two or more of them voted on; null where there
    are too few, or where all votes are alike."""

    of: str
    name: str
    variants: int
    raw: EstimateOut | None
    alpha: EstimateOut | None
    ac1: EstimateOut | None


class PairOut(BaseModel):
    people: tuple[str, str]
    variants: int
    raw: EstimateOut | None
    kappa: EstimateOut | None


class PaceOut(BaseModel):
    """Seconds from one word to the next: the middle, and the middle half."""

    words: int
    middle: float
    fast: float
    slow: float


class WeekOut(BaseModel):
    begins: date
    votes: int
    approved: EstimateOut | None
    change: EstimateOut | None
    naturalness: float | None
    naturalness_before: float | None


class AgreedOut(BaseModel):
    """Agreement until a day ("": until now): the caller's own, everybody's, and for curators by
    person and pair, by name."""

    until: str
    own: AgreementOut
    pace: PaceOut | None
    weeks: list[WeekOut]
    everybody: list[AgreementOut]
    people: list[AgreementOut]
    pairs: list[PairOut]


class TableOut(BaseModel):
    """What one picture of the dashboard shows."""

    title: str
    caption: str
    columns: list[str]
    rows: list[list[str]]


class ScoreOut(BaseModel):
    """What a person said of gold items since their last pause was lifted."""

    reviewer: str
    bad: int
    accepted: int
    false_accepts: EstimateOut | None
    good: int
    refused: int
    false_rejects: EstimateOut | None


class PauseOut(BaseModel):
    reviewer: str
    reason: str
    made_at: datetime


class GoldOut(BaseModel):
    scores: list[ScoreOut]
    pauses: list[PauseOut]


class LiftIn(Body):
    reviewer: Annotated[str, Field(min_length=1, max_length=100)]


def add_quality_api(site: FastAPI, pages: Pages, figures: Figures, bar: Rung) -> None:
    """Adds all of these."""
    api = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    _add_guideline(api, pages.store)
    _add_figures(api, pages, figures, bar)
    _add_gold(api, pages.store)
    site.include_router(api)


def _add_guideline(api: APIRouter, store: Store) -> None:
    @api.get("/guideline")
    @needs(Permission.READ)
    def guideline() -> GuidelineOut:
        """The newest version."""
        newest = store.guidelines.newest()
        assert newest is not None  # there is one since the site was made
        return GuidelineOut.model_validate(newest, from_attributes=True)

    @api.post("/guideline")
    @needs(Permission.CURATE)
    def change(caller: Calling, body: GuidelineIn) -> GuidelineOut:
        store.guidelines.put(check_text(body.text), caller.name, body.after)
        return guideline()


def _add_figures(api: APIRouter, pages: Pages, figures: Figures, bar: Rung) -> None:
    @api.get("/agreement")
    @needs(Permission.READ)
    def agreed(caller: Calling) -> AgreedOut:
        until, own = figures.until(caller), figures.own(caller.name, figures.until(caller))
        curates = caller.may(Permission.CURATE)
        people = figures.people(until) if curates else []
        return AgreedOut(
            until=until,
            own=_agreement("person", caller.name, own["agreement"]),
            pace=own["pace"] and PaceOut.model_validate(own["pace"], from_attributes=True),
            weeks=[WeekOut.model_validate(week, from_attributes=True) for week in own["weeks"]],
            everybody=[_agreement(*key, one) for key, one in figures.strata(until).items()],
            people=[_agreement("person", name, one) for name, one in people],
            pairs=[
                PairOut.model_validate(pair, from_attributes=True)
                for pair in (figures.pairs(until) if curates else ())
            ],
        )

    @api.get("/dashboard")
    @needs(Permission.READ)
    def tables(caller: Calling) -> list[TableOut]:
        until = figures.until(caller)
        shown = dashboard.pictures(figures, pages.store.census(), bar, until, pages.waiting())
        return [TableOut(title=f.title, **_cells(f.table)) for f in shown]


def _add_gold(api: APIRouter, store: Store) -> None:
    @api.get("/gold")
    @needs(Permission.CURATE)
    def answers() -> GoldOut:
        scores, pauses = gold.scores(store.gold.answers()), store.gold.paused()
        return GoldOut(
            scores=[ScoreOut.model_validate(one, from_attributes=True) for one in scores],
            pauses=[PauseOut.model_validate(one, from_attributes=True) for one in pauses],
        )

    @api.post("/pauses/lift")
    @needs(Permission.CURATE)
    def lift(caller: Calling, body: LiftIn) -> Counted:
        """Gives a person cards again."""
        store.gold.lift(body.reviewer, caller.name)
        return Counted(counted=True)


def _agreement(of: str, name: str, one: agreement.Agreement) -> AgreementOut:
    estimates = {key: _estimate(getattr(one, key)) for key in ("raw", "alpha", "ac1")}
    return AgreementOut(of=of, name=name, variants=one.variants, **estimates)


def _estimate(one: Estimate | None) -> EstimateOut | None:
    return EstimateOut(value=one.value, low=one.low, high=one.high) if one else None


def _cells(table: Any) -> dict[str, Any]:
    rows = [list(row) for row in table.rows]
    return {"caption": table.caption, "columns": list(table.columns), "rows": rows}
