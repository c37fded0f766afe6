from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codeaug.builds import Prepared
from codeaug.builds.pytest import BUILD
from codeaug.languages import find_units, place
from codeaug.model import Baseline, Rerun, TestOutcome, Unit
from codeaug.runners import HandOver, Ran
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from codeaug.sandbox import Limits, Sandbox, probe
from tests.test_builds_python import tree_of

REPOS = Path(__file__).parent / "repos"
FILE = "zoo/__init__.py"
TEST = "tests/test_zoo.py::"
PLAIN = (TEST + "test_plain",)

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Zoo:
    """The repository, built, with resident programs."""

    sandbox: Sandbox
    prepared: Prepared
    scratch: Path
    residents: Residents

    def unit(self, name: str, path: str = FILE) -> Unit:
        source = (self.prepared.tree / path).read_bytes()
        found = find_units("python", source, path, "")
        return next(u for u in found if isinstance(u, Unit) and u.name == name)

    def texts(self, unit: Unit, codes: Sequence[str]) -> list[Text]:
        """The unchanged text, then the file with each of the codes in the unit's place."""
        source = (self.prepared.tree / unit.path).read_bytes()
        changed = [place(unit, source, code) for code in codes]
        return [Text(source, unit), *(Text(c, _placed(unit, c)) for c in changed)]

    def answers(
        self, unit: Unit, codes: Sequence[str], tests: Sequence[str], seconds: float = 60.0
    ) -> list[Ran[Rerun]]:
        """What the resident program says of the unchanged text, then of the others."""
        texts = self.texts(unit, codes)
        with self.residents.of_unit(self.prepared, texts) as runner:
            return [runner.rerun(text.source, tests, seconds) for text in texts]

    def ways(self, unit: Unit, codes: Sequence[str], tests: Sequence[str]) -> list[str]:
        """How each text was put in place, or why it was handed over."""
        texts = self.texts(unit, codes)
        with self.residents.of_unit(self.prepared, texts) as runner:
            return [_way(runner, number, tests) for number in range(len(texts))]

    def cold(self, unit: Unit, text: bytes, tests: Sequence[str]) -> Rerun:
        with self.sandbox.workspace(
            self.prepared.tree, deps=self.prepared.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            runner = Cold(BUILD, self.prepared.project, workspace, unit.path)
            return runner.rerun(text, tests, 60.0).result


def _placed(unit: Unit, source: bytes) -> Unit:
    found = find_units(unit.language, source, unit.path, "")
    return next(u for u in found if isinstance(u, Unit) and u.span.start == unit.span.start)


def _way(runner: Resident, number: int, tests: Sequence[str]) -> str:
    request = {"do": "rerun", "number": number, "tests": list(tests), "seconds": 60.0}
    try:
        return str(runner.ask(request, 90.0)[1]["way"])
    except HandOver as why:
        return f"cold: {why}"


@contextmanager
def opened(name: str, home: Path, sandbox: Sandbox) -> Iterator[Zoo]:
    """A project of tests/repos, built in `home`, with resident programs."""
    shutil.copytree(REPOS / name, home / "tree", ignore=shutil.ignore_patterns("__pycache__"))
    (project,) = BUILD.detect(tree_of(home / "tree"), {})
    with sandbox.workspace(
        home / "tree", deps=home / "deps", scratch=home / "scratch", overlay=False
    ) as workspace:
        for command in (*BUILD.fetch(project), *BUILD.build(project)):
            outcome = workspace.run(command)
            assert outcome.ok, outcome.err
    prepared = Prepared(project, BUILD, home / "tree", home / "deps", Baseline({}, {}, 0.0, ""))
    residents = Residents(sandbox, home / "scratch")
    yield Zoo(sandbox, prepared, home / "scratch", residents)
    residents.close()


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zoo]:
    sandbox = probe(Limits(memory=1 << 30))
    with opened("python-resident", tmp_path_factory.mktemp("zoo"), sandbox) as it:
        yield it


