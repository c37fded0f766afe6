"""Files that others wrote, read with a word on where they are wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from codeaug.errors import UsageError

LARGEST = 1 << 29
"""Bytes of a file that is read at once."""
LONGEST_LINE = 1 << 26

Model = TypeVar("Model", bound=BaseModel)


def items(path: Path) -> Iterator[tuple[int, Any]]:
    """The items of a JSON list, numbered from 1. Raises UsageError."""
    if path.stat().st_size > LARGEST:
        raise UsageError(f"{path} has more than {LARGEST >> 20} MiB: bring it in parts")
    document = parsed(path.read_bytes(), str(path))
    if not isinstance(document, list):
        raise UsageError(f"{path} is no JSON list")
    yield from enumerate(document, 1)


def lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The documents of a file of JSON lines, numbered from 1, one at a time; empty lines are left
    out. Raises UsageError."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                raise UsageError(f"line {number} has more than {LONGEST_LINE >> 20} MiB")
            if line.strip():
                yield number, parsed(line, f"line {number}")


def parsed(data: bytes, place: str) -> Any:
    """The JSON that stands there. Raises UsageError."""
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{place} is not UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{place} is not JSON: {error}") from error


def read_as(model: type[Model], value: Any, place: str) -> Model:
    """What stands there, of this form. Raises UsageError."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{place}: {f'{where}: ' if where else ''}{first['msg']}") from error
