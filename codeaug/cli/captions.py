"""`codeaug caption` has a model describe functions; `codeaug review captions` has people approve.

See docs/models.md and docs/datasets.md.
"""

from __future__ import annotations

import getpass
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from codeaug import members
from codeaug.cli.common import (
    AS_JSON,
    DEBUG,
    MODEL,
    REPO,
    STORE,
    WHERE,
    flags_of,
    load,
    print_json,
    say,
    session_of,
    store_url,
)
from codeaug.errors import ModelUnavailable, UsageError
from codeaug.model import CaptionWord, Unit, Word
from codeaug.notices import printable
from codeaug.people import Permission

if TYPE_CHECKING:
    from codeaug.store import Store
    from codeaug.store.captions import Captioned

_KEYS = {"a": Word.APPROVED, "r": Word.REJECTED, "e": Word.EDITED}
_ASKED = "a approve, r reject, e edit, s skip, q quit: "


@click.command()
@REPO
@WHERE
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Units, at most.")
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Seed of the choice.")
@MODEL
@click.option(
    "--budget",
    type=click.FloatRange(min=0, min_open=True),
    metavar="USD",
    help="For all replies.",
)
@click.option("--plan", is_flag=True, help="Say what would be asked and cost; ask nothing.")
@click.option("--dry-run", is_flag=True, help="Show the very bytes; send nothing.")
@AS_JSON
def caption(repo: str, plan: bool, dry_run: bool, as_json: bool, debug: bool, **flags: Any) -> None:
    """Have the model describe functions of REPO that have no documentation.

    Nothing of it enters a dataset before a person approved it: codeaug review captions. What may
    leave, where to and what it may cost is as for the engine llm; no function is asked about twice.
    """
    from codeaug.pipeline import captioning
    from codeaug.report.models import show_bytes, show_captions, show_plan

    session = session_of(repo, flags_of(**flags) | {"engine": "llm"})
    if plan:
        document = captioning.plan(session)
        print_json(document) if as_json else show_plan(document)
    elif dry_run:
        for request in captioning.shown(session):
            print_json(request) if as_json else show_bytes(request)
    else:
        document = captioning.caption(session)
        print_json(document) if as_json else show_captions(document)
        if document["stopped"]:
            raise ModelUnavailable(document["stopped"])


@click.command("captions")
@REPO
@STORE
@click.option("--reviewer", metavar="NAME", help="Your name; default: the user's.")
@click.option("--list", "listing", is_flag=True, help="List all captions; decide nothing.")
@AS_JSON
@DEBUG
def captions(
    repo: str, reviewer: str | None, listing: bool, as_json: bool, debug: bool, **flags: Any
) -> None:
    """Approve, reject or edit the captions that wait, one after the other.

    A caption enters datasets when somebody approved or edited it, and nobody's newest word is
    against it. With --json: the list, or how many were decided how.
    """
    from codeaug.store import Store

    loaded = load(repo, flags_of(**flags))
    with Store.open(store_url(repo, loaded), create=False) as store:
        found = _captions(store)
        if listing:
            _list(store, found, as_json)
            return
        name = reviewer or getpass.getuser()
        members.require(store, name, Permission.VOTE)
        waiting = [one for one in found if one.state == "waiting"]
        said = Counter(word.value for word in _decided(store, waiting, name))
    told = {word.value: said[word.value] for word in _KEYS.values()}
    told["waiting"] = len(waiting) - said.total()
    print_json(told) if as_json else say(", ".join(f"{n} {word}" for word, n in told.items()))


def _captions(store: Store) -> list[Captioned]:
    """Those of functions as they were scanned last, but for withdrawn ones."""
    from codeaug import withdrawals

    known = {one.id: one.repository.address for one in store.material.current()}
    withdrawn = withdrawals.withdrawn(store)

    def is_there(unit_id: str) -> bool:
        unit = store.unit(unit_id)
        return unit is not None and not withdrawn.reason(unit, known[unit_id])

    return [one for one in store.captions.of(known) if is_there(one.caption.unit_id)]


def _list(store: Store, found: list[Captioned], as_json: bool) -> None:
    documents = [_document(one, store.unit(one.caption.unit_id)) for one in found]
    if as_json:
        print_json(documents)
        return
    for one in documents:
        place = printable(f"{one['path']}::{one['unit']}")
        click.echo("\t".join((one["id"], one["state"], place)))
        say("\n".join(f"  {line}" for line in one["text"].split("\n")))


def _document(one: Captioned, unit: Unit | None) -> dict[str, Any]:
    return {
        "id": one.caption.id,
        "path": unit.path if unit else "",
        "unit": unit.qualified_name if unit else "",
        "language": unit.language if unit else "",
        "state": one.state,
        "text": one.text,
        "model": one.caption.model,
        "words": [
            {"reviewer": said.reviewer, "word": said.word, "made_at": said.made_at.isoformat()}
            for said in one.words
        ],
    }


def _decided(store: Store, waiting: list[Captioned], name: str) -> Iterator[Word]:
    """Asks about each; gives what was said of those that somebody decided about."""
    for number, one in enumerate(waiting, start=1):
        unit = store.unit(one.caption.unit_id)
        if unit is None:
            continue
        say(f"\n{number} of {len(waiting)}  {unit.path}::{unit.qualified_name}\n")
        say(unit.margin + unit.code.rstrip("\n"))
        say(f"\n{one.text}\n")
        word, text = _answer(one.text)
        if word is None:
            return
        if word is not Word.SKIPPED:
            moment = datetime.now(UTC)
            store.captions.say(CaptionWord(one.caption.id, name, word, text, moment))
            yield word


def _answer(text: str) -> tuple[Word | None, str]:
    """A word and the text of which it is said; None to leave off."""
    while True:
        key = _key()
        if key in ("q", ""):
            return None, text
        if key == "s":
            return Word.SKIPPED, text
        if key == "e":
            edited = _edited(text)
            if edited and edited != text:
                return Word.EDITED, edited
            say("nothing was changed" if edited == text else "that is no caption: try again")
        elif key in _KEYS:
            return _KEYS[key], text


def _key() -> str:
    """A key in a terminal, else the first letter of a line; "" at the end."""
    click.echo(_ASKED, err=True, nl=False)
    if sys.stdin.isatty():
        try:
            key = click.getchar()
        except EOFError:
            return ""
        click.echo(key if key.isprintable() else "", err=True)
        return key.lower() if key.isprintable() else "?"
    line = sys.stdin.readline()
    return (line.strip().lower() or "?")[:1] if line else ""


def _edited(text: str) -> str:
    """What the person made of it in their editor, "" where that cannot be a caption."""
    from codeaug.engines.llm.captioning import LONGEST

    try:
        found = click.edit(text, extension=".txt", require_save=False)
    except click.ClickException as error:
        raise UsageError(f"the editor cannot be used: {error.message}") from error
    found = (found or "").strip()
    return found if len(found) <= LONGEST else ""
