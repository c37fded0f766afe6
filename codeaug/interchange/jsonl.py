"""Our own format: one line a card, with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from codeaug import samples
from codeaug.interchange.own import Own, kept, own
from codeaug.interchange.reading import lines, read_as
from codeaug.interchange.records import Incoming, OutgoingCard

NAME = "jsonl"
FILE = "cards.jsonl"


class _Line(Own):
    sample: Any = None


def name_of(person: str) -> str:
    """What a person is called here."""
    return person


def files(guideline: str, overlap: int) -> Mapping[str, str]:
    """Nothing else is needed."""
    return {}


def is_name(text: str) -> bool:
    """Whether somebody can be called that here."""
    return True


def document(card: OutgoingCard) -> dict[str, Any]:
    """A line: our own part, and the sample as `codeaug run --push` sends it."""
    return {**own(card), "sample": samples.document(card.sample)}


def said(path: Path) -> Iterator[Incoming]:
    """What people said of each card. Raises UsageError."""
    for number, line in lines(path):
        yield from kept(read_as(_Line, line, f"line {number}"), f"line {number}")
