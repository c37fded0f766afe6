"""What is said of proofs is what the provers say of the transforms' own examples."""

from __future__ import annotations

import pytest

from codeaug.transforms import Proved, Transform, load
from codeaug.transforms.page import proof
from tests.proof_examples import Proofs, proofs


@pytest.fixture(scope="module")
def measured() -> Proofs:
    return proofs()


ANEW = "run: python -m tests.proof_examples > codeaug/transforms/proofs.json"


@pytest.mark.slow
def test_where_a_proof_is_said_to_be_usual_there_is_one_and_where_not_most_lack_it(
    measured: Proofs,
) -> None:
    """Other versions of the compilers may prove one example more or less."""
    told = {(one.name, name): own.usual for one in load() for name, own in one.proof.items()}
    found = {
        (name, language): own for name, row in measured.items() for language, own in row.items()
    }
    assert told.keys() <= found.keys(), ANEW
    asked = ((key, found[key]) for key in told)
    wrong = [key for key, (n, all_) in asked if (not n if told[key] else 2 * n > all_)]
    assert wrong == [], ANEW


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
