from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest

from codeaug.builds import Prepared, cmake, make
from codeaug.languages import find_units, place
from codeaug.model import Baseline, Diagnostics, Rerun, TestOutcome, Unit
from codeaug.runners import HandOver, Ran
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from tests.native_bench import Bench, built

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Yard:
    """A repository, built, with resident programs."""

    bench: Bench
    prepared: Prepared
    residents: Residents

    def unit(self, name: str, path: str) -> Unit:
        source = (self.prepared.tree / path).read_bytes()
        found = find_units("cpp", source, path, "")
        return next(u for u in found if isinstance(u, Unit) and u.name == name)

    def texts(self, unit: Unit, codes: Sequence[str]) -> list[Text]:
        """The unchanged text, then the file with each of the codes in the unit's place."""
        source = (self.prepared.tree / unit.path).read_bytes()
        changed = [place(unit, source, code) for code in codes]
        return [Text(source, unit), *(Text(c, _placed(unit, c)) for c in changed)]

    def cold(self, unit: Unit, text: bytes, tests: Sequence[str]) -> tuple[Diagnostics, Rerun]:
        with self.bench.copy() as workspace:
            runner = Cold(self.bench.build, self.prepared.project, workspace, unit.path)
            return runner.compile(text).result, runner.rerun(text, tests, 60.0).result


def _placed(unit: Unit, source: bytes) -> Unit:
    found = find_units(unit.language, source, unit.path, "")
    return next(u for u in found if isinstance(u, Unit) and u.span.start == unit.span.start)


def yard(bench: Bench) -> Yard:
    prepared = Prepared(
        bench.project,
        bench.build,
        bench.folder / "tree",
        bench.folder / "deps",
        Baseline({}, {}, 0.0, ""),
    )
    return Yard(bench, prepared, Residents(bench.sandbox, bench.folder / "scratch"))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with_tests = yard(built("cpp-cmake", cmake.BUILD, tmp_path_factory.mktemp("cmake")))
    yield with_tests
    with_tests.residents.close()


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with_tests = yard(built("cpp-cmake-gtest", cmake.BUILD, tmp_path_factory.mktemp("gtest")))
    yield with_tests
    with_tests.residents.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    with_tests = yard(built("cpp-make", make.BUILD, tmp_path_factory.mktemp("make")))
    yield with_tests
    with_tests.residents.close()


def passes(ran: Ran[Rerun]) -> bool:
    """Whether everything that the checks look at says that the tests passed."""
    report = ran.result.report
    passed = set(report.outcomes.values()) == {TestOutcome.PASSED}
    return passed and report.complete and not ran.limit


def way(runner: Resident, number: int, tests: Sequence[str]) -> str:
    """Whether a text was made together with others or alone, or why it was handed over."""
    request = {"do": "rerun", "number": number, "tests": list(tests), "seconds": 60.0}
    try:
        return str(runner.ask(request, 90.0)[1]["way"])
    except HandOver as why:
        return f"cold: {why}"


def test_scratch(plain: Yard, made: Yard, cases: Yard) -> None:
    for yard, name, path, old, new, tests in (
        (plain, "clamp", "src/clamp.cpp", "value < low", "low > value", ["clamp"]),
        (plain, "digits", "src/digits.cpp", "number >= 10", "10 <= number", ["digits"]),
        (made, "area", "area.cpp", "width < 0", "0 > width", ["test"]),
        (
            cases,
            "Stack::pop",
            "stack.h",
            "items.empty()",
            "items.size() == 0",
            ["all::Pop.GivesTheLast", "all::Pop.ComplainsWhenEmpty"],
        ),
    ):
        unit = yard.unit(name, path)
        texts = yard.texts(
            unit,
            [
                unit.code.replace(old, new),
                unit.code.replace(old, "true"),
                unit.code.replace(old, "nix"),
            ],
        )
        with yard.residents.of_unit(yard.prepared, texts) as runner:
            for n, text in enumerate(texts):
                try:
                    one = runner.compile(text.source)
                    two = runner.rerun(text.source, tests, 60.0)
                    print(
                        name,
                        n,
                        one.result.ok,
                        one.result.messages,
                        two.result,
                        one.seconds,
                        two.seconds,
                    )
                    print(way(runner, n, tests), runner.prove(text.source).result)
                except HandOver as why:
                    print(name, n, why)
    assert 0
