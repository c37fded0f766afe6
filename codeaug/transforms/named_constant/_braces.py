"""`length > 80` as `length > maxLength`, and back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from codeaug.model import Edit
from codeaug.predicates import cpp, cpp_types
from codeaug.predicates.braces import require_no_macros, type_of
from codeaug.predicates.evaluation import LITERALS
from codeaug.predicates.flow import in_lambda, in_plain_block, require_no_labels
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.layout import (
    declared,
    indent_at,
    line_end,
    line_start,
    starts_line,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites
from codeaug.transforms.named_constant._names import name_for

_LITERALS = tuple(sorted(LITERALS - {"true", "false", "null_literal"}))
_MOST_USES = 3
_LONGEST_TEXT = 60
_CONSTANTS = frozenset({"annotation", "case_group", "switch_label", "concatenated_string"})
_CONSTANTS |= {"preproc_if", "template_argument_list", "enumerator", "static_assert_declaration"}


# --- name -----------------------------------------------------------------------------------------


def name_literal(subject: Subject) -> Iterator[Site]:
    """Each literal for which a name suggests itself."""
    return sites(subject, _first_of_each, _named)


def _first_of_each(code: Code) -> list[Node]:
    """The first literal of each kind that has a name: the same text in the same part."""
    seen: set[tuple[str, str]] = set()
    found = []
    for node in code.found(*_LITERALS):
        name = name_for(code, node)
        if name and (node.text, name) not in seen:
            seen.add((node.text, name))
            found.append(node)
    return found


def _named(code: Code, node: Node) -> tuple[Edit, ...] | None:
    name = name_for(code, node)
    alike = [n for n in code.by_kind[node.kind] if n.text == node.text]
    uses = [n for n in alike if name_for(code, n) == name]
    kind = _constant_type(code, node)
    require(bool(kind), "BUILTIN", "its type is not known")
    for use in uses:
        _require_replaceable(code, use)
    statement = _statement_of(code, uses)
    require(len(node.text) <= _LONGEST_TEXT, "NATURAL", "a long text")
    require(first_fresh(code, [name]) == name, "FRESH")
    line = f"{_declared(code, kind, name)} = {node.text};"
    indent = indent_at(code.source, statement.start)
    start = statement.start
    return (
        Edit(start, start, f"{line}{code.layout.newline}{indent}"),
        *(Edit(use.start, use.end, name) for use in uses),
    )


def _constant_type(code: Code, node: Node) -> str:
    if code.language == "cpp" and node.kind == "string_literal":
        return "const char *" if node.text.startswith('"') else ""
    return type_of(code, node)


def _declared(code: Code, kind: str, name: str) -> str:
    if code.language == "java":
        return f"final {kind} {name}"
    if kind.endswith("*"):
        return declared(code.layout, kind, name)
    return f"const {kind} {name}"


def _require_replaceable(code: Code, use: Node) -> None:
    for above in use.ancestors():
        if above is code.function:
            break
        require(above.kind not in _CONSTANTS, "REACH", "a label or an annotation needs a literal")
    require_no_macros(code, use)
    if code.language == "cpp":
        require(not in_lambda(code, use), "NOCAP", "a lambda would have to capture it")
        _require_no_macro_around(code, use)


def _require_no_macro_around(code: Code, use: Node) -> None:
    for above in use.ancestors():
        shown = above.kind == "call" and (
            cpp.is_shouted(cpp.callee(above)) or cpp.callee(above) in cpp.macros(code.source)
        )
        shown = shown or (above.kind == "call" and cpp.callee(above) == "assert")
        require(not shown, "NOMACRO", "a macro may show the text")
        if above is code.function:
            return


def _statement_of(code: Code, uses: Sequence[Node]) -> Node:
    """The statement before which a name is visible to all the uses."""
    below, above = uses[0], uses[0].parent
    while above is not None and below is not code.function:
        whole = above.kind == "block" and all(use.within(above) for use in uses)
        if whole and starts_line(below):
            require_no_labels(code)
            plain = "constructor_invocation" not in below.kind
            require(plain, "REACH", "a constructor begins with another one")
            far = len(uses) == 1 and any(
                part.field in ("consequence", "alternative", "body") and uses[0].within(part)
                for part in below.parts
            )
            require(not far, "NATURAL", "it is needed in a branch without a block only")
            return below
        below, above = above, above.parent
    raise Declined("NATURAL", "there is no line to put it before")


# --- inline ---------------------------------------------------------------------------------------


def inline_constant(subject: Subject) -> Iterator[Site]:
    """Each local constant whose value is a literal."""
    return sites(subject, lambda code: code.found("local_variable_declaration"), _inlined)


def _inlined(code: Code, node: Node) -> tuple[Edit, ...] | None:
    found = [v for v in code.locals if v.statement is node]
    if len(found) != 1 or found[0].value is None or not _is_constant(code, node, found[0]):
        return None
    local, value = found[0], found[0].value
    uses = [n for n in code.references(local) if n is not local.node]
    if not uses:
        return None
    require(in_plain_block(node) and starts_line(node), "NATURAL", "not a line of its own")
    require(len(uses) <= _MOST_USES, "NATURAL", "used too often")
    require("@" not in node.text.partition("=")[0], "TRIVIA", "an annotation would be lost")
    kind = local.type if code.language == "java" else cpp_types.value_type(local.type)
    require(type_of(code, value) == kind, "BUILTIN", "the value is converted to another type")
    require_no_comments(code, node, node.start, node.end)
    for use in uses:
        _require_place(code, use, value)
        require_no_macros(code, use)
        if code.language == "cpp":
            _require_no_macro_around(code, use)
    return (_removed(code, node), *(Edit(use.start, use.end, value.text) for use in uses))


def _is_constant(code: Code, node: Node, local: Local) -> bool:
    value = local.value
    assert value is not None
    if value.kind == "unary_expression" and value.text[:1] == "-" and value.parts:
        value = value.parts[-1]
    if value.kind not in _LITERALS or value.text.startswith('"""'):
        return False
    if code.language == "java":
        modifiers = next((c.text for c in node.children if c.kind == "modifiers"), "")
        return "final" in modifiers.split()
    equals = code.source[local.node.end : value.start].strip() == b"="
    return local.type.startswith("const ") and not local.type.endswith("*") and equals


