from __future__ import annotations

import json
from pathlib import Path

import pytest

from codeaug.builds import Build, cmake, make
from codeaug.builds.native import diagnostics
from codeaug.builds.ranges import from_ranges
from codeaug.model import Command
from codeaug.sandbox import Workspace
from tests.native_bench import (
    REPOS,
    Bench,
    Files,
    bench,
    built,
    outcomes,
    output_of,
    passed,
    tree_of,
)

PROJECT = "cmake_minimum_required(VERSION 3.15)\nproject(x)\n"


def roots(texts: dict[str, str]) -> list[str]:
    return [p.root for p in cmake.BUILD.detect(Files(texts), {})]


# --- detection ------------------------------------------------------------------------------------


def test_cmake_subdirectories_and_vendored_projects_are_no_projects_of_their_own() -> None:
    assert [p.root for p in cmake.BUILD.detect(tree_of(REPOS / "cpp-cmake"), {})] == [""]
    texts = {"lib/CMakeLists.txt": PROJECT, "lib/sub/CMakeLists.txt": PROJECT, "lib/a.cpp": ""}
    assert roots(texts) == ["lib"]
    assert roots({"third_party/z/CMakeLists.txt": PROJECT, "third_party/z/a.cpp": ""}) == []


def test_cmake_lists_without_project_or_without_cpp_are_no_projects() -> None:
    assert roots({"CMakeLists.txt": "# project(x)\nadd_library(x)\n", "a.cpp": ""}) == []
    assert roots({"CMakeLists.txt": PROJECT, "a.py": ""}) == []


def test_make_needs_a_target_for_the_tests() -> None:
    def targets(makefile: str) -> list[str]:
        found = make.BUILD.detect(Files({"Makefile": makefile, "a.cpp": ""}), {})
        return [p.option("target") for p in found]

    assert targets("all:\n\techo\ncheck : all\n\t./a\n") == ["check"]
    assert targets("check test: all\n") == ["test"]
    assert targets("test := yes\nall:\n") == []


def test_build_that_the_user_turned_off_is_not_detected() -> None:
    texts = {"CMakeLists.txt": PROJECT, "Makefile": "test:\n", "a.cpp": ""}
    assert cmake.BUILD.detect(Files(texts), {"use": "false"}) == []
    assert len(make.BUILD.detect(Files(texts), {})) == 1


# --- reading --------------------------------------------------------------------------------------


def test_diagnostics_have_no_places() -> None:
    log = (
        "[ 50%] Building CXX object CMakeFiles/a.dir/a.cpp.o\n"
        "/repo/src/a.cpp: In function 'int f()':\n"
        "/repo/src/a.cpp:12:9: \x1b[1mwarning: unused variable 'x' [-Wunused-variable]\n"
        "   12 |     int x = 0;\n"
        "/repo/src/a.cpp:13:1: note: here\n"
        "src/a.cpp:14:3: error: 'y' was not declared in this scope\n"
        "/usr/bin/ld: a.o: undefined reference to `g()'\n"
    )
    assert list(diagnostics(log)) == [
        "warning: unused variable 'x' [-Wunused-variable]",
        "error: 'y' was not declared in this scope",
        "error: undefined reference to `g()'",
    ]


def test_ranges_are_read_as_lines() -> None:
    assert from_ranges("1-3,7") == {1, 2, 3, 7}
    assert from_ranges("") == set()


# --- CMake with plain programs --------------------------------------------------------------------


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return built("cpp-cmake", cmake.BUILD, tmp_path_factory.mktemp("numbers"))


@pytest.mark.slow
def test_ctests_that_did_not_run_did_not_pass(numbers: Bench) -> None:
    report = numbers.test()
    expected = {"clamp": "passed", "digits": "passed", "not-here": "skipped", "off": "skipped"}
    assert outcomes(report) == {**expected, "prepare": "passed"}
    assert report.complete


@pytest.mark.slow
def test_output_counts_as_the_same_in_spite_of_addresses_and_durations(numbers: Bench) -> None:
    assert output_of(numbers.test(), "digits") == output_of(numbers.measure().report, "digits")


