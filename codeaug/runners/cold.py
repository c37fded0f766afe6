"""The build's own steps in a workspace: every text is compiled and tested by new programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from codeaug.builds import Build, Result, Step
from codeaug.model import Comparison, Diagnostics, Exploration, Outcome, Project, Proof, Rerun
from codeaug.runners import Ran
from codeaug.runners.steps import Workspace, perform

LOG = 65536
ONLY_RESIDENT = "only the resident runner can"


@dataclass
class Cold:
    """A Runner for the file `path` of a project that is built in `workspace`."""

    build: Build
    project: Project
    workspace: Workspace
    path: str
    _present: bytes = field(default=b"", init=False)

    def compile(self, text: bytes, *, words: bool = True) -> Ran[Diagnostics]:
        self.workspace.write(self.path, text)
        self._present = text
        ran = _ran(self.workspace, self.build.compile(self.project, self.path))
        return replace(ran, log=ran.result.log)

    def rerun(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Rerun]:
        if text != self._present:
            self.compile(text)
        step = self.build.rerun(self.project, self.path, tests)
        bounded = tuple(replace(command, seconds=seconds) for command in step.commands)
        return _ran(self.workspace, Step(bounded, step.read))

    def prove(self, text: bytes) -> Ran[Proof]:
        return Ran(Proof(False, detail=ONLY_RESIDENT))

    def compare(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Comparison]:
        return Ran(Comparison(0, problem=ONLY_RESIDENT))

    def explore(self, text: bytes, tests: Sequence[str], seconds: float) -> Ran[Exploration]:
        return Ran(Exploration(problem=ONLY_RESIDENT))


def _ran(workspace: Workspace, step: Step[Result]) -> Ran[Result]:
    result, outcomes = perform(workspace, step)
    return Ran(
        result,
        " && ".join(map(str, step.commands)),
        sum(outcome.seconds for outcome in outcomes),
        outcomes[-1].exit_code if outcomes else None,
        "\n".join(outcome.out + outcome.err for outcome in outcomes)[-LOG:],
        _limit(outcomes),
    )


def _limit(outcomes: Sequence[Outcome]) -> str:
    return next((o.limit or "wall time" for o in outcomes if o.limit or o.timed_out), "")
