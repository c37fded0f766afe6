"""Texts that a model will be measured by, from local files: nothing like them may be trained on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from codeaug.errors import UsageError
from codeaug.languages import LANGUAGES, find_units, language_of
from codeaug.model import Unit

_SHORTEST = 40  # characters: shorter ones are names and numbers
_MOST_FIELDS = 6  # of a record, of which pairs are joined: a prompt and its solution

Text = tuple[str, str]
"""Language and code."""


def texts(paths: tuple[str, ...]) -> Iterator[Text]:
    """What is in source files, and in the longer strings of JSON and JSON lines, each by itself and
    joined to another of its record: the functions in it, and the whole. Raises UsageError."""
    seen: set[Text] = set()
    for name in paths:
        for text in _of_file(name):
            if text not in seen:
                seen.add(text)
                yield text


def _of_file(name: str) -> Iterator[Text]:
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unusable(f"cannot read {name} ({error.strerror})") from error
    if language := language_of(path.name):
        yield from _functions(language, data.decode("utf-8", "replace"))
        return
    whole = [data.decode("utf-8", "replace")]
    for text in _of_json(name, data) if path.suffix in (".json", ".jsonl") else whole:
        for language in LANGUAGES:
            yield language, text
            yield from _functions(language, text)


def _functions(language: str, text: str) -> Iterator[Text]:
    source = text.encode("utf-8", "replace")
    found = find_units(language, source, f"benchmark.{language}", "")
    yield from ((language, unit.code) for unit in found if isinstance(unit, Unit))


def _of_json(name: str, data: bytes) -> Iterator[str]:
    documents = data.split(b"\n") if name.endswith(".jsonl") else [data]
    for number, document in enumerate(documents, start=1):
        if document.strip():
            try:
                yield from _strings(json.loads(document))
            except ValueError as error:
                raise _unusable(f"{name}, line {number}, is no JSON") from error


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) >= _SHORTEST:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
        own = [item for item in value.values() if isinstance(item, str) and "\n" in item]
        yield from ("".join(pair) for pair in permutations(own[:_MOST_FIELDS], 2))


def _unusable(why: str) -> UsageError:
    return UsageError(f"dataset.benchmarks: {why}.")
