from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from codeaug.builds import Measurement
from codeaug.builds.java_reports import read_facts
from codeaug.builds.java_reports import test_id as id_of
from codeaug.builds.maven import BUILD
from codeaug.model import Command, Diagnostics, Outcome, Project, Rerun, TestOutcome, TestReport
from codeaug.runners.steps import perform
from codeaug.sandbox import Sandbox, Workspace, probe

REPOS = Path(__file__).parent / "repos"
PROJECT = Project("maven", "", ("java",))
POM = "<project xmlns='http://maven.apache.org/POM/4.0.0'>{}</project>"
DONE = Outcome(0, "", "", 1.0)


@dataclass(frozen=True)
class Files:
    """A tree, or what commands left behind, in memory."""

    texts: Mapping[str, str]

    @property
    def paths(self) -> Sequence[str]:
        return sorted(self.texts)

    def find(self, pattern: str) -> Sequence[str]:
        return [path for path in self.paths if fnmatchcase(path, pattern)]

    def read(self, path: str) -> bytes:
        if path not in self.texts:
            raise FileNotFoundError(path)
        return self.texts[path].encode()


def tree_of(folder: Path) -> Files:
    paths = [path for path in folder.rglob("*") if path.is_file()]
    return Files({str(p.relative_to(folder)): p.read_text("latin-1") for p in paths})


def roots(texts: Mapping[str, str]) -> list[str]:
    return [project.root for project in BUILD.detect(Files(texts), {})]


def modules(*names: str) -> str:
    return POM.format("<modules>" + "".join(f"<module>{n}</module>" for n in names) + "</modules>")


# --- detection ------------------------------------------------------------------------------------


def test_multi_module_build_is_one_project_at_its_top() -> None:
    [project] = BUILD.detect(tree_of(REPOS / "java-maven-multi"), {})
    assert (project.root, project.languages) == ("", ("java",))
    assert project.option("goals") == "verify"


def test_builds_beside_each_other_are_projects_of_their_own() -> None:
    one = POM.format("")
    texts = {"a/pom.xml": one, "a/A.java": "", "b/c/pom.xml": one, "b/c/src/main/java/C.java": ""}
    assert roots(texts) == ["a", "b/c"]


def test_modules_of_a_profile_and_of_a_deeper_aggregator_belong_to_the_top() -> None:
    profile = "<profiles><profile><modules><module>x</module></modules></profile></profiles>"
    texts = {
        "pom.xml": POM.format(profile),
        "x/pom.xml": modules("y/pom.xml"),
        "x/y/pom.xml": POM.format(""),
        "x/y/A.java": "",
    }
    assert roots(texts) == [""]


def test_aggregator_beside_its_modules_is_started_where_it_lies() -> None:
    texts = {"all/pom.xml": modules("../core"), "core/pom.xml": POM.format(""), "core/A.java": ""}
    [project] = BUILD.detect(Files(texts), {})
    assert (project.root, project.option("pom")) == ("", "all/pom.xml")


def test_poms_of_tests_vendored_code_and_of_folders_without_java_are_no_projects() -> None:
    one = POM.format("")
    texts = {"src/it/a/pom.xml": one, "src/it/a/A.java": "", "third_party/b/pom.xml": one}
    assert roots({**texts, "third_party/b/B.java": "", "c/pom.xml": one}) == []


def test_pom_that_is_no_xml_is_still_a_project_so_that_maven_says_why() -> None:
    assert roots({"pom.xml": "<project", "A.java": ""}) == [""]


def test_managed_failsafe_that_nothing_binds_does_not_ask_for_verify() -> None:
    failsafe = "<plugin><artifactId>maven-failsafe-plugin</artifactId>{}</plugin>"
    plugins = f"<plugins>{failsafe}</plugins>".format("<executions/>")
    managed = POM.format(f"<build><pluginManagement>{plugins}</pluginManagement></build>")
    [project] = BUILD.detect(Files({"pom.xml": managed, "A.java": ""}), {})
    assert project.option("goals") == "test"


