"""What came and what went between two datasets, with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset.difference import difference
from codeaug.errors import UsageError
from codeaug.model import Decision, Repository, ScannedFile, SourceFile, Word
from codeaug.store import Store
from tests import command_line
from tests.forging import NOW, UNITS, VARIANTS, evidence, exported, fill

Record = dict[str, Any]
WIDE = {"dataset_validation": 0.0, "dataset_test": 0.0, "lifted": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        fill(opened)
        yield opened


def kinds(tmp_path: Path) -> Record:
    found: Record = difference(tmp_path / "old", tmp_path / "new")["kinds"]
    return found


def test_equal_datasets_do_not_differ(store: Store, tmp_path: Path) -> None:
    for name in ("old", "new"):
        exported(store, tmp_path / name)
    found = difference(tmp_path / "old", tmp_path / "new")
    assert not found["settings"]
    for kind in found["kinds"].values():
        assert (kind["came"], kind["went"], kind["changed"], kind["listed"]) == ({}, {}, 0, {})


def test_a_rejected_variant_went_and_an_approved_one_came(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old", **WIDE, accept_rung=None)
    rejected, fresh = VARIANTS[0], VARIANTS[4]
    for reviewer in ("ann", "bob"):
        word = Decision(rejected.id, reviewer, Word.REJECTED, NOW, "unnatural")
        assert store.put_decision(word, f"no {reviewer}")
        word = Decision(fresh.id, reviewer, Word.APPROVED, NOW)
        assert store.put_decision(word, f"yes {reviewer}")
    exported(store, tmp_path / "new", **WIDE, accept_rung=None)
    found = kinds(tmp_path)
    assert found["variants"]["went"] == {"is no longer approved": 1}
    assert found["variants"]["came"] == {"approved since": 1}
    assert found["variants"]["listed"]["went"] == [
        {"id": rejected.id, "why": "is no longer approved"}
    ]
    assert found["rows"]["went"]["its variant: is no longer approved"] >= 2


def test_a_variant_that_a_check_failed_since_is_a_near_miss_now(
    store: Store, tmp_path: Path
) -> None:
    exported(store, tmp_path / "old", **WIDE)
    store.put_evidence(evidence(VARIANTS[1], "on (1) 2 instead of 3"), "again")
    exported(store, tmp_path / "new", **WIDE)
    found = kinds(tmp_path)["variants"]
    assert found["why_changed"] == {"used for: train, now contrast (a check failed)": 1}


def test_evidence_that_is_not_enough_any_more_is_told(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old", **WIDE)
    exported(store, tmp_path / "new", **WIDE, accept_rung="proved")
    found = difference(tmp_path / "old", tmp_path / "new")
    assert found["settings"]["accept_rung"] == ["tested", "proved"]
    assert found["kinds"]["variants"]["went"] == {"evidence has to reach proved": 1}


def test_what_the_policy_leaves_out_is_told_with_the_setting_that_changed(
    store: Store, tmp_path: Path
) -> None:
    share = exported(store, tmp_path / "old")["mix"]["figures"]["generators"]["rules"]
    exported(store, tmp_path / "new", dataset_max_generator_share=round(0.9 * share, 3))
    (why,) = kinds(tmp_path)["variants"]["went"]
    assert why == (
        "a greater share of one generator than is allowed (changed: max_generator_share)"
    )


def test_a_task_that_is_not_asked_for_any_more_takes_its_rows(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old", **WIDE)
    exported(store, tmp_path / "new", **WIDE, dataset_tasks=("rewrite", "completion"))
    found = kinds(tmp_path)["rows"]
    assert list(found["went"]) == ["the task equivalence is only in one of them"]
    assert not found["came"]


def test_rows_of_another_format_are_changed(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old", **WIDE)
    done = exported(store, tmp_path / "new", "prompt-completion", **WIDE)
    found = kinds(tmp_path)["rows"]
    assert found["why_changed"] == {"other settings (format)": sum(done["counts"]["rows"].values())}


def test_texts_that_changed_went_or_are_new_in_the_repository_are_told_apart(
    store: Store, tmp_path: Path
) -> None:
    exported(store, tmp_path / "old", **WIDE)
    changed = replace(UNITS[10], code=UNITS[10].code.replace("return ", "return 5 + "))
    moved = replace(UNITS[11], name="another_name")
    kept = [*UNITS[:10], changed, moved, *UNITS[12:47]]  # and the last is gone
    commit = "5" * 40
    store.put_repository(Repository("https://example.org/acme.git", "", commit, "Apache-2.0"))
    files = [
        SourceFile(u.path, u.language, f"{n + 500:040d}", len(u.code)) for n, u in enumerate(kept)
    ]
    store.put_scan("v1", [
        ScannedFile(file, (unit.facts,), ()) for file, unit in zip(files, kept, strict=True)
    ])  # fmt: skip
    store.put_tree(commit, "v1", [(f.path, f.language, f.blob) for f in files])
    exported(store, tmp_path / "new", **WIDE, dataset_name="another")
    found = kinds(tmp_path)["units"]
    assert found["why_changed"] == {"its text changed": 1}
    assert found["went"] == {"no longer in the repository": 2}
    assert found["came"] == {"new in the repository": 1}


def test_units_that_moved_to_another_split_are_told(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old")
    exported(store, tmp_path / "new", seed=7, dataset_name="another")
    found = kinds(tmp_path)["units"]
    assert any(why.startswith("moved from train to ") for why in found["why_changed"])
    assert not found["went"]
    assert not found["came"]


def test_what_is_no_export_is_refused(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old")
    with pytest.raises(UsageError, match="give an export"):
        difference(tmp_path / "old", tmp_path / "nowhere")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "manifest.json").write_text('{"kind": "a poem"}')
    with pytest.raises(UsageError, match="is no export of version 2"):
        difference(tmp_path / "old", tmp_path / "new")


def test_the_verb_compares_two_folders_without_writing(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "old", **WIDE)
    exported(store, tmp_path / "new", **WIDE, dataset_tasks=("rewrite",))
    words = ["export", "--diff", str(tmp_path / "old"), "--out", str(tmp_path / "new")]
    for more in ([], ["--json"]):
        done = command_line.codeaug(*words, *more, folder=tmp_path)
        assert done.returncode == 0, done.stderr
    assert "tasks" in json.loads(done.stdout)["difference"]["settings"]
