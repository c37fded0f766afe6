"""Objects and test programs with another text of one file, in a folder of ours."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from ..programs import Ended, run
from ..rebuild import PLAIN
from ..spare import Compilation, looked_at
from .affected import Plan, Unready, Use
from .recipes import VALUED, Recipe
from .swapping import Swaps

COMPILE_SECONDS = 100.0
_DEPENDENCIES = ("-MD", "-MMD", "-MP", "-MG")
_NOTED = ("-MF", "-MT", "-MQ")


@dataclass(frozen=True)
class Made:
    """What was made. `problem`: "" when all was; `programs`: the project's files -> ours."""

    folder: Path
    problem: str
    log: str
    programs: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Path, ...] = ()


@dataclass
class Maker:
    """Makes what a plan says. `active` is an object that each module of a schema gets.

    `wrapped`: functions before which that object puts its own; `pulled`: those that it asks of the
    libraries, where they have them.
    """

    plan: Plan
    path: str
    swaps: Swaps
    env: Mapping[str, str]
    active: str
    wrapped: tuple[str, ...] = ()
    pulled: tuple[str, ...] = ()
    cores: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))

    def make(
        self, folder: Path, text: bytes, more: Sequence[str] | None = None, *, link: bool = True
    ) -> Made:
        """Everything with `text` in the file's place; `more` are the flags of a schema.

        Raises Unready when what happened cannot be told.
        """
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "text").write_bytes(text)
        places = _places(folder, [*self.plan.compiles, *self.plan.links])
        log, problem = self._objects(folder, places, more)
        if not problem and link:
            told, problem = self._modules(folder, places, more)
            log += told
        notes = tuple(sorted(folder.rglob("*.gcno")))
        programs = {path: places[path] for path in self.plan.programs}
        return Made(folder, problem, log, programs, notes)

    def _objects(
        self, folder: Path, places: Mapping[str, str], more: Sequence[str] | None
    ) -> tuple[str, str]:
        compiles = [use.recipe for use in self.plan.compiles if use.recipe.kind == "compile"]
        spare = [_compilation(recipe, more) for recipe in self.plan.spare]
        with self._swapped(folder, wanted=bool(compiles or spare)) as env:
            made = [_compilation(recipe, more) for recipe in compiles]
            with looked_at(spare, made, env) as looks, ThreadPoolExecutor(self.cores) as pool:
                ended = list(pool.map(lambda r: self._compiled(r, places, more, env), compiles))
        return _told([*ended, *looks])

    def _compiled(
        self,
        recipe: Recipe,
        places: Mapping[str, str],
        more: Sequence[str] | None,
        env: Mapping[str, str],
    ) -> Ended:
        args = [*_without_notes(recipe.args), *_schema(more), "-g0", "-o", places[recipe.output]]
        return run(args, recipe.folder, env, seconds=COMPILE_SECONDS)

    def _modules(
        self, folder: Path, places: Mapping[str, str], more: Sequence[str] | None
    ) -> tuple[str, str]:
        """Archives and libraries in their order, then the programs side by side."""
        programs = [use for use in self.plan.links if use.recipe.output in self.plan.programs]
        parts = [use for use in self.plan.links if use not in programs]
        ended = [self._module(folder, use, places, more) for use in parts]
        if not _told(ended)[1]:
            with ThreadPoolExecutor(self.cores) as pool:
                ended += pool.map(lambda use: self._module(folder, use, places, more), programs)
        return _told(ended)

    def _module(
        self, folder: Path, use: Use, places: Mapping[str, str], more: Sequence[str] | None
    ) -> Ended:
        recipe, target = use.recipe, places[use.recipe.output]
        args = [places[use.words[n]] if n in use.words else a for n, a in enumerate(recipe.args)]
        if recipe.kind == "archive":
            args[2] = target
            args[1] = args[1] if "s" in args[1] else args[1] + "s"
            return run(args, recipe.folder, {**self.env, **PLAIN}, seconds=COMPILE_SECONDS)
        libraries = [path for path in use.words.values() if not path.endswith((".o", ".a"))]
        shared = {os.path.dirname(places[path]) for path in libraries}
        args[1:1] = [f"-Wl,-rpath,{folder}" for folder in sorted(shared)]
        args = [*_without_notes(args), "-o", target, "-Wl,--strip-debug"]
        if more is not None:
            args += [self.active, *(f"-Wl,--wrap={name}" for name in self.wrapped)]
            args += [f"-Wl,-u,{name}" for name in self.pulled]
        if recipe.sources:
            args += [*_schema(more), "-g0"]
        with self._swapped(folder, wanted=not use.words) as env:
            ended = run(args, recipe.folder, env, seconds=COMPILE_SECONDS)
        _name_library(recipe, Path(target))
        return ended

    @contextlib.contextmanager
    def _swapped(self, folder: Path, *, wanted: bool) -> Iterator[Mapping[str, str]]:
        """An environment in which the file is the text. Raises Unready if nothing read it."""
        swap = self.swaps.swap({self.path: str(folder / "text")}, {**self.env, **PLAIN})
        yield swap.env
        happened = swap.happened
        swap.forget()
        if wanted and not happened:
            raise Unready("the compiler does not read the file where we put it")


def _places(folder: Path, uses: Sequence[Use]) -> dict[str, str]:
    """Where each output goes: folders of their own, for names may be the same."""
    numbers = itertools.count()
    places = {}
    for use in uses:
        place = folder / str(next(numbers))
        place.mkdir(exist_ok=True)
        places[use.recipe.output] = str(place / os.path.basename(use.recipe.output))
    return places


def _schema(more: Sequence[str] | None) -> list[str]:
    header = str(Path(__file__).with_name("active.h"))
    return [] if more is None else [*more, "-include", header]


def _compilation(recipe: Recipe, more: Sequence[str] | None) -> Compilation:
    args = (*_without_notes(recipe.args), *_schema(more))
    return Compilation(args, recipe.folder, recipe.sources[0])


def flags_of(recipe: Recipe) -> list[str]:
    """The words of a compilation without its source and what is written."""
    return [w for w in _without_notes(recipe.args) if w != "-c" and w not in recipe.sources]


def _without_notes(args: Sequence[str]) -> list[str]:
    """A compiler's words without those that write beside the output, and without the output."""
    kept: list[str] = []
    words = iter(args)
    for word in words:
        if word in _NOTED or word == "-o":
            next(words, "")
        elif word in VALUED:
            kept += [word, next(words, "")]
        elif word not in _DEPENDENCIES and not word.startswith(("-MF", "-MT", "-MQ", "-Wp,-M")):
            kept.append(word)
    return kept


def _name_library(recipe: Recipe, target: Path) -> None:
    """A shared library is looked for by the name that it calls itself."""
    for word in recipe.args:
        name = word.rpartition(",")[2]
        if word.startswith("-Wl,-soname,") and name != target.name:
            link = target.with_name(name)
            if not link.is_symlink():
                link.symlink_to(target.name)


def _told(ended: Sequence[Ended]) -> tuple[str, str]:
    """The log, and what went wrong. Raises Unready when a program had to be stopped."""
    if any(each.stopped for each in ended):
        raise Unready("the compiler takes too long")
    log = "".join(each.output.decode(errors="replace") for each in ended)
    codes = [each.exit_code for each in ended if each.exit_code]
    return log, f"the build ended with exit code {codes[0]}" if codes else ""
