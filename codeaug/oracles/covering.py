"""The stable tests that execute a unit, from the coverage of the unchanged project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from codeaug.model import Baseline, Coverage, Oracle, Unit


def oracles(
    units: Sequence[Unit], baseline: Baseline, coverage: Coverage, commit: str
) -> Iterator[Oracle]:
    """One oracle a unit, in order; one without tests has the reason."""
    by_line = _tests_by_line(coverage, baseline.stable)
    for unit in units:
        lines = _own_lines(unit, units) & by_line.get(unit.path, {}).keys()
        tests = {test for line in lines for test in by_line[unit.path][line]}
        ordered = tuple(sorted(tests, key=lambda test: (baseline.stable[test], test)))
        reason = "" if tests else baseline.problem or "no test executes this unit"
        yield Oracle(unit.id, commit, ordered, tuple(sorted(lines)), reason)


def _own_lines(unit: Unit, units: Sequence[Unit]) -> set[int]:
    """The body's lines without those of the bodies nested in it."""
    lines = set(range(unit.body_line, unit.end_line + 1))
    for other in units:
        if (
            other.path == unit.path
            and unit.body.start <= other.span.start
            and other.span.end <= unit.body.end
            and other is not unit
        ):
            lines -= set(range(other.line, other.end_line + 1))
    return lines


def _tests_by_line(
    coverage: Coverage, stable: Mapping[str, float]
) -> dict[str, dict[int, list[str]]]:
    table: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for test, files in coverage.tests.items():
        if test in stable:
            for path, lines in files.items():
                for line in lines:
                    table[path][line].append(test)
    return table
