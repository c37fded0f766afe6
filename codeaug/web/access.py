"""Who asks, and whether they may. Nothing is allowed that does not say whom it is for."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from codeaug.people import Caller, Permission
from codeaug.store import Store
from codeaug.store.people import KEY_PREFIX

SESSION = 12 * 60 * 60 * 1000
"""Milliseconds after which one has to sign in again."""

_ATTEMPTS = RateLimitItemPerMinute(20)
_REQUESTS = 1200
"""Requests of one person in a minute, at most."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def needs(permission: Permission) -> Callable[[Endpoint], Endpoint]:
    """Says what one must be allowed to do for this endpoint."""
    return _mark(permission)


def public(endpoint: Endpoint) -> Endpoint:
    """Says that this endpoint is for anybody."""
    return _mark(None)(endpoint)


def _mark(permission: Permission | None) -> Callable[[Endpoint], Endpoint]:
    def mark(endpoint: Endpoint) -> Endpoint:
        endpoint.needs = permission  # type: ignore[attr-defined]  # functions have room for it
        return endpoint

    return mark


class Bucket:
    """A token bucket for each name: so many in a minute. `limits` starts a thread for each hit and
    goes over all names in it, which is too much for what every request asks."""

    def __init__(self, a_minute: int) -> None:
        self._most = a_minute
        self._left: dict[str, tuple[float, float]] = {}  # how many, and when

    def take(self, name: str) -> bool:
        """One of its; False when there is none left."""
        now = time.monotonic()
        left, at = self._left.get(name, (self._most, now))
        left = min(self._most, left + (now - at) * self._most / 60)
        self._left[name] = (left - 1 if left >= 1 else left, now)
        return left >= 1


class Access:
    """A dependency of every endpoint: finds out who asks and refuses what they may not.

    It asks the store on the thread that answers all, as what is asked all day does (`web/soon.py`).
    """

    def __init__(self, store: Store, *, secure: bool) -> None:
        self._store = store
        self._secure = secure
        self._rates = MovingWindowRateLimiter(MemoryStorage())
        self._requests = Bucket(_REQUESTS)

    async def __call__(self, request: Request) -> None:
        endpoint = request.scope["endpoint"]
        if not hasattr(endpoint, "needs"):
            raise HTTPException(403, "Nobody may do this: it does not say who may.")
        caller = self._caller(request)
        request.state.caller = caller
        if endpoint.needs is None:
            return
        if caller is None:
            raise HTTPException(401, "Sign in first.", {"www-authenticate": "Bearer"})
        if not self._requests.take(caller.name):
            raise HTTPException(429, "Too many requests in a minute.", {"retry-after": "60"})
        if not caller.may(endpoint.needs):
            what = f"the role {caller.person.role} may not {endpoint.needs}"
            raise HTTPException(403, f"Not for you: {what}, or your key may not.")

    def _caller(self, request: Request) -> Caller | None:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            if not secret.startswith(KEY_PREFIX):
                return None
            found = self._store.people.by_key(secret, now())
            if found is None:  # others behind the same proxy go on with keys that are good
                self.count_attempt(request)
            return found and found[0]
        session = self.session_of(request)
        return self._store.people.by_session(session, now()) if session else None

    def count_attempt(self, request: Request, *, only_if_spent: bool = False) -> None:
        """Counts an attempt to sign in from an address; after too many in a minute none is looked
        at any more."""
        address = request.client.host if request.client else ""
        allowed = self._rates.test if only_if_spent else self._rates.hit
        if not allowed(_ATTEMPTS, "sign in", address):
            raise HTTPException(429, "Too many attempts to sign in: wait a minute.")

    # --- the cookie -------------------------------------------------------------------------------

    def _cookie(self, request: Request) -> str:
        # Browsers send a cookie to every port of a host: two local servers must not share one.
        return "__Host-codeaug" if self._secure else f"codeaug-{request.url.port or 80}"

    def session_of(self, request: Request) -> str:
        """The secret of the session that the browser sends, if any."""
        return request.cookies.get(self._cookie(request), "")

    def remember(self, request: Request, response: Response, secret: str) -> None:
        """Gives the browser a session; the one that it came with ends."""
        if before := self.session_of(request):
            self._store.people.sign_out(before)
        response.set_cookie(
            self._cookie(request), secret, max_age=SESSION // 1000, path="/",
            httponly=True, secure=self._secure, samesite="lax",
        )  # fmt: skip

    def forget(self, request: Request, response: Response) -> None:
        """Ends the session of the browser."""
        self._store.people.sign_out(self.session_of(request))
        response.delete_cookie(
            self._cookie(request), path="/", httponly=True, secure=self._secure, samesite="lax"
        )


def now() -> int:
    """Milliseconds since 1970."""
    return time.time_ns() // 1_000_000


async def caller_of(request: Request) -> Caller:
    """Who asks, for endpoints that are not for anybody."""
    caller: Caller = request.state.caller
    return caller


Calling = Annotated[Caller, Depends(caller_of)]
