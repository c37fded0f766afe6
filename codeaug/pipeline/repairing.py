"""What the checks found goes back to the model; what passed may be scored by another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from codeaug.engines.llm import prompts
from codeaug.engines.llm.asking import Asker, Unanswered
from codeaug.engines.llm.batching import SUBMITTED
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.drafting import NAME
from codeaug.engines.llm.endpoint import plain
from codeaug.engines.llm.reading import completion
from codeaug.engines.llm.repairing import REPAIR, ROUNDS, History, refusal, repaired, rounds
from codeaug.errors import ModelUnavailable
from codeaug.model import Opinion, Reply, Unit, Variant, Verdict
from codeaug.pipeline.asking import Asked, in_threads, unanswered
from codeaug.pipeline.desk import Desk
from codeaug.pipeline.session import Session

_Refused = tuple[Unit, list[Variant]]


def repair(session: Session, batch: bool = False) -> tuple[int, Asked]:
    """Asks for refused variants once more, where a unit has too few that passed.

    Returns how many new variants there are to check, and what came of asking.
    """
    own = session.store.units_with_variants(session.commit, NAME, session.settings.model)
    todo = [(unit, found) for unit in own if (found := _refused(session, unit))]
    if not todo:
        return 0, Asked()
    desk = Desk(session)
    return _by_batch(session, desk, todo) if batch else _at_once(session, desk, todo)


def _at_once(session: Session, desk: Desk, todo: Sequence[_Refused]) -> tuple[int, Asked]:
    def mended(asker: Asker, unit: Unit, refused: Sequence[Variant]) -> list[_Mended]:
        history = _history(session, desk, unit)
        calls = [history.call(variant) for variant in refused]
        answers = asker.ask_all(calls)
        asked = zip(refused, calls, strict=True)
        return [_mended(history, variant, answers[call.key]) for variant, call in asked]

    return in_threads(desk, "repair", todo, mended, partial(_put_repairs, session))


_Mended = tuple[str, Variant | None]
"""What a reply is, and the variant in it."""


def _mended(history: History, variant: Variant, answer: Reply | Unanswered) -> _Mended:
    if isinstance(answer, Unanswered):
        if answer.final:
            return answer.why, None
        raise unanswered(answer)
    return history.read(variant, answer)


def _by_batch(session: Session, desk: Desk, todo: Sequence[_Refused]) -> tuple[int, Asked]:
    made = 0
    wanting: list[Call] = []
    try:
        with desk.batches() as batches:
            pending = batches.collect()
            for unit, refused in todo:
                history = _history(session, desk, unit)
                asked = [(variant, history.call(variant)) for variant in refused]
                replies = session.store.replies(call.key for _, call in asked)
                read = [
                    history.read(variant, replies[call.key])
                    for variant, call in asked
                    if call.key in replies
                ]
                made += _put_repairs(session, unit, read)
                wanting += [call for _, call in asked if call.key not in replies]
            return made, Asked(jobs=len(batches.with_those(pending, wanting)))
    except ModelUnavailable as error:
        return made, Asked(str(error), jobs=len(session.store.batches(SUBMITTED)))


def _own(session: Session, unit: Unit) -> list[Variant]:
    found = session.store.variants(unit.id)
    return [
        v for v in found if v.origin.engine == NAME and v.origin.model == session.settings.model
    ]


def _refused(session: Session, unit: Unit) -> list[Variant]:
    """Variants to write again: refused for what a model can mend, not too often, no child yet."""
    own = _own(session, unit)
    evidence = {v.id: session.known_evidence(v) for v in own}
    bar = session.settings.bar_rung
    good = sum(e is not None and e.accepted(bar) for e in evidence.values())
    origins = {variant.origin for variant in own}
    refused = [
        variant
        for variant in own
        if (e := evidence[variant.id]) is not None
        and e.verdict is Verdict.FAILED
        and refusal(e) is not None
        and rounds(variant) < ROUNDS
        and repaired(variant) not in origins
    ]
    return refused[: max(0, session.settings.per_unit - good)]


def _history(session: Session, desk: Desk, unit: Unit) -> History:
    own = {variant.id: variant for variant in _own(session, unit)}
    found = {name: session.known_evidence(one) for name, one in own.items()}
    refusals = {name: r for name, e in found.items() if e and (r := refusal(e))}
    return History(desk.order(unit), own, refusals)


def _put_repairs(session: Session, unit: Unit, found: Sequence[_Mended]) -> int:
    """Keeps what came of repairs; how many variants are new."""
    made = [variant for _, variant in found if variant]
    before = {variant.id for variant in session.store.variants(unit.id)}
    counts: dict[tuple[str, str], int] = {}
    for kind, variant in found:
        outcome = "applied" if variant else "declined"
        counts[outcome, kind] = counts.get((outcome, kind), 0) + 1
    session.store.put_variants(made)
    session.store.put_sites(
        unit.id,
        session.engine_key,
        [(REPAIR, outcome, kind, count) for (outcome, kind), count in counts.items()],
    )
    return sum(variant.id not in before for variant in made)


# --- how natural it reads -------------------------------------------------------------------------

_SCORE = re.compile(r"\A\s*\**([1-5])\b[\s:.,*-]*(.*)", re.DOTALL)


def criticise(session: Session) -> Asked:
    """A second model's opinion of every accepted variant's style, if the user wants one."""
    critic = session.settings.critic
    if not critic:
        return Asked()
    desk = Desk(replace(session, settings=replace(session.settings, model=critic)))

    def opinion(asker: Asker, unit: Unit, variant: Variant) -> list[Opinion]:
        return _opinion(critic, variant, asker.ask(_question(critic, unit, variant, desk.secret)))

    def keep(_: Unit, found: Sequence[Opinion]) -> int:
        session.store.put_opinions(found)
        return len(found)

    todo = list(_without_opinion(session, critic))
    return in_threads(desk, "critic", todo, opinion, keep)[1]


def _without_opinion(session: Session, critic: str) -> Iterator[tuple[Unit, Variant]]:
    """The model's accepted variants that the critic has not seen."""
    bar, store = session.settings.bar_rung, session.store
    for unit in store.units_with_variants(session.commit, NAME, session.settings.model):
        for variant in _own(session, unit):
            evidence = session.known_evidence(variant)
            if evidence is None or not evidence.accepted(bar):
                continue
            if all(known.model != critic for known in store.opinions(variant.id)):
                yield unit, variant


def _question(critic: str, unit: Unit, variant: Variant, secret: bytes) -> Call:
    return Call(
        purpose="naturalness",
        unit_id=unit.id,
        model=critic,
        messages=prompts.naturalness(unit, variant.code, secret),
        temperature=0.0,
        most_tokens=256,
        places=(unit.path,),
    )


def _opinion(critic: str, variant: Variant, answer: Reply | Unanswered) -> list[Opinion]:
    """The score in a reply, if there is one. Raises ModelUnavailable."""
    if isinstance(answer, Unanswered):
        if answer.final:
            return []
        raise unanswered(answer)
    match = _SCORE.match(completion(answer.body).text)
    if match is None:
        return []
    return [Opinion(variant.id, critic, int(match[1]), plain(match[2]))]
