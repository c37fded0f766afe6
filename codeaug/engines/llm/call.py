"""What is asked of a model, as a record: two equal calls are one call, and are paid once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from codeaug.model import content_id


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Call:
    """One request for one completion.

    `model` is PROVIDER:NAME, `most_tokens` the longest reply that is paid for, `sample` tells
    calls apart that ask the same. `places` are the files that text in the messages comes from.
    """

    purpose: str
    unit_id: str
    model: str
    messages: tuple[Message, ...]
    temperature: float
    most_tokens: int
    sample: int = 0
    places: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the reply is kept under: model, messages, parameters and sample."""
        asked = [(m.role, m.content) for m in self.messages]
        parameters = (self.temperature, self.most_tokens, self.sample)
        return content_id("call 1", self.model, json.dumps([asked, parameters]))

    @property
    def text(self) -> str:
        """Everything that the messages say."""
        return "\n".join(message.content for message in self.messages)

    @property
    def chat(self) -> list[dict[str, Any]]:
        """The messages as the OpenAI protocol has them."""
        return [{"role": m.role, "content": m.content} for m in self.messages]
