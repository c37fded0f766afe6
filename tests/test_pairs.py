"""The known sets of benchmarks/pairs: whatever is said of a rewrite, it is said of a whole one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from codeaug.checks import static_checks
from codeaug.checks.trial import Trial
from codeaug.languages import find_units, place, resolve
from codeaug.model import Origin, Unit, Variant, Verdict

PAIRS = Path(__file__).parent.parent / "benchmarks" / "pairs"
LANGUAGES = ("python", "java", "cpp")


def rows(language: str) -> list[dict[str, Any]]:
    text = (PAIRS / f"{language}.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def trial(language: str, row: dict[str, Any]) -> Trial:
    """A rewrite in its place."""
    source = (PAIRS / language / row["path"]).read_bytes()
    units = [u for u in find_units(language, source, row["path"], "") if isinstance(u, Unit)]
    unit = resolve(units, row["path"], row["unit"])
    variant = Variant(unit.id, row["code"], Origin("given"))
    return Trial(unit, variant, source, place(unit, source, row["code"]))


def faults(language: str, row: dict[str, Any]) -> list[str]:
    """What the static checks say against a rewrite in its place."""
    said = [check(trial(language, row)) for check in static_checks()]
    return [f"{f.check}: {f.detail}" for f in said if f.verdict is not Verdict.PASSED]


def with_all_bodies(source: bytes, trials: Sequence[Trial]) -> bytes:
    """The C++ file with each rewrite's body as a block before the original's: one compilation."""
    for each in sorted(trials, key=lambda each: -each.unit.body.start):
        assert each.placed
        assert each.changed is not None
        start = each.unit.body.start + 1
        body = each.changed[each.placed.body.start : each.placed.body.end]
        source = source[:start] + b"if (rewritten)" + body + source[start:]
    return source.replace(b"#include", b"extern bool rewritten;\n#include", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_but_behaviour_speaks_against_a_rewrite(language: str) -> None:
    found = {
        f"{row['unit']}: {row['note']}": (row, faults(language, row)) for row in rows(language)
    }
    against = {name: why for name, (row, why) in found.items() if why and row["right"]}
    assert against == {}
    # A few wrong ones swallow exceptions or say new words, which is refused without running them.
    wrong = [why for row, why in found.values() if not row["right"]]
    refused = [why for why in wrong if why]
    assert len(refused) < 0.03 * len(wrong)
    assert all(each.startswith("capability: ") for why in refused for each in why)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rewrite_is_there_twice_or_without_its_label(language: str) -> None:
    found = rows(language)
    assert len({(row["path"], row["unit"], row["code"]) for row in found}) == len(found)
    assert all(isinstance(row["right"], bool) and row["kind"] and row["note"] for row in found)
    assert 0.3 < sum(row["right"] for row in found) / len(found) < 0.7


def test_every_cpp_rewrite_compiles_without_a_word(tmp_path: Path) -> None:
    tree = tmp_path / "cpp"
    shutil.copytree(PAIRS / "cpp", tree)
    found = [trial("cpp", row) for row in rows("cpp")]
    for path in {each.unit.path for each in found}:
        here = [each for each in found if each.unit.path == path]
        (tree / path).write_bytes(with_all_bodies(here[0].source, here))
    told = ("-std=c++17", "-Wall", "-Wextra", "-Werror", "-fsyntax-only")
    for file in sorted((tree / "src").glob("*.cpp")):
        done = subprocess.run(["g++", *told, file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
