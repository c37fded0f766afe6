"""Name a part of an expression, or put a name's only use back, in Java and C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_types
from codeaug.predicates.braces import (
    boolean_name,
    callee,
    is_builtin,
    require_no_macros,
    return_type,
    type_of,
)
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.cpp_scopes import in_scope
from codeaug.predicates.evaluation import calls, is_settled, require_evaluated_first, writes
from codeaug.predicates.flow import in_lambda, in_plain_block, require_no_labels
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.java import has_pattern
from codeaug.predicates.java_constants import joins_constants, may_be_constant
from codeaug.predicates.layout import (
    declared,
    indent_at,
    starts_line,
)
from codeaug.predicates.names import joined_words, named_after, words_of
from codeaug.predicates.naming import VAGUE, argument_names
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, Local, is_variable
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject, Vocabulary
from codeaug.transforms._sites import require_no_comments, sites

_USERS = frozenset(
    {"return_statement", "throw_statement", "expression_statement", "if_statement"}
    | {"local_variable_declaration"}
)
_NEVER_INLINE = frozenset(
    {"array_initializer", "initializer_list", "lambda_expression", "method_reference"}
    | {"argument_list", "assignment_expression", "update_expression", "switch_expression"}
    | {"comma_expression", "co_await_expression"}
)
_TIGHT = frozenset(
    {"call", "identifier", "field_access", "array_access", "parenthesized_expression"}
    | {"object_creation_expression", "string_literal", "this"}
)


# --- extract --------------------------------------------------------------------------------------


def extract_variable(subject: Subject) -> Iterator[Site]:
    """Each call or comparison that is evaluated first in its statement."""

    def extracted(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _extracted(code, node, subject.vocabulary)

    kinds = ("call", "binary_expression", "object_creation_expression")
    return sites(subject, lambda code: code.function.find(*kinds), extracted)


def _extracted(code: Code, node: Node, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    statement = _statement_of(node)
    thrown = statement is not None and statement.kind == "throw_statement"
    if thrown and node.kind == "object_creation_expression":
        return None
    if statement is None or not _worth_naming(code, node):
        return None
    require(not in_lambda(code, node), "NOCAP", "a lambda may run later or never")
    require(in_plain_block(statement), "NATURAL", "a statement without a block around it")
    seen = statement.child("condition") or statement
    require(seen.text.count(node.text) == 1, "NATURAL", "the same is evaluated once more there")
    require(starts_line(statement), "NATURAL", "other code stands before it on its line")
    made = node.parent.parent if node.parent is not None and _is_message(code, node) else None
    require_evaluated_first(code, made or node, statement)
    if code.language == "cpp" and not _is_read(node):
        lent = cpp_types.gives_reference(code, node)
        require(not lent, "BUILTIN", "what it refers to may be needed, not its value")
    _require_movable(code, node, statement)
    kind = _type_to_write(code, node)
    message = _is_message(code, node)
    name = first_fresh(code, ("message",) if message else _names(code, node, kind, vocabulary))
    final = "final " if _prefers_final(code) else ""
    line = f"{final}{declared(code.layout, kind, name)} = {node.text};"
    indent = indent_at(code.source, statement.start)
    newline = code.layout.newline
    return (
        Edit(statement.start, statement.start, f"{line}{newline}{indent}"),
        Edit(_start_of_use(code, node), node.end, name),
    )


def _is_read(node: Node) -> bool:
    """Whether nothing but the value of the expression is used."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        above = above.parent
    kinds = ("binary_expression", "unary_expression", "condition_clause", "field_access")
    return above is not None and above.kind in kinds


def _start_of_use(code: Code, node: Node) -> int:
    """Where the name goes: a message that had a line of its own joins the line before it."""
    given = node.parent
    if given is None or not _is_message(code, node):
        return node.start
    alone = not code.source[given.start + 1 : node.start].strip()
    return (
        given.start + 1 if alone and b"\n" not in code.source[node.end : given.end] else node.start
    )


