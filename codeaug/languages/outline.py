"""What languages share when they find units: nesting by byte ranges, never by `node.parent`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from codeaug.model import Skip, SkipReason, Span, Unit
from codeaug.syntax import Node, captures, query

MARK = b"codeaug:"  # looked for first: most files have none
_MARK = re.compile(rb"(?:#|//|/\*|\*)[^\n]*codeaug:\s*skip\b")
_NO_TRAIN = re.compile(rb"codeaug:\s*no-train\b")  # safe to find once too often
_ABOVE = re.compile(
    rb"(?:^[ \t]*(?:#|//|/\*|\*)[^\n]*\n)*[ \t]*(?:/\*[^\n]*\*/[ \t]*)?\Z", re.MULTILINE
)
_HEAD = re.compile(rb"\A(?:\s*(?:#|//|/\*|\*|;)[^\n]*\n)*")
_WHOLE_HEAD = re.compile(
    rb"\A(?:\s*(?:(?:#|//)[^\n]*(?:\n|\Z)|/\*.*?\*/|\"{3}.*?\"{3}|'{3}.*?'{3}))*", re.DOTALL
)


Part = tuple[int, int]
"""From byte to byte of a file."""


def merged(parts: Iterable[Part], gap: int = 1) -> list[Part]:
    """Sorted parts, those as one between which less than `gap` bytes lie."""
    result: list[Part] = []
    for start, end in parts:
        if result and start - result[-1][1] < gap:
            start, last = result.pop()
            end = max(end, last)
        result.append((start, end))
    return result


def space_at(sign: str) -> re.Pattern[str]:
    """A single blank on either side of a sign.

    It begins with a plain blank, which is found many times faster than the beginning of a choice.
    """
    return re.compile(rf" (?:(?={sign})|(?<={sign} ))")


@dataclass(slots=True)
class Place:
    """A captured node with its role: `unit`, `scope` or `wrapper`; `name` is found out once."""

    role: str
    node: Node
    start: int
    end: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Where units lie without looking into every function: a query over all nodes costs as much as
    a third of parsing.

    `roles` are the types of the query's nodes, `open` the types whose children are looked at.
    Anything else is queried only when `may_hold` says that such a node's text could hold a unit.
    """

    roles: Mapping[str, str]
    open: frozenset[str]
    may_hold: Callable[[Node, bytes], bool]

    def places(self, language: str, root: Node, source: bytes) -> list[Place]:
        """What the query finds."""
        found: list[Place] = []
        waiting = [root]
        while waiting:
            for child in waiting.pop().named_children:
                kind = child.type
                if kind.endswith("comment"):
                    continue
                start, end = child.byte_range
                if kind in self.open:
                    waiting.append(child)
                elif self.may_hold(child, source[start:end]):
                    found += all_places(language, child)
                    continue
                if kind in self.roles:
                    found.append(Place(self.roles[kind], child, start, end))
        return found


def all_places(language: str, root: Node, part: Part | None = None) -> list[Place]:
    """What the query of a language finds below and including a node, where `part` touches it."""
    found = captures(query(language, "units"), root, part)
    return [Place(role, node, *node.byte_range) for role, nodes in found.items() for node in nodes]


def units_with_surroundings(
    places: list[Place],
) -> Iterator[tuple[Place, list[Place]]]:
    """Each unit among the places with what encloses it, outermost first."""
    places.sort(key=lambda place: (place.start, -place.end, place.role != "wrapper"))
    enclosing: list[Place] = []
    for place in places:
        while enclosing and enclosing[-1].end <= place.start:
            enclosing.pop()
        if place.role == "unit":
            yield place, enclosing
        enclosing.append(place)


def names_around(
    enclosing: Sequence[Place], source: bytes, name_of: Callable[[Place, bytes], str]
) -> list[str]:
    """The names of all scopes and units around a unit; those without a name are left out."""
    names = []
    for place in enclosing:
        if place.role == "wrapper":
            continue
        if place.name is None:
            place.name = name_of(place, source)
        if place.name:
            names.append(place.name)
    return names


def wrapped_start(place: Place, enclosing: Sequence[Place]) -> int:
    """Where the unit begins with the wrappers (decorators, template headers) directly around it."""
    start = place.start
    for outer in reversed(enclosing):
        if outer.role != "wrapper" or outer.end != place.end:
            break
        start = outer.start
    return start


def numbered(found: Sequence[Unit | Skip]) -> list[Unit | Skip]:
    """The second unit of one name and parameter list becomes `name#2`, and so on."""
    names = [item.qualified_name for item in found if isinstance(item, Unit)]
    if len(set(names)) == len(names):
        return list(found)
    seen: Counter[str] = Counter()
    result: list[Unit | Skip] = []
    for item in found:
        if isinstance(item, Unit):
            seen[item.qualified_name] += 1
            if (count := seen[item.qualified_name]) > 1:
                item = replace(item, name=f"{item.name}#{count}")
        result.append(item)
    return result


def marked(found: Sequence[Unit | Skip], source: bytes) -> list[Unit | Skip]:
    """Units inside or right below whose comment stands `codeaug: skip` become skips."""
    marks = [match.start() for match in _MARK.finditer(source)]
    return [
        Skip(item.path, item.language, SkipReason.MARKED, item.qualified_name)
        if isinstance(item, Unit) and _is_marked(item.span, marks, source)
        else item
        for item in found
    ]


def _is_marked(span: Span, marks: Sequence[int], source: bytes) -> bool:
    above = _ABOVE.search(source, max(0, span.start - 4000), span.start)
    start = above.start() if above else span.start
    end = source.find(b"\n", span.end)
    return any(start <= mark < (end if end >= 0 else len(source)) for mark in marks)


def is_marked_file(source: bytes) -> bool:
    """Whether the comments at the top of the file, apart from its first function's own, say
    `codeaug: skip`."""
    head = _HEAD.match(source)
    mark = _MARK.search(source, 0, head.end() if head else 0)
    return mark is not None and b"\n\n" in source[mark.start() : head.end() + 1 if head else 0]


def no_train(units: Sequence[Unit], source: bytes) -> frozenset[int]:
    """The first bytes of units that no model is to be trained on: `codeaug: no-train` stands inside
    or right above them or a function around them, or at the head of the file."""
    if MARK not in source or not (marks := [m.start() for m in _NO_TRAIN.finditer(source)]):
        return frozenset()
    parts = [(_with_comments(unit.span, source), unit.span) for unit in units]
    head = _WHOLE_HEAD.match(source)
    end = head.end() if head else 0
    own = [start for start, span in parts for mark in marks if start <= mark < span.start]
    if any(mark < end for mark in marks) and not any(start < end for start in own):
        return frozenset(span.start for _, span in parts)
    held = [
        span
        for start, span in parts
        if any(start <= mark < _line_end(span.end, source) for mark in marks)
    ]
    return frozenset(
        span.start
        for _, span in parts
        if any(outer.start <= span.start and span.end <= outer.end for outer in held)
    )


def _with_comments(span: Span, source: bytes) -> int:
    """Where the comments begin that stand right above a unit, no empty line between."""
    start = span.start
    while True:
        before = source[:start].rstrip(b" \t")
        before = before.removesuffix(b"\n").rstrip(b" \t\r")
        line = before.rfind(b"\n") + 1
        if before.endswith(b"*/"):
            start = before.rfind(b"/*")
        elif before[line:].lstrip().startswith((b"#", b"//")):
            start = line
        else:
            return start
        if start <= 0:
            return max(start, 0)


def _line_end(end: int, source: bytes) -> int:
    found = source.find(b"\n", end)
    return found if found >= 0 else len(source)
