"""Which edges of arguments and fields Java units are compared on, and which no class ever makes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from codeaug.builds import Prepared
from tests.java_bench import Bench, bench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def gauge(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Gauge", java_compare) as opened:
        yield opened


DIFFERENT = {
    "a letter of two characters": ("letters", "text.codePoints()", "text.chars()"),
    "both zeros in one list": (
        "peak", "value > peak ? value : peak", "Math.max(value, peak)"),
    "a sign of the code as the only key of a map": (
        "price", "prices.getOrDefault(at, 0)", 'at.equals("/") ? 0 : prices.getOrDefault(at, 0)'),
    "what parts the way from low to high": (
        "bins", "(value - low) / (high - low) * bins", "(value - low) / ((high - low) / bins)"),
    "a multiple of another argument": ("pages", "items / each + 1",
                                       "(items + each - 1) / each"),
    "more than a double can tell apart": (
        "capped", "Math.min(number, most)", "(long) Math.min((double) number, (double) most)"),
    "a number less than zero where another has to be positive": (
        "share", "Math.floorDiv(cents * usedDays, periodDays)", "cents * usedDays / periodDays"),
    "what is refused by the Javadoc": ("half", "size <= 0", "size < 0"),
    "a number below another that happened to be less in each call": (
        "billed", "seconds == 0 ? 0 : seconds", "seconds"),
    "both zeros among the values of a map": (
        "strongest", "entry.getValue() > top", "entry.getValue().compareTo(top) > 0"),
    "null under one of a map's keys": (
        "zone", "zones.get(key) != null", "zones.containsKey(key)"),
    "ties of what is sorted by a field": (
        "merged", "one.get(i).start() <= call.start()", "one.get(i).start() < call.start()"),
    "a map of another class that the constructor takes": (
        "first", "limits.keySet().iterator().next()",
        "((TreeMap<String, Integer>) limits).firstKey()"),
}  # fmt: skip
SAME = {
    "records of another length": ("joined", "span.clone()", "new int[] {span[0], span[1]}"),
    "a field that is never NaN": (
        "read", "if (value >= last) {\n            total += value - last;\n        } else {\n"
        "            total += value;\n        }",
        "total += value < last ? value : value - last;"),
    "what is sorted by a field that the words name": (
        "merged", "return all;",
        "all.sort(Comparator.comparingLong(Call::start));\n        return all;"),
    "a map of its own that is of another class": (
        "deliver", "new LinkedHashSet<>(parts)", "new TreeSet<>(parts)"),
    "a negative period": (
        "share", "Math.floorDiv(cents * usedDays, periodDays)",
        "periodDays < 0 ? 0 : Math.floorDiv(cents * usedDays, periodDays)"),
}  # fmt: skip


@pytest.mark.parametrize("what", DIFFERENT)
def test_an_edge_that_no_test_has_is_a_difference(gauge: Bench, what: str) -> None:
    found = gauge.compared(*DIFFERENT[what])
    assert found.difference, (found.inputs, found.problem)


@pytest.mark.parametrize("what", SAME)
def test_a_state_that_nobody_makes_says_nothing(gauge: Bench, what: str) -> None:
    found = gauge.compared(*SAME[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3
