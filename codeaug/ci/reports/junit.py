"""JUnit XML: a testcase is a changed unit, which fails where a variant of it behaves differently.

GitLab reads at most 30 MB, 500,000 testcases and 250,000 objects of XML of a file; one testcase
here has fewer than 50 of these.
"""

from __future__ import annotations

import re

from junitparser import Failure, JUnitXml, Properties, Property, Skipped, TestCase, TestSuite

from codeaug.ci.reports import cut, left_out
from codeaug.notices import Level, Notice
from codeaug.pipeline.changes import Checked, Report

MOST = 5_000
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    told: dict[tuple[str, str], list[Notice]] = {}
    for notice in report.notices:
        told.setdefault((notice.path, notice.unit), []).append(notice)
    units = sorted(report.units, key=lambda one: _grave(told.get(_key(one), [])))
    shown, left = cut(units, MOST)
    suite = TestSuite(_xml(f"codeaug: changed functions of {report.name}"))
    for one in shown:
        suite.append(_case(report, one, told.get(_key(one), [])))  # counted once, below
    suite.add_property("commit", report.commit)
    suite.add_property("base", report.base)
    if report.trouble:
        suite.add_property("trouble", _xml(str(report.trouble)))
    if left:
        suite.add_property("left out", left_out(left).replace("notices", "functions"))
    suite.update_statistics()
    document = JUnitXml("codeaug")
    document.append(suite)
    document.update_statistics()
    text: bytes = document.tostring()
    return text.decode("utf-8") + "\n"


def _key(one: Checked) -> tuple[str, str]:
    return one.unit.path, one.unit.qualified_name


def _grave(notices: list[Notice]) -> int:
    return min((list(Level).index(notice.rule.level) for notice in notices), default=len(Level))


def _case(report: Report, one: Checked, notices: list[Notice]) -> TestCase:
    case = TestCase(_xml(one.unit.qualified_name), _xml(one.unit.path))
    seconds = sum(f.seconds for t in one.tried if t.evidence for f in t.evidence.findings)
    case.time = round(seconds, 2)
    bad = [notice for notice in notices if notice.rule.level is Level.ERROR]
    if bad:
        case.result = [Failure(_xml(notice.message[:500]), notice.rule.id) for notice in bad[:3]]
    elif not one.is_tested:
        why = one.oracle.reason if one.oracle else ""
        case.result = [Skipped(_xml(why or "nothing was measured"))]
    told = "\n".join(f"{notice.rule.id}: {notice.message[:500]}" for notice in notices[:3])
    if told:
        case.system_out = _xml(told)
    facts = Properties()
    for name, value in _facts(report, one).items():
        facts.add_property(Property(name, value))
    case.append(facts)
    return case


def _facts(report: Report, one: Checked) -> dict[str, str]:
    strength = one.strength
    return {
        "unit": one.unit.id,
        "tests": str(len(one.oracle.tests) if one.oracle else 0),
        "faults": str(strength.judged if strength else 0),
        "caught": str(strength.caught if strength else 0),
        "variants": str(len(one.tried)),
        "accepted": str(one.accepted(report.bar)),
    }


def _xml(text: str) -> str:
    """Without what XML cannot hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
