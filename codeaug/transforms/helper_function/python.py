"""A call of a private function of the module replaced by what that does, in Python."""

from __future__ import annotations

import re
from collections.abc import Iterator

import libcst as cst

from codeaug.languages.wording import is_plain
from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, leading
from codeaug.predicates.python_helpers import helper_of, parameters, require_same_names
from codeaug.predicates.python_source import (
    Block,
    block_indent,
    block_span,
    body_lines,
    only,
    walk,
)
from codeaug.predicates.python_types import stable
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.guard_clause.python import leaves
from codeaug.transforms.helper_function._python_examples import EXAMPLES
from codeaug.transforms.python_sites import sites

MOST_LINES = 8
_LITERALS = (cst.Integer, cst.SimpleString, cst.Float)
_ATOMS = (cst.Name, cst.Attribute, cst.Call, cst.Subscript, *_LITERALS)
_CLOSED = (
    cst.ListComp,
    cst.SetComp,
    cst.DictComp,
    cst.List,
    cst.Dict,
    cst.Set,
    cst.FormattedString,
)
_PLACES = (cst.Return, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.If, cst.While, cst.Assert)


def inline(subject: Subject) -> Iterator[Site]:
    """Sites of inline-helper."""
    called = re.search(r"(?<![\w.])_[a-z]\w*\(", subject.unit.code)
    return sites(subject, _inlined) if called else iter(())


