"""What the pipeline makes of a model's replies, kind by kind, and what an accepted variant costs.

Real projects, scripted replies: right ones are variants that the rules engine makes but that the
pipeline does not know, wrong ones are injected faults, and broken ones of every kind.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

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
from codeaug.pipeline.desk import RULES, Desk
from tests.model_server import ModelServer

PROJECTS = ("cachetools", "commons-csv", "tinyxml2")
MORE = 40
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
    show(name, len(known), table, document["model"])
    return not table[WRONG, "accepted"]


def knowledge(session: Session, chosen: Sequence[Able]) -> list[Known]:
    """What can be said about each unit."""
    once = rewritten(session, chosen)
    many = replace(session, settings=replace(session.settings, per_unit=MORE))
    more = rewritten(many, chosen)
    return [
        Known(
            one.unit,
            new(session, one.unit, once.get(one.unit.id, ()), more.get(one.unit.id, ())),
            [trial.variant.code for trial in faulty(one, RULES)],
        )
        for one in chosen
    ]


def new(session: Session, unit: Unit, once: Sequence[Trial], more: Sequence[Trial]) -> list[str]:
    """What the rules engine makes of its own variants, or of the unit when it is asked for more,
    and its variants with their results in brackets, where that is like none that it knows."""
    texts = [unit.code, *(trial.variant.code for trial in once)]
    seen = {shape(unit.language, code) for code in texts}
    twice = [code for trial in once for code in again(session, trial)]
    found: dict[tuple[str, ...], str] = {}
    bracketed = [bracket(unit.language, code) for code in texts]
    for code in (*twice, *(trial.variant.code for trial in more), *bracketed):
        form = shape(unit.language, code)
        if form not in seen:
            found.setdefault(form, code)
    return list(found.values())


_RESULTS = {
    "python": re.compile(r"^(\s*return )([^#\n]+)($)", re.MULTILINE),
    **dict.fromkeys(("java", "cpp"), re.compile(r"(\breturn )([^;{\n]+)(;)")),
}


def bracket(language: str, code: str) -> str:
    """The same with brackets around what is returned on one line, below any docstring."""

    def bracketed(match: re.Match[str]) -> str:
        whole = all(match[2].count(a) == match[2].count(b) for a, b in ("()", "[]", "{}"))
        return f"{match[1]}({match[2]}){match[3]}" if whole else match[0]

    head, quotes, rest = code.rpartition('"""')
    return head + quotes + _RESULTS[language].sub(bracketed, rest)


def again(session: Session, trial: Trial) -> list[str]:
    """Variants of a variant."""
    assert trial.placed is not None
    assert trial.changed is not None
    changed = trial.changed
    paths = [(trial.unit.language, trial.unit.path)]
    usual = variants.Habits(paths, lambda path: changed)
    few = replace(session.settings, per_unit=3)
    (request,) = variants.requests([trial.placed], lambda path: changed, usual, few)
    return [v.code for proposal in variants.propose(request) for v in proposal.variants]


def became(session: Session, known: Sequence[Known]) -> Table:
    """What became of every reply that was paid for."""
    found: Table = Counter()
    desk = Desk(session)
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
    evidence = session.known_evidence(variant)
    assert evidence is not None, "the run has checked every variant"
    if evidence.accepted(session.settings.bar_rung):
        return "accepted"
    failed = (f.check for f in evidence.findings if f.verdict is Verdict.FAILED)
    return f"refused: {next(failed, 'below the bar')}"


def show(name: str, units: int, table: Table, told: dict[str, Any]) -> None:
    cost = told["cost_usd"]
    accepted = sum(count for (_, end), count in table.items() if end.endswith("accepted"))
    each = f"${cost / accepted:.6f}" if accepted else "nothing accepted"
    print(f"\n{name}: {units} units, {told['replies']} replies paid, {accepted} accepted, "
          f"${cost:.6f} in all, {each} an accepted variant")  # fmt: skip
    for meant in (RIGHT, WRONG, *WAYS):
        ends = {end: n for (what, end), n in table.items() if what == meant}
        if ends:
            print(f"  {meant:<24}{sum(ends.values()):>4}  {listed(ends)}")
    unmended = {kind.removeprefix("repair: "): n for kind, n in told["kinds"].items()
                if kind.startswith("repair: ") and kind != f"repair: {Kind.CODE}"}  # fmt: skip
    print(f"  {'repairs without variant':<24}{sum(unmended.values()):>4}  {listed(unmended)}")


def listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{what} {n}" for what, n in sorted(counts.items(), key=lambda c: -c[1]))
