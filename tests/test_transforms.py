"""Every transform does what its examples say, in each language that it knows."""

from __future__ import annotations

import pytest

from codeaug.edits import apply_edits
from codeaug.languages import find_units
from codeaug.model import Unit
from codeaug.transforms import Example, Site, Subject, Transform, load

CASES = [(transform, example) for transform in load() for example in transform.examples]


def units_of(example: Example) -> list[Unit]:
    found = find_units(example.language, example.before.encode(), f"a.{example.language}", "")
    units = sorted((u for u in found if isinstance(u, Unit)), key=lambda u: u.span.start)
    return [u for u in units if example.unit in ("", u.name, u.qualified_name)]


def sites_of(transform: Transform, example: Example) -> list[Site]:
    """The sites of the first unit that has any."""
    for unit in units_of(example):
        subject = Subject(unit, example.before.encode(), example.vocabulary)
        found = list(transform.languages[example.language](subject))
        if found:
            return found
    return []


def name_of(case: tuple[Transform, Example] | object) -> str:
    return getattr(case, "name", "") or getattr(case, "language", "")


@pytest.mark.parametrize(("transform", "example"), CASES, ids=name_of)
def test_example(transform: Transform, example: Example) -> None:
    assert units_of(example), "the example holds no unit"
    sites = sites_of(transform, example)
    applied = [site for site in sites if not site.declined]
    if example.after:
        after = apply_edits(example.before.encode(), applied[0].edits).decode()
        assert after == example.after, example.why
    else:
        assert not applied, example.why
        declined = {site.declined for site in sites}
        assert example.declined in declined if example.declined else not declined, example.why


@pytest.mark.parametrize("transform", load(), ids=name_of)
def test_every_transform_says_what_it_changes_and_what_it_leaves_alone(
    transform: Transform,
) -> None:
    for language in transform.languages:
        own = [example for example in transform.examples if example.language == language]
        assert sum(bool(example.after) for example in own) >= 3, language
        assert sum(not example.after for example in own) >= 4, language
        assert any(example.declined for example in own), language


@pytest.mark.parametrize("transform", load(), ids=name_of)
def test_every_transform_knows_every_language_or_says_why_not(transform: Transform) -> None:
    assert sorted([*transform.languages, *transform.absent]) == ["cpp", "java", "python"]
    assert all(transform.absent.values())


@pytest.mark.parametrize("transform", load(), ids=name_of)
def test_edits_stay_inside_the_unit_and_keep_the_rest(transform: Transform) -> None:
    for example in transform.examples:
        source = example.before.encode()
        for unit in units_of(example):
            subject = Subject(unit, source, example.vocabulary)
            for site in transform.languages[example.language](subject):
                assert bool(site.declined) is not bool(site.edits)
                for edit in site.edits:
                    assert unit.span.start <= edit.start <= edit.end <= unit.span.end
