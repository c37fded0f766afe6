"""A comment at the end of a line as a line above it, and back, in Java and C++."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator

from codeaug.languages import tokens
from codeaug.languages.remarks import Remark
from codeaug.model import Edit, Span
from codeaug.predicates.verdicts import Declined
from codeaug.transforms import Site, Subject
from codeaug.transforms._remarks import remarks_of
from codeaug.transforms.comment_place._places import line_before, sidewards, upwards

_STATEMENT = re.compile(rb"[ \t]*[^\s#}/*].*;[ \t]*\Z")
_NO_STATEMENT = re.compile(rb"[ \t]*(?:case|default|else|for|if|while|do|switch|try|catch)\b")
_ENDED = (";", "{", "}", ":")


def above(subject: Subject) -> Iterator[Site]:
    """Each comment at the end of a line that is one whole statement."""
    return _sites(subject, _above)


def beside(subject: Subject) -> Iterator[Site]:
    """Each comment right above a line that is one whole statement."""
    return _sites(subject, _beside)


Rule = Callable[[Subject, Remark], tuple[Edit, ...] | None]


def _sites(subject: Subject, rule: Rule) -> Iterator[Site]:
    for remark in remarks_of(subject):
        try:
            edits = rule(subject, remark)
        except Declined as declined:
            yield Site(remark.span, declined=declined.predicate, detail=declined.detail)
            continue
        if edits is not None:
            yield Site(remark.span, edits)


def _above(subject: Subject, remark: Remark) -> tuple[Edit, ...] | None:
    if not remark.beside:
        return None
    source = subject.source
    start = source.rfind(b"\n", 0, remark.span.start) + 1
    code = _statement(subject, start, remark.span.start)
    return None if code is None else upwards(subject, remark, code)


def _beside(subject: Subject, remark: Remark) -> tuple[Edit, ...] | None:
    if not remark.own or remark.sign not in ("//", "/*"):
        return None
    source = subject.source
    start = source.find(b"\n", remark.span.end) + 1
    end = source.find(b"\n", start)
    code = _statement(subject, start, end if end >= 0 else len(source)) if start else None
    if code is None or code.end > subject.unit.span.end:
        return None
    gap = "  " if source.count(b";  //") > source.count(b"; //") else " "
    return sidewards(subject, remark, code, gap)


def _statement(subject: Subject, start: int, end: int) -> Span | None:
    """The code from `start`, where a line begins, to `end` if it is one whole plain statement."""
    source = subject.source
    line = source[start:end]
    if not _STATEMENT.match(line.rstrip()) or _NO_STATEMENT.match(line):
        return None
    found = tokens(subject.unit.language, source, subject.unit.span)
    first = bisect_left(found, start, key=lambda token: token.start)
    after = bisect_left(found, end, key=lambda token: token.start)
    here = [token.text for token in found[first:after]]
    if not first or found[first - 1].end > start or found[first - 1].text not in _ENDED:
        return None
    if here.count(";") != 1 or here[-1:] != [";"] or here.count("(") != here.count(")"):
        return None
    if "{" in here or "}" in here or line_before(source, start).rstrip().endswith("\\"):
        return None
    if found[after - 1].end > end:
        return None
    return Span(found[first].start, found[after - 1].end)
