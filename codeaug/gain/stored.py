"""The corpus of a store, where no dataset was planned: whole files are held out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from codeaug.gain.symbols import tokens_of
from codeaug.model import Corpus, Rung, Text, Unit, content_id
from codeaug.store import Store
from codeaug.store.material import Known
from codeaug.syntax import SyntaxLimit

HELD_OUT = 0.2  # of the functions
_AT_ONCE = 200


def corpus(store: Store, accept_rung: Rung | None = None) -> Corpus:
    """The functions of the newest scan and the accepted variants of those that are trained on.

    A function that says, token for token, what one of these says is not held out. A file with more
    than half of all functions is always trained on.
    """
    known = store.material.current()
    held = _held_files(known)
    accepted = store.material.accepted(accept_rung)
    train: list[Text] = []
    variants: list[Text] = []
    held_out: list[Text] = []
    moved: dict[str, list[str]] = {}
    for variant_id, unit_id in store.material.moved().items():
        moved.setdefault(unit_id, []).append(variant_id)
    for start in range(0, len(known), _AT_ONCE):
        some = [one.id for one in known[start : start + _AT_ONCE]]
        units, told = store.material.read(some, moved)
        for one in known[start : start + _AT_ONCE]:
            if one.id not in units:
                continue
            unit = units[one.id]
            if one.path in held:
                held_out.append(_text(unit, unit.code))
                continue
            train.append(_text(unit, unit.code))
            variants += [
                _text(unit, found.variant.code)
                for found in told.get(unit.id, ())
                if found.id in accepted and found.verdict != "failed"
            ]
    seen = {_said(text) for text in (*train, *variants)}
    fresh = (text for text in held_out if _said(text) not in seen)
    return Corpus(tuple(train), tuple(variants), tuple(fresh))


def _held_files(known: Sequence[Known]) -> set[str]:
    """Files in an order that hashes give, until they hold enough functions."""
    sizes = Counter(one.path for one in known)
    wanted = HELD_OUT * len(known)
    held: set[str] = set()
    for path in sorted(sizes, key=lambda path: content_id("held out", path)):
        if wanted > 0 and sizes[path] <= len(known) / 2:
            held.add(path)
            wanted -= sizes[path]
    return held


def _text(unit: Unit, code: str) -> Text:
    return Text(unit.id, unit.language, code)


def _said(text: Text) -> tuple[str, ...]:
    try:
        return tokens_of(text)
    except SyntaxLimit:
        return (text.code,)
