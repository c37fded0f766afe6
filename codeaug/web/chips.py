"""The evidence strip: one chip a fact, from what was found about a variant and how it was made."""

from __future__ import annotations

from dataclasses import dataclass

from codeaug.checks.tested import UNEXECUTED
from codeaug.model import Evidence, Finding, Variant, Verdict
from codeaug.review import Card
from codeaug.transforms import ROBUSTNESS, tier_of

_LISTED_TESTS = 200
_BILLION = 1e9
_EVERY_LINE = "which execute every changed line"


@dataclass(frozen=True, slots=True)
class Chip:
    """A fact in a word or two, and what stands behind it. `verdict` is "" for a plain fact.

    `facts` are names with values, `items` what is listed by name; `more` of them are left out.
    """

    name: str
    verdict: Verdict | None
    detail: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    command: str = ""
    log: str = ""
    items: tuple[str, ...] = ()
    more: int = 0

    @property
    def style(self) -> str:
        return self.verdict.value if self.verdict else ""


def chips(card: Card, paid: tuple[int, int]) -> list[Chip]:
    """What failed first; the others in the order of the checks, then how the variant was made.

    `paid` is what the model's replies about the unit cost, in billionths of a dollar, and how many
    they are.
    """
    evidence = card.evidence
    found = [_finding(finding) for finding in evidence.findings] if evidence else []
    found += [
        chip for chip in (_tests(card), _changed_lines(evidence), _kill_rate(evidence)) if chip
    ]
    found += [_made(card.variant), _cost(card.variant, *paid), _license(card)]
    if evidence and evidence.environment:
        found.append(Chip("environment", None, facts=evidence.environment))
    return sorted(found, key=lambda chip: chip.verdict is not Verdict.FAILED)


def _finding(finding: Finding) -> Chip:
    facts = [("took", f"{finding.seconds:.2f} s")]
    if finding.exit_code is not None:
        facts.append(("exit code", str(finding.exit_code)))
    return Chip(
        finding.check, finding.verdict, finding.detail, tuple(facts), finding.command, finding.log
    )


def _tests(card: Card) -> Chip | None:
    if card.oracle is None:
        return None
    tests = card.oracle.tests
    number = f"{len(tests)} test{'' if len(tests) == 1 else 's'}"
    return Chip(
        "covering tests",
        Verdict.PASSED if tests else Verdict.UNKNOWN,
        f"{number} execute{'s' if len(tests) == 1 else ''} this unit",
        (("why none", card.oracle.reason),) if card.oracle.reason else (),
        items=tests[:_LISTED_TESTS],
        more=max(0, len(tests) - _LISTED_TESTS),
    )


def _changed_lines(evidence: Evidence | None) -> Chip | None:
    """Whether anything that judged the variant executed what changed."""
    said = {finding.check: finding for finding in evidence.findings} if evidence else {}
    tested, compared = said.get("tested"), said.get("compared")
    name = "changed lines executed"
    if tested and tested.verdict is Verdict.PASSED:
        return Chip(name, Verdict.PASSED, "all, by the tests")
    if compared and compared.verdict is Verdict.PASSED and compared.detail.endswith(_EVERY_LINE):
        return Chip(name, Verdict.PASSED, "all, by the compared inputs")
    if tested and tested.detail.startswith(UNEXECUTED):
        return Chip(name, Verdict.UNKNOWN, tested.detail)
    return None


def _kill_rate(evidence: Evidence | None) -> Chip | None:
    """How many injected faults the tests of the unit catch."""
    caught = dict(evidence.parameters).get("faults caught", "") if evidence else ""
    if not caught:
        return None
    some, judged = (int(number) for number in caught.split(" of "))
    rate = f" ({some / judged:.0%})" if judged else ""
    return Chip("kill rate", Verdict.PASSED if some else Verdict.UNKNOWN, f"{caught} faults{rate}")


def made(variant: Variant) -> str:
    """By what a variant was made, in a few words."""
    origin = variant.origin
    if origin.engine == "person":
        return "edited by a person"
    by = f"model {origin.model}" if origin.model else f"{origin.engine} engine"
    by += ", for robustness" if tier_of(origin.recipe) == ROBUSTNESS else ""
    return " → ".join(origin.recipe) + f" ({by})" if origin.recipe else by


def _made(variant: Variant) -> Chip:
    origin = variant.origin
    facts = (
        ("engine", origin.engine),
        ("recipe", " → ".join(origin.recipe)),
        ("tier", tier_of(origin.recipe)),
        ("model", origin.model),
        ("prompt version", origin.prompt),
        ("seed", str(origin.seed)),
        ("variant", variant.id),
        ("unit", variant.unit_id),
    )
    return Chip(
        "made by",
        None,
        made(variant),
        tuple((name, value) for name, value in facts if value),
        f"codeaug explain {variant.id}",
    )


def _cost(variant: Variant, billionths: int, number: int) -> Chip:
    if not variant.origin.model:
        return Chip("cost", None, "none: no model was asked")
    replies = f"{number} repl{'y' if number == 1 else 'ies'}"
    facts = (("of", f"{replies} by {variant.origin.model}, for all variants of this unit"),)
    return Chip("cost", None, f"${billionths / _BILLION:.6f} for {replies}", facts)


def _license(card: Card) -> Chip:
    repository = card.repository
    known = repository.license if repository else ""
    place = (("repository", repository.name), ("commit", repository.commit)) if repository else ()
    return Chip(
        "licence",
        None if known else Verdict.UNKNOWN,
        known or "unknown: the repository has no licence file that is known",
        (*place, ("file", card.unit.path)),
    )
