"""What a call costs: in billionths of a dollar, so that sums are exact."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from codeaug.bundled import bundled
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.reading import Completion
from codeaug.errors import UsageError

BATCH_SHARE = Decimal("0.5")
BYTES_A_TOKEN = 3.5
"""Of code, about; only for estimates: an upper bound takes every byte for a token."""
DEAREST = 100_000
"""Dollars for a million tokens: more is a slip, and more than a store can add up."""
MESSAGE_TOKENS = 16
"""More than any chat format adds to a message."""


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens; `cached` for those of a prompt that the endpoint knew,
    `training` for those that a model is tuned on, where that is known."""

    input: Decimal
    output: Decimal
    cached: Decimal
    training: Decimal | None = None

    def cost(self, prompt: int, reply: int, cached: int = 0, *, batch: bool = False) -> int:
        """Billionths of a dollar for so many tokens."""
        cached = min(cached, prompt)
        fresh = prompt - cached
        dollars_a_million = fresh * self.input + cached * self.cached + reply * self.output
        share = BATCH_SHARE if batch else Decimal(1)
        return int((dollars_a_million * share * 1000).to_integral_value(ROUND_HALF_UP))


@cache
def published() -> Mapping[str, Price]:
    """The price table that comes with codeaug, by PROVIDER:NAME."""
    document = tomllib.loads(bundled("templates", "prices.toml").read_text(encoding="utf-8"))
    tables = {name: table for name, table in document.items() if isinstance(table, dict)}
    return {name: price(name, {k: str(v) for k, v in table.items()})
            for name, table in tables.items()}  # fmt: skip


def price(name: str, table: Mapping[str, str]) -> Price:
    """A row of a price table. Raises UsageError."""
    unknown = set(table) - {"input", "output", "cached", "training"}
    if unknown or not {"input", "output"} <= set(table):
        raise UsageError(
            f"prices.{name} needs input and output (and may have cached and training)."
        )
    try:
        values = {key: Decimal(value) for key, value in table.items()}
    except ArithmeticError as error:
        raise UsageError(f"prices.{name}: a price is a number of dollars.") from error
    if any(not value.is_finite() or not 0 <= value <= DEAREST for value in values.values()):
        raise UsageError(f"prices.{name}: a price lies between 0 and {DEAREST} dollars.")
    cached = values.get("cached", values["input"])
    return Price(values["input"], values["output"], cached, values.get("training"))


def prices(own: Mapping[str, Mapping[str, str]]) -> dict[str, Price]:
    """The user's prices before the published ones. Raises UsageError."""
    return {**published(), **{name: price(name, table) for name, table in own.items()}}


def most_prompt_tokens(call: Call) -> int:
    """No tokenizer makes more tokens than bytes."""
    texts = (message.content for message in call.messages)
    return sum(len(text.encode("utf-8", "surrogatepass")) + MESSAGE_TOKENS for text in texts)


def likely_prompt_tokens(call: Call) -> int:
    return round(len(call.text.encode("utf-8", "surrogatepass")) / BYTES_A_TOKEN) + MESSAGE_TOKENS


def likely_reply_tokens(call: Call, code: str) -> int:
    """A rewritten function is about as long as the function."""
    length = len(code.encode("utf-8", "surrogatepass"))
    return min(call.most_tokens, round(1.3 * length / BYTES_A_TOKEN) + MESSAGE_TOKENS)


def counted(found: Completion, prompt_estimate: int) -> tuple[int, int, bool]:
    """Prompt and reply tokens, and whether the endpoint counted them itself."""
    prompt, reply = found.prompt_tokens, found.reply_tokens
    if prompt is not None and reply is not None:
        return prompt, reply, True
    estimate = round(len(found.text.encode("utf-8", "surrogatepass")) / BYTES_A_TOKEN)
    return prompt_estimate, estimate, False
