"""How much of what the rules engine makes of Java is proved, how fast, and that no fault is.

    python benchmarks/proof_java.py [--faults N] [--why N] [PROJECT ...]

Every site of every transform in every unit of the projects is one pair, compiled with the flags and
the class path that Maven uses. Faults of the same units must all stay unproved; those that do not
are shown, to be looked at. Exits 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from corpora import fetch
from faults_java import faults

from codeaug import transforms
from codeaug.builds.maven import BUILD
from codeaug.builds.maven_proof import Proof, Request, prove, read
from codeaug.edits import rewritten
from codeaug.engines.rules import habits
from codeaug.languages import find_units, is_test
from codeaug.model import Project, Unit
from codeaug.sandbox import Workspace, probe
from codeaug.transforms import Subject, Vocabulary

PROJECTS = ("commons-cli", "commons-csv", "commons-codec")
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
BATCH = 30_000_000  # characters for one JVM


@dataclass(frozen=True)
class Pair:
    """One question: the unit, what was done to it (`group`, `what`), and the whole changed file."""

    group: str
    what: str
    unit: Unit
    original: str
    changed: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=8, help="faults a unit")
    parser.add_argument("--share", type=float, default=1.0, help="take this share of the units")
    parser.add_argument("--why", type=int, default=0, help="show so many reasons a transform")
    parser.add_argument("projects", nargs="*", default=PROJECTS)
    arguments = parser.parse_args()
    variants: list[tuple[Pair, Proof]] = []
    wrong: list[tuple[Pair, Proof]] = []
    for name in arguments.projects:
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            folder, units = built(name, Path(scratch), arguments.share)
            made = [pair for one in units for pair in _variants(*one)]
            broken = [pair for unit, text, _ in units for pair in _faults(unit, text, arguments)]
            print(f"{name}: {len(units)} units, {len(made)} variants, {len(broken)} faults",
                  file=sys.stderr)  # fmt: skip
            variants += zip(made, answers(folder, made), strict=True)
            wrong += zip(broken, answers(folder, broken), strict=True)
    show_variants(variants, arguments.why)
    sys.exit(show_faults(wrong))


# --- projects, units, pairs -----------------------------------------------------------------------


def built(
    name: str, scratch: Path, share: float
) -> tuple[Path, list[tuple[Unit, bytes, Vocabulary]]]:
    """The project, built in `scratch` as any run would do it, and its units."""
    shutil.copytree(fetch(name), scratch / "tree", ignore=shutil.ignore_patterns(".codeaug"))
    (scratch / "deps").mkdir()
    (scratch / "scratch").mkdir()
    project = Project("maven", "", ("java",))
    with workspace(scratch) as space:
        for step in (BUILD.fetch, BUILD.build, BUILD.instrument):
            for command in step(project):
                outcome = space.run(command)
                assert outcome.ok, outcome.out + outcome.err
    return scratch, list(_units(scratch / "tree", share))


def workspace(scratch: Path) -> AbstractContextManager[Workspace]:
    return probe().workspace(
        scratch / "tree", deps=scratch / "deps", scratch=scratch / "scratch", overlay=False
    )


def _units(tree: Path, share: float) -> Iterator[tuple[Unit, bytes, Vocabulary]]:
    paths = sorted(p.relative_to(tree).as_posix() for p in (tree / "src").rglob("*.java"))
    sources = {path: (tree / path).read_bytes() for path in paths}
    main = {path: text for path, text in sources.items() if not is_test("java", path, text)}
    vocabulary = habits.vocabulary("java", main.values())
    chance = random.Random(7)
    for path, source in main.items():
        for unit in find_units("java", source, path, ""):
            if isinstance(unit, Unit) and chance.random() < share:
                yield unit, source, vocabulary


def _variants(unit: Unit, source: bytes, vocabulary: Vocabulary) -> Iterator[Pair]:
    for transform, site in transforms.sites(Subject(unit, source, vocabulary)):
        if not site.declined:
            changed, _ = rewritten(unit, source, site.edits)
            yield Pair(transform.name, transform.name, unit, source.decode(), changed.decode())


def _faults(unit: Unit, source: bytes, arguments: argparse.Namespace) -> Iterator[Pair]:
    for what, changed in faults(unit, source, arguments.faults, 7):
        yield Pair("fault", what, unit, source.decode(), changed)


# --- asking ---------------------------------------------------------------------------------------


def answers(folder: Path, pairs: Sequence[Pair]) -> list[Proof]:
    """The prover's word on each pair of one project, a JVM for each batch."""
    [ours] = (folder / "tree" / ".codeaug-build").glob("maven-*")
    given: list[Proof] = []
    with workspace(folder) as space:
        for batch in _batches(pairs):
            asked = [Request(p.unit.path, p.unit.qualified_name, p.original, (p.changed,))
                     for p in batch]  # fmt: skip
            command = prove(f"/repo/.codeaug-build/{ours.name}", "/deps/m2", JVM, asked, 3600)
            given += [proof for answer in read(space.run(command), asked) for proof in answer]
    return given


