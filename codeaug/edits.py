"""Byte edits: everything outside them stays as it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from codeaug.model import Edit, Span, Unit


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


def rewritten(unit: Unit, source: bytes, edits: Sequence[Edit]) -> tuple[bytes, Span]:
    """The file with these edits of a unit, and the unit's span in it. ValueError as above, and for
    an edit outside of the unit."""
    if any(edit.start < unit.span.start or edit.end > unit.span.end for edit in edits):
        raise ValueError(f"an edit of {unit.qualified_name} lies outside the unit")
    changed = apply_edits(source, edits)
    return changed, Span(unit.span.start, unit.span.end + len(changed) - len(source))
