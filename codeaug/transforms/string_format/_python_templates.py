"""Templates of text: what an f-string, `str.format` and `%` have in common, read from each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import libcst as cst

from codeaug.predicates.python_types import Context, exact_type, static_type
from codeaug.predicates.verdicts import require

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}!:]*)(![rsa])?(:[^{}]*)?\}|[{}]")
_PERCENT = re.compile(r"%(\(\w*\))?([-#0 +]*)(\*|\d+)?(?:\.(\*|\d+))?([diouxXeEfFgGcrsa%])?")
_ESCAPE = re.compile(r"\\(N\{|x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U00[\dA-Fa-f]{6}|[0-7]{1,3}|.)", re.S)
NUMBERS = {"int", "bool", "float"}

Literal = cst.SimpleString | cst.FormattedString


@dataclass(frozen=True, slots=True)
class Field:
    """A value with its conversion (`!r`) and format (`:>5`), each with its sign or ""."""

    value: cst.BaseExpression
    conversion: str = ""
    spec: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A literal's prefix and quote, its text as in `str.format` between the fields, in order."""

    prefix: str
    quote: str
    parts: Sequence[str | Field]

    @property
    def fields(self) -> list[Field]:
        return [part for part in self.parts if isinstance(part, Field)]


def of_fstring(literals: Sequence[Literal]) -> list[Template]:
    return [_of_fstring(literal) for literal in literals]


def _of_fstring(literal: Literal) -> Template:
    if isinstance(literal, cst.SimpleString):
        return Template(literal.prefix, literal.quote, [_escaped(_text(literal, "{}%"))])
    prefix = literal.start.rstrip("'\"").lower().replace("f", "")
    parts: list[str | Field] = []
    for part in literal.parts:
        if isinstance(part, cst.FormattedStringText):
            _require_unspelt(part.value, prefix, "{}%")
            parts.append(part.value)
        elif isinstance(part, cst.FormattedStringExpression):
            parts.append(_shown(part))
    return Template(prefix, literal.end, parts)


def _shown(part: cst.FormattedStringExpression) -> Field:
    require(part.equal is None, "NODYN", "the name itself is shown")
    spec = part.format_spec or ()
    plain = all(isinstance(each, cst.FormattedStringText) for each in spec)
    require(plain, "NATURAL", "a format that is computed")
    text = "".join(e.value for e in spec if isinstance(e, cst.FormattedStringText))
    conversion = f"!{part.conversion}" if part.conversion else ""
    return Field(part.expression, conversion, f":{text}" if text else "")


def of_format(
    literals: Sequence[cst.SimpleString], args: Sequence[cst.Arg]
) -> tuple[list[Template], bool]:
    """The templates, and whether each argument is used exactly once, in order."""
    starred = any(arg.star for arg in args)
    require(not starred, "NODYN", "its arguments are not written out")
    values: dict[str, cst.BaseExpression] = {}
    for number, arg in enumerate(args):
        values[arg.keyword.value if arg.keyword else str(number)] = arg.value
    used: list[str] = []
    found = [_of_format(literal, values, used) for literal in literals]
    names = [match[1] for each in literals for match in _FIELD.finditer(each.raw_value)]
    mixed = "" in names and any(name and name.isdigit() for name in names)
    require(not mixed, "NATURAL", "some fields have numbers, some do not")
    require(set(used) == set(values), "PURE", "an argument that is not shown")
    return found, used == [*values]


def _of_format(
    literal: cst.SimpleString, values: Mapping[str, cst.BaseExpression], used: list[str]
) -> Template:
    text, position = _text(literal, "{}"), 0
    parts: list[str | Field] = []
    for match in _FIELD.finditer(text):
        if match[0] in ("{{", "}}"):
            continue
        name = match[1]
        require(name is not None, "NATURAL", "a field within a field")
        key = name or str(sum(each.isdigit() for each in used))
        require(key in values, "NATURAL", "a field that looks into its value")
        parts += [
            text[position : match.start()],
            Field(values[key], match[2] or "", match[3] or ""),
        ]
        used.append(key)
        position = match.end()
    return Template(literal.prefix, literal.quote, [*parts, text[position:]])


