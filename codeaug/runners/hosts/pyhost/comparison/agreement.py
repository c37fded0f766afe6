"""Which of the original's outcomes count, and the smallest input on which another text differs."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .calling import USE, Case, Outcome
from .recording import Input
from .running import LEAST, Ran, run

# Raised by the original, these say that a grown input is none that it was made for; others say so
# when nobody raises them on purpose, no recorded call ends with one and the docstring names none.
OUT_OF_DOMAIN = frozenset({
    "TypeError", "AttributeError", "NameError", "UnboundLocalError", "AssertionError",
    "RecursionError", "MemoryError", "NotImplementedError",
})  # fmt: skip
WRONG_TYPE = ("TypeError", "AttributeError")
_LATE = re.compile(r"\braise (?:TypeError|AttributeError)\b")  # by a generator, at some item
_LATE_LIMIT = re.compile(r"\braise (OverflowError|MemoryError|RecursionError)\b")
PATIENCE = 0.3  # seconds for the original on one grown input
_PAST_INDICES = re.compile(r"(?<![\w.])-?\d{19,}\b")  # no text is as long
_EXCEPTION = re.compile(r"\b\w+(?:Error|Exception|Iteration|Warning)\b")
HANGS = 4  # inputs on which the original may be too slow
OTHER_CALLS = "after other calls"
APART = "where equal values are not the same object"
FEWEST = 10  # inputs, where there was no time for the others
CONFIRMED = 3  # of the smallest differing inputs, each tried alone
Forked = Callable[..., Ran]


@dataclass
class Reference:
    """What the original did with some inputs. `counts`: numbers of those that say something.

    `problem`: why nothing can be compared, "" when something can.
    """

    inputs: list[Input] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    problem: str = ""


class Difference(NamedTuple):
    """Two outcomes of one input. `needs`: what it takes besides a first call, "" for nothing."""

    given: Input
    one: Outcome
    other: Outcome
    needs: str


class Judge:
    """Runs one unit's texts; `closed` are descriptors that no fork keeps.

    `twin` compiles the original anew, as each changed text is: what differs then, as an address
    does, says nothing of a changed text.
    """

    def __init__(self, closed: Sequence[int], twin: Callable[[], Case]) -> None:
        self.closed, self.twin = tuple(closed), twin
        self.lines: set[int] = set()

    def run(
        self, case: Case, inputs: Sequence[Input], deadline: float, usual: Sequence[float] = (),
        least: float = LEAST,
    ) -> Ran:  # fmt: skip
        return run(case, inputs, self.closed, deadline, usual, least)

    # --- the original -----------------------------------------------------------------------------

    def reference(self, case: Case, inputs: Sequence[Input], deadline: float) -> Reference:
        """The original on its inputs, twice; where it differs from itself nothing counts."""
        tried, reasons, late = self._tried(case, inputs, deadline)
        kept = [each for each, _ in tried]
        one = self.run(case, kept, deadline)
        two = self.run(case._replace(perturbed=True), kept, deadline)
        least = min(len(one.outcomes), len(two.outcomes))
        counts = []
        for number in range(least):
            if one.outcomes[number] != two.outcomes[number]:
                reasons["the original differs from itself"] += 1
            elif one.outcomes[number].kind == USE:
                counts.append(number)
        found = Reference(kept[:least], one.outcomes[:least], one.seconds[:least], counts)
        found.problem = _problem(inputs, found, reasons)
        if not found.problem and len(counts) < FEWEST and (late or least < len(kept)):
            found.problem = f"only {len(counts)} inputs were compared in time"
        return found

    def _tried(
        self, case: Case, inputs: Sequence[Input], deadline: float
    ) -> tuple[list[tuple[Input, Outcome]], Counter[str], bool]:
        """The inputs that are worth comparing on, why recorded ones are not, and whether there was
        no time for more."""
        rest, found, reasons, hangs, late = list(inputs), [], Counter[str](), 0, False
        words = (case.function and case.function.__doc__) or ""
        expected = {"KeyError", *_EXCEPTION.findall(words)}
        deadline -= 0.6 * (deadline - time.monotonic())  # it runs twice more
        while rest:
            ran = self.run(case, rest, deadline, least=PATIENCE)
            for number, (each, outcome) in enumerate(zip(rest, ran.outcomes)):
                if each.is_recorded:
                    expected.add(outcome.raised)
                if _is_in_domain(each, outcome, number in ran.lapses, expected):
                    found.append((each, outcome))
                elif each.is_recorded:
                    reasons[outcome.result] += 1
            if not ran.ended:
                break
            here, late = len(ran.outcomes), ran.ended == "limit"
            if late or here >= len(rest) or hangs == HANGS:
                break
            if rest[here].is_recorded:
                reasons["a call does not end, or ends the process"] += 1
            if not rest[here].is_within:  # nor will it refuse others that break a precondition
                rest[here + 1 :] = [each for each in rest[here + 1 :] if each.is_within]
            if hangs and rest[here].is_vast:  # the time is better spent on others
                rest[here + 1 :] = [each for each in rest[here + 1 :] if not each.is_vast]
            hangs, rest = hangs + 1, rest[here + 1 :]
        return found, reasons, late

    # --- another text -----------------------------------------------------------------------------

    def difference(
        self, original: Case, changed: Case, known: Reference, deadline: float, noting: Case
    ) -> tuple[int, Difference | None, str]:
        """On how many inputs both were compared, the difference, or why there is no word.

        `noting` is the changed text that notes its lines; `lines` gets those that ran.
        """
        ran = self._through(noting, known, deadline)
        self.lines.update(ran.lines)
        differing = differing_in(known, ran)
        if not differing:
            if ran.ended:  # the original came through all of them in a fraction of the time
                told = f"{len(ran.outcomes)} of {len(known.inputs)} inputs"
                return 0, None, f"only {told} were compared in time"
            silent = _silent(known, ran)
            return sum(number not in silent for number in known.counts), None, ""
        found, problem = self._smallest(original, changed, known, differing, deadline), ""
        if found is None:
            found, problem = self._repeated(changed, known, differing, deadline)
        return (len(known.counts) if found else 0), found, problem

    def _through(self, changed: Case, known: Reference, deadline: float) -> Ran:
        """All inputs; those are passed over whose great numbers only make the text slow."""
        whole = self.run(changed, known.inputs, deadline, known.seconds)
        here = len(whole.outcomes)
        if whole.ended != "time" or not known.inputs[here].is_vast:
            return whole
        rest = [n for n in range(here, len(known.inputs)) if not known.inputs[n].is_vast]
        usual = [known.seconds[number] for number in rest]
        more = self.run(changed, [known.inputs[number] for number in rest], deadline, usual)
        found = dict(zip(rest, more.outcomes))
        last = rest[len(more.outcomes)] if more.ended else len(known.inputs)
        whole.outcomes += [found.get(n, known.outcomes[n]) for n in range(here, last)]
        whole.ended, whole.lines = more.ended, more.lines
        return whole

    def _smallest(
        self, original: Case, changed: Case, known: Reference, differing: dict[int, Outcome],
        deadline: float,
    ) -> Difference | None:  # fmt: skip
        by_size = sorted(differing, key=lambda number: (len(known.inputs[number].text), number))
        for number in by_size[:CONFIRMED]:
            found = self._alone(original, changed, known.inputs[number], deadline)
            if found is not None:
                return found
        return None

    def _repeated(
        self, changed: Case, known: Reference, differing: dict[int, Outcome], deadline: float
    ) -> tuple[Difference | None, str]:
        """The first that shows after other calls, once more, and not in the original compiled anew;
        or why there is none."""
        again = self.run(changed._replace(perturbed=True), known.inputs, deadline, known.seconds)
        both = [number for number in sorted(differing_in(known, again)) if number in differing]
        if not both:
            return None, "the changed unit differs from itself"
        anew = self.run(self.twin(), known.inputs, deadline, known.seconds)
        itself = differing_in(known, anew)
        first = next((number for number in both if number not in itself), None)
        if first is None:
            return None, "the original differs from itself"
        given = known.inputs[first]
        return Difference(given, known.outcomes[first], differing[first], OTHER_CALLS), ""

    def _alone(
        self, original: Case, changed: Case, given: Input, deadline: float
    ) -> Difference | None:
        known = self.run(original, [given], deadline)
        again = self.run(original._replace(perturbed=True), [given], deadline)
        if not known.outcomes or known.outcomes != again.outcomes:
            return None
        if known.outcomes[0].kind != USE:
            return None
        deadline = max(deadline, time.monotonic() + 2.5)
        ran = self.run(changed, [given], deadline, known.seconds)
        other = ran.outcomes[0] if ran.outcomes else _ended(ran)
        if other == known.outcomes[0]:
            return None
        of_identity = self._is_of_identity(original, changed, given, deadline)
        return Difference(given, known.outcomes[0], other, APART if of_identity else "")

    def _is_of_identity(self, original: Case, changed: Case, given: Input, deadline: float) -> bool:
        """Whether both agree where equal values are one object, as literals of a test are."""
        one, two = (
            self.run(case._replace(apart=False), [given], deadline).outcomes
            for case in (original, changed)
        )
        return bool(one) and one == two


def differing_in(known: Reference, ran: Ran) -> dict[int, Outcome]:
    """Outcomes that are not the original's, by the number of their input."""
    silent = _silent(known, ran)
    found = {
        number: ran.outcomes[number]
        for number in known.counts
        if number < len(ran.outcomes) and ran.outcomes[number] != known.outcomes[number]
        if number not in silent
        if not (
            known.inputs[number].is_alien and _refuses(known.outcomes[number], ran.outcomes[number])
        )
        if not _is_too_much(known.inputs[number], ran.outcomes[number])
        if not (_is_called_again(known.inputs[number]) and not ran.outcomes[number].raised)
    }
    if ran.ended in ("end", "time"):
        last = min(len(ran.outcomes), len(known.inputs) - 1)
        found.setdefault(last, _ended(ran))
    return found


