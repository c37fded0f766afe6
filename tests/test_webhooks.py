"""Webhooks: what happens is told, signed, in order, until it is taken, and to nobody else."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook as Verifier

from codeaug import review, webhooks
from codeaug.errors import LateDecision, UsageError
from codeaug.model import Rung, Word
from codeaug.people import Caller, Person, Role
from codeaug.store import Store
from codeaug.store.outbox import Webhook
from codeaug.webhooks import Courier
from tests.seeded import VARIANTS, seed
from tests.test_cli import codeaug
from tests.test_push import free_port, serve
from tests.visiting import program

JAVA, CPP, PYTHON = (VARIANTS[name].id for name in ("java", "cpp", "python"))
DROPPED = 0


@dataclass
class Receiver:
    """A program that is told what happens. It answers with `codes` in turn, then with 200."""

    address: str = ""
    secret: str = ""
    codes: list[int] = field(default_factory=list)
    tried: list[dict[str, Any]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def receive(self, body: bytes, headers: dict[str, str]) -> int:
        message = Verifier(self.secret).verify(body, headers)
        self.tried.append(message)
        code = self.codes.pop(0) if self.codes else 200
        if code == 200:
            self.taken.append(message)
            self.ids.append(headers["webhook-id"])
        return code

    def words(self, variant_id: str) -> list[str]:
        about = [message["data"] for message in self.taken]
        return [data["verb"] for data in about if data["object"] == variant_id and "verb" in data]


@contextmanager
def listening(receiver: Receiver, port: int = 0) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            code = receiver.receive(body, headers)
            if code != DROPPED:
                self.send_response(code)
                self.send_header("location", "http://127.0.0.1:1/")
                self.send_header("content-length", "0")
                self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    receiver.address = f"http://127.0.0.1:{server.server_address[1]}/told"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        seed(opened)
        yield opened


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening(Receiver()) as started:
        yield started


def hooked(store: Store, receiver: Receiver, *events: str) -> Webhook:
    made = webhooks.add(store, receiver.address, events, True, "tests")
    receiver.secret = made.secret
    return made


def say(store: Store, who: str, word: Word = Word.APPROVED, variant: str = JAVA) -> None:
    lease = review.take(store, who, variant)
    reason = "trivial" if word is Word.REJECTED else ""
    comment = "?" if word is Word.FLAGGED else ""
    request = f"{who} {variant} {word} {time.time_ns()}"
    review.decide(
        store, variant, who, word, request, token=lease.token, reason=reason, comment=comment
    )


def deliver(store: Store, until: Callable[[], bool], **options: int) -> None:
    """Delivers, with short pauses, until that holds."""
    courier = Courier(store, **{"first_pause": 20, **options})
    stopped = threading.Event()
    thread = threading.Thread(target=courier.run, args=(stopped, 0.005))
    thread.start()
    try:
        while not until():
            assert thread.is_alive()
            time.sleep(0.005)
    finally:
        stopped.set()
        thread.join()


def nothing_waits(store: Store) -> bool:
    return not any(backlog.waiting for backlog in store.outbox.backlogs().values())


def test_what_happens_is_told_with_a_signature_that_others_verify(
    store: Store, receiver: Receiver
) -> None:
    hooked(store, receiver)
    store.slots.fill(Rung.TESTED, 2)
    say(store, "ann")
    say(store, "bob", Word.REJECTED)
    say(store, "eve", Word.FLAGGED)
    review.settle(store, JAVA, Caller.of(Person("judge", Role.ADMIN)), Word.APPROVED, "final")
    store.audit.write("ann", "exported", "data", rows=3)
    deliver(store, lambda: nothing_waits(store))
    types = Counter(message["type"] for message in receiver.taken)
    assert types == {"queued": 3, "decision": 3, "settled": 1, "export": 1}
    assert receiver.words(JAVA) == ["approved", "rejected", "flagged", "approved"]
    (rejected,) = (m["data"] for m in receiver.taken if m["data"].get("verb") == "rejected")
    assert (rejected["actor"], rejected["reason"]) == ("bob", "trivial")
    assert len(set(receiver.ids)) == len(receiver.ids)


def test_only_events_that_were_asked_for_are_told(store: Store, receiver: Receiver) -> None:
    hooked(store, receiver, "settled", "export")
    store.slots.fill(Rung.TESTED, 1)
    say(store, "ann")
    assert nothing_waits(store)


def test_a_word_that_did_not_count_is_not_told(store: Store, receiver: Receiver) -> None:
    hooked(store, receiver, "decision")
    store.slots.fill(Rung.TESTED, 1)
    with pytest.raises(LateDecision):
        review.decide(store, JAVA, "ann", Word.APPROVED, "r1", token="forged")
    assert nothing_waits(store)
    say(store, "ann")
    assert [hook.waiting for hook in store.outbox.backlogs().values()] == [1]


@pytest.mark.parametrize("code", [500, 302, DROPPED])
def test_what_is_not_taken_is_told_again_in_the_order_of_each_variant(
    store: Store, receiver: Receiver, code: int
) -> None:
    hooked(store, receiver, "decision")
    store.slots.fill(Rung.TESTED, 3)
    receiver.codes = [code, code, 200, code]
    for variant in (JAVA, CPP):
        for who, word in zip(("ann", "bob", "eve"), Word, strict=False):
            say(store, who, word, variant)
    deliver(store, lambda: nothing_waits(store))
    assert receiver.words(JAVA) == receiver.words(CPP) == ["approved", "rejected", "flagged"]
    assert len(receiver.tried) == len(receiver.taken) + 3
    assert all(message in receiver.taken for message in receiver.tried)


def test_one_message_that_is_never_taken_stops_no_other_variant(
    store: Store, receiver: Receiver
) -> None:
    hooked(store, receiver, "decision")
    store.slots.fill(Rung.TESTED, 1)
    say(store, "ann", variant=JAVA)
    say(store, "ann", variant=CPP)
    receiver.codes = [500]
    deliver(store, lambda: bool(receiver.taken))
    assert receiver.words(CPP) == ["approved"]


def test_after_a_day_a_message_is_given_up_and_listed(store: Store, receiver: Receiver) -> None:
    made = hooked(store, receiver, "decision")
    store.slots.fill(Rung.TESTED, 2)
    receiver.codes = [500]
    say(store, "ann")
    say(store, "bob")
    deliver(store, lambda: nothing_waits(store), given_up_after=0)
    assert len(receiver.taken) == 1
    root = program(store, "root", Role.ADMIN)
    (listed,) = root.get("/api/v1/webhooks").json()
    assert (listed["id"], listed["given_up"], listed["waiting"]) == (made.id, 1, 0)
    assert "500" in listed["problem"]


def test_two_servers_deliver_each_message_once(store: Store, receiver: Receiver) -> None:
    hooked(store, receiver, "decision")
    store.slots.fill(Rung.TESTED, 10)
    for number in range(10):
        for variant in (JAVA, CPP, PYTHON):
            say(store, f"p{number}", variant=variant)
    couriers = [Courier(store), Courier(store)]
    with ThreadPoolExecutor(2) as pool:
        while not nothing_waits(store):
            list(pool.map(Courier.round, couriers))
    assert len(receiver.ids) == len(set(receiver.ids)) == 30


def test_what_was_written_before_a_server_was_killed_is_told_by_the_next(tmp_path: Path) -> None:
    """The receiver is away while the first server tries; nobody is there when it is killed."""
    place, port = tmp_path / "store.db", free_port()
    (tmp_path / "codeaug.toml").write_text('bar = "tested"\noverlap = 3\n')
    command = [sys.executable, "-m", "codeaug", "review", str(tmp_path), "--store", str(place)]
    command += ["--port", str(free_port()), "--reviewer", "root"]
    receiver = Receiver()
    with Store.open(str(place)) as store:
        seed(store)
        store.slots.fill(Rung.TESTED, 3)
        address = f"http://127.0.0.1:{port}/told"
        receiver.secret = webhooks.add(store, address, ["decision"], True, "tests").secret
        with serve(command) as server:
            say(store, "ann")
            while not any(backlog.problem for backlog in store.outbox.backlogs().values()):
                time.sleep(0.01)
            say(store, "bob", Word.REJECTED)
            server.kill()
        say(store, "eve", Word.FLAGGED)
        assert [backlog.waiting for backlog in store.outbox.backlogs().values()] == [3]
        with listening(receiver, port), serve(command):
            while not nothing_waits(store):
                time.sleep(0.01)
    assert receiver.words(JAVA) == ["approved", "rejected", "flagged"]


# --- where it may go ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/told", "ftp://127.0.0.1/", "https://bob:secret@hooks.example/",
        "https://hooks.example/?key=1", "http://127.1/", "http://0x7f000001/", "file:///etc/passwd",
        "https://[::ffff:127.0.0.1]/", "",
    ],
)  # fmt: skip
def test_an_odd_address_is_told_nothing(store: Store, url: str) -> None:
    with pytest.raises(UsageError):
        webhooks.add(store, url, [], True, "tests")
    assert store.outbox.all() == []


def test_this_machine_is_told_only_if_an_administrator_says_so(store: Store) -> None:
    for url in ("http://127.0.0.1:1/", "http://localhost:1/", "https://[::1]/"):
        with pytest.raises(UsageError, match="--private"):
            webhooks.add(store, url, [], False, "tests")


@pytest.mark.parametrize(
    "place",
    [
        "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
        "2002:a00:1::",
    ],
)  # fmt: skip
def test_a_name_that_leads_into_a_private_network_is_told_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Also when it did not yet lead there as it was added, or not by its first address."""
    made = webhooks.add(store, "https://hooks.example/told", ["decision"], False, "tests")
    family = socket.AF_INET6 if ":" in place else socket.AF_INET

    def lookup(*_: object, **__: object) -> list[Any]:
        first = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 443))
        return [first, (family, socket.SOCK_STREAM, 6, "", (place, 443))]

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert "private network" in webhooks.test(store, made.id)