def of_percent(
    literals: Sequence[cst.SimpleString], right: cst.BaseExpression, context: Context
) -> list[Template]:
    values = iter(_values(right, context))
    found = [_of_percent(literal, values, context) for literal in literals]
    require(next(values, None) is None, "NATURAL", "more values than it shows")
    return found


def _of_percent(
    literal: cst.SimpleString, values: Iterator[cst.BaseExpression], context: Context
) -> Template:
    text, position = _text(literal, "%"), 0
    parts: list[str | Field] = []
    for match in _PERCENT.finditer(text):
        before = _escaped(text[position : match.start()])
        position = match.end()
        if match[0] == "%%":
            parts.append(before + "%")
            continue
        value = next(values, None)
        require(value is not None, "NATURAL", "values are missing")
        assert value is not None
        parts += [before, _converted(match, value, context)]
    return Template(literal.prefix, literal.quote, [*parts, _escaped(text[position:])])


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _text(literal: cst.SimpleString, signs: str) -> str:
    """What stands between the quotes. Declines where an escape makes one of `signs`."""
    require("u" not in literal.prefix.lower(), "NATURAL", "a prefix of Python 2")
    _require_unspelt(literal.raw_value, literal.prefix, signs)
    return literal.raw_value


def _require_unspelt(text: str, prefix: str, signs: str) -> None:
    if "\\" in text and "r" not in prefix.lower():
        spelt = {_spelt(match) for match in _ESCAPE.finditer(text)}
        require(not set(signs) & spelt, "NATURAL", "an escape stands for such a sign")


def _spelt(match: re.Match[str]) -> str:
    """The character that an escape stands for; `{` for one by its name, which is in braces."""
    text = match[1]
    if text[0] == "N":
        return "{"
    if text[0] in "01234567":
        return chr(int(text, 8))
    return chr(int(text[1:], 16)) if len(text) > 1 else ""


def _values(right: cst.BaseExpression, context: Context) -> Iterator[cst.BaseExpression]:
    if not isinstance(right, cst.Tuple):
        single = static_type(right, context) or isinstance(right, (cst.List, cst.ListComp))
        require(bool(single), "BUILTIN", "it may be a tuple of several values")
        yield right
        return
    for element in right.elements:
        require(isinstance(element, cst.Element), "NODYN", "its values are not written out")
        yield element.value


def _converted(match: re.Match[str], value: cst.BaseExpression, context: Context) -> Field:
    """What `%...` does to the value, as a field of `str.format`."""
    key, flags, width, precision, kind = match.groups()
    known = kind is not None and kind not in "ciu%" and key is None
    odd = "#" in flags or "*" in (width, precision) or ("-" in flags and "0" in flags)
    require(known and not odd, "NATURAL", "a conversion that others do not have")
    exact = exact_type(value, context)
    points = f".{precision}" if precision else ""
    if kind in "rsa":
        bare = kind == "s" and (exact == "str" or (bool(exact) and not width and not precision))
        side = ">" if width and "-" not in flags else ""
        spec = f"{side}{width or ''}{points}"
        return Field(value, "" if bare else f"!{kind}", f":{spec}" if spec else "")
    whole = kind in "dxXo"
    kinds = {"int", "bool"} if whole else NUMBERS
    require(static_type(value, context) in kinds, "BUILTIN", "it may not be such a number")
    require(not (whole and precision), "NATURAL", "a conversion that others do not have")
    zero = "0" if "0" in flags else ""
    require(whole or not zero, "NOFLOAT", "infinity is padded with zeros otherwise")
    side = "<" if "-" in flags and width else ""
    sign = "+" if "+" in flags else " " if " " in flags else ""
    spec = f"{side}{sign}{zero}{width or ''}{points}{kind}"
    counted = isinstance(value, (cst.Integer, cst.Call)) and exact == "int"
    return Field(value, "", "" if spec == "d" and counted else f":{spec}")
