"""Predicates that Java and C++ share; where they differ, the language's own module is asked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from codeaug.model import Unit
from codeaug.predicates import cpp, cpp_types, java, java_types
from codeaug.predicates.nodes import CLASS_BODIES, Node, file_tree, function_at, unwrapped
from codeaug.predicates.scopes import Code, Local, callable_around
from codeaug.predicates.verdicts import Declined, require
from codeaug.syntax import SyntaxLimit

LITERALS = frozenset(
    {"string_literal", "character_literal", "char_literal", "true", "false", "null_literal"}
    | {"number_literal", "decimal_integer_literal", "hex_integer_literal"}
    | {"decimal_floating_point_literal", "octal_integer_literal", "binary_integer_literal"}
    | {"hex_floating_point_literal"}
)
JUMPS = frozenset(
    {"return_statement", "throw_statement", "break_statement", "continue_statement"}
    | {"yield_statement"}
)
SIMPLE = JUMPS | {"expression_statement"}
DECLARATIONS = frozenset({"local_variable_declaration", "class_declaration", "alias_declaration"})
LOOPS = frozenset({"for_statement", "enhanced_for_statement", "while_statement", "do_statement"})
_WRITES = frozenset({"assignment_expression", "update_expression"})
_UNSURE = frozenset(
    {"lambda_expression", "switch_expression", "co_await_expression"} | CLASS_BODIES
)
_FLIPPED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@lru_cache(maxsize=64)
def code_of(unit: Unit, source: bytes) -> Code | None:
    """The unit as `Code`; None where its text does not parse cleanly as one function."""
    try:
        root = file_tree(unit.language, source)
    except SyntaxLimit:
        return None
    function = function_at(root, unit.span)
    if function is None or function.broken:
        return None
    found = java.locals_in(function) if unit.language == "java" else cpp.locals_in(function)
    return Code(unit.language, function, root, found)


# --- types ----------------------------------------------------------------------------------------


def type_of(code: Code, node: Node) -> str:
    """The static type of an expression as far as the file tells, else ""."""
    if code.language == "java":
        return java_types.type_of(code, node)
    return cpp_types.type_of(code, node)


def return_type(code: Code) -> str:
    """The function's written result type; "" where it has none."""
    if code.language == "cpp":
        return cpp_types.return_type(code.function)
    kind, dimensions = code.function.child("type"), code.function.child("dimensions")
    return "" if kind is None else kind.text + (dimensions.text if dimensions else "")


def is_builtin(code: Code, kind: str) -> bool:
    """BUILTIN: operators on that type mean what the language says."""
    if code.language == "java":
        return kind in java_types.PRIMITIVE
    return cpp_types.is_scalar(kind)


def is_integral(code: Code, kind: str) -> bool:
    """INTEGRAL: `<` and `>=` are opposites (pointers of C++ included, NaN excluded)."""
    if code.language == "java":
        return kind in (*java_types.INTEGRAL, "Integer", "Long", "Short", "Byte", "Character")
    return kind in cpp_types.INTEGRAL or cpp_types.is_pointer(kind)


def boolean_name(code: Code) -> str:
    return "boolean" if code.language == "java" else "bool"


# --- conditions -----------------------------------------------------------------------------------


def condition_of(node: Node) -> Node:
    """The tested expression of an `if`. Declines declarations, initialisers and `if constexpr`."""
    condition = node.child("condition")
    if condition is None or node.token("constexpr") is not None:
        raise Declined("NODEP", "not a plain condition")
    if condition.kind == "condition_clause":
        value = condition.child("value")
        plain = condition.child("initializer") is None and value is not None
        require(plain and not _declares(value), "FRESH", "the condition declares a name")
        assert value is not None
        return value
    inner = condition.parts
    require(len(inner) == 1, "NATURAL", "not a plain condition")
    require(not java.has_pattern(inner[0]), "FLOW", "the condition declares a pattern variable")
    return inner[0]


