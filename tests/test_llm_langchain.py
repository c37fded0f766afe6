"""Models of other providers, by their own LangChain packages, against servers on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from codeaug.engines.llm.call import Call, Message
from codeaug.engines.llm.endpoint import Access, Delayed, Leaving, Refused, open_endpoint
from codeaug.engines.llm.reading import completion
from codeaug.errors import MissingTool, ModelUnavailable, UsageError
from tests.model_api import script as faults
from tests.model_api.script import Reply, Request
from tests.model_server import ModelServer

MODEL = "deepseek:test-model"


def call(words: str = "hello", model: str = MODEL) -> Call:
    return Call("rewrite", "u1", model, (Message("user", words),), 0.5, 50)


def sent(
    url: str, model: str = MODEL, seconds: float = 3.0, leaving: Leaving = lambda body: None
) -> bytes:
    """The body of the reply to one call."""
    endpoint = open_endpoint(model, Access(url, "key", seconds, 4))
    try:
        return endpoint.send(call(model=model), leaving)
    finally:
        endpoint.close()


def echo(request: Request) -> Reply:
    return Reply("said: " + request.prompt)


def test_another_providers_reply_is_kept_as_any_other() -> None:
    left: list[bytes] = []
    with ModelServer(echo) as server:
        found = completion(sent(server.base_url, leaving=left.append))
        assert found.text == "said: hello"
        assert found.finish == "stop"
        assert (found.prompt_tokens, found.reply_tokens) == (1, 2)
        assert json.loads(left[0]) == [{"role": "user", "content": "hello"}]
        assert json.loads(server.log[0].body)["temperature"] == 0.5


def test_a_reply_that_was_cut_short_says_so() -> None:
    with ModelServer(lambda request: Reply("a " * 500)) as server:
        assert completion(sent(server.base_url)).finish == "length"


@pytest.mark.parametrize(
    "fault", [faults.rate_limited(2), faults.server_error(), faults.hang(), faults.cut(200)]
)
def test_a_fault_is_a_delay_and_tried_only_once(fault: faults.Fault) -> None:
    with ModelServer(lambda request: Reply("x", fault=fault)) as server:
        with pytest.raises(Delayed):
            sent(server.base_url, seconds=1.0)
        assert len(server.log) <= 1


def test_how_long_to_wait_is_taken_from_the_answer() -> None:
    with ModelServer(lambda request: Reply(fault=faults.rate_limited(7))) as server:
        with pytest.raises(Delayed) as caught:
            sent(server.base_url)
        assert caught.value.seconds == 7


def test_a_wrong_key_and_a_prompt_too_long_are_told_apart() -> None:
    with (
        ModelServer(echo, key="another") as server,
        pytest.raises(ModelUnavailable, match="does not accept the key"),
    ):
        sent(server.base_url)
    with (
        ModelServer(lambda request: Reply(fault=faults.context_too_long())) as server,
        pytest.raises(Refused),
    ):
        sent(server.base_url)


def test_a_provider_that_is_not_known_or_not_installed_is_said_at_once() -> None:
    with pytest.raises(UsageError, match="nosuch"):
        sent("http://127.0.0.1:9", "nosuch:x")
    with pytest.raises(MissingTool, match="langchain-mistralai"):
        sent("http://127.0.0.1:9", "mistralai:x")


# --- Ollama's own protocol ------------------------------------------------------------------------


class Ollama(BaseHTTPRequestHandler):
    """As much of Ollama as one question needs; `status` and `body` stand in for its answer."""

    asked: ClassVar[list[dict[str, Any]]] = []
    status = 200
    headers_sent: ClassVar[dict[str, str]] = {}
    done_reason = "stop"

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(asked)
        self.answer(asked)

    def answer(self, asked: dict[str, Any]) -> None:
        last = {
            "model": asked["model"],
            "created_at": "2026-01-01T00:00:00Z",
            "message": {"role": "assistant", "content": f"said: {asked['messages'][0]['content']}"},
            "done": True,
            "done_reason": self.done_reason,
            "prompt_eval_count": 3,
            "eval_count": 4,
        }
        body = json.dumps(last if self.status == 200 else {"error": "not now"}).encode() + b"\n"
        self.send_response(self.status)
        self.send_header("Content-Type", "application/x-ndjson")
        self.send_header("Content-Length", str(len(body)))
        for name, value in self.headers_sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nobody listens."""


