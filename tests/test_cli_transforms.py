"""`codeaug transforms` shows what the rules engine can do."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from codeaug.cli.transforms import transforms
from codeaug.errors import UsageError
from codeaug.transforms import load


def said(*words: str) -> str:
    done = CliRunner().invoke(transforms, words, catch_exceptions=False)
    assert done.exit_code == 0
    return done.output


def test_every_transform_is_listed_with_its_tier_languages_and_title() -> None:
    lines = said().splitlines()
    assert len(lines) == len(load())
    for line, one in zip(lines, load(), strict=True):
        assert line.split()[:2] == [one.name, one.tier]
        assert line.endswith(one.title)
        assert ("Java" in line) == ("java" in one.languages)


def test_the_list_is_a_document_for_programs() -> None:
    found = json.loads(said("--json"))["transforms"]
    assert [one["name"] for one in found] == [one.name for one in load()]
    assert all({"title", "tier", "languages", "absent", "about"} <= one.keys() for one in found)


def test_one_is_shown_with_all_that_it_changes_and_leaves_alone() -> None:
    one = next(transform for transform in load() if transform.name == "split-condition")
    text = said("show", "split-condition")
    for example in one.examples:
        assert example.why in text
        assert example.declined in text
    assert "\n+    if (key) {\n" in text


def test_the_examples_of_one_are_a_document_for_programs() -> None:
    one = next(transform for transform in load() if transform.name == "invert-if")
    found = json.loads(said("show", "invert-if", "--json"))
    assert [e["before"] for e in found["examples"]] == [e.before for e in one.examples]


def test_an_unknown_name_is_a_sentence_with_a_guess() -> None:
    with pytest.raises(UsageError, match=r"unknown transform 'invert-iff'.*invert-if"):
        said("show", "invert-iff")
