"""ruff's formatter (docs.astral.sh/ruff/formatter), by ruff's settings or `[tool.black]`.

It lays code out as black does. Its settings go to it as arguments, none but those that are known
here; it reads no file.
"""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from codeaug.command import run_bytes
from codeaug.formatters.style import Style, Unformatted, indentation, line_length, number

NAMES = (".ruff.toml", "ruff.toml", "pyproject.toml")
SECONDS = 10.0
_WIDTH = 88  # of lines, where ruff or black are used and nothing is said
_VERSION = re.compile(r"py3\d{1,2}")
_LEAST = re.compile(r"(?:>=|~=|==)\s*3\.(\d{1,2})\b")
_CHOICES = {
    "quote-style": ("single", "double", "preserve"),
    "indent-style": ("space", "tab"),
    "line-ending": ("auto", "lf", "cr-lf", "native"),
}
_SWITCHES = ("skip-magic-trailing-comma", "preview")


@lru_cache(maxsize=64)
def style(name: str, text: str) -> Style:
    """What a file of this name says about Python code."""
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return Style()
    if name != "pyproject.toml":
        return _of_ruff(document, document)
    tools = _table(document, "tool")
    if "black" in tools and "format" not in _table(tools, "ruff"):
        return _of_black(_table(tools, "black"), document)
    return _of_ruff(_table(tools, "ruff"), document) if "ruff" in tools else Style()


def _of_ruff(said: Mapping[str, Any], document: Mapping[str, Any]) -> Style:
    limit, width = line_length(said.get("line-length")), number(said.get("indent-width"), 1, 16)
    if "extend" in said:
        return Style(limit, unusable="ruff: its settings extend those of another file")
    own = _table(said, "format")
    options = [f"line-length={limit or _WIDTH}", f"indent-width={width or 4}"]
    for key, choices in _CHOICES.items():
        if own.get(key) in choices:
            options.append(f'format.{key}="{own[key]}"')
    switches = {"preview": said.get("preview")} | dict(own)
    options += [f"format.{key}=true" for key in _SWITCHES if switches.get(key) is True]
    options += _target([said.get("target-version")], document)
    kind = own.get("indent-style", "space")
    return Style(limit or _WIDTH, indentation(kind, width or 4), "ruff", tuple(options))


def _of_black(said: Mapping[str, Any], document: Mapping[str, Any]) -> Style:
    """Black's settings in ruff's words."""
    limit = line_length(said.get("line-length")) or _WIDTH
    options = [f"line-length={limit}"]
    if said.get("skip-string-normalization") is True:
        options.append('format.quote-style="preserve"')
    if said.get("skip-magic-trailing-comma") is True:
        options.append("format.skip-magic-trailing-comma=true")
    versions = said.get("target-version")
    options += _target(versions if isinstance(versions, list) else [versions], document)
    return Style(limit, "    ", "ruff", tuple(options))


def _target(said: Sequence[object], document: Mapping[str, Any]) -> Iterator[str]:
    """The oldest version of Python that the code is for."""
    known = [int(one[3:]) for one in said if isinstance(one, str) and _VERSION.fullmatch(one)]
    if not known:
        asked = _table(document, "project").get("requires-python")
        known = [int(one) for one in _LEAST.findall(asked)] if isinstance(asked, str) else []
    if known:
        yield f'target-version="py3{max(7, min(known))}"'


def _table(document: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = document.get(key)
    return found if isinstance(found, dict) else {}


def program() -> str:
    """Where it is. Raises Unformatted."""
    if importlib.util.find_spec("ruff") is None:
        raise Unformatted("ruff is not installed: pip install ruff")
    import ruff

    try:
        return str(ruff.find_ruff_bin())
    except FileNotFoundError as error:
        raise Unformatted(f"ruff's program is not there: {error}") from error


def formatted(source: bytes, lines: Sequence[range], options: Sequence[str]) -> bytes:
    """The file with the lines from the first of these to the last laid out. Raises Unformatted."""
    place = f"{min(line.start for line in lines)}-{max(line.stop for line in lines)}"
    settings = [part for option in options for part in ("--config", option)]
    args = [program(), "format", "--isolated", "--no-cache", "--quiet", *settings]
    args += ["--range", place, "--stdin-filename", "x.py", "-"]
    outcome, text = run_bytes(args, cwd="/", env={}, seconds=SECONDS, stdin=source)
    if outcome.exit_code != 0 or outcome.timed_out or outcome.limit:
        why = next(iter(outcome.err.splitlines()), "no answer")
        raise Unformatted(f"ruff: {why}")
    return text
