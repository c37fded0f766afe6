"""A unit and the replies so far -> its variants, and what to ask next. No state but the replies.

Everything is read anew from the store each time, so a run that was stopped, a reply that came by
batch and a reader that got better all end in the same variants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from codeaug.engines.llm import prompts, reading
from codeaug.engines.llm.call import Call
from codeaug.engines.llm.context import Part
from codeaug.engines.llm.likeness import Shape, shape
from codeaug.engines.llm.reading import Kind, Reading
from codeaug.model import Origin, Reply, Unit, Variant

NAME = "llm"
PATIENCE = 2
"""So many samples in a row that bring nothing new end a unit."""
DUPLICATE = "like another"


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a model for one unit.

    `others` are texts of the unit that are known already, such as the rules engine's; `secret` is
    the store's own key for marks; `readings` are remembered, since a file is parsed for each.
    """

    unit: Unit
    source: bytes
    model: str
    wanted: int
    seed: int
    most_tokens: int
    context: tuple[Part, ...]
    others: tuple[str, ...]
    secret: bytes
    readings: dict[bytes, Reading] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """Samples that are paid for, at most."""
        return 2 * self.wanted

    def call(self, sample: int) -> Call:
        """The request for a sample of this unit."""
        asked = prompts.chosen(self.unit.id, sample, self.seed)
        return Call(
            purpose="rewrite",
            unit_id=self.unit.id,
            model=self.model,
            messages=prompts.rewrite(self.unit, asked, self.context, sample, self.secret),
            temperature=prompts.TEMPERATURES[sample % len(prompts.TEMPERATURES)],
            most_tokens=self.most_tokens,
            sample=sample,
            places=tuple(dict.fromkeys([self.unit.path, *(p.path for p in self.context)])),
        )

    def origin(self, sample: int) -> Origin:
        """How the sample's variant was made."""
        asked = prompts.chosen(self.unit.id, sample, self.seed)
        recipe = tuple(strategy.name for strategy in asked)
        return Origin(NAME, recipe, sample, self.model, prompts.version())


@dataclass(frozen=True, slots=True)
class Draft:
    """What a unit's replies gave so far: variants, reasons by strategy, and what is still to ask.

    It is finished when nothing is to ask.
    """

    variants: tuple[Variant, ...]
    reasons: Mapping[tuple[str, str], int]
    calls: tuple[Call, ...]


def draft(
    order: Order, replies: Mapping[str, Reply], refused: Mapping[str, str] | None = None
) -> Draft:
    """Reads the samples in order until enough are good or nothing new comes.

    `refused` are reasons, by key, why calls will never have a reply.

    The calls are those without which nobody can say whether more are needed: as many as variants
    are wanting.
    """
    variants: list[Variant] = []
    reasons: Counter[tuple[str, str]] = Counter()
    language = order.unit.language
    seen = {shape(language, code) for code in (order.unit.code, *order.others)}
    barren = 0
    refused = refused or {}
    for sample in range(order.most):
        if len(variants) == order.wanted or (barren >= PATIENCE and sample >= order.wanted):
            break
        call = order.call(sample)
        if call.key in refused:
            kind, variant = refused[call.key], None
        elif call.key in replies:
            kind, variant = _sample(order, sample, replies[call.key].body, seen)
        else:
            known = {*replies, *refused}
            return Draft(tuple(variants), reasons, _wanting(order, sample, len(variants), known))
        reasons[" + ".join(order.origin(sample).recipe), kind] += 1
        barren = 0 if variant else barren + 1
        variants += [variant] if variant else []
    return Draft(tuple(variants), reasons, ())


def _wanting(order: Order, first: int, have: int, known: set[str]) -> tuple[Call, ...]:
    last = min(order.most, first + order.wanted - have)
    calls = [order.call(sample) for sample in range(first, last)]
    return tuple(call for call in calls if call.key not in known)


def _read(order: Order, body: bytes) -> Reading:
    if body not in order.readings:
        order.readings[body] = reading.read(body, order.unit, order.source)
    return order.readings[body]


def _sample(order: Order, sample: int, body: bytes, seen: set[Shape]) -> tuple[str, Variant | None]:
    found = _read(order, body)
    if found.kind is not Kind.CODE:
        return found.kind, None
    form = shape(order.unit.language, found.code)
    if form in seen:
        return DUPLICATE, None
    seen.add(form)
    return found.kind, Variant(order.unit.id, found.code, order.origin(sample))
