"""Captions: functions without documentation are described by the model, for people to approve.

As with variants, everything is asked of the store: who has a caption already, and which replies
are paid for. Functions that no dataset may hold are not asked about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from codeaug import withdrawals
from codeaug.documentation import documentation
from codeaug.engines.llm import captioning, prompts
from codeaug.engines.llm.asking import DOLLAR, Asker
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.captioning import LONGEST, Read
from codeaug.engines.llm.pricing import BYTES_A_TOKEN, likely_prompt_tokens, most_prompt_tokens
from codeaug.model import Reply, Unit, content_id
from codeaug.pipeline import desk as desks
from codeaug.pipeline.asking import in_threads, unanswered
from codeaug.pipeline.desk import Desk
from codeaug.pipeline.planning import Sum, bytes_of, costs
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session

_LIKELY = round(LONGEST / 2 / BYTES_A_TOKEN)
"""Tokens of a reply."""


def caption(session: Session) -> dict[str, Any]:
    """Asks about all units that want a caption; returns what `caption --json` prints.

    `stopped` says why some were not asked about: what came until then is kept. Raises UsageError.
    """
    desks.check(session.settings)
    with session.store.exclusive():
        scan(session)
        desk = Desk(session)
        chosen, left_out = _chosen(desk)
        todo = _without_caption(session, chosen)
        kinds: Counter[str] = Counter()

        def keep(unit: Unit, found: Read) -> int:
            kinds[found.why or "taken"] += 1
            return int(found.caption is not None and session.store.captions.put(found.caption))

        calls = [(unit, _call(desk, unit)) for unit in todo]
        made, asked = in_threads(desk, "caption", calls, _ask, keep)
    captions = session.store.captions.of([unit.id for unit in chosen])
    states = Counter(one.state for one in captions)
    return {
        "repository": session.repository.address,
        "commit": session.commit,
        "store": session.store.place,
        "model": session.settings.model,
        "units": len(chosen),
        "left_out": dict(sorted(left_out.items())),
        "made": made,
        "kinds": dict(kinds.most_common()),
        "captions": {state: states[state] for state in ("waiting", "approved", "rejected")},
        "units_left": asked.left,
        "spent_usd": session.store.spent().cost / DOLLAR,
        "stopped": asked.stopped,
    }


def plan(session: Session) -> dict[str, Any]:
    """What that would ask and cost; nothing is sent."""
    with session.store.exclusive():
        scan(session)
        desk = Desk(session)
        units, left_out = _chosen(desk)
        todo = _without_caption(session, units)
        calls = [_call(desk, unit) for unit in todo]
        known = session.store.replies(call.key for call in calls)
        likely, most = Sum(), Sum()
        refused = sum(bool(desk.refuses(call)) for call in calls)
        for call in calls:
            if call.key not in known and not desk.refuses(call):
                likely.add(likely_prompt_tokens(call), min(_LIKELY, call.most_tokens))
                most.add(most_prompt_tokens(call), call.most_tokens)
        told = costs(session, likely, most)
    for model in told["models"]:
        del model["batch_usd"]
    kept = refused + left_out["may not leave"]
    return {"units": len(todo), "refused": kept, "left_out": dict(sorted(left_out.items()))} | told


def shown(session: Session) -> Iterator[dict[str, Any]]:
    """The very bytes that would be sent; nothing is sent."""
    desks.check(session.settings)
    with session.store.exclusive():
        scan(session)
        desk = Desk(session)
        todo = _without_caption(session, _chosen(desk)[0])
        calls = [(unit, _call(desk, unit)) for unit in todo]
        known = session.store.replies(call.key for _, call in calls)
        yield from bytes_of(desk, [(u, call) for u, call in calls if call.key not in known])


def _chosen(desk: Desk) -> tuple[list[Unit], Counter[str]]:
    """The commit's units that want a caption, spread by the seed, at most `limit` of them; and how
    many do not, by reason."""
    session, found, why = desk.session, [], Counter[str]()
    marked = session.store.no_train(session.commit)
    withdrawn = withdrawals.withdrawn(session.store)
    for unit in desk.units:
        if documentation(unit, session.read(unit.path)):
            why["documented"] += 1
        elif unit.id in marked:
            why["marked no-train"] += 1
        elif withdrawn.reason(unit, session.repository.address):
            why["withdrawn"] += 1
        elif desk.refusal(unit.path):
            why["may not leave"] += 1
        else:
            found.append(unit)
    settings = session.settings
    found.sort(key=lambda unit: content_id("caption", str(settings.seed), unit.id))
    return found[: settings.limit] if settings.limit else found, why


def _without_caption(session: Session, units: list[Unit]) -> list[Unit]:
    """Those of which this model wrote none with this prompt, and nobody approved another's."""
    captions = session.store.captions
    done = captions.asked(session.settings.model, prompts.caption_version())
    done |= captions.descriptions([unit.id for unit in units]).keys()
    return [unit for unit in units if unit.id not in done]


def _call(desk: Desk, unit: Unit) -> Call:
    settings = desk.session.settings
    return captioning.call(unit, settings.model, settings.reply_tokens, desk.secret)


def _ask(asker: Asker, unit: Unit, call: Call) -> Read:
    """Raises ModelUnavailable."""
    answer = asker.ask(call)
    if isinstance(answer, Reply):
        return captioning.read(answer, unit)
    if answer.final:
        return Read(why=answer.why)
    raise unanswered(answer)
