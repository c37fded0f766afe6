"""The program that stays: one project, many texts of its files, a fork a run.

Requests and answers are those of `codeaug.builds`. A run is first tried where the project is
imported and the tests are collected, by a swap of the unit's code; where that would not be right,
in a bare process that imports the changed text. What runs a text never holds the report channel:
it reports to us, and we say the end.
"""

from __future__ import annotations

import functools
import importlib
import json
import os
import time
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from . import check
from . import resident_processes as processes
from .channel import Send
from .comparison.asking import Asking, checked
from .lines import ranges
from .proof import proving
from .resident_child import REPO
from .resident_files import Folder
from .resident_helper import Helper, Lost, Run
from .resident_text import Skeleton, Text, read, statements
from .resident_zygote import bare, collected

COLLECT_SECONDS = 150.0
ANSWER_SECONDS = 60.0
SCRATCH = ("/tmp", "/dev/shm")


def serve(
    send: Send, requests: Iterable[bytes], closed: Collection[int], job: dict[str, Any]
) -> None:
    """Answer requests until there are no more. `closed` is what no helper may keep open."""
    processes.close_to_others(True)
    program = Program(send, closed, job)
    verbs = {
        "load": program.load,
        "compile": program.compile,
        "prove": program.prove,
        "compare": program.compare,
        "explore": program.explore,
        "rerun": program.rerun,
    }
    for line in requests:
        request = json.loads(line)
        verbs[request["do"]](request)


