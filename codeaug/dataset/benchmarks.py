"""Texts that a model will be measured by, from local files: nothing like them may be trained on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from codeaug.errors import UsageError
from codeaug.languages import find_units, language_of
from codeaug.model import Unit

_SHORTEST = 40  # characters: shorter ones are names and numbers


def texts(paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Language ("" where it is not known) and text: the functions of source files, all longer
    strings of JSON and JSON lines, other files whole. Raises UsageError."""
    for name in paths:
        path = Path(name)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageError(
                f"dataset.benchmarks: cannot read {name} ({error.strerror})."
            ) from error
        if language := language_of(path.name):
            found = find_units(language, data, path.name, "")
            yield from ((language, unit.code) for unit in found if isinstance(unit, Unit))
        elif path.suffix in (".json", ".jsonl"):
            yield from (("", text) for text in _of_json(name, data))
        else:
            yield "", data.decode("utf-8", "replace")


def _of_json(name: str, data: bytes) -> Iterator[str]:
    documents = data.split(b"\n") if name.endswith(".jsonl") else [data]
    for number, document in enumerate(documents, start=1):
        if document.strip():
            try:
                yield from _strings(json.loads(document))
            except ValueError as error:
                raise UsageError(
                    f"dataset.benchmarks: {name}, line {number}, is no JSON."
                ) from error


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) >= _SHORTEST:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
