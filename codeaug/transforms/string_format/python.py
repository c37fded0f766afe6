"""`f"{a}"`, `"{}".format(a)` and `"%s" % a`: one becomes another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function
from codeaug.predicates.python_tree import Tree
from codeaug.predicates.python_vocabulary import simple_name
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import condition, expressions, same_line
from codeaug.transforms.string_format import _python_examples as examples
from codeaug.transforms.string_format._python_templates import (
    Literal,
    Template,
    of_format,
    of_fstring,
    of_percent,
)
from codeaug.transforms.string_format._python_writing import (
    Writer,
    fields_of,
    formatted,
    fstring,
    percent,
    require_order,
)

_MOST = 5
_MESSAGES = {"debug", "info", "warning", "warn", "error", "exception", "critical", "fatal", "log"}
_TRANSLATES = {"_", "N_", "gettext", "ngettext", "lazy_gettext", "pgettext", "gettext_lazy"}
# Where `a % b` needs no parentheses.
_LOOSE = (cst.Arg, cst.Assign, cst.Return, cst.AugAssign, cst.DictElement, cst.Element, cst.Yield)
_TEXTS = (cst.SimpleString, cst.FormattedString)


def format_to_fstring(subject: Subject) -> Iterator[Site]:
    """Sites of format-to-fstring."""
    return expressions(subject, _format_to_fstring, cst.Call)


def percent_to_fstring(subject: Subject) -> Iterator[Site]:
    """Sites of percent-to-fstring."""
    return expressions(subject, _percent_to_fstring, cst.BinaryOperation)


def percent_to_format(subject: Subject) -> Iterator[Site]:
    """Sites of percent-to-format."""
    return expressions(subject, _percent_to_format, cst.BinaryOperation)


def fstring_to_format(subject: Subject) -> Iterator[Site]:
    """Sites of fstring-to-format."""
    return expressions(subject, _fstring_to_format, cst.FormattedString, cst.ConcatenatedString)


def fstring_to_percent(subject: Subject) -> Iterator[Site]:
    """Sites of fstring-to-percent."""
    return expressions(subject, _fstring_to_percent, cst.FormattedString, cst.ConcatenatedString)


def _literals(node: cst.BaseExpression) -> list[Literal]:
    """The literals that stand one behind the other; empty for anything else."""
    if isinstance(node, cst.ConcatenatedString):
        return [*_literals(node.left), *_literals(node.right)]
    return [node] if isinstance(node, _TEXTS) else []


def _plain(node: cst.BaseExpression) -> list[cst.SimpleString]:
    """The same, where all of them are texts without values of their own."""
    found = _literals(node)
    plain = [each for each in found if isinstance(each, cst.SimpleString)]
    texts = all("b" not in each.prefix.lower() for each in plain)
    return plain if texts and len(plain) == len(found) else []


def _format_to_fstring(
    function: Function, tree: Tree, node: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    match node:
        case cst.Call(func=cst.Attribute(value=text, attr=cst.Name(value="format"))) if node.args:
            literals = _plain(text)
        case _:
            return None
    if not literals:
        return None
    templates, in_order = of_format(literals, node.args)
    require_order(templates, function.context, in_order)
    return _written(function, tree, node, literals, templates, fstring)


def _percent_to_fstring(
    function: Function, tree: Tree, node: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    literals = _percent_literals(node)
    if not literals or not isinstance(node, cst.BinaryOperation):
        return None
    templates = of_percent(literals, node.right, function.context)
    require_order(templates, function.context)
    return _written(function, tree, node, literals, templates, fstring)


def _percent_to_format(
    function: Function, tree: Tree, node: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    literals = _percent_literals(node)
    if not literals or not isinstance(node, cst.BinaryOperation):
        return None
    templates = of_percent(literals, node.right, function.context)
    usual = all(field.conversion != "!s" for field in fields_of(templates))
    require(usual, "NATURAL", "nobody writes `{!s}` for an ordinary value")
    return _written(function, tree, node, literals, templates, formatted)


def _percent_literals(node: cst.BaseExpression) -> list[cst.SimpleString]:
    formats = isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo)
    return _plain(node.left) if formats and isinstance(node, cst.BinaryOperation) else []


def _fstring_to_format(
    function: Function, tree: Tree, node: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    literals = _fstring_literals(tree, node)
    if not literals:
        return None
    templates = of_fstring(literals)
    require_order(templates, function.context)
    return _written(function, tree, node, literals, templates, formatted)


def _fstring_to_percent(
    function: Function, tree: Tree, node: cst.BaseExpression
) -> tuple[Edit, ...] | None:
    literals = _fstring_literals(tree, node)
    if not literals:
        return None
    templates = of_fstring(literals)
    require_order(templates, function.context)
    alone = isinstance(tree.parents.get(node), _LOOSE)
    require(alone, "NATURAL", "it would need parentheses")
    return _written(function, tree, node, literals, templates, percent)


def _fstring_literals(tree: Tree, node: cst.BaseExpression) -> list[Literal]:
    if isinstance(tree.parents.get(node), cst.ConcatenatedString):
        return []
    found = _literals(node)
    parts = (part for each in found if isinstance(each, cst.FormattedString) for part in each.parts)
    if not any(isinstance(part, cst.FormattedStringExpression) for part in parts):
        return []
    inside = isinstance(tree.parents.get(node), cst.FormattedStringExpression)
    require(not inside, "NATURAL", "an f-string in an f-string")
    return found


def _written(
    function: Function,
    tree: Tree,
    node: cst.BaseExpression,
    literals: Sequence[Literal],
    templates: Sequence[Template],
    write: Writer,
) -> tuple[Edit, ...]:
    file, place = function.file, function.file.outer(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    require(not _is_message(tree, node), "NATURAL", "a message that others look up as it is")
    require(0 < len(fields_of(templates)) <= _MOST, "NATURAL", "too many values")
    texts, suffix = write(templates, function)
    same_line(*texts, suffix)
    if len(literals) == 1:
        return (condition(file, node, texts[0] + suffix),)
    edits = [Edit(*_ends(file.span(old)), new) for old, new in zip(literals, texts, strict=True)]
    end = _text_end(function, node, literals)
    last = Edit(edits[-1].start, edits[-1].end, edits[-1].text + suffix)
    rest = Edit(end, file.span(node).end, "")
    kept = [
        edit for edit in (*edits[:-1], last) if edit.text != file.slice(Span(edit.start, edit.end))
    ]
    return (*kept, rest) if rest.start < rest.end else tuple(kept)


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _text_end(function: Function, node: cst.BaseExpression, literals: Sequence[Literal]) -> int:
    """Where the literals and their own parentheses end; what follows is `%` or a call."""
    match node:
        case cst.BinaryOperation(left=text) | cst.Call(func=cst.Attribute(value=text)):
            return function.file.outer(text).end
        case _:
            return function.file.span(node).end


def _is_message(tree: Tree, node: cst.BaseExpression) -> bool:
    """Whether it is given to a logger or to gettext."""
    parent = tree.parents.get(node)
    call = tree.parents.get(parent) if isinstance(parent, cst.Arg) else None
    if not isinstance(call, cst.Call):
        return False
    name = simple_name(call.func)
    return name in _TRANSLATES or (name in _MESSAGES and isinstance(call.func, cst.Attribute))


DIRECTIONS: Directions = {
    "format-to-fstring": (format_to_fstring, examples.FORMAT_TO_FSTRING),
    "percent-to-fstring": (percent_to_fstring, examples.PERCENT_TO_FSTRING),
    "percent-to-format": (percent_to_format, examples.PERCENT_TO_FORMAT),
    "fstring-to-format": (fstring_to_format, examples.FSTRING_TO_FORMAT),
    "fstring-to-percent": (fstring_to_percent, examples.FSTRING_TO_PERCENT),
}