@pytest.mark.slow
def test_each_ctest_has_the_lines_that_it_executes_itself(numbers: Bench) -> None:
    tests = numbers.measure().coverage.tests
    assert "src/digits.cpp" not in tests["clamp"]
    assert "src/clamp.cpp" not in tests["digits"]
    assert tests["clamp"]["src/clamp.cpp"] == {3, 4, 5, 7, 8, 10}
    assert tests["digits"]["src/digits.cpp"] >= {4, 5, 6, 7, 9}


@pytest.mark.slow
def test_variant_that_does_the_same_passes_and_its_new_lines_are_executed(numbers: Bench) -> None:
    path = "src/clamp.cpp"
    variant = numbers.text(path).replace("if (value > high) {", "if (!(value <= high)) {\n")
    with numbers.copy() as workspace:
        original = numbers.compile(workspace, path)
        assert original.ok
        assert numbers.compile(workspace, path, variant).messages == original.messages
        result = numbers.rerun(workspace, path, ["clamp"])
    assert passed(result.report, "clamp")
    assert result.executed == result.executable == {3, 4, 5, 7, 9, 11}


@pytest.mark.slow
def test_variant_that_differs_fails(numbers: Bench) -> None:
    path = "src/clamp.cpp"
    with numbers.copy() as workspace:
        assert numbers.compile(workspace, path, numbers.text(path).replace("> high", "> low")).ok
        result = numbers.rerun(workspace, path, ["clamp", "digits"])
    assert outcomes(result.report) == {"clamp": "failed"}
    assert "clamp: bad" in result.report.detail["clamp"]


@pytest.mark.slow
def test_program_that_ends_early_with_success_does_not_pass(numbers: Bench) -> None:
    path = "src/clamp.cpp"
    cheat = "#include <cstdlib>\n" + numbers.text(path).replace("return low;", "std::exit(0);")
    output = output_of(numbers.measure().report, "clamp")
    with numbers.copy() as workspace:
        assert numbers.compile(workspace, path, cheat).ok
        result = numbers.rerun(workspace, path, ["clamp", output])
    assert output not in result.report.outcomes
    assert not passed(result.report, "clamp")
    assert "wrote something else" in result.report.problem


@pytest.mark.slow
def test_program_of_another_variant_is_never_run(numbers: Bench) -> None:
    path = "src/clamp.cpp"
    with numbers.copy() as workspace:
        assert numbers.compile(workspace, path).ok
        broken = numbers.compile(workspace, path, numbers.text(path).replace("> high", "> hihg"))
        assert not broken.ok
        assert any("was not declared" in message for message in broken.messages)
        result = numbers.rerun(workspace, path, ["clamp"])
        assert not result.report.outcomes
        assert "not compiled" in result.report.problem
        assert numbers.compile(workspace, path, numbers.text(path)).ok
        assert passed(numbers.rerun(workspace, path, ["clamp"]).report, "clamp")


@pytest.mark.slow
def test_new_warning_is_a_new_message(numbers: Bench) -> None:
    path = "src/digits.cpp"
    with numbers.copy() as workspace:
        before = numbers.compile(workspace, path)
        text = numbers.text(path).replace("int count = 1;", "int count = 1; int spare;")
        after = numbers.compile(workspace, path, text)
    assert before.messages == ()
    assert after.messages == ("warning: unused variable 'spare' [-Wunused-variable]",)


