"""JSON Schema (2020-12) of `codeaug.toml`, made from the record itself, for editors and CI."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from codeaug.settings.layers import NO_MODEL, USER_ONLY
from codeaug.settings.patterns import LANGUAGES, LONGEST, MOST, NAME, PREDICATES, TIERS, Patterns
from codeaug.settings.record import SECTIONS, VARIABLE, Tables
from codeaug.settings.values import (
    FIELDS,
    KINDS,
    PROFILES,
    SCHEMA_VERSION,
    section_of,
    written,
)

_HERE = Path(__file__).parent
SCHEMAS = {False: _HERE / "codeaug.schema.json", True: _HERE / "codeaug-own.schema.json"}
"""Where they are shipped: of a repository's file, and of the user's own."""

_TEXTS = {"type": "array", "items": {"type": "string"}}
_TEXT = {"type": "string", "maxLength": LONGEST}
_EXAMPLE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["before"],
    "properties": {key: _TEXT for key in ("before", "after", "declined", "why")},
    "oneOf": [{"required": ["after"]}, {"required": ["declined"]}],
}
_PATTERN = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "language", "before", "after"],
    "properties": {
        "name": {"type": "string", "pattern": f"^{NAME}$"},
        "language": {"enum": list(LANGUAGES)},
        "title": _TEXT | {"description": "what becomes of the code, in a line"},
        "before": _TEXT | {"description": "a pattern as ast-grep writes it: $X, $$$ARGS"},
        "after": _TEXT | {"description": "what it becomes, with the same metavariables"},
        "where": {
            "type": "object",
            "description": "predicates that what a metavariable stands for must meet",
            "additionalProperties": {"type": "array", "items": {"enum": list(PREDICATES)}},
        },
        "tier": {"enum": list(TIERS), "default": "B"},
        "both_ways": {"type": "boolean", "default": False},
        "examples": {"type": "array", "items": _EXAMPLE},
    },
}
_TYPES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer", "minimum": 0},
    float: {"type": "number", "minimum": 0},
    bool: {"type": "boolean"},
    tuple[str, ...]: _TEXTS,
    Patterns: {"type": "array", "maxItems": MOST, "items": _PATTERN},
    Tables: {
        "type": "object",
        "additionalProperties": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": ["string", "boolean", "number"]}, _TEXTS]},
        },
    },
}


def json_schema(own: bool = False) -> dict[str, Any]:
    """Of a repository's file, or of the user's `own`, which may also say where source goes."""
    settings = _properties("", own)
    for section in SECTIONS:
        settings[section] = {
            "type": "object",
            "description": f"settings of the table [{section}]",
            "additionalProperties": False,
            "properties": _properties(section, own),
        }
    profile = {
        "type": "object",
        "description": "settings that hold when this profile is chosen: --profile NAME",
        "additionalProperties": False,
        "properties": settings,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "codeaug.toml, your own" if own else "codeaug.toml",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION, "description": "version of this format"},
            **settings,
            PROFILES: {
                "type": "object",
                "description": "one table a profile, [profile.NAME]",
                "additionalProperties": profile,
            },
        },
    }


def _properties(section: str, own: bool) -> dict[str, Any]:
    """Of one table, by how its settings are written."""
    return {
        written(name): _property(name, own)
        for name in FIELDS
        if section_of(name) == section and (own or name not in USER_ONLY)
    }


def _property(name: str, own: bool) -> dict[str, Any]:
    field, kind = FIELDS[name], KINDS[name]
    limits = field.metadata
    made = _TYPES[kind] | {"description": limits["help"]}
    if "least" in limits:
        made["minimum"] = limits["least"]
    if "most" in limits:
        made["maximum"] = limits["most"]
    if limits.get("variable"):
        made["pattern"] = f"^{VARIABLE}$"
    if choices := limits.get("choices"):
        allowed: dict[str, Any] = {"enum": list(choices)}
        made |= {"items": {"type": "string"} | allowed} if kind == tuple[str, ...] else allowed
    if not own and name in NO_MODEL:
        made["enum"] = [NO_MODEL[name]]
    if not own and name == "never_send":
        made["items"] = {"type": "string", "pattern": "^(?!!)"}
    if kind in (str, int, float, bool) and name != "jobs" and (own or name not in NO_MODEL):
        made["default"] = field.default
    return made
