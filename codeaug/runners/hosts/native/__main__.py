"""`python3 -m native VERB [JOB]`, started in /host: build, test, measure, compile, rerun, prove or
resident (stay, and answer requests).

The job is one JSON object, the argument or, when that is too long, standard input:

suite     "ctest", or [command, ...] of one test program
name      the test's name, for a command
reports   pattern below `folder` of the JUnit reports that the command writes: the tests are theirs
folder    where the tests run (ctest's build directory)
objects   the folder below which the compiled objects lie
home      the folder of our own files
builds    [[command, folder], ...] that compile the project; [command, folder, "tests"] runs
          tests too, so that its end says nothing about the compilation
choose    command that makes the targets named after it: a CMake build's part may do (compile)
rehearse  [command, folder] to run once however it ends: tests that are built when they run
copy_to   copy the repository there first (build)
restore   make the repository what the copy there holds first (build)
python    Python processes are to say which lines they executed (measure, rerun)
coverage  compilers in PATH are to add --coverage (build, measure, compile, rerun)
compiler  the C++ compiler, or the CMakeCache.txt that names it
path, tests, cases_seconds, env
lines     compile_commands.json, or the folder in which our compilers noted their lines (prove)
original  the unchanged text of `path` (prove)
units     [{start, end, body, codes}, ...]: functions of it, by offsets in characters, with other
          texts for each (prove)
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .channel import Send, open_channel, open_requests
from .coverage import covered_run, measure, report_lines, to_ranges
from .gcov import Gcov, Lines, find_gcov, merge
from .programs import run
from .proof.job import described, prove
from .proof.lines import read_lines
from .python_lines import STARTUP, complaint
from .rebuild import Build, is_built, notes_of, rebuild
from .reports import Case
from .resident.running import apart
from .resident.serving import serve
from .shims import add_shims, added_flags
from .suites import OUTPUT, SEPARATOR, Test, ctest_tests, run_test
from .wanted import cases_of, report_wanted, send_case, wanted_of

Job = Mapping[str, Any]

HOME = ".codeaug-build"


def main(verb: str, *described: str) -> int:
    """Do the job; the exit code is a build's own, for the log's reader only."""
    if verb == "resident":
        return _resident(json.loads(described[0]))
    send, rest = open_channel()
    job = json.loads(described[0] if described else rest)
    return _VERBS[verb](job, _environment(job), send)


def _environment(job: Job) -> dict[str, str]:
    env = dict(job.get("env", {}))
    if job.get("coverage"):
        env["PATH"] = add_shims(Path(job["home"], "bin"))
    Path(job["home"]).mkdir(parents=True, exist_ok=True)
    env["DEPENDENCIES_OUTPUT"] = str(_includes(job))
    if job.get("python"):
        # byte code is known by time and size: a variant may have both of the file before it
        env["PYTHONPYCACHEPREFIX"] = tempfile.mkdtemp()
        env["PYTHONPATH"] = os.pathsep.join(filter(None, [STARTUP, env.get("PYTHONPATH", "")]))
    return env


def _resident(job: Job) -> int:
    """Stay, and answer requests: see `resident`."""
    send, requests = open_requests()
    env = dict(job.get("env", {}))  # our compilers are not needed: nothing is noted any more
    flags = added_flags(Path(job["home"], "bin")) if job.get("coverage") else []
    if job["suite"] == "ctest":
        job = {**job, "folder": apart(str(job["folder"]))}
    serve(send, requests, job, env, _tests(job), flags)
    return 0


def _build(job: Job, env: Mapping[str, str], send: Send) -> int:
    if job.get("copy_to"):
        shutil.copytree("/repo", job["copy_to"], symlinks=True, ignore=shutil.ignore_patterns(HOME))
    if job.get("restore"):
        _restore(Path(job["restore"]))
    for args, folder in job["builds"]:
        with tempfile.TemporaryDirectory() as nowhere:
            ended = run(args, folder, {**env, "GCOV_PREFIX": nowhere})
        sys.stdout.buffer.write(ended.output)
        if ended.exit_code != 0:
            return 1
    if job.get("rehearse"):
        with tempfile.TemporaryDirectory() as nowhere:
            args, folder = job["rehearse"]
            run(args, folder, {**env, "GCOV_PREFIX": nowhere})
    send(end=True)
    return 0


def _restore(copy: Path) -> None:
    for entry in os.scandir("/repo"):
        if entry.name != HOME:
            folder = entry.is_dir(follow_symlinks=False)
            (shutil.rmtree if folder else os.unlink)(entry.path)
    shutil.copytree(copy, "/repo", symlinks=True, dirs_exist_ok=True)


def _test(job: Job, env: Mapping[str, str], send: Send) -> int:
    """The whole suite; a program's output becomes a test of its own when it is always the same."""
    for test in _tests(job):
        cases = run_test(test, env)
        again = {case.name for case in run_test(test, env)} if _has_output(cases) else set()
        for case in cases:
            if OUTPUT not in case.name or case.name in again:
                send_case(send, case)
    send(end=True)
    return 0


