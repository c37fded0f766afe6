"""Which local variables nothing else can reach: in C++ a reference, pointer or lambda may."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from codeaug.predicates import cpp_types
from codeaug.predicates.braces import callee, is_builtin, type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around

_KNOWN: WeakKeyDictionary[Code, dict[int, bool]] = WeakKeyDictionary()


def is_private(code: Code, local: Local) -> bool:
    """Whether only the function's own mentions of that local can read or write it."""
    if code.language == "java":
        return True
    known = _KNOWN.setdefault(code, {})
    found = known.get(id(local))
    if found is None:
        plain = not local.type.endswith("&") and bool(cpp_types.value_type(local.type))
        constant = local.type.startswith("const ") and "*" not in local.type
        uses = (n for n in code.references(local) if n is not local.node)
        found = plain and (constant or not any(_is_lent(code, use) for use in uses))
        known[id(local)] = found
    return found


_LVALUES = ("parenthesized_expression", "comma_expression", "ternary_expression")
_READ = frozenset(
    {"condition_clause", "return_statement", "expression_statement", "if_statement"}
    | {"while_statement", "do_statement", "for_statement", "switch_expression"}
    | {"sizeof_expression", "case_group"}
)


def _is_lent(code: Code, use: Node) -> bool:
    """Whether a reference or pointer to the variable may come from this use of it."""
    if callable_around(use, code.function) is not code.function:
        return True
    below, above = use, use.parent
    while above is not None:
        verdict = _lends(code, below, above)
        if verdict is not None:
            return verdict
        below, above = above, above.parent
    return True


def _lends(code: Code, below: Node, above: Node) -> bool | None:
    """Whether `above` lends its part `below`; None where it only passes it on."""
    kind = above.kind
    if kind in _READ:
        return False
    if kind in _LVALUES:
        return None
    if kind == "update_expression":
        return None if is_builtin(code, type_of(code, below)) else True
    if kind == "assignment_expression":
        left = above.child("left")
        if below is left:
            return None
        return left is None or not is_builtin(code, type_of(code, left))
    if kind in ("binary_expression", "unary_expression"):
        return not all(_is_value(code, part) for part in above.parts)
    if kind == "cast_expression":
        return "&" in above.text.split(")")[0]
    if kind == "init_declarator":
        return not _declares_value(code, above)
    if kind == "pointer_expression":
        return above.text.startswith("&")
    if kind == "array_access":
        array = above.child("argument")
        return array is None or not type_of(code, array).endswith("*")
    if kind == "field_access":
        return "->" not in above.text[below.end - above.start :][:2]
    if kind == "argument_list":
        return not _is_cast(code, above.parent)
    return True


def _is_cast(code: Code, call: Node | None) -> bool:
    called = None if call is None else call.child("function")
    if call is None or called is None or called.kind not in ("template_function", "primitive_type"):
        return False
    return bool(type_of(code, call))


def _is_value(code: Code, node: Node) -> bool:
    """Whether it is a built-in value: its type is known, or it is the size of something."""
    if is_builtin(code, type_of(code, node)):
        return True
    return node.kind == "call" and callee(code, node) in ("size", "length")


def _declares_value(code: Code, declarator: Node) -> bool:
    names = {id(n) for n in declarator.find("identifier")}
    local = next((v for v in code.locals if id(v.node) in names), None)
    if local is None or local.type.endswith("&"):
        return False
    return bool(cpp_types.value_type(local.type))
