"""The texts of a dataset without its rows: what `codeaug gain` trains and measures on."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from codeaug.dataset.candidates import candidates
from codeaug.dataset.planning import plan
from codeaug.dataset.recipe import Recipe
from codeaug.dataset.sources import Sources
from codeaug.dataset.splits import TRAIN
from codeaug.dataset.surveying import surveyor
from codeaug.dataset.vocabulary import CARRIES
from codeaug.model import Corpus, Text
from codeaug.store import Store

HELD_OUT = 0.2
"""Of the functions, where no dataset was released whose splits say what is held out."""


def corpus(store: Store, recipe: Recipe) -> Corpus:
    """Human texts and chosen variants of the training split, and the human texts of the others.

    The splits are those of released datasets; where there is none, a fifth is held out. Filters
    and caps hold as in an export, floors do not. Raises MissingTool.
    """
    released = dict(store.releases.splits(recipe.splitting))
    if not released:
        recipe = replace(recipe, validation=0.0, test=max(HELD_OUT, recipe.test))
    accepted = store.material.accepted(recipe.accept_rung)
    units = candidates(store, recipe.name, store.material.current(), accepted)
    with Sources(described=False) as sources, tempfile.TemporaryDirectory() as folder:
        look = surveyor(store, recipe, sources, accepted)
        made = plan(look, units, released, Path(folder), lambda *done: None)
        chosen = [known for known in units if known.id in made.split]
        found = list(look.reader.chosen(chosen, made.variants, misses=False))
    human: dict[bool, list[Text]] = {True: [], False: []}
    variants: list[Text] = []
    for one in found:
        unit = one.family.unit
        human[made.split[unit.id] == TRAIN].append(Text(unit.id, unit.language, unit.code))
        variants += [Text(unit.id, unit.language, v.code) for v in one.family.variants]
    leaked = sum(why == CARRIES for _, _, why in made.left_out)
    return Corpus(tuple(human[True]), tuple(variants), tuple(human[False]), leaked)
