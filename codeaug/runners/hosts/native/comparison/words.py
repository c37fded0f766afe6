"""A difference in a sentence, and as a test."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .heads import UNNAMED, Head
from .judging import Difference, Words, slots
from .values import AGAIN

_LONGEST = 160
_INTEGER = re.compile(r"-?\d+")
_REAL = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_ADDRESS = re.compile(r"&[0-9a-f]+|&new\d+|&static")
_CHARACTERS = re.compile(r"'(?:[^\\]|\\.|\\\d{3})'|\"[^\t]*\"")


def sentence(unit: str, found: Difference) -> str:
    """The call, what the variant does, and what the original does."""
    one, other = slots(found.one), slots(found.other)
    name = next((n for n in one if one[n] != other.get(n)), "")
    if len(found.other) == 1:
        called = f"{_call(unit, found.given)}{_once_more(one)}"
        return f"{called} {found.other[0]}, {_did(one[''])} in the original"
    if not name and one[""] == other[""]:
        name = next((n for n in other if n not in one), "")
    if not name:
        was, now = _apart(one[""], other[""])
        return f"{_call(unit, found.given)} {now}, the original {was}"
    verb = "writes" if name == "(output)" else f"leaves {name} ="
    was, now = _apart(one.get(name, ["nothing"]), other.get(name, ["nothing"]))
    return f"{_call(unit, found.given)} {verb} {now}, the original {was}"


def _call(unit: str, given: Words) -> str:
    values = slots(given)
    shown = [f"{_shown(name)}={_short(words)}" for name, words in values.items() if name]
    return f"{unit}({', '.join(shown)})"


def _once_more(did: Mapping[str, list[str]]) -> str:
    """The call behind the first one: which of both ended it is not known."""
    again = {name.removeprefix(AGAIN): words for name, words in did.items() if AGAIN in name}
    shown = [f"{_shown(name)}={_short(words)}" for name, words in again.items() if name != "result"]
    return f", then with {', '.join(shown)}," if shown else ""


def _shown(name: str) -> str:
    return "_" if name.startswith(UNNAMED) else name


def _did(words: list[str]) -> str:
    return f"{words[0]} {_short(words[1:])}" if words else "does nothing"


def _apart(one: list[str], other: list[str]) -> tuple[str, str]:
    """Both, from where they differ on when they are long."""
    was, now = _short(one), _short(other)
    if was != now and max(len(was), len(now)) <= _LONGEST:
        return was, now
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    member = next((word for word in reversed(one[:at]) if word.startswith(".")), "")
    before = " ".join(filter(None, [*one[: min(at, 1)], "...", member]))
    was, now = (_cut(" ".join([before, *each[at:]])) for each in (one, other))
    return was, now


def _short(words: list[str]) -> str:
    text = " ".join(words if len(words) < 2 else [w for w in words if not _ADDRESS.fullmatch(w)])
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "..."


def witness(unit: str, path: str, head: Head, found: Difference) -> str:
    """A program that ends well with the original alone; else a note of how to see it."""
    ready = _ready(unit, path, head, found)
    if ready:
        return ready
    lines = [
        sentence(unit, found),
        f"In the test {found.trial.test}, call {found.trial.call} that was looked at of {unit}"
        + ("" if found.trial.is_recorded else ", with other arguments:"),
        *(f"    {name} = {' '.join(words)}" for name, words in slots(found.given).items() if name),
        f"the original: {_all(found.one)}",
        f"the variant:  {_all(found.other)}",
    ]
    return "".join(f"// {line[:2000]}\n" for line in lines)


def _all(words: Words) -> str:
    parts = slots(words)
    more = [f"{name} = {' '.join(each)}" for name, each in parts.items() if name]
    return "; ".join([" ".join(parts[""]), *more])


def _ready(unit: str, path: str, head: Head, found: Difference) -> str:
    given, did = slots(found.given), slots(found.one)
    arguments = [_literal(words) for name, words in given.items() if name]
    if head.is_constructor or "*this" in given or len(did) > 1 or not all(arguments):
        return ""
    name = unit.replace("(anonymous)::", "")
    condition = _condition(f"{name}({', '.join(arguments)})", did[""])
    if not condition:
        return ""
    return (
        f"// {sentence(unit, found)}\n"
        f'#include "{path}"\n\n#include <cmath>\n#include <string>\n\n'
        f"int main() {{\n{condition}}}\n"
    )


def _condition(call: str, did: list[str]) -> str:
    if did[0] == "throws" and re.fullmatch(r"[\w:]+", did[1]):
        caught = f"    }} catch (const {did[1]} &) {{\n        return 0;\n    }}\n"
        return f"    try {{\n        {call};\n{caught}    return 1;\n"
    value = _literal(did[1:])
    if did[0] != "returns" or not value:
        return ""
    if value == "NAN":
        check = f"std::isnan({call})"
    elif value.startswith('"'):
        check = f"std::string({call}) == {value}"
    else:
        check = f"{call} == {value}"
    if value in ("0.0", "-0.0"):
        check += f" && {'' if value[0] == '-' else '!'}std::signbit({call})"
    return f"    return {check} ? 0 : 1;\n"


def _literal(words: list[str]) -> str:
    """A value as it is written in a program; "" when it is not to be written."""
    if len(words) == 2 and words[0].startswith("&") and words[1].startswith('"'):
        words = words[1:]  # a text and where it lies
    if len(words) != 1:
        return ""
    (word,) = words
    if word in ("true", "false"):
        return word
    if word == "null":
        return "nullptr"
    if _INTEGER.fullmatch(word):
        return _integer(word)
    if _REAL.fullmatch(word):
        return word
    if "inf" in word and word.strip("-") == "inf":
        return word.replace("inf", "INFINITY")
    if word == "nan":
        return "NAN"
    return word if _CHARACTERS.fullmatch(word) and "\\000" not in word else ""


def _integer(word: str) -> str:
    value = int(word)
    if value == -(1 << 63):
        return "(-9223372036854775807LL - 1)"
    if value >= 1 << 63:
        return f"{word}ULL"
    return word if abs(value) < 1 << 31 else f"{word}LL"
