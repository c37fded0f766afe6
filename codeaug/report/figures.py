"""The figures of `codeaug report`, from the store alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codeaug.model import Oracle, Rung, Strength, Unit, Verdict
from codeaug.store import Store, Told

MOST = 15
_PARTICULAR = re.compile(r"`[^`]*`|'[^']*'|\"[^\"]*\"|‘[^’]*’|\b\S*(?:::|/|#)\S*|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a funnel: what is left of what came before."""

    name: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One unit in the picture of a file. `kill_rate` is None where no test executes it or nothing
    was measured."""

    name: str
    line: int
    lines: int
    kind: str
    kill_rate: float | None
    title: str


def funnels(
    units: Sequence[Unit],
    oracles: Mapping[str, Oracle],
    strengths: Mapping[str, Strength],
    evidence: Sequence[Told],
    bar: Rung,
) -> dict[str, tuple[list[Step], list[Step]]]:
    """Language -> the units' funnel and the variants' funnel."""
    found = {}
    for language in sorted({unit.language for unit in units}):
        own = [unit for unit in units if unit.language == language]
        executed = [unit for unit in own if (o := oracles.get(unit.id)) and o.tests]
        measured = [unit for unit in executed if unit.id in strengths]
        able = [unit for unit in measured if strengths[unit.id].caught]
        words = [told for told in evidence if told.language == language]
        of_units = [("units", len(own)), ("executed by a test", len(executed))]
        of_units += [("faults injected", len(measured)), ("tests catch a fault", len(able))]
        found[language] = (_steps(of_units), _steps(_of_variants(words, bar)))
    return found


def _of_variants(words: Sequence[Told], bar: Rung) -> list[tuple[str, int]]:
    counted = [("variants", len(words))]
    counted += [
        (rung.label, sum(rung in told.holds for told in words))
        for rung in Rung
        if rung is not Rung.NONE
    ]
    return [*counted, ("accepted", sum(accepted(told, bar) for told in words))]


def accepted(told: Told, bar: Rung) -> bool:
    return told.verdict == Verdict.PASSED and bool(told.holds & bar.admits)


def _steps(counts: Sequence[tuple[str, int]]) -> list[Step]:
    whole = counts[0][1] or 1
    return [Step(name, count, count / whole) for name, count in counts]


def transforms(
    evidence: Sequence[Told], sites: Iterable[tuple[str, str, str, str, int]], bar: Rung
) -> list[dict[str, Any]]:
    """One row a language and recipe: sites, variants, verdicts, accepted."""
    rows: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for language, name, outcome, _, count in sites:
        rows[language, name][outcome] += count
    for told in evidence:
        counts = rows[told.language, " + ".join(told.recipe) or told.engine]
        counts["variants"] += 1
        counts[told.verdict] += 1
        counts["accepted"] += accepted(told, bar)
    return [
        {"language": language, "name": name, **{k: c[k] for k in _COLUMNS}}
        for (language, name), c in sorted(rows.items())
    ]


_COLUMNS = ("applied", "declined", "variants", "failed", "unknown", "passed", "accepted")


def losses(
    evidence: Sequence[Told], sites: Iterable[tuple[str, str, str, str, int]], bar: Rung
) -> dict[str, list[tuple[str, int]]]:
    """Why sites were declined, and why variants were not accepted, most frequent first."""
    declined: Counter[str] = Counter()
    for _, name, outcome, predicate, count in sites:
        if outcome == "declined":
            declined[f"{name}: {predicate}"] += count
    refused = Counter(_reason(told, bar) for told in evidence if not accepted(told, bar))
    return {"declined": declined.most_common(MOST), "refused": refused.most_common(MOST)}


def _reason(told: Told, bar: Rung) -> str:
    """The first failed finding, else the first that says unknown, without names and numbers."""
    for verdict in (Verdict.FAILED, Verdict.UNKNOWN):
        for check, found, detail, _ in told.findings:
            if found == verdict and check not in ("proved", "compared"):
                return f"{check} {found}: {_PARTICULAR.sub('…', detail)[:120]}"
    return f"below the bar {bar.label}"


def blindness(
    units: Sequence[Unit], oracles: Mapping[str, Oracle], strengths: Mapping[str, Strength]
) -> dict[str, list[Cell]]:
    """File -> its units in order, each with what its tests can tell."""
    files: dict[str, list[Cell]] = defaultdict(list)
    for unit in units:
        files[unit.path].append(_cell(unit, oracles.get(unit.id), strengths.get(unit.id)))
    return dict(sorted(files.items()))


def _cell(unit: Unit, oracle: Oracle | None, strength: Strength | None) -> Cell:
    lines = unit.end_line - unit.line + 1
    if oracle is None or not oracle.tests:
        title = oracle.reason if oracle else "not measured"
        return Cell(unit.name, unit.line, lines, "none", None, title)
    if strength is None or not strength.judged:
        title = (
            f"{len(oracle.tests)} tests; {strength.problem if strength else 'no fault injected'}"
        )
        return Cell(unit.name, unit.line, lines, "unmeasured", None, title)
    caught, judged = strength.caught, strength.judged
    kind = "strong" if caught == judged else "weak" if caught else "blind"
    title = f"{len(oracle.tests)} tests catch {caught} of {judged} faults"
    return Cell(unit.name, unit.line, lines, kind, strength.kill_rate, title)


def weakest(
    units: Sequence[Unit], strengths: Mapping[str, Strength]
) -> list[tuple[Unit, Strength]]:
    """Units whose tests miss most faults, worst first."""
    weak = [(unit, s) for unit in units if (s := strengths.get(unit.id)) and s.survivors]
    return sorted(weak, key=lambda pair: (-len(pair[1].survivors), pair[0].path))[:MOST]


def spent(evidence: Sequence[Told]) -> list[tuple[str, float, int]]:
    """Check, seconds in all, how many variants it looked at; dearest first."""
    taken: dict[str, list[float]] = defaultdict(list)
    for told in evidence:
        for check, _, _, seconds in told.findings:
            taken[check].append(seconds)
    rows = [(check, sum(seconds), len(seconds)) for check, seconds in taken.items()]
    return sorted(rows, key=lambda row: -row[1])


def agreement(evidence: Sequence[Told]) -> dict[str, Any]:
    """How variants were judged: resident or cold, why cold, and how many both ways."""
    ways = Counter(told.parameters.get("runner", "") for told in evidence)
    reasons = Counter(_PARTICULAR.sub("…", r) for t in evidence if (r := t.parameters.get("cold")))
    audited = sum("audit" in told.parameters for told in evidence)
    return {
        "resident": ways["resident"],
        "cold": ways["cold"],
        "both": audited,
        "reasons": reasons.most_common(MOST),
    }


def slowest(store: Store, commit: str) -> list[tuple[str, float]]:
    """The slowest stable tests of the unchanged projects, in seconds."""
    tests = [pair for b in store.baselines(commit) for pair in b["stable"].items()]
    return sorted(tests, key=lambda pair: -pair[1])[:MOST]
