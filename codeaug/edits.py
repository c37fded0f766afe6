"""Byte edits: everything outside them stays as it was."""

from __future__ import annotations

from collections.abc import Iterable

from codeaug.model import Edit


def apply_edits(source: bytes, edits: Iterable[Edit]) -> bytes:
    """`source` with all `edits` applied. ValueError where two overlap or one lies outside."""
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    pieces: list[bytes] = []
    position = 0
    for edit in ordered:
        if edit.start < position or edit.end < edit.start or edit.end > len(source):
            raise ValueError(f"edit {edit.start}-{edit.end} overlaps another or lies outside")
        pieces += [source[position : edit.start], edit.text.encode()]
        position = edit.end
    return b"".join([*pieces, source[position:]])
