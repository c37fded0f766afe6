"""Rows of a split with the bytes that their digests are of, whatever is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from codeaug.errors import UsageError
from codeaug.formats import Container, Format
from codeaug.formats.containers import line, read_rows


@dataclass(frozen=True, slots=True)
class Read:
    """A row. `value` is None where it cannot be read; `surrogate` says that it is no Unicode."""

    file: str
    raw: bytes
    value: dict[str, Any] | None
    problem: str = ""
    surrogate: bool = False


def rows(form: Format, folder: Path, files: Sequence[str]) -> Iterator[Read]:
    """The rows of a split's files, one after the other."""
    for name in files:
        if form.container is Container.JSONL:
            yield from _lines(folder / name, name)
        else:
            yield from _records(form.container, folder / name, name)


def _lines(path: Path, name: str) -> Iterator[Read]:
    with path.open("rb") as file:
        for raw in file:
            if not raw.endswith(b"\n"):
                yield Read(name, raw, None, "its last line has no end")
                return
            yield _line(raw[:-1], name)


def _line(raw: bytes, name: str) -> Read:
    try:
        value = orjson.loads(raw)
    except ValueError:
        return _lenient(raw, name)
    if not isinstance(value, dict):
        return Read(name, raw, None, "no JSON object")
    return Read(name, raw, value)


def _lenient(raw: bytes, name: str) -> Read:
    """JSON with half of a surrogate pair, or no JSON."""
    try:
        value = json.loads(raw.decode("utf-8", "surrogatepass"))
        if isinstance(value, dict):
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return Read(name, raw, value, surrogate=True)
    except (ValueError, RecursionError) as error:
        return Read(name, raw, None, f"no JSON ({error})")
    return Read(name, raw, None, "no JSON of a row")


def _records(container: Container, path: Path, name: str) -> Iterator[Read]:
    try:
        for row in read_rows(container, [path]):
            yield _record(row, name)
    except UsageError as error:
        yield Read(name, b"", None, str(error))


def _record(row: dict[str, Any], name: str) -> Read:
    try:
        return Read(name, line(row), row)
    except (TypeError, ValueError):  # orjson writes no half surrogate
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=str)
        return Read(name, text.encode("utf-8", "surrogatepass"), row, surrogate=True)


def lineage(path: Path) -> Iterator[tuple[int, dict[str, Any] | None]]:
    """The records of a file of the lineage by number; None for a line that is none."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            try:
                record = orjson.loads(raw)
            except ValueError:
                record = None
            right = isinstance(record, dict) and orjson.dumps(record) + b"\n" == raw
            yield number, record if right else None
