"""The members that a repository's Java classes declare, for the functions of other files."""

from __future__ import annotations

from collections.abc import Iterator


def declared(source: bytes) -> Iterator[tuple[str, str]]:
    return iter(())
