"""What evaluating an expression of Java or C++ may do, and when: PURE, NOTHROW, INDEP."""

from __future__ import annotations

from codeaug.predicates import java_types
from codeaug.predicates.aliases import is_private
from codeaug.predicates.braces import is_builtin, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.nodes import CLASS_BODIES, Node, unwrapped
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

LITERALS = frozenset(
    {"string_literal", "character_literal", "char_literal", "true", "false", "null_literal"}
    | {"number_literal", "decimal_integer_literal", "hex_integer_literal"}
    | {"decimal_floating_point_literal", "octal_integer_literal", "binary_integer_literal"}
    | {"hex_floating_point_literal"}
)
_WRITES = frozenset({"assignment_expression", "update_expression"})
_UNSURE = frozenset(
    {"lambda_expression", "switch_expression", "co_await_expression"} | CLASS_BODIES
)


def is_pure(code: Code, node: Node) -> bool:
    """PURE: only literals, local variables and built-in operators."""
    node = unwrapped(node)
    if node.kind in LITERALS or node.kind == "this":
        return True
    if node.kind == "identifier":
        return code.lookup(node.text, node.start) is not None
    if node.kind in ("binary_expression", "unary_expression"):
        builtin = code.language == "java" or is_builtin(code, type_of(code, node))
        return builtin and all(is_pure(code, part) for part in node.parts)
    return False


def is_nothrow(code: Code, node: Node) -> bool:
    """NOTHROW: PURE, on built-in types only, and nothing is divided."""
    operators = (operator_of(n) for n in node.find("binary_expression"))
    names = node.find("identifier")
    builtin = all(is_builtin(code, type_of(code, name)) for name in names)
    return is_pure(code, node) and builtin and not any(o in ("/", "%") for o in operators)


def writes(node: Node) -> bool:
    """Whether evaluating it assigns to something by itself (calls apart)."""
    return any(n.kind in _WRITES for n in node.walk())


def calls(node: Node) -> bool:
    """Whether evaluating it calls or makes something."""
    kinds = ("call", "object_creation_expression", "new_expression", "delete_expression")
    return any(True for _ in node.find(*kinds))


_OWN_PLACES = frozenset(
    {"binary_expression", "update_expression", "assignment_expression", "expression_statement"}
    | {"return_statement", "parenthesized_expression", "condition_clause", "unary_expression"}
    | {"subscript_argument_list", "ternary_expression"}
)


def is_own(code: Code, local: Local) -> bool:
    """Whether only the function itself can change this C++ variable: it is a plain value, and
    nothing takes its address, refers to it or captures it."""
    if not is_builtin(code, local.type) or local.statement.token("static") is not None:
        return False
    if any(c.kind == "storage_class_specifier" for c in local.statement.children):
        return False
    uses = [use for use in code.references(local) if use is not local.node]
    known = all(u.parent is not None and u.parent.kind in _OWN_PLACES for u in uses)
    return known and not any(a.kind == "lambda_expression" for u in uses for a in u.ancestors())


def is_settled(node: Node) -> bool:
    """No lambda, switch or class body inside, which are evaluated at another time."""
    return not any(n.kind in _UNSURE for n in node.walk())


def require_evaluated_first(code: Code, node: Node, statement: Node) -> None:
    """INDEP: `statement` always evaluates `node`, once, before anything that could matter."""
    below, above = node, node.parent
    while above is not None and below is not statement:
        _require_first_in(code, below, above, calls(node))
        below, above = above, above.parent


_FORWARD = frozenset(
    {
        "argument_list",
        "parenthesized_expression",
        "condition_clause",
        "return_statement",
        "throw_statement",
        "expression_statement",
        "local_variable_declaration",
        "variable_declarator",
        "init_declarator",
        "if_statement",
        "unary_expression",
        "field_access",
        "array_access",
        "call",
        "binary_expression",
        "assignment_expression",
        "ternary_expression",
        "cast_expression",
        "instanceof_expression",
        "pointer_expression",
    }
)