def _has_output(cases: Sequence[Case]) -> bool:
    return any(SEPARATOR + OUTPUT in case.name for case in cases)


def _measure(job: Job, env: Mapping[str, str], send: Send) -> int:
    gcov = Gcov(_gcov(job))
    report = report_lines(send)
    for cases, covered in measure(_tests(job), gcov, env, float(job["cases_seconds"])):
        for case in cases:
            send_case(send, case)
            report(case.name, covered[case.name])
    send(end=True, problem=gcov.problem)
    return 0


def _compile(job: Job, env: Mapping[str, str], send: Send) -> int:
    if job["path"].endswith(".py"):
        return _compile_python(job, send)
    builds: list[Build] = [(args, folder, bool(tests)) for args, folder, *tests in job["builds"]]
    folders = (Path(job["objects"]), _includes(job), _state(job))
    problem, log = rebuild(*folders, job["path"], builds, env, job.get("choose", ()))
    print(log)
    print(problem, file=sys.stderr)
    send(end=True, ok=not problem, problem=problem)
    return 1 if problem else 0


def _compile_python(job: Job, send: Send) -> int:
    problem = complaint(Path("/repo", job["path"]))
    print(problem)
    send(end=True, ok=not problem, problem=problem)
    return 1 if problem else 0


def _rerun(job: Job, env: Mapping[str, str], send: Send) -> int:
    """The named tests until one fails, and the changed file's lines that they executed."""
    python = job["path"].endswith(".py")
    if not python and not is_built(_state(job), job["path"]):
        send(end=True, problem="the changed file was not compiled: its tests would be an old one's")
        return 0
    gcov = Gcov(_gcov(job))
    compiled = [] if python else notes_of(Path(job["objects"]), _includes(job), [job["path"]])
    notes = frozenset(map(str, compiled))
    found: list[Lines] = []
    problem = ""
    for test, wanted in wanted_of(_tests(job), job["tests"]):
        cases, lines = covered_run(test, gcov, env, cases_of(test, wanted), notes)
        found.append(lines)
        problem = report_wanted(send, test, wanted, cases)
        if problem:
            break
    executed, executable = merge(found).get(job["path"], (frozenset(), frozenset()))
    send(executed=to_ranges(executed), executable=to_ranges(executable))
    send(end=True, problem=problem or gcov.problem)
    return 0


def _prove(job: Job, _: Mapping[str, str], send: Send) -> int:
    """One line for each variant: proved, and how; or not, and why."""
    os.environ.update(job.get("env", {}))
    lines = read_lines(Path(job["lines"]))
    proof = prove(str(Path("/repo", job["path"])), job["original"], described(job), lines)
    for (unit, variant), answer in sorted(proof.answers.items()):
        send(unit=unit, variant=variant, proved=answer.proved, detail=answer.detail)
    send(end=True, compilations=proof.compilations, seconds=round(proof.seconds, 3))
    return 0


def _tests(job: Job) -> list[Test]:
    if job["suite"] == "ctest":
        return ctest_tests(job["folder"])
    reports = job.get("reports", "")
    return [Test(job["name"], tuple(job["suite"]), job["folder"], reports=reports)]


def _gcov(job: Job) -> str:
    compiler = str(job["compiler"])
    if compiler.endswith("CMakeCache.txt"):
        text = Path(compiler).read_text(errors="replace")
        found = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", text, re.M)
        compiler = found.group(1) if found else "c++"
    return find_gcov(compiler)


def _state(job: Job) -> Path:
    return Path(job["home"], "state.json")


def _includes(job: Job) -> Path:
    """Where GCC notes what each source file includes, when it is not told to note it elsewhere."""
    return Path(job["home"], "includes")


_VERBS = {
    "build": _build,
    "test": _test,
    "measure": _measure,
    "compile": _compile,
    "rerun": _rerun,
    "prove": _prove,
}

if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main(*sys.argv[1:]))
