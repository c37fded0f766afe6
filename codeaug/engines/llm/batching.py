"""Batch endpoints (OpenAI's Batch API and compatible): half the price, within a day.

Submit, leave, come back: the store knows the jobs. Lines that failed are simply calls without a
reply, and go into the next job alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from codeaug.engines.llm import pricing
from codeaug.engines.llm.asking import Guard, Purse, Unanswered
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import Delayed, OpenAI, Refused
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.reading import completion
from codeaug.errors import ModelUnavailable
from codeaug.model import Batch, Reply, Sent
from codeaug.store import Store

MOST_LINES = 50_000
ENDED = ("completed", "failed", "expired", "cancelled")
PATH = "/v1/chat/completions"


@dataclass(frozen=True)
class Batches:
    """The jobs of one model at one endpoint."""

    store: Store
    endpoint: OpenAI
    guard: Guard
    purse: Purse
    price: Price | None

    def collect(self, calls: Callable[[Sequence[str]], dict[str, Call]]) -> list[Batch]:
        """Takes in what has ended; the jobs that have not. `calls` gives calls by key.

        Raises ModelUnavailable.
        """
        return [job for job in self.store.batches() if not self._taken_in(job, calls)]

    def _taken_in(self, job: Batch, calls: Callable[[Sequence[str]], dict[str, Call]]) -> bool:
        with _plain_errors():
            client = self.endpoint.client
            found = client.batches.retrieve(job.id)
            if found.status not in ENDED:
                return False
            known = calls(job.keys)
            body = client.files.content(found.output_file_id).content if found.output_file_id else b""
        with self.store.writing():
            for key, line in _lines(body):
                if key in known and key in job.keys:
                    self._keep(known[key], line)
            self.store.put_batch(replace(job, state=found.status))
        return True

    def _keep(self, call: Call, line: dict[str, Any]) -> None:
        response = line.get("response") or {}
        if response.get("status_code") != 200:
            return
        body = json.dumps(response["body"], ensure_ascii=False).encode("utf-8", "surrogatepass")
        try:
            found = completion(body)
        except ValueError:
            return
        prompt, tokens, counted = pricing.counted(call, found)
        cached = found.cached_tokens
        cost = self.price.cost(prompt, tokens, cached, batch=True) if self.price else 0
        self.store.put_reply(
            Reply(
                call.key, call.unit_id, call.purpose, call.model, body, prompt, tokens, cost,
                counted, 0.0, datetime.now(UTC),
            )  # fmt: skip
        )
        self.purse.settle(call.key, cost)

    def submit(self, calls: Sequence[Call]) -> tuple[list[Batch], dict[str, Unanswered]]:
        """New jobs for these calls, and those that the policy keeps here. Raises
        ModelUnavailable."""
        kept = {c.key: Unanswered(why, final=True) for c in calls if (why := self.guard.refuses(c))}
        free = [call for call in calls if call.key not in kept]
        jobs = [self._job(free[n : n + MOST_LINES]) for n in range(0, len(free), MOST_LINES)]
        return jobs, kept

    def _job(self, calls: Sequence[Call]) -> Batch:
        lines = [(call, self._line(call)) for call in calls]
        worst = [self._most(call) for call in calls]
        for call, most in zip(calls, worst, strict=True):
            self.purse.reserve(call.key, most)
        now = datetime.now(UTC)
        with self.store.writing():
            self.store.put_sent(
                Sent(
                    call.key, call.unit_id, call.purpose, self.endpoint.base_url, call.model,
                    self.guard.policy, hashlib.sha256(line).hexdigest(), len(line), most, now,
                )
                for (call, line), most in zip(lines, worst, strict=True)
            )  # fmt: skip
        with _plain_errors():
            client = self.endpoint.client
            content = b"\n".join(line for _, line in lines) + b"\n"
            file = client.files.create(file=("codeaug.jsonl", content), purpose="batch")
            made = client.batches.create(
                input_file_id=file.id, endpoint=PATH, completion_window="24h"
            )
        keys = tuple(call.key for call in calls)
        job = Batch(made.id, self.endpoint.base_url, calls[0].model, keys, sum(worst), now)
        self.store.put_batch(job)
        return job

    def _line(self, call: Call) -> bytes:
        line = {"custom_id": call.key, "method": "POST", "url": PATH, "body": self.endpoint.body(call)}
        return json.dumps(line, ensure_ascii=True).encode()

    def _most(self, call: Call) -> int:
        if self.price is None:
            return 0
        return self.price.cost(pricing.most_prompt_tokens(call), call.most_tokens, batch=True)


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
    except (Delayed, Refused) as error:
        raise ModelUnavailable(f"the batch endpoint: {error}.") from error
    except openai.OpenAIError as error:
        words = " ".join(str(error).split())[:300]
        raise ModelUnavailable(f"the batch endpoint does not take or give the job: {words}.") from error
