"""How statements of Java and C++ are read for what they read, write and may leave undone."""

from __future__ import annotations

from collections.abc import Callable

from codeaug.predicates import java_types
from codeaug.predicates.braces import is_builtin, type_of
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.flow import JUMPS, LOOPS
from codeaug.predicates.locations import (
    EVERYTHING,
    Effects,
    field_of,
    is_plain,
    is_quiet,
    locations,
    others,
    own_field,
    place,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local


def read(code: Code, statement: Node) -> Effects:
    """The effects of executing the statement."""
    found = Effects()
    _visit(code, statement, found)
    return found


def _visit(code: Code, node: Node, found: Effects) -> None:
    reader = _READERS.get(node.kind)
    if reader is not None:
        reader(code, node, found)
    elif node.kind not in LITERALS and node.kind not in _SILENT and node.field != "type":
        if node.kind in JUMPS or node.kind in LOOPS:
            found.completes = False
        if node.kind not in _HARMLESS:
            found.anything()
        _visit_parts(code, node, found)


def _visit_parts(code: Code, node: Node, found: Effects) -> None:
    for part in node.parts:
        _visit(code, part, found)


_SILENT = frozenset(
    {"this", "class_literal", "modifiers", "dimensions", "type_qualifier", "primitive_type"}
    | {"type_identifier", "type_descriptor", "sizeof_expression", "text_block"}
    | {"concatenated_string", "break_statement", "continue_statement"}
)
_HARMLESS = frozenset(
    {"block", "expression_statement", "else_clause", "condition_clause", "array_initializer"}
    | {"parenthesized_expression", "return_statement", "throw_statement", "comma_expression"}
)


# --- names and places -----------------------------------------------------------------------------


def _identifier(code: Code, node: Node, found: Effects) -> None:
    found.reads |= locations(code, node)


def _reach(code: Code, local: Local, found: Effects) -> None:
    """What looking at a field of the local's object needs."""
    if not local.type.endswith("&"):
        found.needs.add(place(local))
        found.reads |= {place(local)} | others(code, local)


def _field(code: Code, node: Node, found: Effects) -> None:
    own = own_field(code, node)
    if own:
        found.reads.add(own)
        return
    of = field_of(code, node)
    if of is not None:
        found.reads.add(of[1])
        _reach(code, of[0], found)
        return
    owner, name = node.child("object"), node.child("field")
    if owner is not None and name is not None:
        if owner.text in _NUMBERS and name.text in ("MAX_VALUE", "MIN_VALUE"):
            return
        if name.text == "length" and type_of(code, owner).endswith("[]"):
            found.completes = False
            _visit(code, owner, found)
            return
    found.anything()
    _visit_parts(code, node, found)


_NUMBERS = ("Integer", "Long", "Short", "Byte", "Character", "Double", "Float")


def _element(code: Code, node: Node, found: Effects) -> None:
    """`a[i]` or `*p`, which may be anywhere or nowhere."""
    found.reads.add(EVERYTHING)
    found.completes = False
    if code.language == "cpp" and not type_of(code, node):
        found.anything()
    _visit_parts(code, node, found)


def _global(code: Code, node: Node, found: Effects) -> None:
    found.reads.add(EVERYTHING)


def _write(code: Code, target: Node, found: Effects) -> None:
    if target.kind == "identifier":
        found.writes |= locations(code, target)
        return
    own, of = own_field(code, target), field_of(code, target)
    if of is not None:
        found.writes.add(of[1])
        _reach(code, of[0], found)
        return
    found.writes.add(own or EVERYTHING)
    if not own:
        found.completes = False
        _visit(code, target, found)


# --- operators ------------------------------------------------------------------------------------


def _assignment(code: Code, node: Node, found: Effects) -> None:
    left, right, operator = node.child("left"), node.child("right"), operator_of(node)
    if left is None or right is None:
        found.anything()
        return
    _write(code, left, found)
    _visit(code, right, found)
    if operator != "=":
        _visit(code, left, found)
        if not is_builtin(code, type_of(code, left)):
            found.anything()
    if operator in ("/=", "%="):
        found.completes = False
    _store(code, type_of(code, left), right, found)


def _store(code: Code, kind: str, value: Node, found: Effects) -> None:
    """Storing a value in a variable of that type may unbox, convert or copy it."""
    given = type_of(code, value)
    if code.language == "cpp":
        if not (is_builtin(code, kind) and is_builtin(code, given)):
            found.anything()
    elif (not kind or kind in java_types.PRIMITIVE) and given not in java_types.PRIMITIVE:
        found.completes = False


def _update(code: Code, node: Node, found: Effects) -> None:
    operand = node.child("argument") or next(iter(node.parts), None)
    if operand is None:
        found.anything()
        return
    _write(code, operand, found)
    _visit(code, operand, found)
    _operate(code, operand, found)


def _operate(code: Code, value: Node, found: Effects) -> None:
    """An operator on a value of unknown type: Java may unbox null, C++ may call anything."""
    if not is_builtin(code, type_of(code, value)):
        found.completes = False
        if code.language == "cpp":
            found.anything()


def _binary(code: Code, node: Node, found: Effects) -> None:
    left, right, operator = node.child("left"), node.child("right"), operator_of(node)
    _visit_parts(code, node, found)
    if left is None or right is None:
        found.anything()
        return
    zero = right.kind not in LITERALS or not right.text.strip("0.fFdDlLuU")
    if operator in ("/", "%") and zero:
        found.completes = False
    kinds = type_of(code, left), type_of(code, right)
    if code.language == "java" and operator == "+" and not all(kinds):
        found.completes = False
        if not any(kind in java_types.PRIMITIVE for kind in kinds):
            found.anything()
    elif code.language == "java" and operator == "+" and "String" in kinds:
        if not all(kind in _PRINTED for kind in kinds):
            found.anything()
    elif java_types.NULL not in kinds or operator not in ("==", "!="):
        _operate(code, left, found)
        _operate(code, right, found)


_PRINTED = (*java_types.PRIMITIVE, "String", java_types.NULL)


def _unary(code: Code, node: Node, found: Effects) -> None:
    _visit_parts(code, node, found)
    _operate(code, node.child("argument") or node, found)


def _ternary(code: Code, node: Node, found: Effects) -> None:
    _visit_parts(code, node, found)
    _operate(code, node, found)
    condition = node.child("condition")
    if condition is not None:
        _operate(code, condition, found)


def _cast(code: Code, node: Node, found: Effects) -> None:
    value = node.child("value")
    _visit_parts(code, node, found)
    _operate(code, node, found)
    if value is not None:
        _operate(code, value, found)


def _instanceof(code: Code, node: Node, found: Effects) -> None:
    left = node.child("left")
    if left is not None:
        _visit(code, left, found)


def _lambda(code: Code, node: Node, found: Effects) -> None:
    """Making one does nothing but capture."""
    if code.language == "cpp":
        found.anything()
    _mention(code, node, found)


def _mention(code: Code, node: Node, found: Effects) -> None:
    """Every local that is named inside is read, and written where something assigns to it."""
    for inside in node.walk():
        if inside.kind == "identifier":
            local = code.lookup(inside.text, inside.start)
            if local is not None:
                found.reads.add(place(local))
        elif inside.kind == "assignment_expression":
            _write(code, inside.child("left") or inside, found)
        elif inside.kind == "update_expression":
            _write(code, (inside.child("argument") or inside.parts[0]), found)


# --- calls ----------------------------------------------------------------------------------------


def _call(code: Code, node: Node, found: Effects) -> None:
    given = node.child("arguments")
    if given is not None and _is_known(code, node, given):
        receiver = node.child("object")
        if receiver is not None and type_of(code, receiver) == "String":
            found.completes = False
            _visit(code, receiver, found)
        _visit_parts(code, given, found)
        return
    found.anything()
    _mention(code, node, found)


def _is_known(code: Code, node: Node, given: Node) -> bool:
    """Casts of C++, and methods of Java's strings and numbers: they change nothing."""
    kinds = [type_of(code, part) for part in given.parts]
    if code.language == "cpp":
        called = node.child("function")
        name = None if called is None else called.child("name") or called
        casts = name is not None and (name.kind == "primitive_type" or name.text in _CASTS)
        return casts and is_builtin(code, type_of(code, node)) and all(kinds)
    receiver, name = node.child("object"), node.child("name")
    if receiver is None or name is None or not all(kind in _PRINTED for kind in kinds):
        return False
    if receiver.text == "Math":
        free = code.lookup("Math", node.start) is None and not java_types.field_type(code, "Math")
        return free and name.text in _MATH and java_types.NULL not in kinds
    return type_of(code, receiver) == "String" and bool(type_of(code, node))


_CASTS = ("static_cast", "const_cast", "reinterpret_cast", "dynamic_cast")
_MATH = ("min", "max", "abs", "sqrt", "floor", "ceil", "round", "pow")


def _new(code: Code, node: Node, found: Effects) -> None:
    """`new ArrayList<>()` of java.util and `new StringBuilder()` only make something."""
    made, given = node.child("type"), node.child("arguments")
    name = "" if made is None else made.text.split("<")[0]
    imported = name in _COLLECTIONS and f"import java.util.{name};".encode() in code.source
    plain = given is not None and not given.parts and node.parts[-1] is given
    if not (plain and (imported or name in _BUILDERS)):
        _call(code, node, found)


_BUILDERS = ("StringBuilder", "StringBuffer", "Object")
_COLLECTIONS = frozenset(
    {"ArrayList", "LinkedList", "ArrayDeque", "HashMap", "LinkedHashMap", "TreeMap"}
    | {"HashSet", "LinkedHashSet", "TreeSet", "PriorityQueue"}
)


def _array(code: Code, node: Node, found: Effects) -> None:
    for part in node.parts:
        if part.kind == "dimensions_expr":
            if any(size.kind not in LITERALS for size in part.parts):
                found.completes = False
            _visit_parts(code, part, found)
        elif part.kind == "array_initializer":
            _visit(code, part, found)


# --- statements -----------------------------------------------------------------------------------


def _tested(code: Code, node: Node, found: Effects) -> None:
    """An `if` or a loop with its condition."""
    if node.kind in LOOPS:
        found.completes = False
    condition = node.child("condition")
    if condition is not None:
        _operate(code, condition.child("value") or condition, found)
    _visit_parts(code, node, found)


def _each(code: Code, node: Node, found: Effects) -> None:
    found.completes = False
    value = node.child("value")
    if code.language == "cpp" or value is None or not type_of(code, value).endswith("[]"):
        found.anything()
    _visit_parts(code, node, found)


def _declaration(code: Code, node: Node, found: Effects) -> None:
    declared = [local for local in code.locals if local.statement is node]
    count = sum(1 for c in node.children if c.field == "declarator")
    if len(declared) != count:
        found.anything()
        _visit_parts(code, node, found)
    for local in declared:
        found.writes.add(place(local))
        value = local.value
        if code.language == "cpp" and not _comes_unseen(local):
            found.anything()
        if value is not None:
            _visit(code, value, found)
            if value.kind != "array_initializer" and (code.language == "cpp" or local.type):
                _store(code, local.type, value, found)


def _comes_unseen(local: Local) -> bool:
    if any(c.kind == "storage_class_specifier" for c in local.statement.children):
        value = local.value
        return is_plain(local.type) and value is not None and value.kind in LITERALS
    return is_plain(local.type) or (local.value is None and is_quiet(local))


_Reader = Callable[[Code, Node, Effects], None]
_READERS: dict[str, _Reader] = {
    "identifier": _identifier,
    "qualified_identifier": _global,
    "field_access": _field,
    "array_access": _element,
    "pointer_expression": _element,
    "assignment_expression": _assignment,
    "update_expression": _update,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "ternary_expression": _ternary,
    "cast_expression": _cast,
    "instanceof_expression": _instanceof,
    "lambda_expression": _lambda,
    "object_creation_expression": _new,
    "array_creation_expression": _array,
    "call": _call,
    "if_statement": _tested,
    "while_statement": _tested,
    "do_statement": _tested,
    "for_statement": _tested,
    "enhanced_for_statement": _each,
    "local_variable_declaration": _declaration,
}
