"""The real libraries of Argilla and Label Studio read what we write, and we read what they write.

They weigh 700 MB and want other versions of what we use, so they are installed once into a place of
their own, in the user's cache.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from codeaug import interchange, members
from codeaug.store import Store
from tests.seeded import VARIANTS
from tests.test_interchange import THEIRS, bring, export, make, speak, told

LIBRARIES = ("argilla==2.8.0", "label-studio-sdk==2.1.2")
TRIPS = Path(__file__).parent / "annotation"

pytestmark = pytest.mark.slow
__all__ = ["make"]


@pytest.fixture(scope="module")
def python() -> Path:
    """The Python that has the libraries."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "codeaug-tests"
    name = "-".join(
        [*(each.replace("==", "-") for each in LIBRARIES), sys.implementation.cache_tag]
    )
    home = cache / name
    if not home.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as beside:
            install(Path(beside) / "new")
            (Path(beside) / "new").rename(home)
    return home / "bin" / "python"


def install(home: Path) -> None:
    run(sys.executable, "-m", "venv", home)
    pip = (home / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check")
    done = subprocess.run([*pip, *LIBRARIES], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(
            f"pip installs no {' and '.join(LIBRARIES)}: give it a registry that has them "
            f"(PIP_INDEX_URL).\n{done.stderr[-2000:]}"
        )


def run(*args: object) -> str:
    offline = {"HF_HUB_OFFLINE": "1", "PYTHONPATH": ""}
    done = subprocess.run(
        list(map(str, args)), env=os.environ | offline, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def trip(python: Path, tool: str, there: Path, back: Path) -> dict[str, Any]:
    """Has the tool read `there`, answer a card twice and write `back`; what it says of that."""
    back.mkdir()
    bob = interchange.TOOLS[tool].name_of("bob")
    program = TRIPS / f"{tool.replace('-', '_')}_trip.py"
    card = VARIANTS["java"].id
    answer = run(python, "-W", "ignore", program, there, back, card, THEIRS[tool], bob)
    document: dict[str, Any] = json.loads(answer.splitlines()[-1])
    return document


@pytest.mark.parametrize("tool", THEIRS)
def test_the_tool_itself_takes_the_cards_there_and_back(
    tool: str, python: Path, make: Callable[[str], Store], tmp_path: Path
) -> None:
    here, there = make("here"), make("there")
    there.guidelines.put("# How we decide now\n", "eve", 1)
    members.admit(there, "joe", "annotator", "test")
    speak(here)
    export(here, tool, tmp_path / "out", overlap=2)
    said = trip(python, tool, tmp_path / "out", tmp_path / "back")
    if tool == "argilla":
        assert said == {
            "name": "codeaug-review", "same settings": True, "same records": True,
            "responses": 16, "statuses": ["submitted"],
        }  # fmt: skip
    else:
        assert said["annotations"] == 7  # all but the edit
        assert said["words"] == ["approved"] * 2 + ["flagged"] + ["rejected"] * 4  # and one is new
    done = bring(there, tool, tmp_path / "back", people={THEIRS[tool]: "joe"})
    assert (done["counted"], done["refused"]) == (9, {})
    java = VARIANTS["java"].id
    before, after = told(here), told(there)
    assert {each: after[each] for each in after if each != java} == {
        each: before[each] for each in before if each != java
    }
    assert {word.reviewer: (word.word, word.reason) for word, _ in after[java]} == {
        "ann": ("approved", ""),
        "eve": ("skipped", ""),
        "bob": ("rejected", "trivial"),  # which was changed there
        "joe": ("rejected", "worse style"),  # whose answer was made by the tool
    }
    assert [word.comment for word, _ in after[java] if word.reviewer in ("ann", "joe")] == [
        before[java][0][0].comment, "é",
    ]  # fmt: skip
    assert bring(there, tool, tmp_path / "back", people={THEIRS[tool]: "joe"})["counted"] == 0
