"""Which inputs are grown for a function of Python, and which of their outcomes count."""

from __future__ import annotations

import time
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from codeaug.runners.hosts.pyhost.comparison.agreement import Judge, Reference, differing_in
from codeaug.runners.hosts.pyhost.comparison.calling import USE, Outcome
from codeaug.runners.hosts.pyhost.comparison.domain import domain
from codeaug.runners.hosts.pyhost.comparison.recording import Input
from codeaug.runners.hosts.pyhost.comparison.running import Ran

NAN = float("nan")


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


def test_nan_is_never_among_what_is_sorted() -> None:
    tiers = [(1.0, 5), (2.0, 6), (3.0, 7)]
    known = domain([{"tiers": tiers, "kilos": 1.0}] * 2, "", {}, [])
    assert known.is_unordered({"tiers": [(NAN, 5), (NAN, 5)], "kilos": 1.0})
    assert not known.is_unordered({"tiers": tiers, "kilos": NAN})


def test_nan_is_an_input_where_the_tests_pass_unsorted_items() -> None:
    known = domain([{"items": [3.0, 1.0, 2.0]}] * 2, "", {}, [])
    assert not known.is_unordered({"items": [NAN]})


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
