"""`match x: case 1: ...` becomes `if x == 1: ...`; and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, operand
from codeaug.predicates.python_names import module_names
from codeaug.predicates.python_source import (
    Block,
    PythonFile,
    block_indent,
    block_span,
    shifted,
)
from codeaug.predicates.python_types import builtin, stable
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.de_morgan.python import operands
from codeaug.transforms.python_sites import same_line, sites, step
from codeaug.transforms.switch_chain._python_examples import EXAMPLES, EXAMPLES_BACK

_FEWEST = 3
_WIDEST_INDENT = 20
_USES_MATCH = re.compile(rb"^[ \t]*match [^\n]+:[ \t]*(?:#[^\n]*)?\r?\n\s+case ", re.M)

Branch = tuple[str, cst.IndentedBlock, cst.CSTNode]
"""A branch's head without its colon, its body, and the node that both belong to."""


def to_if(subject: Subject) -> Iterator[Site]:
    """Sites of switch-to-if."""
    return sites(subject, _to_if)


def to_match(subject: Subject) -> Iterator[Site]:
    """Sites of if-to-switch."""
    return sites(subject, _to_match)


def _to_if(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    node = block.statements[number]
    if not isinstance(node, cst.Match):
        return None
    name = _subject(function, node.subject)
    branches: list[Branch] = []
    for case in node.cases:
        last = case is node.cases[-1]
        body = _body(case.body)
        if last and branches and _is_wildcard(case.pattern) and case.guard is None:
            branches.append(("else", body, case))
            continue
        test = _test(function, name, case.pattern)
        if case.guard is not None:
            require(not assigns(case.guard), "NATURAL", "an assignment in the guard")
            test = f"({test})" if " or " in test else test
            test = f"{test} and {operand(case.guard, function.file)}"
        branches.append((f"{'elif' if branches else 'if'} {test}", body, case))
    require(len(branches) > 1, "NATURAL", "a single case")
    own = function.file.indent(function.file.span(node).start)
    return _rewritten(function.file, node, "", own, branches)


def _subject(function: Function, node: cst.BaseExpression) -> str:
    """The name that is compared: reading it again gives the same."""
    require(isinstance(node, cst.Name), "PURE", "it would be evaluated once a comparison")
    assert isinstance(node, cst.Name)
    require(stable(node.value, function.context), "PURE", "a call may bind it anew")
    return node.value


def _body(suite: cst.BaseSuite) -> cst.IndentedBlock:
    require(isinstance(suite, cst.IndentedBlock), "NATURAL", "a branch beside its head")
    assert isinstance(suite, cst.IndentedBlock)
    return suite


def _is_wildcard(pattern: cst.MatchPattern) -> bool:
    return isinstance(pattern, cst.MatchAs) and pattern.pattern is None and pattern.name is None


def _test(function: Function, name: str, pattern: cst.MatchPattern) -> str:
    """What a pattern asks of `name`. Declines one that takes it apart or binds a name."""
    file = function.file
    match pattern:
        case cst.MatchValue(value=value):
            return f"{name} == {file.text(value)}"
        case cst.MatchSingleton(value=value):
            return f"{name} is {file.text(value)}"
        case cst.MatchClass(cls=kind, patterns=[], kwds=[]):
            own = function.context.is_builtin("isinstance")
            require(own, "FRESH", "isinstance is another function here")
            return f"isinstance({name}, {file.text(kind)})"
        case cst.MatchOr(patterns=elements):
            tests = [_test(function, name, element.pattern) for element in elements]
            return _any_of(function, name, elements) or " or ".join(tests)
        case _:
            raise Declined("NATURAL", "a pattern that takes the value apart or names it")


def _any_of(function: Function, name: str, elements: Sequence[cst.MatchOrElement]) -> str:
    """`name in (1, 2)`, where `in` asks nothing else than `==` does."""
    values = [element.pattern for element in elements]
    plain = all(isinstance(v, cst.MatchValue) and _is_literal(v.value) for v in values)
    if not plain or not builtin(cst.Name(name), function.context):
        return ""
    texts = (function.file.text(v.value) for v in values if isinstance(v, cst.MatchValue))
    return f"{name} in ({', '.join(texts)})"


def _is_literal(value: cst.BaseExpression) -> bool:
    if isinstance(value, cst.UnaryOperation):
        return isinstance(value.operator, cst.Minus) and _is_literal(value.expression)
    return isinstance(value, (cst.Integer, cst.SimpleString))


def _rewritten(
    file: PythonFile, node: cst.CSTNode, head: str, indent: str, branches: Sequence[Branch]
) -> tuple[Edit, ...]:
    """The branches behind `head`, each at `indent`; every comment outside their bodies declines."""
    span, lines = file.span(node), [block_span(file, body) for _, body, _ in branches]
    level = step(file, Block(branches[0][2], branches[0][1], ()))
    before = span.start
    for own in lines:
        require(not file.has_comment(before, own.start), "TRIVIA", "a comment beside a branch")
        before = own.end
    parts = []
    for (text, body, _), own in zip(branches, lines, strict=True):
        same_line(text)
        moved = shifted(file, own, block_indent(file, body), indent + level)
        parts.append(f"{text}:{moved}")
    first = f"{head}{file.newline}{indent}" if head else ""
    return (Edit(span.start, lines[-1].end, first + indent.join(parts)),)


# --- and back -------------------------------------------------------------------------------------


def _to_match(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    node = block.statements[number]
    if not isinstance(node, cst.If) or not isinstance(node.orelse, cst.If):
        return None
    chain: list[tuple[cst.BaseExpression | None, cst.BaseSuite, cst.CSTNode]] = []
    part: cst.If | cst.Else | None = node
    while isinstance(part, cst.If):
        chain.append((part.test, part.body, part))
        part = part.orelse
    name = _compared(node.test)
    tests = [test for test, _, _ in chain]
    if name is None or len(tests) < _FEWEST or not all(_asks(test, name.value) for test in tests):
        return None
    require(_has_match(function.file), "NATURAL", "the file has no match statement yet")
    _subject(function, name)
    if isinstance(part, cst.Else):
        chain.append((None, part.body, part))
    branches = [
        (f"case {_pattern(function, test)}", _body(body), each) for test, body, each in chain
    ]
    level = step(function.file, Block(node, branches[0][1], ()))
    own = function.file.indent(function.file.span(node).start)
    narrow = len((own + level).expandtabs(4)) < _WIDEST_INDENT
    require(narrow, "NATURAL", "nested too deeply")
    return _rewritten(function.file, node, f"match {name.value}:", own + level, branches)


@lru_cache(maxsize=8)
def _has_match(file: PythonFile) -> bool:
    """Whether the file is written for Python 3.10 or newer."""
    return any(not file.in_string(m.start() + 1) for m in _USES_MATCH.finditer(file.source))


def _compared(test: cst.BaseExpression) -> cst.Name | None:
    """The name that a branch's first comparison is about."""
    match test:
        case cst.BooleanOperation():
            return _compared(operands(test)[0])
        case cst.Comparison(left=cst.Name() as name, comparisons=[_]):
            return name
        case cst.Call(
            func=cst.Name(value="isinstance"), args=[cst.Arg(value=cst.Name() as name), _]
        ):
            return name
        case _:
            return None


def _asks(test: cst.BaseExpression | None, name: str) -> bool:
    """Whether a branch's condition is about `name` alone."""
    if isinstance(test, cst.BooleanOperation) and isinstance(test.operator, cst.Or):
        return all(_asks(each, name) for each in operands(test))
    if isinstance(test, (cst.BooleanOperation, type(None))):
        return False
    found = _compared(test)
    return found is not None and found.value == name


def _pattern(function: Function, test: cst.BaseExpression | None) -> str:
    """The pattern that asks what `test` does."""
    file = function.file
    match test:
        case None:
            return "_"
        case cst.BooleanOperation():
            return " | ".join(_pattern(function, each) for each in operands(test))
        case cst.Comparison(comparisons=[cst.ComparisonTarget(cst.Equal(), value)]):
            known = _is_literal(value) or isinstance(value, cst.Attribute)
            require(known, "NATURAL", "a pattern would bind that name")
            return file.text(value)
        case cst.Comparison(
            comparisons=[cst.ComparisonTarget(cst.Is(), cst.Name(value="None" | "True" | "False"))]
        ):
            return file.text(test.comparisons[0].comparator)
        case cst.Comparison(
            left=left, comparisons=[cst.ComparisonTarget(cst.In(), cst.Tuple() as values)]
        ):
            plain = bool(values.elements) and all(_is_literal(e.value) for e in values.elements)
            require(plain, "NATURAL", "a pattern would bind that name")
            require(builtin(left, function.context), "BUILTIN", "`in` asks for identity, too")
            return " | ".join(file.text(element.value) for element in values.elements)
        case cst.Call(args=[_, cst.Arg(value=cst.Name() as kind, keyword=None)]):
            require(_is_class(function, kind), "BUILTIN", "it may be a tuple of classes")
            return f"{kind.value}()"
        case _:
            raise Declined("NATURAL", "a condition that is no pattern")


def _is_class(function: Function, kind: cst.Name) -> bool:
    """Whether the name is a class of Python's, or of this file's."""
    context, name = function.context, kind.value
    known = module_names(function.file.module).bindings(name)
    mine = [place.binds for place in known] == ["class"] and not function.names.bindings(name)
    types = {"int", "str", "bytes", "float", "bool", "list", "dict", "set", "tuple", "frozenset"}
    own = name in types and context.is_builtin(name)
    return context.is_builtin("isinstance") and (own or (mine and not context.from_around(name)))


DIRECTIONS: Directions = {
    "switch-to-if": (to_if, EXAMPLES),
    "if-to-switch": (to_match, EXAMPLES_BACK),
}
