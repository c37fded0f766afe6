"""What the page of one variant shows, whoever looks at it."""

from __future__ import annotations

from typing import Any

from codeaug.model import Evidence, Verdict
from codeaug.review import Card
from codeaug.store import Store
from codeaug.web.chips import chips, made
from codeaug.web.diff import Row, Whitespace, compare, line_ends, unified


def card_values(store: Store, card: Card, whitespace: Whitespace) -> dict[str, Any]:
    """The code side by side, and the evidence strip."""
    origin, evidence = card.variant.origin, card.evidence
    paid = store.paid(card.unit.id, origin.model) if origin.model else (0, 0)
    return {
        **code_values(card, whitespace),
        "chips": chips(card, paid),
        "evidence": evidence,
        "parameters": evidence.parameters if evidence else (),
        "made": made(card.variant),
        "judged": _judged(evidence),
    }


def code_values(card: Card, whitespace: Whitespace) -> dict[str, Any]:
    unit = card.unit
    old, new = unit.margin + unit.code, unit.margin + card.variant.code
    rows = compare(old, new, unit.language, whitespace)
    return {
        "rows": rows,
        "unified_rows": list(unified(rows)),
        "line_ends": line_ends(old, new),
        "whitespace": whitespace,
        "hidden": _hidden(rows),
        "legend": _legend(rows),
    }


def _hidden(rows: list[Row]) -> str:
    """What a whitespace mode does not show as a difference; "" when that is nothing."""
    hidden = [row.hidden for row in rows if row.hidden]
    if not hidden:
        return ""
    lines = "1 line differs" if len(hidden) == 1 else f"{len(hidden)} lines differ"
    indented = hidden.count("indentation")
    python = f", {indented} of them in indentation, which has meaning in Python" if indented else ""
    return f"{lines} in white space only{python}"


def _legend(rows: list[Row]) -> list[tuple[str, str]]:
    """The signs beside the lines that need a word."""
    moved = {row.moved for row in rows}
    signs = (("⇄", "moved", "moved"), ("⇄*", "edited", "moved and edited"))
    found = [(sign, words) for sign, kind, words in signs if kind in moved]
    return found + ([("≈", "differs in white space")] if any(row.hidden for row in rows) else [])


def _judged(evidence: Evidence | None) -> str:
    if evidence is None:
        return "not checked yet"
    if evidence.verdict is Verdict.FAILED:
        return "failed"
    if evidence.verdict is Verdict.UNKNOWN:
        return f"{evidence.rung.label}, untested"
    return evidence.rung.label