@pytest.mark.slow
def test_changed_header_is_compiled_wherever_it_is_used(numbers: Bench) -> None:
    path = "src/clamp.h"
    with numbers.copy() as workspace:
        assert numbers.compile(workspace, path, numbers.text(path).replace("<= high", "< low")).ok
        assert numbers.rerun(workspace, path, ["clamp"]).report.failed == ("clamp",)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "build", "options"),
    [
        ("cpp-cmake", cmake.BUILD, {"configure": "-DCMAKE_BUILD_TYPE=Release"}),
        ("cpp-make", make.BUILD, {"arguments": "OPTIMISE=-O2"}),
    ],
)
def test_header_whose_code_the_optimiser_folded_is_compiled_too(
    tmp_path: Path, name: str, build: Build, options: dict[str, str]
) -> None:
    folded = built(name, build, tmp_path, **options)
    path, test, old, new = {
        "cpp-cmake": ("src/clamp.h", "clamp", "<= high", "< low"),
        "cpp-make": ("area.h", "test", "value * FACTOR", "value"),
    }[name]
    assert path not in folded.measure().coverage.tests[test]
    with folded.copy() as workspace:
        assert folded.compile(workspace, path, folded.text(path).replace(old, new)).ok
        assert folded.rerun(workspace, path, [test]).report.failed == (test,)


@pytest.mark.slow
def test_header_of_an_earlier_variant_is_put_right_before_another_file_is_judged(
    numbers: Bench,
) -> None:
    header, source = "src/clamp.h", "src/clamp.cpp"
    with numbers.copy() as workspace:
        text = numbers.text(header)
        assert numbers.compile(workspace, header, text.replace("<= high", "< low")).ok
        workspace.write(header, text.encode())
        assert numbers.compile(workspace, source).ok
        assert passed(numbers.rerun(workspace, source, ["clamp"]).report, "clamp")


@pytest.mark.slow
def test_file_that_no_target_compiles_cannot_be_compiled(numbers: Bench) -> None:
    with numbers.copy() as workspace:
        workspace.write("src/spare.cpp", b"int spare() { return 1; }\n")
        found = numbers.compile(workspace, "src/spare.cpp")
    assert not found.ok
    assert "no target" in found.messages[0]


@pytest.mark.slow
def test_counters_are_read_as_gcov_reads_them(numbers: Bench) -> None:
    read = """
import json, pathlib, sys, tempfile
from native.gcov import Gcov, find_gcov
from native.suites import ctest_tests, run_test
both = []
for direct in (True, False):
    folder = pathlib.Path(tempfile.mkdtemp())
    for test in ctest_tests("/repo/.codeaug-build/covered"):
        run_test(test, {"GCOV_PREFIX": str(folder)})
    gcov = Gcov(find_gcov("g++"), direct)
    lines = gcov.lines(folder)
    both.append({path: [sorted(part) for part in pair] for path, pair in lines.items()})
    assert gcov.direct == direct, gcov.problem
print(json.dumps(both))
"""
    with numbers.copy() as workspace:
        outcome = workspace.run(Command(("python3", "-B", "-c", read), cwd="/host"))
    ours, theirs = json.loads(outcome.out)
    assert ours == theirs
    assert set(ours) >= {"src/clamp.cpp", "src/clamp.h", "src/digits.cpp", "tests/test_clamp.cpp"}


# --- CMake with a library that is built twice -----------------------------------------------------


