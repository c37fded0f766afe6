from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from codeaug.builds import Prepared, cmake, make
from codeaug.languages import find_units, place
from codeaug.model import Baseline, Comparison, Diagnostics, Rerun, TestOutcome, Unit
from codeaug.runners import HandOver, Ran
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from tests.native_bench import Bench, built, output_of

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

    def compared(
        self, unit: Unit, changes: Sequence[tuple[str, str]], test: str, seconds: float = 20.0
    ) -> list[Comparison]:
        """The unchanged unit against texts in which something is replaced."""
        assert all(old in unit.code for old, _ in changes)
        texts = self.texts(unit, [unit.code.replace(*change) for change in changes])
        with self.residents.of_unit(self.prepared, texts) as runner:
            return [runner.compare(text.source, [test], seconds).result for text in texts[1:]]

    def cold(self, unit: Unit, text: bytes, tests: Sequence[str]) -> tuple[Diagnostics, Rerun]:
        with self.bench.copy() as workspace:
            runner = Cold(self.bench.build, self.prepared.project, workspace, unit.path)
            return runner.compile(text).result, runner.rerun(text, tests, 60.0).result


class Change(NamedTuple):
    """One text in the place of another in a unit, and the test that passes it arguments."""

    name: str
    path: str
    test: str
    old: str
    new: str


def by_unit(yard: Yard, wanted: Iterable[Change]) -> Callable[[Change], Comparison]:
    """What is found of a change. All that are wanted of a unit are made in one program."""
    known: dict[Change, Comparison] = {}
    changes = list(wanted)

    def found(change: Change) -> Comparison:
        if change not in known:
            some = [each for each in changes if each[:3] == change[:3]]
            unit = yard.unit(change.name, change.path)
            texts = [(each.old, each.new) for each in some]
            known.update(zip(some, yard.compared(unit, texts, change.test), strict=True))
        return known[change]

    return found


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


