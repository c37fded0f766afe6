"""Where settings come from: files (the weakest first), the environment, flags."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from codeaug.errors import UsageError
from codeaug.settings.places import seen_from
from codeaug.settings.record import Settings
from codeaug.settings.secrets import refuse_keys
from codeaug.settings.values import KINDS, PROFILES, TABLES, check, close, from_text, parsed
from codeaug.settings.values import profiles as parsed_profiles

USER_ONLY = frozenset(
    {"store", "base_url", "api_key_env", "api_key_file", "api_key_command", "proxy", "ca_file"}
    | {"model", "prices", "untested", "push", "push_key_env"}
    | {"oidc_issuer", "oidc_client_id", "oidc_client_secret_env", "oidc_claim", "oidc_roles"}
)

# What stays here is what any place says; of the rest a repository's own file can only take away.
UNITED = frozenset({"never_send", "never_send_licenses", "never_send_owners"})
TIGHTENED = frozenset({"endpoints", "budget"})

# Everybody's own rewrites count; of equal names that of the stronger place.
ADDED = frozenset({"transforms"})

# What a model's work costs whoever runs codeaug: a repository may ask for less, never for more.
LOWERED = frozenset({"calls", "reply_tokens"})
LOWERED_FOR_MODELS = LOWERED | {"per_unit"}

# Whoever runs codeaug pays for a model: of these a repository may only say what asks none.
NO_MODEL = {"engine": "rules", "critic": ""}

PROJECT_FILES = ("codeaug.toml", ".codeaug.toml", "pyproject.toml")
"""The first that is there counts, `pyproject.toml` only with a table `[tool.codeaug]`."""

PROFILE_VARIABLE = "CODEAUG_PROFILE"
_LARGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Layer:
    """Values of one place. `foreign`: it came with the repository, so it may only tighten."""

    origin: str
    values: Mapping[str, Any]
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One file: its values, and those of each of its profiles."""

    origin: str
    values: Mapping[str, Any]
    profiles: Mapping[str, Mapping[str, Any]]
    foreign: bool

    def layers(self, profile: str) -> Iterator[Layer]:
        yield Layer(self.origin, self.values, self.foreign)
        if profile in self.profiles:
            origin = f"{self.origin} [{PROFILES}.{profile}]"
            yield Layer(origin, self.profiles[profile], self.foreign)


BUILT_IN = Source("codeaug", {}, {"robustness": {"robustness": True}}, False)
"""The profile that is always there."""


def sources(
    root: Path | None, environ: Mapping[str, str], upwards: bool = True
) -> tuple[list[Source], list[str]]:
    """The files that count, the weakest first, and what a person should know about the others.

    Raises UsageError for whatever is wrong in any of them, chosen or not.
    """
    found = []
    home = environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    user = Path(home, "codeaug", "codeaug.toml")
    if user.is_file():
        found.append(source_of(_toml(user), str(user), foreign=False))
    own, warnings = _of_project(root, upwards) if root else ([], [])
    return found + own, warnings


def _of_project(root: Path, upwards: bool) -> tuple[list[Source], list[str]]:
    """The file that counts comes last; of the others what they keep here counts all the same."""
    found = [
        _seen_from(
            root, folder, source_of(table, os.path.relpath(folder / name, root), foreign=True)
        )
        for folder in (_upwards(root) if upwards else (root,))
        for name, table in _tables(folder).items()
    ]
    warnings = []
    for other in found[1:]:
        warnings.append(
            f"{other.origin} is not used, since there is {found[0].origin}: of it only "
            f"{', '.join(sorted(UNITED | TIGHTENED))} count."
        )
    return [*map(_restrictions, reversed(found[1:])), *found[:1]], warnings


def _seen_from(root: Path, folder: Path, source: Source) -> Source:
    """The source with its patterns as `root` sees them, where it lies above."""
    if root == folder:
        return source
    below = root.relative_to(folder).as_posix()
    profiles = {name: seen_from(below, values) for name, values in source.profiles.items()}
    return replace(source, values=seen_from(below, source.values), profiles=profiles)


def _upwards(root: Path) -> Iterator[Path]:
    """The folder itself, then those above it up to the root of its git repository, if it has one
    that belongs to the same user."""
    owner, above = root.stat().st_uid, []
    for folder in (root, *root.parents):
        if folder.stat().st_uid != owner:
            return
        above.append(folder)
        if (folder / ".git").exists():
            yield from above
            return
        if folder == root:
            yield above.pop()


