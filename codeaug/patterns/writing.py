"""The text of a rewrite: the template filled, laid out as the place is, parentheses as needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from codeaug.model import Span, Unit
from codeaug.patterns.matching import Match
from codeaug.patterns.template import pieces, without
from codeaug.patterns.trees import (
    Form,
    forms,
    function_in,
    same_around,
    takes_parentheses,
    tree_of,
)
from codeaug.predicates.verdicts import Declined, require
from codeaug.syntax import SyntaxLimit, Tree, reparsed


@dataclass(frozen=True, slots=True)
class Blanks:
    """How the file is laid out: one level of indentation, line ends; `strings` are spans of several
    lines of text, whose white space is a value."""

    unit: str
    newline: str
    strings: tuple[Span, ...] = ()


@dataclass(frozen=True, eq=False)
class Place:
    """A match in a file's text, to be rewritten to the pattern `after`."""

    unit: Unit
    text: bytes
    match: Match
    after: str
    single: bool
    blanks: Blanks

    @cached_property
    def tree(self) -> Tree:
        return tree_of(self.unit.language, self.text)

    @cached_property
    def taken(self) -> Mapping[str, Span]:
        """What each metavariable stands for, where it stands first."""
        return {name: span for name, span in reversed(self.match.places)}

    @cached_property
    def forms(self) -> Mapping[str, list[Form]]:
        return {name: forms(self.tree, span) for name, span in self.taken.items()}

    def indent(self, position: int) -> str:
        """The white space that the line of `position` begins with."""
        start = self.text.rfind(b"\n", 0, position) + 1
        line = self.text[start:position].decode("utf-8", "replace")
        return line[: len(line) - len(line.lstrip(" \t"))]


@dataclass(frozen=True)
class Written:
    """The new text of a place and its tree, and where each metavariable stands in the new file."""

    text: str
    tree: Tree
    places: tuple[tuple[str, Span], ...] = field(default=())


def written(place: Place) -> Written:
    """The rewrite, with as few parentheses as keep the meaning. Declines PARSE, NATURAL."""
    failing: frozenset[int] = frozenset()
    for whole in (False, True) if place.single else (False,):
        for inner in (False, True):
            if inner and not failing:
                continue
            made = _rendered(place, failing if inner else frozenset(), whole)
            around, failing_now = _judged(place, made)
            if around and not failing_now:
                return made
            failing = failing_now if not inner else frozenset()
    raise Declined("PARSE", "the result would not be read as it is meant")


def _judged(place: Place, made: Written) -> tuple[bool, frozenset[int]]:
    """Whether all around is as it was, and which places of metavariables are not what they were."""
    delta = len(made.text.encode()) - (place.match.span.end - place.match.span.start)
    now = Span(place.match.span.start, place.match.span.end + delta)
    span = place.unit.span
    old = function_in(place.tree, span)
    new = function_in(made.tree, Span(span.start, span.end + delta))
    if old is None or new is None:
        return False, frozenset()
    around = same_around(old, new, place.match.span, now, place.single)
    failing = frozenset(
        number
        for number, (name, span) in enumerate(made.places)
        if forms(made.tree, span) != place.forms[name]
    )
    return around, failing


def _rendered(place: Place, wrapped: frozenset[int], whole: bool) -> Written:
    language, span = place.unit.language, place.match.span
    out = "(" if whole else ""
    found: list[tuple[str, Span]] = []
    for number, item in enumerate(_items(place)):
        if number % 2 == 0:
            out += item
        elif item:
            text = _moved(place, place.taken[item], out)
            opened = len(found) in wrapped and takes_parentheses(place.tree, place.taken[item])
            out += "(" if opened else ""
            start = span.start + len(out.encode())
            out += text
            found.append((item, Span(start, start + len(text.encode()))))
            out += ")" if opened else ""
    out += ")" if whole else ""
    try:
        tree = reparsed(language, place.tree, place.text, span.start, span.end, out.encode())
    except SyntaxLimit as error:
        raise Declined("PARSE", str(error)) from error
    return Written(out, tree, tuple(found))


def _items(place: Place) -> list[str]:
    """The pieces of the template, its lines indented as the place is."""
    base = place.indent(place.match.span.start)
    empty = {name for name, nodes in place.match.nodes.items() if not nodes}
    lines = [line for line in place.after.split("\n") if line.strip() not in empty]
    levels = [len(line) - len(line.lstrip(" ")) for line in lines]
    steps = [inner - outer for outer, inner in pairwise(levels) if inner > outer]
    step = min(steps, default=4)
    laid = [
        base + place.blanks.unit * (level // step) + " " * (level % step) + line.lstrip(" ")
        if number and line
        else line.lstrip(" ")
        for number, (line, level) in enumerate(zip(lines, levels, strict=True))
    ]
    return without(pieces(place.blanks.newline.join(laid)), empty)


def _moved(place: Place, span: Span, before: str) -> str:
    """The text of a capture as it stands behind `before`: its other lines keep their indentation
    in relation to the first."""
    text = place.text[span.start : span.end].decode()
    if "\n" not in text:
        return text
    old = place.indent(span.start)
    line = before.rpartition("\n")[2] if "\n" in before else None
    own = place.indent(place.match.span.start)
    new = own if line is None else line[: len(line) - len(line.lstrip(" \t"))]
    return text if old == new else "".join(_lines(place, span, old, new))


def _lines(place: Place, span: Span, old: str, new: str) -> Iterator[str]:
    position = span.start
    for number, data in enumerate(place.text[span.start : span.end].splitlines(keepends=True)):
        line = data.decode()
        inside = any(s.start < position < s.end for s in place.blanks.strings)
        if number and line.strip() and not inside:
            require(line.startswith(old), "NATURAL", "a line is indented less than its statement")
            line = new + line[len(old) :]
        yield line
        position += len(data)
