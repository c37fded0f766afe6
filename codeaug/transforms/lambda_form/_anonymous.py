"""Anonymous classes of Java as lambdas, and back."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.java import locals_in
from codeaug.predicates.java_collections import has_lambdas
from codeaug.predicates.java_types import final_fields
from codeaug.predicates.layout import (
    Body,
    indent_at,
    indented,
    joined,
    relative,
    starts_line,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.lambda_form._interfaces import (
    Interface,
    declared_target,
    has_one_target,
    interface_of,
    substituted,
)
from codeaug.transforms.lambda_form._references import parameters_of

_OF_OBJECTS = frozenset(
    {"toString", "equals", "hashCode", "getClass", "notify", "notifyAll", "wait", "clone"}
    | {"finalize", "reversed", "thenComparing", "andThen", "compose", "negate", "and", "or"}
    | {"identity", "isEqual", "not", "minBy", "maxBy", "naturalOrder", "reverseOrder", "comparing"}
)


def anonymous_to_lambda(subject: Subject) -> Iterator[Site]:
    """Each anonymous class of one method."""
    kind = "object_creation_expression"
    return sites(subject, lambda code: code.found(kind), _shortened)


def lambda_to_anonymous(subject: Subject) -> Iterator[Site]:
    """Each lambda whose interface is in sight."""
    return sites(subject, lambda code: code.found("lambda_expression"), _spelled_out)


def _require_no_self(body: Node, method: str) -> None:
    """NOCAP: nothing means the object itself, which would be another one."""
    for node in body.walk():
        if node.kind in ("this", "super"):
            raise Declined("NOCAP", f"{node.kind} would be another object")
        name = node.child("name") if node.kind == "call" else None
        if name is not None and node.child("object") is None:
            own = name.text in _OF_OBJECTS or name.text == method
            require(not own, "NOCAP", f"{name.text} would be called on another object")


# --- anonymous class to lambda --------------------------------------------------------------------


def _shortened(code: Code, node: Node) -> tuple[Edit, ...] | None:
    body = next((p for p in node.parts if p.kind == "class_body"), None)
    made, given = node.child("type"), node.child("arguments")
    if body is None or made is None or given is None:
        return None
    known = interface_of(code, made.text)
    if known is None or given.parts:
        return None
    method = _only_method(code, body, known[0].method)
    require(has_lambdas(code.root), "NATURAL", "nothing in the file shows that it is Java 8")
    same = declared_target(code, node) == made.text
    suited = same or (not declared_target(code, node) and has_one_target(code, node))
    require(suited, "BUILTIN", "the target is not known to be that interface alone")
    block = method.child("body")
    if block is None:
        raise Declined("NATURAL", "a method without a body")
    _require_no_self(block, known[0].method)
    _require_not_asked_for_its_class(code, node)
    _require_own_names(code, node, method)
    _require_assigned(code, block)
    text = f"{_parameters(method)} -> "
    short = _expression(code, block)
    if short is not None:
        return (Edit(node.start, node.end, text + short),)
    lines = relative(block, block.start, block.end, indent_at(code.source, method.start))
    layout, indent = code.layout, indent_at(code.source, node.start)
    first, *rest = lines
    whole: Body = (text + first, *rest)
    return (Edit(node.start, node.end, joined(layout, whole, indent)),)


def _only_method(code: Code, body: Node, name: str) -> Node:
    """The one method of an anonymous class. Declines all that a lambda cannot have."""
    require(len(body.parts) == 1, "NATURAL", "the class has more than a method")
    method = body.parts[0]
    named = method.child("name")
    plain = method.kind == "method_declaration" and named is not None and named.text == name
    require(plain, "NATURAL", "the class has something else than that method")
    comments = [c for c in body.find("comment") if not _within_body(c, method)]
    require(not comments, "TRIVIA", "a comment would be lost")
    modifiers = next((c.text for c in method.children if c.kind == "modifiers"), "")
    unusual = set(modifiers.split()) - {"@Override", "public", "final"}
    require(not unusual, "TRIVIA", "a modifier or annotation would be lost")
    generic = method.child("type_parameters") is not None
    require(not generic, "BUILTIN", "a lambda cannot be generic")
    given = method.child("parameters")
    require(given is not None and "@" not in given.text, "TRIVIA", "an annotation would be lost")
    return method


def _within_body(comment: Node, method: Node) -> bool:
    body = method.child("body")
    return body is not None and comment.within(body)


def _require_not_asked_for_its_class(code: Code, node: Node) -> None:
    """NODYN: nobody asks the object for its class, which would have another name."""
    local = next((v for v in code.locals if v.value is node), None)
    for use in code.references(local) if local is not None else ():
        name = use.parent.child("name") if use.parent is not None else None
        asked = use.field == "object" and name is not None and name.text == "getClass"
        require(not asked, "NODYN", "its class is looked at")


def _require_own_names(code: Code, node: Node, method: Node) -> None:
    """FRESH: what the method declares may be declared beside the locals around it."""
    for local in locals_in(method):
        taken = code.lookup(local.name, node.start) is not None
        taken = taken or any(
            v.start <= node.start < v.end for v in code.by_name.get(local.name, ())
        )
        require(not taken, "FRESH", f"{local.name} is already declared around it")


def _require_assigned(code: Code, body: Node) -> None:
    """DA: in a constructor, a lambda may not read a final field that is not yet assigned."""
    if code.function.kind != "constructor_declaration":
        return
    final = final_fields(code)
    read = any(word.text in final for word in body.find("identifier"))
    require(not read, "DA", "a final field may not be assigned yet")


def _parameters(method: Node) -> str:
    given = method.child("parameters")
    assert given is not None
    names = [n.text for p in given.parts for n in [p.child("name")] if n is not None]
    return names[0] if len(names) == 1 else f"({', '.join(names)})"


def _expression(code: Code, block: Node) -> str | None:
    """The body as an expression, where it is one short statement."""
    if len(block.parts) != 1 or any(True for _ in block.find("comment")):
        return None
    only = block.parts[0]
    if only.kind not in ("return_statement", "expression_statement") or len(only.parts) != 1:
        return None
    return None if "\n" in only.text else only.parts[0].text


# --- lambda to anonymous class --------------------------------------------------------------------


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    names, body = parameters_of(node), node.child("body")
    if names is None or body is None:
        return None
    target = declared_target(code, node)
    if not target and has_one_target(code, node) and _is_for_thread(node):
        target = "Runnable"
    if not target and node.parent is not None and node.parent.kind == "argument_list":
        return None
    known = interface_of(code, target)
    require(known is not None, "BUILTIN", "its interface and types are not in sight")
    assert known is not None
    interface, arguments = known
    require(len(names) == len(interface.given), "BUILTIN", "an unusual lambda")
    _require_no_self(body, interface.method)
    require_no_comments(code, node, node.start, body.start)
    inner = _statements(code, node, body, interface)
    lines = _class(code, target, interface, arguments, names, inner)
    layout, indent = code.layout, indent_at(code.source, node.start)
    return (Edit(node.start, node.end, joined(layout, lines, indent)),)


def _is_for_thread(node: Node) -> bool:
    above = node.parent.parent if node.parent is not None else None
    return above is not None and above.kind == "object_creation_expression"


def _statements(code: Code, node: Node, body: Node, interface: Interface) -> Body:
    """The method's statements, without their common indentation."""
    if body.kind != "block":
        require("\n" not in body.text, "NATURAL", "an expression of several lines")
        require_no_comments(code, node, body.start, node.end)
        text = body.text + ";"
        return (text if interface.result == "void" else f"return {text}",)
    inside = [c for c in body.children if c.kind not in ("{", "}")]
    require(bool(inside), "NATURAL", "an empty lambda")
    require(starts_line(inside[0]), "NATURAL", "a block on one line")
    base = indent_at(code.source, inside[0].start)
    return relative(body, inside[0].start, inside[-1].end, base)


def _class(
    code: Code,
    target: str,
    interface: Interface,
    arguments: tuple[str, ...],
    names: list[str],
    inner: Body,
) -> Body:
    layout = code.layout
    result = substituted(interface.result, arguments)
    kinds = (substituted(kind, arguments) for kind in interface.given)
    given = ", ".join(f"{kind} {name}" for kind, name in zip(kinds, names, strict=True))
    thrown = f" throws {interface.throws}" if interface.throws else ""
    head = f"public {result} {interface.method}({given}){thrown}"
    opened: Body = (head, "{") if layout.brace_on_next_line else (head + " {",)
    method: Body = ("@Override", *opened, *indented(inner, layout.unit), "}")
    return (f"new {target}() {{", *indented(method, layout.unit), "}")
