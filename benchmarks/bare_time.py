"""The bare time of a unit's tests: already loaded, on the unchanged code, with nothing around them.

The limit of what a resident program can reach. The programs of `bare/` run in the sandbox, on the
project as it was built, and repeat each unit's tests. Python: a process that has collected the
session. Java: a JVM that has loaded the classes. C++: the built programs without instrumentation,
started anew each time, for that is how their tests run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from projects import Able

from codeaug.builds import Prepared
from codeaug.model import Command
from codeaug.pipeline import Session
from codeaug.sandbox import Workspace

PROGRAMS = Path(__file__).resolve().parent / "bare"
HERE = "/repo/.codeaug-bench"
SECONDS = 3600.0

_SUITE = re.compile(
    r"(?P<java>exec .*? )-javaagent:\S+ (?P<mid>.*?)-cp (?P<path>'[^']*') codeaug\.Tests "
)


def bare_seconds(session: Session, chosen: Sequence[Able], seconds: float) -> list[float]:
    """The median of each unit's seconds, its tests repeated for `seconds`.

    The units are all of one project. Exits with the program's last words when they do not pass.
    """
    ready = chosen[0].prepared
    jobs = "\n".join("\t".join(one.oracle.tests) for one in chosen) + "\n"
    with session.sandbox.workspace(
        ready.tree, deps=ready.deps, scratch=session.work, overlay=True
    ) as workspace:
        workspace.write(".codeaug-bench/jobs", jobs.encode())
        for program in PROGRAMS.rglob("*.*"):
            if program.is_file() and program.suffix in (".py", ".java"):
                name = program.relative_to(PROGRAMS)
                workspace.write(f".codeaug-bench/{name}", program.read_bytes())
        outs = []
        for command, out in LANGUAGES[chosen[0].unit.language](workspace, ready, chosen, seconds):
            ended = workspace.run(command)
            if ended.exit_code:
                raise SystemExit(f"the bare tests do not run: {(ended.out + ended.err)[-2000:]}")
            outs.append(workspace.harvest.read(f".codeaug-bench/{out}").decode().split())
    return [sum(map(float, column)) for column in zip(*outs, strict=True)]


def _python(
    _: Workspace, ready: Prepared, chosen: Sequence[Able], seconds: float
) -> list[tuple[Command, str]]:
    """As the project's own tests are run, but by another program."""
    rerun = ready.build.rerun(ready.project, chosen[0].unit.path, ()).commands[0]
    job = json.dumps({**json.loads(rerun.args[-1]), "seconds": seconds})
    args = (rerun.args[0], f"{HERE}/tests.py", f"{HERE}/jobs", f"{HERE}/out", job)
    return [(replace(rerun, args=args, stdin="", seconds=SECONDS), "out")]


def _java(
    workspace: Workspace, ready: Prepared, chosen: Sequence[Able], seconds: float
) -> list[tuple[Command, str]]:
    """As the suites' own scripts start their JVMs, with another main class and no agent."""
    rerun = ready.build.rerun(ready.project, chosen[0].unit.path, chosen[0].oracle.tests)
    found = []
    for number, script in enumerate(workspace.harvest.find(".codeaug-build/*/suite-*.sh")):
        text = workspace.harvest.read(script).decode()
        last = text.rstrip().splitlines()[-1]
        started = _SUITE.search(last)
        assert started, f"{script} starts its JVM in another way"
        path = f"{HERE}:" + started["path"].strip("'")
        rest = last[started.end() :]
        last = f"{started['java']}{started['mid']}-cp '{path}' codeaug.BareTests {rest}"
        compiled = " && ".join(
            f"javac -nowarn -proc:none -d {HERE} -cp '{path}' {HERE}/codeaug/{name}.java {tolerant}"
            for name, tolerant in (
                ("BareTests", ""),
                ("BareJUnit4", "|| true"),
                ("BarePlatform", "|| true"),
            )
        )
        own = "\n".join([compiled, *text.rstrip().splitlines()[:-1], last])
        workspace.write(f".codeaug-bench/suite-{number}.sh", own.encode())
        args = ("sh", f"{HERE}/suite-{number}.sh", "1", "bare", f"{HERE}/jobs",
                f"{HERE}/out-{number}", str(seconds))  # fmt: skip
        command = replace(rerun.commands[0], args=args, seconds=SECONDS)
        found.append((command, f"out-{number}"))
    return found


def _cpp(
    _: Workspace, ready: Prepared, chosen: Sequence[Able], seconds: float
) -> list[tuple[Command, str]]:
    folder = "/".join(filter(None, ("/repo", ready.project.root, ".codeaug-build/plain")))
    args = ("python3", f"{HERE}/programs.py", f"{HERE}/jobs", f"{HERE}/out", folder, str(seconds))
    return [(Command(args, seconds=SECONDS), "out")]


Describe = Callable[[Workspace, Prepared, Sequence[Able], float], list[tuple[Command, str]]]
LANGUAGES: dict[str, Describe] = {"python": _python, "java": _java, "cpp": _cpp}
