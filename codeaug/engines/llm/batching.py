"""Batch endpoints (OpenAI's Batch API and compatible): half the price, within a day.

Submit, leave, come back: the store knows the jobs. Lines that failed are simply calls without a
reply, and go into the next job alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from codeaug.engines.llm import accounts, pricing
from codeaug.engines.llm.asking import Guard, Purse
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.openai_endpoint import OpenAI
from codeaug.engines.llm.pricing import Price
from codeaug.errors import ModelUnavailable
from codeaug.model import Batch, Sent, content_id
from codeaug.store import Store

MOST_LINES = 50_000
ENDED = ("completed", "failed", "expired", "cancelled")
PATH: Literal["/v1/chat/completions"] = "/v1/chat/completions"
SUBMITTING, SUBMITTED = "submitting", "submitted"


@dataclass(frozen=True)
class Batches:
    """The jobs of one model at one endpoint."""

    store: Store
    endpoint: OpenAI
    guard: Guard
    purse: Purse
    price: Price | None

    def collect(self) -> list[Batch]:
        """Takes in what has ended; the jobs that have not. Raises ModelUnavailable."""
        for job in self.store.batches(SUBMITTING):
            self._adopt(job)
        return [job for job in self.store.batches(SUBMITTED) if not self._taken_in(job)]

    def with_those(self, pending: Sequence[Batch], calls: Sequence[Call]) -> list[Batch]:
        """The pending jobs and new ones for those calls that are in none of them and that the
        policy lets pass. Raises ModelUnavailable."""
        under_way = {key for job in pending for key in job.keys}
        new = [c for c in calls if c.key not in under_way and not self.guard.refuses(c)]
        jobs = [self._job(new[n : n + MOST_LINES]) for n in range(0, len(new), MOST_LINES)]
        return [*pending, *jobs]

    # --- what has ended ---------------------------------------------------------------------------

    def _adopt(self, job: Batch) -> None:
        """A job that was being submitted when a run was killed: the endpoint may have it."""
        with _plain_errors():
            found = next(
                (b for b in self.endpoint.client.batches.list(limit=100)
                 if (b.metadata or {}).get("codeaug") == job.id), None,
            )  # fmt: skip
        with self.store.writing():
            if found is not None:
                self.store.put_batch(replace(job, id=found.id, state=SUBMITTED))
            else:
                self.store.put_outcomes(job.keys, "refused")
            self.store.put_batch(replace(job, state="settled"))

    def _taken_in(self, job: Batch) -> bool:
        with _plain_errors():
            client = self.endpoint.client
            found = client.batches.retrieve(job.id)
            if found.status not in ENDED:
                return False
            file = found.output_file_id
            body = client.files.content(file).content if file else b""
        sent = self.store.sent(job.keys)
        answered = set()
        with self.store.writing():
            for key, line in _lines(body):
                if key in sent and self._keep(sent[key], line):
                    answered.add(key)
            self.store.put_outcomes(answered, "replied")
            self.store.put_outcomes(set(job.keys) - answered, "refused")
            self.store.put_batch(replace(job, state=found.status))
        for key in set(job.keys) - answered:
            self.purse.settle(key, 0)
        return True

    def _keep(self, sent: Sent, line: dict[str, Any]) -> bool:
        """Whether the line is a reply."""
        response = line.get("response") or {}
        if response.get("status_code") != 200:
            return False
        body = json.dumps(response["body"], ensure_ascii=False).encode("utf-8", "surrogatepass")
        estimate = round(sent.size / pricing.BYTES_A_TOKEN)
        try:
            reply = accounts.paid(sent, body, self.price, estimate, batch=True)
        except ValueError:
            return False
        self.store.put_reply(reply)
        self.purse.settle(sent.key, reply.cost)
        return True

    # --- what is to be asked ----------------------------------------------------------------------

    def _job(self, calls: Sequence[Call]) -> Batch:
        lines = {call: self._line(call) for call in calls}
        job = self._written_down(lines)
        with _plain_errors():
            client = self.endpoint.client
            content = b"\n".join(lines.values()) + b"\n"
            file = client.files.create(file=("codeaug.jsonl", content), purpose="batch")
            made = client.batches.create(
                input_file_id=file.id,
                endpoint=PATH,
                completion_window="24h",
                metadata={"codeaug": job.id},
            )
        submitted = replace(job, id=made.id, state=SUBMITTED)
        with self.store.writing():
            self.store.put_batch(submitted)
            self.store.put_batch(replace(job, state="settled"))
        return submitted

    def _written_down(self, lines: dict[Call, bytes]) -> Batch:
        """The job, its worst cost reserved and the ledger written, before anything leaves."""
        worst = {call: accounts.worst(call, self.price, batch=True) for call in lines}
        for call, most in worst.items():
            self.purse.reserve(call.key, most)
        now, first = datetime.now(UTC), next(iter(lines))
        keys = tuple(call.key for call in lines)
        name = content_id(*keys, now.isoformat())
        job = Batch(
            name, self.endpoint.base_url, first.model, keys, sum(worst.values()), now, SUBMITTING
        )
        address, policy = self.endpoint.base_url, self.guard.policy
        records = [
            accounts.line(call, address, policy, line, worst[call]) for call, line in lines.items()
        ]
        with self.store.writing():
            self.store.put_sent(records)
            self.store.put_batch(job)
        return job

    def _line(self, call: Call) -> bytes:
        body = self.endpoint.body(call)
        line = {"custom_id": call.key, "method": "POST", "url": PATH, "body": body}
        return json.dumps(line).encode()


def _lines(body: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in body.splitlines():
        try:
            found = json.loads(line)
            yield str(found["custom_id"]), found
        except (ValueError, LookupError, TypeError):
            continue


@contextmanager
def _plain_errors() -> Iterator[None]:
    import openai

    try:
        yield
    except openai.OpenAIError as error:
        words = " ".join(str(error).split())[:300]
        raise ModelUnavailable(
            f"the batch endpoint does not take or give the job: {words}."
        ) from error
