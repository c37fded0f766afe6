"""The mix policy: caps are kept by leaving variants out, floors refuse."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import asdict, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codeaug.dataset import mix
from codeaug.dataset.mix import Weighed, figures, keep_caps, steps, tail, too_deep, unmet
from codeaug.dataset.recipe import Policy

HUMAN = 10_000


def crowd(seed: int, number: int) -> list[Weighed]:
    rng = random.Random(seed)
    return [
        Weighed(
            unit=rng.randrange(max(1, number // 3)),
            tokens=rng.randrange(1, 400),
            recipe=tuple(rng.sample(("a", "b", "c", "d"), rng.randint(0, 2))),
            generator=rng.choice(("rules", "acme-1", "acme-2")),
            repository="acme",
            order=rng.randrange(1 << 60),
        )
        for _ in range(number)
    ]


def told(variants: list[Weighed], policy: Policy, human: int = HUMAN) -> list[str]:
    by_repository = Counter({"acme": human})
    keep_caps(variants, human, by_repository, policy)
    found = figures(variants, human, by_repository, 100)
    return unmet(found | {"diversity": 1.0, "tail": 1.0}, policy)


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 10_000), st.integers(0, 300))
def test_whatever_there_is_every_cap_is_kept(seed: int, number: int) -> None:
    variants = crowd(seed, number)
    assert told(variants, Policy()) == []


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10_000), st.integers(0, 200))
def test_the_same_variants_are_left_out_whatever_their_order(seed: int, number: int) -> None:
    one, other = crowd(seed, number), crowd(seed, number)
    random.Random(seed).shuffle(other)
    told(one, Policy())
    told(other, Policy())
    kept = [sorted(v.order for v in some if not v.why_not) for some in (one, other)]
    assert kept[0] == kept[1]


def test_no_more_is_left_out_than_has_to_be() -> None:
    variants = [Weighed(n, 100, (f"t{n}",), f"g{n}", "acme", n) for n in range(60)]
    told(variants, Policy())
    kept = sum(not one.why_not for one in variants)
    assert kept == 49  # 4,900 of 14,900 tokens are 0.3289; one more were 0.3333
    assert variants[59].why_not == "a greater share made by machines than is allowed"


def test_each_cap_has_its_reason() -> None:
    wide = Policy.lifted()
    same = [Weighed(0, 10, ("t",), "g", "acme", n) for n in range(3)]
    told(same, replace(wide, max_per_unit=2))
    assert [one.why_not for one in same] == ["", "", mix.TOO_MANY]
    for name, words in (
        ("transform", "of one transform"),
        ("generator", "of one generator"),
        ("synthetic", "made by machines"),
    ):
        variants = [Weighed(n, 6000, ("t",), "g", "acme", n) for n in range(2)]
        told(variants, replace(wide, **{f"max_{name}_share": 0.4}))
        assert [one.why_not for one in variants] == ["", f"a greater share {words} than is allowed"]


def test_one_repository_may_be_too_much_by_human_code_alone() -> None:
    assert told([], replace(Policy(), max_repository_share=0.5)) == [
        "the share 1 of repository 'acme' is above dataset.max_repository_share = 0.5"
    ]


def test_floors_are_told_by_name() -> None:
    found = {"synthetic_share": 0.0, "per_unit": 0, "transforms": {}, "generators": {}}
    found |= {"repositories": {}, "real_units": 19, "diversity": 0.4, "tail": 0.1}
    assert [sentence.split(" ")[0] for sentence in unmet(found, Policy())] == [
        "19",
        "diversity",
        "tail",
    ]


@pytest.mark.parametrize(
    ("engine", "recipe", "parents", "found"),
    [
        ("rules", ("a", "b"), (), (0, 2)),
        ("llm", ("age-idiom",), (), (1, 0)),
        ("person", (), ("llm",), (1, 0)),
        ("llm", (), ("llm",), (2, 0)),
        ("llm", (), ("rules",), (1, 1)),
        ("person", (), (), (0, 0)),
        ("unheard-of", (), (), None),
    ],
)
def test_steps_from_human_code_are_counted_apart(
    engine: str, recipe: tuple[str, ...], parents: tuple[str, ...], found: tuple[int, int] | None
) -> None:
    assert steps(engine, recipe, parents) == found
    if found != (2, 0):
        assert bool(too_deep(found, Policy())) == (found is None)


def test_rare_names_that_vanish_from_a_mix_are_seen() -> None:
    real = [64, 64, *([1] * 64)]
    assert tail(zip(real, real, strict=True)) == 1.0
    assert tail(zip(real, [64 + 192, *real[1:]], strict=True)) == pytest.approx(0.5, abs=1e-6)


def test_only_what_is_looser_needs_a_word() -> None:
    assert Policy(max_synthetic_share=0.1, min_real_units=50, max_per_unit=2).loosened() == {}
    assert Policy(max_synthetic_share=0.5, min_tail=0.1).loosened() == {
        "max_synthetic_share": 0.5,
        "min_tail": 0.1,
    }
    assert set(Policy.lifted().loosened()) == set(asdict(Policy())) - {"max_repository_share"}
