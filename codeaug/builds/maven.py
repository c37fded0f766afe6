"""Maven: single and multi-module, JUnit 3 to 5, Surefire and Failsafe.

Maven itself runs for `fetch`, `build` and `test` only. In `build` a small core extension of ours
(`hosts/java/Spy.java`) writes down what Maven really gave javac, Surefire and Failsafe; from then
on our own programs compile one file, and run tests in one JVM for each module, without Maven.

Options, from the user's `[build.maven]` or from detection:

    pom         the POM to start from, relative to the project's root (default: pom.xml)
    goals       the phase that runs the tests (default: test; verify where Failsafe is used)
    arguments   further arguments of every mvn call, such as `-Pfast -Dkey=value`
    jvm         further arguments of the JVM in which we run tests, such as `-Xmx2g`
    seconds     the longest that one run of Maven or of the whole suite may take (default: 3600)

Held in our own test JVM as in Surefire's: class path, includes and excludes, groups, argLine
(without a JaCoCo agent of the project's own), system properties, environment, working directory,
assertions, configuration parameters. Where nothing says otherwise the heap may reach 2 GiB: the
sandbox holds 4. Not held: forking for each class, parallel runs (ours is one
test after another), module path, `dependenciesToScan`, suite XML files, TestNG. A test that such a
difference changes has two outcomes, one in `test` and one in `measure`, and so is not stable.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from functools import partial

from codeaug.builds import Build, Measurement, Step, Tool, java_host, maven_proof
from codeaug.builds.java_host import BRIEF, FAST_JVM, HEAP, HOST, JACOCO, JAVAC
from codeaug.builds.java_reports import read_diagnostics, read_measurement, read_rerun
from codeaug.builds.maven_poms import detect
from codeaug.builds.maven_reports import read_tests
from codeaug.model import Command, Diagnostics, Project, Rerun, TestReport, content_id

_REPOSITORY = "/deps/m2"
_SPY = ("Facts", "Spy", "MojoFacts", "Artifacts")
# Plug-ins that judge style, licences or releases, or want a git checkout: no word on behaviour.
_SKIPPED = (
    *("rat.skip", "checkstyle.skip", "pmd.skip", "cpd.skip", "spotbugs.skip", "findbugs.skip"),
    *("enforcer.skip", "maven.javadoc.skip", "maven.source.skip", "animal.sniffer.skip"),
    *("cyclonedx.skip", "japicmp.skip", "clirr.skip", "revapi.skip", "license.skip"),
    *("spotless.check.skip", "spotless.apply.skip", "fmt.skip", "formatter.skip", "impsort.skip"),
    *("forbiddenapis.skip", "sort.skip", "gpg.skip", "maven.install.skip", "maven.deploy.skip"),
    *("maven.buildNumber.skip", "maven.gitcommitid.skip", "mdep.analyze.skip"),
)


def _folder(project: Project) -> str:
    """Where we keep what we learn and compile, one folder for each project."""
    return f"/repo/.codeaug-build/maven-{content_id(project.root)[:8]}"


def _root(project: Project) -> str:
    return f"/repo/{project.root}".rstrip("/")


def _seconds(project: Project) -> float:
    return float(project.option("seconds", "3600"))


def _maven(project: Project, spy: str, facts: str, *arguments: str) -> str:
    """A shell command that runs Maven on the project under our extension."""
    skipped = (f"-D{name}=true" for name in _SKIPPED)
    args = (
        *("mvn", "-B", "-fae", "-f", project.option("pom", "pom.xml")),
        *(f"-Dmaven.repo.local={_REPOSITORY}", f"-Dmaven.ext.class.path={spy}"),
        *(f"-Dcodeaug.facts={facts}", f"-Dcodeaug.jacoco={JACOCO}", "-Dstyle.color=never"),
        *("-Djacoco.haltOnFailure=false", *skipped, *arguments, project.option("goals", "test")),
        *shlex.split(project.option("arguments")),
    )
    return shlex.join(args)


def _compile_spy(into: str) -> str:
    sources = " ".join(f"{HOST}/{name}.java" for name in _SPY)
    return (
        'home=$(dirname "$(dirname "$(readlink -f "$(command -v mvn)")")") && '
        f"mkdir -p {into}/META-INF/sisu && echo codeaug.Spy > {into}/META-INF/sisu/"
        f'javax.inject.Named && {JAVAC} -cp "$home/lib/*" -d {into} {sources}'
    )


def _shell(
    script: str,
    project: Project,
    cwd: str = "",
    network: bool = False,
    env: tuple[tuple[str, str], ...] = (),
) -> Command:
    # What the user asks of Maven, such as a proxy for fetching, comes last and holds.
    ours = f'export MAVEN_OPTS="{shlex.join((*HEAP.split(), *BRIEF))} $MAVEN_OPTS"'
    return Command(
        args=("sh", "-c", f"{ours}; {script}"),
        cwd=cwd or _root(project),
        env=env,
        seconds=_seconds(project),
        network=network,
    )


def tools(project: Project) -> Sequence[Tool]:
    return (
        Tool("mvn", "apt install maven"),
        Tool("javac", "apt install default-jdk-headless"),
    )


def fetch(project: Project) -> Sequence[Command]:
    """Lets Maven resolve by doing the real thing in a copy: all but the tests themselves.

    Surefire resolves its provider only when it starts, so it is started with a test's name that
    nothing has.
    """
    copy = f"/deps/tree/{project.root}".rstrip("/")
    maven = _maven(
        project,
        "/deps/spy",
        "/deps/tree/.codeaug-build",
        *("-Dtest=*#codeaugFetchesOnly", "-Dit.test=*#codeaugFetchesOnly"),
        *("-DfailIfNoTests=false", "-Dsurefire.failIfNoSpecifiedTests=false"),
        *("-Dfailsafe.failIfNoSpecifiedTests=false", "-Dmaven.test.failure.ignore=true"),
    )
    script = (
        f"rm -rf /deps/tree /deps/spy && cp -R /repo /deps/tree && {_compile_spy('/deps/spy')} && "
        f"cd {shlex.quote(copy)} && {maven} > /tmp/log 2>&1; status=$?; "
        "sed 's|/deps/tree/||g' /tmp/log; rm -rf /deps/tree; exit $status"
    )
    return (_shell(script, project, cwd="/repo", network=True),)


def build(project: Project) -> Sequence[Command]:
    """Everything compiled, no test run; our extension's facts are kept for the later steps."""
    folder = _folder(project)
    maven = _maven(project, f"{folder}/spy", folder, "-o", "-DskipTests")
    return (_shell(f"rm -rf {folder} && {_compile_spy(f'{folder}/spy')} && {maven}", project),)


