"""Batches of the model server, driven by OpenAI's own client."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openai
import pytest

from tests.model_api import script
from tests.model_api.ledger import read_log
from tests.model_api.script import Reply, Request
from tests.model_bench import client_of, failing, raw, talking
from tests.model_server import ModelServer


def line(name: str, prompt: str) -> dict[str, Any]:
    messages = [{"role": "user", "content": prompt}]
    body = {"model": "test-model", "messages": messages}
    return {"custom_id": name, "method": "POST", "url": "/v1/chat/completions", "body": body}


def submitted(client: openai.OpenAI, lines: Sequence[object], metadata: Any = None) -> Any:
    data = "".join(json.dumps(one) + "\n" for one in lines).encode()
    file = client.files.create(file=("in.jsonl", data), purpose="batch")
    assert client.files.content(file.id).content == data
    return client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="24h",
        metadata=metadata,
    )


def read(client: openai.OpenAI, file: str | None) -> list[dict[str, Any]]:
    return [json.loads(one) for one in client.files.content(file).text.splitlines()] if file else []


LINES = [line(f"n{number}", f"word {number} — ü\r\n") for number in range(20)]


def test_a_batch_completes_after_its_polls_in_another_order_at_half_the_price() -> None:
    with talking(polls=3) as (server, client):
        batch = submitted(client, LINES, {"run": "1"})
        states = [batch.status]
        while batch.status not in ("completed", "failed"):
            batch = client.batches.retrieve(batch.id)
            states.append(batch.status)
        results = read(client, batch.output_file_id)
        assert [one.id for one in client.batches.list()] == [batch.id]
    assert states == ["validating", "in_progress", "in_progress", "completed"]
    assert (batch.metadata, batch.error_file_id) == ({"run": "1"}, None)
    assert batch.request_counts.to_dict() == {"completed": 20, "failed": 0, "total": 20}
    names = [one["custom_id"] for one in results]
    assert names != sorted(names, key=lambda name: int(name[1:]))
    for one in results:
        (choice,) = one["response"]["body"]["choices"]
        assert choice["message"]["content"] == f"word {one['custom_id'][1:]} — ü\r\n"
    total = server.totals()
    assert (total.calls, total.charged, total.prompt_tokens) == (20, 20, 80)
    assert total.cost == 80 * (Decimal("0.15") + Decimal("0.60")) / 1_000_000 / 2


def test_lines_that_fail_are_in_the_error_file_and_not_charged() -> None:
    def reply(request: Request) -> Reply:
        failed = request.custom_id in ("n3", "n4")
        return Reply("yes", fault=script.server_error() if failed else None)

    with talking(reply, polls=1) as (server, client):
        batch = client.batches.retrieve(submitted(client, LINES).id)
        good, bad = read(client, batch.output_file_id), read(client, batch.error_file_id)
    assert (batch.status, len(good)) == ("completed", 18)
    assert {one["custom_id"]: one["response"]["status_code"] for one in bad} == {
        "n3": 500,
        "n4": 500,
    }
    assert server.totals().charged == 18


def test_a_batch_whose_lines_hang_expires_with_the_others_done() -> None:
    def reply(request: Request) -> Reply:
        return Reply("yes", fault=script.hang() if request.custom_id == "n5" else None)

    with talking(reply, polls=1) as (server, client):
        batch = client.batches.retrieve(submitted(client, LINES).id)
        good, bad = read(client, batch.output_file_id), read(client, batch.error_file_id)
    assert (batch.status, len(good)) == ("expired", 19)
    assert [(one["custom_id"], one["error"]["code"]) for one in bad] == [("n5", "batch_expired")]
    assert server.totals().charged == 19


def test_a_cancelled_batch_keeps_and_charges_what_was_done() -> None:
    with talking(polls=4) as (server, client):
        batch = client.batches.retrieve(submitted(client, LINES).id)
        assert client.batches.cancel(batch.id).status == "cancelling"
        batch = client.batches.retrieve(batch.id)
        good, bad = read(client, batch.output_file_id), read(client, batch.error_file_id)
        with pytest.raises(openai.ConflictError):
            client.batches.cancel(batch.id)
    assert (batch.status, len(good), len(bad)) == ("cancelled", 5, 15)
    assert {one["error"]["code"] for one in bad} == {"batch_cancelled"}
    assert server.totals().charged == 5


def test_a_batch_of_a_wrong_file_fails_and_says_where() -> None:
    wrong = [LINES[0], LINES[0], "text", LINES[1] | {"url": "/v1/other"}, {"custom_id": "x"}]
    with talking() as (server, client):
        batch = client.batches.retrieve(submitted(client, wrong).id)
        empty = client.batches.retrieve(submitted(client, []).id)
    assert (batch.status, empty.status, server.totals().calls) == ("failed", "failed", 0)
    assert [(one.line, one.code) for one in batch.errors.data] == [
        (2, "duplicate_custom_id"),
        (3, "invalid_json_line"),
        (4, "invalid_url"),
        (5, "missing_required_parameter"),
    ]
    assert [one.code for one in empty.errors.data] == ["empty_file"]


def test_a_log_in_a_file_is_the_log(tmp_path: Path) -> None:
    with ModelServer(failing(script.half()), log_file=tmp_path / "log") as server:
        raw(server)
        with client_of(server) as client:
            client.files.create(file=("in.jsonl", b"\xff\x00 not UTF-8"), purpose="batch")
            client.batches.retrieve(submitted(client, LINES).id)
    assert read_log(tmp_path / "log") == server.log
    assert b"\xff\x00 not UTF-8" in server.log[1].body.encode("utf-8", "surrogateescape")
