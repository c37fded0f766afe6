"""How the project itself compiles a file: its own compile lines, without what they write."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..programs import run

START = "codeaug: a compiler was started"
_SOURCE = re.compile(r"\.(?:cc|cpp|cxx|c\+\+|C|CPP|cp|ii)$")
_HEADER = re.compile(r"\.(?:h|hh|hpp|hxx|h\+\+|H|tcc|inl|ipp|inc)$")
_WITH_VALUE = ("-o", "-MF", "-MT", "-MQ", "-dumpbase", "-dumpdir", "-aux-info")
_DROPPED = re.compile(
    r"-(?:c|S|E|M[DMGP]*|O.?|O(?:fast|g)|g\w*|gz.*|p|pg|pipe|save-temps.*|flto.*|s|ftrapv|fwhole-program"
    r"|-coverage|fprofile.*|ftest-coverage|fsanitize.*|fno-sanitize.*|fdump.*|fdiagnostics.*|ftime.*"
    r"|fcolor-diagnostics|W(?![lap],).*|M[FTQ].+|o.+|Wl,.*|l.*|L.*|fuse-ld.*)"
)
_COMPILER = re.compile(r"(?:.*/)?(?:[\w.]+-)*(?:c\+\+|g\+\+|clang\+\+|gcc|cc|clang)(?:-[\d.]+)?")


@dataclass(frozen=True)
class Line:
    """One way to compile one source file: the flags that shape its code, and where."""

    compiler: str
    flags: tuple[str, ...]
    source: str
    folder: str


def read_lines(place: Path) -> list[Line]:
    """The compile lines of `compile_commands.json`, or of a folder of what our shims noted."""
    if place.is_dir():
        found = [line for file in sorted(place.iterdir()) for line in _noted(file)]
    else:
        entries = json.loads(place.read_text()) if place.is_file() else []
        found = [(e["directory"], e.get("arguments") or shlex.split(e["command"])) for e in entries]
    lines = (line for folder, args in found for line in _lines(folder, args))
    return list(dict.fromkeys(lines))


def _noted(file: Path) -> Iterator[tuple[str, list[str]]]:
    for words in file.read_text(errors="surrogateescape").split(START + "\0")[1:]:
        folder, *args = words.split("\0")[:-1]
        yield folder, args


def _lines(folder: str, args: Sequence[str]) -> Iterator[Line]:
    while args and not _COMPILER.fullmatch(args[0]):
        args = args[1:]  # ccache and others stand before the compiler
    flags: list[str] = []
    sources: list[str] = []
    words = iter(args[1:])
    for word in words:
        if word in _WITH_VALUE:
            next(words, "")
        elif _SOURCE.search(word) and not word.startswith("-"):
            sources.append(os.path.realpath(os.path.join(folder, word)))
        elif word.endswith((".o", ".a", ".so", ".c")) or word == "-x" or _DROPPED.fullmatch(word):
            if word == "-x":
                next(words, "")
        else:
            flags.append(word)
    for source in sources:
        yield Line(args[0], tuple(flags), source, folder)


def lines_of(lines: Sequence[Line], path: str) -> list[Line]:
    """The lines whose unit of compilation holds the file: its own, or one that includes it.

    A source is compiled in every way that the project compiles it; a header within one source, for
    what two of them would make of it may not differ.
    """
    wanted = os.path.realpath(path)
    own = [line for line in lines if line.source == wanted]
    if own or not _HEADER.search(path):
        return own
    return next(([line] for line in lines if wanted in _included(line)), [])


def _included(line: Line) -> set[str]:
    ended = run([line.compiler, *line.flags, "-w", "-M", line.source], line.folder, {"LC_ALL": "C"})
    text = ended.output.decode(errors="replace").replace("\\\n", " ")
    words = text.partition(":")[2].split()
    return {os.path.realpath(os.path.join(line.folder, word)) for word in words}
