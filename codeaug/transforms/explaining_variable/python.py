"""`return f(g(x))` becomes `y = g(x)`, `return f(y)`; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
from codeaug.predicates.python_effects import harmless
from codeaug.predicates.python_source import Block, PythonFile, blocks, only, walk
from codeaug.predicates.python_vocabulary import simple_name
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject, Vocabulary
from codeaug.transforms.explaining_variable._python_examples import EXAMPLES, EXAMPLES_INLINE
from codeaug.transforms.explaining_variable._python_parts import Part, parts, straight
from codeaug.transforms.python_sites import attempt, same_line, sites, unreadable

# Files would stay open, and nobody names these.
_UNNAMED = {"open", "super", "isinstance", "hasattr", "range", "enumerate", "zip", "print", "cast"}
# These see whether a value still has another name.
_LIFETIME = {"id", "ref", "proxy", "finalize", "getrefcount", "WeakMethod", "WeakSet", "is_alive"}
_ATOMS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, cst.List, cst.Dict, cst.Set)
_CONSTANTS = (cst.SimpleString, cst.FormattedString, cst.ListComp, cst.DictComp, cst.SetComp)


def extract(subject: Subject) -> Iterator[Site]:
    """Sites of extract-variable."""
    function = function_of(subject.unit, subject.source, subject.style.limit)
    if function is None:
        yield unreadable(subject)
        return
    for block in blocks(function.node):
        for statement in block.statements:
            root = head(statement, function.context)
            if root is not None and not isinstance(root, cst.Tuple):
                for part in parts(statement, block, root, function):
                    asked = (subject.vocabulary, statement, root, part)
                    site = attempt(function, part.node, _extract, *asked)
                    if site is not None:
                        yield site


def inline(subject: Subject) -> Iterator[Site]:
    """Sites of inline-variable."""
    return sites(subject, _inline)


def _extract(
    function: Function,
    vocabulary: Vocabulary,
    statement: cst.CSTNode,
    root: cst.BaseExpression,
    part: Part,
) -> tuple[Edit, ...] | None:
    node = part.node
    name = part.name(vocabulary, function, lambda name: fresh(name, function))
    if simple_name(node.func if isinstance(node, cst.Call) else node) in _UNNAMED or not name:
        return None
    require(_is_first(node, root, part.anywhere, function), "INDEP", "what is before it may differ")
    require(not assigns(node), "PURE", "an assignment or yield inside")
    require(not _watched(root), "INDEP", "the value would live longer")
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    return (_named(function.file, statement, node, name),)


def _is_first(
    node: cst.CSTNode, root: cst.BaseExpression, anywhere: bool, function: Function
) -> bool:
    """Whether it gives the same and does the same where it is evaluated before all of `root`."""
    if any(node is each for each in leading(root, function.context)):
        return True
    return anywhere and not assigns(root) and any(node is each for each in straight(root))


def _watched(root: cst.BaseExpression) -> bool:
    """Whether something in it sees how long a value lives."""
    calls = (n for n in walk(root) if isinstance(n, cst.Call))
    return any(simple_name(call.func) in _LIFETIME for call in calls)


def _named(file: PythonFile, statement: cst.CSTNode, part: cst.BaseExpression, name: str) -> Edit:
    start, span = file.span(statement).start, file.outer(part)
    before, value = file.slice(Span(start, span.start)), file.slice(file.span(part))
    if "\n" in value:
        # Lines that hang below an open bracket stay as they are.
        hanging = value.partition("\n")[0].rstrip().endswith(("(", "[", "{"))
        require(hanging and "\n" not in before, "NATURAL", "it takes several lines")
        value = file.text(part)
    line = f"{name} = {value}{file.newline}{file.indent(start)}"
    return Edit(start, span.end, line + before + name)


# --- and back -------------------------------------------------------------------------------------


def _inline(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    found = _temporary(function, statement)
    user = block.statements[number + 1] if number + 1 < len(block.statements) else None
    root = None if found is None or user is None else head(user, function.context)
    if found is None or user is None or root is None:
        return None
    name, value = found
    uses = [n for n in walk(root) if isinstance(n, cst.Name) and n.value == name]
    reads = function.names.reads(name)
    if len(reads) != 1 or not any(reads[0].node is use for use in uses):
        return None
    use = next(n for n in uses if n is reads[0].node)
    _require_same(function, name, value, root, use)
    start = file.line_start(file.span(statement).start)
    after = file.span(user).start
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
    plain = harmless(value, function.context)
    first = _is_first(use, root, plain, function)
    require(first, "INDEP", "something would be evaluated before it")
    require(not assigns(value), "PURE", "an assignment or yield inside")
    require(not _watched(root), "INDEP", "the value would die earlier")


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
