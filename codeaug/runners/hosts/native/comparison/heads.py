"""A function's head: the names of its parameters, so that a call of it can be written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..proof.tokens import Token, closing, tokens

UNNAMED = "codeaug_unnamed"
_NO_TYPE = frozenset(
    ("const", "volatile", "struct", "class", "enum", "union", "typename", "register")
)
_BUILT_IN_WORDS = """
void bool char short int long float double signed unsigned auto wchar_t char16_t char32_t char8_t
size_t
"""
_BUILT_IN = frozenset(_BUILT_IN_WORDS.split())
_COUNTS = frozenset(["n", "num", "cnt", "count", "len", "length", "size", "sz", "bytes", "items",
                     "elements", "entries"])  # fmt: skip
_COUNTED = ("len", "length", "size", "count")
_SPAN_ENDS = frozenset(["end", "last", "stop", "limit", "finish", "e"])


class Unwritten(Exception):
    """No call of the unit can be written; the message says why."""


@dataclass(frozen=True)
class Head:
    """`text` is the head with a name for each parameter; `name` the function's own, last name.

    `scope`: the name of what is around, "" if nothing is.
    """

    text: str
    name: str
    scope: str
    parameters: tuple[str, ...]

    @property
    def is_constructor(self) -> bool:
        return self.name == self.scope

    @property
    def has_spans(self) -> bool:
        """Whether a parameter may say where another one's text ends."""
        return any(not _SPAN_ENDS.isdisjoint(p.lower().split("_")) for p in self.parameters)

    def counts(self, parameter: str) -> bool:
        """Whether it is called as a number of how many there are is: `n`, `keyCount`, `buf_len`."""
        words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", parameter)
        return any(w.lower() in _COUNTS or w.lower().endswith(_COUNTED) for w in words)


def read_head(text: str, unit: str) -> Head:
    """The head `text` of the function whose qualified name is `unit`. Raises Unwritten."""
    scope, name = _split(unit)
    if name.startswith("~"):
        raise Unwritten("destructors are not compared")
    found = tokens(text)
    opening = _opening(found, name)
    end = closing(found, opening)
    if end == len(found):
        raise Unwritten("the parameters are not found in the unit's head")
    names, added = [], []
    for number, parameter in enumerate(_parameters(found[opening + 1 : end])):
        known = _name(parameter)
        if not known:
            known = f"{UNNAMED}{number}"
            added.append((_end_of(parameter), f" {known}"))
        names.append(known)
    for at, name_ in reversed(added):
        text = text[:at] + name_ + text[at:]
    return Head(text, name, scope, tuple(names))


def _split(unit: str) -> tuple[str, str]:
    """What is around, and the name: `operator` may be followed by anything."""
    before, mark, after = unit.partition("operator")
    if mark and (not before or before.endswith("::")) and not after[:1].isidentifier():
        return _last(before.removesuffix("::")), mark + after
    plain = unit[: _arguments(unit)]
    scope, _, name = plain.rpartition("::")
    return _last(scope), name + unit[len(plain) :]


def _arguments(unit: str) -> int:
    """Where the template arguments behind a name begin; the length when there are none."""
    depth = 0
    for at in range(len(unit) - 1, -1, -1):
        depth += (unit[at] == ">") - (unit[at] == "<")
        if depth <= 0:
            return at if depth == 0 and unit[at] == "<" else len(unit)
    return len(unit)


def _last(scope: str) -> str:
    last = scope.rpartition("::")[2].partition("<")[0]
    return "" if last == "(anonymous)" else last


def _opening(found: Sequence[Token], name: str) -> int:
    """The index of the parenthesis before the parameters."""
    depth = 0
    for at, token in enumerate(found):
        depth += (token.text in "([") - (token.text in ")]")
        if depth or token.kind != "name":
            continue
        if token.text == "operator" and name.startswith("operator"):
            start = at + 3 if [t.text for t in found[at + 1 : at + 3]] == ["(", ")"] else at + 1
            return next((n for n in range(start, len(found)) if found[n].text == "("), len(found))
        if token.text == name.partition("<")[0]:
            after = _behind_arguments(found, at + 1)
            if after < len(found) and found[after].text == "(":
                return after
    raise Unwritten("the unit's name is not found in its head")


def _behind_arguments(found: Sequence[Token], at: int) -> int:
    depth = 0
    while at < len(found):
        depth += {"<": 1, ">": -1, ">>": -2}.get(found[at].text, 0)
        if depth <= 0:
            return at + (found[at].text in (">", ">>"))
        at += 1
    return at


def _parameters(found: Sequence[Token]) -> list[list[Token]]:
    """Each parameter's tokens without its default. Raises Unwritten."""
    parts: list[list[Token]] = [[]]
    depth, default = 0, False
    for token in found:
        if token.text == "...":
            raise Unwritten("the unit takes any number of arguments")
        if token.kind == "directive":
            raise Unwritten("a directive stands between the unit's parameters")
        if not default:
            depth += {"<": 1, ">": -1, ">>": -2}.get(token.text, 0)
        depth += (token.text in "([{") - (token.text in ")]}")
        if token.text == "," and depth == 0:
            parts.append([])
            default = False
        elif token.text == "=" and depth == 0:
            default = True
        elif not default:
            parts[-1].append(token)
    only = [token.text for token in parts[0]]
    return [] if len(parts) == 1 and only in ([], ["void"]) else parts


def _name(parameter: Sequence[Token]) -> str:
    """A parameter's name, "" when it has none. Raises Unwritten where that is not to be seen."""
    found = list(parameter)
    while found and found[-1].text == "]":
        while found and found.pop().text != "[":
            continue
        if found and found[-1].kind == "name" and _is_name(found):
            return found[-1].text
    outer = _outer(found)
    for at in range(len(outer) - 2):
        inside = [token.text for token in outer[at : at + 2]]
        if inside in (["(", "*"], ["(", "&"], ["(", "&&"]) and outer[at + 2].kind == "name":
            return outer[at + 2].text
    if len(found) < len(parameter) or any(token.text == "(" for token in outer):
        raise Unwritten("a parameter's name is not found")
    return found[-1].text if _is_name(found) else ""


def _outer(found: Sequence[Token]) -> list[Token]:
    """A parameter's tokens without the template arguments of its type."""
    kept, depth = [], 0
    for token in found:
        depth += {"<": 1}.get(token.text, 0)
        if depth <= 0:
            kept.append(token)
        depth += {">": -1, ">>": -2}.get(token.text, 0)
    return kept


def _is_name(found: Sequence[Token]) -> bool:
    last, before = found[-1], found[:-1]
    typed = [t for t in before if t.text not in _NO_TYPE]
    return (
        last.kind == "name"
        and last.text not in _BUILT_IN | _NO_TYPE
        and bool(typed)
        and typed[-1].text != "::"
    )


def _end_of(parameter: Sequence[Token]) -> int:
    return parameter[-1].start + len(parameter[-1].text)
