"""Comparison of Java units: what is copied, what is grown, which inputs a unit is made for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from codeaug.builds import Prepared
from tests.java_bench import Bench, bench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Desk", java_compare) as opened:
        yield opened


LINE = """try {
            return reader.readLine();
        } finally {
            reader.close();
        }"""
SAME = {
    "articles": ("new ArrayList<>(pieces.keySet())",
                 "pieces.keySet().stream().collect(Collectors.toCollection(ArrayList::new))"),
    "head": ("names.isEmpty() ? \"\" : names.get(0)", "names.size() == 0 ? \"\" : names.get(0)"),
    "unique": ("new ArrayList<>(new LinkedHashSet<>(numbers))",
               "numbers.stream().distinct().collect(Collectors.toCollection(ArrayList::new))"),
    "rounded": ("amount.", "amount.add(BigDecimal.ZERO)."),
    "due": ("day.plusMonths(1)", "day.plus(1, java.time.temporal.ChronoUnit.MONTHS)"),
    "price": ("coupon.isPresent()", "!coupon.isEmpty()"),
    "moved": ("point.x() + by", "by + point.x()"),
    "isSame": ("one.equals(other)", "one == other || one.equals(other)"),
    "tried": ("try {\n            return action.get();", 
              "try { var text = action.get(); return text;"),
    "doubled": ("number * 2", "Math.multiplyExact(number, 2)"),
    "counter": ("() -> next[0]++;",
                "new IntSupplier() { public int getAsInt() { return next[0]++; } };"),
    "served": (  # the queue is sorted
        "while (!queue.isEmpty() && queue.peekFirst() <= limit) {\n            queue.removeFirst();"
        "\n        }", "queue.removeIf(number -> number <= limit);"),
    "makers": ("for (String item : items) {",
               "for (int i = 0; i < items.length; i++) { String item = items[i];"),
    "paid": (  # a helper of the class throws
        "refuseNegative(amount);",
        "if (amount < 0) { throw new IllegalArgumentException(\"negative: \" + amount); }"),
}  # fmt: skip
DIFFERENT = {
    "an order that the tests happen to keep": (
        "articles", "new ArrayList<>(pieces.keySet())",
        "new ArrayList<>(new TreeSet<>(pieces.keySet()))"),
    "a list that cannot grow": (
        "unique", "new ArrayList<>(new LinkedHashSet<>(numbers))",
        "numbers.stream().distinct().toList()"),
    "halves": ("rounded", "HALF_EVEN", "HALF_UP"),
    "the length of a month": ("due", "plusMonths(1)", "plusDays(31)"),
    "an empty Optional": ("price", "coupon.isPresent()", "coupon.isEmpty() && size == null"),
    "a component of a record": ("moved", "point.y()", "point.x() + 1"),
    "equal texts that are not the same": ("isSame", "one.equals(other)", "one == other"),
    "the machine's locale": ("code", "toUpperCase(Locale.ROOT)", "toUpperCase()"),
    "what a function raises": ("tried", "IllegalStateException e", "RuntimeException e"),
    "how often a function is called": (
        "all", "!test.test(number)", "!test.test(number) || !test.test(number)"),
    "a reader left open": (
        "line", LINE, "String line = reader.readLine(); reader.close(); return line;"),
    "a function that looks at the argument later": (
        "makers", "for (String item : items) {\n            makers.add(() -> item);",
        "for (int i = 0; i < items.length; i++) { int at = i; makers.add(() -> items[at]);"),
    "rows of other lengths": (
        "cells", "cells += row.length", "cells += rows[0].length"),
    "what is raised on purpose": ("root", "square < 0", "square < -1"),
    "a null that is refused on purpose": (
        "size", "Objects.requireNonNull(text).length()", "text == null ? 0 : text.length()"),
    "a null that is asked for": ("half", "number == null ? 0 : number / 2", "number / 2"),
    "the words of an exception": ("age", "no age: ", "no age "),
    "the other exceptions": ("close", "first.addSuppressed(e);", "e.addSuppressed(first);"),
    "a view of the argument": (
        "pairs", "new ArrayList<>(numbers.subList(start, start++ + 2))",
        "numbers.subList(start, start++ + 2)"),
    "the end of an iterator": ("pairs", "NoSuchElementException", "IllegalStateException"),
    "one object as both arguments": (
        "move", "from[0] = 0;\n        to[0] += count;", "to[0] += count;\n        from[0] = 0;"),
    "equal numbers that are not the same": (
        "kinds", "!kinds.get(kinds.size() - 1).equals(count)",
        "kinds.get(kinds.size() - 1) != count"),
    "the order of a sum": (
        "sums", "for (double cell : rows[i]) {\n                sums[i] += cell;",
        "for (int j = rows[i].length; j > 0; j--) {\n                sums[i] += rows[i][j - 1];"),
    "what a class variable remembers": (
        "numbered", "NUMBERS.put(name, number);", "if (number < 3) NUMBERS.put(name, number);"),
    "null by the contract of equals": (
        "equals", "other instanceof Desk &&", "other == null || other instanceof Desk &&"),
    "numbers in texts that are too great": (
        "seconds", "Math.multiplyExact(days, 86400)", "days * 86400"),
    "what is blank for Unicode alone": ("stripped", "text.strip()", "text.trim()"),
    "an exception without a message": (
        "failure", "e.getMessage()", "(e.getMessage() == null ? e : e.getMessage())"),
    "a stream that gives less than it is asked for": (
        "three", "in.readNBytes(bytes, 0, 3)", "in.read(bytes)"),
    "what is no number": (
        "number", "Long.parseLong(text)", "text.isEmpty() ? 0 : Long.parseLong(text)"),
}  # fmt: skip
NOT_ITS_INPUT = {
    "division by zero": ("share", "total / people", "people == 0 ? 0 : total / people"),
    "an index out of bounds": ("firsts", "rows[0].length - 1", "rows[i].length - 1"),
    "null": ("length", "text.length()", "text == null ? 0 : text.length()"),
    "an array that is not sorted": ("find", "sorted[i] == wanted",
                                    "sorted[i] > wanted) { return -1; } if (sorted[i] == wanted"),
    "a low that is above the high": (
        "clamp", "value < low ? low : value > high ? high : value",
        "value > high ? high : value < low ? low : value"),
    "more than the Javadoc names": (
        "quarter", "percent / 25", "percent < 0 || percent > 100 ? 9 : percent / 25"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_does_the_same_agrees_on_many_inputs(desk: Bench, name: str) -> None:
    found = desk.compared(name, *SAME[name])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3


@pytest.mark.parametrize("what", DIFFERENT)
def test_what_tests_do_not_look_at_is_a_difference(desk: Bench, what: str) -> None:
    found = desk.compared(*DIFFERENT[what])
    assert found.difference, (found.inputs, found.problem)


@pytest.mark.parametrize("what", NOT_ITS_INPUT)
def test_an_input_that_the_unit_is_not_made_for_says_nothing(desk: Bench, what: str) -> None:
    found = desk.compared(*NOT_ITS_INPUT[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3


def test_a_witness_of_texts_that_are_equal_but_not_the_same_is_not_written(desk: Bench) -> None:
    found = desk.compared("isSame", "one.equals(other)", "one == other")
    assert found.difference.endswith("(where equal texts are not the same object)")
    assert found.witness == ""


def test_a_difference_becomes_a_test_that_the_original_passes(desk: Bench) -> None:
    found = desk.compared("number", "Long.parseLong(text)", "Long.parseLong(text.trim())")
    assert "assertThrows(java.lang.NumberFormatException.class, () -> Desk.number(" in found.witness


def test_lines_that_only_grown_inputs_execute_are_told(desk: Bench) -> None:
    found = desk.compared("root", "square < 0", "0 > square")
    source = desk.source.splitlines()
    line = next(n for n, text in enumerate(source, 1) if '"negative"' in text)
    assert line in found.executed
    assert line in found.executable
