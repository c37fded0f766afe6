from __future__ import annotations

import tomllib

import pytest

from codeaug.builds import custom
from codeaug.errors import UsageError
from tests.native_bench import REPOS, Bench, Files, built, outcomes

TREE = Files({"a.cpp": "", "tool/b.py": ""})
COMMANDS = {"test": "make test", "report": "out/*.xml"}


def options(name: str) -> dict[str, str]:
    table = tomllib.loads((REPOS / name / "codeaug.toml").read_text("utf-8"))
    return dict(table["build"]["custom"])


def test_nothing_is_custom_unless_the_user_says_so() -> None:
    assert custom.BUILD.detect(TREE, {}) == []


def test_languages_are_those_that_are_there() -> None:
    assert custom.BUILD.detect(TREE, COMMANDS)[0].languages == ("cpp", "python")
    assert custom.BUILD.detect(TREE, {**COMMANDS, "root": "tool"})[0].languages == ("python",)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"test": "make test"}, "never read from a program's text"),
        ({"report": "out/*.xml"}, "needs `test`"),
        ({**COMMANDS, "report": "/tmp/*.xml"}, "below its root"),
        ({**COMMANDS, "reprot": "x"}, "did you mean 'report'"),
        ({**COMMANDS, "root": "nowhere"}, "no folder 'nowhere'"),
        ({**COMMANDS, "languages": "cobol"}, "not 'cobol'"),
    ],
)
def test_description_that_cannot_work_is_refused(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(UsageError, match=sentence):
        custom.BUILD.detect(TREE, wrong)


@pytest.fixture(scope="module")
def parity(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("parity")
    return built("custom-build", custom.BUILD, folder, **options("custom-build"))


TESTS = ["parity.two", "parity.three"]


@pytest.mark.slow
def test_tests_are_those_of_the_reports(parity: Bench) -> None:
    assert outcomes(parity.test()) == {"parity.two": "passed", "parity.three": "passed"}


@pytest.mark.slow
def test_every_test_has_the_lines_of_the_whole_suite(parity: Bench) -> None:
    measured = parity.measure()
    assert outcomes(measured.report) == outcomes(parity.test())
    assert {frozenset(measured.coverage.tests[t]["parity.cpp"]) for t in TESTS} == {
        frozenset({3, 4, 5, 7})
    }


@pytest.mark.slow
def test_variants_of_cpp_are_compiled_and_judged_by_the_report(parity: Bench) -> None:
    text = parity.text("parity.cpp")
    with parity.copy() as workspace:
        assert parity.compile(workspace, "parity.cpp", text.replace("== 0", "!= 1")).ok
        good = parity.rerun(workspace, "parity.cpp", TESTS)
        assert parity.compile(workspace, "parity.cpp", text.replace("== 0", "== 1")).ok
        bad = parity.rerun(workspace, "parity.cpp", TESTS)
        assert not parity.compile(workspace, "parity.cpp", text.replace("== 0", "== O")).ok
    assert set(good.report.passed) == set(TESTS)
    assert good.executed == {3, 4, 5, 7}
    assert bad.report.failed


@pytest.mark.slow
def test_report_of_an_earlier_run_is_not_read(parity: Bench) -> None:
    text = parity.text("parity.cpp")
    cheat = "#include <cstdlib>\n" + text.replace("return true;", "std::exit(0);")
    with parity.copy() as workspace:
        assert parity.compile(workspace, "parity.cpp").ok
        assert parity.rerun(workspace, "parity.cpp", TESTS).report.passed
        assert parity.compile(workspace, "parity.cpp", cheat).ok
        assert not parity.rerun(workspace, "parity.cpp", TESTS).report.outcomes


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    folder = tmp_path_factory.mktemp("words")
    return built("custom-python", custom.BUILD, folder, **options("custom-python"))


@pytest.mark.slow
def test_python_lines_are_those_that_ran(words: Bench) -> None:
    executed = words.measure().coverage.tests["words.longest"]["words.py"]
    assert {2, 3, 4, 5, 6} <= executed
    assert 10 not in executed


@pytest.mark.slow
def test_python_variant_of_the_same_size_and_second_is_what_runs(words: Bench) -> None:
    text = words.text("words.py")
    with words.copy() as workspace:
        assert words.compile(workspace, "words.py").ok
        assert words.rerun(workspace, "words.py", ["words.longest"]).report.passed
        assert words.compile(workspace, "words.py", text.replace("> len", "< len")).ok
        result = words.rerun(workspace, "words.py", ["words.longest"])
        assert not words.compile(workspace, "words.py", text.replace("for", "fro")).ok
    assert result.report.failed == ("words.longest",)
    assert 4 in result.executed
    assert 10 in result.executable