def test_failsafe_in_a_module_for_integration_tests_asks_for_verify() -> None:
    plugin = "<plugin><artifactId>maven-failsafe-plugin</artifactId><executions/></plugin>"
    inner = POM.format(f"<build><plugins>{plugin}</plugins></build>")
    texts = {"pom.xml": modules("it"), "it/pom.xml": inner, "it/A.java": ""}
    [project] = BUILD.detect(Files(texts), {})
    assert (project.root, project.option("goals")) == ("", "verify")


# --- ids and reports ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("adds", "core:p.T#adds"),
        ("adds()", "core:p.T#adds"),
        ("adds(int, String)[12]", "core:p.T#adds"),
        ("adds{int}[2]", "core:p.T#adds"),
        ("adds[0: 1 + 1\n= 2]", "core:p.T#adds"),
        ("adds $ here [1]", "core:p.T#adds $ here [1]"),
        ("", "core:p.T"),
        ("p.T", "core:p.T"),
    ],
)
def test_invocations_of_one_method_have_one_id(name: str, expected: str) -> None:
    assert id_of("core", "p.T", name) == expected


SUITE = "kind\tsuite\nmodule\t/repo/core\nskip\tfalse\nreports\t/repo/core/target/r\n\n"


def report_of(xml: str, facts: str = SUITE, outcome: Outcome = DONE) -> TestReport:
    step = BUILD.test(PROJECT)
    folder = next(a for a in step.commands[0].args[-1].split() if "codeaug.facts=" in a)
    path = folder.partition("=/repo/")[2] + "/facts.txt"
    return step.read([outcome], Files({path: facts, "core/target/r/TEST-p.T.xml": xml}))


def test_worst_invocation_is_the_outcome_of_the_method() -> None:
    report = report_of(
        """<testsuite>
        <testcase classname="p.T" name="a(int)[1]" time="0.5"/>
        <testcase classname="p.T" name="a(int)[2]" time="0.5">
          <failure message="m" type="E"/></testcase>
        <testcase classname="p.T" name="a(int)[3]" time="0.5"><skipped/></testcase>
        <testcase classname="p.T" name="b" time="0"/>
        </testsuite>"""
    )
    assert report.outcomes == {"core:p.T#a": TestOutcome.FAILED, "core:p.T#b": TestOutcome.PASSED}
    assert report.seconds["core:p.T#a"] == 1.5
    assert report.detail == {"core:p.T#a": "E: m"}
    assert report.complete


def test_success_without_tests_is_not_taken_for_passing() -> None:
    assert report_of("<testsuite/>").problem == "no tests: Maven succeeded and ran none"
    skipped = report_of("<testsuite/>", SUITE.replace("false", "true"))
    assert "skipTests" in skipped.problem


def test_report_that_is_cut_off_makes_the_run_incomplete() -> None:
    report = report_of("<testsuite><testcase classname='p.T' na")
    assert not report.complete
    assert report.problem == "core/target/r/TEST-p.T.xml is not a readable test report"


def test_maven_that_fails_or_hangs_makes_the_run_incomplete() -> None:
    one = "<testsuite><testcase classname='p.T' name='a'/></testsuite>"
    assert not report_of(one, outcome=replace(DONE, exit_code=1)).complete
    hung = report_of(one, outcome=replace(DONE, exit_code=-9, timed_out=True, seconds=60.0))
    assert (hung.complete, hung.problem) == (False, "the tests did not end within 60 s")


def test_facts_keep_tabs_breaks_and_backslashes() -> None:
    [facts] = read_facts(Files({"f": "a\t1\\t2\\n3\na\t\\\\n\n\n"}), "/repo/f")
    assert facts == {"a": ["1\t2\n3", "\\n"]}


def rerun_of(*lines: object, tests: Sequence[str] = ("p.T#a",), tail: str = "") -> Rerun:
    data = "".join(json.dumps(line) + "\n" for line in lines) + tail
    return BUILD.rerun(PROJECT, "A.java", tests).read(
        [replace(DONE, report=data.encode())], Files({})
    )


RAN = {"test": "p.T#a", "outcome": "passed", "seconds": 0.1}
LINES = {"executed": "3-5,9", "executable": "3-9"}


def test_rerun_without_its_last_line_is_not_complete() -> None:
    whole = rerun_of(RAN, LINES, {"end": True, "of": 1})
    assert (whole.report.complete, whole.executed) == (True, frozenset({3, 4, 5, 9}))
    assert not rerun_of(RAN, LINES).report.complete
    assert not rerun_of(RAN, LINES, tail='{"end": tr').report.complete
    assert not rerun_of(RAN, LINES, {"end": True, "of": 2}).report.complete


