"""`x = c ? a : b` as `if (c) x = a; else x = b`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_types, java_types
from codeaug.predicates.braces import is_builtin, return_type, type_of
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.evaluation import is_settled
from codeaug.predicates.flow import branches, in_lambda, in_plain_block, statements
from codeaug.predicates.java import has_pattern
from codeaug.predicates.java_constants import is_final, may_be_constant
from codeaug.predicates.layout import compose_if
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import (
    ifs,
    replacement,
    require_no_comments,
    sites,
    usual_if_style,
)

_NEVER = frozenset({"ternary_expression", "assignment_expression", "comma_expression"})
_NARROW = ("byte", "short", "char", "Byte", "Short", "Character")


def ternary_to_if(subject: Subject) -> Iterator[Site]:
    """Each conditional expression that is the whole value of a statement."""
    kinds = ("return_statement", "expression_statement", "local_variable_declaration")
    return sites(subject, lambda code: code.function.find(*kinds), _spelled_out)


def if_to_ternary(subject: Subject) -> Iterator[Site]:
    """Each `if` that only chooses a value."""
    return sites(subject, ifs, _chosen)


# --- ternary to if --------------------------------------------------------------------------------


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    lead, target, value = _parts(code, node)
    choice = unwrapped(value) if value is not None else None
    if choice is None or choice.kind != "ternary_expression":
        return None
    require(in_plain_block(node), "NATURAL", "a statement without a block around it")
    condition, one, two = (choice.child(f) for f in ("condition", "consequence", "alternative"))
    if condition is None or one is None or two is None:
        raise Declined("NATURAL", "an unusual conditional")
    _require_arms(code, condition, one, two)
    _require_target(code, node, target, one, two)
    text = condition.text if unwrapped(condition).kind in _NEVER else unwrapped(condition).text
    same = target is not None and target.text in (unwrapped(one).text, unwrapped(two).text)
    require(not same, "NATURAL", "a variable would be assigned to itself")
    then, other = (f"{lead}{unwrapped(arm).text};" for arm in (one, two))
    layout, style = code.layout, usual_if_style(code)
    if node.kind == "return_statement":
        body = (*compose_if(layout, style, text, (then,)), other)
    else:
        body = compose_if(layout, style, text, (then,), (other,))
    if node.kind == "local_variable_declaration":
        body = (_bare_declaration(node), *body)
    return (replacement(code, node, node, body),)


def _parts(code: Code, node: Node) -> tuple[str, Node | None, Node | None]:
    """What stands before the value, the target, and the value of a statement."""
    if node.kind == "return_statement":
        return "return ", None, node.parts[0] if len(node.parts) == 1 else None
    if node.kind == "expression_statement":
        only = node.parts[0] if node.parts else None
        if only is None or only.kind != "assignment_expression" or operator_of(only) != "=":
            return "", None, None
        left = only.child("left")
        return (left.text if left else "") + " = ", left, only.child("right")
    declarators = [c for c in node.children if c.field == "declarator"]
    if len(declarators) != 1:
        return "", None, None
    name = declarators[0].child("name") or _declared_name(declarators[0])
    return (name.text if name else "") + " = ", name, declarators[0].child("value")


def _declared_name(declarator: Node) -> Node | None:
    return next(declarator.find("identifier"), None)


def _bare_declaration(node: Node) -> str:
    declarator = next(c for c in node.children if c.field == "declarator")
    value = declarator.child("value")
    assert value is not None
    text = node.source[node.start : value.start].decode("utf-8", "surrogateescape")
    return " ".join(text.rstrip().removesuffix("=").split()) + ";"


def _require_arms(code: Code, condition: Node, one: Node, two: Node) -> None:
    for part in (condition, one, two):
        inner = unwrapped(part)
        require("\n" not in inner.text, "NATURAL", "a part of several lines")
        require(not has_pattern(inner), "FLOW", "a pattern variable's scope would change")
        require(is_settled(inner), "NOCAP", "a lambda or class inside")
        nested = any(True for _ in inner.find("ternary_expression"))
        require(not nested, "NATURAL", "a conditional inside a conditional")
    arms = {unwrapped(one).kind, unwrapped(two).kind}
    require(not arms <= {"true", "false"}, "NATURAL", "a choice of true or false")


def _require_target(code: Code, node: Node, target: Node | None, one: Node, two: Node) -> None:
    """BUILTIN: both arms have one type, so that each converts to the target's by itself."""
    require(not in_lambda(code, node), "BUILTIN", "a lambda's result type is inferred")
    if target is None:
        wanted = return_type(code)
    elif node.kind == "local_variable_declaration":
        wanted = _declared_type(code, node, target)
    else:
        require(_is_simple(code, target), "INDEP", "the target is evaluated first")
        wanted = _written_type(code, target)
    _require_one_type(code, one, two, wanted)


def _declared_type(code: Code, node: Node, name: Node) -> str:
    local = next((v for v in code.locals if v.node is name), None)
    storage = any(c.kind == "storage_class_specifier" for c in node.children)
    if local is None or not local.type or storage:
        raise Declined("BUILTIN", "the declared type is inferred or static")
    require(not _constant(node), "DA", "a constant would be no constant any more")
    return local.type


def _constant(node: Node) -> bool:
    """Whether this `final` variable may be a compile-time constant (JLS 4.12.4)."""
    modifiers = next((c for c in node.children if c.kind == "modifiers"), None)
    return modifiers is not None and (
        "@" in modifiers.text
        or ("final" in modifiers.text and not any(True for _ in node.find("call", "null_literal")))
    )


