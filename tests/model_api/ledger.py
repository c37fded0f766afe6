"""What the model server was asked, answered and charged.

A completion is charged when it was computed, whether or not the client gets it, and once for each
`Idempotency-Key`: a repeat gets the stored answer for nothing. Errors are never charged. Tokens are
words; a line of a batch costs half.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TextIO

COMPLETIONS = "/v1/chat/completions"
MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """Of a million tokens."""

    prompt: Decimal
    completion: Decimal


@dataclass(frozen=True)
class Charge:
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cost: Decimal = Decimal(0)


def charge(price: Price, prompt: int, completion: int, batch: bool) -> Charge:
    cost = (price.prompt * prompt + price.completion * completion) / MILLION
    return Charge(prompt, completion, cost / 2 if batch else cost)


@dataclass(frozen=True)
class Entry:
    """One request, or one line of a batch (method BATCH)."""

    time: float
    method: str
    path: str
    headers: Mapping[str, str]  # names in lower case
    body: str  # bytes that are no UTF-8 as surrogates (surrogateescape)
    status: int  # of the answer, as it was meant
    answer: str  # what was meant to be sent, as `body`
    fault: str = ""  # its name
    charged: bool = False
    charge: Charge = field(default_factory=Charge)
    custom_id: str = ""  # of a line of a batch

    @property
    def idempotency_key(self) -> str:
        return self.headers.get("idempotency-key", "")


@dataclass(frozen=True)
class Totals:
    calls: int  # requests for a completion and lines of batches, failed and repeated ones included
    charged: int
    prompt_tokens: int
    completion_tokens: int
    cost: Decimal


def totals(entries: Iterable[Entry]) -> Totals:
    calls = [entry for entry in entries if entry.path == COMPLETIONS]
    charges = [entry.charge for entry in calls if entry.charged]
    return Totals(
        calls=len(calls),
        charged=len(charges),
        prompt_tokens=sum(one.prompt_tokens for one in charges),
        completion_tokens=sum(one.completion_tokens for one in charges),
        cost=sum((one.cost for one in charges), Decimal(0)),
    )


class Ledger:
    """The entries in order, and as lines of JSON in a file where one is given."""

    def __init__(self, file: Path | None) -> None:
        self.entries: list[Entry] = []
        self._file: TextIO | None = file.open("a", encoding="utf-8") if file else None
        self._lock = threading.Lock()

    def add(self, entry: Entry) -> None:
        with self._lock:
            self.entries.append(entry)
            if self._file:
                self._file.write(json.dumps(asdict(entry), default=str) + "\n")
                self._file.flush()

    def copy(self) -> list[Entry]:
        with self._lock:
            return list(self.entries)

    def close(self) -> None:
        if self._file:
            self._file.close()


def read_log(file: Path) -> list[Entry]:
    """The entries of a server in another process, up to the last whole line."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    return [entry_of(line) for line in lines if line.endswith("\n")]


def entry_of(line: str) -> Entry:
    fields = json.loads(line)
    paid = fields.pop("charge")
    return Entry(**fields, charge=Charge(**paid | {"cost": Decimal(paid["cost"])}))


def text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
