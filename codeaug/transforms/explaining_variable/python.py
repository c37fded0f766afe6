"""`return f(g(x))` becomes `y = g(x)`, `return f(y)`; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import (
    Function,
    assigns,
    fresh,
    function_of,
    head,
    leading,
    nocap,
    nodyn,
    shown,
)
from codeaug.predicates.python_source import Block, PythonFile, blocks, only, walk
from codeaug.predicates.python_vocabulary import name_of_value, simple_name
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms.explaining_variable._python_examples import EXAMPLES, EXAMPLES_INLINE
from codeaug.transforms.python_sites import attempt, same_line, sites, unreadable

# Files would stay open, and nobody names these.
_UNNAMED = {"open", "super", "isinstance", "hasattr", "range", "enumerate", "zip", "print", "cast"}
# These see whether a value still has another name.
_LIFETIME = {"id", "ref", "proxy", "finalize", "getrefcount", "WeakMethod", "WeakSet", "is_alive"}
_ATOMS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.List, cst.Dict, cst.Set)
_CONSTANTS = (cst.SimpleString, cst.FormattedString, cst.ListComp, cst.DictComp, cst.SetComp)


def extract(subject: Subject) -> Iterator[Site]:
    """Sites of extract-variable."""
    function = function_of(subject.unit, subject.source)
    if function is None:
        yield unreadable(subject)
        return
    for block in blocks(function.node):
        for statement in block.statements:
            for part in _parts(statement):
                rule = partial(_extract, function, subject.vocabulary, statement, part)
                site = attempt(function, part, rule)
                if site is not None:
                    yield site


def inline(subject: Subject) -> Iterator[Site]:
    """Sites of inline-variable."""
    return sites(subject, _inline)


def _parts(statement: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Calls and dotted names that a person might name, in the statement's own scope."""
    root = head(statement)
    if root is None or isinstance(root, cst.Tuple):
        return
    whole = isinstance(statement, (cst.If, cst.For)) or isinstance(only(statement), cst.Return)
    callees = {id(n.func) for n in walk(root) if isinstance(n, cst.Call)}
    callees |= {id(n.expression) for n in walk(root) if isinstance(n, cst.Await)}
    for part in walk(root):
        if id(part) in callees or (part is root and not whole):
            continue
        dotted = isinstance(part, cst.Attribute) and isinstance(part.value, cst.Attribute)
        awaited = isinstance(part, cst.Await) and isinstance(part.expression, cst.Call)
        if isinstance(part, cst.Call) or awaited or (dotted and part is not root):
            assert isinstance(part, cst.BaseExpression)
            yield part


def _extract(
    function: Function,
    vocabulary: Vocabulary,
    statement: cst.CSTNode,
    part: cst.BaseExpression,
) -> tuple[Edit, ...] | None:
    root = head(statement)
    assert root is not None
    name = name_of_value(part, vocabulary.by_hint, lambda name: fresh(name, function))
    if simple_name(part.func if isinstance(part, cst.Call) else part) in _UNNAMED or not name:
        return None
    first = any(part is each for each in leading(root, function.context))
    require(first, "INDEP", "something before it might see or change the difference")
    require(not assigns(part), "PURE", "an assignment or yield inside")
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    return (_named(function.file, statement, part, name),)


def _named(file: PythonFile, statement: cst.CSTNode, part: cst.BaseExpression, name: str) -> Edit:
    start, span = file.span(statement).start, file.outer(part)
    value = file.slice(file.span(part))
    same_line(value)
    before = file.slice(Span(start, span.start))
    line = f"{name} = {value}{file.newline}{file.indent(start)}"
    return Edit(start, span.end, line + before + name)


# --- and back -------------------------------------------------------------------------------------


def _inline(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    found = _temporary(function, statement)
    root = head(block.statements[number + 1]) if number + 1 < len(block.statements) else None
    if found is None or root is None:
        return None
    name, value = found
    uses = [n for n in walk(root) if isinstance(n, cst.Name) and n.value == name]
    reads = function.names.reads(name)
    if len(reads) != 1 or not any(reads[0].node is use for use in uses):
        return None
    use = next(n for n in uses if n is reads[0].node)
    _require_same(function, name, value, root, use)
    start = file.line_start(file.span(statement).start)
    after = file.span(block.statements[number + 1]).start
    begin = file.line_start(after)
    require(not file.has_comment(start, begin), "TRIVIA", "a comment in between")
    text, place = file.text(value), file.outer(use)
    require(_stands_alone(value, root, use), "NATURAL", "it would need parentheses")
    plain = re.fullmatch(r"[\w.()\[\], ]+", text) or not file.in_string(place.start)
    require(bool(plain), "NATURAL", "too much for an f-string")
    kept = file.slice(Span(begin, place.start))
    return (Edit(start, place.end, kept + text),)


def _temporary(function: Function, statement: cst.CSTNode) -> tuple[str, cst.BaseExpression] | None:
    """The only binding of a local: its name and value."""
    match only(statement):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value):
            pass
        case cst.AnnAssign(target=cst.Name(value=name), value=cst.BaseExpression() as value):
            require(len(function.names.reads(name)) != 1, "NATURAL", "its type would be lost")
            return None
        case _:
            return None
    return (name, value) if len(function.names.bindings(name)) == 1 else None


def _require_same(
    function: Function,
    name: str,
    value: cst.BaseExpression,
    root: cst.BaseExpression,
    use: cst.CSTNode,
) -> None:
    same_line(function.file.text(value))
    require(nocap(name, function), "NOCAP", "an inner function sees the name")
    require(nodyn(function) and not shown(name, function), "NODYN", "the name itself is used")
    first = any(part is use for part in leading(root, function.context))
    require(first, "INDEP", "something would be evaluated before it")
    require(not assigns(value), "PURE", "an assignment or yield inside")
    calls = (n for n in walk(root) if isinstance(n, cst.Call))
    watched = any(simple_name(call.func) in _LIFETIME for call in calls)
    require(not watched, "INDEP", "the value would die earlier")


def _stands_alone(value: cst.BaseExpression, root: cst.BaseExpression, use: cst.CSTNode) -> bool:
    """Whether `value` means the same in the place of `use` without parentheses."""
    if value.lpar or isinstance(value, (*_ATOMS, *_CONSTANTS)):
        return True
    if isinstance(value, (cst.Tuple, cst.Lambda)):
        return False
    calls = (n for n in walk(root) if isinstance(n, cst.Call))
    return use is root or any(
        arg.value is use for call in calls for arg in call.args if not arg.star
    )


DIRECTIONS: Directions = {
    "extract-variable": (extract, EXAMPLES),
    "inline-variable": (inline, EXAMPLES_INLINE),
}
