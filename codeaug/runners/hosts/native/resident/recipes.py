"""How a project compiles, archives and links: the commands that its own build ran."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..proof.lines import START

_COMPILER = re.compile(r"(?:.*/)?(?:[\w.]+-)*(?:c\+\+|g\+\+|clang\+\+|gcc|cc|clang)(?:-[\d.]+)?")
_ARCHIVER = re.compile(r"(?:.*/)?(?:[\w.]+-)*ar(?:-[\d.]+)?")
_SOURCE = re.compile(r".*\.(?:c|cc|cpp|cxx|c\+\+|C|CPP|cp|ii|i|s|S)")
_NO_OBJECT = frozenset({"-E", "-S", "-M", "-MM", "-fsyntax-only", "-r", "--version", "-v", "-V"})


@dataclass(frozen=True)
class Recipe:
    """One command: `kind` is compile, archive or link. `args` has no launcher before the program.

    `output` is absolute. A link may have `sources` too, which it compiles.
    """

    kind: str
    args: tuple[str, ...]
    folder: str
    output: str
    sources: tuple[str, ...] = ()

    def path(self, word: str) -> str:
        """A word of the command as the file that it names."""
        return os.path.realpath(os.path.join(self.folder, word))


def read_recipes(build: Path, noted: Path, flags: Sequence[str]) -> list[Recipe]:
    """The commands of the CMake build directory `build`, or those that our compilers noted.

    Ours add `flags`. Where one file was made several times, the last time counts.
    """
    found = _of_cmake(build) if (build / "CMakeCache.txt").is_file() else _noted(noted, flags)
    recipes: dict[str, Recipe] = {}
    for recipe in found:
        before = recipes.pop(recipe.output, None)
        if before and recipe.kind == before.kind == "archive":
            more = tuple(word for word in recipe.args[3:] if word not in before.args)
            recipe = replace(before, args=(*before.args, *more))
        recipes[recipe.output] = recipe
    return list(recipes.values())


def _of_cmake(build: Path) -> Iterator[Recipe]:
    listed = build / "compile_commands.json"
    for entry in json.loads(listed.read_text()) if listed.is_file() else ():
        yield from _recipes(shlex.split(entry["command"]), entry["directory"])
    for script in sorted(build.rglob("CMakeFiles/*.dir/link.txt")):
        folder = str(script.parent.parent.parent)
        for line in script.read_text().splitlines():
            yield from _recipes(shlex.split(line), folder)


def _noted(notes: Path, flags: Sequence[str]) -> Iterator[Recipe]:
    files = notes.iterdir() if notes.is_dir() else ()
    for file in sorted(files, key=lambda file: file.stat().st_mtime_ns):
        for words in file.read_text(errors="surrogateescape").split(START + "\0")[1:]:
            folder, *args = words.split("\0")[:-1]
            compiler = bool(args) and bool(_COMPILER.fullmatch(args[0]))
            yield from _recipes([*args, *flags] if compiler else args, folder)


def _recipes(args: Sequence[str], folder: str) -> Iterator[Recipe]:
    args = list(_expanded(args, folder))
    while args and not _COMPILER.fullmatch(args[0]) and not _ARCHIVER.fullmatch(args[0]):
        args = args[1:]  # ccache and others stand before the program
    if not args or not _NO_OBJECT.isdisjoint(args):
        return
    if _ARCHIVER.fullmatch(args[0]):
        if len(args) > 3 and not args[1].startswith("--") and re.search("[qr]", args[1]):
            yield Recipe("archive", tuple(args), folder, _absolute(folder, args[2]))
        return
    words = list(_inputs(args))
    sources = tuple(word for word in words if _SOURCE.fullmatch(word))
    output = _output(args)
    if "-c" in args and len(sources) == 1:
        stem = os.path.basename(sources[0]).rpartition(".")[0]
        target = _absolute(folder, output or f"{stem}.o")
        yield Recipe("compile", tuple(args), folder, target, sources)
    elif "-c" not in args and words:
        yield Recipe("link", tuple(args), folder, _absolute(folder, output or "a.out"), sources)


def _expanded(args: Sequence[str], folder: str) -> Iterator[str]:
    """The words, with those of response files."""
    for word in args:
        file = os.path.join(folder, word[1:])
        if word.startswith("@") and os.path.isfile(file):
            with open(file) as stream:
                yield from shlex.split(stream.read())
        else:
            yield word


_WITH_VALUE = """
-o -MF -MT -MQ -I -isystem -iquote -idirafter -include -imacros -D -U -L -x -Xlinker -T -z -u
-rpath -dumpbase -dumpdir -aux-info --param -Xpreprocessor -Xassembler
"""
VALUED = frozenset(_WITH_VALUE.split())


def _inputs(args: Iterable[str]) -> Iterator[str]:
    words = iter(args)
    next(words)
    for word in words:
        if word in VALUED:
            next(words, "")
        elif not word.startswith("-"):
            yield word


def _output(args: Sequence[str]) -> str:
    for at, word in enumerate(args):
        if word == "-o" and at + 1 < len(args):
            return args[at + 1]
        if word.startswith("-o") and word != "-o":
            return word[2:]
    return ""


def _absolute(folder: str, path: str) -> str:
    return os.path.realpath(os.path.join(folder, path))
