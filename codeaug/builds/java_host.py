"""Our own Java programs (`runners/hosts/java`): how they are compiled and started.

A build writes `facts.txt` into a folder of ours below the repository: blocks of kind `compile`
(`output`, `root` ...) say which source becomes which class file, blocks of kind `suite` (`path`,
`argument`, `tests` ...) in what JVM which tests run. All else follows from those.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from codeaug.builds import maven_proof
from codeaug.builds.java_reports import split_id
from codeaug.model import Command

JACOCO = "0.8.13"
HOST = "/host/java"
# A JVM that lives for seconds spends most of them on its second compiler.
BRIEF = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
# Maven's container looks for extensions with an old class file reader; tests may run on Java 8.
JAVAC = f"javac -J{' -J'.join(BRIEF)} -nowarn -proc:none -source 8 -target 8"
# The JVM's own default is a quarter of the machine, which may be more than the sandbox allows.
HEAP = "-XX:MaxRAM=4g -XX:MaxRAMPercentage=50"
FAST_JVM = "-Xshare:auto -XX:TieredStopAtLevel=1"
LONGEST_ARGUMENTS = 1_000_000
_PROGRAMS = (
    *("Facts", "Report", "Patterns", "ClassFiles", "Sources", "Compile"),
    *("Lines", "Progress", "Reported", "TestRunner", "Candidates", "Tests", "Prepare"),
)
_RESIDENT = (
    *(
        "Json",
        "Cold",
        "Compiled",
        "Javac",
        "Guessed",
        "Lines",
        "Suites",
        "Processes",
        "Folder",
        "TestJvm",
    ),
    *("UnitCode", "Mined", "About", "NoCopy", "Shape", "Containers", "Frozen", "Source", "Lambdas"),
    *("Function", "Asking", "Copies", "Building", "Recorder", "Values", "Texts", "Moments"),
    *("Havoc", "Grown", "Declared", "Ranked", "Members", "Held", "Many", "Rest"),
    *("Lending", "Lent", "Journal"),
    *("Items", "ByField", "Edges", "Before", "Made", "Upkeep", "Subject"),
    *("Bounds", "Ends", "Invariants", "Domain", "Purpose", "Thrown", "Variables", "Side"),
    *("Ragged", "Comparing", "ReadyTest"),
    *("Rerun", "Supervisor", "Probes", "TextLoader", "SystemLoader", "Surroundings", "TestHost"),
)


def compiled(folder: str, jacoco: str, programs: Sequence[str] = ()) -> str:
    """A shell command that makes `folder`/host.jar of our programs; `jacoco` has its ASM, too."""
    inner = (*(f"proof/{n}" for n in maven_proof.PROGRAMS), *(f"resident/{n}" for n in _RESIDENT))
    sources = " ".join(f"{HOST}/{name}.java" for name in (*_PROGRAMS, *programs, *inner))
    return (
        f"mkdir -p {folder}/host && {JAVAC} -cp {shlex.quote(jacoco)} -d {folder}/host {sources} "
        f"&& jar cf {folder}/host.jar -C {folder}/host ."
    )


def prepared(folder: str, root: str, jvm: str) -> str:
    """A shell command that writes the scripts for the later steps, as `facts.txt` has it."""
    args = ("codeaug.Prepare", "/repo", root, folder, HOST, jvm)
    # javac's own classes, loaded and linked, in an archive: it starts in half the time (JDK 13+)
    archive = (
        "archive=; java -XX:+PrintFlagsFinal -version 2>&1 | grep -q ArchiveClassesAtExit && "
        f"archive=-XX:ArchiveClassesAtExit={folder}/javac.jsa"
    )
    return f"{archive}; java $archive {shlex.join((*BRIEF, '-cp', f'{folder}/host.jar', *args))}"


def measure(folder: str, seconds: float) -> Command:
    """The whole suite, and which test executes what."""
    script = ("sh", f"{folder}/measure.sh", "measure")
    return Command(script, env=(("CODEAUG_JVM", HEAP),), seconds=seconds)


def rerun(folder: str, path: str, tests: Sequence[str], seconds: float) -> tuple[Command, ...]:
    """The tests, one JVM for each module (and suite in it) that has some of them."""
    return tuple(
        Command(
            ("sh", f"{folder}/modules/{module}/rerun.sh", "rerun", path, *arguments),
            env=(("CODEAUG_JVM", f"{HEAP} {FAST_JVM}"),),
            seconds=seconds,
        )
        for module, arguments in _by_module(tests)
    )


def resident(folder: str) -> Command:
    """The program that stays. Each of its processes may use a day of processor time."""
    jvm = (("CODEAUG_JVM", f"{HEAP} {FAST_JVM}"),)
    return Command(("sh", f"{folder}/resident.sh"), env=jvm, seconds=86_400)


def _by_module(tests: Sequence[str]) -> Sequence[tuple[str, tuple[str, ...]]]:
    """`module:pkg.Class#a`, `module:pkg.Class#b` -> (`module`, (`pkg.Class#a\\nb`,)).

    In their order: a class is named again where tests of others stand between its own. Whole
    classes are named, once, where the methods would make the command line too long.
    """
    modules: dict[str, list[tuple[str, list[str]]]] = {}
    for test in tests:
        module, owner, method = split_id(test)
        owners = modules.setdefault(module, [])
        if not owners or owners[-1][0] != owner:
            owners.append((owner, []))
        owners[-1][1].append(method)
    if sum(len(test) for test in tests) > LONGEST_ARGUMENTS:
        return [(module, tuple(dict(owners))) for module, owners in modules.items()]
    return [
        (module, tuple(o if "" in m else f"{o}#" + "\n".join(m) for o, m in owners))
        for module, owners in modules.items()
    ]
