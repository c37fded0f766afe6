"""Export: only what was approved or proved, with its whole story, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset import Override, require_curator
from codeaug.errors import GateFailed, UsageError
from codeaug.members import admit
from codeaug.model import (
    Decision,
    Evidence,
    Finding,
    Origin,
    Rung,
    ScannedFile,
    SourceFile,
    Variant,
    Verdict,
    Word,
)
from codeaug.store import Store
from codeaug.store.releases import Withdrawal, Withdrawn
from tests.datasets import NOW, decide, everything, exported, lines, manifest, rows
from tests.seeded import COMMIT, JAVA, PYTHON, PYTHON_NAMES, UNITS, VARIANTS, evidence, seed

AWKWARD = 'def f():\n    return "\u2028\x0c\x85\U0001f600```"\n'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


# --- what is a sample -----------------------------------------------------------------------------


def test_nothing_approved_says_so_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no variant is approved, nothing was written"):
        exported(store, tmp_path / "out")
    assert {path.name for path in tmp_path.iterdir()} <= {
        "store.db",
        "store.db-wal",
        "store.db-shm",
    }


def test_chat_rows_hold_the_original_and_the_variant(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    exported(store, tmp_path / "out")
    (row,) = rows(tmp_path / "out")
    assert list(row) == ["messages"]
    user, assistant = row["messages"]
    assert user["role"] == "user"
    assert "if else inversion" in user["content"]
    assert JAVA in user["content"]
    assert assistant == {"role": "assistant", "content": "    " + VARIANTS["java"].code}


def test_prompt_and_completion_are_two_strings(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    exported(store, tmp_path / "out", "prompt-completion")
    (row,) = rows(tmp_path / "out")
    assert list(row) == ["prompt", "completion"]
    assert row["completion"] == PYTHON_NAMES
    assert row["prompt"].endswith("```\n\n")


def test_a_rejection_outweighs_an_approval(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "java", "bob", approved=False)
    with pytest.raises(UsageError):
        exported(store, tmp_path / "out")
    decide(store, "python", "bob", approved=False)
    decide(store, "cpp", "bob", approved=False)
    with pytest.raises(UsageError, match="no variant reaches"):
        exported(store, tmp_path / "out", accept_rung="tested")


def test_evidence_alone_is_enough_when_the_user_says_so(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    done = exported(store, tmp_path / "out", accept_rung="tested")
    assert done["counts"]["rows"]["train"] == 3
    accepted = {
        one["unit"]: one["accepted_by"] for one in lines(tmp_path / "out/lineage/variants.jsonl")
    }
    assert accepted == {
        UNITS["java"].id: "review",
        UNITS["cpp"].id: "evidence",
        UNITS["python"].id: "evidence",
    }
    lower = exported(store, tmp_path / "lower", accept_rung="compiled")
    assert lower["left_out"] == {"says what another text of the dataset says": 1}  # but for blanks


def test_an_approved_variant_that_fails_later_is_left_out(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    store.put_evidence(evidence(VARIANTS["java"], failed=True), "new flags")
    done = exported(store, tmp_path / "out")
    assert (done["counts"]["rows"]["train"], done["left_out"]) == (1, {"a check failed": 1})


def test_approved_but_failed_only_says_why_nothing_is_written(store: Store, tmp_path: Path) -> None:
    decide(store, "failed")
    with pytest.raises(UsageError, match="a check failed: 1"):
        exported(store, tmp_path / "out")


def test_a_stale_variant_keeps_the_function_that_it_was_made_of(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    store.put_tree("f" * 40, "v1", [])
    later = store.repository(COMMIT)
    assert later is not None
    store.put_repository(type(later)(later.address, later.git_dir, "f" * 40, later.license))
    exported(store, tmp_path / "out")
    (unit,) = lines(tmp_path / "out/lineage/units.jsonl")
    assert (unit["id"], unit["commit"]) == (UNITS["java"].id, COMMIT)


# --- lineage --------------------------------------------------------------------------------------


def test_the_lineage_tells_the_whole_story_of_each_row(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    exported(store, tmp_path / "out")
    told = manifest(tmp_path / "out")
    data = (tmp_path / "out" / "train.jsonl").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert told["files"] == [
        {"name": "train.jsonl", "split": "train", "sha256": digest, "bytes": len(data), "rows": 2}
    ]
    for entry in told["documents"]:
        found = (tmp_path / "out" / entry["name"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(found).hexdigest()
    first, second = lines(tmp_path / "out/lineage/rows.jsonl")
    line = data.split(b"\n")[0]
    assert first["sha256"] == hashlib.sha256(line).hexdigest()
    assert [(one["file"], one["row"], one["task"]) for one in (first, second)] == [
        ("train", 1, "rewrite"),
        ("train", 2, "rewrite"),
    ]
    units = {one["id"]: one for one in lines(tmp_path / "out/lineage/units.jsonl")}
    java = units[UNITS["java"].id]
    assert (java["repository"], java["commit"], java["license"]) == ("acme", COMMIT, "Apache-2.0")
    assert java["path"] == "src/main/java/org/acme/Words.java"
    assert java["sha256"] == hashlib.sha256(JAVA.encode()).hexdigest()
    variants = {one["id"]: one for one in lines(tmp_path / "out/lineage/variants.jsonl")}
    made = variants[VARIANTS["java"].id]
    assert made["origin"]["recipe"] == ["if-else-inversion"]
    assert (made["rung"], made["depth"]) == ("tested", {"llm": 0, "rule": 1})
    assert made["parameters"] == {"tests": "14", "lines executed": "6 of 6"}
    assert made["checks"]["tested"] == "passed"
    assert made["accepted_by"] == "review"


def test_reviewers_leave_under_one_pseudonym_and_without_comments(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    decide(store, "python")
    exported(store, tmp_path / "out")
    names = set()
    for one in lines(tmp_path / "out/lineage/variants.jsonl"):
        names |= {decision["reviewer"] for decision in one["decisions"]}
    assert len(names) == 1
    for name, data in everything(tmp_path / "out").items():
        assert b"Miller" not in data, name
        assert b'"ann"' not in data, name


def test_equal_stores_make_equal_bytes(store: Store, tmp_path: Path) -> None:
    for name in ("python", "cpp", "java"):
        decide(store, name)
    for folder in ("one", "two", "two"):
        exported(store, tmp_path / folder, tasks=("rewrite", "completion"))
    assert everything(tmp_path / "one") == everything(tmp_path / "two")
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["one", "two"]


# --- tasks ----------------------------------------------------------------------------------------


def difference(store: Store) -> Variant:
    """A variant of the Python function that a comparison saw to be none."""
    wrong = Variant(UNITS["python"].id, PYTHON.replace("yes.append", "no.append"), Origin("llm"))
    store.put_variants([wrong])
    findings = (
        Finding("parsed", Verdict.PASSED),
        Finding("compared", Verdict.FAILED, "partition([1], bool) differs", log="def test(): ..."),
    )
    store.put_evidence(Evidence(wrong.id, COMMIT, findings, frozenset({Rung.PARSED})))
    return wrong


def test_completion_begins_and_ends_the_same_function(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    exported(store, tmp_path / "out", "prompt-completion", tasks=("completion",))
    texts = {row["prompt"] + row["completion"] for row in rows(tmp_path / "out")}
    assert PYTHON in texts
    assert PYTHON_NAMES in texts
    assert "    " + JAVA in texts  # people's code counts though nothing was made of it


def test_a_gap_is_written_with_the_tokens_of_the_family(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    with pytest.raises(UsageError, match=r"dataset\.fim_family"):
        exported(store, tmp_path / "out", "trl-prompt-completion", tasks=("infilling",))
    exported(
        store, tmp_path / "out", "trl-prompt-completion", tasks=("infilling",),
        dataset_fim_family="starcoder",
    )  # fmt: skip
    for row in rows(tmp_path / "out"):
        assert row["prompt"].startswith("<fim_prefix>")
        prefix, suffix = row["prompt"].removesuffix("<fim_middle>").split("<fim_suffix>")
        whole = prefix.removeprefix("<fim_prefix>") + row["completion"] + suffix
        assert whole in {PYTHON, PYTHON_NAMES, "    " + JAVA, UNITS["cpp"].code}


def test_a_near_miss_is_what_is_not_preferred(store: Store, tmp_path: Path) -> None:
    wrong = difference(store)
    decide(store, "python")
    done = exported(store, tmp_path / "out", "trl-dpo", tasks=("preference",))
    (row,) = rows(tmp_path / "out")
    assert row["chosen"] == [{"role": "assistant", "content": PYTHON_NAMES}]
    assert row["rejected"] == [{"role": "assistant", "content": wrong.code}]
    told = {one["id"]: one for one in lines(tmp_path / "out/lineage/variants.jsonl")}
    assert (told[wrong.id]["use"], told[wrong.id]["verdict"]) == ("contrast", "failed")
    assert told[wrong.id]["why"] == "compared: partition([1], bool) differs"
    assert (done["counts"]["variants"], done["counts"]["contrasts"]) == (1, 1)


def test_verdicts_and_equivalences_come_of_both(store: Store, tmp_path: Path) -> None:
    difference(store)
    decide(store, "python")
    exported(store, tmp_path / "kto", "trl-kto", tasks=("judgement",))
    assert sorted(row["label"] for row in rows(tmp_path / "kto")) == [False, False, True]
    exported(store, tmp_path / "same", tasks=("equivalence",))
    answers = [row["messages"][1]["content"] for row in rows(tmp_path / "same")]
    assert sorted(answers) == ["no", "no", "yes"]


def test_a_format_without_a_row_says_so(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    with pytest.raises(UsageError, match="no row to train on, nothing was written: preference"):
        exported(store, tmp_path / "out", "trl-dpo", tasks=("preference",))
    assert not (tmp_path / "out").exists()


# --- the mix policy -------------------------------------------------------------------------------


def test_a_set_that_is_too_small_is_refused(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    with pytest.raises(UsageError, match="a greater share made by machines than is allowed: 1"):
        exported(store, tmp_path / "out", override=None)
    wide = {"dataset_max_synthetic_share": 0.33, "dataset_max_per_unit": 3}
    with pytest.raises(UsageError):
        exported(store, tmp_path / "out", override=None, **wide)
    assert not (tmp_path / "out").exists()


def test_floors_refuse_and_say_which(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    settings: dict[str, Any] = {
        f"dataset_max_{name}_share": 1.0 for name in ("synthetic", "transform", "generator")
    }
    reason = Override("small on purpose", "ann")
    with pytest.raises(GateFailed, match=r"3 human-written functions .*min_real_units = 20"):
        exported(store, tmp_path / "out", override=reason, **settings)
    done = exported(store, tmp_path / "out", override=reason, dataset_min_real_units=3, **settings)
    assert set(done["mix"]["override"]["loosened"]) == {*(
        f"max_{name}_share" for name in ("synthetic", "transform", "generator")
    ), "min_real_units"}  # fmt: skip


def test_looser_settings_need_a_reason(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    with pytest.raises(UsageError, match=r"max_synthetic_share = 0.9: looser .* --override-mix"):
        exported(store, tmp_path / "out", override=None, dataset_max_synthetic_share=0.9)
    with pytest.raises(UsageError, match="needs a reason"):
        exported(store, tmp_path / "out", override=Override(" ", "ann"))


def test_an_override_stands_in_the_card_without_a_name(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    exported(store, tmp_path / "out", override=Override("the pilot of <team> X", "ann"))
    told = manifest(tmp_path / "out")["mix"]["override"]
    assert told["reason"] == "the pilot of <team> X"
    assert told["by"].startswith("person-")
    assert "the pilot of" in (tmp_path / "out" / "README.md").read_text()


def test_only_a_curator_lifts_the_policy_where_people_are_known(store: Store) -> None:
    require_curator(store, "anybody")
    admit(store, "ann", "annotator", "root")
    admit(store, "cora", "curator", "root")
    require_curator(store, "cora")
    for name in ("ann", "anybody"):
        with pytest.raises(UsageError, match=f"'{name}' is no curator"):
            require_curator(store, name)


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        (Origin("llm", model="openai:acme-1", parent="llm"), "a model's variant of a model's"),
        (Origin("rules", ("a", "b", "c", "d")), "too many steps of rules"),
        (Origin("unheard-of"), "nobody knows how it was made"),
    ],
)
def test_what_is_too_far_from_human_code_is_left_out(
    store: Store, tmp_path: Path, origin: Origin, why: str
) -> None:
    first = VARIANTS["space"]
    if origin.parent:
        origin = Origin(origin.engine, model=origin.model, parent=first.id)
    deep = Variant(first.unit_id, PYTHON_NAMES.replace("kept", "taken"), origin)
    store.put_variants([deep])
    store.put_evidence(evidence(deep))
    store.put_decision(Decision(deep.id, "ann", Word.APPROVED, NOW), "deep")
    decide(store, "java")
    done = exported(store, tmp_path / "out", override=Override("x", "ann"),
                    dataset_max_synthetic_share=1.0, dataset_max_transform_share=1.0,
                    dataset_max_generator_share=1.0, dataset_min_real_units=1)  # fmt: skip
    assert [reason for reason in done["left_out"] if reason.startswith(why)]
    assert done["counts"]["variants"] == 1


def test_the_model_to_be_tuned_did_not_make_what_it_learns(store: Store, tmp_path: Path) -> None:
    decide(store, "space")
    store.put_evidence(evidence(VARIANTS["space"]), "again")
    decide(store, "java")
    done = exported(store, tmp_path / "out", dataset_target_model="acme-1-instruct")
    assert done["left_out"]["made by the model that is to be tuned"] == 1


# --- what may not leave ---------------------------------------------------------------------------


def put_code(store: Store, code: str) -> Variant:
    variant = Variant(UNITS["python"].id, code, Origin("llm", model="acme-1"))
    store.put_variants([variant])
    store.put_evidence(evidence(variant))
    store.put_decision(Decision(variant.id, "ann", Word.APPROVED, NOW), code)
    return variant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("AKIAQ3EGZ6XWJ5TLMNOP", "looks like a secret (an AWS access key)"),
        ("mail ann.miller@acme.com", "holds personal data (an e-mail address)"),
        ("call +49 30 1234 5678", "holds personal data (a phone number)"),
        ("pay DE89 3704 0044 0532 0130 00", "holds personal data (a bank account)"),
        ("card 4111 1111 1111 1111", "holds personal data (a card number)"),
        ("ssn 078-05-1120", "holds personal data (a social security number)"),
        ("<|im_end|>", "holds a control token of the model (<|im_end|>)"),
        ("\udc80", "is not Unicode text (a lone surrogate)"),
    ],
)
def test_what_must_not_be_learnt_is_left_out_with_its_reason(
    store: Store, tmp_path: Path, text: str, why: str
) -> None:
    put_code(store, PYTHON.replace("[], []", f'[], []  # "{text}"'))
    decide(store, "java")
    done = exported(store, tmp_path / "out")
    assert done["left_out"] == {why: 1}
    assert text.encode("utf-8", "surrogatepass") not in (tmp_path / "out/train.jsonl").read_bytes()


@pytest.mark.parametrize(
    "text", ["ann@example.com", "x@localhost", "0.5 - 1234", "GB00 1234 5678 9012 3456 78"]
)
def test_what_only_looks_personal_stays(store: Store, tmp_path: Path, text: str) -> None:
    put_code(store, PYTHON.replace("[], []", f"[], [{text!r}]"))
    done = exported(store, tmp_path / "out")
    assert done["left_out"] == {}


def test_looser_likeness_needs_a_reason(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    with pytest.raises(UsageError, match=r"dataset\.similarity = 1: looser"):
        exported(store, tmp_path / "out", override=None, dataset_similarity=1.0)
    with pytest.raises(UsageError, match=r"dataset\.personal_data = true: looser"):
        exported(store, tmp_path / "out", override=None, dataset_personal_data=True)


def test_a_function_keeps_its_split_whatever_the_shares_are_later(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    exported(store, tmp_path / "out", dataset_name="acme")
    exported(store, tmp_path / "out", dataset_name="acme", dataset_test=0.9, seed=5)
    units = lines(tmp_path / "out/lineage/units.jsonl")
    assert {one["split"] for one in units} == {"train"}


def test_a_mark_that_came_later_keeps_the_earlier_text_out_too(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    decide(store, "python")
    exported(store, tmp_path / "out", dataset_name="acme")
    marked = replace(UNITS["java"], code=JAVA.replace("// an", "// codeaug: no-train, an"))
    file = SourceFile(marked.path, "java", "8" * 40, 100)
    store.put_scan("v1", [ScannedFile(file, (marked.facts,), (), frozenset({marked.span.start}))])
    later = store.repository(COMMIT)
    assert later is not None
    store.put_repository(replace(later, commit="f" * 40))
    store.put_tree("f" * 40, "v1", [(file.path, "java", "8" * 40)])
    done = exported(store, tmp_path / "out", dataset_name="acme")
    assert done["left_out"]["is marked `codeaug: no-train`"] == 2
    assert "abbreviate" not in (tmp_path / "out/train.jsonl").read_text()


def test_a_variant_that_was_committed_is_not_what_people_wrote(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    decide(store, "python")
    now = replace(UNITS["java"], code=VARIANTS["java"].code)
    file = SourceFile(now.path, "java", "8" * 40, 100)
    store.put_scan("v1", [ScannedFile(file, (now.facts,), ())])
    later = store.repository(COMMIT)
    assert later is not None
    store.put_repository(replace(later, commit="f" * 40))
    store.put_tree("f" * 40, "v1", [(file.path, "java", "8" * 40)])
    done = exported(store, tmp_path / "out")
    assert done["left_out"] == {
        "says what a variant says that was made of an earlier version of it": 1
    }
    assert done["counts"]["variants"] == 2


def test_licences_and_paths_decide_too(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    done = exported(store, tmp_path / "out", dataset_skip=("*.java",))
    assert done["left_out"] == {"is in a file that dataset.skip leaves out": 1}
    exported(store, tmp_path / "out", dataset_licenses=("Apache-2.0",))
    with pytest.raises(UsageError, match=r"not allowed \(Apache-2.0\)"):
        exported(store, tmp_path / "other", dataset_licenses=("MIT",))


def test_what_is_like_a_benchmark_is_left_out(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    file = tmp_path / "benchmark.jsonl"
    nearly = PYTHON.replace('"""Those that are accepted, and the others."""', "# see page 3")
    file.write_text(json.dumps({"id": 1, "solutions": [nearly]}) + "\n")
    done = exported(store, tmp_path / "out", dataset_benchmarks=(str(file),))
    assert done["left_out"]["is like a text of a benchmark"] >= 1
    assert (done["counts"]["variants"], done["leakage"]["benchmarks"]) == (1, 0)
    assert "partition" not in (tmp_path / "out/train.jsonl").read_text()
    file.write_text("{")
    with pytest.raises(UsageError, match=r"benchmark.jsonl, line 1, is no JSON"):
        exported(store, tmp_path / "other", dataset_benchmarks=(str(file),))


def test_rows_that_are_too_long_for_the_model_are_left_out(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "cpp")
    whole = exported(store, tmp_path / "whole")
    assert whole["counts"]["rows"]["train"] == 2
    short = exported(store, tmp_path / "short", dataset_max_length=700)
    assert short["counts"]["rows"]["train"] == 1
    assert short["tokens"]["longest"] <= 700


def test_what_was_withdrawn_is_in_no_later_dataset(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    exported(store, tmp_path / "out")
    store.releases.withdraw([Withdrawal(Withdrawn.PATH, "*.java", "a customer's", "ann")])
    done = exported(store, tmp_path / "out")
    assert done["counts"]["rows"]["train"] == 1
    assert sum(done["left_out"].values()) == 1
    assert "abbreviate" not in str(everything(tmp_path / "out"))


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("already", ["thesis.tex", "manifest.json", "train.jsonl"])
def test_a_folder_with_something_else_is_left_alone(
    store: Store, tmp_path: Path, already: str
) -> None:
    decide(store, "java")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / already).write_text("precious")
    with pytest.raises(UsageError, match="holds other files"):
        exported(store, tmp_path / "out")
    assert [p.read_text() for p in (tmp_path / "out").iterdir()] == ["precious"]


def test_a_file_beside_an_export_is_precious(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    exported(store, tmp_path / "out")
    (tmp_path / "out" / "lineage" / "notes.txt").write_text("precious")
    with pytest.raises(UsageError, match="holds other files"):
        exported(store, tmp_path / "out")


def test_an_empty_folder_is_filled(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    (tmp_path / "out").mkdir()
    exported(store, tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 1


def test_a_file_in_the_place_of_the_folder_is_named(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    (tmp_path / "out").write_text("precious")
    with pytest.raises(UsageError, match="is a file"):
        exported(store, tmp_path / "out")
    with pytest.raises(UsageError, match="--out"):
        exported(store, tmp_path / "out" / "deeper")


def test_each_row_is_one_line_whatever_is_in_the_code(store: Store, tmp_path: Path) -> None:
    odd = Variant(UNITS["python"].id, AWKWARD, Origin("person"))
    store.put_variants([odd])
    store.put_evidence(evidence(odd))
    store.put_decision(Decision(odd.id, "ann", Word.APPROVED, NOW), "odd")
    exported(store, tmp_path / "out", "prompt-completion")
    assert [row["completion"] for row in rows(tmp_path / "out")] == [AWKWARD]


def test_an_unknown_format_names_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"openai-chat, .*prompt-completion"):
        exported(store, tmp_path / "out", "parquet")


def test_an_unknown_rung_names_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="parsed, compiled, tested"):
        exported(store, tmp_path / "out", accept_rung="none")


FILL = """
import sys
from pathlib import Path
from codeaug.errors import OutOfSpace
from codeaug.store import Store
from tests.datasets import exported
try:
    exported(Store.open(sys.argv[1]), Path("/mnt/out"), accept_rung="tested")
