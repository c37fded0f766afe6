"""Whether a document says what manifest and lineage say, and if not, where, a sentence each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from codeaug.bundled import bundled
from codeaug.errors import UsageError
from codeaug.provenance.dossier import Dossier

if TYPE_CHECKING:
    from jinja2 import Environment

MOST = 50
"""Problems told of one document: who edits every line need not read about each."""

_SHOWN = 80
_MUCH = 1 << 20
"""Bytes that a text may be too long before it is no longer told where."""


class Document(Protocol):
    """A module of this package that writes and checks one document."""

    NAME: str

    def write(self, dossier: Dossier, file: BinaryIO) -> None: ...

    def check(self, dossier: Dossier, path: Path) -> Iterator[str]: ...


def guarded(name: str, dossier: Dossier, problems: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The problems; a sentence where manifest or lineage lack what the document is made of."""
    told = 0
    try:
        for problem in problems():
            told += 1
            if told > MOST:
                yield f"{name}: there is more, which is not told"
                break
            yield f"{name}: {problem}"
        if told and dossier.version != version("codeaug"):
            yield (
                f"{name}: it was written by codeaug {dossier.version}, whose words may differ from "
                f"those of {version('codeaug')}: check it with that version"
            )
    except UsageError as error:
        yield f"{name}: cannot be compared: {error}"
    except OSError as error:
        yield f"{name}: cannot be read ({error.strerror})"
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        what = f"{type(error).__name__}: {error}"
        yield f"{name}: cannot be compared, as manifest or lineage are not whole ({what})"


# --- JSON -----------------------------------------------------------------------------------------


def encoded(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def json_problems(path: Path, expected: Any, schema: str = "") -> Iterator[str]:
    """First where our schema of the document is violated, then every difference."""
    data = path.read_bytes()
    try:
        found = json.loads(data)
    except ValueError:
        yield "it is no JSON"
        return
    if schema:
        yield from violations(found, schema)
    told = False
    for problem in differences(found, expected):
        told = True
        yield problem
    if not told and data != encoded(expected):
        yield "other bytes than codeaug writes for the same (order, layout, a key twice)"


def violations(found: Any, schema: str) -> Iterator[str]:
    """Where a value breaks one of our schemas; these are stricter than the standards' own."""
    from jsonschema import Draft202012Validator, FormatChecker

    text = bundled_schema(schema)
    validator = Draft202012Validator(json.loads(text), format_checker=FormatChecker())
    for error in sorted(validator.iter_errors(found), key=lambda e: (e.json_path, e.message)):
        yield f"{error.json_path}: schema violated: {_short(error.message)}"


def bundled_schema(name: str) -> str:
    return (Path(__file__).parent / "schemas" / f"{name}.schema.json").read_text("utf-8")


def differences(found: Any, expected: Any, where: str = "") -> Iterator[str]:
    """Each place where a value differs from what it should be."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in expected:
            inside = f"{where}.{name}" if where else str(name)
            if name not in found:
                yield f"{inside} is missing"
            else:
                yield from differences(found[name], expected[name], inside)
        yield from (f"{where}.{n}: it should not have this" for n in found if n not in expected)
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield f"{where} has {len(found)} entries, manifest and lineage give {len(expected)}"
        for number, (one, other) in enumerate(zip(found, expected, strict=False)):
            yield from differences(one, other, f"{where}[{number}]")
    elif type(found) is not type(expected) or found != expected:
        yield (
            f"{where or 'the document'} is {_short(json.dumps(found, ensure_ascii=False))}, "
            f"manifest and lineage give {_short(json.dumps(expected, ensure_ascii=False))}"
        )


# --- text -----------------------------------------------------------------------------------------


def text_problems(path: Path, expected: str) -> Iterator[str]:
    """Each line that differs."""
    from difflib import SequenceMatcher

    found = path.read_bytes()
    if found == expected.encode():
        return
    if len(found) > len(expected.encode()) + _MUCH:
        yield f"it is {len(found)} bytes long, not {len(expected.encode())}"
        return
    try:
        lines = found.decode().split("\n")
    except UnicodeDecodeError:
        yield "it is no UTF-8"
        return
    wanted = expected.split("\n")
    for kind, start, end, first, last in SequenceMatcher(
        None, lines, wanted, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            yield (
                f"line {start + 1} says {_quoted(lines[start:end])}, "
                f"manifest and lineage give {_quoted(wanted[first:last])}"
            )


def rendered(template: str, **values: Any) -> str:
    """A page from `templates/dataset/`. Raises KeyError where a value is missing."""
    from jinja2 import UndefinedError

    try:
        return _environment().get_template(template).render(values)
    except UndefinedError as error:
        raise KeyError(error.message) from error


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(bundled("templates", "dataset")),
        undefined=StrictUndefined,
        autoescape=False,  # Markdown, not HTML: `cell` escapes
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(cell=cell, term=term, number=number, yaml=json.dumps)
    return environment


def cell(text: Any) -> str:
    """Text that stays one cell of a table and one piece of plain text."""
    printed = "".join(sign if sign.isprintable() else " " for sign in str(text))
    flat = " ".join(printed.split())
    for sign in "\\|<>`*_[]#":
        flat = flat.replace(sign, f"\\{sign}")
    return flat


def term(name: str) -> str:
    """A name as code, where it is one."""
    return f"`{name}`" if name.isidentifier() else cell(name)


def number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _quoted(lines: list[str]) -> str:
    return _short(json.dumps(" / ".join(lines), ensure_ascii=False)) if lines else "nothing"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN * 2 else f"{text[:_SHOWN]}… …{text[-_SHOWN:]}"
