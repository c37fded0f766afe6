"""Resident programs: a project prepared once, then many texts of its files a second.

The program is `Build.resident`; `codeaug.builds` tells what it is asked and how it answers. A
program serves one unit at a time. It is thrown away when it leaves the protocol, when a limit of
the sandbox stops it, or when the tests left a file of the tree changed: the next unit gets a new
one, as clean as a cold run.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeaug.builds import Build, Harvest, Prepared, Result, Step
from codeaug.builds.ranges import from_ranges
from codeaug.model import (
    Command,
    Comparison,
    Diagnostics,
    Exploration,
    Outcome,
    Project,
    Proof,
    Rerun,
    Unit,
)
from codeaug.runners import HandOver, Ran
from codeaug.sandbox import Conversation, Gone, Sandbox, Workspace

PREPARE_SECONDS = 300.0
COMPILE_SECONDS = 120.0
PROVE_SECONDS = 120.0
GRACE = 20.0  # seconds in which the program itself must have stopped what takes too long


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the file, with the unit as it stands there."""

    source: bytes
    unit: Unit


@dataclass
class Residents:
    """Resident programs of prepared projects; those that are idle wait for the next unit."""

    sandbox: Sandbox
    scratch: Path
    _idle: dict[str, list[_Program]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def of_unit(self, prepared: Prepared, texts: Sequence[Text]) -> Iterator[Resident]:
        """A Runner for some texts of one file, the first of them unchanged.

        Raises HandOver when the build has no resident program.
        """
        command = prepared.build.resident(prepared.project)
        if command is None:
            raise HandOver(f"the build {prepared.build.name} has no resident runner")
        resident = Resident(self, prepared, command, tuple(texts))
        try:
            yield resident
        finally:
            resident.release()

    def close(self) -> None:
        """End every idle program."""
        with self._lock:
            programs = [program for idle in self._idle.values() for program in idle]
            self._idle.clear()
        for program in programs:
            program.close()

    def _take(self, prepared: Prepared, command: Command) -> _Program:
        with self._lock:
            idle = self._idle[prepared.project.id]
            if idle:
                return idle.pop()
        return _Program.start(self.sandbox, self.scratch, prepared, command)

    def _give_back(self, prepared: Prepared, program: _Program) -> None:
        with self._lock:
            self._idle[prepared.project.id].append(program)


@dataclass
class _Program:
    """One running resident program with its workspace."""

    conversation: Conversation
    workspace: Workspace
    stack: contextlib.ExitStack
    clean: frozenset[tuple[str, int, int]]

    @classmethod
    def start(
        cls, sandbox: Sandbox, scratch: Path, prepared: Prepared, command: Command
    ) -> _Program:
        with contextlib.ExitStack() as stack:
            workspace = stack.enter_context(
                sandbox.workspace(prepared.tree, deps=prepared.deps, scratch=scratch, overlay=True)
            )
            conversation = stack.enter_context(workspace.converse(command))
            return cls(conversation, workspace, stack.pop_all(), workspace.changed_files())

    @property
    def is_clean(self) -> bool:
        return self.workspace.changed_files() == self.clean

    def close(self) -> None:
        self.stack.close()


@dataclass
class Resident:
    """A Runner for given texts of one file. Raises HandOver where the program gives up."""

    residents: Residents
    prepared: Prepared
    command: Command
    texts: tuple[Text, ...]
    _program: _Program | None = None
    _refused: str = ""

    def compile(self, text: bytes, *, words: bool = True) -> Ran[Diagnostics]:
        step = self._build.compile(self._project, self._path)
        return self._asked("compile", text, step, COMPILE_SECONDS, {"words": words})

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        step = self._build.rerun(self._project, self._path, tests)
        more = {"tests": list(tests), "seconds": seconds}
        return self._asked("rerun", text, step, seconds + GRACE, more)

    def prove(self, text: bytes) -> Ran[Proof]:
        return self._asked("prove", text, Step((), _proof), PROVE_SECONDS, {})

    def compare(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Comparison]:
        more = {"tests": list(tests), "seconds": seconds}
        most = COMPILE_SECONDS + seconds + GRACE
        return self._asked("compare", text, Step((), _comparison), most, more)

    def explore(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Exploration]:
        more = {"tests": list(tests), "seconds": seconds}
        most = COMPILE_SECONDS + 3 * seconds + GRACE
        return self._asked("explore", text, Step((), _exploration), most, more)

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, dict[str, Any]]:
        """One request to the program, which has the texts loaded. Raises HandOver."""
        if self._refused:
            raise HandOver(self._refused)
        program = self._program or self._load()
        try:
            answer, last = program.conversation.ask(request, seconds)
        except Gone as gone:
            self._drop()
            raise HandOver(f"the resident runner was stopped: {gone}") from gone
        if "cold" in last:
            raise HandOver(str(last["cold"]))
        return answer, last

    def release(self) -> None:
        """Leave the program to the next unit, if it is as it was."""
        program, self._program = self._program, None
        if program is None:
            return
        if program.is_clean:
            self.residents._give_back(self.prepared, program)
        else:
            program.close()

    @property
    def _build(self) -> Build:
        return self.prepared.build

    @property
    def _project(self) -> Project:
        return self.prepared.project

    @property
    def _path(self) -> str:
        return self.texts[0].unit.path

    def _asked(
        self,
        verb: str,
        text: bytes,
        step: Step[Result],
        seconds: float,
        more: Mapping[str, Any],
    ) -> Ran[Result]:
        number = next(n for n, known in enumerate(self.texts) if known.source == text)
        started = time.monotonic()
        answer, last = self.ask({"do": verb, "number": number, **more}, seconds)
        taken = time.monotonic() - started
        limit = str(last.get("limit", ""))
        outcome = Outcome(0, "", "", taken, limit == "wall time", limit, answer)
        assert self._program is not None
        result = step.read([outcome], self._program.workspace.harvest)
        command = f"resident: {verb} in {self.command}"
        return Ran(result, command, taken, limit=limit, resident=True)

    def _load(self) -> _Program:
        program = self.residents._take(self.prepared, self.command)
        self._program = program
        request = {
            "do": "load",
            "path": self._path,
            "texts": [_described(text) for text in self.texts],
        }
        try:
            self.ask(request, PREPARE_SECONDS)
        except HandOver as reason:
            self._refused = str(reason)
            raise
        return program

    def _drop(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            program.close()


def _proof(outcomes: Sequence[Outcome], _: Harvest) -> Proof:
    found = json.loads(outcomes[0].report)
    return Proof(bool(found["proved"]), str(found["method"]), str(found["detail"]))


def _comparison(outcomes: Sequence[Outcome], _: Harvest) -> Comparison:
    if outcomes[0].limit:
        return Comparison(0, problem=f"stopped by the limit on {outcomes[0].limit}")
    found = json.loads(outcomes[0].report)
    return Comparison(
        int(found["inputs"]),
        str(found["difference"]),
        str(found["witness"]),
        str(found["problem"]),
        from_ranges(str(found.get("executed", ""))),
        from_ranges(str(found.get("executable", ""))),
    )


def _exploration(outcomes: Sequence[Outcome], _: Harvest) -> Exploration:
    if outcomes[0].limit:
        return Exploration(problem=f"stopped by the limit on {outcomes[0].limit}")
    found = json.loads(outcomes[0].report)
    return Exploration(
        str(found["difference"]),
        str(found["witness"]),
        str(found["problem"]),
        int(found["paths"]),
        bool(found["exhausted"]),
        int(found["suspects"]),
    )


def _described(text: Text) -> dict[str, Any]:
    unit = text.unit
    return {
        "text": text.source.decode("utf-8"),
        "name": unit.name,
        "parameters": unit.parameters,
        "span": [unit.span.start, unit.span.end],
        "body": [unit.body.start, unit.body.end],
        "lines": [unit.line, unit.end_line],
    }
