"""What is said of proofs is what the provers say of the transforms' own examples."""

from __future__ import annotations

import pytest

from codeaug.transforms import Proved, Transform, load
from codeaug.transforms.page import proof
from tests.proof_examples import proofs

ANEW = "run: python -m tests.proof_examples > codeaug/transforms/proofs.json"
SOME = (
    "augment-assignment", "extract-variable", "guard-clause", "invert-if", "rename-local",
    "swap-operands",
)  # fmt: skip
"""All of them take some minutes."""


@pytest.mark.slow
def test_where_a_proof_is_said_to_be_usual_there_is_one_and_where_not_most_lack_it() -> None:
    """Other versions of the compilers may prove one example more or less."""
    measured = proofs(SOME)
    told = {
        (one.name, name): own.usual
        for one in load()
        if one.name in SOME
        for name, own in one.proof.items()
    }
    found = {
        (name, language): own for name, row in measured.items() for language, own in row.items()
    }
    assert told.keys() == found.keys(), ANEW
    wrong = [key for key, (n, all_) in found.items() if (not n if told[key] else 2 * n > all_)]
    assert wrong == [], ANEW


def test_each_transform_is_measured_in_each_of_its_languages() -> None:
    lacking = [
        f"{one.name} in {language}"
        for one in load()
        for language in one.languages
        if language not in one.proof or not one.proof[language].of
    ]
    assert lacking == [], f"none of their examples compiles by itself; or {ANEW}"


def test_a_proof_is_usual_where_it_settles_half_of_what_compiles() -> None:
    assert Proved(2, 4).usual
    assert Proved(1, 1).usual
    assert not Proved(1, 3).usual
    assert not Proved(0, 0).usual


def test_the_list_has_the_letters_of_the_languages() -> None:
    usual, seldom = Proved(3, 4), Proved(1, 4)
    one = Transform("t", "T", "A", {}, (), proof={"java": usual, "cpp": seldom, "python": usual})
    assert sorted(proof(one).split()) == ["J", "P"]
    assert proof(Transform("t", "T", "A", {}, ())) == ""
