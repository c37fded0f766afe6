"""The store: what is put comes back, twice is once, and bad places get one sentence."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from codeaug.errors import CodeaugError, StoreError, UsageError
from codeaug.model import (
    Decision,
    Evidence,
    Finding,
    Oracle,
    Origin,
    Repository,
    Rung,
    ScannedFile,
    Skip,
    SkipReason,
    SourceFile,
    Span,
    Unit,
    Variant,
    Verdict,
    Word,
    up_to,
)
from codeaug.store import LanguageSummary, Store, default_url, tables
from codeaug.store.connection import connect, parse_url
from codeaug.store.rows import variant_row
from codeaug.store.schema import migrate
from codeaug.store.tables import REVISION, VERSION_TABLE, metadata
from tests.postgres import database

DECISION = ("request_id", "variant_id", "reviewer", "word", "reason", "comment", "made_at")
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PYTHON = "def add(a, b):\n    return a + b\n"
JAVA = "int add(int a, int b) {\n    return a + b;\n}"


def make_unit(name: str = "add", path: str = "src/sums.py", code: str = PYTHON) -> Unit:
    return Unit(
        path=path,
        language="java" if path.endswith(".java") else "python",
        name=name,
        parameters="(int,int)" if path.endswith(".java") else "",
        span=Span(0, len(code)),
        body=Span(10, len(code)),
        line=1,
        body_line=2,
        end_line=3,
        blob="b" * 40,
        code=code,
    )


def scanned_file(path: str, *units: Unit, skips: tuple[Skip, ...] = ()) -> ScannedFile:
    file = SourceFile(path, units[0].language, units[0].blob, 100)
    return ScannedFile(file, tuple(unit.facts for unit in units), skips)


UNIT = make_unit()
OTHER = make_unit("mul", code=PYTHON.replace("add", "mul").replace("+", "*"))
METHOD = make_unit("Sums.add", "src/Sums.java", JAVA)
SKIPPED = Skip("src/sums.py", "python", SkipReason.NO_BODY, "Protocol.m", "an ellipsis")
FILES = [
    scanned_file("src/sums.py", UNIT, OTHER, skips=(SKIPPED,)),
    scanned_file("src/Sums.java", METHOD),
]
KEYS = [(f.file.path, f.file.language, f.file.blob) for f in FILES]
VARIANT = Variant(UNIT.id, "def add(a, b):\n    return b + a\n", Origin("rules", ("flip",), 7))


def make_evidence(
    variant: Variant = VARIANT, rung: Rung = Rung.TESTED, *, failing: str = ""
) -> Evidence:
    findings = [Finding("parsed", Verdict.PASSED, "", 0.25)]
    if failing:
        findings.append(Finding(failing, Verdict.FAILED, "it broke", 1.5, "pytest -x", 1, "log"))
    return Evidence(
        variant.id, "c1", tuple(findings), up_to(rung), (("tests", "3"),), (("jdk", "17"),)
    )


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


@pytest.fixture
def scanned(store: Store) -> Store:
    store.put_scan("v1", FILES)
    store.put_tree("c1", "v1", KEYS)
    return store


# --- round trips ----------------------------------------------------------------------------------


def test_repository_comes_back_and_the_newest_clone_counts(store: Store) -> None:
    first = Repository("git@host:team/app.git", "/clones/1", "c1", "Apache-2.0")
    store.put_repository(first)
    store.put_repository(replace(first, git_dir="/clones/2"))
    assert store.repository("c1") == replace(first, git_dir="/clones/2")
    assert store.repository("c2") is None


def test_units_come_back_by_path_and_place(scanned: Store) -> None:
    assert list(scanned.units("c1")) == [METHOD, UNIT, OTHER]
    assert scanned.skips("c1") == [SKIPPED]
    assert scanned.unit(UNIT.id, "c1") == UNIT
    assert scanned.unit(UNIT.id, "c2") is None
    assert scanned.unit("0" * 20) is None


def test_putting_a_scan_twice_is_putting_it_once(scanned: Store) -> None:
    scanned.put_scan("v1", FILES)
    scanned.put_tree("c1", "v1", KEYS)
    assert list(scanned.units("c1")) == [METHOD, UNIT, OTHER]


def test_cached_names_the_files_that_this_scanner_has_read(scanned: Store) -> None:
    changed = ("src/sums.py", "python", "d" * 40)
    assert scanned.cached("v1", [*KEYS, changed]) == set(KEYS)
    assert scanned.cached("v2", KEYS) == set()


def test_questions_about_a_commit_speak_of_the_scan_asked_for_last(scanned: Store) -> None:
    scanned.put_tree("c1", "v1", KEYS[:1], selection="languages=python")
    assert list(scanned.units("c1")) == [UNIT, OTHER]
    assert scanned.scanned("c1", "v1")
    assert list(scanned.units("c1")) == [METHOD, UNIT, OTHER]
    assert not scanned.scanned("c1", "v2")
    assert not scanned.scanned("c2", "v1")


def test_twins_in_one_file_are_one_unit(store: Store) -> None:
    twin = replace(UNIT, span=Span(100, 100 + len(PYTHON)))
    store.put_scan("v1", [scanned_file("src/sums.py", UNIT, twin)])
    store.put_tree("c1", "v1", KEYS[:1])
    assert list(store.units("c1")) == [UNIT]


@pytest.mark.parametrize(
    "awkward", ["nul \0 nul", "caf\udce9.py", "\U0010ffff", "x\u2028\U0001f600"]
)
def test_awkward_text_comes_back_exactly(store: Store, awkward: str) -> None:
    odd = replace(UNIT, path=awkward, name=awkward, code=awkward)
    store.put_scan("v1", [scanned_file(awkward, odd)])
    store.put_tree("c1", "v1", [(awkward, "python", "b" * 40)])
    store.put_variants([replace(VARIANT, code=awkward)])
    finding = Finding("tested", Verdict.FAILED, awkward, 1.0, awkward, 1, awkward)
    store.put_evidence(Evidence(replace(VARIANT, code=awkward).id, "c1", (finding,), frozenset()))
    assert list(store.units("c1")) == [odd]
    assert store.variants(UNIT.id)[0].code == awkward
    evidence = store.evidence(replace(VARIANT, code=awkward).id)
    assert evidence is not None
    assert evidence.findings == (finding,)


def test_baseline_comes_back_and_the_newest_counts(store: Store) -> None:
    store.put_baseline("c1", "p1", {"stable": {"t::a": 0.5}, "problem": ""})
    store.put_baseline("c1", "p1", {"stable": {"t::a": 0.25}, "problem": "slow"})
    assert store.baseline("c1", "p1") == {"stable": {"t::a": 0.25}, "problem": "slow"}
    assert store.baseline("c2", "p1") is None


def test_oracles_come_back_and_share_their_tests(store: Store) -> None:
    oracle = Oracle(UNIT.id, "c1", ("t::a", "t::b"), (2, 3))
    blind = Oracle(OTHER.id, "c1", (), (), "no test executes this unit")
    store.put_oracles([oracle, blind, replace(oracle, unit_id=METHOD.id)])
    assert store.oracle(UNIT.id, "c1") == oracle
    assert store.oracle(UNIT.id, "c2") is None
    everything = store.oracles("c1")
    assert everything[OTHER.id] == blind
    assert everything[UNIT.id].tests is everything[METHOD.id].tests


def test_two_engines_with_one_idea_make_one_variant(store: Store) -> None:
    store.put_variants([VARIANT, replace(VARIANT, origin=Origin("llm", model="m"))])
    assert store.variants(UNIT.id) == [VARIANT]
    assert store.variant(VARIANT.id) == VARIANT


def test_sites_come_back_sorted(store: Store) -> None:
    store.put_sites(UNIT.id, "e1", [("rename", "declined", "FRESH", 2), ("flip", "applied", "", 1)])
    store.put_sites(UNIT.id, "e1", [("rename", "declined", "FRESH", 3)])
    assert store.sites(UNIT.id) == [("flip", "applied", "", 1), ("rename", "declined", "FRESH", 3)]


def test_evidence_comes_back_and_the_newest_counts(store: Store) -> None:
    store.put_variants([VARIANT])
    failed = make_evidence(rung=Rung.PARSED, failing="compiled")
    store.put_evidence(failed, key="flags=-O0")
    store.put_evidence(make_evidence(), key="flags=-O2")
    assert store.evidence(VARIANT.id) == make_evidence()
    assert store.evidence(VARIANT.id, "c1", "flags=-O0") == failed
    store.put_evidence(failed, key="flags=-O2")
    assert store.evidence(VARIANT.id) == failed
    assert store.evidence(VARIANT.id, "c2") is None


def test_a_long_log_keeps_its_beginning_and_its_end(store: Store) -> None:
    store.put_variants([VARIANT])
    log = "first line\n" + "x" * 300_000 + "\nlast line"
    finding = Finding("compiled", Verdict.FAILED, log=log)
    store.put_evidence(Evidence(VARIANT.id, "c1", (finding,), up_to(Rung.PARSED)))
    evidence = store.evidence(VARIANT.id)
    assert evidence is not None
    kept = evidence.findings[0].log
    assert kept.startswith("first line\n")
    assert kept.endswith("\nlast line")
    assert "characters left out" in kept
    assert len(kept) <= 64 * 1024


# --- decisions ------------------------------------------------------------------------------------


def decide(store: Store, reviewer: str, word: Word, request: str) -> bool:
    return store.put_decision(Decision(VARIANT.id, reviewer, word, NOW, "why"), request)


def test_a_decision_posted_twice_counts_once(store: Store) -> None:
    store.put_variants([VARIANT])
    assert decide(store, "ann", Word.APPROVED, "r1")
    assert not decide(store, "ann", Word.REJECTED, "r1")
    assert store.decisions(VARIANT.id) == [Decision(VARIANT.id, "ann", Word.APPROVED, NOW, "why")]


def test_the_newest_word_of_each_reviewer_stands_until_withdrawn(store: Store) -> None:
    store.put_variants([VARIANT])
    decide(store, "ann", Word.APPROVED, "r1")
    decide(store, "bob", Word.APPROVED, "r2")
    assert store.approved() == [VARIANT.id]
    decide(store, "bob", Word.REJECTED, "r3")
    assert store.approved() == []
    assert store.slots.undo(VARIANT.id, "bob", NOW, "r4", 0)
    assert not store.slots.undo(VARIANT.id, "bob", NOW, "r4", 0)
    assert store.approved() == [VARIANT.id]
    assert [d.reviewer for d in store.decisions(VARIANT.id)] == ["ann"]


def test_a_decision_about_nothing_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        decide(store, "ann", Word.APPROVED, "r1")


# --- questions ------------------------------------------------------------------------------------


def test_a_unit_that_yields_nothing_is_not_asked_again(scanned: Store) -> None:
    assert list(scanned.units_without_variants("c1", "e1")) == [METHOD, UNIT, OTHER]
    scanned.put_generated([UNIT.id, METHOD.id], "e1")
    assert list(scanned.units_without_variants("c1", "e1")) == [OTHER]
    assert list(scanned.units_without_variants("c1", "e2")) == [METHOD, UNIT, OTHER]


def keyed(key: str) -> dict[str, str]:
    return dict.fromkeys((METHOD.id, UNIT.id, OTHER.id), key)


def test_a_variant_waits_for_evidence_under_the_key_of_its_unit(scanned: Store) -> None:
    second = Variant(METHOD.id, "int add(int a, int b) { return b + a; }", Origin("rules"))
    scanned.put_variants([VARIANT, second])
    waiting = [(METHOD, second), (UNIT, VARIANT)]
    assert list(scanned.variants_without_evidence("c1", keyed("k"))) == waiting
    scanned.put_evidence(make_evidence(second), "k")
    assert list(scanned.variants_without_evidence("c1", keyed("k"))) == [(UNIT, VARIANT)]
    assert list(scanned.variants_without_evidence("c1", keyed("k2"))) == waiting


def test_the_queue_gives_the_weakest_evidence_first_and_no_failures(store: Store) -> None:
    variants = [Variant(UNIT.id, f"def add(a, b):\n    return a + b + {n}\n", Origin("rules"))
                for n in range(4)]  # fmt: skip
    store.put_variants(variants)
    store.put_evidence(make_evidence(variants[0], Rung.PROVED))
    store.put_evidence(make_evidence(variants[1], Rung.TESTED))
    store.put_evidence(make_evidence(variants[2], Rung.TESTED, failing="tested"))
    store.put_evidence(make_evidence(variants[3], Rung.COMPILED))
    assert store.review_queue(Rung.TESTED) == [variants[1].id, variants[0].id]
    assert store.review_queue(Rung.GUARDED) == [variants[0].id]
    assert store.review_queue(Rung.COMPILED)[0] == variants[3].id
    store.put_decision(Decision(variants[1].id, "ann", Word.REJECTED, NOW), "r1")
    assert store.review_queue(Rung.TESTED, commit="c2") == []
    assert store.accepted_by_evidence(Rung.TESTED) == [variants[0].id]


def test_newer_evidence_that_failed_takes_a_variant_out_of_the_queue(store: Store) -> None:
    store.put_variants([VARIANT])
    store.put_evidence(make_evidence(), "k1")
    store.put_evidence(make_evidence(failing="tested"), "k2")
    assert store.review_queue(Rung.PARSED) == []


def test_summary_counts_every_step_by_language(scanned: Store) -> None:
    broken = replace(VARIANT, code="def add(a, b):\n    return a - b\n")
    stale = Variant("f" * 20, "of another commit", Origin("rules"))
    scanned.put_variants([VARIANT, broken, stale])
    scanned.put_oracles([Oracle(UNIT.id, "c1", ("t",), (2,)), Oracle(OTHER.id, "c1", (), (), "no")])
    scanned.put_evidence(make_evidence())
    scanned.put_evidence(make_evidence(broken, Rung.COMPILED, failing="tested"))
    java, python = scanned.summary("c1")
    assert java == LanguageSummary("java", files=1, units=1)
    assert python == LanguageSummary(
        "python",
        files=1,
        units=2,
        skipped={"no body": 1},
        with_oracle=1,
        variants=2,
        verdicts={"failed": 1, "passed": 1},
        rungs={"tested": 1},
        failing={"tested": 1},
    )


def test_find_understands_the_start_of_an_id_and_path_and_name(scanned: Store) -> None:
    scanned.put_variants([VARIANT])
    assert [m.id for m in scanned.find(UNIT.id[:12])] == [UNIT.id]
    assert [m.id for m in scanned.find("src/Sums.java::Sums.add")] == [METHOD.id]
    assert [m.id for m in scanned.find("src/Sums.java::Sums.add(int,int)")] == [METHOD.id]
    assert [(m.kind, m.id) for m in scanned.find(VARIANT.id[:12])] == [("variant", VARIANT.id)]
    assert scanned.find(UNIT.id[:3]) == []
    assert scanned.find("%%%%") == []


def test_find_by_path_works_at_the_top_of_the_repository(store: Store) -> None:
    top = make_unit(path="sums.py")
    store.put_scan("v1", [scanned_file("sums.py", top)])
    assert [m.id for m in store.find("sums.py::add")] == [top.id]


def test_a_name_means_the_unit_in_the_newest_commit_that_was_scanned(store: Store) -> None:
    texts = {commit: f"def add(a, b): return a + b + {commit}" for commit in ("1", "2")}
    units = {commit: make_unit(path="sums.py", code=code) for commit, code in texts.items()}
    for commit, one in units.items():
        file = replace(scanned_file("sums.py", one), file=replace(
            scanned_file("sums.py", one).file, blob=commit))  # fmt: skip
        store.put_scan("v1", [file])
        store.put_tree(commit, "v1", [("sums.py", file.file.language, commit)])
    assert [m.id for m in store.find("sums.py::add")] == [units["2"].id]
    assert [m.id for m in store.find(units["1"].id[:12])] == [units["1"].id]


def test_listed_shows_variants_with_and_without_evidence(scanned: Store) -> None:
    waiting = Variant(METHOD.id, "int add(int a, int b) { return b + a; }", Origin("rules"))
    scanned.put_variants([VARIANT, waiting])
    scanned.put_evidence(make_evidence())
    first, second = sorted(scanned.listed(), key=lambda row: row.rung, reverse=True)
    assert (first.variant_id, first.verdict, first.rung) == (VARIANT.id, "passed", Rung.TESTED)
    assert (second.name, second.verdict, second.rung) == ("Sums.add(int,int)", "", Rung.NONE)


# --- transactions and locks -----------------------------------------------------------------------


def test_what_is_written_together_is_kept_together(scanned: Store) -> None:
    with suppress(KeyboardInterrupt), scanned.writing():
        scanned.put_variants([VARIANT])
        scanned.put_generated([UNIT.id], "e1")
        assert scanned.variants(UNIT.id) == [VARIANT]
        raise KeyboardInterrupt
    assert scanned.variants(UNIT.id) == []
    assert UNIT in list(scanned.units_without_variants("c1", "e1"))


def start(code: str, *arguments: str) -> subprocess.Popen[str]:
    program = [sys.executable, "-c", code, *arguments]
    return subprocess.Popen(program, stdout=subprocess.PIPE, text=True)


HOLD = """
import sys, time
from codeaug.store import Store
store = Store.open(sys.argv[1])
with store.exclusive():
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_refused_until_the_first_is_killed(store_url: str) -> None:
    with start(HOLD, store_url) as holder, Store.open(store_url) as store:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"pid {holder.pid}"), store.exclusive():
            pass
        holder.send_signal(signal.SIGKILL)
        holder.wait(10)
        deadline = time.monotonic() + 20
        while not can_lock(store) and time.monotonic() < deadline:
            time.sleep(0.05)  # a server needs a moment to see that its client is gone
        with store.exclusive():
            pass