def _is_simple(code: Code, target: Node) -> bool:
    """Evaluating the target does nothing and needs nothing."""
    if target.kind == "identifier":
        return True
    owner = target.child("object") or target.child("argument")
    return target.kind == "field_access" and owner is not None and owner.kind == "this"


def _written_type(code: Code, target: Node) -> str:
    local = code.lookup(target.text, target.start) if target.kind == "identifier" else None
    return local.type if local is not None else type_of(code, target)


def _require_one_type(code: Code, one: Node, two: Node, wanted: str) -> None:
    kinds = type_of(code, one), type_of(code, two)
    if code.language == "java":
        _require_java_type(code, kinds, wanted)
        return
    if wanted and _makes(one) == _makes(two) == wanted:
        return
    plain = wanted and cpp_types.value_type(wanted) == wanted
    require(bool(plain), "BUILTIN", "the target is no plain value of a built-in type")
    null = cpp_types.NULL in kinds and all(cpp_types.is_pointer(kind) for kind in kinds)
    same = kinds[0] == kinds[1] and is_builtin(code, kinds[0])
    require(same or null, "BUILTIN", "the arms are not proven to have one type")


def _makes(arm: Node) -> str:
    """The name of what a call calls: of the class, where it makes an object of that."""
    called = unwrapped(arm).child("function")
    return "" if called is None else called.text


def _require_java_type(code: Code, kinds: tuple[str, str], wanted: str) -> None:
    reference = any(_is_reference(kind) for kind in kinds)
    if not reference and java_types.holds_no_box(code, wanted):
        return
    if kinds[0] == kinds[1] and kinds[0] not in ("", java_types.NULL):
        narrow = wanted in (*_NARROW, "") and kinds[0] == "int"
        require(not narrow, "BUILTIN", "a constant may be narrowed")
        return
    require(reference, "BUILTIN", "the arms are not proven to have one type")
    known = wanted not in ("", *java_types.PRIMITIVE)
    require(known, "BUILTIN", "the target is not known to be a reference")


def _is_reference(kind: str) -> bool:
    """Whether a conditional with such an arm is a reference conditional (JLS 15.25)."""
    boxed = kind in java_types.BOXED or kind in java_types.PRIMITIVE
    return bool(kind) and not boxed


# --- if to ternary --------------------------------------------------------------------------------


def _chosen(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    last = node
    if other is None:
        following = node.following()
        if not following or not in_plain_block(node):
            return None
        other = last = following[0]
    one, two = statements(then), statements(other)
    if len(one) != 1 or len(two) != 1 or other.kind == "if_statement":
        return None
    if {one[0].kind, two[0].kind} == {"return_statement"}:
        return _returned(code, node, last, one[0], two[0])
    if {one[0].kind, two[0].kind} == {"expression_statement"} and last is node:
        return _assigned(code, node, one[0], two[0])
    return None


def _returned(
    code: Code, node: Node, last: Node, first: Node, second: Node
) -> tuple[Edit, ...] | None:
    if len(first.parts) != 1 or len(second.parts) != 1:
        return None
    one, two = first.parts[0], second.parts[0]
    condition = condition_of(node)
    require(in_plain_block(node), "NATURAL", "the end of an else-if chain")
    _require_arms(code, condition, one, two)
    _require_target(code, first, None, one, two)
    text = f"return {_choice(condition, one, two)};"
    return (replacement(code, node, last, (text,)),)


def _assigned(code: Code, node: Node, first: Node, second: Node) -> tuple[Edit, ...] | None:
    (lead, left, one), (other_lead, right, two) = _parts(code, first), _parts(code, second)
    if one is None or two is None or left is None or right is None or lead != other_lead:
        return None
    condition = condition_of(node)
    require(in_plain_block(node), "NATURAL", "the end of an else-if chain")
    _require_arms(code, condition, one, two)
    _require_target(code, first, left, one, two)
    text = f"{lead}{_choice(condition, one, two)};"
    declaration = _pending(code, node, left)
    if declaration is None:
        return (replacement(code, node, node, (text,)),)
    assert node.parent is not None
    require_no_comments(code, node.parent, declaration.start, node.start)
    final = code.language == "java" and is_final(declaration)
    constant = final and all(may_be_constant(code, part) for part in (condition, one, two))
    require(not constant, "DA", "it would be a constant, which decides what can be reached")
    text = declaration.text.rstrip(";").rstrip() + text.removeprefix(left.text)
    return (replacement(code, declaration, node, (text,)),)


def _pending(code: Code, node: Node, target: Node) -> Node | None:
    """The declaration without a value just before, if it declares the target."""
    before = node.preceding()
    if not before or before[-1].kind != "local_variable_declaration":
        return None
    declarators = [c for c in before[-1].children if c.field == "declarator"]
    local = next((v for v in code.locals if v.statement is before[-1]), None)
    unset = len(declarators) == 1 and local is not None and local.value is None
    lasting = any(c.kind == "storage_class_specifier" for c in before[-1].children)
    if lasting or not unset or local is None or local.name != target.text:
        return None
    if sum(1 for word in code.references(local) if word.within(node)) != 2:
        return None
    return before[-1]


def _choice(condition: Node, one: Node, two: Node) -> str:
    test = unwrapped(condition)
    require(test.kind not in _NEVER, "NATURAL", "an assignment inside a conditional")
    for arm in (one, two):
        require(unwrapped(arm).kind not in _NEVER, "NATURAL", "an assignment inside a conditional")
    return f"{test.text} ? {unwrapped(one).text} : {unwrapped(two).text}"
