"""Splits: nothing of one is seen in another, and nothing moves as data grows."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeaug.dataset import plain
from codeaug.dataset.similarity import Groups, Signatures, shingles, signatures
from codeaug.dataset.splits import TEST, TRAIN, VALIDATION, assign, join_places
from codeaug.model import Repository, content_id
from codeaug.store.material import Known

ACME = Repository("https://example.org/acme.git", "", "c" * 40)
OTHER = Repository("https://example.org/other.git", "", "d" * 40)


def units(*paths: str, repository: Repository = ACME, start: int = 0) -> list[Known]:
    return [
        Known(
            content_id(repository.address, path, str(n + start)), n + start, repository, path, "f"
        )
        for n, path in enumerate(paths)
    ]


def split(
    known: list[Known], released: dict[str, str] | None = None, *, by_module: bool = False,
    joined: tuple[tuple[int, int], ...] = (), validation: float = 0.2, test: float = 0.2,
) -> dict[str, str]:  # fmt: skip
    groups = Groups(len(known))
    join_places(known, groups, by_module)
    for one, other in joined:
        groups.join(one, other)
    found = assign(known, groups, released or {}, 0, validation, test)
    return {unit.id: own for unit, own in zip(known, found, strict=True)}


def test_functions_of_a_file_stay_together_and_files_of_other_repositories_do_not_count() -> None:
    here, there = units("a.py", "a.py", "b.py"), units("a.py", repository=OTHER, start=3)
    groups = Groups(4)
    join_places([*here, *there], groups, by_module=False)
    assert [groups.root(n) for n in range(4)] == [0, 0, 2, 3]
    by_folder = Groups(3)
    join_places(units("x/a.py", "x/b.py", "y/a.py"), by_folder, by_module=True)
    assert [by_folder.root(n) for n in range(3)] == [0, 0, 2]


def test_the_shares_are_about_what_was_asked_for() -> None:
    known = units(*(f"f{n}.py" for n in range(1000)))
    counts = Counter(split(known, validation=0.05, test=0.1).values())
    assert (counts[TEST], counts[VALIDATION], counts[TRAIN]) == (100, 50, 850)


def test_a_file_that_is_most_of_the_code_is_trained_on() -> None:
    known = units(*["big.py"] * 90, *(f"f{n}.py" for n in range(10)))
    found = split(known, validation=0.05, test=0.05)
    assert {found[unit.id] for unit in known[:90]} == {TRAIN}
    assert Counter(found.values())[TEST] == 5


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(2, 60), st.integers(1, 40))
def test_what_was_released_keeps_its_split_as_data_grows(seed: int, number: int, more: int) -> None:
    rng = random.Random(seed)
    paths = [f"f{rng.randrange(number)}.py" for _ in range(number + more)]
    known = units(*paths)
    before = {unit: own for unit, own in split(known[:number]).items() if own}
    joined = tuple((rng.randrange(len(known)), rng.randrange(len(known))) for _ in range(5))
    after = split(known, before, joined=joined)
    for unit, own in before.items():
        assert after[unit] in (own, "")
    groups = Groups(len(known))
    join_places(known, groups, by_module=False)
    for one, other in joined:
        groups.join(one, other)
    sides: dict[int, set[str]] = {}
    for place, unit in enumerate(known):
        if after[unit.id]:
            sides.setdefault(groups.root(place), set()).add(after[unit.id])
    assert all(len(own) == 1 for own in sides.values())


def test_a_unit_that_joins_two_splits_is_left_out_and_what_is_held_out_stays() -> None:
    known = units("a.py", "b.py", "c.py")
    released = {known[0].id: TRAIN, known[1].id: TEST}
    found = split(known, released, joined=((0, 2), (1, 2)))
    assert found == {known[0].id: "", known[1].id: TEST, known[2].id: ""}


# --- near-duplicates ------------------------------------------------------------------------------


def alike(tmp_path: Path, texts: list[str], threshold: float = 0.7) -> list[int]:
    """The group of each text."""
    rows = Signatures(tmp_path / "signatures")
    rows.add(signatures([shingles(plain.tokens("python", text)) for text in texts]))
    groups = Groups(len(texts))
    rows.join(groups, list(range(len(texts))), threshold)
    return [groups.root(n) for n in range(len(texts))]


def body(rng: random.Random, lines: int = 30) -> list[str]:
    return [f"    a{rng.randrange(10**6)} = b{rng.randrange(10**6)}(1)" for _ in range(lines)]


def test_texts_that_differ_in_a_line_or_in_comments_are_near_duplicates(tmp_path: Path) -> None:
    rng = random.Random(1)
    lines, other = body(rng), body(rng)
    texts = [
        "\n".join(["def f():", *lines]),
        "\n".join(["def f():", '    """Says something else."""', *lines, "    # why"]),
        "\n".join(["def f():", *lines[:-1], "    return 3"]),
        "\n".join(["def g():", *other]),
    ]
    assert alike(tmp_path, texts) == [0, 0, 0, 3]


def test_of_many_pairs_over_the_threshold_next_to_none_is_missed(tmp_path: Path) -> None:
    rng = random.Random(2)
    texts = []
    for _ in range(300):
        lines = body(rng)
        texts.append("\n".join(lines))
        texts.append("\n".join([*lines[:-1], *body(rng, 1)]))  # a Jaccard likeness of about 0.9
    found = alike(tmp_path, texts)
    missed = sum(found[at] != found[at + 1] for at in range(0, len(texts), 2))
    wrong = len(set(found)) - (300 + missed)
    assert (missed, wrong) == (0, 0)


def test_short_texts_are_alike_only_when_they_are_equal(tmp_path: Path) -> None:
    assert alike(tmp_path, ["return a", "return a", "return b"]) == [0, 0, 2]


def test_a_crowd_that_shares_a_band_is_called_alike_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeaug.dataset.similarity._LARGEST", 3)
    rows = Signatures(tmp_path / "signatures")
    same = np.zeros((5, 128), dtype=np.uint32)
    same[:, 4:] = np.arange(5 * 124).reshape(5, 124)  # one band of equal hashes, all else differs
    rows.add(same)
    groups = Groups(5)
    assert rows.join(groups, list(range(5)), 0.7) == 4
    assert {groups.root(n) for n in range(5)} == {0}