def _require_first_in(code: Code, below: Node, above: Node, called: bool) -> None:
    forward = above.kind in _FORWARD or _makes_own(code, above)
    require(forward, "INDEP", "it may be evaluated never, later or more than once")
    if above.kind == "local_variable_declaration":
        lasting = any(c.kind == "storage_class_specifier" for c in above.children)
        require(not lasting, "INDEP", "it is evaluated once, and not each time")
    if above.kind == "if_statement":
        require(below.field == "condition", "INDEP", "it is evaluated only sometimes")
    if above.kind == "ternary_expression":
        require(below.field == "condition", "INDEP", "it is evaluated only sometimes")
    if above.kind == "binary_expression" and operator_of(above) in ("&&", "||"):
        require(below.field == "left", "INDEP", "it is evaluated only sometimes")
    if above.kind == "assignment_expression":
        _require_plain_target(code, above)
    if above.kind == "local_variable_declaration":
        first = next((c for c in above.children if c.field == "declarator"), below)
        require(below is first, "INDEP", "something else is declared before it")
    others = [p for p in above.parts if p is not below and _evaluated(p, above)]
    ordered = code.language == "java" or above.kind in ("if_statement", "ternary_expression")
    before = [p for p in others if p.start < below.start] if ordered else others
    if above.kind == "binary_expression" and operator_of(above) in ("&&", "||"):
        before = []
    for other in before:
        _require_unaffected(code, other, called)


def _makes_own(code: Code, node: Node) -> bool:
    """Whether it makes an object of a Java class around the function, which is loaded already."""
    made = node.child("type") if node.kind == "object_creation_expression" else None
    names = (a.child("name") for a in code.function.ancestors() if a.kind == "class_declaration")
    own = made is not None and any(n is not None and n.text == made.text for n in names)
    return code.language == "java" and own and node.parts[0] is made


def _evaluated(node: Node, above: Node) -> bool:
    """Whether this part is an expression with a value of its own, evaluated with its parent."""
    if above.kind == "if_statement" or node.field in ("name", "type", "declarator", "field"):
        return False
    if above.kind in ("local_variable_declaration", "variable_declarator", "init_declarator"):
        return False
    if above.kind == "assignment_expression":
        return False
    if above.kind == "ternary_expression":
        return False
    return not (above.kind == "call" and node.field in ("function", "arguments", "name"))


def _require_plain_target(code: Code, assignment: Node) -> None:
    left = assignment.child("left")
    if left is None:
        raise Declined("INDEP", "an unusual assignment")
    require(operator_of(assignment) == "=", "INDEP", "a compound assignment reads its target first")
    if left.kind == "identifier":
        return
    owner = left.child("object") or left.child("argument")
    plain = left.kind == "field_access" and owner is not None and owner.kind == "this"
    require(plain, "INDEP", "the target is evaluated first")


def _require_unaffected(code: Code, other: Node, called: bool) -> None:
    """`other` gives the same whether it is evaluated before or after."""
    inner = unwrapped(other)
    if inner.kind in LITERALS or inner.kind == "this":
        return
    local = code.lookup(inner.text, inner.start) if inner.kind == "identifier" else None
    type_name = inner.kind == "identifier" and local is None and inner.text[:1].isupper()
    if code.language == "java" and (local is not None or type_name or is_nothrow(code, inner)):
        return
    if code.language == "java" and _is_final_field(code, inner):
        return
    scalar = local is not None and is_builtin(code, type_of(code, inner))
    safe = scalar and local is not None and (not called or is_private(code, local))
    require(safe, "INDEP", "something else is evaluated before it")


def _is_final_field(code: Code, node: Node) -> bool:
    """Whether it is a final field of the function's own object, set long ago."""
    owner, name = node.child("object"), node.child("field")
    if node.kind == "field_access":
        node = name if name is not None and owner is not None and owner.kind == "this" else node
    own = node.kind in ("identifier", "field_identifier") and code.function.kind in _LATER
    return own and node.text in java_types.final_fields(code)


_LATER = ("method_declaration",)
