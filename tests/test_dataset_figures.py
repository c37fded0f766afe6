"""What a manifest tells of lengths and novelty, counted anew from rows and code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeaug.dataset.lengths import bin_of, ruler
from codeaug.dataset.plain import tokens
from codeaug.dataset.similarity import shingles
from codeaug.store import Store
from codeaug.tasks import Pair
from tests.datasets import decide, exported, rows
from tests.seeded import UNITS, VARIANTS, seed


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


@pytest.mark.parametrize(
    ("length", "bound"), [(0, 1), (1, 1), (2, 2), (3, 4), (64, 64), (65, 128), (30_000, 32_768)]
)
def test_a_length_is_counted_up_to_the_next_power_of_two(length: int, bound: int) -> None:
    assert bin_of(length) == bound


def test_the_lengths_of_each_task_are_those_of_its_rows(store: Store, tmp_path: Path) -> None:
    for name in ("java", "python", "cpp"):
        decide(store, name)
    told = exported(store, tmp_path / "out", "prompt-completion", tasks=("rewrite",))
    measure = ruler("").row
    found = Counter(
        str(bin_of(measure(Pair(row["prompt"], row["completion"]))))
        for row in rows(tmp_path / "out")
    )
    assert told["tokens"]["lengths"] == {"rewrite": found}
    assert found.total() == told["counts"]["tasks"]["rewrite"] == 3


def test_novelty_says_how_much_of_a_variant_its_function_does_not_say(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "python")
    told = exported(store, tmp_path / "out")
    own, made = (
        set(shingles(tokens("python", code)))
        for code in (UNITS["python"].code, VARIANTS["python"].code)
    )
    (tenth,) = told["mix"]["novelty"]
    assert 0 <= float(tenth) - len(made - own) / len(made) < 0.1
    assert told["mix"]["novelty"] == {tenth: 1}


def test_what_is_left_out_counts_for_no_novelty(store: Store, tmp_path: Path) -> None:
    told = exported(store, tmp_path / "out", accept_rung="compiled")
    assert sum(told["left_out"].values()) == 1
    assert sum(told["mix"]["novelty"].values()) == told["counts"]["variants"]
