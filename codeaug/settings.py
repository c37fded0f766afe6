"""Files, environment and flags -> one frozen Settings, each value with where it came from.

Order, strongest first: flags, `CODEAUG_*`, `codeaug.toml` at the repository root, `[tool.codeaug]`
in `pyproject.toml`, the user's file (`$XDG_CONFIG_HOME/codeaug/codeaug.toml`), the default.
A repository's own file may not name a store, an endpoint or a key, and can only tighten what leaves
the machine: else a pull request could send source elsewhere.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from codeaug.endpoints import tightened
from codeaug.errors import UsageError
from codeaug.model import Rung

SCHEMA_VERSION = 1
USER_ONLY = frozenset(
    {"store", "base_url", "api_key_env", "api_key_file", "proxy", "ca_file", "prices", "untested"}
)

# What stays here is what any place says; of the rest a repository's own file can only take away.
UNITED = frozenset({"never_send", "never_send_licenses", "never_send_owners"})
TIGHTENED = frozenset({"endpoints", "budget"})

REPOSITORY_FILES = ("codeaug.toml", "pyproject.toml")

CORES = os.cpu_count() or 1

Tables = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


def _setting(default: Any, text: str) -> Any:
    return field(default=default, metadata={"help": text})


_AT_LEAST_ONE = (
    "jobs", "per_unit", "audit", "faults", "overlap", "calls", "reply_tokens", "reply_seconds",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set; `[build.<name>]` tables reach the build of that name as options,
    `[prices."<model>"]` tables say what a model costs."""

    engine: str = _setting("rules", "engine that proposes variants")
    languages: tuple[str, ...] = _setting((), "languages to look at; empty: all")
    paths: tuple[str, ...] = _setting((), "gitignore-style patterns of the files to look at")
    per_unit: int = _setting(3, "variants for a unit, at most")
    limit: int = _setting(0, "units to make variants for, at most; 0: all")
    seed: int = _setting(0, "seed of every choice")
    jobs: int = _setting(CORES, "workers")
    store: str = _setting("", "store URL; empty: .codeaug/codeaug.db in the repository")
    bar: str = _setting("compared", "rung from which a passed variant is put before people")
    ignore_tests: tuple[str, ...] = _setting((), "patterns of tests that are known not to pass")
    skip: tuple[str, ...] = _setting((), "gitignore-style patterns of files to leave out")
    max_file_kib: int = _setting(1024, "larger files are skipped")
    faults: int = _setting(12, "faults injected into a unit to see whether its tests can fail")
    repeats: int = _setting(3, "times that the unchanged tests must pass, in varied order")
    test_seconds: int = _setting(900, "wall time for the whole test suite")
    memory_mib: int = _setting(4096, "memory of everything that runs in one sandbox")
    audit: int = _setting(20, "one variant in so many is judged by both runners, at least")
    overlap: int = _setting(1, "so many people decide about each variant; a tie asks one more")
    crosshair: int = _setting(0, "seconds of CrossHair for a variant in typed Python; 0: without")
    runner: str = _setting("resident", "resident, or cold: every variant by new programs")
    build: Tables = _setting((), "options of builds, one table each")
    model: str = _setting("", "model of the engine llm: PROVIDER:NAME")
    base_url: str = _setting("", "address of the model's endpoint; empty: OpenAI's, for openai:")
    api_key_env: str = _setting("OPENAI_API_KEY", "environment variable that holds the key")
    api_key_file: str = _setting("", "file that holds the key; before the variable")
    budget: float = _setting(0.0, "US dollars for all replies in the store, at most; 0: no cap")
    calls: int = _setting(64, "calls under way at once, at most")
    reply_tokens: int = _setting(4096, "tokens of a reply, thinking included, at most")
    reply_seconds: int = _setting(180, "wall time for a reply")
    patience: int = _setting(120, "seconds without any answer after which a run gives up")
    untested: bool = _setting(False, "send functions that no test executes, too")
    endpoints: tuple[str, ...] = _setting((), "where models may be asked; empty: this machine")
    never_send: tuple[str, ...] = _setting((), "gitignore-style patterns of files that stay here")
    never_send_licenses: tuple[str, ...] = _setting((), "files under these licences stay here")
    never_send_owners: tuple[str, ...] = _setting((), "files that CODEOWNERS gives these, too")
    critic: str = _setting("", "model that scores how natural variants read; empty: none")
    prices: Tables = _setting((), "dollars for a million tokens: input, output, cached")
    proxy: str = _setting("", "proxy on the way to the endpoint; the environment's is not used")
    ca_file: str = _setting("", "certificates to trust instead of the bundled ones")

    @property
    def bar_rung(self) -> Rung:
        return Rung[self.bar.upper()]

    def build_options(self, name: str) -> dict[str, str]:
        return dict(dict(self.build).get(name, ()))

    @property
    def own_prices(self) -> dict[str, dict[str, str]]:
        return {name: dict(table) for name, table in self.prices}


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
    layers = [*_file_layers(root, environ), _environment(environ), _flags(flags)]
    values: dict[str, Any] = {}
    wishes: list[tuple[str, Any, str]] = []
    origins = {f.name: "default" for f in fields(Settings)}
    for origin, layer in layers:
        for name, value in layer.items():
            if name in TIGHTENED and origin in REPOSITORY_FILES:
                wishes.append((name, value, origin))
                continue
            place = f"{origin} {_variable(name)}" if origin == "environment" else origin
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


