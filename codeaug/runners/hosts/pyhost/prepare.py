"""Make the unchanged tree ready, and see that its packages can be imported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from .environment import FACTS, GENERATED

SKIPPED = frozenset({".git", ".tox", ".nox", ".venv", "venv", "node_modules", "build", "dist"})
IMPORT_SECONDS = 60
IMPORT = """
import importlib, sys
try:
    importlib.import_module(sys.argv[1])
except SyntaxError as error:
    if str(error.filename).startswith("/repo/"):
        sys.exit("%s:%s: %s: %s" % (error.filename, error.lineno, type(error).__name__, error.msg))
    raise
"""


def build(job: dict[str, Any]) -> int:
    """0, or 1 when a package of the project has a syntax error where it is imported."""
    root = job["root"]
    facts = {}
    if os.path.exists(FACTS):
        with open(FACTS, encoding="utf-8") as file:
            facts = json.load(file)
    _bring_generated()
    for path in _sources(root):
        _compile(path)
    return max([_import(root, name) for name in facts.get("packages", [])], default=0)


def _bring_generated() -> None:
    """Files that the project's own build makes (extensions, version files) beside its sources."""
    for folder, _, names in os.walk(GENERATED):
        for name in names:
            source = os.path.join(folder, name)
            target = os.path.join("/repo", os.path.relpath(source, GENERATED))
            if not os.path.lexists(target):
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copyfile(source, target)


def _sources(root: str) -> Iterator[str]:
    """Python files below `root`. Old bytecode goes: it could be run instead of changed source."""
    for folder, folders, names in os.walk(root):
        if "__pycache__" in folders:
            shutil.rmtree(os.path.join(folder, "__pycache__"), ignore_errors=True)
        folders[:] = sorted(f for f in folders if f not in SKIPPED and f != "__pycache__")
        for name in sorted(names):
            if name.endswith(".py"):
                yield os.path.join(folder, name)
            elif name.endswith((".pyc", ".pyo")) and name.rsplit(".", 1)[0] + ".py" in names:
                os.remove(os.path.join(folder, name))


def _compile(path: str) -> None:
    """Say what does not compile. Test data and templates may be wrong on purpose."""
    if os.path.islink(path):
        return
    with open(path, "rb") as file:
        source = file.read()
    try:
        compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        print(f"note: {path}:{line}: {type(error).__name__}: {error}", file=sys.stderr)


def _import(root: str, name: str) -> int:
    """1 for a syntax error of ours; other errors are left to the tests to judge."""
    try:
        ended = subprocess.run(
            [sys.executable, "-c", IMPORT, name],
            cwd=root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=IMPORT_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        print(f"note: import {name} does not end", file=sys.stderr)
        return 0
    text = ended.stderr.decode("utf-8", "replace").strip()
    if ended.returncode and text.startswith("/repo/"):
        print(text, file=sys.stderr)
        return 1
    if ended.returncode:
        print(f"note: import {name}: {(text.splitlines() or [''])[-1]}", file=sys.stderr)
    return 0