class Program:
    """The texts of one unit, the helpers that run them, the folders that must stay as they are."""

    def __init__(self, send: Send, closed: Collection[int], job: dict[str, Any]) -> None:
        self.send, self.closed, self.job = send, tuple(closed), job
        self.run_tests = _runner(job["runner"])
        self.family = {os.getpid(), *processes.others(())}
        self.repo = Folder(REPO)
        self.bare = self._start(bare)
        self.bare.ask(ANSWER_SECONDS)
        self.warm: Helper | None = None
        self.why_bare = ""  # for every unit
        self.why_import = ""  # for this unit
        self.spoiled = ""
        self.asking: Asking | None = None
        self.seconds: dict[str, float] = {}  # of each test that ran
        self.scratch = [Folder(path) for path in SCRATCH]

    # --- load -------------------------------------------------------------------------------------

    def load(self, request: dict[str, Any]) -> None:
        self._stop_asking()
        self.path = os.path.realpath(f"{REPO}/{request['path']}")
        self.described: list[dict[str, Any]] = request["texts"]
        self.texts = [read(text) for text in self.described]
        self.skeleton = _skeleton(self.texts[0])
        self.__dict__.pop("_elsewhere", None)  # what was known of another unit's file
        self._find()
        self.send(done=True)

    def _find(self) -> None:
        """Let the helper with the collected tests look for the unit, or find out why it cannot."""
        self.why_import = self.why_bare
        if self.warm is None and not self.why_bare:
            self._collect()
        if self.warm is not None:
            request = {"do": "load", "path": self.path, "text": self.described[0]}
            try:
                self.why_import = self.warm.ask(ANSWER_SECONDS, **request)["why"]
            except Lost as lost:
                self._give_up(str(lost))

    def _collect(self) -> None:
        helper = self._start(collected)
        self.warm = helper
        try:
            why = helper.ask(COLLECT_SECONDS)["why"]
        except Lost as lost:
            why = f"collecting the tests: {lost}"
        if not why and processes.others(self.family):
            why = "processes run after the tests were collected"
        if not why and any(folder.has_more() for folder in self.scratch):
            why = "files lie in /tmp after the tests were collected"
        if why:
            self._give_up(why)

    def _give_up(self, why: str) -> None:
        self._stop()
        self.why_bare, self.why_import = why, why

    def _stop(self) -> None:
        """End the helper with the collected tests, and what it left."""
        if self.warm is not None:
            self._stop_asking()
            self.warm.stop()
            self.warm = None
        for folder in self.scratch:
            folder.restore()

    def _start(self, main: Any) -> Helper:
        others = [d for h in (getattr(self, "bare", None),) if h for d in h.descriptors]
        run = functools.partial(main, job=self.job, run=self.run_tests)
        return Helper(run, self.family, (*self.closed, *others))

    # --- compile ----------------------------------------------------------------------------------

    def compile(self, request: dict[str, Any]) -> None:
        ok, messages, log = self._words(self.texts[request["number"]])
        self.send(compiled=ok, messages=messages, log="\n".join(log))
        self.send(done=True)

    def _words(self, text: Text) -> tuple[bool, list[str], list[str]]:
        """As of the whole file; what does not lie in the unit is compiled once."""
        if self.skeleton is None:
            return check.words(text.source, self.path)
        ok, messages, log = check.words(self.skeleton.of(text), self.path)
        if not ok:
            return check.words(text.source, self.path)
        return ok, messages + list(self._elsewhere.elements()), log

    @functools.cached_property
    def _elsewhere(self) -> Counter[str]:
        unchanged = self.texts[0]
        assert self.skeleton is not None
        short = Counter(check.words(self.skeleton.of(unchanged), self.path)[1])
        return Counter(check.words(unchanged.source, self.path)[1]) - short

    def prove(self, request: dict[str, Any]) -> None:
        """Only compiles: no text is run for it."""
        one, two = self.texts[0], self.texts[request["number"]]
        original, changed = one.source.decode("utf-8"), two.source.decode("utf-8")
        proof = proving.prove(original, changed, one.name, one.lines[0])
        self.send(**proof._asdict())
        self.send(done=True)

    # --- compare ----------------------------------------------------------------------------------

    def compare(self, request: dict[str, Any]) -> None:
        """Both texts run in forks of a process that recorded what the tests pass to the unit."""
        answer = self._told(request)
        text = self.texts[request["number"]]
        executed, executable = _lines(text, answer.pop("lines"))
        self.send(**answer, executed=ranges(executed), executable=ranges(executable))
        self.send(done=True)

    def explore(self, request: dict[str, Any]) -> None:
        """As `compare`, on inputs that CrossHair finds in a fork of the same process."""
        self.send(**self._told(request))
        self.send(done=True)

    def _told(self, request: dict[str, Any]) -> dict[str, Any]:
        try:
            return checked(self._compared(request))
        except Lost as lost:
            self._stop_asking()
            return checked({"problem": f"while it was compared, {lost}"})

    def _compared(self, request: dict[str, Any]) -> dict[str, Any]:
        number = request["number"]
        if self.asking is None:
            self.asking = self._recording(request)
            if self.asking.wrote:
                self.repo.restore()
            self._restore()
        if self.asking.why:
            return {"problem": self.asking.why}
        text, short = self.described[number], self._short(number)
        return self.asking.ask(request["do"], request["seconds"], text=text, short=short)

    def _recording(self, request: dict[str, Any]) -> Asking:
        tests = sorted(request["tests"], key=lambda test: self.seconds.get(test, 0.0))
        return Asking(
            self.warm or self.bare, request["seconds"], path=self.path, repo=REPO, tests=tests,
            text=self.described[0], short=self._short(0),
        )  # fmt: skip

    def _short(self, number: int) -> str:
        text = self.texts[number]
        return (self.skeleton.of(text) if self.skeleton else text.source).decode("utf-8")

    def _stop_asking(self) -> None:
        if self.asking is not None:
            self.asking.stop()
            self.asking = None

    # --- rerun ------------------------------------------------------------------------------------

    def rerun(self, request: dict[str, Any]) -> None:
        if self.spoiled:
            self.send(done=True, cold=self.spoiled)
            return
        deadline = time.monotonic() + request["seconds"]
        way, run = self.why_import, None
        if self.warm is not None and not way:
            run = self._run(self.warm, request, deadline)
            way = self._why_not(run, request["tests"])
        if way and not (run and run.has("cold")):
            run = self._run(self.bare, request, deadline)
        assert run is not None
        self._answer(run, self.texts[request["number"]], way)

    def _run(self, helper: Helper, request: dict[str, Any], deadline: float) -> Run:
        """Raises Lost when the bare helper is gone: nothing runs any more."""
        number, tests = request["number"], request["tests"]
        text, short = self.described[number], self._short(number)
        seconds = max(1.0, deadline - time.monotonic())
        try:
            run = helper.run(seconds, path=self.path, text=text, short=short, tests=tests)
        except Lost as lost:
            if helper is self.bare:
                raise
            self._give_up(str(lost))
            return Run([{"note": "import", "why": str(lost)}], "", "")
        self._clean(run)
        for record in run.records:
            if "seconds" in record:
                self.seconds[record["test"]] = record["seconds"]
        return run

    def _clean(self, run: Run) -> None:
        """Put everything back; begin anew where something cannot be."""
        changed = self._restore() or run.spoiled
        if changed and self.warm is not None:
            self._stop()
            self._find()
        if run.has("wrote"):
            left = self.repo.restore()
            self.spoiled = f"the tests change {left}" if left else ""

    def _restore(self) -> str:
        """Put the scratch folders back; what cannot be."""
        return next(filter(None, [folder.restore() for folder in self.scratch]), "")

    @staticmethod
    def _why_not(run: Run, tests: list[str]) -> str:
        """Why a run that was swapped in says nothing; "" when it does."""
        why = run.note("import")
        passed = sum(record.get("outcome") == "passed" for record in run.records)
        if not why and passed == len(tests) and not any(r.get("hits") for r in run.records):
            why = "nothing ran the unit's code in its new form"
        return why

    def _answer(self, run: Run, text: Text, way: str) -> None:
        if run.has("cold"):
            self.send(done=True, cold=run.note("cold"))
            return
        for record in run.records:
            if "hits" in record:
                executed, executable = _lines(text, record["hits"])
                self.send(executed=ranges(executed), executable=ranges(executable))
            elif "note" not in record:
                self.send(**record)
        limit = {"limit": run.limit} if run.limit else {}
        self.send(done=True, way=way or "swapped", **limit)


def _lines(text: Text, hits: list[int]) -> tuple[list[int], list[int]]:
    """Executed and executable lines of the unit, as a cold run would count them."""
    if not hits:
        return [], []
    try:
        found, firsts = statements(text)
    except Exception:  # coverage's parser: the text does not parse
        return sorted(hits), []
    executed = {firsts.get(line, line) for line in hits}
    return sorted(executed & found), sorted(found)


def _skeleton(text: Text) -> Skeleton | None:
    try:
        return Skeleton(text)
    except (SyntaxError, ValueError, RecursionError):
        return None


def _runner(name: str) -> Any:
    """The function that runs tests, with everything loaded that it is sure to need."""
    importlib.import_module("coverage.parser")
    if name == "unittest":
        from .unittest_host import run
    else:
        from .pytest_host import run

        config = importlib.import_module("_pytest.config")
        for plugin in getattr(config, "default_plugins", ()):
            importlib.import_module(f"_pytest.{plugin}")
    return run
