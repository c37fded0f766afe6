"""The review pages: what they show, what they keep, and whom they refuse."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from codeaug.errors import StoreError, UsageError
from codeaug.model import Finding, Opinion, Origin, Rung, Variant, Verdict
from codeaug.store import Store
from codeaug.web import Place, app, serve
from codeaug.web.keys import KEYS
from tests.seeded import CPP, UNITS, VARIANTS, evidence, seed
from tests.visiting import HERE, Visit, visit

JAVA_CARD = f"/variants/{VARIANTS['java'].id}"
CPP_CARD = f"/variants/{VARIANTS['cpp'].id}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def taken(client: Visit, card: str) -> str:
    """The page of a card that one may decide about."""
    assert client.post(f"{card}/take").headers["location"] == card
    return client.get(card).text


def decide(client: Visit, card: str, word: str, **form: str) -> httpx.Response:
    """Takes the card, and posts what its page would."""
    page = taken(client, card)
    form = {"request": field(page, "request"), "token": field(page, "token")} | form
    return client.post(f"{card}/{word}", data=form)


def field(page: str, name: str) -> str:
    found = re.search(f'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def words(html: str) -> str:
    return unescape(re.sub("<[^>]*>", "", html))


# --- pages ----------------------------------------------------------------------------------------


class Outline(HTMLParser):
    """What a screen reader goes by, and what a page loads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.loads: list[str] = []
        self.labels: list[dict[str, str | None]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.seen.append(tag)
        self.loads += [v for k, v in attributes if k in ("src", "href", "formaction") and v]
        if tag not in ("meta", "link", "input", "col"):
            self.open.append(tag)
        if tag in ("nav", "section", "article", "dialog", "progress"):
            self.labels.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("address", [JAVA_CARD, "/variants", "/nowhere"])
def test_pages_are_well_formed_labelled_and_load_nothing_from_elsewhere(
    store: Store, address: str
) -> None:
    page = visit(store).get(address).text
    outline = Outline(page)
    assert outline.open == []
    assert outline.seen.count("main") == outline.seen.count("h1") == 1
    assert all("aria-label" in a or "aria-labelledby" in a for a in outline.labels)
    assert all(address.startswith(("/", "#")) for address in outline.loads)
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\bon\w+=", page)


def test_the_queue_begins_with_the_weakest_evidence(store: Store) -> None:
    answer = visit(store, bar=Rung.COMPILED).get("/")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/variants/{VARIANTS['space'].id}",
    )


def test_a_card_shows_the_function_how_it_was_made_and_its_proof(store: Store) -> None:
    page = words(visit(store).get(JAVA_CARD).text)
    for shown in (
        "Words.abbreviate(String,int)",
        "src/main/java/org/acme/Words.java:41",
        "if-else-inversion (rules engine)",
        "no new diagnostic",
        "javac -Xlint:all",
        "Tests run: 14",
        "org.acme.WordsTest#abbreviates0",
        "bubblewrap, no network",
        "0 decided by you · 3 to decide",
    ):
        assert shown in page


def test_a_log_is_text_not_markup(store: Store) -> None:
    variant = Variant(UNITS["cpp"].id, CPP + " ", Origin("rules"))
    store.put_variants([variant])
    finding = Finding("tested", Verdict.PASSED, "<b id=1>", 1.0, "<i>", 0, "<script>1</script>")
    store.put_evidence(replace(evidence(variant), findings=(finding,)))
    page = visit(store).get(f"/variants/{variant.id}").text
    assert "<script>1" not in page
    assert "&lt;script&gt;1&lt;/script&gt;" in page
    assert "<b id=1>" not in page
    assert "&lt;b id=1&gt;" in page


def test_unknown_addresses_get_a_page_with_a_way_back(store: Store) -> None:
    for address in ("/variants/" + "0" * 20, "/nowhere"):
        answer = visit(store).get(address)
        assert answer.status_code == 404
        assert 'href="/"' in answer.text


def test_the_list_filters_by_language_verdict_rung_and_transform(store: Store) -> None:
    client = visit(store)
    assert "5 variants" in client.get("/variants").text
    assert "3 variants" in client.get("/variants?verdict=passed").text
    assert "2 variants" in client.get("/variants?language=cpp").text
    assert "1 variant<" in client.get("/variants?language=cpp&verdict=failed").text
    assert "1 variant<" in client.get("/variants?transform=rename-local&rung=tested").text


