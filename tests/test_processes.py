"""Work in two processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from functools import partial
from operator import neg, pos
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset import surveying
from codeaug.dataset.processes import in_two
from codeaug.store import Store
from tests.datasets import decide, everything, exported
from tests.seeded import VARIANTS, seed


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


def test_every_other_item_is_another_process_s_and_results_come_in_order() -> None:
    assert list(in_two(pos, partial(nullcontext, neg), range(5))) == [0, -1, 2, -3, 4]


def test_what_a_process_that_dies_leaves_undone_is_done_here() -> None:
    dies: Any = os._exit
    assert list(in_two(pos, partial(nullcontext, dies), range(5))) == [0, 1, 2, 3, 4]


def test_an_error_over_there_is_told_as_if_it_was_made_here() -> None:
    items: list[Any] = [[1], 2]
    with pytest.raises(TypeError, match=r"object of type 'int' has no len\(\)"):
        list(in_two(len, partial(nullcontext, len), items))


def test_one_processor_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    assert list(in_two(pos, partial(nullcontext, neg), range(3))) == [0, 1, 2]


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        seed(opened)
        yield opened


def test_a_dataset_that_two_processes_looked_at_is_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in VARIANTS:
        decide(store, name)
    chosen: dict[str, Any] = {"tasks": ("rewrite", "completion")}
    exported(store, tmp_path / "alone", **chosen)
    mine = []

    def counted(work: Any, begin: Any, items: Any) -> Any:
        def counting(item: Any) -> Any:
            mine.append(item)
            return work(item)

        return in_two(counting, begin, items)

    monkeypatch.setattr(surveying, "FEW", 0)
    monkeypatch.setattr(surveying, "AT_ONCE", 1)
    monkeypatch.setattr(surveying, "in_two", counted)
    exported(store, tmp_path / "both", **chosen)
    units = everything(tmp_path / "both")["lineage/units.jsonl"].count(b"\n")
    assert units > len(mine) > 0
    assert everything(tmp_path / "both") == everything(tmp_path / "alone")
