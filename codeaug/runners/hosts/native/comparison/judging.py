"""What the forks reported: which inputs count, and the smallest on which the texts differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .domain import domain
from .values import AGAIN, REACHED, Arguments, call_behind, calls_in, is_number, leaves

ENDED = {
    "time": "does not end",
    "signal": "crashes",
    "end": "ends the process",
    "undefined": "does what the language leaves undefined",
    "outside": "asks the system for more than memory and output",
}
FRESH = "&new"
STOPPED = {
    "threads": "threads run beside the unit",
    "late": "its tests take too long",
    "hangs": "a text does not end",
    "unreadable": "its arguments cannot be looked into",
}
DONE = frozenset({"ok", "accident"})
SECOND = f"={AGAIN}result"
VAST = 1_000_000
FEWEST = 10  # inputs, where others were cut off
# Thrown by the original, these say that a grown input is none that it was made for.
_OUT_OF_DOMAIN = frozenset({"std::bad_alloc", "std::length_error", "std::bad_array_new_length"})
Words = tuple[str, ...]


class Fork(NamedTuple):
    """One line of the report: `how` is one of DONE, or says why there are no words."""

    how: str
    given: Words
    did: Words


@dataclass
class Trial:
    """One input: the original, again, the variant, and again when that differs.

    `is_whole`: its test was not cut off. `counts`: what GCC counted in the variant, where told.
    """

    test: str
    call: int
    is_recorded: bool
    forks: dict[int, Fork] = field(default_factory=dict)
    is_whole: bool = True
    counts: str = ""

    @property
    def arguments(self) -> list[Arguments]:
        first = self.forks.get(0)
        return [*calls_in(first.given), *call_behind(first.did)] if first else []


@dataclass(frozen=True)
class Difference:
    """An input in words, and what both did with it: words, or how they ended."""

    trial: Trial
    given: Words
    one: Words
    other: Words

    @property
    def is_later(self) -> bool:
        """Whether only a second call shows it."""
        found = (n for n, word in enumerate(self.one) if word.startswith(f"={AGAIN}"))
        at = next(found, None)
        return at is not None and (self.one[:at] == self.other[:at] or len(self.other) == 1)

    @property
    def size(self) -> tuple[bool, int]:
        return self.is_later, len(" ".join(self.given))


@dataclass
class Judge:
    """Gathers reports; what has not this run's word in front is nobody's.

    `words` are the unit's comments, `fields` those of members, by name; `compared` names of which
    the unit only asks which is more.
    """

    words: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    compared: Collection[str] = ()
    trials: list[Trial] = field(default_factory=list)
    stops: Counter[str] = field(default_factory=Counter)
    stopped: str = ""

    def read(self, report: str, word: str, test: str, stopped: str = "") -> bool:
        """The report of one test, and why it was cut off; whether it was."""
        trials: dict[tuple[str, str, str], Trial] = {}
        for line in report.splitlines():
            head, _, text = line.partition("\t")
            parts = head.split()
            if len(parts) != 8 or parts[0] != word:
                continue
            process, call, number, who, how = "".join(parts[1:3]), *parts[3:7]
            if how in STOPPED:
                stopped = self._stop(how, text) or stopped
            elif call != "0":
                place = (process, call, number)
                trial = trials.setdefault(place, Trial(test, int(call), number == "0"))
                if how == "counts":
                    trial.counts = text
                else:
                    trial.forks[int(who)] = _fork(how, text)
        self.stopped = stopped or self.stopped
        for trial in trials.values():
            trial.is_whole = not stopped
            self.trials.append(trial)
        return bool(stopped)

    def _stop(self, how: str, more: str) -> str:
        if how == "late":
            return STOPPED[how]
        if how != "hangs":
            why = f": what looks {ENDED[more]}" if more in ENDED else ""
            self.stops[STOPPED[how] + why] += 1
        return ""

    def verdict(self) -> Verdict:
        """What all of it says. Of a test that was cut off no input counts, only a difference."""
        recorded = [trial for trial in self.trials if trial.is_recorded]
        known = [call for trial in recorded for call in trial.arguments]
        thrown = {
            t.forks[0].did[1]
            for t in recorded
            if 0 in t.forks and t.forks[0].did[:1] == ("throws",)
        }
        within = Within(
            tuple(domain(known, self.words, self.fields, self.compared)),
            self.words,
            frozenset(thrown),
        )
        found = Verdict(within, Counter(self.stops), self.stops.total(), stopped=self.stopped)
        for trial in self.trials:
            found.take(trial)
        return found


class Within(NamedTuple):
    """Which grown inputs the unit is made for. `thrown`: what recorded calls end with."""

    rules: tuple[Callable[[Arguments], bool], ...]
    words: str
    thrown: frozenset[str]

    def why_not(self, trial: Trial, how: str, known: Words, variants: Sequence[Fork]) -> str:
        """Why a grown input does not count; "" when it does."""
        at = known.index(SECOND) if SECOND in known else len(known)
        ends = known[:at], known[at + 1 :]
        if _is_vast(trial) and any("std::bad_alloc" in fork.did for fork in trial.forks.values()):
            return "it takes more memory than a grown input gets"
        if how == "accident" and not all(self._is_meant(end) for end in ends):
            return "a grown input is none that it takes"
        calls = calls_in(trial.forks[0].given), call_behind(trial.forks[0].did)
        # what the original refuses for another reason may be undefined in a text that looks later
        is_undefined = bool(variants) and all(fork.how == "undefined" for fork in variants)
        if not all(self._holds(call, () if is_undefined else end)
                   for call, end in zip(calls, ends, strict=True)):  # fmt: skip
            return "a grown input breaks a precondition"
        return ""

    def _holds(self, calls: Sequence[Arguments], end: Words) -> bool:
        """Whether the preconditions hold, or the unit refuses what breaks them as is said."""
        if end[:1] == ("throws",) and self._is_meant(end):
            return True
        asked = [{name: call[name] for name in call if name != REACHED} for call in calls]
        return all(rule(call) for call in asked for rule in self.rules)

    def _is_meant(self, end: Words) -> bool:
        """By the recorded calls or the comments, or because a text was no number."""
        if end[:1] != ("throws",):
            return True
        reads = len(end) > 2 and end[2].strip('"').startswith("sto")
        return reads or end[1] in self.thrown or end[1].rpartition("::")[2] in self.words


@dataclass
class Verdict:
    """What counts, trial by trial."""

    within: Within
    reasons: Counter[str] = field(default_factory=Counter)
    recorded: int = 0
    kept: int = 0
    inputs: set[Words] = field(default_factory=set)
    differences: list[Difference] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    stopped: str = ""
    counts: set[str] = field(default_factory=set)

    def take(self, trial: Trial) -> None:
        reason, known = _known(trial)
        variants = [trial.forks[n] for n in (2, 3) if n in trial.forks]
        if not reason and not trial.is_recorded:
            reason = self.within.why_not(trial, trial.forks[0].how, known, variants)
            if reason and trial.forks[0].how == "accident" and _misbehaves(variants):
                reason = ""
        if trial.is_whole:
            self.recorded += trial.is_recorded
            if reason and (trial.is_recorded or reason == _UNSTEADY):
                self.reasons[reason] += 1
        if reason or not variants:
            return
        given = trial.forks[0].given
        if trial.is_whole:
            self.kept += trial.is_recorded
            self.inputs.add(given)
            self.counts.add(trial.counts)
        others = [labelled(fork, known) for fork in variants]
        if any(_is_unsure(other, known) for other in others):
            self.doubts.append(
                "the variant has other bytes in a union; which are meant is not known"
            )
        elif known not in others:
            if not _is_slow(trial, variants):
                self.differences.append(Difference(trial, given, known, others[-1]))
        elif any(other != known for other in others):
            self.doubts.append("the changed unit differs from itself")

    @property
    def smallest(self) -> Difference | None:
        return min(self.differences, key=lambda each: each.size, default=None)

    @property
    def problem(self) -> str:
        """Why nothing can be said where nothing differs."""
        why = self.reasons.most_common(1)[0][0] if self.reasons else ""
        if self.stopped and len(self.inputs) < FEWEST:
            return self.stopped
        if not self.inputs:
            return why or "its tests call it with nothing that can be compared"
        if self.reasons[_UNSTEADY] > len(self.inputs):
            return f"{_UNSTEADY} on most inputs"
        if 2 * self.kept < self.recorded:
            return f"most of its calls cannot be compared: {why}"
        return self.doubts[0] if self.doubts else ""


_UNSTEADY = "the original differs from itself"
_UNION = "which bytes of a union are meant is not known"


def _misbehaves(variants: Sequence[Fork]) -> bool:
    """Whether a text is not even so much as defined."""
    return bool(variants) and all(fork.how in ("signal", "undefined", "end") for fork in variants)


def _is_slow(trial: Trial, variants: Sequence[Fork]) -> bool:
    """Whether the variant is too slow for numbers that are vast, which tells nothing."""
    slow = not trial.is_recorded and all(fork.how == "time" for fork in variants)
    return slow and _is_vast(trial)


def _is_unsure(other: Words, known: Words) -> bool:
    """Whether two differ in bytes of unions alone."""
    pairs = list(zip(other, known, strict=False))
    differing = [(a, b) for a, b in pairs if a != b]
    unions = all(a[:1] == b[:1] == "%" for a, b in differing)
    return len(other) == len(known) and bool(differing) and unions


def _fork(how: str, text: str) -> Fork:
    words = tuple(text.split("\t")) if text else ()
    if how not in DONE:
        return Fork(how, (), ())
    if "=" not in words:
        return Fork("end", (), ())
    at = words.index("=")
    return Fork(how, words[:at], words[at + 1 :])


def _is_vast(trial: Trial) -> bool:
    """Whether an argument holds a number so great that so much of anything takes long, or much
    memory."""
    numbers = (
        each for call in trial.arguments for value in call.values() for each in leaves(value)
    )
    return any(is_number(each) and abs(each) > VAST for each in numbers)


def _known(trial: Trial) -> tuple[str, Words]:
    """Why an input does not count, or what the original did, without addresses of new memory."""
    one, two = trial.forks.get(0), trial.forks.get(1)
    if one is None or one.how not in DONE:
        return f"the original {ENDED[one.how if one else 'end']}", ()
    if two is None and not trial.is_recorded:
        two = trial.forks.get(2)  # which says the same word for word, or this is not reported
    if two is None or two.how not in DONE or len(one.did) != len(two.did):
        return _UNSTEADY, ()
    pairs = list(zip(one.did, two.did, strict=True))
    if any(a[:1] == "%" and (a != b or a == "%") for a, b in pairs):
        return _UNION, ()
    if any(a != b and not (a[:1] == b[:1] == "&") for a, b in pairs):
        return _UNSTEADY, ()
    known = _with_labels([FRESH if a != b else a for a, b in pairs], one.did)
    if not trial.is_recorded and not _OUT_OF_DOMAIN.isdisjoint(known):
        return "a grown input is none that it takes", ()
    return _unseen(known), known


def _unseen(known: Words) -> str:
    for word in known:
        name = word.removeprefix("=opaque ")
        if name == word:
            continue
        if name != "result":
            return f"what it does to {name} cannot be looked into"
        if not known[1].startswith("&") or known[1].startswith(FRESH):
            return "its result cannot be looked into"
    if known[:2] == ("returns", "nothing") and all(word[:3] == "=::" for word in known[2:]):
        return "it returns nothing, and nothing that it changes is looked into"
    return ""


def _with_labels(masked: Sequence[str], words: Sequence[str]) -> Words:
    """New memory by its order: the same address has the same label."""
    labels: dict[str, str] = {}
    found = []
    for mask, word in zip(masked, words, strict=True):
        new = mask.startswith(FRESH) and word.startswith("&")
        found.append(labels.setdefault(word, f"{FRESH}{len(labels)}") if new else word)
    return tuple(found)


def labelled(fork: Fork, known: Words) -> Words:
    """What a variant did, in the terms of what the original did."""
    if fork.how not in DONE:
        return (ENDED[fork.how],)
    if len(fork.did) != len(known):
        return fork.did
    return _with_labels(known, fork.did)


def slots(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by what they are about: "" is the call itself, then places by name."""
    found: dict[str, list[str]] = {"": []}
    name = ""
    for word in words:
        if word.startswith("=") and not word.startswith(("=.", "=opaque ")):
            name = word[1:]
            found[name] = []
        elif not word.startswith("=opaque "):
            found[name].append(word.removeprefix("=") if word.startswith("=.") else word)
    return found
