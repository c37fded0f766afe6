"""Datasets that are kept in the repository: their manifests and files agree, or it is told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codeaug.model import Decision, Word
from codeaug.store import Store
from tests.datasets import exported
from tests.hooking import Somebodys, somebodys_in
from tests.seeded import VARIANTS, seed


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Somebodys:
    """A repository with a dataset of two rows that codeaug exported, staged."""
    found = somebodys_in(tmp_path, monkeypatch)
    with Store.open(str(tmp_path / "store.db")) as store:
        seed(store)
        for name in ("java", "python"):
            made_at = datetime(2026, 1, 2, tzinfo=UTC)
            store.put_decision(Decision(VARIANTS[name].id, "ann", Word.APPROVED, made_at), name)
        exported(store, found.folder / "data" / "set")
    found.git("add", "-A")
    return found


def told(here: Somebodys) -> list[str]:
    return [line.removesuffix(" [dataset]") for line in here.run("dataset", code=1)[:-1]]


def test_a_dataset_as_it_was_exported_agrees(here: Somebodys) -> None:
    assert here.run("dataset") == []


def test_a_manifest_of_something_else_is_let_be(here: Somebodys) -> None:
    here.stage({"manifest.json": '{"kind": "other"}', "web/manifest.json": "{", "a.jsonl": "{}\n"})
    assert here.run("dataset") == []


def test_a_changed_row_is_told(here: Somebodys) -> None:
    path = here.folder / "data/set/train.jsonl"
    here.stage({"data/set/train.jsonl": path.read_text().replace("abbreviate", "shorten")})
    assert told(here) == [
        "data/set/train.jsonl: error: is not the file that its manifest was written for"
    ]


@pytest.mark.parametrize("name", ["lineage/rows.jsonl", "README.md", "training/openai.json"])
def test_a_changed_document_is_told(here: Somebodys, name: str) -> None:
    here.git("commit", "-qm", "The dataset")
    here.stage({f"data/set/{name}": (here.folder / "data/set" / name).read_text() + "\n"})
    assert told(here) == [
        f"data/set/{name}: error: is not the file that its manifest was written for"
    ]


def test_only_the_index_counts(here: Somebodys) -> None:
    here.write({"data/set/train.jsonl": "{}\n"})
    assert here.run("dataset") == []


def test_a_file_that_is_not_committed_is_told(here: Somebodys) -> None:
    here.git("rm", "-q", "--cached", "data/set/train.jsonl")
    assert told(here) == [
        "data/set/manifest.json: error: names train.jsonl, which is not committed with it"
    ]


def test_a_file_that_is_moved_out_of_its_folder_is_told(here: Somebodys) -> None:
    here.git("commit", "-qm", "The dataset")
    (here.folder / "other").mkdir()
    here.git("mv", "data/set/train.jsonl", "other/train.jsonl")
    assert told(here) == [
        "data/set/manifest.json: error: names train.jsonl, which is not committed with it"
    ]


def _fewer_rows(manifest: dict[str, Any]) -> None:
    manifest["counts"]["rows"]["train"] = 1


def _another_split(manifest: dict[str, Any]) -> None:
    manifest["files"][0]["split"] = "test"


def _outside(manifest: dict[str, Any]) -> None:
    manifest["files"][0]["name"] = "../../secret"


def _other_count(manifest: dict[str, Any]) -> None:
    manifest["files"][0]["rows"] = 7


def _no_list(manifest: dict[str, Any]) -> None:
    manifest["files"] = 3


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_fewer_rows, "counts 1 rows of train, and its files are said to have 2"),
        (_another_split, "counts 0 rows of test, and its files are said to have 2"),
        (_outside, "names a file outside its folder"),
        (_other_count, "has 2 rows, its manifest says 7"),
        (_no_list, "is no manifest that codeaug wrote"),
    ],
)
def test_a_manifest_that_is_wrong_is_told(
    here: Somebodys, change: Callable[[dict[str, Any]], None], word: str
) -> None:
    path = here.folder / "data/set/manifest.json"
    manifest = json.loads(path.read_text())
    change(manifest)
    here.stage({"data/set/manifest.json": json.dumps(manifest)})
    assert any(word in line for line in told(here))


def test_a_pointer_of_git_lfs_says_enough(here: Somebodys) -> None:
    data = (here.folder / "data/set/train.jsonl").read_bytes()
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize {}\n"
    digest = hashlib.sha256(data).hexdigest()
    here.stage({"data/set/train.jsonl": pointer.format(digest, len(data))})
    assert here.run("dataset") == []
    here.stage({"data/set/train.jsonl": pointer.format("0" * 64, len(data))})
    assert len(told(here)) == 1
