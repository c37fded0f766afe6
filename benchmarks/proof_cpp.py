"""What the C++ prover proves on whole real projects.

    python benchmarks/proof_cpp.py [--faults N] [--limit N] [--gcc] [PROJECT ...]

Every function of each project, every site of every transform: the share that is proved and the
milliseconds a pair, a transform a row. Then the same functions with injected faults: none may be
proved, unless a person who looks at it finds it equivalent; those are printed (`--faults N` a
function, 0 for none). Needs cmake and g++, uses clang++ when it is there; no sandbox: the code is
compiled, never run.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from corpora import fetch

import codeaug.runners
from codeaug import transforms
from codeaug.edits import rewritten
from codeaug.engines.rules import habits
from codeaug.languages import language_of
from codeaug.model import Unit
from codeaug.transforms import Subject, Vocabulary
from codeaug.units import find_in_file

sys.path.insert(0, str(Path(codeaug.runners.__file__).parent / "hosts"))

from native.proof import asked, job, lines, tokens

PROJECTS = ("tinyxml2", "libjsoncpp", "muparser", "double-conversion")
CONFIGURE = {
    "muparser": ["-DENABLE_OPENMP=OFF"],
    "libjsoncpp": ["-DJSONCPP_WITH_POST_BUILD_UNITTEST=OFF"],
    "double-conversion": ["-DBUILD_TESTING=ON"],
}
SWAPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
    "+": "-", "-": "+", "*": "+", "/": "*", "%": "/", "++": "--", "--": "++", "+=": "-=",
    "-=": "+=", "|=": "&=", "&=": "|=", "<<": ">>", ">>": "<<", "true": "false", "false": "true",
    "break": "continue", "continue": "break", "!": "",
}  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A unit with another text; `kind` is the transform or the fault."""

    path: str
    unit: Unit
    kind: str
    code: str


@dataclass
class Result:
    """Answers by pair, and what they cost."""

    answers: dict[Pair, job.Answer] = field(default_factory=dict)
    compilations: int = 0
    seconds: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("projects", nargs="*", default=PROJECTS)
    parser.add_argument("--faults", type=int, default=6, help="faults a function")
    parser.add_argument("--gcc", action="store_true", help="without clang")
    parser.add_argument("--json", help="where all answers go, one JSON object a line")
    parser.add_argument("--limit", type=int, default=0, help="functions a project")
    told = parser.parse_args()
    tables = []
    for name in told.projects:
        others = ["g++"] if told.gcc else ["g++", "clang++"]
        with tempfile.TemporaryDirectory(prefix="codeaug-bench-") as scratch:
            tables.append(measure(name, Path(scratch), told, others))
    sys.exit(0 if tables else 2)


def measure(
    name: str, scratch: Path, told: argparse.Namespace, others: Sequence[str]
) -> tuple[Result, Result]:
    """Print the tables of one project."""
    tree = scratch / name
    shutil.copytree(fetch(name), tree, ignore=shutil.ignore_patterns(".codeaug"))
    configure(tree, CONFIGURE.get(name, []))
    found = units_of(tree)
    if told.limit:
        found = random.Random(1).sample(found, min(told.limit, len(found)))
    known = habits.vocabulary("cpp", {u.path: (tree / u.path).read_bytes() for u in found}.values())
    database = lines.read_lines(tree / "build" / "compile_commands.json")
    equal = answer(tree, list(variants(tree, found, known)), database, others)
    print(f"\n{name}: {len(found)} functions, {len(equal.answers)} pairs")
    report(equal)
    if told.faults:
        faulty = answer(tree, list(faults(found, told.faults)), database, others)
        broken = {p: a for p, a in faulty.answers.items() if a.proved}
        cost = 1000 * faulty.seconds / max(1, len(faulty.answers))
        print(f"{name}: {len(faulty.answers)} injected faults, {len(broken)} proved, {cost:.0f} ms")
        for pair, each in broken.items():
            print(f"--- {pair.path} {pair.unit.qualified_name}: {pair.kind} ({each.proved})")
            print(difference(pair))
    else:
        faulty = Result()
    if told.json:
        with open(told.json, "a") as file:
            for label, result in (("variant", equal), ("fault", faulty)):
                for pair, each in result.answers.items():
                    row = [name, label, pair.path, pair.unit.qualified_name, pair.kind]
                    file.write(json.dumps([*row, each.proved, each.detail, pair.code]) + "\n")
    sys.stdout.flush()
    return equal, faulty


def configure(tree: Path, options: Sequence[str]) -> None:
    args = ["cmake", "-S", str(tree), "-B", f"{tree}/build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"]
    subprocess.run([*args, *options], check=True, capture_output=True)


def units_of(tree: Path) -> list[Unit]:
    """The functions of the project that are no tests of it."""
    found = []
    for path in sorted(tree.rglob("*")):
        name = path.relative_to(tree).as_posix()
        if path.is_file() and not name.startswith("build/") and language_of(name) == "cpp":
            items = find_in_file(name, "cpp", "", path.read_bytes())
            found += [item for item in items if isinstance(item, Unit)]
    return found


