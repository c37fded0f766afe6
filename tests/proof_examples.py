"""Which examples of the transforms the provers prove, in `codeaug/transforms/proofs.json`.

    python -m tests.proof_examples > codeaug/transforms/proofs.json

Each example that changes something is a pair of files. What does not compile beside
`tests/proof_worlds` is no pair. The provers are those of the check `proved`, asked in bulk: one
interpreter, one JVM, one file of C++.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from codeaug.builds.maven import BUILD
from codeaug.builds.maven_proof import Request, prove, read
from codeaug.languages import find_units
from codeaug.model import Project, Unit
from codeaug.runners.hosts.native.proof import job
from codeaug.runners.hosts.native.proof.asked import Function
from codeaug.runners.hosts.native.proof.lines import Line
from codeaug.sandbox import probe
from codeaug.transforms import Example, load

HERE = Path(__file__).parent
HOSTS = HERE.parent / "codeaug" / "runners" / "hosts"
WORLDS = HERE / "proof_worlds"
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
STANDARD = "-std=c++20"

Answers = Mapping[int, bool]
"""Of each pair by its number, whether it was proved; what does not compile is not there."""
Proofs = dict[str, dict[str, tuple[int, int]]]
"""By transform and language: how many of how many."""


@dataclass(frozen=True)
class Pair:
    """The unit of `before` that becomes another in `after`."""

    transform: str
    unit: Unit
    before: str
    after: str


def pairs(language: str, only: Collection[str] = ()) -> dict[int, Pair]:
    """Every example of a language that changes something, of all transforms or of these alone, by
    number."""
    numbers = count()
    found = (
        _pair(one.name, example)
        for one in load()
        for example in one.examples
        if example.language == language and example.after and (not only or one.name in only)
    )
    return {next(numbers): pair for pair in found}


def _pair(transform: str, example: Example) -> Pair:
    before, after = example.before.encode(), example.after.encode()
    start = next(n for n in range(len(before)) if before[: n + 1] != after[: n + 1])
    units = find_units(example.language, before, f"a.{example.language}", "")
    around = [u for u in units if isinstance(u, Unit) and u.span.start <= start < u.span.end]
    return Pair(transform, max(around, key=lambda u: u.span.start), example.before, example.after)


def proofs(only: Collection[str] = ()) -> Proofs:
    """How many examples of each transform were proved, of how many that compile."""
    found: Proofs = {}
    for language, asked in (("java", java), ("cpp", cpp), ("python", python)):
        known = pairs(language, only)
        answers = asked(known)
        for number, pair in known.items():
            row = found.setdefault(pair.transform, {})
            proved, all_ = row.get(language, (0, 0))
            here = number in answers
            row[language] = (proved + (here and answers[number]), all_ + here)
    return {name: dict(sorted(row.items())) for name, row in sorted(found.items())}


# --- Python ---------------------------------------------------------------------------------------

_CHILD = """
import json, sys
from pyhost.proof import prove
for line in sys.stdin:
    name, at, original, changed = json.loads(line)
    print(json.dumps(prove(original, changed, name, at)[0]))
"""


def python(known: Mapping[int, Pair]) -> Answers:
    asked = (
        json.dumps([one.unit.qualified_name, one.unit.line, one.before, one.after])
        for one in known.values()
    )
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], input="\n".join(asked), cwd=HOSTS, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    return dict(zip(known, map(json.loads, done.stdout.splitlines()), strict=True))


# --- Java -----------------------------------------------------------------------------------------

_IMPORTS = (
    "import java.io.*; import java.nio.file.*; import java.util.*; import java.util.function.*; "
    "import java.util.stream.*; import world.World; import world.World.*; "
)


def java(known: Mapping[int, Pair]) -> Answers:
    with tempfile.TemporaryDirectory(prefix="codeaug-proofs-") as scratch:
        tree, deps = Path(scratch, "tree"), Path(scratch, "deps")
        shutil.copytree(HERE / "repos" / "java-maven-junit4", tree)
        deps.mkdir()
        Path(scratch, "scratch").mkdir()
        root = tree / "17"
        root.mkdir()
        world = ["javac", "-d", str(tree / "world"), str(WORLDS / "World.java")]
        subprocess.run(world, check=True)
        texts = {n: tuple(_placed(n, text) for text in (one.before, one.after))
                 for n, one in known.items()}  # fmt: skip
        compiling = _compiling(root, texts)
        for number in compiling:
            (root / f"e{number}" / "A.java").write_text(texts[number][0])
        asked = [
            Request(f"17/e{number}/A.java", known[number].unit.qualified_name, *_two(texts[number]))
            for number in compiling
        ]
        return dict(zip(compiling, _proved(tree, deps, Path(scratch), asked), strict=True))


def _two(texts: Sequence[str]) -> tuple[str, tuple[str]]:
    return texts[0], (texts[1],)


def _placed(number: int, text: str) -> str:
    """In a package of its own; a class without a superclass inherits the world's names."""
    text = re.sub(r"\bclass A \{", "class A extends World {", text, count=1)
    return f"package e{number}; {_IMPORTS}{text}"


