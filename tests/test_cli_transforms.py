"""`codeaug transforms` shows what the rules engine can do."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from codeaug.cli.settings import config
from codeaug.cli.transforms import transforms
from codeaug.errors import UsageError
from codeaug.transforms import load

PAGE = (Path(__file__).parent.parent / "docs" / "own-transforms.md").read_text(encoding="utf-8")


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


OWN = """
[[transforms]]
name = "ask-less"
language = "python"
title = "Ask \u200bless"
before = "ask($X)"
after = "tell($X)"
tier = "A"
examples = [{ before = "ask(1)", after = "tell(1)" }, { before = "tell(1)", declined = "" }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "codeaug.toml").write_text(OWN)
    (tmp_path / "a.py").write_text("def f(x):\n\treturn ask(x)\n\n\ndef g():\n    ask()\n")
    return tmp_path


def test_those_of_the_settings_are_listed_and_marked(folder: Path) -> None:
    lines = said("--repo", str(folder)).splitlines()
    (own,) = (line for line in lines if line.endswith("[your settings]"))
    assert own.split()[:3] == ["ask-less", "A", "Python"]
    assert "\u200b" not in own
    assert len(lines) == len(load()) + 1
    found = json.loads(said("--repo", str(folder), "--json"))["transforms"]
    assert [one["name"] for one in found if one["origin"] != "codeaug"] == ["ask-less"]


def test_one_of_the_settings_is_shown_as_it_is_written(folder: Path) -> None:
    text = said("show", "ask-less", "--repo", str(folder))
    assert "```python\nask($X)\n```\n\nbecomes\n\n```python\ntell($X)\n```\n" in text
    assert "-    ask(1)\n+    tell(1)\n" in text
    assert text.endswith("From your settings.\n")


def test_those_of_the_settings_are_tried_on_the_repository(folder: Path) -> None:
    text = said("test", "--repo", str(folder))
    assert "ask-less: passed, 2 examples\n  applies at 1 place in 1 function\n" in text
    assert "\n  a.py: f\n" in text
    assert "  -    return ask(x)\n  +    return tell(x)\n" in text
    assert "return ask" not in said("test", "--repo", str(folder), "--show", "0")


def test_a_failed_example_and_a_missing_one_exit_1(folder: Path) -> None:
    for examples in ("[]", '[{ before = "ask(1)", after = "tell(2)" }]'):
        (folder / "codeaug.toml").write_text(
            OWN.partition("examples")[0] + f"examples = {examples}"
        )
        done = CliRunner().invoke(transforms, ["test", "--repo", str(folder), "--json"])
        assert done.exit_code == 1
        document = json.loads(done.stdout)
        assert document["passed"] is False
        assert document["transforms"][0]["faults"]


def test_nothing_of_ones_own_is_no_failure(tmp_path: Path) -> None:
    done = CliRunner().invoke(transforms, ["test", "--repo", str(tmp_path), "--json"])
    assert (done.exit_code, json.loads(done.stdout)) == (0, {"passed": True, "transforms": []})
    with pytest.raises(UsageError, match="unknown transform 'invert-if'"):  # none of one's own
        said("test", "--repo", str(tmp_path), "invert-if")


def test_a_package_adds_transforms_that_are_marked_and_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "house_style.py").write_text(code)
    distribution = tmp_path / "house_style-1.dist-info"
    distribution.mkdir()
    (distribution / "METADATA").write_text("Metadata-Version: 2.1\nName: house-style\nVersion: 1\n")
    points = "[codeaug.transforms]\nhouse-style = house_style:TRANSFORMS\n"
    (distribution / "entry_points.txt").write_text(points)
    (tmp_path / "a.cpp").write_text("int f() { return 0xff; }\n")
    done = subprocess.run(
        [sys.executable, "-m", "codeaug", "transforms", "test", "--repo", str(tmp_path), "--json"],
        env=os.environ | {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parent.parent}"},
        capture_output=True,
        text=True,
        check=True,
    )
    (row,) = json.loads(done.stdout)["transforms"]
    assert (row["name"], row["origin"]) == ("hexadecimal-capitals", "house-style")
    assert (row["faults"], row["applied"]) == ([], 1)
    assert "+int f() { return 0xFF; }" in row["shown"][0]["diff"]


def test_validate_says_which_pattern_of_which_profile_cannot_be_read(folder: Path) -> None:
    broken = OWN.replace("[[transforms]]", "[[profile.ci.transforms]]").replace("ask($X)", "ask($X")
    (folder / "codeaug.toml").write_text(broken)
    with pytest.raises(UsageError, match="'ask-less' in python: it cannot be read"):
        CliRunner().invoke(config, ["validate", str(folder)], catch_exceptions=False)


def test_the_settings_are_printed_as_they_can_be_read_again(folder: Path) -> None:
    shown = CliRunner().invoke(config, ["show", str(folder)], catch_exceptions=False).output
    written = tomllib.loads(OWN)["transforms"]
    assert tomllib.loads(shown)["transforms"] == written