except OutOfSpace as error:
    print(error)
print(Path("/mnt/out").exists())
"""


def test_a_full_disk_leaves_no_dataset_behind(store: Store) -> None:
    long = Variant(UNITS["python"].id, "x" * 400_000, Origin("rules"))
    store.put_variants([long])
    store.put_evidence(evidence(long))
    folder = str(Path(store.place).parent)
    box = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    box += ["--bind", folder, folder, "--size", "200000", "--tmpfs", "/mnt"]
    command = [*box, sys.executable, "-c", FILL, store.place]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.startswith("no space left for /mnt/out"), done.stderr
    assert done.stdout.endswith("False\n")


@pytest.mark.parametrize("left", ["key.new", "old/train.jsonl", "new/manifest.json.new"])
def test_whatever_a_kill_leaves_the_next_export_is_whole(
    store: Store, tmp_path: Path, left: str
) -> None:
    decide(store, "java")
    exported(store, tmp_path / "out")
    whole = everything(tmp_path / "out")
    partial = tmp_path / ".out.partial"
    (partial / left).parent.mkdir(parents=True)
    (partial / left).write_text("half")
    (partial / "key").write_text("another")
    exported(store, tmp_path / "out")
    assert everything(tmp_path / "out") == whole
    assert not partial.exists()


def test_a_store_that_changed_since_the_kill_is_read_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(store, "java")
    decide(store, "python")
    from codeaug.dataset import writing

    def dies(self: Any, *arguments: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(writing.Export, "write", dies)
        with pytest.raises(KeyboardInterrupt):
            exported(store, tmp_path / "out")
    store.put_evidence(evidence(VARIANTS["java"], failed=True), "new flags")
    done = exported(store, tmp_path / "out")
    assert done["left_out"] == {"a check failed": 1}


def test_two_exports_into_one_folder_do_not_meet(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(store, "java")
    from codeaug.dataset import writing

    real = writing.Export.write

    def meets(self: Any, *arguments: Any) -> None:
        with pytest.raises(UsageError, match="another export is writing"):
            exported(store, tmp_path / "out")
        real(self, *arguments)

    monkeypatch.setattr(writing.Export, "write", meets)
    exported(store, tmp_path / "out")
    assert len(rows(tmp_path / "out")) == 1


def test_a_killed_export_goes_on_and_ends_as_if_it_had_not_been(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("python", "cpp", "java"):
        decide(store, name)
    whole = exported(store, tmp_path / "whole", tasks=("rewrite", "completion"))
    from codeaug.dataset import writing

    monkeypatch.setattr(writing, "_EVERY", 1)
    written, real = [], writing.Export.write

    def dies(self: Any, *arguments: Any) -> None:
        if len(written) == 2:
            raise KeyboardInterrupt
        real(self, *arguments)
        written.append(arguments[0].known.id)

    monkeypatch.setattr(writing.Export, "write", dies)
    with pytest.raises(KeyboardInterrupt):
        exported(store, tmp_path / "out", tasks=("rewrite", "completion"))
    assert not (tmp_path / "out").exists()
    again: list[str] = []

    def goes_on(self: Any, *arguments: Any) -> None:
        real(self, *arguments)
        again.append(arguments[0].known.id)

    monkeypatch.setattr(writing.Export, "write", goes_on)
    done = exported(store, tmp_path / "out", tasks=("rewrite", "completion"))
    assert len(again) == 1
    assert again[0] not in written
    assert everything(tmp_path / "out") == everything(tmp_path / "whole")
    assert done == whole
    assert json.dumps(done)
