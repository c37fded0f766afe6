"""What sixty commits on a real project cost, against doing everything at each of them.

A scripted history: edits, moves, renames, reformats, reverts, merges, changes of tests alone and
of the build alone, in an order that the seed mixes. After each commit `codeaug status` is compared
with what the script knows, and what `codeaug run` redid with what that commit can affect:

    edit, rename    the variants of the functions with another text, and nothing else
    test            the variants of the units that the changed test executes
    build           all
    move, reformat, revert, docs    none

Doing everything is measured on `--anew` of the commits in a new store each; the mean of those
stands for every commit. Prints a line a commit, what was not as expected, and the share of the
work. Ends with 1 when something was not as expected.

    python benchmarks/history.py [--project boltons] [--commits 60] [--anew 3]
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpora import fetch

from codeaug.languages import find_units_once, is_test, language_of, tokens
from codeaug.model import Span, Unit
from codeaug.store import Store

KINDS = {
    "edit": 17, "move": 6, "rename": 5, "reformat": 7, "revert": 6, "merge": 6, "test": 5,
    "build": 2, "docs": 6,
}  # fmt: skip
BUILD_FILE = {"python": "pyproject.toml", "java": "pom.xml", "cpp": "CMakeLists.txt"}
COMMENT = {"python": "# {}\n", "java": "<!-- {} -->\n", "cpp": "# {}\n"}
FLAGS = ("--jobs", "2", "--per-unit", "1")


@dataclass(frozen=True)
class Expected:
    """What a run after a commit has to judge anew: the variants of these units, or of all."""

    names: frozenset[str] = frozenset()
    all: bool = False


NOTHING = Expected()


@dataclass
class Project:
    """The repository with what the script knows of it: texts by function, and their states."""

    root: Path
    language: str
    rng: random.Random
    made: set[tuple[str, str]] = field(default_factory=set)
    """Functions, by name and text without blanks, that have had variants."""
    judged: set[tuple[str, str]] = field(default_factory=set)
    """Those of them whose variants were judged under the present build."""

    def git(self, *args: str) -> str:
        config = ("-c", "user.name=dev", "-c", "user.email=dev@example.com")
        command = ["git", *config, *args]
        done = subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", message)

    def codeaug(
        self, verb: str, *flags: str, store: Path | None = None, may_fail: bool = False
    ) -> Any:
        """What a verb prints; None where it may fail and the project's tests do."""
        command = [sys.executable, "-m", "codeaug", verb, str(self.root), "--json", *flags]
        if store:
            command += ["--store", f"sqlite:///{store / 'codeaug.db'}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode == 2 and may_fail:
            return None
        if done.returncode:
            sys.exit(f"{verb} failed: {done.stderr[-3000:]}")
        return json.loads(done.stdout)

    @property
    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.root / '.codeaug' / 'codeaug.db'}", create=False)

    @property
    def head(self) -> str:
        return self.git("rev-parse", "HEAD")

    def files(self, tests: bool = False) -> Iterator[Path]:
        for name in self.git("ls-files").splitlines():
            path = self.root / name
            ours = language_of(name) == self.language and path.is_file()
            if ours and is_test(self.language, name, path.read_bytes()) == tests:
                yield path

    def units(self, path: Path) -> list[Unit]:
        name = str(path.relative_to(self.root))
        found = find_units_once(self.language, path.read_bytes(), name, "")
        return [unit for unit in found if isinstance(unit, Unit)]

    def here(self) -> dict[tuple[str, str], str]:
        """The functions of the work tree: qualified name and text, which is the same in any
        layout."""
        return {
            (unit.qualified_name, said(unit)): unit.qualified_name
            for path in self.files()
            for unit in self.units(path)
        }

    def replace(self, path: Path, unit: Unit, code: str) -> None:
        source = path.read_bytes()
        path.write_bytes(source[: unit.span.start] + code.encode() + source[unit.span.end :])


