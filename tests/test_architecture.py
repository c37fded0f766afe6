"""The folder listing is the architecture: imports point one way, outside things have one owner."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "codeaug"

LEVELS = (
    {"model", "errors", "bundled"},
    {"endpoints", "notices", "people", "strata", "children"},
    {"settings", "syntax", "edits", "command", "estimates"},
    {"git", "store"},
    {"home", "index", "sandbox", "languages", "egress"},
    {"formatters"},
    {"predicates", "parsing", "documentation", "ngrams"},
    {"builds", "mutations", "transforms", "tasks"},
    {"patterns"},
    {"runners"},
    {"engines", "checks", "formats", "samples", "agreement", "withdrawals"},
    {"provenance"},
    {"repository", "units", "oracles", "variants", "evidence", "review"}
    | {"revision", "members", "gold", "push", "webhooks", "dataset"},
    {"pipeline", "gain"},
    {"executors"},
    {"hook", "ci", "web", "report", "doctor", "interchange", "mcp"},
    {"cli"},
    {"__main__"},
)
LEVEL = {name: number for number, names in enumerate(LEVELS) for name in names}

OWNERS = {
    "tree_sitter": {"syntax"},
    "tree_sitter_python": {"syntax"},
    "tree_sitter_java": {"syntax"},
    "tree_sitter_cpp": {"syntax"},
    "subprocess": {"command"},
    "sqlalchemy": {"store"},
    "alembic": {"store"},
    "sqlite3": {"store", "hook"},
    "libcst": {"patterns", "predicates", "transforms"},
    "ast_grep_py": {"patterns"},
    "clang_format": {"formatters"},
    "editorconfig": {"formatters"},
    "ruff": {"formatters"},
    "yaml": {"formats", "formatters"},
    "fastapi": {"web"},
    "uvicorn": {"web"},
    "authlib": {"web"},
    "limits": {"web"},
    "langchain": {"engines"},
    "langchain_core": {"engines"},
    "langsmith": {"engines"},
    "openai": {"engines"},
    "httpx2": {"engines"},
    "tenacity": {"engines", "push"},
    "httpx": {"push", "web", "webhooks"},
    "markdown_it": {"engines", "web"},
    "detect_secrets": {"egress"},
    "packaging": {"egress"},
    "jsonschema": {"dataset", "provenance"},
    "cryptography": {"provenance"},
    "securesystemslib": {"provenance"},
    "rich": {"report"},
    "nltk": {"ngrams"},
    "scipy": {"gain"},
    "rapidfuzz": {"gain"},
    "click": {"cli"},
    "mcp": {"mcp"},
    "mcp_types": {"mcp"},
    "pyarrow": {"formats"},
    "datasets": {"formats"},
    "trl": {"formats"},
    "transformers": {"formats", "gain"},
    "tokenizers": {"dataset", "formats"},
    "webdataset": {"formats"},
    "axolotl": {"formats"},
    "llamafactory": {"formats"},
}


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        # Programs that run inside the sandbox are no part of the import graph.
        if parts[:2] != ("runners", "hosts"):
            yield parts[0], path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""
            if node.module == "codeaug":
                yield from (f"codeaug.{alias.name}" for alias in node.names)


def test_imports_point_one_way() -> None:
    wrong = []
    for owner, path in modules():
        for name in imported(path):
            top = name.split(".")[1] if name.startswith("codeaug.") else ""
            if top in LEVEL and owner != top and not LEVEL[top] < LEVEL.get(owner, -1):
                wrong.append(f"{path.relative_to(PACKAGE)} imports {top}")
    assert not wrong


def test_every_module_has_a_level() -> None:
    known = {owner for owner, _ in modules()} - {"__init__"}
    assert known <= LEVEL.keys()


def test_each_outside_thing_has_one_owner() -> None:
    wrong = []
    for owner, path in modules():
        for name in imported(path):
            outside = name.split(".")[0]
            if outside in OWNERS and owner not in OWNERS[outside]:
                wrong.append(f"{path.relative_to(PACKAGE)} imports {outside}")
    assert not wrong


HEAVY = ("sqlalchemy", "alembic", "libcst", "fastapi", "rich", "pebble", "openai", "git")
HEAVY += (
    "ast_grep_py",
    "orjson",
    "pyarrow",
    "datasets",
    "transformers",
    "torch",
    "langchain",
    "langchain_core",
    "detect_secrets",
    "tenacity",
    "markdown_it",
    "yaml",
)


@pytest.mark.parametrize("module", ["codeaug", "codeaug.cli", "codeaug.cli.verbs"])
def test_starting_up_loads_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_run_of_a_hook_loads_nothing_heavy_and_none_of_what_it_does_not_need(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.py").write_text("def f():\n    return 1\n")
    (tmp_path / "a.cpp").write_text("int f() { return 1; }\n")
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    heavy = (*HEAVY, "codeaug.store", "codeaug.pipeline", "codeaug.languages", "codeaug.cli.verbs")
    heavy += ("importlib.metadata", "sqlite3", "pathspec", "asyncio", "http")
    code = (
        "import os, sys\n"
        "from codeaug import cli\n"
        f"cli._leave = lambda code: print(code, [m for m in {heavy!r} if m in sys.modules])\n"
        "cli.main(['hook', 'check', '--strict'])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "0 []", done.stdout + done.stderr


def test_the_undotted_hook_manifest_is_a_link_to_the_one_that_pre_commit_reads() -> None:
    link = PACKAGE.parent / "pre-commit-hooks.yaml"
    assert link.is_symlink()
    assert link.resolve() == (PACKAGE.parent / ".pre-commit-hooks.yaml").resolve()
