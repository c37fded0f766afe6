from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import pytest

from codeaug.builds import custom
from codeaug.errors import UsageError
from codeaug.model import Command, Diagnostics, Outcome, Project, TestReport
from tests.native_bench import REPOS, Bench, Files, built, outcomes

COMMANDS = {"test": "sh test.sh", "report": "out/*.xml"}
PROJECT = Project("custom", "", ("java",), tuple(COMMANDS.items()))
DONE = Outcome(0, "", "", 1.0)
RANGE = "src/org/acme/Range.java"
TEST = "org.acme.RangeTest"
LENGTH, HOLDS = f"{TEST}#countsBothEnds", f"{TEST}#holds"


def options(name: str) -> dict[str, str]:
    table = tomllib.loads((REPOS / name / "codeaug.toml").read_text("utf-8"))
    return dict(table["build"]["custom"])


# --- description ----------------------------------------------------------------------------------


def test_commands_are_for_java_where_only_java_is() -> None:
    assert custom.BUILD.detect(Files({"A.java": ""}), COMMANDS)[0].languages == ("java",)


def test_commands_for_java_beside_other_languages_need_a_word() -> None:
    both = Files({"A.java": "", "tool.py": ""})
    with pytest.raises(UsageError, match="python, java are there; say which"):
        custom.BUILD.detect(both, COMMANDS)
    with pytest.raises(UsageError, match="cpp, java are named"):
        custom.BUILD.detect(both, {**COMMANDS, "languages": "cpp java"})
    with pytest.raises(UsageError, match="`compile` is for Java"):
        custom.BUILD.detect(Files({"tool.py": ""}), {**COMMANDS, "compile": "javac $FILE"})
    assert custom.BUILD.detect(both, {**COMMANDS, "languages": "java"})[0].languages == ("java",)
    assert custom.BUILD.detect(both, {**COMMANDS, "languages": "python"})[0].languages == (
        "python",
    )


def test_maven_is_asked_for_because_it_alone_fetches_the_measuring_agent() -> None:
    hints = {tool.program: tool.hint for tool in custom.BUILD.tools(PROJECT)}
    assert set(hints) == {"javac", "mvn"}
    assert "apt-get install maven" in hints["mvn"]


# --- reports --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Left:
    """What commands left behind, in memory."""

    texts: Mapping[str, str]

    def find(self, pattern: str) -> Sequence[str]:
        return [path for path in sorted(self.texts) if fnmatchcase(path, pattern)]

    def read(self, path: str) -> bytes:
        return self.texts[path].encode()


def report_of(outcome: Outcome, *cases: str) -> TestReport:
    text = f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>"
    left = Left({"out/a.xml": text} if cases else {})
    return custom.BUILD.test(PROJECT).read([outcome], left)


GOOD = "<testcase classname='p.T' name='a()'/>"
BAD = "<testcase classname='p.T' name='b'><failure message='m' type='E'/></testcase>"


def test_ids_are_those_that_our_own_programs_report() -> None:
    assert outcomes(report_of(DONE, GOOD, BAD)) == {"p.T#a": "passed", "p.T#b": "failed"}


def test_command_without_a_report_did_not_test() -> None:
    report = report_of(replace(DONE, exit_code=1, err="no such file"))
    assert not report.complete
    assert "exit code 1, and no report with a test matches 'out/*.xml'. no such file" in (
        report.problem
    )
    assert not report_of(DONE).complete


def test_bad_end_is_believed_only_with_a_test_that_failed() -> None:
    assert (
        "though no test of its reports failed"
        in report_of(replace(DONE, exit_code=1), GOOD).problem
    )
    assert report_of(replace(DONE, exit_code=1), GOOD, BAD).complete


def test_report_that_is_cut_off_makes_the_run_incomplete() -> None:
    report = report_of(DONE, GOOD, "<testcase classname='p.T' na")
    assert (report.complete, report.problem) == (False, "out/a.xml is not a readable test report")


