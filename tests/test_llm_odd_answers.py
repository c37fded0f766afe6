"""What an endpoint may say that nobody expects: counted, told or asked again, never obeyed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from codeaug.engines.llm import accounts
from codeaug.engines.llm.asking import Asker, Guard, Purse, Unanswered
from codeaug.engines.llm.endpoint import Access, open_endpoint, retry_after
from codeaug.engines.llm.pricing import DEAREST, price
from codeaug.engines.llm.rate import Gate
from codeaug.engines.llm.repairing import refusal
from codeaug.errors import ModelUnavailable, UsageError
from codeaug.model import Evidence, Finding, Origin, Variant, Verdict
from codeaug.model import Reply as Kept
from codeaug.pipeline.desk import access
from codeaug.pipeline.repairing import _mended, _opinion
from codeaug.settings import Settings
from codeaug.store import Store
from tests.model_api.script import Refused, Reply, Request
from tests.model_server import ModelServer
from tests.test_llm_asking import MODEL, PRICE, asking, call, cost, echo


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


def raw(status: int, document: Any, **headers: str) -> Refused:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return Refused("raw", status, body, headers)


def said(message: str) -> Refused:
    return raw(400, {"error": {"message": message}})


def completed(usage: Any, content: Any = "fine") -> Refused:
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    return raw(200, {"choices": choices, "usage": usage})


# --- usage ----------------------------------------------------------------------------------------

LIES: list[Any] = [
    {"prompt_tokens": 10**30, "completion_tokens": 5},
    {"prompt_tokens": 2**62, "completion_tokens": 2**62},
    {"prompt_tokens": -5, "completion_tokens": -5},
    [1, 2],
    "many",
]


@pytest.mark.parametrize("usage", LIES)
def test_a_reply_with_a_count_that_cannot_be_is_kept_and_counted_by_estimate(
    usage: Any, store: Store
) -> None:
    with (
        ModelServer(lambda request: Reply(fault=completed(usage))) as server,
        asking(store, server) as asker,
    ):
        found = asker.ask(call())
        assert isinstance(found, Kept)
        assert not found.counted
        assert len(server.log) == 1


@pytest.mark.parametrize("details", ["many", {"cached_tokens": 10**9}, {"cached_tokens": -1}])
def test_no_more_tokens_are_cached_than_were_sent(details: Any, store: Store) -> None:
    usage = {"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": details}
    with (
        ModelServer(lambda request: Reply(fault=completed(usage))) as server,
        asking(store, server) as asker,
    ):
        assert isinstance(asker.ask(call()), Kept)
        assert cost(store) * 10**9 == PRICE.cost(10, 5)


@pytest.mark.parametrize("value", ["-1", "nan", "1e300", str(DEAREST + 1), "free"])
def test_a_price_that_cannot_be_is_refused(value: str) -> None:
    with pytest.raises(UsageError, match="a price"):
        price("openai:x", {"input": value, "output": "1"})


# --- parameters -----------------------------------------------------------------------------------


def test_an_endpoint_that_refuses_a_parameter_that_was_not_sent_refuses_the_call(
    store: Store,
) -> None:
    with (
        ModelServer(lambda request: Reply(fault=said("bad temperature"))) as server,
        asking(store, server) as asker,
    ):
        found = asker.ask(call())
        assert isinstance(found, Unanswered)
        assert "bad temperature" in found.why
        assert len(server.log) == 2
        assert store.spent().open == {}


def test_of_two_names_in_an_error_the_one_that_was_sent_is_left_out(store: Store) -> None:
    words = (
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
        "'max_completion_tokens' instead."
    )

    def reply(request: Request) -> Reply:
        return Reply("fine", fault=said(words) if "max_tokens" in request.body else None)

    with ModelServer(reply) as server, asking(store, server) as asker:
        assert isinstance(asker.ask(call()), Kept)
        assert json.loads(server.log[-1].body)["max_completion_tokens"] == 100


def test_no_call_goes_without_a_limit_to_its_reply(store: Store) -> None:
    def reply(request: Request) -> Reply:
        known = [n for n in ("max_tokens", "max_completion_tokens") if n in request.body]
        return Reply("fine", fault=said(f"unknown parameter {known[0]}") if known else None)

    with ModelServer(reply) as server, asking(store, server) as asker:
        found = asker.ask(call())
        assert isinstance(found, Unanswered)
        assert "unknown parameter max_completion_tokens" in found.why


@pytest.mark.parametrize(
    ("words", "final"),
    [
        ("max_tokens is too large: 100. This model supports at most 50 completion tokens", False),
        (
            "'max_tokens' or 'max_completion_tokens' is too large: 100. This model's maximum "
            "context length is 64 tokens and your request has 20 input tokens",
            True,
        ),
    ],
)
def test_a_limit_that_is_too_high_is_told_and_not_taken_away(
    words: str, final: bool, store: Store
) -> None:
    with (
        ModelServer(lambda request: Reply(fault=said(words))) as server,
        asking(store, server) as asker,
    ):
        assert asker.ask(call()) == Unanswered(f"HTTP 400: {words}", final)
        assert len(server.log) == 1


# --- errors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("-5", None),
        ("9" * 400, float("inf")),
        ("Mon, 01 Jan 1990 00:00:00 GMT", 0.0),
    ],
)
def test_an_odd_retry_after_is_no_bug(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, 1e9) == seconds


@pytest.mark.parametrize("value", ["0", "Mon, 01 Jan 1990 00:00:00 GMT"])
def test_an_endpoint_that_asks_for_no_time_gets_more_all_the_same(value: str) -> None:
    from tenacity import Future, RetryCallState, Retrying

    from codeaug.engines.llm.asking import _wait
    from codeaug.engines.llm.endpoint import Delayed

    error = Delayed("HTTP 429", retry_after({"retry-after": value}, 1e9))
    state = RetryCallState(Retrying(), None, (), {})
    state.outcome = Future(1)
    state.outcome.set_exception(error)
    assert _wait(state) >= 0.5


def test_an_error_that_never_ends_is_not_read_to_its_end(store: Store) -> None:
    def reply(request: Request) -> Reply:
        page = raw(503, b"x" * 30_000_000)
        return Reply("fine", fault=page if request.attempt == 1 else None)

    with ModelServer(reply) as server, asking(store, server) as asker:
        assert isinstance(asker.ask(call()), Kept)
        assert [line.outcome for line in store.ledger()] == ["refused", "replied"]


def test_an_error_that_drips_is_given_up(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.recv(1 << 16)
                connection.sendall(b"HTTP/1.1 500 No\r\nContent-Length: 1000000\r\n\r\n")
                while not ended.wait(0.05):
                    connection.sendall(b"x")

        ended = threading.Event()
        dripping = threading.Thread(target=drip)
        dripping.start()
        endpoint = open_endpoint(
            MODEL, Access(f"http://127.0.0.1:{listening.getsockname()[1]}/v1", "key", 0.5, 4)
        )
        purse = Purse(store.spent(), None)
        asker = Asker(store, endpoint, Gate(4, 9.0), Guard("p", lambda call: ""), purse, PRICE)
        asker.attempts = 1
        found = asker.ask(call())
        ended.set()
        dripping.join()
        asker.close()
        assert isinstance(found, Unanswered)
        assert "HTTP 500" in found.why


def test_an_error_with_half_a_character_in_it_can_be_stored(store: Store) -> None:
    odd = raw(400, b'{"error":{"message":"bad \\ud800 and \\u0000"}}')
    with ModelServer(lambda request: Reply(fault=odd)) as server, asking(store, server) as asker:
        assert asker.ask(call()) == Unanswered("HTTP 400: bad ? and", final=False)


def test_what_nobody_took_is_not_charged(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    endpoint = open_endpoint(MODEL, Access(f"http://127.0.0.1:{port}/v1", "key", 3.0, 4))
    purse = Purse(store.spent(), None)
    asker = Asker(store, endpoint, Gate(4, 9.0), Guard("p", lambda call: ""), purse, PRICE)
    asker.attempts = 1
    assert isinstance(asker.ask(call()), Unanswered)
    asker.close()
    assert [line.outcome for line in store.ledger()] == ["refused"]
    assert store.spent().open == {}


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"proxy": "nonsense"}, "the setting proxy"),
        ({"proxy": "ftp://me:hunter22@proxy"}, "the setting proxy"),
        ({"ca_file": "/nowhere/ca.pem"}, "ca_file"),
        ({"ca_file": __file__}, "ca_file"),
    ],
)
def test_a_proxy_or_certificates_that_are_none_are_the_users_to_mend(
    settings: dict[str, str], words: str, store: Store
) -> None:
    with ModelServer(echo) as server:
        endpoint = open_endpoint(MODEL, Access(server.base_url, "key", 3.0, 4, **settings))
        with pytest.raises(UsageError, match=words) as caught:
            endpoint.send(call(), lambda body: None)
        endpoint.close()
        assert "hunter22" not in str(caught.value)
        assert server.log == []


# --- keys and opinions ----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["hunter22\nhunter22", "clé-hunter22", "hunter22\0"])
def test_a_key_that_no_header_holds_is_told_and_not_repeated(key: str, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(key, encoding="utf-8")
    settings = Settings(
        model=MODEL, base_url="http://127.0.0.1:9/v1", api_key_file=str(tmp_path / "key")
    )
    with pytest.raises(UsageError, match="is no key") as caught:
        access(settings)
    assert "hunter22" not in str(caught.value)


def test_a_key_is_taken_without_the_end_of_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "hunter22\n")
    assert access(Settings(model=MODEL, base_url="http://127.0.0.1:9/v1")).key == "hunter22"


def test_an_opinion_with_half_a_character_in_it_can_be_stored() -> None:
    variant = Variant("u1", "x", Origin("llm", ()))
    body = b'{"choices":[{"message":{"content":"4 like \\ud800 the others"}}]}'
    reply = accounts.paid(call(), body, PRICE, 1)
    (found,) = _opinion("openai:critic", variant, reply)
    assert found.reason == "like ? the others"


def test_a_test_that_failed_with_half_a_character_can_be_sent() -> None:
    finding = Finding("tested", Verdict.FAILED, "'\ud800' is not 'a'")
    found = refusal(Evidence("v1", "c1", (finding,), frozenset()))
    assert found is not None
    assert found.detail.encode() == b"'?' is not 'a'"


def test_a_repair_that_was_not_answered_is_left_to_the_next_run() -> None:
    history: Any = None
    variant = Variant("u1", "x", Origin("llm", ()))
    with pytest.raises(ModelUnavailable, match="run again"):
        _mended(history, variant, Unanswered("HTTP 429", final=False))
    assert _mended(history, variant, Unanswered("a secret", final=True)) == ("a secret", None)
