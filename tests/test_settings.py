from __future__ import annotations

import os
from pathlib import Path

import pytest

from codeaug.endpoints import NOTHING
from codeaug.errors import StoreError, UsageError
from codeaug.pipeline.desk import key_of
from codeaug.settings import load_settings, validate_settings
from codeaug.store import Store
from codeaug.store.connection import parse_url


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


def test_a_repository_neither_chooses_the_model_nor_asks_more_of_it(root: Path) -> None:
    home = root.parent / "home" / "codeaug"
    home.mkdir(parents=True)
    (home / "codeaug.toml").write_text('engine = "llm"\nmodel = "openai:cheap"\ncalls = 8\n')
    (root / "codeaug.toml").write_text("reply_tokens = 200000\nper_unit = 50\ncalls = 4\n")
    found = loaded(root)
    settings = found.settings
    assert (settings.reply_tokens, settings.per_unit, settings.calls) == (4096, 3, 4)
    assert found.origins["per_unit"] == "default"
    assert loaded(root, {"calls": 9, "per_unit": 9}).settings.per_unit == 9
    assert loaded(root, {"engine": "rules"}).settings.per_unit == 50
    (root / "codeaug.toml").write_text('[profile.ci]\nmodel = "openai:gpt-5-pro"\n')
    with pytest.raises(UsageError, match="may not set 'model'"):
        loaded(root)


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
        ("dataset = 1", r"dataset must be a table, \[dataset\]"),
        ("[dataset]\ntask = []", r"\[dataset\]: unknown setting 'task'; did you mean 'tasks'?"),
        (
            "fim_family = ''",
            r"unknown setting 'fim_family'; did you mean 'fim_family' in \[dataset",
        ),
        ("dataset_test = 0", r"'dataset_test'; did you mean 'test' in \[dataset\]?"),
        ("[dataset]\ntasks = ['rewrit']", "unknown task 'rewrit'; did you mean 'rewrite'?"),
        ("[dataset]\ntest = 2", r"\[dataset\]: test must be a share, from 0 to 1"),
        ("[dataset]\nmax_per_unit = true", r"\[dataset\]: max_per_unit must be a whole number"),
        ("[dataset]\nhf_token = 'x'", r"\[dataset\]: 'hf_token' would be a key in clear"),
        ("[profile.a.dataset]\nsed = 1", r"\[profile.a\] \[dataset\]: unknown setting 'sed'"),
    ],
)
def test_a_wrong_file_is_a_sentence(root: Path, text: str, message: str) -> None:
    (root / "codeaug.toml").write_text(text)
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        loaded(root)


def test_settings_of_a_dataset_stand_in_a_table_also_of_a_profile_and_the_environment(
    root: Path,
) -> None:
    (root / "codeaug.toml").write_text(
        "[dataset]\ntest = 0.2\nvalidation = 0\nname = 'a'\n[profile.ci.dataset]\nname = 'b'\n"
    )
    found = load_settings(root, {"profile": "ci"}, {"CODEAUG_DATASET_VALIDATION": "0.1"})
    settings = found.settings
    shares = (settings.dataset_test, settings.dataset_validation)
    assert (shares, settings.dataset_name) == ((0.2, 0.1), "b")
    assert found.origins["dataset_name"] == "codeaug.toml [profile.ci]"
    with pytest.raises(UsageError, match="CODEAUG_DATASET_TASKS: unknown task 'x'"):
        load_settings(root, {}, {"CODEAUG_DATASET_TASKS": "rewrite,x"})


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


# --- which file counts ----------------------------------------------------------------------------


def test_of_several_project_files_one_counts_and_the_others_are_told(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.codeaug]\nseed = 3\n")
    (root / ".codeaug.toml").write_text("seed = 2\nlimit = 2\nnever_send = ['a']\n")
    assert loaded(root).settings.seed == 2
    (root / "codeaug.toml").write_text("seed = 1\n")
    found = loaded(root)
    assert (found.settings.seed, found.settings.limit) == (1, 0)
    assert found.settings.never_send == ("a",)
    assert [warning.split()[0] for warning in found.warnings] == [".codeaug.toml", "pyproject.toml"]
    assert all("is not used, since there is codeaug.toml" in text for text in found.warnings)