def test_the_name_is_looked_up_once_and_that_address_is_asked(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = webhooks.add(
        store, receiver.address.replace("127.0.0.1", "localhost"), ["decision"], True, "tests"
    )
    receiver.secret = made.secret
    lookups = []
    real = socket.getaddrinfo

    def lookup(host: str, *rest: Any, **options: Any) -> Any:
        lookups.append(host)
        return real("127.0.0.1", *rest, **options)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    assert webhooks.test(store, made.id) == ""
    assert lookups.count("localhost") == 1


def test_administrators_manage_webhooks_by_the_api(store: Store, receiver: Receiver) -> None:
    root = program(store, "root", Role.ADMIN)
    body = {"url": receiver.address, "events": ["export"], "private": True}
    made = root.post("/api/v1/webhooks", json=body).json()
    receiver.secret = made["secret"]
    place = f"/api/v1/webhooks/{made['webhook']['id']}"
    assert root.post(f"{place}/test").json() == {"problem": ""}
    assert receiver.taken[0]["type"] == "test"
    (listed,) = root.get("/api/v1/webhooks").json()
    assert (listed["url"], listed["events"]) == (receiver.address, ["export"])
    assert made["secret"] not in json.dumps(listed)
    assert root.ask("DELETE", place).json() == {"removed": True}
    assert root.ask("DELETE", place).status_code == 400
    assert root.get("/api/v1/webhooks").json() == []
    told = [(line.verb, made["secret"] in line.detail) for line in store.audit.events(2)]
    assert told == [("webhook removed", False), ("webhook added", False)]


def test_administrators_manage_webhooks_on_the_command_line(
    tmp_path: Path, receiver: Receiver
) -> None:
    with Store.open(str(tmp_path / ".codeaug" / "codeaug.db")) as store:
        seed(store)
    repo = ("--repo", tmp_path)

    def run(*args: object) -> subprocess.CompletedProcess[str]:
        return codeaug("review", "webhooks", *args, *repo)

    assert run("add", receiver.address).returncode == 2
    made = json.loads(run("add", receiver.address, "--private", "--json").stdout)
    receiver.secret = made["secret"]
    assert run("test", made["id"]).returncode == 0
    receiver.codes = [500]
    failed = run("test", made["id"])
    assert (failed.returncode, "500" in failed.stderr) == (1, True)
    (listed,) = json.loads(run("list", "--json").stdout)
    assert listed["events"] == ["decision", "export", "paused", "queued", "settled"]
    assert run("remove", made["id"]).returncode == 0
    assert json.loads(run("list", "--json").stdout) == []
