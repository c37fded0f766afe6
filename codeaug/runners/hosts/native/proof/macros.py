"""What the preprocessor knows: which macros drop their arguments, which look at the line number."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from .tokens import Token, closing

_DEFINE = re.compile(r"^#define (?P<name>\w+)(?:\((?P<parameters>[^)]*)\))?(?P<body>.*)$", re.M)
_ASSERTION = re.compile(r"\b__assert(?:_fail|_rtn|2|_perror_fail)?\b")


@dataclass(frozen=True)
class Macro:
    """One definition; `parameters` is None for a macro without a parameter list."""

    parameters: tuple[str, ...] | None
    body: str


Macros = Mapping[str, Sequence[Macro]]


def read_macros(preprocessed: str) -> Macros:
    """All definitions that `-E -dD` shows, each name with every definition it ever had."""
    found: dict[str, list[Macro]] = {}
    for match in _DEFINE.finditer(preprocessed):
        parameters = match["parameters"]
        names = None if parameters is None else tuple(_names(parameters))
        found.setdefault(match["name"], []).append(Macro(names, match["body"]))
    return found


def _names(parameters: str) -> list[str]:
    names = [name.strip() for name in parameters.split(",") if name.strip()]
    return ["__VA_ARGS__" if name == "..." else name.removesuffix("...") for name in names]


def invocations(found: Sequence[Token], macros: Macros) -> list[tuple[str, tuple[str, ...]]]:
    """Every use of a macro with arguments: its name and all tokens between the parentheses."""
    uses = []
    listed = list(found)
    for index, token in enumerate(listed[:-1]):
        known = macros.get(token.text, ()) if token.kind == "name" else ()
        if any(m.parameters is not None for m in known) and listed[index + 1].text == "(":
            end = closing(listed, index + 1)
            uses.append((token.text, tuple(t.text for t in listed[index + 2 : end])))
    return uses


def keeps_arguments(name: str, macros: Macros, seen: frozenset[str] = frozenset()) -> bool:
    """Whether each argument is sure to reach the compiler as code, whatever the macro is now."""
    return name not in seen and all(
        macro.parameters is None or _keeps(macro, macros, seen | {name}) for macro in macros[name]
    )


def _keeps(macro: Macro, macros: Macros, seen: frozenset[str]) -> bool:
    plain = re.sub(r"#\s*\w+", " ", macro.body)
    words = set(re.findall(r"\w+", plain))
    if not words.issuperset(macro.parameters or ()):
        return False
    inner = [w for w in words if any(m.parameters is not None for m in macros.get(w, ()))]
    return all(keeps_arguments(word, macros, seen) for word in inner)


def line_sensitive(found: Sequence[Token], macros: Macros) -> tuple[bool, bool]:
    """Whether a line number reaches the code by an assertion, and whether by anything else."""
    by_assertion = other = False
    names = {token.text for token in found if token.kind == "name"}
    if names & {"__LINE__", "__builtin_LINE", "source_location"}:
        other = True
    for name in expanded(names, macros):
        for macro in macros[name]:
            if re.search(r"\b(?:__LINE__|__builtin_LINE)\b", macro.body):
                assertion = bool(_ASSERTION.search(macro.body))
                by_assertion |= assertion
                other |= not assertion
    return by_assertion, other


def expanded(names: Set[str], macros: Macros) -> set[str]:
    """The macros among `names` and those that they use, and so on."""
    found: set[str] = set()
    waiting = [name for name in names if name in macros]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            words = {w for m in macros[name] for w in re.findall(r"[A-Za-z_]\w*", m.body)}
            waiting.extend(word for word in words if word in macros)
    return found
