"""What somebody hostile asks for gets them nowhere: no file, no card, no memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from codeaug.model import Origin, Rung, ScannedFile, SourceFile, Variant
from codeaug.people import Person, Role
from codeaug.store import Store
from codeaug.web import OneTime, app
from codeaug.web.access import now
from tests.seeded import VARIANTS, evidence, seed, unit
from tests.visiting import COOKIE, served, visit

HOSTILE = '<img src=x onerror="window.owned=1"><script>window.owned=1</script>\'"></pre></td>'
EVE = f"eve {HOSTILE}"[:100].strip()
CARD = f"/variants/{VARIANTS['java'].id}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


@pytest.mark.parametrize(
    "place",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/static/%00",
        "/static/%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/variants/..%2f..%2fetc%2fpasswd",
        "/api/v1/variants/..%2f..%2fetc",
    ],
)
def test_no_path_leads_out(store: Store, place: str) -> None:
    seed(store)
    once = OneTime(Person("ann", Role.ADMIN), lambda path: None)
    with (
        served(app(store, bar=Rung.TESTED, once=once)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        client.get(once.path)
        answer = client.get(httpx.URL(address).copy_with(raw_path=place.encode()))
    assert answer.status_code in (404, 422)
    assert "import" not in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize("length", [True, False], ids=["announced", "endless"])
@pytest.mark.parametrize("place", [f"{CARD}/approve", "/sign-in", "/api/v1/leases/renew"])
def test_a_post_of_50_megabytes_is_cut_off(store: Store, place: str, length: bool) -> None:
    seed(store)
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(50):
            sent += 1 << 20
            yield b"x" * (1 << 20)

    headers = {"content-length": str(50 << 20)} if length else {}
    with (
        served(app(store, bar=Rung.TESTED)) as address,
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        try:
            answer = client.post(place, content=body(), headers=headers)
            assert answer.status_code in (401, 413)
        except httpx.TransportError:
            pass  # the server has hung up: httpx tells that before it reads the answer
        assert client.get("/sign-in").status_code == 200
    assert sent <= 50 << 20


def test_a_forged_or_replayed_lease_decides_nothing(store: Store) -> None:
    seed(store)
    ann, bob = visit(store), visit(store, reviewer="bob")
    ann.post(f"{CARD}/take")
    token = store.slots.held("ann", now())[0].token
    for forged in (token, token[::-1], "", "0" * 32, "' OR 1=1 --"):
        answer = bob.post(f"{CARD}/approve", data={"request": f"b{forged}", "token": forged})
        assert answer.status_code == 409
    ann.post(f"{CARD}/approve", data={"request": "1", "token": token})
    ann.post(f"{CARD}/undo", data={"request": "2"})
    ann.post(
        f"{CARD}/skip", data={"request": "3", "token": store.slots.held("ann", now())[0].token}
    )
    replayed = ann.post(f"{CARD}/approve", data={"request": "4", "token": token})
    assert (replayed.status_code, store.decisions(VARIANTS["java"].id)) == (409, [])


def test_another_s_request_id_is_no_hindrance(store: Store) -> None:
    seed(store)
    ann, bob = (visit(store, reviewer=name, overlap=2) for name in ("ann", "bob"))
    for client, name in ((ann, "ann"), (bob, "bob")):
        client.post(f"{CARD}/take")
        token = store.slots.held(name, now())[0].token
        client.post(f"{CARD}/approve", data={"request": "same", "token": token})
    assert sorted(d.reviewer for d in store.decisions(VARIANTS["java"].id)) == ["ann", "bob"]


def test_a_cookie_of_another_shape_is_nobody(store: Store) -> None:
    seed(store)
    for value in ("", "x" * 5000, "' OR 1=1 --", "..", "%00"):
        client = visit(store)
        client.cookies.set(COOKIE, value)
        assert client.get(CARD).headers["location"].startswith("/sign-in")


def test_what_is_not_utf_8_is_shown_and_takes_no_page_away_from_others(store: Store) -> None:
    seed(store)
    odd = unit("cpp", "src/\udcff.cpp", "f\udcff", "()", "int f() { return 0; }", 1)
    variant = Variant(odd.id, odd.code.replace("return 0", "return (0)"), Origin("rules"))
    file = SourceFile(odd.path, odd.language, odd.blob, 100)
    store.put_scan("v2", [ScannedFile(file, (odd.facts,), ())])
    store.put_variants([variant])
    store.put_evidence(evidence(variant))
    ann = visit(store)
    for place in ("", f"/{variant.id}", f"/{variant.id}/file"):
        answer = ann.get(f"/variants{place}")
        assert (answer.status_code, r"src/\udcff.cpp" in answer.text) == (200, True)
    listed = ann.get("/api/v1/variants").json()["variants"]
    assert odd.path in [one["path"] for one in listed]
    card = ann.get(f"/api/v1/variants/{variant.id}").json()
    assert (card["path"], card["name"], card["original"]) == (odd.path, "f\udcff()", odd.code)


def test_a_number_of_days_that_is_too_long_to_be_read_is_refused(store: Store) -> None:
    admin = visit(store, role=Role.ADMIN)
    answer = admin.post("/keys", data={"person": "ann", "days": "9" * 5000})
    assert answer.status_code == 400


def test_a_name_that_is_not_utf_8_is_refused_in_json(store: Store) -> None:
    admin = visit(store, role=Role.ADMIN)
    body = b'{"person": "\\ud800"}'
    answer = admin.post("/api/v1/keys", content=body, headers={"content-type": "application/json"})
    assert (answer.status_code, "nobody is called" in answer.json()["problem"]) == (400, True)


def test_a_full_disk_is_the_server_s_fault_and_nothing_is_kept_by_halves(store: Store) -> None:
    seed(store)
    client = visit(store)
    client.post(f"{CARD}/take")
    (lease,) = store.slots.held("ann", now())
    with store.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    form = {"token": lease.token, "comment": "x" * 2000}
    for number in range(50):
        answer = client.post(f"{CARD}/approve", data=form | {"request": f"{number}"})
        if answer.status_code != 303:
            break
    assert (answer.status_code, "no space left" in answer.text) == (503, True)
    assert store.audit.verify().problems == ()
