"""OpenAI, and every server that speaks its protocol, by the `openai` client."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import (
    Access,
    Delayed,
    Leaving,
    Refused,
    Unsupported,
    judge,
    plain,
)
from codeaug.errors import UsageError
from codeaug.settings.secrets import shown

if TYPE_CHECKING:
    import ssl

    import httpx2
    import openai

LONGEST_REPLY = 16 << 20
LONGEST_ERROR = 64 << 10
CONNECT_SECONDS = 15.0
LIMITS = frozenset({"max_tokens", "max_completion_tokens"})


@dataclass
class OpenAI:
    """OpenAI and every server that speaks its protocol."""

    access: Access
    unsupported: set[str] = field(default_factory=set)
    _mine: threading.local = field(default_factory=threading.local)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base_url(self) -> str:
        return self.access.base_url

    def send(self, call: Call, leaving: Leaving) -> bytes:
        while True:
            body = self.body(call)
            try:
                return self._sent(body, call.key, leaving)
            except Unsupported as error:
                self.leave_out(error, body.keys())

    def leave_out(self, error: Unsupported, sent: Set[str]) -> None:
        """Goes from now on without what it does not know of what was sent. Raises Refused when that
        is nothing, or all that limits the length, and so the price, of a reply."""
        name = next((name for name in error.names if name in sent), None)
        if name is None or {name, *self.unsupported} >= LIMITS:
            raise Refused(str(error))
        self.unsupported.add(name)

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    @property
    def client(self) -> openai.OpenAI:
        """One for all threads, opened when it is needed: importing it takes half a second."""
        with self._opening:
            return self._client

    @cached_property
    def _client(self) -> openai.OpenAI:
        import openai

        return openai.OpenAI(
            base_url=self.access.base_url,
            api_key=self.access.key or "none",
            organization="",
            project="",
            max_retries=0,
            timeout=self.access.seconds,
            http_client=self._http(),
            _strict_response_validation=False,
        )

    def _http(self) -> httpx2.Client:
        """Raises UsageError for a proxy or certificates that are none."""
        import httpx2

        trusted = self._trusted()
        try:
            return httpx2.Client(
                trust_env=False,
                follow_redirects=False,
                proxy=self.access.proxy or None,
                verify=trusted or True,
                timeout=httpx2.Timeout(self.access.seconds, connect=CONNECT_SECONDS),
                limits=httpx2.Limits(
                    max_connections=self.access.connections,
                    max_keepalive_connections=self.access.connections,
                ),
                event_hooks={"request": [self._leaves], "response": [self._comes]},
            )
        except (ValueError, ImportError) as error:
            said = str(error).replace(self.access.proxy or "\0", shown(self.access.proxy))
            raise UsageError(f"the setting proxy cannot be used: {said}.") from error

    def _trusted(self) -> ssl.SSLContext | None:
        """The user's own certificates. Raises UsageError."""
        import ssl

        file = self.access.ca_file
        try:
            return ssl.create_default_context(cafile=file) if file else None
        except OSError as error:
            raise UsageError(f"ca_file: {file!r} holds no certificates ({error}).") from error

    def _leaves(self, request: httpx2.Request) -> None:
        leaving = getattr(self._mine, "leaving", None)
        if leaving is not None:
            leaving(request.read())

    def _comes(self, response: httpx2.Response) -> None:
        """The client reads an error to its end, which may never come."""
        if response.status_code >= 300:
            deadline = time.monotonic() + self.access.seconds
            response.stream = _beginning(response.stream, deadline)

    def body(self, call: Call) -> dict[str, Any]:
        """What is asked, as the protocol has it, without what this endpoint refused before."""
        _, _, name = call.model.partition(":")
        body = {
            "model": name,
            "messages": call.chat,
            "temperature": call.temperature,
            "seed": call.sample,
            self._limit: call.most_tokens,
        }
        return {key: value for key, value in body.items() if key not in self.unsupported}

    @property
    def _limit(self) -> str:
        """OpenAI's newest models refuse the old name, many servers do not know the new one."""
        old, new = "max_tokens", "max_completion_tokens"
        hosted = urlsplit(self.base_url).hostname == "api.openai.com"
        first, second = (new, old) if hosted else (old, new)
        return second if first in self.unsupported else first

    def _sent(self, body: dict[str, Any], key: str, leaving: Leaving) -> bytes:
        import openai

        self._mine.leaving = leaving
        deadline = time.monotonic() + self.access.seconds
        try:
            with self.client.chat.completions.with_streaming_response.create(
                **body, extra_headers={"Idempotency-Key": key}
            ) as response:
                return _whole(response.iter_bytes(), deadline)
        except openai.APIStatusError as error:
            judge(error.status_code, words_of(error), error.response.headers)
        except openai.APITimeoutError as error:
            raise Delayed("no answer in time", lost=was_sent(error)) from error
        except openai.APIConnectionError as error:
            why = f"no connection: {error.__cause__ or error}"
            raise Delayed(why, lost=was_sent(error)) from error
        except _transport_errors() as error:
            raise Delayed(f"the connection broke: {error}", lost=True) from error
        finally:
            self._mine.leaving = None


def _transport_errors() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL)


def was_sent(error: openai.APIConnectionError) -> bool:
    """Whether the endpoint may have got the request: not, if nobody took the connection."""
    import httpx2

    before = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
    return not isinstance(error.__cause__, before)


def _beginning(stream: Any, deadline: float) -> httpx2.SyncByteStream:
    """As much of an error as is worth reading."""
    import httpx2

    class Beginning(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            left = LONGEST_ERROR
            for chunk in stream:
                yield chunk[:left]
                left -= len(chunk)
                if left <= 0 or time.monotonic() > deadline:
                    return

        def close(self) -> None:
            stream.close()

    return Beginning()


def _whole(chunks: Iterable[bytes], deadline: float) -> bytes:
    """The body, if it comes in time and is not monstrous: a read timeout alone lets it drip."""
    parts, size = [], 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size > LONGEST_REPLY:
            raise Refused(f"its reply is longer than {LONGEST_REPLY >> 20} MiB", own=True)
        if time.monotonic() > deadline:
            raise Delayed("the answer did not end in time", lost=True)
    return b"".join(parts)


def words_of(error: openai.APIStatusError) -> str:
    """The error's code and message, or whatever the endpoint said instead."""
    try:
        body = error.response.read().decode("utf-8", "replace")
    except _transport_errors():
        return ""
    try:
        found = json.loads(body)["error"]
        body = ": ".join(filter(None, (str(found.get("code") or ""), found["message"])))
    except (ValueError, LookupError, TypeError, AttributeError):
        pass
    return plain(body)
