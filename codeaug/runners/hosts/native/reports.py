"""Machine reports that test programs leave: GoogleTest's and ctest's XML, and JUnit's."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

MESSAGE_LIMIT = 2000


@dataclass(frozen=True)
class Case:
    """One reported test: its id, `passed|failed|error|skipped`, seconds, message and output."""

    name: str
    outcome: str
    seconds: float = 0.0
    message: str = ""
    output: str = ""


def read_reports(paths: Iterable[Path]) -> list[Case]:
    """The cases of all `paths` in order; a file that is not whole XML reports nothing."""
    return [case for path in paths for case in _read(path)]


def _read(path: Path) -> list[Case]:
    try:
        root = ElementTree.parse(path).getroot()
    except (OSError, ElementTree.ParseError):
        return []
    return list(_cases(root))


def _cases(root: ElementTree.Element) -> Iterator[Case]:
    for element in root.iter("testcase"):
        status, result = element.get("status", "run"), element.get("result", "completed")
        if status == "notrun" and result in ("completed", "suppressed") and len(element) == 0:
            continue  # GoogleTest lists what a filter left out
        yield Case(
            _name(element),
            _outcome(element, status, result),
            _seconds(element.get("time", "")),
            _message(element),
            element.findtext("system-out") or "",
        )


def _name(element: ElementTree.Element) -> str:
    suite, name = element.get("classname", ""), element.get("name", "")
    return f"{suite}.{name}" if suite and suite != name else name


def _outcome(element: ElementTree.Element, status: str, result: str) -> str:
    for tag, outcome in (("failure", "failed"), ("error", "error"), ("skipped", "skipped")):
        if element.find(tag) is not None:
            return outcome
    if status == "fail":
        return "failed"
    return "passed" if status == "run" and result == "completed" else "skipped"


def _seconds(text: str) -> float:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return 0.0


def _message(element: ElementTree.Element) -> str:
    for tag in ("failure", "error", "skipped"):
        found = element.find(tag)
        if found is not None:
            text = "\n".join(filter(None, (found.get("message"), found.text)))
            return text.strip()[:MESSAGE_LIMIT]
    return ""
