"""How units are dealt out to workers, and how what comes of them is handed on."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from codeaug.builds import Prepared, cmake
from codeaug.builds import pytest as pytest_build
from codeaug.executors.local import Local
from codeaug.model import Baseline, Project, Span, Unit
from codeaug.pipeline.batches import TEXTS, batches

UNIT = Unit("a.cpp", "cpp", "f", "()", Span(0, 1), Span(0, 1), 1, 1, 1, "", "")
BASELINE = Baseline({}, {}, 0.0, "")
CPP, PYTHON = (
    Prepared(Project(build.name, "", ()), build, Path(), Path(), BASELINE)
    for build in (cmake.BUILD, pytest_build.BUILD)
)
Sized = tuple[Unit, Prepared | None, int, str]


def sized(path: str, texts: Sequence[int], prepared: Prepared | None = CPP) -> list[Sized]:
    unit = replace(UNIT, path=path)
    return [(unit, prepared, n, f"{path}{number}") for number, n in enumerate(texts)]


def test_a_batch_holds_units_of_one_file_up_to_so_many_texts() -> None:
    some = [*sized("a", [TEXTS // 2] * 3), *sized("b", [1, 1]), *sized("a", [1])]
    assert batches(some, 1) == [["a0", "a1"], ["a2", "a0"], ["b0", "b1"]]


def test_a_unit_with_more_texts_than_a_batch_has_is_a_batch() -> None:
    assert batches(sized("a", [1, TEXTS * 2, 1]), 1) == [["a0"], ["a1"], ["a2"]]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_one_file_is_work_for_all_workers(jobs: int) -> None:
    assert len(batches(sized("a", [2] * 6), jobs)) == jobs


def test_units_that_gain_nothing_from_each_other_are_dealt_out_one_by_one() -> None:
    some = [*sized("a", [1, 1], PYTHON), *sized("b", [1, 1], None)]
    assert batches(some, 1) == [["a0"], ["a1"], ["b0"], ["b1"]]


def test_what_comes_of_an_item_is_handed_on_before_the_rest_of_it_is_done() -> None:
    seen = threading.Event()

    def work(item: int) -> Iterator[int]:
        yield item
        assert seen.wait(60.0)
        yield item + 1

    results = Local(1).threads(work, [1])
    assert next(results) == 1
    seen.set()
    assert list(results) == [2]


def test_what_was_done_before_an_exception_is_handed_on() -> None:
    def work(item: int) -> Iterator[int]:
        yield item
        raise ValueError(item)

    results = Local(1).threads(work, [7])
    assert next(results) == 7
    with pytest.raises(ValueError, match="7"):
        next(results)


def test_all_items_are_done_by_few_workers() -> None:
    results = Local(2).threads(lambda item: [item, -item], range(1, 30))
    assert sorted(results) == [n for n in range(-29, 30) if n]
