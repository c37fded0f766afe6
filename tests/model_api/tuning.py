"""/v1/fine_tuning/jobs: at each poll a job becomes what comes next in the states of its server."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.model_api.completions import Answer
from tests.model_api.files import Files
from tests.model_api.script import Broken, error

HAPPY = ("validating_files", "running", "succeeded")


@dataclass(frozen=True)
class Tunes:
    """What the server does with files and jobs: `states` of a job by poll, the last one for ever;
    the purpose of a file that it refuses; whether the answer to a new job is lost on its way, or
    the job refused; `silent` polls are not answered."""

    states: Sequence[str] = HAPPY
    refused_file: str = ""
    lost: bool = False
    refused_job: str = ""
    silent: int = 0
    forgets: bool = False


@dataclass
class Job:
    id: str
    asked: dict[str, Any]
    polls: int = 0


class Tuning:
    def __init__(self, files: Files, tunes: Tunes) -> None:
        self.jobs: list[Job] = []
        self.tunes = tunes
        self._files = files

    def create(self, asked: Any) -> Answer:
        if self.tunes.refused_job:
            return Answer.of(error(400, self.tunes.refused_job, code="model_not_available"))
        for name in ("training_file", "validation_file"):
            file = self._files.get(asked.get(name, ""))
            if name in asked and (file is None or file.purpose != "fine-tune"):
                return Answer.of(error(400, f"{asked[name]} is no file to tune on.", param=name))
        job = Job(f"ftjob-{len(self.jobs) + 1}", asked)
        self.jobs.append(job)
        answer = Answer.json(self._described(job))
        return replace(answer, broken=Broken("cut", 10)) if self.tunes.lost else answer

    def all(self) -> Answer:
        data = [self._described(job) for job in reversed(self.jobs)]
        return Answer.json({"object": "list", "data": data, "has_more": False})

    def get(self, number: str) -> Answer:
        job = next((job for job in self.jobs if job.id == number), None)
        if job is None or self.tunes.forgets:
            return Answer.of(error(404, f"Could not find fine tune: {number}", param="id"))
        job.polls += 1
        answer = Answer.json(self._described(job))
        return replace(answer, broken=Broken("cut")) if job.polls <= self.tunes.silent else answer

    def _described(self, job: Job) -> dict[str, Any]:
        states = self.tunes.states
        state = states[min(max(0, job.polls - 1), len(states) - 1)]
        done, failed = state == "succeeded", state == "failed"
        return {
            "id": job.id,
            "object": "fine_tuning.job",
            "created_at": int(time.time()),
            "model": job.asked["model"],
            "status": state,
            "fine_tuned_model": f"ft:{job.asked['model']}:acme::1" if done else None,
            "trained_tokens": 1234 if done else None,
            "error": {"code": "bad", "message": "the loss exploded", "param": None}
            if failed
            else None,
            "hyperparameters": {"n_epochs": "auto"},
            "organization_id": "org",
            "result_files": [],
            "seed": 0,
            "training_file": job.asked["training_file"],
            "validation_file": job.asked.get("validation_file"),
        }
