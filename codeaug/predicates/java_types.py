"""Static types of Java expressions, as far as one file tells; "" where it does not."""

from __future__ import annotations

import re
from functools import lru_cache

from codeaug.predicates import java_classes
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, in_class_body

INTEGRAL = ("byte", "short", "char", "int", "long")
PRIMITIVE = (*INTEGRAL, "float", "double", "boolean")
BOXED = frozenset(
    {"Boolean", "Byte", "Short", "Character", "Integer", "Long", "Float", "Double", "Object"}
    | {"Number", "Comparable", "Serializable", "Constable", "ConstantDesc"}
)
"""What a boxed value can be seen as (JLS 5.1.7, 4.10.2)."""
NULL = "null"
_LITERALS = {
    "string_literal": "String",
    "text_block": "String",
    "character_literal": "char",
    "true": "boolean",
    "false": "boolean",
    "null_literal": NULL,
}
_COMPARE = ("==", "!=", "<", ">", "<=", ">=", "&&", "||")
_STRING_METHODS = {
    "length": "int",
    "indexOf": "int",
    "lastIndexOf": "int",
    "compareTo": "int",
    "charAt": "char",
    "substring": "String",
    "trim": "String",
    "toLowerCase": "String",
    "toUpperCase": "String",
    "replace": "String",
    "toString": "String",
    "concat": "String",
    "isEmpty": "boolean",
    "equals": "boolean",
    "equalsIgnoreCase": "boolean",
    "contains": "boolean",
    "startsWith": "boolean",
    "endsWith": "boolean",
    "toCharArray": "char[]",
    "getBytes": "byte[]",
    "split": "String[]",
    "hashCode": "int",
}
_BUILDER_METHODS = {"length": "int", "charAt": "char", "toString": "String"} | {
    "indexOf": "int",
    "substring": "String",
}
_TEXT_METHODS = {"length": "int", "charAt": "char", "subSequence": "CharSequence"}
_FILE_METHODS = dict.fromkeys(("getName", "getPath", "getParent", "getAbsolutePath"), "String")
_FILE_METHODS |= dict.fromkeys(("exists", "isDirectory", "isFile", "canRead", "delete"), "boolean")
_FILE_METHODS |= dict.fromkeys(("canWrite", "mkdir", "mkdirs", "isHidden"), "boolean")
_FILE_METHODS |= dict.fromkeys(("length", "lastModified"), "long")
_IMPORTS_FILE = re.compile(rb"^import java\.io\.(?:File|\*);", re.MULTILINE)
_NOTHING_GIVEN = {"toString": "String", "hashCode": "int"}
"""What no class can give another type (JLS 8.4.5: String is final, int primitive)."""
_SIZED = ("List", "Set", "Map", "Collection", "ArrayList", "HashMap", "HashSet", "Deque", "Queue")
_COLLECTION_METHODS = {
    "size": "int",
    "isEmpty": "boolean",
    "contains": "boolean",
    "containsKey": "boolean",
}
_STATIC_METHODS = {
    ("Integer", "parseInt"): "int",
    ("Long", "parseLong"): "long",
    ("String", "valueOf"): "String",
    ("String", "format"): "String",
    ("System", "currentTimeMillis"): "long",
    ("System", "nanoTime"): "long",
    ("Integer", "valueOf"): "Integer",
    ("Character", "valueOf"): "Character",
    ("Boolean", "parseBoolean"): "boolean",
    ("Double", "parseDouble"): "double",
    ("Character", "isDigit"): "boolean",
    ("Character", "isLetter"): "boolean",
    ("Character", "isWhitespace"): "boolean",
}
_CLASSES = (
    "class_declaration",
    "enum_declaration",
    "interface_declaration",
    "record_declaration",
    "annotation_type_declaration",
)


def type_of(code: Code, node: Node) -> str:
    """The static type of an expression, as it would be written; "" if unknown."""
    kind = node.kind
    if kind in _LITERALS:
        return _LITERALS[kind]
    if kind.endswith("_integer_literal"):
        return "long" if node.text[-1] in "lL" else "int"
    if kind.endswith("_floating_point_literal"):
        return "float" if node.text[-1] in "fF" and not node.text.startswith("0x") else "double"
    reader = _READERS.get(kind)
    return "" if reader is None else reader(code, node)


def _inside(code: Code, node: Node) -> str:
    return type_of(code, node.parts[0]) if len(node.parts) == 1 else ""


def _identifier(code: Code, node: Node) -> str:
    local = code.lookup(node.text, node.start)
    if local is not None:
        if local.type or local.kind != "local" or local.value is None:
            return local.type
        return type_of(code, local.value)
    return "" if in_class_body(node, code.function) else field_type(code, node.text)


