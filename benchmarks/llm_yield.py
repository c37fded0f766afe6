"""What the pipeline makes of a model's replies, kind by kind, and what an accepted variant costs.

Real projects, scripted replies: right ones are the rules engine's variants of its own variants
(so that they are none that it knows), wrong ones injected faults, and broken ones of every kind.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from llm_replies import RIGHT, WAYS, WRONG, Known, said, scripted
from projects import Able, able, faulty, opened, rewritten

from codeaug import variants
from codeaug.checks import Trial
from codeaug.engines.llm import reading
from codeaug.engines.llm.drafting import DUPLICATE, NAME
from codeaug.engines.llm.likeness import shape
from codeaug.engines.llm.reading import Kind
from codeaug.engines.llm.repairing import rounds
from codeaug.model import Reply, Unit, Variant, Verdict
from codeaug.pipeline import Session, run
from codeaug.pipeline.desk import RULES, desk_of
from tests.model_server import ModelServer

PROJECTS = ("cachetools", "commons-csv", "tinyxml2")
MODEL = "openai:test-model"
PRICES = ((MODEL, (("input", "0.15"), ("output", "0.60"))),)

Table = Counter[tuple[str, str]]
"""Replies by what they were meant to be and what became of them."""


def yields(projects: Sequence[str], limit: int) -> bool:
    """Prints a table a project; whether no injected fault was accepted."""
    clean = True
    for name in projects:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            clean &= one_project(name, Path(scratch), limit)
    return clean


def one_project(name: str, scratch: Path, limit: int) -> bool:
    session = opened(name, scratch, per_unit=RULES)
    chosen = able(session)[:limit]
    known = {one.unit.code: one for one in knowledge(session, chosen)}
    with ModelServer(scripted(known)) as server:
        asking = replace(
            session,
            settings=replace(
                session.settings, engine=NAME, model=MODEL, base_url=server.base_url, limit=limit,
                per_unit=3, prices=PRICES,
            ),
        )  # fmt: skip
        document = run(asking)
    table = became(asking, list(known.values()))
    show(name, len(known), table, document["model"]["cost_usd"])
    return not table[WRONG, "accepted"]


def knowledge(session: Session, chosen: Sequence[Able]) -> list[Known]:
    """What can be said about each unit. Variants of variants are right as those are."""
    once = rewritten(session, chosen)
    return [
        Known(one.unit, new(session, once.get(one.unit.id, ())),
              [trial.variant.code for trial in faulty(one, RULES)])
        for one in chosen
    ]  # fmt: skip


def new(session: Session, once: Sequence[Trial]) -> list[str]:
    """What the rules engine makes of its own variants and is like none of them."""
    language = once[0].unit.language if once else ""
    texts = [once[0].unit.code, *(trial.variant.code for trial in once)] if once else []
    seen = {shape(language, code) for code in texts}
    found = {}
    for code in (code for trial in once for code in again(session, trial)):
        form = shape(language, code)
        if form not in seen:
            found.setdefault(form, code)
    return list(found.values())


def again(session: Session, trial: Trial) -> list[str]:
    """Variants of a variant."""
    assert trial.placed is not None
    assert trial.changed is not None
    changed = trial.changed
    paths = [(trial.unit.language, trial.unit.path)]
    vocabularies = variants.Vocabularies(paths, lambda path: changed)
    few = replace(session.settings, per_unit=3)
    (request,) = variants.requests([trial.placed], lambda path: changed, vocabularies, few)
    return [v.code for proposal in variants.propose(request) for v in proposal.variants]


def became(session: Session, known: Sequence[Known]) -> Table:
    """What became of every reply that was paid for."""
    found: Table = Counter()
    desk = desk_of(session)
    for one in known:
        order = desk.order(one.unit)
        replies = session.store.replies([order.call(sample).key for sample in range(order.most)])
        own = [v for v in session.store.variants(one.unit.id) if v.origin.engine == NAME]
        for sample in range(order.most):
            if reply := replies.get(order.call(sample).key):
                made = [v for v in own if v.origin.seed == sample]
                found.update(_told(session, one, order.source, sample, reply, made))
    return found


def _told(
    session: Session, one: Known, source: bytes, sample: int, reply: Reply, made: list[Variant]
) -> list[tuple[str, str]]:
    """The sample's own line, and one of each repair that became a variant."""
    lines = [
        (said(one, sample, rounds(v)).meant, ("repair: " if rounds(v) else "") + end(session, v))
        for v in made
    ]
    if not any(rounds(v) == 0 for v in made):
        lines.append((said(one, sample, 0).meant, unmade(reply, one.unit, source)))
    return lines


def unmade(reply: Reply, unit: Unit, source: bytes) -> str:
    """Why a reply became no variant."""
    kind = reading.read(reply.body, unit, source).kind
    return DUPLICATE if kind is Kind.CODE else kind


def end(session: Session, variant: Variant) -> str:
    """What the checks said of a variant."""
    evidence = session.known_evidence(variant.id)
    assert evidence is not None, "the run has checked every variant"
    if evidence.accepted(session.settings.bar_rung):
        return "accepted"
    failed = (f.check for f in evidence.findings if f.verdict is Verdict.FAILED)
    return f"refused: {next(failed, 'below the bar')}"


def show(name: str, units: int, table: Table, cost: float) -> None:
    accepted = sum(count for (_, end), count in table.items() if end.endswith("accepted"))
    each = f"${cost / accepted:.6f}" if accepted else "nothing accepted"
    print(f"\n{name}: {units} units, {table.total()} replies read, {accepted} accepted, "
          f"${cost:.6f} in all, {each} an accepted variant")  # fmt: skip
    for meant in (RIGHT, WRONG, *WAYS):
        ends = {end: n for (what, end), n in table.items() if what == meant}
        told = ", ".join(f"{end} {n}" for end, n in sorted(ends.items(), key=lambda e: -e[1]))
        if told:
            print(f"  {meant:<24}{sum(ends.values()):>4}  {told}")
