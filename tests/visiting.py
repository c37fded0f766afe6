"""Requests to the review site as a browser or a program sends them, without a socket."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI

from codeaug.model import Rung
from codeaug.people import Caller, Person, Role
from codeaug.store import Store
from codeaug.web import app
from codeaug.web.access import SESSION, now

HERE = "http://127.0.0.1:8765"
COOKIE = "codeaug-8765"


class Visit:
    """A browser's requests, as far as the server sees them; it keeps cookies."""

    def __init__(
        self, pages: FastAPI, base_url: str = HERE, headers: dict[str, str] | None = None
    ) -> None:
        self._transport = httpx.ASGITransport(pages)
        self._base_url = base_url
        self._headers = headers or {}
        self.cookies = httpx.Cookies()

    def get(self, address: str, **options: Any) -> httpx.Response:
        return self.ask("GET", address, **options)

    def post(self, address: str, **options: Any) -> httpx.Response:
        return self.ask("POST", address, **options)

    def ask(self, method: str, address: str, **options: Any) -> httpx.Response:
        return asyncio.run(self._ask(method, address, options))

    async def _ask(self, method: str, address: str, options: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(
            transport=self._transport, base_url=self._base_url, headers=self._headers,
            cookies=self.cookies,
        ) as client:  # fmt: skip
            answer = await client.request(method, address, **options)
            self.cookies = client.cookies
            return answer


def known(store: Store, name: str, role: Role = Role.ANNOTATOR) -> Caller:
    """A person of the store."""
    person = Person(name, role)
    store.people.put(person, "tests")
    return Caller.of(person)


def visit(
    store: Store,
    *,
    reviewer: str = "ann",
    role: Role = Role.ANNOTATOR,
    bar: Rung = Rung.TESTED,
    overlap: int = 1,
) -> Visit:
    """The site as somebody sees it who has signed in."""
    client = Visit(app(store, bar=bar, overlap=overlap))
    secret = store.people.sign_in(known(store, reviewer, role), "tests", now(), now() + SESSION)
    client.cookies.set(COOKIE, secret)
    return client


def program(store: Store, name: str, role: Role, **scopes: Any) -> Visit:
    """The site as a program sees it that has a key of somebody."""
    caller = known(store, name, role)
    wanted = scopes.get("scopes", caller.scopes)
    _, secret = store.people.make_key(name, wanted, now() + SESSION, "tests")
    return Visit(app(store, bar=Rung.TESTED), headers={"authorization": f"Bearer {secret}"})


@contextmanager
def served(site: FastAPI) -> Iterator[str]:
    """The address of a server of the site on loopback."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(site, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()
