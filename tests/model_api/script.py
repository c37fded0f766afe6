"""What a script of the model server sees and says: Request in, Reply out, with faults on demand.

A `Refused` stands in for a completion, and is never charged. A `Broken` is a completion that was
computed, and so is charged, and then goes wrong on its way to the client.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from typing import Any


@dataclass(frozen=True)
class Request:
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    attempt: int = 1  # how often the script was asked for this very body
    custom_id: str = ""  # of a line of a batch

    @property
    def messages(self) -> Sequence[Mapping[str, Any]]:
        messages: Sequence[Mapping[str, Any]] = self.body["messages"]
        return messages

    @property
    def prompt(self) -> str:
        return "\n".join(text_of(message.get("content")) for message in self.messages)

    @property
    def digest(self) -> str:
        return digest(self.body)


def digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def text_of(content: object) -> str:
    """A message's content is a text, null, or a list of parts."""
    if isinstance(content, list):
        return "\n".join(str(part.get("text", "")) for part in content)
    return str(content or "")


@dataclass(frozen=True)
class Refused:
    name: str
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    name: str  # a key of wire.SENDERS
    size: int = 0  # bytes: cut after, dripped at once, or added
    every: float = 0.0  # seconds between two drips


Fault = Refused | Broken


@dataclass(frozen=True)
class Reply:
    text: str | None = ""  # None: `content` is null
    finish_reason: str = "stop"
    after: float = 0.0  # seconds that the answer takes, whatever it is
    fault: Fault | None = None
    usage: bool = True  # whether the answer states it; charged it is in any case
    reasoning_content: str | None = None
    refusal: str | None = None
    model: str = ""  # the answer's; empty: as asked
    fingerprint: str | None = "fp_test"


Script = Callable[[Request], Reply]


def error(
    status: int, message: str, kind: str = "invalid_request_error", param: str | None = None,
    code: str | None = None, headers: Mapping[str, str] | None = None,
) -> Refused:  # fmt: skip
    """An error as OpenAI words it."""
    said = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return Refused(code or str(status), status, json.dumps(said).encode(), headers or {})


def rate_limited(seconds: float | None = None, form: str = "seconds") -> Refused:
    """429; with `seconds`, Retry-After as `seconds`, as a `date`, or in milliseconds (`ms`)."""
    headers = {}
    if seconds is not None:
        headers = {
            "seconds": {"Retry-After": f"{seconds:g}"},
            "date": {"Retry-After": formatdate(time.time() + seconds, usegmt=True)},
            "ms": {"Retry-After-Ms": f"{seconds * 1000:g}"},
        }[form]
    message = "Rate limit reached for requests. Please try again later."
    return error(429, message, "requests", code="rate_limit_exceeded", headers=headers)


def quota_exhausted() -> Refused:
    """The 429 that no retry heals."""
    message = "You exceeded your current quota, please check your plan and billing details."
    return error(429, message, "insufficient_quota", code="insufficient_quota")


def server_error() -> Refused:
    message = "The server had an error while processing your request. Sorry about that!"
    return error(500, message, "server_error")


def overloaded() -> Refused:
    return error(503, "The engine is currently overloaded, please try again later.", "server_error")


def context_too_long(limit: int = 8192) -> Refused:
    message = f"This model's maximum context length is {limit} tokens. Please reduce the messages."
    return error(400, message, param="messages", code="context_length_exceeded")


def unsupported(param: str) -> Refused:
    message = f"Unsupported parameter: '{param}' is not supported with this model."
    return error(400, message, param=param, code="unsupported_parameter")


def no_such_model(model: str) -> Refused:
    message = f"The model `{model}` does not exist or you do not have access to it."
    return error(404, message, code="model_not_found")


def html() -> Refused:
    """What a captive portal or a gateway says: 200, and no JSON."""
    page = b"<!doctype html><title>Sign in</title><p>Please sign in to continue.</p>"
    return Refused("html", 200, page, {"Content-Type": "text/html; charset=utf-8"})


def redirect(url: str) -> Refused:
    return Refused("redirect", 307, b"", {"Location": url})


def hang() -> Broken:
    """No byte, until the client goes."""
    return Broken("hang")


def cut(size: int = 0) -> Broken:
    """A reset after `size` bytes of the answer, its head included."""
    return Broken("cut", size=size)


def half() -> Broken:
    """A whole head and half of the body it announces, then a regular end."""
    return Broken("half")


def drip(every: float = 0.02, size: int = 16) -> Broken:
    return Broken("drip", size=size, every=every)


def huge(size: int = 50_000_000) -> Broken:
    """The right JSON and that many blanks behind it, which JSON allows."""
    return Broken("huge", size=size)


def chunked() -> Broken:
    """Right, but odd: chunks of up to 7 bytes, with extensions, leading zeros and a trailer."""
    return Broken("chunked")


def chunked_cut() -> Broken:
    """Chunks, and a regular end of the connection before the last one."""
    return Broken("chunked_cut")


TRANSIENT = (
    rate_limited(), rate_limited(1), rate_limited(0.2, "ms"), server_error(), overloaded(),
    html(), hang(), cut(), cut(300), half(), chunked_cut(), drip(),
)  # fmt: skip


@dataclass(frozen=True)
class Faults:
    """Lets a share of the bodies fail the first time they are asked: always the same ones."""

    share: float
    seed: int
    kinds: Sequence[Fault] = TRANSIENT

    def over(self, script: Script) -> Script:
        def reply(request: Request) -> Reply:
            fault = self.of(request) if request.attempt == 1 else None
            answered = script(request)
            return replace(answered, fault=fault) if fault else answered

        return reply

    def of(self, request: Request) -> Fault | None:
        drawn = hashlib.sha256(f"{self.seed} {request.digest}".encode()).digest()
        if int.from_bytes(drawn[:8], "big") >= self.share * 2**64:
            return None
        return self.kinds[int.from_bytes(drawn[8:16], "big") % len(self.kinds)]
