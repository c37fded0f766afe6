"""`return (a + b);` in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import is_builtin, require_no_macros, type_of
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_FIELDS = {
    "assignment_expression": "right",
    "variable_declarator": "value",
    "init_declarator": "value",
}
_LEFT_ALONE = LITERALS | {
    "parenthesized_expression", "lambda_expression", "array_initializer", "initializer_list",
    "argument_list", "switch_expression",
}  # fmt: skip


def add_parentheses(subject: Subject) -> Iterator[Site]:
    """Each value that is returned, assigned or that a variable begins with."""
    return sites(subject, _values, _enclosed)


def _values(code: Code) -> Iterator[Node]:
    for node in code.found("return_statement"):
        yield from node.parts[:1]
    for kind, field in _FIELDS.items():
        for node in code.found(kind):
            value = node.child(field)
            if value is not None:
                yield value


def _enclosed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    if node.kind in _LEFT_ALONE:
        return None
    require("\n" not in node.text, "NATURAL", "it takes several lines")
    require_no_comments(code, node, node.start, node.end)
    if code.language == "cpp":
        require_no_macros(code, node)
        require("decltype(auto)" not in code.function.text, "NODEP", "decltype(auto) sees them")
        known = is_builtin(code, type_of(code, node))
        require(known, "BUILTIN", "an object could not be moved any more")
    return Edit(node.start, node.start, "("), Edit(node.end, node.end, ")")
