"""`codeaug review export` and `import`: the queue in other annotation tools, and back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from codeaug.cli.common import (
    AS_JSON,
    actor,
    flags_of,
    folder_of,
    gold_rules,
    load,
    of_store,
    open_store,
    print_json,
    say,
)
from codeaug.errors import UsageError

FORMAT = click.option(
    "--format", "tool", required=True, type=click.Choice(["argilla", "label-studio", "jsonl"]),
    help="The tool's own format, or ours.",
)  # fmt: skip
PERSON = click.option(
    "--person", "people", multiple=True, metavar="THEIRS=OURS",
    help="What somebody is called there and here; may be repeated.",
)  # fmt: skip


@click.command("export")
@FORMAT
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write.")
@PERSON
@click.option("--without-decisions", is_flag=True, help="The cards only: nobody follows another.")
@of_store
@AS_JSON
def export_cards(
    tool: str,
    out: Path,
    people: tuple[str, ...],
    without_decisions: bool,
    repo: str,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Write the queue's cards, with all that was said of them, for another annotation tool.

    Gold items stay here. What the tool has no field for goes along unseen, so that `codeaug review
    import` finds it again.
    """
    from codeaug import interchange
    from codeaug.bundled import bundled
    from codeaug.home import require_inside

    require_inside(out, folder_of(repo))
    store, settings = open_store(repo, flags), load(repo, flags_of(**flags)).settings
    newest = store.guidelines.newest()
    text = bundled("templates", "review", "guidelines.md").read_text(encoding="utf-8")
    document = interchange.export(
        store, tool, out, _people(people), guideline=newest.text if newest else text,
        overlap=settings.overlap, decisions=not without_decisions,
    )  # fmt: skip
    told = {"format": tool, "cards": document["cards"], "decisions": document["decisions"]}
    store.audit.write(actor(), "cards exported", str(out), **told)
    if as_json:
        print_json(document)
    else:
        say(f"wrote {document['cards']} cards, {document['decisions']} decisions to {out}")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True))
@FORMAT
@PERSON
@click.option("--skip-unknown", is_flag=True, help="Leave out variants that are not in the store.")
@of_store
@AS_JSON
def import_decisions(
    file: Path,
    tool: str,
    people: tuple[str, ...],
    skip_unknown: bool,
    repo: str,
    as_json: bool,
    debug: bool,
    **flags: Any,
) -> None:
    """Keep what people said in another annotation tool, by the rules of the queue.

    FILE is what the tool exports, or the folder. Nothing is kept of a file with a mistake in it, or
    with people who are not known here. The same file again counts once.
    """
    from codeaug import interchange

    store, settings = open_store(repo, flags), load(repo, flags_of(**flags)).settings
    store.gold_rules = gold_rules(settings)
    store.slots.fill(settings.bar_rung, settings.overlap, strata=settings.strata)
    document = interchange.bring(
        store, tool, file, _people(people), actor(), skip_unknown=skip_unknown
    )
    if as_json:
        print_json(document)
        return
    say(f"{document['counted']} decisions counted, {document['known']} were known")
    for why, number in document["refused"].items():
        say(f"{number} did not count: {why}")
    if document["unknown"]:
        say(f"{document['unknown']} variants are not in this store: left out")


def _people(pairs: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in pairs:
        theirs, equals, ours = pair.partition("=")
        if not (theirs and equals and ours):
            raise UsageError(f"--person {pair}: give THEIRS=OURS")
        if found.setdefault(theirs, ours) != ours:
            raise UsageError(f"--person says two things of {theirs}")
    return found
