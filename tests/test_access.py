"""Who gets in, who may do what, and that nobody else does: over every route and role."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import APIRouter, FastAPI
from starlette.routing import Mount, Route

from codeaug import members
from codeaug.errors import UsageError
from codeaug.model import Rung, Word
from codeaug.people import MAY, Caller, Permission, Person, Role
from codeaug.store import Store
from codeaug.store.tables import decision
from codeaug.web import OneTime, app
from codeaug.web.access import SESSION, now
from tests.seeded import VARIANTS, seed
from tests.visiting import COOKIE, Visit, known, program, visit

JAVA = VARIANTS["java"].id
CARD = f"/variants/{JAVA}"

# What every route needs; None: nothing. A route that is missing here fails the test.
NEEDS: dict[tuple[str, str], Permission | None] = {
    ("GET", "/sign-in"): None,
    ("POST", "/sign-in"): None,
    ("POST", "/sign-out"): None,
    ("GET", "/"): Permission.READ,
    ("GET", "/variants"): Permission.READ,
    ("GET", "/variants/{variant_id}"): Permission.READ,
    ("GET", "/variants/{variant_id}/file"): Permission.READ,
    ("GET", "/variants/{variant_id}/edit"): Permission.VOTE,
    ("POST", "/variants/{variant_id}/edit"): Permission.VOTE,
    ("POST", "/variants/{variant_id}/drop"): Permission.VOTE,
    ("POST", "/ahead"): Permission.VOTE,
    ("POST", "/variants/{variant_id}/{word}"): Permission.VOTE,
    ("GET", "/disputes"): Permission.ADJUDICATE,
    ("POST", "/variants/{variant_id}/settle/{word}"): Permission.ADJUDICATE,
    ("GET", "/people"): Permission.ADMINISTER,
    ("POST", "/people"): Permission.ADMINISTER,
    ("POST", "/keys"): Permission.ADMINISTER,
    ("POST", "/keys/{key_id}/revoke"): Permission.ADMINISTER,
    ("GET", "/audit"): Permission.AUDIT,
    ("GET", "/guidelines"): Permission.READ,
    ("POST", "/guidelines"): Permission.CURATE,
    ("GET", "/dashboard"): Permission.READ,
    ("GET", "/agreement"): Permission.READ,
    ("POST", "/pauses/lift"): Permission.CURATE,
    ("GET", "/api/v1/openapi.json"): Permission.READ,
    ("GET", "/api/v1/me"): Permission.READ,
    ("POST", "/api/v1/leases"): Permission.VOTE,
    ("POST", "/api/v1/leases/renew"): Permission.VOTE,
    ("POST", "/api/v1/variants/{variant_id}/take"): Permission.VOTE,
    ("GET", "/api/v1/variants"): Permission.READ,
    ("GET", "/api/v1/variants/{variant_id}"): Permission.READ,
    ("POST", "/api/v1/variants/{variant_id}/decisions"): Permission.VOTE,
    ("POST", "/api/v1/variants/{variant_id}/undo"): Permission.VOTE,
    ("GET", "/api/v1/variants/{variant_id}/file"): Permission.READ,
    ("POST", "/api/v1/variants/{variant_id}/edits"): Permission.VOTE,
    ("GET", "/api/v1/edits"): Permission.VOTE,
    ("DELETE", "/api/v1/edits/{variant_id}"): Permission.VOTE,
    ("GET", "/api/v1/disputes"): Permission.ADJUDICATE,
    ("POST", "/api/v1/variants/{variant_id}/settle"): Permission.ADJUDICATE,
    ("POST", "/api/v1/samples/known"): Permission.INGEST,
    ("POST", "/api/v1/samples"): Permission.INGEST,
    ("GET", "/api/v1/people"): Permission.ADMINISTER,
    ("PUT", "/api/v1/people/{name}"): Permission.ADMINISTER,
    ("GET", "/api/v1/keys"): Permission.ADMINISTER,
    ("POST", "/api/v1/keys"): Permission.ADMINISTER,
    ("DELETE", "/api/v1/keys/{key_id}"): Permission.ADMINISTER,
    ("GET", "/api/v1/webhooks"): Permission.ADMINISTER,
    ("POST", "/api/v1/webhooks"): Permission.ADMINISTER,
    ("DELETE", "/api/v1/webhooks/{webhook_id}"): Permission.ADMINISTER,
    ("POST", "/api/v1/webhooks/{webhook_id}/test"): Permission.ADMINISTER,
    ("GET", "/api/v1/audit"): Permission.AUDIT,
    ("GET", "/api/v1/audit/verification"): Permission.AUDIT,
    ("GET", "/api/v1/guideline"): Permission.READ,
    ("POST", "/api/v1/guideline"): Permission.CURATE,
    ("GET", "/api/v1/agreement"): Permission.READ,
    ("GET", "/api/v1/dashboard"): Permission.READ,
    ("GET", "/api/v1/gold"): Permission.CURATE,
    ("POST", "/api/v1/pauses/lift"): Permission.CURATE,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def routes(site: FastAPI | APIRouter) -> Iterator[tuple[str, str]]:
    for route in site.routes:
        if isinstance(route, Route):
            yield from ((method, route.path) for method in route.methods or () if method != "HEAD")
        elif not isinstance(route, Mount):
            yield from routes(route.original_router)  # type: ignore[attr-defined]


def test_the_table_names_every_route(store: Store) -> None:
    assert set(routes(app(store, bar=Rung.TESTED))) == NEEDS.keys()


@pytest.mark.parametrize("role", [*Role, None])
def test_each_role_reaches_what_it_may_and_nothing_else(store: Store, role: Role | None) -> None:
    site = app(store, bar=Rung.TESTED)
    wrong = []
    for (method, path), needed in NEEDS.items():
        client = visit(store, role=role) if role else Visit(site)
        place = path.format(
            variant_id=JAVA, word="take", key_id="0" * 8, name="eve", webhook_id="0"
        )
        answer = client.ask(method, place, headers={"accept": "application/json"})
        allowed = needed is None or (role is not None and needed in MAY[role])
        refused = answer.status_code in (401, 403) and needed is not None
        if allowed == refused or answer.status_code >= 500:
            wrong.append(f"{method} {path}: {answer.status_code}")
    assert wrong == []


def test_an_endpoint_that_does_not_say_who_may_is_for_nobody(store: Store) -> None:
    site = app(store, bar=Rung.TESTED)

    @site.get("/forgotten")
    def forgotten() -> str:
        return "secret"

    client = Visit(site)
    secret = store.people.sign_in(known(store, "root", Role.ADMIN), "tests", now(), now() + SESSION)
    client.cookies.set(COOKIE, secret)
    answer = client.get("/forgotten")
    assert (answer.status_code, "secret" in answer.text) == (403, False)


def test_a_page_leads_to_signing_in_and_back(store: Store) -> None:
    client = Visit(app(store, bar=Rung.TESTED))
    answer = client.get(CARD)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/sign-in?next={CARD}")
    known(store, "ann")
    _, key = store.people.make_key("ann", MAY[Role.ANNOTATOR], now() + SESSION, "tests")
    answer = client.post(answer.headers["location"], data={"key": key})
    assert answer.headers["location"] == CARD
    assert client.get(CARD).status_code == 200


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example", "/\\evil.example", ""])
def test_signing_in_never_leads_to_another_site(store: Store, place: str) -> None:
    known(store, "ann")
    _, key = store.people.make_key("ann", MAY[Role.ANNOTATOR], now() + SESSION, "tests")
    client = Visit(app(store, bar=Rung.TESTED))
    answer = client.post("/sign-in", params={"next": place}, data={"key": key})
    assert answer.headers["location"] == "/"


# --- the address that works once ------------------------------------------------------------------


def local(store: Store, told: list[str] | None = None) -> tuple[Visit, OneTime]:
    once = OneTime(Person("ann", Role.ADMIN), (told if told is not None else []).append)
    return Visit(app(store, bar=Rung.TESTED, once=once)), once


def test_the_local_address_works_once_and_a_new_one_is_told(store: Store) -> None:
    told: list[str] = []
    client, once = local(store, told)
    first = once.path
    assert client.get(first).headers["location"] == "/"
    assert client.get("/").headers["location"] == CARD
    other = Visit(app(store, bar=Rung.TESTED, once=once))
    assert other.get(first).status_code == 403
    assert other.get("/").headers["location"].startswith("/sign-in")
    assert told == [once.path]
    assert other.get(once.path).headers["location"] == "/"
    assert store.people.named("ann") == Person("ann", Role.ADMIN)


def test_a_cookie_is_out_of_reach_of_scripts_and_other_sites(store: Store) -> None:
    client, once = local(store)
    cookie = client.get(once.path).headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    secure = Visit(
        app(store, bar=Rung.TESTED, once=once, public_url="https://127.0.0.1"), "https://127.0.0.1"
    )
    cookie = secure.get(once.path).headers["set-cookie"]
    assert cookie.startswith("__Host-codeaug=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_the_session_that_a_browser_came_with_is_never_kept(store: Store) -> None:
    client, once = local(store)
    planted = store.people.sign_in(known(store, "eve"), "tests", now(), now() + SESSION)
    client.cookies.set(COOKIE, planted, domain="127.0.0.1")
    client.get(once.path)
    assert store.people.by_session(planted, now()) is None
    assert client.get("/api/v1/me").json()["name"] == "ann"


def test_signing_out_ends_the_session_for_good(store: Store) -> None:
    client = visit(store)
    secret = client.cookies[COOKIE]
    client.post("/sign-out")
    assert store.people.by_session(secret, now()) is None
    client.cookies.set(COOKIE, secret)
    assert client.get(CARD).headers["location"].startswith("/sign-in")


def test_a_session_ends_with_its_time_and_with_its_person(store: Store) -> None:
    caller = known(store, "ann")
    secret = store.people.sign_in(caller, "tests", 0, 1000)
    assert store.people.by_session(secret, 999) == caller
    assert store.people.by_session(secret, 1000) is None
    secret = store.people.sign_in(caller, "tests", now(), now() + SESSION)
    store.people.put(replace(caller.person, active=False), "tests")
    assert store.people.by_session(secret, now()) is None


def test_many_attempts_to_sign_in_are_stopped(store: Store) -> None:
    client = Visit(app(store, bar=Rung.TESTED))
    codes = [client.post("/sign-in", data={"key": f"codeaug_{n}"}).status_code for n in range(25)]
    assert codes[:20] == [403] * 20
    assert set(codes[20:]) == {429}
    bearer = {"authorization": "Bearer codeaug_x"}
    assert client.get("/api/v1/me", headers=bearer).status_code == 429
    _, good = store.people.make_key(
        known(store, "ann").name, [Permission.READ], now() + SESSION, "tests"
    )
    bearer = {"authorization": f"Bearer {good}"}  # from the same address, as behind a proxy
    assert client.get("/api/v1/me", headers=bearer).status_code == 200


# --- keys -----------------------------------------------------------------------------------------


def test_a_key_may_only_what_it_was_given_of_what_its_person_may(store: Store) -> None:
    reader = program(store, "root", Role.ADMIN, scopes={Permission.READ})
    assert reader.get("/api/v1/me").json() == {"name": "root", "role": "admin", "may": ["read"]}
    assert reader.get("/api/v1/people").status_code == 403
    assert reader.post("/api/v1/leases").status_code == 403
    store.people.put(Person("root", Role.AUDITOR), "tests")
    assert reader.get("/api/v1/variants").status_code == 200
    voter = program(store, "vic", Role.ANNOTATOR, scopes={Permission.READ, Permission.VOTE})
    store.people.put(Person("vic", Role.VIEWER), "tests")
    assert voter.post("/api/v1/leases").status_code == 403


def test_a_session_by_a_key_may_no_more_than_the_key_and_ends_with_it(store: Store) -> None:
    known(store, "root", Role.ADMIN)
    key, secret = store.people.make_key("root", {Permission.READ}, now() + SESSION, "tests")
    client = Visit(app(store, bar=Rung.TESTED))
    client.post("/sign-in", data={"key": secret})
    assert client.get("/variants").status_code == 200
    assert client.get("/people").status_code == 403
    store.people.revoke_key(key.id, "tests")
    assert client.get("/variants").status_code == 303


def test_whoever_comes_back_needs_a_new_key_and_their_cards_went_to_others(store: Store) -> None:
    seed(store)
    store.slots.fill(Rung.TESTED, 1)
    ann = program(store, "ann", Role.ANNOTATOR)
    browser = visit(store)
    browser.post(f"{CARD}/take")
    members.remove(store, "ann", "root")
    assert store.slots.held("ann", now()) == []
    members.admit(store, "ann", Role.ANNOTATOR, "root")
    assert ann.get("/api/v1/me").status_code == 401
    assert browser.get("/").headers["location"].startswith("/sign-in")
    assert program(store, "ann", Role.ANNOTATOR).get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("secret", ["", "x", "codeaug_", "codeaug_" + "A" * 43, "codeaug_\x00"])
def test_a_key_that_nobody_has_opens_nothing(store: Store, secret: str) -> None:
    client = Visit(app(store, bar=Rung.TESTED))
    answer = client.post("/sign-in", data={"key": secret})
    assert (answer.status_code, COOKIE in client.cookies) == (403, False)


def test_a_key_ends_and_its_secret_is_not_in_the_store(store: Store) -> None:
    known(store, "ann")
    _, secret = store.people.make_key("ann", {Permission.READ}, 1000, "tests")
    assert store.people.by_key(secret, 999) is not None
    assert store.people.by_key(secret, 1000) is None
    assert secret.removeprefix("codeaug_").encode() not in Path(store.place).read_bytes()
    with pytest.raises(UsageError, match="nobody is called 'eve'"):
        store.people.make_key("eve", {Permission.READ}, 1000, "tests")


def test_two_people_are_never_one_at_a_provider(store: Store) -> None:
    store.people.put(Person("ann", Role.ANNOTATOR, "https://id.example 1"), "tests")
    with pytest.raises(UsageError, match="is ann here already"):
        store.people.put(Person("bob", Role.ADMIN, "https://id.example 1"), "tests")


# --- the administrator's pages --------------------------------------------------------------------


def test_an_administrator_lets_somebody_in_and_gives_them_a_key_that_is_shown_once(
    store: Store,
) -> None:
    root = visit(store, reviewer="root", role=Role.ADMIN)
    root.post("/people", data={"name": "Zoë", "role": "annotator"})
    page = root.post("/keys", data={"person": "Zoë", "days": "30"}).text
    secret = page.split('id="secret">')[1].split("<")[0]
    assert secret not in root.get("/people").text
    client = Visit(app(store, bar=Rung.TESTED))
    client.post("/sign-in", data={"key": secret})
    assert client.get("/").headers["location"] == CARD
    root.post("/people", data={"name": "Zoë", "role": ""})
    assert client.get("/").headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "form",
    [
        {"name": "", "role": "viewer"},
        {"name": "a\u202eb", "role": "viewer"},
        {"name": "x" * 101, "role": "viewer"},
        {"name": "eve", "role": "emperor"},
        {"name": "nobody", "role": ""},
    ],
)
def test_what_cannot_be_a_person_is_refused(store: Store, form: dict[str, str]) -> None:
    root = visit(store, reviewer="root", role=Role.ADMIN)
    assert root.post("/people", data=form).status_code == 400
    assert [person.name for person in store.people.all()] == ["root"]


def test_the_audit_page_tells_what_was_done(store: Store) -> None:
    client = visit(store, reviewer="root", role=Role.ADMIN)
    client.post("/people", data={"name": "<b>eve</b>", "role": "viewer"})
    page = client.get("/audit").text
    assert "&lt;b&gt;eve&lt;/b&gt;" in page
    assert "<b>eve" not in page


# --- disputes -------------------------------------------------------------------------------------


def vote(store: Store, name: str, word: str, **form: str) -> None:
    client = visit(store, reviewer=name, overlap=2)
    client.post(f"{CARD}/take")
    token = store.slots.held(name, now())[0].token
    answer = client.post(f"{CARD}/{word}", data={"request": name, "token": token} | form)
    assert answer.status_code == 303


def disputed(store: Store) -> None:
    vote(store, "ann", "approve")
    vote(store, "bob", "reject", reason="trivial")
    vote(store, "cyd", "approve")


def test_an_adjudicator_settles_what_others_disagree_about(store: Store) -> None:
    disputed(store)
    assert store.approved() == [JAVA]
    judge = visit(store, reviewer="jo", role=Role.ADJUDICATOR, overlap=2)
    assert "Words.abbreviate" in judge.get("/disputes").text
    page = judge.get(CARD).text
    assert "Your word is final" in page
    assert "bob rejected: trivial" in page
    answer = judge.post(f"{CARD}/settle/reject", data={"request": "1", "reason": "unnatural"})
    assert answer.headers["location"] == "/disputes"
    assert store.approved() == []
    assert "Nothing is disputed" in judge.get("/disputes").text
    assert "jo rejected for good: unnatural" in visit(store, reviewer="ann").get(CARD).text
    again = judge.post(f"{CARD}/settle/approve", data={"request": "2"})
    assert (again.status_code, store.approved()) == (303, [JAVA])
    other = visit(store, reviewer="al", role=Role.ADJUDICATOR)
    late = other.post(f"{CARD}/settle/reject", data={"request": "3", "reason": "trivial"})
    assert (late.status_code, "somebody else has settled" in late.text) == (409, True)


def test_a_flag_is_settled_and_taken_back(store: Store) -> None:
    vote(store, "ann", "flag", comment="whose code is this?")
    judge = program(store, "jo", Role.ADJUDICATOR)
    (dispute,) = judge.get("/api/v1/disputes").json()
    assert dispute == {"variant_id": JAVA, "approvals": 0, "rejections": 0, "flags": 1}
    body = {"word": "approved", "request_id": "1"}
    settled = judge.post(f"/api/v1{CARD}/settle", json=body)
    assert settled.json() == {"counted": True}
    assert judge.post(f"/api/v1{CARD}/settle", json=body).json() == {"counted": False}
    assert store.approved() == [JAVA]
    judge.post(f"/api/v1{CARD}/undo", json={"request_id": "2"})
    assert store.approved() == []
    assert len(judge.get("/api/v1/disputes").json()) == 1


def test_nobody_settles_what_they_voted_on_or_what_nobody_disputes(store: Store) -> None:
    disputed(store)
    store.people.put(Person("ann", Role.ADJUDICATOR), "tests")
    ann = visit(store, reviewer="ann", role=Role.ADJUDICATOR)
    assert "Nothing is disputed" in ann.get("/disputes").text
    form = {"request": "1", "reason": "trivial"}
    assert ann.post(f"{CARD}/settle/reject", data=form).status_code == 400
    other = f"/variants/{VARIANTS['cpp'].id}"
    judge = visit(store, reviewer="jo", role=Role.ADJUDICATOR)
    assert judge.post(f"{other}/settle/reject", data=form).status_code == 400
    assert judge.post(f"{CARD}/settle/flag", data=form | {"comment": "x"}).status_code == 400
    assert [d.final for d in store.decisions(JAVA)] == [False] * 3


def test_decisions_stay_hidden_at_the_api_until_one_s_own(store: Store) -> None:
    vote(store, "bob", "reject", reason="trivial")
    ann = program(store, "ann", Role.ANNOTATOR)
    assert ann.get(f"/api/v1{CARD}").json()["decisions"] == []
    lease = ann.post(f"/api/v1{CARD}/take").json()
    body = {"word": Word.APPROVED, "request_id": "1", "token": lease["token"]}
    assert ann.post(f"/api/v1{CARD}/decisions", json=body).json() == {"counted": True}
    seen = ann.get(f"/api/v1{CARD}").json()["decisions"]
    assert [(one["reviewer"], one["word"]) for one in seen] == [
        ("ann", "approved"),
        ("bob", "rejected"),
    ]


def test_a_key_that_may_only_read_shows_its_annotator_no_vote_before_their_own(
    store: Store,
) -> None:
    vote(store, "bob", "reject", reason="trivial")
    ann = program(store, "ann", Role.ANNOTATOR, scopes=[Permission.READ])
    assert ann.get(f"/api/v1{CARD}").json()["decisions"] == []
    assert "bob" not in ann.get(CARD).text
    viewer = program(store, "vic", Role.VIEWER)
    assert len(viewer.get(f"/api/v1{CARD}").json()["decisions"]) == 1


# --- the audit ------------------------------------------------------------------------------------


def tampered(store: Store, statement: str) -> tuple[str, ...]:
    """What a look at the audit finds after somebody with the file has changed it."""
    with store.writing() as connection:
        for verb in ("update", "delete"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS event_no_{verb}")
        connection.exec_driver_sql(statement)
    return store.audit.verify().problems


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE event SET actor = 'eve' WHERE seq = 3", "line 3 was changed"),
        ("DELETE FROM event WHERE seq = 3", "line 4 does not follow"),
        ("UPDATE event SET seq = 300 WHERE seq = 3", "line 4 does not follow"),
        ("UPDATE decision SET word = 'approved' WHERE reviewer = 'bob'", "is not what was decided"),
        ("UPDATE decision SET comment = 'good' WHERE reviewer = 'bob'", "is not what was decided"),
        ("UPDATE decision SET guideline = 7 WHERE reviewer = 'bob'", "is not what was decided"),
        ("DELETE FROM decision WHERE reviewer = 'bob'", "the decision of bob about"),
    ],
)
def test_what_was_changed_behind_the_audit_is_found(
    store: Store, statement: str, problem: str
) -> None:
    disputed(store)
    assert store.audit.verify().problems == ()
    assert any(problem in one for one in tampered(store, statement))


def test_a_word_that_was_put_after_the_one_that_replaced_it_is_found(store: Store) -> None:
    disputed(store)
    visit(store, reviewer="bob", overlap=2).post(f"{CARD}/approve", data={"request": "again"})
    assert store.audit.verify().problems == ()
    later = "UPDATE decision SET seq = 300 WHERE reviewer = 'bob' AND word = 'rejected'"
    assert any("was made before the one" in one for one in tampered(store, later))


def test_decisions_that_older_lines_tell_without_the_guideline_are_whole(store: Store) -> None:
    seed(store)
    detail = {"request_id": "bob\nr", "reason": "", "comment": "", "made_at": "2026-01-01"}
    store.audit.write("bob", "approved", JAVA, **detail, naturalness=0, final=0)
    with store.writing() as connection:
        connection.execute(
            sa.insert(decision).values(
                **detail, variant_id=JAVA, reviewer="bob", word="approved", naturalness=0, final=0
            )
        )
    assert store.audit.verify().problems == ()


def test_lines_that_were_cut_off_are_missed(store: Store) -> None:
    disputed(store)
    kept = store.audit.verify().last
    assert store.audit.verify(kept).problems == ()
    last = "DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)"
    disputed_last = tampered(store, last)
    assert any("nobody made it" in one for one in disputed_last)
    assert any("was cut off" in one for one in store.audit.verify(kept).problems)


def test_the_database_itself_refuses_to_change_the_audit(store_url: str) -> None:
    with Store.open(store_url) as store:
        store.audit.write("ann", "exported", "dataset", rows=3)
        for statement in ("UPDATE event SET actor = 'eve'", "DELETE FROM event"):
            with pytest.raises(Exception, match="append-only"), store.writing() as connection:
                connection.exec_driver_sql(statement)
        assert store.audit.verify().events == 1


def test_people_who_decide_at_once_make_one_chain(store_url: str) -> None:
    with Store.open(store_url) as store:
        seed(store)
        store.slots.fill(Rung.TESTED, 8)
        names = [f"p{number}" for number in range(8)]

        async def all_at_once() -> None:
            await asyncio.gather(*[asyncio.to_thread(decide_all, store, name) for name in names])

        asyncio.run(all_at_once())
        found = store.audit.verify()
        assert (found.events, found.problems) == (24, ())


def decide_all(store: Store, name: str) -> None:
    from codeaug import review

    while lease := review.next_card(store, name):
        review.decide(
            store, lease.variant_id, name, Word.APPROVED, f"{name} {lease.variant_id}",
            token=lease.token,
        )  # fmt: skip


def test_what_a_caller_may_is_what_role_and_key_have_in_common() -> None:
    caller = Caller(Person("ann", Role.VIEWER), frozenset(Permission))
    assert [one for one in Permission if caller.may(one)] == [Permission.READ]