def variants(tree: Path, found: Sequence[Unit], known: Vocabulary) -> Iterator[Pair]:
    """Every site of every transform."""
    for unit in found:
        source = (tree / unit.path).read_bytes()
        for transform, site in transforms.sites(Subject(unit, source, known)):
            if not site.declined:
                changed, span = rewritten(unit, source, site.edits)
                code = changed[span.start : span.end].decode()
                yield Pair(unit.path, unit, transform.name, code)


def faults(found: Sequence[Unit], wanted: int) -> Iterator[Pair]:
    """Faulty texts of each function."""
    for unit in found:
        yield from own_faults(unit, wanted)


def own_faults(unit: Unit, wanted: int) -> Iterator[Pair]:
    head = unit.code.encode()[: unit.body.start - unit.span.start].decode()
    body = unit.code[len(head) :]
    places = [fault for fault in _faults(body) if body[fault[1] : fault[2]] != fault[3]]
    random.Random(unit.id).shuffle(places)
    for kind, start, end, text in places[:wanted]:
        yield Pair(unit.path, unit, kind, head + body[:start] + text + body[end:])


def _faults(body: str) -> Iterator[tuple[str, int, int, str]]:
    found = tokens.tokens(body)
    for before, token in pairwise(found):
        start, end = token.start, token.start + len(token.text)
        if token.text in SWAPS:
            yield f"{token.text} to {SWAPS[token.text]}", start, end, SWAPS[token.text]
        elif re.fullmatch(r"\d+", token.text):
            yield "number + 1", start, end, str(int(token.text) + 1)
        elif token.kind == "string" and token.text.startswith('"') and len(token.text) > 2:
            yield "other string", start, end, token.text[:-1] + 'x"'
        if before.text in (";", "{", "}") and (stop := body.find(";", start)) > 0:
            statement = body[start : stop + 1]
            if not re.search(
                r"[{}]|^(?:for|return|if|while|else|switch|case|default|do)\b", statement
            ):
                yield "no statement", start, stop + 1, ";"


def answer(
    tree: Path, pairs: Sequence[Pair], database: Sequence[lines.Line], others: Sequence[str]
) -> Result:
    by_file: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        by_file[pair.path].append(pair)
    result = Result()
    for path, members in by_file.items():
        text = (tree / path).read_bytes().decode("utf-8", "surrogateescape")
        by_unit: dict[Unit, list[Pair]] = defaultdict(list)
        for pair in members:
            by_unit[pair.unit].append(pair)
        functions = [function(text, unit, [p.code for p in each]) for unit, each in by_unit.items()]
        started = children()
        proof = job.prove(str(tree / path), text, functions, database, others)
        result.seconds += children() - started
        result.compilations += proof.compilations
        for n, each in enumerate(by_unit.values()):
            for k, pair in enumerate(each):
                result.answers[pair] = proof.answers[n, k]
    return result


def children() -> float:
    """CPU seconds of the compilers so far: the machine may be busy."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def function(text: str, unit: Unit, codes: Sequence[str]) -> asked.Function:
    """Offsets in characters, for units count bytes."""
    data = text.encode("utf-8", "surrogateescape")

    def at(offset: int) -> int:
        return len(data[:offset].decode("utf-8", "surrogateescape"))

    return asked.Function(at(unit.span.start), at(unit.span.end), at(unit.body.start), tuple(codes))


def report(result: Result) -> None:
    total = len(result.answers)
    kinds = Counter(pair.kind for pair in result.answers)
    good = Counter(pair.kind for pair, each in result.answers.items() if each.proved)
    clang = Counter(p.kind for p, each in result.answers.items() if "clang" in each.proved)
    print(f"{'transform':<26}{'pairs':>7}{'proved':>8}{'share':>7}{'by clang only':>15}")
    for kind, number in sorted(kinds.items()):
        print(f"{kind:<26}{number:>7}{good[kind]:>8}{good[kind] / number:>7.0%}{clang[kind]:>15}")
    share = sum(good.values()) / max(1, total)
    print(f"{'all':<26}{total:>7}{sum(good.values()):>8}{share:>7.0%}{sum(clang.values()):>15}")
    cost = 1000 * result.seconds / max(1, total)
    print(f"{cost:.0f} ms of CPU a pair, {result.compilations} compilations")
    reasons = Counter(reason(each.detail) for each in result.answers.values() if not each.proved)
    for text, number in reasons.most_common(12):
        print(f"{number:>7}  {text}")


def reason(detail: str) -> str:
    return re.sub(r"in .* is open", "is open", re.sub(r"‘.*|'.*", "…", detail))[:90]


def difference(pair: Pair) -> str:
    import difflib

    before, after = pair.unit.code.splitlines(), pair.code.splitlines()
    return "\n".join(difflib.unified_diff(before, after, lineterm="", n=1))


if __name__ == "__main__":
    main()
