"""Export: only what was approved or proved, with its whole story, all of it or nothing."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from codeaug.dataset import export
from codeaug.errors import UsageError
from codeaug.formats import FORMATS
from codeaug.model import Decision, Origin, Sample, Unit, Variant, Word
from codeaug.store import Store
from tests.seeded import COMMIT, JAVA, PYTHON_NAMES, UNITS, VARIANTS, evidence, seed

AWKWARD = 'def f():\n    return "\u2028\x0c\x85\U0001f600```"\n'
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


def decide(store: Store, name: str, reviewer: str = "ann", *, approved: bool = True) -> None:
    reason = "" if approved else "unnatural"
    word = Word.APPROVED if approved else Word.REJECTED
    record = Decision(VARIANTS[name].id, reviewer, word, NOW, reason, "by Ann Miller")
    assert store.put_decision(record, f"{name} {reviewer} {approved}")


def lines(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "train.jsonl").read_bytes().split(b"\n")[:-1]]


def manifest(folder: Path) -> dict[str, object]:
    document: dict[str, object] = json.loads((folder / "manifest.json").read_bytes())
    return document


def test_nothing_approved_says_so_and_writes_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no variant is approved, nothing was written"):
        export(store, "openai-chat", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_chat_rows_hold_the_original_and_the_variant(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    done = export(store, "openai-chat", tmp_path / "out")
    (row,) = lines(tmp_path / "out")
    assert list(row) == ["messages"]
    user, assistant = row["messages"]  # type: ignore[misc]  # a JSON list
    assert user["role"] == "user"
    assert "if else inversion" in user["content"]
    assert JAVA in user["content"]
    assert assistant == {"role": "assistant", "content": "    " + VARIANTS["java"].code}
    assert done["rows"] == 1


def test_prompt_and_completion_are_two_strings(store: Store, tmp_path: Path) -> None:
    decide(store, "python")
    export(store, "prompt-completion", tmp_path / "out")
    (row,) = lines(tmp_path / "out")
    assert list(row) == ["prompt", "completion"]
    assert row["completion"] == PYTHON_NAMES
    assert str(row["prompt"]).endswith("```\n\n")


def test_the_manifest_tells_the_whole_story_of_each_row(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    done = export(store, "openai-chat", tmp_path / "out")
    told = manifest(tmp_path / "out")
    data = (tmp_path / "out" / "train.jsonl").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    assert told["files"] == [
        {"name": "train.jsonl", "sha256": digest, "bytes": len(data), "rows": 2}
    ]
    assert done["files"] == told["files"]
    python, java = told["rows"]  # type: ignore[misc]  # a JSON list
    assert (python["row"], python["path"], java["path"]) == (
        1,
        "acme/lists.py",
        "src/main/java/org/acme/Words.java",
    )
    assert java["unit"] == UNITS["java"].id
    assert java["variant"] == VARIANTS["java"].id
    assert (java["repository"], java["commit"], java["license"]) == ("acme", COMMIT, "Apache-2.0")
    assert java["origin"]["recipe"] == ["if-else-inversion"]
    assert java["rung"] == "tested"
    assert java["parameters"] == {"tests": "14", "lines executed": "6 of 6"}
    assert java["checks"]["tested"] == "passed"
    assert java["accepted_by"] == "review"


def test_reviewers_leave_under_one_pseudonym_and_without_comments(
    store: Store, tmp_path: Path
) -> None:
    decide(store, "java")
    decide(store, "python")
    export(store, "openai-chat", tmp_path / "out")
    text = (tmp_path / "out" / "manifest.json").read_text()
    assert "ann" not in text.replace("annotations", "")
    assert "Miller" not in text
    rows = manifest(tmp_path / "out")["rows"]
    names = {row["decisions"][0]["reviewer"] for row in rows}  # type: ignore[attr-defined]  # JSON objects
    assert len(names) == 1


def test_a_rejection_outweighs_an_approval(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "java", "bob", approved=False)
    with pytest.raises(UsageError):
        export(store, "openai-chat", tmp_path / "out")
    decide(store, "python", "bob", approved=False)
    decide(store, "cpp", "bob", approved=False)
    with pytest.raises(UsageError, match="no variant reaches"):
        export(store, "openai-chat", tmp_path / "out", accept_rung="tested")


def test_evidence_alone_is_enough_when_the_user_says_so(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    done = export(store, "openai-chat", tmp_path / "out", accept_rung="tested")
    assert done["rows"] == 3
    rows = manifest(tmp_path / "out")["rows"]
    accepted = {row["language"]: row["accepted_by"] for row in rows}  # type: ignore[attr-defined]  # JSON objects
    assert accepted == {"java": "review", "cpp": "evidence", "python": "evidence"}
    lower = export(store, "openai-chat", tmp_path / "lower", accept_rung="compiled")
    assert lower["rows"] == 4


def test_an_approved_variant_that_fails_later_is_left_out(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "python")
    store.put_evidence(evidence(VARIANTS["java"], failed=True), "new flags")
    done = export(store, "openai-chat", tmp_path / "out")
    assert (done["rows"], done["left_out"]) == (1, {"a check failed": 1})


def test_approved_but_failed_only_says_why_nothing_is_written(store: Store, tmp_path: Path) -> None:
    decide(store, "failed")
    with pytest.raises(UsageError, match="a check failed: 1"):
        export(store, "openai-chat", tmp_path / "out")


def test_equal_samples_make_equal_bytes(store: Store, tmp_path: Path) -> None:
    for name in ("python", "cpp", "java"):
        decide(store, name)
    for folder in ("one", "two", "two"):
        export(store, "openai-chat", tmp_path / folder)
    for name in ("train.jsonl", "manifest.json"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["one", "two"]


@pytest.mark.parametrize("already", ["thesis.tex", "manifest.json", "train.jsonl"])
def test_a_folder_with_something_else_is_left_alone(
    store: Store, tmp_path: Path, already: str
) -> None:
    decide(store, "java")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / already).write_text("precious")
    with pytest.raises(UsageError, match="holds other files"):
        export(store, "openai-chat", tmp_path / "out")
    assert [p.read_text() for p in (tmp_path / "out").iterdir()] == ["precious"]


def test_an_empty_folder_is_filled(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    (tmp_path / "out").mkdir()
    export(store, "openai-chat", tmp_path / "out")
    assert len(lines(tmp_path / "out")) == 1


def test_a_file_in_the_place_of_the_folder_is_named(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    (tmp_path / "out").write_text("precious")
    with pytest.raises(UsageError, match="is a file"):
        export(store, "openai-chat", tmp_path / "out")
    with pytest.raises(UsageError, match="--out"):
        export(store, "openai-chat", tmp_path / "out" / "deeper")


def test_each_row_is_one_line_whatever_is_in_the_code(store: Store, tmp_path: Path) -> None:
    odd = Variant(UNITS["python"].id, AWKWARD, Origin("person"))
    store.put_variants([odd])
    store.put_evidence(evidence(odd))
    store.put_decision(Decision(odd.id, "ann", Word.APPROVED, NOW), "odd")
    export(store, "prompt-completion", tmp_path / "out")
    assert [row["completion"] for row in lines(tmp_path / "out")] == [AWKWARD]


def test_an_unknown_format_names_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="openai-chat, prompt-completion"):
        export(store, "parquet", tmp_path / "out")


def test_an_unknown_rung_names_the_known_ones(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="parsed, compiled, tested"):
        export(store, "openai-chat", tmp_path / "out", accept_rung="none")


@pytest.mark.parametrize("name", FORMATS)
def test_a_row_is_one_line_whatever_is_in_the_code(name: str, store: Store, tmp_path: Path) -> None:
    base = UNITS["python"]
    unit = Unit(
        base.path, "python", "f", "", base.span, base.body, 1, 2, 3, base.blob, AWKWARD
    )  # fmt: skip
    variant = Variant(unit.id, AWKWARD + "\n", Origin("person"))
    sample = Sample(unit, variant, evidence(variant), (), "review")
    (row,) = FORMATS[name]([sample])
    asked = row["messages"][0]["content"] if "messages" in row else row["prompt"]
    assert f"````python\n{AWKWARD}````" in asked
    answered = row["messages"][1]["content"] if "messages" in row else row["completion"]
    assert answered == AWKWARD + "\n"


FILL = """
import sys
from pathlib import Path
from codeaug.dataset import export
from codeaug.errors import OutOfSpace
from codeaug.store import Store
try:
    export(Store.open(sys.argv[1]), "openai-chat", Path("/mnt/out"), "tested")
except OutOfSpace as error:
    print(error)
print([path.name for path in Path("/mnt").iterdir()])
"""


def test_a_full_disk_leaves_nothing_behind(store: Store) -> None:
    long = Variant(UNITS["python"].id, "x" * 400_000, Origin("rules"))
    store.put_variants([long])
    store.put_evidence(evidence(long))
    folder = str(Path(store.place).parent)
    box = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    box += ["--bind", folder, folder, "--size", "200000", "--tmpfs", "/mnt"]
    command = [*box, sys.executable, "-c", FILL, store.place]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout.startswith("no space left for /mnt/out: nothing was written")
    assert done.stdout.endswith("[]\n")
