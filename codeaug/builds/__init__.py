"""How a project compiles and tests.

A build is one module with one value `BUILD`, listed in `OURS` in the order in which builds are
tried. Its functions run nothing: they describe commands, and read the reports those leave behind.
Third parties add one through the entry-point group `codeaug.builds`.

Inside the sandbox a command sees:

    /repo   a private, writable copy of the tree (after `build` and `instrument` have run in it)
    /deps   fetched dependencies: writable with `network=True`, read-only otherwise
    /host   `codeaug/runners/hosts`, our own helper programs, read-only
    /tmp    private and empty

A helper program of ours reports over the channel whose file descriptor is `$CODEAUG_REPORT`: one
line each, `<nonce> <json>`; the nonce is the first line of its standard input, which it reads and
closes before any code of the project runs. Lines without the nonce never arrive in
`Outcome.report`.

The order, which `codeaug.oracles` and `codeaug.checks` keep:

    fetch       once, with the network: dependencies into /deps
    build       offline, the unchanged project                     kept in the tree
    test        offline, the whole suite, the user's own way       in a throw-away copy
    instrument  offline, whatever coverage needs                   kept in the tree
    measure     the suite again, with per-test coverage            in a throw-away copy
    compile     after one file was changed: its diagnostics        in a variant's copy
    rerun       some tests by id, and the changed file's lines     in the same variant's copy

Test ids are the same text in `test`, `measure` and `rerun`.

`resident` is a program that stays and does `compile` and `rerun` for many texts of a file, without
starting anything anew; None where a build has none. It reads the nonce line, then one JSON object a
line from standard input, and answers over the report channel. The last line of each answer is an
object with the key `done`. It leaves /repo as it is (its own files lie below /tmp), and nothing of
one text is left when the next one runs: no process, thread, file, variable, setting.

    {"do": "load", "path": P, "texts": [{"text": T, "name": N, "parameters": Q, "span": [a, b],
        "body": [a, b], "lines": [first, last], "first": F}, ...]}
            these are the texts from now on (others are forgotten), each the whole file P; the
            first is the unchanged one. `span`, `body` (bytes) and `lines` say where the unit is.
            Where `Build.together` says so there may be several units, one after another, each
            with its own unchanged text before its others, of all of which F is the number.
            With `"alike": true` they are meant to do the same, so that proofs of all will be asked
    {"do": "compile", "number": I, "words": W}
            answers as the command of `compile` reports, about text I; without W, what the compiler
            says may be left out
    {"do": "rerun", "number": I, "tests": [...], "seconds": S}
            runs these tests in this order on text I until the first that does not pass, and
            answers as the command of `rerun` reports; tests that would take longer than S seconds
            in all are stopped, and `done` has `"limit": "wall time"`

    {"do": "prove", "number": I}
            one line, {"proved": bool, "method": M, "detail": D}: whether the unit of text I was
            proved to mean what the unchanged one means. Runs neither. Proved or not, never a guess
    {"do": "compare", "number": I, "tests": [...], "seconds": S}
            one line, {"inputs": N, "difference": D, "witness": W, "problem": P, "executed": R,
            "executable": R}: both units on the arguments that these tests pass to the unchanged
            unit, on values grown from them, on boundaries and on constants of both bodies; the
            lines, as for `rerun`, are those of the text on these inputs, and may be left out; see
            `codeaug.model.Comparison`
    {"do": "explore", "number": I, "tests": [...], "seconds": S}
            one line, {"difference": D, "witness": W, "problem": P, "paths": N, "exhausted": bool,
            "suspects": N}: see `codeaug.model.Exploration`. Asked of Python alone, and only where
            /packages holds CrossHair

Where it cannot be right, `done` has `"cold": "why"`, and the text is judged by the cold steps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from codeaug.model import (
    Baseline,
    Command,
    Coverage,
    Diagnostics,
    Outcome,
    Project,
    Rerun,
    TestReport,
)

Result = TypeVar("Result")

OURS = ("custom", "maven", "cmake", "make", "pytest")


class Tree(Protocol):
    """The files of a repository at a commit, as detection sees them."""

    @property
    def paths(self) -> Sequence[str]: ...

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises KeyError for a path that is not in the tree."""


class Harvest(Protocol):
    """Files that commands left under /repo, read from outside without following links."""

    def find(self, pattern: str) -> Sequence[str]:
        """Regular files matching a `pathlib` glob below /repo, as relative paths, sorted."""

    def read(self, path: str) -> bytes:
        """A regular file's bytes, up to a size cap. Raises FileNotFoundError."""


@dataclass(frozen=True, slots=True)
class Step(Generic[Result]):
    """Commands to run in order (stopping at the first that fails) and how to read what they did.

    `read` is called however they ended, with the outcomes of those that ran.
    """

    commands: tuple[Command, ...]
    read: Callable[[Sequence[Outcome], Harvest], Result]


@dataclass(frozen=True, slots=True)
class Tool:
    """A program that a build needs: the name to look for and the package that brings it."""

    program: str
    hint: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """The suite once more under coverage: outcomes (for stability) and who executes what."""

    report: TestReport
    coverage: Coverage


@dataclass(frozen=True, slots=True)
class Build:
    """One build system. `detect` takes the tree and the user's `[build.<name>]` options, and
    returns a Project for each root it finds in the tree. `together` says whether the resident
    program gains from the texts of several units at once."""

    name: str
    languages: tuple[str, ...]
    detect: Callable[[Tree, Mapping[str, str]], Sequence[Project]]
    tools: Callable[[Project], Sequence[Tool]]
    fetch: Callable[[Project], Sequence[Command]]
    build: Callable[[Project], Sequence[Command]]
    test: Callable[[Project], Step[TestReport]]
    instrument: Callable[[Project], Sequence[Command]]
    measure: Callable[[Project], Step[Measurement]]
    compile: Callable[[Project, str], Step[Diagnostics]]
    rerun: Callable[[Project, str, Sequence[str]], Step[Rerun]]
    resident: Callable[[Project], Command | None] = lambda project: None
    together: Callable[[Project], bool] = lambda project: False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A project whose unchanged form is built in `tree`; `deps` holds what it fetched."""

    project: Project
    build: Build
    tree: Path
    deps: Path
    baseline: Baseline


def load() -> tuple[Build, ...]:
    """All builds, ours in the order in which they are tried, then those of installed packages."""
    modules = (import_module(f"codeaug.builds.{name}") for name in OURS)
    others = (point.load() for point in entry_points(group="codeaug.builds"))
    return (*(module.BUILD for module in modules), *others)
