"""Own commands that build and test Java.

The commands are run as they are, and watched. During `instrument` the tests run once with an agent
of ours (`hosts/java/Witness`, by JAVA_TOOL_OPTIONS), which writes down how each JVM that loaded a
test framework was started; class files say themselves which source they were made from. From then
on our own programs run the tests of the reports in the same JVMs, one by one, under JaCoCo. A
changed file is compiled by the user's own `compile` or `build`, its old class files removed before.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from codeaug.builds import Harvest, Measurement, Step, Tool, java_host
from codeaug.builds.custom_native import home, prepared
from codeaug.builds.java_reports import (
    Cases,
    read_measurement,
    read_rerun,
    read_xml,
    report_lines,
)
from codeaug.builds.native import LOG_LIMIT, environment
from codeaug.model import Command, Diagnostics, Outcome, Project, Rerun, TestReport, content_id

SECONDS = 3600.0
_JACOCO = "/deps/codeaug-jacoco"
_PROGRAMS = ("Outputs", "Observed", "Recompile")
_DIAGNOSTIC = re.compile(
    r"^\s*(?:\[javac\] )?(?:\S[^:\n]*:\d+: )?(?P<kind>error|warning): (?P<text>.+)$"
)
_PATH = re.compile(r"(?:/[\w.$@+-]+){2,}")
# javac shows a hundred of each otherwise: a new one would hide the last of the old
_ALL_MESSAGES = "-Xmaxwarns 100000 -Xmaxerrs 100000"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>codeaug</groupId><artifactId>jacoco</artifactId><version>1</version><dependencies>
<dependency><groupId>org.jacoco</groupId><artifactId>org.jacoco.core</artifactId>
<version>{java_host.JACOCO}</version></dependency>
<dependency><groupId>org.jacoco</groupId><artifactId>org.jacoco.agent</artifactId>
<version>{java_host.JACOCO}</version><classifier>runtime</classifier></dependency>
</dependencies></project>"""
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"


def tools(_: Project) -> list[Tool]:
    """A JDK, and Maven, which alone fetches JaCoCo: the project itself need not know it."""
    return [
        Tool("javac", "apt-get install default-jdk-headless"),
        Tool("mvn", "apt-get install maven (it fetches JaCoCo, which tells what tests run)"),
    ]


def fetch(project: Project) -> list[Command]:
    maven = ("mvn", "-B", "-q", "-f", "/tmp/pom.xml", _COPY, f"-DoutputDirectory={_JACOCO}")
    script = (
        f"printf %s {shlex.quote(_POM)} > /tmp/pom.xml && "
        f'MAVEN_OPTS="$MAVEN_OPTS {java_host.FAST_JVM}" {shlex.join(maven)}'
    )
    return [*prepared(project), Command(("sh", "-c", script), seconds=SECONDS, network=True)]


def build(project: Project) -> list[Command]:
    """Our programs and a list of the repository's own sources, then the user's `build`."""
    folder = _folder(project)
    witness = f"{folder}/witness"
    ours = (
        f"rm -rf {folder} && {java_host.compiled(folder, f'{_JACOCO}/*', _PROGRAMS)} && "
        "find . -name .codeaug-build -prune -o -name '*.java' -type f -print "
        f"> {folder}/sources.txt && mkdir -p {witness} {folder}/seen && "
        f"{java_host.JAVAC} -d {witness} {java_host.HOST}/Facts.java {java_host.HOST}/Witness.java "
        f"&& echo 'Premain-Class: codeaug.Witness' > {witness}/manifest && "
        f"jar cfm {folder}/witness.jar {witness}/manifest -C {witness} codeaug"
    )
    commands = [Command(("sh", "-c", ours), seconds=SECONDS)]
    if project.option("build"):
        commands.append(_command(project, project.option("build")))
    return commands


def test(project: Project) -> Step[TestReport]:
    run = _command(project, _tests(project))
    return Step((run,), partial(_read_tests, project))


def instrument(project: Project) -> list[Command]:
    """The tests once more, watched, then what was seen of them."""
    folder = _folder(project)
    watched = f"-javaagent:{folder}/witness.jar={folder}/seen"
    observed = (
        *("java", "-cp", f"{folder}/host.jar", "codeaug.Observed", "/repo", home(project)),
        *(folder, project.option("report"), _JACOCO),
    )
    learnt = f"{shlex.join(observed)} && {{ {java_host.prepared(folder, home(project), '')}; }}"
    return [
        # tests that fail are told by `test`, or are named in `ignore_tests`
        _command(project, f"( {_tests(project)}\n) || true", watched),
        Command(("sh", "-c", learnt), seconds=SECONDS),
    ]


