"""`verify-export` passes what codeaug wrote, and names what anybody changed in it."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset import filters
from codeaug.dataset.verification import Finding, verify
from codeaug.errors import UsageError
from codeaug.formats import formats
from codeaug.formats.loading import Loaded, Loader
from codeaug.model import (
    Origin,
    Repository,
    Rung,
    ScannedFile,
    SourceFile,
    Variant,
    Verdict,
    up_to,
)
from codeaug.store import Store
from tests import command_line
from tests.forging import MISS, UNITS, VARIANTS, Forged, digest, evidence, exported, fill

Record = dict[str, Any]
Fault = Callable[[Forged], None]

UNIT_LINES, VARIANT_LINES = "lineage/units.jsonl", "lineage/variants.jsonl"
ROWS, LEFT_OUT = "lineage/rows.jsonl", "lineage/left_out.jsonl"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(str(tmp_path_factory.mktemp("store") / "store.db")) as opened:
        fill(opened)
        yield opened


@pytest.fixture(scope="module")
def good(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Forged:
    out = tmp_path_factory.mktemp("good") / "out"
    exported(store, out)
    return Forged(out)


@pytest.fixture(scope="module")
def lifted(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Forged:
    out = tmp_path_factory.mktemp("lifted") / "out"
    exported(store, out, lifted=True, dataset_max_synthetic_share=0.9)
    return Forged(out)


def failed(folder: Path, key: Path | None = None) -> dict[str, str]:
    """The checks that failed, with their problems."""
    found = verify(folder, key=key, loaders=False)
    return {f.check: "\n".join(f.problems) for f in found if f.verdict is Verdict.FAILED}


def verdicts(found: list[Finding]) -> dict[str, str]:
    return {finding.check: finding.verdict.value for finding in found}


# --- faults: each is named by what it is, and followed by how careful its maker is ----------------

FAULTS: dict[str, tuple[Fault, str, str, str]] = {}
"""By name: what is done, how it is covered up, the check that has to see it, and its words."""


def fault(cover: str, check: str, words: str) -> Callable[[Fault], Fault]:
    def register(change: Fault) -> Fault:
        FAULTS[change.__name__] = (change, cover, check, words)
        return change

    return register


BLUNT, SEALED, RETOLD, RECOUNTED = "blunt", "sealed", "retold", "recounted"


def number_of(export: Forged, task: str, *, variant: bool = True, split: str = "train") -> int:
    """Which row of a split is the first of a task."""
    lines = [line for line in export.lines(ROWS) if line["file"] == split]
    return next(
        n
        for n, line in enumerate(lines)
        if line["task"] == task and bool(line["variant"]) == variant
    )


# files


@fault(BLUNT, "digests", "train.jsonl has another digest")
def a_flipped_byte(export: Forged) -> None:
    path = export.folder / "train.jsonl"
    data = bytearray(path.read_bytes())
    data[100] ^= 1
    path.write_bytes(data)


@fault(BLUNT, "digests", "lineage/variants.jsonl has another digest")
def a_flipped_byte_in_the_lineage(export: Forged) -> None:
    path = export.folder / VARIANT_LINES
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"14"', b'"15"', 1))


@fault(BLUNT, "digests", "train.jsonl is cut short")
def a_truncated_file(export: Forged) -> None:
    path = export.folder / "train.jsonl"
    path.write_bytes(path.read_bytes()[:-100])


@fault(RETOLD, "rows", "cannot be read: its last line has no end")
def a_truncated_file_with_right_digests(export: Forged) -> None:
    path = export.folder / "train.jsonl"
    path.write_bytes(path.read_bytes()[:-100])


@fault(BLUNT, "folder", "notes.txt is in the folder but not in the manifest")
def an_extra_file(export: Forged) -> None:
    (export.folder / "notes.txt").write_text("hello")


@fault(BLUNT, "folder", "spdx.json is missing")
def a_missing_document(export: Forged) -> None:
    (export.folder / "spdx.json").unlink()


@fault(SEALED, "spdx.json", "spdx.json is missing")
def a_missing_document_that_the_manifest_does_not_list(export: Forged) -> None:
    (export.folder / "spdx.json").unlink()
    export.edit_manifest(
        lambda m: m.update(documents=[d for d in m["documents"] if d["name"] != "spdx.json"])
    )


@fault(BLUNT, "folder", "README.md is a link")
def a_link(export: Forged) -> None:
    path = export.folder / "README.md"
    path.rename(export.folder.parent / "elsewhere.md")
    path.symlink_to(export.folder.parent / "elsewhere.md")


@fault(BLUNT, "manifest", "../x leads out of the folder")
def a_name_that_leads_out(export: Forged) -> None:
    export.edit_manifest(lambda m: m["documents"][0].update(name="../x"))


@fault(BLUNT, "manifest", "other bytes than codeaug writes")
def a_manifest_in_another_layout(export: Forged) -> None:
    path = export.folder / "manifest.json"
    path.write_text(json.dumps(export.manifest()))


@fault(BLUNT, "manifest", "the format 'openai-talk' is not known")
def an_unknown_format(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(format="openai-talk"))


@fault(BLUNT, "manifest", "counts.variants is 'many'")
def a_count_that_is_no_number(export: Forged) -> None:
    export.edit_manifest(lambda m: m["counts"].update(variants="many"))


# rows


@fault(RETOLD, "rows", "row 3 of train is not in its file")
def a_dropped_row(export: Forged) -> None:
    export.edit("train.jsonl", lambda rows: rows.pop(2) and None)


@fault(RETOLD, "rows", "row 4 of train is row 3 once more")
def a_duplicated_row(export: Forged) -> None:
    export.edit("train.jsonl", lambda rows: rows.insert(3, rows[2]))


@fault(RETOLD, "rows", "of the rows' lineage is there twice")
def a_row_duplicated_in_the_lineage_too(export: Forged) -> None:
    export.edit("train.jsonl", lambda rows: rows.append(rows[-1]))

    def change(lines: list[Record]) -> None:
        last = [line for line in lines if line["file"] == "train"][-1]
        lines.append(last | {"row": last["row"] + 1})

    export.edit(ROWS, change)


@fault(RECOUNTED, "texts", "is number 1 of its text: rewrite makes no such row")
def a_row_duplicated_under_another_number(export: Forged) -> None:
    number = number_of(export, "rewrite")
    line = [line for line in export.lines(ROWS) if line["file"] == "train"][number]
    add_row(export, export.lines("train.jsonl")[number], line | {"number": 1})


def add_row(export: Forged, row: Record, line: Record) -> None:
    """Another row to train on, and all that counts it."""
    export.edit("train.jsonl", lambda rows: rows.append(row))
    at = len(export.lines("train.jsonl"))
    export.edit(ROWS, lambda lines: lines.append(line | {"row": at}))


@fault(RECOUNTED, "texts", "has its gap elsewhere than completion puts it by the seed")
def a_gap_that_was_moved(export: Forged) -> None:
    number = number_of(export, "completion", variant=False)
    row = export.lines("train.jsonl")[number]
    asked, answer = row["messages"]
    head, _, rest = answer["content"].partition("\n")
    asked["content"] = asked["content"].removesuffix("\n```") + f"{head}\n\n```"
    answer["content"] = rest
    export.put_row("train", number, row)
    tokens = sum(map(len, rest.split()))
    export.line_of("train", number, tokens=tokens)


@fault(RECOUNTED, "texts", "has its gap elsewhere than completion puts it by the seed")
def a_seed_that_was_changed(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(seed=7))


@fault(RECOUNTED, "texts", "begins at another line than the lineage says")
def a_body_that_was_moved(export: Forged) -> None:
    export.edit(UNIT_LINES, lambda units: units[0].update(body_line=units[0]["body_line"] + 1))


def drop(export: Forged, number: int) -> Record:
    """A row of training less, and its line."""
    lines = export.lines(ROWS)
    line = [line for line in lines if line["file"] == "train"][number]
    export.edit("train.jsonl", lambda rows: rows.pop(number) and None)
    lines.remove(line)
    for at, other in enumerate((line for line in lines if line["file"] == "train"), start=1):
        other["row"] = at
    export.put(ROWS, lines)
    return line


def only_row(export: Forged) -> int:
    """A row of human code that is the only one of its function."""
    lines = [line for line in export.lines(ROWS) if line["file"] == "train"]
    rows = Counter(line["unit"] for line in lines)
    return next(n for n, line in enumerate(lines) if rows[line["unit"]] == 1)


@fault(RECOUNTED, "lineage", "there is no row of completion of unit")
def a_human_row_dropped(export: Forged) -> None:
    drop(export, number_of(export, "completion", variant=False))


@fault(RECOUNTED, "lineage", "there is no row of equivalence of variant")
def a_row_of_a_variant_dropped(export: Forged) -> None:
    drop(export, number_of(export, "equivalence"))


def _left_out(export: Forged, line: Record, why: str) -> None:
    told = {"unit": line["unit"], "variant": line["variant"], "task": line["task"], "why": why}
    export.edit(LEFT_OUT, lambda lines: lines.append(told))


@fault(RECOUNTED, "lineage", "can be left out as it is longer than max_length")
def a_dropped_row_that_is_said_to_be_too_long_for_no_limit(export: Forged) -> None:
    line = drop(export, number_of(export, "completion", variant=False))
    _left_out(export, line, "is longer than max_length")


@fault(RECOUNTED, "texts", "was left out as it has nothing to ask about, which is not so")
def a_dropped_row_with_a_reason_that_does_not_hold(export: Forged) -> None:
    line = drop(export, number_of(export, "completion", variant=True))
    _left_out(export, line, "has nothing to ask about")


@fault(RETOLD, "lineage", "can be left out as it was forgotten")
def a_dropped_row_with_a_reason_that_there_is_not(export: Forged) -> None:
    _left_out(export, drop(export, number_of(export, "completion")), "was forgotten")


@fault(RETOLD, "counts", "counts.unwritten")
def a_dropped_row_that_the_manifest_does_not_count(export: Forged) -> None:
    line = drop(export, only_row(export))
    _left_out(export, line, "has nothing to ask about")


@fault(RETOLD, "rows", "row 5 of train stands at place 3: not in the order of the lineage")
def swapped_rows(export: Forged) -> None:
    def change(rows: list[Record]) -> None:
        rows[2], rows[4] = rows[4], rows[2]

    export.edit("train.jsonl", change)


@fault(RETOLD, "rows", "row 2 of train was changed")
def a_changed_row(export: Forged) -> None:
    export.edit("train.jsonl", lambda rows: rows[1]["messages"][1].update(content="pass"))


@fault(RETOLD, "schema", "Additional properties are not allowed")
def an_extra_field(export: Forged) -> None:
    row = export.lines("train.jsonl")[0]
    export.put_row("train", 0, row | {"weight": 1})


@fault(RETOLD, "schema", "row 1 of train")
def a_system_message(export: Forged) -> None:
    row = export.lines("train.jsonl")[0]
    row["messages"].insert(0, {"role": "system", "content": "Obey."})
    export.put_row("train", 0, row)


@fault(RETOLD, "schema", "row 1 of train is none of openai-chat")
def a_row_without_an_answer(export: Forged) -> None:
    row = export.lines("train.jsonl")[0]
    del row["messages"][1]
    export.put_row("train", 0, row)


@fault(RETOLD, "texts", "is worded otherwise than codeaug words the task rewrite")
def a_sentence_slipped_into_a_prompt(export: Forged) -> None:
    number = number_of(export, "rewrite")
    row = export.lines("train.jsonl")[number]
    asked = row["messages"][0]
    asked["content"] = asked["content"].replace("Keep its behaviour", "Forget its behaviour")
    export.put_row("train", number, row)


@fault(RETOLD, "texts", "has another text than that of variant")
def a_forged_variant(export: Forged) -> None:
    number = number_of(export, "rewrite")
    row = export.lines("train.jsonl")[number]
    answer = row["messages"][1]
    answer["content"] = answer["content"].replace("return ", "return 7 + ")
    export.put_row("train", number, row)


@fault(RETOLD, "texts", "that would have another id")
def a_forged_variant_with_its_digest(export: Forged) -> None:
    number = number_of(export, "rewrite")
    row, line = export.lines("train.jsonl")[number], export.lines(ROWS)
    answer = row["messages"][1]
    answer["content"] = answer["content"].replace("return ", "return 7 + ")
    export.put_row("train", number, row)
    own = [one for one in line if one["file"] == "train"][number]
    code = digest(answer["content"].encode())
    edit_variant(export, own["variant"], sha256=code)


@fault(RETOLD, "texts", "shows another text than that of unit")
def a_forged_original(export: Forged) -> None:
    number = number_of(export, "rewrite")
    row = export.lines("train.jsonl")[number]
    asked = row["messages"][0]
    asked["content"] = asked["content"].replace("return ", "return 7 + ")
    export.put_row("train", number, row)


@fault(RETOLD, "texts", "has another language, path or name")
def a_forged_path(export: Forged) -> None:
    export.edit(UNIT_LINES, lambda units: units[0].update(path="src/elsewhere.py"))


@fault(RETOLD, "texts", "another language, path or name")
def a_forged_name(export: Forged) -> None:
    export.edit(UNIT_LINES, lambda units: units[0].update(name="innocent"))


@fault(RETOLD, "unicode", "holds half of a surrogate pair")
def half_of_a_surrogate_pair(export: Forged) -> None:
    row = export.lines("train.jsonl")[0]
    row["messages"][1]["content"] += "\ud800"
    export.put_row("train", 0, row)


@fault(RETOLD, "control tokens", "holds a control token of the model (<|im_end|>)")
def a_control_token(export: Forged) -> None:
    row = export.lines("train.jsonl")[0]
    row["messages"][1]["content"] += "<|im_end|>"
    export.put_row("train", 0, row)


@fault(RETOLD, "length", "tokens at most, not 100")
def a_row_that_is_too_long(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(max_length=100))


# lineage


def edit_variant(export: Forged, variant: str, **changes: Any) -> None:
    def change(lines: list[Record]) -> None:
        for line in lines:
            if line["id"] == variant:
                line.update(changes)

    export.edit(VARIANT_LINES, change)


@fault(SEALED, "lineage", "which is not in the lineage")
def a_missing_ancestor(export: Forged) -> None:
    of = export.lines(VARIANT_LINES)[0]["unit"]
    export.edit(UNIT_LINES, lambda units: units.remove(next(u for u in units if u["id"] == of)))


@fault(RETOLD, "lineage", f"variant {'0' * 20} is not in the lineage")
def a_reference_to_nothing(export: Forged) -> None:
    number = number_of(export, "rewrite")
    export.line_of("train", number, variant="0" * 20)


@fault(RETOLD, "lineage", "is of another unit")
def a_row_of_another_units_variant(export: Forged) -> None:
    number = number_of(export, "rewrite")
    export.line_of("train", number, variant=export.lines(VARIANT_LINES)[-1]["id"])


@fault(RETOLD, "lineage", "stands there twice")
def a_unit_that_is_there_twice(export: Forged) -> None:
    export.edit(UNIT_LINES, lambda units: units.append(units[0]))


@fault(RETOLD, "lineage", "stands there twice")
def a_variant_that_is_there_twice(export: Forged) -> None:
    export.edit(VARIANT_LINES, lambda variants: variants.append(variants[0]))


@fault(RETOLD, "lineage", "row 2 of train has the number 7 in the lineage")
def a_gap_in_the_numbers(export: Forged) -> None:
    export.line_of("train", 1, row=7)


@fault(RETOLD, "lineage", "is no record")
def a_line_that_is_no_record(export: Forged) -> None:
    with (export.folder / LEFT_OUT).open("ab") as file:
        file.write(b'{"unit": "x"\n')


@fault(RETOLD, "lineage", "of the task judgement, which was not asked for")
def a_task_that_nobody_asked_for(export: Forged) -> None:
    export.line_of("train", number_of(export, "rewrite"), task="judgement")


@fault(RETOLD, "lineage", "was left out (it fails), and is there")
def a_variant_that_was_left_out_and_is_there(export: Forged) -> None:
    variant = next(v for v in export.lines(VARIANT_LINES) if v["use"] == "train")
    line = {"unit": variant["unit"], "variant": variant["id"], "task": "", "why": "it fails"}
    export.edit(LEFT_OUT, lambda lines: lines.append(line))
    export.edit_manifest(lambda m: m["left_out"].update({"it fails": 1}))


@fault(RECOUNTED, "lineage", f"was made of {'1' * 20}, which is in no lineage")
def a_parent_that_is_in_no_lineage(export: Forged) -> None:
    line = trained(export, engine="llm")
    edit_variant(export, line["id"], origin=line["origin"] | {"parent": "1" * 20})


@fault(RECOUNTED, "lineage", "was made of")
def a_parent_of_another_function(export: Forged) -> None:
    line, other = trained(export, engine="rules"), trained(export, engine="llm")
    origin = line["origin"] | {"parent": other["id"]}
    edit_variant(export, line["id"], origin=origin, depth={"llm": 1, "rule": 1})


@fault(RECOUNTED, "depth", "was made of itself")
def a_variant_that_was_made_of_itself(export: Forged) -> None:
    line = trained(export)
    edit_variant(export, line["id"], origin=line["origin"] | {"parent": line["id"]})


@fault(RECOUNTED, "lineage", "is an ancestor, and nothing was made of it")
def an_ancestor_of_nothing(export: Forged) -> None:
    line = trained(export) | {"id": "1" * 20, "use": "ancestor", "accepted_by": ""}
    export.edit(VARIANT_LINES, lambda lines: lines.append(line))


# settings


def _settings(export: Forged, **changes: Any) -> None:
    export.edit_manifest(lambda m: m["settings"].update(changes))


@fault(RETOLD, "filters", "tells no licence, and the settings allow only some")
def licences_that_the_settings_refuse(export: Forged) -> None:
    _settings(export, licenses=["MIT"])


@fault(RETOLD, "filters", "is under a licence that is not allowed (Apache-2.0)")
def told_licences_that_the_settings_refuse(export: Forged) -> None:
    _settings(export, licenses=["MIT"])
    export.edit(
        UNIT_LINES,
        lambda units: [unit.update(licenses=["Apache-2.0"]) for unit in units] and None,
    )


@fault(RETOLD, "filters", "is in a file that dataset.skip leaves out")
def a_file_that_the_settings_skip(export: Forged) -> None:
    _settings(export, skip=["part1.*"])


@fault(RETOLD, "filters", "was made by the model that is to be tuned")
def a_variant_by_the_model_that_is_to_be_tuned(export: Forged) -> None:
    _settings(export, target_model="acme-1-instruct")


@fault(RETOLD, "splits", "others of src in")
def a_folder_in_two_splits(export: Forged) -> None:
    _settings(export, by_module=True)


# splits


@fault(RETOLD, "splits", "is made of unit")
def a_variant_of_a_test_unit_in_train(export: Forged) -> None:
    test = next(u["id"] for u in export.lines(UNIT_LINES) if u["split"] == "test")
    variant = export.lines(VARIANT_LINES)[0]["id"]
    edit_variant(export, variant, unit=test)

    def change(lines: list[Record]) -> None:
        for line in lines:
            if line["variant"] == variant:
                line["unit"] = test

    export.edit(ROWS, change)


@fault(RETOLD, "splits", "only what people wrote may")
def a_variant_in_validation(export: Forged) -> None:
    number = number_of(export, "rewrite")
    row = export.lines("train.jsonl")[number]
    own = [line for line in export.lines(ROWS) if line["file"] == "train"][number]
    export.edit("validation.jsonl", lambda rows: rows.append(row))
    at = len(export.lines("validation.jsonl"))
    export.edit(ROWS, lambda lines: lines.append(own | {"file": "validation", "row": at}))


@fault(RETOLD, "splits", "row 1 of validation is row 1 of test")
def exchanged_splits(export: Forged) -> None:
    one, other = export.folder / "validation.jsonl", export.folder / "test.jsonl"
    text = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(text)


@fault(RETOLD, "splits", "of test")
def a_unit_moved_to_test(export: Forged) -> None:
    unit = next(u for u in export.lines(UNIT_LINES) if u["split"] == "train")
    export.edit(
        UNIT_LINES,
        lambda units: [u.update(split="test") for u in units if u["id"] == unit["id"]] and None,
    )


@fault(RETOLD, "splits", "others of src/part")
def a_file_in_two_splits(export: Forged) -> None:
    units = export.lines(UNIT_LINES)
    path = next(u["path"] for u in units if u["split"] == "train")
    test = next(u["id"] for u in units if u["split"] == "test")
    export.edit(
        UNIT_LINES, lambda units: [u.update(path=path) for u in units if u["id"] == test] and None
    )


def _smuggle(export: Forged, change: Callable[[str], str]) -> None:
    """The text of a training row, changed a little, as an answer in the test split."""
    number = number_of(export, "completion", variant=False)
    trained = export.lines("train.jsonl")[number]
    for message in trained["messages"]:
        message["content"] = change(message["content"])
    export.put_row("test", 0, trained)


@fault(RETOLD, "leakage", "hold the same text (exact)")
def an_exact_copy_across_splits(export: Forged) -> None:
    _smuggle(export, lambda text: text)


@fault(RETOLD, "leakage", "hold the same text (normalised)")
def a_copy_in_another_layout_across_splits(export: Forged) -> None:
    _smuggle(export, lambda text: text.replace(" = ", "  =  "))


@fault(RETOLD, "leakage", "of near-duplicates are in two splits")
def a_near_duplicate_across_splits(export: Forged) -> None:
    _smuggle(export, lambda text: text.replace("return ", "return 9 + "))


@fault(RETOLD, "leakage", "leakage.json: texts is")
def a_forged_leakage_report(export: Forged) -> None:
    path = export.folder / "leakage.json"
    report = json.loads(path.read_bytes())
    path.write_text(json.dumps(report | {"texts": 1}, indent=1))


# evidence, decisions, depth


def trained(export: Forged, accepted_by: str = "review", engine: str = "") -> Record:
    return next(
        line
        for line in export.lines(VARIANT_LINES)
        if line["accepted_by"] == accepted_by and line["origin"]["engine"].startswith(engine)
    )


@fault(RETOLD, "evidence", "is trained on although its verdict is failed")
def a_failed_verdict(export: Forged) -> None:
    edit_variant(export, trained(export)["id"], verdict="failed")


@fault(RETOLD, "evidence", "is trained on although a check failed (tested)")
def a_failed_check(export: Forged) -> None:
    line = trained(export)
    edit_variant(export, line["id"], checks=line["checks"] | {"tested": "failed"})


@fault(RETOLD, "evidence", "tells the rung compiled, its checks give tested")
def a_lowered_rung(export: Forged) -> None:
    edit_variant(export, trained(export, "evidence")["id"], rung="compiled")


@fault(RECOUNTED, "evidence", "was accepted by evidence of the rung compiled, without tested")
def a_check_less(export: Forged) -> None:
    line = trained(export, "evidence")
    checks = line["checks"] | {"tested": "unknown"}
    edit_variant(export, line["id"], checks=checks, rung="compiled", verdict="unknown")


@fault(RECOUNTED, "evidence", "tells the rung proved, its checks give tested")
def a_rung_without_its_check(export: Forged) -> None:
    edit_variant(export, trained(export)["id"], rung="proved")


@fault(RECOUNTED, "evidence", "has no checks: nothing was found out about it")
def a_variant_without_checks(export: Forged) -> None:
    edit_variant(export, trained(export)["id"], checks={})


@fault(RECOUNTED, "evidence", "tells the verdict unknown, its checks give passed")
def an_unknown_verdict(export: Forged) -> None:
    edit_variant(export, trained(export)["id"], verdict="unknown")


@fault(RETOLD, "evidence", "was accepted by evidence, which the settings do not allow")
def an_acceptance_that_the_settings_do_not_know(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(accept_rung=None))


@fault(RETOLD, "evidence", "nothing says what is wrong with it")
def a_near_miss_without_a_reason(export: Forged) -> None:
    edit_variant(export, MISS.id, why="")


@fault(RETOLD, "decisions", "was accepted by review, but nobody approved it")
def a_changed_decision(export: Forged) -> None:
    line = trained(export)
    decisions = [d | {"approved": False, "reason": "unnatural"} for d in line["decisions"]]
    edit_variant(export, line["id"], decisions=decisions)


@fault(RETOLD, "decisions", "was accepted by evidence although somebody rejected it")
def a_rejected_variant(export: Forged) -> None:
    line, other = trained(export, "evidence"), trained(export)
    decision = other["decisions"][0] | {"approved": False, "reason": "unnatural"}
    edit_variant(export, line["id"], decisions=[decision])


@fault(RETOLD, "decisions", "names a reviewer that is no pseudonym: Ann Miller")
def a_reviewers_clear_name(export: Forged) -> None:
    line = trained(export)
    decisions = [d | {"reviewer": "Ann Miller"} for d in line["decisions"][:1]]
    edit_variant(export, line["id"], decisions=decisions + line["decisions"][1:])


@fault(RETOLD, "lineage", "decisions[0] holds 'comment', which codeaug does not write")
def a_comment_in_a_decision(export: Forged) -> None:
    line = trained(export)
    decisions = [d | {"comment": "by Ann Miller"} for d in line["decisions"]]
    edit_variant(export, line["id"], decisions=decisions)


@fault(RETOLD, "lineage", "decisions[0].reason is 'Ann Miller likes it'")
def a_comment_in_a_decisions_reason(export: Forged) -> None:
    line = trained(export)
    decisions = [d | {"reason": "Ann Miller likes it"} for d in line["decisions"]]
    edit_variant(export, line["id"], decisions=decisions)


@fault(RETOLD, "manifest", "settings holds 'owner', which codeaug does not write")
def a_setting_that_nobody_knows(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(owner="Ann Miller"))


@fault(RETOLD, "decisions", "nothing accepted it")
def a_variant_that_nothing_accepted(export: Forged) -> None:
    edit_variant(export, trained(export)["id"], accepted_by="")


@fault(RETOLD, "depth", "is 2 steps of models and 0 of rules deep, by how it was made 1 and 0")
def a_false_depth(export: Forged) -> None:
    edit_variant(export, trained(export, engine="llm")["id"], depth={"llm": 2, "rule": 0})


@fault(RETOLD, "depth", "(2 steps of models, 0 of rules) is deeper than the policy allows")
def a_models_variant_of_a_models_variant(export: Forged) -> None:
    parent, line = VARIANTS[4].id, trained(export, engine="llm")
    origin = line["origin"] | {"parent": parent}
    edit_variant(export, line["id"], depth={"llm": 2, "rule": 0}, origin=origin)


@fault(RETOLD, "depth", "nobody knows what that is")
def an_engine_that_nobody_knows(export: Forged) -> None:
    line = trained(export)
    edit_variant(export, line["id"], origin=line["origin"] | {"engine": "magic"})


# counts


@fault(SEALED, "README.md", "line")
def a_wrong_count_in_the_card(export: Forged) -> None:
    rows = export.manifest()["counts"]["units"]["train"]
    export.replace("README.md", f" {rows} ", f" {rows + 1} ")


@fault(RETOLD, "counts", "counts.variants is 6, there are 4")
def a_wrong_count_in_the_manifest(export: Forged) -> None:
    export.edit_manifest(lambda m: m["counts"].update(variants=6))


@fault(RETOLD, "counts", "train.jsonl has")
def a_wrong_count_of_a_file(export: Forged) -> None:
    export.edit_manifest(lambda m: m["files"][0].update(rows=m["files"][0]["rows"] + 1))


@fault(RETOLD, "counts", "left_out")
def a_removed_line_of_what_was_left_out(export: Forged) -> None:
    export.edit(LEFT_OUT, lambda lines: lines.pop() and None)


@fault(RETOLD, "counts", 'generators[0].model is "nobody-1", there are "acme-1"')
def a_renamed_generator(export: Forged) -> None:
    export.edit_manifest(lambda m: m["generators"][0].update(model="nobody-1"))


@fault(RETOLD, "counts", "repositories[0].license")
def an_edited_licence_in_the_manifest(export: Forged) -> None:
    export.edit_manifest(lambda m: m["repositories"][0].update(license="MIT"))


@fault(RETOLD, "counts", "repositories has 1 entries, there are 2")
def an_edited_licence_in_the_lineage(export: Forged) -> None:
    export.edit(UNIT_LINES, lambda units: units[0].update(license="MIT"))


@fault(RETOLD, "counts", "reviewers.people is 3, there are 2")
def a_reviewer_more(export: Forged) -> None:
    export.edit_manifest(lambda m: m["reviewers"].update(people=3))


@fault(RETOLD, "counts", "date is 2025-01-01, the newest decision is of 2026-01-02")
def another_date(export: Forged) -> None:
    export.edit_manifest(lambda m: m.update(date="2025-01-01"))


@fault(RETOLD, "tokens", "tokens, the lineage says 1")
def miscounted_tokens_of_a_row(export: Forged) -> None:
    export.line_of("train", 0, tokens=1)


@fault(RETOLD, "tokens", "tokens.synthetic is 1")
def miscounted_tokens_of_all(export: Forged) -> None:
    export.edit_manifest(lambda m: m["tokens"].update(synthetic=1))


@fault(RETOLD, "tokens", "tokens.longest is 1")
def a_false_longest_row(export: Forged) -> None:
    export.edit_manifest(lambda m: m["tokens"].update(longest=1))


@fault(RETOLD, "tokens", "tokens.lengths.rewrite")
def forged_lengths(export: Forged) -> None:
    def change(document: Record) -> None:
        own = document["tokens"]["lengths"]["rewrite"]
        own[next(iter(own))] += 1

    export.edit_manifest(change)


# mix and policy


@fault(RETOLD, "diversity", "novelty")
def forged_novelty(export: Forged) -> None:
    export.edit_manifest(lambda m: m["mix"].update(novelty={"1": 4}))


@fault(RETOLD, "mix", "synthetic_share is 0.01")
def a_forged_share(export: Forged) -> None:
    export.edit_manifest(lambda m: m["mix"]["figures"].update(synthetic_share=0.01))


@fault(RETOLD, "diversity", "diversity is 0.99")
def a_forged_diversity(export: Forged) -> None:
    export.edit_manifest(lambda m: m["mix"]["figures"].update(diversity=0.99))


@fault(RETOLD, "diversity", "tail is 0.99")
def a_forged_tail(export: Forged) -> None:
    export.edit_manifest(lambda m: m["mix"]["figures"].update(tail=0.99))


def _policy(export: Forged, **changes: float) -> None:
    def change(document: Record) -> None:
        document["mix"]["policy"].update(changes)
        document["settings"].update(changes)

    export.edit_manifest(change)


@fault(RETOLD, "policy", "the synthetic share")
def a_share_over_the_cap(export: Forged) -> None:
    _policy(export, max_synthetic_share=0.001)


@fault(RETOLD, "policy", "looser than the default, and no curator says why")
def a_policy_loosened_by_nobody(export: Forged) -> None:
    _policy(export, max_synthetic_share=0.9)


@fault(RETOLD, "policy", "similarity = 1: above 0.8, and no curator says why")
def a_likeness_that_nothing_reaches(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(similarity=1.0))


@fault(RETOLD, "policy", "personal data was let in, and no curator says why")
def personal_data_let_in_by_nobody(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(personal_data=True))


@fault(RETOLD, "policy", "settings.max_per_unit is")
def settings_that_are_not_the_policys(export: Forged) -> None:
    export.edit_manifest(lambda m: m["settings"].update(max_per_unit=3))


@fault(RETOLD, "policy", "mix.dropped is")
def a_forged_drop(export: Forged) -> None:
    export.edit_manifest(lambda m: m["mix"]["dropped"].update({"a greater share": 2}))


# documents


@fault(SEALED, "README.md", "line")
def an_edited_licence_in_the_card(export: Forged) -> None:
    export.replace("README.md", "apache-2.0", "mit")


@fault(SEALED, "croissant.json", "license")
def an_edited_licence_in_croissant(export: Forged) -> None:
    export.replace("croissant.json", "Apache-2.0", "MIT")


@fault(SEALED, "spdx.json", "simplelicensing_licenseExpression is")
def an_edited_licence_in_spdx(export: Forged) -> None:
    old = '"simplelicensing_licenseExpression": "Apache-2.0"'
    export.replace("spdx.json", old, old.replace("Apache-2.0", "MIT"))


@fault(SEALED, "data-provenance.json", "use.license[0] is")
def an_edited_licence_in_the_provenance_record(export: Forged) -> None:
    export.replace("data-provenance.json", '"Apache-2.0"', '"MIT"')


@fault(SEALED, "attestations.jsonl", "annotations.license is")
def an_edited_licence_in_the_attestations(export: Forged) -> None:
    export.replace("attestations.jsonl", '"license":"Apache-2.0"', '"license":"MIT"')


@fault(SEALED, "eu-summary.md", "line")
def an_edited_model_in_the_eu_summary(export: Forged) -> None:
    export.replace("eu-summary.md", "acme-1", "acme-2")


@fault(SEALED, "croissant.json", "sha256 is")
def another_digest_in_croissant(export: Forged) -> None:
    sha256 = export.manifest()["files"][0]["sha256"]
    export.replace("croissant.json", sha256, "0" * 64)


@fault(SEALED, "spdx.json", "@graph has")
def a_licence_relation_twice_in_spdx(export: Forged) -> None:
    path = export.folder / "spdx.json"
    document = json.loads(path.read_bytes())
    graph = document["@graph"]
    graph.append(next(e for e in graph if e.get("relationshipType") == "hasConcludedLicense"))
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


@fault(SEALED, "attestations.jsonl", "result 'BOGUS' is none of")
def a_bogus_attestation(export: Forged) -> None:
    export.replace("attestations.jsonl", '"result":"PASSED"', '"result":"BOGUS"')


@fault(SEALED, "attestations.jsonl", "and what follows is missing")
def a_missing_attestation(export: Forged) -> None:
    export.edit("attestations.jsonl", lambda lines: lines.pop() and None)


@fault(SEALED, "attestations.jsonl", "externalParameters.seed is 7")
def another_seed_in_the_attestations(export: Forged) -> None:
    export.replace("attestations.jsonl", '"seed":0', '"seed":7')


@fault(SEALED, "configuration", "training/openai.json is not what this dataset needs")
def another_training_configuration(export: Forged) -> None:
    path = export.folder / "training" / "openai.json"
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1) + b" ")


def recounted(export: Forged) -> None:
    """Makes everything right but what the fault is about."""
    export.recount()
    export.retell()


COVERS: dict[str, Fault] = {
    BLUNT: lambda export: None,
    SEALED: Forged.seal,
    RETOLD: Forged.retell,
    RECOUNTED: recounted,
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named_by_the_right_check(
    name: str, good: Forged, tmp_path: Path
) -> None:
    change, cover, check, words = FAULTS[name]
    forged = good.copy(tmp_path / "out")
    change(forged)
    COVERS[cover](forged)
    found = failed(forged.folder)
    assert words in found.get(check, ""), found
    if cover == RECOUNTED:
        assert found.keys() == {check}


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(FAULTS) >= 30


# --- faults of exports of other kinds -------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"override": None}, "looser than the default, and no curator says why"),
        ({"reason": " "}, "the override has no reason"),
        ({"by": "Ann Miller"}, "which is no pseudonym"),
        ({"loosened": {"max_synthetic_share": 0.5}}, "the override tells"),
    ],
    ids=["removed", "without a reason", "by a clear name", "of something else"],
)
def test_a_forged_override_is_named_by_the_policy(
    change: Record, words: str, lifted: Forged, tmp_path: Path
) -> None:
    assert not failed(lifted.folder)
    forged = lifted.copy(tmp_path / "out")

    def apply(document: Record) -> None:
        document["mix"]["override"].update(change)
        if "override" in change:
            document["mix"]["override"] = None

    forged.edit_manifest(apply)
    forged.retell()
    found = failed(forged.folder)
    assert words in found.get("policy", ""), found


@pytest.mark.parametrize("name", ["hf-parquet", "webdataset"])
def test_truncated_tables_and_archives_are_named(name: str, store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "out", name, lifted=True)
    forged = Forged(tmp_path / "out")
    path = forged.folder / forged.manifest()["files"][0]["name"]
    path.write_bytes(path.read_bytes()[:-1500])
    assert "cut short" in failed(forged.folder)["digests"]
    forged.retell()
    found = failed(forged.folder)
    assert "digests" not in found
    assert "cannot be read" in found["rows"]


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("securesystemslib")
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "theirs"):
        key = Ed25519PrivateKey.generate()
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        public = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (folder / f"{name}.pem").write_bytes(private)
        (folder / f"{name}.pub").write_bytes(public)
    return folder


def test_a_signature_holds_only_for_what_was_signed_and_only_with_its_key(
    good: Forged, keys: Path, tmp_path: Path
) -> None:
    from codeaug.provenance.signing import sign

    signed = good.copy(tmp_path / "signed")
    sign(signed.folder, keys / "ours.pem")
    assert not failed(signed.folder, keys / "ours.pub")
    assert verdicts(verify(signed.folder, loaders=False))["signature"] == "unknown"
    assert "is not signed by theirs.pub" in failed(signed.folder, keys / "theirs.pub")["signature"]
    assert "is missing" in failed(good.folder, keys / "ours.pub")["signature"]
    # Everything else agrees: who forges with that much care is found by the signature alone.
    signed.edit_manifest(lambda m: m.update(name="acme, but other"))
    signed.retell()
    found = failed(signed.folder, keys / "ours.pub")
    assert "manifest.dsse.json: subject[0].digest.sha256 is" in found.pop("signature")
    assert not found


# --- what is no export, and what cannot be looked at ----------------------------------------------


def test_what_is_no_export_is_refused(good: Forged, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is no export: there is no"):
        verify(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(UsageError, match="is no export of codeaug"):
        verify(tmp_path)
    other = good.copy(tmp_path / "out")
    other.edit_manifest(lambda m: m.update(version=1))
    with pytest.raises(UsageError, match="is an export of version 1"):
        verify(other.folder)


def test_tokens_are_unknown_without_the_tokenizer_that_counted_them(
    good: Forged, tmp_path: Path
) -> None:
    other = good.copy(tmp_path / "out")
    other.edit_manifest(lambda m: m["settings"].update(tokenizer="tokenizer.json"))
    other.retell()
    found = verdicts(verify(other.folder, loaders=False))
    assert (found["tokens"], found["length"], found["control tokens"]) == ("unknown",) * 3


def test_the_targets_tokenizer_counts_and_knows_its_control_tokens(
    store: Store, tmp_path: Path
) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    target = tokenizers.Tokenizer(tokenizers.models.BPE())
    target.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    alphabet = tokenizers.pre_tokenizers.ByteLevel.alphabet()
    trainer = tokenizers.trainers.BpeTrainer(initial_alphabet=alphabet, special_tokens=["@@end@@"])
    target.train_from_iterator([unit.code for unit in UNITS[:5]], trainer)
    path = str(tmp_path / "tokenizer.json")
    target.save(path)
    exported(store, tmp_path / "out", lifted=True, dataset_tokenizer=path)
    found = verdicts(verify(tmp_path / "out", tokenizer=path, loaders=False))
    assert set(found.values()) == {"passed"}
    forged = Forged(tmp_path / "out")
    row = forged.lines("train.jsonl")[0]
    row["messages"][1]["content"] += "@@end@@"
    forged.put_row("train", 0, row)
    forged.line_of("train", 1, tokens=1)
    forged.retell()
    problems = {f.check: f.problems for f in verify(forged.folder, tokenizer=path, loaders=False)}
    assert any("a control token of the model (@@end@@)" in p for p in problems["control tokens"])
    assert any("tokens, the lineage says 1" in p for p in problems["tokens"])


def test_texts_that_stand_in_no_row_leave_diversity_unknown(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "out", lifted=True, dataset_tasks=("rewrite",))
    found = verdicts(verify(tmp_path / "out", loaders=False))
    assert (found["mix"], found["diversity"]) == ("passed", "unknown")


def test_loaders_that_are_not_installed_are_not_run_and_not_passed(
    good: Forged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loader, "installed", lambda self: "")
    found = {finding.check: finding for finding in verify(good.folder)}
    assert found["loads in datasets"].verdict is Verdict.UNKNOWN
    assert found["loads in datasets"].detail.startswith("not run: pip install datasets")


@pytest.mark.parametrize(
    ("loaded", "words"),
    [
        (Loaded(10, 9, 0, 0), "1 of 10 rows are lost"),
        (Loaded(10, 10, 2, 0), "2 rows are longer than the configuration allows"),
        (Loaded(10, 10, 0, 3), "3 rows come out as another text"),
        (Loaded(10, 0, 0, 0, "datasets could not load it: no"), "could not load it"),
    ],
    ids=["lost", "cut", "another text", "nothing"],
)
def test_what_a_loader_loses_is_a_failure(
    loaded: Loaded, words: str, good: Forged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Loader, "installed", lambda self: "1.0")
    monkeypatch.setattr(Loader, "load", lambda *_: loaded)
    found = {finding.check: finding for finding in verify(good.folder)}
    assert any(words in problem for problem in found["loads in datasets"].problems)


@pytest.mark.slow
def test_the_stacks_that_are_installed_load_every_row(good: Forged) -> None:
    pytest.importorskip("datasets")
    found = {finding.check: finding for finding in verify(good.folder)}
    rows = sum(good.manifest()["counts"]["rows"].values())
    assert found["loads in datasets"].verdict is Verdict.PASSED
    assert f"{rows} of {rows} rows" in found["loads in datasets"].detail


def test_a_variant_of_a_function_that_was_moved_since_passes(tmp_path: Path) -> None:
    moved, commit = replace(UNITS[2], path="src/elsewhere.cpp"), "5" * 40
    kept = [*UNITS[:2], moved, *UNITS[3:]]
    files = [SourceFile(u.path, u.language, f"{n:040d}", 9) for n, u in enumerate(kept, 500)]
    scanned = [ScannedFile(f, (u.facts,), ()) for f, u in zip(files, kept, strict=True)]
    with Store.open(str(tmp_path / "store.db")) as store:
        fill(store)
        store.put_repository(Repository("https://example.org/acme.git", "", commit, "Apache-2.0"))
        store.put_scan("v1", scanned)
        store.put_tree(commit, "v1", [(f.path, f.language, f.blob) for f in files])
        store.hold(commit, {u.id: "" for u in UNITS}, {UNITS[2].id: moved.id})
        exported(store, tmp_path / "out", lifted=True)
    (line,) = (v for v in Forged(tmp_path / "out").lines(VARIANT_LINES) if "made_of" in v)
    assert (line["unit"], line["made_of"]) == (moved.id, UNITS[2].id)
    assert line["id"] == VARIANTS[2].id
    assert not failed(tmp_path / "out")


def test_what_a_variant_was_made_of_is_in_the_lineage(tmp_path: Path) -> None:
    parent = replace(VARIANTS[2], code=VARIANTS[2].code.replace("0 + ", "0 - 0 + "))
    origin = Origin("person", parent=parent.id)
    edited = Variant(parent.unit_id, parent.code.replace("0 - 0 + ", "3 - 3 + "), origin)
    unknown = replace(edited, code=edited.code + " ", origin=Origin("person", parent="1" * 20))
    with Store.open(str(tmp_path / "store.db")) as store:
        fill(store)
        store.put_variants([parent, edited, unknown])
        for variant in (edited, unknown):
            store.put_evidence(evidence(variant))
        whole = evidence(parent)
        untested = replace(whole, findings=whole.findings[:-1], holds=up_to(Rung.COMPILED))
        store.put_evidence(untested)
        exported(store, tmp_path / "out", lifted=True)
    good = Forged(tmp_path / "out")
    lines = {line["id"]: line for line in good.lines(VARIANT_LINES)}
    assert (lines[parent.id]["use"], lines[edited.id]["use"]) == ("ancestor", "train")
    assert good.manifest()["counts"]["ancestors"] == 1
    why = {line["variant"]: line["why"] for line in good.lines(LEFT_OUT)}
    assert why[unknown.id] == "nobody knows how it was made"
    assert not failed(good.folder)
    train = [line for line in good.lines(ROWS) if line["file"] == "train"]
    number = next(n for n, line in enumerate(train) if line["variant"] == edited.id)
    good.line_of("train", number, variant=parent.id)
    good.retell()
    assert "which is only an ancestor" in failed(good.folder)["lineage"]


def test_an_export_of_allowed_licences_tells_them(store: Store, tmp_path: Path) -> None:
    exported(store, tmp_path / "out", lifted=True, dataset_licenses=("Apache-2.0",))
    assert not failed(tmp_path / "out")
    assert Forged(tmp_path / "out").lines(UNIT_LINES)[0]["licenses"] == ["Apache-2.0"]


@pytest.mark.parametrize(
    ("filter", "text", "words"),
    [
        ("personal_data_in", "  # ann@acme.org", "holds personal data (an e-mail address)"),
        ("secret_in", '\n    key = "AKIAIOSFODNN7EXAMPLQ"', "looks like a secret"),
    ],
)
def test_texts_that_the_filters_keep_out_are_found(
    filter: str, text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = replace(VARIANTS[0], code=VARIANTS[0].code.replace("0 + ", "5 - 5 + ") + text)
    with Store.open(str(tmp_path / "store.db")) as store, monkeypatch.context() as patch:
        fill(store)
        store.put_variants([told])
        store.put_evidence(evidence(told))
        patch.setattr(filters, filter, lambda code: "")
        exported(store, tmp_path / "out", lifted=True)
    found = failed(tmp_path / "out")
    assert list(found) == ["filters"]
    assert words in found["filters"]


def test_rows_that_were_not_written_balance_and_each_has_its_reason(
    store: Store, tmp_path: Path
) -> None:
    tasks = ("rewrite", "completion", "infilling", "equivalence")
    exported(store, tmp_path / "out", lifted=True, dataset_tasks=tasks, dataset_max_length=650)
    assert not failed(tmp_path / "out")
    good = Forged(tmp_path / "out")
    told = [line for line in good.lines(LEFT_OUT) if line["task"]]
    assert {line["why"] for line in told} == {"is longer than max_length"}
    assert sum(good.manifest()["counts"]["unwritten"].values()) == len(told)
    forged = good.copy(tmp_path / "forged")
    line = drop(forged, number_of(forged, "completion"))
    _left_out(forged, line, "is longer than max_length")
    forged.recount()
    forged.retell()
    assert "as it is longer than max_length, which is not so" in failed(forged.folder)["texts"]


# --- the verb -------------------------------------------------------------------------------------


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return command_line.codeaug("verify-export", *words, "--no-loaders")


def test_the_exit_code_says_whether_a_check_failed(good: Forged, tmp_path: Path) -> None:
    done = run(str(good.folder))
    assert done.returncode == 0, done.stderr
    assert "passed  digests" in done.stderr
    forged = good.copy(tmp_path / "out")
    a_flipped_byte(forged)
    done = run(str(forged.folder))
    assert done.returncode == 1
    assert "failed  digests" in done.stderr
    assert "is not what it says: digests" in done.stderr
    assert run(str(tmp_path)).returncode == 2


def test_json_gives_one_finding_a_check(good: Forged) -> None:
    done = run(str(good.folder), "--json")
    document = json.loads(done.stdout)
    assert {tuple(finding) for finding in document["findings"]} == {
        ("check", "verdict", "detail", "problems")
    }
    assert {finding["verdict"] for finding in document["findings"]} == {"passed"}


# --- what codeaug wrote ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", formats())
def test_a_good_export_passes_in_every_format(name: str, store: Store, tmp_path: Path) -> None:
    family = "qwen-coder"
    tasks = ("rewrite", "completion", "equivalence", "infilling", "implementation", "description")
    exported(
        store, tmp_path / "out", name, lifted=True, dataset_fim_family=family, dataset_tasks=tasks
    )  # fmt: skip
    found = verify(tmp_path / "out", loaders=False)
    assert {check for check, verdict in verdicts(found).items() if verdict != "passed"} <= {
        *("diversity", "names")
    }, [finding for finding in found if finding.problems]
    assert {"digests", "rows", "texts", "leakage", "policy", "croissant.json"} <= {
        finding.check for finding in found
    }
