"""A for-each loop of Java as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates.braces import return_type, type_of
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.evaluation import is_settled, writes
from codeaug.predicates.exceptions import require_no_checked
from codeaug.predicates.flow import in_lambda, in_plain_block, statements
from codeaug.predicates.java_collections import (
    collection_of,
    has_lambdas,
    is_imported,
    is_never_assigned,
)
from codeaug.predicates.java_types import PRIMITIVE
from codeaug.predicates.layout import Body, indent_at
from codeaug.predicates.loops import asked_in, stepped
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites
from codeaug.transforms.stream._unchanged import require_unchanged

_STREAM = "java.util.stream."
_NUMBERS = {"int": ("int",), "long": ("int", "long")}


@dataclass(frozen=True, slots=True)
class _Loop:
    node: Node
    name: str
    over: Node
    body: Node


def loop_to_stream(subject: Subject) -> Iterator[Site]:
    """Each for-each loop that asks, finds, collects, adds up or does one thing."""
    return sites(subject, lambda code: code.found("enhanced_for_statement"), _streamed)


def _streamed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    over, name, body = node.child("value"), node.child("name"), node.child("body")
    if over is None or name is None or body is None or not in_plain_block(node):
        return None
    loop = _Loop(node, name.text, over, body)
    for shape in (_asked, _found, _gathered, _done):
        edits = shape(code, loop)
        if edits is not None:
            return edits
    return None


# --- shapes ---------------------------------------------------------------------------------------


def _asked(code: Code, loop: _Loop) -> tuple[Edit, ...] | None:
    """`if (p) return true; ... return false;`."""
    asked = asked_in(loop.node, loop.body)
    if asked is None:
        return None
    test, found, last = asked
    require(
        return_type(code) == "boolean" and not in_lambda(code, loop.node), "BOOLVAL", "no boolean"
    )
    inner = unwrapped(test)
    name = "anyMatch" if found else "noneMatch"
    if not found and inner.kind == "unary_expression" and inner.text.startswith("!"):
        name, inner = "allMatch", unwrapped(inner.parts[0])
    chain = [_source(code, loop), _step(code, loop, name, inner)]
    return _replaced(code, loop, loop.node, last, "return ", chain, ";")


def _found(code: Code, loop: _Loop) -> tuple[Edit, ...] | None:
    """`if (p) return x; ... return null;`."""
    test, then = _only_if(loop)
    following = loop.node.following()
    if test is None or then is None or not following:
        return None
    last = following[0]
    values = [s.text for s in (then, last) if s.kind == "return_statement"]
    if values != [f"return {loop.name};", "return null;"]:
        return None
    require(not in_lambda(code, loop.node), "NOCAP", "inside a lambda")
    inner = unwrapped(test)
    require(_reaches_into(inner, loop.name), "NOTHROW", "findFirst throws for null")
    chain = [_source(code, loop), _step(code, loop, "filter", inner)]
    chain += [".findFirst()", ".orElse(null)"]
    return _replaced(code, loop, loop.node, last, "return ", chain, ";")


def _reaches_into(test: Node, name: str) -> bool:
    """Whether the test, where it holds, has called a method of the element."""
    while test.kind == "binary_expression" or test.kind == "parenthesized_expression":
        if operator_of(test) == "||" or not test.parts:
            return False
        test = test.parts[0]
    if test.kind == "unary_expression" and test.parts:
        return _reaches_into(unwrapped(test.parts[0]), name)
    while test.kind in ("call", "field_access"):
        owner = test.child("object")
        if owner is None:
            return False
        if owner.kind == "identifier" and owner.text == name:
            return True
        test = owner
    return False


def _gathered(code: Code, loop: _Loop) -> tuple[Edit, ...] | None:
    """A list, sum or count that begins in the statement before."""
    before = loop.node.preceding()[-1:]
    local = next((v for v in code.locals if before and v.statement is before[0]), None)
    if local is None or local.value is None or len(before[0].parts) > 3:
        return None
    test, then = _only_if(loop)
    if then is None:
        then = statements(loop.body)[0] if len(statements(loop.body)) == 1 else None
    action = then.parts[0] if then is not None and then.kind == "expression_statement" else None
    if action is None:
        return None
    mentioned = [w for w in loop.body.find("identifier") if w.text == local.name]
    chain = [_step(code, loop, "filter", unwrapped(test))] if test is not None else []
    if action.kind == "update_expression" and stepped(action) == local.name:
        ends = _counted(local.type, local.value, test)
    elif action.kind == "assignment_expression":
        ends = _added(code, loop, action, local.name, local.type, local.value)
    else:
        ends = _collected(code, loop, action, local.name, local.type, local.value)
    if ends is None:
        return None
    require(len(mentioned) == 1, "INDEP", f"{local.name} is read in the loop")
    lead = before[0].source[before[0].start : local.value.start].decode("utf-8", "replace")
    cast, steps = ends
    whole = [_source(code, loop), *chain, *steps]
    return _replaced(code, loop, before[0], loop.node, lead + cast, whole, ";")


def _counted(kind: str, value: Node, test: Node | None) -> tuple[str, list[str]] | None:
    if kind not in _NUMBERS or value.text not in ("0", "0L") or test is None:
        return None
    return "(int) " if kind == "int" else "", [".count()"]


def _added(
    code: Code, loop: _Loop, action: Node, name: str, kind: str, value: Node
) -> tuple[str, list[str]] | None:
    left, right = action.child("left"), action.child("right")
    if left is None or right is None or left.text != name or operator_of(action) != "+=":
        return None
    floating = kind in ("double", "float")
    require(not floating, "NOFLOAT", "DoubleStream.sum compensates: it gives another sum")
    if kind not in _NUMBERS or value.text not in ("0", "0L"):
        return None
    given = type_of(code, right)
    require(given in _NUMBERS[kind], "INTEGRAL", "what is added is not known to be an integer")
    _, element = _known(code, loop)
    if element == kind:  # the stream is one of such numbers already
        steps = [] if right.text == loop.name else [_step(code, loop, "map", right)]
        return "", [*steps, ".sum()"]
    step = "mapToInt" if kind == "int" else "mapToLong"
    return "", [_step(code, loop, step, right), ".sum()"]


def _collected(
    code: Code, loop: _Loop, action: Node, name: str, kind: str, value: Node
) -> tuple[str, list[str]] | None:
    owner, method, given = (action.child(f) for f in ("object", "name", "arguments"))
    added = owner is not None and owner.text == name and method is not None
    if not added or method is None or method.text != "add" or given is None:
        return None
    made = value.child("type") if value.kind == "object_creation_expression" else None
    empty = value.child("arguments")
    plain = made is not None and made.text.startswith("ArrayList<") and empty is not None
    if not plain or empty is None or empty.parts or len(given.parts) != 1:
        return None
    require(kind.startswith("List<"), "BUILTIN", "a collector gives a List")
    known = is_imported(code, "java.util.List") and is_imported(code, "java.util.ArrayList")
    require(known, "BUILTIN", "not the list of the JDK")
    imported = is_imported(code, _STREAM + "Collectors")
    require(imported, "NATURAL", "the file does not import Collectors")
    added_value = given.parts[0]
    inferred = "<>" in added_value.text or _is_inferred(added_value)
    require(not inferred, "BUILTIN", "its type would be inferred otherwise")
    _, element = _known(code, loop)
    primitive = element in PRIMITIVE
    require(not primitive, "BUILTIN", "a stream of primitive values gathers no list")
    if added_value.text != loop.name:
        return "", [_step(code, loop, "map", added_value), ".collect(Collectors.toList())"]
    filtered = statements(loop.body)[0].kind == "if_statement"
    require(filtered, "NATURAL", "addAll would be usual")
    return "", [".collect(Collectors.toList())"]


def _is_inferred(value: Node) -> bool:
    """`null`, or a call of a factory whose type arguments follow from where its result goes."""
    owner = value.child("object") if value.kind == "call" else None
    factory = owner is not None and owner.text in _FACTORIES
    return value.kind == "null_literal" or factory


_FACTORIES = frozenset(
    {"Arrays", "Collections", "List", "Set", "Map", "Map.Entry", "Optional", "Stream"}
)


def _done(code: Code, loop: _Loop) -> tuple[Edit, ...] | None:
    """One call for each element: `forEach`."""
    only = statements(loop.body)
    if len(only) != 1 or only[0].kind != "expression_statement":
        return None
    call = only[0].parts[0]
    if call.kind != "call":
        return None
    kind, _ = _known(code, loop)
    if kind == "[]":
        return None
    chain = [loop.over.text, _step(code, loop, "forEach", call)]
    return _replaced(code, loop, loop.node, loop.node, "", chain, ";")


# --- parts ----------------------------------------------------------------------------------------


def _only_if(loop: _Loop) -> tuple[Node | None, Node | None]:
    """The test and the one statement of a body that is nothing but an `if` without `else`."""
    only = statements(loop.body)
    if len(only) != 1 or only[0].kind != "if_statement" or only[0].child("alternative"):
        return None, None
    then = only[0].child("consequence")
    inside = statements(then) if then is not None else []
    return (condition_of(only[0]), inside[0]) if len(inside) == 1 else (None, None)


def _known(code: Code, loop: _Loop) -> tuple[str, str]:
    require(has_lambdas(code.root), "NATURAL", "nothing in the file shows that it is Java 8")
    kind, element = collection_of(code, loop.over)
    require(bool(kind), "BUILTIN", "it is not known to be an array or a collection of the JDK")
    written = loop.node.child("type")
    same = written is not None and written.text in (element, "var")
    require(same, "BUILTIN", "the loop converts its elements")
    require(loop.node.child("dimensions") is None, "BUILTIN", "the loop converts its elements")
    annotated = any(c.kind == "modifiers" and "@" in c.text for c in loop.node.children)
    require(not annotated, "TRIVIA", "an annotation would be lost")
    return kind, element


def _source(code: Code, loop: _Loop) -> str:
    kind, element = _known(code, loop)
    if kind != "[]":
        return f"{loop.over.text}.stream()"
    reference = element not in ("byte", "short", "char", "float", "boolean")
    require(reference, "BUILTIN", "there is no stream of that primitive type")
    if is_imported(code, _STREAM + "Stream") and element[:1].isupper():
        return f"Stream.of({loop.over.text})"
    require(is_imported(code, "java.util.Arrays"), "NATURAL", "the file does not import Arrays")
    return f"Arrays.stream({loop.over.text})"


def _step(code: Code, loop: _Loop, name: str, expression: Node) -> str:
    """`.name(x -> expression)`."""
    require("\n" not in expression.text, "NATURAL", "an expression of several lines")
    require(not writes(expression), "PURE", "it assigns")
    require(is_settled(expression), "NOCAP", "a lambda or class inside")
    for word in expression.find("identifier"):
        local = code.lookup(word.text, word.start)
        free = local is None or local.statement is loop.node or is_never_assigned(code, local)
        require(free, "NOCAP", f"{word.text} is not final in effect")
    require_no_checked(code, loop.node, expression)
    return f".{name}({loop.name} -> {expression.text})"


def _replaced(
    code: Code, loop: _Loop, first: Node, last: Node, lead: str, chain: list[str], end: str
) -> tuple[Edit, ...]:
    parent = loop.node.parent
    if parent is None:
        raise Declined("NATURAL", "an unusual loop")
    acts = any(step.startswith(".forEach(") for step in chain)
    require_unchanged(code, loop.over, [loop.body], acts=acts)
    require_no_comments(code, parent, first.start, last.end)
    require("\n" not in loop.over.text, "NATURAL", "a collection of several lines")
    return (replacement(code, first, last, _lines(code, first, lead, chain, end)),)


def _lines(code: Code, first: Node, lead: str, chain: list[str], end: str) -> Body:
    """The statement on one line, or a line for each step where that is too long."""
    layout = code.layout
    whole = lead + "".join(chain) + end
    if len(indent_at(code.source, first.start) + whole) <= min(layout.limit, 100):
        return (whole,)
    steps = [layout.unit * 2 + step for step in chain[1:]]
    return (lead + chain[0], *steps[:-1], steps[-1] + end)