@pytest.mark.parametrize("name", ["codeaug.toml", "pyproject.toml"])
def test_a_settings_file_that_links_out_of_its_folder_is_not_read(root: Path, name: str) -> None:
    outside = root.parent / "outside.toml"
    outside.write_text("secret words\n")
    (root / name).symlink_to(outside)
    with pytest.raises(UsageError, match="leads out of its folder") as told:
        load_settings(root, {})
    assert "secret" not in str(told.value)


def test_a_pyproject_of_something_else_is_no_settings_file(root: Path) -> None:
    (root / "pyproject.toml").write_text("[tool.ruff]\nline-length = 100\n")
    (root / ".codeaug.toml").write_text("seed = 2\n")
    assert loaded(root).warnings == ()
    assert loaded(root).settings.seed == 2


def test_settings_are_looked_for_up_to_the_root_of_the_repository(root: Path) -> None:
    (root.parent / "codeaug.toml").write_text("seed = 9\n")
    (root / "codeaug.toml").write_text("seed = 1\n")
    inner = root / "libs" / "one"
    inner.mkdir(parents=True)
    assert loaded(inner).settings.seed == 0, "no repository: only the folder itself"
    (root / ".git").mkdir()
    found = loaded(inner)
    assert (found.settings.seed, found.origins["seed"]) == (1, "../../codeaug.toml")
    (inner / "codeaug.toml").write_text("limit = 4\n")
    assert (loaded(inner).settings.seed, loaded(inner).settings.limit) == (0, 4)
    (root / "codeaug.toml").unlink()
    (inner / "codeaug.toml").unlink()
    assert loaded(inner).settings.seed == 0, "never above the root"


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives a folder to somebody else")
def test_a_repository_above_that_is_somebody_elses_says_nothing(root: Path) -> None:
    (root / ".git").mkdir()
    (root / "codeaug.toml").write_text("seed = 9\n")
    inner = root / "inner"
    inner.mkdir()
    assert loaded(inner).settings.seed == 9
    os.chown(inner, 12345, 12345)
    assert loaded(inner).settings.seed == 0


@pytest.mark.parametrize(
    ("pattern", "seen"),
    [
        ("secret/", ("secret/",)), ("*.key", ("*.key",)), ("/libs/one/secret/", ("/secret/",)),
        ("libs/one/a.py", ("/a.py",)), ("libs/*/a.py", ("/a.py",)), ("libs/two/a.py", ()),
        ("/other/", ()), ("libs/", ("*",)), ("one", ("*",)), ("libs/one", ("*",)), ("*", ("*",)),
        ("**/one/a/b.py", ("**/one/a/b.py", "**/a/b.py", "**/b.py")),
        ("libs/**/a.py", ("**/a.py",)),
        ("libs/one/*", ("/*",)), ("libs/o?e/x/y/", ("/x/y/",)), ("a.py/b", ()),
    ],
)  # fmt: skip
def test_a_pattern_above_means_the_same_files_from_below(
    root: Path, pattern: str, seen: tuple[str, ...]
) -> None:
    from pathspec import GitIgnoreSpec

    inner = root / "libs" / "one"
    inner.mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "codeaug.toml").write_text(f"never_send = ['{pattern}']\npaths = ['{pattern}']\n")
    found = loaded(inner).settings
    assert set(seen) <= set(found.never_send) or found.never_send == seen
    assert found.paths == (seen or (pattern,))
    above, below = (GitIgnoreSpec.from_lines(lines) for lines in ([pattern], found.never_send))
    for path in ("a.py", "x/y/z.py", "secret/k.key", "a/b.py", "a.py/b", "deep/a/b.py", "q.key"):
        assert below.match_file(path) >= above.match_file(f"libs/one/{path}"), path