def test_rerun_of_two_modules_needs_the_end_of_both() -> None:
    tests = ("p.T#a", "core:p.T#a")
    assert not rerun_of(RAN, {"end": True, "of": 1}, tests=tests).report.complete
    assert rerun_of(RAN, *[{"end": True, "of": 1}] * 2, tests=tests).report.complete


def test_rerun_names_methods_by_class_and_whole_classes_when_there_are_too_many() -> None:
    few = BUILD.rerun(PROJECT, "A.java", ["m:p.T#a", "m:p.T#b", "p.U"]).commands
    assert [command.args[4:] for command in few] == [("p.T#a\nb",), ("p.U",)]
    many = BUILD.rerun(PROJECT, "A.java", [f"p.T#{'a' * 100}{i}" for i in range(20_000)]).commands
    assert [command.args[4:] for command in many] == [("p.T",)]


def test_messages_of_the_compiler_have_no_paths_and_no_line_numbers() -> None:
    found = {"kind": "warning", "code": "c", "text": "see /repo/src/A.java:\n  x", "line": "7"}
    data = json.dumps({"ok": True, "messages": [found], "end": True}).encode()
    step = BUILD.compile(PROJECT, "A.java")
    diagnostics = step.read([replace(DONE, report=data)], Files({}))
    assert diagnostics.messages == ("warning: c: see …: x",)
    assert not step.read([DONE], Files({})).ok


# --- real runs ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bench:
    """A fixture repository, built in the sandbox."""

    sandbox: Sandbox
    project: Project
    tree: Path
    deps: Path
    scratch: Path

    def keep(self, commands: Sequence[Command]) -> Outcome:
        """Run commands in the tree itself; the outcome of the last, or of the first that fails."""
        with self._workspace(False) as workspace:
            for command in commands:
                outcome = workspace.run(command)
                if not outcome.ok:
                    break
        return outcome

    def _workspace(self, overlay: bool) -> AbstractContextManager[Workspace]:
        return self.sandbox.workspace(
            self.tree, deps=self.deps, scratch=self.scratch, overlay=overlay
        )

    def test(self) -> TestReport:
        with self._workspace(True) as workspace:
            return perform(workspace, BUILD.test(self.project))[0]

    def measure(self) -> Measurement:
        with self._workspace(True) as workspace:
            return perform(workspace, BUILD.measure(self.project))[0]

    def vary(
        self, path: str, old: str, new: str, tests: Sequence[str], seconds: float = 60
    ) -> tuple[Diagnostics, Rerun]:
        """Compile a file with one text replaced, and rerun tests whatever the compiler said."""
        source = (self.tree / path).read_text("latin-1")
        assert source.count(old) == 1
        with self._workspace(True) as workspace:
            workspace.write(path, source.replace(old, new).encode("latin-1"))
            compiled = perform(workspace, BUILD.compile(self.project, path))[0]
            step = BUILD.rerun(self.project, path, tests)
            commands = tuple(replace(command, seconds=seconds) for command in step.commands)
            return compiled, perform(workspace, replace(step, commands=commands))[0]


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Bench]:
    """`benches("java-maven-junit5")`: that fixture with its dependencies; made once."""
    made: dict[str, Bench] = {}
    sandbox = probe()
    deps = tmp_path_factory.mktemp("deps")

    def make(name: str) -> Bench:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            shutil.copytree(REPOS / name, folder / "tree")
            (folder / "scratch").mkdir()
            [project] = BUILD.detect(tree_of(folder / "tree"), {})
            made[name] = Bench(sandbox, project, folder / "tree", deps, folder / "scratch")
        return made[name]

    return make


@pytest.fixture(scope="module")
def built(benches: Callable[[str], Bench]) -> Callable[[str], Bench]:
    """The same, fetched, built and instrumented."""
    ready: set[str] = set()

    def make(name: str) -> Bench:
        bench = benches(name)
        if name not in ready:
            for commands in (BUILD.fetch, BUILD.build, BUILD.instrument):
                outcome = bench.keep(commands(bench.project))
                assert outcome.ok, outcome.out[-3000:] + outcome.err[-3000:]
            ready.add(name)
        return bench

    return make


