"""An export in a format of OpenAI's -> a fine-tuning job at an endpoint, followed to its end.

Source leaves by it, so the same rules hold as for a model: the endpoint is on the list, the policy
judges the file of each function and every text, and the ledger tells of the bytes before they go.
What was uploaded and started is in the store before anybody waits: a run that was stopped goes on
with the same job, and nothing is paid twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from codeaug.egress import Policy
from codeaug.engines.llm.endpoint import Delayed
from codeaug.engines.llm.pricing import prices
from codeaug.engines.llm.tuning import ENDED, Job, Tuner
from codeaug.errors import ModelUnavailable, UsageError
from codeaug.model import Sent
from codeaug.pipeline import desk
from codeaug.pipeline.leaving import policy_of
from codeaug.pipeline.released import File, Released, read_released
from codeaug.pipeline.session import Session
from codeaug.store import Tuned
from codeaug.withdrawals import withdrawn

_FIRST_WAIT, _LONGEST_WAIT = 0.25, 30.0
_UPLOADING, _BEGINNING = "uploading", "beginning"
_OVER = frozenset({"failed", "cancelled", "lost"})
_MILLION = 1_000_000

Telling = Callable[[str], None]


@dataclass(frozen=True)
class Tuning:
    """One dataset, one model, one endpoint."""

    session: Session
    folder: Path
    base: str
    suffix: str = ""

    # --- before anything leaves -------------------------------------------------------------------

    @cached_property
    def endpoint(self) -> str:
        """Raises UsageError for one that may not be asked."""
        return desk.base_url(self._settings)

    @property
    def _settings(self) -> Any:
        return replace(self.session.settings, model=f"openai:{self.base}")

    @cached_property
    def released(self) -> Released:
        """What is in the folder, its digests compared. Raises UsageError."""
        return read_released(self.folder)

    @cached_property
    def policy(self) -> Policy:
        return policy_of(self.session)

    def plan(self) -> dict[str, Any]:
        """What would be sent where, and cost. Raises UsageError for what may not be sent."""
        self.check()
        dollars, attempt = self.dollars, self._attempt()
        return {
            "endpoint": self.endpoint,
            "model": self.base,
            "release": self.released.id,
            "format": self.released.format,
            "files": [
                {"name": f.name, "split": f.split, "rows": f.rows, "bytes": len(f.content),
                 "sha256": f.sha256}
                for f in self.released.files
            ],
            "tokens": self.released.tokens,
            "train_tokens": self.released.train_tokens,
            "dollars_an_epoch": None if dollars is None else float(dollars),
            "job": attempt.job if attempt else "",
            "state": attempt.state if attempt else "",
        }  # fmt: skip

    def check(self) -> None:
        """Raises UsageError when the endpoint, a function or a text keeps the dataset here, or when
        it may cost more than the budget."""
        _ = self.endpoint
        self._check_units()
        for file in self.released.files:
            for number, text in file.texts():
                if why := self.policy.secret(text):
                    raise UsageError(f"{file.name} stays here: row {number}, {why}. Export again.")
        self._check_budget()

    def _check_units(self) -> None:
        taken = withdrawn(self.session.store).reaches()
        paths = self.session.tree.paths
        for unit in self.released.units:
            if unit["id"] in taken:
                raise UsageError(
                    f"{unit['path']}::{unit['name']} was withdrawn since this dataset was made: "
                    "export again."
                )
        for path in dict.fromkeys(str(unit["path"]) for unit in self.released.units):
            source = self.session.read(path) if path in paths else b""
            if why := self.policy.refusal(path, source):
                raise UsageError(f"the dataset stays here: {why}. Leave that out by dataset.skip.")

    def _check_budget(self) -> None:
        budget, dollars = self.session.settings.budget, self.dollars
        if budget and dollars is None:
            raise UsageError(
                f"nothing is known about the price of tuning {self.base}, so a budget cannot be "
                f'kept: write [prices."openai:{self.base}"] with input, output and training into '
                "your codeaug.toml (dollars for a million tokens)."
            )
        if budget and dollars is not None and dollars > Decimal(str(budget)):
            raise ModelUnavailable(
                f"one epoch would cost about ${dollars:.4f}, and the budget is ${budget:.4f}."
            )

    @cached_property
    def dollars(self) -> Decimal | None:
        """What one epoch costs, about; None when nobody knows the price."""
        price = prices(self.session.settings.own_prices).get(f"openai:{self.base}")
        if price is None or price.training is None:
            return None
        return price.training * self.released.train_tokens / _MILLION

    # --- the job ----------------------------------------------------------------------------------

    def run(self, tell: Telling) -> Tuned:
        """Uploads, starts and follows, as far as that was not done before. Raises ModelUnavailable,
        also for a job that failed or was cancelled."""
        self.check()
        with closing(Tuner(desk.access(self._settings))) as tuner:
            with self.session.store.exclusive():  # two of us would pay for two jobs
                attempt = self._begun(tuner, tell)
            if attempt.state == "succeeded":
                return attempt
            return self._followed(tuner, attempt, tell)

    def _begun(self, tuner: Tuner, tell: Telling) -> Tuned:
        """The attempt with a job, a new one where there is none."""
        attempt = self._attempt()
        if attempt is None:
            attempt = Tuned(
                self.released.id, self.endpoint, self.base, self.suffix, state=_UPLOADING
            )
        if attempt.job:
            tell(f"going on with the job {attempt.job}, which was {attempt.state}")
            return attempt
        try:
            return self._started(tuner, attempt, tell)
        except Delayed as error:
            raise ModelUnavailable(
                f"the endpoint could not be asked ({error}): the same command goes on."
            ) from error

    def _attempt(self) -> Tuned | None:
        """The newest attempt with this dataset that did not come to nothing."""
        own = (self.endpoint, self.base, self.suffix)
        found = [
            each
            for each in self.session.store.releases.tuned(self.released.id)
            if (each.endpoint, each.base, each.suffix) == own
        ]
        return found[-1] if found and found[-1].state not in _OVER else None

    def _started(self, tuner: Tuner, attempt: Tuned, tell: Telling) -> Tuned:
        """Has the files there and a job begun; adopts one whose beginning was not told to us."""
        names = {file.split: attempt.files.get(file.sha256, "") for file in self.released.files}
        job = tuner.started(names["train"]) if attempt.state == _BEGINNING else None
        if job is None:
            for file in self.released.files:
                name = names[file.split]
                if not name or not tuner.has(name):
                    tell(f"uploading {file.name}: {file.rows} rows, {len(file.content)} bytes")
                    name = self._uploaded(tuner, file)
                    attempt = replace(attempt, files={**attempt.files, file.sha256: name})
                    self._keep(attempt)
                names[file.split] = name
            attempt = replace(attempt, state=_BEGINNING)
            self._keep(attempt)
            job = self._job(tuner, attempt, names)
        attempt = replace(attempt, job=job.id, state=job.state)
        self._keep(attempt)
        tell(f"the job {job.id} began")
        return attempt

    def _job(self, tuner: Tuner, attempt: Tuned, names: Mapping[str, str]) -> Job:
        validation = names.get("validation", "")
        preferences = self.released.has_preferences
        try:
            return tuner.start(self.base, names["train"], validation, self.suffix, preferences)
        except ModelUnavailable:  # it said no: there is none to look for
            self._keep(replace(attempt, state=_UPLOADING))
            raise

    def _uploaded(self, tuner: Tuner, file: File) -> str:
        """The endpoint's name of a file; its line in the ledger is written before it goes."""
        line = Sent(
            key=file.sha256[:32],
            unit_id="",
            purpose="finetune",
            endpoint=self.endpoint,
            model=f"openai:{self.base}",
            policy=self.policy.id,
            digest=file.sha256,
            size=len(file.content),
            most=0,  # an upload costs nothing
            made_at=datetime.now(UTC),
        )
        (seq,) = self.session.store.put_sent([line])
        outcome = "lost"
        try:
            given = tuner.upload(file.name, file.content)
            outcome = "received"
        except ModelUnavailable:
            outcome = "refused"
            raise
        finally:
            self.session.store.put_outcome(seq, outcome)
        return given

    def _followed(self, tuner: Tuner, attempt: Tuned, tell: Telling) -> Tuned:
        """Until the job has ended."""
        last, wait = attempt.state, _FIRST_WAIT
        silent_since: float | None = None
        while True:
            try:
                job = tuner.job(attempt.job)
                silent_since = None
            except Delayed as error:
                now = time.monotonic()
                silent_since = now if silent_since is None else silent_since
                if now - silent_since >= self.session.settings.patience:
                    raise ModelUnavailable(
                        f"the endpoint does not answer ({error}); the job {attempt.job} goes on "
                        "there: the same command goes on with it."
                    ) from error
            else:
                if job is None:
                    self._keep(replace(attempt, state="lost"))
                    raise ModelUnavailable(
                        f"the endpoint does not know the job {attempt.job} any more: it may have "
                        "been charged. The same command begins another."
                    )
                attempt = self._told(attempt, job)
                if job.state != last:
                    tell(f"the job {job.id} is {job.state}{_tokens(job)}")
                    last, wait = job.state, _FIRST_WAIT
                if job.state in ENDED:
                    return self._ended(attempt, job)
            time.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 1.5)

    def _told(self, attempt: Tuned, job: Job) -> Tuned:
        newest = replace(attempt, state=job.state, model=job.model)
        if newest != attempt:
            self._keep(newest)
        return newest

    def _ended(self, attempt: Tuned, job: Job) -> Tuned:
        by = f"{self.base} at {self.endpoint}"
        if job.state != "succeeded":
            why = f": {job.problem}" if job.problem else ""
            raise ModelUnavailable(
                f"the job {job.id} ({by}) {'failed' if job.state == 'failed' else 'was cancelled'}"
                f"{why}. The same command begins another."
            )
        if not job.model:
            raise ModelUnavailable(f"the job {job.id} ({by}) succeeded and names no model.")
        return attempt

    def _keep(self, attempt: Tuned) -> None:
        self.session.store.releases.put_tuned(attempt)


def _tokens(job: Job) -> str:
    return f", {job.tokens} tokens trained" if job.tokens else ""


def document(made: Tuned) -> Mapping[str, Any]:
    """What came of it, as JSON."""
    return {
        "release": made.release_id, "endpoint": made.endpoint, "base": made.base,
        "suffix": made.suffix, "job": made.job, "model": made.model, "state": made.state,
        "files": dict(made.files), "made_at": made.made_at.isoformat(),
    }  # fmt: skip