def _tables(folder: Path) -> dict[str, Any]:
    """Of the files that hold settings, by name, the strongest first."""
    found = {name: table_of(folder / name) for name in PROJECT_FILES}
    return {name: table for name, table in found.items() if table is not None}


def table_of(file: Path) -> Any:
    """What a project's file says of codeaug; None when it is not there, or says nothing."""
    if file.is_symlink() and not file.resolve().is_relative_to(file.parent.resolve()):
        raise UsageError(f"{file.name} is a link that leads out of its folder: put a file there.")
    if not file.is_file():
        return None
    table = _toml(file)
    if file.name != "pyproject.toml":
        return table
    tool = table.get("tool")
    return tool.get("codeaug") if isinstance(tool, dict) else None


def source_of(table: Any, origin: str, *, foreign: bool) -> Source:
    """What a file's table says. Raises UsageError for whatever is wrong in it."""
    place = "[tool.codeaug]" if origin.endswith("pyproject.toml") else origin
    if not isinstance(table, dict):
        raise UsageError(f"{place} must be a table of settings.")
    base = {name: value for name, value in table.items() if name != PROFILES}
    try:
        source = Source(origin, parsed(base, place), parsed_profiles(table, place), foreign)
    except RecursionError as error:
        raise UsageError(f"{place} cannot be read: its tables are nested too deep.") from error
    if foreign:
        for layer in (source.values, *source.profiles.values()):
            _refuse_to_loosen(layer, origin)
    return source


def _refuse_to_loosen(values: Mapping[str, Any], place: str) -> None:
    for name in sorted(USER_ONLY & values.keys()):
        raise UsageError(f"{place} may not set {name!r}: give it as a flag or in your own file.")
    for name, harmless in NO_MODEL.items():
        if values.get(name, harmless) != harmless:
            raise UsageError(
                f"{place} may not set {name!r}: whoever runs codeaug pays for a model."
            )
    for pattern in values.get("never_send", ()):
        if pattern.startswith("!"):
            raise UsageError(f"{place}: never_send {pattern!r} would let files go: leave it out.")


def _restrictions(source: Source) -> Source:
    def kept(values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: values[name] for name in values if name in UNITED | TIGHTENED}

    profiles = {name: kept(values) for name, values in source.profiles.items()}
    return Source(source.origin, kept(source.values), profiles, source.foreign)


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST + 1)
        if len(text) > _LARGEST:
            raise UsageError(f"{path.name} cannot be read: it is larger than a MiB.")
        return tomllib.loads(text.decode("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise UsageError(f"{path.name} cannot be read: {error}.") from error


def environment_layer(environ: Mapping[str, str]) -> Layer:
    """Raises UsageError for a value of the wrong kind."""
    values = {}
    for name, kind in KINDS.items():
        text = environ.get(variable(name))
        if text is not None and kind not in TABLES:
            refuse_keys({variable(name): text}, "environment", {variable(name): kind})
            values[name] = from_text(kind, text, variable(name))
            check(name, values[name], f"{variable(name)}: ")
    return Layer("environment", values)


def strangers(environ: Mapping[str, str], settings: Settings) -> Iterator[str]:
    """A warning for each `CODEAUG_*` variable that looks like a setting and is none. Its value is
    never read: variables that hold keys may be called as their user likes."""
    known = {name.upper(): variable(name) for name, kind in KINDS.items() if kind not in TABLES}
    named = {settings.api_key_env, settings.push_key_env, settings.oidc_client_secret_env}
    for name in sorted(environ.keys() - {*known.values(), *named, PROFILE_VARIABLE}):
        rest = name.removeprefix("CODEAUG_")
        if rest != name and (near := close(rest, known)):
            yield f"{name} is no setting; did you mean {known[near]!r}?"


def variable(name: str) -> str:
    return f"CODEAUG_{name.upper()}"


def flag_layer(flags: Mapping[str, Any]) -> Layer:
    """Raises UsageError for a value beyond its limits; click has looked at its kind."""
    values = {name: value for name, value in flags.items() if value is not None}
    for name, value in values.items():
        check(name, value)
    return Layer("flag", values)


def known_profiles(found: Sequence[Source]) -> list[str]:
    return sorted({name for source in found for name in source.profiles})