def said(unit: Unit) -> str:
    """A unit's tokens, without parentheses: none of the script's reformats changes them."""
    code = unit.code.encode()
    margin = f"if 1:\n{unit.margin}".encode() if unit.language == "python" else b""
    source = margin + code if unit.margin else code
    span = Span(len(source) - len(code), len(source))
    found = (token.text for token in tokens(unit.language, source, span))
    return " ".join(text for text in found if text and text not in "()")


# --- the changes ----------------------------------------------------------------------------------


def edit(project: Project) -> Expected:
    """A function becomes what one of its own accepted variants is: the tests still pass."""
    store, commit = project.store, project.head
    accepted = {told.unit for told in store.told(commit) if told.verdict == "passed"}
    for path in shuffled(project, project.files()):
        for unit in shuffled(project, project.units(path)):
            if unit.name in accepted and (variants := store.variants(unit.id)):
                before = project.here()
                project.replace(path, unit, variants[0].code)
                project.commit(f"Edit {unit.name}")
                return changed(project, before)
    sys.exit("no function is left to edit")


def changed(project: Project, before: dict[tuple[str, str], str]) -> Expected:
    """The functions with another text than before, which was not judged under this build."""
    new = {place for place in project.here() if place not in before}
    return Expected(frozenset(name for name, _ in new - project.judged))


def move(project: Project) -> Expected:
    """A function changes its place among its neighbours."""
    for path in shuffled(project, project.files()):
        units = [u for u in project.units(path) if "\n" in u.code and "@" not in u.code[:1]]
        for unit, other in pairwise(units):
            level = unit.name.rpartition(".")[0] == other.name.rpartition(".")[0]
            between = path.read_bytes()[unit.span.end : other.span.start].decode()
            if level and unit.margin == other.margin and not between.strip():
                source = path.read_bytes()
                swapped = other.code + between + unit.code
                path.write_bytes(
                    source[: unit.span.start] + swapped.encode() + source[other.span.end :]
                )
                project.commit(f"Move {unit.name}")
                return NOTHING
    sys.exit("no function can be moved")


def rename(project: Project) -> Expected:
    """A function that no test names gets another name, wherever it is named."""
    texts = {path: path.read_text() for path in project.files()}
    everything = "\n".join(texts.values())
    tests = "\n".join(path.read_text() for path in project.files(tests=True))
    for path in shuffled(project, project.files()):
        for unit in shuffled(project, project.units(path)):
            name = re.split(r"[.:]", unit.name)[-1]
            used = re.findall(rf"\b{re.escape(name)}\b", everything)
            if len(name) < 6 or name.startswith("_") or not 2 <= len(used) <= 6:
                continue
            if re.search(rf"[\"'`]{re.escape(name)}", everything) or name in tests:
                continue
            before = project.here()
            for other, text in texts.items():
                other.write_text(re.sub(rf"\b{re.escape(name)}\b", f"{name}_anew", text))
            project.commit(f"Rename {name}")
            return changed(project, before)
    sys.exit("no function can be renamed")


def reformat(project: Project) -> Expected:
    """A file gets another layout, and comments nowhere."""
    for path in shuffled(project, project.files()):
        before = path.read_bytes()
        for unit in reversed(outermost(project.units(path))):
            project.replace(path, unit, laid_out(unit))
        if path.read_bytes() != before:
            project.commit(f"Lay out {path.name}")
            return NOTHING
    return docs(project)


def outermost(units: list[Unit]) -> list[Unit]:
    found: list[Unit] = []
    for unit in units:
        if not found or unit.span.start >= found[-1].span.end:
            found.append(unit)
    return found


def laid_out(unit: Unit) -> str:
    if unit.language != "python":
        return re.sub(r" \{\n", "\n" + unit.margin + "{\n", unit.code)
    return re.sub(
        r"^( +)return ([\w.]+\([^()\n#]*\))$", r"\1return (\n\1    \2\n\1)", unit.code, flags=re.M
    )


