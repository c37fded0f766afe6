"""A file of another tool -> decisions, by the rules of the queue.

The file is read whole, and everything in it is looked at, before the first decision is kept.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from codeaug import review
from codeaug.errors import StoreError, UsageError
from codeaug.interchange.records import Incoming, Version, number_of, uuid_of, versions_of
from codeaug.interchange.tools import TOOLS
from codeaug.model import Decision, Word, content_id
from codeaug.people import Caller, Permission, Person
from codeaug.store import Store

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class _Ready:
    """A word with whoever said it here."""

    said: Incoming
    caller: Caller


def bring(
    store: Store,
    tool: str,
    path: Path,
    people: Mapping[str, str],
    actor: str,
    *,
    skip_unknown: bool = False,
) -> dict[str, Any]:
    """Keeps the decisions of a file (or of a folder as `export` writes it), and says what became of
    them. `people` says who somebody of the file is here. Raises UsageError before anything is kept
    when the file, a person or a variant is not as it has to be.
    """
    kind = TOOLS[tool]
    path = path / kind.file if path.is_dir() else path
    words = list(kind.said(path))
    ready, unknown = _known(store, words, skip_unknown)
    named = list(_named(store, ready, people))
    _require_right(named)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    name = os.fsencode(path.name).decode("utf-8", "replace")
    store.audit.write(actor, "import", name, format=tool, sha256=digest, decisions=len(named))
    return {"format": tool, **_keep(store, named), "unknown": unknown}


def _known(
    store: Store, words: Sequence[Incoming], skip_unknown: bool
) -> tuple[list[Incoming], int]:
    """Those about variants of this store, and of how many variants of another one the rest is."""
    wanted = {one.variant_id for one in words} | {one.edit for one in words if one.edit}
    missing = wanted - store.exchange.known(wanted)
    if missing and not skip_unknown:
        raise UsageError(
            f"{len(missing)} of {len(wanted)} variants are not in this store: {_some(missing)}; "
            "they may be of another one, or leave them out by --skip-unknown"
        )
    return [one for one in words if not {one.variant_id, one.edit} & missing], len(missing)


def _some(names: set[str]) -> str:
    first = sorted(names)[:_SHOWN]
    return ", ".join(first) + (" …" if len(names) > _SHOWN else "")


# --- people ---------------------------------------------------------------------------------------


def _named(store: Store, words: Sequence[Incoming], people: Mapping[str, str]) -> Iterator[_Ready]:
    """Each word with its person. Raises UsageError when some are nobody here, or may not speak."""
    known = {one.name: one for one in store.people.all()}
    if strangers := set(people.values()) - known.keys():
        raise UsageError(f"--person names people who are not known here: {_some(strangers)}")
    ours = _names(known) | {theirs: known[name] for theirs, name in people.items()}
    found = [(one, ours.get(one.also) or ours.get(one.person)) for one in words]
    unknown = {one.also or one.person or "nobody" for one, person in found if person is None}
    if unknown:
        raise UsageError(
            f"the file names people who are not known here: {_some(unknown)}; say who they are by "
            "--person THEIRS=OURS, or add them: codeaug review people add NAME"
        )
    for one, person in found:
        assert person is not None
        _require_may(one, person)
        yield _Ready(one, Caller.of(person))


def _names(known: Mapping[str, Person]) -> dict[str, Person]:
    """Everything that our people are called by themselves, and by us in other tools."""
    return {
        name: person
        for person in known.values()
        for name in (number_of(person.name), uuid_of(person.name), person.name)
    }


def _require_may(said: Incoming, person: Person) -> None:
    needed = Permission.ADJUDICATE if said.final else Permission.VOTE
    if not person.active:
        raise UsageError(
            f"{said.place}: {person.name} was removed: `codeaug review people add {person.name}` "
            "first, or say by --person who it was"
        )
    if not Caller.of(person).may(needed):
        what = "settle disputes" if said.final else "vote"
        raise UsageError(f"{said.place}: {person.name} is {person.role}, who may not {what}")


# --- words ----------------------------------------------------------------------------------------


def _require_right(words: Sequence[_Ready]) -> None:
    """Raises UsageError when a word lacks what each must have, or is of a time to come."""
    now = datetime.now(UTC)
    problems = [
        f"{one.said.place}: {problem}" for one in words if (problem := _problem(one.said, now))
    ]
    if problems:
        more = f" (and {len(problems) - 1} more like it)" if problems[1:] else ""
        raise UsageError(problems[0] + more)


def _problem(said: Incoming, now: datetime) -> str:
    if said.made_at is not None and said.made_at > now:
        return f"it was said in the future, {said.made_at.isoformat()}"
    if said.word is Word.EDITED and not said.edit:
        return "it does not tell what was made by editing"
    try:
        review.require_whole(said.word, said.reason, said.comment, said.naturalness)
    except UsageError as error:
        return str(error)
    return ""


def _keep(store: Store, words: Sequence[_Ready]) -> dict[str, Any]:
    """What counted, what stood already, and why the rest does not count."""
    versions = versions_of(store)
    counted = known = 0
    refused: Counter[str] = Counter()
    for one in words:
        record = _decision(one, versions)
        timed = one.said.made_at is not None
        try:
            new = review.bring_in(
                store, record, one.caller, _request_id(one), timed=timed, edit=one.said.edit
            )
        except StoreError:
            raise
        except UsageError as error:
            refused[str(error)] += 1
        else:
            counted, known = counted + new, known + (not new)
    return {"counted": counted, "known": known, "refused": dict(refused)}


def _decision(one: _Ready, versions: Mapping[int, Version]) -> Decision:
    said = one.said
    at = said.made_at or datetime.now(UTC)
    return Decision(
        said.variant_id, one.caller.name, said.word, at.astimezone(UTC), said.reason, said.comment,
        said.naturalness, said.final, _guideline(said.guideline, versions),
    )  # fmt: skip


def _guideline(told: Version | None, versions: Mapping[int, Version]) -> int | None:
    """The number of the version here that has the same text; 0 when it is none of here."""
    if told is None:
        return None
    return told.number if versions.get(told.number, Version()) == told else 0


def _request_id(one: _Ready) -> str:
    """The same for the same word: a file that is brought twice counts once."""
    said = one.said
    at = said.made_at.astimezone(UTC).isoformat() if said.made_at else ""
    word = (said.word, said.reason, said.comment, str(said.naturalness), str(said.final))
    return f"import {content_id(said.variant_id, one.caller.name, at, *word, said.edit)}"
