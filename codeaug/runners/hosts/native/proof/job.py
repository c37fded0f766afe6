"""The verb `prove`: variants of functions of one file, each proved or unknown with the reason."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .asked import Asked, Function, Key
from .dialects import Tool, find_tool
from .lines import Line, lines_of
from .placing import Placing
from .prover import restore


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


def prove(
    path: str,
    original: str,
    functions: Sequence[Function],
    lines: Sequence[Line],
    others: Sequence[str] = ("g++", "clang++"),
) -> Proof:
    """An answer for each variant of each function of the file `path`, whose text was `original`.

    The file in the tree is changed meanwhile, and put back. `others` are compilers to ask besides
    the project's own; one that proves is enough.
    """
    keys = [(n, k) for n, function in enumerate(functions) for k in range(len(function.codes))]
    used = lines_of(lines, path)
    if not used:
        reason = "no compile line of the project has this file"
        return Proof({key: Answer("", reason) for key in keys})
    proof = Proof({})
    with open(path, "rb") as file:
        held, status = file.read(), os.stat(path)
    folder = Path(tempfile.mkdtemp())
    try:
        for line in used:
            asked = Asked(Placing(path), original, functions, line, folder)
            tools = tools_of(line, others)
            if tools:
                asked.answer(tools)
            merge(proof, asked, keys)
    finally:
        restore(path, held, (status.st_atime_ns, status.st_mtime_ns))
        shutil.rmtree(folder)
    return proof


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
        reason = asked.why.get(key) or asked.differs.get(key) or "no GCC is here"
        here = Answer(asked.proved.get(key, ""), "" if key in asked.proved else reason)
        if key not in proof.answers or (proof.answers[key].proved and not here.proved):
            proof.answers[key] = here


def described(job: Mapping[str, object]) -> list[Function]:
    """The functions of a job, as JSON has them."""
    units = job["units"]
    assert isinstance(units, list)
    return [Function(u["start"], u["end"], u["body"], tuple(u["codes"])) for u in units]
