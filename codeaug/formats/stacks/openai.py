"""OpenAI, and who follows its interface: what a fine-tuning job is started with."""

from __future__ import annotations

from typing import Any

from codeaug.formats import Facts
from codeaug.formats.texts import pretty

_AUTO = {"n_epochs": "auto", "batch_size": "auto", "learning_rate_multiplier": "auto"}


def supervised(facts: Facts) -> dict[str, bytes]:
    return _job(facts, {"type": "supervised", "supervised": {"hyperparameters": _AUTO}})


def preferences(facts: Facts) -> dict[str, bytes]:
    return _job(facts, {"type": "dpo", "dpo": {"hyperparameters": {"beta": "auto", **_AUTO}}})


def _job(facts: Facts, method: dict[str, Any]) -> dict[str, bytes]:
    """Files stand here by their names; their ids are put in when they are uploaded."""
    job = {"model": facts.model, "training_file": facts.file("train")}
    if validation := facts.file("validation"):
        job["validation_file"] = validation
    return {"training/openai.json": pretty({**job, "method": method})}