def _declares(node: Node | None) -> bool:
    return node is None or node.kind == "local_variable_declaration"


def negated(code: Code, node: Node) -> str:
    """The condition's opposite as people write it, if it is proven to be the opposite."""
    node = unwrapped(node)
    require(not java.has_pattern(node), "FLOW", "a pattern variable's scope would change")
    require(not any(True for _ in node.find("assignment_expression")), "PURE", "it assigns")
    if node.kind in ("true", "false"):
        raise Declined("DA", "a constant condition")
    if node.kind == "unary_expression" and node.text.startswith("!"):
        return _without_not(code, node)
    if node.kind == "binary_expression":
        return _negated_binary(code, node)
    if node.kind == "instanceof_expression":
        return f"!({node.text})"
    if node.kind in ("identifier", "call", "field_access", "array_access"):
        _plain_not(code, node)
        return "!" + node.text
    raise Declined("NATURAL", "its opposite would only be written as !(...)")


def _without_not(code: Code, node: Node) -> str:
    operand = node.child("argument")
    if operand is None:
        raise Declined("NATURAL", "an unusual negation")
    inner = unwrapped(operand)
    _plain_not(code, inner)
    require(inner.kind != "ternary_expression", "NATURAL", "a conditional inside a condition")
    return inner.text


def _plain_not(code: Code, node: Node) -> None:
    """`!` means logical not here."""
    if code.language == "java":
        return
    if is_builtin(code, type_of(code, node)):
        return
    require(not cpp.in_template(code), "NODEP", "its type may depend on a template parameter")
    overloads = b"operator!(" in code.source or b"operator !(" in code.source
    require(not overloads, "BUILTIN", "operator! is overloaded in this file")


def _negated_binary(code: Code, node: Node) -> str:
    operator, left, right = node.child("operator"), node.child("left"), node.child("right")
    assert operator is not None
    assert left is not None
    assert right is not None
    if operator.text in ("&&", "||"):
        return _de_morgan(code, operator.text, left, right)
    require(operator.text in _FLIPPED, "NATURAL", "its opposite would only be written as !(...)")
    kinds = type_of(code, left), type_of(code, right)
    if operator.text in ("==", "!="):
        _equality_is_builtin(code, kinds)
    else:
        known = all(is_integral(code, kind) for kind in kinds)
        floating = any(kind in ("float", "double", "long double") for kind in kinds)
        require(not floating, "NOFLOAT", "NaN is neither less nor not less")
        require(known, "INTEGRAL", "the operands are not proven to be integers")
    gap = node.source[left.end : operator.start], node.source[operator.end : right.start]
    before, after = (g.decode("utf-8", "replace") for g in gap)
    return f"{left.text}{before}{_FLIPPED[operator.text]}{after}{right.text}"


def _equality_is_builtin(code: Code, kinds: tuple[str, str]) -> None:
    if code.language == "java":
        return
    known = all(is_builtin(code, kind) for kind in kinds)
    require(known, "BUILTIN", "== may be overloaded for its operands")


def _de_morgan(code: Code, operator: str, left: Node, right: Node) -> str:
    for side in (left, right):
        inner = unwrapped(side)
        joined = inner.kind == "binary_expression" and _operator(inner) in ("&&", "||")
        require(not joined, "NATURAL", "more than two parts to negate")
        if code.language == "cpp":
            known = is_builtin(code, type_of(code, inner))
            require(known, "BUILTIN", f"{operator} may be overloaded for its operands")
    gap = "||" if operator == "&&" else "&&"
    return f"{negated(code, left)} {gap} {negated(code, right)}"


def _operator(node: Node) -> str:
    operator = node.child("operator")
    return "" if operator is None else operator.text


def operator_of(node: Node) -> str:
    """The operator of a binary or assignment expression."""
    left, right = node.child("left"), node.child("right")
    if left is None or right is None:
        return ""
    between = (c for c in node.children if left.end <= c.start and c.end <= right.start)
    return next((c.kind for c in between if not c.named), "")