def test_what_a_file_above_keeps_here_counts_beside_a_nearer_one(root: Path) -> None:
    inner = root / "libs" / "one"
    inner.mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "codeaug.toml").write_text(
        "never_send = ['/libs/one/secret/']\nbudget = 1\nseed = 3\n[profile.ci]\nbudget = 0.5\n"
    )
    (inner / "codeaug.toml").write_text("never_send = ['a']\nbudget = 2\n")
    found = loaded(inner)
    assert found.settings.never_send == ("/secret/", "a")
    assert (found.settings.budget, found.settings.seed) == (1.0, 0)
    assert "../../codeaug.toml is not used, since there is codeaug.toml" in found.warnings[0]
    assert loaded(inner, {"profile": "ci"}).settings.budget == 0.5


@pytest.mark.parametrize(
    "text", ["a = " + "[" * 5000, "a = " + "1" * 5000, "\udc80".encode("utf-8", "surrogatepass")]
)
def test_a_hostile_file_is_a_sentence(root: Path, text: str | bytes) -> None:
    (root / "codeaug.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError, match="cannot be read"):
        loaded(root)


def test_tables_nested_without_end_are_a_sentence(root: Path) -> None:
    (root / "codeaug.toml").write_text(f"build.{'.'.join('a' * 3000)} = 1\n")
    with pytest.raises(UsageError, match="nested too deep"):
        loaded(root)


def test_a_number_without_end_is_a_sentence(root: Path) -> None:
    with pytest.raises(UsageError, match="CODEAUG_PER_UNIT must be a whole number"):
        loaded(root, CODEAUG_PER_UNIT="9" * 5000)


def test_a_huge_file_is_not_read(root: Path) -> None:
    (root / "codeaug.toml").write_text("# " + "x" * (1 << 20))
    with pytest.raises(UsageError, match="larger than a MiB"):
        loaded(root)


# --- profiles -------------------------------------------------------------------------------------

PROFILED = "seed = 1\nlimit = 1\n[profile.ci]\nseed = 2\n[profile.night]\nseed = 3\n"


def test_a_profile_holds_only_when_it_is_named(root: Path) -> None:
    (root / "codeaug.toml").write_text(PROFILED)
    assert loaded(root, CI="true", GITHUB_ACTIONS="true").settings.seed == 1
    found = loaded(root, {"profile": "ci"})
    assert (found.settings.seed, found.settings.limit) == (2, 1)
    assert found.origins["seed"] == "codeaug.toml [profile.ci]"
    assert (found.profile, found.profiles) == ("ci", ("ci", "night", "robustness"))
    assert loaded(root, CODEAUG_PROFILE="night").settings.seed == 3
    assert loaded(root, {"profile": "ci"}, CODEAUG_PROFILE="night").settings.seed == 2
    assert loaded(root, {"profile": "ci", "seed": 7}).settings.seed == 7
    assert loaded(root, {"profile": "ci"}, CODEAUG_SEED="6").settings.seed == 6


def test_a_profile_stands_in_its_files_place(root: Path) -> None:
    own_file(root, "seed = 5\njobs = 5\n[profile.ci]\njobs = 6\nseed = 6\nbudget = 9\n")
    (root / "codeaug.toml").write_text(PROFILED)
    found = loaded(root, {"profile": "ci"}).settings
    assert (found.seed, found.jobs, found.budget) == (2, 6, 9.0)


def test_an_unknown_profile_is_a_sentence(root: Path) -> None:
    with pytest.raises(UsageError, match=r"unknown profile 'ci' \(known: robustness"):
        loaded(root, {"profile": "ci"})
    (root / "codeaug.toml").write_text(PROFILED)
    with pytest.raises(UsageError, match=r"unknown profile 'nigth'; did you mean 'night'\?"):
        loaded(root, CODEAUG_PROFILE="nigth")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("store = 'postgresql://elsewhere/x'", "may not set 'store'"),
        ("api_key_env = 'AWS_SECRET_ACCESS_KEY'", "may not set 'api_key_env'"),
        ("engine = 'llm'", "may not set 'engine'"), ("critic = 'openai:x'", "may not set 'critic'"),
        ("never_send = ['!src/a.py']", "would let files go"), ("sed = 1", "unknown setting 'sed'"),
        ("per_unit = 0", "per_unit must be at least 1"), ("schema_version = 1", "to the file"),
        ("profile = {}", "unknown setting 'profile'"),
    ],
)  # fmt: skip
def test_a_wrong_profile_is_a_sentence_also_when_nobody_chose_it(
    root: Path, line: str, words: str
) -> None:
    (root / "codeaug.toml").write_text(f"[profile.evil]\n{line}\n")
    with pytest.raises(UsageError, match=words):
        loaded(root)


