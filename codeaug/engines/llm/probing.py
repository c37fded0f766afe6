"""What an endpoint can do: one real request, without any source in it."""

from __future__ import annotations

import time
from dataclasses import dataclass

from codeaug.engines.llm.call import Call, Message
from codeaug.engines.llm.endpoint import Delayed, Endpoint, Refused
from codeaug.engines.llm.reading import Completion, completion
from codeaug.errors import ModelUnavailable

QUESTION = "Answer with the one word ready, in lower case, and nothing else."


@dataclass(frozen=True, slots=True)
class Capability:
    """The reply to one question, how long it took, and the parameters that were refused."""

    reply: Completion
    seconds: float
    refused: tuple[str, ...]


def probe(endpoint: Endpoint, model: str, most_tokens: int) -> Capability:
    """Asks once. Raises ModelUnavailable, with the endpoint's own words."""
    message = Message("user", QUESTION)
    call = Call("probe", "", model, (message,), 0.0, most_tokens)
    started = time.monotonic()
    try:
        body = endpoint.send(call, lambda body: None)
        reply = completion(body)
    except (Delayed, Refused, ValueError) as error:
        raise ModelUnavailable(f"{endpoint.base_url} did not answer: {error}.") from error
    refused = tuple(sorted(getattr(endpoint, "unsupported", ())))
    return Capability(reply, time.monotonic() - started, refused)
