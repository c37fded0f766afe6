"""One comment worded otherwise, in any language: a closed list of wordings, no model."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from codeaug.languages.docstrings import may_be_read
from codeaug.languages.remarks import Remark
from codeaug.languages.wording import fuller, imperative, shorter, third_person
from codeaug.model import Edit
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._remarks import remarks_of, require_prose, require_short

_JOINED = re.compile(r",|;|\b(?:and|or|then|but|also|not)\b")

Reword = Callable[[str, bool], str]


def spell_out(subject: Subject) -> Iterator[Site]:
    """Each comment with something to write out."""
    return _sites(subject, fuller)


def shorten(subject: Subject) -> Iterator[Site]:
    """Each comment with something to contract or to leave out."""
    return _sites(subject, lambda text, first: shorter(text, first, _has_comma(subject.source)))


def to_third_person(subject: Subject) -> Iterator[Site]:
    """All comments of the unit that begin with an order."""
    # Beside code it may be an order to the reader.
    remarks = [remark for remark in remarks_of(subject) if not remark.beside]
    return _voices(subject, remarks, third_person)


def to_imperative(subject: Subject) -> Iterator[Site]:
    """All comments of the unit that begin with what the code does."""
    return _voices(subject, remarks_of(subject), imperative)


@lru_cache(maxsize=4)
def _has_comma(source: bytes) -> bool:
    """Whether the file writes a comma behind `e.g.`."""
    return b"e.g.," in source or b"i.e.," in source


def _sites(subject: Subject, reword: Reword) -> Iterator[Site]:
    for remark in remarks_of(subject):
        edits = _edits(remark, reword)
        if edits:
            yield _site(subject, (remark,), edits)


def _voices(
    subject: Subject, remarks: Sequence[Remark], reword: Callable[[str], str]
) -> Iterator[Site]:
    """One site for the whole unit: its comments speak with one voice."""
    found = [
        (remark, edits)
        for remark in remarks
        if (edits := _edits(remark, lambda text, first: reword(text) if first else text))
    ]
    if found:
        edits = tuple(edit for _, each in found for edit in each)
        yield _site(subject, tuple(remark for remark, _ in found), edits, voiced=True)


def _edits(remark: Remark, reword: Reword) -> tuple[Edit, ...]:
    said = False
    edits: list[Edit] = []
    for line in remark.lines:
        text = reword(line.text, not said) if line.text else ""
        said = said or bool(line.text)
        if text != line.text:
            edits.append(Edit(line.span.start, line.span.end, text))
    return tuple(edits)


def _site(
    subject: Subject, changed: tuple[Remark, ...], edits: tuple[Edit, ...], voiced: bool = False
) -> Site:
    span = changed[0].span
    new = {edit.start: edit.text for edit in edits}
    try:
        for remark in changed:
            _require_free(subject, remark, new)
            require(
                not voiced or _one_clause(remark), "NATURAL", "other verbs would have to follow"
            )
        for edit in edits:
            require_short(subject, edit)
    except Declined as declined:
        return Site(span, declined=declined.predicate, detail=declined.detail)
    return Site(span, edits)


def _require_free(subject: Subject, remark: Remark, new: Mapping[int, str]) -> None:
    require_prose(remark.words)
    require_prose(" ".join(new.get(line.span.start, line.text) for line in remark.lines))
    if remark.string:
        require(remark.docstring, "NODYN", "a string that is no docstring")
        inside = remark.span.start > subject.unit.body.start
        require(not inside, "NODYN", "the docstring of something inside the function")
        why = may_be_read(subject.unit, subject.source)
        require(not why, "NODYN", why)


def _one_clause(remark: Remark) -> bool:
    """Whether the first sentence has one verb to begin with: none joined to it by `and`."""
    return not _JOINED.search(re.split(r"[.:](?:\s|\Z)", remark.words)[0])