@pytest.fixture(scope="module")
def rounding(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return built("cpp-cmake-shared", cmake.BUILD, tmp_path_factory.mktemp("rounding"))


def archives(workspace: Workspace) -> list[str]:
    found = workspace.harvest.find(".codeaug-build/covered/*.a")
    return [path.rpartition("/")[2] for path in found]


@pytest.mark.slow
def test_library_that_no_program_uses_is_not_made_again_nor_left_as_it_was(
    rounding: Bench,
) -> None:
    path = "src/rounding.cpp"
    with rounding.copy() as workspace:
        assert archives(workspace) == ["libinner.a", "librounding_static.a"]
        made = rounding.compile(workspace, path, rounding.text(path).replace("+ step", "- step"))
        assert made.ok
        assert "Built target rounding_static" not in made.log
        assert archives(workspace) == ["libinner.a"]
        assert rounding.rerun(workspace, path, ["up"]).report.failed == ("up",)
        assert passed(rounding.rerun(workspace, path, ["down"]).report, "down")


@pytest.mark.slow
def test_change_reaches_both_programs_through_the_libraries_between(rounding: Bench) -> None:
    path = "src/rounding.cpp"
    text = rounding.text(path).replace("return value - rest", "return value + rest")
    with rounding.copy() as workspace:
        assert rounding.compile(workspace, path, text).ok
        assert passed(rounding.rerun(workspace, path, ["up"]).report, "up")
        result = rounding.rerun(workspace, path, ["down"])
        assert result.report.failed == ("down",)
        assert result.executed == {8, 9}
        assert rounding.compile(workspace, path, rounding.text(path)).ok
        assert passed(rounding.rerun(workspace, path, ["down"]).report, "down")


@pytest.mark.slow
def test_header_of_two_programs_and_a_library_is_compiled_in_all_of_them(rounding: Bench) -> None:
    path = "src/rounding.h"
    with rounding.copy() as workspace:
        text = rounding.text(path).replace("value % step", "value % step + 1")
        assert rounding.compile(workspace, path, text).ok
        for test in ("up", "down"):
            assert rounding.rerun(workspace, path, [test]).report.failed == (test,)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "kind", "part"),
    [
        ("int spare;", "warning", "unused variable 'spare'"),
        ("int none = missing;", "error", "'missing' was not declared"),
    ],
)
def test_library_that_no_program_uses_still_has_its_diagnostics(
    rounding: Bench, line: str, kind: str, part: str
) -> None:
    path = "src/rounding.cpp"
    only = f"#ifdef ROUNDING_STATIC\n    {line}\n#endif\n    int over"
    with rounding.copy() as workspace:
        assert rounding.compile(workspace, path).messages == ()
        found = rounding.compile(workspace, path, rounding.text(path).replace("int over", only))
    assert found.ok == (kind == "warning")
    assert any(m.startswith(kind) and part in m for m in found.messages)


@pytest.mark.slow
def test_warning_of_each_library_is_counted(rounding: Bench) -> None:
    path = "src/rounding.cpp"
    text = rounding.text(path).replace("int over", "int spare;\n    int over")
    with rounding.copy() as workspace:
        found = rounding.compile(workspace, path, text)
    assert found.messages == ("warning: unused variable 'spare' [-Wunused-variable]",) * 2


@pytest.mark.slow
def test_library_that_a_command_of_the_build_reads_is_made_again(tmp_path: Path) -> None:
    listed = built("cpp-cmake-shared", cmake.BUILD, tmp_path, configure="-DWITH_LIST=ON")
    path = "src/rounding.cpp"
    with listed.copy() as workspace:
        text = listed.text(path) + "int added() { return 1; }\n"
        assert listed.compile(workspace, path, text).ok
        assert b"added" in workspace.harvest.read(".codeaug-build/covered/list")


# --- CMake with GoogleTest, FetchContent, faults --------------------------------------------------


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return built("cpp-cmake-gtest", cmake.BUILD, tmp_path_factory.mktemp("stack"))


CASES = ["all::Push.MakesRoom", "all::Pop.GivesTheLast", "all::Pop.ComplainsWhenEmpty"]


@pytest.mark.slow
def test_cases_within_one_ctest_are_tests(stack: Bench) -> None:
    report = stack.test()
    expected = {*CASES, "Size.StartsAtZero"}
    assert {t for t, o in outcomes(report).items() if o == "passed"} == expected
    assert outcomes(report).get("all::Pop.DISABLED_IsFast", "skipped") == "skipped"


@pytest.mark.slow
def test_each_case_has_the_lines_that_it_executes_itself(stack: Bench) -> None:
    tests = stack.measure().coverage.tests
    push, pop, complain = (tests[case]["stack.h"] for case in CASES)
    assert 10 in push
    assert 17 not in push
    assert 17 in pop
    assert 15 not in pop
    assert 15 in complain
    assert 10 not in complain
    assert 23 in tests["Size.StartsAtZero"]["stack.h"]


