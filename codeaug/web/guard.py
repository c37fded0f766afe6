"""Who may talk to the page: not other sites, not names that were bent to point here.

A page on the internet can make a browser send requests to loopback, and a name can be rebound to
127.0.0.1. So a request must name a host that we serve, and a POST must come from our own page.
"""

from __future__ import annotations

import ipaddress
import socket

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
_SECURE = {"strict-transport-security": "max-age=31536000"}


LARGEST = 1 << 20
"""Bytes of a request's body, at most."""

LARGER = {"/api/v1/samples": 8 << 20}
"""Those of the paths that take more: one sample's logs alone can have more than that."""


class Guard:
    """ASGI middleware: refuses foreign hosts, cross-site posts and bodies that are too large, adds
    the strict headers. `names` are hosts under which the pages are served beside `bound_to`."""

    def __init__(
        self, app: ASGIApp, bound_to: str, names: frozenset[str] = frozenset(), secure: bool = False
    ) -> None:
        self._app = app
        self._bound_to = bound_to
        self._names = names
        self._headers = _HEADERS | (_SECURE if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        taken, most = 0, LARGER.get(scope["path"], LARGEST)

        async def receive_some() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                raise HTTPException(413, f"A request has at most {most >> 20} MiB here.")
            return message

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        answer = PlainTextResponse(refusal, 403) if refusal else self._app
        await answer(scope, receive_some, send_with_headers)

    def _refusal(self, method: str, headers: Headers) -> str:
        host = headers.get("host", "")
        name = _without_port(host)
        if name.lower() not in self._names and not _is_ours(name, self._bound_to):
            return "This page is not served under that name: open the address that codeaug printed."
        if method not in ("GET", "HEAD") and not _same_origin(headers, host):
            return "Refused: this request comes from another site."
        return ""


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].split("]", 1)[0]
    return host.rsplit(":", 1)[0] if ":" in host else host


def _is_ours(name: str, bound_to: str) -> bool:
    """An address cannot be rebound, only a name can."""
    if name == "localhost" or _is_loopback(name):
        return True
    if is_loopback(bound_to):
        return False
    return _is_address(name) or name.lower() in {
        bound_to.lower(),
        socket.gethostname().lower(),
        socket.getfqdn().lower(),
    }


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`."""
    return host == "localhost" or _is_loopback(host)


def _is_loopback(name: str) -> bool:
    return _is_address(name) and ipaddress.ip_address(name).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _same_origin(headers: Headers, host: str) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == host
