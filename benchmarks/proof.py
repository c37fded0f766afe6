"""How much of what the rules engine makes is proved, how fast, and that no fault is.

    python benchmarks/proof.py --language python [--python PATH] [--faults N] [PROJECT ...]

Every site of every transform in every unit of the projects is one pair. Faults of the same units
must all stay unproved; those that do not are shown, to be looked at.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora import fetch
from faults_python import faults

from codeaug import transforms
from codeaug.edits import rewritten
from codeaug.engines.rules import habits
from codeaug.model import Skip, Unit
from codeaug.transforms import Subject, Vocabulary
from codeaug.units import find_in_file

HOSTS = Path(__file__).resolve().parent.parent / "codeaug" / "runners" / "hosts"


@dataclass(frozen=True)
class Pair:
    """One question to a prover: whole files, and the unit's name and line in the original."""

    group: str
    unit: str
    line: int
    original: str
    changed: str


@dataclass(frozen=True)
class Answer:
    proved: bool
    method: str
    detail: str
    seconds: float


@dataclass(frozen=True)
class Language:
    """The projects to take, how to answer many pairs, and how to make faults."""

    projects: tuple[str, ...]
    suffix: str
    answers: Callable[[list[Pair], str], list[Answer]]
    faults: Callable[[str, int, int, int], list[tuple[str, str]]]


# Runs under the interpreter that is asked for, with the standard library alone.
_CHILD = """
import gc, json, sys, time
from pyhost.proof import prove
gc.disable()
texts, read = {}, set()
for line in sys.stdin:
    name, at, original, changed = json.loads(line)
    original = texts.setdefault(original, original)  # one object a file, as in a resident worker
    if (name, at, original) not in read:  # it is, once for all the variants of a unit
        read.add((name, at, original))
        prove(original, original + "#", name, at)
    start = time.process_time()
    proof = prove(original, changed, name, at)
    print(json.dumps([*proof, time.process_time() - start]))
"""


def python_answers(pairs: list[Pair], interpreter: str) -> list[Answer]:
    lines = [json.dumps([p.unit, p.line, p.original, p.changed]) for p in pairs]
    done = subprocess.run(
        [interpreter, "-c", _CHILD], input="\n".join(lines), cwd=HOSTS, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(done.stderr)
    return [Answer(*json.loads(line)) for line in done.stdout.splitlines()]


LANGUAGES = {
    "python": Language(("boltons", "cachetools", "toolz"), ".py", python_answers, faults),
}


def main() -> None:
    arguments = _arguments()
    language = LANGUAGES[arguments.language]
    pairs: list[Pair] = []
    wrong: list[Pair] = []
    for name in arguments.projects or language.projects:
        folder = fetch(name)
        for unit, source, vocabulary in _units(folder, arguments.language, language.suffix):
            pairs += _variants(unit, source, vocabulary)
            text = source.decode()
            for what, changed in language.faults(text, unit.line, arguments.faults, 7):
                wrong.append(Pair(what, f"{unit.path}::{unit.name}", unit.line, text, changed))
    _show_variants(pairs, language.answers(_bare(pairs), arguments.python), arguments.why)
    sys.exit(_show_faults(wrong, language.answers(_bare(wrong), arguments.python)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, default="python")
    parser.add_argument("--python", default=sys.executable, help="interpreter for Python's proof")
    parser.add_argument("--faults", type=int, default=12, help="faults a unit")
    parser.add_argument("--why", type=int, default=0, help="show so many reasons a transform")
    parser.add_argument("projects", nargs="*")
    return parser.parse_args()


def _units(folder: Path, language: str, suffix: str) -> Iterator[tuple[Unit, bytes, Vocabulary]]:
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob(f"*{suffix}")}
    found = {path: find_in_file(path, language, path, source) for path, source in files.items()}
    known = {path: found[path] for path in sorted(found) if found[path]}
    vocabulary = habits.vocabulary(
        language, [files[p] for p, units in known.items() if not isinstance(units[0], Skip)]
    )
    for path, units in known.items():
        for unit in units:
            if isinstance(unit, Unit):
                yield unit, files[path], vocabulary


def _variants(unit: Unit, source: bytes, vocabulary: Vocabulary) -> Iterator[Pair]:
    text = source.decode()
    for transform, site in transforms.sites(Subject(unit, source, vocabulary)):
        if not site.declined:
            changed, _ = rewritten(unit, source, site.edits)
            name = f"{unit.path}::{unit.name}"
            yield Pair(transform.name, name, unit.line, text, changed.decode())


def _bare(pairs: list[Pair]) -> list[Pair]:
    return [Pair(p.group, p.unit.partition("::")[2], p.line, p.original, p.changed) for p in pairs]


def _show_variants(pairs: list[Pair], answers: list[Answer], reasons: int) -> None:
    groups: dict[str, list[tuple[Pair, Answer]]] = {}
    for pair, answer in zip(pairs, answers, strict=True):
        groups.setdefault(pair.group, []).append((pair, answer))
    print(f"{'transform':<28}{'pairs':>7}{'proved':>8}{'share':>8}{'identity':>10}{'ms/pair':>9}")
    for name, members in [*sorted(groups.items()), ("all", [*zip(pairs, answers, strict=True)])]:
        proved = sum(a.proved for _, a in members)
        identity = sum(a.method == "identity" for _, a in members)
        ms = 1000 * sum(a.seconds for _, a in members) / len(members)
        share = 100 * proved / len(members)
        print(f"{name:<28}{len(members):>7}{proved:>8}{share:>7.1f}%{identity:>10}{ms:>9.2f}")
        why = Counter(_reason(a.detail) for _, a in members if not a.proved)
        for reason, count in why.most_common(reasons):
            one = next(p for p, a in members if not a.proved and _reason(a.detail) == reason)
            print(f"    {count:>5} {reason}   {one.unit}:{one.line}")


def _reason(detail: str) -> str:
    """The detail without line numbers."""
    return " ".join(w for w in detail.split() if not w.rstrip(":").isdigit() and w != "line")


def _show_faults(pairs: list[Pair], answers: list[Answer]) -> int:
    proved = [(p, a) for p, a in zip(pairs, answers, strict=True) if a.proved]
    seconds = sum(a.seconds for a in answers)
    print(f"{len(pairs)} faults, {len(proved)} proved, {1000 * seconds / len(pairs):.2f} ms each")
    for pair, answer in proved:
        print(f"  {pair.unit}:{pair.line}  {pair.group}  ({answer.method})")
    return bool(proved)


if __name__ == "__main__":
    main()
