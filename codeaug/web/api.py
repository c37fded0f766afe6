"""The same things as the pages do, for programs: JSON under /api/v1, described by OpenAPI."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Path, Query
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from codeaug import __version__, members, review
from codeaug.model import LONGEST_COMMENT, Word
from codeaug.people import MAY, ApiKey, Caller, Permission, Person, Role
from codeaug.store import Lease, Store
from codeaug.transforms import tier_of
from codeaug.web.access import Calling, needs
from codeaug.web.hooks import add_webhooks
from codeaug.web.ingest import add_ingest
from codeaug.web.pages import Pages, known_card
from codeaug.web.soon import soon

PREFIX = "/api/v1"
RequestId = Annotated[str, Field(min_length=1, max_length=200)]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What went wrong, in one sentence."""

    problem: str


class Me(BaseModel):
    """Who asks, and what they may."""

    name: str
    role: Role
    may: list[Permission]


class LeaseOut(BaseModel):
    """The right to decide about a variant, until then (milliseconds since 1970)."""

    variant_id: str
    token: str
    until: int


class Next(BaseModel):
    """The next card of the caller's, or null, and how many votes are wanted of anybody."""

    lease: LeaseOut | None
    waiting: int


class Renewal(Body):
    token: str


class DecisionIn(Body):
    """A word about a variant. `request_id` is the caller's own: sent twice, it counts once."""

    word: Word
    request_id: RequestId
    token: str = ""
    reason: str = ""
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""
    naturalness: Annotated[int, Field(ge=0, le=5)] = 0


class Counted(BaseModel):
    """False: this request was counted before."""

    counted: bool


class RequestIn(Body):
    request_id: RequestId


class DecisionOut(BaseModel):
    reviewer: str
    word: Word
    reason: str
    comment: str
    naturalness: int
    final: bool
    made_at: datetime


class FindingOut(BaseModel):
    check: str
    verdict: str
    detail: str
    seconds: float
    command: str
    exit_code: int | None
    log: str


class CardOut(BaseModel):
    """A variant with everything by which one decides. `decisions` are the caller's own, and others'
    as far as the caller may see them yet."""

    variant_id: str
    unit_id: str
    language: str
    path: str
    name: str
    line: int
    original: str
    code: str
    engine: str
    recipe: list[str]
    tier: str
    model: str
    commit: str | None
    verdict: str
    rung: str
    parameters: dict[str, str]
    findings: list[FindingOut]
    tests: list[str]
    decisions: list[DecisionOut]


class ListedOut(BaseModel):
    variant_id: str
    language: str
    path: str
    name: str
    engine: str
    tier: str
    verdict: str
    rung: str


class Listing(BaseModel):
    total: int
    page: int
    variants: list[ListedOut]


class DisputeOut(BaseModel):
    variant_id: str
    approvals: int
    rejections: int
    flags: int


class PersonOut(BaseModel):
    name: str
    role: Role
    subject: str
    active: bool


class PersonIn(Body):
    """`active` false lets somebody in no more."""

    role: Role
    subject: str = ""
    active: bool = True


class KeyIn(Body):
    person: str
    scopes: list[Permission] = []
    days: Annotated[int, Field(ge=1, le=members.LONGEST_KEY)] = 90


class KeyOut(BaseModel):
    id: str
    person: str
    scopes: list[Permission]
    made_at: datetime
    until: int
    revoked: bool


class NewKey(BaseModel):
    """A key with its secret, which is told this once."""

    key: KeyOut
    secret: str


class EventOut(BaseModel):
    made_at: str
    actor: str
    verb: str
    object: str
    detail: str
    previous: str
    digest: str


class Whole(BaseModel):
    """How many lines the audit has, the digest of the last, and what is wrong with it."""

    events: int
    last: str
    problems: list[str]


Id = Annotated[str, Path(pattern="^[0-9a-f]{8,64}$")]
Name = Annotated[str, Path(min_length=1, max_length=100)]

