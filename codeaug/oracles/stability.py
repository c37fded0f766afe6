"""Tests in other orders: one that does not pass in each of them is no witness."""

from __future__ import annotations

import random
from collections.abc import Sequence

from codeaug.model import Baseline, TestOutcome
from codeaug.runners import Runner

LEAST_SECONDS = 60.0
SLOWER_BY = 10.0
MOST_FAILURES = 50


def unstable(
    runner: Runner, source: bytes, baseline: Baseline, times: int, seed: int
) -> dict[str, str]:
    """Tests of `baseline.stable` that do not pass in `times` other orders, with the reason.

    `runner` has the unchanged `source` of some unit. When more than 50 tests depend on their
    order, the rest of an order is not looked at.
    """
    found: dict[str, str] = {}
    for number in range(times):
        order = [test for test in baseline.stable if test not in found]
        random.Random(f"{seed} {number}").shuffle(order)
        found |= _failing(runner, source, order, baseline)
    return found


def _failing(
    runner: Runner, source: bytes, order: Sequence[str], baseline: Baseline
) -> dict[str, str]:
    """Runs stop at the first test that does not pass, so those after it run without it."""
    found: dict[str, str] = {}
    rest = list(order)
    while rest and len(found) < MOST_FAILURES:
        usual = sum(baseline.stable[test] for test in rest)
        seconds = max(LEAST_SECONDS, SLOWER_BY * usual)
        report = runner.rerun(source, rest, seconds).result.report
        passed = {t for t, o in report.outcomes.items() if o is TestOutcome.PASSED}
        left = [test for test in rest if test not in passed]
        if not left:
            break
        named = next((t for t in left if t in report.outcomes), left[0])
        found[named] = f"{report.outcomes.get(named, 'not reported')} in another order"
        rest = [test for test in left if test != named]
    return found