def test(project: Project) -> Step[TestReport]:
    folder = _folder(project)
    maven = _maven(
        project,
        f"{folder}/spy",
        f"{folder}/test",
        *("-o", "-Dmaven.test.failure.ignore=true", "-Dsurefire.rerunFailingTestsCount=0"),
    )
    run = _shell(maven, project, env=(("JAVA_TOOL_OPTIONS", HEAP),))  # for Surefire's JVM
    return Step((run,), partial(read_tests, _root(project), f"{folder}/test"))


def instrument(project: Project) -> Sequence[Command]:
    """Our programs and scripts for the steps that follow, compiled with what `fetch` brought."""
    folder = _folder(project)
    jacoco = ":".join(
        f"{_REPOSITORY}/org/jacoco/org.jacoco.{part}/{JACOCO}/org.jacoco.{part}-{JACOCO}{kind}.jar"
        for part, kind in (("agent", "-runtime"), ("core", ""))
    )
    libraries = f"{jacoco}:{maven_proof.jars(_REPOSITORY)}"
    script = (
        f"{java_host.compiled(folder, libraries)} && "
        f"{{ {java_host.prepared(folder, _root(project), project.option('jvm'))}; }}"
    )
    return (_shell(script, project),)


def measure(project: Project) -> Step[Measurement]:
    folder = _folder(project)
    run = java_host.measure(folder, _seconds(project))
    return Step((run,), partial(read_measurement, f"{folder}/facts.txt"))


def compile(project: Project, path: str) -> Step[Diagnostics]:
    script = f"{_folder(project)}/compile.sh"
    run = Command(
        ("sh", script, path), env=(("CODEAUG_JVM", f"{FAST_JVM} -XX:+UseSerialGC"),), seconds=120
    )
    return Step((run,), read_diagnostics)


def rerun(project: Project, path: str, tests: Sequence[str]) -> Step[Rerun]:
    commands = java_host.rerun(_folder(project), path, tests, _seconds(project))
    return Step(commands, partial(read_rerun, frozenset(tests)))


def resident(project: Project) -> Command:
    return java_host.resident(_folder(project))


BUILD = Build(
    name="maven",
    languages=("java",),
    detect=detect,
    tools=tools,
    fetch=fetch,
    build=build,
    test=test,
    instrument=instrument,
    measure=measure,
    compile=compile,
    rerun=rerun,
    resident=resident,
)
