"""No variant brings a name of a held-out function into training."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset import carriers, plain, recipe_of
from codeaug.dataset.corpus import corpus
from codeaug.dataset.verification import verify
from codeaug.dataset.vocabulary import CARRIES, Side, Vocabulary, names
from codeaug.model import Origin, Unit, Variant, Verdict
from codeaug.settings import Settings
from codeaug.store import Store
from tests.forging import TASKS, UNITS, Forged, evidence, exported, fill

Record = dict[str, Any]


def renamed(unit: Unit, name: str, *recipe: str, salt: str = "") -> Variant:
    """Its first local under another name."""
    local = unit.code.split("\n")[2].split()[0]
    code = unit.code.replace(local, name).replace("return ", f"return {salt}")
    assert code != unit.code
    return Variant(unit.id, code, Origin("rules", recipe or ("rename-local",)))


def sides(store: Store, folder: Path) -> tuple[list[Unit], list[Unit]]:
    """Functions to train on, of which there is no variant yet, and those that are held out."""
    exported(store, folder / "first", lifted=True, dataset_name="shop")
    split = {u["id"]: u["split"] for u in Forged(folder / "first").lines("lineage/units.jsonl")}
    fresh = UNITS[8:]
    return [u for u in fresh if split[u.id] == "train"], [u for u in UNITS if split[u.id] == "test"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def planted(store: Store, tmp_path: Path) -> tuple[Store, Variant, Variant, Variant]:
    """A variant with a name that only a held-out function has, one with a new name, and a near miss
    of a third function with the name."""
    train, held = sides(store, tmp_path)
    name = held[0].code.split("\n")[5].split()[0]
    carrier, clean = renamed(train[0], name), renamed(train[1], "neverheardof")
    miss = renamed(train[2], name, salt="1 + ")
    pair = renamed(train[2], "unheardof")
    store.put_variants([carrier, clean, miss, pair])
    for variant in (carrier, clean, pair):
        store.put_evidence(evidence(variant))
    store.put_evidence(evidence(miss, "on (3) 4 instead of 3"))
    return store, carrier, clean, miss


def left_out(folder: Path) -> dict[str, str]:
    lines = Forged(folder).lines("lineage/left_out.jsonl")
    return {line["variant"]: line["why"] for line in lines}


def problems(folder: Path) -> dict[str, str]:
    found = verify(folder, loaders=False)
    return {f.check: "\n".join(f.problems) for f in found if f.verdict is Verdict.FAILED}


def test_a_variant_with_a_name_of_a_held_out_function_is_left_out_and_counted(
    planted: tuple[Store, Variant, Variant, Variant], tmp_path: Path
) -> None:
    store, carrier, clean, miss = planted
    made = exported(store, tmp_path / "out", lifted=True)
    reasons = left_out(tmp_path / "out")
    assert (reasons[carrier.id], reasons[miss.id]) == (CARRIES, CARRIES)
    assert clean.id not in reasons
    assert (made["left_out"][CARRIES], made["leakage"]["names"]) == (2, 0)
    there = {line["id"] for line in Forged(tmp_path / "out").lines("lineage/variants.jsonl")}
    assert clean.id in there
    assert not there & {carrier.id, miss.id}
    assert not problems(tmp_path / "out")


def test_a_function_that_loses_its_near_miss_has_no_row_of_it_and_its_mix_is_right(
    planted: tuple[Store, Variant, Variant, Variant], tmp_path: Path
) -> None:
    store, *_, miss = planted
    made = exported(
        store, tmp_path / "out", "trl-dpo", lifted=True, dataset_tasks=("preference",)
    )  # fmt: skip
    lines = Forged(tmp_path / "out").lines("lineage/rows.jsonl")
    assert lines
    assert miss.unit_id not in {line["unit"] for line in lines}
    assert made["mix"]["figures"]["transforms"]["rename-local"] == 0
    assert not problems(tmp_path / "out")


def test_a_leak_of_names_is_found_where_the_export_did_not_look(
    planted: tuple[Store, Variant, Variant, Variant],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, carrier, _, miss = planted
    monkeypatch.setattr(carriers, "carrying", lambda *_: [])
    exported(store, tmp_path / "out", lifted=True)
    found = problems(tmp_path / "out")
    assert list(found) == ["names"]
    assert set(found["names"].split("\n")) == {
        f"variant {one.id} {CARRIES}" for one in (carrier, miss)
    }


def test_names_are_unknown_where_texts_stand_in_no_row(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "out", lifted=True, dataset_tasks=("rewrite",))
    found = {finding.check: finding for finding in verify(tmp_path / "out", loaders=False)}
    assert found["names"].verdict is Verdict.UNKNOWN
    assert "texts stand in no row" in found["names"].detail


def test_the_proof_of_gain_leaves_the_same_variants_out(
    planted: tuple[Store, Variant, Variant, Variant], tmp_path: Path
) -> None:
    store, carrier, clean, _ = planted
    shares = dict.fromkeys(("synthetic", "transform", "generator"), 1.0)
    caps = {f"dataset_max_{kind}_share": share for kind, share in shares.items()}
    settings = Settings(dataset_name="shop", dataset_tasks=TASKS, **caps)
    found = corpus(store, recipe_of(settings, "openai-chat", "tested"))
    texts = {text.code for text in found.variants}
    assert clean.code in texts
    assert carrier.code not in texts
    assert found.leaked == 2


def said(language: str, code: str) -> set[str]:
    return names(language, plain.tokens(language, code))


@pytest.mark.parametrize(
    ("language", "code", "found"),
    [
        ("python", "def f(a):\n    # said\n    return 'b' if a else c.d(1)", {"f", "a", "c", "d"}),
        ("java", 'int f(int a) { return g("b") + a; } // c', {"f", "a", "g"}),
        ("cpp", "auto f(auto a) { return a->b::c(0x1f); }", {"f", "a", "b", "c"}),
        ("other", "let f = 1", {"let", "f"}),
    ],
)
def test_names_are_words_that_are_neither_keywords_nor_said(
    language: str, code: str, found: set[str]
) -> None:
    assert said(language, code) == found


@pytest.mark.parametrize(
    ("side", "carried"), [(Side.HELD_OUT, [1]), (Side.TRAINED, []), (Side.NOWHERE, [])]
)
def test_a_name_is_hidden_when_held_out_functions_have_it_and_none_to_train_on(
    side: Side, carried: list[int]
) -> None:
    words = Vocabulary()
    words.add("python", ["f", "a"], 0, own=True)
    words.add("python", ["f", "b"], 0, own=False)
    words.add("python", ["f", "c"], 0, own=False)
    words.add("python", ["g", "b"], 1, own=True)
    assert words.carrying([Side.TRAINED, Side.MADE, Side.MADE, side]) == carried
    assert words.carrying([Side.TRAINED, Side.NOWHERE, Side.MADE, side]) == []


def test_what_is_trained_on_is_not_taken_for_a_variants_when_it_comes_after_it() -> None:
    words = Vocabulary()
    words.add("python", ["f", "b"], 1, own=True)
    words.add("python", ["f", "b"], 0, own=False)
    assert words.carrying([Side.HELD_OUT, Side.MADE]) == [1]
