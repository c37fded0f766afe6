"""`[[transforms]]` of a settings file: rewrites that a team writes as a pair of patterns.

What is said here is what a file can say; what a pattern means is in `codeaug.patterns`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from codeaug.errors import UsageError

LANGUAGES = ("python", "java", "cpp")
TIERS = ("A", "B")
PREDICATES = ("PURE", "NOTHROW", "BUILTIN", "INTEGRAL", "BOOLVAL", "FRESH", "NOCAP")
"""Those that can be asked of what a metavariable stands for: `codeaug.patterns` answers them."""

MOST = 200
LONGEST = 4000
"""Transforms of a file, and characters of a text in one."""
NAME = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
METAVARIABLE = re.compile(r"(?<![\w$])(\$\$\$|\$)([A-Z_][A-Z0-9_]*)(?![\w$])")
"""As ast-grep writes them: `$X` is one node, `$$$ARGS` none, one or several."""
_OTHER = re.compile(r"(?<![\w$])\$+[A-Za-z_]\w*|\$\$\$")


@dataclass(frozen=True, slots=True)
class PatternExample:
    """A file, a function or statements, and what becomes of them; without `after` nothing, because
    of the predicate `declined`, or since there is no site (both empty)."""

    before: str
    after: str = ""
    declined: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Code like `before` becomes code like `after`, where what the metavariables stand for meets
    the predicates of `where`; with `both_ways` there is also `NAME-back`."""

    name: str
    language: str
    before: str
    after: str
    title: str = ""
    tier: str = "B"
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    both_ways: bool = False
    examples: tuple[PatternExample, ...] = ()

    def shown(self) -> dict[str, Any]:
        """As a settings file has it, what is not said left out."""
        table = {f.name: getattr(self, f.name) for f in fields(self)}
        table["examples"] = [
            {"before": e.before}
            | ({"after": e.after} if e.after else {"declined": e.declined})
            | ({"why": e.why} if e.why else {})
            for e in self.examples
        ]
        table["where"] = {name: list(found) for name, found in self.where}
        return {name: value for name, value in table.items() if value}


Patterns = tuple[Pattern, ...]


def metavariables(text: str) -> Iterator[str]:
    """Those of a pattern, in order and with their sign: `$X`, `$$$ARGS`."""
    return (match[0] for match in METAVARIABLE.finditer(text))


def patterns_of(value: Any, place: str) -> Patterns:
    """What a file says under `transforms`. Raises UsageError."""
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UsageError(f"{place} must be tables, [[transforms]].")
    if len(value) > MOST:
        raise UsageError(f"{place}: there are more than {MOST}.")
    found = tuple(_pattern(table, f"{place}[{number}]") for number, table in enumerate(value, 1))
    names = [name for one in found for name in _names(one)]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"{place}: two are called {name!r}.")
    return found


def _names(one: Pattern) -> tuple[str, ...]:
    return (one.name, f"{one.name}-back") if one.both_ways else (one.name,)


def _pattern(table: Mapping[str, Any], place: str) -> Pattern:
    name = table.get("name")
    if isinstance(name, str) and re.fullmatch(NAME, name):
        place = f"{place} {name!r}"
    _keys(table, Pattern, place)
    texts = {key: _text(table, key, place) for key in ("name", "language", "before", "after")}
    if not re.fullmatch(NAME, texts["name"]):
        raise UsageError(f"{place}: a name is words in small letters with - between them.")
    _one_of(texts["language"], LANGUAGES, "language", place)
    tier = _text(table, "tier", place, "B")
    _one_of(tier, TIERS, "tier", place)
    before, after = _stripped(texts["before"]), _stripped(texts["after"])
    if before == after:
        raise UsageError(f"{place}: before and after are the same.")
    both_ways = table.get("both_ways", False)
    if not isinstance(both_ways, bool):
        raise UsageError(f"{place}: both_ways must be true or false.")
    _metavariables(before, after, place)
    if both_ways:
        _metavariables(after, before, f"{place}, the way back")
    return Pattern(
        texts["name"],
        texts["language"],
        before,
        after,
        _text(table, "title", place, ""),
        tier,
        _where(table.get("where", {}), set(metavariables(before)), f"{place}: where"),
        both_ways,
        _examples(table.get("examples", []), f"{place}: examples"),
    )


