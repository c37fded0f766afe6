"""How many mutants a unit of a real project has, how long they take, and which do not compile.

`python benchmarks/mutations.py NAME...` (names of corpora.py) takes every unit that is no test. All
its mutants must fit their place; at most `--limit` of each unit, `--most` of the project, are
compiled: Python by `compile`, Java by one resident javac, C++ by `g++ -fsyntax-only`.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import corpora

from codeaug.languages import find_units, is_test, is_vendored, language_of, place
from codeaug.model import Unit
from codeaug.mutations import Mutant, mutants

HERE = Path(__file__).resolve().parent
ALL = 10**6


@dataclass(frozen=True)
class Made:
    """A mutant in its file."""

    path: Path
    unit: Unit
    mutant: Mutant
    text: bytes


Compile = Callable[[Path, list[Made]], list[str]]


def units(folder: Path, language: str) -> Iterator[tuple[Path, bytes, Unit]]:
    """The units of a project's own code."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if not path.is_file() or language_of(name) != language or is_vendored(name):
            continue
        source = path.read_bytes()
        if name.startswith(("example", "contrib", "docs/")) or is_test(language, name, source):
            continue
        for unit in find_units(language, source, name, ""):
            if isinstance(unit, Unit):
                yield path, source, unit


def python(_: Path, made: list[Made]) -> list[str]:
    """What Python says to each mutant; "" where it compiles."""
    return [_python(each) for each in made]


def _python(each: Made) -> str:
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(each.text, each.path.name, "exec")
    except SyntaxError as error:
        return str(error)
    return ""


def java(folder: Path, made: list[Made]) -> list[str]:
    """What javac says to each mutant, compiled alone against the project's classes."""
    with tempfile.TemporaryDirectory() as scratch:
        classes, changed = Path(scratch, "classes"), Path(scratch, "changed")
        classes.mkdir()
        changed.mkdir()
        sources = [str(path) for path in folder.rglob("src/main/**/*.java")]
        subprocess.run(["javac", "-nowarn", "-d", classes, *sources], check=True)
        for number, each in enumerate(made):
            place_of = changed / str(number)
            place_of.mkdir()
            (place_of / each.path.name).write_bytes(each.text)
        done = subprocess.run(
            ["java", HERE / "CompileEach.java", classes, changed, str(len(made))],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return done.stdout.split("\n")[: len(made)]


def cpp(folder: Path, made: list[Made]) -> list[str]:
    """What g++ says to each mutant; a header is compiled through a source that includes it."""
    return [_cpp(folder, each) for each in made]


def _cpp(folder: Path, each: Made) -> str:
    original = each.path.read_bytes()
    source = each.path
    if each.path.suffix not in (".cpp", ".cc", ".cxx"):
        named = each.path.name.encode()
        found = (p for p in sorted(folder.rglob("*.cpp")) if named in p.read_bytes())
        source = next(found, each.path)
    try:
        each.path.write_bytes(each.text)
        done = subprocess.run(
            ["g++", "-std=c++17", "-fsyntax-only", "-w", "-I", folder, "-I", folder / "include",
             "-I", source.parent, source], capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        each.path.write_bytes(original)
    lines = [line for line in done.stderr.split("\n") if "error:" in line]
    return lines[0].split("error:")[-1].strip() if done.returncode and lines else ""


COMPILE: dict[str, Compile] = {"python": python, "java": java, "cpp": cpp}


def measure(name: str, limit: int, most: int, verbose: bool) -> None:
    """Prints one project's figures."""
    folder, language = corpora.fetch(name), corpora.CORPORA[name].language
    chosen: list[Made] = []
    counts: list[int] = []
    spent: list[float] = []
    misplaced = 0
    for path, source, unit in units(folder, language):
        begun = time.perf_counter()
        few = mutants(unit, source, limit)
        spent.append(time.perf_counter() - begun)
        found = mutants(unit, source, ALL)
        counts.append(len(found))
        for mutant in found:
            text = fitted(unit, source, mutant)
            misplaced += text is None
            if text is not None and mutant in few:
                chosen.append(Made(path, unit, mutant, text))
    sample = random.Random(0).sample(chosen, min(most, len(chosen)))
    problems = COMPILE[language](folder, sample)
    refused = [(each, problem) for each, problem in zip(sample, problems, strict=True) if problem]
    counts.sort()
    spent.sort()
    total = sum(counts)
    print(
        f"{name}: {len(counts)} units, {total} mutants, {total / len(counts):.1f} a unit "
        f"(median {counts[len(counts) // 2]}, none {sum(not c for c in counts)}), misplaced "
        f"{misplaced}; {1000 * sum(spent) / len(spent):.1f} ms a unit for {limit} (median "
        f"{1000 * spent[len(spent) // 2]:.1f}); {len(refused)} of {len(sample)} do not compile "
        f"({100 * len(refused) / max(1, len(sample)):.1f} %)"
    )
    print("  by operator:", dict(Counter(each.mutant.operator for each, _ in refused)))
    for each, problem in refused if verbose else ():
        line = f"{each.path.name}:{each.mutant.line} {each.unit.name} {each.mutant.operator}"
        print(f"  {line}: {each.mutant.description}: {problem}")


def fitted(unit: Unit, source: bytes, mutant: Mutant) -> bytes | None:
    """The file with the mutant in the unit's place; None where it does not fit exactly."""
    expected = (
        source[: unit.span.start]
        + mutant.code.encode("utf-8", "surrogateescape")
        + source[unit.span.end :]
    )
    try:
        return expected if place(unit, source, mutant.code) == expected else None
    except ValueError:
        return None


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--verbose", action="store_true")
    given = parser.parse_args()
    for wanted in given.names:
        measure(wanted, given.limit, given.most, given.verbose)