@pytest.fixture(scope="module")
def by_unittest(zoo: Zoo) -> Iterator[Zoo]:
    """The same repository, its tests run through unittest."""
    options = (("arguments", "tests"), ("runner", "unittest"))
    prepared = replace(zoo.prepared, project=replace(zoo.prepared.project, options=options))
    residents = Residents(zoo.sandbox, zoo.scratch)
    yield replace(zoo, prepared=prepared, residents=residents)
    residents.close()


def named(tests: Sequence[str]) -> tuple[str, ...]:
    return tuple(TEST + test for test in tests)


def outcomes(ran: Ran[Rerun]) -> list[TestOutcome]:
    return list(ran.result.report.outcomes.values())


def passes(ran: Ran[Rerun]) -> bool:
    """Whether everything that the checks look at says that the tests passed."""
    report = ran.result.report
    passed = set(report.outcomes.values()) == {TestOutcome.PASSED}
    return passed and report.complete and not ran.limit


# --- every way to hold a function -----------------------------------------------------------------

HELD = {
    "plain": (("return number * 2", "return number * 3"), ("test_plain",)),
    "decorated": (("number + 1", "number + 2"), ("test_decorated",)),
    "doubled": (("* 2", "* 3"), ("test_decorated",)),
    "doubled.wrapper": (("* 2", "* 3"), ("test_decorated",)),
    "Animal.loud": ((".upper()", ".lower()"), ("test_property",)),
    "Animal.legs": (("return 2", "return 3"), ("test_static",)),
    "Animal.named": (("cls(name)", "cls(name * 2)"), ("test_class_method",)),
    "Animal.__init__": (("= name", "= name * 2"), ("test_class_method",)),
    "Dog.describe": (('"!"', '"?"'), ("test_property",)),
    "counter": (("= start", "= start + 1"), ("test_closure",)),
    "counter.step": (("count + by", "count - by"), ("test_closure",)),
    "outer.inner": (("more + number", "more - number"), ("test_nested",)),
    "halved.half": (("even // 2", "even // 3"), ("test_halved",)),
    "squares": (("each * each", "each + each"), ("test_generator",)),
    "fetched": (("return number", "return number + 1"), ("test_async",)),
    "at_import": (("number + 100", "number + 100 - (number == 1)"), ("test_constant",)),
    "cached": (("number * 3", "number * 4"), ("test_cached",)),
    "remember": (("SEEN.append(item)", "SEEN.extend([item] * 2)"), ("test_state",)),
    "kind": (('"number"', '"numbers"'), ("test_match",)),
    "parsed": (("total -= 100", "total -= 99"), ("test_parsed[7]", "test_parsed[207]")),
}
IMPORTED = {"doubled", "counter", "at_import"}


@pytest.mark.parametrize("name", HELD)
def test_a_change_is_seen_however_the_function_is_held(zoo: Zoo, name: str) -> None:
    (old, new), tests = HELD[name]
    unit = zoo.unit(name)
    assert old in unit.code
    codes = [unit.code.replace(old, new), unit.code.replace("\n", "  \n", 1)]
    unchanged, wrong, same = zoo.answers(unit, codes, named(tests))
    assert passes(unchanged), unchanged.result.report.problem
    assert outcomes(wrong)[-1] is TestOutcome.FAILED
    assert passes(same)


@pytest.mark.parametrize("name", sorted(HELD))
def test_code_that_ran_during_the_import_is_imported_again_and_other_code_is_not(
    zoo: Zoo, name: str
) -> None:
    (ways,) = set(zoo.ways(zoo.unit(name), [], named(HELD[name][1])))
    assert ("runs while the tests are collected" in ways) == (name in IMPORTED)
    assert (ways == "swapped") == (name not in IMPORTED)


def test_a_file_that_is_imported_by_the_tests_themselves_is_imported_changed(zoo: Zoo) -> None:
    unit = zoo.unit("late", "zoo/late.py")
    codes = [unit.code.replace("+ 1", "+ 2")]
    unchanged, wrong = zoo.answers(unit, codes, named(["test_late"]))
    assert passes(unchanged)
    assert outcomes(wrong) == [TestOutcome.FAILED]


