"""What is asked about the code at a match, of any language."""

from __future__ import annotations

from typing import Protocol

from codeaug.model import Edit, Span
from codeaug.patterns.writing import Blanks
from codeaug.predicates.verdicts import Declined
from codeaug.transforms import Subject


class Facts(Protocol):
    """One unit. `text` is its file as it is parsed: as long as the file itself, and the same inside
    of the unit's body."""

    text: bytes
    blanks: Blanks

    def meets(self, predicate: str, span: Span, around: Span) -> bool:
        """Whether what stands there meets a predicate of `settings.patterns.PREDICATES`; FRESH is
        met by a name that is mentioned only within `around`."""

    def is_evaluated(self, span: Span) -> bool:
        """Whether it is an expression or a statement, and no type and no name of a member."""

    def is_bound(self, span: Span) -> bool:
        """Whether it is a name that is declared or assigned there."""

    def require_fresh(self, name: str) -> None:
        """FRESH: a new variable of this name can be declared in the unit."""

    def require_widened(self, span: Span, around: Span) -> None:
        """FRESH, TRIVLIFE: what is declared there can be seen and live behind `around`, too."""

    def require_plain(self, span: Span) -> None:
        """NOMACRO: no macro is there."""

    def require_readable(self, edit: Edit) -> None:
        """PARSE: the language itself takes the result, where tree-sitter takes more."""

    def require_room(self, edit: Edit) -> None:
        """NATURAL: no line grows too long."""


def facts_of(subject: Subject) -> Facts:
    """Declines where the unit cannot be read."""
    from codeaug.patterns import braces, python

    unit = subject.unit
    if not unit.is_utf8:
        raise Declined("PARSE", "the file is not UTF-8")
    facts = python.facts if unit.language == "python" else braces.facts
    return facts(unit, subject.source, subject.style)
