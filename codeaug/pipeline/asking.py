"""The engine `llm` over a whole repository: units are asked about, replies read, variants kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from codeaug.engines.llm.asking import DOLLAR, Asker, Unanswered
from codeaug.engines.llm.batching import SUBMITTED
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.drafting import Draft, Order, draft
from codeaug.engines.llm.pricing import prices
from codeaug.engines.llm.reading import Kind
from codeaug.engines.llm.repairing import REPAIR
from codeaug.errors import ModelUnavailable
from codeaug.model import Oracle, Reply, Unit
from codeaug.pipeline.desk import Desk, base_url, is_tested
from codeaug.pipeline.session import Session

Item = TypeVar("Item")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking: why it ended early ("" when it did not), units left for the next run,
    and jobs at the batch endpoint that are not done."""

    stopped: str = ""
    left: int = 0
    jobs: int = 0

    def and_then(self, later: Asked) -> Asked:
        return Asked(self.stopped or later.stopped, self.left + later.left, later.jobs or self.jobs)


def generate(session: Session, known: Mapping[str, Oracle], batch: bool = False) -> Asked:
    """Variants by the model, unit by unit, into the store; what is done is not done again."""
    desk = Desk(session)
    tell_refused(session, desk, known)
    chosen = desk.asked_about(known)
    without = session.store.units_without_variants(session.commit, session.engine_key)
    waiting = {unit.id for unit in without} - {unit.id for unit in session.moved.values()}
    todo = [unit for unit in chosen if unit.id in waiting]
    return _by_batch(session, desk, todo) if batch else _at_once(session, desk, todo)


def tell_refused(session: Session, desk: Desk, known: Mapping[str, Oracle]) -> None:
    """Units that tests execute and that may not leave, with the reason."""
    with session.store.writing():
        for unit in desk.units:
            if is_tested(unit, known) and (reason := desk.refusal(unit.path)):
                kept = [("kept", "declined", reason, 1)]
                session.store.put_sites(unit.id, session.engine_key, kept)


def _at_once(session: Session, desk: Desk, todo: Sequence[Unit]) -> Asked:
    others = desk.by_rules(todo) if todo else {}

    def ask(asker: Asker, unit: Unit, known: Sequence[str]) -> Draft:
        return _conversation(desk.order(unit, known), asker)

    def keep(unit: Unit, found: Draft) -> int:
        _put_draft(session, unit, found)
        return len(found.variants)

    return in_threads(desk, "ask", [(u, others.get(u.id, ())) for u in todo], ask, keep)[1]


def in_threads(
    desk: Desk,
    stage: str,
    items: Sequence[tuple[Unit, Item]],
    ask: Callable[[Asker, Unit, Item], Found],
    keep: Callable[[Unit, Found], int],
) -> tuple[int, Asked]:
    """Asks about many units at once, and keeps what came of each in the store.

    `ask` raises ModelUnavailable for what is left to the next run, `keep` counts what is new.
    """
    session, kept, left, stopped = desk.session, 0, 0, ""
    if not items:
        return 0, Asked()
    with desk.asker() as asker, session.progress.stage(stage, len(items)) as advance:

        def one(item: tuple[Unit, Item]) -> Iterator[tuple[Unit, Found | ModelUnavailable]]:
            try:
                yield item[0], ask(asker, *item)
            except ModelUnavailable as error:
                yield item[0], error

        for unit, found in session.executor.threads(one, items, session.settings.calls):
            if isinstance(found, ModelUnavailable):
                left, stopped = left + 1, stopped or str(found)
                advance(1, f"{unit.name}: left")
                continue
            new = asker.journal.write(partial(keep, unit, found))
            kept += new
            advance(1, f"{unit.name}: {new} new")
    return kept, Asked(stopped, left)


def _conversation(order: Order, asker: Asker) -> Draft:
    """The unit's finished draft. Raises ModelUnavailable."""
    replies: dict[str, Reply] = {}
    refused: dict[str, str] = {}
    while (found := draft(order, replies, refused)).calls:
        for key, answer in asker.ask_all(found.calls).items():
            if isinstance(answer, Reply):
                replies[key] = answer
            elif answer.final:
                refused[key] = answer.why
            else:
                raise unanswered(answer)
    return found


def unanswered(answer: Unanswered) -> ModelUnavailable:
    return ModelUnavailable(
        f"the endpoint did not answer a call ({answer.why}): run again to go on."
    )


def _put_draft(session: Session, unit: Unit, found: Draft) -> None:
    store, key = session.store, session.engine_key
    with store.writing():
        store.put_variants(found.variants)
        store.put_sites(
            unit.id,
            key,
            [
                (strategy, "applied" if kind == Kind.CODE else "declined", kind, count)
                for (strategy, kind), count in sorted(found.reasons.items())
            ],
        )
        if not found.calls:
            store.put_generated([unit.id], key)


def _by_batch(session: Session, desk: Desk, todo: Sequence[Unit]) -> Asked:
    """Takes in what came, submits what is wanting, and does not wait."""
    left = 0
    wanting: list[Call] = []
    try:
        with desk.batches() as batches:
            pending = batches.collect()
            others = desk.by_rules(todo)
            for unit in todo:
                found = desk.drafted(desk.order(unit, others.get(unit.id, ())), batches.refused)
                _put_draft(session, unit, found)
                wanting += found.calls
                left += bool(found.calls)
            return Asked("", left, len(batches.with_those(pending, wanting)))
    except ModelUnavailable as error:
        return Asked(str(error), left, len(session.store.batches(SUBMITTED)))


def told(session: Session, asked: Asked) -> dict[str, Any]:
    """What `run --json` says about the model."""
    spent = session.store.spent(session.settings.model)
    priced = session.settings.model in prices(session.settings.own_prices)
    kinds: Counter[str] = Counter()
    for transform, kind, count in session.store.outcomes(session.engine_key):
        kinds[f"repair: {kind}" if transform == REPAIR else kind] += count
    return {
        "name": session.settings.model,
        "endpoint": base_url(session.settings),
        "replies": spent.replies,
        "prompt_tokens": spent.prompt_tokens,
        "reply_tokens": spent.reply_tokens,
        "cost_usd": spent.cost / DOLLAR if priced else None,
        "may_be_charged_usd": sum(spent.open.values()) / DOLLAR,
        "kinds": dict(kinds.most_common()),
        "units_left": asked.left,
        "batches": asked.jobs,
    }
