"""What each transform does to real projects: sites, what declined, and what the variants are worth.

    python benchmarks/transforms.py [--languages python,java,cpp] [--projects NAME ...]
        [--judge N] [--units N] [--only TRANSFORM ...] [--work DIR] [--json FILE] [--show DIR]
    python benchmarks/transforms.py --join FILE ...

Without --judge nothing is built: every unit (or --units of a project, spread by their ids) is
looked at, each site is applied by itself, the text is parsed anew, and asked again. With --judge, N
sites of each transform a project are judged by the checks of `codeaug run`, one site a variant.
`--show` writes a diff of every variant that failed, and of three others a transform. `--join`
prints the table of runs over other projects, by their `--json` files.

Exits 1 where a rewritten text does not parse, changes more than its edits say, or applies again at
the place where it applied; where more than 0.1 % of the judged bring a new error of the compiler,
fail a test that covers them, or differ from the original on an input.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import json
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from corpora import CORPORA, fetch
from projects import able, opened

from codeaug.edits import apply_edits, rewritten
from codeaug.engines.rules import UNNATURAL, propose
from codeaug.engines.rules.habits import Habits, habits
from codeaug.languages import find_units, is_generated, is_test, language_of
from codeaug.languages.cpp_macros import blank_macros
from codeaug.model import Evidence, Origin, Unit, Variant, Verdict, content_id
from codeaug.pipeline import Session
from codeaug.pipeline.measuring import find_oracles, prepare, ready
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.stages import case_of, judged
from codeaug.predicates.braces import code_of
from codeaug.syntax import parse
from codeaug.transforms import Site, Subject, Transform, sites

T = TypeVar("T", "Row", "Reach")
TIERS = ("A", "B")
MOST_FAILED = 0.001
SHOWN = 3


@dataclass
class Row:
    """One transform in one language."""

    transform: str
    language: str
    applied: int = 0
    declined: Counter[str] = field(default_factory=Counter)
    unparsable: int = 0
    unstable: int = 0
    offered: int = 0
    unnatural: int = 0
    judged: int = 0
    uncompiled: int = 0
    failed: int = 0
    proved: int = 0
    compared: int = 0
    differing: int = 0
    untested: int = 0

    @property
    def seen(self) -> int:
        return self.applied + sum(self.declined.values())


@dataclass
class Reach:
    """How many units of a language get variants, of those with more than a return."""

    language: str
    units: int = 0
    bigger: int = 0
    one: int = 0
    three: int = 0
    seconds: float = 0.0


def _added(one: T, other: T) -> T:
    """What both counted, of the same transform and language."""
    numbers = [each.name for each in fields(one) if each.name not in ("transform", "language")]
    return replace(one, **{name: getattr(one, name) + getattr(other, name) for name in numbers})


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One site applied by itself."""

    unit: Unit
    source: bytes
    transform: Transform
    site: Site


class Table:
    """Rows by language and transform."""

    def __init__(self, show: Path | None) -> None:
        self.rows: dict[tuple[str, str], Row] = {}
        self.reach: dict[str, Reach] = {}
        self._show = show
        self._shown: Counter[str] = Counter()

    def row(self, language: str, transform: str) -> Row:
        return self.rows.setdefault((language, transform), Row(transform, language))

    def join(self, told: Sequence[Mapping[str, Any]]) -> None:
        """Adds what another run wrote as `--json`."""
        for one in told:
            if "transform" in one:
                new = Row(**{**one, "declined": Counter(one["declined"])})
                old = self.row(new.language, new.transform)
                self.rows[new.language, new.transform] = _added(old, new)
            else:
                reach = Reach(**one)
                known = self.reach.get(reach.language, Reach(reach.language))
                self.reach[reach.language] = _added(known, reach)

    def show(self, one: Rewrite, why: str, detail: str = "") -> None:
        """Writes the diff: of all that failed, of a few others."""
        name = f"{one.transform.name}-{one.unit.language}"
        self._shown[name] += not why
        if self._show is None or (not why and self._shown[name] > SHOWN):
            return
        changed, span = rewritten(one.unit, one.source, one.site.edits)
        lines = difflib.unified_diff(
            one.unit.code.splitlines(),
            changed[span.start : span.end].decode().splitlines(),
            one.unit.path,
            f"{why} {detail}".strip(),
            lineterm="",
        )
        self._show.mkdir(parents=True, exist_ok=True)
        mark = content_id(one.unit.id, str(one.site.span))[:8]
        path = self._show / f"{why or 'ok'}-{name}-{mark}.diff"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @property
    def faults(self) -> list[str]:
        found = []
        for row in self.rows.values():
            for what in ("unparsable", "unstable"):
                if getattr(row, what):
                    found.append(f"{row.language} {row.transform}: {getattr(row, what)} {what}")
        for language in self.reach:
            rows = [row for row in self.rows.values() if row.language == language]
            judged = sum(row.judged for row in rows)
            for what in ("uncompiled", "failed", "differing"):
                bad = sum(getattr(row, what) for row in rows)
                if bad > MOST_FAILED * judged:
                    found.append(f"{language}: {bad} of {judged} {what}")
        return found