def measure(project: Project) -> Step[Measurement]:
    folder = _folder(project)
    run = java_host.measure(folder, SECONDS)
    return Step((run,), partial(read_measurement, f"{folder}/facts.txt"))


def compile_(project: Project, path: str) -> Step[Diagnostics]:
    folder = _folder(project)
    args = (
        *("java", "-XX:+UseSerialGC", *java_host.FAST_JVM.split(), "-cp", f"{folder}/host.jar"),
        *("codeaug.Recompile", folder, "/repo", path, home(project), *_compilers(project)),
    )
    file = path.removeprefix(f"{project.root}/")
    env = (*_environment(project), ("JDK_JAVAC_OPTIONS", _ALL_MESSAGES), ("FILE", file))
    return Step((Command(args, env=env),), _read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    commands = java_host.rerun(_folder(project), path, tests, SECONDS)
    return Step(commands, partial(read_rerun, frozenset(tests)))


def resident(project: Project) -> Command:
    command = java_host.resident(_folder(project))
    return replace(command, env=(*command.env, *environment(project).items()))


def _folder(project: Project) -> str:
    return f"/repo/.codeaug-build/custom-{content_id(project.root)[:8]}"


def _tests(project: Project) -> str:
    """The user's `test`, after the reports of an earlier run were removed."""
    clean = ("java", "-cp", f"{_folder(project)}/host.jar", "codeaug.Reported", home(project))
    return f"{shlex.join((*clean, project.option('report')))} || exit 1\n{project.option('test')}"


def _compilers(project: Project) -> tuple[str, str]:
    """What compiles a changed file, and what may do so besides."""
    if project.option("compile"):
        return project.option("compile"), ""
    return project.option("build"), project.option("test")


def _command(project: Project, script: str, *flags: str) -> Command:
    env = _environment(project, *flags)
    return Command(("sh", "-c", script), home(project), env, SECONDS)


def _environment(project: Project, *flags: str) -> tuple[tuple[str, str], ...]:
    """The user's variables; every JVM keeps to the sandbox's memory and has our `flags`."""
    env = environment(project)
    own = env.get("JAVA_TOOL_OPTIONS", "")
    return tuple({**env, "JAVA_TOOL_OPTIONS": " ".join([java_host.HEAP, *flags, own])}.items())


def _read_tests(project: Project, outcomes: Sequence[Outcome], harvest: Harvest) -> TestReport:
    from junitparser import JUnitXmlError

    cases, unreadable = Cases(), ""
    pattern = "/".join(filter(None, (project.root, project.option("report"))))
    for path in harvest.find(pattern):
        try:
            read_xml(cases, "", harvest.read(path))
        except (JUnitXmlError, SyntaxError, ValueError):
            unreadable = f"{path} is not a readable test report"
    problem = unreadable or _problem(outcomes[-1], cases.report(True, ""), pattern)
    return cases.report(not problem, problem)


def _problem(outcome: Outcome, report: TestReport, pattern: str) -> str:
    if outcome.timed_out:
        return f"the tests did not end within {outcome.seconds:.0f} s"
    if outcome.limit:
        return f"the tests were stopped: {outcome.limit}"
    how = f"the test command ended with exit code {outcome.exit_code}"
    if not report.outcomes:
        last = "\n".join(f"{outcome.out}\n{outcome.err}".strip().splitlines()[-20:])
        return f"{how}, and no report with a test matches {pattern!r}. {last}".strip()
    if not outcome.ok and not report.failed:
        return f"{how}, though no test of its reports failed"
    return ""


def _read_diagnostics(outcomes: Sequence[Outcome], _: Harvest) -> Diagnostics:
    end = next((line for line in report_lines(outcomes) if line.get("end")), {})
    log = "".join(outcome.out for outcome in outcomes)
    problem = end.get("problem", "the build was stopped")
    messages = tuple(sorted(_messages(log)))
    if problem and not any(message.startswith("error: ") for message in messages):
        messages = (*messages, f"error: {problem}")
    return Diagnostics(bool(end.get("ok")), messages, log[-LOG_LIMIT:])


def _messages(log: str) -> Iterator[str]:
    """`kind: text` of each error and warning of javac, alone or under Ant or Gradle."""
    for line in log.splitlines():
        found = _DIAGNOSTIC.match(line)
        if found:
            yield f"{found['kind']}: {_PATH.sub('…', found['text'])}"
