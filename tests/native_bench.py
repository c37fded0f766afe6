"""What the tests of compiled projects share: a project of tests/repos, taken through all steps."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from codeaug.builds import Build, Measurement
from codeaug.model import Command, Diagnostics, Outcome, Project, Rerun, TestOutcome, TestReport
from codeaug.runners.steps import perform
from codeaug.sandbox import Sandbox, Workspace, probe

REPOS = Path(__file__).parent / "repos"


@dataclass(frozen=True)
class Files:
    """A tree in memory."""

    texts: Mapping[str, str]

    @property
    def paths(self) -> Sequence[str]:
        return sorted(self.texts)

    def read(self, path: str) -> bytes:
        return self.texts[path].encode()


def tree_of(folder: Path) -> Files:
    paths = [p for p in folder.rglob("*") if p.is_file()]
    return Files({str(p.relative_to(folder)): p.read_text("utf-8") for p in paths})


@dataclass(frozen=True)
class Bench:
    """One project in a folder of its own."""

    build: Build
    project: Project
    sandbox: Sandbox
    folder: Path

    def keep(self, commands: Sequence[Command]) -> list[Outcome]:
        """Run commands in the tree itself, up to the first that fails."""
        outcomes = []
        with self.sandbox.workspace(
            self.folder / "tree",
            deps=self.folder / "deps",
            scratch=self.folder / "scratch",
            overlay=False,
        ) as workspace:
            for command in commands:
                outcomes.append(workspace.run(command))
                if not outcomes[-1].ok:
                    break
        return outcomes

    def copy(self) -> AbstractContextManager[Workspace]:
        """A workspace on a throw-away copy of the tree."""
        return self.sandbox.workspace(
            self.folder / "tree",
            deps=self.folder / "deps",
            scratch=self.folder / "scratch",
            overlay=True,
        )

    def test(self) -> TestReport:
        with self.copy() as workspace:
            return perform(workspace, self.build.test(self.project))[0]

    def measure(self) -> Measurement:
        with self.copy() as workspace:
            return perform(workspace, self.build.measure(self.project))[0]

    def compile(self, workspace: Workspace, path: str, text: str | None = None) -> Diagnostics:
        if text is not None:
            workspace.write(path, text.encode())
        return perform(workspace, self.build.compile(self.project, path))[0]

    def rerun(self, workspace: Workspace, path: str, tests: Sequence[str]) -> Rerun:
        return perform(workspace, self.build.rerun(self.project, path, tests))[0]

    def text(self, path: str) -> str:
        return (self.folder / "tree" / path).read_text("utf-8")


def bench(name: str, build: Build, folder: Path, /, **options: str) -> Bench:
    """The project `name` of tests/repos in `folder`, with its dependencies' folder beside it."""
    tree = folder / "tree"
    shutil.copytree(REPOS / name, tree)
    for beside in ("deps", "scratch"):
        (folder / beside).mkdir()
    project = build.detect(tree_of(tree), options)[0]
    merged = replace(project, options=tuple((dict(project.options) | options).items()))
    return Bench(build, merged, probe(), folder)


def built(name: str, build: Build, folder: Path, /, **options: str) -> Bench:
    """The same, built plain and with coverage."""
    made = bench(name, build, folder, **options)
    for commands in (build.fetch, build.build, build.instrument):
        for outcome in made.keep(commands(made.project)):
            assert outcome.ok, outcome.out + outcome.err
    return made


def outcomes(report: TestReport) -> dict[str, str]:
    """Test id -> outcome, without the tests that stand for a program's output."""
    return {t: o.value for t, o in report.outcomes.items() if "::output=" not in t}


def output_of(report: TestReport, test: str) -> str:
    """The id of the test that stands for what `test` wrote."""
    prefix = f"{test}::output="
    return next(t for t in report.outcomes if t.startswith(prefix))


def passed(report: TestReport, test: str) -> bool:
    return report.outcomes.get(test) is TestOutcome.PASSED
