"""Templates of text, written as an f-string, `str.format` or `%`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import libcst as cst

from codeaug.predicates.python import Function, assigns
from codeaug.predicates.python_source import walk
from codeaug.predicates.python_types import Context, builtin, exact_type, nothrow, static_type
from codeaug.predicates.verdicts import require
from codeaug.transforms.string_format._python_templates import NUMBERS, Field, Template

_LONGEST_VALUE = 40
_SIMPLE = (cst.Name, cst.Attribute, cst.Subscript, cst.Call, cst.Integer, cst.BinaryOperation)
_CALLS = {"repr": "!r", "str": "!s", "ascii": "!a"}

Written = tuple[list[str], str]
"""The texts of the literals, and what follows the last one."""

Writer = Callable[[Sequence[Template], Function], Written]


def fields_of(templates: Sequence[Template]) -> list[Field]:
    return [field for template in templates for field in template.fields]


def require_order(templates: Sequence[Template], context: Context, in_order: bool = True) -> None:
    """Whether evaluating and formatting in turn is the same as evaluating everything first."""
    fields = fields_of(templates)
    still = [nothrow(field.value, context) for field in fields]
    require(in_order or all(still), "PURE", "the values would be evaluated in another order")
    for number, field in enumerate(fields):
        quiet = builtin(field.value, context) or all(still[number + 1 :])
        require(quiet, "INDEP", "formatting a value may change what the next one is")


def fstring(templates: Sequence[Template], function: Function) -> Written:
    """f-strings. Declines what none of them holds before Python 3.12."""
    return [_fstring(template, function) for template in templates], ""


def _fstring(template: Template, function: Function) -> str:
    shown = [_unwrapped(field, function.context) for field in template.fields]
    texts = [_inner(field, function) for field in shown]
    quote = _quote(template, texts)
    if not shown:
        return f"{template.prefix}{quote}{_plain(template)}{quote}"
    rest = iter(f"{{{t}{f.conversion}{f.spec}}}" for t, f in zip(texts, shown, strict=True))
    body = "".join(part if isinstance(part, str) else next(rest) for part in template.parts)
    return f"f{template.prefix}{quote}{body}{quote}"


def _plain(template: Template) -> str:
    """The text of a literal without fields."""
    text = "".join(part for part in template.parts if isinstance(part, str))
    return text.replace("{{", "{").replace("}}", "}")


def _unwrapped(field: Field, context: Context) -> Field:
    """`{x!r}` for `{repr(x)}`: what is evaluated then, and when, is the same."""
    match field:
        case Field(cst.Call(func=cst.Name(value=name), args=[cst.Arg() as arg]), "", spec) if (
            name in _CALLS and context.is_builtin(name) and not arg.star and not arg.keyword
        ):
            return Field(arg.value, _CALLS[name], spec)
        case _:
            return field


def _inner(field: Field, function: Function) -> str:
    """A value inside an f-string."""
    text = function.file.bare(field.value)
    require(isinstance(field.value, _SIMPLE), "NATURAL", "too much for an f-string")
    simple = len(text) <= _LONGEST_VALUE and not assigns(field.value)
    inside = any(isinstance(part, (cst.FormattedString, cst.Lambda)) for part in walk(field.value))
    require(simple and not inside, "NATURAL", "too much for an f-string")
    odd = any(sign in text + field.spec for sign in "{}\\\n#")
    require(not odd, "NATURAL", "a sign that no f-string holds before Python 3.12")
    return text


def _quote(template: Template, texts: Sequence[str]) -> str:
    """Quotes that no value needs itself."""
    inside, quote = "".join(texts), template.quote
    if quote not in inside and (len(quote) == 1 or quote[0] not in inside):
        return quote
    other = "'" if quote == '"' else '"'
    literal = "".join(part for part in template.parts if isinstance(part, str))
    free = other not in inside and other not in literal and "\\" not in literal
    require(free and len(quote) == 1, "NATURAL", "the same quotes in one another")
    return other


def formatted(templates: Sequence[Template], function: Function) -> Written:
    """Literals with a call of `str.format` behind the last."""
    written = [
        "".join(
            part if isinstance(part, str) else f"{{{part.conversion}{part.spec}}}"
            for part in template.parts
        )
        for template in templates
    ]
    values = ", ".join(_argument(field, function) for field in fields_of(templates))
    return _quoted(templates, written), f".format({values})"


def percent(templates: Sequence[Template], function: Function) -> Written:
    """Literals with `%` behind the last. Declines fields that `%` would write otherwise."""
    written = [
        "".join(
            part.replace("%", "%%").replace("{{", "{").replace("}}", "}")
            if isinstance(part, str)
            else _conversion(part, function.context)
            for part in template.parts
        )
        for template in templates
    ]
    fields = fields_of(templates)
    values = [_argument(field, function) for field in fields]
    right = f"({', '.join(values)}{',' if len(values) == 1 else ''})"
    if len(fields) == 1 and static_type(fields[0].value, function.context):
        value = fields[0].value
        alone = isinstance(value, (*_SIMPLE[:-1], cst.SimpleString))
        right = values[0] if alone else f"({values[0]})"
    return _quoted(templates, written), f" % {right}"


def _quoted(templates: Sequence[Template], texts: Sequence[str]) -> list[str]:
    pairs = zip(templates, texts, strict=True)
    return [f"{each.prefix}{each.quote}{text}{each.quote}" for each, text in pairs]


def _conversion(field: Field, context: Context) -> str:
    if field.conversion:
        require(not field.spec, "NATURAL", "a format that `%` does not have")
        return f"%{field.conversion[1:]}"
    if not field.spec:
        require(
            bool(exact_type(field.value, context)), "BUILTIN", "it may have a format of its own"
        )
        return "%s"
    kinds = {"int", "bool"} if re.fullmatch(r":0?\d*d", field.spec) else set()
    kinds = NUMBERS if re.fullmatch(r":\.\d+f", field.spec) else kinds
    require(bool(kinds), "NATURAL", "a format that `%` does not have")
    require(static_type(field.value, context) in kinds, "BUILTIN", "it may not be such a number")
    return f"%{field.spec[1:]}"


def _argument(field: Field, function: Function) -> str:
    """A value as an argument of a call, or an element of a tuple."""
    value = field.value
    require(not assigns(value), "NATURAL", "an assignment or yield inside")
    loose = isinstance(value, (cst.Tuple, cst.Lambda, cst.GeneratorExp))
    require(not loose, "NATURAL", "it would need parentheses")
    return function.file.bare(value)
