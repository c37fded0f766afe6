"""Files, environment and flags -> one frozen Settings, each value with where it came from.

Order, strongest first: flags, `CODEAUG_*`, the project's file (`codeaug.toml`, `.codeaug.toml` or
`[tool.codeaug]` in `pyproject.toml`), the user's file (`$XDG_CONFIG_HOME/codeaug/codeaug.toml`),
the default. A profile's table stands right above the rest of its file, when it is chosen by name.
A repository's own file may not name a store, an endpoint or a key, and can only tighten what leaves
the machine: else a pull request could send source elsewhere.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from codeaug.endpoints import tightened
from codeaug.errors import UsageError
from codeaug.settings.layers import (
    ADDED,
    BUILT_IN,
    LOWERED,
    LOWERED_FOR_MODELS,
    PROFILE_VARIABLE,
    PROJECT_FILES,
    TIGHTENED,
    UNITED,
    Layer,
    environment_layer,
    flag_layer,
    known_profiles,
    sources,
    strangers,
    table_of,
    variable,
)
from codeaug.settings.patterns import Pattern, PatternExample, Patterns
from codeaug.settings.record import SECTIONS, Settings
from codeaug.settings.schema import SCHEMAS, json_schema
from codeaug.settings.secrets import shown
from codeaug.settings.values import did_you_mean, section_of, written

__all__ = [
    "PROJECT_FILES",
    "SCHEMAS",
    "SECTIONS",
    "SETTINGS",
    "Loaded",
    "Pattern",
    "PatternExample",
    "Patterns",
    "Settings",
    "did_you_mean",
    "has_settings",
    "json_schema",
    "load_settings",
    "section_of",
    "validate_settings",
    "written",
]

_DEFAULTS = {f.name: f.default for f in fields(Settings)}
SETTINGS = frozenset(_DEFAULTS)
"""The names of all."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings and, for each of their names, the place that decided it.

    `profile` is the one that was chosen, `profiles` are all that there are to choose from;
    `warnings` are for a person to read: nothing of them changes what holds.
    """

    settings: Settings
    origins: Mapping[str, str]
    profile: str = ""
    profiles: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def shown(self) -> dict[str, Any]:
        """Every value as people may see it: without the passwords of addresses."""
        found = {f.name: getattr(self.settings, f.name) for f in fields(self.settings)}
        found["transforms"] = tuple(one.shown() for one in self.settings.transforms)
        return {name: shown(value) for name, value in found.items()}


def load_settings(
    root: Path | None,
    flags: Mapping[str, Any],
    environ: Mapping[str, str] | None = None,
    *,
    upwards: bool = True,
) -> Loaded:
    """Settings for the repository at `root` (None: nowhere), or the part of one (`upwards`: its
    file may lie above, up to the git root). Flags that are None are not given; the flag `profile`
    chooses one.

    Raises UsageError for an unknown key, a value of the wrong kind or an unreadable file.
    """
    environ = os.environ if environ is None else environ
    found, warnings = sources(root, environ, upwards)
    found.insert(0, BUILT_IN)
    profiles = known_profiles(found)
    profile = flags.get("profile") or environ.get(PROFILE_VARIABLE, "")
    # Elsewhere than in a folder, the repository's own profiles are not known yet.
    if profile and profile not in profiles and root is not None:
        close = did_you_mean(profile, profiles)
        raise UsageError(f"unknown profile {profile!r}{close} (known: {', '.join(profiles)}).")
    given = {name: value for name, value in flags.items() if name != "profile"}
    files = [layer for source in found for layer in source.layers(profile)]
    values, origins = _joined([*files, environment_layer(environ), flag_layer(given)])
    settings = Settings(**values)
    if settings.engine == "llm" and not settings.model:
        raise UsageError("the engine llm needs --model PROVIDER:NAME, such as openai:gpt-4.1-mini.")
    warnings += strangers(environ, settings)
    return Loaded(settings, origins, profile, tuple(profiles), tuple(warnings))


def has_settings(file: Path) -> bool:
    """Whether a project's file holds settings of codeaug. Raises UsageError."""
    return table_of(file) is not None


def validate_settings(
    root: Path | None,
    flags: Mapping[str, Any],
    environ: Mapping[str, str] | None = None,
    *,
    upwards: bool = True,
) -> Loaded:
    """As `load_settings`; beside what holds, every profile is looked at. Raises UsageError."""
    loaded = load_settings(root, flags, environ, upwards=upwards)
    for profile in ("", *loaded.profiles):
        found = load_settings(root, {**flags, "profile": profile}, environ, upwards=upwards)
        _ = found.settings.strata  # its rules are read late
    return loaded


def _joined(layers: Iterable[Layer]) -> tuple[dict[str, Any], dict[str, str]]:
    """The strongest value of each setting, what only tightens counted in, and its origin."""
    values: dict[str, Any] = {}
    wishes: list[tuple[str, Any, str]] = []
    origins = {f.name: "default" for f in fields(Settings)}
    layers = list(layers)
    lowered = LOWERED_FOR_MODELS if _asks_a_model(layers) else LOWERED
    for layer in layers:
        for name, value in layer.values.items():
            if name in TIGHTENED and layer.foreign:
                wishes.append((name, value, layer.origin))
                continue
            if name in lowered and layer.foreign and value > values.get(name, _DEFAULTS[name]):
                continue
            from_environment = layer.origin == "environment"
            place = f"environment {variable(name)}" if from_environment else layer.origin
            if name in UNITED and values.get(name):
                value = _united(name, values[name], value, place)
                place = f"{origins[name]}, {place}"
            if name in ADDED and values.get(name):
                value = _added(values[name], value)
                place = f"{origins[name]}, {place}"
            values[name], origins[name] = value, place
    for name, wish, origin in wishes:
        own = values.get(name, () if name == "endpoints" else 0.0)
        values[name] = (
            tightened(own, wish) if name == "endpoints" else min(own or wish, wish or own)
        )
        if values[name] != own:
            origins[name] += f", tightened by {origin}"
    return values, origins


def _added(before: Patterns, more: Patterns) -> Patterns:
    """Both, of equal names the latter."""
    return tuple({one.name: one for one in (*before, *more)}.values())


def _asks_a_model(layers: Iterable[Layer]) -> bool:
    engines = [layer.values["engine"] for layer in layers if "engine" in layer.values]
    return engines[-1:] == ["llm"]


def _united(
    name: str, before: tuple[str, ...], more: tuple[str, ...], place: str
) -> tuple[str, ...]:
    """Both lists. The last pattern that matches a path counts, so of equal ones the last stays."""
    for pattern in more if name == "never_send" else ():
        if pattern.startswith("!"):
            raise UsageError(f"{place}: never_send {pattern!r} would let files go: leave it out.")
    return tuple(reversed(dict.fromkeys(reversed((*before, *more)))))
