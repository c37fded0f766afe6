"""The only place that talks to a model: `openai` for its protocol, LangChain for every other one.

An endpoint sends one call and returns the body of the reply as it came. It tries nothing twice and
goes nowhere else: no redirects, no proxies of the environment, no tracing, no telemetry.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn, Protocol
from urllib.parse import urlsplit

from codeaug.engines.llm.call import Call
from codeaug.errors import MissingTool, ModelUnavailable, UsageError

if TYPE_CHECKING:
    import httpx2
    import openai

OPENAI = "https://api.openai.com/v1"
LONGEST_REPLY = 16 << 20
CONNECT_SECONDS = 15.0
_OPTIONAL = ("temperature", "seed")
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")

Leaving = Callable[[bytes], None]
"""Told the very bytes before they go; what it raises stops them."""


class Delayed(Exception):
    """The endpoint could not answer now. `seconds` is when it asks to be asked again, if it says;
    `lost` that a reply may have been made, and charged, that did not arrive."""

    def __init__(self, why: str, seconds: float | None = None, lost: bool = False) -> None:
        super().__init__(why)
        self.seconds, self.lost = seconds, lost


class Refused(Exception):
    """The endpoint will never answer this call, others it may."""


class Endpoint(Protocol):
    """What answers calls."""

    base_url: str

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
        return OpenAI(access)
    return LangChain(access, provider)


# --- the OpenAI protocol --------------------------------------------------------------------------


@dataclass
class OpenAI:
    """OpenAI and every server that speaks its protocol."""

    access: Access
    _unsupported: set[str] = field(default_factory=set)
    _mine: threading.local = field(default_factory=threading.local)

    @property
    def base_url(self) -> str:
        return self.access.base_url

    def send(self, call: Call, leaving: Leaving) -> bytes:
        while True:
            try:
                return self._sent(call, leaving)
            except _Unsupported as error:
                self._unsupported.add(error.parameter)

    def close(self) -> None:
        self.client.close()

    @cached_property
    def client(self) -> openai.OpenAI:
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
        new = "max_completion_tokens"
        # OpenAI's newest models refuse the old name, many servers do not know the new one.
        hosted = urlsplit(self.base_url).hostname in ("api.openai.com",)
        limit = new if hosted != ("max_tokens" in self._unsupported or new in self._unsupported) \
            else "max_tokens"
        body = {
            "model": name,
            "messages": call.chat,
            "temperature": call.temperature,
            "seed": call.sample,
            limit: call.most_tokens,
        }
        return {key: value for key, value in body.items() if key not in self._unsupported}

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
            _judge(error.status_code, _words(error), error.response.headers)
        except openai.APITimeoutError as error:
            raise Delayed("no answer in time", lost=True) from error
        except openai.APIConnectionError as error:
            raise Delayed(f"no connection: {error.__cause__ or error}", lost=True) from error
        except _transport_errors() as error:
            raise Delayed(f"the connection broke: {error}", lost=True) from error
        finally:
            self._mine.leaving = None


class _Unsupported(Exception):
    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


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
            raise Refused(f"its reply is longer than {LONGEST_REPLY >> 20} MiB")
        if time.monotonic() > deadline:
            raise Delayed("the answer did not end in time", lost=True)
    return b"".join(parts)


def _words(error: openai.APIStatusError) -> str:
    try:
        body = error.response.read().decode("utf-8", "replace")
    except _transport_errors():
        return ""
    try:
        found = json.loads(body)["error"]["message"]
    except (ValueError, LookupError, TypeError):
        found = body
    return " ".join(str(found).split())[:300]


def _judge(status: int, words: str, headers: Mapping[str, str]) -> NoReturn:
    """What a status means for the call and for those after it."""
    said = f"HTTP {status}{': ' + words if words else ''}"
    if status in (408, 409, 425, 429) or status >= 500:
        raise Delayed(said, retry_after(headers, time.time()))
    if status in (401, 403):
        raise ModelUnavailable(f"the endpoint does not accept the key ({said}).")
    if status == 404:
        raise ModelUnavailable(f"the endpoint has no such model or path ({said}).")
    if 300 <= status < 400:
        raise ModelUnavailable(f"the endpoint sends us elsewhere ({said}), where we do not go.")
    if status in (400, 422):
        for name in (*_OPTIONAL, "max_completion_tokens", "max_tokens"):
            if name in words:
                raise _Unsupported(name)
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
    except (ValueError, TypeError):
        return None


# --- every other protocol -------------------------------------------------------------------------


@dataclass
class LangChain:
    """Whatever `init_chat_model` can open: its integration package makes the connection."""

    access: Access
    provider: str
    _models: dict[tuple[float, int, str], Any] = field(default_factory=dict)

    @property
    def base_url(self) -> str:
        return self.access.base_url

    def send(self, call: Call, leaving: Leaving) -> bytes:
        from langchain_core.exceptions import ModelError

        leaving(json.dumps(call.chat, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        try:
            with _untraced():
                message = self._model(call).invoke([(m.role, m.content) for m in call.messages])
        except ModelError as error:
            _judge_neutral(error)
        except OSError as error:
            raise Delayed(f"no connection: {error}", lost=True) from error
        except Exception as error:  # every integration has errors of its own
            _judge_foreign(error)
        return _as_openai(message)

    def close(self) -> None:
        self._models.clear()

    def _model(self, call: Call) -> Any:
        _, _, name = call.model.partition(":")
        key = (call.temperature, call.most_tokens, name)
        if key not in self._models:
            self._models[key] = self._opened(*key)
        return self._models[key]

    def _opened(self, temperature: float, most_tokens: int, name: str) -> Any:
        from langchain.chat_models import init_chat_model

        _shield(self.access)
        options: dict[str, Any] = {
            "base_url": self.access.base_url,
            "temperature": temperature,
            "max_tokens": most_tokens,
            "timeout": self.access.seconds,
            "max_retries": 0,
        }
        if self.access.key:
            options["api_key"] = self.access.key
        if "openai" in self.provider:
            options["use_responses_api"] = False
        try:
            return init_chat_model(name, model_provider=self.provider, **options)
        except ImportError as error:
            raise MissingTool(
                f"the provider {self.provider} needs its LangChain package: {error}"
            ) from error
        except ValueError as error:
            raise UsageError(f"the model {self.provider}:{name} cannot be opened: {error}") from error


def _shield(access: Access) -> None:
    """Integrations read the environment: no tracing, and no proxy on the way to the endpoint."""
    os.environ.update(dict.fromkeys(_TRACING, "false"))
    host = urlsplit(access.base_url).hostname or ""
    for name in ("NO_PROXY", "no_proxy"):
        os.environ[name] = ",".join(filter(None, [os.environ.get(name, ""), host]))


@contextmanager
def _untraced() -> Iterator[None]:
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield


def _judge_neutral(error: Exception) -> NoReturn:
    from langchain_core import exceptions as known

    words = " ".join(str(error).split())[:300]
    if isinstance(error, known.ModelRateLimitError):
        raise Delayed(words, _foreign_wait(error)) from error
    if isinstance(error, known.ModelTimeoutError | known.ModelConnectionError):
        raise Delayed(words, lost=True) from error
    if isinstance(error, known.ModelAPIError):
        raise Delayed(words) from error
    if isinstance(error, known.ModelAuthenticationError | known.ModelPermissionDeniedError):
        raise ModelUnavailable(f"the endpoint does not accept the key ({words}).") from error
    if isinstance(error, known.ModelNotFoundError):
        raise ModelUnavailable(f"the endpoint has no such model ({words}).") from error
    raise Refused(words) from error


def _judge_foreign(error: Exception) -> NoReturn:
    """An integration's own error: by its HTTP status if it has one; else it may pass."""
    words = f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        try:
            _judge(status, words, getattr(response, "headers", None) or {})
        except _Unsupported as unsupported:
            raise Refused(words) from unsupported
    raise Delayed(words, lost=True) from error


def _foreign_wait(error: Exception) -> float | None:
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", None)
    return retry_after(headers, time.time()) if headers else None


def _as_openai(message: Any) -> bytes:
    """A LangChain message in the shape that replies are kept in."""
    about = message.response_metadata or {}
    finish = str(about.get("finish_reason") or about.get("stop_reason") or about.get("done_reason") or "")
    usage = message.usage_metadata or {}
    finish = {"max_tokens": "length", "refusal": "content_filter", "MAX_TOKENS": "length"}.get(
        finish, finish
    )
    document: dict[str, Any] = {
        "object": "chat.completion",
        "choices": [{"message": {"role": "assistant", "content": message.text}, "finish_reason": finish}],
    }
    if usage:
        cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
        document["usage"] = {
            "prompt_tokens": usage.get("input_tokens"),
            "completion_tokens": usage.get("output_tokens"),
            "prompt_tokens_details": {"cached_tokens": cached},
        }
    return json.dumps(document).encode()
