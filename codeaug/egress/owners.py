"""CODEOWNERS: who owns a file, as GitHub and GitLab read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pathspec.patterns.gitignore.basic import GitIgnoreBasicPattern

_SECTION = re.compile(r"\^?\[[^\]]+\](?:\[\d+\])?")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line (from 1): a pattern and its owners; none means that nobody owns what it matches."""

    line: int
    pattern: GitIgnoreBasicPattern
    owners: tuple[str, ...]
    section: str


def rules(text: str) -> list[Rule]:
    """The rules of a file, in order. A GitLab section's owners stand for lines without any."""
    found: list[Rule] = []
    section, default = "", tuple[str, ...]()
    for number, raw in enumerate(text.splitlines(), 1):
        line = re.sub(r"(?:^|\s)#.*", "", raw).strip()
        if not line:
            continue
        if head := _SECTION.match(line):
            section, default = head[0], tuple(line[head.end() :].split())
            continue
        words = [word.replace("\\ ", " ") for word in re.split(r"(?<!\\)\s+", line)]
        owners = tuple(words[1:]) or default
        found.append(Rule(number, GitIgnoreBasicPattern(words[0]), owners, section))
    return found


def owners_of(path: str, known: Sequence[Rule]) -> list[tuple[str, int]]:
    """Each owner of a file with the line that says so: the last match of each section counts."""
    last: dict[str, Rule] = {}
    for rule in known:
        if rule.pattern.include is not None and rule.pattern.match_file(path):
            last[rule.section] = rule
    return [(owner, rule.line) for rule in last.values() for owner in rule.owners]
