"""The model server of the tests, driven by OpenAI's own client: replies, charges, keys, logs."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openai
import pytest
from langchain_openai import ChatOpenAI

from tests.model_api import script
from tests.model_api.ledger import Price, read_log, totals
from tests.model_api.script import Reply, Request
from tests.model_bench import ASKED, ask, client_of, failing, talking
from tests.model_server import ModelServer, echo, model_server_process


def test_a_completion_has_the_scripts_text_and_counts_words() -> None:
    with talking() as (server, client):
        done = ask(client)
    assert done.choices[0].message.content == "two words"
    assert (done.choices[0].finish_reason, done.model) == ("stop", "test-model")
    assert (done.usage.prompt_tokens, done.usage.completion_tokens) == (2, 2)
    assert server.totals().cost == (2 * Decimal("0.15") + 2 * Decimal("0.60")) / 1_000_000


def test_a_reply_can_leave_out_and_add_what_servers_differ_in() -> None:
    reply = Reply(
        text=None,
        finish_reason="content_filter",
        usage=False,
        reasoning_content="let me think",
        refusal="I will not",
        model="another",
        fingerprint=None,
    )
    with talking(lambda request: reply) as (server, client):
        done = ask(client)
    choice = done.choices[0]
    assert (choice.message.content, choice.message.refusal) == (None, "I will not")
    assert choice.message.reasoning_content == "let me think"
    assert (choice.finish_reason, done.model) == ("content_filter", "another")
    assert (done.usage, done.system_fingerprint) == (None, None)
    assert server.totals().completion_tokens == 6  # charged without being stated


def test_a_reply_is_cut_at_the_tokens_asked_for() -> None:
    reply = Reply(text="one  two\nthree four", reasoning_content="hm hm")
    with talking(lambda request: reply) as (_, client):
        done = ask(client, max_tokens=4)
    assert done.choices[0].message.content == "one  two"
    assert (done.choices[0].finish_reason, done.usage.completion_tokens) == ("length", 4)


def test_the_script_sees_body_headers_and_attempt() -> None:
    seen: list[Request] = []

    def script(request: Request) -> Reply:
        seen.append(request)
        return Reply("yes")

    with talking(script) as (_, client):
        ask(client)
        ask(client)
        ask(client, temperature=0.5)
    assert [request.attempt for request in seen] == [1, 2, 1]
    assert seen[2].body["temperature"] == 0.5
    assert seen[0].headers["authorization"] == "Bearer any"
    assert seen[0].messages == ASKED["messages"]


def test_models_are_listed_and_others_do_not_exist() -> None:
    models = {"a": Price(Decimal(1), Decimal(2)), "b": Price(Decimal(3), Decimal(4))}
    with talking(models=models) as (_, client):
        assert [model.id for model in client.models.list()] == ["a", "b"]
        with pytest.raises(openai.NotFoundError) as caught:
            ask(client)
    assert caught.value.code == "model_not_found"


def test_a_wrong_key_is_refused_with_the_servers_words_and_costs_nothing() -> None:
    with ModelServer(echo, key="right") as server:
        with client_of(server, "wrong") as client, pytest.raises(openai.AuthenticationError) as no:
            ask(client)
        with client_of(server, "right") as client:
            ask(client)
    assert no.value.code == "invalid_api_key"
    assert [entry.status for entry in server.log] == [401, 200]
    assert (server.totals().calls, server.totals().charged) == (2, 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"{", "could not parse"),
        (b'{"messages": []}', "model parameter"),
        (b'{"model": "test-model", "messages": []}', "'messages'"),
        (b'{"model": "test-model", "messages": ["hello"]}', "'messages'"),
        (json.dumps(ASKED | {"stream": True}).encode(), "stream"),
        (json.dumps(ASKED | {"n": 2}).encode(), "'n'"),
    ],
)
def test_a_body_that_no_server_takes_is_a_400(body: bytes, said: str) -> None:
    with talking() as (server, client):
        with pytest.raises(openai.BadRequestError, match=said):
            client.post("/chat/completions", content=body, cast_to=object)
        assert server.totals().charged == 0


def test_a_repeated_key_gets_the_same_answer_whole_and_for_nothing() -> None:
    key = {"Idempotency-Key": "k1"}
    with talking(failing(script.half())) as (server, client):
        with pytest.raises(openai.APIConnectionError):
            ask(client, extra_headers=key)
        first = ask(client, extra_headers=key)
        assert ask(client, extra_headers=key) == first
        assert ask(client).id != first.id
    assert [entry.charged for entry in server.log] == [True, False, False, True]
    assert [entry.idempotency_key for entry in server.log] == ["k1", "k1", "k1", ""]
    assert len({entry.answer for entry in server.log[:3]}) == 1


def test_an_error_is_not_kept_for_its_key() -> None:
    key = {"Idempotency-Key": "k1"}
    with talking(failing(script.server_error())) as (server, client):
        with pytest.raises(openai.InternalServerError):
            ask(client, extra_headers=key)
        ask(client, extra_headers=key)
    assert [(entry.status, entry.charged) for entry in server.log] == [(500, False), (200, True)]


def test_a_key_is_good_for_one_body() -> None:
    key = {"Idempotency-Key": "k1"}
    with talking() as (server, client):
        ask(client, extra_headers=key)
        with pytest.raises(openai.BadRequestError, match="another body"):
            ask(client, temperature=1, extra_headers=key)
    assert server.totals().charged == 1


def test_a_client_that_goes_while_its_answer_is_computed_pays_for_it_once() -> None:
    key = {"Idempotency-Key": "k1"}
    with ModelServer(lambda request: Reply("late", after=0.5)) as server:
        with client_of(server, timeout=0.1) as client, pytest.raises(openai.APITimeoutError):
            ask(client, extra_headers=key)
        with client_of(server) as client:  # waits for the same computation
            assert ask(client, extra_headers=key).choices[0].message.content == "late"
    assert sorted(entry.charged for entry in server.log) == [False, True]


def test_what_a_script_raises_is_told_to_the_client_and_to_the_test() -> None:
    def wrong(request: Request) -> Reply:
        raise KeyError("oops")

    told = pytest.raises(openai.InternalServerError, match="oops")
    with pytest.raises(KeyError, match="oops"), talking(wrong) as (_, client), told:
        ask(client)


def test_langchain_gets_text_and_usage() -> None:
    with ModelServer(echo) as server:
        model = ChatOpenAI(base_url=server.base_url, api_key="any", model="test-model")
        done = model.invoke("two words")
        model.root_client.close()
    assert done.content == "two words"
    assert done.usage_metadata is not None
    assert done.usage_metadata["total_tokens"] == 4
    assert done.response_metadata["system_fingerprint"] == "fp_test"


def test_a_server_in_its_own_process_outlives_its_client_and_logs_to_a_file(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    options = ("--key", "right", "--model", "test-model:1:2")
    with model_server_process("tests.model_server:echo", log, *options) as base_url:
        code = f"""
import openai, os
client = openai.OpenAI(base_url={base_url!r}, api_key="right")
client.chat.completions.create(**{ASKED!r}, extra_headers={{"Idempotency-Key": "k"}})
os.kill(os.getpid(), 9)
"""
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
        with openai.OpenAI(base_url=base_url, api_key="right") as client:
            ask(client, extra_headers={"Idempotency-Key": "k"})
    entries = read_log(log)
    assert [entry.charged for entry in entries] == [True, False]
    assert json.loads(entries[0].body) == ASKED
    total = totals(entries)
    assert (total.calls, total.charged, total.cost) == (2, 1, Decimal("0.000006"))
