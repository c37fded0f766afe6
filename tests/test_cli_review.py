"""`codeaug review people`, `keys` and `audit` as a team's administrator types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from codeaug.people import Permission, Role
from codeaug.store import Store
from codeaug.web.access import now
from tests.seeded import seed
from tests.test_cli import codeaug, refused


@pytest.fixture
def place(tmp_path: Path) -> str:
    """A store with variants in it."""
    with Store.open(str(tmp_path / "store.db")) as store:
        seed(store)
    return str(tmp_path / "store.db")


def review(place: str, *words: str) -> object:
    done = codeaug("review", *words, "--store", place, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_somebody_is_let_in_and_given_a_key_as_the_docs_say(place: str) -> None:
    for role in Role:
        done = codeaug("review", "people", "add", f"p {role}", "--role", role, "--store", place)
        assert done.returncode == 0, done.stderr
    made = review(place, "keys", "add", "p curator", "--scope", "read", "--scope", "ingest")
    assert isinstance(made, dict)
    assert made["scopes"] == ["ingest", "read"]
    with Store.open(place) as store:
        known = store.people.by_key(made["key"], now())
    assert known is not None
    assert known[0].scopes == {Permission.READ, Permission.INGEST}
    found = review(place, "audit", "verify")
    assert isinstance(found, dict)
    assert (found["events"], found["problems"]) == (len(Role) + 1, [])


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("people", "add", "ann", "--role", "boss"), 2, "annotator"),
        (("people", "add", "a\nb", "--role", "viewer"), 2, "is no name"),
        (("people", "remove", "ann"), 2, "nobody is called"),
        (("keys", "add", "ann"), 2, "nobody is called"),
        (("keys", "add", "ann", "--scope", "fly"), 2, "administer"),
        (("keys", "revoke", "0"), 2, "there is no key"),
        (("audit", "verify", "--expect", "0"), 1, "not whole"),
        (("webhooks", "test", "0"), 2, "there is no webhook"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    place: str, words: tuple[str, ...], code: int, told: str
) -> None:
    refused(codeaug("review", *words, "--store", place), code, told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--certificate", "/nowhere", "--key", "/nowhere"), "No such file"),
        (("--certificate", __file__, "--key", __file__), "PEM"),
        (("--host", "0.0.0.0", "--public-url", "https://"), "names no host"),
        (("--host", "0.0.0.0"), "in clear"),
        (("--store", "postgresql://:::"), "cannot be read"),
    ],
)
def test_a_server_that_cannot_be_is_one_sentence(
    place: str, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    served = ("review", "serve", tmp_path, "--port", "0", "--store", place, *words)
    refused(codeaug(*served), 2, told)
