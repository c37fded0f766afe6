"""What each page shows, filled into the templates."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from codeaug import review
from codeaug.bundled import bundled
from codeaug.model import RejectReason, Rung, Verdict
from codeaug.people import Caller, Permission
from codeaug.store import Lease, Listed, Store, Wanted
from codeaug.store.listing import WAITING
from codeaug.strata import Strata
from codeaug.transforms import tier_of
from codeaug.web.card_edit import own_edit
from codeaug.web.card_page import card_values
from codeaug.web.diff import Whitespace
from codeaug.web.forms import NOT_UTF_8
from codeaug.web.keys import FIXED, KEYS
from codeaug.web.soon import soon
from codeaug.web.surroundings import around

_COUNTING = 20
_SOON = 0.01  # seconds
_COUNTED_BY_NOW = 1.0  # seconds
_SHOWN_AT_ONCE = 2000  # characters: some 25 ms
_ON_A_PAGE = 200
_MARKS = {Verdict.PASSED: "✓", Verdict.FAILED: "✗", Verdict.UNKNOWN: "?"}
LANGUAGES = {"java": "Java", "cpp": "C++", "python": "Python"}
_RUNGS = {rung.label: rung for rung in Rung}
_CHOICES = {
    "language": list(LANGUAGES),
    "verdict": [*Verdict, WAITING],
    "rung": list(_RUNGS),
}


class Pages:
    """The pages over one store, as HTML."""

    def __init__(
        self,
        store: Store,
        bar: Rung,
        overlap: int,
        edited: Callable[[], None] = lambda: None,
        strata: Strata | None = None,
    ) -> None:
        """`edited` is called when an edit waits to be checked."""
        self.store = store
        self.edited = edited
        self._bar = bar
        self._overlap = overlap
        self._strata = strata or Strata()
        self._waiting, self._counting = (0.0, 0), 0.0
        self._full_until = 0.0
        self._templates = Environment(
            loader=FileSystemLoader(os.fspath(bundled("templates", "review"))),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(keymap=KEYS, fixed_keys=FIXED)

    def waiting(self) -> int:
        """How many votes are wanted of anybody; in tens where gold items are dealt, since a number
        that stands still would give them away. Counting a million takes longer than all else on a
        page, so it is done in one twentieth of the time at most."""
        until, number = self._waiting
        started = time.monotonic()
        if started > until:
            self._waiting = (started + _COUNTED_BY_NOW, number)  # one thread counts
            number = self.store.slots.waiting()
            if self.store.gold_rules.rate and self.store.gold.exist():
                number = -(-number // 10) * 10
            now = time.monotonic()
            self._counting = now - started
            self._waiting = (now + _COUNTING * self._counting, number)
        return number

    async def waiting_soon(self) -> int:
        """As `waiting`, for the thread that must not stop to count."""
        if time.monotonic() <= self._waiting[0] or self._counting < _SOON:
            return self.waiting()
        return await run_in_threadpool(self.waiting)

    def fill(self) -> int:
        """Puts into the queue what belongs there; how many variants. As `waiting`, in a twentieth
        of the time at most: runs do it, too."""
        started = time.monotonic()
        if started < self._full_until:
            return 0
        given = self.store.slots.fill(
            self._bar, self._overlap, strata=self._strata, anew=not self._full_until
        )
        now = time.monotonic()
        self._full_until = now + _COUNTING * (now - started)
        return given

    def queue(self, variant_ids: Sequence[str]) -> int:
        """Puts those of these variants into the queue that belong there; how many."""
        return self.store.slots.fill(self._bar, self._overlap, strata=self._strata, of=variant_ids)

    async def next_card(self, caller: Caller) -> Lease | None:
        """The card to decide about; the queue is filled anew when it is empty."""
        found = await soon(self.store, review.next_card, self.store, caller.name)
        if found is None and await run_in_threadpool(self.fill) > 0:
            found = await soon(self.store, review.next_card, self.store, caller.name)
        if found is None:
            self._waiting = (0.0, self._waiting[1])
        return found

    async def next_address(self, caller: Caller) -> str:
        """Where to look next: at an edit of theirs that fell short, else at the card to decide
        about; "" when there is nothing."""
        return self._returned(caller, "") or _address(await self.next_card(caller))

    def address_ahead(self, caller: Caller, besides: str) -> str:
        """As `next_address`, of what comes after the card that the person has."""
        back = self._returned(caller, besides)
        return back or _address(review.card_ahead(self.store, caller.name, besides))

    def _returned(self, caller: Caller, besides: str) -> str:
        back = self.store.edits.returned(caller.name, self._bar)
        return next((f"/variants/{e.variant_id}" for e in back if e.variant_id != besides), "")

    async def card(self, caller: Caller, variant_id: str, whitespace: Whitespace) -> str | None:
        """The page of one variant, or None when the store has no such variant."""
        if self.store.size_of(variant_id) <= _SHOWN_AT_ONCE:
            return self._view(caller, variant_id, whitespace)
        return await run_in_threadpool(self._view, caller, variant_id, whitespace)

    def _view(self, caller: Caller, variant_id: str, whitespace: Whitespace) -> str | None:
        with self.store.reading():  # all that it shows is of one moment
            return self._card(caller, variant_id, whitespace)

    def _card(self, caller: Caller, variant_id: str, whitespace: Whitespace) -> str | None:
        card = review.card(self.store, variant_id)
        if card is None:
            return None
        may_vote = caller.may(Permission.VOTE)
        lease = review.lease_of(self.store, caller.name, variant_id) if may_vote else None
        mine = card.decision_of(caller.name)
        return self.render(
            "card.html",
            caller,
            card=card,
            token=lease.token if lease else "",
            may_decide=bool(lease or mine),
            may_settle=review.may_settle(self.store, caller, card),
            mine=mine,
            others=review.visible(card, caller, self.store),
            edit=own_edit(self.store, caller, card, self._bar),
            last=self._last(caller),
            before=self.store.last_decision(caller.name, variant_id if mine else ""),
            **card_values(self.store, card, whitespace),
        )

    def file(self, caller: Caller, variant_id: str) -> str | None:
        """The unit of a variant in its file, or None when the store has no such variant."""
        card = review.card(self.store, variant_id)
        if card is None:
            return None
        file = around(card.unit, card.repository)
        return self.render("file.html", caller, card=card, file=file)

    def _last(self, caller: Caller) -> dict[str, str] | None:
        """The decision that undo takes back."""
        decision = self.store.last_decision(caller.name)
        variant = self.store.variant(decision.variant_id) if decision else None
        unit = self.store.unit(variant.unit_id) if variant else None
        if decision is None or unit is None:
            return None
        because = f" ({decision.reason})" if decision.reason else ""
        word = f"{decision.word}{because}"
        return {"variant": decision.variant_id, "word": word, "name": unit.name}

    def empty(self, caller: Caller) -> str:
        """The page when nothing waits: why, and what to do."""
        counts: Counter[str] = Counter()
        with_gold = not caller.may(Permission.CURATE)
        for verdict, rung, number in self.store.standings(with_gold=with_gold):
            counts[_known(verdict, rung)] += number
        return self.render("empty.html", caller, counts=counts, last=self._last(caller))

    def listing(self, caller: Caller, wanted: Mapping[str, str], page: int) -> str:
        """All variants that have the wanted language, verdict, rung and transform."""
        rows, total = self.matching(caller, wanted, page)
        return self.render(
            "list.html",
            caller,
            rows=rows,
            total=total,
            page=max(page, 1),
            pages=max(1, -(-total // _ON_A_PAGE)),
            wanted=wanted,
            choices=_CHOICES | {"transform": sorted(self.store.transforms())},
        )

    def matching(
        self, caller: Caller, wanted: Mapping[str, str], page: int
    ) -> tuple[list[dict[str, Any]], int]:
        """A page of that list, and how many there are."""
        rung = _RUNGS.get(wanted["rung"])
        if wanted["rung"] and rung is None:
            return [], 0
        found, total = self.store.list_page(
            Wanted(
                wanted["language"], wanted["verdict"], rung, wanted["transform"],
                with_gold=not caller.may(Permission.CURATE),
            ),
            (max(page, 1) - 1) * _ON_A_PAGE,
            _ON_A_PAGE,
        )  # fmt: skip
        return [_shown(variant) for variant in found], total

    def disputes(self, caller: Caller) -> str:
        """What somebody has to settle."""
        found = review.disputes(self.store, caller)
        rows = [(dispute, review.card(self.store, dispute.variant_id)) for dispute in found]
        return self.render("disputes.html", caller, rows=[row for row in rows if row[1]])

    def problem(self, sentence: str, caller: Caller | None) -> str:
        return self.render("problem.html", caller, sentence=sentence)

    def sign_in(self, problem: str, provider: bool) -> str:
        """The page on which one signs in."""
        return self.render("sign_in.html", None, problem=problem, provider=provider)

    def render(self, name: str, caller: Caller | None, **values: Any) -> str:
        """A page for whoever asks, None where they are not known."""
        decided = self.store.count_decided(caller.name) if caller else 0
        guidelines = self.store.guidelines
        used = guidelines.last_used(caller.name) if caller else 0
        newest = guidelines.newest() if used else None
        page = self._templates.get_template(name).render(
            reviewer=caller.name if caller else "",
            role=caller.person.role if caller else "",
            may=caller.may if caller else lambda permission: False,
            bar=self._bar,
            reasons=list(RejectReason),
            progress=review.Progress(decided, self.waiting()) if caller else None,
            changed_guideline=bool(newest and newest.version > used),
            waiting=len(self.store.edits.waiting(caller.name)) if caller else 0,
            request=uuid4().hex,
            marks=_MARKS,
            languages=LANGUAGES,
            Rung=Rung,
            **values,
        )
        return page.encode("utf-8", NOT_UTF_8).decode()


def known_card(store: Store, variant_id: str) -> review.Card:
    """The card of a variant; 404 when there is none."""
    found = review.card(store, variant_id)
    if found is None:
        raise HTTPException(404, "There is no such variant in this store.")
    return found


def _address(lease: Lease | None) -> str:
    return f"/variants/{lease.variant_id}" if lease else ""


def _known(verdict: str, rung: Rung) -> str:
    if not verdict:
        return "not checked yet"
    return "failed a check" if verdict == Verdict.FAILED else rung.label


# --- the list -------------------------------------------------------------------------------------


def _shown(variant: Listed) -> dict[str, Any]:
    recipe = json.loads(variant.recipe)
    return {
        "id": variant.variant_id,
        "language": variant.language,
        "place": f"{variant.path}::{variant.name}",
        "engine": variant.engine,
        "transform": recipe or [variant.engine],
        "tier": tier_of(recipe),
        "verdict": variant.verdict or WAITING,
        "rung": variant.rung.label,
    }
