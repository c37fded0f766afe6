"""Control flow of Java and C++: branches, jumps, and where falling out of a block leads."""

from __future__ import annotations

from codeaug.predicates.braces import return_type
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, callable_around
from codeaug.predicates.verdicts import require

JUMPS = frozenset(
    {"return_statement", "throw_statement", "break_statement", "continue_statement"}
    | {"yield_statement"}
)
SIMPLE = JUMPS | {"expression_statement"}
LOOPS = frozenset({"for_statement", "enhanced_for_statement", "while_statement", "do_statement"})


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
    found = any(kind in code.by_kind for kind in unusual)
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