def diagnostics_of(out: str) -> Diagnostics:
    end = b'{"end": true, "ok": true, "problem": ""}'
    step = custom.BUILD.compile(PROJECT, "A.java")
    return step.read([replace(DONE, out=out, report=end)], Left({}))


def test_messages_of_javac_have_no_place_alone_and_under_ant() -> None:
    log = (
        "src/A.java:3: warning: [rawtypes] found raw type: List\n  List raw;\n  ^\n"
        "    [javac] /repo/src/A.java:9: error: cannot read /repo/lib/a.jar\n"
        "warning: [options] bootstrap class path not set\n2 warnings\n"
    )
    assert diagnostics_of(log).messages == (
        "error: cannot read …",
        "warning: [options] bootstrap class path not set",
        "warning: [rawtypes] found raw type: List",
    )


# --- real runs ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ranges(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("ranges")
    return built("custom-java", custom.BUILD, folder, **options("custom-java"))


def changed(bench: Bench, **own: str) -> Bench:
    """The same project and place with other options."""
    merged = dict(bench.project.options) | own
    return replace(bench, project=replace(bench.project, options=tuple(merged.items())))


def line_with(bench: Bench, path: str, text: str) -> int:
    [line] = [n for n, one in enumerate(bench.text(path).splitlines(), 1) if text in one]
    return line


@pytest.mark.slow
def test_our_own_run_has_the_tests_and_outcomes_of_the_users_reports(ranges: Bench) -> None:
    """Nested and parameterised tests too; what the script leaves out by a tag is not run."""
    told, measured = ranges.test(), ranges.measure()
    assert told.complete, told.problem
    assert measured.report.complete, measured.report.problem
    assert outcomes(told) == outcomes(measured.report)
    assert outcomes(told) == {
        LENGTH: "passed",
        HOLDS: "passed",
        f"{TEST}#runsAsTheScriptSays": "passed",
        f"{TEST}$Outside#isBelowOrAbove": "passed",
    }


@pytest.mark.slow
def test_lines_are_known_by_test(ranges: Bench) -> None:
    tests = ranges.measure().coverage.tests
    difference = line_with(ranges, RANGE, "int difference")
    below = line_with(ranges, RANGE, "return false")
    shifted = line_with(ranges, RANGE, "new Range(first + by")
    by_line = {
        line: {test for test, files in tests.items() if line in files.get(RANGE, ())}
        for line in (difference, below, shifted)
    }
    assert by_line[difference] == {LENGTH}
    assert by_line[below] == {f"{TEST}$Outside#isBelowOrAbove"}
    assert not by_line[shifted]


@pytest.mark.slow
def test_right_variant_passes_wrong_one_fails_and_its_lines_are_told(ranges: Bench) -> None:
    text = ranges.text(RANGE)
    right = text.replace("difference + 1", "1 + difference")
    with ranges.copy() as workspace:
        compiled = ranges.compile(workspace, RANGE, right)
        good = ranges.rerun(workspace, RANGE, [LENGTH])
        assert ranges.compile(workspace, RANGE, text.replace("+ 1", "+ 2")).ok
        bad = ranges.rerun(workspace, RANGE, [LENGTH, HOLDS])
    assert (compiled.ok, compiled.messages) == (True, ())
    assert good.report.complete
    assert outcomes(good.report) == {LENGTH: "passed"}
    assert line_with(ranges, RANGE, "difference + 1") in good.executed
    assert line_with(ranges, RANGE, "return false") in good.executable - good.executed
    assert outcomes(bad.report) == {LENGTH: "failed", HOLDS: "passed"}


@pytest.mark.slow
def test_new_warning_and_error_of_a_variant_are_told(ranges: Bench) -> None:
    text = ranges.text(RANGE)
    raw = text.replace("int difference", "java.util.List raw = null; int difference")
    with ranges.copy() as workspace:
        plain = ranges.compile(workspace, RANGE)
        warned = ranges.compile(workspace, RANGE, raw)
        broken = ranges.compile(workspace, RANGE, text.replace("+ 1", "+ one"))
        after = ranges.rerun(workspace, RANGE, [LENGTH])
    assert (plain.ok, plain.messages) == (True, ())
    assert warned.ok
    assert warned.messages[0].startswith("warning: [rawtypes] found raw type")
    assert (broken.ok, broken.messages) == (False, ("error: cannot find symbol",))
    assert "one" in broken.log
    assert not after.report.passed


