"""Repository to dataset, once a language, by the command line alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import command_line

LANGUAGES = {
    "python": {
        "path": "shop.py",
        "grade": "grade",
        "total": "Basket.total",
        "untested": "untested",
        "right": (
            'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
            '    if score is None:\n        return "none"\n'
            '    if score > 10:\n        return "good"\n    return "bad"\n'
        ),
        "wrong": (
            'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
            '    if score is None:\n        return "none"\n'
            '    if score >= 10:\n        return "good"\n    return "bad"\n'
        ),
        "uncompilable": (
            'def grade(score):\n    """The grade for a score."""\n    # no score, no grade\n'
            '    return "good" if points > 10 else "bad"\n'
        ),
        "unjudged": "def untested(value):\n    return 3 if value else 2\n",
    },
    "java": {
        "path": "src/main/java/shop/Shop.java",
        "grade": "Shop.grade",
        "total": "Shop.total(int)",
        "untested": "Shop.untested",
        "right": (
            "public static String grade(Integer score) {\n    // no score, no grade\n"
            '    if (score == null) {\n        return "none";\n    }\n'
            '    return score > 10 ? "good" : "bad";\n}\n'
        ),
        "wrong": (
            "public static String grade(Integer score) {\n    // no score, no grade\n"
            '    if (score == null) {\n        return "none";\n    }\n'
            '    return score >= 10 ? "good" : "bad";\n}\n'
        ),
        "uncompilable": (
            "public static String grade(Integer score) {\n    // no score, no grade\n"
            '    return points > 10 ? "good" : "bad";\n}\n'
        ),
        "unjudged": "public int untested(boolean value) {\n    return value ? 3 : 2;\n}\n",
    },
    "cpp": {
        "path": "shop.cpp",
        "grade": "shop::grade",
        "total": "shop::Basket::total(int) const",
        "untested": "shop::Basket::untested",
        "right": (
            "std::string grade(const int* score) {\n    // no score, no grade\n"
            '    if (score == nullptr) {\n        return "none";\n    }\n'
            '    return *score > 10 ? "good" : "bad";\n}\n'
        ),
        "wrong": (
            "std::string grade(const int* score) {\n    // no score, no grade\n"
            '    if (score == nullptr) {\n        return "none";\n    }\n'
            '    return *score >= 10 ? "good" : "bad";\n}\n'
        ),
        "uncompilable": (
            "std::string grade(const int* score) {\n    // no score, no grade\n"
            '    return *points > 10 ? "good" : "bad";\n}\n'
        ),
        "unjudged": "int Basket::untested(bool value) const {\n    return value ? 3 : 2;\n}\n",
    },
}  # fmt: skip

pytestmark = pytest.mark.slow


ALL = {"CODEAUG_DATASET_TEST": "0", "CODEAUG_DATASET_VALIDATION": "0"}
"""Nothing is held out for measuring: so few functions are all needed."""


def codeaug(*args: object, code: int = 0, stdin: str = "", **environ: str) -> str:
    """Standard output of a verb that ends with exit code `code`."""
    done = command_line.codeaug(*args, stdin=stdin, environ=os.environ | environ)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout


def checked(folder: Path, lines: list[dict[str, Any]], *more: object) -> list[dict[str, Any]]:
    file = folder.parent / "variants.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    out = codeaug("check", folder, "--variants", file, "--json", *more)
    return [json.loads(line) for line in out.splitlines()]


def passed_checks(answer: dict[str, Any]) -> set[str]:
    return {f["check"] for f in answer["findings"] if f["verdict"] == "passed"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_hand_made_variants_get_the_verdict_they_deserve(
    language: str, judgeable_repository: Callable[[str], Path]
) -> None:
    folder, facts = judgeable_repository(f"journey-{language}"), LANGUAGES[language]
    wanted = ("right", "wrong", "uncompilable", "unjudged")
    lines = [
        {
            "path": facts["path"],
            "unit": facts["untested" if kind == "unjudged" else "grade"],
            "code": facts[kind],
        }
        for kind in wanted
    ]
    lines.insert(2, {"path": facts["path"], "unit": "no_such_unit", "code": "x"})
    right, wrong, nowhere, uncompilable, unjudged = checked(folder, lines)
    assert (right["verdict"], right["accepted"]) == ("passed", True)
    assert {"tested", "guarded"} <= passed_checks(right)
    if language != "cpp":  # one function of C++ at a time is dear to prove: it may stay unknown
        assert right["rung"] == "proved"
    assert (wrong["verdict"], wrong["rung"], wrong["accepted"]) == ("failed", "compiled", False)
    assert wrong["findings"][-1]["check"] == "tested"
    assert "grade" in wrong["findings"][-1]["detail"]
    assert (nowhere["verdict"], nowhere["unit"]) == ("unknown", "no_such_unit")
    assert (uncompilable["verdict"], uncompilable["rung"]) == ("failed", "parsed")
    assert "points" in uncompilable["findings"][-1]["detail"]
    assert (unjudged["verdict"], unjudged["accepted"]) == ("unknown", False)
    assert "no test executes this unit" in unjudged["findings"][-1]["detail"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_repository_becomes_a_dataset(
    language: str, fetched_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder, facts = fetched_repository(f"journey-{language}"), LANGUAGES[language]
    document = json.loads(codeaug("run", folder, "--json"))
    (found,) = document["languages"]
    assert found["language"] == language
    assert found["with_oracle"] >= 2
    judged = sum(found["rungs"].get(rung, 0) for rung in ("guarded", "compared", "proved"))
    assert judged >= 3
    assert not found["failing"]
    assert document["queued"] == judged

    story = json.loads(codeaug("explain", f"{facts['path']}::{facts['total']}", folder, "--json"))
    assert story["oracle"]["tests"]
    assert story["variants"][0]["evidence"]["findings"]
    untested = json.loads(
        codeaug("explain", f"{facts['path']}::{facts['untested']}", folder, "--json")
    )
    assert untested["variants"] == []
    assert untested["oracle"]["reason"] == "no test executes this unit"

    codeaug("export", folder, "--format", "openai-chat", "--out", tmp_path / "none", code=2)
    assert not (tmp_path / "none").exists()
    out = tmp_path / "dataset"
    wanted = ("export", folder, "--format", "openai-chat", "--out", out, "--accept-rung", "tested")
    codeaug(*wanted, code=2)  # so small a set is refused by the mix policy
    told = codeaug(*wanted, "--tasks", "rewrite", "--override-mix", "a trial", "--json", **ALL)
    rows = [json.loads(line) for line in (out / "train.jsonl").read_text().splitlines()]
    assert len(rows) + sum(json.loads(told)["left_out"].values()) == found["verdicts"]["passed"]
    assert rows[0]["messages"][-1]["role"] == "assistant"


def test_a_second_run_does_nothing_twice(fetched_repository: Callable[[str], Path]) -> None:
    folder = fetched_repository("journey-python")
    grade = ("explain", "shop.py::grade", folder, "--json")
    first = json.loads(codeaug("run", folder, "--json"))
    story = codeaug(*grade)
    second = json.loads(codeaug("run", folder, "--json"))
    assert second["languages"] == first["languages"]
    # Seconds of every finding are part of the story: nothing was measured again.
    assert codeaug(*grade) == story


def test_a_killed_run_ends_like_an_undisturbed_one(
    fetched_repository: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = fetched_repository("journey-python")
    undisturbed, killed = folder / ".codeaug" / "c.db", tmp_path / "killed" / "c.db"
    codeaug("run", folder, "--store", f"sqlite:///{undisturbed}")
    for seconds in (0.6, 1.5, 3.0, 5.0, 7.0):
        run = subprocess.Popen(
            [sys.executable, "-m", "codeaug", "run", str(folder), "--store", f"sqlite:///{killed}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            run.wait(seconds)
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
    codeaug("run", folder, "--store", f"sqlite:///{killed}")
    rows = []
    for store in (undisturbed, killed):
        out = tmp_path / f"dataset of {store.parent.name}"
        codeaug("export", folder, "--store", f"sqlite:///{store}", "--format", "openai-chat",
                "--out", out, "--accept-rung", "tested", "--override-mix", "a trial")  # fmt: skip
        rows.append([file.read_bytes() for file in out.glob("t*.jsonl")])
    assert rows[0] == rows[1]
    assert rows[0]


def test_an_interrupted_run_exits_130_and_says_that_nothing_is_lost(
    fetched_repository: Callable[[str], Path],
) -> None:
    folder = fetched_repository("journey-python")
    run = subprocess.Popen(
        [sys.executable, "-m", "codeaug", "run", str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert run.stderr is not None
    assert any("tests" in line for line in run.stderr)
    os.kill(run.pid, signal.SIGINT)
    out, err = run.communicate(timeout=60)
    assert run.returncode == 130
    assert "everything finished is kept" in err
    assert out == ""
    codeaug("run", folder)


def test_two_runs_at_once_on_one_store_are_refused(
    fetched_repository: Callable[[str], Path],
) -> None:
    folder = fetched_repository("journey-python")
    run = subprocess.Popen(
        [sys.executable, "-m", "codeaug", "run", str(folder)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert run.stderr is not None
    assert any("tests" in line for line in run.stderr)
    second = subprocess.run(
        [sys.executable, "-m", "codeaug", "run", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    run.communicate(timeout=300)
    assert second.returncode == 2
    assert str(run.pid) in second.stderr
    assert run.returncode == 0
