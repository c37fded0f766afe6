"""Signing in at an OpenID Connect provider: authorization code with PKCE, by Authlib.

A person's role is what the provider's claim says it is, anew at each sign-in; a claim that names
no role lets nobody in, unless an administrator has added the person by the provider's own id.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from codeaug.endpoints import parse
from codeaug.errors import UsageError
from codeaug.people import Person, Role, is_name
from codeaug.settings import Settings
from codeaug.store import Store

if TYPE_CHECKING:
    from authlib.integrations.starlette_client import StarletteOAuth2App

BACK = "/sign-in/provider/back"
_STRONGEST_FIRST = (
    Role.ADMIN, Role.CURATOR, Role.ADJUDICATOR, Role.AUDITOR, Role.ANNOTATOR, Role.VIEWER
)  # fmt: skip


@dataclass(frozen=True)
class Provider:
    """Where people sign in, and which values of which claim make them what."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    roles: Mapping[str, Role]
    public_url: str

    @cached_property
    def _client(self) -> StarletteOAuth2App:
        from authlib.integrations.starlette_client import OAuth

        client: StarletteOAuth2App = OAuth().register(
            "provider",
            client_id=self.client_id,
            client_secret=self.client_secret or None,
            server_metadata_url=f"{self.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "timeout": 20,
                "trust_env": False,
            },
        )
        return client

    async def ask(self, request: Request) -> Response:
        """Sends the browser to the provider."""
        try:
            answer: Response = await self._client.authorize_redirect(request, self._back(request))
        except Exception as error:
            raise self._problem(error) from error
        return answer

    async def claims(self, request: Request) -> Mapping[str, Any]:
        """What the provider says of who comes back from it. Raises HTTPException (403)."""
        options = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self.client_id},
            "sub": {"essential": True},
            "exp": {"essential": True},
        }
        try:
            token = await self._client.authorize_access_token(request, claims_options=options)
        except Exception as error:
            raise self._problem(error) from error
        claims: Mapping[str, Any] | None = token.get("userinfo")
        if claims is None:
            raise HTTPException(403, "The provider did not say who you are.")
        return claims

    def _back(self, request: Request) -> str:
        return (self.public_url or str(request.base_url)).rstrip("/") + BACK

    def _problem(self, error: Exception) -> HTTPException:
        # Not the error's own text: it may hold what the provider answered, token and all.
        kind = getattr(error, "error", None) or type(error).__name__
        return HTTPException(403, f"Signing in at {self.issuer} did not work ({kind}): try again.")

    def role_of(self, claims: Mapping[str, Any]) -> Role | None:
        """The strongest role that the claim names, None for none."""
        value = claims.get(self.claim)
        said: Iterable[Any] = value if isinstance(value, list) else [value]
        named = {self.roles[one] for one in said if isinstance(one, str) and one in self.roles}
        return next((role for role in _STRONGEST_FIRST if role in named), None)


async def person_of(provider: Provider, store: Store, request: Request) -> Person:
    """Who comes back from the provider. Raises HTTPException (403)."""
    claims = await provider.claims(request)
    return await run_in_threadpool(_known, provider, store, claims)


def _known(provider: Provider, store: Store, claims: Mapping[str, Any]) -> Person:
    subject = f"{provider.issuer} {claims['sub']}"
    known, role = store.people.known_as(subject), provider.role_of(claims)
    if known is not None and not known.active:
        raise HTTPException(403, f"{known.name} may not sign in any more.")
    if known is None and role is None:
        raise HTTPException(403, f"Nobody has given you a role here; you are {subject}.")
    if known is None:
        name = str(claims.get("preferred_username") or claims.get("email") or claims["sub"])
        if not is_name(name) or store.people.named(name) is not None:
            raise HTTPException(403, f"There is another {name!r} here: ask an administrator.")
        known = Person(name, role or Role.VIEWER, subject)
        store.people.put(known, f"provider {provider.issuer}")
    elif role is not None and role is not known.role:
        known = replace(known, role=role)
        store.people.put(known, f"provider {provider.issuer}")
    return known


def provider_of(settings: Settings, public_url: str) -> Provider | None:
    """The provider that the settings name, or None. Raises UsageError."""
    if not settings.oidc_issuer:
        return None
    address = parse(settings.oidc_issuer)
    if address.scheme != "https" and not address.is_local:
        raise UsageError("oidc_issuer is no https address: keys would cross the network in clear")
    if not settings.oidc_client_id:
        raise UsageError("oidc_issuer needs oidc_client_id")
    roles = {}
    for pair in settings.oidc_roles:
        role, _, value = pair.partition("=")
        if role not in list(Role) or not value:
            raise UsageError(
                f"oidc_roles: {pair!r} is not ROLE=VALUE, with one of {', '.join(Role)}"
            )
        roles[value] = Role(role)
    secret = os.environ.get(settings.oidc_client_secret_env, "")
    return Provider(
        settings.oidc_issuer,
        settings.oidc_client_id,
        secret,
        settings.oidc_claim,
        roles,
        public_url,
    )
