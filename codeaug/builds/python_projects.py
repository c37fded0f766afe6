"""Where the Python projects of a repository are, and how their tests want to be run."""

from __future__ import annotations

import configparser
import re
import tomllib
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any

from codeaug.builds import Tree

# folders whose build files are data, copies or samples and no projects of this repository
FOREIGN = frozenset({
    "vendor", "vendored", "_vendor", "third_party", "third-party", "thirdparty", "external",
    "node_modules", "site-packages", ".tox", ".nox", ".venv", "venv", "env", "build", "dist",
    ".git", ".eggs", "examples", "example", "samples", "docs", "doc", "templates", "template",
    "fixtures", "testdata", "test_data", "test-data", "data", "tests", "test", "testing",
})  # fmt: skip
COPIES = FOREIGN - {"tests", "test", "testing", "docs", "doc", "data", "template", "templates"}
TEST_FILES = ("test*.py", "*_test.py", "tests.py")
READ_AT_MOST = 400


def projects(tree: Tree) -> list[str]:
    """The root of each project: a folder with packaging or pytest settings, and tests of its own.

    The topmost root stands alone when none has tests; no root when nothing is Python.
    """
    python = [path for path in tree.paths if path.endswith(".py") and not _within(path, COPIES)]
    if not python:
        return []
    roots = {_folder(path) for path in tree.paths if _marks(tree, path)}
    tests = [path for path in python if is_test(path)]
    if tests and any(_deepest(path, roots) is None for path in tests):
        roots.add("")
    owners = {root for path in tests if (root := _deepest(path, roots)) is not None}
    return sorted(owners or sorted(roots, key=lambda root: (root.count("/"), root))[:1])


def nested(root: str, roots: Iterable[str]) -> tuple[str, ...]:
    """The other projects below `root`, relative to it: their tests are not this one's."""
    prefix = root + "/" if root else ""
    return tuple(r.removeprefix(prefix) for r in roots if r != root and r.startswith(prefix))


def is_test(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return any(fnmatchcase(name, pattern) for pattern in TEST_FILES)


def runner(tree: Tree, root: str, others: Sequence[str]) -> str:
    """`unittest` where pytest would find less than unittest does, else `pytest`."""
    prefix = root + "/" if root else ""
    tests = [
        path
        for path in tree.paths
        if path.startswith(prefix)
        and path.endswith(".py")
        and is_test(path)
        and not _within(path, COPIES)
        and not any(path.startswith(f"{prefix}{other}/") for other in others)
    ]
    configured = any(_pytest_settings(tree, prefix + name) is not None for name in CONFIGURATIONS)
    texts = [_text(tree, path) for path in tests[:READ_AT_MOST]]
    if configured or any(re.search(r"^\s*(import|from) pytest\b", text, re.M) for text in texts):
        return "pytest"
    inits = [_text(tree, p) for p in tree.paths if p.startswith(prefix) and _is_test_init(p)]
    if any(re.search(r"^def load_tests\(", text, re.M) for text in texts + inits[:READ_AT_MOST]):
        return "unittest"
    cases = [p for p, text in zip(tests, texts, strict=False) if "unittest" in text]
    return "unittest" if cases and not any(map(_pytest_finds, cases)) else "pytest"


def unittest_folders(tree: Tree, root: str, others: Sequence[str]) -> tuple[str, ...]:
    """The topmost folders, relative to `root`, that hold test files."""
    prefix = root + "/" if root else ""
    folders = {
        _folder(path).removeprefix(root).lstrip("/")
        for path in tree.paths
        if path.startswith(prefix) and is_test(path) and not _within(path, COPIES)
    }
    folders = {f for f in folders if not any(f == o or f.startswith(o + "/") for o in others)}
    return tuple(f for f in sorted(folders) if not any(f.startswith(o + "/") for o in folders))


CONFIGURATIONS = (
    "pytest.ini", ".pytest.ini", "pytest.toml", ".pytest.toml", "pyproject.toml", "tox.ini",
    "setup.cfg", "conftest.py", "tests/conftest.py", "test/conftest.py",
)  # fmt: skip


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _within(path: str, folders: frozenset[str]) -> bool:
    return any(part in folders for part in path.split("/")[:-1])


def _deepest(path: str, roots: Iterable[str]) -> str | None:
    holding = [root for root in roots if not root or path.startswith(root + "/")]
    return max(holding, key=len, default=None)


def _pytest_finds(path: str) -> bool:
    name = path.rsplit("/", 1)[-1]
    return fnmatchcase(name, "test_*.py") or fnmatchcase(name, "*_test.py")


def _is_test_init(path: str) -> bool:
    return path.endswith(("tests/__init__.py", "test/__init__.py"))


def _marks(tree: Tree, path: str) -> bool:
    """Is this a file that makes its folder a project?"""
    name = path.rsplit("/", 1)[-1]
    if name not in ("setup.py", "pyproject.toml", "setup.cfg", "pytest.ini", "tox.ini"):
        return False
    if _within(path, FOREIGN):
        return False
    if name == "pyproject.toml":
        table = _toml(tree, path)
        tools = {"poetry", "pdm", "flit", "hatch", "setuptools", "pytest"}
        return "project" in table or bool(tools & table.get("tool", {}).keys())
    if name == "setup.cfg":
        sections = _sections(tree, path)
        return bool({"metadata", "options"} & sections.keys())
    return name in ("setup.py", "pytest.ini") or _pytest_settings(tree, path) is not None


def _pytest_settings(tree: Tree, path: str) -> object | None:
    """What makes pytest see a file as its settings; None when it does not."""
    if path not in tree.paths:
        return None
    name = path.rsplit("/", 1)[-1]
    if name == "pyproject.toml":
        tool: dict[str, object] = _toml(tree, path).get("tool", {})
        return tool.get("pytest")
    if name in ("tox.ini", "setup.cfg"):
        section = "pytest" if name == "tox.ini" else "tool:pytest"
        return _sections(tree, path).get(section)
    return name


def _toml(tree: Tree, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(tree, path))
    except tomllib.TOMLDecodeError:
        return {}


def _sections(tree: Tree, path: str) -> dict[str, dict[str, str]]:
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read_string(_text(tree, path))
    except configparser.Error:
        return {}
    return {name: dict(parser.items(name)) for name in parser.sections()}


def _text(tree: Tree, path: str) -> str:
    return tree.read(path).decode("utf-8", "replace")
