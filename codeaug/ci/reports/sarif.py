"""SARIF 2.1.0, as GitHub's code scanning and Jenkins' Warnings read it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from codeaug import __version__
from codeaug.ci.reports import cut, left_out, numbered
from codeaug.notices import RULES, Notice, Rule
from codeaug.pipeline.changes import Report

MOST = 5000  # GitHub shows no more, and refuses more than 25,000
MOST_BYTES = 10_000_000  # gzipped
SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_ORDER = {name: number for number, name in enumerate(RULES)}


def render(report: Report) -> str:
    most = MOST
    while True:
        text = _text(report, most)
        if most <= 1 or len(gzip.compress(text.encode(), 1)) <= MOST_BYTES:
            return text
        most //= 2


def _text(report: Report, most: int) -> str:
    shown, left = cut(list(numbered(report.notices)), most)
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "codeaug",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The repository's top."}}},
        "automationDetails": {"id": "codeaug/"},
        "results": [_result(notice, name) for notice, name in shown],
        "invocations": [_invocation(report, left)],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": f"{rule.summary}."},
        "help": {"text": rule.help},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(notice: Notice, fingerprint: str) -> dict[str, Any]:
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(notice.path), "uriBaseId": "SRCROOT"},
        "region": _region(notice),
    }
    location: dict[str, Any] = {"physicalLocation": place}
    if notice.unit:
        name = {"fullyQualifiedName": notice.unit, "kind": "function"}
        location["logicalLocations"] = [name]
    return {
        "ruleId": notice.rule.id,
        "ruleIndex": _ORDER[notice.rule.id],
        "level": notice.rule.level,
        "message": {"text": notice.message},
        "locations": [location],
        "partialFingerprints": {"codeaug/v1": fingerprint},
    }


def _region(notice: Notice) -> dict[str, int]:
    line = max(1, notice.line)
    return {"startLine": line, "endLine": max(line, notice.end_line)}


def _invocation(report: Report, left: int) -> dict[str, Any]:
    told = [str(report.trouble)] if report.trouble else []
    told += [left_out(left)] if left else []
    return {
        "executionSuccessful": report.trouble is None,
        "toolExecutionNotifications": _notifications(told),
    }


def _notifications(told: Sequence[str]) -> list[dict[str, Any]]:
    return [{"level": "warning", "message": {"text": text}} for text in told]
