"""Assembly text of a whole unit of compilation, normalised: equal text is equal machine code."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

_QUOTED = re.compile(r"\s*\.(?:string|ascii|asciz|string8)\b")
_SILENT = re.compile(r"\s*(?:\.(?:file|ident|loc|addrsig)\b|#)|\s*\.section\s+\.note|\s*$")
# .L… never leave the assembler; gcc numbers names of its own (CSWTCH.12, C.0.3) by declarations
_LOCAL = re.compile(
    r"\.L[\w.$]+|\b(?P<base>CSWTCH|C\.\d+|\w+\.part|_ZL\w+|lock)\.(?P<number>\d+)\b"
)
_SYMBOL = re.compile(r"\s*\.type\s+(?P<name>[^,\s]+),\s*[@%](?P<kind>function|object|gnu_\w+)")
_CONSTANT = re.compile(
    r"^(?P<name>\.LC\d+):\n(?P<body>(?:[ \t]+\.(?!section|text|align|set)\w+.*\n)+)", re.M
)
_CONSTANT_USE = re.compile(r"\.LC\d+")
_SECTION = re.compile(r"\t\.(?:section|text|data|bss|hidden|weak|globl)\b")
_DEBUG_LABEL = re.compile(r"\.L(?:BB|BE|VL|text|etext)\d+:")
_BETWEEN = re.compile(
    r"\s*\.(?:section|text|data|bss|globl|weak|local|hidden|protected|internal|p2align|align|balign"
    r"|comm|set|pushsection|popsection|size)\b"
)


def normalised(text: str) -> list[str]:
    """The lines that decide what runs; labels are numbered in the order in which they appear.

    Constants without a name stand where they are used, for their order says nothing. Nothing else
    is left out but comments, the file's name and notes to the linker: data, initialisers, exception
    tables, type information and every function that others may take are compared too.
    """
    names: dict[str, str] = {}
    lines = _with_constants(text).splitlines()
    return [_renumbered(line, names) for line in lines if not _SILENT.match(line)]


def _renumbered(line: str, names: dict[str, str]) -> str:
    if _QUOTED.match(line):
        return line.strip()

    def number(found: re.Match[str]) -> str:
        base = found["base"] or ".L"
        return names.setdefault(found[0], f"{base}#{len(names)}")

    return _LOCAL.sub(number, line.partition("#" if "\t# " in line else "\0")[0]).strip()


def without_debug(text: str) -> str:
    """The text without what `-g1` adds to it, but for lines that `normalised` leaves out."""
    kept, debug = [], False
    for line in text.splitlines(keepends=True):
        if _SECTION.match(line):
            debug = line.startswith("\t.section\t.debug_")
        if not debug and not _DEBUG_LABEL.match(line):
            kept.append(line)
    return "".join(kept)


def symbols(text: str) -> dict[str, str]:
    """Each function and object with its own normalised text: where to look for a difference."""
    text = _with_constants(text)
    found: dict[str, list[str]] = {}
    current: list[str] = found.setdefault("", [])
    held: list[str] = []
    between = True  # what stands there belongs to what follows: constants of a function
    for line in text.splitlines():
        symbol = _SYMBOL.match(line)
        if symbol:
            current = found.setdefault(symbol["name"], [])
            current += held
            held, between = [], symbol["kind"] == "object"
        if (between and _BETWEEN.match(line)) or held:
            held.append(line)
        else:
            current.append(line)
        between |= line.strip().startswith(".size")
    return {name: "\n".join(normalised("\n".join(lines))) for name, lines in found.items()}


def _with_constants(text: str) -> str:
    """Each use of a constant without a name is the digest of its content."""
    digests = {
        match["name"]: hashlib.sha256(match["body"].encode("utf-8", "surrogateescape")).hexdigest()
        for match in _CONSTANT.finditer(text)
    }

    def used(line: str) -> str:
        if _QUOTED.match(line):
            return line
        return _CONSTANT_USE.sub(lambda found: digests.get(found[0], found[0]), line)

    return "".join(map(used, _CONSTANT.sub("", text).splitlines(keepends=True)))


def changed_symbols(before: dict[str, str], after: dict[str, str]) -> Iterator[str]:
    """The names whose text is another, or that only one of the two has."""
    for name in before.keys() | after.keys():
        if before.get(name) != after.get(name):
            yield name


def origins(text: str, first: int, step: int) -> dict[str, int]:
    """Which unit each function comes from, by the line table of unoptimised assembly.

    Lines `first` + `step` * n and the next `step` belong to unit n.
    """
    found: dict[str, int] = {}
    current = ""
    for line in text.splitlines():
        symbol = _SYMBOL.match(line)
        if symbol:
            current = symbol["name"]
        place = re.match(r"\s*\.loc\s+\d+\s+(\d+)", line)
        if place and current not in found and int(place[1]) >= first:
            found[current] = (int(place[1]) - first) // step
    return found