def revert(project: Project) -> Expected:
    """The last edit is taken back."""
    before = project.here()
    for line in project.git("log", "--format=%H %s", "-n", "12").splitlines():
        commit, _, subject = line.partition(" ")
        if subject.startswith("Edit"):
            try:
                project.git("revert", "--no-edit", commit)
            except subprocess.CalledProcessError:
                project.git("reset", "-q", "--hard")
                continue
            return changed(project, before)
    return docs(project)


def merge(project: Project) -> Expected:
    """An edit of a branch comes back."""
    main = project.git("rev-parse", "--abbrev-ref", "HEAD")
    project.git("checkout", "-q", "-b", "side")
    expected = edit(project)
    project.git("checkout", "-q", main)
    docs(project)
    project.git("merge", "-q", "--no-ff", "-m", "Merge side", "side")
    project.git("branch", "-qD", "side")
    return expected


def test(project: Project) -> Expected:
    """One test gets another text."""
    store, commit = project.store, project.head
    by_name: dict[str, set[str]] = {}
    oracles = store.oracles(commit)
    for unit in store.units(commit):
        for name in oracles[unit.id].tests if unit.id in oracles else ():
            by_name.setdefault(re.split(r"::|#|\.", re.sub(r"\[.*", "", name))[-1], set()).add(
                unit.qualified_name
            )
    for path in shuffled(project, project.files(tests=True)):
        for unit in shuffled(project, project.units(path)):
            name = re.split(r"[.:]", unit.name)[-1]
            if name in by_name and (code := touched(unit)):
                project.replace(path, unit, code)
                project.commit(f"Test {name}")
                project.judged = {one for one in project.judged if one[0] not in by_name[name]}
                return Expected(frozenset(by_name[name]))
    sys.exit("no test can be changed")


def touched(unit: Unit) -> str:
    """The test with one more statement, which changes nothing."""
    if unit.language == "python":
        lines = unit.code.split("\n")
        at = next((n for n, line in enumerate(lines) if line.rstrip().endswith("):")), None)
        following = lines[at + 1] if at is not None and at + 1 < len(lines) else '"'
        if at is None or following.strip()[:1] in ('"', "'", "r", ""):
            return ""
        indent = following[: len(following) - len(following.lstrip())]
        return "\n".join([*lines[: at + 1], f"{indent}assert True", *lines[at + 1 :]])
    return unit.code.replace("{", "{ final boolean once = true;", 1)


def build(project: Project) -> Expected:
    """The build gets another text."""
    path = project.root / BUILD_FILE[project.language]
    comment = COMMENT[project.language].format(f"build {project.rng.random()}")
    path.write_text(path.read_text() + comment)
    project.commit("Change the build")
    project.judged.clear()
    return Expected(all=True)


def docs(project: Project) -> Expected:
    """Documentation changes."""
    (project.root / "NEWS.md").write_text(f"News {project.rng.random()}\n")
    project.commit("Tell the news")
    return NOTHING


CHANGES: dict[str, Callable[[Project], Expected]] = {
    "edit": edit, "move": move, "rename": rename, "reformat": reformat, "revert": revert,
    "merge": merge, "test": test, "build": build, "docs": docs,
}  # fmt: skip


def shuffled(project: Project, items: Any) -> list[Any]:
    found = sorted(items, key=str)
    project.rng.shuffle(found)
    return found


# --- what is expected, and what was done ----------------------------------------------------------


def states(project: Project) -> Counter[tuple[str, str]]:
    """Names and states, as the script knows them."""
    here = project.here()
    names = set(here.values())
    return Counter(
        (name, "fresh" if (name, text) in here else "stale" if name in names else "orphaned")
        for name, text in project.made
    )


