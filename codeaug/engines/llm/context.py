"""What a model is shown beside the function: what it uses, who uses it, how the neighbours write.

Tests are never shown: units are never tests, and nothing but units and import lines is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from codeaug.model import Unit

MOST_PART = 3000
MOST_SIBLING_LINES = 40
SIBLINGS = 2
CALLERS = 3
CALLEES = 12

_IMPORTS = {
    "python": re.compile(r"^(?:import|from)[ \t][^\n(]*(?:\([^)]*\))?", re.MULTILINE),
    "java": re.compile(r"^[ \t]*import[ \t][^;\n]*;", re.MULTILINE),
    "cpp": re.compile(r"^[ \t]*(?:#[ \t]*include[^\n]*|using[ \t][^;\n]*;)", re.MULTILINE),
}
_CALLED = re.compile(r"\b([A-Za-z_]\w*)\s*\(")
_SCOPE = re.compile(r"::|\.")
_COMMON = re.compile(
    r"if|for|while|switch|return|catch|sizeof|assert|def|elif|with|print|len|str|int|super|[gs]et"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of context, and the file it comes from."""

    name: str
    title: str
    text: str
    path: str


@dataclass
class Surroundings:
    """The units of one language of a repository, by name and by who calls what.

    `allowed` says whether a file's text may be shown at all.
    """

    units: Sequence[Unit]
    read: Callable[[str], bytes]
    allowed: Callable[[str], bool]
    _named: dict[str, list[Unit]] = field(default_factory=dict)
    _callers: dict[str, list[int]] = field(default_factory=dict)
    _in_file: dict[str, list[Unit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, unit in enumerate(self.units):
            self._named.setdefault(_last(unit), []).append(unit)
            self._in_file.setdefault(unit.path, []).append(unit)
            for name in set(_CALLED.findall(unit.code)):
                self._callers.setdefault(name, []).append(number)

    def parts(self, unit: Unit) -> list[Part]:
        """What is shown with a unit, in the order in which it is shown."""
        made = (self._imports(unit), self._signatures(unit), self._siblings(unit), self._uses(unit))
        return [part for part in made if part and part.text.strip()]

    def _imports(self, unit: Unit) -> Part | None:
        source = self.read(unit.path).decode("utf-8", "replace")
        lines = [match[0].strip() for match in _IMPORTS[unit.language].finditer(source)]
        return Part("imports", "Imports of its file", _cut("\n".join(lines)), unit.path)

    def _signatures(self, unit: Unit) -> Part | None:
        """Signatures of what it calls and of the other members of its class."""
        called = dict.fromkeys(_CALLED.findall(unit.code))
        names = [name for name in called if not _COMMON.fullmatch(name) and name != _last(unit)]
        found: dict[str, Unit] = {}
        for name in names:
            for callee in self._nearest(unit, self._named.get(name, ()))[:2]:
                found.setdefault(callee.id, callee)
        lines = [_signature(callee) for callee in list(found.values())[:CALLEES]]
        lines += [_signature(member) for member in self._members(unit) if member.id not in found]
        text = "\n".join(dict.fromkeys(lines))
        return Part("signatures", "Signatures of functions around it", _cut(text), unit.path)

    def _siblings(self, unit: Unit) -> Part | None:
        """The functions of its file that are most like it in length, its own class first."""
        size = len(unit.code)
        others = [
            other
            for other in self._in_file.get(unit.path, ())
            if other.id != unit.id
            and not _overlaps(other, unit)
            and 2 < other.code.count("\n") < MOST_SIBLING_LINES
        ]
        others.sort(key=lambda o: (_scope(o) != _scope(unit), abs(len(o.code) - size), o.line))
        text = "\n\n".join(_dedented(other) for other in others[:SIBLINGS])
        return Part("neighbours", "Other functions of its file", _cut(text), unit.path)

    def _uses(self, unit: Unit) -> Part | None:
        """Lines that call it."""
        callers = (self.units[number] for number in self._callers.get(_last(unit), ()))
        near = self._nearest(unit, [c for c in callers if c.id != unit.id])
        pieces = [piece for caller in near[:CALLERS] for piece in _calls(caller, _last(unit))][
            :CALLERS
        ]
        return Part("uses", "How it is called", _cut("\n\n".join(pieces)), unit.path)

    def _nearest(self, unit: Unit, others: Iterable[Unit]) -> list[Unit]:
        """Those that may be shown: of the same class, then file, then folder, first."""
        folder = PurePosixPath(unit.path).parent
        return sorted(
            (other for other in others if self.allowed(other.path)),
            key=lambda o: (
                o.path != unit.path or _scope(o) != _scope(unit),
                o.path != unit.path,
                PurePosixPath(o.path).parent != folder,
                o.path,
                o.line,
            ),
        )

    def _members(self, unit: Unit) -> Iterator[Unit]:
        scope = _scope(unit)
        if scope:
            others = (o for o in self._in_file.get(unit.path, ()) if _scope(o) == scope)
            yield from [other for other in others if other.id != unit.id][:CALLEES]


def _last(unit: Unit) -> str:
    return _SCOPE.split(unit.name.partition("#")[0])[-1]


def _scope(unit: Unit) -> str:
    return unit.name[: len(unit.name) - len(_SCOPE.split(unit.name)[-1])]


def _overlaps(one: Unit, other: Unit) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _signature(unit: Unit) -> str:
    """The definition without its body and decorators, on one line, with the name of its scope."""
    head = unit.code.encode("utf-8", "surrogateescape")[: unit.body.start - unit.span.start]
    text = " ".join(head.decode("utf-8", "replace").split()).rstrip("{: ")
    if unit.language == "python":
        text = text[max(0, text.find("def ")) :]
    scope = _scope(unit).rstrip(".:")
    return f"{scope}: {text}" if scope and unit.language != "cpp" else text


def _calls(caller: Unit, name: str) -> Iterator[str]:
    lines = caller.code.split("\n")
    for number, line in enumerate(lines):
        if number and re.search(rf"\b{re.escape(name)}\s*\(", line):
            yield "\n".join(lines[max(0, number - 1) : number + 2])
            return


def _dedented(unit: Unit) -> str:
    margin = unit.margin
    return "\n".join(line.removeprefix(margin) for line in unit.code.split("\n"))


def _cut(text: str) -> str:
    """At most MOST_PART characters, whole lines of them."""
    if len(text) <= MOST_PART:
        return text
    return text[:MOST_PART].rpartition("\n")[0]