class Hanging(Ollama):
    def answer(self, asked: dict[str, Any]) -> None:
        self.rfile.read()  # until the client goes


class Cut(Ollama):
    """The whole head and the beginning of what it announces."""

    def answer(self, asked: dict[str, Any]) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "500")
        self.end_headers()
        self.wfile.write(b'{"model": "small", "message": {"role": "assistant", "content": "sa')
        self.close_connection = True


def ollama(base: type[Ollama] = Ollama, **different: Any) -> type[Ollama]:
    """A handler with a list of its own of what it was asked."""
    return type("Asked", (base,), {"asked": [], **different})


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_a_protocol_of_its_own_is_spoken_too() -> None:
    handler = ollama()
    with serving(handler) as url:
        found = completion(sent(url, "ollama:small"))
        assert (found.text, found.finish) == ("said: hello", "stop")
        assert (found.prompt_tokens, found.reply_tokens) == (3, 4)
    (asked,) = handler.asked
    assert asked["options"] == {"num_predict": 50, "temperature": 0.5}


def test_a_reply_of_that_protocol_that_was_cut_short_says_so() -> None:
    with serving(ollama(done_reason="length")) as url:
        assert completion(sent(url, "ollama:small")).finish == "length"


@pytest.mark.parametrize(
    "handler",
    [ollama(status=429), ollama(status=500), ollama(Hanging), ollama(Cut)],
    ids=["429", "500", "hang", "cut"],
)
def test_a_fault_of_that_protocol_is_a_delay_and_tried_only_once(handler: type[Ollama]) -> None:
    with serving(handler) as url, pytest.raises(Delayed):
        sent(url, "ollama:small", seconds=1.0)
    assert len(handler.asked) == 1


@pytest.mark.parametrize("status", [307, 308])
@pytest.mark.parametrize("model", [MODEL, "ollama:small"])
def test_no_provider_follows_a_redirect(model: str, status: int) -> None:
    other = ollama()
    with serving(other) as elsewhere:
        first = ollama(status=status, headers_sent={"Location": f"{elsewhere}/api/chat"})
        with serving(first) as url, pytest.raises(ModelUnavailable, match="elsewhere"):
            sent(url, model)
    assert len(first.asked) == 1
    assert other.asked == []


def test_a_provider_that_takes_no_limit_of_replies_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("codeaug.engines.llm.langchain_endpoint._LIMITS", {})
    with pytest.raises(UsageError, match="how long a reply may be"):
        sent("http://127.0.0.1:9", "ollama:small")


# --- nothing else is told -------------------------------------------------------------------------


@pytest.mark.parametrize("model", [MODEL, "openai:test-model", "ollama:small"])
def test_tracing_and_proxies_of_the_environment_hear_nothing(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []

    class Sink(BaseHTTPRequestHandler):
        def handle(self) -> None:
            heard.append(self.client_address[0])

    handler = ollama()
    with serving(Sink) as sink, ModelServer(echo) as server, serving(handler) as small:
        for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
            monkeypatch.setenv(name, "true")
        monkeypatch.setenv("LANGSMITH_API_KEY", "k")
        for name in ("LANGSMITH_ENDPOINT", "LANGCHAIN_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"):
            monkeypatch.setenv(name, sink)
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, sink)
        for name in ("OPENAI_BASE_URL", "OPENAI_API_BASE", "DEEPSEEK_API_BASE", "OLLAMA_HOST"):
            monkeypatch.setenv(name, sink + "/v1")
        for name in ("NO_PROXY", "no_proxy"):
            monkeypatch.setenv(name, "")
        url = small if model.startswith("ollama:") else server.base_url
        found = completion(sent(url, model))
        assert found.text == "said: hello"
        assert len(server.log) + len(handler.asked) == 1
    assert heard == []