def _require_place(code: Code, use: Node, value: Node) -> None:
    above = use.parent
    assert above is not None
    negative = value.text.startswith("-")
    signed = ("binary_expression", "unary_expression", "cast_expression")
    require(not negative or above.kind not in signed, "NATURAL", "two signs in a row")
    if code.language == "java":
        called = above.kind in ("call", "field_access", "method_reference")
        require(not called or use.field not in ("object", ""), "NATURAL", "a literal's member")
        return
    plain = above.kind in ("binary_expression", "array_declarator", "subscript_argument_list")
    plain = plain or above.kind in ("new_declarator", "return_statement")
    require(plain, "BUILTIN", "a reference to the constant may be taken")


def _removed(code: Code, node: Node) -> Edit:
    """The edit that takes the declaration's line away."""
    block = node.parent
    assert block is not None
    beside = code.source[node.end : line_end(code.source, node.end)].strip()
    before = [c for c in block.children if c.end <= node.start]
    above = before[-1].kind == "comment"
    require(not beside and not above, "TRIVIA", "a comment on the constant")
    if before[-1].kind == "{":
        following = next(c for c in block.children if c.start >= node.end)
        require(following.kind != "}", "NATURAL", "nothing would be left in the block")
        return Edit(node.start, following.start, "")
    start = line_start(code.source, node.start)
    return Edit(start, code.source.index(b"\n", node.end) + 1, "")
