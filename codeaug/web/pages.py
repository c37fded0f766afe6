"""What each page shows, filled into the templates."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from codeaug import review
from codeaug.bundled import bundled
from codeaug.model import Evidence, Rung, Verdict
from codeaug.review import Card, RejectReason
from codeaug.store import Lease, Listed, Store
from codeaug.web.diff import compare, unified

_ON_A_PAGE = 200
_LISTED_TESTS = 200
_MARKS = {Verdict.PASSED: "✓", Verdict.FAILED: "✗", Verdict.UNKNOWN: "?"}
_LANGUAGES = {"java": "Java", "cpp": "C++", "python": "Python"}


class Pages:
    """The pages of one reviewer over one store, as HTML."""

    def __init__(self, store: Store, reviewer: str, bar: Rung, overlap: int) -> None:
        self._store = store
        self._reviewer = reviewer
        self._bar = bar
        self._overlap = overlap
        self._templates = Environment(
            loader=FileSystemLoader(os.fspath(bundled("templates", "review"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def next_card(self) -> Lease | None:
        """The card to decide about; the queue is filled anew when it is empty."""
        found = review.next_card(self._store, self._reviewer)
        if found is None and self._store.slots.fill(self._bar, self._overlap):
            found = review.next_card(self._store, self._reviewer)
        return found

    def card(self, variant_id: str) -> str | None:
        """The page of one variant, or None when the store has no such variant."""
        card = review.card(self._store, variant_id)
        if card is None:
            return None
        lease = review.lease_of(self._store, self._reviewer, variant_id)
        mine = card.decision_of(self._reviewer)
        margin, language = card.unit.margin, card.unit.language
        rows = compare(margin + card.unit.code, margin + card.variant.code, language)
        return self._render(
            "card.html",
            card=card,
            token=lease.token if lease else "",
            may_decide=bool(lease or mine),
            rows=rows,
            unified_rows=list(unified(rows)),
            mine=mine,
            others=_others(card, self._reviewer),
            last=self._last(),
            before=self._store.last_decision(self._reviewer, variant_id if mine else ""),
            tests=card.oracle.tests[:_LISTED_TESTS] if card.oracle else (),
            **_facts(card),
        )

    def _last(self) -> dict[str, str] | None:
        """The decision that undo takes back."""
        decision = self._store.last_decision(self._reviewer)
        card = review.card(self._store, decision.variant_id) if decision else None
        if decision is None or card is None:
            return None
        because = f" ({decision.reason})" if decision.reason else ""
        word = f"{decision.word}{because}"
        return {"variant": decision.variant_id, "word": word, "name": card.unit.name}

    def empty(self) -> str:
        """The page when nothing waits: why, and what to do."""
        counts = Counter(_known(variant) for variant in self._store.listed())
        return self._render("empty.html", counts=counts, last=self._last())

    def listing(self, wanted: Mapping[str, str], page: int) -> str:
        """All variants that have the wanted language, verdict, rung and transform."""
        everything = [_shown(variant) for variant in self._store.listed()]
        found = [row for row in everything if _matches(row, wanted)]
        start = (max(page, 1) - 1) * _ON_A_PAGE
        return self._render(
            "list.html",
            rows=found[start : start + _ON_A_PAGE],
            total=len(found),
            page=max(page, 1),
            pages=max(1, -(-len(found) // _ON_A_PAGE)),
            wanted=wanted,
            choices=_choices(everything),
        )

    def problem(self, sentence: str) -> str:
        return self._render("problem.html", sentence=sentence)

    def _render(self, name: str, **values: Any) -> str:
        return self._templates.get_template(name).render(
            reviewer=self._reviewer,
            bar=self._bar,
            reasons=list(RejectReason),
            progress=review.progress(self._store, self._reviewer),
            request=uuid4().hex,
            marks=_MARKS,
            languages=_LANGUAGES,
            Rung=Rung,
            **values,
        )


def _others(card: Card, reviewer: str) -> tuple[Any, ...]:
    """Other people's decisions, only after one's own: nobody should follow another."""
    if card.decision_of(reviewer) is None:
        return ()
    return tuple(d for d in card.decisions if d.reviewer != reviewer)


def _facts(card: Card) -> dict[str, Any]:
    evidence = card.evidence
    return {
        "evidence": evidence,
        "parameters": evidence.parameters if evidence else (),
        "environment": evidence.environment if evidence else (),
        "made": _made(card),
        "judged": _judged(evidence),
    }


def _judged(evidence: Evidence | None) -> str:
    if evidence is None:
        return "not checked yet"
    if evidence.verdict is Verdict.FAILED:
        return "failed"
    if evidence.verdict is Verdict.UNKNOWN:
        return f"{evidence.rung.label}, untested"
    return evidence.rung.label


def _made(card: Card) -> str:
    origin = card.variant.origin
    if origin.engine == "person":
        return "edited by a person"
    by = f"model {origin.model}" if origin.model else f"{origin.engine} engine"
    return " → ".join(origin.recipe) + f" ({by})" if origin.recipe else by


def _known(variant: Listed) -> str:
    if not variant.verdict:
        return "not checked yet"
    return "failed a check" if variant.verdict == Verdict.FAILED else variant.rung.label


# --- the list -------------------------------------------------------------------------------------


def _shown(variant: Listed) -> dict[str, Any]:
    recipe = json.loads(variant.recipe)
    return {
        "id": variant.variant_id,
        "language": variant.language,
        "place": f"{variant.path}::{variant.name}",
        "transform": recipe or [variant.engine],
        "verdict": variant.verdict or "waiting",
        "rung": variant.rung.label,
    }


def _matches(row: Mapping[str, Any], wanted: Mapping[str, str]) -> bool:
    for name, value in wanted.items():
        have = row[name] if isinstance(row[name], list) else [row[name]]
        if value and value not in have:
            return False
    return True


def _choices(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    choices: dict[str, set[str]] = {}
    for name in ("language", "verdict", "rung", "transform"):
        values = (row[name] for row in rows)
        choices[name] = {v for value in values for v in (value if name == "transform" else [value])}
    return {name: sorted(values) for name, values in choices.items()}