def main() -> None:
    given = _arguments()
    table = Table(given.show)
    for path in given.join:
        table.join(json.loads(path.read_text(encoding="utf-8")))
    for name in [] if given.join else given.projects or CORPORA:
        if CORPORA[name].language not in given.languages.split(","):
            continue
        print(f"{name} ...", file=sys.stderr, flush=True)
        chosen = look(name, table, given.only, given.units)
        if given.judge:
            judge(name, chosen, table, given.judge, given.work)
    report(table)
    if given.json:
        rows = [vars(row) | {"declined": dict(row.declined)} for row in table.rows.values()]
        told = [*rows, *map(vars, table.reach.values())]
        given.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    for fault in table.faults:
        print(fault)
    sys.exit(bool(table.faults))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--languages", default="python,java,cpp")
    parser.add_argument("--projects", nargs="+", choices=sorted(CORPORA))
    parser.add_argument("--judge", type=int, default=0, metavar="N")
    parser.add_argument("--units", type=int, default=0, metavar="N")
    parser.add_argument("--only", nargs="+", default=())
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "transforms")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--show", type=Path)
    parser.add_argument("--join", nargs="+", type=Path, default=(), metavar="FILE")
    return parser.parse_args()


def look(name: str, table: Table, only: Sequence[str], most: int) -> list[Rewrite]:
    """Every site of (at most so many units of) the project that applies, each tried by itself; what
    was seen is counted."""
    language = CORPORA[name].language
    files = list(project_files(fetch(name), language))
    usual = habits(language, files)
    table.reach.setdefault(language, Reach(language))
    units = [
        (unit, source)
        for path, source in files
        for unit in find_units(language, source, path, "")
        if isinstance(unit, Unit) and unit.is_utf8  # the engine asks of no other
    ]
    found: list[Rewrite] = []
    for unit, source in sorted(units, key=lambda each: content_id(each[0].id))[: most or None]:
        found += _looked(unit, source, usual, table, only)
        _reached(unit, source, usual, table)
    return found


def project_files(folder: Path, language: str) -> Iterator[tuple[str, bytes]]:
    """Path and text of what codeaug makes variants of."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and language_of(name) == language and not name.startswith("."):
            source = path.read_bytes()
            if not is_test(language, name, source) and not is_generated(name, source):
                yield name, source


def _looked(
    unit: Unit, source: bytes, usual: Habits, table: Table, only: Sequence[str]
) -> Iterator[Rewrite]:
    for transform, site in sites(Subject(unit, source, usual.vocabulary)):
        if only and transform.name not in only:
            continue
        row = table.row(unit.language, transform.name)
        if site.declined:
            row.declined[site.declined] += 1
            continue
        row.applied += 1
        one = Rewrite(unit, source, transform, site)
        changed, _ = rewritten(unit, source, site.edits)
        if _errors(unit.language, changed) > _errors_before(unit.language, source):
            row.unparsable += 1
            table.show(one, "unparsable")
        elif _again(one, changed):
            row.unstable += 1
            table.show(one, "unstable")
        else:
            table.show(one, "")
            yield one


@lru_cache(maxsize=4)
def _errors_before(language: str, source: bytes) -> int:
    return _errors(language, source)


def _errors(language: str, source: bytes) -> int:
    """Syntax errors of a text."""
    if language == "python":
        try:
            ast.parse(source)
        except SyntaxError:
            return 1
    text = blank_macros(source)[0] if language == "cpp" else source  # as the engine reads it
    waiting, count = [parse(language, text).root_node], 0
    while waiting:
        node = waiting.pop()
        count += node.is_error or node.is_missing
        if node.has_error:
            waiting += node.children
    return count


def _again(one: Rewrite, changed: bytes) -> bool:
    """Whether the transform would change its own result there once more, other than back."""
    unit = one.unit
    delta = len(changed) - len(one.source)
    before = sum(len(e.text.encode()) - (e.end - e.start)
                 for e in one.site.edits if e.end <= unit.body.start)  # fmt: skip
    span = replace(unit.span, end=unit.span.end + delta)
    body = replace(unit.body, start=unit.body.start + before, end=unit.body.end + delta)
    code = changed[span.start : span.end].decode()
    new = replace(unit, span=span, body=body, code=code)
    again = one.transform.languages[unit.language](Subject(new, changed))
    texts = sorted(edit.text for edit in one.site.edits)
    return any(
        not site.declined
        and site.span.start == one.site.span.start
        and sorted(edit.text for edit in site.edits) == texts
        and apply_edits(changed, site.edits) != one.source
        for site in again
    )


def _reached(unit: Unit, source: bytes, usual: Habits, table: Table) -> None:
    reach = table.reach[unit.language]
    started = time.process_time()
    variants, tallies = propose(unit, source, usual, 3, 0, TIERS)
    reach.seconds += time.process_time() - started
    reach.units += 1
    for tally in tallies:
        row = table.rows.get((unit.language, tally.transform))
        if row is None:  # not one of --only
            continue
        row.offered += tally.count * (tally.declined in ("", UNNATURAL))
        row.unnatural += tally.count * (tally.declined == UNNATURAL)
    if _is_bigger(unit, source):
        reach.bigger += 1
        reach.one += len(variants) >= 1
        reach.three += len(variants) >= 3


def _is_bigger(unit: Unit, source: bytes) -> bool:
    """Whether the unit has a statement beyond a return (and a docstring)."""
    if unit.language == "python":
        text = unit.code.encode()
        margin = f"if 1:\n{unit.margin}" if unit.margin else ""
        try:
            tree = ast.parse(margin + text.decode())
        except SyntaxError:
            return False
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        function = next((n for n in ast.walk(tree) if isinstance(n, kinds)), None)
        body = function.body if function else []
        return any(not isinstance(n, (ast.Return, ast.Pass)) and not _is_text(n) for n in body)
    code = code_of(unit, source)
    block = code.function.child("body") if code else None
    return block is not None and any(part.kind != "return_statement" for part in block.parts)


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def judge(name: str, found: Sequence[Rewrite], table: Table, most: int, work: Path) -> None:
    """At most so many sites of each transform by `codeaug run`'s own evidence."""
    work.mkdir(parents=True, exist_ok=True)
    session = opened(name, work)
    tested = {one.unit.id for one in able(session)}
    by_name: dict[str, list[Rewrite]] = defaultdict(list)
    for one in found:
        if one.unit.id in tested:
            by_name[one.transform.name].append(one)
    chosen: dict[str, Rewrite] = {}
    for transform in sorted(by_name):
        some = by_name[transform]
        random.Random(transform).shuffle(some)
        chosen.update((_variant(one).id, one) for one in some[:most])
    for one in chosen.values():
        session.store.put_variants([_variant(one)])
    _evidence(session, chosen, table)


