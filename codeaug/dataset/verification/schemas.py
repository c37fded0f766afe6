"""Whether rows obey their format's JSON Schema: each kind of row is looked at once.

Our schemas say which fields there are and which words some of them hold, nothing about other texts:
so rows that differ only in these are alike. A schema of another kind is asked about every row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

_ABOUT_FORM = frozenset(
    {"type", "properties", "required", "additionalProperties", "const"}
    | {"prefixItems", "items", "minItems", "maxItems"}
)


class Schema:
    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._validator = Draft202012Validator(schema)
        self._words: set[str] = set()
        self._by_form = _walk(schema, self._words)
        self._right: set[Any] = set()

    def problem(self, row: dict[str, Any]) -> str:
        """Where the row breaks the schema; "" when it does not."""
        form = _form(row, self._words) if self._by_form else None
        if form is not None and form in self._right:
            return ""
        for error in self._validator.iter_errors(row):
            message = error.message
            shown = message if len(message) <= 120 else f"{message[:60]}… …{message[-60:]}"
            return f"{error.json_path}: {shown}"
        if form is not None and len(self._right) < 1000:
            self._right.add(form)
        return ""


def _walk(schema: Any, words: set[str]) -> bool:
    """Whether a schema is about form only; collects the words that it wants."""
    if isinstance(schema, bool):
        return True
    if not isinstance(schema, Mapping) or not schema.keys() <= _ABOUT_FORM:
        return False
    if isinstance(schema.get("const"), str):
        words.add(schema["const"])
    inner = [*schema.get("properties", {}).values(), *schema.get("prefixItems", ())]
    inner += [schema[name] for name in ("items", "additionalProperties") if name in schema]
    return all([_walk(one, words) for one in inner])


def _form(value: Any, words: set[str]) -> Any:
    if isinstance(value, str):
        return value if value in words else str
    if isinstance(value, dict):
        return tuple((name, _form(inner, words)) for name, inner in value.items())
    if isinstance(value, list):
        return ("list", *(_form(one, words) for one in value))
    return (type(value), value)
