"""Python projects whose tests run through pytest, or through unittest where pytest finds less.

Options of `[build.pytest]`:

    python        interpreter to make the environment with (default: the one codeaug runs on, else
                  the newest under /usr that `requires-python` admits)
    venv          an environment that is there already, with the project's dependencies, pytest and
                  coverage; nothing is fetched. It must lie where the sandbox can read it.
    runner        `pytest` or `unittest`
    arguments     further arguments of pytest; the folders in which unittest discovers
    environment   `NAME=value ...` for the tests
    extras        further extras of the project to install, e.g. `test redis`
    requirements  further requirements to install, e.g. `pytest-mock "numpy<2"`
    files         further requirement files, relative to the project

Limits: lines executed in other processes than pytest's own count for no test, nor do those of a
fixture that several tests share but for the first of them. Compiled extensions are built once: a
variant of a source that was compiled into one is never executed, and so has no oracle.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from glob import glob
from typing import Any

from codeaug.builds import Build, Harvest, Measurement, Step, Tool, Tree
from codeaug.builds import python_projects as found
from codeaug.model import (
    Command,
    Coverage,
    Diagnostics,
    Outcome,
    Project,
    Rerun,
    TestOutcome,
    TestReport,
)

VENV = "/deps/venv"
ENVIRONMENT = (
    ("HYPOTHESIS_STORAGE_DIRECTORY", "/tmp/hypothesis"),
    ("PYTHONDONTWRITEBYTECODE", "1"),
    ("PYTHONHASHSEED", "0"),
    ("PYTHONNOUSERSITE", "1"),
)
FETCH_SECONDS = 1800.0
SUITE_SECONDS = 1800.0
RERUN_SECONDS = 300.0

Record = dict[str, Any]


def detect(tree: Tree, options: Mapping[str, str]) -> Sequence[Project]:
    """One project for each root with Python tests; see `python_projects`."""
    roots = found.projects(tree)
    return [_project(tree, root, found.nested(root, roots), options) for root in roots]


def _project(tree: Tree, root: str, others: Sequence[str], options: Mapping[str, str]) -> Project:
    runner = options.get("runner") or found.runner(tree, root, others)
    facts = {"runner": runner}
    if runner == "unittest":
        facts["arguments"] = shlex.join(found.unittest_folders(tree, root, others))
    elif others:
        facts["arguments"] = shlex.join(f"--ignore={other}" for other in others)
    return Project("pytest", root, ("python",), tuple(sorted(facts.items())))


def tools(project: Project) -> Sequence[Tool]:
    return [Tool("python3", "apt install python3 python3-venv")]


def fetch(project: Project) -> Sequence[Command]:
    if project.option("venv"):
        return []
    job = {
        "root": _root(project),
        "pythons": _interpreters(project),
        "extras": project.option("extras").replace(",", " ").split(),
        "requirements": shlex.split(project.option("requirements")),
        "files": shlex.split(project.option("files")),
    }
    python = str(job["pythons"][0])
    return [_command(project, python, "fetch", job, FETCH_SECONDS, network=True)]


def build(project: Project) -> Sequence[Command]:
    return [_command(project, _python(project), "build", {"root": _root(project)}, SUITE_SECONDS)]


def test(project: Project) -> Step[TestReport]:
    command = _command(project, _python(project), "test", _suite(project), SUITE_SECONDS)
    return Step((command,), lambda outcomes, harvest: _report(outcomes))


def instrument(project: Project) -> Sequence[Command]:
    return []


def measure(project: Project) -> Step[Measurement]:
    command = _command(project, _python(project), "measure", _suite(project), SUITE_SECONDS)
    return Step((command,), _measurement)


def compile(project: Project, path: str) -> Step[Diagnostics]:
    job = {"path": f"/repo/{path}"}
    return Step((_command(project, _python(project), "check", job, 60.0),), _diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    """Until the first test that does not pass; the tests after it are absent."""
    job = {**_suite(project), "path": f"/repo/{path}"}
    stdin = json.dumps(list(tests))
    command = _command(project, _python(project), "rerun", job, RERUN_SECONDS, stdin=stdin)
    return Step((command,), _rerun)


def _root(project: Project) -> str:
    return f"/repo/{project.root}".rstrip("/")


def _python(project: Project) -> str:
    return f"{project.option('venv', VENV)}/bin/python"


def _interpreters(project: Project) -> list[str]:
    """The interpreters to try, in order."""
    if project.option("python"):
        return [project.option("python")]
    ours = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    others = [
        p for p in glob("/usr/bin/python3.*") + glob("/usr/local/bin/python3.*") if _is_python(p)
    ]
    newest = sorted(others, key=lambda path: int(path.rsplit(".", 1)[1]), reverse=True)
    return list(dict.fromkeys([ours, *newest]))


def _is_python(path: str) -> bool:
    return re.fullmatch(r"python3\.\d+", os.path.basename(path)) is not None


def _suite(project: Project) -> Record:
    return {
        "root": _root(project),
        "runner": project.option("runner", "pytest"),
        "arguments": shlex.split(project.option("arguments")),
    }


def _command(
    project: Project,
    python: str,
    verb: str,
    job: Record,
    seconds: float,
    *,
    network: bool = False,
    stdin: str = "",
) -> Command:
    own = (pair.partition("=")[::2] for pair in shlex.split(project.option("environment")))
    return Command(
        args=(python, "-m", "pyhost", verb, json.dumps(job)),
        cwd="/host",
        env=(*ENVIRONMENT, *((name, value) for name, value in own)),
        seconds=seconds,
        network=network,
        stdin=stdin,
    )


def _records(outcomes: Sequence[Outcome]) -> list[Record]:
    lines = outcomes[-1].report.splitlines() if outcomes else []
    return [record for line in lines if (record := _record(line)) is not None]


def _record(line: bytes) -> Record | None:
    try:
        record = json.loads(line)
    except ValueError:  # the last line of a process that was killed
        return None
    return record if isinstance(record, dict) else None


def _report(outcomes: Sequence[Outcome]) -> TestReport:
    records = _records(outcomes)
    results = [record for record in records if "test" in record]
    verdicts = {r["test"]: TestOutcome(r["outcome"]) for r in results}
    problem = _problem(outcomes, records, results)
    return TestReport(
        outcomes=verdicts,
        complete=not problem,
        seconds={r["test"]: float(r["seconds"]) for r in results},
        detail={r["test"]: r["detail"] for r in results if r["detail"]},
        problem=problem or ("" if verdicts else "No tests were found."),
    )


def _problem(outcomes: Sequence[Outcome], records: list[Record], results: list[Record]) -> str:
    """Why the report cannot be the whole truth; "" when it can."""
    if not outcomes:
        return "The tests were not started."
    last = next((record["running"] for record in reversed(records) if "running" in record), "")
    ends = [record for record in records if "end" in record]
    if outcomes[-1].timed_out:
        return f"The tests did not end in time; last in {last or 'none of them'}."
    if not ends:
        return f"The test process ended {'in ' + last if last else 'before the first test'}."
    if ends[0].get("exit") in (3, 4):
        return f"pytest could not run: {_last_error(outcomes[-1])}"
    if len(ends) > 1 or not _in_order(records):
        return "The report is not one that our test runner writes."
    if not ends[0]["end"]:
        return f"{ends[0]['reported']} of {ends[0]['collected']} tests ran, the last one {last}."
    return ""


def _in_order(records: list[Record]) -> bool:
    """Every test is announced, then reported once, before the end."""
    announced, seen = "", set()
    for record in records:
        if "running" in record:
            announced = record["running"]
        elif "test" in record:
            name = record["test"]
            if name in seen or ("number" in record and name != announced) or "end" in seen:
                return False
            seen.add(name)
        elif "end" in record:
            seen.add("end")
    return True


def _last_error(outcome: Outcome) -> str:
    lines = [line.strip() for line in (outcome.out + outcome.err).splitlines() if line.strip()]
    return next((line for line in reversed(lines) if "rror:" in line), lines[-1] if lines else "")


def _measurement(outcomes: Sequence[Outcome], harvest: Harvest) -> Measurement:
    records = _records(outcomes)
    names = {r["number"]: r["test"] for r in records if "number" in r}
    tests: dict[str, dict[str, set[int]]] = {}
    for record in records:
        for lines, numbers in record.get("groups", ()):
            executed = _numbers(lines)
            for number in _numbers(numbers):
                files = tests.setdefault(names[number], {})
                files.setdefault(record["file"], set()).update(executed)
    frozen = {t: {f: frozenset(ls) for f, ls in files.items()} for t, files in tests.items()}
    return Measurement(_report(outcomes), Coverage(frozen, _measured(records)))


def _measured(records: Iterable[Record]) -> str:
    """The problem of a measurement; that it is missing when it did not come to its end."""
    last = next((record for record in records if "measured" in record), None)
    return "The measurement did not come to its end." if last is None else str(last["problem"])


def _numbers(ranges: str) -> list[int]:
    """`1-3,7` as numbers."""
    numbers: list[int] = []
    for run in ranges.split(",") if ranges else ():
        first, _, last = run.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return numbers


def _diagnostics(outcomes: Sequence[Outcome], harvest: Harvest) -> Diagnostics:
    record = next((r for r in _records(outcomes) if "compiled" in r), None)
    if record is None:
        return Diagnostics(False, (), outcomes[-1].err if outcomes else "")
    return Diagnostics(record["compiled"], tuple(record["messages"]), record["log"])


def _rerun(outcomes: Sequence[Outcome], harvest: Harvest) -> Rerun:
    record = next((r for r in _records(outcomes) if "executed" in r), None)
    if record is None:
        return Rerun(_report(outcomes))
    executed, executable = (frozenset(_numbers(record[k])) for k in ("executed", "executable"))
    return Rerun(_report(outcomes), executed, executable)


BUILD = Build(
    name="pytest",
    languages=("python",),
    detect=detect,
    tools=tools,
    fetch=fetch,
    build=build,
    test=test,
    instrument=instrument,
    measure=measure,
    compile=compile,
    rerun=rerun,
)
