from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from codeaug.errors import UsageError
from codeaug.model import Decision, Fault, FaultOutcome, Repository, Rung, Strength, Word
from codeaug.report import figures, page
from codeaug.report.story import as_text, story
from codeaug.store import Store
from tests.seeded import COMMIT, UNITS, VARIANTS, seed

KEY = "faults"
NOW = datetime(2026, 1, 2, 3, 4)
REPOSITORY = Repository("git@host:team/acme.git", "/clones/a", COMMIT, "Apache-2.0")


def fault(outcome: str, line: int = 42) -> Fault:
    hint = "check the result when <width> is 4"
    return Fault("negate", line, "`!=` for `==`", hint, FaultOutcome(outcome), "")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(str(tmp_path / "codeaug.db"))
    seed(opened)
    strengths = [
        Strength(UNITS["java"].id, COMMIT, (fault("caught"), fault("survived"))),
        Strength(UNITS["cpp"].id, COMMIT, (fault("survived"), fault("uncompilable"))),
        Strength(UNITS["python"].id, COMMIT, (fault("caught"), fault("equivalent"))),
    ]
    opened.put_strengths(strengths, KEY)
    return opened


def written(store: Store, target: Path) -> str:
    page.write(store, REPOSITORY, Rung.GUARDED, target, datetime(2026, 1, 2, 3, 4))
    return target.read_text(encoding="utf-8")


def test_the_report_is_one_file_that_needs_no_other(store: Store, tmp_path: Path) -> None:
    html = written(store, tmp_path / "report.html")
    for part in ("src=", "href=", "@import", "url("):
        assert part not in html
    assert "acme" in html
    assert COMMIT[:12] in html


def test_no_report_is_written_through_a_link_of_the_repository(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "r" / ".git").mkdir(parents=True)
    for name in ("report.html", "report.html.partial"):
        (tmp_path / "r" / name).symlink_to(tmp_path / "victim")
    assert written(store, tmp_path / "r" / "report.html")
    assert not (tmp_path / "victim").exists()


def test_text_of_the_repository_cannot_become_markup(store: Store, tmp_path: Path) -> None:
    html = written(store, tmp_path / "report.html")
    assert "when &lt;width&gt; is 4" in html
    assert "<width>" not in html


def test_the_picture_tells_blind_weak_and_strong_tests_apart(store: Store) -> None:
    oracles, strengths = store.oracles(COMMIT), store.strengths(COMMIT)
    files = figures.blindness(list(store.units(COMMIT)), oracles, strengths)
    kinds = {cell.name: cell.kind for cells in files.values() for cell in cells}
    assert kinds == {
        "Words.abbreviate": "weak",
        "acme::Clock::minutes_until": "blind",
        "partition": "strong",
    }


def test_the_funnel_counts_what_is_left_at_each_step(store: Store) -> None:
    found = figures.funnels(
        list(store.units(COMMIT)),
        store.oracles(COMMIT),
        store.strengths(COMMIT),
        store.told(COMMIT),
        Rung.TESTED,
    )
    units, variants = found["cpp"]
    assert [step.count for step in units] == [1, 1, 1, 0]
    counts = {step.name: step.count for step in variants}
    assert (counts["variants"], counts["compiled"], counts["tested"]) == (2, 2, 1)
    assert counts["accepted"] == 1


def test_each_lost_variant_has_a_reason(store: Store) -> None:
    losses = figures.losses(store.told(COMMIT), store.site_totals(COMMIT), Rung.TESTED)
    assert sum(count for _, count in losses["refused"]) == 2
    assert any(reason.startswith("tested failed") for reason, _ in losses["refused"])


def test_a_repository_that_was_never_scanned_has_no_report(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "codeaug.db")) as empty, pytest.raises(UsageError, match="run"):
        written(empty, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_the_story_of_a_variant_tells_every_vote(store: Store) -> None:
    variant = VARIANTS["java"].id
    votes = (
        ("ann", Word.APPROVED, ""),
        ("bob", Word.REJECTED, "trivial"),
        ("eve", Word.FLAGGED, ""),
    )
    for who, word, reason in votes:
        store.put_decision(Decision(variant, who, word, NOW, reason, "", 4), who)
    document = story(store, variant)
    told = [line for line in as_text(document) if line.startswith("decision: ")]
    at = NOW.isoformat()
    assert told == [
        f"decision: approved by ann at {at}",
        f"decision: rejected (trivial) by bob at {at}",
        f"decision: flagged by eve at {at}",
    ]
    assert [d["approved"] for d in document["decisions"]] == [True, False, False]
    assert [d["naturalness"] for d in document["decisions"]] == [4, 4, 4]