def told(document: Any) -> set[tuple[str, str]]:
    """Names and states that `codeaug status` tells; layouts of one text are one."""
    return {(unit["unit"], unit["state"]) for unit in document["units"]}


def remember(project: Project) -> dict[str, int]:
    """How many variants each function has now; the script keeps their texts."""
    store, commit = project.store, project.head
    counts: Counter[str] = Counter()
    for unit in store.units(commit):
        if store.variants(unit.id):
            project.made.add((unit.qualified_name, said(unit)))
            project.judged.add((unit.qualified_name, said(unit)))
    for one in store.told(commit):
        counts[one.unit] += 1
    return counts


def expected_number(expected: Expected, counts: dict[str, int]) -> int:
    if expected.all:
        return sum(counts.values())
    bare = {re.split(r"\(", name)[0] for name in expected.names}
    return sum(counts.get(name, 0) for name in bare)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--project", default="boltons")
    parser.add_argument("--language", default="python")
    parser.add_argument("--commits", type=int, default=60)
    parser.add_argument("--anew", type=int, default=3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--paths", default="", help="look at these files alone")
    options = parser.parse_args()
    flags = (*FLAGS, *(("--paths", options.paths) if options.paths else ()))
    with tempfile.TemporaryDirectory(prefix="codeaug-history-") as folder:
        root = Path(folder) / options.project
        shutil.copytree(fetch(options.project), root, ignore=shutil.ignore_patterns(".codeaug"))
        project = Project(root, options.language, random.Random(options.seed))
        project.git("init", "-q", "-b", "main")
        project.commit("Begin")
        sys.exit(1 if played(project, options, flags, Path(folder)) else 0)


def played(project: Project, options: Any, flags: tuple[str, ...], scratch: Path) -> int:
    kinds = [kind for kind, number in KINDS.items() for _ in range(number)]
    project.rng.shuffle(kinds)
    kinds = kinds[: options.commits]
    anew = set(project.rng.sample(range(len(kinds)), min(options.anew, len(kinds))))
    started = time.monotonic()
    project.codeaug("run", *flags)
    first = time.monotonic() - started
    counts = remember(project)
    print(f"first run {first:.1f} s, {sum(counts.values())} variants", flush=True)
    wrong, work, everything = 0, 0.0, [first]
    for number, kind in enumerate(kinds):
        while True:
            before = project.head
            expected = CHANGES[kind](project)
            status = project.codeaug("status", *flags[4:])
            started = time.monotonic()
            document = project.codeaug("run", *flags, may_fail=kind == "rename")
            seconds = time.monotonic() - started
            if document is not None:
                break
            project.git("reset", "-q", "--hard", before)  # that name is read by a test: another
        known = set(states(project))
        if told(status) != known:
            wrong += 1
            print(f"  status differs: {sorted(told(status) ^ known)[:5]}")
        work += seconds
        counts = remember(project)
        judged, should = document["redone"]["variants"], expected_number(expected, counts)
        if judged != should:
            wrong += 1
            print(f"  judged {judged}, expected {should}: {sorted(expected.names)[:5]}")
        print(
            f"{number + 1:3} {kind:9} {seconds:6.1f} s  built {document['redone']['projects']}"
            f"  judged {judged:4}  carried {document['carried']:5}", flush=True,
        )  # fmt: skip
        if number in anew:
            place = scratch / f"anew-{number}"
            started = time.monotonic()
            project.codeaug("run", *flags, store=place)
            everything.append(time.monotonic() - started)
            print(f"    everything at this commit: {everything[-1]:.1f} s", flush=True)
            shutil.rmtree(place)
    mean = sum(everything) / len(everything)
    share = work / (mean * len(kinds))
    print(
        f"{len(kinds)} commits: {work:.0f} s of {mean:.1f} s each "
        f"({min(everything):.1f} to {max(everything):.1f}): {share:.1%}; {wrong} not as expected"
    )
    return wrong


if __name__ == "__main__":
    main()