FIVE, PRICE = "java-maven-junit5", "src/main/java/org/acme/Price.java"
GROSS = "org.acme.PriceTest#grossAddsTax"


def lines_with(bench: Bench, path: str, *texts: str) -> set[int]:
    lines = (bench.tree / path).read_text("latin-1").splitlines()
    return {n for n, line in enumerate(lines, 1) if any(text in line for text in texts)}


@pytest.mark.slow
@pytest.mark.parametrize("name", [FIVE, "java-maven-junit4", "java-maven-multi"])
def test_our_host_reports_the_same_tests_and_outcomes_as_surefire(
    built: Callable[[str], Bench], name: str
) -> None:
    bench = built(name)
    report, measurement = bench.test(), bench.measure()
    assert report.complete, report.problem
    assert measurement.report.complete, measurement.report.problem
    assert measurement.report.outcomes == report.outcomes
    assert len(report.passed) >= 4
    assert not report.failed


@pytest.mark.slow
def test_every_kind_of_jupiter_and_vintage_test_is_seen(built: Callable[[str], Bench]) -> None:
    outcomes = built(FIVE).test().outcomes
    names = {test.removeprefix("org.acme.") for test in outcomes}
    assert {
        *("PriceTest#grossAddsTax", "PriceTest#label", "PriceTest#labels", "PriceTest#repeated"),
        *("PriceTest#steps", "PriceTest$Negative#gross", "OldStyleTest#gross"),
    } <= names
    assert "PriceTest#neverRun" not in names
    assert outcomes["org.acme.PriceTest#disabled"] is TestOutcome.SKIPPED


@pytest.mark.slow
def test_lines_are_known_by_test_and_what_the_class_does_counts_for_all_its_tests(
    built: Callable[[str], Bench],
) -> None:
    bench = built(FIVE)
    tests = bench.measure().coverage.tests
    [tax] = lines_with(bench, PRICE, "int tax")
    [symbol] = lines_with(bench, PRICE, 'return "Fr."')
    assert {t for t, files in tests.items() if tax in files.get(PRICE, ())} == {
        *(GROSS, "org.acme.PriceTest$Negative#gross", "org.acme.OldStyleTest#gross")
    }
    of_class = {t for t, files in tests.items() if symbol in files.get(PRICE, ())}
    assert {GROSS, "org.acme.PriceTest$Negative#gross"} <= of_class
    assert not any("OldStyleTest" in test for test in of_class)
    untested = lines_with(bench, PRICE, "cents * 7")
    assert not any(untested & files.get(PRICE, frozenset()) for files in tests.values())


@pytest.mark.slow
def test_right_variant_passes_and_its_lines_are_reported(built: Callable[[str], Bench]) -> None:
    bench = built(FIVE)
    compiled, rerun = bench.vary(PRICE, "return cents + tax;", "return tax + cents;", [GROSS])
    assert (compiled.ok, compiled.messages) == (True, ())
    assert rerun.report.complete
    assert rerun.report.outcomes == {GROSS: TestOutcome.PASSED}
    assert lines_with(bench, PRICE, "return cents + tax") <= rerun.executed
    assert lines_with(bench, PRICE, "cents * 7") <= rerun.executable - rerun.executed


@pytest.mark.slow
def test_wrong_variant_fails(built: Callable[[str], Bench]) -> None:
    compiled, rerun = built(FIVE).vary(PRICE, "return cents + tax;", "return cents;", [GROSS])
    assert compiled.ok
    assert rerun.report.failed == (GROSS,)
    assert "expected: <120> but was: <100>" in rerun.report.detail[GROSS]


@pytest.mark.slow
def test_variant_that_does_not_compile_is_never_run_by_old_classes(
    built: Callable[[str], Bench],
) -> None:
    tests = [GROSS, "org.acme.PriceTest#labels"]
    compiled, rerun = built(FIVE).vary(PRICE, "return cents + tax;", "return centz;", tests)
    assert not compiled.ok
    assert any("cant.resolve" in message for message in compiled.messages)
    assert not rerun.report.passed


