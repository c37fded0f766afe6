"""`f(a, timeout=30)` becomes `timeout = 30`, `f(a, timeout=timeout)`; and back."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, fresh, nodyn, shown
from codeaug.predicates.python_names import Occurrence
from codeaug.predicates.python_source import Block, PythonFile, only
from codeaug.predicates.python_tree import Tree, tree_of
from codeaug.predicates.python_vocabulary import simple_name
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms.named_constant._python_examples import EXAMPLES, EXAMPLES_INLINE
from codeaug.transforms.python_sites import expressions, same_line, sites

_PLAIN = {"0", "1", "2", "0.0", "1.0"}
_LONGEST = 30
_SHORT = 12
_MOST_USES = 3
_UNNAMED = {"print", "super", "dict", "cast", "field", "add_argument", "warn", "Mock", "partial"}
# Parameters whose texts people name; of others only numbers.
_TEXTS = {"encoding", "errors", "sep", "separator", "delimiter", "prefix", "suffix", "pattern"}
_LITERALS = (cst.Integer, cst.Float, cst.SimpleString)
_PLACES = (
    cst.Arg,
    cst.Assign,
    cst.AugAssign,
    cst.BinaryOperation,
    cst.Comparison,
    cst.ComparisonTarget,
    cst.DictElement,
    cst.Element,
    cst.Index,
    cst.Return,
)


def name_literal(subject: Subject) -> Iterator[Site]:
    """Sites of name-literal."""
    return expressions(subject, _name, cst.Call)


def inline(subject: Subject) -> Iterator[Site]:
    """Sites of inline-constant."""
    return sites(subject, _inline)


def _name(function: Function, tree: Tree, node: cst.BaseExpression) -> tuple[Edit, ...] | None:
    if not isinstance(node, cst.Call) or simple_name(node.func) in _UNNAMED:
        return None
    found = next(_named_values(node), None)
    statement = _statement(tree, node)
    if found is None or statement is None:
        return None
    name, value = found
    text = function.file.text(value)
    same_line(text)
    require(nodyn(function), "NODYN", "the function looks at its own local names")
    require(fresh(name, function), "FRESH", f"{name} is already used here")
    place, start = function.file.outer(value), function.file.span(statement).start
    line = f"{name} = {text}{function.file.newline}{function.file.indent(start)}"
    before = function.file.slice(Span(start, place.start))
    return (Edit(start, place.end, line + before + name),)


def _named_values(node: cst.Call) -> Iterator[tuple[str, cst.BaseExpression]]:
    """Literals among the arguments whose name the code says, each with the name."""
    for arg in node.args:
        name = arg.keyword.value if arg.keyword is not None else ""
        if len(name) > 2 and _worth(arg.value, text=name in _TEXTS):
            yield name, arg.value
    match node.func, node.args:
        case (
            cst.Attribute(attr=cst.Name(value="get")),
            [cst.Arg(value=cst.SimpleString() as key), cst.Arg(value=value, keyword=None)],
        ) if _worth(value, text=True):
            name = key.raw_value
            if name.isidentifier() and name == name.lower():
                yield f"default_{name}", value


def _worth(value: cst.BaseExpression, text: bool) -> bool:
    """Whether a name would say more than the literal."""
    if isinstance(value, cst.SimpleString):
        return text and len(value.quote) == 1 and 0 < len(value.raw_value) <= _LONGEST
    return isinstance(value, (cst.Integer, cst.Float)) and value.value not in _PLAIN


def _statement(tree: Tree, node: cst.CSTNode) -> cst.CSTNode | None:
    """The statement of a block that evaluates `node` itself, not one inside it."""
    for each in tree.above(node):
        if isinstance(each, (cst.Lambda, cst.FormattedString)):
            return None
        if isinstance(each, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            own = isinstance(tree.parents.get(each), cst.IndentedBlock)
            return each if own and not isinstance(each, (cst.Try, cst.Match)) else None
    return None


# --- and back -------------------------------------------------------------------------------------


def _inline(function: Function, block: Block, number: int) -> tuple[Edit, ...] | None:
    statement, file = block.statements[number], function.file
    match only(statement):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value) if (
            isinstance(value, _LITERALS)
        ):
            pass
        case _:
            return None
    if len(function.names.bindings(name)) != 1:
        return None
    reads = function.names.reads(name)
    if not 0 < len(reads) <= _MOST_USES:
        return None
    require(nodyn(function) and not shown(name, function), "NODYN", "the name itself is used")
    _require_behind(function, block, number, reads)
    text = file.text(value)
    same_line(text)
    short = len(text) <= _SHORT and isinstance(value, cst.SimpleString)
    require(short or len(reads) == 1, "NATURAL", "it would stand there several times")
    beside = block.statements[max(0, number - 1) : number + 2]
    together = any(_is_constant(each) for each in beside if each is not statement)
    require(not together, "NATURAL", "one of several that are named together")
    tree = tree_of(function.node)
    for read in reads:
        _require_place(tree, read.node, value)
    line = Span(
        file.line_start(file.span(statement).start), file.line_end(file.span(statement).end)
    )
    alone = not file.has_comment(line.start, line.end) and not _comment_above(file, line.start)
    require(alone, "TRIVIA", "a comment says what the name is for")
    uses = sorted(file.span(read.node).start for read in reads)
    width = len(name.encode())
    return (Edit(line.start, line.end, ""), *(Edit(at, at + width, text) for at in uses))


def _is_constant(statement: cst.CSTNode) -> bool:
    match only(statement):
        case cst.Assign(targets=[cst.AssignTarget(target=cst.Name())], value=value):
            return isinstance(value, _LITERALS)
        case _:
            return False


def _require_behind(
    function: Function, block: Block, number: int, reads: tuple[Occurrence, ...]
) -> None:
    """DA: every use comes after the binding, in the same block or deeper."""
    file = function.file
    start = file.span(block.statements[number]).end
    end = file.span(block.statements[-1]).end
    behind = all(start <= file.span(read.node).start < end for read in reads)
    require(behind, "DA", "a use may come before the value")


def _require_place(tree: Tree, use: cst.CSTNode, value: cst.BaseExpression) -> None:
    """NATURAL: a literal can stand in the place of the name."""
    parent = tree.parents.get(use)
    method = isinstance(parent, cst.Attribute) and isinstance(value, cst.SimpleString)
    usual = isinstance(parent, _PLACES) and not tree.within(use, cst.FormattedString)
    require(method or usual, "NATURAL", "nobody would write a literal there")
    if isinstance(parent, cst.BinaryOperation):
        number = not isinstance(value, cst.SimpleString)
        simple = number and not isinstance(parent.operator, cst.Power)
        require(simple, "NATURAL", "nobody would write a literal there")
    if isinstance(parent, cst.ComparisonTarget):
        equal = not isinstance(parent.operator, (cst.Is, cst.IsNot))
        require(equal, "NATURAL", "a literal has no identity of its own")


def _comment_above(file: PythonFile, start: int) -> bool:
    above = file.source[file.line_start(start - 1) : start] if start else b""
    return above.strip().startswith(b"#")


DIRECTIONS: Directions = {
    "name-literal": (name_literal, EXAMPLES),
    "inline-constant": (inline, EXAMPLES_INLINE),
}
