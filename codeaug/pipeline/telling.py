"""What there is to tell about a change: notices, with no more of the source than a hint names.

Only what the change brings is told: a file that could not be parsed before is no news.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from codeaug.children import in_children
from codeaug.egress import Policy, secrets
from codeaug.errors import MissingTool
from codeaug.model import Evidence, SkipReason, SourceFile, Unit, Verdict
from codeaug.notices import RULES, Level, Notice
from codeaug.oracles.baseline import BUILD_FILES
from codeaug.parsing import Changed, unparseable
from codeaug.pipeline.difference import Difference
from codeaug.pipeline.leaving import policy_of
from codeaug.pipeline.session import Session
from codeaug.pipeline.status import ORPHANED, STALE, standings
from codeaug.units.rules import path_rules

if TYPE_CHECKING:
    from codeaug.pipeline.changes import Checked, Tried

_UNREADABLE = {SkipReason.TOO_DEEP, SkipReason.NOT_UTF8, SkipReason.PARSER_DIED}
_BEHAVIOUR = frozenset({"tested", "compared", "crosshair"})
_MARKED = re.compile(r" is marked codeaug: .* \(line (\d+)\)$")
# From the first mark to the last, or to where the expression is cut off: what lies between two
# texts goes, too, and no prefix, nesting or raw text can let a part of one through.
_QUOTED = re.compile("`[^`]*`")
_TEXT = re.compile(r"""["'](?!["']`).*(?:["']|(?=…`))""")
_AT_ONCE = 200  # files whose texts are held
_LEVELS = tuple(Level)


def order(notice: Notice) -> tuple[int, str, int, str, str]:
    """The gravest first, then by place."""
    level = _LEVELS.index(notice.rule.level)
    return level, notice.path, notice.line, notice.rule.id, notice.message


# --- the text itself ------------------------------------------------------------------------------


def about_source(session: Session, found: Difference) -> Iterator[Notice]:
    """Unreadable code, secrets and policy marks that the change brings."""
    for skip in found.skips:
        if skip.reason in _UNREADABLE:
            what = f"{skip.name or 'the file'} cannot be read: {skip.reason}"
            yield Notice(RULES["unparseable"], skip.path, what, unit=skip.name)
    yield from _unparseable(session, found)
    policy = policy_of(session)
    known = {line for path in found.gone for line in _lines(found.read_before(path))}
    for file in found.files:
        source, place = session.read(file.path), found.former.get(file.path)
        yield from _secrets(session, file, source, known)
        reason = policy.refusal(file.path, source)
        if reason and not (place and policy.refusal(place, found.read_before(place))):
            mark = _MARKED.search(reason)
            line = int(mark[1]) if mark else 0
            yield Notice(RULES["policy-mark"], file.path, _without_line(reason), line, line)


def _unparseable(session: Session, found: Difference) -> Iterator[Notice]:
    """What `codeaug hook check` tells, by the same parsers; a file at which one dies tells nothing
    here, for scanning it has died, too."""
    left_out = path_rules(session.tree)
    largest = session.settings.max_file_kib * 1024
    files = [f for f in found.files if f.size <= largest and not left_out.reason(f.path)]
    for first in range(0, len(files), _AT_ONCE):
        some = [_changed(session, found, file) for file in files[first : first + _AT_ONCE]]
        told, _ = in_children(unparseable, some, lambda file: len(file.text))
        yield from (notice for notices in told for notice in notices)


def _changed(session: Session, found: Difference, file: SourceFile) -> Changed:
    place = found.former.get(file.path, "")
    olds = (found.read_before(place),) if place else ()
    return Changed(file.path, file.language, session.read(file.path), olds, place)


def _lines(source: bytes) -> list[str]:
    return [line.strip() for line in source.decode("utf-8", "replace").split("\n")]


def _without_line(reason: str) -> str:
    return re.sub(r" \(line \d+\)$", "", reason)


def _secrets(
    session: Session, file: SourceFile, source: bytes, known: Collection[str]
) -> Iterator[Notice]:
    """In lines that no file had before that the change touches: a secret that moves is old."""
    lines = _lines(source)
    try:
        for secret in secrets(source.decode("utf-8", "replace")):
            if lines[secret.line - 1] not in known:
                what = f"the line holds {secret.kind}"
                yield Notice(RULES["secret"], file.path, what, secret.line, secret.line)
    except MissingTool as error:
        session.progress.note(f"{file.path}: not searched for secrets: {error}")


# --- what was measured ----------------------------------------------------------------------------


def about_broken(
    session: Session, found: Difference, sentences: Iterable[str], is_broken: bool = True
) -> Iterator[Notice]:
    """Projects that do not pass before any change, at a build file if there is one."""
    top = sorted(path for path in session.tree.paths if "/" not in path)
    place = next((path for path in top if path in BUILD_FILES), found.files[0].path)
    for sentence in sentences if is_broken else ():
        yield Notice(RULES["broken-baseline"], place, sentence)


def about_units(session: Session, units: Iterable[Checked]) -> Iterator[Notice]:
    """What the tests cannot tell about changed units, and variants that behave differently."""
    policy = policy_of(session)
    for one in units:
        yield from _about(one, _may_be_quoted(session, policy, one.unit))


def _may_be_quoted(session: Session, policy: Policy, unit: Unit) -> bool:
    """Reports leave this machine, so what may not be sent may not be quoted in them either."""
    try:
        return not policy.refusal(unit.path, session.read(unit.path), unit.code)
    except MissingTool:
        return False


def _about(one: Checked, is_quoted: bool) -> Iterator[Notice]:
    unit = one.unit
    if one.oracle is not None and not one.is_tested:
        why = one.oracle.reason or "no test executes it"
        yield _at(unit, "no-oracle", f"{unit.qualified_name}: {why}")
    if one.strength is not None and (missed := one.strength.survivors):
        first, count = missed[0], f"{len(missed)} of {one.strength.judged} injected faults"
        what = f"{count} in {unit.qualified_name} go unnoticed"
        if is_quoted:
            what += without_texts(f"; {first.description}: {first.hint}")
        yield _at(unit, "weak-oracle", what, first.line)
    for tried in one.tried:
        if tried.evidence and (how := _divergence(tried.evidence)):
            yield _at(unit, "diverges", f"{_called(tried)} of {unit.qualified_name} {how}")


def without_texts(sentence: str) -> str:
    """A sentence whose quoted expressions show `…` for what stands in quotation marks."""
    return _QUOTED.sub(lambda span: _TEXT.sub('"…"', span[0]), sentence)


def _at(unit: Unit, rule: str, message: str, line: int = 0) -> Notice:
    start, end = (line, line) if line else (unit.line, unit.line)
    return Notice(RULES[rule], unit.path, message, start, end, unit.qualified_name)


def _called(tried: Tried) -> str:
    origin = tried.variant.origin
    made = f"{origin.engine}: {', '.join(origin.recipe)}" if origin.recipe else origin.engine
    return f"variant {tried.variant.id[:12]} ({made})"


def _divergence(evidence: Evidence) -> str:
    """By which check, and where the witness is; what programs said quotes source."""
    for finding in evidence.findings:
        if finding.check in _BEHAVIOUR and finding.verdict is Verdict.FAILED:
            test, is_test, _ = finding.detail.partition(" instead of ")
            where = f" at {test.rpartition(': ')[0]}" if is_test else ""
            how = f"differs: the check {finding.check} failed{where}"
            return f"{how}; codeaug explain {evidence.variant_id[:12]} shows the witness"
    return ""


# --- what people approved -------------------------------------------------------------------------


def about_stale(session: Session, found: Difference) -> Iterator[Notice]:
    """Units whose approved variants are of another text than theirs from this change on, and units
    that are gone."""
    store = session.store
    approved = set(store.approved())
    counts = {
        unit: count
        for unit in found.before
        if approved and (count := sum(v.id in approved for v in store.variants(unit.id)))
    }
    here = list(store.units(session.commit)) if counts else []
    for one in standings(counts, here):
        count = counts[one.unit]
        which = "an approved variant" if count == 1 else f"{count} approved variants"
        verb = "belongs" if count == 1 else "belong"
        if one.state == STALE and one.now is not None:
            what = f"{which} of {one.now.qualified_name} {verb} to its former text"
            yield _at(one.now, "stale", what)
        elif one.state == ORPHANED:
            name = one.unit.qualified_name
            what = f"{which} of {name} {verb} to a function that is gone"
            yield Notice(RULES["stale"], one.unit.path, what, unit=name)
