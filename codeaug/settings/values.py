"""Values of settings, as TOML and the environment write them, within the limits of the record."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import Field, fields
from typing import Any, get_type_hints

from codeaug.errors import UsageError
from codeaug.settings.patterns import Patterns, patterns_of
from codeaug.settings.record import SECTIONS, VARIABLE, Settings, Tables
from codeaug.settings.secrets import refuse_keys

SCHEMA_VERSION = 1
PROFILES = "profile"
TABLES = (Tables, Patterns)
"""Kinds of settings that only a file can have."""
_DIGITS = 100  # Python refuses numbers of some thousands

KINDS: dict[str, Any] = get_type_hints(Settings)
FIELDS: dict[str, Field[Any]] = {field.name: field for field in fields(Settings)}


def section_of(name: str) -> str:
    """The table of a file in which a setting stands; "" for those that stand in none."""
    return next((each for each in SECTIONS if name.startswith(f"{each}_")), "")


def written(name: str) -> str:
    """A setting's name as its table has it."""
    section = section_of(name)
    return name.removeprefix(f"{section}_") if section else name


_NAMED = {
    section: {written(name): name for name in FIELDS if section_of(name) == section}
    for section in ("", *SECTIONS)
}
"""By table: the settings in it, by how they are written there."""


def parsed(table: Mapping[str, Any], place: str) -> dict[str, Any]:
    """The settings of one table of a file, profiles left out. Raises UsageError."""
    values: dict[str, Any] = {}
    plain = {name: value for name, value in table.items() if name not in SECTIONS}
    if "schema_version" in plain:
        version = plain.pop("schema_version")
        if type(version) is not int or version != SCHEMA_VERSION:
            raise UsageError(f"{place}: schema_version {version} is not {SCHEMA_VERSION}.")
    values |= _of_table("", plain, place)
    for section in SECTIONS:
        found = table.get(section, {})
        if not isinstance(found, dict):
            raise UsageError(f"{place}: {section} must be a table, [{section}].")
        values |= _of_table(section, found, f"{place} [{section}]")
    return values


def _of_table(section: str, table: Mapping[str, Any], place: str) -> dict[str, Any]:
    known = _NAMED[section]
    refuse_keys(table, place, known)
    values = {}
    for name, value in table.items():
        if name not in known:
            raise UsageError(f"{place}: unknown setting {name!r}{_meant(name, section)}.")
        field = known[name]
        values[field] = _value(KINDS[field], value, f"{place}: {name}")
        check(field, values[field], f"{place}: ")
    return values


def _meant(name: str, section: str) -> str:
    """What somebody may have meant by a name that the table does not know."""
    for other, known in _NAMED.items():
        if other and other != section and (name in known or name in known.values()):
            return f"; did you mean {written(name)!r} in [{other}]?"
    return did_you_mean(name, [*_NAMED[section], *(() if section else (*SECTIONS, PROFILES))])


def profiles(table: Mapping[str, Any], place: str) -> dict[str, dict[str, Any]]:
    """The settings of each `[profile.NAME]` table. Raises UsageError."""
    found = table.get(PROFILES, {})
    if not isinstance(found, dict) or not all(isinstance(t, dict) for t in found.values()):
        raise UsageError(
            f"{place}: {PROFILES} must be tables, [{PROFILES}.NAME]: choose one by --profile NAME."
        )
    read = {}
    for name, own in found.items():
        if "schema_version" in own:
            raise UsageError(f"{place}: schema_version belongs to the file, not to a profile.")
        read[name] = parsed(own, f"{place} [{PROFILES}.{name}]")
    return read


def did_you_mean(name: str, known: Iterable[str]) -> str:
    near = close(name, known)
    return f"; did you mean {near!r}?" if near else ""


def close(name: str, known: Iterable[str]) -> str:
    """The one of `known` that is most like the name; "" when none is."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), "")


def check(name: str, value: Any, place: str = "") -> None:
    """Raises UsageError for a value beyond the limits of its setting."""
    limits, shown = FIELDS[name].metadata, written(name)
    if choices := limits.get("choices"):
        for item in value if isinstance(value, tuple) else (value,):
            if item not in choices:
                hint = did_you_mean(item, choices)
                known = ", ".join(choices)
                raise UsageError(
                    f"{place}unknown {limits['word']} {item!r}{hint} (known: {known})."
                )
    if limits.get("variable") and not re.fullmatch(VARIABLE, value):
        raise UsageError(
            f"{place}{shown} must be the name of an environment variable, in capitals: not the key "
            "itself, which belongs into that variable."
        )
    if KINDS[name] is float and not 0 <= value < float("inf"):
        raise UsageError(f"{place}{shown} must be a number, not {value}.")
    if value < limits.get("least", value):
        raise UsageError(f"{place}{shown} must be at least {limits['least']}.")
    if value > limits.get("most", value):
        raise UsageError(f"{place}{shown} must be a share, from 0 to {limits['most']}.")


def _value(kind: Any, value: Any, what: str) -> Any:
    if kind == Patterns:
        return patterns_of(value, what)
    if kind == Tables and isinstance(value, dict):
        return tuple((name, _options(table, f"{what}.{name}")) for name, table in value.items())
    if kind == tuple[str, ...] and isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(value)
    elif kind is int and isinstance(value, int) and not isinstance(value, bool):
        if value >= 0:
            return value
    elif kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        if 0 <= value <= sys.float_info.max:
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
        if not text.isdecimal() or len(text) > _DIGITS:
            raise UsageError(f"{what} must be a whole number, not {text[:_DIGITS]!r}.")
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
