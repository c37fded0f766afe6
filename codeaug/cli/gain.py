"""`codeaug gain`: whether variants make a model better at the owner's own code."""

from __future__ import annotations

from typing import Any

import click

from codeaug.cli.common import AS_JSON, DEBUG, REPO, STORE, flags_of, load, print_json, store_url
from codeaug.errors import GateFailed, UsageError
from codeaug.model import Rung

_RUNGS = [rung.label for rung in Rung if rung > Rung.NONE]


@click.command()
@REPO
@STORE
@click.option(
    "--seeds",
    type=click.IntRange(min=2),
    default=5,
    show_default=True,
    metavar="N",
    help="How often all is trained, each time on another draw of the functions.",
)
@click.option(
    "--model",
    "name",
    default="",
    metavar="M",
    help="transformer (a small one from scratch), or the path or name of a causal model that "
    "transformers loads. Default: n-grams.",
)
@click.option(
    "--order",
    type=click.IntRange(min=2, max=9),
    default=5,
    show_default=True,
    metavar="N",
    help="Tokens of an n-gram.",
)
@click.option(
    "--accept-rung",
    type=click.Choice(_RUNGS),
    metavar="RUNG",
    help="Train on variants by evidence alone from this rung; default: on approved ones.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["loss"]),
    help="Exit 1 when the interval says that the variants make the model worse.",
)
@AS_JSON
@DEBUG
def gain(
    repo: str,
    seeds: int,
    name: str,
    order: int,
    accept_rung: str | None,
    fail_on: str | None,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Train a small model with and without the variants; say which is better at REPO's own code.

    Measured on human functions that none of the models saw, with 95 % intervals; see docs/gain.md.
    """
    from codeaug.dataset import recipe_of
    from codeaug.dataset.corpus import corpus as planned
    from codeaug.gain import approach_of
    from codeaug.gain import gain as measured
    from codeaug.report.gain import show_gain
    from codeaug.report.terminal import Progress
    from codeaug.store import Store

    loaded = load(repo, flags_of(**flags))
    store = Store.open(store_url(repo, loaded), create=False)
    corpus = planned(store, recipe_of(loaded.settings, "prompt-completion", accept_rung))
    if not corpus.train:
        raise UsageError(f"the store knows no function to train on: run `codeaug scan {repo}`.")
    found = measured(corpus, approach_of(name, order, corpus), seeds, stage=Progress().stage)
    print_json(found.document()) if as_json else show_gain(found.document())
    if fail_on and found.loses:
        raise GateFailed("the variants make the model worse at the held-out functions.")
