"""`sorted(xs, key=lambda x: x.a)` becomes `def key(x): return x.a`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, fresh, nocap, nodyn, shown
from codeaug.predicates.python_effects import names_in, touched
from codeaug.predicates.python_names import Occurrence
from codeaug.predicates.python_source import Block, PythonFile, children, only, walk
from codeaug.predicates.python_tree import Tree, tree_of
from codeaug.predicates.python_types import pure
from codeaug.predicates.python_vocabulary import simple_name
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.lambda_form._python_examples import EXAMPLES, EXAMPLES_BACK
from codeaug.transforms.python_sites import expressions, one, same_line, sites, step

# Python's own functions, and where they take a function: they call it and look at nothing else.
_BUILTINS = {"sorted": "key", "min": "key", "max": "key", "map": "", "filter": ""}
_METHODS = {"sort": "key"}
# Of the standard library: the place and the keyword.
_LIBRARY = {
    "re.sub": (1, "repl"),
    "re.subn": (1, "repl"),
    "functools.reduce": (0, ""),
    "itertools.groupby": (1, "key"),
    "heapq.nlargest": (2, "key"),
    "heapq.nsmallest": (2, "key"),
}
_NAMES = {
    "sorted": ("sort_key", "order"),
    "sort": ("sort_key", "order"),
    "min": ("rank", "measure"),
    "max": ("rank", "measure"),
    "map": ("convert", "transform"),
    "filter": ("is_wanted", "keep"),
    "re.sub": ("replacement", "substitute"),
    "re.subn": ("replacement", "substitute"),
    "functools.reduce": ("combine", "merge"),
    "itertools.groupby": ("group_key", "group_of"),
    "heapq.nlargest": ("rank", "measure"),
    "heapq.nsmallest": ("rank", "measure"),
}


def to_def(subject: Subject) -> Iterator[Site]:
    """Sites of lambda-to-def."""
    return expressions(subject, _to_def, cst.Lambda)


def to_lambda(subject: Subject) -> Iterator[Site]:
    """Sites of def-to-lambda."""
    return sites(subject, _to_lambda)


def _to_def(function: Function, tree: Tree, node: cst.BaseExpression) -> tuple[Edit, ...] | None:
    assert isinstance(node, cst.Lambda)
    file, parent = function.file, tree.parents.get(node)
    line = next((each for each in tree.above(node) if isinstance(each, _STATEMENTS)), None)
    block = tree.parents.get(line) if line is not None else None
    if line is None or not isinstance(block, cst.IndentedBlock):
        return None
    named = _assigned(function, parent, line)
    callee = "" if named else _taker(function, tree, parent)
    if not named and not callee:
        require(not isinstance(parent, cst.Arg), "NODYN", "what gets it may look at its name")
        return None
    place = file.outer(node)
    require(not file.has_comment(place.start, place.end), "TRIVIA", "a comment inside")
    _require_plain(function, tree, node)
    level = step(file, Block(tree.parents.get(block) or function.node, block, ()))
    start, end = file.span(line).start, file.newline
    own = file.indent(start)
    names = _NAMES.get(callee, ())
    name = named or next((each for each in names if fresh(each, function)), "")
    require(bool(name), "FRESH", "no name is free for it")
    params = file.slice(file.span(node.params)) if any(children(node.params)) else ""
    body = file.bare(node.body)
    same_line(params, body)
    text = f"def {name}({params}):{end}{own}{level}return {body}"
    above = _above_comments(file, file.line_start(start))
    first = line is block.body[0] or _is_blank(file, file.line_start(above - 1))
    if named:
        beside = file.line_end(file.span(line).end)
        last = file.source[file.span(line).end : beside].strip()
        require(not last, "TRIVIA", "a comment beside it")
        after = end if block.body[-1] is not line and not _is_blank(file, beside) else ""
        apart = () if first else (Edit(above, above, end),)
        return (*apart, Edit(start, file.span(line).end, f"{text}{after}"))
    before = own if first else f"{end}{own}"
    return (
        Edit(above, above, f"{before}{text}{end}{end}"),
        Edit(place.start, place.end, name),
    )


def _is_blank(file: PythonFile, start: int) -> bool:
    """Whether the line that starts there is empty."""
    return not file.source[start : file.line_end(start)].strip()


def _above_comments(file: PythonFile, start: int) -> int:
    """Where the comments right above the line begin."""
    before = file.line_start(start - 1)
    while file.source[before:start].strip().startswith(b"#"):
        start, before = before, file.line_start(before - 1)
    return start


_STATEMENTS = (cst.SimpleStatementLine, cst.BaseCompoundStatement)


def _assigned(function: Function, parent: cst.CSTNode | None, line: cst.CSTNode) -> str:
    """The name that the lambda is bound to, where that is all that becomes of it."""
    match parent:
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
            pass
        case _:
            return ""
    if only(line) is not parent:
        return ""
    # Bound twice, the definition and the other value would be of one name.
    once = len(function.names.bindings(name)) == 1
    require(once, "FRESH", "the name is bound elsewhere, too")
    tree = tree_of(function.node)
    reads = function.names.reads(name)
    blind = all(_called(tree, read) or _given(function, tree, read) for read in reads)
    require(blind, "NODYN", "what gets it may look at its name")
    return name


def _called(tree: Tree, read: Occurrence) -> bool:
    parent = tree.parents.get(read.node)
    return isinstance(parent, cst.Call) and parent.func is read.node


def _given(function: Function, tree: Tree, read: Occurrence) -> bool:
    return bool(_taker(function, tree, tree.parents.get(read.node)))


def _taker(function: Function, tree: Tree, arg: cst.CSTNode | None) -> str:
    """Which of Python's own functions takes the argument as its function, "" for none."""
    call = tree.parents.get(arg) if isinstance(arg, cst.Arg) else None
    if not isinstance(arg, cst.Arg) or not isinstance(call, cst.Call) or arg.star:
        return ""
    keyword = arg.keyword.value if arg.keyword else ""
    name = simple_name(call.func)
    if isinstance(call.func, cst.Name):
        first = keyword or call.args[0] is arg
        own = function.context.is_builtin(name) and _BUILTINS.get(name) == keyword
        return name if own and first else ""
    dotted = function.file.text(call.func)
    if dotted in _LIBRARY:
        place, usual = _LIBRARY[dotted]
        there = keyword == usual if keyword else call.args.index(arg) == place
        return dotted if there and pure(call.func, function.context) else ""
    # A list: `key` of any other `sort` may be anything.
    listed = isinstance(call.func, cst.Attribute) and _is_list(function, call.func.value)
    return name if listed and keyword and _METHODS.get(name) == keyword else ""


