"""Which functions of a file can be left out without the compiler knowing more of the rest.

A compiler that sees all uses of a variable may conclude what values it has. So a function must stay
when it reaches, by names that only this unit of compilation sees, a variable that only this unit
sees and another function uses too. Any other function might as well be in another unit.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

_WORD = re.compile(r"[\w$.]+")
_TYPE = re.compile(r"\t\.type\t(?P<name>[^,\s]+), *[@%](?P<kind>function|object|gnu_\w+)")
_SECTION = re.compile(r"\t\.(?:section\t(?P<name>[^,\s]+)|(?P<plain>text|data|bss)\b)")
_VISIBLE = re.compile(r"\t\.(?P<word>globl|weak|local)\t(?P<name>[^,\s]+)")
_SET = re.compile(r"\t\.set\t(?P<name>[^,\s]+),(?P<other>[^,\s]+)")
_LABEL = re.compile(r"(?P<name>\.L[\w$.]+):")
_SILENT = re.compile(r"\t\.(?:string|ascii|asciz|comm|size)\b")
_CONSTANT = (".rodata", ".data.rel.ro", ".gcc_except_table")


@dataclass
class _Read:
    """The names of an assembly: what each one's text mentions, and who sees it."""

    uses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    data: set[str] = field(default_factory=set)
    strong: set[str] = field(default_factory=set)
    weak: set[str] = field(default_factory=set)

    @property
    def private(self) -> set[str]:
        """Variables of this unit of compilation alone."""
        return self.data - self.strong - self.weak


def separable(assembly: str, owners: Mapping[str, int]) -> set[int]:
    """The numbers of functions that can be left out; `owners` tells those of symbols."""
    read = _read(assembly)
    private = read.private
    users = {
        name: {user for user, used in read.uses.items() if name in used} - {name}
        for name in private
    }
    found = set()
    for number in set(owners.values()):
        own = {name for name, owner in owners.items() if owner == number}
        if all(users[name] <= own for name in _reached(read, own) & private):
            found.add(number)
    return found


def _reached(read: _Read, own: Set[str]) -> set[str]:
    """What is mentioned by `own`, and by what that mentions, up to what every unit sees."""
    found: set[str] = set()
    waiting = list(own)
    while waiting:
        for name in read.uses.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                if name not in read.strong or name in read.weak:
                    waiting.append(name)
    return found


def _read(assembly: str) -> _Read:
    read = _Read()
    section = function = name = ""
    for line in assembly.splitlines():
        if place := _SECTION.match(line):
            section = place["name"] or f".{place['plain']}"
        elif seen := _VISIBLE.match(line):
            {"globl": read.strong, "weak": read.weak, "local": read.data}[seen["word"]].add(
                seen["name"]
            )
        elif typed := _TYPE.match(line):
            name = typed["name"]
            if typed["kind"] == "function":
                function = name
            elif not section.startswith(_CONSTANT):
                read.data.add(name)
        elif equal := _SET.match(line):
            read.uses[equal["name"]].add(equal["other"])
        elif not _SILENT.match(line):
            label = _LABEL.match(line)
            if section.startswith(".text"):
                name = function
            elif label:
                name = label["name"]
            read.uses[name].update(_WORD.findall(line))
    return read