# --- control flow ---------------------------------------------------------------------------------


def branches(node: Node) -> tuple[Node, Node | None]:
    """The branches of an `if`."""
    then, other = node.child("consequence"), node.child("alternative")
    require(then is not None and then.kind != ";", "NATURAL", "an empty branch")
    assert then is not None
    if other is not None and other.kind == "else_clause":
        other = next((p for p in other.parts), None)
        require(other is not None, "NATURAL", "an empty branch")
    for branch in (then, other):
        empty = branch is not None and branch.kind == "expression_statement" and not branch.parts
        require(not empty and (branch is None or branch.kind != ";"), "NATURAL", "an empty branch")
    return then, other


def statements(node: Node) -> list[Node]:
    """The statements of a block, or the statement itself."""
    return node.parts if node.kind == "block" else [node]


def jumps_away(statement: Node) -> bool:
    """Whether the statement never completes normally, as a compiler sees it too."""
    if statement.kind in JUMPS:
        return True
    if statement.kind == "block":
        return bool(statement.parts) and jumps_away(statement.parts[-1])
    if statement.kind == "if_statement":
        then, other = branches(statement)
        return other is not None and jumps_away(then) and jumps_away(other)
    return False


def in_plain_block(node: Node) -> bool:
    """Whether the statement stands in a block, where more statements can stand beside it."""
    return node.parent is not None and node.parent.kind == "block"


def require_no_labels(code: Code) -> None:
    """REACH: no goto, label or case label can lead into moved statements."""
    unusual = ("goto_statement", "labeled_statement")
    found = any(True for _ in code.function.find(*unusual))
    require(code.language == "java" or not found, "REACH", "the function has labels")


def in_lambda(code: Code, node: Node) -> bool:
    return callable_around(node, code.function) is not code.function


def ends_function(code: Code, block: Node) -> bool:
    """Whether falling out of `block` returns from a function without a result."""
    if block.parent is not code.function:
        return False
    kind = return_type(code)
    constructor = code.function.kind == "constructor_declaration"
    destructor_or_constructor = code.language == "cpp" and code.function.child("type") is None
    if destructor_or_constructor:
        declared = next(code.function.find("operator_cast"), None)
        return declared is None
    return kind == "void" or constructor


def ends_loop_body(block: Node) -> bool:
    """Whether falling out of `block` goes on with the next round of a loop."""
    loop = block.parent
    return loop is not None and loop.kind in LOOPS - {"do_statement"} and block.field == "body"


# --- evaluation -----------------------------------------------------------------------------------


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
    require(above.kind in _FORWARD, "INDEP", "it may be evaluated never, later or more than once")
    if above.kind == "if_statement":
        require(below.field == "condition", "INDEP", "it is evaluated only sometimes")
    if above.kind == "ternary_expression":
        require(below.field == "condition", "INDEP", "it is evaluated only sometimes")
    if above.kind == "binary_expression" and operator_of(above) in ("&&", "||"):
        require(below.field == "left", "INDEP", "it is evaluated only sometimes")
    if above.kind == "assignment_expression":
        _require_plain_target(code, above)
    others = [p for p in above.parts if p is not below and _evaluated(p, above)]
    ordered = code.language == "java" or above.kind in ("if_statement", "ternary_expression")
    before = [p for p in others if p.start < below.start] if ordered else others
    if above.kind == "binary_expression" and operator_of(above) in ("&&", "||"):
        before = []
    for other in before:
        _require_unaffected(code, other, called)


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
    scalar = local is not None and is_builtin(code, type_of(code, inner)) and not called
    require(scalar, "INDEP", "something else is evaluated before it")


# --- names ----------------------------------------------------------------------------------------

