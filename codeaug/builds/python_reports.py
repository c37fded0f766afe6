"""Reads what our Python helper programs report: tests, lines, the compiler's messages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from codeaug.builds import Harvest, Measurement
from codeaug.builds.ranges import from_ranges
from codeaug.model import Coverage, Diagnostics, Outcome, Rerun, TestOutcome, TestReport

Record = dict[str, Any]


def _records(outcomes: Sequence[Outcome]) -> list[Record]:
    lines = outcomes[-1].report.splitlines() if outcomes else []
    return [record for line in lines if (record := _record(line)) is not None]


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:  # the last line of a process that was killed
        return None
    return record if isinstance(record, dict) else None


def tests(outcomes: Sequence[Outcome]) -> TestReport:
    records = _records(outcomes)
    results = [record for record in records if "test" in record]
    verdicts = {r["test"]: TestOutcome(r["outcome"]) for r in results}
    problem = _problem(outcomes, records, results)
    return TestReport(
        outcomes=verdicts,
        complete=not problem,
        seconds={r["test"]: float(r["seconds"]) for r in results},
        detail={r["test"]: r["detail"] for r in results if r["detail"]},
        problem=problem or ("" if verdicts else "No tests were found."),
    )


def _problem(outcomes: Sequence[Outcome], records: list[Record], results: list[Record]) -> str:
    """Why the report cannot be the whole truth; "" when it can."""
    if not outcomes:
        return "The tests were not started."
    last = next((record["running"] for record in reversed(records) if "running" in record), "")
    ends = [record for record in records if "end" in record]
    if outcomes[-1].timed_out:
        return f"The tests did not end in time; last in {last or 'none of them'}."
    if not ends:
        return f"The test process ended {'in ' + last if last else 'before the first test'}."
    if ends[0].get("exit") in (3, 4):
        return f"pytest could not run: {_last_error(outcomes[-1])}"
    if len(ends) > 1 or not _in_order(records):
        return "The report is not one that our test runner writes."
    if not ends[0]["end"]:
        return f"{ends[0]['reported']} of {ends[0]['collected']} tests ran, the last one {last}."
    return ""


def _in_order(records: list[Record]) -> bool:
    """Every test is announced, then reported once, before the end."""
    announced, seen = "", set()
    for record in records:
        if "running" in record:
            announced = record["running"]
        elif "test" in record:
            name = record["test"]
            if name in seen or ("number" in record and name != announced) or "end" in seen:
                return False
            seen.add(name)
        elif "end" in record:
            seen.add("end")
    return True


def _last_error(outcome: Outcome) -> str:
    lines = [line.strip() for line in (outcome.out + outcome.err).splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "rror:" in line), lines[-1] if lines else "")


def measurement(outcomes: Sequence[Outcome], harvest: Harvest) -> Measurement:
    records = _records(outcomes)
    names = {r["number"]: r["test"] for r in records if "number" in r}
    found: dict[str, dict[str, set[int]]] = {}
    for record in records:
        for lines, numbers in record.get("groups", ()):
            executed = from_ranges(lines)
            for number in from_ranges(numbers):
                files = found.setdefault(names[number], {})
                files.setdefault(record["file"], set()).update(executed)
    frozen = {t: {f: frozenset(ls) for f, ls in files.items()} for t, files in found.items()}
    return Measurement(tests(outcomes), Coverage(frozen, _measured(records)))


def _measured(records: Iterable[Record]) -> str:
    """The problem of a measurement; that it is missing when it did not come to its end."""
    last = next((record for record in records if "measured" in record), None)
    return "The measurement did not come to its end." if last is None else str(last["problem"])


def diagnostics(outcomes: Sequence[Outcome], harvest: Harvest) -> Diagnostics:
    record = next((r for r in _records(outcomes) if "compiled" in r), None)
    if record is None:
        return Diagnostics(False, (), outcomes[-1].err if outcomes else "")
    return Diagnostics(record["compiled"], tuple(record["messages"]), record["log"])


def rerun(outcomes: Sequence[Outcome], harvest: Harvest) -> Rerun:
    record = next((r for r in _records(outcomes) if "executed" in r), None)
    if record is None:
        return Rerun(tests(outcomes))
    executed, executable = (from_ranges(record[k]) for k in ("executed", "executable"))
    return Rerun(tests(outcomes), executed, executable)