def field_type(code: Code, name: str) -> str:
    """The type of a field of the innermost class around the function, if declared there."""
    owner = class_around(code.function)
    return "" if owner is None else _members(owner)[0].get(name, "")


def final_fields(code: Code) -> frozenset[str]:
    """The final fields that the class around the function declares."""
    owner = class_around(code.function)
    return frozenset() if owner is None else _final_fields(owner)


@lru_cache(maxsize=8)
def _final_fields(body: Node) -> frozenset[str]:
    fields = (part for part in body.parts if part.kind == "field_declaration")
    return frozenset(
        name.text
        for field in fields
        if any(m.kind == "modifiers" and "final" in m.text.split() for m in field.children)
        for declarator in field.find("variable_declarator")
        if declarator.parent is field
        for name in declarator.children
        if name.field == "name"
    )


def class_around(node: Node) -> Node | None:
    """The body of the innermost class around `node`."""
    kinds = ("class_body", "enum_body", "enum_body_declarations", "interface_body")
    return next((a for a in node.ancestors() if a.kind in kinds), None)


@lru_cache(maxsize=8)
def _members(body: Node) -> tuple[dict[str, str], dict[str, set[tuple[int, str]]]]:
    fields: dict[str, str] = {}
    methods: dict[str, set[tuple[int, str]]] = {}
    generic = _type_parameters(body)
    for member in body.parts:
        kind = member.child("type")
        if kind is None:
            continue
        if member.kind in ("field_declaration", "constant_declaration"):
            for declarator in (c for c in member.children if c.field == "declarator"):
                name, dims = declarator.child("name"), declarator.child("dimensions")
                if name is not None:
                    fields[name.text] = kind.text + (dims.text if dims else "")
        elif member.kind == "method_declaration":
            _add_method(member, kind, generic, methods)
    return fields, methods


def _add_method(
    member: Node, kind: Node, generic: set[str], methods: dict[str, set[tuple[int, str]]]
) -> None:
    name, given = member.child("name"), member.child("parameters")
    if name is None or given is None:
        return
    own = generic | _names(member.child("type_parameters"))
    used = {n.text for n in kind.find("type_identifier")}
    spread = any(p.kind == "spread_parameter" for p in given.parts)
    arity = -1 if spread else len(given.parts)
    result = "" if used & own or member.child("type_parameters") else kind.text
    methods.setdefault(name.text, set()).add((arity, result))


def _type_parameters(node: Node) -> set[str]:
    found: set[str] = set()
    for above in node.ancestors():
        found |= _names(above.child("type_parameters"))
    return found


def holds_no_box(code: Code, kind: str) -> bool:
    """Whether no variable of that type can hold a boxed value, so that what it is given is none."""
    if kind.endswith("[]"):
        return True
    base = kind.split("<")[0].rsplit(".", 1)[-1]
    generic = _names(code.function.child("type_parameters")) | _type_parameters(code.function)
    return base not in ("", "var", *PRIMITIVE, *BOXED, *generic)


def _names(parameters: Node | None) -> set[str]:
    if parameters is None:
        return set()
    return {n.text for p in parameters.find("type_parameter") for n in p.find("type_identifier")}


def _call(code: Code, node: Node) -> str:
    name, given, receiver = node.child("name"), node.child("arguments"), node.child("object")
    if name is None or given is None:
        return ""
    if receiver is None or receiver.kind == "this":
        return _own_method(code, node, name.text, len(given.parts))
    if name.text == "equals" and len(given.parts) == 1:
        return "boolean"
    if name.text in _NOTHING_GIVEN and not given.parts:
        return _NOTHING_GIVEN[name.text]
    if receiver.kind == "identifier" and code.lookup(receiver.text, receiver.start) is None:
        known = _STATIC_METHODS.get((receiver.text, name.text))
        free = receiver.text[:1].isupper() and not field_type(code, receiver.text)
        if known is None and free:
            known = java_classes.result_type(
                code.members, code.source, receiver.text, name.text, len(given.parts)
            )
        if known and free:
            return known
    full = type_of(code, receiver)
    known = java_classes.result_type(code.members, code.source, full, name.text, len(given.parts))
    if known:
        return known
    of = full.split("<")[0]
    if of == "String":
        return _STRING_METHODS.get(name.text, "")
    if of in ("StringBuilder", "StringBuffer"):
        return _BUILDER_METHODS.get(name.text, "")
    if of == "CharSequence":
        return _TEXT_METHODS.get(name.text, "")
    if of == "File" and _IMPORTS_FILE.search(code.source):
        return _FILE_METHODS.get(name.text, "")
    return _COLLECTION_METHODS.get(name.text, "") if of in _SIZED else ""