def _silent(known: Reference, ran: Ran) -> set[int]:
    """Inputs with a fault that say nothing: where nothing fails yet, both texts may call what does
    the work in ways of their own; and those who do cannot be compared where it fails."""
    faults = [(number, each.fault) for number, each in enumerate(known.inputs) if each.fault]
    counts, done = set(known.counts), ran.outcomes
    same = {
        fault.group
        for number, fault in faults
        if not fault.at and number in counts and number < len(done)
        if done[number] == known.outcomes[number]
    }
    return {number for number, fault in faults if not fault.at or fault.group not in same}


def _refuses(one: Outcome, other: Outcome) -> bool:
    """Whether a text does not take a value of a type that no test passes, each in its own way."""
    return other.raised in WRONG_TYPE or bool(one.raised and other.raised)


def _is_called_again(given: Input) -> bool:
    """Whether the unit is called while it works: then a value taken a statement earlier or later is
    another, which few would call a difference."""
    return given.fault is not None and given.fault.at > 0 and not given.fault.error


def _is_too_much(given: Input, other: Outcome) -> bool:
    """Whether a vast number is more than the memory holds: that a text makes what it needs earlier
    than the original is no difference."""
    late = _LATE_LIMIT.search(other.result)
    raised = other.raised or (late[1] if late else "")
    if raised == "OverflowError":
        return given.is_vast and bool(_PAST_INDICES.search(given.text))
    return given.is_vast and raised == "MemoryError"


