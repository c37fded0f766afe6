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
    "the opposite of a constant": (
        "day", "Math.floorDiv(minutes, 1440)", "minutes < 0 ? minutes / 1440 - 1 : minutes / 1440"),
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


@pytest.fixture(scope="module")
def listener(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Listener", java_compare) as opened:
        yield opened


SEEN = {
    "two signs of a table of the class before a word": ("key", "                break;\n", ""),
    "what the receiver itself holds, where the words say so": (
        "append", "tracks.addAll(copy);",
        "for (String each : more) {\n            tracks.add(each);\n        }"),
    "a collection that is full and has the argument": (
        "search", "recent.remove(query);\n        recent.addFirst(query);\n"
        "        if (recent.size() > RECENT) {\n            recent.removeLast();\n        }",
        "if (recent.size() == RECENT) {\n            recent.removeLast();\n        }\n"
        "        recent.remove(query);\n        recent.addFirst(query);"),
    "all keys of a map, in another order": (
        "back", "List<String> freed = new ArrayList<>();",
        "List<String> known = new ArrayList<>();\n"
        "        numbers.forEach(number -> known.add(out.get(number)));\n"
        "        List<String> freed = new ArrayList<String>() {\n"
        "            @Override\n            public boolean add(String one) {\n"
        "                super.add(one);\n"
        "                sort(Comparator.comparingInt(known::indexOf));\n"
        "                return true;\n            }\n        };"),
    "a number with many zeros before it": (
        "last", '!number.matches("[0-9]{1,5}")', 'number.isEmpty() || number.length() > 9'
        ' || !number.replaceFirst("^0+(?=.)", "").matches("[0-9]{1,5}")'),
}  # fmt: skip
KEPT = {
    "a null that the class's words exclude": (
        "changes", "!old.equals(count)", "old.intValue() != count"),
    "what is not in order, by a field that is the only one in order": (
        "merged", "return all;",
        "all.sort(Comparator.comparingLong(Play::at));\n        return all;"),
    "more than the class keeps": (
        "search", "recent.addFirst(query);\n        if (recent.size() > RECENT) {\n"
        "            recent.removeLast();\n        }",
        "if (recent.size() == RECENT) {\n            recent.removeLast();\n        }\n"
        "        recent.addFirst(query);"),
    "what is there twice, where the class takes it out before": (
        "search", "recent.remove(query);", "recent.removeIf(query::equals);"),
    "a number below what the words say of a thing's number": (
        "off", "(price + 1) / 2", "price / 2 + price % 2"),
}  # fmt: skip


@pytest.mark.parametrize("what", SEEN)
def test_an_input_that_the_class_may_get_is_a_difference(listener: Bench, what: str) -> None:
    found = listener.compared(*SEEN[what])
    assert found.difference, (found.inputs, found.problem)


@pytest.mark.parametrize("what", KEPT)
def test_what_the_class_sees_to_holds_of_inputs(listener: Bench, what: str) -> None:
    found = listener.compared(*KEPT[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3


@pytest.fixture(scope="module")
def rack(java_compare: Prepared) -> Iterator[Bench]:
    with bench("Rack", java_compare) as opened:
        yield opened


MET = {
    "the same object twice in a list of the receiver": (
        "take", "coats.remove(i);", "coats.removeIf(each -> each == coat);"),
    "small numbers that meet": (
        "rows", "if (begun && used", "if (used > 0 && used"),
    "a negative number, where the words speak of positive infinity": (
        "each", "Math.floorDiv(2L * cents + people, 2L * people)",
        "(2L * cents + people) / (2L * people)"),
    "the order of a map by access": (
        "visits", "visits.containsKey(owner) ? visits.get(owner) : 0",
        "visits.entrySet().stream().filter(each -> each.getKey().equals(owner))"
        ".mapToInt(Map.Entry::getValue).sum()"),
    "a sign in the place of a digit": (
        "number", 'text.matches("[0-9]{2}")', 'text.matches("[+0-9][0-9]")'),
    "a key that stands twice, first without a value": (
        "items", 'items.putIfAbsent(parts[0], parts.length > 1 ? parts[1] : "");',
        'items.merge(parts[0], parts.length > 1 ? parts[1] : "",'
        " (old, more) -> old.isEmpty() ? more : old);"),
    "the end of time that the file names": (
        "days", "last.toEpochDay() - first.toEpochDay() + 1",
        "java.time.temporal.ChronoUnit.DAYS.between(first, last.plusDays(1))"),
}  # fmt: skip


@pytest.mark.parametrize("what", MET)
def test_an_input_that_is_rare_is_a_difference(rack: Bench, what: str) -> None:
    found = rack.compared(*MET[what])
    assert found.difference, (found.inputs, found.problem)


ABSENT = {
    "a list with something twice whose items are said to be there once": (
        "runs", "hooks[i] != hooks[i - 1] + 1", "hooks[i] > hooks[i - 1] + 1"),
    "what closes before it opens, and takes no time": (
        "rounds", "(close - open) / hours",
        "hours < 1 || close < open ? -1 : (close - open) / hours"),
    "a record whose upper end is below its lower one": (
        "length", "stay.to().toEpochDay() - stay.from().toEpochDay() + 1",
        "Math.abs(stay.to().toEpochDay() - stay.from().toEpochDay()) + 1"),
}  # fmt: skip


@pytest.mark.parametrize("what", ABSENT)
def test_what_breaks_what_is_said_or_kept_is_no_input(rack: Bench, what: str) -> None:
    found = rack.compared(*ABSENT[what])
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3


def test_a_list_that_the_class_sorts_by_what_its_items_have_is_in_order(rack: Bench) -> None:
    found = rack.compared(
        "keep",
        "kept.add(coat);\n        kept.sort(Comparator.comparing(Coat::hooks));",
        "int at = 0;\n        while (at < kept.size() && kept.get(at).hooks() <= coat.hooks()) {\n"
        "            at++;\n        }\n        kept.add(at, coat);",
    )
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs >= 3
