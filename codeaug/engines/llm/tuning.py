"""Fine-tuning jobs by OpenAI's protocol: files up, a job, and what became of it.

As with calls, nothing is tried twice here, no redirect is followed, and errors are one sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from codeaug.engines.llm.endpoint import Access, Delayed, Refused, Unsupported, judge, plain
from codeaug.engines.llm.openai_endpoint import OpenAI, was_sent, words_of
from codeaug.errors import ModelUnavailable

ENDED = frozenset({"succeeded", "failed", "cancelled"})
_LISTED = 100


@dataclass(frozen=True, slots=True)
class Job:
    """A fine-tuning job as the endpoint tells of it. `model` is empty until it is made."""

    id: str
    state: str
    model: str
    problem: str
    tokens: int


class Tuner:
    """Raises Delayed when the endpoint could not answer now, ModelUnavailable when it will not."""

    def __init__(self, access: Access) -> None:
        self._endpoint = OpenAI(access)

    def close(self) -> None:
        self._endpoint.close()

    def upload(self, name: str, content: bytes) -> str:
        """The endpoint's name of a file."""
        with _plain_errors(f"the file {name}"):
            made = self._endpoint.client.files.create(file=(name, content), purpose="fine-tune")
            return _id(made)

    def has(self, file: str) -> bool:
        """Whether a file that was uploaded once is there still."""
        import openai

        with _plain_errors(f"a question about the file {file}"):
            try:
                return _id(self._endpoint.client.files.retrieve(file)) == file
            except openai.NotFoundError:
                return False

    def start(
        self, model: str, training: str, validation: str, suffix: str, preferences: bool
    ) -> Job:
        """Begins a job with these files; who says `preferences` has pairs of answers."""
        more: dict[str, Any] = {"validation_file": validation} if validation else {}
        more |= {"suffix": suffix} if suffix else {}
        more |= {"method": {"type": "dpo"}} if preferences else {}
        with _plain_errors(f"a fine-tuning job for {model}"):
            jobs = self._endpoint.client.fine_tuning.jobs
            return _job(jobs.create(model=model, training_file=training, **more))

    def started(self, training: str) -> Job | None:
        """The job with this file, if there is one: an answer that told of it may have been lost."""
        with _plain_errors("a question about its jobs"):
            page = self._endpoint.client.fine_tuning.jobs.list(limit=_LISTED)
            found = (job for job in page if job.training_file == training)
            return next(map(_job, found), None)

    def job(self, job: str) -> Job | None:
        """None when the endpoint does not know it any more."""
        import openai

        with _plain_errors(f"a question about the job {job}"):
            try:
                return _job(self._endpoint.client.fine_tuning.jobs.retrieve(job))
            except openai.NotFoundError:
                return None


def _id(found: Any) -> str:
    """Servers say what they like: the client does not look."""
    if not isinstance(found.id, str) or not found.id:
        raise ModelUnavailable("the endpoint gives what was sent no name.")
    return plain(found.id)


def _job(found: Any) -> Job:
    told = getattr(found.error, "message", "") or ""
    tokens = found.trained_tokens if isinstance(found.trained_tokens, int) else 0
    state, model = str(found.status or "unknown"), str(found.fine_tuned_model or "")
    return Job(_id(found), plain(state), plain(model), plain(str(told)), tokens)


@contextmanager
def _plain_errors(what: str) -> Iterator[None]:
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        try:
            judge(error.status_code, words_of(error), error.response.headers)
        except (Refused, Unsupported) as refused:
            raise ModelUnavailable(f"the endpoint does not take {what} ({refused}).") from refused
    except openai.APITimeoutError as error:
        raise Delayed("no answer in time", lost=was_sent(error)) from error
    except openai.APIConnectionError as error:
        raise Delayed(f"no connection: {error.__cause__ or error}", lost=was_sent(error)) from error
    except (openai.OpenAIError, ValueError, AttributeError, TypeError) as error:
        said = plain(str(error))
        raise ModelUnavailable(f"the endpoint answers {what} with nonsense ({said}).") from error
