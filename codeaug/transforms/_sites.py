"""Sites of Java and C++ functions: what the transforms of every idea do alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates.braces import code_of, require_no_macros
from codeaug.predicates.layout import (
    Body,
    IfStyle,
    indent_at,
    joined,
    line_end,
    starts_line,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, in_class_body
from codeaug.predicates.verdicts import Declined, require
from codeaug.predicates.width import fits
from codeaug.transforms import Site, Subject

Finder = Callable[[Code], Iterable[Node]]
Rewriter = Callable[[Code, Node], tuple[Edit, ...] | None]


def sites(subject: Subject, find: Finder, rewrite: Rewriter) -> Iterator[Site]:
    """A site for each node that `find` gives: `rewrite`'s edits, or why it declined.

    Where `rewrite` gives None the idea does not fit there, and there is no site.
    """
    code = _code(subject)
    if code is None:
        yield Site(subject.unit.span, declined="NOMACRO", detail="the text does not parse alone")
        return
    for node in find(code):
        if code.has_classes and in_class_body(node, code.function):
            continue
        site = _site(code, node, rewrite)
        if site is not None:
            yield site


@lru_cache(maxsize=4)
def _code(subject: Subject) -> Code | None:
    return code_of(subject.unit, subject.source, subject.vocabulary.members, subject.style)


def _site(code: Code, node: Node, rewrite: Rewriter) -> Site | None:
    try:
        edits = rewrite(code, node)
        narrow = edits is None or fits(code.source, edits, code.layout.limit)
        require(narrow, "NATURAL", "a line would be too long")
    except Declined as declined:
        return Site(node.span, declined=declined.predicate, detail=declined.detail)
    return None if edits is None else Site(node.span, edits)


def ifs(code: Code) -> Iterator[Node]:
    """Every `if` of the function."""
    return code.function.find("if_statement")


def replacement(code: Code, first: Node, last: Node, body: Body) -> Edit:
    """The statements from `first` to `last` replaced by `body`, with every comment kept."""
    parent = first.parent
    assert parent is not None
    replaced = [n for n in parent.children if n.start >= first.start and n.end <= last.end]
    require_no_macros(code, *replaced)
    crowded = len(body) > 1 and parent.kind == "block" and not starts_line(first)
    require(not crowded, "NATURAL", "other code stands before it on its line")
    text = joined(code.layout, body, indent_at(code.source, first.start))
    _require_comments(replaced, text)
    rest = code.source[last.end : line_end(code.source, last.end)].strip()
    require(not rest.startswith((b"//", b"/*")), "TRIVIA", "a comment follows on the same line")
    return Edit(first.start, last.end, text)


def _require_comments(nodes: Iterable[Node], text: str) -> None:
    """TRIVIA: every comment below the nodes is in the new text too."""
    left = " ".join(text.split())
    wanted = Counter(" ".join(c.text.split()) for n in nodes for c in n.find("comment"))
    kept = all(left.count(comment) >= count for comment, count in wanted.items())
    require(kept, "TRIVIA", "a comment would be lost")


def require_no_comments(code: Code, node: Node, start: int, end: int) -> None:
    """TRIVIA: no comment of `node` lies between `start` and `end`."""
    found = any(start <= c.start < end for c in node.find("comment"))
    require(not found, "TRIVIA", "a comment would end up beside other code")


def usual_if_style(code: Code) -> IfStyle:
    """With braces, spaced as the function's (else the file's) first `if`."""
    for place in (code.function, code.root):
        for other in place.find("if_statement"):
            found = other.child("condition"), other.token("if")
            if found[0] is not None and found[1] is not None and not other.broken:
                gap = code.source[found[1].end : found[0].start].decode("utf-8", "replace")
                return IfStyle(gap if gap in ("", " ") else " ", "", True)
    return IfStyle(" ", "", True)


def usual_increment(code: Code, operand: str, sign: str) -> str:
    """`i++` or `++i`, as the function's (else the file's) first statement of that kind."""
    for place in (code.function, code.root):
        for other in place.find("update_expression"):
            if other.parent is not None and other.parent.kind == "expression_statement":
                prefix = other.children[0].kind in ("++", "--")
                return sign + operand if prefix else operand + sign
    return operand + sign if code.language == "java" else sign + operand
