"""Serving the pages until the user interrupts."""

from __future__ import annotations

import gc
import multiprocessing
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
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

_STARTING = 60  # seconds that a process has for it


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
    processes: int = 1,
    ready: Callable[[str], None] = _told,
) -> None:
    """Serves the pages of the store at `url`; calls `ready` with their address.

    On loopback the address signs `reviewer` in, once, and `ready` is called with a new one then;
    with several `processes` people sign in otherwise. `check` is called in another process when
    edits wait to be checked. Port 0 takes any free one.
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
    if processes > 1:  # else another server that shares its port would share it with us
        _listen(place.host, place.port).close()
    with (
        Store.open(url, create=False) as store,
        _listen(place.host, place.port, shared=processes > 1) as listener,
    ):
        gold = replace(gold or GoldRules(), overlap=overlap)
        site = _Site(url, place, _base(place, listener), bar, overlap, strata, gold, provider)
        once = None
        if local and processes == 1:
            once = OneTime(Person(reviewer, Role.ADMIN), lambda path: ready(site.base + path))
        checker = Checker(store, check) if check else None
        server = site.server(store, once, checker.wake if checker else lambda: None)
        with _beside(site, listener, processes - 1), checker or nullcontext(), delivering(store):
            ready(site.base + (once.path if once else "/"))
            server.run(sockets=[listener])


@dataclass(frozen=True)
class _Site:
    """What each process serves."""

    url: str
    place: Place
    base: str
    bar: Rung
    overlap: int
    strata: Strata | None
    gold: GoldRules
    provider: Provider | None

    def server(
        self,
        store: Store,
        once: OneTime | None = None,
        edited: Callable[[], None] = lambda: None,
    ) -> uvicorn.Server:
        store.gold_rules = self.gold
        place = self.place
        site = app(
            store, bar=self.bar, overlap=self.overlap, strata=self.strata, host=place.host,
            once=once, provider=self.provider, edited=edited,
            public_url=place.public_url or (self.base if place.certificate else ""),
        )  # fmt: skip
        gc.collect()
        gc.freeze()  # what is here stays: looking through it would stop all for 50 ms
        # Else whoever computes keeps the thread that answers waiting for 5 ms at a time.
        sys.setswitchinterval(0.0005)
        config = uvicorn.Config(
            site, log_level="warning", server_header=False,
            ssl_certfile=place.certificate or None, ssl_keyfile=place.key or None,
        )  # fmt: skip
        return uvicorn.Server(config)


def _base(place: Place, listener: socket.socket) -> str:
    name = f"[{place.host}]" if ":" in place.host else place.host
    scheme = "https" if place.certificate else "http"
    return place.public_url.rstrip("/") or f"{scheme}://{name}:{listener.getsockname()[1]}"


# --- several processes ----------------------------------------------------------------------------


@contextmanager
def _beside(site: _Site, listener: socket.socket, number: int) -> Iterator[None]:
    """Other processes that answer at the same place: they end with the block, or with us."""
    context = multiprocessing.get_context("spawn")  # the server has threads
    port = listener.getsockname()[1]
    others, told = [], []
    for _ in range(number):
        here, there = context.Pipe(duplex=False)
        process = context.Process(
            target=_serve_beside, args=(site, port, there), daemon=True, name="codeaug"
        )
        process.start()
        there.close()
        others.append(process)
        told.append(here)
    try:
        # Browsers keep their connections: those that come before the others are there stay here.
        for here in told:
            here.poll(_STARTING)  # or it has ended, and has told why
        yield
    finally:
        for process in others:
            process.terminate()
        for process in others:
            process.join()


def _serve_beside(site: _Site, port: int, there: Connection) -> None:
    with (
        Store.open(site.url, create=False) as store,
        _listen(site.place.host, port, shared=True) as listener,
        suppress(KeyboardInterrupt),
    ):
        server = site.server(store)
        threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
        there.close()
        server.run(sockets=[listener])


def _end_with_parent(server: uvicorn.Server) -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    server.should_exit = True


# --- the place ------------------------------------------------------------------------------------


def _require_certificate(place: Place) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(place.certificate, place.key or None)
    except OSError as error:  # SSLError is one
        raise UsageError(
            f"the certificate {place.certificate!r} and the key {place.key!r} cannot be used "
            f"({error.strerror or error}): give --certificate and --key two files in PEM"
        ) from error


def _listen(host: str, port: int, *, shared: bool = False) -> socket.socket:
    """A socket of its own for each process that has the port `shared`: the kernel divides what
    comes among them. One socket for all would give most of it to the process that looks first."""
    try:
        return socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET,
            reuse_port=shared,
        )  # fmt: skip
    except ValueError as error:  # there is no SO_REUSEPORT
        raise UsageError(f"{error}: give --processes 1") from error
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"cannot listen on {host} port {port} ({error}): give another with --port or --host"
        ) from error