_RESERVED = """
    abstract alignas alignof and asm assert auto bool boolean break byte case catch char class
    concept const constexpr continue decltype default delete do double else enum explicit export
    extends extern false final finally float for friend goto if implements import inline
    instanceof int interface long mutable namespace native new noexcept not null nullptr operator
    or package private protected public record register requires return short signed sizeof static
    strictfp struct super switch synchronized template this throw throws transient true try
    typedef typeid typename union unsigned using var virtual void volatile while xor yield
    errno min max minor major unix linux stdin stdout stderr signals slots emit
"""
_KEYWORDS = frozenset(_RESERVED.split())


def require_fresh(code: Code, name: str) -> None:
    """FRESH: the name is no keyword and nothing in the function, or any macro, mentions it."""
    require(name not in _KEYWORDS, "FRESH", f"{name} is a keyword")
    taken = any(_is_taken(code, word) for word in code.words.get(name, ()))
    require(not taken, "FRESH", f"{name} is already used here")
    if code.language == "cpp":
        require(name not in cpp.macros(code.source), "FRESH", f"{name} is a macro")
        members = _member_names(code.root)
        require(name not in members, "FRESH", f"{name} would hide a member")


def first_fresh(code: Code, names: Iterable[str]) -> str:
    """The first FRESH name. Declines where all are taken, or NATURAL where there is none."""
    refused = Declined("NATURAL", "no good name for it")
    for name in names:
        try:
            require_fresh(code, name)
        except Declined as declined:
            refused = declined
        else:
            return name
    raise refused


def _is_taken(code: Code, word: Node) -> bool:
    """Whether a variable of that name could not be told from this word."""
    above = word.parent
    if code.language == "cpp" or above is None:
        return True
    method = above.kind == "call" and word.field == "name"
    return not method and not (above.kind == "field_access" and word.field == "field")


@lru_cache(maxsize=8)
def _member_names(root: Node) -> frozenset[str]:
    return frozenset(n.text for n in root.find("field_identifier"))


def declared_in(code: Code, body: Node) -> list[Local]:
    """The names whose scope is `body` itself, not a block inside it."""
    top = set(map(id, statements(body)))
    kind = "local_variable_declaration"
    return [v for v in code.locals if v.statement.kind == kind and id(v.statement) in top]


def require_free_beside(code: Code, branch: Node, place: Node) -> None:
    """FRESH: the branch's own names can live in `place` (its outer block) instead."""
    for local in declared_in(code, branch):
        words = code.words.get(local.name, [])
        beside = [w for w in words if w.within(place) and not w.within(branch)]
        twice = [v for v in code.by_name.get(local.name, []) if not v.node.within(branch)]
        free = not beside and not (twice and code.language == "cpp")
        require(free, "FRESH", f"{local.name} is used beside it too")
    kinds = ("class_declaration", "class_specifier", "struct_specifier", "alias_declaration")
    plain = not any(s.kind in kinds or s.kind.endswith("_definition") for s in statements(branch))
    require(plain, "FRESH", "it declares a type")


def require_trivial_lives(code: Code, branch: Node) -> None:
    """TRIVLIFE: no object of the branch would be destroyed later than before."""
    if code.language == "java":
        return
    for local in declared_in(code, branch):
        known = cpp_types.is_scalar(cpp_types.value_type(local.type))
        reference = local.type.endswith("&")
        require(known and not reference, "TRIVLIFE", f"{local.name} would be destroyed later")
    unseen = {"local_variable_declaration"}
    seen = {id(v.statement) for v in declared_in(code, branch)}
    for statement in statements(branch):
        known = statement.kind not in unseen or id(statement) in seen
        require(known, "TRIVLIFE", "an object would be destroyed later")


# --- what all sites need --------------------------------------------------------------------------


def require_no_macros(code: Code, *nodes: Node) -> None:
    """NOMACRO: no macro, directive or inline assembly in these nodes."""
    if code.language == "cpp":
        free = not any(cpp.uses_macro(node) for node in nodes)
        require(free, "NOMACRO", "a macro or directive is in the way")


def callee(code: Code, node: Node) -> str:
    """The simple name of what a call or `new` calls, or ""."""
    return java.callee(node) if code.language == "java" else cpp.callee(node)
