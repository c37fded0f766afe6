"""What a project's tests need, as the project itself declares it in one of many ways."""

from __future__ import annotations

import configparser
import glob
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .settings import load_toml

TEST_NAMES = ("test", "tests", "testing", "test-requirements", "unittest", "pytest")
DEV_NAMES = ("dev", "develop", "development", "ci")
TEST_FILES = (
    "requirements-test*.txt", "requirements_test*.txt", "test-requirements*.txt",
    "test_requirements*.txt", "requirements/test*.txt", "requirements/*test*.txt",
    "tests/requirements*.txt", "test/requirements*.txt",
)  # fmt: skip
DEV_FILES = (
    "requirements-dev*.txt", "requirements_dev*.txt", "dev-requirements*.txt",
    "dev_requirements*.txt", "requirements/dev*.txt",
)  # fmt: skip
SELF = re.compile(
    r"^\s*(?:-e|--editable)?\s*(?:\.|\$\{?PWD\}?|file:\.)/?(?:\[([^\]]*)\])?\s*(?:#.*)?$"
)
EDITABLE = re.compile(r"^\s*(?:-e|--editable)[ =]\s*(?=\.{1,2}/)")


@dataclass
class Wanted:
    """Requirements as pip reads them, requirement files, and extras of the project itself."""

    requirements: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.requirements or self.files or self.extras)


def runtime(source: str) -> Wanted:
    """What the project needs where it is no package that pip can install."""
    table = load_toml(os.path.join(source, "pyproject.toml"))
    poetry = table.get("tool", {}).get("poetry", {}).get("dependencies", {})
    found = Wanted(list(table.get("project", {}).get("dependencies", [])) + _poetry(poetry))
    found.files = _files(source, ("requirements.txt", "requirements/base.txt"), found)
    return found


def for_tests(source: str, provided: Iterable[str]) -> Wanted:
    """The test requirements; the development ones where the project keeps no separate ones."""
    names = {normal(extra): extra for extra in provided}
    return _wanted(source, names, TEST_NAMES, TEST_FILES) or _wanted(
        source, names, DEV_NAMES, DEV_FILES
    )


def packages(source: str) -> dict[str, str]:
    """The packages of a repository: name -> folder."""
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(source):
        folders[:] = sorted(f for f in folders if f not in ("node_modules", ".tox", ".venv"))
        if "pyproject.toml" in files or "setup.cfg" in files:
            name = _name(folder)
            if name:
                found.setdefault(normal(name), folder)
    return found


def _name(folder: str) -> str:
    table = load_toml(os.path.join(folder, "pyproject.toml"))
    name = table.get("project", {}).get("name") or table.get("tool", {}).get("poetry", {}).get(
        "name"
    )
    return str(name or _setup_cfg(folder, "metadata", "name"))


def names(requirements: Iterable[str]) -> list[str]:
    """The packages that requirements name."""
    found = (re.match(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)", text) for text in requirements)
    return [normal(match.group(1)) for match in found if match]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _wanted(
    source: str, extras: dict[str, str], names: Iterable[str], patterns: Iterable[str]
) -> Wanted:
    table = load_toml(os.path.join(source, "pyproject.toml"))
    wanted = Wanted(extras=[extras[name] for name in names if name in extras])
    for name in names:
        wanted.requirements += _group(table.get("dependency-groups", {}), name)
        wanted.requirements += _of_tools(table.get("tool", {}), name)
    wanted.files = _files(source, patterns, wanted)
    if "test" in names:
        listed = re.split(r"[\n;]", _setup_cfg(source, "options", "tests_require"))
        wanted.requirements += [line.strip() for line in listed if line.strip()]
    wanted.requirements = list(dict.fromkeys(wanted.requirements))
    return wanted


def _group(groups: dict[str, Any], name: str, depth: int = 8) -> list[str]:
    """A dependency group with those it includes."""
    found: list[str] = []
    for key, entries in groups.items():
        if normal(key) != name:
            continue
        for entry in entries:
            if isinstance(entry, str):
                found.append(entry)
            elif depth and "include-group" in entry:
                found += _group(groups, normal(entry["include-group"]), depth - 1)
    return found


def _of_tools(tool: dict[str, Any], name: str) -> list[str]:
    """Groups as poetry, pdm, uv and hatch write them."""
    poetry = tool.get("poetry", {})
    found = _poetry(poetry.get("group", {}).get(name, {}).get("dependencies", {}))
    found += tool.get("pdm", {}).get("dev-dependencies", {}).get(name, [])
    environments = tool.get("hatch", {}).get("envs", {})
    if name == "dev":
        found += _poetry(poetry.get("dev-dependencies", {}))
        found += tool.get("uv", {}).get("dev-dependencies", [])
        found += environments.get("default", {}).get("dependencies", [])
    for key in (name, "hatch-" + name):
        for kind in ("dependencies", "extra-dependencies"):
            found += environments.get(key, {}).get(kind, [])
    return [text for text in found if "{" not in text]


def _poetry(table: dict[str, Any]) -> list[str]:
    """Poetry's own notation as pip's; what is from a path or a repository is left out."""
    found = []
    for name, value in table.items():
        given = value if isinstance(value, dict) else {"version": value}
        if name == "python" or not isinstance(given.get("version"), str):
            continue
        extras = "[" + ",".join(given["extras"]) + "]" if given.get("extras") else ""
        found.append(name + extras + ",".join(map(_range, given["version"].split(","))))
    return found


def _range(text: str) -> str:
    """`^1.2` -> `>=1.2,<2`, `~1.2` -> `>=1.2,<1.3`, `*` -> "", `1.2` -> `==1.2`."""
    text = text.strip()
    if text in ("*", ""):
        return ""
    if text[0] not in "^~" or text.startswith("~="):
        return text if text[0] in "<>=!~" else "==" + text
    numbers = [int(n) for n in re.findall(r"\d+", text.split("-")[0])] or [0]
    if text[0] == "~":
        place = min(1, len(numbers) - 1)
    else:
        place = next((i for i, n in enumerate(numbers) if n), len(numbers) - 1)
    upper = [*numbers[:place], numbers[place] + 1]
    return ">=" + text[1:] + ",<" + ".".join(map(str, upper))


def _setup_cfg(source: str, section: str, option: str) -> str:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(os.path.join(source, "setup.cfg"), encoding="utf-8")
        return parser.get(section, option, fallback="")
    except (configparser.Error, UnicodeDecodeError):
        return ""


def _files(source: str, patterns: Iterable[str], wanted: Wanted) -> list[str]:
    """The files that exist, without the lines that install the project itself."""
    found: list[str] = []
    for pattern in patterns:
        found += sorted(glob.glob(os.path.join(glob.escape(source), pattern)))
    for file in found:
        wanted.extras += _without_self(file)
    for folder in ("", "requirements"):  # files that those include
        for file in glob.glob(os.path.join(glob.escape(source), folder, "*.txt")):
            _without_self(file)
    return list(dict.fromkeys(found))


def _without_self(file: str) -> list[str]:
    """Drop `-e .` and the like from our copy of the file; the extras that were asked for."""
    with open(file, encoding="utf-8", errors="surrogateescape") as lines:
        before = lines.readlines()
    extras: list[str] = []
    after = []
    for line in before:
        match = SELF.match(line)
        if match:
            extras += [e.strip() for e in (match.group(1) or "").split(",") if e.strip()]
        else:
            after.append(EDITABLE.sub("", line))
    if after != before:
        with open(file, "w", encoding="utf-8", errors="surrogateescape") as out:
            out.writelines(after)
    return extras
