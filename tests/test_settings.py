from __future__ import annotations

from pathlib import Path

import pytest

from codeaug.endpoints import NOTHING
from codeaug.errors import UsageError
from codeaug.settings import json_schema, load_settings


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    return folder


def loaded(root: Path, flags: dict[str, object] | None = None, **environ: str):
    environ.setdefault("XDG_CONFIG_HOME", str(root.parent / "home"))
    return load_settings(root, flags or {}, environ)


def test_a_flag_beats_the_environment_which_beats_the_files(root: Path) -> None:
    home = root.parent / "home" / "codeaug"
    home.mkdir(parents=True)
    (home / "codeaug.toml").write_text("per_unit = 5\nseed = 5\nlimit = 5\njobs = 5\n")
    (root / "codeaug.toml").write_text("per_unit = 4\nseed = 4\nlimit = 4\n")
    found = loaded(root, {"per_unit": 2}, CODEAUG_SEED="3", CODEAUG_PER_UNIT="3")
    settings = found.settings
    assert (settings.per_unit, settings.seed, settings.limit, settings.jobs) == (2, 3, 4, 5)
    assert found.origins["per_unit"] == "flag"
    assert found.origins["seed"] == "environment CODEAUG_SEED"
    assert found.origins["limit"] == "codeaug.toml"
    assert found.origins["jobs"].endswith("codeaug/codeaug.toml")
    assert found.origins["bar"] == "default"


def test_codeaug_toml_wins_over_pyproject(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.codeaug]\nper_unit = 7\nseed = 7\n")
    assert loaded(root).settings.per_unit == 7
    (root / "codeaug.toml").write_text("per_unit = 8\n")
    assert loaded(root).settings.per_unit == 8
    assert loaded(root).settings.seed == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("per_units = 3", "unknown setting 'per_units'; did you mean 'per_unit'?"),
        ("per_unit = 'three'", "per_unit must be a whole number"),
        ("per_unit = true", "per_unit must be a whole number"),
        ("languages = 'java'", "languages must be a list of texts"),
        ("languages = ['jav']", "unknown language 'jav'; did you mean 'java'?"),
        ("bar = 'testd'", "unknown rung 'testd'"),
        ("engine = 'magic'", "unknown engine 'magic'"),
        ("schema_version = 2", "schema_version 2 is not 1"),
        ("per_unit = ", "codeaug.toml cannot be read"),
        ("store = 'postgresql://elsewhere/x'", "may not set 'store'"),
    ],
)
def test_a_wrong_file_is_a_sentence(root: Path, text: str, message: str) -> None:
    (root / "codeaug.toml").write_text(text)
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        loaded(root)


def test_a_wrong_environment_variable_is_a_sentence(root: Path) -> None:
    with pytest.raises(UsageError, match="CODEAUG_JOBS must be a whole number"):
        loaded(root, CODEAUG_JOBS="many")


def test_the_environment_may_name_a_store(root: Path) -> None:
    assert loaded(root, CODEAUG_STORE="sqlite:////tmp/x.db").settings.store == "sqlite:////tmp/x.db"


def test_build_tables_become_options(root: Path) -> None:
    (root / "codeaug.toml").write_text(
        "[build.cmake]\nconfigure = ['-DA=1', '-DB=2']\ntests = true\n"
    )
    options = loaded(root).settings.build_options("cmake")
    assert options == {"configure": "-DA=1\n-DB=2", "tests": "true"}


def test_the_schema_names_every_setting_a_repository_may_set() -> None:
    schema = json_schema()
    assert "per_unit" in schema["properties"]
    assert "store" not in schema["properties"]
    assert schema["additionalProperties"] is False


def own_file(root: Path, text: str) -> None:
    home = root.parent / "home" / "codeaug"
    home.mkdir(parents=True)
    (home / "codeaug.toml").write_text(text)


@pytest.mark.parametrize(
    ("file", "table"), [("codeaug.toml", ""), ("pyproject.toml", "[tool.codeaug]\n")]
)
def test_a_repositorys_file_can_only_take_endpoints_away(root: Path, file: str, table: str) -> None:
    own_file(root, 'endpoints = ["https://a.example"]\n')
    (root / file).write_text(
        table + 'endpoints = ["https://evil.example", "https://a.example/v1"]\n'
    )
    found = loaded(root)
    assert found.settings.endpoints == ("https://a.example/v1",)
    assert found.origins["endpoints"].endswith(f"codeaug/codeaug.toml, tightened by {file}")
    assert loaded(root, {"endpoints": ("https://b.example",)}).settings.endpoints == NOTHING
    given = loaded(root, CODEAUG_ENDPOINTS="https://evil.example/v2, https://b.example")
    assert given.settings.endpoints == ("https://evil.example/v2",)


