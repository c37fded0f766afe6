"""What the lineage says of variants: evidence, decisions, and what they were made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from codeaug.checks import rungs
from codeaug.dataset import mix
from codeaug.dataset.verification import findings as names
from codeaug.dataset.verification import shapes
from codeaug.model import Rung, verdict_of
from codeaug.transforms import ROBUSTNESS, tier_of

if TYPE_CHECKING:
    from codeaug.dataset.verification.graph import Graph

Record = dict[str, Any]


def problems(variant: Record, graph: Graph, bar: Rung | None) -> Iterator[tuple[str, str]]:
    unit = graph.variant_unit[graph.variants[bytes.fromhex(variant["id"])]]
    if unit < 0:
        yield names.LINEAGE, f"is made of unit {variant['unit']}, which is not in the lineage"
    elif graph.split(unit) != "train":
        yield names.SPLITS, f"is made of unit {variant['unit']}, which is in {graph.split(unit)}"
    if variant["use"] == "contrast" and not variant["why"]:
        yield names.EVIDENCE, "is a near miss, and nothing says what is wrong with it"
    held = rungs({check for check, verdict in variant["checks"].items() if verdict == "passed"})
    for problem in _judged(variant, held):
        yield names.EVIDENCE, problem
    if variant["use"] == "train":
        yield from _trained(variant, held, bar)
    for decision in variant["decisions"]:
        if not shapes.REVIEWER.fullmatch(decision["reviewer"]):
            yield names.DECISIONS, f"names a reviewer that is no pseudonym: {decision['reviewer']}"


def _judged(variant: Record, held: frozenset[Rung]) -> Iterator[str]:
    """Whether the checks give the rung and the verdict that are told."""
    if not variant["checks"]:
        yield "has no checks: nothing was found out about it"
        return
    rung = max(held, default=Rung.NONE).label
    if variant["rung"] != rung:
        yield f"tells the rung {variant['rung']}, its checks give {rung}"
    verdict = verdict_of(variant["checks"].values(), held)
    if variant["verdict"] != verdict:
        yield f"tells the verdict {variant['verdict']}, its checks give {verdict}"


def _trained(variant: Record, held: frozenset[Rung], bar: Rung | None) -> Iterator[tuple[str, str]]:
    failed = [check for check, verdict in variant["checks"].items() if verdict == "failed"]
    if variant["verdict"] == "failed":
        yield names.EVIDENCE, "is trained on although its verdict is failed"
    elif failed:
        yield names.EVIDENCE, f"is trained on although a check failed ({', '.join(failed)})"
    if variant["rung"] == "none":
        yield names.EVIDENCE, "is trained on although it reached no rung"
    approved = any(decision["approved"] for decision in variant["decisions"])
    refused = any(d["reason"] and not d["approved"] for d in variant["decisions"])
    match variant["accepted_by"]:
        case "review" if not approved:
            yield names.DECISIONS, "was accepted by review, but nobody approved it"
        case "evidence" if refused:
            yield names.DECISIONS, "was accepted by evidence although somebody rejected it"
        case "evidence" if bar is None:
            yield names.EVIDENCE, "was accepted by evidence, which the settings do not allow"
        case "evidence" if bar is not None and not held & bar.admits:
            told = f"the rung {variant['rung']}, without {bar.label}"
            yield names.EVIDENCE, f"was accepted by evidence of {told}"
        case "evidence" if variant["verdict"] != "passed":
            told = f"although its verdict is {variant['verdict']}"
            yield names.EVIDENCE, f"was accepted by evidence {told}"
        case "":
            yield names.DECISIONS, "is trained on although nothing accepted it"


def ancestry(graph: Graph) -> Iterator[tuple[str, int, str]]:
    """Variants of which the lineage does not know what they were made of, or whose steps do not fit
    how they were made."""
    bearing = set()
    for number, parent in graph.parents.items():
        known = graph.variants.get(parent)
        if known is None:
            yield names.LINEAGE, number, f"was made of {parent.hex()}, which is in no lineage"
            continue
        bearing.add(known)
        if graph.variant_unit[known] != graph.variant_unit[number]:
            yield names.LINEAGE, number, f"was made of {parent.hex()}, of another unit"
    for number in range(len(graph.variants)):
        use, engine, _, recipe = graph.kind(number)
        if use == "ancestor" and number not in bearing:
            yield names.LINEAGE, number, "is an ancestor, and nothing was made of it"
        parents = _parents(graph, number)
        if parents is None:
            yield names.DEPTH, number, "was made of itself"
            continue
        told = (graph.depths[2 * number], graph.depths[2 * number + 1])
        wanted = mix.steps(engine, recipe, parents)
        if wanted is None:
            yield names.DEPTH, number, f"was made by {engine!r}, and nobody knows what that is"
        elif told != wanted:
            yield (
                names.DEPTH,
                number,
                (
                    f"is {told[0]} steps of models and {told[1]} of rules deep, by how it was made "
                    f"{wanted[0]} and {wanted[1]}"
                ),
            )


def tags(graph: Graph, allowed: bool) -> Iterator[tuple[str, int, str]]:
    """Variants whose tag is not what their transforms say, or that the settings leave out."""
    for number in range(len(graph.variants)):
        use, tagged = graph.kind(number)[0], number in graph.tagged
        made = for_robustness(graph, number)
        if made and not tagged:
            yield names.ROBUSTNESS, number, "is made for robustness, and has no tag that says so"
        if tagged and made is False:
            yield names.ROBUSTNESS, number, "is tagged, and nothing made it for robustness"
        if tagged and not allowed and use != "ancestor":
            yield names.ROBUSTNESS, number, "is made for robustness, which the settings leave out"


def for_robustness(graph: Graph, number: int) -> bool | None:
    """Whether a transform of tier R made the variant, or one that it was made of; None where one
    that did is not known here."""
    known: list[bool | None] = []
    seen: set[int] = set()
    at: int | None = number
    while at is not None and at not in seen:
        seen.add(at)
        _, engine, _, recipe = graph.kind(at)
        unknown = engine == "rules" and not all(tier_of([step]) for step in recipe)
        robust = tier_of(recipe) == ROBUSTNESS
        known.append(robust or (None if unknown else False))
        at = graph.variants.get(graph.parents.get(at, b""))
    return True if True in known else None if None in known else False


def _parents(graph: Graph, number: int) -> list[str] | None:
    """The engines of the variants that one was made of, as far as they are known; None where they
    go round in a circle."""
    engines: list[str] = []
    seen = {number}
    while parent := graph.parents.get(number):
        known = graph.variants.get(parent)
        if known is None:
            return engines
        if known in seen:
            return None
        seen.add(known)
        engines.append(graph.kind(known)[1])
        number = known
    return engines
