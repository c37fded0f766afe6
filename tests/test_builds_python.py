from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from codeaug.builds import Step
from codeaug.builds.pytest import BUILD
from codeaug.model import Command, Outcome, Project, Rerun, TestOutcome, TestReport
from codeaug.runners.hosts.pyhost import requirements, settings
from codeaug.runners.steps import perform
from codeaug.sandbox import Sandbox, Workspace, probe

REPOS = Path(__file__).parent / "repos"
PRICE = "tests/test_price.py::"
OUTCOMES = "tests/test_outcomes.py::"


@dataclass(frozen=True)
class Files:
    """A tree in memory."""

    texts: Mapping[str, str]

    @property
    def paths(self) -> Sequence[str]:
        return sorted(self.texts)

    def read(self, path: str) -> bytes:
        return self.texts[path].encode()


def tree_of(folder: Path) -> Files:
    paths = [p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    return Files({str(p.relative_to(folder)): p.read_text("utf-8") for p in paths})


def detected(texts: Mapping[str, str]) -> dict[str, str]:
    """Root -> runner of each project that detection finds."""
    return {p.root: p.option("runner") for p in BUILD.detect(Files(texts), {})}


# --- detection ------------------------------------------------------------------------------------


def test_project_with_packaging_or_tests_is_detected_and_a_lone_script_is_not() -> None:
    assert detected({"setup.py": "", "a.py": ""}) == {"": "pytest"}
    assert detected({"a.py": "", "tests/test_a.py": ""}) == {"": "pytest"}
    assert detected({"tools/release.py": "", "pom.xml": "<project/>"}) == {}
    assert detected({"pyproject.toml": "[tool.ruff]\n", "a.py": ""}) == {}


def test_nested_projects_with_tests_are_their_own_and_vendored_ones_are_none() -> None:
    projects = BUILD.detect(tree_of(REPOS / "python-monorepo"), {})
    assert [p.root for p in projects] == ["libs/one", "libs/two"]


def test_outer_project_leaves_out_the_tests_of_the_inner_one() -> None:
    marker = "[project]\nname='x'\n"
    texts = {"pyproject.toml": marker, "tests/test_a.py": "", "in/pyproject.toml": marker}
    outer, inner = BUILD.detect(Files({**texts, "in/test_b.py": ""}), {})
    assert outer.option("arguments") == "--ignore=in"
    assert inner.root == "in"


def test_sample_projects_below_the_tests_are_no_projects() -> None:
    texts = {"setup.py": "", "tests/test_a.py": "", "tests/data/app/setup.py": ""}
    assert detected({**texts, "tests/data/app/test_x.py": ""}) == {"": "pytest"}


def test_unittest_runs_what_pytest_would_not_find() -> None:
    case = "import unittest\n"
    assert detected({"test_a.py": case}) == {"": "pytest"}
    assert detected({"testa.py": case}) == {"": "unittest"}
    assert detected({"test_a.py": case + "def load_tests(loader, tests, pattern): ..."}) == {
        "": "unittest"
    }
    assert detected({"testa.py": case, "pytest.ini": "[pytest]\n"}) == {"": "pytest"}


def test_broken_settings_files_do_not_stop_detection() -> None:
    assert detected({"pyproject.toml": "[", "setup.cfg": "x", "test_a.py": ""}) == {"": "pytest"}


# --- settings and requirements --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("--cov=a --cov-report term -ra", "-ra"),
        ("-n 4 --dist loadfile -q", "-q"),
        ("-n4 -x --maxfail=1 --lf", ""),
        ("--doctest-modules -p no:warnings", "--doctest-modules -p no:warnings"),
        ("--cov a --import-mode=importlib", "--import-mode=importlib"),
        ("--strict-markers -m 'not slow'", "--strict-markers -m 'not slow'"),
        ("--reruns 3 --randomly-seed=1 -v", "-v"),
        ("--cov --no-header tests", "--no-header tests"),
    ],
)
def test_options_that_change_what_a_run_means_are_left_out(given: str, kept: str) -> None:
    assert settings.quiet(settings.words(given)) == settings.words(kept)


