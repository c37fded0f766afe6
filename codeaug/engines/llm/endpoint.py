"""What answers calls: `openai` speaks its protocol, LangChain every other one.

An endpoint sends one call and returns the body of the reply as it came. It tries nothing twice and
goes nowhere else: no redirects, no proxies of the environment, no tracing, no telemetry.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import NoReturn, Protocol

from codeaug.engines.llm.call import Call
from codeaug.errors import ModelUnavailable, UsageError

OPENAI = "https://api.openai.com/v1"
_TOO_LONG = re.compile(r"context.?(?:length|window)|too (?:long|many tokens)", re.IGNORECASE)
_TOO_MUCH = re.compile(
    r"too (?:large|high|big)|at most|exceed|greater than|less than", re.IGNORECASE
)
OPTIONAL = ("temperature", "seed", "max_completion_tokens", "max_tokens")

Leaving = Callable[[bytes], None]
"""Told the very bytes before they go; what it raises stops them."""


class Delayed(Exception):
    """The endpoint could not answer now. `seconds` is when it asks to be asked again, if it says;
    `lost` that a reply may have been made, and charged, that did not arrive."""

    def __init__(self, why: str, seconds: float | None = None, lost: bool = False) -> None:
        super().__init__(why)
        self.seconds, self.lost = seconds, lost


class Refused(Exception):
    """The endpoint does not take this call; `own` says that it is this call's own fault, so that
    others may be taken."""

    def __init__(self, why: str, own: bool = False) -> None:
        super().__init__(why)
        self.own = own


class Endpoint(Protocol):
    """What answers calls."""

    @property
    def base_url(self) -> str: ...

    def send(self, call: Call, leaving: Leaving) -> bytes:
        """The reply's body. Raises Delayed, Refused or ModelUnavailable."""
        ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach an endpoint. `key` is the secret itself and is never shown."""

    base_url: str
    key: str = field(repr=False)
    seconds: float
    connections: int
    proxy: str = ""
    ca_file: str = ""


def open_endpoint(model: str, access: Access) -> Endpoint:
    """The endpoint for PROVIDER:NAME. Raises UsageError or MissingTool."""
    provider, _, name = model.partition(":")
    if not provider or not name:
        raise UsageError(f"the model {model!r} is not PROVIDER:NAME, such as openai:gpt-4.1-mini.")
    if provider == "openai":
        from codeaug.engines.llm.openai_endpoint import OpenAI

        return OpenAI(access)
    from codeaug.engines.llm.langchain_endpoint import LangChain

    return LangChain(access, provider)


# --- what a status means --------------------------------------------------------------------------


class Unsupported(Exception):
    """The endpoint speaks of these parameters, in this order: it may not know the first of them
    that was sent."""

    def __init__(self, why: str, names: tuple[str, ...]) -> None:
        super().__init__(why)
        self.names = names


def plain(words: str) -> str:
    """An endpoint's words on one line, without what no store and no terminal takes."""
    told = words.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    return " ".join(told.split())[:300]


def judge(status: int, words: str, headers: Mapping[str, str]) -> NoReturn:
    """What a status means for the call and for those after it."""
    said = f"HTTP {status}{': ' + words if words else ''}"
    if "insufficient_quota" in words:
        raise ModelUnavailable(f"the account at the endpoint has no credit left ({said}).")
    if status in (408, 409, 425, 429) or status >= 500:
        raise Delayed(said, retry_after(headers, time.time()))
    if status in (401, 403):
        raise ModelUnavailable(f"the endpoint does not accept the key ({said}).")
    if status == 404:
        raise ModelUnavailable(f"the endpoint has no such model or path ({said}).")
    if 300 <= status < 400:
        raise ModelUnavailable(f"the endpoint sends us elsewhere ({said}), where we do not go.")
    if _TOO_LONG.search(words):
        raise Refused(said, own=True)
    named = sorted((words.index(name), name) for name in OPTIONAL if name in words)
    if status in (400, 422) and named and not _TOO_MUCH.search(words):
        raise Unsupported(said, tuple(name for _, name in named))
    raise Refused(said)


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds until the endpoint wants to be asked again (RFC 9110 10.2.3, and milliseconds as
    OpenAI sends them); None when it does not say."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("retry-after", "").strip()
        if not value:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None
