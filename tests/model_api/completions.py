"""POST /v1/chat/completions: checks the body, asks the script, words and charges the completion."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.model_api.ledger import Charge, Price, charge
from tests.model_api.script import (
    Broken,
    Refused,
    Reply,
    Request,
    Script,
    digest,
    error,
    no_such_model,
)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str]
    fault: str = ""
    broken: Broken | None = None
    charge: Charge | None = None  # None: not charged

    @classmethod
    def of(cls, refused: Refused) -> Answer:
        return cls(refused.status, refused.body, refused.headers, refused.name)

    @classmethod
    def json(cls, value: object) -> Answer:
        return cls(200, json.dumps(value).encode(), {})

    def value(self) -> Any:
        """The body as JSON, or as text where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return self.body.decode()


def words(text: str | None) -> int:
    return len((text or "").split())


class Completions:
    def __init__(self, script: Script, models: Mapping[str, Price]) -> None:
        self.models = models
        self._script = script
        self._attempts: Counter[str] = Counter()
        self._made = 0

    def reply(
        self, body: Any, headers: Mapping[str, str], custom_id: str = ""
    ) -> tuple[Request, Reply]:
        """What the script says, or the refusal of a body that no server would take."""
        if wrong := self._wrong(body):
            return Request(body, headers, custom_id=custom_id), Reply(fault=wrong)
        asked = digest(body)
        self._attempts[asked] += 1
        request = Request(body, headers, self._attempts[asked], custom_id)
        return request, within(self._script(request), body)

    def answer(self, request: Request, reply: Reply, batch: bool = False) -> Answer:
        if isinstance(reply.fault, Refused):
            return Answer.of(reply.fault)
        price = self.models[request.body["model"]]
        thought = words(reply.reasoning_content)
        spent = thought + words(reply.text) + words(reply.refusal)
        paid = charge(price, words(request.prompt), spent, batch)
        self._made += 1
        said = completion(f"chatcmpl-{self._made}", request, reply)
        if reply.usage:
            said["usage"] = usage(paid, thought)
        name = reply.fault.name if reply.fault else ""
        return Answer(200, json.dumps(said).encode(), {}, name, reply.fault, paid)

    def _wrong(self, body: Any) -> Refused | None:
        if not isinstance(body, dict):
            return error(400, "We could not parse the JSON body of your request.")
        if not isinstance(model := body.get("model"), str):
            return error(400, "you must provide a model parameter")
        if model not in self.models:
            return no_such_model(model)
        messages = body.get("messages")
        if not messages or not isinstance(messages, list):
            return error(400, "Missing required parameter: 'messages'.", param="messages")
        if not all(isinstance(one, dict) and isinstance(one.get("role"), str) for one in messages):
            return error(400, "Invalid type for 'messages'.", param="messages")
        if body.get("stream"):
            message = "Unsupported value: this server does not stream."
            return error(400, message, param="stream", code="unsupported_value")
        if body.get("n") not in (None, 1):
            message = "Unsupported value: 'n' is 1 on this server."
            return error(400, message, param="n", code="unsupported_value")
        return None


def within(reply: Reply, body: Mapping[str, Any]) -> Reply:
    """The reply in as many tokens as are asked for at most; what was thought comes first."""
    limit = body.get("max_completion_tokens") or body.get("max_tokens")
    thought = words(reply.reasoning_content)
    if limit is None or thought + words(reply.text) <= limit:
        return reply
    return replace(
        reply,
        reasoning_content=first(reply.reasoning_content, limit),
        text=first(reply.text, max(0, limit - thought)),
        finish_reason="length",
    )


def first(text: str | None, count: int) -> str | None:
    found = re.match(rf"(?:\s*\S+){{0,{count}}}", text or "")
    return None if text is None or not found else found[0]


def completion(number: str, request: Request, reply: Reply) -> dict[str, Any]:
    message: dict[str, Any] = {
        "role": "assistant",
        "content": reply.text,
        "refusal": reply.refusal,
    }
    if reply.reasoning_content is not None:
        message["reasoning_content"] = reply.reasoning_content
    choice = {
        "index": 0,
        "message": message,
        "logprobs": None,
        "finish_reason": reply.finish_reason,
    }
    return {
        "id": number,
        "object": "chat.completion",
        "created": int(time.time()),
        "model": reply.model or request.body["model"],
        "choices": [choice],
        "system_fingerprint": reply.fingerprint,
    }


def usage(paid: Charge, thought: int) -> dict[str, Any]:
    return {
        "prompt_tokens": paid.prompt_tokens,
        "completion_tokens": paid.completion_tokens,
        "total_tokens": paid.prompt_tokens + paid.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": thought},
    }
