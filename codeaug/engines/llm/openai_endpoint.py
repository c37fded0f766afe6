"""OpenAI, and every server that speaks its protocol, by the `openai` client."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import Access, Delayed, Leaving, Refused, Unsupported, judge

if TYPE_CHECKING:
    import httpx2
    import openai

LONGEST_REPLY = 16 << 20
CONNECT_SECONDS = 15.0


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
            try:
                return self._sent(call, leaving)
            except Unsupported as error:
                self.unsupported.add(error.parameter)

    def close(self) -> None:
        self.client.close()

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
        import httpx2

        return httpx2.Client(
            trust_env=False,
            follow_redirects=False,
            proxy=self.access.proxy or None,
            verify=self.access.ca_file or True,
            timeout=httpx2.Timeout(self.access.seconds, connect=CONNECT_SECONDS),
            limits=httpx2.Limits(
                max_connections=self.access.connections,
                max_keepalive_connections=self.access.connections,
            ),
            event_hooks={"request": [self._leaves]},
        )

    def _leaves(self, request: httpx2.Request) -> None:
        leaving = getattr(self._mine, "leaving", None)
        if leaving is not None:
            leaving(request.read())

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

    def _sent(self, call: Call, leaving: Leaving) -> bytes:
        import openai

        self._mine.leaving = leaving
        deadline = time.monotonic() + self.access.seconds
        try:
            with self.client.chat.completions.with_streaming_response.create(
                **self.body(call), extra_headers={"Idempotency-Key": call.key}
            ) as response:
                return _whole(response.iter_bytes(), deadline)
        except openai.APIStatusError as error:
            judge(error.status_code, _words(error), error.response.headers)
        except openai.APITimeoutError as error:
            raise Delayed("no answer in time", lost=True) from error
        except openai.APIConnectionError as error:
            raise Delayed(f"no connection: {error.__cause__ or error}", lost=True) from error
        except _transport_errors() as error:
            raise Delayed(f"the connection broke: {error}", lost=True) from error
        finally:
            self._mine.leaving = None


def _transport_errors() -> tuple[type[Exception], ...]:
    import httpx2

    return (httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL)


def _whole(chunks: Iterator[bytes], deadline: float) -> bytes:
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


def _words(error: openai.APIStatusError) -> str:
    """The error's code and message, or whatever the endpoint said instead."""
    try:
        body = error.response.read().decode("utf-8", "replace")
    except _transport_errors():
        return ""
    try:
        found = json.loads(body)["error"]
        body = ": ".join(filter(None, (found.get("code"), found["message"])))
    except (ValueError, LookupError, TypeError, AttributeError):
        pass
    return " ".join(body.split())[:300]