def test_pytest_settings_are_those_of_the_nearest_file(tmp_path: Path) -> None:
    (tmp_path / "setup.cfg").write_text("[tool:pytest]\naddopts = -n 2 -q\n")
    assert settings.overrides(str(tmp_path))[:2] == ("-o", "addopts=-q")
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -v\nasyncio_mode = auto\n")
    assert settings.overrides(str(tmp_path)) == ("-o", "cache_dir=/tmp/pytest_cache")
    assert settings.plugins(str(tmp_path)) == ["pytest-asyncio"]


def test_test_requirements_are_found_in_every_notation(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        """
        [dependency-groups]
        base = ["one"]
        test = ["two", {include-group = "base"}]
        [tool.poetry.group.test.dependencies]
        python = "^3.9"
        three = "^1.2"
        four = {version = "~0.4.1", extras = ["x"]}
        here = {path = "../here"}
        [tool.hatch.envs.test]
        dependencies = ["five>1", "{root:uri}"]
        """
    )
    (tmp_path / "setup.cfg").write_text("[options]\ntests_require =\n    six\n")
    wanted = requirements.for_tests(str(tmp_path), [])
    assert wanted.requirements == [
        *("two", "one", "three>=1.2,<2", "four[x]>=0.4.1,<0.5", "five>1", "six")
    ]


def test_requirement_files_do_not_install_the_project_itself(tmp_path: Path) -> None:
    file = tmp_path / "requirements-test.txt"
    file.write_text("-e .[test,redis]\nhypothesis\n-e ../sibling\n.\n")
    wanted = requirements.for_tests(str(tmp_path), [])
    assert (wanted.files, wanted.extras) == ([str(file)], ["test", "redis"])
    assert file.read_text() == "hypothesis\n../sibling\n"


def test_development_requirements_serve_where_there_are_no_test_requirements(
    tmp_path: Path,
) -> None:
    (tmp_path / "requirements-dev.txt").write_text("mock\n")
    assert requirements.for_tests(str(tmp_path), ["dev", "docs"]).extras == ["dev"]
    assert requirements.for_tests(str(tmp_path), ["dev", "Test"]).extras == ["Test"]


# --- reading reports ------------------------------------------------------------------------------


def report_of(*records: dict[str, object], timed_out: bool = False) -> TestReport:
    data = "\n".join(map(json.dumps, records)).encode()
    outcome = Outcome(0, "", "", 1.0, timed_out=timed_out, report=data)
    return BUILD.test(Project("pytest", "", ("python",))).read([outcome], NoFiles())


class NoFiles:
    def find(self, pattern: str) -> Sequence[str]:
        return []

    def read(self, path: str) -> bytes:
        raise FileNotFoundError(path)


RUNNING: dict[str, object] = {"running": "a"}
PASSED: dict[str, object] = {
    "test": "a", "number": 0, "outcome": "passed", "seconds": 0, "detail": ""
}  # fmt: skip
END: dict[str, object] = {"end": True, "exit": 0, "reported": 1, "collected": 1}


def test_report_with_an_end_is_complete() -> None:
    report = report_of(RUNNING, PASSED, END)
    assert report.complete
    assert report.passed == ("a",)


@pytest.mark.parametrize(
    ("records", "problem"),
    [
        ((RUNNING, PASSED), "The test process ended in a."),
        ((), "The test process ended before the first test."),
        ((PASSED, END), "The report is not one"),
        ((RUNNING, PASSED, PASSED, END), "The report is not one"),
        ((RUNNING, END, PASSED), "The report is not one"),
        ((RUNNING, PASSED, END, END), "The report is not one"),
        ((RUNNING, PASSED, {**END, "end": False}), "1 of 1 tests ran"),
    ],
)
def test_report_that_is_not_whole_is_not_complete(
    records: tuple[dict[str, object], ...], problem: str
) -> None:
    report = report_of(*records)
    assert not report.complete
    assert report.problem.startswith(problem)


