"""`codeaug forget` and `codeaug finetune`: what becomes of datasets after they were made."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    REPO,
    STORE,
    actor,
    flags_of,
    load,
    of_store,
    print_json,
    say,
    session_of,
    store_url,
)
from codeaug.errors import UsageError


@click.command()
@REPO
@click.option("--unit", multiple=True, metavar="ID|PATH::NAME", help="A function; with its copies.")
@click.option("--path", multiple=True, metavar="PATTERN", help="Files, by gitignore-style pattern.")
@click.option("--repo", "name", multiple=True, metavar="NAME", help="A repository, or its address.")
@click.option("--reason", metavar="TEXT", help="Why; it stays in the store.")
@click.option("--list", "listed", is_flag=True, help="Say what was withdrawn until now.")
@STORE
@AS_JSON
@DEBUG
def forget(
    repo: str,
    unit: tuple[str, ...],
    path: tuple[str, ...],
    name: tuple[str, ...],
    reason: str | None,
    listed: bool,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Withdraw functions of REPO from all datasets to come, with all that came from them.

    Says how much that is, and which datasets that were released hold any of it. What is withdrawn
    stays so: a function under its path and name however it is edited, and copies of it by the same
    name.
    """
    from codeaug import withdrawals
    from codeaug.store import Store, Withdrawn

    store = Store.open(store_url(repo, load(repo, flags_of(**flags))), create=False)
    if listed:
        if unit or path or name or reason:
            raise UsageError("--list goes with nothing else: it withdraws nothing.")
        found = withdrawals.reached(store, store.releases.withdrawals())
    else:
        if not (reason or "").strip():
            raise UsageError("say why: --reason TEXT.")
        named = [(Withdrawn.UNIT, each) for each in unit]
        named += [(Withdrawn.PATH, each) for each in path]
        named += [(Withdrawn.REPO, each) for each in name]
        found = withdrawals.forget(store, named, str(reason), actor())
    if as_json:
        print_json(withdrawals.document(found))
    else:
        _show(found)


def _show(found: Any) -> None:
    """Withdrawals, and what they come to."""
    for each in found.taken:
        when = each.made_at.date()
        click.echo(f"{each.kind} {each.value}: {each.reason} ({each.person}, {when})")
    units, variants = _counted(found.units, "function"), _counted(found.variants, "variant")
    say(f"out of all datasets to come: {units} and {variants} that this store has.")
    if not found.released:
        say("no dataset that was released holds any of it.")
    for one in found.released:
        units, variants = _counted(one.units, "function"), _counted(one.variants, "variant")
        release = one.release
        what = f"{release.name} ({release.format}, {release.folder}, {release.made_at.date()})"
        say(f"released before: {what} holds {units} and {variants} of it; {release.id[:12]}")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--model", required=True, metavar="NAME", help="The model to be tuned.")
@click.option("--base-url", metavar="URL", help="Address of the endpoint; else OpenAI's.")
@click.option("--suffix", default="", metavar="S", help="Part of the tuned model's name.")
@click.option("--plan", is_flag=True, help="Say what would be sent where and cost; send nothing.")
@of_store
@AS_JSON
def finetune(
    folder: Path, model: str, suffix: str, plan: bool, as_json: bool, repo: str, debug: bool,
    **flags: Any,
) -> None:  # fmt: skip
    """Tune a model on the export in DIR, at an endpoint that speaks OpenAI's protocol.

    Uploads the files to train and to validate on, starts a job and follows it. Ctrl-C leaves the
    job alone: the same command goes on with it, and pays nothing twice. What may leave, and where
    to, is as for the engine llm.
    """
    from codeaug.pipeline.tuning import Tuning, document

    session = session_of(repo, flags_of(**flags))
    tuning = Tuning(session, folder, model.removeprefix("openai:"), suffix)
    if plan:
        found = tuning.plan()
        print_json(found) if as_json else _show_plan(found)
        return
    try:
        made = tuning.run(say)
    except KeyboardInterrupt:
        say("whatever job was begun goes on at the endpoint.")
        raise
    if as_json:
        print_json(document(made))
    else:
        say(f"tuned: {made.model}, by the job {made.job} at {made.endpoint}")


def _show_plan(plan: Mapping[str, Any]) -> None:
    """What `finetune` would do."""
    for file in plan["files"]:
        click.echo(f"{file['split']}: {file['name']}, {file['rows']} rows, {file['bytes']} bytes")
    tokens = plan["tokens"]
    click.echo(
        f"tokens by {tokens.get('counter', 'nobody')}: {tokens.get('human', 0)} that people wrote, "
        f"{tokens.get('synthetic', 0)} synthetic"
    )
    cost = plan["dollars_an_epoch"]
    each = f"about {plan['train_tokens']} tokens an epoch, questions too"
    click.echo(f"cost: {'not known' if cost is None else f'about ${cost:.4f}'} ({each})")
    click.echo(f"to: {plan['endpoint']}, to tune {plan['model']}")
    if plan["job"]:
        click.echo(f"the job {plan['job']} is {plan['state']}: it would be gone on with")
    say("nothing was sent.")
