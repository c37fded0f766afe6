"""The store's queue -> a folder that another tool reads."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from codeaug import samples
from codeaug.errors import OutOfSpace, UsageError
from codeaug.interchange.records import Outgoing, OutgoingCard, Version, versions_of
from codeaug.interchange.tools import TOOLS, Tool
from codeaug.store import Store

_NO_SPACE = (28, 122)  # ENOSPC, EDQUOT


def export(
    store: Store,
    tool: str,
    out: Path,
    people: Mapping[str, str],
    *,
    guideline: str,
    overlap: int = 1,
    decisions: bool = True,
) -> dict[str, Any]:
    """Writes the queue's cards into the new folder `out`, whole or not at all, and says how many.

    `people` says who somebody there is here. Raises UsageError and OutOfSpace.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is there already: give another folder with --out")
    kind = TOOLS[tool]
    names = _names(store, kind, people)
    counts = {"cards": 0, "decisions": 0}
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as beside:
            fresh = Path(beside) / "new"
            for name, text in kind.files(guideline, overlap).items():
                _place(fresh / name).write_text(text, encoding="utf-8")
            cards = _counted(_cards(store, kind, names, decisions), counts)
            _write(_place(fresh / kind.file), kind, cards)
            fresh.replace(out)
    except OSError as error:
        if error.errno in _NO_SPACE:
            raise OutOfSpace(f"no space left for {out}: nothing was written") from error
        raise UsageError(f"cannot write to {out} ({error.strerror}): give another --out") from error
    return {"format": tool, "folder": str(out), **counts}


def _names(store: Store, kind: Tool, people: Mapping[str, str]) -> dict[str, str]:
    """What the tool calls those of ours that are named; other names of theirs are for imports."""
    known = {one.name for one in store.people.all()}
    found: dict[str, str] = {}
    for theirs, ours in people.items():
        if ours not in known:
            raise UsageError(f"--person names somebody who is not known here: {ours}")
        if kind.is_name(theirs):
            found.setdefault(ours, theirs)
    if unnamed := set(people.values()) - found.keys():
        raise UsageError(f"nobody is called so there: give what {min(unnamed)} is by --person")
    return found


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write(path: Path, kind: Tool, cards: Iterator[OutgoingCard]) -> None:
    """One card after the other, so that their number does not matter; ASCII, since a path may have
    bytes that are no text."""
    opening, between, closing = ("", "\n", "\n") if kind.lines else ("[\n", ",\n", "\n]\n")
    with path.open("w", encoding="ascii") as file:
        file.write(opening)
        for number, card in enumerate(cards):
            file.write((between if number else "") + json.dumps(kind.document(card)))
        file.write(closing)


def _counted(cards: Iterator[OutgoingCard], counts: dict[str, int]) -> Iterator[OutgoingCard]:
    for card in cards:
        counts["cards"] += 1
        counts["decisions"] += len(card.words)
        yield card


def _cards(
    store: Store, kind: Tool, names: Mapping[str, str], decisions: bool
) -> Iterator[OutgoingCard]:
    versions = versions_of(store)
    newest = versions[max(versions)] if versions else Version()
    for variant_id in store.exchange.cards():
        sample = _sample(store, variant_id)
        if sample is not None:
            words = _words(store, variant_id, kind, names, versions) if decisions else ()
            yield OutgoingCard(sample, newest, tuple(words))


def _sample(store: Store, variant_id: str) -> samples.Proven | None:
    """The variant with its newest evidence; a gold item that it was made of stays unknown."""
    evidence = store.evidence(variant_id)
    found = samples.proven(store, evidence.commit, variant_id) if evidence else None
    if found and store.gold.holds(found.variant.origin.parent):
        origin = replace(found.variant.origin, parent="")
        return replace(found, variant=replace(found.variant, origin=origin))
    return found


def _words(
    store: Store,
    variant_id: str,
    kind: Tool,
    names: Mapping[str, str],
    versions: Mapping[int, Version],
) -> Iterator[Outgoing]:
    made = store.exchange.made_of(variant_id)
    for one in store.exchange.words(variant_id):
        by = names.get(one.reviewer) or kind.name_of(one.reviewer)
        edit = made.get(one.reviewer, "") if one.word == "edited" else ""
        yield Outgoing(one, versions.get(one.guideline or 0, Version()), edit, by)
