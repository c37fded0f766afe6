"""Queued variants, faults that tests caught -> gold items, and what people's answers to them say.

A bad item is a mutant of a unit that has a variant in the queue: the tests of the unit caught that
very fault. Its card shows what that variant's card shows, made by the same engine and with the same
evidence: what is wrong with it stands in the code alone. A good item is a variant that was proved
to do the same as the original. Nothing is run for any of this.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from codeaug import mutations
from codeaug.errors import UsageError
from codeaug.estimates import Estimate, share
from codeaug.model import (
    Evidence,
    Fault,
    FaultOutcome,
    RejectReason,
    Rung,
    Strength,
    Unit,
    Variant,
    Word,
    content_id,
)
from codeaug.store import GoldAnswer, Item, Store, Truth

_KEY = "gold"
"""What checked a bad item: nothing did."""


@dataclass(frozen=True, slots=True)
class Request:
    """How many items are wanted of a commit, and what its queue depends on."""

    commit: str
    bar: Rung
    faults: int
    seed: int
    bad: int
    good: int


@dataclass(frozen=True, slots=True)
class Score:
    """How a person decided about gold items. A good one may be rejected for its style."""

    reviewer: str
    bad: int
    accepted: int
    false_accepts: Estimate | None
    good: int
    refused: int
    false_rejects: Estimate | None


# --- making ---------------------------------------------------------------------------------------


def make(store: Store, request: Request, read: Callable[[str], bytes]) -> dict[str, int]:
    """Makes gold items of what the store has; the same store and seed give the same. How many of
    each kind. Raises UsageError when there is nothing to make any of."""
    queued = _queued(store, request)
    good = _good(store, request, queued)
    bad = list(islice(_bad(store, request, queued, read, {v.id for v in good}), request.bad))
    if not bad and not good:
        raise UsageError(
            "there is nothing to make gold items of: `codeaug run` first, then `codeaug oracle`, "
            "which injects faults into the units whose variants are in the queue"
        )
    with store.writing():
        for wrong in bad:
            store.put_variants([wrong.variant])
            store.put_evidence(wrong.evidence, _KEY)
            store.put_opinions([
                replace(opinion, variant_id=wrong.variant.id)
                for opinion in store.opinions(wrong.like)
            ])  # fmt: skip
        store.gold.put(Item(w.variant.id, Truth.BAD, w.how) for w in bad)
        store.gold.put(Item(v.id, Truth.GOOD, "proved to do the same") for v in good)
    return {"bad": len(bad), "good": len(good)}


def _queued(store: Store, request: Request) -> dict[str, list[Variant]]:
    """The variants in the queue by their unit's id, each in an order of the seed's."""
    found: dict[str, list[Variant]] = defaultdict(list)
    ids = store.review_queue(request.bar, request.commit)
    for variant_id in sorted(ids, key=lambda each: content_id(str(request.seed), each)):
        variant = store.variant(variant_id)
        assert variant is not None
        found[variant.unit_id].append(variant)
    return found


def _good(store: Store, request: Request, queued: Mapping[str, Sequence[Variant]]) -> list[Variant]:
    """Proved variants that nobody has decided about: they are lost to the dataset."""
    known = {variant.id: variant for some in queued.values() for variant in some}
    free = store.gold.untouched(known)
    proved = (
        known[each]
        for each in sorted(free, key=lambda each: content_id(str(request.seed), "good", each))
        if (evidence := store.evidence(each, request.commit)) and Rung.PROVED in evidence.holds
    )
    return list(islice(proved, request.good))


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A mutant as a variant, with the evidence that its card shows; `like` is whose that is."""

    variant: Variant
    evidence: Evidence
    like: str
    how: str


def _bad(
    store: Store,
    request: Request,
    queued: Mapping[str, Sequence[Variant]],
    read: Callable[[str], bytes],
    taken: set[str],
) -> Iterator[_Wrong]:
    """Mutants that the tests caught, one of each unit in turn, then a second one of each; of units
    with an unproved variant first, so that few cards claim a proof that there cannot be."""
    strengths = store.strengths(request.commit)
    units = sorted(queued.keys() & strengths, key=lambda u: content_id(str(request.seed), u))
    shown = {u: pair for u in units if (pair := _shown(store, request, queued[u], taken))}
    for proved in (False, True):
        alike = [
            u for u, (_, evidence) in shown.items() if (Rung.PROVED in evidence.holds) is proved
        ]
        kinds = [_wrong(store, request, strengths[u], *shown[u], read) for u in alike]
        while kinds:
            found = [(each, wrong) for each in kinds if (wrong := next(each, None)) is not None]
            yield from (wrong for _, wrong in found)
            kinds = [each for each, _ in found]


def _wrong(
    store: Store,
    request: Request,
    strength: Strength,
    like: Variant,
    evidence: Evidence,
    read: Callable[[str], bytes],
) -> Iterator[_Wrong]:
    """The mutants of one unit, which look like this variant of it."""
    unit = store.unit(strength.unit_id, request.commit)
    for code, fault in _caught(unit, read(unit.path), strength, request) if unit else ():
        variant = Variant(like.unit_id, code, like.origin)
        if store.variant(variant.id) is None:
            how = f"line {fault.line}: {fault.description}; caught by {fault.test}"
            yield _Wrong(variant, replace(evidence, variant_id=variant.id), like.id, how)


def _shown(
    store: Store, request: Request, queued: Sequence[Variant], taken: set[str]
) -> tuple[Variant, Evidence] | None:
    """A variant of the unit in the queue, an unproved one if there is one, with its evidence."""
    known = [(v, store.evidence(v.id, request.commit)) for v in queued if v.id not in taken]
    found = [(variant, evidence) for variant, evidence in known if evidence is not None]
    return min(found, key=lambda pair: Rung.PROVED in pair[1].holds, default=None)


def _caught(
    unit: Unit, source: bytes, strength: Strength, request: Request
) -> Iterator[tuple[str, Fault]]:
    """The mutants that a test was seen to catch, the seed's choice first. A mutant is known again
    by what was done where; one that replaces the whole body is too plain."""
    whole = {operator.name for operator in mutations.load() if operator.whole}
    caught = {
        (f.operator, f.line, f.description): f
        for f in strength.faults
        if f.outcome is FaultOutcome.CAUGHT and f.test and f.operator not in whole
    }
    made = mutations.mutants(unit, source, request.faults, request.seed)
    names = [(mutant.operator, mutant.line, mutant.description) for mutant in made]
    found = [
        (mutant.code, caught[name])
        for mutant, name in zip(made, names, strict=True)
        if name in caught and names.count(name) == 1
    ]
    yield from sorted(found, key=lambda pair: content_id(str(request.seed), pair[0]))


# --- what the answers say -------------------------------------------------------------------------


def scores(answers: Iterable[GoldAnswer]) -> list[Score]:
    """Each person's answers since they were last given cards again, by name."""
    people: dict[str, list[GoldAnswer]] = defaultdict(list)
    for answer in answers:
        if answer.counted:
            people[answer.reviewer].append(answer)
    return [_score(name, people[name]) for name in sorted(people)]


def _score(reviewer: str, answers: Sequence[GoldAnswer]) -> Score:
    bad = [a for a in answers if a.truth is Truth.BAD]
    good = [a for a in answers if a.truth is Truth.GOOD]
    accepted = sum(a.word is Word.APPROVED for a in bad)
    refused = sum(a.word is Word.REJECTED and a.reason == RejectReason.BEHAVIOUR for a in good)
    return Score(
        *(reviewer, len(bad), accepted, share(accepted, len(bad))),
        *(len(good), refused, share(refused, len(good))),
    )
