"""Signing in: by an address that works once, by an API key, or by an OpenID Connect provider."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response

from codeaug.people import Caller, Person
from codeaug.store.people import new_secret
from codeaug.web.access import SESSION, Access, now, public
from codeaug.web.forms import Posted
from codeaug.web.oidc import Provider, person_of
from codeaug.web.pages import Pages


@dataclass
class OneTime:
    """An address for one person on this machine. When it was used there is a new one, which
    `announce` is told."""

    person: Person
    announce: Callable[[str], None]
    _secret: str = field(default_factory=new_secret)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def path(self) -> str:
        return f"/sign-in?token={self._secret}"

    def use(self, token: str) -> bool:
        """Whether this is the token that was told last; it is used up then."""
        with self._lock:
            if not secrets.compare_digest(token.encode(), self._secret.encode()):
                return False
            self._secret = new_secret()
        self.announce(self.path)
        return True


def add_signing_in(
    site: FastAPI, pages: Pages, access: Access, once: OneTime | None, provider: Provider | None
) -> None:
    """Adds the pages on which one signs in, and out."""

    def signed_in(request: Request, secret: str) -> Response:
        response = RedirectResponse(_inside(request.query_params.get("next", "")), 303)
        access.remember(request, response, secret)
        return response

    @site.get("/sign-in", include_in_schema=False)
    @public
    def sign_in_page(request: Request, token: str = "", refused: str = "") -> Response:
        if token and once:
            access.count_attempt(request, only_if_spent=True)
            if not once.use(token):
                access.count_attempt(request)
                used = "That address was used already: codeaug printed a new one."
                return HTMLResponse(pages.sign_in(used, bool(provider)), 403)
            people = pages.store.people
            known = people.named(once.person.name)
            if known is None:
                people.put(once.person, once.person.name)
            caller = Caller.of(known or once.person)
            if not caller.person.active:
                raise HTTPException(403, f"{caller.name} may not sign in any more.")
            secret = people.sign_in(caller, "one-time address", now(), now() + SESSION)
            return signed_in(request, secret)
        return HTMLResponse(pages.sign_in("", bool(provider)))

    @site.post("/sign-in", include_in_schema=False)
    @public
    def sign_in_by_key(request: Request, form: Posted) -> Response:
        access.count_attempt(request)
        key = form.get("key", "").strip()
        secret = pages.store.people.sign_in_by_key(key, now(), now() + SESSION)
        if secret is None:
            return HTMLResponse(
                pages.sign_in("That key is not known, or has ended.", bool(provider)), 403
            )
        return signed_in(request, secret)

    @site.post("/sign-out", include_in_schema=False)
    @public
    def sign_out(request: Request) -> Response:
        response = RedirectResponse("/sign-in", 303)
        access.forget(request, response)
        return response

    if provider is None:
        return

    @site.get("/sign-in/provider", include_in_schema=False)
    @public
    async def ask_provider(request: Request) -> Response:
        return await provider.ask(request)

    @site.get("/sign-in/provider/back", include_in_schema=False)
    @public
    async def back_from_provider(request: Request) -> Response:
        person = await person_of(provider, pages.store, request)
        secret = pages.store.people.sign_in(
            Caller.of(person), f"provider {provider.issuer}", now(), now() + SESSION
        )
        return signed_in(request, secret)


def _inside(address: str) -> str:
    """Where to go after signing in: never to another site."""
    plain = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if plain and address.isprintable() else "/"
