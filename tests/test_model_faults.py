"""Each fault of the model server, as OpenAI's own client and a bare socket see it."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from email.utils import parsedate_to_datetime

import openai
import pytest

from tests.model_api import script
from tests.model_api.script import Fault, Faults, Reply, Request
from tests.model_bench import ASKED, ask, client_of, failing, posted, raw, split, talking, wait_for
from tests.model_server import ModelServer, echo


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (script.rate_limited(), 429, "rate_limit_exceeded"),
        (script.quota_exhausted(), 429, "insufficient_quota"),
        (script.server_error(), 500, None),
        (script.overloaded(), 503, None),
        (script.context_too_long(), 400, "context_length_exceeded"),
        (script.unsupported("max_tokens"), 400, "unsupported_parameter"),
        (script.no_such_model("m"), 404, "model_not_found"),
    ],
)
def test_an_error_is_worded_as_openai_does_and_not_charged(
    fault: Fault, status: int, code: str | None
) -> None:
    with talking(failing(fault)) as (server, client):
        with pytest.raises(openai.APIStatusError) as caught:
            ask(client)
        ask(client)
    assert (caught.value.status_code, caught.value.code) == (status, code)
    assert [entry.charged for entry in server.log] == [False, True]


@pytest.mark.parametrize(
    ("form", "name", "seconds"),
    [
        ("seconds", "retry-after", float),
        ("ms", "retry-after-ms", lambda text: float(text) / 1000),
        ("date", "retry-after", lambda text: parsedate_to_datetime(text).timestamp() - time.time()),
    ],
)
def test_a_rate_limit_says_when_to_come_back(
    form: str, name: str, seconds: Callable[[str], float]
) -> None:
    limited = failing(script.rate_limited(600, form))
    with talking(limited) as (_, client), pytest.raises(openai.RateLimitError) as caught:
        ask(client)
    assert seconds(caught.value.response.headers[name]) == pytest.approx(600, abs=30)


def test_the_clients_own_retries_get_over_a_first_fault() -> None:
    with talking(failing(script.rate_limited(0.01, "ms"))) as (server, client):
        assert ask(client.with_options(max_retries=1)).choices[0].message.content
    assert [entry.status for entry in server.log] == [429, 200]


def test_a_hang_lasts_until_the_client_goes() -> None:
    with ModelServer(failing(script.hang())) as server, client_of(server, timeout=0.3) as client:
        with pytest.raises(openai.APITimeoutError):
            ask(client)
        ask(client)
    assert [(entry.fault, entry.charged) for entry in server.log] == [("hang", True), ("", True)]


def test_a_hang_does_not_keep_the_server_from_ending() -> None:
    with socket.socket() as connection:
        with ModelServer(failing(script.hang())) as server:
            connection.connect(("127.0.0.1", server.port))
            connection.sendall(posted(json.dumps(ASKED).encode()))
            wait_for(lambda: server.log)
        assert connection.recv(1) == b""


def test_many_hanging_clients_do_not_keep_others_waiting() -> None:
    fault = {"two words": script.hang()}
    with ExitStack() as stack:
        server = stack.enter_context(
            ModelServer(lambda request: Reply("yes", fault=fault.get(request.prompt)))
        )
        for _ in range(150):
            connection = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            connection.sendall(posted(json.dumps(ASKED).encode()))
        wait_for(lambda: len(server.log) == 150)
        with client_of(server) as client:
            other = [{"role": "user", "content": "other"}]
            done = client.chat.completions.create(model="test-model", messages=other)
    assert done.choices[0].message.content == "yes"


@pytest.mark.parametrize("size", [0, 10, 300])
def test_a_cut_resets_the_connection_after_so_many_bytes(size: int) -> None:
    with ModelServer(failing(script.cut(size))) as server:
        data, error = raw(server)
        assert (len(data), error) == (size, ConnectionResetError)
        with client_of(server) as client, pytest.raises(openai.APIConnectionError):
            ask(client, seed=1)
    assert [(entry.fault, entry.charged) for entry in server.log] == [("cut", True)] * 2


def test_half_an_answer_announces_the_whole() -> None:
    with ModelServer(failing(script.half())) as server:
        data, error = raw(server)
        with client_of(server) as client, pytest.raises(openai.APIConnectionError):
            ask(client, seed=1)
    headers, body = split(data)
    whole = server.log[0].answer.encode()
    assert error is None
    assert int(headers["content-length"]) == len(whole)
    assert body == whole[: len(body)]
    assert 0 < len(body) < len(whole)
    assert server.totals().charged == 2


def test_a_drip_is_the_right_answer_in_many_pieces() -> None:
    with talking(failing(script.drip(every=0.001, size=8))) as (server, client):
        assert ask(client).choices[0].message.content == "two words"
    assert [(entry.fault, entry.charged) for entry in server.log] == [("drip", True)]


def test_a_huge_answer_is_right_json_of_that_size() -> None:
    with talking(failing(script.huge())) as (server, client):
        done = client.chat.completions.with_raw_response.create(**ASKED)
        assert len(done.content) == 50_000_000 + len(server.log[0].answer)
        assert done.parse().choices[0].message.content == "two words"
        ask(client)  # over the same connection


def test_odd_chunks_are_right_and_missing_ones_are_noticed() -> None:
    with talking(failing(script.chunked())) as (server, client):
        done = client.chat.completions.with_raw_response.create(**ASKED)
        assert done.headers["transfer-encoding"] == "chunked"
        assert done.content == server.log[0].answer.encode()
    missing = failing(script.chunked_cut())
    with talking(missing) as (server, client), pytest.raises(openai.APIConnectionError):
        ask(client)


def test_a_page_of_html_comes_with_status_200() -> None:
    with ModelServer(failing(script.html())) as server:
        headers, body = split(raw(server, upto=1)[0])
    assert headers["content-type"].startswith("text/html")
    assert body.startswith(b"<!doctype html>")
    assert (server.log[0].status, server.log[0].charged) == (200, False)


def test_a_redirect_leads_to_another_origin() -> None:
    with ModelServer(echo) as other:
        moved = failing(script.redirect(f"{other.base_url}/chat/completions"))
        with talking(moved) as (server, client):
            done = ask(client)  # OpenAI's client goes there by itself, question and all
    assert done.choices[0].message.content == "two words"
    assert [(entry.status, entry.charged) for entry in server.log] == [(307, False)]
    assert [(json.loads(entry.body), entry.charged) for entry in other.log] == [(ASKED, True)]


def test_faults_hit_the_same_share_of_first_attempts_each_time() -> None:
    faults = Faults(0.2, seed=7)
    asked = [Request(ASKED | {"seed": number}) for number in range(1000)]
    hit = [request.body["seed"] for request in asked if faults.of(request)]
    assert hit == [request.body["seed"] for request in asked if Faults(0.2, seed=7).of(request)]
    assert hit != [request.body["seed"] for request in asked if Faults(0.2, seed=8).of(request)]
    assert 150 < len(hit) < 250
    assert {fault.name for one in asked if (fault := faults.of(one))} == {
        fault.name for fault in script.TRANSIENT
    }
    reply = faults.over(echo)
    again = [Request(request.body, attempt=2) for request in asked]
    assert sum(reply(request).fault is not None for request in asked) == len(hit)
    assert not any(reply(request).fault for request in again)
