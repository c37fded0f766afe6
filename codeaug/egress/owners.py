"""CODEOWNERS: who owns a file, as GitHub and GitLab read it.

The two differ in places. Where they do, a file has the owners that it has for either.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

_SECTION = re.compile(r"\^?\[(?P<name>[^\]]+)\](?:\[\d+\])?(?P<owners>\s.*)?")
# Where each of the two looks, in order: the first file that is there is the one.
ON_GITHUB = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")
ON_GITLAB = ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
_PARTS = re.compile(r"(?P<folders>\*\*/)|(?P<rest>\*\*)|(?P<star>\*)|(?P<one>\?)|\\(.)|(.)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line (from 1): a pattern and its owners; none means that nobody owns what it matches.

    GitHub takes a folder's name for all that is in it, GitLab takes `a/b` for one at any depth.
    """

    line: int
    section: str
    owners: tuple[str, ...]
    on_gitlab: re.Pattern[str]
    on_github: re.Pattern[str]


def files(paths: Container[str]) -> list[str]:
    """The files that say who owns what in a repository of these paths: GitHub's and GitLab's."""
    found = (next((p for p in order if p in paths), None) for order in (ON_GITHUB, ON_GITLAB))
    return [path for path in dict.fromkeys(found) if path is not None]


def rules(text: str) -> list[Rule]:
    """The rules of a file, in order. A GitLab section's owners stand for lines without any."""
    found: list[Rule] = []
    section, default = "", tuple[str, ...]()
    for number, raw in enumerate(text.split("\n"), 1):
        line = re.sub(r"(?:^|\s)#.*", "", raw).strip()
        if head := _SECTION.fullmatch(line):
            section, default = head["name"].lower(), tuple((head["owners"] or "").split())
        elif line and not line.startswith("!"):  # what GitLab lets go again stays owned
            pattern, *owners = re.split(r"(?<!\\)\s+", line)
            forms = [re.compile(form) for form in _regexes(pattern)]
            found.append(Rule(number, section, tuple(owners) or default, *forms))
    return found


def owners_of(path: str, known: Sequence[Rule]) -> Iterator[tuple[str, int]]:
    """Each owner of a file with the line that says so: the last match of each section counts."""
    on_gitlab, on_github = dict[str, Rule](), dict[str, Rule]()
    for rule in known:
        if rule.on_gitlab.fullmatch(path):
            on_gitlab[rule.section] = rule
        if rule.on_github.fullmatch(path):
            on_github[rule.section] = rule
    for rule in dict.fromkeys((*on_gitlab.values(), *on_github.values())):
        yield from ((owner, rule.line) for owner in rule.owners)


def _regexes(pattern: str) -> tuple[str, str]:
    """The pattern for GitLab, and for GitHub."""
    inner = pattern.strip("/")
    middle = "".join(_part(match) for match in _PARTS.finditer(inner))
    anywhere = "(?:.*/)?"
    on_gitlab = ("" if pattern.startswith("/") else anywhere) + middle
    on_github = ("" if "/" in pattern.rstrip("/") else anywhere) + middle
    if pattern.endswith("/"):
        return on_gitlab + "/.*", on_github + "/.*"
    # `docs/*` stops at the next folder, `docs` does not.
    return on_gitlab, on_github + ("" if pattern.endswith("/*") else "(?:/.*)?")


def _part(match: re.Match[str]) -> str:
    fixed = {"folders": "(?:.*/)?", "rest": ".*", "star": "[^/]*", "one": "[^/]"}
    return fixed.get(match.lastgroup or "") or re.escape(match[5] or match[6])
