"""What a call costs at worst, its line in the ledger, and its reply with what it did cost."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from codeaug.engines.llm import pricing
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.pricing import Price
from codeaug.engines.llm.reading import completion
from codeaug.model import Reply, Sent


def worst(call: Call, price: Price | None, *, batch: bool = False) -> int:
    """Billionths of a dollar, at most; 0 where nobody knows the price."""
    if price is None:
        return 0
    return price.cost(pricing.most_prompt_tokens(call), call.most_tokens, batch=batch)


def line(call: Call, endpoint: str, policy: str, body: bytes, most: int) -> Sent:
    """The ledger's line about these bytes."""
    return Sent(
        key=call.key,
        unit_id=call.unit_id,
        purpose=call.purpose,
        endpoint=endpoint,
        model=call.model,
        policy=policy,
        digest=hashlib.sha256(body).hexdigest(),
        size=len(body),
        most=most,
        made_at=datetime.now(UTC),
    )


def paid(
    asked: Call | Sent,
    body: bytes,
    price: Price | None,
    prompt_estimate: int,
    seconds: float = 0.0,
    *,
    batch: bool = False,
) -> Reply:
    """The reply to what was asked; the estimate counts where the endpoint counted nothing.

    Raises ValueError for a body that is no completion.
    """
    found = completion(body)
    prompt, tokens, counted = pricing.counted(found, prompt_estimate)
    cost = price.cost(prompt, tokens, found.cached_tokens, batch=batch) if price else 0
    return Reply(
        key=asked.key,
        unit_id=asked.unit_id,
        purpose=asked.purpose,
        model=asked.model,
        body=body,
        prompt_tokens=prompt,
        reply_tokens=tokens,
        cost=cost,
        counted=counted,
        seconds=round(seconds, 3),
        made_at=datetime.now(UTC),
    )
