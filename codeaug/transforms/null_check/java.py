"""Checks for null in Java."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.conditions import condition_of, operator_of
from codeaug.predicates.flow import branches, in_plain_block, statements
from codeaug.predicates.java_collections import is_imported, is_reference
from codeaug.predicates.layout import compose_if
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._sites import ifs, replacement, sites, usual_if_style
from codeaug.transforms.null_check._java_examples import REQUIRE, SPELL_OUT

_THROWN = "NullPointerException"


def spell_out(subject: Subject) -> Iterator[Site]:
    """Each `Objects.requireNonNull` that is a statement or the whole value of an assignment."""
    return sites(subject, lambda code: code.function.find("expression_statement"), _spelled_out)


def require_non_null(subject: Subject) -> Iterator[Site]:
    """Each `if` that only throws for null."""
    return sites(subject, ifs, _required)


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    call, then = node.parts[0] if len(node.parts) == 1 else None, ""
    if call is not None and call.kind == "assignment_expression" and operator_of(call) == "=":
        left, call = call.child("left"), call.child("right")
        then = "" if left is None else f"{left.text} = "
        if left is None or not _is_simple(left):
            return None
    if call is None or call.kind != "call":
        return None
    owner, name, given = (call.child(field) for field in ("object", "name", "arguments"))
    if owner is None or owner.text != "Objects" or name is None or name.text != "requireNonNull":
        return None
    parts = given.parts if given is not None else []
    _require_plain(code, parts)
    require(in_plain_block(node), "NATURAL", "a statement without a block around it")
    text = parts[1].text if len(parts) == 2 else ""
    throw = f"throw new {_THROWN}({text});"
    asked = parts[0].text
    require(then != f"{asked} = ", "NATURAL", "a variable would be assigned to itself")
    body = compose_if(code.layout, usual_if_style(code), f"{asked} == null", (throw,))
    after = (f"{then}{asked};",) if then else ()
    return (replacement(code, node, node, (*body, *after)),)


def _is_simple(target: Node) -> bool:
    """Whether evaluating what is assigned to does nothing and cannot fail."""
    owner = target.child("object")
    return target.kind == "identifier" or (owner is not None and owner.kind == "this")


def _require_plain(code: Code, parts: list[Node]) -> None:
    ours = code.lookup("Objects", code.function.end - 1) is None
    require(ours and is_imported(code, "java.util.Objects"), "BUILTIN", "Objects may be another")
    require(is_imported(code, f"java.lang.{_THROWN}"), "BUILTIN", f"{_THROWN} may be another")
    asked = bool(parts) and parts[0].kind == "identifier"
    local = code.lookup(parts[0].text, parts[0].start) if asked else None
    require(local is not None, "PURE", "what is asked is no local variable")
    reference = local is not None and is_reference(local.type)
    require(reference, "BUILTIN", "what is asked may be no reference")
    told = len(parts) == 1 or (len(parts) == 2 and parts[1].kind == "string_literal")
    require(told, "PURE", "the text is made only for null")


def _required(code: Code, node: Node) -> tuple[Edit, ...] | None:
    then, other = branches(node)
    only = statements(then)
    if other is not None or len(only) != 1 or only[0].kind != "throw_statement":
        return None
    made, asked = only[0].parts[0], _asked(unwrapped(condition_of(node)))
    kind, given = made.child("type"), made.child("arguments")
    thrown = made.kind == "object_creation_expression" and kind is not None
    if asked is None or not thrown or kind is None or kind.text != _THROWN or given is None:
        return None
    require(made.parts[-1] is given, "BUILTIN", "a class of its own is thrown")
    _require_plain(code, [asked, *given.parts])
    require(in_plain_block(node), "NATURAL", "the end of an else-if chain")
    text = ", ".join(part.text for part in (asked, *given.parts))
    return (replacement(code, node, node, (f"Objects.requireNonNull({text});",)),)


def _asked(condition: Node) -> Node | None:
    """The `x` of `x == null`."""
    if condition.kind != "binary_expression" or operator_of(condition) != "==":
        return None
    left, right = condition.child("left"), condition.child("right")
    if left is None or right is None or "null_literal" not in (left.kind, right.kind):
        return None
    return right if left.kind == "null_literal" else left


DIRECTIONS: Directions = {
    "require-non-null": (require_non_null, REQUIRE),
    "spell-out-null-check": (spell_out, SPELL_OUT),
}
