"""`int length = f();` as `const int length = f();`, and back, in C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates import cpp_std
from codeaug.predicates.braces import is_builtin, require_no_macros, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.cpp_calls import takes_value
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import sites

_PASSING = frozenset({"parenthesized_expression", "ternary_expression", "comma_expression"})
_READING = frozenset(
    {"condition_clause", "return_statement", "expression_statement", "if_statement"}
    | {"while_statement", "do_statement", "for_statement", "switch_expression", "throw_statement"}
    | {"subscript_argument_list", "unary_expression", "sizeof_expression", "new_declarator"}
)


def make_constant(subject: Subject) -> Iterator[Site]:
    """Each declaration of a number or boolean that nothing changes."""
    return sites(subject, lambda code: code.found("local_variable_declaration"), _constant)


def _constant(code: Code, node: Node) -> tuple[Edit, ...] | None:
    local = _plain_local(code, node)
    kind = node.child("type")
    if local is None or kind is None or any(c.kind == "type_qualifier" for c in node.children):
        return None
    uses = [use for use in code.references(local) if use is not local.node]
    if any(_is_written(use) for use in uses):
        return None
    require(not code.has_directive, "NOMACRO", "a directive inside the function")
    _require_read_alike(code, local, uses)
    if _is_east(code.source):
        return (Edit(kind.end, kind.end, " const"),)
    return (Edit(kind.start, kind.start, "const "),)


def make_variable(subject: Subject) -> Iterator[Site]:
    """Each declaration of a constant number or boolean."""
    return sites(subject, lambda code: code.found("local_variable_declaration"), _variable)


def _variable(code: Code, node: Node) -> tuple[Edit, ...] | None:
    local = _plain_local(code, node)
    kind = node.child("type")
    marks = [c for c in node.children if c.kind == "type_qualifier"]
    if local is None or kind is None or [mark.text for mark in marks] != ["const"]:
        return None
    uses = [use for use in code.references(local) if use is not local.node]
    _require_read_alike(code, local, uses)
    listed = any(a.kind == "initializer_list" for use in uses for a in use.ancestors())
    require(not listed, "BUILTIN", "a list may take a constant where it takes no variable")
    (mark,) = marks
    if mark.start < kind.start:
        return (Edit(mark.start, kind.start, ""),)
    return (Edit(kind.end, mark.end, ""),)


def _plain_local(code: Code, node: Node) -> Local | None:
    """The one number or boolean that a statement declares with its value."""
    names = [c for c in node.children if c.field == "declarator"]
    local = next((v for v in code.locals if v.statement is node), None)
    if local is None or local.value is None or local.kind != "local" or len(names) != 1:
        return None
    alone = node.parent is not None and node.parent.kind in ("block", "case_group")
    stored = any(c.kind == "storage_class_specifier" for c in node.children)
    inner = names[0].child("declarator")
    named = names[0].kind == "init_declarator" and inner is local.node
    written = local.type.removeprefix("const ") or type_of(code, local.value)
    plain = is_builtin(code, written) and not written.endswith("*") and written != "nullptr"
    return local if alone and named and plain and not stored else None


def _is_written(use: Node) -> bool:
    above = use.parent
    while above is not None and above.kind in _PASSING:
        use, above = above, above.parent
    if above is None or above.kind == "update_expression":
        return True
    return above.kind == "assignment_expression" and use.field == "left"


def _require_read_alike(code: Code, local: Local, uses: list[Node]) -> None:
    """BUILTIN, NOMACRO: every use of the variable takes its value, constant or not."""
    for use in uses:
        require_no_macros(code, *_statement(use))
        same = callable_around(use, code.function) is callable_around(local.node, code.function)
        require(same, "NOCAP", "a lambda captures it")
        require(_is_read(code, use), "BUILTIN", "what takes it may tell a constant from a variable")


def _statement(use: Node) -> Iterator[Node]:
    """The innermost call around a use, where a macro could be called."""
    call = next((a for a in use.ancestors() if a.kind in ("call", "block")), None)
    if call is not None and call.kind == "call":
        yield call


def _is_read(code: Code, use: Node) -> bool:
    above = use.parent
    while above is not None and above.kind in _PASSING:
        use, above = above, above.parent
    if above is None:
        return False
    if above.kind == "return_statement":
        return not re.search(r"&|\bdecltype\b", _result(code))
    if above.kind in _READING:
        return True
    if above.kind == "assignment_expression":
        return use.field == "right"
    if above.kind == "binary_expression":
        return operator_of(above) not in ("<<", ">>") or _is_shifted(code, above)
    if above.kind == "init_declarator":
        declarator = above.child("declarator")
        return declarator is not None and declarator.kind in ("identifier", "pointer_declarator")
    if above.kind == "cast_expression":
        kind = above.child("type")
        return kind is not None and "&" not in kind.text
    return above.kind == "argument_list" and takes_value(code, use)


def _result(code: Code) -> str:
    body = code.function.child("body")
    end = code.function.end if body is None else body.start
    declared = next(code.function.find("function_declarator"), None)
    head = code.source[code.function.start : end if declared is None else declared.start]
    return head.decode("utf-8", "replace")


def _is_shifted(code: Code, node: Node) -> bool:
    """Whether it is a shift of numbers, or something printed to a standard stream."""
    if is_builtin(code, type_of(code, node)):
        return True
    left = node
    while left.kind == "binary_expression" and operator_of(left) == "<<":
        inner = left.child("left")
        if inner is None:
            return False
        left = inner
    return operator_of(node) == "<<" and left.text in cpp_std.STREAMS


@lru_cache(maxsize=8)
def _is_east(source: bytes) -> bool:
    """Whether the file writes `int const n`."""
    behind = len(re.findall(rb"\b\w+ const \w+ ?[=({;]", source))
    return behind > len(re.findall(rb"\bconst (?:unsigned |std::)?\w+ \w+ ?[=({;]", source))