def _file_layers(
    root: Path | None, environ: Mapping[str, str]
) -> Iterable[tuple[str, dict[str, Any]]]:
    home = environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    user = Path(home, "codeaug", "codeaug.toml")
    if user.is_file():
        yield str(user), _parsed(_toml(user), str(user))
    if root is None:
        return
    own, pyproject = root / "codeaug.toml", root / "pyproject.toml"
    table = _toml(pyproject).get("tool", {}).get("codeaug") if pyproject.is_file() else None
    if table is not None:
        values = _of_repository(_parsed(table, "[tool.codeaug]"), "pyproject.toml")
        kept = UNITED | TIGHTENED if own.is_file() else values.keys()
        yield "pyproject.toml", {name: values[name] for name in values if name in kept}
    if own.is_file():
        yield "codeaug.toml", _of_repository(_parsed(_toml(own), "codeaug.toml"), "codeaug.toml")


def _of_repository(values: dict[str, Any], place: str) -> dict[str, Any]:
    for name in USER_ONLY & values.keys():
        raise UsageError(f"{place} may not set {name!r}: give it as a flag or in your own file.")
    for pattern in values.get("never_send", ()):
        if pattern.startswith("!"):
            raise UsageError(f"{place}: never_send {pattern!r} would let files go: leave it out.")
    return values


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path.name} cannot be read: {error}.") from error


def _parsed(table: Mapping[str, Any], place: str) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    values = {}
    for name, value in table.items():
        if name == "schema_version":
            if value != SCHEMA_VERSION:
                raise UsageError(f"{place}: schema_version {value} is not {SCHEMA_VERSION}.")
            continue
        if name not in hints:
            raise UsageError(f"{place}: unknown setting {name!r}{_did_you_mean(name, hints)}.")
        values[name] = _value(hints[name], value, f"{place}: {name}")
    return values


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _value(kind: Any, value: Any, what: str) -> Any:
    if kind == Tables and isinstance(value, dict):
        return tuple((name, _options(table, f"{what}.{name}")) for name, table in value.items())
    if kind == tuple[str, ...] and isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif kind is int and isinstance(value, int) and not isinstance(value, bool):
        if value >= 0:
            return value
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value < float("inf"):
            return float(value)
    elif (kind is str and isinstance(value, str)) or (kind is bool and isinstance(value, bool)):
        return value
    expected = {
        int: "a whole number",
        float: "a number",
        bool: "true or false",
        str: "a text",
        Tables: "a table",
    }
    raise UsageError(f"{what} must be {expected.get(kind, 'a list of texts')}, not {value!r}.")


def _options(table: Any, what: str) -> tuple[tuple[str, str], ...]:
    if not isinstance(table, dict):
        raise UsageError(f"{what} must be a table of options.")
    return tuple((key, _option(value, f"{what}.{key}")) for key, value in table.items())


def _option(value: Any, what: str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, str | int | float):
        return str(value)
    raise UsageError(f"{what} must be a text, a number, true or false, or a list of texts.")


def _environment(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    hints = get_type_hints(Settings)
    values = {}
    for name, kind in hints.items():
        text = environ.get(_variable(name))
        if text is not None and kind != Tables:
            values[name] = _from_text(kind, text, _variable(name))
    return "environment", values


def _variable(name: str) -> str:
    return f"CODEAUG_{name.upper()}"


def _from_text(kind: Any, text: str, what: str) -> Any:
    if kind is int:
        if not text.isdigit():
            raise UsageError(f"{what} must be a whole number, not {text!r}.")
        return int(text)
    if kind is float:
        return _value(float, _number(text), what)
    if kind is bool:
        return _value(bool, {"true": True, "1": True, "false": False, "0": False}.get(text), what)
    if kind == tuple[str, ...]:
        return tuple(item.strip() for item in text.split(",") if item.strip())
    return text


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _flags(flags: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    return "flag", {name: value for name, value in flags.items() if value is not None}


def _checked(settings: Settings) -> Settings:
    known = ("python", "java", "cpp")
    for language in settings.languages:
        if language not in known:
            hint = _did_you_mean(language, known)
            raise UsageError(f"unknown language {language!r}{hint} (known: {', '.join(known)}).")
    rungs = [rung.label for rung in Rung if rung is not Rung.NONE]
    if settings.bar not in rungs:
        raise UsageError(f"unknown rung {settings.bar!r}: one of {', '.join(rungs)}.")
    if settings.engine not in ("rules", "llm"):
        raise UsageError(f"unknown engine {settings.engine!r}: rules or llm.")
    if settings.engine == "llm" and not settings.model:
        raise UsageError("the engine llm needs --model PROVIDER:NAME, such as openai:gpt-4.1-mini.")
    if settings.runner not in ("resident", "cold"):
        raise UsageError(f"unknown runner {settings.runner!r}: resident or cold.")
    if not 0 <= settings.budget < float("inf"):
        raise UsageError(f"budget must be a number, not {settings.budget}.")
    for name in (
        "jobs",
        "per_unit",
        "audit",
        "faults",
        "overlap",
        "calls",
        "reply_tokens",
        "reply_seconds",
    ):
        if getattr(settings, name) < 1:
            raise UsageError(f"{name} must be at least 1.")
    return settings