def _compiling(root: Path, texts: Mapping[int, Sequence[str]]) -> list[int]:
    """Those of which both texts compile."""
    bad: set[int] = set()
    for side in (0, 1):
        for number, both in texts.items():
            folder = root / f"e{number}"
            folder.mkdir(exist_ok=True)
            (folder / "A.java").write_text(both[side])
        files = map(str, root.glob("*/*.java"))
        done = subprocess.run(
            ["javac", "-XDshould-stop.ifError=FLOW", "-Xmaxerrs", "9999", "-proc:none",
             "-cp", str(root.parent / "world"), "-d", str(root.parent / "none"), *files],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        bad |= {int(one) for one in re.findall(r"/e(\d+)/A\.java:\d+: error", done.stderr)}
    for number in bad:
        shutil.rmtree(root / f"e{number}")
    return [number for number in texts if number not in bad]


def _proved(tree: Path, deps: Path, scratch: Path, asked: Sequence[Request]) -> list[bool]:
    with probe().workspace(tree, deps=deps, scratch=scratch / "scratch", overlay=False) as made:
        project = Project("maven", "", ("java",))
        for step in (BUILD.fetch, BUILD.build, BUILD.instrument):
            for command in step(project):
                outcome = made.run(command)
                assert outcome.ok, outcome.out + outcome.err
        [host] = (tree / ".codeaug-build").glob("maven-*/host.jar")
        facts = (("kind", "compile"), ("root", "/repo/17"), ("option", "-g"),
                 ("option", "--release"), ("option", "17"), ("path", "/repo/world"))  # fmt: skip
        made.write(".codeaug-build/pairs/host.jar", host.read_bytes())
        lines = "".join(f"{key}\t{value}\n" for key, value in facts) + "\n"
        made.write(".codeaug-build/pairs/facts.txt", lines.encode())
        outcome = made.run(prove("/repo/.codeaug-build/pairs", "/deps/m2", JVM, asked))
        assert outcome.ok, outcome.err
        return [proof.proved for answer in read(outcome, asked) for proof in answer]


# --- C++ ------------------------------------------------------------------------------------------


def cpp(known: Mapping[int, Pair]) -> Answers:
    with tempfile.TemporaryDirectory(prefix="codeaug-proofs-") as scratch:
        folder = Path(scratch)
        shutil.copy(WORLDS / "world.hpp", folder)
        header = ["g++", STANDARD, "-x", "c++-header", "world.hpp"]
        subprocess.run(header, cwd=folder, check=True)
        good = [
            number for number, one in known.items()
            if all(_compiles(folder, number, text) for text in (one.before, one.after))
        ]  # fmt: skip
        (folder / "world.hpp.gch").unlink()
        text, functions = '#include "world.hpp"\n', []
        for number in good:
            text += f"namespace n{number} {{\n"
            functions.append(_function(known[number], len(text)))
            text += f"{_without_includes(known[number].before)}\n}}\n"
        path = folder / "pairs.cpp"
        path.write_text(text)
        line = Line("g++", (STANDARD,), str(path), str(folder))
        found = job.prove(str(path), text, functions, [line])
        return {number: bool(found.answers[n, 0].proved) for n, number in enumerate(good)}


def _without_includes(text: str) -> str:
    return re.sub(r"^[ \t]*#[ \t]*include\b.*\n", "", text, flags=re.M)


def _compiles(folder: Path, number: int, text: str) -> bool:
    text = _without_includes(text)
    if re.search(r"^[ \t]*#", text, re.M):  # a macro would be the others', too
        return False
    (folder / "one.cpp").write_text(f'#include "world.hpp"\nnamespace n{number} {{\n{text}\n}}\n')
    command = ["g++", STANDARD, "-fsyntax-only", "-w", "one.cpp"]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def _function(pair: Pair, start: int) -> Function:
    """The unit where its text stands, and its other text; a transform changes nothing before it."""
    gone = len(pair.before) - len(_without_includes(pair.before))
    data, unit = pair.before.encode(), pair.unit
    begin, body, end = (
        len(data[:at].decode()) for at in (unit.span.start, unit.body.start, unit.span.end)
    )
    tail = len(pair.before) - end
    changed = pair.after[begin : len(pair.after) - tail]
    at = start - gone
    return Function(at + begin, at + end, at + body, (changed,))


if __name__ == "__main__":
    rows = (f" {json.dumps(name)}: {json.dumps(row)}" for name, row in proofs().items())
    print("{\n" + ",\n".join(rows) + "\n}")