@pytest.mark.parametrize("text", ["profile = 'ci'", "[profile]\nci = 1"])
def test_a_file_cannot_choose_a_profile(root: Path, text: str) -> None:
    (root / "codeaug.toml").write_text(text)
    with pytest.raises(UsageError, match="choose one by --profile"):
        loaded(root)


def test_a_repositorys_profile_can_only_tighten(root: Path) -> None:
    own_file(root, 'endpoints = ["https://a.example"]\nbudget = 5\nnever_send = ["a"]\n')
    (root / "codeaug.toml").write_text(
        'budget = 3\n[profile.ci]\nendpoints = ["https://evil.example"]\nbudget = 50\n'
        'never_send = ["b"]\n'
    )
    found = loaded(root, {"profile": "ci"})
    assert found.settings.endpoints == NOTHING
    assert found.settings.budget == 3.0
    assert found.settings.never_send == ("a", "b")
    assert "tightened by codeaug.toml [profile.ci]" in found.origins["endpoints"]


def test_what_a_profile_of_a_file_that_is_not_used_keeps_here_counts(root: Path) -> None:
    (root / ".codeaug.toml").write_text("[profile.ci]\nbudget = 1\nseed = 5\n")
    (root / "codeaug.toml").write_text("budget = 2\n")
    found = loaded(root, {"profile": "ci"}).settings
    assert (found.budget, found.seed) == (1.0, 0)


def test_validating_looks_at_every_profile(root: Path) -> None:
    (root / "codeaug.toml").write_text("[profile.night]\noverlaps = ['nonsense']\n")
    loaded(root)
    with pytest.raises(UsageError, match="nonsense"):
        validate_settings(root, {}, {"XDG_CONFIG_HOME": str(root)})


# --- the environment, and keys --------------------------------------------------------------------


def test_a_variable_that_looks_like_a_setting_and_is_none_is_told(root: Path) -> None:
    found = loaded(root, CODEAUG_JOB="3", CODEAUG_PUSH_KEY="x", CODEAUG_OIDC_SECRET="x")
    assert found.warnings == ("CODEAUG_JOB is no setting; did you mean 'CODEAUG_JOBS'?",)
    assert loaded(root, CODEAUG_NIGHTLY_FOLDER="3", CODEAUG_PROFILE="").warnings == ()


def test_a_variable_that_holds_a_key_may_be_called_as_its_user_likes(root: Path) -> None:
    assert loaded(root, CODEAUG_API_KEY="k").warnings != ()
    found = loaded(root, CODEAUG_API_KEY="k", CODEAUG_API_KEY_ENV="CODEAUG_API_KEY")
    assert found.warnings == ()


LITERAL = "sk-proj-" + "Zq3" * 10


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ('api_key = "{}"', "api_key_env"), ('api_key_env = "{}"', "api_key_env"),
        ('api_key_file = "{}"', "api_key_file"), ('openai-token = "{}"', "api_key_env"),
        ('push_key = "{}"', "push_key_env"), ('oidc_secret = "{}"', "oidc_client_secret_env"),
        ('password = "short"', "api_key_env"), ('seed = "{}"', "api_key_env"),
        ('paths = ["{}"]', "api_key_env"), ('[build.cmake]\nconfigure = ["-DK={}"]', "api_key_env"),
        ('"{}" = 1', "api_key_env"), ('[profile.ci]\napi_key = "{}"', "api_key_env"),
        ('api_key_env = "plain-key"', "not the key itself"),
    ],
)  # fmt: skip
def test_a_key_in_a_file_is_refused_and_never_repeated(root: Path, line: str, advice: str) -> None:
    own_file(root, line.replace("{}", LITERAL) + "\n")
    with pytest.raises(UsageError, match=advice) as caught:
        loaded(root)
    assert "Zq3" not in str(caught.value)
    assert "plain-key" not in str(caught.value)


