"""Which inputs are grown for a function of Python, and which of their outcomes count."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from codeaug.runners.hosts.pyhost.comparison.agreement import (
    Difference,
    Judge,
    Reference,
    differing_in,
)
from codeaug.runners.hosts.pyhost.comparison.calling import USE, Outcome
from codeaug.runners.hosts.pyhost.comparison.domain import domain
from codeaug.runners.hosts.pyhost.comparison.inputs import grown
from codeaug.runners.hosts.pyhost.comparison.lending import answering
from codeaug.runners.hosts.pyhost.comparison.probing import parameters
from codeaug.runners.hosts.pyhost.comparison.recording import Input, described
from codeaug.runners.hosts.pyhost.comparison.relating import related
from codeaug.runners.hosts.pyhost.comparison.running import Ran
from codeaug.runners.hosts.pyhost.comparison.signature import signature
from codeaug.runners.hosts.pyhost.comparison.values import mined
from codeaug.runners.hosts.pyhost.comparison.witness import witness

NAN = float("nan")


class Shelf:
    def __init__(self, kept: dict[str, Any]) -> None:
        self.kept = kept

    def take(self, wanted: dict[str, int]) -> list[str]:
        """Takes what is wanted. take(shelf.kept) takes all."""
        return [name for name in wanted if self.kept.pop(name, None) is None]

    def price(self, name: str) -> Any:
        return self.kept[name][0]


class Lockers:
    def __init__(self, places: list[str | None], owners: dict[str, int]) -> None:
        self.places, self.owners = places, owners

    def rent(self, place: str, owner: int) -> None:
        if owner in self.owners.values():
            raise ValueError(f"{owner} has one of {self.places}")
        self.owners[place] = owner

    def is_known(self, owner: int) -> bool:
        return owner in self.owners.values()


class Stay:
    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first_day, self.last_day = first, last


class Loans:
    def __init__(self) -> None:
        self.lent: list[tuple[str, int]] = []

    def count(self, who: str) -> int:
        return sum(how for name, how in self.lent if name == who)


class Notes:
    def __init__(self, kept: dict[str, Any]) -> None:
        self.kept = kept

    def get(self, key: str) -> Any:
        """What is kept; that may be None."""
        return self.kept[key]


class Refused(Exception):
    pass


class Trial:
    def __exit__(self, kind, error, trace):  # type: ignore[no-untyped-def]  # as people write it
        return kind is not None and issubclass(kind, Refused)


class Asking:
    def __init__(self, ask: Callable[[str], int]) -> None:
        self.ask = ask
        self.kept: dict[str, object] = {"a": 1}
        self.heard: list[Callable[[str], None]] = []

    def get(self, key: str) -> object:
        return self.kept.get(key) or self.ask(key)


class Prices:
    def __init__(self, owners: dict[str, int]) -> None:
        self.owners = owners

    def is_paid(self, price: int) -> bool:
        return price in self.owners.values()


def shown(text: str) -> str:
    return text


def orders(shelf: dict[str, Any], names: list[str]) -> list[Any]:
    return [shelf[name] for name in names]


def days(minutes: int) -> int:
    return minutes // 1440


def charged(grams: int, box: tuple[int, int, int], step: int) -> int:
    return max(grams, box[0] * box[1] * box[2] // 5) // step


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def inputs_of(function: Callable[..., Any], *calls: dict[str, Any]) -> list[Input]:
    recorded = [Input(each, {}, described(each, {}), is_recorded=True) for each in calls]
    code = function.__code__  # type: ignore[attr-defined]  # a plain one
    return grown(recorded, signature(parameters(code), function), mined(code), 0)


def held(words: str, recorded: list[dict[str, Any]], arguments: dict[str, Any]) -> bool:
    return domain(recorded, words, {}, []).holds(arguments)


# --- the domain -----------------------------------------------------------------------------------

TABLE = {"rows": [["a", "b"], ["c", "d"]]}
RAGGED = {"rows": [["a", "b"], []]}


@pytest.mark.parametrize("words", ["Rows may be of different length.", "Short rows are filled."])
def test_rows_may_differ_where_the_words_say_so(words: str) -> None:
    assert held(words, [TABLE], RAGGED)


def test_rows_are_as_long_as_in_all_tests_otherwise() -> None:
    assert not held("The columns of a table.", [TABLE], RAGGED)


PART = {"cents": 100, "used_days": 1, "period_days": 30}


@pytest.mark.parametrize(
    "words",
    [
        "The part that falls on the days used; the period is positive.",
        "Rounds up. Raises ValueError if the period is not positive.",
        "Rounds up.\n\nRaises:\n    ValueError: if the period is not positive.\n",
        "Of any amount, positive or negative.",
        "Half a cent is rounded up, towards positive infinity; cents of 0 stay.",
    ],
)
def test_word_of_one_argument_does_not_bound_the_others(words: str) -> None:
    assert held(words, [PART], {**PART, "cents": -1})


@pytest.mark.parametrize(("price", "holds"), [(0, True), (1_000_000, True), (-1, False)])
def test_a_range_is_said_of_a_things_number_and_with_thousands(price: int, holds: bool) -> None:
    words = "The price of a ticket is 0 to 1,000,000 cents."
    assert held(words, [{"price": 250}], {"price": price}) is holds


@pytest.mark.parametrize("words", ["The period is positive.", "All numbers are positive."])
def test_word_bounds_the_argument_that_it_names_or_all(words: str) -> None:
    assert not held(words, [PART], {**PART, "period_days": 0})


@pytest.mark.parametrize(
    "words",
    [
        "Takes the wanted amounts (0 or more).",
        "Takes what is `wanted` (0 or more).",
        "Takes what is wanted, never negative.",
        "Takes what is wanted (none negative).",
        "Takes what is wanted: non-negative amounts.",
    ],
)
def test_a_bound_holds_for_each_number_of_a_mapping(words: str) -> None:
    recorded = [{"wanted": {"nut": 1}}]
    assert not held(words, recorded, {"wanted": {"nut": 1, "bolt": -1}})
    assert held(words, recorded, {"wanted": {"nut": 0}})


def test_a_bound_is_of_the_word_next_to_it() -> None:
    assert not held("The rows and gap (0 or more) blanks.", [{"rows": 1, "gap": 2}], {"gap": -1})


def test_a_number_that_may_be_negative_is_not_bound() -> None:
    words = "Splits cents by non-negative weights. cents may be negative."
    assert held(words, [{"cents": 1, "weights": [1]}], {"cents": -1, "weights": [1]})


def test_nothing_is_twice_in_a_list_whose_items_are_said_to_be_there_once() -> None:
    words = "The `free` seats, ascending, each once. Names are added, each once."
    assert not held(words, [{"free": [1, 2], "names": ["a"]}], {"free": [1, 1], "names": ["a"]})
    assert held(words, [{"free": [1, 2], "all": ["a"]}], {"free": [1, 2], "all": ["a", "a"]})


def test_no_object_ends_before_it_begins_where_none_does_in_a_test() -> None:
    early, late = dt.date(2024, 3, 1), dt.date(2024, 3, 9)
    assert not held("", [{"all": [Stay(early, late)]}], {"all": [Stay(late, early)]})
    assert held("", [{"all": [Stay(late, early)]}], {"all": [Stay(late, early)]})


def test_nan_is_never_among_what_is_sorted() -> None:
    tiers = [(1.0, 5), (2.0, 6), (3.0, 7)]
    known = domain([{"tiers": tiers, "kilos": 1.0}] * 2, "", {}, [])
    assert known.is_unordered({"tiers": [(NAN, 5), (NAN, 5)], "kilos": 1.0})
    assert not known.is_unordered({"tiers": tiers, "kilos": NAN})


def test_nan_is_an_input_where_the_tests_pass_unsorted_items() -> None:
    known = domain([{"items": [3.0, 1.0, 2.0]}] * 2, "", {}, [])
    assert not known.is_unordered({"items": [NAN]})


def test_none_is_among_the_items_of_a_field_where_a_test_puts_it() -> None:
    full, gap = ({"self": Lockers(["a", each], {})} for each in ("b", None))
    assert not held("", [full], gap)
    assert held("", [full, gap], gap)
    assert held("", [{"self": Lockers([], {})}], gap)
    kept, nothing = ({"self": Shelf({"nut": each})} for each in ("steel", None))
    assert not held("", [kept], nothing)
    assert held("", [kept, nothing], nothing)


def test_none_is_among_the_items_of_a_field_of_a_type_that_has_it() -> None:
    one, other = Asking(len), Asking(len)
    other.kept = {"a": None}
    assert held("", [{"self": one}], {"self": other})


def test_none_is_among_the_items_of_a_field_where_the_class_says_so() -> None:
    assert held("", [{"self": Notes({"a": "ink"})}], {"self": Notes({"a": None})})


def test_no_value_stands_twice_in_a_mapping_whose_class_refuses_it() -> None:
    twice = {"a": 1, "b": 1}
    assert not held("", [{"self": Lockers([], {"a": 1})}], {"self": Lockers([], twice)})
    assert held("", [{"self": Lockers([], {"a": 1})}], {"self": Lockers([], {"a": 1, "b": 2})})
    assert held("", [{"self": Lockers([], twice)}], {"self": Lockers([], twice)})
    assert held("", [{"self": Prices({"a": 1})}], {"self": Prices(twice)})


# --- what is grown --------------------------------------------------------------------------------


def test_a_word_is_renamed_wherever_it_stands_in_its_own_case() -> None:
    given = {"record": {"Name": 1, "NAME": 2, "age": 3}, "hidden": {"name"}}
    assert {
        "record": {"Straße": 1, "STRAßE": 2, "age": 3},
        "hidden": {"straße"},
    } in list(related(given, ""))


def test_a_word_is_renamed_within_texts_and_in_what_an_object_holds() -> None:
    (found, *_) = related({"self": Shelf({"/nuts": 1}), "path": "/nuts/small"}, "")
    assert (found["self"].kept, found["path"]) == ({"/straße": 1}, "/straße/small")


def test_a_word_that_stands_twice_is_twice_the_same_for_casefold_alone() -> None:
    found = list(related({"one": ["Lamp"], "other": ["lamp"]}, ""))
    assert {"one": ["Straße"], "other": ["STRASSE"]} in found


def test_what_a_class_declares_for_a_list_that_is_empty_is_what_it_holds() -> None:
    found = inputs_of(Loans.count, {"self": Loans(), "who": "ann"})
    lent = [each.arguments["self"].lent for each in found if each.is_within]
    assert any(lent)
    for each in lent:
        assert all(type(item) is tuple and list(map(type, item)) == [str, int] for item in each)


def test_a_block_ends_well_and_with_the_errors_of_the_module() -> None:
    call = {"self": Trial(), "kind": None, "error": None, "trace": None}
    kinds = {each.arguments["kind"] for each in inputs_of(Trial.__exit__, call)}
    assert {None, ValueError, KeyboardInterrupt, Refused} <= kinds
    assert any(issubclass(kind, Refused) and kind is not Refused for kind in kinds if kind)


def test_a_function_of_the_receiver_answers_with_what_is_empty() -> None:
    found = inputs_of(Asking.get, {"self": Asking(len), "key": "ab"})
    names = {each.arguments["self"].ask.__name__ for each in found}
    assert {"len", "empty", "nothing", "refusing"} <= names
    (empty,) = (each for each in answering(len) if each.__name__ == "empty")
    assert empty("ab") == 0


def test_an_argument_is_what_the_receiver_holds_where_the_words_say_so() -> None:
    call = {"self": Shelf({"nut": 1}), "wanted": {"nut": 1}}
    found = inputs_of(Shelf.take, call)
    assert any(each.arguments["wanted"] is each.arguments["self"].kept for each in found)
    for words in ("Takes what is wanted.", "Takes from self.kept.", "The list itself stays."):
        assert all(each["wanted"] is not each["self"].kept for each in related(call, words))


def test_two_arguments_are_one_object_where_the_words_say_so() -> None:
    one, other = Shelf({"nut": 1}), Shelf({"bolt": 1})
    found = list(related({"self": one, "other": other}, "`other` may be the shelf itself."))
    assert {"self": one, "other": one} in found


def test_no_ready_test_is_made_of_an_object_in_two_places() -> None:
    shelf, code = Shelf({"nut": 1}), Shelf.take.__code__
    for wanted, is_ready in (({"nut": 1}, True), (shelf.kept, False)):
        given = Input(call := {"self": shelf, "wanted": wanted}, {}, described(call, {}), False)
        found = Difference(given, Outcome(USE, "returns []"), Outcome(USE, "returns ['nut']"), "")
        scope = {"__name__": __name__, "Shelf": Shelf}
        text = witness("Shelf.take", found, parameters(code), scope, Shelf.take, changes=False)
        assert ("No ready test" not in text) is is_ready


def test_a_text_ends_behind_its_first_and_its_second_separator() -> None:
    found = {each.arguments["text"] for each in inputs_of(shown, {"text": "PV1|a^b|c"})}
    assert {"PV1|", "PV1|a^"} <= found


def test_items_of_an_annotated_type_are_nan_alone_and_such_whose_sum_rounds() -> None:
    found = [each.arguments["values"] for each in inputs_of(mean, {"values": [1, 2]})]
    assert [0.1, 0.2, 0.3] in found
    assert any(len(each) == 1 and each[0] != each[0] for each in found)


def test_nothing_is_kept_beside_a_number_in_a_mapping_of_the_receiver() -> None:
    found = inputs_of(Shelf.price, {"self": Shelf({"nut": (5, 1.0)}), "name": "nut"})
    kept = [each.arguments["self"].kept for each in found if each.arguments["name"] == "nut"]
    assert {"nut": (None, 1.0)} in kept


def test_a_sign_stands_for_a_digit_and_a_key_twice_first_without_a_value() -> None:
    found = {each.arguments["text"] for each in inputs_of(shown, {"text": "a:12/b:3"})}
    assert {"a:+2/b:3", "a:/a:12/b:3"} <= found


def test_a_line_ends_where_a_part_of_a_text_does() -> None:
    found = {each.arguments["text"] for each in inputs_of(shown, {"text": "WP-2-DE"})}
    assert {"WP\n-2-DE", "WP-2\n-DE", "WP-2-DE\n"} <= found


def test_some_inputs_have_small_numbers_alone() -> None:
    call = {"grams": 2000, "box": (40, 30, 20), "step": 500}
    found = [each.arguments for each in inputs_of(charged, call)]
    assert any(max(each["grams"], each["step"], *each["box"]) < 10 for each in found)


def test_a_number_is_the_opposite_of_a_constant() -> None:
    assert {"minutes": -1440} in [each.arguments for each in inputs_of(days, {"minutes": 90})]


def test_a_list_gets_its_first_item_once_more_at_its_end() -> None:
    assert {"values": [1, 2, 1]} in [each.arguments for each in inputs_of(mean, {"values": [1, 2]})]


def test_a_number_in_a_text_gets_many_zeros_before_it() -> None:
    texts = [each.arguments["text"] for each in inputs_of(shown, {"text": "1987.12"})]
    assert "000000001987.12" in texts


def test_a_list_of_keys_is_all_of_them_in_every_order() -> None:
    shelf = Shelf({"pen": (2, 0.5), "ink": (1, 3.0)})
    inputs = inputs_of(orders, {"shelf": shelf.kept, "names": ["pen"]})
    names = [each.arguments["names"] for each in inputs]
    assert ["pen", "ink"] in names
    assert ["ink", "pen"] in names


def test_a_list_in_a_field_has_its_first_item_once_more_behind_another_one() -> None:
    inputs = inputs_of(Lockers.is_known, {"self": Lockers(["ann"], {}), "owner": 1})
    places = [each.arguments["self"].places for each in inputs]
    assert any(len(each) == 3 and each[0] == each[2] == "ann" != each[1] for each in places)


# --- which outcomes count -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "raised", "differs"),
    [
        ("gap=2147483648", "MemoryError", False),
        ("gap=9223372036854775808", "OverflowError", False),
        ("gap=2147483648", "OverflowError", True),
        ("gap=2147483648", "ValueError", True),
        ("gap=3", "MemoryError", True),
    ],
)
def test_what_memory_does_not_hold_is_no_difference(text: str, raised: str, differs: bool) -> None:
    given = Input({}, {}, text, is_recorded=False)
    known = Reference([given], [Outcome(USE, "returns ''")], [0.0], [0])
    ran = Ran([Outcome(USE, f"raises {raised}")])
    assert bool(differing_in(known, ran)) is differs


def test_vast_numbers_that_take_too_long_leave_the_other_inputs_to_be_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def some(count: int) -> Input:
        return Input({"count": count}, {}, f"count={count}", is_recorded=False)

    def ran(case: Any, inputs: Sequence[Input], *_: Any, **__: Any) -> Ran:
        ends = next((n for n, each in enumerate(inputs) if each.is_vast), len(inputs))
        done = [Outcome(USE, "returns 1")] * ends
        return Ran(done, seconds=[0.0] * ends, ended="time" if ends < len(inputs) else "")

    judge = Judge([], lambda: None)  # type: ignore[arg-type, return-value]  # nobody asks for it
    monkeypatch.setattr(judge, "run", ran)
    inputs = [some(n) for n in (1, *range(10**9, 10**9 + 9), 2)]
    case: Any = SimpleNamespace(function=None, _replace=lambda **_: None)
    known = judge.reference(case, inputs, time.monotonic() + 60)
    assert [each.arguments["count"] for each in known.inputs] == [1, 2]


@pytest.mark.parametrize(
    ("ended", "problem"), [("limit", "only 3 inputs were compared in time"), ("", "")]
)
def test_a_handful_of_inputs_is_no_comparison_where_there_was_no_time_for_more(
    monkeypatch: pytest.MonkeyPatch, ended: str, problem: str
) -> None:
    done = [Outcome(USE, "returns 1")] * 3
    judge = Judge([], lambda: None)  # type: ignore[arg-type, return-value]  # nobody asks for it
    monkeypatch.setattr(judge, "run", lambda *_, **__: Ran(done, seconds=[0.0] * 3, ended=ended))
    inputs = [Input({}, {}, str(n), is_recorded=False) for n in range(9 if ended else 3)]
    case: Any = SimpleNamespace(function=None, _replace=lambda **_: None)
    assert judge.reference(case, inputs, time.monotonic() + 60).problem == problem