@pytest.mark.slow
def test_cases_share_the_lines_of_their_program_when_there_is_no_time(tmp_path: Path) -> None:
    hurried = built("cpp-cmake-gtest", cmake.BUILD, tmp_path, cases="0")
    tests = hurried.measure().coverage.tests
    assert tests[CASES[0]]["stack.h"] == tests[CASES[1]]["stack.h"]


@pytest.mark.slow
def test_only_the_named_cases_run_again(stack: Bench) -> None:
    with stack.copy() as workspace:
        assert stack.compile(workspace, "stack.h").ok
        result = stack.rerun(workspace, "stack.h", [CASES[0]])
    assert outcomes(result.report) == {CASES[0]: "passed"}
    assert 10 in result.executed
    assert 17 not in result.executed
    assert 17 in result.executable


@pytest.mark.slow
@pytest.mark.parametrize("wanted", [CASES, ["Size.StartsAtZero"]])
def test_program_that_leaves_no_report_of_its_cases_does_not_pass(
    stack: Bench, wanted: list[str]
) -> None:
    text = stack.text("stack.h").replace("#pragma once", "#pragma once\n#include <cstdlib>")
    cheat = text.replace("items.push_back(value);", "std::exit(0);")
    cheat = cheat.replace("return static_cast", "std::exit(0); return static_cast")
    with stack.copy() as workspace:
        assert stack.compile(workspace, "stack.h", cheat).ok
        report = stack.rerun(workspace, "stack.h", wanted).report
    assert not report.passed


@pytest.mark.slow
def test_what_was_fetched_is_used_without_network(tmp_path: Path) -> None:
    upstream = "TINY_UPSTREAM=/repo/upstream"
    made = bench("cpp-cmake-fetch", cmake.BUILD, tmp_path, environment=upstream)
    assert made.project.option("fetches") == "yes"
    made_ready = made.keep(cmake.BUILD.fetch(made.project))
    assert all(outcome.ok for outcome in made_ready), made_ready[-1].err
    assert (tmp_path / "deps/cmake/tiny-src/tiny.h").is_file()
    for path in sorted((tmp_path / "tree/upstream").iterdir()):
        path.unlink()
    outcome = made.keep(cmake.BUILD.build(made.project))[-1]
    assert outcome.ok, outcome.err
    assert passed(made.test(), "uses")


@pytest.mark.slow
def test_project_that_does_not_compile_says_so(tmp_path: Path) -> None:
    made = bench("cpp-broken", cmake.BUILD, tmp_path)
    outcome = made.keep(cmake.BUILD.build(made.project))[-1]
    assert not outcome.ok
    assert "was not declared" in outcome.out + outcome.err


@pytest.mark.slow
def test_ctest_without_tests_reports_none_although_it_exits_with_success(tmp_path: Path) -> None:
    made = bench("cpp-no-tests", cmake.BUILD, tmp_path)
    assert made.keep(cmake.BUILD.build(made.project))[-1].ok
    report = made.test()
    assert report.outcomes == {}
    assert report.complete


# --- make -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return built("cpp-make", make.BUILD, tmp_path_factory.mktemp("area"))


@pytest.mark.slow
def test_make_target_is_one_test_with_the_projects_own_flags(area: Bench) -> None:
    report = area.test()
    assert outcomes(report) == {"test": "passed"}
    assert output_of(report, "test") == output_of(area.measure().report, "test")
    assert area.measure().coverage.tests["test"]["area.cpp"] == {3, 4, 5, 7}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("area.cpp", "width * height", "width + height"),
        ("area.h", "value * FACTOR", "value"),
        ("area_test.cpp", "== 8", "== 9"),
    ],
)
def test_change_that_the_makefile_knows_nothing_of_is_compiled(
    area: Bench, path: str, old: str, new: str
) -> None:
    with area.copy() as workspace:
        assert area.compile(workspace, path, area.text(path).replace(old, new)).ok
        assert area.rerun(workspace, path, ["test"]).report.failed == ("test",)
    with area.copy() as workspace:
        assert area.compile(workspace, path).ok
        result = area.rerun(workspace, path, ["test"])
    assert passed(result.report, "test")
    assert result.executed