def test_an_empty_queue_says_why_and_what_to_do(store: Store, tmp_path: Path) -> None:
    assert "bar = " in visit(store, bar=Rung.PROVED).get("/").text
    with Store.open(str(tmp_path / "fresh.db")) as fresh:
        assert "codeaug run REPO" in visit(fresh).get("/").text
    client = visit(store)
    for name in ("java", "cpp", "python"):
        decide(client, f"/variants/{VARIANTS[name].id}", "approve")
    page = client.get("/").text
    assert "All votes are in" in page
    assert "3 are yours" in page
    assert "codeaug export" in page


# --- keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [JAVA_CARD, "/variants", "/nowhere", f"{JAVA_CARD}/file"])
def test_every_key_of_the_one_table_is_printed_from_it(store: Store, address: str) -> None:
    client = visit(store)
    client.post(f"{JAVA_CARD}/take")
    page = client.get(address).text
    assert re.findall(r'data-remap="([^"]*)" data-default="([^"]*)"', page) == [
        (key.action, key.key) for key in KEYS.values()
    ]
    assert set(re.findall(r'data-action="([^"]*)"', page)) <= KEYS.keys()
    for action, printed in re.findall(r'data-key-of="([^"]*)">([^<]*)<', page):
        assert KEYS[action].key == printed


def test_no_key_means_two_things() -> None:
    assert len({key.key for key in KEYS.values()}) == len(KEYS)


# --- decisions ------------------------------------------------------------------------------------


def test_approving_leads_to_the_next_card(store: Store) -> None:
    client = visit(store)
    answer = decide(client, JAVA_CARD, "approve", comment=" nice ", naturalness="4")
    assert answer.status_code == 303
    assert client.get(answer.headers["location"]).headers["location"] == CPP_CARD
    (decision,) = store.decisions(VARIANTS["java"].id)
    assert (decision.reviewer, decision.word, decision.comment) == ("ann", "approved", "nice")
    assert decision.naturalness == 4


def test_a_double_click_counts_once(store: Store) -> None:
    client = visit(store)
    page = taken(client, JAVA_CARD)
    form = {name: field(page, name) for name in ("request", "token")}
    answers = [client.post(f"{JAVA_CARD}/approve", data=form) for _ in "12"]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len(store.decisions(VARIANTS["java"].id)) == 1
    client.post(f"{JAVA_CARD}/undo", data={"request": "other"})
    assert store.decisions(VARIANTS["java"].id) == []


def test_another_word_from_the_same_card_counts(store: Store) -> None:
    client = visit(store)
    page = taken(client, JAVA_CARD)
    form = {name: field(page, name) for name in ("request", "token")}
    client.post(f"{JAVA_CARD}/approve", data=form)
    client.post(f"{JAVA_CARD}/reject", data=form | {"reason": "trivial"})
    (decision,) = store.decisions(VARIANTS["java"].id)
    assert (decision.word, decision.reason) == ("rejected", "trivial")


def test_the_card_ahead_is_one_s_own_and_only_one(store: Store) -> None:
    client, bob = visit(store), visit(store, reviewer="bob")
    assert client.get("/").headers["location"] == JAVA_CARD
    besides = {"besides": VARIANTS["java"].id}
    for _ in "12":
        assert client.post("/ahead", data=besides).json() == {"next": CPP_CARD}
    assert "/approve" in client.get(CPP_CARD).text
    assert bob.get("/").headers["location"] == f"/variants/{VARIANTS['python'].id}"
    assert bob.post("/ahead", data={"besides": VARIANTS["python"].id}).json() == {"next": ""}
    assert client.get("/").headers["location"] == JAVA_CARD


def test_undo_returns_to_the_card(store: Store) -> None:
    client = visit(store)
    decide(client, JAVA_CARD, "approve")
    page = client.get(CPP_CARD).text
    assert "you approved Words.abbreviate" in page
    answer = client.post(f"{JAVA_CARD}/undo", data={"request": field(page, "request")})
    assert answer.headers["location"] == JAVA_CARD
    assert client.get("/").headers["location"] == JAVA_CARD


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("reject", {"request": "r1"}),
        ("reject", {"request": "r1", "reason": "bad vibes"}),
        ("flag", {"request": "r1"}),
        ("approve", {"request": "r1", "naturalness": "6"}),
        ("approve", {}),
        ("undo", {}),
    ],
)
def test_a_post_that_cannot_be_kept_says_why(store: Store, word: str, form: dict[str, str]) -> None:
    client = visit(store)
    script = client.post(f"{JAVA_CARD}/{word}", data=form, headers={"accept": "application/json"})
    assert script.status_code == 400
    assert script.json()["problem"]
    assert "That did not work" in client.post(f"{JAVA_CARD}/{word}", data=form).text
    assert store.decisions(VARIANTS["java"].id) == []