Opened = Callable[[str], Yard]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The yard of a repository in tests/repos, built once."""
    yards: dict[str, Yard] = {}

    def open_(name: str) -> Yard:
        if name not in yards:
            build = make.BUILD if name == "cpp-make" else cmake.BUILD
            yards[name] = yard(built(name, build, tmp_path_factory.mktemp(name)))
        return yards[name]

    yield open_
    for each in yards.values():
        each.residents.close()


@pytest.fixture(scope="module")
def zoo(opened: Opened) -> Yard:
    return opened("cpp-resident")


def passes(ran: Ran[Rerun]) -> bool:
    """Whether everything that the checks look at says that the tests passed."""
    report = ran.result.report
    passed = set(report.outcomes.values()) == {TestOutcome.PASSED}
    return passed and report.complete and not ran.limit


def way(runner: Resident, number: int, tests: Sequence[str]) -> str:
    """Whether a text was made together with others or alone, or why it was handed over."""
    request = {"do": "rerun", "number": number, "tests": list(tests), "seconds": 60.0}
    try:
        return str(runner.ask(request, 90.0)[1].get("way", ""))
    except HandOver as why:
        return f"cold: {why}"


def answers(
    yard: Yard, unit: Unit, codes: Sequence[str], tests: Sequence[str], seconds: float = 60.0
) -> list[Ran[Rerun]]:
    """What the resident program says of the unchanged text, then of the others."""
    texts = yard.texts(unit, codes)
    with yard.residents.of_unit(yard.prepared, texts) as runner:
        return [runner.rerun(text.source, tests, seconds) for text in texts]


def ways(yard: Yard, unit: Unit, codes: Sequence[str], tests: Sequence[str]) -> list[str]:
    texts = yard.texts(unit, codes)
    with yard.residents.of_unit(yard.prepared, texts) as runner:
        return [way(runner, number, tests) for number in range(len(texts))]


# --- the same words as the cold way ---------------------------------------------------------------

SAME = [
    (
        "cpp-cmake",
        "src/clamp.cpp",
        "clamp",
        [
            ("value < low", "low > value"),
            ("value < low", "value <= high"),
            ("value < low", "nothing < low"),
            ("return value;", "int unused;\n    return value;"),
            ("return value;", "return abs(value);"),
        ],
        ["clamp"],
    ),
    (
        "cpp-cmake-gtest",
        "stack.h",
        "Stack::pop",
        [("items.empty()", "items.size() == 0"), ("items.empty()", "!items.empty()")],
        ["all::Pop.GivesTheLast", "all::Pop.ComplainsWhenEmpty"],
    ),
    (
        "cpp-make",
        "area.cpp",
        "area",
        [("width < 0", "0 > width"), ("width < 0", "width > 0"), ("width < 0", "wide < 0")],
        ["test"],
    ),
    (
        "cpp-make",
        "area.h",
        "twice",
        [("value *", "value +"), ("return", "int i; return")],
        ["test"],
    ),
    (
        "cpp-resident",
        "src/animals.cpp",
        "Animal::legs",
        # without its last call a static function is not used any more: the compiler says so
        [(" - once(legs_)", " - legs_"), ("twice(legs_)", "legs_ + legs_")],
        ["legs"],
    ),
    (
        "cpp-resident",
        "src/cages.cpp",
        "open_to",
        # without a statement nothing but the line of its end is left
        [
            ("    if (number < 0) {\n        return;\n    }\n    opened = number;\n", "    \n"),
            ("number < 0", "0 > number"),
        ],
        ["sound"],
    ),
]


@pytest.mark.parametrize(
    ("repo", "path", "name", "changes", "tests"), SAME, ids=[f"{r[0]}-{r[2]}" for r in SAME]
)
def test_the_resident_and_the_cold_way_say_the_same(
    opened: Opened,
    repo: str,
    path: str,
    name: str,
    changes: Sequence[tuple[str, str]],
    tests: Sequence[str],
) -> None:
    yard = opened(repo)
    unit = yard.unit(name, path)
    texts = yard.texts(unit, [unit.code.replace(*change) for change in changes])
    with yard.residents.of_unit(yard.prepared, texts) as runner:
        warm = [
            (runner.compile(text.source).result, runner.rerun(text.source, tests, 60.0).result)
            for text in texts
        ]
    unchanged = yard.cold(unit, texts[0].source, tests)
    assert said(unit, texts[0], warm[0], warm[0][0]) == said(
        unit, texts[0], unchanged, unchanged[0]
    )
    for text, each in zip(texts[1:], warm[1:], strict=True):
        cold = yard.cold(unit, text.source, tests)
        assert said(unit, text, each, warm[0][0]) == said(unit, text, cold, unchanged[0])


def said(
    unit: Unit, text: Text, ran: tuple[Diagnostics, Rerun], unchanged: Diagnostics
) -> tuple[object, ...]:
    """What counts of an answer: diagnostics that the unchanged text has not, outcomes, lines."""
    words, tests = ran
    new = sorted(set(words.messages) - set(unchanged.messages))
    lines = range(text.unit.line, text.unit.end_line + 1)
    return (
        words.ok,
        new,
        tests.report.outcomes,
        tests.report.complete,
        tests.executed.intersection(lines),
        tests.executable.intersection(lines),
    )


# --- which way ------------------------------------------------------------------------------------

WAYS = {
    # a constructor with initialisers, a static function, one that runs before main
    ("src/animals.cpp", "Animal::Animal"): (("nobody", "somebody"), ("sound",), "together"),
    ("src/animals.cpp", "twice"): (("* 2", "* 3"), ("legs",), "together"),
    ("src/animals.cpp", "(anonymous)::once"): (("number", "number + 1"), ("legs",), "together"),
    ("src/animals.cpp", "Animal::sound"): (('"!"', '"?"'), ("sound",), "together"),
    ("src/animals.h", "Animal::operator<"): (("<", ">"), ("legs",), "together"),
    ("src/cages.cpp", "cage"): (("return 30", "return 31"), ("cage",), "together"),
    # labels are the function's, and a constant must be one while compiling
    ("src/cages.cpp", "sum"): (("+=", "-="), ("sum",), "alone"),
    ("src/animals.h", "limit"): (("? 8", "? 7"), ("limit",), "alone"),
}


@pytest.mark.parametrize("place", WAYS, ids=[name for _, name in WAYS])
def test_units_are_made_together_where_that_is_right(zoo: Yard, place: tuple[str, str]) -> None:
    (old, new), tests, expected = WAYS[place]
    unit = zoo.unit(place[1], place[0])
    body = unit.code.index("{")
    wrong = unit.code[:body] + unit.code[body:].replace(old, new)
    same = unit.code[:-1] + ";}"
    ran = answers(zoo, unit, [wrong, same], tests)
    assert [passes(each) for each in ran] == [True, False, True]
    if place[1] != "limit":
        assert ways(zoo, unit, [wrong, same], tests)[1:] == [expected, expected]


def test_a_text_is_compiled_alone_only_where_the_words_about_it_are_asked_for(zoo: Yard) -> None:
    unit = zoo.unit("Animal::legs", "src/animals.cpp")
    unused = unit.code.replace(" - once(legs_)", " - legs_")
    broken = unit.code.replace("legs_", "lags_")
    texts = zoo.texts(unit, [unused, broken, unit.code.replace("-", "+")])
    with zoo.residents.of_unit(zoo.prepared, texts) as runner:
        shown = [runner.compile(text.source).result for text in texts[1:]]
        short = [runner.compile(text.source, words=False).result for text in texts[1:]]
    assert [each.ok for each in shown] == [each.ok for each in short] == [True, False, True]
    assert any("unused" in message for message in shown[0].messages)
    assert not short[0].messages


def test_a_text_knows_its_place_in_the_file(zoo: Yard) -> None:
    """`__FILE__`, `__LINE__` and `__func__` are what they are in the file."""
    unit = zoo.unit("place", "src/animals.cpp")
    codes = [unit.code.replace("file", "name"), unit.code.replace("{", "{\n", 1)]
    tests = ("places", output_of(zoo.bench.test(), "places"))
    assert [passes(ran) for ran in answers(zoo, unit, codes, tests)] == [True, True, False]


def test_tests_that_are_more_than_a_program_are_run_by_ctest(opened: Opened, zoo: Yard) -> None:
    unit = zoo.unit("lost", "src/cages.cpp")
    wrong = unit.code.replace("== 6", "!= 6")
    codes = [wrong, unit.code]
    assert [passes(ran) for ran in answers(zoo, unit, codes, ["lost"])] == [True, False, True]
    plain = opened("cpp-cmake")
    unit = plain.unit("digits", "src/digits.cpp")
    wrong = unit.code.replace("10", "9")
    assert [passes(ran) for ran in answers(plain, unit, [wrong], ["digits"])] == [True, False]


# --- texts that misbehave -------------------------------------------------------------------------

BAD = {
    "exit": "std::exit(0);",
    "crash": "std::abort();",
    "null": "*(volatile int*)0 = 1;",
    "exception": "throw 1;",
}


@pytest.mark.parametrize("name", BAD)
def test_a_program_that_ends_early_does_not_pass(zoo: Yard, name: str) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    bad = unit.code.replace("return", BAD[name] + " return")
    tests = ("legs", output_of(zoo.bench.test(), "legs"))
    assert [passes(ran) for ran in answers(zoo, unit, [bad, unit.code], tests)] == [
        True,
        False,
        True,
    ]


def test_an_end_without_counters_is_left_to_the_cold_way(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    bad = unit.code.replace("return", "std::_Exit(0); return")
    assert ways(zoo, unit, [bad], ["legs"])[1].startswith("cold: the tests pass, but no program")


def test_a_text_that_does_not_end_is_stopped_and_the_next_one_runs(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    bad = unit.code.replace("return", "for (volatile int i = 0;; i = i + 1) {} return")
    texts = zoo.texts(unit, [bad, unit.code.replace("* 2", "+ number")])
    with zoo.residents.of_unit(zoo.prepared, texts) as runner:
        slow = runner.rerun(texts[1].source, ["legs"], 2.0)
        good = runner.rerun(texts[2].source, ["legs"], 60.0)
    assert (slow.limit, slow.result.report.outcomes) == ("wall time", {})
    assert passes(good)


LEFT = """static int twice(int number) {
    %s
    return number * 2;
}"""
BEHIND = {
    # a child that lives on; a file of its own; two that the next run would see
    "process": 'if (system("setsid sleep 600 &") == 0) { number += 0; }',
    "file": 'if (system("test ! -e /tmp/left && echo > /tmp/left") != 0) { std::abort(); }',
    "tree": 'if (system("test ! -e /repo/left && echo > /repo/left") != 0) { std::abort(); }',
}


@pytest.mark.parametrize("name", BEHIND)
def test_nothing_of_one_text_is_left_when_the_next_one_runs(zoo: Yard, name: str) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    codes = [LEFT % BEHIND[name]] * 2
    ran = answers(zoo, unit, codes, ["sound", "legs"])
    assert [passes(each) for each in ran] == [True, True, True]


def test_a_text_that_changes_the_tree_is_the_last_one(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    bad = LEFT % 'if (system("echo >> /repo/CMakeLists.txt") == 0) { number += 0; }'
    found = ways(zoo, unit, [bad, unit.code], ["legs"])
    assert found == ["together", "together", "cold: the tests change /repo/CMakeLists.txt"]
    assert ways(zoo, unit, [unit.code[:-1] + ";}"], ["legs"]) == ["together"] * 2


def test_a_program_that_reaches_for_our_files_is_the_last_one(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    bad = LEFT % 'if (system("echo > /tmp/codeaug/active.o") == 0) { number += 0; }'
    found = ways(zoo, unit, [bad], ["legs"])
    assert found[0] == "together"
    assert found[1].startswith("cold: the resident runner was stopped")


# --- the tests' order, and proofs -----------------------------------------------------------------


def test_tests_run_in_the_order_that_was_asked_for_until_one_fails(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    wrong = unit.code.replace("* 2", "* 3")
    for tests, seen in ((("sound", "legs", "cage"), 2), (("legs", "sound"), 1)):
        report = answers(zoo, unit, [wrong], tests)[1].result.report
        assert list(report.outcomes) == list(tests)[:seen]


def test_libraries_are_made_again_that_hold_another(opened: Opened) -> None:
    """An archive that goes into a shared library as a whole, and one that no program uses."""
    shared = opened("cpp-cmake-shared")
    unit = shared.unit("up", "src/rounding.cpp")
    codes = [unit.code.replace("+ step", "- step"), unit.code[:-1] + ";}"]
    assert ways(shared, unit, codes, ["up"]) == ["together"] * 3
    assert [passes(ran) for ran in answers(shared, unit, codes, ["up"])] == [True, False, True]


def test_what_compiles_to_the_same_is_proved_and_nothing_is_written(zoo: Yard) -> None:
    unit = zoo.unit("twice", "src/animals.cpp")
    codes = [unit.code.replace("number", "value"), unit.code.replace("* 2", "* 3")]
    texts = zoo.texts(unit, codes)
    with zoo.residents.of_unit(zoo.prepared, texts) as runner:
        proofs = [runner.prove(text.source).result for text in texts[1:]]
        assert runner._program is not None
        assert runner._program.workspace.changed_files() == runner._program.clean
    assert [proof.proved for proof in proofs] == [True, False]
