"""The unchanged project: built, tested the user's own way, and tested again under coverage.

A test that does not pass both times is quarantined by name.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

from codeaug.builds import Build, Measurement, Prepared, Result, Step
from codeaug.errors import BrokenBaseline, MissingTool
from codeaug.git import export
from codeaug.model import (
    Baseline,
    Command,
    Coverage,
    Outcome,
    Project,
    Repository,
    TestReport,
    content_id,
)
from codeaug.oracles.projects import missing_tools
from codeaug.runners.steps import perform
from codeaug.sandbox import Sandbox
from codeaug.settings import Settings

LOG_LINES = 40
BUILD_FILES = (
    "pom.xml", "*.gradle", "*.gradle.kts", "CMakeLists.txt", "*.cmake", "Makefile", "makefile",
    "GNUmakefile", "pyproject.toml", "setup.py", "setup.cfg", "*requirements*.txt", "tox.ini",
    "build.xml", "ivy.xml",
)  # fmt: skip

Note = Callable[[str], None]


def home(repository: Repository, project: Project, work: Path) -> Path:
    """The folder of a prepared project: its built tree and what was measured."""
    return work / "projects" / content_id(repository.commit, project.id)


def prepare(
    repository: Repository,
    project: Project,
    build: Build,
    sandbox: Sandbox,
    work: Path,
    settings: Settings,
    note: Note,
) -> tuple[Prepared, Coverage]:
    """Build and measure the unchanged project.

    Raises MissingTool, and BrokenBaseline when it does not build or its tests do not pass.
    """
    for program, hint in missing_tools(build, project):
        raise MissingTool(f"{program} is missing, which {build.name} needs: {hint}")
    place = home(repository, project, work)
    shutil.rmtree(place, ignore_errors=True)
    partial = place / "partial"
    export(Path(repository.git_dir), repository.commit, partial)
    deps = work / "deps" / content_id(project.id, *_build_files(partial))
    bench = _Preparation(sandbox, partial, deps, work / "scratch", project, note)
    if not (deps / ".fetched").exists():
        shutil.rmtree(deps, ignore_errors=True)
        deps.mkdir(parents=True)
        bench.keep("dependencies", build.fetch(project))
        (deps / ".fetched").touch()
    bench.keep("build", build.build(project))
    first = bench.try_out("tests", build.test(project), settings.test_seconds)
    _must_pass(project, first, settings.ignore_tests)
    bench.keep("instrumentation", build.instrument(project))
    second = bench.try_out("coverage", build.measure(project), settings.test_seconds * 8)
    baseline = _baseline(first, second, settings.ignore_tests)
    tree = place / "tree"
    partial.rename(tree)
    return Prepared(project, build, tree, deps, baseline), second.coverage


@dataclass(frozen=True, slots=True)
class _Preparation:
    """Runs a build's steps on the unchanged tree, in the sandbox."""

    sandbox: Sandbox
    tree: Path
    deps: Path
    scratch: Path
    project: Project
    note: Note

    def keep(self, what: str, commands: Sequence[Command]) -> None:
        """Run `commands` in the tree itself; what they leave there stays."""
        if not commands:
            return
        self.note(f"{self._name}: {what}")
        with self.sandbox.workspace(
            self.tree, deps=self.deps, scratch=self.scratch, overlay=False
        ) as workspace:
            for command in commands:
                outcome = workspace.run(command)
                if not outcome.ok:
                    raise BrokenBaseline(self._sentence(what, outcome), _log(outcome))

    def try_out(self, what: str, step: Step[Result], seconds: float) -> Result:
        """Run a step in a throw-away copy of the tree and read its report."""
        self.note(f"{self._name}: {what}")
        bounded = Step(tuple(replace(c, seconds=seconds) for c in step.commands), step.read)
        with self.sandbox.workspace(
            self.tree, deps=self.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            result, outcomes = perform(workspace, bounded)
        ended = outcomes[-1] if outcomes else None
        if ended is not None and (ended.timed_out or ended.limit):
            raise BrokenBaseline(self._sentence(what, ended), _log(ended))
        return result

    @property
    def _name(self) -> str:
        return f"{self.project.build} in {self.project.root or '.'}"

    def _sentence(self, what: str, outcome: Outcome) -> str:
        how, mend = f"ended with exit code {outcome.exit_code}", "Mend the project"
        if outcome.timed_out:
            how = f"did not end within {outcome.seconds:.0f} s"
            mend = "Raise the setting test_seconds"
        elif outcome.limit:
            how = f"went over the limit on {outcome.limit}"
            mend = "Raise the setting memory_mib" if outcome.limit == "memory" else mend
        return (
            f"The unchanged project does not pass: {what} of {self._name} {how}. "
            f"{mend}, or set [build.{self.project.build}] options."
        )


def _build_files(tree: Path) -> Iterator[bytes]:
    """The files from which dependencies follow: fetched again only when one changes."""
    for pattern in BUILD_FILES:
        for path in sorted(tree.rglob(pattern)):
            if path.is_file() and not path.is_symlink():
                yield os.fsencode(path.relative_to(tree))
                yield path.read_bytes()


def _log(outcome: Outcome) -> str:
    text = f"{outcome.out}\n{outcome.err}".strip()
    return "\n".join(text.splitlines()[-LOG_LINES:])


def _must_pass(project: Project, report: TestReport, ignored: Sequence[str]) -> None:
    failed = [test for test in report.failed if not _matches(test, ignored)]
    name = f"{project.build} in {project.root or '.'}"
    if failed:
        some = ", ".join(failed[:5]) + (f" and {len(failed) - 5} more" if len(failed) > 5 else "")
        log = "\n\n".join(f"{t}:\n{report.detail.get(t, '')}" for t in failed[:5])
        raise BrokenBaseline(
            f"The unchanged project does not pass: {len(failed)} test(s) of {name} fail: {some}. "
            "Mend them, or name them in the setting ignore_tests.",
            log,
        )
    if not report.complete and (report.outcomes or report.problem):
        raise BrokenBaseline(
            f"The unchanged project does not pass: the tests of {name} did not run to their end. "
            f"{report.problem}".strip()
        )


def _matches(test: str, patterns: Sequence[str]) -> bool:
    return any(test == pattern or fnmatchcase(test, pattern) for pattern in patterns)


def _baseline(first: TestReport, second: Measurement, ignored: Sequence[str]) -> Baseline:
    """Stable: passed the user's own way and again under coverage."""
    stable: dict[str, float] = {}
    quarantined: dict[str, str] = {}
    for test, outcome in first.outcomes.items():
        again = second.report.outcomes.get(test)
        if _matches(test, ignored):
            quarantined[test] = "named in ignore_tests"
        elif outcome == again == "passed":
            stable[test] = second.report.seconds.get(test, first.seconds.get(test, 0.0))
        elif outcome == "skipped":
            quarantined[test] = "skipped"
        else:
            quarantined[test] = f"{outcome}, then {again or 'not reported'}"
    problem = ""
    if not first.outcomes:
        problem = "the project has no tests"
    elif not stable:
        problem = "no test passes twice in a row"
    return Baseline(stable, quarantined, sum(first.seconds.values()), problem)