def _batches(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    batch: list[Pair] = []
    size = 0
    for pair in pairs:
        batch.append(pair)
        size += len(pair.original) + len(pair.changed)
        if size > BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


# --- showing --------------------------------------------------------------------------------------


def show_variants(answered: Sequence[tuple[Pair, Proof]], reasons: int) -> None:
    groups: dict[str, list[tuple[Pair, Proof]]] = {}
    for pair, proof in answered:
        groups.setdefault(pair.group, []).append((pair, proof))
    print(f"{'transform':<28}{'pairs':>7}{'proved':>8}{'share':>8}{'identical':>11}"
          f"{'javac ms':>10}{'proof ms':>10}{'mean':>7}")  # fmt: skip
    for name, members in [*sorted(groups.items()), ("all", list(answered))]:
        proofs = [proof for _, proof in members]
        proved = sum(proof.proved for proof in proofs)
        identical = sum(proof.method == "identical" for proof in proofs)
        times = [proof.proving for proof in proofs]
        print(
            f"{name:<28}{len(proofs):>7}{proved:>8}{100 * proved / len(proofs):>7.1f}%"
            f"{identical:>11}{statistics.median(p.compiling for p in proofs):>10.1f}"
            f"{statistics.median(times):>10.2f}{statistics.mean(times):>7.2f}"
        )
        why = Counter(_reason(proof) for proof in proofs if not proof.proved)
        for reason, count in why.most_common(reasons):
            pair, proof = next(o for o in members if not o[1].proved and _reason(o[1]) == reason)
            print(f"    {count:>5} {pair.unit.path}::{pair.unit.name}:{pair.unit.line}")
            print(f"          {proof.detail[:300]}")


def _reason(proof: Proof) -> str:
    """The detail without names and numbers."""
    text = re.sub(r"^[\w$<>]+: ", "", proof.detail)
    return re.sub(r"\(.*?\)|\bv\d+|\d+", "", text)[:60]


def show_faults(answered: Sequence[tuple[Pair, Proof]]) -> int:
    compiled = [(a, b) for a, b in answered if "not compile" not in b.detail]
    proved = [(pair, proof) for pair, proof in compiled if proof.proved]
    times = [proof.proving for _, proof in compiled] or [0.0]
    print(f"{len(answered)} faults, {len(compiled)} compile, {len(proved)} proved,"
          f" {statistics.median(times):.2f} ms each")  # fmt: skip
    for pair, proof in proved:
        print(f"  {pair.unit.path}::{pair.unit.qualified_name}:{pair.unit.line}"
              f"  {pair.what}  ({proof.method})")  # fmt: skip
    return bool(proved)


if __name__ == "__main__":
    main()
