"""What GCC's own form of a function shows before it optimises: unset variables, volatile accesses.

GCC calls a variable that nobody set undefined even when it is told to set it, and may take any
value for it: two functions can then be the same where one of them reads what nobody wrote. In
static single assignment form a read of such a value is a use of what `.DEFERRED_INIT` gave.
Without optimisation there is no such choice, but there a volatile variable is like any other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

_FUNCTION = re.compile(r"^;; Function .*?\((?P<symbol>[\w.$]+), funcdef_no", re.M)
_UNSET = re.compile(r"^\s*(?P<name>[^=\n]+?) = \.DEFERRED_INIT \((?P<size>[^,]+),", re.M)
_SCALAR = re.compile(r"\S+_\d+")
_VOLATILE = re.compile(r"^.*\{v\}(?!.*\{CLOBBER).*$", re.M)


@dataclass
class Facts:
    """Of one function: values used though nobody set them, unset objects by size, volatile uses."""

    reads: int = 0
    objects: Counter[str] = field(default_factory=Counter)
    volatile: int = 0

    def add(self, other: Facts) -> None:
        self.reads += other.reads
        self.objects += other.objects
        self.volatile += other.volatile


def facts(dump: str) -> Iterator[tuple[str, Facts]]:
    """The symbol and the facts of each function in `-fdump-tree-ssa`."""
    starts = list(_FUNCTION.finditer(dump))
    ends = [match.start() for match in starts[1:]] + [len(dump)] * bool(starts)
    for match, end in zip(starts, ends, strict=True):
        yield match["symbol"], _facts(dump[match.end() : end])


def _facts(body: str) -> Facts:
    found = Facts(volatile=len(_VOLATILE.findall(body)))
    for unset in _UNSET.finditer(body):
        name = unset["name"]
        if not _SCALAR.fullmatch(name):
            found.objects[unset["size"]] += 1
        elif len(re.findall(rf"(?<![\w.]){re.escape(name)}(?!\w)", body)) > 1:
            found.reads += 1
    return found
