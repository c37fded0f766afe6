"""Batch jobs against a real server: none is lost silently, none is paid or asked for twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from codeaug.engines.llm.asking import Asker, Guard, Purse
from codeaug.engines.llm.batching import Batches
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import Access, open_endpoint
from codeaug.engines.llm.openai_endpoint import OpenAI
from codeaug.engines.llm.rate import Gate
from codeaug.errors import ModelUnavailable
from codeaug.store import Store
from tests.model_api import batches as server_side
from tests.model_api import script as faults
from tests.model_api.files import Files
from tests.model_api.script import Reply, Request
from tests.model_server import ModelServer
from tests.test_llm_asking import MODEL, PRICE, call, echo

GUARD = Guard("p1", lambda call: "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        yield opened


@contextmanager
def jobs(
    store: Store, server: ModelServer, *, model: str = MODEL, cap: int | None = None
) -> Iterator[Batches]:
    endpoint = open_endpoint(model, Access(server.base_url, "key", 3.0, 4))
    assert isinstance(endpoint, OpenAI)
    try:
        yield Batches(store, endpoint, model, GUARD, Purse(store.spent(), cap), PRICE)
    finally:
        endpoint.close()


def submitted(store: Store, server: ModelServer, *calls: Call) -> None:
    with jobs(store, server) as batches:
        batches.with_those(batches.collect(), calls)


def test_a_job_that_the_endpoint_lost_is_told_and_submitted_anew(store: Store) -> None:
    with ModelServer(echo, polls=1) as server:
        submitted(store, server, call())
        port = server.port
    with ModelServer(echo, polls=1, port=port) as server:
        with (
            jobs(store, server) as batches,
            pytest.raises(ModelUnavailable, match="does not know the job batch_1"),
        ):
            batches.collect()
        assert store.spent().open.keys() == {call().key}
        submitted(store, server, call())
        with jobs(store, server) as batches:
            assert batches.collect() == []
        assert store.replies([call().key])
        assert store.spent().open == {}


def test_a_job_that_the_endpoint_does_not_take_says_why(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_side, "wrong_with", lambda line, taken: "token_limit_exceeded")
    with ModelServer(echo, polls=1) as server:
        submitted(store, server, call())
        with (
            jobs(store, server) as batches,
            pytest.raises(ModelUnavailable, match=r"did not take the job .*token_limit_exceeded"),
        ):
            batches.collect()
        assert store.spent().open == {}


def test_a_job_of_another_model_or_endpoint_is_left_to_its_own(store: Store) -> None:
    with ModelServer(echo, polls=1) as server, ModelServer(echo, polls=1) as other:
        submitted(store, server, call())
        with jobs(store, other) as batches:
            assert batches.collect() == []
        with jobs(store, server, model="openai:dearer") as batches:
            assert batches.collect() == []
        assert not store.replies([call().key])
        with jobs(store, server) as batches:
            batches.collect()
        assert store.replies([call().key])


ODD = (
    "[1]", "7", '{"custom_id": "nobody", "response": {"status_code": 200, "body": {}}}', "{",
    '{"custom_id": "KEY", "response": "lost"}', '{"custom_id": "KEY", "response": null}',
    '{"custom_id": "KEY", "response": {"status_code": 200}}',
    '{"custom_id": "KEY", "response": {"status_code": 400, "body": [1]}}',
)  # fmt: skip


def test_odd_lines_of_a_job_are_passed_over_and_a_line_that_comes_twice_counts_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add: Callable[..., Any] = Files.add

    def twice(files: Files, name: str, purpose: str, data: bytes) -> Any:
        if purpose == "batch_output":
            odd = "\n".join(ODD).replace("KEY", call().key).encode()
            data = odd + b"\n" + data + data
        return add(files, name, purpose, data)

    monkeypatch.setattr(Files, "add", twice)
    with ModelServer(echo, polls=1) as server, jobs(store, server) as batches:
        batches.with_those([], [call()])
        assert batches.collect() == []
        assert Decimal(batches.purse.cost) / 10**9 == server.totals().cost
        assert store.replies([call().key])


def test_a_line_that_no_job_will_answer_is_not_submitted_again(store: Store) -> None:
    def reply(request: Request) -> Reply:
        long = "long" in request.prompt
        return Reply("fine", fault=faults.context_too_long() if long else None)

    with ModelServer(reply, polls=1) as server, jobs(store, server) as batches:
        both = [call("long"), call("short")]
        batches.with_those([], both)
        assert batches.with_those(batches.collect(), both[:1]) == []
        assert "context_length_exceeded" in batches.refused[call("long").key]


def test_a_parameter_that_a_job_does_not_know_is_left_out_of_the_next(store: Store) -> None:
    def reply(request: Request) -> Reply:
        bad = "temperature" in request.body
        return Reply("fine", fault=faults.unsupported("temperature") if bad else None)

    with ModelServer(reply, polls=1) as server, jobs(store, server) as batches:
        both = [call("one"), call("other")]
        batches.with_those([], both)
        batches.with_those(batches.collect(), both)
        batches.collect()
        assert len(store.replies([one.key for one in both])) == 2


def test_an_endpoint_that_takes_no_line_is_told(store: Store) -> None:
    bad = Reply(fault=faults.error(400, "Invalid model name"))
    with ModelServer(lambda request: bad, polls=1) as server:
        submitted(store, server, call())
        with (
            jobs(store, server) as batches,
            pytest.raises(ModelUnavailable, match=r"takes no call .*Invalid model name"),
        ):
            batches.collect()


def test_a_job_holds_what_the_budget_holds_for(store: Store) -> None:
    with ModelServer(echo, polls=1) as server:
        calls = [call(f"{n}") for n in range(4)]
        with jobs(store, server) as batches:
            each = batches._worst(calls[0])
        with (
            jobs(store, server, cap=2 * each) as batches,
            pytest.raises(ModelUnavailable, match="raise --budget"),
        ):
            batches.with_those([], calls)
        with jobs(store, server) as batches:
            batches.collect()
        assert len(store.replies([one.key for one in calls])) == 2


def test_what_a_job_is_about_is_not_asked_for_beside_it(store: Store) -> None:
    with ModelServer(echo, polls=1) as server:
        submitted(store, server, call())
        under_way = frozenset({call().key})
        endpoint = open_endpoint(MODEL, Access(server.base_url, "key", 3.0, 4))
        purse = Purse(store.spent(), None)
        asker = Asker(store, endpoint, Gate(4, 9.0), GUARD, purse, PRICE, under_way)
        try:
            with pytest.raises(ModelUnavailable, match="a batch job is under way"):
                asker.ask_all([call()])
            assert asker.ask_all([replace(call(), sample=1)])
        finally:
            asker.close()
        assert json.loads(server.log[-1].body)["seed"] == 1
        assert server.totals().charged == 1
