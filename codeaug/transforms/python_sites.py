"""How the Python transforms look at a unit: a rule is asked about each statement."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import libcst as cst

from codeaug.model import Edit, Span
from codeaug.predicates.python import Function, function_of
from codeaug.predicates.python_source import Block, PythonFile, block_indent, blocks, keeps_aligned
from codeaug.predicates.python_tree import Tree, tree_of
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import fits
from codeaug.transforms import Site, Subject

E = TypeVar("E", bound=cst.BaseExpression)
Rule = Callable[[Function, Block, int], tuple[Edit, ...] | None]
_DIRECTIVE = re.compile(r"#\s*(noqa|type:|pragma|pylint|fmt:|mypy|nosec|pyright|isort|yapf)", re.I)


def sites(subject: Subject, rule: Rule) -> Iterator[Site]:
    """Ask `rule` about every statement (block and number) of the unit.

    It returns edits, None where the idea has no place there, or raises Declined.
    """
    function = function_of(subject.unit, subject.source, subject.style.limit)
    if function is None:
        yield unreadable(subject)
        return
    for block in blocks(function.node):
        for number, statement in enumerate(block.statements):
            site = attempt(function, statement, rule, block, number)
            if site is not None:
                yield site


def expressions(
    subject: Subject, rule: Callable[[Function, Tree, E], tuple[Edit, ...] | None], *kinds: type[E]
) -> Iterator[Site]:
    """Ask `rule` about every expression of these kinds, as `sites` does of statements."""
    function = function_of(subject.unit, subject.source, subject.style.limit)
    if function is None:
        yield unreadable(subject)
        return
    tree = tree_of(function.node)
    for node in (node for kind in kinds for node in tree.find(kind)):
        site = attempt(function, node, rule, tree, node)
        if site is not None:
            yield site


def unreadable(subject: Subject) -> Site:
    return Site(subject.unit.span, declined="PARSE", detail="libcst cannot read this function")


def attempt(
    function: Function,
    node: cst.CSTNode,
    rule: Callable[..., tuple[Edit, ...] | None],
    *asked: object,
) -> Site | None:
    """The site that `rule`, asked about the function and these, makes of `node`; None where it
    finds none."""
    try:
        edits = rule(function, *asked)
        if edits is None:
            return None
        file = function.file
        require(fits(file.source, edits, file.limit), "NATURAL", "a line would be too long")
        aligned = all(keeps_aligned(file, edit) for edit in edits)
        require(aligned, "NATURAL", "lines below are aligned with a bracket that would move")
        return Site(file.span(node), tuple(_inside(function, edit) for edit in edits))
    except Declined as why:
        return Site(function.file.span(node), declined=why.predicate, detail=why.detail)


def _inside(function: Function, edit: Edit) -> Edit:
    """`edit` without what stands behind the unit: a line break, or a comment that stays there."""
    end = function.span.end
    if edit.end <= end:
        return edit
    beyond = function.file.slice(Span(end, edit.end))
    if edit.text.endswith(beyond):
        return Edit(edit.start, end, edit.text.removesuffix(beyond))
    require(not beyond.strip(), "TRIVIA", "a comment behind the function's last statement")
    return Edit(edit.start, end, edit.text.rstrip("\r\n") if "\n" in beyond else edit.text)


def put(file: PythonFile, place: Span, text: str) -> Edit:
    """`text` in the place of other code; `if(x)else` has no spaces that could stay."""
    before, after = file.source[: place.start][-1:], file.source[place.end : place.end + 1]
    left = " " if before.isalnum() and (text[0].isalnum() or text[0] in "_(\"'") else ""
    right = " " if after.isalnum() and text[-1].isalnum() else ""
    return Edit(place.start, place.end, f"{left}{text}{right}")


def condition(file: PythonFile, test: cst.BaseExpression, text: str) -> Edit:
    """Put `text` in the place of a condition and its parentheses."""
    return put(file, file.outer(test), text)


def step(file: PythonFile, block: Block) -> str:
    """One level of indentation, as the block itself has it."""
    inner = block_indent(file, block.node)
    outer = file.indent(file.span(block.owner).start)
    return inner[len(outer) :] or file.module.default_indent


def else_body(node: cst.If) -> cst.IndentedBlock | None:
    """The indented body of a plain `else`, None for `elif`, one line or nothing."""
    body = node.orelse.body if isinstance(node.orelse, cst.Else) else None
    return body if isinstance(body, cst.IndentedBlock) else None


def one(block: cst.BaseSuite | None) -> cst.BaseSmallStatement | None:
    """The block's single small statement, None where there is more or less."""
    if not isinstance(block, cst.IndentedBlock) or len(block.body) != 1:
        return None
    line = block.body[0]
    single = isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1
    return line.body[0] if single and isinstance(line, cst.SimpleStatementLine) else None


def line_content(file: PythonFile, statement: cst.CSTNode) -> Span:
    """From the statement's start to the end of its last line, the line break excluded."""
    span = file.span(statement)
    end = file.line_end(span.end)
    text = file.source[span.end : end].rstrip()
    return Span(span.start, span.end + len(text))


def comment_above(file: PythonFile, statement: cst.CSTNode) -> str:
    """The comment at the statement's end as a line to put above it, "" where there is none.

    Declines TRIVIA for comments inside the statement, and for those that speak to a tool.
    """
    span, line = file.span(statement), line_content(file, statement)
    require(not file.has_comment(span.start, span.end), "TRIVIA", "a comment inside")
    comment = file.slice(Span(span.end, line.end)).strip()
    require(not _DIRECTIVE.match(comment), "TRIVIA", "the comment is about this very line")
    return comment + file.newline + file.indent(span.start) if comment else ""


def same_line(*texts: str) -> None:
    """Declines NATURAL where one of the texts takes several lines."""
    require(not any("\n" in text for text in texts), "NATURAL", "it takes several lines")


def removed(file: PythonFile, block: Block, number: int) -> Edit:
    """The statement's lines go, and with a paragraph of its own the blank lines behind it."""
    span = file.span(block.statements[number])
    start, end = file.line_start(span.start), file.line_end(span.end)
    above = file.source[file.line_start(max(start - 1, 0)) : start].strip()
    if number == 0 or not above:
        while end < len(file.source) and not file.source[end : file.line_end(end)].strip():
            end = file.line_end(end)
    return Edit(start, end, "")
