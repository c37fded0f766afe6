"""Approved variants that a change makes stale: their function reads differently now, or is gone.

A function that is moved or laid out anew keeps its variants.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from codeaug.model import SkipReason, Unit
from codeaug.notices import RULES, Notice
from codeaug.parsing import Changed

Name = tuple[str, str]
"""The language and the qualified name of a unit."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a unit of this name says, and where; nothing (`content` is empty) when it is marked
    `codeaug: skip`."""

    name: Name
    content: str
    path: str
    line: int = 0
    end_line: int = 0


def name_of(unit: Unit) -> Name:
    return unit.language, unit.qualified_name


def in_question(file: Changed, names: Collection[Name]) -> tuple[list[Said], list[Said]]:
    """What units of these names say in a file before the change (what HEAD has), and after it."""
    texts = (*file.olds[:1], file.text)
    words = {_last(name) for language, name in names if language == file.language}
    if not any(word in text for word in words for text in texts):
        return [], []
    before = said(file.language, texts[0], file.old_path, names) if file.olds else []
    after = said(file.language, file.text, file.path, names)
    for old in file.olds[1:]:  # what the other side of a merge says too was told there
        theirs = said(file.language, old, file.path, names)
        before = [one for one in before if _of(one.name, theirs) != _of(one.name, after)]
    return before, after


def _of(name: Name, some: Iterable[Said]) -> set[str]:
    return {one.content for one in some if one.name == name}


def _last(name: str) -> bytes:
    """A word that stands in the text of every function of this name."""
    return name.split("(")[0].replace("::", ".").rsplit(".", 1)[-1].split("#")[0].encode()


def said(language: str, text: bytes, path: str, names: Collection[Name]) -> list[Said]:
    from codeaug.languages import content, find_units_once

    if not text:
        return []
    found: list[Said] = []
    for item in find_units_once(language, text, path, ""):
        if isinstance(item, Unit):
            if name_of(item) in names:
                one = Said(name_of(item), content(item), path, item.line, item.end_line)
                found.append(one)
        elif item.reason is SkipReason.MARKED:
            marked = {(language, item.name)} if item.name else names
            found += [Said(name, "", path) for name in names if name in marked]
    return found


def contents(unit: Unit) -> str:
    """What an approved unit says."""
    from codeaug.languages import content

    return content(unit)


def stale(
    approved: Counter[tuple[Name, str]], before: Sequence[Said], after: Sequence[Said]
) -> list[Notice]:
    """One notice a function that says no more what its approved variants are variants of."""
    still = {(one.name, one.content) for one in after}
    notices = []
    for one in _each(before):
        number = approved[(one.name, one.content)]
        if number and (one.name, one.content) not in still:
            notices.append(_notice(one, number, [now for now in after if now.name == one.name]))
    return notices


def _each(before: Iterable[Said]) -> list[Said]:
    """One of those that say the same."""
    return list({(one.name, one.content): one for one in before}.values())


def _notice(was: Said, number: int, now: Sequence[Said]) -> Notice:
    _, name = was.name
    many = f"{number} approved variant{'s' * (number > 1)}"
    s = "s" * (number == 1)
    there = [one for one in now if one.content]
    if not there:
        marked = any(one.path == was.path for one in now)
        how = "is marked `codeaug: skip`" if marked else "is gone"
        message = f"{name} {how}: its {many} stay{s} without a function"
        return Notice(RULES["stale"], was.path, message, unit=name)
    here = next((one for one in there if one.path == was.path), there[0])
    message = f"{name} changed: its {many} become{s} stale"
    return Notice(RULES["stale"], here.path, message, here.line, here.end_line, name)
