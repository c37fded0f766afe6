"""What was made for robustness is told everywhere, and in a dataset only where it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset.families import ROBUST
from codeaug.dataset.verification import verify
from codeaug.engines.rules import propose
from codeaug.engines.rules.habits import habits
from codeaug.model import Decision, Origin, Unit, Variant, Verdict, Word, content_id
from codeaug.report.story import as_text, story
from codeaug.store import Store
from codeaug.transforms import load, tier_of
from tests.forging import NOW, UNITS, Forged, evidence, exported, fill
from tests.test_rules import SOURCES, repository, unit_of

Record = dict[str, Any]

VARIANTS, ROWS, LEFT_OUT = (
    f"lineage/{name}.jsonl" for name in ("variants", "rows", "left_out")
)  # fmt: skip


def _variant(unit: Unit, origin: Origin, salt: str) -> Variant:
    head, _, last = unit.code.rpartition("return ")
    return Variant(unit.id, f"{head}return {salt}{last}", origin)


ODD = _variant(UNITS[8], Origin("rules", ("guard-clause", "literal-first")), "0 + ")
EDITED = _variant(UNITS[8], Origin("person", parent=ODD.id), "0 + 0 + ")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(str(tmp_path_factory.mktemp("store") / "store.db")) as opened:
        fill(opened)
        opened.put_variants([ODD, EDITED])
        for variant in (ODD, EDITED):
            opened.put_evidence(evidence(variant))
            opened.put_decision(Decision(variant.id, "ann", Word.APPROVED, NOW), variant.id)
        yield opened


@pytest.fixture(scope="module")
def usual(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Forged:
    out = tmp_path_factory.mktemp("usual") / "out"
    exported(store, out)
    return Forged(out)


@pytest.fixture(scope="module")
def wanted(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Forged:
    out = tmp_path_factory.mktemp("wanted") / "out"
    exported(store, out, lifted=True, dataset_robustness=True, dataset_max_synthetic_share=0.9)
    return Forged(out)


def failed(folder: Path) -> dict[str, str]:
    found = verify(folder, loaders=False)
    return {f.check: "\n".join(f.problems) for f in found if f.verdict is Verdict.FAILED}


def test_one_transform_for_robustness_is_enough() -> None:
    assert tier_of(("guard-clause",)) == "A"
    assert tier_of(("guard-clause", "stream-to-loop")) == "B"
    assert tier_of(("literal-first", "guard-clause", "stream-to-loop")) == "R"
    assert tier_of(("house-style",)) == tier_of(()) == ""


@pytest.mark.parametrize("language", ["java", "cpp"])
def test_nothing_for_robustness_is_unnatural_and_all_else_may_be(language: str) -> None:
    source = SOURCES[language].encode()
    read = habits(language, [("a", source), *repository(language)])
    assert read.naturalness is not None
    tiers = {one.name: one.tier for one in load()}
    _, tallies = propose(unit_of(language), source, read, 20, 0, ("A", "B", "R"))
    odd = {t.declined for t in tallies if tiers[t.transform] == "R"}
    assert "" in odd
    assert "SURPRISAL" not in odd


def test_what_was_made_for_robustness_is_left_out_with_its_reason(usual: Forged) -> None:
    assert failed(usual.folder) == {}
    why = {line["variant"]: line["why"] for line in usual.lines(LEFT_OUT)}
    assert (why[ODD.id], why[EDITED.id]) == (ROBUST, ROBUST)
    manifest = usual.manifest()
    assert (manifest["left_out"][ROBUST], manifest["counts"]["robustness"]) == (2, 0)
    assert not any("robustness" in line for line in (*usual.lines(VARIANTS), *usual.lines(ROWS)))


def test_where_it_is_wanted_it_and_each_of_its_rows_has_a_tag(wanted: Forged) -> None:
    assert failed(wanted.folder) == {}
    tagged = {line["id"] for line in wanted.lines(VARIANTS) if line.get("robustness")}
    assert tagged == {ODD.id, EDITED.id}
    for row in wanted.lines(ROWS):
        assert row.get("robustness", False) == (row["variant"] in tagged)
    assert wanted.manifest()["counts"]["robustness"] == 2
    card = (wanted.folder / "README.md").read_text()
    assert f"| for robustness | 2 of {wanted.manifest()['counts']['variants']} variants" in card


def _untag(lines: list[Record]) -> None:
    for line in lines:
        line.pop("robustness", None)


def _tag_another(lines: list[Record]) -> None:
    lines[0]["robustness"] = True


FAULTS = {
    "the tag of variants is gone": (VARIANTS, _untag, f"variant {ODD.id} is made for robustness"),
    "the tag of rows is gone": (ROWS, _untag, "shows variant made for robustness"),
    "a natural one is tagged": (VARIANTS, _tag_another, "is tagged, and nothing made it"),
    "a natural row is tagged": (ROWS, _tag_another, "is tagged, and shows no variant"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_of_the_tags_is_found(wanted: Forged, tmp_path: Path, name: str) -> None:
    file, change, words = FAULTS[name]
    forged = wanted.copy(tmp_path / content_id(name))
    forged.edit(file, change)
    forged.recount()
    forged.retell()
    assert words in failed(forged.folder)["robustness"]


def test_settings_that_leave_it_out_are_held_to_that(wanted: Forged, tmp_path: Path) -> None:
    forged = wanted.copy(tmp_path / "forged")
    forged.edit_manifest(lambda m: m["settings"].update(robustness=False))
    forged.retell()
    assert "which the settings leave out" in failed(forged.folder)["robustness"]


def test_the_story_of_a_variant_tells_its_tier(store: Store) -> None:
    told = story(store, ODD.id)
    assert told["variant"]["tier"] == "R"
    assert f"variant {ODD.id}  by rules guard-clause literal-first (tier R)" in list(as_text(told))


def test_no_model_and_no_person_makes_a_tier_of_its_own(store: Store) -> None:
    told = story(store, EDITED.id)
    assert told["variant"]["tier"] == ""
