"""What the tests of the model server share: OpenAI's own client, and a bare socket."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import openai

from tests.model_api.script import Fault, Faults, Script
from tests.model_server import ModelServer, echo

ASKED: dict[str, Any] = {
    "model": "test-model",
    "messages": [{"role": "user", "content": "two words"}],
}


@contextmanager
def client_of(
    server: ModelServer, key: str = "any", timeout: float = 10
) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(
        base_url=server.base_url, api_key=key, max_retries=0, timeout=timeout
    ) as client:
        yield client


def ask(client: openai.OpenAI, **more: Any) -> Any:
    return client.chat.completions.create(**ASKED, **more)


def failing(fault: Fault) -> Script:
    """A script that fails the first time, and echoes after that."""
    return Faults(1, seed=0, kinds=[fault]).over(echo)


def wait_for(reached: Callable[[], object]) -> None:
    while not reached():
        time.sleep(0.01)


def posted(body: bytes, *headers: str) -> bytes:
    head = ["POST /v1/chat/completions HTTP/1.1", "Host: x", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, *headers, "", ""]).encode() + body


def raw(server: ModelServer, upto: int = 10**9) -> tuple[bytes, type[Exception] | None]:
    """All the bytes that answer a question, and how the connection ended if not regularly."""
    data = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(posted(json.dumps(ASKED).encode()))
        try:
            while len(data) < upto and (more := connection.recv(65536)):
                data += more
        except ConnectionError as error:
            return data, type(error)
    return data, None


def split(answer: bytes) -> tuple[dict[str, str], bytes]:
    head, _, body = answer.partition(b"\r\n\r\n")
    pairs = (line.partition(": ") for line in head.decode().split("\r\n")[1:])
    return {name.lower(): value for name, _, value in pairs}, body


@contextmanager
def talking(
    reply: Script = echo, timeout: float = 10, **options: Any
) -> Iterator[tuple[ModelServer, openai.OpenAI]]:
    """A server and a client of it."""
    with ModelServer(reply, **options) as server, client_of(server, timeout=timeout) as client:
        yield server, client