def test_report_of_a_hanging_suite_names_the_test() -> None:
    assert report_of(RUNNING, timed_out=True).problem == "The tests did not end in time; last in a."


# --- real runs ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bench:
    """A fixture repository with its environment, built."""

    sandbox: Sandbox
    project: Project
    tree: Path
    deps: Path
    scratch: Path

    def workspace(self, overlay: bool = True) -> _Opened:
        return _Opened(self, overlay)

    def run(self, step: Step[Rerun], changed: Mapping[str, str]) -> Rerun:
        """A step in a copy in which some files have other texts."""
        with self.workspace() as workspace:
            for path, text in changed.items():
                workspace.write(path, text.encode())
            return perform(workspace, step)[0]

    def source(self, path: str) -> str:
        return (self.tree / path).read_text("utf-8")


class _Opened:
    def __init__(self, bench: Bench, overlay: bool) -> None:
        self.context = bench.sandbox.workspace(
            bench.tree, deps=bench.deps, scratch=bench.scratch, overlay=overlay
        )

    def __enter__(self) -> Workspace:
        return self.context.__enter__()

    def __exit__(self, *error: object) -> None:
        self.context.__exit__(None, None, None)


Prepare = Callable[..., tuple[Bench, list[Outcome]]]


@pytest.fixture(scope="module")
def prepare(tmp_path_factory: pytest.TempPathFactory) -> Prepare:
    """Copy a repository, fetch (or share another's environment) and build."""
    home = tmp_path_factory.mktemp("python")
    sandbox = probe()

    def prepared(
        name: str, deps: Path | None = None, **options: str
    ) -> tuple[Bench, list[Outcome]]:
        tree = home / name / "tree"
        shutil.copytree(REPOS / name, tree, ignore=shutil.ignore_patterns("__pycache__"))
        root = options.pop("root", "")
        (project,) = [p for p in BUILD.detect(tree_of(tree), options) if p.root == root]
        project = replace(project, options=(*project.options, *options.items()))
        own = deps or home / name / "deps"
        own.mkdir(exist_ok=True)
        (home / name / "scratch").mkdir()
        bench = Bench(sandbox, project, tree, own, home / name / "scratch")
        commands: list[Command] = [] if deps else list(BUILD.fetch(project))
        with bench.workspace(overlay=False) as workspace:
            outcomes = [workspace.run(command) for command in (*commands, *BUILD.build(project))]
        return bench, outcomes

    return prepared


@pytest.fixture(scope="module")
def shop(prepare: Prepare) -> Bench:
    bench, outcomes = prepare("python-pytest")
    assert all(outcome.ok for outcome in outcomes), outcomes[-1].err
    return bench


@pytest.fixture(scope="module")
def bank(prepare: Prepare, shop: Bench) -> Bench:
    bench, outcomes = prepare("python-unittest", shop.deps)
    assert all(outcome.ok for outcome in outcomes), outcomes[-1].err
    return bench


def suite(bench: Bench) -> TestReport:
    with bench.workspace() as workspace:
        return perform(workspace, BUILD.test(bench.project))[0]


def rerun(bench: Bench, path: str, tests: Sequence[str], text: str | None = None) -> Rerun:
    step = BUILD.rerun(bench.project, path, tests)
    return bench.run(step, {} if text is None else {path: text})


@pytest.mark.slow
def test_every_kind_of_outcome_is_reported_by_node_id(shop: Bench) -> None:
    report = suite(shop)
    assert report.complete, report.problem
    outcomes = {t.removeprefix(OUTCOMES): o.value for t, o in report.outcomes.items()}
    expected = {
        "test_setup_error": "error",
        "test_teardown_error": "error",
        "test_failed": "failed",
        "test_skipped": "skipped",
        "test_expected_failure": "skipped",
        "test_unexpected_pass": "passed",
        "Case::test_parts_pass": "passed",
        "Case::test_part_fails": "failed",
    }
    assert {t: o for t, o in outcomes.items() if not t.startswith(PRICE)} == expected
    assert report.detail[OUTCOMES + "test_setup_error"] == "RuntimeError: no set-up"
    assert report.detail[OUTCOMES + "test_skipped"] == "Skipped: not now"


