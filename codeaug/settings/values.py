"""Values of settings, as TOML and the environment write them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from typing import Any, get_type_hints

from codeaug.errors import UsageError
from codeaug.settings.record import Settings, Tables

SCHEMA_VERSION = 1


def parsed(table: Mapping[str, Any], place: str) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    values = {}
    for name, value in table.items():
        if name == "schema_version":
            if value != SCHEMA_VERSION:
                raise UsageError(f"{place}: schema_version {value} is not {SCHEMA_VERSION}.")
            continue
        if name not in hints:
            raise UsageError(f"{place}: unknown setting {name!r}{did_you_mean(name, hints)}.")
        values[name] = _value(hints[name], value, f"{place}: {name}")
    return values


def did_you_mean(name: str, known: Iterable[str]) -> str:
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


def from_text(kind: Any, text: str, what: str) -> Any:
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
