"""Every chat model that LangChain can open: its integration package makes the connection."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NoReturn
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
    retry_after,
)
from codeaug.errors import MissingTool, ModelUnavailable, UsageError

_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2")
_FINISH = ("finish_reason", "stop_reason", "done_reason")
_LIMITS = {"ollama": "num_predict"}
"""What the longest reply is called where it is not `max_tokens`."""
_CLIENTS = ("root_client", "_client", "client")
_FINISHES = {"max_tokens": "length", "MAX_TOKENS": "length", "refusal": "content_filter"}


@dataclass
class LangChain:
    """Whatever `init_chat_model` can open: its integration package makes the connection."""

    access: Access
    provider: str
    _models: dict[tuple[float, int, str], Any] = field(default_factory=dict)
    _opening: threading.Lock = field(default_factory=threading.Lock)

    @property
    def base_url(self) -> str:
        return self.access.base_url

    def send(self, call: Call, leaving: Leaving) -> bytes:
        from langchain_core.exceptions import ModelError

        model = self._model(call)
        leaving(json.dumps(call.chat, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        try:
            with _untraced():
                message = model.invoke([(m.role, m.content) for m in call.messages])
        except ModelError as error:
            _judge_neutral(error)
        except OSError as error:
            raise Delayed(f"no connection: {error}", lost=True) from error
        except Exception as error:  # every integration has errors of its own
            _judge_foreign(error)
        return _as_openai(message)

    def close(self) -> None:
        for model in self._models.values():
            for client in _http_clients(model):
                client.close()
        self._models.clear()

    def _model(self, call: Call) -> Any:
        _, _, name = call.model.partition(":")
        key = (call.temperature, call.most_tokens, name)
        with self._opening:
            if key not in self._models:
                self._models[key] = self._opened(*key)
            return self._models[key]

    def _opened(self, temperature: float, most_tokens: int, name: str) -> Any:
        from langchain.chat_models import init_chat_model

        _shield(self.access)
        limit = _LIMITS.get(self.provider, "max_tokens")
        options: dict[str, Any] = {
            "base_url": self.access.base_url,
            "temperature": temperature,
            limit: most_tokens,
            "timeout": self.access.seconds,
            "max_retries": 0,
        }
        if self.access.key:
            options["api_key"] = self.access.key
        if "openai" in self.provider:
            options["use_responses_api"] = False
        try:
            model = init_chat_model(name, model_provider=self.provider, **options)
        except ImportError as error:
            raise MissingTool(
                f"the provider {self.provider} needs its LangChain package: {error}"
            ) from error
        except ValueError as error:
            raise UsageError(
                f"the model {self.provider}:{name} cannot be opened: {error}"
            ) from error
        if not _has(model, limit):
            raise UsageError(
                f"the provider {self.provider} cannot be told how long a reply may be, so that "
                "nobody could say what it costs at most."
            )
        for client in _http_clients(model):
            client.follow_redirects, client.timeout = False, self.access.seconds
        return model


def _has(model: Any, name: str) -> bool:
    """Whether a model knows an option; integrations pass over those that they do not know."""
    fields = type(model).model_fields
    return name in fields or name in {known.alias for known in fields.values()}


def _http_clients(model: Any) -> list[Any]:
    """The clients, `httpx`'s, that a model is known to hold its connections in."""
    found: dict[int, Any] = {}
    for name in _CLIENTS:
        client = getattr(model, name, None)
        while client is not None and not hasattr(client, "follow_redirects"):
            client = getattr(client, "_client", None)
        if client is not None:
            found[id(client)] = client
    return list(found.values())


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

    words = plain(str(error))
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
    long = isinstance(error, known.ContextOverflowError)
    raise Refused(words, own=long) from error


def _judge_foreign(error: Exception) -> NoReturn:
    """An integration's own error: by its HTTP status if it has one; else it may pass."""
    words = f"{type(error).__name__}: {plain(str(error))}"
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    if isinstance(status, int):
        try:
            judge(status, words, getattr(response, "headers", None) or {})
        except Unsupported as unsupported:
            raise Refused(words) from unsupported
    raise Delayed(words, lost=True) from error


def _foreign_wait(error: Exception) -> float | None:
    response = getattr(error, "response", None)
    headers = getattr(response, "headers", None)
    return retry_after(headers, time.time()) if headers else None


def _as_openai(message: Any) -> bytes:
    """A LangChain message in the shape that replies are kept in."""
    about = message.response_metadata or {}
    finish = str(next((about[name] for name in _FINISH if about.get(name)), ""))
    usage = message.usage_metadata or {}
    document: dict[str, Any] = {
        "object": "chat.completion",
        "choices": [
            {
                "message": {"role": "assistant", "content": message.text},
                "finish_reason": _FINISHES.get(finish, finish),
            }
        ],
    }
    if usage:
        cached = (usage.get("input_token_details") or {}).get("cache_read") or 0
        document["usage"] = {
            "prompt_tokens": usage.get("input_tokens"),
            "completion_tokens": usage.get("output_tokens"),
            "prompt_tokens_details": {"cached_tokens": cached},
        }
    return json.dumps(document).encode()
