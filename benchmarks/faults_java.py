"""Small faults for Java methods: each is a text that should not be proved the same.

Kept apart from `codeaug.mutations`: a prover's faults also touch what no test could notice well,
such as the order of evaluation, the type of a cast or which local is read.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from codeaug import syntax
from codeaug.model import Unit

# Of each operator what it is replaced by.
_OPERATORS = {
    "<": ("<=", ">"), "<=": ("<", ">="), ">": (">=", "<"), ">=": (">", "<="), "==": ("!=",),
    "!=": ("==",), "+": ("-",), "-": ("+",), "*": ("+", "/"), "/": ("*", "%"), "%": ("/",),
    "&&": ("||", "&"), "||": ("&&", "|"), "&": ("|", "^"), "|": ("&", "^"), "^": ("&",),
    "<<": (">>",), ">>": (">>>", "<<"), ">>>": (">>",), "+=": ("-=", "="), "-=": ("+=",),
    "*=": ("/=",), "/=": ("*=",), "|=": ("&=",), "&=": ("|=",), "^=": ("|=",), "=": ("+=",),
    "++": ("--",), "--": ("++",), "<<=": (">>=",), ">>=": (">>>=",), ">>>=": (">>=",),
}  # fmt: skip
_CASTS = {"int": "short", "char": "byte", "byte": "char", "long": "int", "double": "float"}
_LITERALS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "decimal_integer_literal": lambda text: (f"({text} + 1)", f"(-{text} - 1)"),
    "hex_integer_literal": lambda text: (f"({text} ^ 1)",),
    "decimal_floating_point_literal": lambda text: (f"(-{text} - 1)",),
    "string_literal": lambda text: (f'{text[:-1]}!"',),
    "character_literal": lambda text: ("'\\1'",),
    "true": lambda text: ("false",),
    "false": lambda text: ("true",),
    "null_literal": lambda text: ('""',),
}
Found = tuple[int, int, str]


def faults(unit: Unit, source: bytes, limit: int, seed: int) -> list[tuple[str, str]]:
    """At most `limit` (what was done, whole file), chosen by `seed` from all that are known."""
    tree = syntax.parse("java", source)
    nodes = [
        node
        for node in syntax.walk(tree.root_node)
        if unit.body.start <= node.start_byte and node.end_byte <= unit.body.end
    ]
    names = sorted({source[n.start_byte : n.end_byte] for n in nodes if n.type == "identifier"})
    found = sorted({one for node in nodes for one in _replaced(node, source, names)})
    random.Random(seed).shuffle(found)
    return [
        (
            f"{source[start:end].decode()!r} -> {text!r}",
            (source[:start] + text.encode() + source[end:]).decode(),
        )
        for start, end, text in found[:limit]
    ]


def _replaced(node: syntax.Node, source: bytes, names: list[bytes]) -> Iterator[Found]:
    """Spans of the file and what to put there instead."""

    def text(one: syntax.Node) -> str:
        return source[one.start_byte : one.end_byte].decode()

    def instead(*texts: str) -> Iterator[Found]:
        return ((node.start_byte, node.end_byte, new) for new in texts)

    parent = node.parent.type if node.parent is not None else ""
    children = node.named_children
    if not node.is_named:
        if parent in ("binary_expression", "assignment_expression", "update_expression"):
            yield from instead(*_OPERATORS.get(text(node), ()))
        elif parent == "unary_expression":
            yield from instead("")
    elif node.type in _LITERALS:
        yield from instead(*_LITERALS[node.type](text(node)))
    elif node.type == "parenthesized_expression" and parent in ("if_statement", "while_statement"):
        yield from instead(f"(!{text(node)})")
    elif node.type in ("expression_statement", "break_statement"):
        yield from instead(";")
    elif node.type == "continue_statement":
        yield from instead("break;")
    elif node.type in ("argument_list", "array_access") and len(children) > 1:
        a, b = children[:2]
        between = source[a.end_byte : b.start_byte].decode()
        yield a.start_byte, b.end_byte, text(b) + between + text(a)
    elif node.type == "binary_expression":
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        assert left is not None
        assert right is not None
        if "invocation" in left.type + right.type or text(node.children[1]) in "-/%<<>>>":
            between = source[left.end_byte : right.start_byte].decode()
            yield from instead(text(right) + between + text(left))
    elif node.type == "ternary_expression":
        condition, yes, no = children[:3]
        yield from instead(f"{text(condition)} ? {text(no)} : {text(yes)}")
    elif node.type == "return_statement" and children:
        yield from instead(f"return !({text(children[0])});", f"return -({text(children[0])});")
    elif node.type == "identifier" and parent not in ("method_invocation", "variable_declarator"):
        rest = [name.decode() for name in names if name.decode() != text(node)]
        yield from instead(*rest[len(text(node)) % max(len(rest), 1) :][:2])
    elif node.type == "integral_type" and parent == "cast_expression":
        yield from instead(*filter(None, [_CASTS.get(text(node))]))
    elif node.type == "catch_type":
        yield from instead("Error", "RuntimeException")
    elif node.type == "finally_clause":
        yield from instead("finally { }")
    elif node.type == "block":
        yield from _swapped(node, source)


def _swapped(block: syntax.Node, source: bytes) -> Iterator[Found]:
    """Two statements that both call something, in the other order."""
    for one, two in zip(block.named_children, block.named_children[1:], strict=False):
        first, second = (source[n.start_byte : n.end_byte].decode() for n in (one, two))
        if one.type == two.type == "expression_statement" and "(" in first and "(" in second:
            between = source[one.end_byte : two.start_byte].decode()
            yield one.start_byte, two.end_byte, second + between + first
