"""Of the tests that a build has, those with the wanted ids, and what came of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .channel import Send
from .reports import Case
from .suites import OUTPUT, SEPARATOR, Test


def wanted_of(tests: Sequence[Test], ids: Sequence[str]) -> list[tuple[Test, list[str]]]:
    """Each test with the ids that belong to it, in the order of `ids`."""
    if len(tests) == 1 and tests[0].reports:
        return [(tests[0], list(ids))]
    by_name = {test.name: test for test in tests}
    wanted: dict[str, list[str]] = {}
    for name in ids:
        owner = next((n for n in sorted(by_name, key=len, reverse=True) if _owns(n, name)), None)
        if owner is not None:
            wanted.setdefault(owner, []).append(name)
    return [(by_name[name], found) for name, found in wanted.items()]


def _owns(test: str, name: str) -> bool:
    return name == test or name.startswith(test + SEPARATOR)


def cases_of(test: Test, wanted: Sequence[str]) -> list[str]:
    """The GoogleTest cases to choose; none when the whole program is wanted too."""
    if test.reports:
        return []
    prefix = test.name + SEPARATOR
    if test.name in wanted or any(name.startswith(prefix + OUTPUT) for name in wanted):
        return []
    return [name.removeprefix(prefix) for name in wanted]


def report_wanted(send: Send, test: Test, wanted: Sequence[str], cases: Sequence[Case]) -> str:
    """Report the wanted outcomes; "" when all of them passed, else what was amiss."""
    by_name = _believed(test, wanted, {case.name: case for case in cases})
    problems = []
    for name in wanted:
        if name in by_name:
            send_case(send, by_name[name])
        if name not in by_name or by_name[name].outcome != "passed":
            problems.append(f"{name}: {_amiss(name, by_name)}")
    return "; ".join(problems[:5])


def _believed(test: Test, wanted: Sequence[str], by_name: Mapping[str, Case]) -> Mapping[str, Case]:
    """The outcomes without those that the program's own end belies."""
    own = by_name.get(test.name)
    if own is None:
        return by_name
    if own.outcome != "passed":
        return {n: replace(own, name=n) if c.outcome == "passed" else c for n, c in by_name.items()}
    lost = any(name not in by_name for name in wanted)
    return {name: case for name, case in by_name.items() if not (lost and case is own)}


def _amiss(name: str, by_name: Mapping[str, Case]) -> str:
    if name in by_name:
        return by_name[name].outcome
    if SEPARATOR + OUTPUT in name:
        return "the program wrote something else than the original"
    return "not reported"


def send_case(send: Send, case: Case) -> None:
    """Report one test's outcome."""
    line = {"test": case.name, "outcome": case.outcome, "seconds": round(case.seconds, 4)}
    if case.outcome != "passed":
        line["detail"] = case.message
    send(**line)
