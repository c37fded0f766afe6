"""What a run proved goes to another codeaug's queue: once, whole, and only where it may."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from codeaug.executors.local import Local
from codeaug.model import Origin, Repository, Rung, Variant
from codeaug.people import MAY, Role
from codeaug.pipeline import Session, open_session, pushing
from codeaug.push import Receiver
from codeaug.report.terminal import Progress
from codeaug.repository import open_repository
from codeaug.samples import Proven, document, proven
from codeaug.settings import Settings, load_settings
from codeaug.store import Store
from codeaug.web import app
from tests import seeded
from tests.conftest import git
from tests.seeded import PYTHON, UNITS, VARIANTS, evidence, seed
from tests.test_cli import codeaug, refused
from tests.visiting import known, program, served

LATER = 1 << 50
NAMES = ("java", "cpp", "python")
MORE = 240


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one function a language, and a store that has checked variants of it."""
    folder = tmp_path / "acme"
    for unit in UNITS.values():
        path = folder / unit.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unit.code)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Everything")
    monkeypatch.setattr(seeded, "COMMIT", git(folder, "rev-parse", "HEAD"))
    with Store.open(str(folder / ".codeaug" / "codeaug.db")) as store:
        seed(store)
    return folder


@pytest.fixture
def there(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as store:
        yield store


def session(folder: Path, to: str, **settings: Any) -> Session:
    work = folder / ".codeaug" / "work"
    wanted = Settings(push=to, bar="tested", **settings)
    place = str(folder / ".codeaug" / "codeaug.db")
    repository = open_repository(str(folder), work)
    return open_session(repository, wanted, place, work, Progress(quiet=True), Local(1))


def key_of(store: Store, role: Role = Role.CURATOR) -> str:
    return store.people.make_key(known(store, "ci", role).name, MAY[role], LATER, "tests")[1]


@pytest.fixture
def receiving(there: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server of the other store; the key for it is in the environment."""
    monkeypatch.setenv("CODEAUG_PUSH_KEY", key_of(there))
    with served(app(there, bar=Rung.TESTED, overlap=2)) as address:
        yield address


def test_what_reaches_the_bar_stands_there_as_it_stood_here(
    here: Path, there: Store, receiving: str
) -> None:
    """Three languages: the function, its variant, tests and all findings; not what failed."""
    ours = session(here, receiving)
    told = pushing.push(ours)
    assert told["samples"] == told["added"] == told["queued"] == len(NAMES)
    assert (told["problem"], told["stays"]) == ("", {})
    for name in NAMES:
        one = proven(ours.store, ours.commit, VARIANTS[name].id)
        other = proven(there, ours.commit, VARIANTS[name].id)
        assert one is not None
        assert other is not None
        came = other.evidence.environment[len(one.evidence.environment) :]
        assert [key for key, _ in came] == ["pushed by", "pushed at"]
        assert came[0][1] == "ci"
        environment = one.evidence.environment
        same = replace(other.evidence, environment=environment)
        assert (other.unit, other.variant, other.oracle) == (one.unit, one.variant, one.oracle)
        assert same == one.evidence
        assert other.repository.git_dir == ""
    assert there.evidence(VARIANTS["failed"].id) is None
    assert there.slots.waiting() == 2 * len(NAMES)
    assert there.audit.events(1)[0].verb == "samples pushed"
    assert there.audit.verify().problems == ()


def test_what_was_pushed_is_shown_on_a_card_and_decided_about(
    here: Path, there: Store, receiving: str
) -> None:
    pushing.push(session(here, receiving))
    ann = program(there, "ann", Role.ANNOTATOR)
    lease = ann.post("/api/v1/leases").json()["lease"]
    card = ann.get(f"/api/v1/variants/{lease['variant_id']}").json()
    assert card["original"] in [unit.code for unit in UNITS.values()]
    assert len(card["tests"]) == 14
    body = {"word": "approved", "request_id": "1", "token": lease["token"]}
    place = f"/api/v1/variants/{lease['variant_id']}/decisions"
    assert ann.post(place, json=body).json() == {"counted": True}


def test_what_was_pushed_is_not_pushed_again_until_its_evidence_changes(
    here: Path, there: Store, receiving: str
) -> None:
    ours = session(here, receiving)
    pushing.push(ours)
    again = pushing.push(ours)
    assert (again["known"], again["added"]) == (len(NAMES), 0)
    lines = len(ours.store.ledger())
    assert lines == len(NAMES)
    ours.store.put_evidence(evidence(VARIANTS["java"], Rung.GUARDED), "newer")
    newer = pushing.push(ours)
    assert (newer["known"], newer["added"], newer["queued"]) == (2, 1, 0)
    found = there.evidence(VARIANTS["java"].id)
    assert found is not None
    assert found.rung is Rung.GUARDED


def test_the_receiver_has_its_own_bar(
    here: Path, there: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CODEAUG_PUSH_KEY", key_of(there))
    with served(app(there, bar=Rung.COMPARED)) as address:
        told = pushing.push(session(here, address))
    assert (told["added"], told["queued"], there.slots.waiting()) == (len(NAMES), 0, 0)


def test_what_the_receiver_knows_of_the_commit_itself_stays(
    here: Path, there: Store, receiving: str
) -> None:
    ours = session(here, receiving)
    own = Repository(str(here), "/clones/own", ours.commit, "MIT")
    there.put_repository(own)
    there.put_tree(ours.commit, "v1", [])
    pushing.push(ours)
    assert there.repository(ours.commit) == own
    assert list(there.units(ours.commit)) == []
    assert there.unit(UNITS["java"].id) == UNITS["java"]


# --- stopped, and not answered --------------------------------------------------------------------


def many(folder: Path) -> int:
    """More variants in the store of a repository; how many there are at the bar then."""
    with Store.open(str(folder / ".codeaug" / "codeaug.db")) as store, store.writing():
        for number in range(MORE):
            code = PYTHON.replace("yes", f"yes_{number}")
            made = Variant(UNITS["python"].id, code, Origin("rules", ("rename-local",), number))
            store.put_variants([made])
            store.put_evidence(evidence(made))
    return MORE + len(NAMES)


PUSH = """
import sys
from pathlib import Path
from codeaug.pipeline import pushing
from tests.test_push import session
pushing._AT_ONCE = 3
print(pushing.push(session(Path(sys.argv[1]), sys.argv[2]))["problem"])
"""


def test_a_push_that_was_killed_goes_on_nothing_twice_and_nothing_lost(
    here: Path, there: Store, receiving: str
) -> None:
    wanted = many(here)
    started = subprocess.Popen([sys.executable, "-c", PUSH, str(here), receiving])
    while len(there.listed()) < 9:
        assert started.poll() is None
        time.sleep(0.001)
    started.send_signal(signal.SIGKILL)
    started.wait()
    before = len(there.listed())
    assert 0 < before < wanted
    told = pushing.push(session(here, receiving))
    assert (told["known"], told["added"], told["problem"]) == (before, wanted - before, "")
    assert len(there.listed()) == wanted
    assert there.slots.waiting() == 2 * wanted
    lines = [line for line in there.audit.events(10_000) if line.verb == "samples pushed"]
    pushed = [one for line in lines for one in json.loads(line.detail)["samples"]]
    assert len(pushed) == len(set(pushed)) == wanted


def test_a_receiver_that_is_killed_and_comes_back_gets_everything_once(
    here: Path, tmp_path: Path
) -> None:
    wanted = many(here)
    place = tmp_path / "other.db"
    with Store.open(str(place)) as there:
        environ = os.environ | {"CODEAUG_PUSH_KEY": key_of(there)}
        port = free_port()
        arguments = ["--store", str(place), "--port", str(port), "--reviewer", "root"]
        serving = [sys.executable, "-m", "codeaug", "review", str(here), *arguments]
        with serve(serving) as server:
            pushed = subprocess.Popen(
                [sys.executable, "-c", PUSH, str(here), f"http://127.0.0.1:{port}"],
                env=environ, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            while len(there.listed()) < 9:
                assert pushed.poll() is None
                time.sleep(0.001)
            server.kill()
        assert len(there.listed()) < wanted
        with serve(serving), pushed:
            assert pushed.communicate()[0].strip() == ""
        assert len(there.listed()) == wanted


@contextmanager
def serve(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A server that answers by now, and is killed in the end."""
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as started:
        assert started.stderr is not None
        assert "Review: " in started.stderr.readline()
        try:
            yield started
        finally:
            started.kill()


def free_port() -> int:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def answering(*codes: int, **headers: str) -> Iterator[tuple[str, list[str]]]:
    """A server that gives these codes in turn, the last one for ever; and what it was asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            code = codes[min(len(asked), len(codes) - 1)]
            asked.append(self.path)
            self.send_response(code)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b'{"known": []}')

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_server_that_is_busy_is_asked_again() -> None:
    with answering(503, 200) as (address, asked):
        assert Receiver(address, "k").known([]) == set()
    assert len(asked) == 2


def test_a_redirect_is_not_followed_by_a_push() -> None:
    with answering(200) as (elsewhere, asked), answering(307, location=elsewhere) as (address, _):
        with pytest.raises(pushing.UsageError, match="leads to"):
            Receiver(address, "k").known([])
        assert asked == []


@pytest.fixture
def pushed(here: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    def run(to: str, key: str = "codeaug_x", **environ: str) -> Any:
        return codeaug("run", here, "--push", to, CODEAUG_PUSH_KEY=key, **environ)

    return run


def test_an_address_or_key_that_cannot_work_is_one_sentence_before_anything_is_done(
    there: Store, receiving: str, pushed: Callable[..., Any]
) -> None:
    refused(pushed("http://192.0.2.1"), 2, "endpoint")
    refused(pushed("http://192.0.2.1", CODEAUG_ENDPOINTS="http://192.0.2.1"), 2, "in clear")
    refused(pushed(receiving, ""), 2, "CODEAUG_PUSH_KEY")
    refused(pushed(receiving), 2, "does not know the key")
    refused(pushed(receiving, key_of(there, Role.ANNOTATOR)), 2, "scope ingest")
    with answering(404) as (address, _):
        refused(pushed(address), 2, "older version")


# --- what is refused ------------------------------------------------------------------------------


def a_sample(folder: Path) -> Proven:
    ours = session(folder, "")
    found = proven(ours.store, ours.commit, VARIANTS["python"].id)
    assert found is not None
    return found


def test_a_sample_that_is_not_what_its_id_says_is_refused(here: Path, there: Store) -> None:
    sample = document(a_sample(here))
    ci = program(there, "ci", Role.CURATOR)
    changed = [
        sample | {"variant": sample["variant"] | {"code": "def f(): pass"}},
        sample | {"unit": sample["unit"] | {"code": "def f(): pass"}},
        sample | {"evidence": sample["evidence"] | {"holds": ["proved"]}},
        sample | {"repository": sample["repository"] | {"license": "MIT"}},
        sample | {"oracle": None},
        sample | {"id": "0" * 40},
    ]
    for one in changed:
        answer = ci.post("/api/v1/samples", json={"samples": [sample, one]})
        assert (answer.status_code, "not what its id says" in answer.text) == (400, True)
    assert there.listed() == []
    assert ci.post("/api/v1/samples", json={"samples": [sample]}).json()["added"] == 1


def test_a_path_that_leads_elsewhere_is_refused(here: Path, there: Store) -> None:
    sample = a_sample(here)
    ci = program(there, "ci", Role.CURATOR)
    for path in ("/etc/passwd", "../secret.py", "a/../../b.py"):
        unit = replace(sample.unit, path=path)
        variant = replace(sample.variant, unit_id=unit.id)
        moved = replace(sample, unit=unit, variant=variant)
        answer = ci.post("/api/v1/samples", json={"samples": [document(moved)]})
        assert (answer.status_code, "leads elsewhere" in answer.text) == (400, True)


def test_odd_texts_arrive_as_they_are(here: Path, there: Store) -> None:
    """A path that is not UTF-8, NUL in a log, a password in an address."""
    sample = a_sample(here)
    unit = replace(sample.unit, path="a\udcff.py")
    variant = replace(sample.variant, unit_id=unit.id)
    findings = (replace(sample.evidence.findings[0], log="a\0b\U0010ffff"),)
    odd = Proven(
        replace(sample.repository, address="https://bob:secret@git.example/acme.git"),
        unit, None, variant, replace(sample.evidence, variant_id=variant.id, findings=findings),
    )  # fmt: skip
    body = json.dumps({"samples": [document(odd)]})
    assert "secret" not in body
    ci = program(there, "ci", Role.CURATOR)
    answer = ci.post("/api/v1/samples", content=body, headers={"content-type": "application/json"})
    assert answer.json()["added"] == 1
    assert there.unit(unit.id) == unit
    found = there.evidence(variant.id)
    assert found is not None
    assert found.findings == findings


def test_a_function_that_is_not_to_be_trained_on_is_told_so(here: Path, there: Store) -> None:
    sample = a_sample(here)
    marked = replace(sample, no_train=True)
    assert marked.id != sample.id
    assert "no_train" not in document(sample)
    ci = program(there, "ci", Role.CURATOR)
    commit = sample.repository.commit
    assert ci.post("/api/v1/samples", json={"samples": [document(sample)]}).json()["added"] == 1
    assert there.no_train(commit) == set()
    assert ci.post("/api/v1/samples", json={"samples": [document(marked)]}).json()["added"] == 1
    assert there.no_train(commit) == {sample.unit.id}
    lie = document(marked) | {"no_train": False}
    assert ci.post("/api/v1/samples", json={"samples": [lie]}).status_code == 400


def test_only_samples_may_be_large(here: Path, there: Store) -> None:
    ci = program(there, "ci", Role.CURATOR)
    large = "x" * (3 << 20)
    assert ci.post("/api/v1/samples", json={"samples": [large]}).status_code == 422
    assert ci.post("/api/v1/samples/known", json={"ids": [large]}).status_code == 413
    huge = "x" * (9 << 20)
    assert ci.post("/api/v1/samples", json={"samples": [huge]}).status_code == 413


def test_source_that_stays_here_is_not_pushed(here: Path, there: Store, receiving: str) -> None:
    told = pushing.push(session(here, receiving, never_send=("*.java",)))
    (reason,) = told["stays"]
    assert (told["added"], "never_send" in reason) == (2, True)
    assert {row.language for row in there.listed()} == {"cpp", "python"}


def test_what_a_program_printed_stays_here_where_it_holds_a_secret(
    here: Path, there: Store, receiving: str
) -> None:
    ours = session(here, receiving)
    word = evidence(VARIANTS["java"])
    log = "connecting\npassword = 'kX9#mQ2$vB7!zz'\n"
    findings = (*word.findings[:-1], replace(word.findings[-1], log=log))
    ours.store.put_evidence(replace(word, findings=findings), "newer")
    pushing.push(ours)
    found = there.evidence(VARIANTS["java"].id)
    assert found is not None
    assert found.findings[-1].log.startswith("(left out: line 2 holds")
    assert found.findings[-1].verdict is word.findings[-1].verdict


def test_the_ledger_tells_what_was_pushed(here: Path, receiving: str) -> None:
    ours = session(here, receiving)
    pushing.push(ours)
    lines = ours.store.ledger()
    assert {(line.purpose, line.endpoint, line.outcome) for line in lines} == {
        ("push", receiving, "received")
    }
    assert {line.unit_id for line in lines} == {unit.id for unit in UNITS.values()}


def test_a_repositorys_file_cannot_say_where_to_push(tmp_path: Path) -> None:
    (tmp_path / "codeaug.toml").write_text('push = "https://evil.example"\n')
    with pytest.raises(pushing.UsageError, match="push"):
        load_settings(tmp_path, {}, {"XDG_CONFIG_HOME": str(tmp_path)})


# --- the whole way --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["journey-python", "journey-java", "journey-cpp"])
def test_a_run_in_ci_fills_the_queue_of_the_team(
    name: str, judgeable_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder, arguments = judgeable_repository(name), ("--limit", "2", "--per-unit", "1", "--json")
    with Store.open(str(tmp_path / "team.db")) as team:
        key = key_of(team)
        with served(app(team, bar=Rung.COMPARED)) as address:
            first = codeaug("run", folder, "--push", address, *arguments, CODEAUG_PUSH_KEY=key)
            again = codeaug("run", folder, "--push", address, *arguments, CODEAUG_PUSH_KEY=key)
        assert (first.returncode, again.returncode) == (0, 0), first.stderr + again.stderr
        told = json.loads(first.stdout)
        assert told["queued"] > 0
        assert told["push"]["added"] == told["queued"] == team.slots.waiting()
        assert json.loads(again.stdout)["push"]["known"] == told["queued"]
        away = codeaug("run", folder, "--push", address, *arguments, CODEAUG_PUSH_KEY=key)
        assert away.returncode == 4
        assert "cannot be reached" in away.stderr