def _variant(one: Rewrite) -> Variant:
    changed, span = rewritten(one.unit, one.source, one.site.edits)
    origin = Origin("rules", (one.transform.name,))
    return Variant(one.unit.id, changed[span.start : span.end].decode(), origin)


def _evidence(session: Session, chosen: dict[str, Rewrite], table: Table) -> None:
    """Judges and counts. No faults are injected: they tell oracles apart, and not transforms."""
    languages = frozenset(summary.language for summary in scan(session) if summary.units)
    units = [one.unit for one in chosen.values()]
    prepared = ready(session, prepare(session, languages), units)
    known = find_oracles(session, prepared)
    waiting = [one for one in chosen.values() if session.known_evidence(_variant(one)) is None]
    for _ in judged(
        session,
        [case_of(session, one.unit, _variant(one), prepared, known, {}) for one in waiting],
    ):
        pass
    for one in chosen.values():
        evidence = session.known_evidence(_variant(one))
        if evidence is not None:
            _count(one, evidence, table)


def _count(one: Rewrite, evidence: Evidence, table: Table) -> None:
    row = table.row(one.unit.language, one.transform.name)
    by_check = {finding.check: finding for finding in evidence.findings}
    verdicts = {check: finding.verdict for check, finding in by_check.items()}
    row.judged += 1
    row.proved += verdicts.get("proved") is Verdict.PASSED
    row.compared += verdicts.get("compared") is Verdict.PASSED
    bad = {check for check, verdict in verdicts.items() if verdict is Verdict.FAILED}
    row.uncompiled += "compiled" in bad
    row.failed += bool(bad & {"tested", "guarded"})
    row.differing += "compared" in bad
    row.untested += verdicts.get("tested") is Verdict.UNKNOWN
    if bad:
        check = next(check for check in by_check if check in bad)
        table.show(one, check, by_check[check].detail)


def report(table: Table) -> None:
    head = ("sites", "applied", "unnat", "judged", "error", "failed", "differ", "proved", "equal")
    print(f"{'':34}" + "".join(f"{word:>9}" for word in head) + "  most declined by")
    rows = sorted(table.rows.values(), key=lambda row: (row.transform, row.language))
    for row in rows:
        most = " ".join(f"{name}:{count}" for name, count in row.declined.most_common(4))
        print(f"{row.transform:27}{row.language:7}{_figures(row)}  {most}")
    for one in table.reach.values():
        total = Row("all", one.language)
        for row in rows:
            total = _added(total, row) if row.language == one.language else total
        print(f"{total.transform:27}{total.language:7}{_figures(total)}")
        print(
            f"{one.language}: {one.units} units, {one.bigger} with more than a return; of these "
            f"{_share(one.one, one.bigger)} get a variant, {_share(one.three, one.bigger)} three; "
            f"{one.units / max(one.seconds, 1e-9):,.0f} units/s; of {total.judged} judged "
            f"{_share(total.proved, total.judged)} proved, "
            f"{_share(total.compared, total.judged)} compared as equal"
        )


def _figures(row: Row) -> str:
    """The columns of a row; `unnat` is the share of the sites offered that the band turns down."""
    figures = (row.seen, row.applied, _share(row.unnatural, row.offered), row.judged,
               row.uncompiled, row.failed, row.differing, row.proved, row.compared)  # fmt: skip
    return "".join(f"{figure:>9}" for figure in figures)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


if __name__ == "__main__":
    main()
