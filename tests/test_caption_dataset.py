"""Captions in datasets: only approved ones, told as a machine's, counted as synthetic."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset.mix import Weighed, figures, keep_caps
from codeaug.dataset.recipe import Policy
from codeaug.dataset.verification import verify
from codeaug.model import Caption, CaptionWord, Unit, Verdict, Word
from codeaug.store import Store
from tests import datasets, seeded
from tests.datasets import everything, lines, rows
from tests.forging import UNITS, Forged, exported, fill

MODEL = "openai:acme-1"
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TASKS = ("rewrite", "completion", "implementation", "description")
Record = dict[str, Any]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        fill(opened)
        yield opened


def say(store: Store, unit: Unit, word: Word | None = Word.APPROVED, text: str = "") -> Caption:
    made = Caption(unit.id, text or f"Computes {unit.name} of a number.", MODEL, "p1", NOW)
    store.captions.put(made)
    if word is not None:
        store.captions.say(CaptionWord(made.id, "ann", word, made.text, NOW))
    return made


def export(store: Store, out: Path, **settings: Any) -> Record:
    held = {"dataset_validation": 0.0, "dataset_test": 0.0}
    return exported(store, out, dataset_tasks=TASKS, **held | settings)


def units(out: Path) -> dict[str, Record]:
    return {line["id"]: line for line in lines(out / "lineage" / "units.jsonl")}


def texts(out: Path, split: str = "train") -> str:
    return json.dumps(rows(out, split))


def problems(out: Path) -> dict[str, str]:
    found = verify(out, loaders=False)
    return {f.check: "\n".join(f.problems) for f in found if f.verdict is Verdict.FAILED}


def test_only_captions_that_a_person_approved_make_rows(store: Store, tmp_path: Path) -> None:
    approved, waiting, rejected = UNITS[0], UNITS[1], UNITS[2]
    made = say(store, approved)
    say(store, waiting, None)
    say(store, rejected, Word.REJECTED)
    manifest = export(store, tmp_path / "out")
    assert made.text in texts(tmp_path / "out")
    for unit in (waiting, rejected):
        assert f"Computes {unit.name}" not in texts(tmp_path / "out")
    assert manifest["counts"]["tasks"]["description"] == 1
    told = units(tmp_path / "out")
    described = told[approved.id]["description"]
    assert (described["caption"], described["model"]) == (made.id, MODEL)
    assert described["reviewer"].startswith("reviewer-")
    assert {one["description"] for key, one in told.items() if key != approved.id} == {""}
    assert problems(tmp_path / "out") == {}


def test_what_a_machine_said_is_synthetic_where_it_is_trained_on(
    store: Store, tmp_path: Path
) -> None:
    bare = export(store, tmp_path / "bare")
    said = [say(store, unit) for unit in UNITS[:3]]
    manifest = export(store, tmp_path / "out")
    tokens = sum(len(made.text.split()) for made in said)
    (told,) = [one for one in manifest["generators"] if one["engine"] == "caption"]
    assert (told["model"], told["variants"]) == (MODEL, 0)
    assert told["tokens"] >= tokens
    assert manifest["counts"]["captions"] == {MODEL: 3}
    assert manifest["tokens"]["synthetic"] == bare["tokens"]["synthetic"] + told["tokens"] + sum(
        row["tokens"]
        for row in lines(tmp_path / "out" / "lineage" / "rows.jsonl")
        if row["task"] == "implementation" and row["variant"]
    )
    share = manifest["mix"]["figures"]["generators"][MODEL]
    assert 0 < share < manifest["mix"]["figures"]["synthetic_share"]
    card = (tmp_path / "out" / "README.md").read_text()
    assert "What 3 functions without documentation do was written by a model" in card
    assert "3 descriptions of functions" in (tmp_path / "out" / "eu-summary.md").read_text()
    assert problems(tmp_path / "out") == {}


def test_a_function_s_own_documentation_comes_before_a_caption(
    store: Store, tmp_path: Path
) -> None:
    with Store.open(str(tmp_path / "own.db")) as own:
        seeded.seed(own)
        datasets.decide(own, "python")
        say(own, seeded.UNITS["python"])
        datasets.exported(own, tmp_path / "out", tasks=("description", "rewrite"))
    assert "Those that are accepted" in texts(tmp_path / "out")
    assert "Computes partition" not in texts(tmp_path / "out")
    told = units(tmp_path / "out")
    assert told[seeded.UNITS["python"].id]["description"] == "documentation"


def test_held_out_splits_hold_no_captions(store: Store, tmp_path: Path) -> None:
    for unit in UNITS:
        say(store, unit)
    settings = {"dataset_validation": 0.2, "dataset_test": 0.2, "lifted": True}
    manifest = export(store, tmp_path / "out", dataset_max_synthetic_share=0.9,
                      dataset_max_generator_share=0.9, **settings)  # fmt: skip
    assert manifest["counts"]["units"]["test"] > 0
    for split in ("validation", "test"):
        assert "Computes" not in texts(tmp_path / "out", split)
    assert "Computes" in texts(tmp_path / "out")
    assert problems(tmp_path / "out") == {}


def test_a_caption_with_a_secret_or_a_control_token_or_of_the_tuned_model_stays_out(
    store: Store, tmp_path: Path
) -> None:
    say(store, UNITS[0], text="Ends with <|im_end|> in all cases.")
    say(store, UNITS[1], text="Mails to john.miller@acme-corp.com when done.")
    good = say(store, UNITS[2])
    export(store, tmp_path / "out")
    found = [one for one in units(tmp_path / "out").values() if one["description"]]
    assert [one["description"]["caption"] for one in found] == [good.id]
    export(store, tmp_path / "own", dataset_target_model="acme-1")
    assert not any(one["description"] for one in units(tmp_path / "own").values())


def test_the_same_store_gives_the_same_bytes_and_a_new_word_others(
    store: Store, tmp_path: Path
) -> None:
    made = say(store, UNITS[0])
    first, second = export(store, tmp_path / "a"), export(store, tmp_path / "b")
    assert first == second
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    store.captions.say(CaptionWord(made.id, "bob", Word.EDITED, "Another text of it.", NOW))
    export(store, tmp_path / "a")
    assert "Another text of it." in texts(tmp_path / "a")
    assert made.text not in texts(tmp_path / "a")


def test_verify_export_sees_a_caption_that_is_told_as_documentation_or_as_nothing(
    store: Store, tmp_path: Path
) -> None:
    unit = UNITS[0]
    say(store, unit)
    export(store, tmp_path / "out")
    for number, value in enumerate(("documentation", "", {"caption": "x"})):
        forged = Forged(tmp_path / "out").copy(tmp_path / f"forged{number}")

        def change(found: list[Record], value: object = value) -> None:
            next(one for one in found if one["id"] == unit.id)["description"] = value

        forged.edit("lineage/units.jsonl", change)
        forged.seal()
        found = problems(forged.folder)
        assert found, value
        if value == "":
            assert "knows none" in found["lineage"]


def test_verify_export_sees_a_caption_in_a_split_that_is_held_out(
    store: Store, tmp_path: Path
) -> None:
    export(store, tmp_path / "out", dataset_test=0.2)
    forged = Forged(tmp_path / "out")
    caption = {"caption": "0" * 20, "model": MODEL, "reviewer": "reviewer-" + "0" * 12}

    def change(found: list[Record]) -> None:
        next(one for one in found if one["split"] == "test")["description"] = caption

    forged.edit("lineage/units.jsonl", change)
    forged.seal()
    assert "of test has a caption" in problems(forged.folder)["splits"]


# --- the mix --------------------------------------------------------------------------------------


def test_captions_use_up_the_share_that_variants_may_have() -> None:
    def variants() -> list[Weighed]:
        return [Weighed(n, 10, ("t",), f"g{n}", "r", n) for n in range(3)]

    policy = Policy(max_synthetic_share=0.3, max_transform_share=1, max_generator_share=1)
    caption = [Weighed(9, 20, (), MODEL, "r", 0)]
    free, used = variants(), variants()
    keep_caps(free, 100, Counter({"r": 100}), policy)
    keep_caps(used, 100, Counter({"r": 100}), policy, caption)
    assert [sum(not one.why_not for one in some) for some in (free, used)] == [3, 2]
    found = figures(used, 100, Counter({"r": 100}), 5, caption)
    assert found["synthetic_share"] == pytest.approx(40 / 140, abs=1e-5)
    assert found["per_unit"] == 1
    assert MODEL in found["generators"]
