"""Requests and answers of the program that stays; `codeaug.builds` has the contract."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from ..channel import Send
from ..comparison.prelude import Prelude
from ..coverage import to_ranges
from ..programs import run
from ..proof.lines import read_lines
from ..rebuild import notes_of
from ..suites import Test
from ..wanted import cases_of, report_wanted, wanted_of
from . import leftovers
from .affected import Plan, Unready, plan
from .loaded import Loaded
from .making import Maker
from .proving import Provings
from .recipes import Recipe, read_recipes
from .running import Runner
from .swapping import Swaps

HOME = Path("/tmp/codeaug")
SCRATCH = ("/tmp", "/dev/shm")
WRAPPED = ("__cxa_throw",)
PULLED = ("__gcov_info_to_gcda", "__gcov_reset")
PROBE = Path(__file__).parent.with_name("comparison") / "probe.c"


def serve(send: Send, requests: Iterable[bytes], job: Mapping[str, Any], env: Mapping[str, str],
          tests: list[Test], flags: list[str]) -> None:  # fmt: skip
    """Answer requests until there are no more."""
    program = Program(send, job, env, tests, flags)
    verbs: dict[str, Callable[[dict[str, Any]], None]] = {
        "load": program.load,
        "compile": program.compile,
        "rerun": program.rerun,
        "prove": program.prove,
        "compare": program.compare,
    }
    for line in requests:
        request = json.loads(line)
        try:
            verbs[request["do"]](request)
        except Unready as why:
            send(done=True, cold=str(why))


class Program:
    """A built project, and the texts of one of its files."""

    def __init__(self, send: Send, job: Mapping[str, Any], env: Mapping[str, str],
                 tests: list[Test], flags: list[str]) -> None:  # fmt: skip
        self.send, self.job, self.env = send, job, env
        self.family = leftovers.others()
        HOME.mkdir()
        self.swaps = Swaps(HOME)
        self.active = str(HOME / "active.o")
        source = str(Path(__file__).with_name("active.c"))
        run(["gcc", "-O1", "-fPIC", "-c", source, "-o", self.active], "/", {})
        self.recipes: list[Recipe] = read_recipes(
            Path(job["objects"]), Path(job["home"], "lines"), flags
        )
        self.tests = tests
        self.runner = Runner(self.swaps, env)
        self.runner.learn(tests)
        self.provings = Provings(HOME, read_lines(Path(job["lines"])), self.swaps)
        self.prelude = Prelude(HOME / "prelude")
        self.plans: dict[str, Plan | str] = {}
        self.spoiled = ""
        self.loaded: Loaded | None = None
        self.count = 0
        self.repo = leftovers.Folder("/repo")
        self.home = leftovers.Folder(str(HOME))
        self.scratch = [leftovers.Folder(path, (str(HOME),)) for path in SCRATCH]

    def load(self, request: dict[str, Any]) -> None:
        if self.loaded is not None:
            shutil.rmtree(self.loaded.folder, ignore_errors=True)  # perhaps nothing was made
            self.loaded = None
        self.path = path = str(request["path"])
        self.count += 1
        maker = Maker(
            self._plan(path), os.path.realpath(f"/repo/{path}"), self.swaps, self.env, self.active
        )
        folder, alike = HOME / str(self.count), bool(request.get("alike"))
        self.loaded = Loaded(folder, maker, request["texts"], alike=alike)
        self.loaded.prepare()
        self.send(done=True)

    def _plan(self, path: str) -> Plan:
        """Raises Unready."""
        if path not in self.plans:
            includes = Path(self.job["home"], "includes")
            notes = notes_of(Path(self.job["objects"]), includes, [path])
            try:
                if not notes:
                    raise Unready(f"no target of this build compiles {path}")
                self.plans[path] = plan(self.recipes, notes)
            except Unready as why:
                self.plans[path] = str(why)
        found = self.plans[path]
        if isinstance(found, str):
            raise Unready(found)
        return found

    @property
    def _loaded(self) -> Loaded:
        if self.spoiled:
            raise Unready(self.spoiled)
        assert self.loaded is not None
        return self.loaded

    def compile(self, request: dict[str, Any]) -> None:
        number = request["number"]
        problem, log = self._loaded.words(number) if request["words"] else self._loaded.end(number)
        self.send(log=log)
        self.send(end=True, ok=not problem, problem=problem)
        self.send(done=True)

    def rerun(self, request: dict[str, Any]) -> None:
        loaded, number = self._loaded, request["number"]
        made, shared = loaded.program(number)
        if made.problem:
            self.send(end=True, problem="the changed file was not compiled")
            self.send(done=True)
            return
        self.home.keep()
        deadline = time.monotonic() + request["seconds"]
        lines = loaded.lines(number)
        problem, stopped = "", False
        lost = len(self.tests) and not request["tests"]
        for test, wanted in wanted_of(self.tests, request["tests"]) if not lost else ():
            left = deadline - time.monotonic()
            try:
                cases, counters, stopped = self.runner.run(
                    test, cases_of(test, wanted), made, number if shared else 0,
                    loaded.maker.plan.notes, left,
                )  # fmt: skip
            finally:
                self._clean()
            if stopped:
                break
            lines.add(counters)
            problem = report_wanted(self.send, test, wanted, cases)
            if problem:
                break
            if not counters:
                raise Unready("the tests pass, but no program that was made said what it executed")
        executed, executable = lines.found()
        self.send(executed=to_ranges(executed), executable=to_ranges(executable))
        if stopped:
            self.send(done=True, limit="wall time")
            return
        self.send(end=True, problem=problem)
        self.send(done=True, way="together" if shared else "alone")

    def _clean(self) -> None:
        """End what the tests left; put back what can be; give up where something cannot."""
        if not leftovers.end_others(self.family):
            raise SystemExit("processes that the tests started cannot be ended")
        if self.home.restore():
            raise SystemExit("the tests changed files of the resident program")
        changed = next(filter(None, [folder.restore() for folder in self.scratch]), "")
        changed = self.repo.restore() or changed
        if changed:
            self.spoiled = f"the tests change {changed}"

    def prove(self, request: dict[str, Any]) -> None:
        answer = self._loaded.proof(request["number"], self.provings)
        self.send(proved=bool(answer.proved), method=answer.proved, detail=answer.detail)
        self.send(done=True)

    def compare(self, request: dict[str, Any]) -> None:
        loaded = self._loaded
        maker = replace(loaded.maker, active=self._probe(), wrapped=WRAPPED, pulled=PULLED)
        number = request["number"]
        first = loaded.texts[number].first
        comparing = loaded.comparing(first, self.path, maker, self.prelude)
        comparing.prepare()
        self.home.keep()
        answer = comparing.compare(
            loaded.numbers(first).index(number), wanted_of(self.tests, request["tests"]),
            self.runner, request["seconds"], self._clean,
        )  # fmt: skip
        self.send(**asdict(answer))
        self.send(done=True)

    def _probe(self) -> str:
        """The object that each module gets in which a unit's calls are looked at."""
        place = HOME / "probe.o"
        if not place.exists():
            args = ["gcc", "-O1", "-fPIC", "-w", "-c", str(PROBE), "-o", str(place)]
            ended = run(args, "/", {})
            if ended.exit_code:
                raise Unready(f"our probe is not compiled: {ended.output[-300:]!r}")
        return str(place)
