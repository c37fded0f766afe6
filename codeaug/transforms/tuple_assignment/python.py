"""`a = x.a`, `b = x.b` become `a, b = x.a, x.b`; and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import libcst as cst

from codeaug.model import Edit
from codeaug.predicates.python import Function, assigns, nocap, nodyn, shown
from codeaug.predicates.python_source import Block, only, walk
from codeaug.predicates.python_tree import tree_of
from codeaug.predicates.python_types import Context, nothrow, static_type
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.python_sites import comment_above, line_content, same_line, sites
from codeaug.transforms.tuple_assignment._python_examples import EXAMPLES, EXAMPLES_BACK

_MOST = 3
_WIDEST = 60
_LOOSE = (cst.Lambda, cst.IfExp, cst.BooleanOperation, cst.Comparison)

Pair = tuple[cst.BaseExpression, cst.BaseExpression]


def join(subject: Subject) -> Iterator[Site]:
    """Sites of join-assignments."""
    return sites(subject, _join)


def split(subject: Subject) -> Iterator[Site]:
    """Sites of split-assignments."""
    return sites(subject, _split)


def _join(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statements = function.file, block.statements
    first = _single(statements[number])
    if first is None or (number and _alike(_single(statements[number - 1]), first)):
        return None
    pairs = [first]
    for statement in statements[number + 1 :]:
        pair = _single(statement)
        if pair is None or not _alike(pairs[-1], pair):
            break
        pairs.append(pair)
    if len(pairs) < 2:
        return None
    require(len(pairs) <= _MOST, "NATURAL", "too many for one line")
    start = file.span(statements[number]).start
    end = line_content(file, statements[number + len(pairs) - 1]).end
    require(not file.has_comment(start, end), "TRIVIA", "a comment beside one of them")
    apart = file.source.count(b"\n", start, end) >= len(pairs)
    require(not apart, "NATURAL", "they stand apart")
    _require_order(function, pairs)
    targets, values = (", ".join(map(file.text, part)) for part in zip(*pairs, strict=True))
    text = f"{targets} = {values}"
    same_line(text)
    require(len(text) <= _WIDEST, "NATURAL", "the line would be crowded")
    return (Edit(start, end, text),)


def _single(statement: cst.CSTNode) -> Pair | None:
    """Target and value of `name = value` or `name.attribute = value`."""
    match only(statement):
        case cst.Assign(
            targets=[
                cst.AssignTarget(target=cst.Name() | cst.Attribute(value=cst.Name()) as target)
            ],
            value=value,
        ):
            return target, value
        case _:
            return None


def _alike(first: Pair | None, second: Pair) -> bool:
    """Whether people see the two values as one pair: the same kind, of the same thing."""
    if first is None or not isinstance(second[1], type(first[1])):
        return False
    targets = first[0], second[0]
    if isinstance(targets[0], cst.Attribute) and isinstance(targets[1], cst.Attribute):
        if not targets[0].value.deep_equals(targets[1].value):
            return False
    elif not all(isinstance(target, cst.Name) for target in targets):
        return False
    match first[1], second[1]:
        case cst.Attribute(value=left), cst.Attribute(value=right):
            return left.deep_equals(right)
        case cst.Subscript(value=left), cst.Subscript(value=right):
            return left.deep_equals(right)
        case cst.Call(func=left, args=[_]), cst.Call(func=right, args=[_]):
            return left.deep_equals(right)
        case cst.List(elements=[]), cst.List(elements=[]):
            return True
        case cst.Name(value=left), cst.Name(value=right):
            return left == right or _is_flag(left) == _is_flag(right)
        case (cst.Integer(), _) | (cst.SimpleString(), _):
            return True
        case _:
            return False


def _is_flag(name: str) -> bool:
    return name in ("True", "False", "None")


def _require_order(function: Function, pairs: Sequence[Pair]) -> None:
    """Whether binding each target at once or after all values makes no difference."""
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    tree, context = tree_of(function.node), function.context
    for number, (_, value) in enumerate(pairs):
        require(not assigns(value), "NATURAL", "an assignment or yield inside")
        earlier = [name for name, _ in pairs[:number]]
        _require_unread(value, earlier)
        if number == 0 or _settled(value, context):
            continue
        for target in earlier:
            plain = isinstance(target, cst.Name)
            require(plain, "INDEP", "storing it may change what the next value is")
            assert isinstance(target, cst.Name)
            require(nocap(target.value, function), "NOCAP", "an inner function sees the name")
            caught = tree.within(target, cst.Try, cst.TryStar, cst.With)
            require(not caught, "INDEP", "a handler may see what was bound before it failed")
            once = len(function.names.bindings(target.value)) == 1 and not tree.looped(target)
            scalar = bool(static_type(target, context))
            require(once or scalar, "TRIVLIFE", "the old value would die at another time")


def _settled(value: cst.BaseExpression, context: Context) -> bool:
    """NOTHROW, or a list or dictionary of nothing else."""
    match value:
        case cst.List() | cst.Tuple():
            return all(_settled(element.value, context) for element in value.elements)
        case cst.Dict():
            return not value.elements
        case _:
            return nothrow(value, context)


def _require_unread(value: cst.BaseExpression, targets: Sequence[cst.BaseExpression]) -> None:
    """INDEP: `value` reads none of the targets."""
    names = {target.value for target in targets if isinstance(target, cst.Name)}
    reads = {part.value for part in walk(value) if isinstance(part, cst.Name)}
    require(not names & reads, "INDEP", "a value reads what is bound just before it")


# --- and back -------------------------------------------------------------------------------------


def _split(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, statement = function.file, block.statements[number]
    match only(statement):
        case cst.Assign(
            targets=[cst.AssignTarget(target=cst.Tuple() as targets)], value=cst.Tuple() as values
        ):
            pass
        case _:
            return None
    parts = (*targets.elements, *values.elements)
    starred = any(isinstance(part, cst.StarredElement) for part in parts)
    nested = any(isinstance(part.value, (cst.Tuple, cst.List)) for part in targets.elements)
    even = len(targets.elements) == len(values.elements)
    require(even and not starred and not nested, "NATURAL", "the tuples are not alike")
    require(len(targets.elements) > 1, "NATURAL", "a tuple of one")
    pairs = [
        (target.value, value.value)
        for target, value in zip(targets.elements, values.elements, strict=True)
    ]
    _require_order(function, pairs)
    for target, _ in pairs[:-1]:
        shown_name = isinstance(target, cst.Name) and shown(target.value, function)
        require(not shown_name, "NODYN", "the name itself is used")
    above = comment_above(file, statement)
    lines = [f"{file.text(target)} = {file.text(value)}" for target, value in pairs]
    same_line(*lines)
    line = line_content(file, statement)
    text = (file.newline + file.indent(line.start)).join(lines)
    return (Edit(line.start, line.end, above + text),)


DIRECTIONS: Directions = {
    "join-assignments": (join, EXAMPLES),
    "split-assignments": (split, EXAMPLES_BACK),
}