def test_a_huge_form_is_refused(store: Store) -> None:
    answer = visit(store).post(f"{JAVA_CARD}/approve", data={"comment": "x" * 2_000_000})
    assert answer.status_code == 413


def test_nobody_sees_another_s_decision_before_their_own(store: Store) -> None:
    bob, ann = (visit(store, reviewer=name, overlap=2) for name in ("bob", "ann"))
    decide(bob, JAVA_CARD, "reject", reason="worse style")
    assert "bob" not in ann.get(JAVA_CARD).text
    decide(ann, JAVA_CARD, "approve")
    assert "bob rejected: worse style" in ann.get(JAVA_CARD).text


def test_nobody_sees_what_a_model_thinks_before_their_own_decision(store: Store) -> None:
    store.put_opinions([Opinion(VARIANTS["java"].id, "openai:critic", 2, "clumsy")])
    ann = visit(store)
    assert "openai:critic" not in ann.get(JAVA_CARD).text
    decide(ann, JAVA_CARD, "approve")
    assert "openai:critic finds it natural: 2 of 5 (“clumsy”)" in ann.get(JAVA_CARD).text


def test_a_card_that_another_has_cannot_be_decided_about(store: Store) -> None:
    ann, bob = visit(store), visit(store, reviewer="bob")
    assert ann.get("/").headers["location"] == JAVA_CARD
    token = field(ann.get(JAVA_CARD).text, "token")
    assert bob.get("/").headers["location"] == CPP_CARD
    page = bob.get(JAVA_CARD).text
    assert "/approve" not in page
    refused = bob.post(f"{JAVA_CARD}/take")
    assert (refused.status_code, "others decide about" in refused.text) == (409, True)
    for form in ({"request": "r"}, {"request": "r", "token": token}):
        answer = bob.post(f"{JAVA_CARD}/approve", data=form)
        assert answer.status_code == 409
        assert "somebody else" in answer.text
    assert store.decisions(VARIANTS["java"].id) == []


def test_a_skipped_card_is_left_to_others(store: Store) -> None:
    ann, bob = visit(store), visit(store, reviewer="bob")
    assert decide(ann, JAVA_CARD, "skip").headers["location"] == "/"
    assert ann.get("/").headers["location"] == CPP_CARD
    assert bob.get("/").headers["location"] == JAVA_CARD


def test_a_page_that_stays_open_keeps_its_card(store: Store) -> None:
    client = visit(store)
    form = {"token": field(taken(client, JAVA_CARD), "token")}
    script = {"accept": "application/json"}
    assert client.post(f"{JAVA_CARD}/renew", data=form, headers=script).status_code == 200
    lost = client.post(f"{JAVA_CARD}/renew", data={"token": "other"}, headers=script)
    assert (lost.status_code, lost.json()["problem"]) == (
        409,
        "somebody else has this card by now.",
    )


# --- whom the pages refuse ------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8765", "10.0.0.1", ""])
def test_a_foreign_host_name_is_refused(store: Store, host: str) -> None:
    answer = visit(store).get(JAVA_CARD, headers={"host": host})
    assert answer.status_code == 403
    assert "Words" not in answer.text


@pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1:1", "[::1]:1", "127.0.0.1"])
def test_loopback_by_any_of_its_names_is_served(store: Store, host: str) -> None:
    assert visit(store).get("/sign-in", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": HERE},
    ],
)
def test_a_post_from_another_site_is_refused(store: Store, headers: dict[str, str]) -> None:
    answer = visit(store).post(f"{JAVA_CARD}/approve", data={"request": "r"}, headers=headers)
    assert answer.status_code == 403
    assert store.decisions(VARIANTS["java"].id) == []


@pytest.mark.parametrize("headers", [{"origin": HERE}, {"sec-fetch-site": "same-origin"}])
def test_a_post_from_our_page_is_kept(store: Store, headers: dict[str, str]) -> None:
    client = visit(store)
    form = {"request": "r", "token": field(taken(client, JAVA_CARD), "token")}
    client.post(f"{JAVA_CARD}/approve", data=form, headers=headers)
    assert len(store.decisions(VARIANTS["java"].id)) == 1


