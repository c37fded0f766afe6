"""The tests' programs, run in the places of the project's own, and what they executed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..programs import Ended, run
from ..reports import Case
from ..suites import Test, ctest_list, run_test
from .affected import Unready
from .making import Made
from .swapping import Swaps

# what ctest does with these is nothing, or is done here too
_DONE_HERE = """
WORKING_DIRECTORY ENVIRONMENT TIMEOUT LABELS COST PROCESSORS RUN_SERIAL RESOURCE_LOCK
SKIP_REGULAR_EXPRESSION
"""
_SIMPLE = frozenset(_DONE_HERE.split())
CTEST = "/tmp/codeaug-ctest"
_GTEST_SKIPPED = "\\[  SKIPPED \\]"
_BUILD_FOLDER = re.compile(rb"^BuildDirectory:.*$", re.MULTILINE)
_LINE = re.compile(rb"[\t\x20-\x7e\x80-\xff]*")
_LONG = 1e7  # seconds that ctest gives a test when nothing else is said


@dataclass(frozen=True)
class Simple:
    """A test of ctest that is no more than a program, with its folder and environment."""

    args: tuple[str, ...]
    cwd: str
    env: Mapping[str, str]
    seconds: float


def apart(build: str) -> str:
    """A folder with the tests of ctest's folder `build`: ctest writes where it is started."""
    folder = Path(CTEST)
    folder.mkdir()
    (folder / "CTestTestfile.cmake").write_text(f'subdirs("{build}")\n')
    settings = Path(build, "DartConfiguration.tcl")
    if settings.is_file():
        # of a project with `include(CTest)`: its logs would go into the build folder
        text = _BUILD_FOLDER.sub(f"BuildDirectory: {CTEST}".encode(), settings.read_bytes())
        (folder / settings.name).write_bytes(text)
    return CTEST


@dataclass
class Runner:
    """Runs tests on what was made; raises Unready where an old program may have run."""

    swaps: Swaps
    env: Mapping[str, str]
    simple: dict[str, Simple] = field(default_factory=dict)

    def learn(self, tests: Sequence[Test]) -> None:
        """See which tests of ctest are no more than a program."""
        folder = next((test.cwd for test in tests if test.ctest), "")
        for test, entry in zip(tests, ctest_list(folder) if folder else (), strict=False):
            found = _simple(entry)
            if found and test.ctest and not test.report:
                self.simple[test.name] = found
        if folder:
            shutil.rmtree(Path(folder, "Testing"), ignore_errors=True)

    def run(
        self,
        test: Test,
        cases: Sequence[str],
        made: Made,
        number: int,
        old: Sequence[Path],
        seconds: float,
    ) -> tuple[list[Case], dict[Path, bytes], bool]:
        """What was reported, the counters by notes file, and whether it had to be stopped."""
        counters = Path(tempfile.mkdtemp(prefix="codeaug-counters-"))
        trial = _Trial(self, test, made, time.monotonic() + seconds)
        env = {**self.env, "GCOV_PREFIX": str(counters), "CODEAUG_ACTIVE": str(number)}
        try:
            reported = run_test(test, env, cases, trial.start)
            for note in old:
                if _counters(counters, note).exists():
                    raise Unready("the tests run an object of before the change")
            places = {note: _counters(counters, note) for note in made.notes}
            found = {note: file.read_bytes() for note, file in places.items() if file.is_file()}
            return reported, found, trial.stopped
        finally:
            shutil.rmtree(counters, ignore_errors=True)


@dataclass
class _Trial:
    """One run of one test."""

    runner: Runner
    test: Test
    made: Made
    deadline: float
    stopped: bool = False

    def start(self, args: Sequence[str], cwd: str, env: Mapping[str, str]) -> Ended:
        """In the place of `programs.run`: with the programs that were made."""
        simple = self.runner.simple.get(self.test.name)
        if simple:
            program = self._program(simple.args[0], simple.cwd)
            if program:
                ended = self._run(
                    simple.args,
                    simple.cwd,
                    {**env, **simple.env, "CTEST_INTERACTIVE_DEBUG_MODE": "1"},
                    program,
                    simple.seconds,
                )
                if self.stopped or _write_junit(Path(args[-1]), self.test.ctest, ended):
                    return ended
        if not self.test.ctest:
            program = self._program(args[0], cwd)
            if program:
                return self._run(args, cwd, env, program)
        swap = self.runner.swaps.swap(self.made.programs, env)
        ended = self._run(args, cwd, swap.env)
        happened = swap.happened
        swap.forget()
        if not happened and not self.stopped:
            raise Unready("the tests do not start the program from where the build put it")
        return ended

    def _program(self, name: str, cwd: str) -> str | None:
        if "/" not in name:
            return None
        return self.made.programs.get(os.path.realpath(os.path.join(cwd, name)))

    def _run(
        self,
        args: Sequence[str],
        cwd: str,
        env: Mapping[str, str],
        program: str | None = None,
        most: float = _LONG,
    ) -> Ended:
        left = max(0.01, self.deadline - time.monotonic())
        ended = run(args, cwd, env, seconds=min(left, most), program=program)
        self.stopped = ended.stopped and left <= most
        return ended


def _simple(entry: Mapping[str, Any]) -> Simple | None:
    """A test that ctest needs not run; None for others."""
    told = {p["name"]: p["value"] for p in entry.get("properties", ())}
    command = entry.get("command") or []
    skip = told.get("SKIP_REGULAR_EXPRESSION", [])
    if not command or not told.keys() <= _SIMPLE or [s for s in skip if s != _GTEST_SKIPPED]:
        return None
    pairs = (pair.partition("=") for pair in told.get("ENVIRONMENT", ()))
    env = {name: value for name, _, value in pairs}
    seconds = float(told.get("TIMEOUT") or _LONG)
    return Simple(tuple(command), str(told.get("WORKING_DIRECTORY", "/")), env, seconds or _LONG)


def _write_junit(path: Path, name: str, ended: Ended) -> bool:
    """Report a run as ctest does. False for one whose report only ctest itself knows to write."""
    lines = ended.output.replace(b"\r\n", b"\n").split(b"\n")
    try:
        text = ended.output.decode().replace("\r\n", "\n")
    except UnicodeDecodeError:
        return False
    if b"[  SKIPPED ]" in ended.output or not all(_LINE.fullmatch(line) for line in lines):
        return False
    good = ended.exit_code == 0 and not ended.stopped
    suite = ElementTree.Element("testsuite")
    status = "run" if good else "fail"
    case = ElementTree.SubElement(
        suite, "testcase", name=name, classname=name, time=str(ended.seconds), status=status
    )
    if not good:
        ElementTree.SubElement(case, "failure", message="")
    output = ElementTree.SubElement(case, "system-out")
    output.text = text if text.endswith("\n") or not text else text + "\n"
    ElementTree.ElementTree(suite).write(path, encoding="utf-8")
    return True


def _counters(prefix: Path, note: Path) -> Path:
    return Path(str(prefix) + str(note)).with_suffix(".gcda")
