"""The mix policy: how much of a training split may be made by machines, and of what kinds.

Caps are kept by leaving variants out, in an order that a hash decides; floors that are not reached
refuse the export. Sources: Shumailov et al. 2024 (Nature 631:755), Gerstgrasser et al. 2024
(arXiv:2404.01413), Kang et al. 2025 (arXiv:2510.01631); see docs/datasets.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from codeaug.dataset.recipe import Policy

_BANDS = 24
TOO_MANY = "more variants than one function may have"
_SHARE = "a greater share {} than is allowed"
_KINDS = ("made by machines", "of one transform", "of one generator", "of one repository")
REASONS = frozenset({TOO_MANY, *(_SHARE.format(kind) for kind in _KINDS)})
"""Why the policy leaves a variant out."""


@dataclass(slots=True)
class Weighed:
    """A variant of the training split, as far as the mix is concerned."""

    unit: int
    tokens: int
    recipe: tuple[str, ...]
    generator: str
    repository: str
    order: int
    why_not: str = ""


def steps(engine: str, recipe: Sequence[str], parents: Sequence[str]) -> tuple[int, int] | None:
    """Steps by models and by rules from the human text to a variant; None when the engine is
    not known, so nothing can be said. `parents` are the engines of the variants that it was made
    of."""
    llm = rule = 0
    for name in (engine, *parents):
        if name == "llm":
            llm += 1
        elif name == "rules":
            rule += len(recipe) or 1
        elif name != "person":
            return None
    return llm, rule


def too_deep(depth: tuple[int, int] | None, policy: Policy) -> str:
    """Why a variant is too far from human text; "" when it is not."""
    if depth is None:
        return "nobody knows how it was made"
    if depth[0] > policy.max_llm_depth:
        return "a model's variant of a model's variant"
    return "too many steps of rules" if depth[1] > policy.max_rule_depth else ""


def keep_caps(
    variants: Sequence[Weighed],
    human: int,
    by_repository: Counter[str],
    policy: Policy,
    captions: Sequence[Weighed] = (),
) -> None:
    """Gives those that exceed a cap their reason. `human` are the tokens of human text that are
    trained on, `by_repository` those of each repository; `captions` stay, and count as what
    machines made."""
    kept = sorted(variants, key=lambda one: one.order)
    per_unit: Counter[int] = Counter()
    for one in kept:
        per_unit[one.unit] += 1
        if per_unit[one.unit] > policy.max_per_unit:
            one.why_not = TOO_MANY
    kinds: tuple[tuple[str, float, Callable[[Weighed], Iterable[str]]], ...] = (
        (_KINDS[0], policy.max_synthetic_share, lambda one: ("",)),
        (_KINDS[1], policy.max_transform_share, lambda one: set(one.recipe)),
        (_KINDS[2], policy.max_generator_share, lambda one: (one.generator,)),
        (_KINDS[3], policy.max_repository_share, lambda one: (one.repository,)),
    )
    while True:
        before = sum(not one.why_not for one in kept)
        for what, cap, names in kinds:
            base = by_repository if what == _KINDS[3] else Counter()
            _keep(kept, captions, human, base, cap, names, _SHARE.format(what))
        if sum(not one.why_not for one in kept) == before:
            return


def _keep(
    kept: Sequence[Weighed],
    captions: Sequence[Weighed],
    human: int,
    base: Counter[str],
    cap: float,
    names: Callable[[Weighed], Iterable[str]],
    reason: str,
) -> None:
    """Leaves out the last ones of each kind until its share of all is at most `cap`."""
    if cap >= 1:
        return
    total = human + sum(one.tokens for one in (*kept, *captions) if not one.why_not)
    sums: Counter[str] = Counter(base)
    for one in (*kept, *captions):
        if not one.why_not:
            for name in names(one):
                sums[name] += one.tokens
    for one in reversed(kept):
        if one.why_not:
            continue
        if any(sums[name] > cap * total for name in names(one)):
            one.why_not = reason
            total -= one.tokens
            for name in names(one):
                sums[name] -= one.tokens


def figures(
    variants: Sequence[Weighed],
    human: int,
    by_repository: Counter[str],
    real_units: int,
    captions: Sequence[Weighed] = (),
) -> dict[str, Any]:
    """The shares of the training split by tokens."""
    most = Counter(one.unit for one in variants if not one.why_not)
    kept = [one for one in (*variants, *captions) if not one.why_not]
    synthetic = sum(one.tokens for one in kept)
    total = (human + synthetic) or 1
    transforms: Counter[str] = Counter()
    generators: Counter[str] = Counter()
    repositories = Counter(by_repository)
    for one in kept:
        transforms.update(dict.fromkeys(one.recipe, one.tokens))
        generators[one.generator] += one.tokens
        repositories[one.repository] += one.tokens
    return {
        "synthetic_share": share(synthetic, total),
        "per_unit": max(most.values(), default=0),
        "transforms": {name: share(n, total) for name, n in sorted(transforms.items())},
        "generators": {name: share(n, total) for name, n in sorted(generators.items())},
        "repositories": {name: share(n, total) for name, n in sorted(repositories.items())},
        "real_units": real_units,
    }


def share(part: float, whole: float) -> float:
    """Rounded up to six digits, so that no cap is kept by rounding."""
    return math.ceil(1e6 * part / whole) / 1e6 if whole else 0.0


def tail(numbers: Iterable[tuple[int, int]]) -> float:
    """How much of the rarely called is left in a mix: the least ratio, over bands of names that
    are about equally frequent in human code, of their share in the mix to that in human code.
    `numbers` is how often each name is called in human code, and in the mix."""
    bands_real: Counter[int] = Counter()
    bands_mixed: Counter[int] = Counter()
    all_mixed = 0
    for number, in_mix in numbers:
        all_mixed += in_mix
        if number:
            band = min(number.bit_length(), _BANDS)
            bands_real[band] += number
            bands_mixed[band] += in_mix
    whole = bands_real.total()
    if not whole or not all_mixed:
        return 1.0
    ratios = [
        (bands_mixed[band] / all_mixed) / (number / whole) for band, number in bands_real.items()
    ]
    return math.floor(1e6 * min(ratios)) / 1e6


def unmet(found: dict[str, Any], policy: Policy) -> list[str]:
    """The floors that are not reached and the caps that are exceeded, one sentence each."""
    problems = []
    if found["real_units"] < policy.min_real_units:
        problems.append(
            f"{found['real_units']} human-written functions to train on are fewer than "
            f"dataset.min_real_units = {policy.min_real_units}"
        )
    for name in ("diversity", "tail"):
        if found[name] < (least := getattr(policy, f"min_{name}")):
            problems.append(f"{name} {found[name]:g} is below dataset.min_{name} = {least:g}")
    if found["synthetic_share"] > policy.max_synthetic_share:
        problems.append(
            f"the synthetic share {found['synthetic_share']:g} is above "
            f"dataset.max_synthetic_share = {policy.max_synthetic_share:g}"
        )
    if found["per_unit"] > policy.max_per_unit:
        problems.append(
            f"{found['per_unit']} variants of one function are more than "
            f"dataset.max_per_unit = {policy.max_per_unit}"
        )
    for kind in ("transform", "generator", "repository"):
        cap = getattr(policy, f"max_{kind}_share")
        plural = "repositories" if kind == "repository" else f"{kind}s"
        for name, part in found[plural].items():
            if part > cap:
                limit = f"dataset.max_{kind}_share = {cap:g}"
                problems.append(f"the share {part:g} of {kind} {name!r} is above {limit}")
    return problems
