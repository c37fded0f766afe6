"""Before anything is spent: what a model would be asked, to the byte, and what it would cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from codeaug.engines.llm.asking import DOLLAR
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.drafting import DUPLICATE
from codeaug.engines.llm.endpoint import Delayed, Endpoint, open_endpoint
from codeaug.engines.llm.pricing import (
    Price,
    likely_prompt_tokens,
    likely_reply_tokens,
    most_prompt_tokens,
    prices,
)
from codeaug.engines.llm.reading import Kind
from codeaug.engines.llm.repairing import ROUNDS
from codeaug.model import Oracle, Unit
from codeaug.pipeline.asking import tell_refused
from codeaug.pipeline.desk import Desk, access, is_tested
from codeaug.pipeline.session import Session

ASSUMED_SECONDS = 8.0
"""For a reply, where none was measured."""


def shown(session: Session, known: Mapping[str, Oracle]) -> Iterator[dict[str, Any]]:
    """The very bytes of each first request, or why it would not leave. Nothing is sent."""
    desk = Desk(session)
    yield from bytes_of(
        desk,
        (
            (unit, call)
            for unit in desk.asked_about(known)
            for call in desk.drafted(desk.order(unit)).calls
        ),
    )


def bytes_of(desk: Desk, calls: Iterable[tuple[Unit, Call]]) -> Iterator[dict[str, Any]]:
    """The very bytes of these requests, or why one would not leave. Nothing is sent."""
    settings = desk.session.settings
    endpoint = open_endpoint(settings.model, access(settings))
    for unit, call in calls:
        reason = desk.refuses(call)
        body = b"" if reason else _bytes(endpoint, call)
        yield {
            "path": unit.path,
            "unit": unit.qualified_name,
            "endpoint": endpoint.base_url,
            "refused": reason,
            "body": body.decode("utf-8", "surrogateescape"),
        }
    endpoint.close()


class _NotSent(Exception):
    """Stops a request when its bytes are known."""


def _bytes(endpoint: Endpoint, call: Call) -> bytes:
    kept: list[bytes] = []

    def leaving(body: bytes) -> None:
        kept.append(body)
        raise _NotSent

    try:
        endpoint.send(call, leaving)
    except (_NotSent, Delayed):
        return kept[0]
    raise AssertionError("nothing may have been sent")


def plan(session: Session, known: Mapping[str, Oracle]) -> dict[str, Any]:
    """Calls, tokens, cost and time of what a run would ask: likely, and at most."""
    desk = Desk(session)
    tell_refused(session, desk, known)
    likely, most, kept = Sum(), Sum(), 0
    kinds = {*Kind, DUPLICATE}
    chosen = desk.asked_about(known)
    for unit in chosen:
        order = desk.order(unit)
        found = desk.drafted(order)
        kept += sum(reason not in kinds for (_, reason) in found.reasons)
        for call in found.calls:
            likely.add(likely_prompt_tokens(call), likely_reply_tokens(call, unit.code))
        if found.calls:
            calls = [order.call(sample) for sample in range(order.most)]
            answered = session.store.replies(call.key for call in calls)
            for call in calls:
                if call.key in answered:
                    continue
                for turn in range(1 + ROUNDS):  # a repair repeats what was said before
                    prompt = most_prompt_tokens(call) + turn * 2 * call.most_tokens
                    most.add(prompt, call.most_tokens)
    refused = kept + sum(bool(desk.refusal(u.path)) for u in desk.units if is_tested(u, known))
    return {"units": len(chosen), "refused": refused} | costs(session, likely, most)


def costs(session: Session, likely: Sum, most: Sum) -> dict[str, Any]:
    """Calls, tokens, cost and time, by the chosen model or by all whose price is known."""
    settings = session.settings
    table = prices(settings.own_prices)
    names = [settings.model] if settings.model else sorted(table)
    return {
        "likely": likely.document,
        "most": most.document,
        "spent_usd": session.store.spent().cost / DOLLAR,
        "budget_usd": settings.budget,
        "models": [_priced(session, name, table.get(name), likely, most) for name in names],
    }


@dataclass
class Sum:
    """Calls and their tokens."""

    calls: int = 0
    prompt: int = 0
    reply: int = 0

    def add(self, prompt: int, reply: int) -> None:
        self.calls += 1
        self.prompt += prompt
        self.reply += reply

    @property
    def document(self) -> dict[str, int]:
        return {"calls": self.calls, "prompt_tokens": self.prompt, "reply_tokens": self.reply}


def _priced(
    session: Session, name: str, price: Price | None, likely: Sum, most: Sum
) -> dict[str, Any]:
    """A model's row. Seconds are by what its replies took before, else an assumption."""
    measured = session.store.median_seconds(name)
    each = measured or ASSUMED_SECONDS
    rounds_needed = -(-likely.calls // session.settings.calls)
    half = price.cost(likely.prompt, likely.reply, batch=True) / DOLLAR if price else None
    return {
        "model": name,
        "likely_usd": price.cost(likely.prompt, likely.reply) / DOLLAR if price else None,
        "most_usd": price.cost(most.prompt, most.reply) / DOLLAR if price else None,
        "batch_usd": half,
        "seconds": round(rounds_needed * each, 1),
        "seconds_measured": measured is not None,
    }