def _names(code: Code, node: Node, kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    """After what makes the value, then as the function that takes it calls it, then its type."""
    by_hint, made = vocabulary.by_hint, node.kind == "object_creation_expression"
    called = callee(code, node)
    if not made:
        yield from named_after(code.language, called, node, kind, by_hint)
    told = {*words_of(kind), *words_of(called)}
    taken = [n for n in argument_names(code, node, kind, by_hint) if len(n) > 2 and n not in VAGUE]
    yield from sorted(taken, key=lambda name: not told.issuperset(words_of(name)))
    typed = list(argument_names(code, node, "", by_hint))
    if not made and called in vocabulary.names and kind != boolean_name(code):
        typed.append(called)
    if kind.rstrip("* ") not in _TELL_LITTLE and not is_builtin(code, kind.rstrip("* ")):
        typed += (*by_hint.get("type:" + kind, ()), *by_hint.get("parameter:" + kind, ()))
    for name in typed:
        if len(name) > 2 and name not in VAGUE and told.issuperset(words_of(name)):
            yield name
    if made:
        yield joined_words(words_of(kind.split("<")[0]), snake=False)
    above = node.parent
    returned = above is not None and above.kind == "return_statement"
    if returned and RESULT in vocabulary.names and kind != boolean_name(code):
        yield RESULT


RESULT = "result"
"""What a value is called that is returned next, where the repository does so."""

_TELL_LITTLE = ("String", "Object", "std::string", "void", "const char", "const void")


def _statement_of(node: Node) -> Node | None:
    """The statement that evaluates the expression."""
    for above in node.ancestors():
        if above.kind in _USERS:
            return above
        if above.kind.endswith("_statement") or above.kind == "block":
            return None
    return None


_PLAIN_ERRORS = """
    IllegalArgumentException IllegalStateException UnsupportedOperationException RuntimeException
    IOException IndexOutOfBoundsException NullPointerException NoSuchElementException Exception
    AssertionError ArithmeticException ClassCastException NumberFormatException
"""


def _is_message(code: Code, node: Node) -> bool:
    """Whether it is a text of several parts with which a Java exception is made.

    `new` initialises the class before it evaluates the text: nobody sees that of these classes,
    nor of others where evaluating it does nothing.
    """
    if code.language != "java" or node.kind != "binary_expression" or operator_of(node) != "+":
        return False
    given, made = node.parent, node.parent.parent if node.parent is not None else None
    if made is None or made.kind != "object_creation_expression" or made.children[0].kind != "new":
        return False
    name = callee(code, made)
    plain = name in _PLAIN_ERRORS.split() or (name.endswith("Exception") and not calls(node))
    return plain and given is not None and given.parts[0] is node


def _worth_naming(code: Code, node: Node) -> bool:
    """A call, a comparison or a message, no statement and not a variable's whole value already."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        above = above.parent
    if above is None or above.kind in ("expression_statement", "assignment_expression"):
        return False
    outer = above.parent if above.kind == "argument_list" and len(above.parts) == 1 else above
    declarators = ("variable_declarator", "init_declarator", "local_variable_declaration")
    if outer is not None and outer.kind in declarators:
        return False
    if node.kind == "call" or _is_message(code, node):
        return True
    if node.kind == "object_creation_expression":
        whole = above.kind == "return_statement" and code.language == "java"
        return whole or above.kind == "argument_list"
    operator = node.child("operator")
    compared = operator is not None and operator.text in ("==", "!=", "<", ">", "<=", ">=")
    return compared and operator_of(above) in ("&&", "||")


def _require_movable(code: Code, node: Node, statement: Node) -> None:
    require(is_settled(node), "NOCAP", "a lambda or class inside")
    require("\n" not in node.text, "NATURAL", "an expression of several lines")
    require(not writes(node), "DA", "it assigns")
    constant = _is_condition(node) and may_be_constant(code, node)
    require(code.language == "cpp" or not constant, "DA", "a constant decides what is assigned")
    require(not has_pattern(statement.child("condition") or node), "FLOW", "a pattern variable")
    require_no_macros(code, node)
    require_no_macros(code, *[c for c in statement.children if c.field == "condition"])
    if statement.kind != "if_statement":
        require_no_macros(code, statement)
    _require_no_assert(code, node)
    require_no_labels(code)


def _type_to_write(code: Code, node: Node) -> str:
    """The exact type of the new variable, where the expression's place or the file tells it."""
    above = node.parent
    assert above is not None
    if above.kind == "return_statement":
        kind = return_type(code)
        require(bool(kind), "BUILTIN", "the result type is inferred")
    elif code.language == "java" and _is_condition(node):
        return boolean_name(code)
    else:
        kind = type_of(code, node)
    if code.language == "cpp":
        kind = cpp_types.value_type(kind)
        known = kind if type_of(code, node) == kind else ""
        kind = known
    require(bool(kind) and kind not in ("null", "nullptr"), "BUILTIN", "its type is not known")
    named = code.language == "java" or above.kind == "return_statement" or in_scope(code, kind)
    require(named, "BUILTIN", "its type may have another name here")
    return kind


def _is_condition(node: Node) -> bool:
    """Whether the expression's value is used as a boolean and as nothing else."""
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        if above.parent is not None and above.parent.kind == "if_statement":
            return True
        above = above.parent
    if above is None:
        return False
    negation = above.kind == "unary_expression" and above.text.startswith("!")
    operator = above.child("operator") if above.kind == "binary_expression" else None
    return negation or (operator is not None and operator.text in ("&&", "||"))


def _prefers_final(code: Code) -> bool:
    """Whether most local variables of this Java method are final."""
    declared = [v for v in code.locals if v.kind == "local"] or list(code.locals)
    final = [v for v in declared if "final" in _modifiers(v.statement)]
    return code.language == "java" and len(final) * 2 > len(declared)


def _modifiers(node: Node) -> str:
    return next((c.text for c in node.children if c.kind == "modifiers"), "")


# --- inline ---------------------------------------------------------------------------------------


def inline_variable(subject: Subject) -> Iterator[Site]:
    """Each variable that only the next statement uses, once."""
    return sites(subject, lambda code: code.function.find("local_variable_declaration"), _inlined)


def _inlined(code: Code, node: Node) -> tuple[Edit, ...] | None:
    declared = [v for v in code.locals if v.statement is node]
    following = node.following()
    if len(declared) != 1 or declared[0].value is None or not following:
        return None
    local, value, user = declared[0], declared[0].value, following[0]
    uses = [n for n in code.references(local) if n is not local.node]
    if len(uses) != 1 or not uses[0].within(user) or local.kind != "local":
        return None
    use = uses[0]
    require(in_plain_block(node), "NATURAL", "a declaration without a block around it")
    require(user.kind in _USERS, "INDEP", "the next statement may not evaluate it once")
    _require_plain(code, node, local, value, user)
    require_evaluated_first(code, use, user)
    _require_place(code, local, value, use)
    _require_quiet_between(code, node, user, use)
    text = unwrapped(value).text if _stands_alone(use) else value.text
    return (Edit(node.start, user.start, ""), Edit(use.start, use.end, text))


def _require_plain(code: Code, node: Node, local: Local, value: Node, user: Node) -> None:
    require(value.kind not in _NEVER_INLINE, "BUILTIN", "its value needs the declared type")
    require("\n" not in value.text, "NATURAL", "an expression of several lines")
    require(is_settled(value), "NOCAP", "a lambda or class inside")
    require(not writes(value), "INDEP", "it assigns")
    require(not has_pattern(value), "FLOW", "a pattern variable's scope would change")
    require("@" not in _modifiers(node), "TRIVIA", "an annotation would be lost")
    unusual = any(c.kind == "storage_class_specifier" for c in node.children)
    require(not unusual, "TRIVLIFE", "it lives longer than the block")
    if code.language == "cpp":
        plain = bool(cpp_types.value_type(local.type)) and not local.type.endswith("&")
        require(plain, "TRIVLIFE", "it is no plain value of a built-in type")
        equals = node.source[local.node.end : value.start].strip()
        require(equals == b"=", "BUILTIN", "it is not initialised by =")
    hidden = [w for w in code.words.get(local.name, ()) if w.within(value) and is_variable(w)]
    require(not hidden, "FRESH", "its value mentions its name")
    after = [v.name for v in code.locals if v.statement is user]
    hidden = [w for n in after for w in code.words.get(n, ()) if w.within(value) and is_variable(w)]
    require(not hidden, "FRESH", "its value mentions the name that is declared next")


def _require_place(code: Code, local: Local, value: Node, use: Node) -> None:
    """BUILTIN: the value has the same type and meaning in the variable's place."""
    above = use.parent
    assert above is not None
    require(use.field != "left" or above.kind != "assignment_expression", "INDEP", "it is assigned")
    if code.language == "cpp":
        _require_no_reference(local, use)
    alone = _stands_alone(use) or value.kind in _TIGHT
    require(alone, "NATURAL", "it would need parentheses")
    written = local.type if code.language == "java" else cpp_types.value_type(local.type)
    if above.kind == "return_statement" and written and written == return_type(code):
        lent = code.language == "java" or type_of(code, value) == written
        require(lent, "BUILTIN", "a conversion would happen elsewhere")
        return
    known = bool(written) and type_of(code, value) == written
    require(known, "BUILTIN", "its value is not proven to have the declared type")
    joined = code.language == "java" and written == "String" and may_be_constant(code, value)
    apart = not joined or not joins_constants(code, use)
    require(apart, "BUILTIN", "it would be a constant, of which there is one object")


def _stands_alone(use: Node) -> bool:
    """Whether any expression can stand in the place of `use` without parentheses."""
    return use.parent is not None and use.parent.kind in _OPEN


_OPEN = frozenset(
    {"argument_list", "return_statement", "parenthesized_expression", "condition_clause"}
    | {"variable_declarator", "init_declarator", "throw_statement", "assignment_expression"}
)


def _require_no_reference(local: Local, use: Node) -> None:
    """BUILTIN: nothing can be bound to the variable itself; a const one gives a value anyway."""
    constant = local.type.startswith("const ") and "*" not in local.type
    if constant or local.type.endswith("* const"):
        return
    for above in use.ancestors():
        passed = above.kind in ("argument_list", "pointer_expression", "init_declarator")
        require(not passed, "BUILTIN", "a reference to the variable may be taken")
        if above.kind.endswith(("_statement", "_declaration", "binary_expression")):
            return


def _require_no_assert(code: Code, node: Node) -> None:
    """NOMACRO: C++ compiles an assertion away, with all that it evaluates."""
    asserted = any(a.kind == "call" and callee(code, a) == "assert" for a in node.ancestors())
    require(code.language == "java" or not asserted, "NOMACRO", "inside an assertion")


def _require_quiet_between(code: Code, node: Node, user: Node, use: Node) -> None:
    parent = node.parent
    assert parent is not None
    require_no_comments(code, parent, node.start, use.start)
    require_no_macros(code, node)
    _require_no_assert(code, use)
    require_no_macros(code, *([user] if user.kind != "if_statement" else _condition(user)))
    gap = code.source[node.end : user.start]
    require(not gap.strip() and b"\n" in gap, "NATURAL", "two statements on one line")


def _condition(user: Node) -> list[Node]:
    return [c for c in user.children if c.field == "condition"]
