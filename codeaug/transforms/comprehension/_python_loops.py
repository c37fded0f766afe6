"""`ys = [f(x) for x in xs]` becomes a loop that fills `ys`; `any` and `all` one that searches."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, fresh, negated
from codeaug.predicates.python_flow import (
    captured,
    dead_behind,
    inside,
    unseen_on_error,
    variable,
)
from codeaug.predicates.python_source import Block, PythonFile, only
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms.comprehension._python_parts import first_part
from codeaug.transforms.comprehension._shape import (
    Clause,
    Shape,
    loop,
    loop_names,
    require_plain,
    tests,
)
from codeaug.transforms.python_sites import comment_above, line_content, sites, step

_EMPTY = {"append": "[]", "add": "set()", "item": "{}"}
_RESULTS = ("result", "results", "output", "collected")


def to_loop(subject: Subject) -> Iterator[Site]:
    """Sites of comprehension-to-loop."""
    return sites(subject, _to_loop)


def _to_loop(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    small = only(block.statements[number])
    value = getattr(small, "value", None)
    if isinstance(value, (cst.ListComp, cst.SetComp, cst.DictComp)):
        return _filling(function, block, number, value)
    asked = _asked(function, value)
    if asked is None:
        return _before(function, block, number)
    match small:
        case cst.Return():
            return _leaving(function, block, number, asked)
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            return _flag(function, block, number, name, asked)
        case _:
            return None


def _clauses(node: cst.BaseComp) -> Iterator[Clause]:
    step: cst.CompFor | None = node.for_in
    while step is not None:
        require(step.asynchronous is None, "INDEP", "the comprehension is asynchronous")
        yield Clause(step.target, step.iter, tuple(each.test for each in step.ifs))
        step = step.inner_for_in


def _require_same(function: Function, block: Block, number: int, shape: Shape) -> None:
    require_plain(function, shape)
    statement = block.statements[number]
    span = function.file.span(statement)
    for name in loop_names(shape.clauses):
        places = variable(name, function)
        if places:
            own = any(inside(place, span, function) for place in places)
            bound = any(place.binds for place in places)
            free = bound and not own and dead_behind(name, statement, function)
            require(free, "FRESH", "the loop's name is used outside of it")


# --- filling --------------------------------------------------------------------------------------


def _filling(
    function: Function,
    block: Block,
    number: int,
    node: cst.ListComp | cst.SetComp | cst.DictComp,
) -> tuple[Edit, ...] | None:
    statement = block.statements[number]
    clauses = tuple(_clauses(node))
    if isinstance(node, cst.DictComp):
        shape = Shape("item", "", (node.key, node.value), clauses)
    else:
        how = "append" if isinstance(node, cst.ListComp) else "add"
        shape = Shape(how, "", (node.elt,), clauses)
    found = _target(function, block, number, node)
    if found is None:
        return None
    head, name, tail = found
    _require_same(function, block, number, shape)
    file = function.file
    body = (_filled(file, shape, name),)
    lines = [head + _EMPTY[shape.how], loop(file, block, clauses, body), *tail]
    return _written(file, statement, lines)


def _target(
    function: Function, block: Block, number: int, node: cst.BaseExpression
) -> tuple[str, str, tuple[str, ...]] | None:
    """What stands before the empty list, the name it gets, and what follows the loop."""
    file, statement = function.file, block.statements[number]
    match only(statement):
        case cst.Return():
            name = _free(function, _RESULTS)
            return f"{name} = ", name, (f"return {name}",)
        case (
            cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))])
            | cst.AnnAssign(target=cst.Name(value=name))
        ):
            _require_unseen(function, block, number, name)
            head = Span(file.span(statement).start, file.outer(node).start)
            return file.slice(head), name, ()
        case cst.Assign(
            targets=[
                cst.AssignTarget(target=cst.Attribute(value=cst.Name(), attr=cst.Name()) as whole)
            ]
        ):
            name = _free(function, (whole.attr.value.strip("_"),))
            return f"{name} = ", name, (f"{file.text(whole)} = {name}",)
        case _:
            return None


def _before(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    """A list inside the statement is filled before it, and has a name."""
    file, statement = function.file, block.statements[number]
    part = first_part(function, statement)
    if part is None:
        return None
    shape = Shape("append", "", (part.node.elt,), tuple(_clauses(part.node)))
    _require_same(function, block, number, shape)
    name = _free(function, part.names)
    start, place = file.span(statement).start, file.outer(part.node)
    rest = name
    if part.call is not None:
        # Without the line breaks that stood around the comprehension.
        place, rest = Span(file.outer(part.call.func).end, file.span(part.call).end), f"({name})"
    require(not file.has_comment(start, place.end), "TRIVIA", "a comment inside")
    before = file.slice(Span(start, place.start))
    require("\n" not in before, "NATURAL", "it stands in the middle of several lines")
    lines = [f"{name} = []", loop(file, block, shape.clauses, (_filled(file, shape, name),)), ""]
    text = (file.newline + file.indent(start)).join(lines)
    return (Edit(start, place.end, text + before + rest),)


def _free(function: Function, names: tuple[str, ...]) -> str:
    free = [name for name in names if fresh(name, function)]
    require(bool(free), "FRESH", "no name for the list comes to mind")
    return free[0]


def _require_unseen(function: Function, block: Block, number: int, name: str) -> None:
    span = function.file.span(block.statements[number])
    own = [place for place in variable(name, function) if inside(place, span, function)]
    require(len(own) == 1, "INDEP", "it is made of what it held before")
    require(not captured(name, function), "NOCAP", "an inner function sees it half full")
    hidden = unseen_on_error(name, function, block.statements, number)
    require(hidden, "INDEP", "where an exception is caught it would be seen half full")


def _filled(file: PythonFile, shape: Shape, name: str) -> str:
    texts = [file.text(part) for part in shape.elements]
    if shape.how == "item":
        return f"{name}[{texts[0]}] = {texts[1]}"
    return f"{name}.{shape.how}({texts[0]})"


def _written(file: PythonFile, statement: cst.CSTNode, lines: list[str]) -> tuple[Edit, ...]:
    above = comment_above(file, statement)
    place = line_content(file, statement)
    end = file.newline + file.indent(place.start)
    return (Edit(place.start, place.end, above + end.join(lines)),)


# --- searching ------------------------------------------------------------------------------------


def _asked(function: Function, value: cst.BaseExpression | None) -> Shape | None:
    """`any`, `all` or `not any` of a generator, with the answer of an element that decides."""
    denied = isinstance(value, cst.UnaryOperation) and isinstance(value.operator, cst.Not)
    call = value.expression if denied and isinstance(value, cst.UnaryOperation) else value
    match call:
        case cst.Call(
            func=cst.Name(value="any" | "all" as word),
            args=[cst.Arg(value=cst.GeneratorExp() as node, star="", keyword=None)],
        ) if function.context.is_builtin(word) and not (denied and word == "all"):
            how = "True" if word == "any" and not denied else "False"
            return Shape(how, word, (node.elt,), tuple(_clauses(node)))
        case _:
            return None


def _leaving(
    function: Function, block: Block, number: int, shape: Shape
) -> tuple[Edit, ...] | None:
    _require_same(function, block, number, shape)
    other = "False" if shape.how == "True" else "True"
    body = (f"return {shape.how}",)
    file = function.file
    lines = [_search(function, block, shape, body), f"return {other}"]
    return _written(file, block.statements[number], lines)


def _flag(
    function: Function, block: Block, number: int, name: str, shape: Shape
) -> tuple[Edit, ...] | None:
    _require_same(function, block, number, shape)
    _require_unseen(function, block, number, name)
    nested = len(shape.clauses) > 1
    require(not nested, "NATURAL", "a break would leave only the inner loop")
    other = "False" if shape.how == "True" else "True"
    body = (f"{name} = {shape.how}", "break")
    file = function.file
    lines = [f"{name} = {other}", _search(function, block, shape, body)]
    return _written(file, block.statements[number], lines)


def _search(function: Function, block: Block, shape: Shape, body: tuple[str, ...]) -> str:
    file, level = function.file, step(function.file, block)
    clauses, asked = shape.clauses, shape.elements
    if shape.name == "all":
        test = negated(asked[0], function)
    else:
        # What the comprehension tests and what it asks is one condition.
        last = clauses[-1]
        test = tests(file, (*last.tests, *asked))
        clauses = (*clauses[:-1], Clause(last.target, last.iter))
    return loop(file, block, clauses, (f"if {test}:", *(level + line for line in body)))
