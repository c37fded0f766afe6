"""Exports for tests: of the seeded store, which is too small for the mix policy."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from codeaug.dataset import Override, export, recipe_of
from codeaug.model import Decision, Word
from codeaug.settings import Settings
from codeaug.store import Store
from tests.seeded import VARIANTS

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
A_TRIAL = Override("a trial", "ann")


def decide(store: Store, name: str, reviewer: str = "ann", *, approved: bool = True) -> None:
    reason = "" if approved else "unnatural"
    word = Word.APPROVED if approved else Word.REJECTED
    record = Decision(VARIANTS[name].id, reviewer, word, NOW, reason, "by Ann Miller")
    assert store.put_decision(record, f"{name} {reviewer} {approved}")


def exported(
    store: Store,
    out: Path,
    format: str = "openai-chat",
    accept_rung: str | None = None,
    override: Override | None = A_TRIAL,
    tasks: tuple[str, ...] = ("rewrite",),
    **settings: Any,
) -> dict[str, Any]:
    """Writes a dataset and returns its manifest; nothing is held out unless settings say so."""
    held = {"dataset_validation": 0.0, "dataset_test": 0.0}
    chosen = Settings(**held | {"dataset_tasks": tasks} | settings)
    return export(store, recipe_of(chosen, format, accept_rung), out, override=override)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def rows(folder: Path, split: str = "train") -> list[dict[str, Any]]:
    return lines(folder / f"{split}.jsonl")


def manifest(folder: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    return document


def everything(folder: Path) -> dict[str, bytes]:
    """All files by name."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