def _stripped(text: str) -> str:
    """A TOML text of several lines begins and ends where its code does."""
    lines = [line.rstrip() for line in text.expandtabs(4).splitlines()]
    while lines and not lines[0]:
        del lines[0]
    margin = min((len(line) - len(line.lstrip()) for line in lines if line), default=0)
    return "\n".join(line[margin:] for line in lines).rstrip()


def _metavariables(before: str, after: str, place: str) -> None:
    for text in (before, after):
        if other := _OTHER.search(METAVARIABLE.sub(" ", text)):
            raise UsageError(
                f"{place}: {other[0]!r} is no metavariable: write $NAME or $$$NAME in capitals."
            )
    known = list(metavariables(before))
    if not before or not after or METAVARIABLE.fullmatch(before):
        raise UsageError(f"{place}: there must be code before and after, not a metavariable alone.")
    for name in metavariables(after):
        if name not in known:
            hint = _did_you_mean(name, known)
            raise UsageError(f"{place}: {name} is in after and not in before{hint}.")
        if name.lstrip("$").startswith("_"):
            raise UsageError(f"{place}: {name} stands for anything, anew each time: it has no _.")
    named = {name for name in known if not name.lstrip("$").startswith("_")}
    for name in sorted(named):
        if name.startswith("$$$") and (known.count(name) > 1 or name[2:] in named):
            raise UsageError(f"{place}: {name} may be in before only once.")


def _where(value: Any, known: set[str], place: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if not isinstance(value, dict):
        raise UsageError(f"{place} must be a table, such as {{ X = ['PURE'] }}.")
    names = {n.lstrip("$"): n for n in sorted(known) if not n.lstrip("$").startswith("_")}
    for name, predicates in value.items():
        if name.lstrip("$") not in names:
            hint = _did_you_mean(name, names)
            raise UsageError(f"{place}: there is no metavariable {name!r}{hint}.")
        if not isinstance(predicates, list):
            raise UsageError(f"{place}: {name} must be a list of predicates.")
        for one in predicates:
            _one_of(one, PREDICATES, "predicate", place)
    return tuple((name.lstrip("$"), tuple(found)) for name, found in value.items())


def _examples(value: Any, place: str) -> tuple[PatternExample, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise UsageError(f"{place} must be tables with before and after, or before and declined.")
    return tuple(_example(one, f"{place}[{number}]") for number, one in enumerate(value, 1))


def _example(table: Mapping[str, Any], place: str) -> PatternExample:
    _keys(table, PatternExample, place)
    if ("after" in table) == ("declined" in table):
        raise UsageError(f'{place}: it has either after or declined ("" where there is no site).')
    optional = (_text(table, key, place, "") for key in ("after", "declined", "why"))
    return PatternExample(_text(table, "before", place), *optional)


def _keys(table: Mapping[str, Any], kind: type, place: str) -> None:
    known = [f.name for f in fields(kind)]
    for name in table:
        if name not in known:
            raise UsageError(f"{place}: unknown key {name!r}{_did_you_mean(name, known)}.")


def _text(table: Mapping[str, Any], key: str, place: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if value is None:
        raise UsageError(f"{place}: {key} is missing.")
    if not isinstance(value, str):
        raise UsageError(f"{place}: {key} must be a text, not {value!r}.")
    if len(value) > LONGEST:
        raise UsageError(f"{place}: {key} is longer than {LONGEST} characters.")
    return value


def _one_of(value: Any, known: Sequence[str], word: str, place: str) -> None:
    if value not in known:
        hint = _did_you_mean(str(value), known)
        raise UsageError(f"{place}: unknown {word} {value!r}{hint} (known: {', '.join(known)}).")


def _did_you_mean(name: str, known: Sequence[str] | Mapping[str, str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