@pytest.mark.parametrize("name", ["API_KEY_ENV", "API_KEY_FILE", "SEED", "MODEL"])
def test_a_key_in_a_variable_is_refused_and_never_repeated(root: Path, name: str) -> None:
    with pytest.raises(UsageError, match=name) as caught:
        loaded(root, **{f"CODEAUG_{name}": LITERAL})
    assert "Zq3" not in str(caught.value)


def test_an_addresss_password_is_not_shown(root: Path) -> None:
    url = "postgresql+psycopg://ann:hidden@db.example/codeaug"
    found = loaded(root, CODEAUG_STORE=url, CODEAUG_PROXY="http://ann:hidden@proxy.example:3128")
    assert found.settings.store == url
    assert found.shown()["store"] == "postgresql+psycopg://ann:***@db.example/codeaug"
    assert found.shown()["proxy"] == "http://ann:***@proxy.example:3128"
    assert "hidden" not in repr(found)


@pytest.mark.parametrize(
    ("name", "address", "shown"),
    [
        (
            "store",
            "postgresql://h/db?user=u&password=Zq3@x",
            "postgresql://h/db?user=u&password=***",
        ),
        ("store", "postgresql://u:Zq3@Zq3@h/db", "postgresql://u:***@h/db"),
        ("store", "postgresql://ann@h/db", "postgresql://ann@h/db"),
        ("proxy", "https://Zq3@h/", "https://***@h/"),
        ("base_url", "https://u:Zq3@h/v1", "https://u:***@h/v1"),
        ("push", "https://u:Zq3@h", "https://u:***@h"),
        ("oidc_issuer", "https://u:Zq3@h/x@y?token=Zq3", "https://u:***@y?token=***"),
        ("endpoints", "https://Zq3@h", ("https://***@h",)),
        ("proxy", "http://h:3128/a", "http://h:3128/a"),
    ],
)
def test_no_secret_of_an_address_is_shown(
    root: Path, name: str, address: str, shown: object
) -> None:
    found = loaded(root, **{f"CODEAUG_{name.upper()}": address})
    assert found.shown()[name] == shown


@pytest.mark.parametrize("password", ["Zq3@Zq3", "Zq/Zq3@Zq3"])
def test_a_store_whose_password_would_be_read_as_its_host_is_refused(password: str) -> None:
    with pytest.raises(UsageError, match="%40") as caught:
        parse_url(f"postgresql://u:{password}@h/db")
    assert "Zq3" not in str(caught.value)


def test_a_store_is_named_without_the_password_of_its_query() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql+psycopg://127.0.0.1:1/db?user=u&password=Zq3")
    assert "Zq3" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("sh -c 'echo Zq3; exit 3'", "ended with 3"), ("no-such-program", "cannot be run"),
        ("sh -c 'echo Zq3; echo Zq3'", "is no key"), ("'", "cannot be run"),
        ("true", "no key: put"),
    ],
)  # fmt: skip
def test_a_command_that_prints_no_key_is_a_sentence_without_its_output(
    root: Path, command: str, words: str
) -> None:
    settings = loaded(root, CODEAUG_API_KEY_COMMAND=command).settings
    with pytest.raises(UsageError, match=words) as caught:
        key_of(settings, needed=True)
    assert "Zq3" not in str(caught.value).replace(command, "")


def test_a_key_comes_from_a_command_before_a_file_before_a_variable(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = root / "key"
    file.write_text("of-the-file\n")
    monkeypatch.setenv("OPENAI_API_KEY", "of-the-variable")
    assert key_of(loaded(root).settings, needed=True) == "of-the-variable"
    by_file = {"CODEAUG_API_KEY_FILE": str(file)}
    assert key_of(loaded(root, **by_file).settings, needed=True) == "of-the-file"
    by_command = by_file | {"CODEAUG_API_KEY_COMMAND": "echo of-the-command"}
    assert key_of(loaded(root, **by_command).settings, needed=True) == "of-the-command"