@pytest.mark.slow
def test_build_that_compiles_nothing_again_leaves_nothing_to_run(ranges: Bench) -> None:
    lazy = changed(ranges, build="true", test="true")
    with lazy.copy() as workspace:
        compiled = lazy.compile(workspace, RANGE, ranges.text(RANGE).replace("+ 1", "+ 2"))
        rerun = lazy.rerun(workspace, RANGE, [LENGTH])
    assert (compiled.ok, compiled.messages) == (
        False,
        (f"error: the command that compiles made no class from {RANGE}",),
    )
    assert not rerun.report.passed


@pytest.mark.slow
def test_changed_file_may_be_compiled_alone(ranges: Bench) -> None:
    alone = changed(ranges, build="false", compile="javac -cp out/main -d out/main $FILE")
    text = ranges.text(RANGE)
    with alone.copy() as workspace:
        assert alone.compile(workspace, RANGE, text.replace("+ 1", "+ 2")).ok
        rerun = alone.rerun(workspace, RANGE, [LENGTH])
        assert not alone.compile(workspace, RANGE, text.replace("+ 1", "+ one")).ok
    assert outcomes(rerun.report) == {LENGTH: "failed"}


@pytest.mark.slow
def test_another_file_of_an_earlier_variant_is_compiled_again(ranges: Bench) -> None:
    """A build that compiles what is newer than its class may take a file put back for unchanged."""
    lazy = changed(ranges, build="[ -f out/main/org/acme/Range.class ] || sh build.sh")
    text, test = ranges.text(RANGE), "test/org/acme/RangeTest.java"
    with lazy.copy() as workspace:
        assert lazy.compile(workspace, RANGE, text.replace("+ 1", "+ 2")).ok
        workspace.write(RANGE, text.encode())
        assert lazy.compile(workspace, test).ok
        assert lazy.rerun(workspace, test, [LENGTH]).report.passed == (LENGTH,)


@pytest.mark.slow
def test_variant_that_ends_the_jvm_has_not_passed(ranges: Bench) -> None:
    text = ranges.text(RANGE)
    with ranges.copy() as workspace:
        ending = text.replace("int difference", "System.exit(0); int difference")
        assert ranges.compile(workspace, RANGE, ending).ok
        rerun = ranges.rerun(workspace, RANGE, [LENGTH])
    assert not rerun.report.complete
    assert not rerun.report.passed


@pytest.mark.slow
def test_test_that_is_not_found_again_has_not_passed(ranges: Bench) -> None:
    missing = f"{TEST}#isLeftOutByTheScript2"
    with ranges.copy() as workspace:
        assert ranges.compile(workspace, RANGE).ok
        rerun = ranges.rerun(workspace, RANGE, [LENGTH, missing])
    assert outcomes(rerun.report) == {LENGTH: "passed"}


def ended(bench: Bench, commands: Sequence[Command]) -> Outcome:
    """Run commands in a throw-away copy; the outcome of the first that fails, or of the last."""
    with bench.copy() as workspace:
        for command in commands:
            outcome = workspace.run(command)
            if not outcome.ok:
                break
    return outcome


@pytest.mark.slow
def test_project_that_does_not_compile_says_so_in_javacs_words(ranges: Bench) -> None:
    broken = changed(
        ranges, build="mkdir a && echo 'class A { int a = b; }' > a/A.java && javac a/*"
    )
    outcome = ended(broken, broken.build.build(broken.project))
    assert outcome.exit_code == 1
    assert "error: cannot find symbol" in outcome.out + outcome.err


