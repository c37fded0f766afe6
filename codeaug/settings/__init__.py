"""Files, environment and flags -> one frozen Settings, each value with where it came from.

Order, strongest first: flags, `CODEAUG_*`, `codeaug.toml` at the repository root, `[tool.codeaug]`
in `pyproject.toml`, the user's file (`$XDG_CONFIG_HOME/codeaug/codeaug.toml`), the default.
A repository's own file may not name a store, an endpoint or a key, and can only tighten what leaves
the machine: else a pull request could send source elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_type_hints

from codeaug.endpoints import tightened
from codeaug.errors import UsageError
from codeaug.model import Rung
from codeaug.notices import RULES
from codeaug.settings.layers import (
    REPOSITORY_FILES,
    TIGHTENED,
    UNITED,
    USER_ONLY,
    environment_layer,
    file_layers,
    flag_layer,
    variable,
)
from codeaug.settings.record import Settings, Tables
from codeaug.settings.values import SCHEMA_VERSION, did_you_mean

__all__ = ["Loaded", "Settings", "json_schema", "load_settings"]

_AT_LEAST_ONE = (
    "jobs", "per_unit", "audit", "faults", "overlap", "gold_min_items", "calls", "reply_tokens",
    "reply_seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and, for each of their names, the place that decided it."""

    settings: Settings
    origins: Mapping[str, str]


def load_settings(
    root: Path | None, flags: Mapping[str, Any], environ: Mapping[str, str] | None = None
) -> Loaded:
    """Settings for the repository at `root` (None: nowhere). Flags that are None are not given.

    Raises UsageError for an unknown key, a value of the wrong kind or an unreadable file.
    """
    environ = os.environ if environ is None else environ
    layers = [*file_layers(root, environ), environment_layer(environ), flag_layer(flags)]
    values: dict[str, Any] = {}
    wishes: list[tuple[str, Any, str]] = []
    origins = {f.name: "default" for f in fields(Settings)}
    for origin, layer in layers:
        for name, value in layer.items():
            if name in TIGHTENED and origin in REPOSITORY_FILES:
                wishes.append((name, value, origin))
                continue
            place = f"{origin} {variable(name)}" if origin == "environment" else origin
            if name in UNITED and values.get(name):
                value = _united(name, values[name], value, place)
                place = f"{origins[name]}, {place}"
            values[name], origins[name] = value, place
    for name, wish, origin in wishes:
        own = values.get(name, () if name == "endpoints" else 0.0)
        values[name] = (
            tightened(own, wish) if name == "endpoints" else min(own or wish, wish or own)
        )
        if values[name] != own:
            origins[name] += f", tightened by {origin}"
    return Loaded(_checked(Settings(**values)), origins)


def _united(
    name: str, before: tuple[str, ...], more: tuple[str, ...], place: str
) -> tuple[str, ...]:
    """Both lists. The last pattern that matches a path counts, so of equal ones the last stays."""
    for pattern in more if name == "never_send" else ():
        if pattern.startswith("!"):
            raise UsageError(f"{place}: never_send {pattern!r} would let files go: leave it out.")
    return tuple(reversed(dict.fromkeys(reversed((*before, *more)))))


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `codeaug.toml`, made from the record itself."""
    kinds: dict[Any, dict[str, Any]] = {
        str: {"type": "string"},
        int: {"type": "integer", "minimum": 0},
        float: {"type": "number", "minimum": 0},
        bool: {"type": "boolean"},
        tuple[str, ...]: {"type": "array", "items": {"type": "string"}},
        Tables: {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": ["string", "boolean", "number", "array"]},
            },
        },
    }
    hints = get_type_hints(Settings)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "codeaug.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {"schema_version": {"const": SCHEMA_VERSION}}
        | {
            f.name: kinds[hints[f.name]] | {"description": f.metadata["help"]}
            for f in fields(Settings)
            if f.name not in USER_ONLY
        },
    }


def _checked(settings: Settings) -> Settings:
    known = ("python", "java", "cpp")
    for language in settings.languages:
        if language not in known:
            hint = did_you_mean(language, known)
            raise UsageError(f"unknown language {language!r}{hint} (known: {', '.join(known)}).")
    rungs = [rung.label for rung in Rung if rung is not Rung.NONE]
    if settings.bar not in rungs:
        raise UsageError(f"unknown rung {settings.bar!r}: one of {', '.join(rungs)}.")
    if settings.engine not in ("rules", "llm"):
        raise UsageError(f"unknown engine {settings.engine!r}: rules or llm.")
    if settings.engine == "llm" and not settings.model:
        raise UsageError("the engine llm needs --model PROVIDER:NAME, such as openai:gpt-4.1-mini.")
    for rule in settings.block:
        if rule not in RULES:
            raise UsageError(f"block: unknown rule {rule!r}{did_you_mean(rule, RULES)}.")
    if settings.runner not in ("resident", "cold"):
        raise UsageError(f"unknown runner {settings.runner!r}: resident or cold.")
    if not 0 <= settings.budget < float("inf"):
        raise UsageError(f"budget must be a number, not {settings.budget}.")
    for name in ("gold_rate", "gold_max_false_accept"):
        if getattr(settings, name) > 1:
            raise UsageError(f"{name} must be a share, from 0 to 1.")
    for name in _AT_LEAST_ONE:
        if getattr(settings, name) < 1:
            raise UsageError(f"{name} must be at least 1.")
    return settings