PROBLEMS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "It cannot be done as asked."},
    401: {"model": Problem, "description": "Nobody known asks."},
    403: {"model": Problem, "description": "Not for the caller."},
    404: {"model": Problem, "description": "There is no such thing."},
    409: {"model": Problem, "description": "Somebody else was faster."},
    413: {"model": Problem, "description": "Too large."},
    422: {"model": Problem, "description": "Not of the form that is described here."},
    429: {"model": Problem, "description": "Too many requests."},
    503: {"model": Problem, "description": "The store cannot be used now: try again later."},
}


def add_api(site: FastAPI, pages: Pages) -> None:
    """Adds everything under /api/v1, and its description."""
    api = APIRouter(prefix=PREFIX, responses=PROBLEMS)
    _add_queue(api, pages)
    _add_disputes(api, pages.store)
    _add_members(api, pages.store)
    add_ingest(api, pages)
    add_webhooks(api, pages.store)

    @api.get("/openapi.json", include_in_schema=False)
    @needs(Permission.READ)
    def description() -> dict[str, Any]:
        return described(site)

    site.include_router(api)


def described(site: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the site's API."""
    document = get_openapi(
        title="codeaug review", version=__version__, routes=site.routes, description=__doc__
    )
    scheme = {"type": "http", "scheme": "bearer", "description": "An API key."}
    document.setdefault("components", {})["securitySchemes"] = {"key": scheme}
    document["security"] = [{"key": []}]
    return document


def _add_queue(api: APIRouter, pages: Pages) -> None:
    store = pages.store

    @api.get("/me")
    @needs(Permission.READ)
    def me(caller: Calling) -> Me:
        may = sorted(caller.scopes & MAY[caller.person.role])
        return Me(name=caller.name, role=caller.person.role, may=may)

    @api.post("/leases")
    @needs(Permission.VOTE)
    async def next_lease(caller: Calling) -> Next:
        """The card that the caller has already, else the next one."""
        lease = await pages.next_card(caller)
        waiting = await pages.waiting_soon()
        return Next(lease=_lease(lease) if lease else None, waiting=waiting)

    @api.post("/variants/{variant_id}/take")
    @needs(Permission.VOTE)
    async def take(caller: Calling, variant_id: Id) -> LeaseOut:
        return _lease(await soon(store, review.take, store, caller.name, variant_id))

    @api.post("/leases/renew")
    @needs(Permission.VOTE)
    async def renew(caller: Calling, body: Renewal) -> Counted:
        """False: somebody else has the card by now."""
        return Counted(counted=await soon(store, review.renew, store, caller.name, body.token))

    @api.get("/variants")
    @needs(Permission.READ)
    def variants(
        caller: Calling,
        language: str = "",
        verdict: str = "",
        rung: str = "",
        transform: str = "",
        page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    ) -> Listing:
        wanted = {"language": language, "verdict": verdict, "rung": rung, "transform": transform}
        found, total = pages.matching(caller, wanted, page)
        return Listing(total=total, page=page, variants=[_listed(row) for row in found])

    @api.get("/variants/{variant_id}")
    @needs(Permission.READ)
    def one_card(caller: Calling, variant_id: Id) -> CardOut:
        return _card(store, known_card(store, variant_id), caller)

    @api.post("/variants/{variant_id}/decisions")
    @needs(Permission.VOTE)
    async def decide(caller: Calling, variant_id: Id, body: DecisionIn) -> Counted:
        counted = await soon(
            store, review.decide, store, variant_id, caller.name, body.word, body.request_id,
            token=body.token, reason=body.reason, comment=body.comment,
            naturalness=body.naturalness,
        )  # fmt: skip
        return Counted(counted=counted)

    @api.post("/variants/{variant_id}/undo")
    @needs(Permission.VOTE)
    async def undo(caller: Calling, variant_id: Id, body: RequestIn) -> Counted:
        """Takes the caller's word about the variant back."""
        undone = await soon(store, review.undo, store, variant_id, caller.name, body.request_id)
        return Counted(counted=undone)


def _add_disputes(api: APIRouter, store: Store) -> None:
    @api.get("/disputes")
    @needs(Permission.ADJUDICATE)
    def disputes(caller: Calling) -> list[DisputeOut]:
        return [DisputeOut(**asdict(one)) for one in review.disputes(store, caller)]

    @api.post("/variants/{variant_id}/settle")
    @needs(Permission.ADJUDICATE)
    def settle(caller: Calling, variant_id: Id, body: DecisionIn) -> Counted:
        """The final word about a disputed variant."""
        counted = review.settle(
            store, variant_id, caller, body.word, body.request_id,
            reason=body.reason, comment=body.comment,
        )  # fmt: skip
        return Counted(counted=counted)


def _add_members(api: APIRouter, store: Store) -> None:
    @api.get("/people")
    @needs(Permission.ADMINISTER)
    def people() -> list[PersonOut]:
        return [_person(one) for one in store.people.all()]

    @api.put("/people/{name}")
    @needs(Permission.ADMINISTER)
    def put_person(caller: Calling, name: Name, body: PersonIn) -> PersonOut:
        members.admit(store, name, body.role, caller.name, body.subject, active=body.active)
        found = store.people.named(name)
        assert found is not None
        return _person(found)

    @api.get("/keys")
    @needs(Permission.ADMINISTER)
    def keys() -> list[KeyOut]:
        return [_key(one) for one in store.people.all_keys()]

    @api.post("/keys")
    @needs(Permission.ADMINISTER)
    def make_key(caller: Calling, body: KeyIn) -> NewKey:
        record, secret = members.give_key(store, body.person, body.scopes, body.days, caller.name)
        return NewKey(key=_key(record), secret=secret)

    @api.delete("/keys/{key_id}")
    @needs(Permission.ADMINISTER)
    def revoke(caller: Calling, key_id: Id) -> Counted:
        if not store.people.revoke_key(key_id, caller.name):
            raise HTTPException(404, "There is no such key.")
        return Counted(counted=True)

    @api.get("/audit")
    @needs(Permission.AUDIT)
    def audit(newest: Annotated[int, Query(ge=1, le=1000)] = 200) -> list[EventOut]:
        return [EventOut(**asdict(one)) for one in store.audit.events(newest)]

    @api.get("/audit/verification")
    @needs(Permission.AUDIT)
    def verify(expect: str = "") -> Whole:
        found = store.audit.verify(expect)
        return Whole(events=found.events, last=found.last, problems=list(found.problems))


# --- records as JSON ------------------------------------------------------------------------------


def _lease(lease: Lease) -> LeaseOut:
    return LeaseOut(variant_id=lease.variant_id, token=lease.token, until=lease.until)


def _person(one: Person) -> PersonOut:
    return PersonOut(name=one.name, role=one.role, subject=one.subject, active=one.active)


def _key(one: ApiKey) -> KeyOut:
    return KeyOut(
        id=one.id, person=one.person, scopes=sorted(one.scopes), made_at=one.made_at,
        until=one.until, revoked=one.revoked,
    )  # fmt: skip


def _listed(row: dict[str, Any]) -> ListedOut:
    path, _, name = row["place"].partition("::")
    names = ("language", "engine", "tier", "verdict", "rung")
    return ListedOut(variant_id=row["id"], path=path, name=name, **{key: row[key] for key in names})


def _card(store: Store, card: review.Card, caller: Caller) -> CardOut:
    evidence, mine = card.evidence, card.decision_of(caller.name)
    decisions = [*filter(None, [mine]), *review.visible(card, caller, store)]
    return CardOut(
        variant_id=card.variant.id,
        unit_id=card.unit.id,
        language=card.unit.language,
        path=card.unit.path,
        name=card.unit.qualified_name,
        line=card.unit.line,
        original=card.unit.code,
        code=card.variant.code,
        engine=card.variant.origin.engine,
        recipe=list(card.variant.origin.recipe),
        tier=tier_of(card.variant.origin.recipe),
        model=card.variant.origin.model,
        commit=evidence.commit if evidence else None,
        verdict=evidence.verdict if evidence else "waiting",
        rung=evidence.rung.label if evidence else "none",
        parameters=dict(evidence.parameters) if evidence else {},
        findings=[FindingOut(**asdict(one)) for one in (evidence.findings if evidence else ())],
        tests=list(card.oracle.tests) if card.oracle else [],
        decisions=[
            DecisionOut(
                reviewer=one.reviewer, word=one.word, reason=one.reason, comment=one.comment,
                naturalness=one.naturalness, final=one.final, made_at=one.made_at,
            )
            for one in decisions
        ],
    )  # fmt: skip
