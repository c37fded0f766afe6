"""What a run proved -> another codeaug's queue: each sample once, however often it is stopped.

Source leaves by it, so the same rules hold as for a model: the address is on the list of endpoints,
the policy judges each file and text, and the ledger tells of the bytes before they go.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from codeaug.egress import Policy
from codeaug.endpoints import check_endpoint
from codeaug.errors import CodeaugError, ReceiverUnavailable, UsageError
from codeaug.model import Finding, Sent
from codeaug.pipeline.leaving import policy_of
from codeaug.pipeline.session import Session
from codeaug.push import Receiver
from codeaug.samples import Proven, document, proven
from codeaug.settings import Settings
from codeaug.store import chunks

_AT_ONCE = 200
_BYTES = 1 << 20
_LARGEST = (8 << 20) - 1024


def receiver(settings: Settings) -> Receiver:
    """Where a run pushes to. Raises UsageError for an address or key that cannot be used."""
    check_endpoint(settings.push, settings.endpoints)
    key = os.environ.get(settings.push_key_env, "").strip()
    if not key:
        raise UsageError(
            f"no key to push with: put one into {settings.push_key_env} (on the receiver: codeaug "
            "review keys add NAME --scope ingest --scope read)"
        )
    if not (key.isascii() and key.isprintable()):
        raise UsageError(f"what {settings.push_key_env} holds is no key.")
    return Receiver(settings.push, key, proxy=settings.proxy, ca_file=settings.ca_file)


def check(session: Session) -> None:
    """Raises UsageError for a push that could never work: before hours of measuring."""
    with closing(receiver(session.settings)) as there:
        try:
            there.greet()
        except ReceiverUnavailable as error:
            session.progress.note(f"{error}: it is tried again when the run is done")


def push(session: Session) -> dict[str, Any]:
    """Sends what of the commit reaches the bar and is not there yet; returns what came of it.
    `problem` says why not all of it went: the next run goes on from there."""
    sending = Sending(session)
    try:
        with closing(receiver(session.settings)) as there:
            sending.send_all(there)
    except CodeaugError as error:
        sending.problem = f"{error}; nothing is lost: the same command goes on from there."
    return sending.told()


@dataclass
class Sending:
    """One push of a session."""

    session: Session
    problem: str = ""
    samples: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    stays: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, Any]:
        counted = {name: self.counts[name] for name in ("known", "added", "queued")}
        to = {"to": self.session.settings.push, "samples": self.samples, **counted}
        return {**to, "stays": dict(self.stays), "problem": self.problem}

    def send_all(self, there: Receiver) -> None:
        """Raises UsageError, ReceiverUnavailable; what went until then is counted."""
        session = self.session
        ids = session.store.review_queue(session.settings.bar_rung, session.commit)
        self.samples = len(ids)
        with session.progress.stage("push", len(ids)) as advance:
            for some in chunks(ids, _AT_ONCE):
                ready = {sample.id: sample for sample in self._ready(some)}
                known = there.known(list(ready))
                self.counts["known"] += len(known)
                advance(len(some) - len(ready) + len(known))
                fresh = [sample for sample_id, sample in ready.items() if sample_id not in known]
                for batch in self._batches(fresh):
                    self._send(there, batch)
                    advance(len(batch))

    def _ready(self, ids: Iterable[str]) -> Iterator[Proven]:
        for variant_id in ids:
            sample = proven(self.session.store, self.session.commit, variant_id)
            if sample is None:
                self.stays["its function is not of this commit's scan"] += 1
            elif reason := self._refusal(sample):
                self.stays[reason] += 1
            else:
                yield self._without_secrets(sample)

    @cached_property
    def _policy(self) -> Policy:
        return policy_of(self.session)

    def _refusal(self, sample: Proven) -> str:
        """Why a sample may not leave; "" when it may."""
        now = self.session.store.unit_of(sample.variant.id, self.session.commit)
        if now is None:
            return "its function is not of this commit's scan"
        source = self.session.read(now.path)
        texts = f"{sample.unit.code}\n{sample.variant.code}\n{sample.variant.origin.prompt}"
        # It may have been moved since: neither place may keep it here.
        paths = dict.fromkeys((now.path, sample.unit.path))
        return next(filter(None, (self._policy.refusal(p, source, texts) for p in paths)), "")

    def _without_secrets(self, sample: Proven) -> Proven:
        """What programs printed is left out where it holds a secret; the finding stays."""
        findings = tuple(self._clean(one) for one in sample.evidence.findings)
        return replace(sample, evidence=replace(sample.evidence, findings=findings))

    def _clean(self, finding: Finding) -> Finding:
        detail, command, log = map(self._shown, (finding.detail, finding.command, finding.log))
        return replace(finding, detail=detail, command=command, log=log)

    def _shown(self, text: str) -> str:
        why = self._policy.secret(text) if text else ""
        return f"(left out: {why})" if why else text

    def _batches(self, samples: Iterable[Proven]) -> Iterator[list[tuple[Proven, bytes]]]:
        """As many as one request holds, at least one."""
        batch: list[tuple[Proven, bytes]] = []
        size = 0
        for sample in samples:
            body = json.dumps(document(sample), separators=(",", ":")).encode()
            if len(body) > _LARGEST:
                self.stays["larger than 8 MiB"] += 1
                continue
            if batch and size + len(body) > _BYTES:
                yield batch
                batch, size = [], 0
            batch.append((sample, body))
            size += len(body)
        if batch:
            yield batch

    def _send(self, there: Receiver, batch: Sequence[tuple[Proven, bytes]]) -> None:
        lines = self.session.store.put_sent(self._line(there, *pair) for pair in batch)
        outcome = "lost"
        try:
            answer = there.put([body for _, body in batch])
            outcome = "received"
        finally:
            for line in lines:
                self.session.store.put_outcome(line, outcome)
        self.counts.update(answer)

    def _line(self, there: Receiver, sample: Proven, body: bytes) -> Sent:
        return Sent(
            key=sample.id,
            unit_id=sample.unit.id,
            purpose="push",
            endpoint=there.url,
            model="",
            policy=self._policy.id,
            digest=hashlib.sha256(body).hexdigest(),
            size=len(body),
            most=0,
            made_at=datetime.now(UTC),
        )
