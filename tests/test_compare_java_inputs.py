"""What inputs show of Java units that are not among their tests', and which are none of theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from codeaug.builds import Prepared
from tests.java_bench import Bench, bench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shelf(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Shelf", java_compare) as opened:
        yield opened


DIFFERENT = {
    "a text with a sign of the code at its start, in a list": (
        "found", 'path.startsWith("/")', 'path.startsWith("//")'),
    "a text that is no String": (
        "kind", "value instanceof CharSequence", "value instanceof String"),
    "items of another class": ("sum", "number.doubleValue()", "number.intValue()"),
    "what is no list": ("last", "item : items", "item : (List<String>) items"),
    "a field of another class": ("whole", "level.longValue()", "level.intValue()"),
    "an error of a function": (
        "run", "} finally {", "} catch (RuntimeException e) { failures.add(\"failed\"); throw e;"
        " } finally { done = true;"),
    "counts that are too great for the cache of boxes": (
        "isEven", "Objects.equals(counts.get(State.OPEN), counts.get(State.PAID))",
        "counts.get(State.OPEN) == counts.get(State.PAID)"),
    "the last bit of a word": ("seats", "i < taken.length()", "i < taken.size() - 1"),
    "what an iterator among the arguments is then": (
        "rest", "items.forEachRemaining(rest::add);",
        "while (items.hasNext()) { rest.add(items.next()); if (rest.size() == 2) break; }"),
    "the end of an iterator in a field": (
        "served", 'waiting.hasNext() ? waiting.next() : "nobody"', "waiting.next()"),
    "a present Optional": (
        "price", "reduced.isPresent() ? reduced.getAsInt() : 10", "reduced.isPresent() ? 9 : 10"),
    "a list that is not empty": ("label", '"-"', '"_"'),
    "a blank of Unicode around a text in a field": ("note", ".strip()", ".trim()"),
    "an iterator that fails": (
        "fail", "while (reasons.hasNext()) {\n            failures.add(reasons.next());\n        }",
        "List<String> all = new ArrayList<>();\n        reasons.forEachRemaining(all::add);\n"
        "        failures.addAll(all);"),
    "what compares as equal and is not": ("most", "> 0", ">= 0"),
    "a function that gives null": ("given", "given == null ? word : given", "given.toString()"),
}  # fmt: skip
NOT_ITS_INPUT = {
    "a count below the least that the Javadoc names": (
        "some", "if (some.size() == count)", "if (some.size() >= count)"),
}  # fmt: skip


@pytest.mark.parametrize("what", DIFFERENT)
def test_an_input_that_no_test_has_is_a_difference(shelf: Bench, what: str) -> None:
    found = shelf.compared(*DIFFERENT[what])
    assert found.difference, (found.inputs, found.problem)


@pytest.mark.parametrize("what", NOT_ITS_INPUT)
def test_an_input_below_what_the_words_say_says_nothing(shelf: Bench, what: str) -> None:
    found = shelf.compared(*NOT_ITS_INPUT[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3


def test_a_handful_of_inputs_is_no_comparison_where_there_was_no_time_for_more(
    shelf: Bench,
) -> None:
    old = "return String.join"
    slow = "long all = 1; for (int i = 0; i < 300_000_000; i++) { all = all * 31 + i; }"
    found = shelf.compared(
        "label", old, f"{slow} if (all == 0) {{ return null; }} {old}", seconds=2
    )
    assert found.problem.startswith("only ")
    assert found.inputs < 10
    assert not found.difference