def can_lock(store: Store) -> bool:
    try:
        with store.exclusive():
            return True
    except StoreError:
        return False


def test_a_run_in_this_very_process_is_refused_too(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "store.db")) as store, store.exclusive():  # noqa: SIM117
        with pytest.raises(StoreError, match=f"pid {os.getpid()}"), store.exclusive():
            pass


WRITE_FOR_EVER = """
import sys
from codeaug.model import Origin, Variant
from codeaug.store import Store
store = Store.open(sys.argv[1])
number = 0
while True:
    with store.writing():
        store.put_variants([Variant(f"u{number}", "code", Origin("rules"))])
        store.put_generated([f"u{number}"], "e1")
    print(number, flush=True)
    number += 1
"""


def test_a_killed_writer_loses_nothing_that_it_finished(tmp_path: Path) -> None:
    url = str(tmp_path / "store.db")
    with start(WRITE_FOR_EVER, url) as writer:
        assert writer.stdout is not None
        for _ in range(20):
            finished = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
    with Store.open(url) as store, store.reading() as connection:
        variants = {row.unit_id for row in connection.execute(sa.text("SELECT * FROM variant"))}
        facts = {row.unit_id for row in connection.execute(sa.text("SELECT * FROM generated"))}
    assert variants == facts
    assert {f"u{number}" for number in range(finished + 1)} <= variants


