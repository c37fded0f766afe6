"""Where settings come from: files (the weakest first), the environment, flags."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, get_type_hints

from codeaug.errors import UsageError
from codeaug.settings.record import Settings, Tables
from codeaug.settings.values import from_text, parsed

USER_ONLY = frozenset(
    {"store", "base_url", "api_key_env", "api_key_file", "proxy", "ca_file", "prices", "untested"}
    | {"push", "push_key_env"}
    | {"oidc_issuer", "oidc_client_id", "oidc_client_secret_env", "oidc_claim", "oidc_roles"}
)

# What stays here is what any place says; of the rest a repository's own file can only take away.
UNITED = frozenset({"never_send", "never_send_licenses", "never_send_owners"})
TIGHTENED = frozenset({"endpoints", "budget"})

REPOSITORY_FILES = ("codeaug.toml", "pyproject.toml")


def file_layers(
    root: Path | None, environ: Mapping[str, str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    home = environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    user = Path(home, "codeaug", "codeaug.toml")
    if user.is_file():
        yield str(user), parsed(_toml(user), str(user))
    if root is None:
        return
    own, pyproject = root / "codeaug.toml", root / "pyproject.toml"
    table = _toml(pyproject).get("tool", {}).get("codeaug") if pyproject.is_file() else None
    if table is not None:
        values = _of_repository(parsed(table, "[tool.codeaug]"), "pyproject.toml")
        kept = UNITED | TIGHTENED if own.is_file() else values.keys()
        yield "pyproject.toml", {name: values[name] for name in values if name in kept}
    if own.is_file():
        yield "codeaug.toml", _of_repository(parsed(_toml(own), "codeaug.toml"), "codeaug.toml")


def _of_repository(values: dict[str, Any], place: str) -> dict[str, Any]:
    for name in USER_ONLY & values.keys():
        raise UsageError(f"{place} may not set {name!r}: give it as a flag or in your own file.")
    if values.get("engine") == "llm" or values.get("critic"):
        name = "critic" if values.get("critic") else "engine"
        raise UsageError(f"{place} may not set {name!r}: whoever runs codeaug pays for a model.")
    for pattern in values.get("never_send", ()):
        if pattern.startswith("!"):
            raise UsageError(f"{place}: never_send {pattern!r} would let files go: leave it out.")
    return values


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path.name} cannot be read: {error}.") from error


def environment_layer(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    hints = get_type_hints(Settings)
    values = {}
    for name, kind in hints.items():
        text = environ.get(variable(name))
        if text is not None and kind != Tables:
            values[name] = from_text(kind, text, variable(name))
    return "environment", values


def variable(name: str) -> str:
    return f"CODEAUG_{name.upper()}"


def flag_layer(flags: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "flag", {name: value for name, value in flags.items() if value is not None}
