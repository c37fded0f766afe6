"""Signing in at an OpenID Connect provider: a real one on loopback, honest and otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from joserfc.jwk import RSAKey

from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.people import Person, Role
from codeaug.settings import Settings, load_settings
from codeaug.store import Store
from codeaug.web import app, provider_of
from tests.identity_provider import CLIENT, IdentityProvider, identity_provider
from tests.seeded import seed
from tests.visiting import served

SETTINGS = Settings(
    oidc_client_id=CLIENT, oidc_roles=("annotator=reviewers", "admin=owners", "viewer=everybody")
)


@pytest.fixture(scope="module")
def running() -> Iterator[IdentityProvider]:
    with identity_provider() as found:
        yield found


@pytest.fixture
def provider(running: IdentityProvider) -> IdentityProvider:
    running.person = {"sub": "1", "preferred_username": "ann", "groups": ["reviewers"]}
    running.wrong, running.signing_key = {}, running.key
    return running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


@pytest.fixture
def site(store: Store, provider: IdentityProvider) -> Iterator[str]:
    found = provider_of(replace(SETTINGS, oidc_issuer=provider.address), "")
    with served(app(store, bar=Rung.TESTED, provider=found)) as address:
        yield address


def signed_in(site: str) -> httpx.Response:
    """Where a browser ends that clicks on the provider's button."""
    with httpx.Client(base_url=site, follow_redirects=True, trust_env=False) as browser:
        answer = browser.get("/sign-in/provider")
        if answer.status_code == 200:
            return browser.get("/api/v1/me")
        return answer


def test_whom_the_provider_knows_gets_the_role_that_its_claim_names(
    site: str, store: Store, provider: IdentityProvider
) -> None:
    assert signed_in(site).json() == {"name": "ann", "role": "annotator", "may": ["read", "vote"]}
    assert store.people.known_as(f"{provider.address} 1") == Person(
        "ann", Role.ANNOTATOR, f"{provider.address} 1"
    )
    provider.person["groups"] = ["everybody", "owners"]
    assert signed_in(site).json()["role"] == "admin"
    provider.person["groups"] = "everybody"
    assert signed_in(site).json()["role"] == "viewer"


@pytest.mark.parametrize("groups", [[], ["others"], "others", None, 7, {"owners": True}])
def test_who_has_no_role_does_not_get_in(
    site: str, store: Store, provider: IdentityProvider, groups: Any
) -> None:
    provider.person["groups"] = groups
    answer = signed_in(site)
    assert (answer.status_code, "Nobody has given you a role" in answer.text) == (403, True)
    assert store.people.all() == []


def test_an_administrator_lets_somebody_in_by_the_provider_s_id(
    site: str, store: Store, provider: IdentityProvider
) -> None:
    store.people.put(Person("Ann", Role.ADJUDICATOR, f"{provider.address} 1"), "tests")
    provider.person["groups"] = []
    assert signed_in(site).json()["name"] == "Ann"
    store.people.put(
        Person("Ann", Role.ADJUDICATOR, f"{provider.address} 1", active=False), "tests"
    )
    provider.person["groups"] = ["owners"]
    assert "may not sign in any more" in signed_in(site).text


@pytest.mark.parametrize(
    "person",
    [
        {"preferred_username": "root"},
        {"preferred_username": "", "sub": "root"},
        {"preferred_username": None, "email": "root"},
        {"preferred_username": "a\u202eb"},
        {"preferred_username": "x" * 200},
        {"preferred_username": " ann"},
    ],
)
def test_nobody_gets_in_as_somebody_else_or_under_an_odd_name(
    site: str, store: Store, provider: IdentityProvider, person: dict[str, Any]
) -> None:
    store.people.put(Person("root", Role.ADMIN), "tests")
    provider.person |= person
    assert signed_in(site).status_code == 403
    assert [person.name for person in store.people.all()] == ["root"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"nonce": "another"},
        {"exp": 1},
        {"sub": None},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_for_somebody_else_or_of_another_time_is_refused(
    site: str, store: Store, provider: IdentityProvider, wrong: dict[str, Any]
) -> None:
    provider.wrong = wrong
    answer = signed_in(site)
    assert (answer.status_code, "did not work" in answer.text) == (403, True)
    assert store.people.all() == []


def test_a_token_that_another_key_signed_is_refused(
    site: str, store: Store, provider: IdentityProvider
) -> None:
    provider.signing_key = RSAKey.generate_key(2048, {"kid": "tests"})
    assert signed_in(site).status_code == 403
    assert store.people.all() == []


def test_an_answer_that_the_browser_did_not_ask_for_is_refused(site: str, store: Store) -> None:
    with httpx.Client(base_url=site, trust_env=False) as eve:
        asked = eve.get("/sign-in/provider").headers["location"]
        back = eve.get(asked).headers["location"]
    with httpx.Client(base_url=site, trust_env=False) as ann:
        answer = ann.get(back)
    assert answer.status_code == 403
    assert store.people.all() == []


def test_a_provider_that_is_away_is_said_to_be(store: Store) -> None:
    found = provider_of(replace(SETTINGS, oidc_issuer="http://127.0.0.1:9"), "")
    with served(app(store, bar=Rung.TESTED, provider=found)) as address:
        answer = signed_in(address)
    assert (answer.status_code, "did not work" in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"oidc_issuer": "http://id.example"}, "no https address"),
        ({"oidc_issuer": "ftp://id.example"}, "id.example"),
        ({"oidc_client_id": ""}, "needs oidc_client_id"),
        ({"oidc_roles": ("emperor=owners",)}, "'emperor=owners' is not ROLE=VALUE"),
        ({"oidc_roles": ("admin",)}, "'admin' is not ROLE=VALUE"),
    ],
)
def test_settings_that_cannot_be_meant_are_refused(changes: dict[str, Any], problem: str) -> None:
    wanted = replace(SETTINGS, **({"oidc_issuer": "https://id.example"} | changes))
    with pytest.raises(UsageError, match=problem):
        provider_of(wanted, "")


def test_a_repository_does_not_say_where_its_reviewers_sign_in(tmp_path: Path) -> None:
    (tmp_path / "codeaug.toml").write_text('oidc_issuer = "https://evil.example"\n')
    with pytest.raises(UsageError, match="may not set 'oidc_issuer'"):
        load_settings(tmp_path, {}, {})