@pytest.mark.slow
def test_tests_in_no_jvm_that_can_be_watched_are_never_called_measured(ranges: Bench) -> None:
    hidden = changed(ranges, test="env -u JAVA_TOOL_OPTIONS sh test.sh")
    commands = [*hidden.build.build(hidden.project), *hidden.build.instrument(hidden.project)]
    outcome = ended(hidden, commands)
    assert outcome.exit_code == 1
    assert "must pass the variable JAVA_TOOL_OPTIONS on" in outcome.err


@pytest.mark.slow
def test_classes_in_no_folder_are_never_called_measured(ranges: Bench) -> None:
    packed = "sh build.sh && cd out && jar cf main.jar -C main . && rm -r main test"
    hidden = changed(ranges, build=packed, test="mkdir -p out/reports; cp saved.xml out/reports/")
    saved = 'echo \'<testsuite><testcase classname="p.T" name="a"/></testsuite>\' > saved.xml'
    commands = [
        Command(("sh", "-c", saved)),
        *hidden.build.build(hidden.project),
        *hidden.build.instrument(hidden.project),
    ]
    outcome = ended(hidden, commands)
    assert outcome.exit_code == 1
    assert "No class file of the repository's sources" in outcome.err


@pytest.mark.slow
def test_classes_in_an_old_archive_are_seen_not_to_be_the_variants(ranges: Bench) -> None:
    """Their tests pass, but no changed line counts as executed: nothing is validated."""
    once = "sh build.sh && { [ -f out/main.jar ] || jar cf out/main.jar -C out/main .; }"
    script = ranges.text("test.sh").replace("main:test", "main.jar:test")
    archived = changed(ranges, build=once, test=script)
    with archived.copy() as workspace:
        for commands in (archived.build.build, archived.build.instrument):
            for command in commands(archived.project):
                assert workspace.run(command).ok
        text = ranges.text(RANGE)
        assert archived.compile(workspace, RANGE, text.replace("+ 1", "+ 2")).ok
        rerun = archived.rerun(workspace, RANGE, [LENGTH])
    assert rerun.executable
    assert not rerun.executed


STEPS, LAST = "src/org/acme/Steps.java", "org.acme.StepsTest#goesOnFromTheFirst"


@pytest.fixture(scope="module")
def ant(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("ant")
    return built("custom-ant", custom.BUILD, folder, **options("custom-ant"))


@pytest.mark.slow
def test_junit4_under_ant_is_run_as_ant_runs_it(ant: Bench) -> None:
    """Forked JVMs that are started alike are one; parameters of one test count together."""
    told, measured = ant.test(), ant.measure()
    assert outcomes(told) == outcomes(measured.report)
    assert outcomes(told) == {
        LAST: "passed",
        "org.acme.StepsTest#runsWhereTheBuildFileSays": "passed",
        "org.acme.StepsTest#isNotReady": "skipped",
        "org.acme.WordsTest#says": "passed",
    }
    added = line_with(ant, STEPS, "last += step")
    assert {t for t, files in measured.coverage.tests.items() if added in files.get(STEPS, ())} == {
        LAST,
        "org.acme.WordsTest#says",
    }


@pytest.mark.slow
def test_variant_is_compiled_by_ant_and_judged_by_name(ant: Bench) -> None:
    text = ant.text(STEPS)
    raw = text.replace("int last = first", "java.util.List raw = null; int last = first")
    with ant.copy() as workspace:
        assert ant.compile(workspace, STEPS, text.replace("+= step", "-= step")).ok
        wrong = ant.rerun(workspace, STEPS, [LAST])
        right = ant.compile(workspace, STEPS, text.replace("last += step", "last = last + step"))
        good = ant.rerun(workspace, STEPS, [LAST, "org.acme.WordsTest#says"])
        warned = ant.compile(workspace, STEPS, raw)
    assert outcomes(wrong.report) == {LAST: "failed"}
    assert (right.ok, right.messages) == (True, ())
    assert set(good.report.passed) == {LAST, "org.acme.WordsTest#says"}
    assert line_with(ant, STEPS, "last += step") in good.executed
    assert any(message.startswith("warning: [rawtypes]") for message in warned.messages)
