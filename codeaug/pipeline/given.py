"""Variants made by anybody: `codeaug check`. One answer a line, in the order given."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from codeaug.builds import Prepared
from codeaug.errors import BrokenBaseline, MissingTool, UsageError
from codeaug.languages import resolve
from codeaug.model import Evidence, Finding, Oracle, Origin, Unit, Variant, Verdict
from codeaug.pipeline.measuring import find_oracles, prepare, strengths
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session
from codeaug.pipeline.stages import case_of, judged

ENGINE = "given"
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Given:
    """One line of a file of variants; `problem` says why it names no unit."""

    path: str
    unit: str
    code: str
    problem: str = ""


def read_given(lines: Iterable[bytes]) -> list[Given]:
    """The lines of a JSONL file, blank ones left out; a bad line is kept with its problem."""
    return [_given(number, line) for number, line in enumerate(lines, 1) if line.strip()]


def read_one(file: IO[bytes], path: str, unit: str) -> Given:
    """One function whose new text is all of a file. Raises UsageError."""
    data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise UsageError(f"standard input is larger than {_LARGEST >> 20} MiB: give one function.")
    try:
        return Given(path, unit, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise UsageError("standard input is not UTF-8: give the text of one function.") from error


def _given(number: int, line: bytes) -> Given:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Given("", "", "", f"line {number} is not JSON: {error}")
    if not isinstance(item, dict):
        return Given("", "", "", f"line {number} is not a JSON object")
    fields = {name: item.get(name) for name in ("path", "unit", "code")}
    texts = {name: value if isinstance(value, str) else "" for name, value in fields.items()}
    wrong = [name for name, value in fields.items() if not isinstance(value, str)]
    problem = f"line {number} lacks the text field {' and '.join(wrong)}" if wrong else ""
    if any("\ud800" <= char <= "\udfff" for text in texts.values() for char in text):
        problem = f"line {number} holds half a character (a lone surrogate)"
    return Given(texts["path"], texts["unit"], texts["code"], problem)


def check(session: Session, given: Sequence[Given]) -> Iterator[dict[str, Any]]:
    """Judge each line. Raises BrokenBaseline or MissingTool after the last answer when no project
    of the repository passes, so that every line is answered all the same."""
    with session.store.exclusive():
        scan(session)
        named = [_named(session, item) for item in given]
        session.require_sandbox()
        languages = frozenset(unit.language for unit in named if isinstance(unit, Unit))
        prepared, trouble = _prepared(session, languages)
        known = find_oracles(session, prepared)
        answers = _answers(session, named, given, prepared, known)
        for item, unit in zip(given, named, strict=True):
            evidence = next(answers) if isinstance(unit, Unit) else _unnamed(session, unit)
            yield _answer(session, item, evidence)
    if trouble:
        raise trouble


def _prepared(
    session: Session, languages: frozenset[str]
) -> tuple[list[Prepared], BrokenBaseline | MissingTool | None]:
    try:
        return prepare(session, languages) if languages else [], None
    except (BrokenBaseline, MissingTool) as error:
        return [], error


def _named(session: Session, item: Given) -> Unit | str:
    if item.problem:
        return item.problem
    path = _inside(session, item.path)
    try:
        return resolve(session.units_in(path), path, item.unit)
    except KeyError as error:
        return _why_no_unit(session, path, item.unit) or str(error.args[0])


def _inside(session: Session, path: str) -> str:
    """A path as the repository knows it: editors give whole ones."""
    root = session.repository.address.rstrip("/") + "/"
    return posixpath.normpath(path.removeprefix(root))


def meant(session: Session, words: str) -> list[Unit]:
    """The units of a file of the commit, or the one that `path::name` means. Raises UsageError."""
    path, _, name = words.partition("::")
    path = _inside(session, path)
    units = session.units_in(path)
    try:
        found = [resolve(units, path, name)] if name else units
    except KeyError as error:
        raise UsageError(f"{_why_no_unit(session, path, name) or error.args[0]}.") from error
    if not found:
        raise UsageError(f"{_why_no_unit(session, path, '') or f'{path} holds no function'}.")
    return found


def _why_no_unit(session: Session, path: str, name: str) -> str:
    """Why a file or function was skipped; "" when nothing was."""
    if not session.units_in(path) and path not in session.tree.paths:
        return f"there is no file {path} in the repository at this commit"
    for skip in session.skips:
        if skip.path == path and skip.name in ("", name):
            detail = f" ({skip.detail})" if skip.detail else ""
            return f"{skip.name or path} was skipped: {skip.reason}{detail}"
    return ""


def _answers(
    session: Session,
    named: Sequence[Unit | str],
    given: Sequence[Given],
    prepared: Sequence[Prepared],
    known: Mapping[str, Oracle],
) -> Iterator[Evidence]:
    """Evidence for each named unit, in order; each distinct variant is judged once."""
    order: list[Variant] = []
    units: dict[str, Unit] = {}
    for unit, item in zip(named, given, strict=True):
        if isinstance(unit, Unit):
            variant = Variant(unit.id, item.code, Origin(ENGINE))
            order.append(variant)
            units[variant.id] = unit
    distinct = {variant.id: variant for variant in order}
    session.store.put_variants(distinct.values())
    done = {name: session.known_evidence(variant) for name, variant in distinct.items()}
    waiting = [variant for name, variant in distinct.items() if done[name] is None]
    strong = strengths(session, prepared, known, [units[v.id] for v in waiting])
    cases = [case_of(session, units[v.id], v, prepared, known, strong) for v in waiting]
    with session.progress.stage("check", len(cases)) as advance:
        ready = judged(session, cases)
        for variant in order:
            while (evidence := done[variant.id]) is None:
                case, found = next(ready)
                done[case.variant.id] = found
                advance(1, f"{case.unit.name}: {found.verdict}")
            yield evidence


def _unnamed(session: Session, problem: str) -> Evidence:
    finding = Finding("unit", Verdict.UNKNOWN, problem)
    return Evidence("", session.commit, (finding,), frozenset())


def _answer(session: Session, item: Given, evidence: Evidence) -> dict[str, Any]:
    return {
        "path": item.path,
        "unit": item.unit,
        "verdict": evidence.verdict.value,
        "rung": evidence.rung.label,
        "accepted": evidence.accepted(session.settings.bar_rung),
        "variant": evidence.variant_id,
        "commit": session.commit,
        "findings": [
            {
                "check": finding.check,
                "verdict": finding.verdict.value,
                "detail": finding.detail,
                "seconds": finding.seconds,
            }
            for finding in evidence.findings
        ],
    }
