"""The JSON Schema is the one that is shipped, says what the parser says, and serves real tools."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from codeaug import tasks
from codeaug.errors import UsageError
from codeaug.formats.fim import FAMILIES
from codeaug.settings import SCHEMAS, json_schema
from codeaug.settings.layers import USER_ONLY, source_of
from codeaug.settings.record import FIM_FAMILIES, SECTIONS, TASKS
from codeaug.settings.values import FIELDS, KINDS, section_of, written
from tests.test_cli import codeaug

SCHEMA = {own: Draft202012Validator(json_schema(own)) for own in (False, True)}
TOOLS = Path(sys.executable).parent


@pytest.mark.parametrize("own", [False, True])
def test_the_schema_that_is_shipped_is_the_one_that_is_printed(own: bool) -> None:
    text = SCHEMAS[own].read_text(encoding="utf-8")
    done = codeaug("config", "schema", *(["--own"] if own else []))
    assert done.stdout == text, "run: codeaug config schema > " + SCHEMAS[own].name
    assert json.loads(text) == json_schema(own)
    Draft202012Validator.check_schema(json.loads(text))


def test_a_repositorys_schema_names_what_a_repository_may_set() -> None:
    assert _named(own=False) == (FIELDS.keys() - USER_ONLY) | {"schema_version", "profile"}
    assert _named(own=True) == FIELDS.keys() | {"schema_version", "profile"}


def _named(own: bool) -> set[str]:
    """The settings that a schema knows, those of its tables as the record calls them."""
    properties = json_schema(own)["properties"]
    tables = {f"{s}_{name}" for s in SECTIONS for name in properties[s]["properties"]}
    return (properties.keys() - set(SECTIONS)) | tables


def test_tasks_and_families_of_models_are_those_that_there_are() -> None:
    assert tuple(tasks.named()) == TASKS
    assert tuple(FAMILIES) == FIM_FAMILIES


VALID = (
    'languages = ["java"]\nbar = "tested"\n[profile.ci]\njobs = 1\n',
    '[build.cmake]\nconfigure = ["-DA=1"]\nuse = false\n',
    'seed = 1\n[dataset]\ntasks = ["infilling"]\n[profile.ci.dataset]\nmax_per_unit = 2\n',
)
WRONG = (
    'languages = ["jav"]', 'engine = "magic"', 'engine = "llm"', 'bar = "testd"', 'runner = "warm"',
    "per_unit = 0", "gold_rate = 1.5", 'per_unit = "3"', "per_units = 3", "schema_version = 2",
    '[profile.ci]\nengine = "llm"', "[profile.ci]\nsed = 1", 'store = "x.db"', "profile = 'ci'",
    'never_send = ["!a"]', "[build]\ncmake = 1", "dataset = 1", 'dataset_name = "a"',
    '[dataset]\ntasks = ["rewriting"]', "[dataset]\nseed = 1", "[dataset]\ntest = 1.5",
    "[dataset]\nschema_version = 1", "[profile.ci.dataset]\nmax_per_unit = 0",
)  # fmt: skip


@pytest.mark.parametrize("tool", ["taplo", "check-jsonschema"])
def test_editors_and_ci_find_what_is_wrong_and_nothing_else(tool: str, tmp_path: Path) -> None:
    (tmp_path / "schema.json").write_text(json.dumps(json_schema()))
    files = {text: tmp_path / f"{number}.toml" for number, text in enumerate((*VALID, *WRONG))}
    for text, file in files.items():
        file.write_text(f"#:schema ./schema.json\n{text}")
    program = next(p for p in (TOOLS / tool, *_elsewhere(tool)) if p.exists())
    how = ["lint"] if tool == "taplo" else ["--schemafile", str(tmp_path / "schema.json")]

    def said(texts: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        command = [str(program), *how, *(str(files[text]) for text in texts)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    right, wrong = said(VALID), said(WRONG)
    assert right.returncode == 0, right.stdout + right.stderr
    assert wrong.returncode != 0
    told = wrong.stdout + wrong.stderr
    assert [text for text in WRONG if str(files[text]) not in told] == []
    assert [text for text in files if _parses(tomllib.loads(text), own=False)] == list(VALID)


def _elsewhere(name: str) -> list[Path]:
    return [Path(folder, "bin", name) for folder in sys.path]


def _parses(table: dict[str, Any], own: bool) -> bool:
    try:
        source_of(table, "codeaug.toml", foreign=not own)
    except UsageError:
        return False
    return True


# What a schema cannot say, or says otherwise: that 3.0 is no whole number, that numbers end, and
# that `$` is the end of a text and not of its last line.
_words = st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]), max_size=5)
_numbers = st.one_of(
    st.integers(-3, 3), st.floats(-2, 2).filter(lambda x: not x.is_integer()), st.booleans()
)
_known = st.sampled_from(
    [
        "python",
        "java",
        "cpp",
        "tested",
        "compared",
        "none",
        "rules",
        "llm",
        "cold",
        "resident",
        "OPENAI_API_KEY",
        "rewrite",
        "codellama",
        "lower_case",
        "!a",
        "a",
    ]
)
_plain = st.one_of(_words, _known, _numbers)
_values = st.one_of(
    _plain,
    st.lists(st.one_of(_words, _known), max_size=3),
    st.lists(_plain, max_size=2),
    st.dictionaries(
        _words, st.one_of(_plain, st.dictionaries(_words, _plain, max_size=2)), max_size=2
    ),
)


def _fitting(name: str) -> st.SearchStrategy[Any]:
    """Values of the setting's own kind, so that many files are right."""
    texts = st.lists(st.one_of(_words, _known), max_size=2)
    table = st.dictionaries(_words, st.dictionaries(_words, st.one_of(_plain, texts)), max_size=2)
    kinds = {str: st.one_of(_words, _known), int: st.integers(0, 9), bool: st.booleans()}
    kinds |= {float: st.floats(0, 1.5).filter(lambda x: not x.is_integer()), tuple[str, ...]: texts}
    return kinds.get(KINDS[name], table)