@pytest.mark.slow
def test_new_warning_shows_with_the_flags_of_the_project(built: Callable[[str], Bench]) -> None:
    variant = "java.util.List raw = new ArrayList(); return cents + tax;"
    compiled, _ = built(FIVE).vary(PRICE, "return cents + tax;", variant, [GROSS])
    assert compiled.ok
    assert any(message.startswith("mandatory warning: compiler.warn.raw") or "raw" in message
               for message in compiled.messages)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("end", ["System.exit(0)", "Runtime.getRuntime().halt(0)"])
def test_variant_that_ends_the_jvm_does_not_pass(built: Callable[[str], Bench], end: str) -> None:
    variant = f"{end}; return cents + tax;"
    compiled, rerun = built(FIVE).vary(PRICE, "return cents + tax;", variant, [GROSS])
    assert compiled.ok
    assert not rerun.report.complete
    assert not rerun.report.passed


@pytest.mark.slow
def test_variant_that_hangs_does_not_pass(built: Callable[[str], Bench]) -> None:
    variant = "while (cents > 0) { } return cents + tax;"
    _, rerun = built(FIVE).vary(PRICE, "return cents + tax;", variant, [GROSS], seconds=5)
    assert not rerun.report.complete
    assert "did not end" in rerun.report.problem


@pytest.mark.slow
def test_source_in_another_encoding_is_compiled_as_the_project_says(
    built: Callable[[str], Bench],
) -> None:
    test, path = "org.acme.WordsTest#greets", "src/main/java/org/acme/Words.java"
    bench = built("java-maven-junit4")
    compiled, rerun = bench.vary(path, "return 0;", "return -0;", [test])
    assert compiled.ok
    assert rerun.report.outcomes == {test: TestOutcome.PASSED}


@pytest.mark.slow
def test_change_in_one_module_is_judged_by_the_tests_of_all_that_use_it(
    built: Callable[[str], Bench],
) -> None:
    bench = built("java-maven-multi")
    path = "core/src/main/java/org/acme/core/Sums.java"
    tests = bench.measure().coverage.tests
    [line] = lines_with(bench, path, "total += number")
    users = sorted(test for test, files in tests.items() if line in files.get(path, ()))
    assert users == ["apps/tool:org.acme.tool.ToolTest#runs", "core:org.acme.core.AppTest#sums"]
    compiled, rerun = bench.vary(path, "total += number", "total -= number", users)
    assert compiled.ok
    assert set(rerun.report.failed) == set(users)


@pytest.mark.slow
def test_maven_is_started_with_what_the_user_asks_of_its_jvm(
    benches: Callable[[str], Bench],
) -> None:
    asked = ("MAVEN_OPTS", "-XX:+NoSuchOption")
    bench = benches(FIVE)
    outcome = bench.keep([replace(one, env=(asked,)) for one in BUILD.build(bench.project)])
    assert not outcome.ok
    assert "NoSuchOption" in outcome.out + outcome.err


@pytest.mark.slow
def test_broken_project_fails_to_build_with_the_compilers_word(
    benches: Callable[[str], Bench],
) -> None:
    bench = benches("java-maven-broken")
    outcome = bench.keep(BUILD.fetch(bench.project))
    assert not outcome.ok
    assert "One.java:[5,16] incompatible types: " in outcome.out
    assert "/deps/" not in outcome.out.partition("COMPILATION ERROR")[2]


@pytest.mark.slow
def test_project_without_tests_says_so(built: Callable[[str], Bench]) -> None:
    report = built("java-maven-no-tests").test()
    assert not report.outcomes
    assert report.problem.startswith("no tests")


@pytest.mark.slow
def test_project_that_skips_its_tests_says_so(built: Callable[[str], Bench]) -> None:
    assert "skipTests" in built("java-maven-skipped").test().problem


@pytest.mark.slow
def test_failing_tests_are_reported_with_their_messages(built: Callable[[str], Bench]) -> None:
    report = built("java-maven-failing").test()
    assert report.complete
    assert report.outcomes == {
        "org.acme.OneTest#one": TestOutcome.PASSED,
        "org.acme.OneTest#two": TestOutcome.FAILED,
        "org.acme.OneTest#three": TestOutcome.ERROR,
    }
    assert "two is not one" in report.detail["org.acme.OneTest#two"]