def test_other_variables_another_kind_and_other_defaults_are_imported(zoo: Zoo) -> None:
    step, plain = zoo.unit("counter.step"), zoo.unit("plain")
    other = step.code.replace("count + by", "count + by + 0 * start")
    assert "other variables" in zoo.ways(step, [other], named(["test_closure"]))[1]
    kinds = [plain.code.replace("(number)", "(number=0)"), plain.code + "\n    yield"]
    ways = zoo.ways(plain, kinds, PLAIN)
    assert ["signature" in ways[1], "another kind" in ways[2]] == [True, True]


def test_a_test_that_starts_a_program_is_handed_over(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    with pytest.raises(HandOver, match="starts a program"):
        zoo.answers(unit, [], named(["test_program"]))
    assert passes(zoo.answers(unit, [], PLAIN)[0])


# --- nothing is left of a text --------------------------------------------------------------------

LEAKS = {
    "variable": "SEEN.append(1)",
    "setting": "import os; os.environ['LEFT'] = '1'",
    "folder": "import os; os.chdir('/')",
    "thread": "import threading, time; threading.Thread(target=time.sleep, args=(60,)).start()",
    "file": "open('/tmp/left', 'w').close(); open('left', 'w').close()",
    "process": "import os, time; os.fork() or (os.setsid(), open('/tmp/x', 'w'), time.sleep(60))",
}


def test_nothing_of_one_text_is_left_when_the_next_one_runs(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    codes = [unit.code.replace("    if", f"    {leak}\n    if") for leak in LEAKS.values()]
    tests = named(["test_plain", "test_clean_surroundings", "test_state"])
    texts = zoo.texts(unit, codes)
    with zoo.residents.of_unit(zoo.prepared, texts) as runner:
        for number, name in enumerate(LEAKS, 1):
            ran = runner.rerun(texts[number].source, PLAIN, 60.0)
            assert passes(ran), (name, ran.result.report.problem)
            after = runner.rerun(texts[0].source, tests, 60.0)
            assert passes(after), (name, after.result.report.detail)


# --- dishonest and broken texts -------------------------------------------------------------------

NEVER_PASSED = {
    "exit": "import os; os._exit(0)",
    "system exit": "import sys; sys.exit(0)",
    "skip": "import pytest; pytest.skip('x')",
    "expected failure": "import pytest; pytest.xfail('x')",
    "session's end": "import pytest; pytest.exit('x', returncode=0)",
    "signal": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "crash": "import ctypes; ctypes.string_at(0)",
    "exit in a thread": (
        "import os, threading as t; e = t.Thread(target=os._exit, args=(0,)); e.start(); e.join()"
    ),
    "patched test runner": (
        "from _pytest.reports import TestReport; TestReport.from_item_and_call = "
        "classmethod(lambda *a: None)"
    ),
    "patched assertions": ("import unittest; unittest.TestCase.assertEqual = lambda *a: None"),
    "forged report": (
        "import os; [os.write(d, b'{\"done\": true}\\n') for d in range(3, 64) if os.path.exists("
        "f'/proc/self/fd/{d}') and 'pipe' in os.readlink(f'/proc/self/fd/{d}')]"
    ),
}


@pytest.mark.parametrize("name", NEVER_PASSED)
def test_what_cheats_or_crashes_never_passes(zoo: Zoo, name: str) -> None:
    unit = zoo.unit("plain")
    code = unit.code.replace("    if", f"    {NEVER_PASSED[name]}\n    if")
    _, cheat, again = (*zoo.answers(unit, [code], PLAIN), zoo.answers(unit, [], PLAIN)[0])
    assert not passes(cheat)
    assert passes(again)


def test_what_hangs_is_stopped_and_the_next_text_runs(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    hang = unit.code.replace("    if", "    while number > 1:\n        pass\n    if")
    unchanged, stopped = zoo.answers(unit, [hang], PLAIN, seconds=4.0)
    assert passes(unchanged)
    assert stopped.limit == "wall time"
    assert passes(zoo.answers(unit, [], PLAIN)[0])


def test_what_stops_or_kills_its_parent_is_handed_over_or_does_not_pass(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    for signal in ("SIGKILL", "SIGSTOP"):
        attack = f"import os, signal; os.kill(os.getppid(), signal.{signal})"
        code = unit.code.replace("    if", f"    {attack}\n    if")
        texts = zoo.texts(unit, [code])
        with zoo.residents.of_unit(zoo.prepared, texts) as runner:
            try:
                assert not passes(runner.rerun(texts[1].source, PLAIN, 8.0))
            except HandOver:
                continue
    assert passes(zoo.answers(unit, [], PLAIN)[0])


def test_the_memory_of_the_program_itself_is_out_of_reach(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    attack = "import os; open(f'/proc/{os.getppid()}/mem', 'rb')"
    code = unit.code.replace("    if", f"    {attack}\n    if")
    ran = zoo.answers(unit, [code], PLAIN)[1]
    assert "PermissionError" in next(iter(ran.result.report.detail.values()))


def test_a_flood_of_output_is_dropped(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    flood = "import os; [os.write(2, b'x' * 65536) for _ in range(999)]"
    code = unit.code.replace("    if", f"    {flood}\n    if")
    assert all(map(passes, zoo.answers(unit, [code], PLAIN)))


def test_what_eats_memory_is_handed_over(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    code = unit.code.replace("    if", "    eaten = b'x' * (3 << 30)\n    if")
    with pytest.raises(HandOver, match="memory"):
        zoo.answers(unit, [code], PLAIN)
    assert passes(zoo.answers(unit, [], PLAIN)[0])


# --- as a cold run --------------------------------------------------------------------------------


def test_tests_run_in_the_order_that_is_asked_for(zoo: Zoo) -> None:
    unit = zoo.unit("plain")
    assert passes(zoo.answers(unit, [], named(["test_first", "test_second"]))[0])
    backwards = zoo.answers(unit, [], named(["test_second", "test_first"]))[0]
    assert dict(backwards.result.report.outcomes) == {TEST + "test_second": TestOutcome.FAILED}


LINES = (
    "parsed", "kind", "outer.inner", "at_import", "Dog.describe", "halved", "halved.half",
    "halved.half#2",
)  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_executed_lines_are_those_of_a_cold_run(zoo: Zoo, name: str) -> None:
    unit = zoo.unit(name)
    tests = named(["test_halved"] if "halved" in name else HELD[name][1])
    code = unit.code.replace("\n", "\n\n", 1) if name != "kind" else unit.code
    text = zoo.texts(unit, [code])[1]
    warm = zoo.answers(unit, [code], tests)[1].result
    cold = zoo.cold(unit, text.source, tests)
    body = set(range(text.unit.body_line, text.unit.end_line + 1))
    assert set(warm.executable) & body == set(cold.executable) & body
    assert set(warm.executed) & body == set(cold.executed) & set(cold.executable) & body
    assert warm.report.outcomes == cold.report.outcomes


def test_the_compiler_says_the_same_of_a_text_as_in_a_cold_run(zoo: Zoo) -> None:
    unit = zoo.unit("Animal.legs")
    codes = [
        unit.code.replace("return 4", "return 4 is kind"),
        unit.code.replace("return 4", "await 4"),
        unit.code.replace("return 4", "nonlocal x"),
    ]
    texts = zoo.texts(unit, codes)
    with (
        zoo.residents.of_unit(zoo.prepared, texts) as warm,
        zoo.sandbox.workspace(
            zoo.prepared.tree, deps=zoo.prepared.deps, scratch=zoo.scratch, overlay=True
        ) as workspace,
    ):
        cold = Cold(BUILD, zoo.prepared.project, workspace, unit.path)
        for text in texts:
            one, other = warm.compile(text.source).result, cold.compile(text.source).result
            assert (one.ok, sorted(one.messages)) == (other.ok, sorted(other.messages))


def test_unittest_runs_what_is_asked_for(by_unittest: Zoo) -> None:
    unit = by_unittest.unit("plain")
    tests = ["test_zoo.TestCase.test_equal"]
    cheat = unit.code.replace("    if", "    import os; os._exit(0)\n    if")
    codes = [unit.code.replace("* 2", "* 3"), cheat]
    unchanged, wrong, exited = by_unittest.answers(unit, codes, tests)
    assert passes(unchanged), unchanged.result.report.problem
    assert unchanged.result.executed
    assert outcomes(wrong) == [TestOutcome.FAILED]
    assert not passes(exited)
