"""`codeaug explain`: a unit's or a variant's whole story, as data and as text."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from codeaug.errors import UsageError
from codeaug.model import Evidence, Unit, Variant
from codeaug.store import Store
from codeaug.transforms import tier_of

MOST_TESTS = 20
SITE = ("transform", "outcome", "predicate", "count")


def story(store: Store, words: str) -> dict[str, Any]:
    """Everything the store knows of the one unit or variant that `words` mean.

    `words` are the beginning of an id (four characters or more) or `path::name`, which means the
    unit in the newest commit that was scanned; its former texts have ids of their own. Raises
    UsageError when they mean nothing, or more than one thing.
    """
    matches = store.find(words)
    if not matches:
        raise UsageError(f"nothing in the store is called {words!r}: give an id or path::name.")
    if len(matches) > 1:
        some = ", ".join(f"{m.id} ({m.kind} {m.label})" for m in matches[:6])
        raise UsageError(
            f"{words!r} means {len(matches)} things, name one by the beginning of its id: {some}."
        )
    (match,) = matches
    if match.kind == "unit":
        unit = store.unit(match.id)
        assert unit is not None
        return _unit_story(store, unit)
    variant = store.variant(match.id)
    assert variant is not None
    unit = store.unit(variant.unit_id)
    assert unit is not None
    return {"unit": _unit(unit)} | _variant_story(store, unit, variant)


def _unit(unit: Unit) -> dict[str, Any]:
    return {
        "id": unit.id,
        "path": unit.path,
        "name": unit.qualified_name,
        "language": unit.language,
        "lines": [unit.line, unit.end_line],
        "code": unit.code,
    }


def _unit_story(store: Store, unit: Unit) -> dict[str, Any]:
    oracle = store.oracle(unit.id)
    strength = store.strength(unit.id)
    return {
        "unit": _unit(unit),
        "oracle": asdict(oracle) if oracle else None,
        "strength": asdict(strength) if strength else None,
        "sites": [dict(zip(SITE, site, strict=True)) for site in store.sites(unit.id)],
        "variants": [_variant_story(store, unit, v) for v in store.variants(unit.id)],
    }


def _variant_story(store: Store, unit: Unit, variant: Variant) -> dict[str, Any]:
    evidence = store.evidence(variant.id)
    return {
        "variant": {
            "id": variant.id,
            "origin": asdict(variant.origin),
            "tier": tier_of(variant.origin.recipe),
            "code": variant.code,
        },
        "evidence": _evidence(evidence) if evidence else None,
        "decisions": [
            asdict(d) | {"approved": d.approved, "made_at": d.made_at.isoformat()}
            for d in store.decisions(variant.id)
        ],
        "opinions": [asdict(opinion) for opinion in store.opinions(variant.id)],
        "diff": "\n".join(
            difflib.unified_diff(
                unit.code.splitlines(),
                variant.code.splitlines(),
                "original",
                "variant",
                lineterm="",
            )
        ),
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "commit": evidence.commit,
        "verdict": evidence.verdict.value,
        "rung": evidence.rung.label,
        "parameters": dict(evidence.parameters),
        "environment": dict(evidence.environment),
        "findings": [asdict(f) | {"verdict": f.verdict.value} for f in evidence.findings],
    }


def as_text(document: dict[str, Any]) -> Iterator[str]:
    """The story, line by line."""
    unit = document["unit"]
    first, last = unit["lines"]
    yield f"unit {unit['id']}  {unit['path']}:{first}-{last}  {unit['name']}  ({unit['language']})"
    if "variants" in document:
        yield from _oracle_lines(document)
        yield from _strength_lines(document["strength"])
        for site in document["sites"]:
            why = f" {site['outcome']}" + (f": {site['predicate']}" if site["predicate"] else "")
            yield f"  {site['transform']}{why} x{site['count']}"
        for item in document["variants"]:
            yield ""
            yield from _variant_lines(item)
    else:
        yield from _variant_lines(document)


def _oracle_lines(document: dict[str, Any]) -> Iterator[str]:
    oracle = document["oracle"]
    if oracle is None:
        yield "oracle: not measured yet"
    elif not oracle["tests"]:
        yield f"oracle: none, {oracle['reason']}"
    else:
        tests = oracle["tests"]
        yield f"oracle: {len(tests)} stable test(s) execute {len(oracle['lines'])} of its lines"
        yield from (f"  {test}" for test in tests[:MOST_TESTS])
        if len(tests) > MOST_TESTS:
            yield f"  and {len(tests) - MOST_TESTS} more"


def _strength_lines(strength: dict[str, Any] | None) -> Iterator[str]:
    if strength is None:
        yield "faults: none injected yet"
    elif strength["problem"]:
        yield f"faults: not measured, {strength['problem']}"
    else:
        yield f"faults: {len(strength['faults'])} injected"
        for fault in strength["faults"]:
            by = f" by {fault['test']}" if fault["test"] else ""
            what = f"line {fault['line']}: {fault['description']}"
            hint = f" ({fault['hint']})" if fault["outcome"] == "survived" else ""
            yield f"  {fault['outcome']:<13}{what}{by}{hint}"


def _variant_lines(item: dict[str, Any]) -> Iterator[str]:
    variant, evidence = item["variant"], item["evidence"]
    origin = variant["origin"]
    tier = f" (tier {variant['tier']})" if variant["tier"] else ""
    made = f"{origin['engine']} {' '.join(origin['recipe'])}".rstrip()
    yield f"variant {variant['id']}  by {made}{tier}"
    yield from (f"  {line}" for line in item["diff"].splitlines()[2:])
    if evidence is None:
        yield "evidence: waiting"
    else:
        commit = evidence["commit"][:12]
        yield f"evidence: {evidence['verdict']}, rung {evidence['rung']}, commit {commit}"
        for finding in evidence["findings"]:
            yield from _finding_lines(finding)
    for opinion in item["opinions"]:
        yield f"naturalness: {opinion['score']} by {opinion['model']}: {opinion['reason']}"
    for decision in item["decisions"]:
        because = f" ({decision['reason']})" if decision["reason"] else ""
        who = f"{decision['reviewer']} at {decision['made_at']}"
        yield f"decision: {decision['word']}{because} by {who}"


def _finding_lines(finding: dict[str, Any]) -> Iterator[str]:
    took = f"{finding['seconds']:>7.2f} s"
    yield f"  {finding['check']:<11}{finding['verdict']:<8}{took}  {finding['detail']}"
    if finding["command"]:
        yield f"{'':13}$ {finding['command']}"
    if finding["verdict"] != "passed" and finding["log"]:
        yield from (f"{'':13}| {line}" for line in finding["log"].splitlines()[-15:])
