"""The API: what its description says is what it does, whatever is sent."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from codeaug.model import Rung
from codeaug.people import MAY, Role
from codeaug.store import Store, tables
from codeaug.store.decisions import one_by_one
from codeaug.web import app
from codeaug.web.api import described
from tests.seeded import VARIANTS, evidence, seed
from tests.visiting import known, program, served

ROOT = Path(__file__).parent.parent
LATER = 1 << 50
JAVA, CPP = VARIANTS["java"].id, VARIANTS["cpp"].id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def test_who_waits_for_the_store_keeps_nobody_else_waiting(store_url: str) -> None:
    with Store.open(store_url) as store, Store.open(store_url) as other:
        seed(store)
        known(store, "ann", Role.ANNOTATOR)
        secret = store.people.make_key("ann", MAY[Role.ANNOTATOR], LATER, "tests")[1]
        with served(app(store, bar=Rung.TESTED)) as address, ThreadPoolExecutor(1) as pool:
            ann = httpx.Client(headers={"authorization": f"Bearer {secret}"}, timeout=60)
            with other.writing() as connection:
                one_by_one(connection, "ann")
                claim = pool.submit(ann.post, f"{address}/api/v1/leases")
                time.sleep(0.5)  # so that it waits by now
                assert httpx.get(f"{address}/sign-in", timeout=20).status_code == 200
                assert not claim.done(), "it waited for nobody: this shows nothing"
            assert claim.result().json()["lease"]["variant_id"] == JAVA
            ann.close()


def test_a_program_does_what_a_person_does(store: Store) -> None:
    ann = program(store, "ann", Role.ANNOTATOR)
    found = ann.post("/api/v1/leases").json()
    lease = found["lease"]
    assert (lease["variant_id"], found["waiting"]) == (JAVA, 3)
    card = ann.get(f"/api/v1/variants/{JAVA}").json()
    assert (card["language"], card["rung"], card["verdict"]) == ("java", "tested", "passed")
    assert card["code"] == VARIANTS["java"].code
    assert [one["check"] for one in card["findings"]][-1] == "tested"
    body = {"word": "rejected", "reason": "trivial", "request_id": "1", "token": lease["token"]}
    place = f"/api/v1/variants/{JAVA}/decisions"
    assert ann.post(place, json=body).json() == {"counted": True}
    assert ann.post(place, json=body).json() == {"counted": False}
    assert len(store.decisions(JAVA)) == 1
    assert ann.post("/api/v1/leases").json()["lease"]["variant_id"] == CPP
    undone = ann.post(f"/api/v1/variants/{JAVA}/undo", json={"request_id": "2"})
    assert (undone.json(), store.decisions(JAVA)) == ({"counted": True}, [])


@pytest.mark.parametrize("name", ["java", "cpp", "python"])
def test_a_program_edits_a_card_sees_what_came_of_it_and_drops_it(store: Store, name: str) -> None:
    ann, theirs = program(store, "ann", Role.ANNOTATOR), VARIANTS[name]
    token = ann.post(f"/api/v1/variants/{theirs.id}/take").json()["token"]
    code = ann.get(f"/api/v1/variants/{theirs.id}").json()["code"]
    old, new = ("kept", "taken") if name == "python" else (" < ", " <= ")
    body = {"code": code.replace(old, new), "request_id": "1", "token": token}
    place = f"/api/v1/variants/{theirs.id}/edits"
    made = ann.post(place, json=body).json()["variant_id"]
    assert ann.post(place, json=body).json() == {"variant_id": None}
    kept = store.variant(made)
    assert kept is not None
    assert kept.code == body["code"]
    assert [d.word for d in store.decisions(theirs.id)] == ["edited"]
    waits = {"variant_id": made, "parent_id": theirs.id, "fell_short": False}
    assert [waits.items() <= each.items() for each in ann.get("/api/v1/edits").json()] == [True]
    store.put_evidence(evidence(kept, failed=True))
    (back,) = ann.get("/api/v1/edits").json()
    assert back["fell_short"]
    assert "tested failed" in back["standing"]
    bob = program(store, "bob", Role.ANNOTATOR)
    assert bob.get("/api/v1/edits").json() == []
    assert bob.ask("DELETE", f"/api/v1/edits/{made}").json() == {"counted": False}
    assert ann.ask("DELETE", f"/api/v1/edits/{made}").json() == {"counted": True}
    assert ann.get("/api/v1/edits").json() == []


def test_what_cannot_be_an_edit_gets_one_sentence(store: Store) -> None:
    ann = program(store, "ann", Role.ANNOTATOR)
    token = ann.post(f"/api/v1/variants/{CPP}/take").json()["token"]
    body = {"code": "int (", "request_id": "1", "token": token}
    refused = ann.post(f"/api/v1/variants/{CPP}/edits", json=body)
    assert refused.status_code == 400
    assert "parse" in refused.json()["problem"]
    assert store.decisions(CPP) == []


def test_the_file_of_a_card_is_read_from_the_clone_or_said_to_be_elsewhere(
    store: Store, tmp_path: Path
) -> None:
    ann = program(store, "ann", Role.VIEWER)
    place = f"/api/v1/variants/{CPP}/file"
    away = ann.get(place)
    assert away.status_code == 404
    assert "not on this machine" in away.json()["problem"]
    run = partial(subprocess.run, cwd=tmp_path, check=True, capture_output=True)
    run(["git", "init", "--quiet", "clone"])
    blob = run(["git", "-C", "clone", "hash-object", "-w", "--stdin"], input=b"int a;\r\n\xff\n")
    with store.writing() as connection:
        connection.execute(sa.update(tables.repository).values(git_dir=f"{tmp_path}/clone/.git"))
        connection.execute(sa.update(tables.source_file).values(blob=blob.stdout.decode().strip()))
    assert ann.get(place).json() == {
        "path": "src/clock.cpp", "text": "int a;\r\n\ufffd\n", "first_line": 17, "last_line": 20
    }  # fmt: skip


def test_a_renewed_lease_lasts_longer_and_a_lost_one_says_so(store: Store) -> None:
    ann = program(store, "ann", Role.ANNOTATOR)
    lease = ann.post("/api/v1/leases").json()["lease"]
    renewed = ann.post("/api/v1/leases/renew", json={"token": lease["token"]})
    assert renewed.json() == {"counted": True}
    lost = ann.post("/api/v1/leases/renew", json={"token": "other"})
    assert lost.json() == {"counted": False}


def test_the_list_is_filtered_and_counted(store: Store) -> None:
    ann = program(store, "ann", Role.VIEWER)
    found = ann.get("/api/v1/variants", params={"language": "cpp", "verdict": "failed"}).json()
    assert (found["total"], found["variants"][0]["variant_id"]) == (1, VARIANTS["failed"].id)


def test_people_and_keys_are_managed_and_the_audit_is_whole(store: Store) -> None:
    root = program(store, "root", Role.ADMIN)
    put = root.ask("PUT", "/api/v1/people/eve", json={"role": "viewer"})
    assert put.json() == {"name": "eve", "role": "viewer", "subject": "", "active": True}
    made = root.post("/api/v1/keys", json={"person": "eve", "days": 1}).json()
    assert made["key"]["scopes"] == ["read"]
    assert root.post("/api/v1/keys", json={"person": "eve", "scopes": ["vote"]}).json() == {
        "problem": "the role viewer may not vote"
    }
    place = f"/api/v1/keys/{made['key']['id']}"
    assert root.ask("DELETE", place).json() == {"counted": True}
    assert [key["revoked"] for key in root.get("/api/v1/keys").json()] == [False, True]
    for _ in range(2):  # nobody is let in for a moment by being sent away once more
        root.ask("PUT", "/api/v1/people/eve", json={"role": "viewer", "active": False})
    verbs = [line["verb"] for line in root.get("/api/v1/audit").json()]
    assert verbs[:4] == ["person", "key revoked", "key made", "person"]
    found = root.get("/api/v1/audit/verification").json()
    assert (found["events"], found["problems"]) == (6, [])


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", 422),
        (b"\xff", 400),
        (b'{"word": "approved"}', 422),
        (b'{"word": "approved", "request_id": "1", "more": 1}', 422),
        (b'{"word": "rejected", "request_id": "1", "reason": "bad vibes"}', 400),
        (b'{"word": "approved", "request_id": "1"}', 409),
        (b"x" * (1 << 21), 413),
    ],
)
def test_what_cannot_be_kept_gets_one_sentence(store: Store, body: bytes, code: int) -> None:
    ann = program(store, "ann", Role.ANNOTATOR)
    answer = ann.post(
        f"/api/v1/variants/{JAVA}/decisions", content=body,
        headers={"content-type": "application/json"},
    )  # fmt: skip
    assert (answer.status_code, list(answer.json())) == (code, ["problem"])


CHECKS = [
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


def try_out(operation: Any, address: str, headers: dict[str, str], codes: Counter[int]) -> None:
    """Sends all sorts of things to one operation; what it answers is as described."""
    modes = list(schemathesis.GenerationMode)

    @settings(
        max_examples=40, deadline=None, derandomize=True, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes]))
    def holds(case: schemathesis.Case) -> None:
        answer = case.call_and_validate(base_url=address, headers=headers, checks=CHECKS)
        codes[answer.status_code] += 1

    holds()


@pytest.mark.slow
@pytest.mark.parametrize("role", [Role.ADMIN, Role.ANNOTATOR])
def test_whatever_is_sent_the_answer_is_as_described(store: Store, role: Role) -> None:
    site = app(store, bar=Rung.TESTED)
    schema = schemathesis.openapi.from_dict(described(site))
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 16
    codes: Counter[int] = Counter()
    with served(site) as address:
        for number, operation in enumerate(operations):
            # One person's requests in a minute are limited, and there are many operations.
            name = known(store, f"root {number}", role).name
            _, secret = store.people.make_key(name, MAY[role], LATER, "tests")
            try_out(operation, address, {"authorization": f"Bearer {secret}"}, codes)
    assert codes[200] > 100
    assert codes[422] > 20
    assert codes[429] == 0
    assert store.audit.verify().problems == ()


@pytest.mark.slow
def test_a_decision_that_was_acknowledged_outlives_a_server_that_is_killed() -> None:
    few = ["--people", "10", "--seconds", "6", "--import", "300", "--variants", "300"]
    program = [sys.executable, "benchmarks/review_queue.py", *few, "--kills", "2"]
    environment = os.environ | {"PYTHONPATH": "."}
    done = subprocess.run(program, capture_output=True, text=True, cwd=ROOT, env=environment)
    rows = [line.split() for line in done.stdout.splitlines()[2:4]]
    assert [row[0] for row in rows] == ["sqlite", "postgresql"]
    assert [(row[-2], row[-1]) for row in rows] == [("0", "0")] * 2, done.stdout + done.stderr
    assert all(int(row[1]) > 0 for row in rows)