@pytest.mark.slow
def test_suite_leaves_nothing_in_the_tree(shop: Bench) -> None:
    assert tree_of(shop.tree) == tree_of(REPOS / "python-pytest")
    assert not list(shop.tree.rglob("__pycache__"))
    with shop.workspace() as workspace:
        perform(workspace, BUILD.test(shop.project))
        perform(workspace, BUILD.measure(shop.project))
        assert workspace.harvest.find("**/*.pyc") == []
        assert workspace.harvest.find("**/.coverage*") == []
        assert workspace.harvest.find(".pytest_cache/**/*") == []


@pytest.mark.slow
def test_measure_knows_the_lines_of_each_test_and_none_of_import_time(shop: Bench) -> None:
    with shop.workspace() as workspace:
        measured = perform(workspace, BUILD.measure(shop.project))[0]
    assert measured.report.outcomes == suite(shop).outcomes
    assert measured.coverage.problem == ""
    lines = {t: dict(files) for t, files in measured.coverage.tests.items()}
    assert lines[PRICE + "test_total"] == {"shop/price.py": frozenset({8, 9, 10, 11, 13})}
    assert lines[PRICE + "test_total_again"] == lines[PRICE + "test_total"]
    assert 12 in lines[PRICE + "test_discount"]["shop/price.py"]
    assert lines[PRICE + "test_after_own_tracer"] == {"shop/price.py": frozenset({4})}
    assert PRICE + "test_own_tracer" not in lines


@pytest.mark.slow
def test_ids_with_odd_characters_come_back_in_a_rerun(shop: Bench) -> None:
    labels = [t for t in suite(shop).outcomes if t.startswith(PRICE + "test_label")]
    assert len(labels) == 6
    again = rerun(shop, "shop/price.py", labels)
    assert again.report.complete, again.report.problem
    assert set(again.report.passed) == set(labels)
    assert again.executed == {17}
    assert {4, 9, 17, 21} < again.executable


@pytest.mark.slow
def test_rerun_stops_at_the_first_failing_test(shop: Bench) -> None:
    tests = [PRICE + name for name in ("test_total", "test_total_again", "test_discount")]
    source = shop.source("shop/price.py")
    text = source.replace("result += price", "result += price if price < 4 else 0")
    again = rerun(shop, "shop/price.py", tests, text).report
    assert again.outcomes == {tests[0]: TestOutcome.PASSED, tests[1]: TestOutcome.FAILED}
    assert again.detail[tests[1]].startswith("assert 0 == 4")


@pytest.mark.slow
def test_file_that_no_test_imports_has_no_executed_lines(shop: Bench) -> None:
    again = rerun(shop, "tests/bad_syntax_on_purpose.py", [PRICE + "test_total"])
    assert again.report.passed == (PRICE + "test_total",)
    assert again.executed == again.executable == frozenset()


@pytest.mark.slow
def test_old_bytecode_is_not_run_instead_of_changed_source(shop: Bench, tmp_path: Path) -> None:
    """Python takes bytecode for current when second and size of the source agree."""
    tests = [PRICE + "test_total"]
    wrong = shop.source("shop/price.py").replace("result += price", "result -= price")
    step = BUILD.rerun(shop.project, "shop/price.py", tests)
    keep = Command(
        ("/deps/venv/bin/python", "-c", "import os; os.utime('/repo/shop/price.py', (1, 1))")
    )
    compiled = Command(("/deps/venv/bin/python", "-m", "compileall", "-q", "/repo/shop"))
    with shop.workspace() as workspace:
        for command in (keep, compiled, *BUILD.build(shop.project)):
            assert workspace.run(command).ok
        workspace.write("shop/price.py", wrong.encode())
        assert workspace.run(keep).ok
        assert perform(workspace, step)[0].report.failed == tuple(tests)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "ok", "messages"),
    [
        ("def f():\n    return 1\n", True, ()),
        ("def f(:\n", False, ("SyntaxError: invalid syntax",)),
        (
            "def f(x):\n    return x is 'a'\n",
            True,
            ('SyntaxWarning: "is" with a literal. Did you mean "=="?',),
        ),
    ],
)
def test_compiling_tells_errors_and_warnings(
    shop: Bench, text: str, ok: bool, messages: tuple[str, ...]
) -> None:
    with shop.workspace() as workspace:
        workspace.write("shop/price.py", text.encode())
        found = perform(workspace, BUILD.compile(shop.project, "shop/price.py"))[0]
    assert (found.ok, found.messages) == (ok, messages)


