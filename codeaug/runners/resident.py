"""Resident programs: a project prepared once, then many texts of its files a second.

The program is `Build.resident`; `codeaug.builds` tells what it is asked and how it answers. A
program serves one unit at a time, though it may know the texts of several units of a file. It is
thrown away when it leaves the protocol, when a limit of the sandbox stops it, or when the tests
left a file of the tree changed: the next unit gets a new one, as clean as a cold run.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codeaug.builds import Build, Prepared, Result, Step
from codeaug.model import (
    Command,
    Comparison,
    Diagnostics,
    Exploration,
    Outcome,
    Project,
    Proof,
    Rerun,
)
from codeaug.runners import HandOver, Ran
from codeaug.runners.programs import Program
from codeaug.runners.protocol import Text, comparison, described, exploration, proof
from codeaug.sandbox import Gone, Sandbox

PREPARE_SECONDS = 300.0
COMPILE_SECONDS = 120.0
PROVE_SECONDS = 120.0  # a unit
GRACE = 20.0  # seconds in which the program itself must have stopped what takes too long


@dataclass
class Residents:
    """Resident programs of prepared projects; those that are idle wait for the next unit."""

    sandbox: Sandbox
    scratch: Path
    _idle: dict[str, list[Program]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextlib.contextmanager
    def of_unit(self, prepared: Prepared, texts: Sequence[Text]) -> Iterator[Resident]:
        """A Runner for some texts of one file, the first of them unchanged.

        Raises HandOver when the build has no resident program.
        """
        with self.of_units(prepared, [texts]) as residents:
            yield next(residents)

    @contextlib.contextmanager
    def of_units(
        self, prepared: Prepared, units: Sequence[Sequence[Text]], *, alike: bool = False
    ) -> Iterator[Iterator[Resident]]:
        """A Runner for each of some units of one file in turn, until the next one is asked for.

        `alike`: their texts are meant to do the same as the unchanged ones, so that many of them
        will have to be proved. Raises HandOver when the build has no resident program.
        """
        command = prepared.build.resident(prepared.project)
        if command is None:
            raise HandOver(f"the build {prepared.build.name} has no resident runner")
        batch = _Batch(self, prepared, command, tuple(tuple(texts) for texts in units), alike)
        with contextlib.closing(batch), contextlib.closing(batch.residents()) as residents:
            yield residents

    def close(self) -> None:
        """End every idle program."""
        with self._lock:
            programs = [program for idle in self._idle.values() for program in idle]
            self._idle.clear()
        for program in programs:
            program.close()

    def _take(self, prepared: Prepared, command: Command) -> Program:
        with self._lock:
            idle = self._idle[prepared.project.id]
            if idle:
                return idle.pop()
        return Program.start(self.sandbox, self.scratch, prepared, command)

    def _give_back(self, prepared: Prepared, program: Program) -> None:
        with self._lock:
            self._idle[prepared.project.id].append(program)


@dataclass
class _Batch:
    """Units of one file whose texts a program gets at once, where its build gains from that.

    When anything goes wrong, each unit that is left is loaded by itself: what one of them does
    befalls no other.
    """

    pool: Residents
    prepared: Prepared
    command: Command
    units: tuple[tuple[Text, ...], ...]
    alike: bool
    _program: Program | None = None

    def __post_init__(self) -> None:
        self._whole = len(self.units) > 1 and self.prepared.build.together(self.prepared.project)

    def residents(self) -> Generator[Resident]:
        first = 0
        for texts in self.units:
            resident = Resident(self, first, texts)
            try:
                yield resident
            finally:
                resident.release()
            first += len(texts)

    def open(self, unit: Resident) -> tuple[Program, int]:
        """A program that has the unit's texts loaded, and the number of their first one there.

        Raises HandOver.
        """
        if self._whole:
            try:
                self._program = self._program or self._loaded(self.units)
                return self._program, unit.first
            except HandOver:
                self._whole = False
        return self._loaded([unit.texts]), 0

    def back(self, program: Program) -> None:
        """Keep a program for the next unit, if it is as it was."""
        if not program.is_clean:
            self.drop(program)
        elif program is not self._program:
            self.pool._give_back(self.prepared, program)

    def drop(self, program: Program) -> None:
        if program is self._program:
            self._program, self._whole = None, False
        program.close()

    def part(self) -> bool:
        """Load units by themselves from now on; False where they are already."""
        was_whole, self._whole = self._whole, False
        self.close()
        return was_whole

    def close(self) -> None:
        program, self._program = self._program, None
        if program is not None:
            self.pool._give_back(self.prepared, program)

    def _loaded(self, units: Sequence[Sequence[Text]]) -> Program:
        """Raises HandOver."""
        program = self.pool._take(self.prepared, self.command)
        path = units[0][0].unit.path
        request = {"do": "load", "path": path, "texts": described(units), "alike": self.alike}
        try:
            program.ask(request, PREPARE_SECONDS)
        except Gone as gone:
            program.close()
            raise HandOver(f"the resident runner was stopped: {gone}") from gone
        except HandOver:
            self.back(program)
            raise
        return program


@dataclass
class Resident:
    """A Runner for given texts of one file. Raises HandOver where the program gives up.

    `first` is the number of its first text in the batch.
    """

    batch: _Batch
    first: int
    texts: tuple[Text, ...]
    _program: Program | None = None
    _first: int = 0
    _refused: str = ""

    def compile(self, text: bytes, *, words: bool = True) -> Ran[Diagnostics]:
        step = self._build.compile(self._project, self._path)
        return self._asked("compile", text, step, COMPILE_SECONDS, {"words": words})

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        step = self._build.rerun(self._project, self._path, tests)
        more = {"tests": list(tests), "seconds": seconds}
        return self._asked("rerun", text, step, seconds + GRACE, more)

    def prove(self, text: bytes) -> Ran[Proof]:
        seconds = PROVE_SECONDS * len(self.batch.units)  # perhaps all are proved at once
        return self._asked("prove", text, Step((), proof), seconds, {})

    def compare(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Comparison]:
        more = {"tests": list(tests), "seconds": seconds}
        most = COMPILE_SECONDS + seconds + GRACE
        return self._asked("compare", text, Step((), comparison), most, more)

    def explore(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Exploration]:
        more = {"tests": list(tests), "seconds": seconds}
        most = COMPILE_SECONDS + 3 * seconds + GRACE
        return self._asked("explore", text, Step((), exploration), most, more)

    def ask(self, request: Mapping[str, Any], seconds: float) -> tuple[bytes, dict[str, Any]]:
        """One request to the program, which has the texts loaded. Raises HandOver."""
        if self._refused:
            raise HandOver(self._refused)
        program = self._program or self._load()
        number = self._first + request["number"]
        try:
            return program.ask({**request, "number": number}, seconds)
        except Gone as gone:
            self._program = None
            self.batch.drop(program)
            raise HandOver(f"the resident runner was stopped: {gone}") from gone

    def by_itself(self) -> bool:
        """Know no texts of other units from now on; False where none are known."""
        self.release()
        return self.batch.part()

    def release(self) -> None:
        """Leave the program to the next unit, if it is as it was."""
        program, self._program = self._program, None
        if program is not None:
            self.batch.back(program)

    @property
    def _build(self) -> Build:
        return self.batch.prepared.build

    @property
    def _project(self) -> Project:
        return self.batch.prepared.project

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
        command = f"resident: {verb} in {self.batch.command}"
        return Ran(result, command, taken, limit=limit, resident=True)

    def _load(self) -> Program:
        try:
            self._program, self._first = self.batch.open(self)
        except HandOver as reason:
            self._refused = str(reason)
            raise
        return self._program


__all__ = ["Resident", "Residents", "Text"]
