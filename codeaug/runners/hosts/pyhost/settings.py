"""pytest's own settings of a project, without the options that would change what a run means."""

from __future__ import annotations

import configparser
import os
import re
import shlex
from typing import Any

# options that measure, spread, reorder, repeat, stop early, lint or write files
WITH_VALUE = re.compile(
    r"--(cov|cov-report|cov-config|cov-fail-under|cov-context|no-cov-on-fail|numprocesses|dist|tx"
    r"|maxprocesses|maxfail|junitxml|junit-xml|html|css|reruns|reruns-delay|only-rerun|count"
    r"|randomly-seed|random-order-bucket|random-order-seed|report-log|resultlog|durations"
    r"|json-report-file|alluredir|cov-append|splits|group|store-durations)$"
)
PREFIXES = (
    "--cov", "--no-cov", "--randomly", "--random-order", "--reruns", "--html", "--self-contained",
    "--flake8", "--flakes", "--pycodestyle", "--black", "--isort", "--mypy", "--pylint", "--ruff",
    "--pep8", "--pylama", "--bandit", "--docstyle", "--report-log", "--json-report", "--alluredir",
)  # fmt: skip
ALONE = frozenset({
    "-x", "--exitfirst", "--lf", "--last-failed", "--ff", "--failed-first", "--nf", "--new-first",
    "--sw", "--stepwise", "--stepwise-skip", "--pdb", "--trace", "--boxed", "--forked",
    "--cache-clear", "--collect-only", "--co",
})  # fmt: skip
# the option or setting that shows that a plug-in is meant, and its package
PLUGINS = {
    "--asyncio-mode": "pytest-asyncio", "asyncio_mode": "pytest-asyncio",
    "asyncio_default_fixture_loop_scope": "pytest-asyncio",
    "--timeout": "pytest-timeout", "timeout": "pytest-timeout",
    "--benchmark": "pytest-benchmark", "DJANGO_SETTINGS_MODULE": "pytest-django",
    "--ds": "pytest-django", "env": "pytest-env", "qt_api": "pytest-qt",
    "--hypothesis": "hypothesis", "--doctest-plus": "pytest-doctestplus",
    "mock_use_standalone_module": "pytest-mock", "--mpl": "pytest-mpl",
    "--socket": "pytest-socket", "--disable-socket": "pytest-socket",
}  # fmt: skip


def read(root: str) -> dict[str, Any]:
    """pytest's settings as the nearest file at or above `root` has them; {} without any."""
    folder = root
    while True:
        for name, section in (
            ("pytest.toml", "pytest"),
            (".pytest.toml", "pytest"),
            ("pytest.ini", "pytest"),
            (".pytest.ini", "pytest"),
            ("pyproject.toml", ""),
            ("tox.ini", "pytest"),
            ("setup.cfg", "tool:pytest"),
        ):
            found = _of_file(os.path.join(folder, name), section)
            if found is not None:
                return found
        if folder in ("/repo", "/", ""):
            return {}
        folder = os.path.dirname(folder)


def _of_file(path: str, section: str) -> dict[str, Any] | None:
    if not os.path.isfile(path):
        return None
    if path.endswith(".toml"):
        table = load_toml(path)
        if section:
            return table.get(section)
        tool = table.get("tool", {}).get("pytest")
        return None if tool is None else tool.get("ini_options", tool)
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return None
    if not parser.has_section(section):
        return {} if os.path.basename(path) in ("pytest.ini", ".pytest.ini") else None
    return dict(parser.items(section))


def load_toml(path: str) -> dict[str, Any]:
    """A TOML file's table; {} when it is not there or not TOML."""
    try:
        import tomllib
    except ImportError:  # Python 3.10 and older, where pytest brings tomli
        import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]  # its old name
    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (OSError, ValueError):
        return {}


def words(value: Any) -> list[str]:
    """A setting's words: a list in TOML, shell-like text elsewhere."""
    return [str(word) for word in value] if isinstance(value, list) else shlex.split(str(value))


def quiet(options: list[str]) -> list[str]:
    """`options` without those that measure, spread, reorder, repeat, stop early or lint."""
    kept: list[str] = []
    rest = list(options)
    while rest:
        word = rest.pop(0)
        name, has_value, _ = word.partition("=")
        if word in ("-n", "-d") or re.match(r"-n\d|-nauto|-nlogical", word):
            if word == "-n" and rest:
                rest.pop(0)
        elif WITH_VALUE.match(name):
            if not has_value and rest and not rest[0].startswith("-"):
                rest.pop(0)
        elif word not in ALONE and not name.startswith(PREFIXES):
            kept.append(word)
    return kept


def overrides(root: str) -> tuple[str, ...]:
    """Arguments that keep the project's own settings but for what `quiet` leaves out."""
    settings = read(root)
    given = words(settings.get("addopts", ""))
    kept = quiet(given)
    found: list[str] = []
    if kept != given:
        found += ["-o", "addopts=" + " ".join(shlex.quote(word) for word in kept)]
    if "required_plugins" in settings:
        found += ["-o", "required_plugins="]
    if "no:cacheprovider" not in kept and "-pno:cacheprovider" not in kept:
        found += ["-o", "cache_dir=/tmp/pytest_cache"]
    return tuple(found)


def plugins(root: str) -> list[str]:
    """Packages of the plug-ins that the settings name and `quiet` does not make needless."""
    settings = read(root)
    names = [word.partition("=")[0] for word in quiet(words(settings.get("addopts", "")))]
    named = names + list(settings)
    return sorted(
        {package for mark, package in PLUGINS.items() if any(_means(n, mark) for n in named)}
    )


def _means(name: str, mark: str) -> bool:
    return name == mark or (mark.startswith("--") and name.startswith(mark + "-"))