ATTACKS = {
    "exits": "import os; os._exit(0)",
    "exits politely": "import sys; sys.exit(0)",
    "skips": "import pytest; pytest.skip()",
    "expects failure": "import pytest; pytest.xfail()",
    "ends the session": "import pytest; pytest.exit('done', returncode=0)",
    "closes the report": "import os; os.closerange(3, 1000)",
    "exits after a verdict on output": (
        "import os; print('test_total PASSED', flush=True); os._exit(0)"
    ),
    "writes verdicts to every descriptor": (
        "import os, json; line = json.dumps({'test': 'tests/test_price.py::test_total',"
        " 'outcome': 'passed', 'seconds': 0, 'detail': ''})\n"
        "    for fd in range(3, 64):\n"
        "        try: os.write(fd, (line + '\\n').encode())\n"
        "        except OSError: pass\n"
        "    os._exit(0)"
    ),
    "replaces pytest's call": (
        "import _pytest.runner as r; call = r.CallInfo.from_call.__func__\n"
        "    def quiet(cls, func, when, reraise=None):\n"
        "        return call(cls, lambda: None, when, reraise)\n"
        "    r.CallInfo.from_call = classmethod(quiet)"
    ),
    "replaces pytest's code": (
        "import _pytest.reports as r; f = r.TestReport.from_item_and_call.__func__\n"
        "    def quiet(cls, item, call):\n"
        "        call.excinfo = None\n"
        "        return cls(item.nodeid, item.location, {}, 'passed', None, call.when, (),"
        " 0, 0, 0)\n"
        "    f.__code__ = quiet.__code__"
    ),
    "replaces the reporter": (
        "import gc, sys\n"
        "    for o in gc.get_objects():\n"
        "        if type(o).__name__ == 'Reporter':\n"
        "            type(o)._report = lambda self, item, name: None"
    ),
    "imports the host": ("import pyhost.channel\n    pyhost.channel.open_channel = None"),
    "goes on in a child": "import os\n    if os.fork(): os._exit(0)",
    "raises what is no exception": "import _pytest.outcomes as o; raise o.Skipped('x')",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", ATTACKS)
def test_wrong_variant_cannot_look_as_if_it_passed(shop: Bench, name: str) -> None:
    """The variant returns a wrong value after whatever it does; its tests must not pass."""
    source = shop.source("shop/price.py")
    text = source.replace("    result = 0\n", f"    {ATTACKS[name]}\n    return 77\n", 1)
    assert text != source
    tests = [PRICE + "test_total", PRICE + "test_total_again"]
    report = rerun(shop, "shop/price.py", tests, text).report
    assert not (report.complete and set(report.passed) == set(tests))


@pytest.mark.slow
def test_broken_conftest_is_told_in_one_sentence(shop: Bench) -> None:
    with shop.workspace() as workspace:
        workspace.write("conftest.py", b"import no_such_module\n")
        report = perform(workspace, BUILD.test(shop.project))[0]
    assert not report.complete
    assert report.problem.startswith("pytest could not run: ")
    assert "no_such_module" in report.problem


@pytest.mark.slow
def test_module_that_cannot_be_collected_is_an_error_and_the_others_run(shop: Bench) -> None:
    with shop.workspace() as workspace:
        workspace.write("tests/test_other.py", b"import no_such_module\n")
        report = perform(workspace, BUILD.test(shop.project))[0]
    assert report.complete, report.problem
    assert report.outcomes["tests/test_other.py"] is TestOutcome.ERROR
    assert PRICE + "test_total" in report.passed


@pytest.mark.slow
def test_hanging_variant_is_stopped_and_named(shop: Bench) -> None:
    text = shop.source("shop/price.py").replace("    result = 0\n", "    while True: pass\n", 1)
    step = BUILD.rerun(shop.project, "shop/price.py", [PRICE + "test_total"])
    short = Step(tuple(replace(c, seconds=5.0) for c in step.commands), step.read)
    report = shop.run(short, {"shop/price.py": text}).report
    assert not report.complete
    assert report.problem == f"The tests did not end in time; last in {PRICE}test_total."


@pytest.mark.slow
def test_unittest_finds_what_pytest_does_not_and_reports_each_test(bank: Bench) -> None:
    assert bank.project.option("runner") == "unittest"
    report = suite(bank)
    assert report.complete, report.problem
    case = "checks.testbank.AccountTest."
    assert {t: o.value for t, o in report.outcomes.items()} == {
        "check_owed": "passed",
        case + "test_deposit": "passed",
        case + "test_known": "skipped",
        case + "test_parts": "passed",
        case + "test_refused": "passed",
        case + "test_skipped": "skipped",
        "setUpClass (checks.testbank.NoFixture)": "error",
    }


@pytest.mark.slow
def test_unittest_measures_and_runs_again_by_id(bank: Bench) -> None:
    with bank.workspace() as workspace:
        measured = perform(workspace, BUILD.measure(bank.project))[0]
    test = "checks.testbank.AccountTest.test_deposit"
    assert measured.coverage.tests[test]["bank/__init__.py"] == {6, 9, 11, 12}
    again = rerun(bank, "bank/__init__.py", [test])
    assert again.report.passed == (test,)
    assert again.executed == {6, 9, 11, 12}
    wrong = bank.source("bank/__init__.py").replace("+= amount", "-= amount")
    assert rerun(bank, "bank/__init__.py", [test], wrong).report.failed == (test,)
    skips = wrong.replace("self.balance -= amount", "import unittest; raise unittest.SkipTest()")
    assert rerun(bank, "bank/__init__.py", [test], skips).report.passed == ()


@pytest.mark.slow
def test_package_is_tested_from_the_repository_with_all_it_needs(prepare: Prepare) -> None:
    bench, outcomes = prepare("python-src-layout")
    assert all(outcome.ok for outcome in outcomes), outcomes[0].err
    new = set(tree_of(bench.tree).paths) - set(tree_of(REPOS / "python-src-layout").paths)
    assert new == {"src/greet/_generated.py"}
    report = suite(bench)
    assert len(report.passed) == 4, report
    test = "tests/test_greet.py::test_greet"
    again = rerun(bench, "src/greet/__init__.py", [test])
    assert again.executed == {9, 11}


@pytest.mark.slow
def test_package_of_the_same_repository_is_not_fetched_from_elsewhere(prepare: Prepare) -> None:
    bench, outcomes = prepare("python-monorepo", root="libs/two")
    assert all(outcome.ok for outcome in outcomes), outcomes[0].err
    test = "tests/test_two.py::test_value"
    assert suite(bench).passed == (test,)
    again = rerun(bench, "libs/one/one/__init__.py", [test])
    assert again.executed == {2}


@pytest.mark.slow
def test_package_with_a_syntax_error_does_not_build_and_the_place_is_named(
    prepare: Prepare,
) -> None:
    _, (fetched, built) = prepare("python-broken")
    assert fetched.ok
    assert built.exit_code == 1
    assert "/repo/broken/core.py:1: SyntaxError: invalid syntax" in built.err


@pytest.mark.slow
def test_project_without_tests_has_an_empty_and_complete_report(
    prepare: Prepare, shop: Bench
) -> None:
    bench, (built,) = prepare("python-no-tests", shop.deps)
    assert built.ok
    report = suite(bench)
    assert (dict(report.outcomes), report.problem) == ({}, "No tests were found.")