def _ended(ran: Ran) -> Outcome:
    if ran.ended in ("time", "limit"):
        return Outcome(USE, "does not end")
    return Outcome(USE, "ends the process")


def _is_in_domain(each: Input, outcome: Outcome, lapse: bool, expected: Collection[str]) -> bool:
    """A grown input is one that the unit is made for unless the original breaks off by mistake.

    One that breaks a precondition is one only if the unit refuses it on purpose.
    """
    if outcome.kind != USE or each.is_recorded:
        return outcome.kind == USE
    if outcome.raised in OUT_OF_DOMAIN or (each.is_alien and _LATE.search(outcome.result)):
        return False
    if (limit := _LATE_LIMIT.search(outcome.result)) and limit[1] not in expected:
        return False
    if not each.is_within:
        return bool(outcome.raised) and not lapse
    return not lapse or outcome.raised in expected


def _problem(inputs: Sequence[Input], found: Reference, reasons: Counter[str]) -> str:
    """Grown inputs alone say little of a unit whose recorded calls cannot be compared."""
    recorded = sum(each.is_recorded for each in inputs)
    left = sum(found.inputs[number].is_recorded for number in found.counts)
    why = reasons.most_common(1)[0][0] if reasons else ""
    if reasons["the original differs from itself"] > len(found.inputs) // 2:
        return "the original differs from itself on most inputs"
    if not found.counts:
        return why or "no input is one that the unit takes"
    if 2 * left < recorded:
        return f"most of its calls cannot be compared: {why or 'they take too long'}"
    return ""
