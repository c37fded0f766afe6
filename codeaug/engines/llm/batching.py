"""Batch endpoints (OpenAI's Batch API and compatible): half the price, within a day.

Submit, leave, come back: the store knows the jobs. Lines that failed are simply calls without a
reply, and go into the next job alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

from codeaug.engines.llm import accounts, pricing
from codeaug.engines.llm.asking import Guard, Purse
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.endpoint import OPTIONAL, Delayed, Refused, Unsupported, judge, plain
from codeaug.engines.llm.openai_endpoint import OpenAI
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.reading import table
from codeaug.errors import ModelUnavailable
from codeaug.model import Batch, Sent, content_id
from codeaug.store import Store

MOST_LINES, MOST_BYTES = 50_000, 190_000_000
ENDED = ("completed", "failed", "expired", "cancelled")
PATH: Literal["/v1/chat/completions"] = "/v1/chat/completions"
SUBMITTING, SUBMITTED = "submitting", "submitted"


@dataclass(frozen=True)
class Batches:
    """The jobs of one model at one endpoint. `refused` says of calls, by key, why the endpoint will
    never answer them."""

    store: Store
    endpoint: OpenAI
    model: str
    guard: Guard
    purse: Purse
    price: Price | None
    refused: dict[str, str] = field(default_factory=dict)

    def collect(self) -> list[Batch]:
        """Takes in what has ended; the jobs that have not. Raises ModelUnavailable, when all is
        taken in, for a job that the endpoint did not take or does not know any more."""
        for job in self._own(SUBMITTING):
            self._adopt(job)
        jobs = self._own(SUBMITTED)
        problems = {job.id: self._taken_in(job) for job in jobs}
        if told := [problem for problem in problems.values() if problem]:
            raise ModelUnavailable(" ".join(dict.fromkeys(told)))
        return [job for job in jobs if problems[job.id] is None]

    def _own(self, state: str) -> list[Batch]:
        place = self.model, self.endpoint.base_url
        return [job for job in self.store.batches(state) if (job.model, job.endpoint) == place]

    def with_those(self, pending: Sequence[Batch], calls: Sequence[Call]) -> list[Batch]:
        """The pending jobs and new ones for those calls that are in none of them and that policy
        and endpoint let pass. Raises ModelUnavailable, also when the budget holds for the first of
        them only, which are asked."""
        left_out = {key for job in pending for key in job.keys} | self.refused.keys()
        new = [c for c in calls if c.key not in left_out and not self.guard.refuses(c)]
        affordable, problem = self._reserved(new)
        jobs = [self._job(lines) for lines in _files({c: self._line(c) for c in affordable})]
        if problem is not None:
            raise problem
        return [*pending, *jobs]

    def _reserved(self, calls: Sequence[Call]) -> tuple[list[Call], ModelUnavailable | None]:
        """The calls that the budget holds for."""
        for number, call in enumerate(calls):
            try:
                self.purse.reserve(call.key, self._worst(call))
            except ModelUnavailable as problem:
                return list(calls[:number]), problem
        return list(calls), None

    def _worst(self, call: Call) -> int:
        return accounts.worst(call, self.price, batch=True)

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

    def _taken_in(self, job: Batch) -> str | None:
        """None while the job is under way; else what is wrong with it, "" when nothing is."""
        import openai

        with _plain_errors():
            client = self.endpoint.client
            try:
                found = client.batches.retrieve(job.id)
                if found.status not in ENDED:
                    return None
                files = filter(None, (found.output_file_id, found.error_file_id))
                lines = [
                    line for file in files for line in _lines(client.files.content(file).content)
                ]
            except openai.NotFoundError:
                return self._lost(job)
        answered = self._kept(job, found.status, lines)
        failed = [line for key, line in lines if key not in answered]
        problem = self._not_answered(failed, bool(answered))
        for key in set(job.keys) - answered:
            self.purse.settle(key, 0)
        errors = found.errors.data if found.errors and found.errors.data else ()
        words = plain("; ".join(error.message or error.code or "" for error in errors))
        if found.status == "failed":
            return (
                f"the batch endpoint did not take the job {job.id} ({words}): run again to go on."
            )
        return problem

    def _lost(self, job: Batch) -> str:
        with self.store.writing():
            self.store.put_outcomes(job.keys, "lost")
            self.store.put_batch(replace(job, state="lost"))
        return (
            f"the batch endpoint does not know the job {job.id}, or what came of it, any more: its "
            f"{len(job.keys)} requests may have been charged; run again to submit them anew."
        )

    def _kept(
        self, job: Batch, state: str, lines: Sequence[tuple[str, dict[str, Any]]]
    ) -> set[str]:
        """Keeps each reply, once; the keys of those that came."""
        sent, answered = self.store.sent(job.keys), set[str]()
        with self.store.writing():
            for key, line in lines:
                if key in sent and key not in answered and self._keep(sent[key], line):
                    answered.add(key)
            self.store.put_outcomes(answered, "replied")
            self.store.put_outcomes(set(job.keys) - answered, "refused")
            self.store.put_batch(replace(job, state=state))
        return answered

    def _not_answered(self, lines: Sequence[dict[str, Any]], others_were: bool) -> str:
        """What may be asked again is asked again, without a parameter that is not known, and what
        no job will answer is not; what is wrong when that may be any call."""
        problem = ""
        for line in lines:
            try:
                self._judge(table(line.get("response")))
            except Refused as refused:
                if refused.own or others_were:
                    self.refused[str(line["custom_id"])] = str(refused)
                else:
                    problem = f"the batch endpoint takes no call ({refused}): run again to go on."
            except ModelUnavailable as error:
                problem = str(error)
            except Delayed:
                continue
        return problem

    def _judge(self, response: dict[str, Any]) -> None:
        """Raises what an error means for its call; not for one that was not asked in time."""
        status, error = response.get("status_code"), table(response.get("body")).get("error")
        if not isinstance(status, int) or status == 200:
            return
        told = table(error)
        try:
            judge(status, plain(f"{told.get('code') or ''} {told.get('message') or ''}"), {})
        except Unsupported as unsupported:
            self.endpoint.leave_out(unsupported, set(OPTIONAL))

    def _keep(self, sent: Sent, line: dict[str, Any]) -> bool:
        """Whether the line is a reply."""
        response = table(line.get("response"))
        if response.get("status_code") != 200:
            return False
        answer = response.get("body")
        body = json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass")
        estimate = round(sent.size / pricing.BYTES_A_TOKEN)
        try:
            reply = accounts.paid(sent, body, self.price, estimate, batch=True)
        except ValueError:
            return False
        self.store.put_reply(reply)
        self.purse.settle(sent.key, reply.cost)
        return True

    # --- what is to be asked ----------------------------------------------------------------------

    def _job(self, lines: dict[Call, bytes]) -> Batch:
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
        """The job and the ledger, before anything leaves."""
        worst = {call: self._worst(call) for call in lines}
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


def _files(lines: dict[Call, bytes]) -> Iterator[dict[Call, bytes]]:
    """The lines in files that a batch endpoint takes."""
    file: dict[Call, bytes] = {}
    size = 0
    for call, line in lines.items():
        if len(file) == MOST_LINES or size + len(line) > MOST_BYTES:
            yield file
            file, size = {}, 0
        file[call] = line
        size += len(line) + 1
    if file:
        yield file


def _lines(body: bytes) -> Iterator[tuple[str, dict[str, Any]]]:
    for line in body.splitlines():
        try:
            found = json.loads(line)
            yield str(found["custom_id"]), found
        except (ValueError, RecursionError, LookupError, TypeError):
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
