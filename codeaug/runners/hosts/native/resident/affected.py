"""What has to be made again when one file changes: objects, archives, libraries, programs."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .recipes import Recipe


class Unready(Exception):
    """The resident program cannot be right about a text; the message says why."""


@dataclass(frozen=True)
class Use:
    """A command of those that are affected; `words` says which of its words name what is made."""

    recipe: Recipe
    words: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What to make again, in this order; `notes` are the old objects' and `spare` is made for no
    program."""

    compiles: tuple[Use, ...]
    links: tuple[Use, ...]
    spare: tuple[Recipe, ...]
    notes: tuple[Path, ...]

    @property
    def programs(self) -> list[str]:
        return [use.recipe.output for use in self.links if _is_program(use.recipe)]


def plan(recipes: Sequence[Recipe], notes: Sequence[Path]) -> Plan:
    """The plan when the objects of the notes files `notes` are to be others. Raises Unready."""
    compiled = [_owner(recipes, note) for note in notes]
    changed = {recipe.output for recipe in compiled}
    uses = {recipe.output: Use(recipe) for recipe in compiled}
    more = True
    while more:
        more = False
        for recipe in recipes:
            if recipe.kind == "compile":
                continue
            words = _words(recipe, changed)
            known = uses.get(recipe.output)
            if words and (known is None or len(words) > len(known.words)):
                uses[recipe.output] = Use(recipe, words)
                changed.add(recipe.output)
                more = True
    kept = _below(uses, [o for o, use in uses.items() if _is_program(use.recipe)])
    if not kept:
        raise Unready("no test program is linked in a way that we know with what the file becomes")
    ordered = _sorted({output: uses[output] for output in kept})
    return Plan(
        tuple(use for use in ordered if use.recipe.kind == "compile"),
        tuple(use for use in ordered if use.recipe.kind != "compile"),
        tuple(recipe for recipe in compiled if recipe.output not in kept),
        tuple(notes),
    )


def _owner(recipes: Sequence[Recipe], note: Path) -> Recipe:
    folder, name = os.path.split(os.path.realpath(note))
    for recipe in recipes:
        place, output = os.path.split(recipe.output)
        if place == folder and name in _note_names(recipe, output):
            return recipe
    raise Unready(f"how {note.stem} is compiled is not known")


def _note_names(recipe: Recipe, output: str) -> list[str]:
    if recipe.kind == "compile":
        return [output.rpartition(".")[0] + ".gcno"]
    stems = [os.path.basename(source).rpartition(".")[0] for source in recipe.sources]
    return [f"{output}-{stem}.gcno" for stem in stems]


def _is_program(recipe: Recipe) -> bool:
    return recipe.kind == "link" and not {"-shared", "-r"} & set(recipe.args)


def _words(recipe: Recipe, changed: Collection[str]) -> dict[int, str]:
    """Which words name something that changed. Raises Unready where a name is part of a word."""
    found: dict[int, str] = {}
    folders = [a[2:] for a in recipe.args if a.startswith("-L") and len(a) > 2]
    folders += [b for a, b in zip(recipe.args, recipe.args[1:], strict=False) if a == "-L"]
    for at, word in enumerate(recipe.args[1:], 1):
        if word.startswith("-l"):
            path = _library(recipe, word[2:], folders)
        elif word.startswith("-Wl,"):
            parts = {recipe.path(part) for part in word.split(",")[1:] if part}
            if (parts - {recipe.output}) & set(changed):
                raise Unready(f"{recipe.output} is linked in a way that we do not know: {word}")
            continue
        elif word.startswith("-"):
            continue
        else:
            path = recipe.path(word)
        if path in changed and path != recipe.output:
            found[at] = path
    return found


def _library(recipe: Recipe, name: str, folders: Sequence[str]) -> str:
    for folder in folders:
        for form in (f"lib{name}.so", f"lib{name}.a"):
            place = os.path.join(recipe.folder, folder, form)
            if os.path.exists(place):
                return os.path.realpath(place)
    return ""


def _below(uses: Mapping[str, Use], outputs: Sequence[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(outputs)
    while waiting:
        output = waiting.pop()
        if output not in found:
            found.add(output)
            waiting += uses[output].words.values()
    return found


def _sorted(uses: Mapping[str, Use]) -> list[Use]:
    """Each after what it is made of."""
    done: dict[str, Use] = {}

    def add(output: str) -> None:
        if output not in done:
            for part in uses[output].words.values():
                add(part)
            done[output] = uses[output]

    for output in uses:
        add(output)
    return list(done.values())
