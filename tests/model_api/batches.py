"""/v1/batches: at each poll a batch gets on by its share; a line's `hang` lasts until it expires.

A batch of four polls has computed, and charged, a quarter of its lines at the first. One that is
cancelled keeps what it has. Delays count for nothing in a batch, and its answers do not break.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from tests.model_api.completions import Answer, Completions
from tests.model_api.files import File, Files
from tests.model_api.ledger import COMPLETIONS, Charge, Entry, Ledger, text
from tests.model_api.script import Broken, error

ENDPOINT = COMPLETIONS
DAY = 24 * 60 * 60
UNDONE = {
    "expired": {
        "code": "batch_expired",
        "message": "This request could not be executed before the completion window expired.",
    },
    "cancelled": {
        "code": "batch_cancelled",
        "message": "This request was cancelled before it was executed.",
    },
}


@dataclass
class Batch:
    id: str
    asked: dict[str, Any]
    lines: Sequence[dict[str, Any]]
    errors: Sequence[dict[str, Any]]  # of the input file; the batch fails when there are any
    status: str = "validating"
    polls: int = 0
    done: int = 0  # lines
    good: list[dict[str, Any]] = field(default_factory=list)
    bad: list[dict[str, Any]] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)  # custom ids
    output: str | None = None
    error: str | None = None
    times: dict[str, int] = field(default_factory=dict)

    def become(self, status: str) -> None:
        self.status = status
        self.times[f"{status}_at"] = int(time.time())

    def described(self) -> dict[str, Any]:
        created = self.times["validating_at"]
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": self.asked["endpoint"],
            "input_file_id": self.asked["input_file_id"],
            "completion_window": self.asked["completion_window"],
            "metadata": self.asked.get("metadata"),
            "status": self.status,
            "errors": {"object": "list", "data": self.errors} if self.errors else None,
            "output_file_id": self.output,
            "error_file_id": self.error,
            "created_at": created,
            "expires_at": created + DAY,
            "request_counts": {
                "total": len(self.lines),
                "completed": len(self.good),
                "failed": len(self.bad),
            },
        } | {name: at for name, at in self.times.items() if name != "validating_at"}


class Batches:
    def __init__(self, completions: Completions, files: Files, ledger: Ledger, polls: int) -> None:
        self._completions = completions
        self._files = files
        self._ledger = ledger
        self._polls = polls
        self._batches: dict[str, Batch] = {}

    def create(self, asked: Any) -> Answer:
        asked = asked if isinstance(asked, dict) else {}
        file = self._files.get(str(asked.get("input_file_id")))
        if file is None or file.purpose != "batch":
            return Answer.of(error(400, "No such file of batches.", param="input_file_id"))
        if asked.get("endpoint") != ENDPOINT:
            return Answer.of(error(400, f"'endpoint' is '{ENDPOINT}'.", param="endpoint"))
        if asked.get("completion_window") != "24h":
            return Answer.of(error(400, "It is '24h'.", param="completion_window"))
        lines, errors = lines_of(file)
        batch = Batch(f"batch_{len(self._batches) + 1}", asked, lines, errors)
        batch.become("validating")
        self._batches[batch.id] = batch
        return Answer.json(batch.described())

    def all(self) -> Answer:
        """All of them on one page, the newest first."""
        data = [batch.described() for batch in reversed(self._batches.values())]
        return Answer.json({"object": "list", "data": data, "has_more": False})

    def get(self, number: str) -> Answer:
        if (batch := self._batches.get(number)) is None:
            return unknown(number)
        self._get_on(batch)
        return Answer.json(batch.described())

    def cancel(self, number: str) -> Answer:
        if (batch := self._batches.get(number)) is None:
            return unknown(number)
        if batch.status not in ("validating", "in_progress"):
            return Answer.of(error(409, f"Cannot cancel a batch with status '{batch.status}'."))
        batch.become("cancelling")
        return Answer.json(batch.described())

    def _get_on(self, batch: Batch) -> None:
        if batch.status == "cancelling":
            self._finish(batch, "cancelled")
        elif batch.status == "validating" and batch.errors:
            batch.become("failed")
        elif batch.status in ("validating", "in_progress"):
            batch.polls += 1
            upto = math.ceil(len(batch.lines) * batch.polls / self._polls)
            for line in batch.lines[batch.done : upto]:
                self._run(batch, line)
            batch.done = upto
            if batch.polls >= self._polls:
                self._finish(batch, "expired" if batch.hung else "completed")
            elif batch.status == "validating":
                batch.become("in_progress")

    def _run(self, batch: Batch, line: dict[str, Any]) -> None:
        name, body = line["custom_id"], line["body"]
        request, reply = self._completions.reply(body, {}, name)
        if isinstance(reply.fault, Broken) and reply.fault.name == "hang":
            batch.hung.append(name)
            return
        answer = self._completions.answer(request, reply, batch=True)
        self._log(name, body, answer)
        response = {
            "status_code": answer.status,
            "request_id": f"req_{batch.id}_{name}",
            "body": answer.value(),
        }
        put = batch.bad if answer.charge is None else batch.good
        put.append(result(batch, name, response, None))

    def _finish(self, batch: Batch, status: str) -> None:
        undone = batch.hung + [line["custom_id"] for line in batch.lines[batch.done :]]
        batch.bad += [result(batch, name, None, UNDONE[status]) for name in undone]
        batch.output = self._put(batch, "output", batch.good)
        batch.error = self._put(batch, "error", batch.bad)
        batch.become(status)

    def _put(self, batch: Batch, kind: str, results: list[dict[str, Any]]) -> str | None:
        if not results:
            return None
        shuffled = random.Random(batch.id).sample(results, len(results))
        data = "".join(json.dumps(one) + "\n" for one in shuffled).encode()
        return self._files.add(f"{batch.id}_{kind}.jsonl", "batch_output", data).id

    def _log(self, name: str, body: object, answer: Answer) -> None:
        entry = Entry(
            time=time.time(),
            method="BATCH",
            path=COMPLETIONS,
            headers={},
            body=json.dumps(body),
            status=answer.status,
            answer=text(answer.body),
            fault=answer.fault,
            charged=answer.charge is not None,
            charge=answer.charge or Charge(),
            custom_id=name,
        )
        self._ledger.add(entry)


def result(batch: Batch, name: str, response: Any, wrong: Any) -> dict[str, Any]:
    number = f"batch_req_{batch.id}_{name}"
    return {"id": number, "custom_id": name, "response": response, "error": wrong}


def unknown(number: str) -> Answer:
    return Answer.of(error(404, f"No batch found with id '{number}'."))


def lines_of(file: File) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The requests of a file, and what is wrong with it."""
    lines: dict[str, dict[str, Any]] = {}
    errors = []
    for number, raw in enumerate(file.data.splitlines(), start=1):
        line = parsed(raw)
        if code := wrong_with(line, lines.keys()):
            errors.append({"code": code, "line": number, "message": code, "param": None})
        else:
            lines[line["custom_id"]] = line
    if not lines and not errors:
        errors.append({"code": "empty_file", "line": None, "message": "empty", "param": None})
    return list(lines.values()), errors


def parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def wrong_with(line: Any, taken: Set[str]) -> str:
    if not isinstance(line, dict):
        return "invalid_json_line"
    if not isinstance(line.get("custom_id"), str) or not isinstance(line.get("body"), dict):
        return "missing_required_parameter"
    if line["custom_id"] in taken:
        return "duplicate_custom_id"
    if (line.get("method"), line.get("url")) != ("POST", ENDPOINT):
        return "invalid_url"
    return ""
