"""Values of annotated types that no test passes, and what CrossHair finds by symbols of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from codeaug.errors import MissingTool
from codeaug.model import Comparison, Exploration
from codeaug.pipeline.session import home_of_crosshair
from codeaug.runners.resident import Residents
from codeaug.sandbox import Limits, probe
from tests.test_cli import codeaug
from tests.test_resident_python import Zoo, opened

REPO = Path(__file__).parent / "repos" / "python-typed"
FILE = "parcels/__init__.py"
TESTS = ["tests/test_parcels.py::test_parcels"]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zoo]:
    sandbox = replace(probe(Limits(memory=3 << 30)), packages=home_of_crosshair())
    with opened("python-typed", tmp_path_factory.mktemp("parcels"), sandbox) as it:
        yield it


def changed(parcels: Zoo, name: str, old: str, new: str) -> str:
    code = parcels.unit(name, FILE).code
    assert old in code
    return code.replace(old, new)


def compared(parcels: Zoo, name: str, code: str) -> Comparison:
    texts = parcels.texts(parcels.unit(name, FILE), [code])
    with parcels.residents.of_unit(parcels.prepared, texts) as runner:
        return runner.compare(texts[1].source, TESTS, 20.0).result


def explored(
    parcels: Zoo, name: str, code: str, *, residents: Residents | None = None
) -> Exploration:
    texts = parcels.texts(parcels.unit(name, FILE), [code])
    with (residents or parcels.residents).of_unit(parcels.prepared, texts) as runner:
        return runner.explore(texts[1].source, TESTS, 15.0).result


# --- values of annotated types --------------------------------------------------------------------

WRONG = {
    "days": ("return 1", "return 2", "days(speed=parcels.Speed.FAST) returns 2, was 1"),
    "stickers": ("mark & Mark.HEAVY", "mark == Mark.HEAVY", "returns 'f', was 'fh'"),
    "abroad": ("parcel.to.country is not None", "bool(parcel.to)", "returns True, was False"),
    "label": ("len(content)", "len(content) + 1", "label(content=b'"),
    "overhang": ("max(0, one.width", "max(-1, one.width", "returns -1, was 0"),
    "ordered": (' if "count" in line else 1', "", "raises KeyError('count'), returned 1"),
    "next_number": (">= 0", "> 0", "next_number(number=0) returns 0, was 1"),
    "part": ("return Fraction(0)", "return price", "returns <price>, was fractions.Fraction("),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_type_that_no_test_passes_a_value_of_is_compared_on(parcels: Zoo, name: str) -> None:
    old, new, words = WRONG[name]
    assert words in compared(parcels, name, changed(parcels, name, old, new)).difference


def test_classes_of_the_project_are_not_asked_for_what_they_hold(parcels: Zoo) -> None:
    right = changed(parcels, "labels", "drawer.keys()", "drawer")
    found = compared(parcels, "labels", right)
    assert found.problem == found.difference == ""
    assert found.inputs > 100


# --- CrossHair ------------------------------------------------------------------------------------


def test_an_input_that_no_growing_finds_is_found_by_symbols(parcels: Zoo) -> None:
    never = changed(parcels, "is_lucky", "number > 0", "number % 2 == 0")
    assert compared(parcels, "is_lucky", never).difference == ""
    found = explored(parcels, "is_lucky", never)
    assert found.difference == "is_lucky(number=135137) returns False, was True"


def test_what_crosshair_finds_is_a_test_that_passes_on_the_original_alone(
    parcels: Zoo, tmp_path: Path
) -> None:
    never = changed(parcels, "is_lucky", "number > 0", "number % 2 == 0")
    (tmp_path / "test_witness.py").write_text(explored(parcels, "is_lucky", never).witness)
    home = shutil.copytree(REPO / "parcels", tmp_path / "parcels") / "__init__.py"
    run = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    home.write_text(home.read_text().replace("number > 0", "number % 2 == 0"))
    assert subprocess.run(run, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_objects_are_among_what_crosshair_finds(parcels: Zoo) -> None:
    found = explored(parcels, "heavier", changed(parcels, "heavier", ">=", ">"))
    assert found.difference.startswith("heavier(one=parcels.Parcel(grams=")


def test_what_no_test_passes_besides_is_taken_from_a_recorded_call(parcels: Zoo) -> None:
    found = explored(parcels, "abroad", changed(parcels, "abroad", *WRONG["abroad"][:2]))
    assert found.difference.startswith("abroad(parcel=parcels.Parcel(grams=3, to=parcels.Address(")


def test_that_all_paths_are_exhausted_is_told(parcels: Zoo) -> None:
    same = changed(parcels, "days", "speed is Speed.SLOW", "Speed.SLOW is speed")
    found = explored(parcels, "days", same)
    assert found == Exploration(paths=found.paths, exhausted=True)
    assert found.paths > 0


def test_a_parameter_without_a_type_is_named(parcels: Zoo) -> None:
    found = explored(parcels, "untyped", changed(parcels, "untyped", "* factor", "/ factor"))
    assert found == Exploration(problem="no type is known of number")


def test_a_text_that_forges_what_crosshair_says_gains_nothing(
    parcels: Zoo,
) -> None:
    given = '{"given": [["number", ["object", "os", "_wrap_close", []]]]}'
    lie = f'{given}\\n{{"paths": 9, "exhausted": true}}\\n'
    forging = (
        "import os, sys\n"
        "    if 'crosshair' in sys.modules:\n"
        f"        [os.write(n, b'{lie}') for n in map(int, os.listdir('/proc/self/fd')) if n > 2]\n"
    )
    code = changed(parcels, "is_lucky", "return", f"{forging}    return")
    found = explored(parcels, "is_lucky", code)
    assert found.difference == found.witness == ""


def test_a_project_without_crosshair_is_told_so(parcels: Zoo) -> None:
    residents = Residents(replace(parcels.sandbox, packages=None), parcels.scratch)
    same = changed(parcels, "days", "speed is Speed.SLOW", "Speed.SLOW is speed")
    found = explored(parcels, "days", same, residents=residents)
    residents.close()
    assert found.problem.startswith("CrossHair does not load in the project's Python 3.")


def test_the_setting_without_crosshair_says_what_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "path", [path for path in sys.path if "site-packages" not in path])
    with pytest.raises(MissingTool, match=r"pip install 'codeaug\[crosshair\]'"):
        home_of_crosshair()


@pytest.mark.parametrize("seconds", [0, 15])
def test_crosshair_judges_only_where_it_is_asked_for(tmp_path: Path, seconds: int) -> None:
    folder = shutil.copytree(REPO, tmp_path / "repo")
    source = (folder / FILE).read_text()
    unit = source[source.index("def is_lucky") :].split("\n\n\n")[0]
    row = {"path": FILE, "unit": "is_lucky", "code": unit.replace("> 0", "% 2 == 0")}
    (tmp_path / "variants.jsonl").write_text(json.dumps(row))
    (folder / "codeaug.toml").write_text(f"crosshair = {seconds}\nrepeats = 2\nfaults = 1\n")
    done = codeaug("check", folder, "--variants", tmp_path / "variants.jsonl", "--json")
    answer = json.loads(done.stdout)
    words = {each["check"]: each for each in answer["findings"]}
    assert words["compared"]["verdict"] == "passed"
    assert answer["verdict"] == ("failed" if seconds else "passed")
    assert ("crosshair" in words) == bool(seconds)