# --- schema ---------------------------------------------------------------------------------------


def test_migrations_make_exactly_the_tables(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.reading() as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": False}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_decisions_of_a_store_without_an_audit_are_told_by_the_one_it_gets(store_url: str) -> None:
    engine = connect(parse_url(store_url))
    unit = make_unit()
    words = [
        ("ann", "approved", "plain"),
        ("bob", "rejected", "with \0 and \ud800"),
        ("ann", "withdrawn", ""),
    ]
    with engine.execution_options(writing=True).begin() as connection:
        migrate(connection, "0005")
        row = variant_row(Variant(unit.id, PYTHON, Origin("rules")))
        del row["parent"]  # there was none in that schema
        connection.execute(sa.insert(tables.variant).values(row))
        for number, (reviewer, word, comment) in enumerate(words):
            old = sa.table("decision", *[sa.column(name, tables.Text()) for name in DECISION])
            values = (f"r{number}", row["id"], reviewer, word, "", comment, NOW.isoformat())
            connection.execute(sa.insert(old).values(dict(zip(DECISION, values, strict=True))))
    engine.dispose()
    with Store.open(store_url) as store:
        found = store.audit.verify()
        assert (found.events, found.problems) == (3, ())
        assert [line.verb for line in store.audit.events()] == ["withdrawn", "rejected", "approved"]
        assert [d.comment for d in store.decisions(str(row["id"]))] == ["with \0 and \ud800"]


def test_the_revision_is_the_newest_migration() -> None:
    import codeaug.store

    folder = Path(codeaug.store.__file__).parent / "migrations" / "versions"
    assert max(path.name for path in folder.glob("*.py")).startswith(REVISION)


def test_opening_a_store_again_does_not_load_alembic(tmp_path: Path) -> None:
    url = str(tmp_path / "store.db")
    Store.open(url).close()
    code = "import sys; from codeaug.store import Store; Store.open(sys.argv[1]).close();"
    code += "print('alembic' in sys.modules)"
    with start(code, url) as second:
        assert second.stdout is not None
        assert second.stdout.read() == "False\n"


def test_several_processes_may_make_a_store_at_once(store_url: str) -> None:
    code = "import sys; from codeaug.store import Store; Store.open(sys.argv[1]).close()"
    openers = [start(code, store_url) for _ in range(4)]
    assert [opener.communicate()[0] for opener in openers] == [""] * 4
    assert [opener.returncode for opener in openers] == [0] * 4


def test_a_store_in_a_repository_is_hidden_from_git(tmp_path: Path) -> None:
    Store.open(default_url(tmp_path)).close()
    assert (tmp_path / ".codeaug" / ".gitignore").read_text() == "*\n"
    assert (tmp_path / ".codeaug" / "codeaug.db").exists()


def test_a_path_with_odd_characters_is_a_path(tmp_path: Path) -> None:
    folder = tmp_path / "a b?c#d%41ü"
    Store.open(default_url(folder)).close()
    assert (folder / ".codeaug" / "codeaug.db").exists()


# --- bad places -----------------------------------------------------------------------------------


def complaint(url: str) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(url)
    return str(caught.value)


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store.open(str(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '9001'")
    connection.close()
    assert "newer codeaug" in complaint(str(path))


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"holiday pictures\n" * 1000)
    assert "not a codeaug store" in complaint(str(path))
    assert path.read_bytes().startswith(b"holiday")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE cookies (jar TEXT)")
    connection.close()
    assert "another program" in complaint(str(path))


def test_a_write_waits_for_another_programs_and_says_so_when_it_lasts_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, first = str(tmp_path / "store.db"), Repository("git@host:team/app.git", "/clones/1", "c1")
    with Store.open(path) as store:
        other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
        ended = threading.Timer(0.3, other.execute, ["ROLLBACK"])
        ended.start()
        store.put_repository(first)
        ended.join()
        other.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("codeaug.store.connection._SECONDS_TO_WAIT", 0.1)
        with pytest.raises(StoreError, match="locked by another program"):
            store.put_repository(replace(first, commit="c2"))
        other.close()
        store.put_repository(replace(first, commit="c3"))
        assert [bool(store.repository(each)) for each in ("c1", "c2", "c3")] == [True, False, True]


def test_postgresql_prepares_a_question_once(postgres: sa.URL) -> None:
    prepared = sa.text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE :asked")
    with database(postgres, f"d{uuid4().hex}") as url, Store.open(url) as store:
        for _ in range(10):
            store.has_variant("0" * 20)
        with store.reading() as connection:
            assert connection.scalar(prepared, {"asked": "SELECT variant.seq%"}) == 1


def test_a_folder_in_the_place_of_the_store_is_named(tmp_path: Path) -> None:
    assert str(tmp_path) in complaint(str(tmp_path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "--store" in complaint(str(tmp_path / "file" / "store.db"))


def test_a_missing_store_is_not_made_by_looking(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="codeaug run"):
        Store.open(str(tmp_path / "none" / "store.db"), create=False)
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "url", ["mysql://host/db", "sqlite+nothing:///x", "postgresql+nothing://h/d"]
)
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    with pytest.raises(UsageError, match="postgresql"):
        Store.open(url)


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(CodeaugError) as caught:
        Store.open("postgresql+psycopg://ann:secret@127.0.0.1:1/db")
    assert "secret" not in str(caught.value)


def in_sandbox(*arguments: str, code: str) -> str:
    command = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", *arguments]
    command += [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout


def test_a_read_only_folder_and_store_are_named(tmp_path: Path) -> None:
    Store.open(str(tmp_path / "store.db")).close()
    code = f"""
from codeaug.errors import StoreError
from codeaug.store import Store
for name in ("store.db", "fresh.db", "new/folder.db"):
    try:
        Store.open({str(tmp_path)!r} + "/" + name)
    except StoreError as error:
        print(error)
"""
    lines = in_sandbox(code=code).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("cannot write to") and "--store" in line for line in lines)


def test_a_full_disk_keeps_what_was_finished() -> None:
    code = """
from codeaug.errors import OutOfSpace
from codeaug.model import Origin, Variant
from codeaug.store import Store
store = Store.open("/mnt/store.db")
number = 0
try:
    while number < 1000:
        store.put_variants([Variant(f"u{number}", "x" * 50_000, Origin("rules"))])
        number += 1
except OutOfSpace as error:
    print(error)
store.close()
import os
print(number < 1000 and all(len(store.variants(f"u{n}")) == 1 for n in range(number)))
"""
    out = in_sandbox("--size", "3000000", "--tmpfs", "/mnt", code=code)
    sentence, kept = out.splitlines()
    assert sentence.startswith("no space left")
    assert kept == "True"