def _is_list(function: Function, node: cst.BaseExpression) -> bool:
    """Whether it is a local that only lists are bound to."""
    if not isinstance(node, cst.Name):
        return False
    places = function.names.bindings(node.value)
    plain = (cst.List, cst.ListComp)
    return bool(places) and all(
        place.binds == "assign"
        and not place.path
        and (isinstance(place.value, plain) or _makes_list(function, place.value))
        for place in places
    )


def _makes_list(function: Function, value: cst.BaseExpression | None) -> bool:
    match value:
        case cst.Call(func=cst.Name(value="list" | "sorted" as name)):
            return function.context.is_builtin(name)
        case _:
            return False


def _require_plain(function: Function, tree: Tree, node: cst.Lambda) -> None:
    nested = tree.lazy(node)
    require(not nested, "NOCAP", "it may use names of the lambda or comprehension around it")
    again = tree.within(node, cst.While) and not isinstance(
        next(each for each in tree.above(node) if isinstance(each, _STATEMENTS)),
        cst.SimpleStatementLine,
    )
    require(not again, "NATURAL", "the head of a loop")
    defaults = [part.default for part in walk(node.params) if isinstance(part, cst.Param)]
    line = next(each for each in tree.above(node) if isinstance(each, _STATEMENTS))
    calm = all(value is None or _settled(function, value, line) for value in defaults)
    require(calm, "INDEP", "its defaults would be evaluated earlier")
    odd = any(isinstance(part, (cst.NamedExpr, cst.Yield, cst.Await)) for part in walk(node.body))
    require(not odd, "PURE", "an assignment or yield inside")
    require(nodyn(function), "NODYN", "the function looks at its own local names")


def _settled(function: Function, default: cst.BaseExpression, statement: cst.CSTNode) -> bool:
    """Whether a default is the same before the statement as inside it."""
    own = function.names.scope
    places = touched(function, function.file.span(statement))
    bound = {place.name for place in places if place.binds and place.scope is own}
    return pure(default, function.context) and not bound & names_in(function, default)


# --- and back -------------------------------------------------------------------------------------


def _to_lambda(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    file, node = function.file, block.statements[number]
    if not isinstance(node, cst.FunctionDef) or number + 1 == len(block.statements):
        return None
    value = one(node.body)
    if not isinstance(value, cst.Return) or value.value is None or node.asynchronous is not None:
        return None
    name = node.name.value
    reads, after = function.names.reads(name), block.statements[number + 1]
    if len(reads) != 1 or len(function.names.bindings(name)) != 1:
        return None
    use, tree = reads[0].node, tree_of(function.node)
    if not any(each is after for each in tree.above(use)):
        return None
    taken = _taker(function, tree, tree.parents.get(use))
    require(bool(taken), "NODYN", "what gets it may look at its name")
    own = nocap(name, function) and not tree.lazy(use)
    require(own, "NOCAP", "an inner function sees the name")
    require(nodyn(function) and not shown(name, function), "NODYN", "the name itself is used")
    _require_bare(function, node, after)
    begin, start = file.line_start(file.span(node).start), file.span(after).start
    require(not file.has_comment(begin, file.line_start(start)), "TRIVIA", "a comment inside")
    place, params = file.outer(_name(use)), file.slice(file.span(node.params))
    body = file.text(value.value)
    same_line(params, body)
    loose = isinstance(value.value, (cst.Tuple, cst.Yield)) and not value.value.lpar
    body = f"({body})" if loose else body
    head = f"lambda {params}" if any(children(node.params)) else "lambda"
    kept = file.slice(Span(file.line_start(start), place.start))
    return (Edit(begin, place.end, f"{kept}{head}: {body}"),)


def _name(use: cst.CSTNode) -> cst.Name:
    assert isinstance(use, cst.Name)
    return use


def _require_bare(function: Function, node: cst.FunctionDef, after: cst.CSTNode) -> None:
    """Nothing that a lambda does not have."""
    params = [part for part in walk(node.params) if isinstance(part, cst.Param)]
    typed = node.returns or node.type_parameters or any(part.annotation for part in params)
    require(not typed, "NATURAL", "its types would be lost")
    require(not node.decorators, "NODYN", "a decorator sees it")
    calm = all(p.default is None or _settled(function, p.default, after) for p in params)
    require(calm, "INDEP", "its defaults would be evaluated later")
    odd = any(isinstance(part, (cst.NamedExpr, cst.Yield, cst.Await)) for part in walk(node.body))
    require(not odd, "PURE", "an assignment or yield inside")
    own = any(isinstance(p, cst.Name) and p.value == node.name.value for p in walk(node.body))
    require(not own, "NOCAP", "it uses itself")


DIRECTIONS: Directions = {
    "lambda-to-def": (to_def, EXAMPLES),
    "def-to-lambda": (to_lambda, EXAMPLES_BACK),
}
