"""JSON for programs: everything but source text. `templates/ci/report.schema.json` describes it."""

from __future__ import annotations

from typing import Any

from codeaug import __version__
from codeaug.ci.reports import numbered
from codeaug.notices import Notice
from codeaug.pipeline.changes import Checked, Report, Tried
from codeaug.transforms import tier_of

VERSION = 1


def document(report: Report) -> dict[str, Any]:
    return {
        "schema_version": VERSION,
        "codeaug": __version__,
        "repository": report.name,
        "commit": report.commit,
        "base": report.base,
        "files": report.files,
        "units_seen": report.seen,
        "units": [_unit(report, one) for one in report.units],
        "notices": [_notice(notice, name) for notice, name in numbered(report.notices)],
        "left": report.left,
        "asked": report.asked,
        "queued": report.queued,
        "push": dict(report.push),
        "trouble": str(report.trouble) if report.trouble else "",
        "seconds": report.seconds,
    }


def _unit(report: Report, one: Checked) -> dict[str, Any]:
    unit, strength = one.unit, one.strength
    return {
        "id": unit.id,
        "language": unit.language,
        "path": unit.path,
        "unit": unit.qualified_name,
        "line": unit.line,
        "tests": len(one.oracle.tests) if one.oracle else 0,
        "faults": strength.judged if strength else 0,
        "caught": strength.caught if strength else 0,
        "accepted": one.accepted(report.bar),
        "variants": [_variant(tried) for tried in one.tried],
    }


def _variant(tried: Tried) -> dict[str, Any]:
    origin = tried.variant.origin
    return {
        "id": tried.variant.id,
        "engine": origin.engine,
        "recipe": list(origin.recipe),
        "tier": tier_of(origin.recipe),
        "verdict": tried.verdict.value,
        "rung": tried.evidence.rung.label if tried.evidence else "none",
    }


def _notice(notice: Notice, fingerprint: str) -> dict[str, Any]:
    return {
        "rule": notice.rule.id,
        "level": notice.rule.level.value,
        "path": notice.path,
        "line": notice.line,
        "end_line": notice.end_line,
        "unit": notice.unit,
        "message": notice.message,
        "fingerprint": fingerprint,
    }