def _inlined(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    statement = block.statements[number]
    for call, above in _calls(statement):
        helper = helper_of(function, call)
        if helper is None or not isinstance(helper.node.body, cst.IndentedBlock):
            continue
        body = _statements(helper.node.body)
        if not body:
            continue
        small = only(body[0])
        if len(body) == 1 and isinstance(small, cst.Return) and small.value is not None:
            return _expression(function, call, above, helper, small.value)
        return _body(function, statement, call, helper)
    return None


def _calls(statement: cst.CSTNode) -> Iterator[tuple[cst.Call, cst.CSTNode]]:
    """The calls that the statement itself evaluates, each with what is directly around it."""
    parts: list[cst.CSTNode] = [statement]
    if not isinstance(statement, cst.SimpleStatementLine):
        head = getattr(statement, "test", None) or getattr(statement, "iter", None)
        parts = [head] if head is not None else []
        if isinstance(head, cst.Call):
            yield head, statement
    for part in parts:
        for above in walk(part):
            for child in above.children:
                if isinstance(child, cst.Call):
                    yield child, above


def _statements(body: cst.IndentedBlock) -> list[cst.CSTNode]:
    """What the function does, its docstring aside."""
    found: list[cst.CSTNode] = list(body.body)
    first = only(found[0]) if found else None
    if isinstance(first, cst.Expr) and isinstance(first.value, cst.SimpleString):
        return found[1:]
    return found


# --- a function of one expression -----------------------------------------------------------------


def _expression(
    function: Function,
    call: cst.Call,
    above: cst.CSTNode,
    helper: Function,
    value: cst.BaseExpression,
) -> tuple[Edit, ...]:
    file = function.file
    one_line = "\n" not in file.text(value) and "\n" not in file.text(call)
    require(one_line, "NATURAL", "it takes several lines")
    told = any(isinstance(part, cst.Name) and not part.value.isupper() for part in walk(value))
    require(told, "NATURAL", "a constant: the name says more than its value")
    require(not isinstance(above, cst.Expr), "NATURAL", "its value is dropped")
    require_same_names(function, helper, value)
    odd = (cst.NamedExpr, cst.FormattedString, cst.GeneratorExp)
    require(not any(isinstance(p, odd) for p in walk(value)), "NATURAL", "an unusual expression")
    text = _substituted(function, call, helper, value)
    text = _in_place(above, value, text)
    span = file.outer(call)
    return (Edit(span.start, span.end, text),)


def _substituted(
    function: Function, call: cst.Call, helper: Function, value: cst.BaseExpression
) -> str:
    file, start = function.file, helper.file.span(value).start
    inner = {name for name in helper.names.by_name if helper.names.bindings(name)}
    names = {name for name, _ in parameters(helper, call)}
    edits: list[tuple[Span, str]] = []
    changing = 0
    for name, argument in parameters(helper, call):
        _require_only_read(helper, name)
        uses = [n for n in walk(value) if isinstance(n, cst.Name) and n.value == name]
        uses = [n for n in uses if _is_read(helper, n)]
        if _is_simple(function, argument):
            own = {n.value for n in walk(argument) if isinstance(n, cst.Name)}
            require(not own & (inner - names), "FRESH", "a name would be hidden inside")
            passed = len(uses) == 1 and any(
                isinstance(part, cst.Arg) and part.value is uses[0] for part in walk(value)
            )
            literal = isinstance(argument, _LITERALS)
            require(passed or not literal, "NATURAL", "a literal would stand inside an expression")
        else:
            changing += 1
            once = len(uses) == 1 and changing == 1
            require(once, "PURE", "the argument would be evaluated again, never or later")
            first = any(uses[0] is part for part in leading(value, helper.context))
            require(first, "INDEP", "something would be evaluated before the argument")
        edits += [(file.span(use), _operand(function, argument)) for use in uses]
    data = file.source[start : file.span(value).end]
    for span, text in sorted(edits, key=lambda edit: -edit[0].start):
        data = data[: span.start - start] + text.encode() + data[span.end - start :]
    return data.decode()


def _require_only_read(helper: Function, name: str) -> None:
    bound = [o for o in helper.names.bindings(name)]
    require(len(bound) == 1, "INDEP", f"the function binds {name} anew")


def _is_read(helper: Function, node: cst.Name) -> bool:
    return any(o.node is node for o in helper.names.reads(node.value))


def _is_simple(function: Function, argument: cst.BaseExpression) -> bool:
    """A literal, or a name that nothing can bind anew in between."""
    if isinstance(argument, _LITERALS):
        return True
    own = isinstance(argument, cst.Name) and function.names.bindings(argument.value)
    if not own or not isinstance(argument, cst.Name):
        return False
    deleted = any(o.binds == "del" for o in function.names.bindings(argument.value))
    return stable(argument.value, function.context) and not deleted


def _operand(function: Function, argument: cst.BaseExpression) -> str:
    text = function.file.text(argument)
    return text if argument.lpar or isinstance(argument, (*_ATOMS, *_CLOSED)) else f"({text})"


def _in_place(above: cst.CSTNode, value: cst.BaseExpression, text: str) -> str:
    """The value's text where the call stood: nothing that would need parentheses there."""
    several = isinstance(value, cst.Tuple) and not value.lpar
    asked = isinstance(above, (cst.If, cst.While, cst.Assert))
    require(not (several and asked), "NATURAL", "nobody asks whether a tuple is empty")
    if isinstance(value, (*_ATOMS, *_CLOSED)) or isinstance(above, _PLACES):
        return text
    if isinstance(above, cst.Arg) and not isinstance(value, cst.Tuple):
        return text
    joined = isinstance(above, cst.BooleanOperation)
    if joined and isinstance(value, (cst.Comparison, cst.UnaryOperation, cst.BinaryOperation)):
        return text
    if joined and isinstance(value, cst.BooleanOperation):
        same = isinstance(above, cst.BooleanOperation) and type(above.operator) is type(
            value.operator
        )
        return text if same else f"({text})"
    raise Declined("NATURAL", "it would stand in parentheses after an operator")


# --- a function of several statements -------------------------------------------------------------


def _body(
    function: Function, statement: cst.CSTNode, call: cst.Call, helper: Function
) -> tuple[Edit, ...] | None:
    small, file = only(statement), function.file
    body = helper.node.body
    if not isinstance(small, (cst.Return, cst.Expr)) or small.value is not call:
        return None
    assert isinstance(body, cst.IndentedBlock)
    returns = any(isinstance(part, cst.Return) for part in walk(body))
    bound = {name for name in helper.names.by_name if helper.names.bindings(name)}
    given = parameters(helper, call)
    bound -= {name for name, _ in given}
    if isinstance(small, cst.Return):
        require(leaves(body), "REACH", "it may not end in a return")
    else:
        require(not returns, "REACH", "a return would lead somewhere else")
        require(not bound, "TRIVLIFE", "its variables would live longer")
        again = sum(1 for n in walk(function.node) if _is_call_of(n, helper)) > 1
        require(not again, "NATURAL", "it is called several times")
    taken = any(function.names.by_name.get(name) for name in bound)
    require(not taken, "FRESH", "its variables are used here too")
    require_same_names(function, helper, body)
    documented = len(_statements(body)) < len(body.body)
    start = (
        file.line_end(file.span(body.body[0]).end) if documented else body_lines(file, body).start
    )
    span = Span(start, block_span(file, body).end)
    text = _renamed(function, helper, given, span)
    lines = [line for line in text.splitlines() if line.strip()]
    require(len(lines) <= MOST_LINES, "NATURAL", "it is long")
    comments = [c for c in file.comments if span.start <= c.start < span.end]
    plain = all(is_plain(file.slice(c).lstrip("# ")) for c in comments)
    require(plain, "TRIVIA", "a comment that speaks to a tool would be said twice")
    own = file.span(statement)
    place = Span(own.start, own.end)
    after = file.source[own.end : file.line_end(own.end)].strip()
    require(not after, "TRIVIA", "a comment follows on the same line")
    moved = _moved(function, helper, text, file.indent(own.start))
    return (Edit(place.start, place.end, moved.strip(" \t\r\n")),)


def _is_call_of(node: cst.CSTNode, helper: Function) -> bool:
    name = helper.node.name.value
    return (
        isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == name
    )


def _renamed(
    function: Function,
    helper: Function,
    given: tuple[tuple[str, cst.BaseExpression], ...],
    span: Span,
) -> str:
    """The lines of the body with the arguments for the parameters."""
    file = function.file
    strings = any(
        s.start < span.end and s.end > span.start and b"\n" in file.source[s.start : s.end]
        for s in file.strings
    )
    require(not strings, "NATURAL", "a string of several lines would have to move")
    text = file.slice(span)
    for name, argument in given:
        _require_only_read(helper, name)
        own = isinstance(argument, cst.Name) and _is_simple(function, argument)
        require(own, "PURE", "the argument would be evaluated later")
        assert isinstance(argument, cst.Name)
        if argument.value == name:
            continue
        uses = helper.names.reads(name)
        seen = len(re.findall(rf"\b{name}\b", text))
        require(seen == len(uses), "FRESH", f"{name} means something else too")
        hidden = re.search(rf"\b{argument.value}\b", text)
        require(not hidden, "FRESH", f"{argument.value} means something else there")
        keyword = re.search(rf"\b{name}\s*=[^=]", text)
        require(not keyword, "FRESH", f"{name} is a keyword too")
        text = re.sub(rf"\b{name}\b", argument.value, text)
    return text


def _moved(function: Function, helper: Function, text: str, indent: str) -> str:
    body = helper.node.body
    assert isinstance(body, cst.IndentedBlock)
    old = block_indent(function.file, body)
    lines = text.splitlines(keepends=True)
    return "".join(
        indent + line[len(old) :] if line.strip() and line.startswith(old) else line
        for line in lines
    )


DIRECTIONS: Directions = {"inline-helper": (inline, EXAMPLES)}
