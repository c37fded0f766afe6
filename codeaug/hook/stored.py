"""The store, read without its library and without waiting: what was approved.

It is a file in the repository, so whoever made the repository may have made it: it is opened for
reading alone, no link is followed, and what takes long is given up. Whatever is wrong with it,
nothing is told.
"""

from __future__ import annotations

import json
import os
import stat
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from codeaug.model import Span, Unit

if TYPE_CHECKING:
    from sqlite3 import Connection

PATIENCE = 0.1  # seconds, for a lock and for the answer
_STEPS = 1000  # of SQLite's machine between two looks at the clock
_AWKWARD = "\U0010ffff"  # as store/tables.py marks a text that is kept as JSON

# As `approved` of store/decisions.py has it; a test compares the two.
_APPROVED = """
WITH standing AS (
    SELECT * FROM decision WHERE word <> 'withdrawn' AND NOT EXISTS (
        SELECT 1 FROM decision AS later WHERE later.variant_id = decision.variant_id
        AND later.reviewer = decision.reviewer AND later.seq > decision.seq)
), approved AS (
    SELECT variant_id FROM standing
    WHERE variant_id NOT IN (SELECT variant_id FROM gold)
    AND variant_id NOT IN (SELECT variant_id FROM edit WHERE dropped = 1)
    GROUP BY variant_id
    HAVING sum(word = 'approved' AND final = 1) > sum(word = 'rejected' AND final = 1)
    OR (sum(final) = 0
        AND sum(word = 'approved') > sum(word = 'rejected') AND sum(word = 'flagged') = 0
        AND NOT EXISTS (SELECT 1 FROM slot WHERE slot.variant_id = standing.variant_id AND done = 0)
    )
)
SELECT language, path, name, parameters, code, count(*) FROM (
    SELECT variant.id, language, path, name, parameters, unit.code AS code, min(unit.seq)
    FROM approved JOIN variant ON variant.id = approved.variant_id
    JOIN unit ON unit.id = variant.unit_id JOIN source_file ON source_file.id = unit.file_id
    GROUP BY variant.id
) GROUP BY language, path, name, parameters, code
"""


def store_file(url: str, top: Path | None) -> Path | None:
    """Where an SQLite store lies, if it does."""
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///"))
    if url:
        return None if "://" in url else Path(url)
    if top is None or not _is(top / ".codeaug", stat.S_ISDIR):
        return None
    return top / ".codeaug" / "codeaug.db"


def approved_units(path: Path | None) -> Counter[Unit]:
    """The units that have approved variants, with their number; none when the store cannot tell."""
    if path is None or not _is(path, stat.S_ISREG):
        return Counter()
    import sqlite3

    try:
        with closing(_open(path)) as connection:
            rows = connection.execute(_APPROVED).fetchall()
        return Counter({_unit(*map(_text, row[:5])): int(row[5]) for row in rows})
    except (sqlite3.Error, ValueError, TypeError):  # locked, older, newer, or no store at all
        return Counter()


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    try:
        return kind(os.lstat(path).st_mode)
    except OSError:
        return False


def _open(path: Path) -> Connection:
    import sqlite3

    # Without a journal nobody writes, and then SQLite need not make a file to read by.
    journal = path.with_name(f"{path.name}-wal")
    quiet = not journal.exists() or not journal.stat().st_size
    how = "mode=ro&immutable=1" if quiet else "mode=ro"
    address = f"file:{quote(os.fsencode(path.absolute()))}?{how}"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE)
    end = time.monotonic() + PATIENCE
    connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return str(json.loads(value[1:])) if value.startswith(_AWKWARD) else value


def _unit(language: str, path: str, name: str, parameters: str, code: str) -> Unit:
    """A unit of which only the text and the name are known. Raises ValueError."""
    path.encode("utf-8", "surrogateescape")  # or no file can be called so
    nowhere = Span(0, 0)
    return Unit(path, language, name, parameters, nowhere, nowhere, 0, 0, 0, "", code)
