"""The store: records in, records out, and questions instead of statuses.

SQLite by default, PostgreSQL by URL, by the same statements. Everything that is put is put whole
or not at all, and may be put again: ids are hashes of content. Many small puts inside one
`with store.writing():` are one transaction.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from codeaug.errors import Busy, StoreError
from codeaug.model import (
    Batch,
    Decision,
    Evidence,
    Opinion,
    Oracle,
    Reply,
    Repository,
    Rung,
    ScannedFile,
    Sent,
    Skip,
    Strength,
    Unit,
    Variant,
)
from codeaug.settings.secrets import shown
from codeaug.store import census as _census
from codeaug.store import decisions as _decisions
from codeaug.store import evidence as _evidence
from codeaug.store import held as _held
from codeaug.store import listing as _listing
from codeaug.store import pushed as _pushed
from codeaug.store import questions as _questions
from codeaug.store import replies as _replies
from codeaug.store import scans as _scans
from codeaug.store import tables
from codeaug.store import versions as _versions
from codeaug.store.audit import Audit
from codeaug.store.captions import Captions
from codeaug.store.census import Census, Made, Tested
from codeaug.store.connection import (
    A_MOMENT,
    connect,
    make_folder,
    make_hasty,
    parse_url,
    plain_errors,
)
from codeaug.store.decisions import Dispute
from codeaug.store.edits import Edits
from codeaug.store.evidence import SiteCount, is_gold
from codeaug.store.exchange import Exchange
from codeaug.store.gold import Gold, GoldAnswer, GoldRules, Item, Pause, Truth
from codeaug.store.guidelines import Guideline, Guidelines
from codeaug.store.leases import Lease
from codeaug.store.listing import ALL, Listed, Wanted
from codeaug.store.lock import lock_file, lock_server
from codeaug.store.material import Material
from codeaug.store.people import People
from codeaug.store.questions import Match, Told
from codeaug.store.releases import Contained, Release, Releases, Tuned, Withdrawal, Withdrawn
from codeaug.store.replies import Spent
from codeaug.store.rows import add, chunks, get_variants, has_variant, secret, size_of
from codeaug.store.scans import FileKey
from codeaug.store.schema import is_current, migrate, wait_for_others
from codeaug.store.slots import Slots
from codeaug.store.summary import LanguageSummary, summarize
from codeaug.store.votes import Kind, Said, Votes
from codeaug.store.webhooks import Outbox

__all__ = [
    "Census",
    "Contained",
    "Dispute",
    "GoldAnswer",
    "GoldRules",
    "Guideline",
    "Item",
    "Kind",
    "LanguageSummary",
    "Lease",
    "Listed",
    "Made",
    "Match",
    "Pause",
    "Release",
    "Releases",
    "Said",
    "SiteCount",
    "Spent",
    "Store",
    "Tested",
    "Told",
    "Truth",
    "Tuned",
    "Wanted",
    "Withdrawal",
    "Withdrawn",
    "chunks",
    "default_url",
    "make_folder",
]

Answer = TypeVar("Answer")

_FILES_AT_ONCE = 100


def default_url(root: Path) -> str:
    """Where the store of the repository in `root` lies unless the user says otherwise."""
    return str(root.absolute() / ".codeaug" / "codeaug.db")


class Store:
    """One database. Safe to use from several threads; a forked worker opens its own."""

    def __init__(self, url: sa.URL, engine: sa.Engine) -> None:
        self._url = url
        self._engine = engine
        self._writer = engine.execution_options(writing=True)
        hasty = make_hasty(engine)
        self._hasty = hasty.execution_options(writing=True)
        # SQLite lets one write; of threads, a lock wakes the next.
        self._turn = threading.Lock() if url.get_backend_name() == "sqlite" else None
        self._mine = threading.local()
        self.gold_rules = GoldRules()

    @classmethod
    def open(cls, url: str, *, create: bool = True) -> Store:
        """Opens a store and brings its tables up to date; makes one unless `create` is False.

        Raises StoreError, OutOfSpace, MissingTool or UsageError.
        """
        parsed = parse_url(url)
        if parsed.get_backend_name() == "sqlite":
            path = Path(parsed.database or "")
            if not create and not path.exists():
                raise StoreError(f"there is no store at {path}: run `codeaug run` first")
            make_folder(path)
        store = cls(parsed, connect(parsed))
        try:
            store._prepare()
        except BaseException:
            store.close()
            raise
        return store

    def _prepare(self) -> None:
        with self.reading() as connection:
            if is_current(connection, self.place):
                return
        with self.writing() as connection:
            wait_for_others(connection)
            if not is_current(connection, self.place):  # another process may have been faster
                migrate(connection)

    @property
    def place(self) -> str:
        """The SQLite file, or the server's address without its password."""
        sqlite = self._url.get_backend_name() == "sqlite"
        return self._url.database or "" if sqlite else str(shown(str(self._url)))

    @property
    def url(self) -> str:
        """By which another process opens the same store. It holds the password: not to be shown."""
        if self._url.get_backend_name() == "sqlite":
            return self._url.database or ""
        return self._url.render_as_string(hide_password=False)

    def close(self) -> None:
        self._engine.dispose()
        self._hasty.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def exclusive(self) -> AbstractContextManager[None]:
        """Keeps other runs away. Raises StoreError naming the run that is there already."""
        if self._url.get_backend_name() == "sqlite":
            return lock_file(Path(f"{self._url.database}.lock"))
        return lock_server(self._engine)

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One transaction for everything this thread puts inside: all of it is kept, or none."""
        connection = getattr(self._mine, "connection", None)
        if connection is not None:
            yield connection
            return
        hasty = getattr(self._mine, "hasty", False)
        writer = self._hasty if hasty else self._writer
        with self._in_turn(hasty), plain_errors(self._url), writer.begin() as connection:
            self._mine.connection = connection
            try:
                yield connection
            finally:
                self._mine.connection = None

    @contextmanager
    def _in_turn(self, hasty: bool) -> Iterator[None]:
        if self._turn is None:
            yield
            return
        if not self._turn.acquire(timeout=A_MOMENT if hasty else -1):
            raise Busy("this program writes to the store itself: try again")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """Inside, this thread waits for a moment only where others write; then it raises Busy, and
        nothing of its transaction is kept."""
        self._mine.hasty = True
        try:
            yield
        finally:
            self._mine.hasty = False

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One consistent view: of this thread's own transaction if it is writing, else the one that
        it reads in already."""
        mine = self._mine
        connection = getattr(mine, "connection", None) or getattr(mine, "view", None)
        if connection is not None:
            yield connection
            return
        # Ended by COMMIT: after a ROLLBACK psycopg prepares its statements anew.
        with plain_errors(self._url), self._engine.begin() as connection:
            mine.view = connection
            try:
                yield connection
            finally:
                mine.view = None

    def _ask(self, question: Callable[..., Answer], *arguments: object) -> Answer:
        with self.reading() as connection:
            return question(connection, *arguments)

    def _put(self, put: Callable[..., Any], *arguments: object) -> Any:
        with self.writing() as connection:
            return put(connection, *arguments)

    # --- scans ------------------------------------------------------------------------------------

    def put_repository(self, repository: Repository) -> None:
        self._put(_scans.put_repository, repository)

    def repository(self, commit: str) -> Repository | None:
        found: Repository | None = self._ask(_scans.repository_of, commit)
        return found

    def cached(self, fingerprint: str, keys: Iterable[FileKey]) -> set[FileKey]:
        """Those of the (path, language, blob) that this version of the scanner has read."""
        known: set[FileKey] = self._ask(_scans.cached, fingerprint, keys)
        return known

    def put_scan(self, fingerprint: str, files: Iterable[ScannedFile]) -> None:
        """Keeps what a scan found in files, in transactions of at most 500 files each."""
        for some in chunks(files):
            self._put(_scans.put_files, fingerprint, some)

    def put_tree(
        self, commit: str, fingerprint: str, files: Iterable[FileKey], selection: str = ""
    ) -> None:
        """States that the commit consists of these files, all of which are known by now.

        `selection` tells scans of one commit apart that looked at different paths or languages.
        Questions about the commit speak of the scan that was put, or asked for, last.
        """
        self._put(_scans.put_tree, commit, fingerprint, selection, files)

    def scanned(self, commit: str, fingerprint: str, selection: str = "") -> bool:
        """Whether there is such a scan; if so, questions about the commit speak of it from now."""
        key = (commit, fingerprint, selection)
        return bool(self._ask(_scans.is_used, *key) or self._put(_scans.use, *key))

    def units(self, commit: str) -> Iterator[Unit]:
        """The units of a commit by path and place, a few files at a time."""
        return self._units(commit)

    def _units(self, commit: str, *where: sa.ColumnElement[bool]) -> Iterator[Unit]:
        for files in chunks(self._ask(_scans.files_of, commit), _FILES_AT_ONCE):
            with self.reading() as connection:
                found = list(_scans.units_in(connection, files, *where))
            yield from found

    def skips(self, commit: str) -> list[Skip]:
        """Everything that became no unit, and why."""
        return self._ask(lambda connection: list(_scans.skips_of(connection, commit)))

    def no_train(self, commit: str) -> set[str]:
        """The ids of the commit's units that a mark in their file keeps out of datasets."""
        return self._ask(_scans.no_train, commit)

    def is_no_train(self, unit_id: str, commit: str) -> bool:
        """Whether that holds for one of them."""
        return bool(self._ask(_scans.no_train, commit, unit_id))

    def unit(self, unit_id: str, commit: str | None = None) -> Unit | None:
        """The unit as it stands in this commit, or wherever it was seen last."""
        found: Unit | None = self._ask(_scans.find_unit, unit_id, commit)
        return found

    def unit_of(self, variant_id: str, commit: str) -> Unit | None:
        """The unit that a variant is of at a commit: the one that it was made of, or what that
        became when it was moved; None where it is not in the commit."""
        found: Unit | None = self._ask(_held.unit_of, variant_id, commit)
        return found

    # --- what other stores told -------------------------------------------------------------------

    def put_pushed(self, repository: Repository, unit: Unit, *, no_train: bool = False) -> None:
        """Keeps a unit that another store read at the repository's commit, and whether a mark
        keeps it out of datasets."""
        self._put(_pushed.put_pushed, repository, unit, no_train)

    def known_samples(self, ids: Iterable[str]) -> list[str]:
        """Those ids of samples that were received before."""
        return self._ask(_pushed.known_samples, ids)

    # --- what the tests can tell ------------------------------------------------------------------

    def put_baseline(
        self, commit: str, project_id: str, document: Mapping[str, Any], essence: str = ""
    ) -> None:
        """Keeps what a project's own tests did; `essence` stands for all that this depends on."""
        self._put(_evidence.put_baseline, commit, project_id, document, essence)

    def alike(self, project_id: str, essence: str) -> list[str]:
        """The commits at which the project's tests ran on the same essence."""
        found: list[str] = self._ask(_evidence.alike, project_id, essence)
        return found

    def baseline(self, commit: str, project_id: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self._ask(_evidence.get_baseline, commit, project_id)
        return found

    def baselines(self, commit: str) -> list[dict[str, Any]]:
        """What each of the commit's projects did."""
        found: list[dict[str, Any]] = self._ask(_evidence.get_baselines, commit)
        return found

    def put_oracles(self, oracles: Iterable[Oracle]) -> None:
        """Keeps oracles; the newest of a unit at a commit counts."""
        for some in chunks(oracles):
            self._put(_evidence.put_oracles, some)

    def oracle(self, unit_id: str, commit: str | None = None) -> Oracle | None:
        """The oracle of a unit at this commit, or the one that was measured last."""
        where = tables.oracle.c.unit_id == unit_id
        if commit is not None:
            where &= tables.oracle.c.commit_id == commit
        found: dict[str, Oracle] = self._ask(_evidence.get_oracles, where)
        return found.get(unit_id)

    def oracles(self, commit: str) -> dict[str, Oracle]:
        """All oracles of a commit by unit id; equal lists of tests share their memory."""
        found: dict[str, Oracle] = self._ask(
            _evidence.get_oracles, tables.oracle.c.commit_id == commit
        )
        return found

    def put_strengths(self, strengths: Iterable[Strength], key: str) -> None:
        """Keeps what injected faults said; `key` stands for the faults and for the checks."""
        for some in chunks(strengths):
            self._put(_evidence.put_strengths, some, key)

    def strengths(self, commit: str) -> dict[str, Strength]:
        """The newest strengths of a commit, by unit id."""
        found: dict[str, Strength] = self._ask(_evidence.get_strengths, commit)
        return found

    def measured(self, commit: str, keys: Mapping[str, str]) -> dict[str, Strength]:
        """Of units with their keys, the strengths that were measured under the unit's key, at
        whatever commit: they stand at this one from now on."""
        found: dict[str, Strength] = {}
        for some in chunks(keys.items()):
            found |= self._put(_evidence.measured, commit, dict(some))
        return found

    def strength(self, unit_id: str) -> Strength | None:
        """What the faults said that were injected into a unit last."""
        found: Strength | None = self._ask(_evidence.get_strength, unit_id)
        return found

    # --- what engines made ------------------------------------------------------------------------

    def put_variants(self, variants: Iterable[Variant]) -> None:
        """Keeps variants; one that is there already stays as it was first made."""
        for some in chunks(variants):
            self._put(_evidence.put_variants, some)

    def put_sites(self, unit_id: str, fingerprint: str, sites: Iterable[SiteCount]) -> None:
        """Keeps how often each transform applied or declined, and by which predicate."""
        self._put(_evidence.put_sites, unit_id, fingerprint, sites)

    def put_generated(self, unit_ids: Iterable[str], fingerprint: str) -> None:
        """States that the engine was asked about these units, so that it is not asked again."""
        rows = [{"unit_id": unit_id, "fingerprint": fingerprint} for unit_id in unit_ids]
        self._put(add, tables.generated, rows)

    def variant(self, variant_id: str) -> Variant | None:
        found: list[Variant] = self._ask(get_variants, tables.variant.c.id == variant_id)
        return found[0] if found else None

    def has_variant(self, variant_id: str) -> bool:
        return bool(self._ask(has_variant, variant_id))

    def size_of(self, variant_id: str) -> int:
        """Characters of a variant's code or its unit's, the larger; 0 when there is none."""
        size: int = self._ask(size_of, variant_id)
        return size

    def variants(self, unit_id: str) -> list[Variant]:
        """A unit's variants in the order in which they were made."""
        real = (tables.variant.c.unit_id == unit_id) & ~is_gold(tables.variant.c.id)
        found: list[Variant] = self._ask(get_variants, real)
        return found

    def outcomes(self, fingerprint: str) -> list[tuple[str, str, int]]:
        """Transform, predicate and number of all sites under this fingerprint."""
        found: list[tuple[str, str, int]] = self._ask(_evidence.get_outcomes, fingerprint)
        return found

    def sites(self, unit_id: str) -> list[SiteCount]:
        found: list[SiteCount] = self._ask(_evidence.get_sites, unit_id)
        return found

    # --- what models were asked -------------------------------------------------------------------

    def put_sent(self, records: Iterable[Sent]) -> list[int]:
        """Writes lines of the ledger, before the bytes go; their numbers, in order."""
        seqs: list[int] = self._put(_replies.put_sent, records)
        return seqs

    def put_outcome(self, seq: int, outcome: str) -> None:
        """What became of a line of the ledger: `replied`, `refused`, `lost`."""
        self._put(_replies.put_outcome, seq, outcome)

    def put_outcomes(self, keys: Iterable[str], outcome: str) -> None:
        """What became of the open lines about what has these keys."""
        self._put(_replies.put_outcomes, keys, outcome)

    def sent(self, keys: Iterable[str]) -> dict[str, Sent]:
        """The newest line of the ledger about what has these keys, by key."""
        found: dict[str, Sent] = self._ask(_replies.get_sent, keys)
        return found

    def ledger(self, unit_id: str | None = None) -> list[Sent]:
        """What was sent where, when, under which policy, in order."""
        found: list[Sent] = self._ask(_replies.ledger, unit_id)
        return found

    def put_reply(self, reply: Reply) -> None:
        """Keeps a reply as it came."""
        self._put(_replies.put_reply, reply)

    def replies(self, keys: Iterable[str]) -> dict[str, Reply]:
        """The replies to what has these keys; the others are left out."""
        found: dict[str, Reply] = self._ask(_replies.get_replies, keys)
        return found

    def spent(self, model: str | None = None) -> Spent:
        """What all replies of this store have cost (those of one model)."""
        found: Spent = self._ask(_replies.spent, model)
        return found

    def paid(self, unit_id: str, model: str) -> tuple[int, int]:
        """What a model's replies about a unit cost, in billionths of a dollar, and their number."""
        found: tuple[int, int] = self._ask(_replies.paid, unit_id, model)
        return found

    def median_seconds(self, model: str) -> float | None:
        """How long a model's replies took, in the middle; None when there are none."""
        found: float | None = self._ask(_replies.median_seconds, model)
        return found

    def put_batch(self, batch: Batch) -> None:
        """Keeps a batch endpoint's job; the newest state counts."""
        self._put(_replies.put_batch, batch)

    def batches(self, state: str = "submitted") -> list[Batch]:
        """The jobs in this state, in the order in which they were made."""
        found: list[Batch] = self._ask(_replies.get_batches, state)
        return found

    def put_opinions(self, opinions: Sequence[Opinion]) -> None:
        """Keeps what a second model thinks of variants' style."""
        self._put(_replies.put_opinions, opinions)

    def opinions(self, variant_id: str) -> list[Opinion]:
        found: list[Opinion] = self._ask(_replies.get_opinions, variant_id)
        return found

    # --- what checks found ------------------------------------------------------------------------

    def put_evidence(self, evidence: Evidence, key: str = "", unit_id: str = "") -> None:
        """Keeps a variant's evidence. `key` stands for what it depends on beside the texts of unit
        and variant, `unit_id` is what the unit is at the commit, where it was moved. Evidence of
        the same commit and key is replaced; logs are cut at 64 Ki."""
        self._put(_evidence.put_evidence, evidence, key, unit_id)

    def evidence(
        self, variant_id: str, commit: str | None = None, key: str | None = None
    ) -> Evidence | None:
        """The newest evidence of a variant (that stands at this commit); with a key, the newest
        that was made (at this commit) under it."""
        found: Evidence | None = self._ask(_evidence.get_evidence, variant_id, commit, key)
        return found

    # --- people, and what they decided ------------------------------------------------------------

    @property
    def people(self) -> People:
        """Who may do what, their keys and sessions."""
        return People(self.reading, self.writing)

    @property
    def audit(self) -> Audit:
        """Who did what when, so that no change of it goes unseen."""
        return Audit(self.reading, self.writing)

    @property
    def outbox(self) -> Outbox:
        """Who is told what happens, and what they were not told yet."""
        return Outbox(self.reading, self.writing)

    @property
    def slots(self) -> Slots:
        """Whose turn it is to decide, and decisions by leave of that."""
        return Slots(self.reading, self.writing, self.gold_rules)

    @property
    def gold(self) -> Gold:
        """Variants that are there only to see how people decide."""
        return Gold(self.reading, self.writing)

    @property
    def releases(self) -> Releases:
        """Datasets that were made of this store, and what was withdrawn from those to come."""
        return Releases(self.reading, self.writing)

    @property
    def captions(self) -> Captions:
        """What models say that units do, and what people say of that."""
        return Captions(self.reading, self.writing)

    @property
    def guidelines(self) -> Guidelines:
        """What people decide by."""
        return Guidelines(self.reading, self.writing)

    @property
    def votes(self) -> Votes:
        """What people's votes come to."""
        return Votes(self.reading)

    @property
    def exchange(self) -> Exchange:
        """What other tools for annotation are told."""
        return Exchange(self.reading)

    @property
    def material(self) -> Material:
        """What datasets are made of."""
        return Material(self.reading)

    @property
    def edits(self) -> Edits:
        """What people made of variants by editing them."""
        return Edits(self.reading, self.writing)

    def put_decision(self, decision: Decision, request_id: str) -> bool:
        """Adds a decision that needs no slot; False when this request was counted before."""
        with self.writing() as connection:
            row = _decisions.put_decision(connection, decision, request_id)
            if row is not None:
                _decisions.tell(connection, row)
            return row is not None

    def decisions(self, variant_id: str) -> list[Decision]:
        """The newest vote of each reviewer that was not withdrawn."""
        found: list[Decision] = self._ask(_decisions.get_decisions, [variant_id])
        return found

    def count_decided(self, reviewer: str) -> int:
        """How many votes of a person stand."""
        found: int = self._ask(_decisions.count_decided, reviewer)
        return found

    def last_decision(self, reviewer: str, before: str = "") -> Decision | None:
        """A person's newest word that stands; with `before`, the one before that about it."""
        found: Decision | None = self._ask(_decisions.last_decision, reviewer, before)
        return found

    def secret(self, name: str) -> bytes:
        """32 random bytes that stay the same in this store and are never exported."""
        value: bytes = self._put(secret, name)
        return value

    # --- questions --------------------------------------------------------------------------------

    def units_without_variants(self, commit: str, fingerprint: str) -> Iterator[Unit]:
        """Units of a commit that this engine has not been asked about, by path and place."""
        return self._units(commit, _questions.not_generated(fingerprint))

    def units_with_variants(self, commit: str, engine: str, model: str) -> Iterator[Unit]:
        """Units of a commit that this engine, with this model, made variants of."""
        return self._units(commit, _questions.has_variants(engine, model))

    def hold(
        self, commit: str, keys: Mapping[str, str], now: Mapping[str, str] | None = None
    ) -> int:
        """Lets the evidence that was made under a unit's key stand at the commit, for the variants
        of these units; how much of it was made at another commit. `now` maps units that were moved
        or laid out anew to what they are at the commit."""
        parts = chunks(keys.items())
        return sum(self._put(_held.hold, commit, dict(some), now or {}) for some in parts)

    def without_evidence(self, keys: Mapping[str, str]) -> list[Variant]:
        """The variants of these units that have no evidence under the unit's key."""
        found: list[Variant] = []
        for some in chunks(keys.items()):
            found += self._ask(_held.waiting, dict(some))
        return found

    def namesakes(self, units: Iterable[Unit], fingerprint: str) -> list[Unit]:
        """Units of any commit with the language and qualified name of one of these, of which this
        engine made variants."""
        found: list[Unit] = []
        for some in chunks(units):
            found += self._ask(_held.namesakes, some, fingerprint)
        return found

    def with_variants(self, address: str) -> dict[str, list[str]]:
        """The ids of all variants of a repository's units, at whatever commit, by unit id."""
        found: dict[str, list[str]] = self._ask(_held.with_variants, address)
        return found

    def last_seen(self, unit_ids: Iterable[str]) -> list[Unit]:
        """These units as they were seen last, at whatever commit."""
        found: list[Unit] = []
        for some in chunks(unit_ids):
            found += self._ask(_held.last_seen, some)
        return found

    def versions_called(self, names: Collection[str]) -> list[Unit]:
        """Every version of units with one of these qualified names, at any commit."""
        found: list[Unit] = []
        for some in chunks(names):
            found += self._ask(_versions.called, some)
        return found

    def versions_in_paths(self, holds: Callable[[str], bool]) -> set[str]:
        """The ids of units, at any commit, in files whose path `holds` takes."""
        return self._ask(_versions.in_paths, holds)

    def versions_in_repositories(self, holds: Callable[[Repository], bool]) -> set[str]:
        """The ids of units, at any commit, of repositories that `holds` takes."""
        return self._ask(_versions.in_repositories, holds)

    def variants_of(self, unit_ids: Iterable[str]) -> list[str]:
        """The ids of all variants of these units."""
        return self._ask(lambda connection: list(_versions.variants_of(connection, unit_ids)))

    def variants_without_evidence(
        self, commit: str, keys: Mapping[str, str]
    ) -> Iterator[tuple[Unit, Variant]]:
        """Variants of a commit's units that have no evidence under the unit's key, by place."""
        for units in chunks(self.units(commit), _FILES_AT_ONCE):
            by_id = {unit.id: unit for unit in units}
            found = self.without_evidence({unit_id: keys[unit_id] for unit_id in by_id})
            place = {unit_id: number for number, unit_id in enumerate(by_id)}
            for variant in sorted(found, key=lambda v: place[v.unit_id]):
                yield by_id[variant.unit_id], variant

    def review_queue(self, bar: Rung, commit: str | None = None) -> list[str]:
        """Ids of variants at or above the bar that no check failed, weakest evidence first."""
        found: list[str] = self._ask(_questions.queue, commit, bar)
        return found

    def approved(self) -> list[str]:
        """Ids of variants that were approved for good; where nobody said a final word, of those
        that more people approved than rejected, that nobody flagged, and for which no vote is
        waited for."""
        found: list[str] = self._ask(_decisions.approved)
        return found

    def disputes(self, variant_id: str = "") -> list[Dispute]:
        """What somebody has to settle (of this variant): flagged ones first."""
        found: list[Dispute] = self._ask(_decisions.disputes, variant_id)
        return found

    def accepted_by_evidence(self, bar: Rung) -> list[str]:
        """Ids of variants at or above the bar that no check failed and nobody objected to."""
        found: list[str] = self._ask(_questions.not_rejected, bar)
        return found

    def listed(self, wanted: Wanted = ALL) -> list[Listed]:
        """Every such variant with where it belongs and its newest verdict and rung, by place."""
        return self.list_page(wanted)[0]

    def list_page(
        self, wanted: Wanted, start: int = 0, number: int | None = None
    ) -> tuple[list[Listed], int]:
        """So many of them from the one with the number `start`, and how many there are."""
        found: tuple[list[Listed], int] = self._ask(_listing.listed, wanted, start, number)
        return found

    def transforms(self) -> set[str]:
        """All transforms by which variants were made, and engines where there is none."""
        return self._ask(_listing.transforms)

    def standings(self, *, with_gold: bool = False) -> list[tuple[str, Rung, int]]:
        """How many variants have which verdict ("" before there is evidence) and rung."""
        return self._ask(_listing.standings, with_gold)

    def told(self, commit: str) -> list[Told]:
        """The newest evidence of each variant of the commit's units, without logs."""
        found: list[Told] = self._ask(_questions.told, commit)
        return found

    def site_totals(self, commit: str) -> list[tuple[str, str, str, str, int]]:
        """Language, transform, `applied` or `declined`, predicate, number of sites."""
        found: list[tuple[str, str, str, str, int]] = self._ask(_questions.site_totals, commit)
        return found

    def find(self, words: str) -> Sequence[Match]:
        """What the first four or more digits of an id, or `path::name`, can mean."""
        found: list[Match] = self._ask(_questions.find, words)
        return found

    def census(self) -> Census | None:
        """How many variants and units there were of each kind when the queue was filled last."""
        found: Census | None = self._ask(_census.read)
        return found

    def summary(self, commit: str) -> list[LanguageSummary]:
        """Counts for each language of a commit."""
        found: list[LanguageSummary] = self._ask(summarize, commit)
        return found
