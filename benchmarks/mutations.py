"""How many mutants a unit of a real project has, how long they take, and which do not compile.

`python benchmarks/mutations.py NAME...` (names of corpora.py) takes every unit that is no test. At
most `--limit` mutants of each, `--most` of the project, are compiled: Python by `compile`, Java by
one resident javac, C++ by `g++ -fsyntax-only`; some are put in their place as codeaug does it.
"""

from __future__ import annotations

import argparse
import random
import re
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
    """What g++ says to each mutant. A file is compiled with one mutant of each of its units at
    once, and each error laid to the unit in whose lines it is; a header is compiled through a
    source that includes it."""
    said = [""] * len(made)
    rounds: dict[tuple[Path, int], list[int]] = {}
    nth: Counter[tuple[Path, str]] = Counter()
    for number, each in enumerate(made):
        turn = nth[each.path, each.unit.id]
        nth[each.path, each.unit.id] += 1
        rounds.setdefault((each.path, turn), []).append(number)
    for (path, _), numbers in rounds.items():
        for number, problem in _cpp(folder, path, [(n, made[n]) for n in numbers]).items():
            said[number] = problem
    return said


def _cpp(folder: Path, path: Path, changed: list[tuple[int, Made]]) -> dict[int, str]:
    original = path.read_bytes()
    text = original
    places: list[tuple[int, int, int]] = []
    for number, each in sorted(changed, key=lambda pair: -pair[1].unit.span.start):
        span, code = each.unit.span, each.mutant.code.encode()
        more = code.count(b"\n") - text.count(b"\n", span.start, span.end)
        text = text[: span.start] + code + text[span.end :]
        places = [(n, first + more, last + more) for n, first, last in places]
        first = text.count(b"\n", 0, span.start) + 1
        places.append((number, first, first + code.count(b"\n")))
    source = path
    if path.suffix not in (".cpp", ".cc", ".cxx"):
        named = path.name.encode()
        users = (p for p in sorted(folder.rglob("*.cpp")) if named in p.read_bytes())
        source = next(users, path)
    try:
        path.write_bytes(text)
        done = subprocess.run(
            ["g++", "-std=c++17", "-fsyntax-only", "-w", "-I", folder, "-I", folder / "include",
             "-I", source.parent, source], capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        path.write_bytes(original)
    problems: dict[int, str] = {}
    for name, line, problem in re.findall(r"^(\S+?):(\d+):\d+: error: (.*)", done.stderr, re.M):
        owners = [n for n, first, last in places if first <= int(line) <= last]
        if Path(name).name != path.name or not owners:
            print(f"  an error that belongs to no mutant: {name}:{line}: {problem}")
        for number in owners:
            problems.setdefault(number, problem)
    return problems


COMPILE: dict[str, Compile] = {"python": python, "java": java, "cpp": cpp}


def measure(name: str, given: argparse.Namespace) -> None:
    """Prints one project's figures."""
    limit, most, verbose = given.limit, given.most, given.verbose
    folder, language = corpora.fetch(name), corpora.CORPORA[name].language
    chosen: list[Made] = []
    counts: list[int] = []
    spent: list[float] = []
    placed = misplaced = 0
    for path, source, unit in units(folder, language):
        begun = time.process_time()
        few = mutants(unit, source, limit)
        spent.append(time.process_time() - begun)
        found = mutants(unit, source, ALL)
        counts.append(len(found))
        for mutant in found if given.all else few[: given.place]:
            placed += 1
            misplaced += not fits(unit, source, mutant)
        chosen += [Made(path, unit, mutant, in_place(unit, source, mutant)) for mutant in few]
    sample = random.Random(0).sample(chosen, min(most, len(chosen)))
    problems = COMPILE[language](folder, sample)
    refused = [(each, problem) for each, problem in zip(sample, problems, strict=True) if problem]
    counts.sort()
    spent.sort()
    total = sum(counts)
    print(
        f"{name}: {len(counts)} units, {total} mutants, {total / len(counts):.1f} a unit "
        f"(median {counts[len(counts) // 2]}, none {counts.count(0)}); "
        f"{misplaced} of {placed} do not fit their place; "
        f"{1000 * sum(spent) / len(spent):.1f} ms a unit for {limit} "
        f"(median {1000 * spent[len(spent) // 2]:.1f}); "
        f"{len(refused)} of {len(sample)} do not compile "
        f"({100 * len(refused) / max(1, len(sample)):.1f} %)"
    )
    print("  by operator:", dict(Counter(each.mutant.operator for each, _ in refused)))
    for each, problem in refused if verbose else ():
        line = f"{each.path.name}:{each.mutant.line} {each.unit.name} {each.mutant.operator}"
        print(f"  {line}: {each.mutant.description}: {problem}")


def in_place(unit: Unit, source: bytes, mutant: Mutant) -> bytes:
    """The file with the mutant in the unit's place."""
    code = mutant.code.encode("utf-8", "surrogateescape")
    return source[: unit.span.start] + code + source[unit.span.end :]


def fits(unit: Unit, source: bytes, mutant: Mutant) -> bool:
    """Whether codeaug puts the mutant there, however it indents it."""
    try:
        found = place(unit, source, mutant.code)
    except ValueError:
        return False
    return found.split() == in_place(unit, source, mutant).split()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--limit", type=int, default=12)
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--place", type=int, default=2, help="how many of a unit are put in place")
    parser.add_argument("--all", action="store_true", help="put every mutant in place")
    asked = parser.parse_args()
    for wanted in asked.names:
        measure(wanted, asked)