def _items(section: str) -> st.SearchStrategy[tuple[str, Any]]:
    """Names of a table's settings, and of others, with values."""
    fields = {written(name): name for name in FIELDS if section_of(name) == section}
    names = st.sampled_from([*fields, *FIELDS, "schema_version", "sed", "api_key"])
    return names.flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.one_of(
                _fitting(fields.get(n, n)) if n in FIELDS or n in fields else _values, _values
            ),
        )
    )


def _section(name: str) -> st.SearchStrategy[tuple[str, Any]]:
    return st.tuples(st.just(name), st.lists(_items(name), max_size=3).map(dict) | _values)


_files = st.lists(st.one_of(_items(""), *map(_section, SECTIONS)), max_size=4).map(dict)


@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(table=_files, profile=st.none() | _files, own=st.booleans())
def test_what_the_parser_refuses_the_schema_refuses_and_the_other_way_round(
    table: dict[str, Any], profile: dict[str, Any] | None, own: bool
) -> None:
    if profile is not None:
        table = table | {"profile": {"ci": profile}}
    problems = [error.message for error in SCHEMA[own].iter_errors(table)]
    assert _parses(table, own) is (not problems), problems


def test_every_default_is_right_by_both() -> None:
    plain = {name: f.default for name, f in FIELDS.items() if not isinstance(f.default, tuple)}
    lists: dict[str, Any] = {n: [] for n, kind in KINDS.items() if kind == tuple[str, ...]}
    table: dict[str, Any] = {section: {} for section in SECTIONS}
    for name, value in (plain | lists).items():
        (table[section_of(name)] if section_of(name) else table)[written(name)] = value
    assert not list(SCHEMA[True].iter_errors(table))
    assert _parses(table, own=True)