def test_a_repositorys_file_opens_no_endpoint_to_a_user_who_has_no_list(root: Path) -> None:
    (root / "codeaug.toml").write_text('endpoints = ["https://evil.example"]\n')
    assert loaded(root).settings.endpoints == NOTHING


def test_a_repositorys_empty_list_leaves_this_machine(root: Path) -> None:
    own_file(root, 'endpoints = ["https://a.example", "http://localhost:1"]\n')
    (root / "codeaug.toml").write_text("endpoints = []\n")
    assert loaded(root).settings.endpoints == ("http://localhost:1",)


@pytest.mark.parametrize("name", ["never_send", "never_send_licenses", "never_send_owners"])
def test_what_any_place_keeps_here_stays_here(root: Path, name: str) -> None:
    own_file(root, f'{name} = ["a", "b"]\n')
    (root / "codeaug.toml").write_text(f'{name} = ["b", "c"]\n')
    found = load_settings(
        root,
        {name: ("e",)},
        {"XDG_CONFIG_HOME": str(root.parent / "home"), f"CODEAUG_{name.upper()}": "d"},
    )
    assert getattr(found.settings, name) == ("a", "b", "c", "d", "e")
    for place in ("codeaug/codeaug.toml, codeaug.toml", f"CODEAUG_{name.upper()}", "flag"):
        assert place in found.origins[name]


def test_a_repositorys_file_lets_no_file_go_again(root: Path) -> None:
    own_file(root, 'never_send = ["src/"]\n')
    (root / "codeaug.toml").write_text('never_send = ["!src/a.py"]\n')
    with pytest.raises(UsageError, match=r"never_send '!src/a.py' would let files go"):
        loaded(root)


def test_a_pattern_that_two_places_have_counts_where_the_last_has_it(root: Path) -> None:
    own_file(root, 'never_send = ["/src/*", "!/src/open.py"]\n')
    (root / "codeaug.toml").write_text('never_send = ["/src/*"]\n')
    assert loaded(root).settings.never_send == ("!/src/open.py", "/src/*")


def test_what_a_file_keeps_here_no_other_place_lets_go(root: Path) -> None:
    (root / "codeaug.toml").write_text('never_send = ["src/"]\n')
    with pytest.raises(UsageError, match=r"never_send '!src/a.py' would let files go"):
        loaded(root, CODEAUG_NEVER_SEND="!src/a.py")


def test_what_pyproject_keeps_here_stays_beside_a_codeaug_toml(root: Path) -> None:
    (root / "pyproject.toml").write_text(
        '[tool.codeaug]\nnever_send = ["a"]\nbudget = 1\nendpoints = ["nowhere"]\nseed = 7\n'
    )
    (root / "codeaug.toml").write_text('never_send = ["b"]\nbudget = 2\n')
    found = loaded(root, {"budget": 5.0}).settings
    assert (found.never_send, found.budget) == (("a", "b"), 1.0)
    assert (found.endpoints, found.seed) == (NOTHING, 0)


@pytest.mark.parametrize("budget", [float("nan"), float("inf")])
def test_a_budget_is_a_number_also_as_a_flag(root: Path, budget: float) -> None:
    with pytest.raises(UsageError, match="budget must be a number"):
        loaded(root, {"budget": budget})


def test_a_repositorys_budget_holds_where_it_is_lower(root: Path) -> None:
    (root / "codeaug.toml").write_text("budget = 2\n")
    assert loaded(root, {"budget": 5.0}).settings.budget == 2.0
    assert loaded(root).settings.budget == 2.0
    assert loaded(root, {"budget": 1.0}).settings.budget == 1.0


@pytest.mark.parametrize(
    "line",
    [
        'base_url = "https://evil.example"', 'api_key_env = "AWS_SECRET_ACCESS_KEY"',
        'api_key_file = "/etc/passwd"', 'proxy = "http://evil.example"', 'ca_file = "evil.pem"',
        "untested = true", '[prices."openai:x"]\ninput = 0\noutput = 0',
    ],
)  # fmt: skip
def test_a_repositorys_file_cannot_say_where_source_goes_or_with_which_key(
    root: Path, line: str
) -> None:
    (root / "codeaug.toml").write_text(line + "\n")
    with pytest.raises(UsageError, match="may not set"):
        loaded(root)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("budget = -1", "a number"), ("budget = nan", "a number"), ('budget = "5"', "a number"),
        ("untested = 1", "true or false"), ("calls = 0", "at least 1"),
    ],
)  # fmt: skip
def test_what_a_model_may_cost_is_a_number_and_a_switch_is_a_switch(
    root: Path, line: str, words: str
) -> None:
    own_file(root, line + "\n")
    with pytest.raises(UsageError, match=words):
        loaded(root)
