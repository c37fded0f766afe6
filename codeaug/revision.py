"""A person's text -> Variant: an edit of another, which is checked as any and comes back."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from codeaug.errors import UsageError
from codeaug.languages.alone import first_error
from codeaug.model import (
    LONGEST_COMMENT,
    LONGEST_REQUEST_ID,
    Decision,
    Origin,
    Unit,
    Variant,
    Word,
)
from codeaug.store import Store
from codeaug.syntax import SyntaxLimit

ENGINE = "person"
LONGEST = 500_000


def shown(unit: Unit, code: str) -> str:
    """A text of a unit as it is edited: with the white space before it, by plain line feeds."""
    return (unit.margin + code).replace("\r\n", "\n")


def revise(
    store: Store,
    parent_id: str,
    person: str,
    text: str,
    request_id: str,
    *,
    token: str = "",
    comment: str = "",
    now: int | None = None,
) -> Variant | None:
    """Keeps what a person made of a variant, with which they are done thereby; None when this
    request was counted before. `text` is as `shown` gives it.

    Raises UsageError for what could never pass, and LateDecision for a card that is somebody
    else's.
    """
    parent = store.variant(parent_id)
    unit = store.unit(parent.unit_id) if parent else None
    if parent is None or unit is None:
        raise UsageError("there is no such variant: it may be of another store")
    if not 0 < len(request_id) <= LONGEST_REQUEST_ID:
        raise UsageError("the request has no id, or one that is too long")
    if len(text) > LONGEST or len(comment) > LONGEST_COMMENT:
        raise UsageError("that is too long to be kept")
    made = Variant(unit.id, _kept(unit, parent, text), Origin(ENGINE, parent=parent_id))
    said = Decision(parent_id, person, Word.EDITED, datetime.now(UTC), comment=comment.strip())
    if not store.edits.counted(person, request_id):
        _require_new(store, unit, parent, made)
        _require_parses(unit, made)
    at = time.time_ns() // 1_000_000 if now is None else now
    return made if store.slots.edit(said, made, request_id, token, at) else None


def _kept(unit: Unit, parent: Variant, text: str) -> str:
    """The text as it stands in the file: a browser sends other line ends, and what is shown has
    white space before it."""
    text = text.replace("\r\n", "\n").rstrip("\n").removeprefix(unit.margin)
    lines = parent.code.count("\n")
    crlf = lines and parent.code.count("\r\n") * 2 > lines
    return text.replace("\n", "\r\n") if crlf else text


def _require_new(store: Store, unit: Unit, parent: Variant, made: Variant) -> None:
    if _bare(made.code) == _bare(parent.code):
        raise UsageError("nothing was changed: edit the code, or say something else of it")
    if _bare(made.code) == _bare(unit.code):
        raise UsageError("this is the original again: reject the variant instead")
    if store.variant(made.id) and not store.edits.dropped(made.id):
        raise UsageError(f"this text is a variant already: {made.id}")


def _bare(code: str) -> str:
    return "\n".join(line.rstrip() for line in code.strip().splitlines())


def _require_parses(unit: Unit, made: Variant) -> None:
    """Where the original parses by itself, so must the edit: else the checks will tell."""
    try:
        if first_error(unit.language, unit.margin + unit.code):
            return
        line = first_error(unit.language, unit.margin + made.code)
    except SyntaxLimit as error:
        raise UsageError(f"the code cannot be read: {error}") from error
    except KeyError:
        return
    if line:
        raise UsageError(f"the code does not parse: look at line {unit.line + line - 1}")
