"""What a change does to the rules by which it is judged itself: a key that it also leaves out of
what is looked at would else go by in silence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from codeaug.notices import RULES, Notice
from codeaug.pipeline.session import Session
from codeaug.repository import RepositoryTree
from codeaug.settings import PROJECT_FILES, SETTINGS
from codeaug.units.rules import IGNORE_FILE, rule_files

_UNREADABLE = {"what cannot be read": True}


def about_settings(session: Session, base: str) -> Iterator[Notice]:
    """The settings' files that differ from those of `base`, with the names of what differs; and
    the files that say what is left out."""
    now, then = session.tree, RepositoryTree(replace(session.repository, commit=base))
    for path in PROJECT_FILES:
        before, after = (_table(path, _read(tree, path)) for tree in (then, now))
        if names := sorted(_differing(before, after)):
            what = f"the change is judged by settings that it changes itself: {', '.join(names)}"
            yield Notice(RULES["settings-changed"], path, what)
    for path in sorted({*rule_files(then), *rule_files(now)}):
        if _rules(path, _read(then, path)) != _rules(path, _read(now, path)):
            what = "the change says itself which files are left out"
            yield Notice(RULES["settings-changed"], path, what)


def _read(tree: RepositoryTree, path: str) -> bytes:
    return tree.read(path) if path in tree.paths else b""


def _table(path: str, text: bytes) -> Mapping[str, Any]:
    try:
        table: Any = tomllib.loads(text.decode("utf-8"))
        if path == "pyproject.toml":
            table = table.get("tool", {}).get("codeaug", {})
    except (ValueError, AttributeError, RecursionError):
        return _UNREADABLE
    return table if isinstance(table, dict) else _UNREADABLE


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Names alone, and none that is no setting: it could be a key."""
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            is_known = name in SETTINGS or name in ("profile", *_UNREADABLE)
            yield name if is_known else "an unknown setting"


def _rules(path: str, text: bytes) -> list[bytes]:
    """The lines that count."""
    lines = [line.strip() for line in text.split(b"\n")]
    if path.endswith(IGNORE_FILE):
        return [line for line in lines if line and not line.startswith(b"#")]
    return [line for line in lines if b"linguist-" in line and not line.startswith(b"#")]