def _own_method(code: Code, node: Node, name: str, arity: int) -> str:
    owner = class_around(code.function)
    if owner is None or in_class_body(node, code.function):
        return ""
    found = _members(owner)[1].get(name, set())
    results = {result for _, result in found}
    if len(results) != 1 or not any(n in (arity, -1) for n, _ in found):
        return ""
    above = owner.parent
    derived = above is not None and java_classes.inherits(above)
    known = not (arity and derived) or _is_given_exactly(code, owner, node, name)
    return results.pop() if known else ""


def _is_given_exactly(code: Code, owner: Node, call: Node, name: str) -> bool:
    """Whether the class declares a method of just the arguments' types: no inherited one fits
    better."""
    given = call.child("arguments")
    kinds = [type_of(code, part) for part in given.parts] if given is not None else []
    for member in owner.parts:
        named, taken = member.child("name"), member.child("parameters")
        if named is None or named.text != name or taken is None:
            continue
        types = [p.child("type") for p in taken.parts if p.kind == "formal_parameter"]
        if "" not in kinds and [t.text for t in types if t is not None] == kinds:
            return True
    return False


def _binary(code: Code, node: Node) -> str:
    operator, left, right = node.child("operator"), node.child("left"), node.child("right")
    if operator is None or left is None or right is None:
        return ""
    if operator.text in _COMPARE:
        return "boolean"
    first, second = type_of(code, left), type_of(code, right)
    if operator.text == "+" and "String" in (first, second):
        return "String"
    if operator.text in ("<<", ">>", ">>>"):
        return promoted(first, "int") if first in INTEGRAL else ""
    if operator.text in ("&", "|", "^") and first == second == "boolean":
        return "boolean"
    return promoted(first, second)


def promoted(first: str, second: str) -> str:
    """Binary numeric promotion (JLS 5.6) of two primitive types."""
    numeric = PRIMITIVE[:-1]
    if first not in numeric or second not in numeric:
        return ""
    return next((t for t in ("double", "float", "long") if t in (first, second)), "int")


def _unary(code: Code, node: Node) -> str:
    operand = node.child("argument")
    if operand is None:
        return ""
    if node.text.startswith("!"):
        return "boolean"
    return promoted(type_of(code, operand), "int")


def _update(code: Code, node: Node) -> str:
    return type_of(code, node.parts[0])


def is_plain_creation(node: Node) -> bool:
    """Whether a `new` has neither a body nor an outer object before it."""
    body = any(p.kind == "class_body" for p in node.parts)
    return not body and node.children[0].kind == "new"


def _written(code: Code, node: Node) -> str:
    kind = node.child("type")
    if kind is None or "<>" in kind.text or any(p.kind == "class_body" for p in node.parts):
        return ""
    return kind.text


def _array(code: Code, node: Node) -> str:
    array = node.child("array")
    of = type_of(code, array) if array is not None else ""
    return of[:-2] if of.endswith("[]") else ""


def _field(code: Code, node: Node) -> str:
    owner, field = node.child("object"), node.child("field")
    if owner is None or field is None:
        return ""
    if owner.kind == "this" and not in_class_body(node, code.function):
        return field_type(code, field.text)
    of = type_of(code, owner)
    if of.endswith("[]"):
        return "int" if field.text == "length" else ""
    return _field_of_class(code, of, field.text) if of else ""


def _field_of_class(code: Code, owner: str, name: str) -> str:
    """The type of a field of a class of this file, or of a top-level one of the repository."""
    body = _only_class(code.root, owner)
    if body is not None:
        return "" if _type_parameters(body) else _members(body)[0].get(name, "")
    return java_classes.field_type(code.members, code.source, owner, name)


def _only_class(root: Node, name: str) -> Node | None:
    """The body of the only class of that name in the file."""
    found = _classes(root).get(name, [])
    return found[0].child("body") if len(found) == 1 else None


@lru_cache(maxsize=4)
def _classes(root: Node) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for each in root.find(*_CLASSES):
        found.setdefault((each.child("name") or each).text, []).append(each)
    return found


def _boolean(code: Code, node: Node) -> str:
    return "boolean"


def _ternary(code: Code, node: Node) -> str:
    one, two = node.child("consequence"), node.child("alternative")
    if one is None or two is None:
        return ""
    first = type_of(code, one)
    return first if first == type_of(code, two) else ""


_READERS = {
    "parenthesized_expression": _inside,
    "identifier": _identifier,
    "call": _call,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "update_expression": _update,
    "cast_expression": _written,
    "object_creation_expression": _written,
    "array_access": _array,
    "field_access": _field,
    "instanceof_expression": _boolean,
    "ternary_expression": _ternary,
}