def test_every_answer_carries_the_strict_headers(store: Store) -> None:
    client = visit(store)
    for address in ("/", JAVA_CARD, "/static/review.js", "/nowhere"):
        headers = client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_name_bound_on_purpose_is_served(store: Store) -> None:
    pages = app(store, bar=Rung.TESTED, host="review.team.example")
    client = Visit(pages, "http://review.team.example")
    assert client.get("/sign-in").status_code == 200
    assert client.get("/sign-in", headers={"host": "evil.example"}).status_code == 403


def test_a_proxy_s_name_is_served_and_cookies_stay_within_https(store: Store) -> None:
    pages = app(store, bar=Rung.TESTED, host="0.0.0.0", public_url="https://review.example/")
    client = Visit(pages, "https://review.example")
    answer = client.get("/sign-in")
    assert answer.status_code == 200
    assert "max-age" in answer.headers["strict-transport-security"]


# --- contrast -------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


INK = ["ink", "keyword", "string", "comment", "number", "function", "type"]
PAIRS = [(ink, ground) for ink in INK
         for ground in ("sheet", "old", "new", "old-mark", "new-mark", "moved")]  # fmt: skip
PAIRS += [(ink, ground) for ink in ("ink", "faint", "accent", "good", "bad", "doubt")
          for ground in ("page", "sheet")]  # fmt: skip
PAIRS += [("good", "good-soft"), ("bad", "bad-soft"), ("doubt", "doubt-soft"), ("ink", "bad-soft"),
          ("faint", "bad-soft"), ("faint", "doubt-soft"), ("faint", "old"), ("faint", "new"),
          ("faint", "moved"), ("good", "new"), ("bad", "old"), ("doubt", "moved")]  # fmt: skip


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(theme: int) -> None:
    import codeaug.web

    css = (Path(codeaug.web.__file__).parent / "static" / "review.css").read_text()
    root = re.findall(r":root \{(.*?)\n *\}", css, re.DOTALL)[theme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", root))
    weak = {f"{a} on {b}": contrast(colours[a], colours[b]) for a, b in PAIRS}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}


# --- serving --------------------------------------------------------------------------------------

SERVE = """
import sys
from codeaug.model import Rung
from codeaug.web import Place, serve
serve(sys.argv[1], reviewer="ann", bar=Rung.TESTED, place=Place(port=0))
"""


def test_the_page_is_served_on_loopback_until_interrupted(store: Store) -> None:
    program = [sys.executable, "-c", SERVE, store.place]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = server.stderr.readline().removeprefix("Review: ").strip()
        assert address.startswith("http://127.0.0.1:")
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with browser.open(address, timeout=20) as page:
            assert b"Words.abbreviate" in page.read()
        server.send_signal(signal.SIGINT)
        server.stderr.read()
        assert server.wait(20) != 0


SERVED_BY_TWO = SERVE.replace("Place(port=0)", "Place(port=0), processes=2")


@pytest.mark.slow
def test_another_process_answers_too_and_ends_with_the_first(store: Store) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVED_BY_TWO, store.place], stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stderr is not None
        address = server.stderr.readline().removeprefix("Review: ").strip()
        assert "token" not in address
        server.send_signal(signal.SIGSTOP)
        try:
            found = set[bool]()
            for _ in range(60):
                found.add(answers(f"{address}sign-in"))
                if len(found) == 2:
                    break
        finally:
            server.kill()
        server.stderr.read()  # until the last process that holds it has ended
    assert found == {True, False}, "what comes is not divided among them"
    place = urllib.parse.urlsplit(address)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((place.hostname or "", place.port or 0), 5)


def answers(address: str) -> bool:
    """Whether the process that this connection comes to answers, and is not the one stopped."""
    try:
        with urllib.request.urlopen(address, timeout=1) as page:
            return b"API key" in page.read()
    except TimeoutError:
        return False


def test_a_port_in_use_is_named(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError, match=f"port {port}"):
            serve(store.place, reviewer="ann", bar=Rung.TESTED, place=Place(port=port))


def test_a_port_that_another_server_shares_is_not_shared_with_it(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as taken:
        place = Place(port=taken.getsockname()[1])
        with pytest.raises(UsageError, match=f"port {place.port}"):
            serve(store.place, bar=Rung.TESTED, place=place, processes=2)


def test_serving_without_a_store_makes_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="codeaug run"):
        serve(str(tmp_path / "none.db"), reviewer="ann", bar=Rung.TESTED, place=Place(port=0))
    assert not (tmp_path / "none.db").exists()
