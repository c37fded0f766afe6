"""Where units are compiled and tested: resident while it can be right, cold where it hands over."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from codeaug.builds import Prepared
from codeaug.model import Comparison, Diagnostics, Exploration, Proof, Rerun
from codeaug.runners import HandOver, Ran, Runner
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from codeaug.sandbox import Sandbox

Result = TypeVar("Result")


class Workshop:
    """Runners for the units of prepared projects. Leaving it ends all resident programs.

    With `resident` False everything is cold. Safe to use from several threads.
    """

    def __init__(self, sandbox: Sandbox, scratch: Path, *, resident: bool) -> None:
        self.sandbox, self.scratch = sandbox, scratch
        self._residents = Residents(sandbox, scratch) if resident else None

    def __enter__(self) -> Workshop:
        return self

    def __exit__(self, *_: object) -> None:
        if self._residents:
            self._residents.close()

    @contextlib.contextmanager
    def unit(self, prepared: Prepared, texts: Sequence[Text]) -> Iterator[UnitRunner]:
        """A Runner for some texts of one file, the first of them unchanged."""
        with self.units(prepared, [texts]) as runners:
            yield next(runners)

    @contextlib.contextmanager
    def units(
        self, prepared: Prepared, units: Sequence[Sequence[Text]], *, alike: bool = False
    ) -> Iterator[Iterator[UnitRunner]]:
        """A Runner for each of some units of one file in turn, until the next one is asked for.

        `alike`: the texts are meant to do the same, see `Residents.of_units`.
        """
        with contextlib.ExitStack() as stack:
            residents: Iterator[Resident] | None = None
            if self._residents:
                with contextlib.suppress(HandOver):
                    opened = self._residents.of_units(prepared, units, alike=alike)
                    residents = stack.enter_context(opened)
            runners = self._runners(prepared, units, residents)
            yield stack.enter_context(contextlib.closing(runners))

    def _runners(
        self,
        prepared: Prepared,
        units: Sequence[Sequence[Text]],
        residents: Iterator[Resident] | None,
    ) -> Generator[UnitRunner]:
        for texts in units:
            path = texts[0].unit.path
            with contextlib.ExitStack() as stack:
                open_cold = partial(self._open_cold, stack, prepared, path)
                yield UnitRunner(open_cold, next(residents) if residents else None)

    def _open_cold(self, stack: contextlib.ExitStack, prepared: Prepared, path: str) -> Cold:
        return stack.enter_context(self.cold(prepared, path))

    @contextlib.contextmanager
    def cold(self, prepared: Prepared, path: str) -> Iterator[Cold]:
        """A Runner for one file that starts every program anew, in a workspace of its own."""
        with self.sandbox.workspace(
            prepared.tree, deps=prepared.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            yield Cold(prepared.build, prepared.project, workspace, path)


@dataclass
class UnitRunner:
    """A Runner: the resident program, or the cold steps for what it hands over.

    `reasons` says, for each text that was handed over, why.
    """

    open_cold: Callable[[], Cold]
    resident: Resident | None = None
    reasons: dict[bytes, str] = field(default_factory=dict)
    _cold: Cold | None = None

    def compile(self, text: bytes, *, words: bool = True) -> Ran[Diagnostics]:
        return self._first(text, lambda runner: runner.compile(text, words=words))

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        return self._first(text, lambda runner: runner.rerun(text, tests, seconds))

    def prove(self, text: bytes) -> Ran[Proof]:
        return self._first(text, lambda runner: runner.prove(text), lasting=False)

    def compare(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Comparison]:
        return self._first(text, lambda runner: runner.compare(text, tests, seconds), lasting=False)

    def explore(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Exploration]:
        return self._first(text, lambda runner: runner.explore(text, tests, seconds), lasting=False)

    def by_itself(self) -> bool:
        """Let the resident program know no other unit's texts; False where it knows none."""
        return self.resident is not None and self.resident.by_itself()

    def _first(
        self, text: bytes, ask: Callable[[Runner], Ran[Result]], *, lasting: bool = True
    ) -> Ran[Result]:
        """`ask` the resident program unless it handed this text over before.

        What it cannot compile or test stays with the cold steps; a proof or a comparison that it
        cannot make changes nothing.
        """
        if self.resident is not None and text not in self.reasons:
            try:
                return ask(self.resident)
            except HandOver as reason:
                if lasting:
                    self.reasons[text] = str(reason)
        if self._cold is None:
            self._cold = self.open_cold()
        return ask(self._cold)
