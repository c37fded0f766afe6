"""The verb `prove`: variants of functions of one file, each proved or unknown with the reason."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .asked import Asked, Function, Key
from .dialects import Tool, find_tool
from .known import Known, learned
from .lines import Line, lines_of
from .placing import Placing
from .prover import restore
from .tokens import tokens


@dataclass(frozen=True)
class Answer:
    """`proved`: how, with which compiler and levels; "" for unknown, and `detail` says why."""

    proved: str
    detail: str = ""


@dataclass
class Proof:
    """All answers, and what they cost: compilations, and seconds spent in them."""

    answers: dict[Key, Answer]
    compilations: int = 0
    seconds: float = 0.0


@dataclass
class File:
    """A file whose unchanged text is `original`, in every way that the project compiles it.

    Our own files go into `folder`. `others` are compilers to ask besides the project's own; one
    that proves is enough. What is known of the file stays known.
    """

    place: Placing
    original: str
    lines: Sequence[Line]
    folder: Path
    others: Sequence[str] = ("g++", "clang++")
    _known: dict[Line, Known] = field(default_factory=dict)

    def proof(self, functions: Sequence[Function]) -> Proof:
        """An answer for each variant of each function."""
        keys = [(n, k) for n, function in enumerate(functions) for k in range(len(function.codes))]
        reason = "" if self.lines else "no compile line of the project has this file"
        proof = Proof({key: Answer("", reason) for key in keys if reason})
        codes = (code for function in functions for code in function.codes)
        names = {token.text for code in codes for token in tokens(code) if token.kind == "name"}
        done: list[Known] = []
        # position independent code first: there the compiler knows less of other functions
        for line in sorted(self.lines, key=lambda line: not {"-fPIC", "-fpic"} & set(line.flags)):
            tools = tools_of(line, self.others)
            if not tools:
                return Proof({key: Answer("", "no GCC is here") for key in keys})
            known = self._learned(line, tools[0])
            if not any(known.is_of(other, names) for other in done):
                asked = Asked(known, self.place, functions, self.folder)
                asked.answer(tools)
                merge(proof, asked, keys)
                done.append(known)
            if not any(answer.proved for answer in proof.answers.values()):
                break
        return proof

    def _learned(self, line: Line, tool: Tool) -> Known:
        if line not in self._known:
            self._known[line] = learned(self.original, line, self.place, tool, self.folder)
        return self._known[line]


def prove(
    path: str,
    original: str,
    functions: Sequence[Function],
    lines: Sequence[Line],
    others: Sequence[str] = ("g++", "clang++"),
) -> Proof:
    """An answer for each variant of each function of the file `path`, whose text was `original`.

    The file in the tree is changed meanwhile, and put back.
    """
    with open(path, "rb") as file:
        held, status = file.read(), os.stat(path)
    folder = Path(tempfile.mkdtemp())
    try:
        used = lines_of(lines, path)
        return File(Placing(path), original, used, folder, others).proof(functions)
    finally:
        restore(path, held, (status.st_atime_ns, status.st_mtime_ns))
        shutil.rmtree(folder)


def tools_of(line: Line, others: Sequence[str]) -> list[Tool]:
    """The compilers, a GCC first: it shows the order of evaluation. None without a GCC."""
    paths = dict.fromkeys([line.compiler, *others])
    found = {tool.version: tool for path in reversed(paths) if (tool := find_tool(path))}
    tools = sorted(reversed(found.values()), key=lambda tool: not tool.gcc)
    return tools if tools and tools[0].gcc else []


def merge(proof: Proof, asked: Asked, keys: Sequence[Key]) -> None:
    """A variant is proved when it is in every way that the project compiles the file."""
    proof.compilations += sum(compiler.compilations for compiler in asked.compilers)
    proof.seconds += sum(compiler.seconds for compiler in asked.compilers)
    for key in keys:
        reason = asked.why.get(key) or asked.differs.get(key, "")
        here = Answer(asked.proved.get(key, ""), "" if key in asked.proved else reason)
        if key not in proof.answers or (proof.answers[key].proved and not here.proved):
            proof.answers[key] = here


def described(job: Mapping[str, object]) -> list[Function]:
    """The functions of a job, as JSON has them."""
    units = job["units"]
    assert isinstance(units, list)
    return [Function(u["start"], u["end"], u["body"], tuple(u["codes"])) for u in units]
