"""A variant that a check refused -> the request to write it again with what was found; twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from codeaug.engines.llm import prompts, reading
from codeaug.engines.llm.call import Call, Message
from codeaug.engines.llm.drafting import DUPLICATE, Order
from codeaug.engines.llm.likeness import shape
from codeaug.engines.llm.reading import Kind
from codeaug.model import Evidence, Origin, Reply, Variant, Verdict

ROUNDS = 2
MOST_DETAIL = 4000
REPAIR = "repair"

# Nothing is asked again of a reply that brings in a new capability: that may be somebody's will.
PROBLEMS = {
    "comments": "A comment or docstring is not the original's: keep each, add none.",
    "compiled": "It does not compile, or brings a new warning. The compiler says:",
    "tested": "A test of the project does not end as with the original. It says:",
    "compared": "It differs from the original on an input:",
    "crosshair": "It differs from the original on an input:",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a variant is to be written again: a sentence, and the finding's own words."""

    problem: str
    detail: str


def refusal(evidence: Evidence) -> Refusal | None:
    """What to tell the model; None when nothing failed that it could mend."""
    for finding in evidence.findings:
        if finding.verdict is Verdict.FAILED:
            problem = PROBLEMS.get(finding.check)
            words = "\n".join(filter(None, (finding.detail, _log(finding.check, finding.log))))
            words = words.encode("utf-8", "replace").decode("utf-8")
            return Refusal(problem, words[:MOST_DETAIL]) if problem else None
    return None


def _log(check: str, log: str) -> str:
    """A test's own source never goes to a model; what it or the compiler said does."""
    return log if check == "compiled" else ""


def rounds(variant: Variant) -> int:
    """How often it was written again."""
    return variant.origin.recipe.count(REPAIR)


def repaired(variant: Variant) -> Origin:
    """How a repair of it is made: there is one of each variant at most."""
    return replace(variant.origin, recipe=(*variant.origin.recipe, REPAIR))


def _parent(variant: Variant, others: Iterable[Variant]) -> Variant | None:
    """The variant that this one repairs; None when it is no repair."""
    return next((other for other in others if repaired(other) == variant.origin), None)


@dataclass(frozen=True, slots=True)
class History:
    """The variants of one unit by id, and why each refused one was refused."""

    order: Order
    variants: Mapping[str, Variant]
    refusals: Mapping[str, Refusal]

    def call(self, variant: Variant) -> Call:
        """The request to write a refused variant again."""
        refused = self.refusals[variant.id]
        messages = prompts.repair(
            self._before(variant),
            self.order.unit,
            variant.code,
            refused.problem,
            refused.detail,
            self.order.secret,
        )
        first = self.order.call(variant.origin.seed)
        return replace(first, purpose="repair", messages=messages, temperature=0.4)

    def _before(self, variant: Variant) -> tuple[Message, ...]:
        """The conversation that ended in this variant."""
        before = _parent(variant, self.variants.values())
        if before is None or before.id not in self.refusals:
            return self.order.call(variant.origin.seed).messages
        return self.call(before).messages

    def read(self, variant: Variant, reply: Reply) -> tuple[str, Variant | None]:
        """What the reply is, and the variant in it unless it is like one that is known."""
        order = self.order
        found = reading.read(reply.body, order.unit, order.source)
        if found.kind is not Kind.CODE:
            return found.kind, None
        others = (v.code for v in self.variants.values() if v.origin != repaired(variant))
        known = [order.unit.code, *others]
        language = order.unit.language
        if shape(language, found.code) in {shape(language, code) for code in known}:
            return DUPLICATE, None
        return found.kind, Variant(order.unit.id, found.code, repaired(variant))
