"""README and docs name only what exists."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import click
import pytest

from codeaug import __version__
from codeaug.builds import load as builds
from codeaug.checks import DYNAMIC, STATIC
from codeaug.cli.verbs import codeaug
from codeaug.model import Rung
from codeaug.settings import SECTIONS, Settings, load_settings, section_of, written
from codeaug.settings.layers import LOWERED, TIGHTENED, UNITED, USER_ONLY
from codeaug.transforms import load as transforms
from codeaug.transforms.page import page as transforms_page

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def verbs(group: click.Group = codeaug, prefix: str = "") -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, command in group.commands.items():
        found[prefix + name] = command
        if isinstance(command, click.Group):
            found |= verbs(command, f"{prefix}{name} ")
    return found


def test_the_table_of_verbs_is_the_command_line() -> None:
    named = {
        line.split("`")[1].split()[1] for line in README.splitlines() if line[:11] == "| `codeaug "
    }
    assert named == set(codeaug.commands)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_in_the_pages_exists(page: Path) -> None:
    known = {option for verb in verbs().values() for p in verb.params for option in p.opts}
    text = page.read_text(encoding="utf-8")
    for line in re.findall(r"codeaug (?:\w+ )+[^`\n]*", text):
        for option in re.findall(r"(?<!\S)--[a-z-]+", line):
            assert option in known | {"--version", "--help"}, f"{page.name}: {line}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_and_path_in_the_pages_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    written = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    for target in re.findall(r"\]\(([^)#]+)\)", written):
        if "://" not in target:
            assert (page.parent / target).exists(), target
    for path in re.findall(
        r"`((?:codeaug|grammars|templates|tests|docs|benchmarks)/[\w./-]+)`", text
    ):
        assert (ROOT / path).exists(), path


def test_the_settings_example_is_valid(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", README, re.DOTALL)
    tomllib.loads(example)
    (tmp_path / "codeaug.toml").write_text(example)
    settings = load_settings(tmp_path, {}, {"XDG_CONFIG_HOME": str(tmp_path)}).settings
    assert dict(settings.build).keys() <= {build.name for build in builds()}


def test_the_variants_example_is_one_json_object() -> None:
    examples = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    assert json.loads(examples[0]).keys() == {"path", "unit", "code"}
    assert {"path", "unit", "verdict", "rung", "accepted"} <= json.loads(examples[1]).keys()


def test_evidence_page_names_every_rung_and_every_check_is_a_word_of_it() -> None:
    text = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    for rung in Rung:
        assert rung is Rung.NONE or f"`{rung.label}`" in text
    for check in (*STATIC, *DYNAMIC):
        assert check.__name__ in text, check.__name__


def test_the_architecture_page_names_every_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    for path in (ROOT / "codeaug").iterdir():
        if path.suffix == ".py" and not path.stem.startswith("__"):
            assert f"`{path.stem}`" in text, path.stem
        if path.is_dir() and not path.name.startswith("_"):
            assert f"`{path.name}/`" in text or f"`{path.name}`" in text, path.name


def test_the_changelog_has_this_version() -> None:
    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", verbs())
def test_every_verb_and_option_has_help(name: str) -> None:
    command = verbs()[name]
    assert command.help
    for param in command.params:
        assert not isinstance(param, click.Option) or param.help, param.name


@pytest.mark.parametrize("name", verbs())
def test_a_profile_can_be_chosen_wherever_settings_are_loaded(name: str) -> None:
    options = {option for param in verbs()[name].params for option in param.opts}
    loads = {"repo", "--repo"} & options and name != "init" and not name.startswith("hook")
    assert not loads or "--profile" in options


def test_test_commands_agree() -> None:
    assert "make test" in README
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_transforms_page_is_written_from_the_transforms() -> None:
    text = (ROOT / "docs" / "transforms.md").read_text(encoding="utf-8")
    assert text == transforms_page(), "run: python -m codeaug.transforms > docs/transforms.md"
    named = {e.declined for transform in transforms() for e in transform.examples if e.declined}
    for predicate in named:
        assert re.search(rf"^\| .*\b{predicate}\b.* \|", text, re.MULTILINE), predicate


def test_the_settings_page_lists_every_setting_with_its_default_and_whose_it_is() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    texts = dict(zip(("", *SECTIONS), re.split(r"^### `\[\w+\]`$", page, flags=re.M), strict=True))
    for setting in fields(Settings):
        name, default = setting.name, setting.default
        text = texts[section_of(name)]
        shown = "`[]`" if default == () else f"`{json.dumps(default, default=list)}`"
        shown = {"jobs": "one a core", "build": "none", "prices": "none"}.get(name, shown)
        whose = "own" if name in USER_ONLY or name == "critic" else ""
        whose = "lowers" if name in LOWERED else whose
        whose = "tightens" if name in TIGHTENED else "adds" if name in UNITED else whose
        row = f"| `{written(name)}` | {shown} | {setting.metadata['help']} | {whose} |"
        assert row in text, name


def test_the_promises_of_the_pages_name_tests_that_exist() -> None:
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").glob("test_*.py"))
    for page in PAGES:
        for name in re.findall(r"`(test_\w+_\w+_\w+)`", page.read_text(encoding="utf-8")):
            assert f"def {name}(" in tests, f"{page.name}: {name}"


def test_the_configurations_for_agents_are_files_that_start_a_verb_that_exists() -> None:
    text = (ROOT / "docs" / "agents.md").read_text(encoding="utf-8")
    found = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]
    found += [tomllib.loads(block) for block in re.findall(r"```toml\n(.*?)```", text, re.DOTALL)]
    servers = [d.get("servers", d.get("mcp_servers", {})).get("codeaug") for d in found]
    started = [(s["command"], s["args"][0], len(s["args"])) for s in servers if s]
    assert started == [("codeaug", "mcp", 2)] * 2
    assert "mcp" in codeaug.commands
