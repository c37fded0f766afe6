"""Serving the pages until the user interrupts."""

from __future__ import annotations

import socket
import ssl
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import uvicorn

from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.people import Person, Role
from codeaug.store import GoldRules, Store
from codeaug.strata import Strata
from codeaug.web.app import app
from codeaug.web.checking import Checker
from codeaug.web.guard import is_loopback
from codeaug.web.oidc import Provider
from codeaug.web.signin import OneTime
from codeaug.webhooks import delivering


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is served. With a certificate it is served by https; `public_url` is the
    address of a proxy in front that does so."""

    host: str = "127.0.0.1"
    port: int = 8765
    public_url: str = ""
    certificate: str = ""
    key: str = ""


def _told(address: str) -> None:
    print(f"Review: {address}", file=sys.stderr, flush=True)


def serve(
    url: str,
    *,
    bar: Rung,
    reviewer: str = "",
    overlap: int = 1,
    strata: Strata | None = None,
    gold: GoldRules | None = None,
    place: Place | None = None,
    provider: Provider | None = None,
    check: Callable[[], None] | None = None,
    ready: Callable[[str], None] = _told,
) -> None:
    """Serves the pages of the store at `url`; calls `ready` with their address.

    On loopback the address signs `reviewer` in, once, and `ready` is called with a new one then.
    `check` is called in another process when edits wait to be checked. Port 0 takes any free one.
    Ends by KeyboardInterrupt. Raises UsageError when the place is taken or would send keys in
    clear, StoreError when there is no store.
    """
    place = place or Place()
    local = is_loopback(place.host) and not place.public_url
    if not local and not place.certificate and not place.public_url.startswith("https:"):
        raise UsageError(
            f"on {place.host} people's keys would cross the network in clear: give --certificate "
            "and --key, or --public-url https://… of the proxy in front"
        )
    if place.public_url and not urlsplit(place.public_url).hostname:
        raise UsageError(f"--public-url {place.public_url} names no host: https://review.example")
    if place.certificate or place.key:
        _require_certificate(place)
    with Store.open(url, create=False) as store, _listen(place.host, place.port) as listener:
        store.gold_rules = replace(gold or GoldRules(), overlap=overlap)
        name = f"[{place.host}]" if ":" in place.host else place.host
        scheme = "https" if place.certificate else "http"
        base = place.public_url.rstrip("/") or f"{scheme}://{name}:{listener.getsockname()[1]}"
        once = None
        if local:
            once = OneTime(Person(reviewer, Role.ADMIN), lambda path: ready(base + path))
        checker = Checker(store, check) if check else None
        site = app(
            store, bar=bar, overlap=overlap, strata=strata, host=place.host, once=once,
            provider=provider, public_url=place.public_url or (base if place.certificate else ""),
            edited=checker.wake if checker else lambda: None,
        )  # fmt: skip
        ready(base + (once.path if once else "/"))
        # Else whoever computes keeps the thread that answers waiting for 5 ms at a time.
        sys.setswitchinterval(0.0005)
        config = uvicorn.Config(
            site, log_level="warning", server_header=False,
            ssl_certfile=place.certificate or None, ssl_keyfile=place.key or None,
        )  # fmt: skip
        with checker or nullcontext(), delivering(store):
            uvicorn.Server(config).run(sockets=[listener])


def _require_certificate(place: Place) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(place.certificate, place.key or None)
    except OSError as error:  # SSLError is one
        raise UsageError(
            f"the certificate {place.certificate!r} and the key {place.key!r} cannot be used "
            f"({error.strerror or error}): give --certificate and --key two files in PEM"
        ) from error


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error}): give another with --port or --host"
        ) from error
