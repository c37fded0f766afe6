"""What was looked at in an export, and what was found: one finding a check."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from codeaug.model import Verdict

MOST = 20
"""Problems told of one check: who changed every row need not read about each."""

MANIFEST, FOLDER, DIGESTS = "manifest", "folder", "digests"
ROWS, SCHEMA, TEXTS = "rows", "schema", "texts"
UNICODE, CONTROL, LENGTH = "unicode", "control tokens", "length"
LINEAGE, SPLITS, DEPTH = "lineage", "splits", "depth"
EVIDENCE, DECISIONS, FILTERS = "evidence", "decisions", "filters"
ROBUSTNESS = "robustness"
COUNTS, TOKENS = "counts", "tokens"
MIX, DIVERSITY, POLICY = "mix", "diversity", "policy"
LEAKAGE, CARRIED = "leakage", "names"
CONFIGURATION, SIGNATURE = "configuration", "signature"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's word about an export. `detail` says what was looked at, or why nothing could be;
    `problems` are a sentence each."""

    check: str
    verdict: Verdict
    detail: str = ""
    problems: tuple[str, ...] = ()

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"problems": list(self.problems)}


class Findings:
    """Collects what checks say, in the order in which they first say something."""

    def __init__(self) -> None:
        self._details: dict[str, list[str]] = {}
        self._unknown: set[str] = set()
        self._problems: dict[str, list[str]] = {}
        self._more: Counter[str] = Counter()

    def saw(self, check: str, detail: str = "") -> None:
        """The check was made; `detail` says of what."""
        known = self._details.setdefault(check, [])
        if detail:
            known.append(detail)

    def wrong(self, check: str, problem: str) -> None:
        self._details.setdefault(check, [])
        told = self._problems.setdefault(check, [])
        if len(told) < MOST:
            told.append(problem)
        else:
            self._more[check] += 1

    def unknown(self, check: str, why: str) -> None:
        """The check, or a part of it, could not be made."""
        self.saw(check, why)
        self._unknown.add(check)

    def failed(self, check: str) -> bool:
        return check in self._problems

    def all(self) -> list[Finding]:
        return [self._one(check) for check in self._details]

    def _one(self, check: str) -> Finding:
        detail = "; ".join(self._details[check])
        if check in self._problems:
            problems = self._problems[check]
            if more := self._more[check]:
                problems = [*problems, f"{more:,} more"]
            return Finding(check, Verdict.FAILED, detail, tuple(problems))
        verdict = Verdict.UNKNOWN if check in self._unknown else Verdict.PASSED
        return Finding(check, verdict, detail)
