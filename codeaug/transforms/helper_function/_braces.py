"""A call of a private function of the file replaced by what that does, in Java and C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.languages.wording import is_plain
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
from codeaug.predicates.evaluation import (
    LITERALS,
    calls,
    is_settled,
    require_evaluated_first,
    writes,
)
from codeaug.predicates.flow import in_lambda, in_plain_block, jumps_away
from codeaug.predicates.freshness import require_trivial_lives
from codeaug.predicates.helpers import Helper, helper_of, require_same_names
from codeaug.predicates.java import has_pattern
from codeaug.predicates.java_constants import may_be_constant
from codeaug.predicates.layout import Body, body_of
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import replacement, sites

MOST_LINES = 8
_STACK = ("__func__", "__FUNCTION__", "__PRETTY_FUNCTION__", "__LINE__", "getStackTrace")
_STACK_READERS = frozenset((*_STACK, "StackWalker", "getCallerClass", "source_location"))
_WHOLE = frozenset(
    {"return_statement", "variable_declarator", "init_declarator", "argument_list"}
    | {"parenthesized_expression", "assignment_expression", "condition_clause", "throw_statement"}
)
_TIGHTER = {"||": 1, "&&": 2, "|": 3, "^": 4, "&": 5, "==": 6, "!=": 6}
_TIGHTER |= dict.fromkeys(("<", ">", "<=", ">="), 7)
_TIGHTER |= {"<<": 8, ">>": 8, ">>>": 8, "+": 9, "-": 9, "*": 10, "/": 10, "%": 10}
_ONE_LINE = 100


def inline(subject: Subject) -> Iterator[Site]:
    """Each call of a private function that is short enough."""
    return sites(subject, _calls, _inlined)


def _calls(code: Code) -> Iterator[Node]:
    return code.function.find("call")


def _inlined(code: Code, call: Node) -> tuple[Edit, ...] | None:
    helper = helper_of(code, call)
    body = helper.code.function.child("body") if helper is not None else None
    if helper is None or body is None or not body.parts:
        return None
    first = code.function.kind in ("constructor_declaration", "compact_constructor_declaration")
    require(not first, "DA", "a constructor may not read all fields yet")
    require_no_macros(code, call)
    require_no_macros(helper.code, body)
    reads = not _STACK_READERS.isdisjoint(helper.code.words)
    require(not reads, "NODYN", "it looks at the stack, or at its own name")
    fixed = any(True for _ in body.find("storage_class_specifier"))
    require(not fixed, "TRIVLIFE", "it has static variables")
    statement = body.parts[0]
    if len(body.parts) == 1 and statement.kind == "return_statement" and statement.parts:
        if call.parent is not None and call.parent.kind == "expression_statement":
            return None
        return _expression(code, call, helper, statement)
    return _statements(code, call, helper, body)


# --- a function of one expression -----------------------------------------------------------------


def _expression(code: Code, call: Node, helper: Helper, statement: Node) -> tuple[Edit, ...]:
    value = unwrapped(statement.parts[0])
    one_line = "\n" not in value.text and len(value.text) <= _ONE_LINE and "\n" not in call.text
    require(one_line, "NATURAL", "it takes several lines")
    told = calls(value) or any(not n.text.isupper() for n in value.find("identifier"))
    require(told, "NATURAL", "a constant: the name says more than its value")
    constant = code.language == "java" and may_be_constant(helper.code, value)
    require(not constant, "REACH", "a constant decides what can be reached")
    require(is_settled(value) and not has_pattern(value), "NOCAP", "a lambda or pattern inside")
    require(not writes(value), "INDEP", "it assigns to something")
    require(not any(True for _ in value.find("super")), "REACH", "it calls the superclass")
    require_same_names(code, call, helper.code, value)
    same = _is_converted_alike(code, call, helper, value)
    require(same, "BUILTIN", "the value is not proven to have the type of the result")
    text = _substituted(code, call, helper, value, statement)
    text = _in_place(call, value, text)
    return (Edit(call.start, call.end, text),)


def _is_converted_alike(code: Code, call: Node, helper: Helper, value: Node) -> bool:
    """BUILTIN: the value has the type of the result, or the call's place converts it likewise."""
    wanted, above = return_type(helper.code), call.parent
    if wanted == "" or above is None:
        return False
    if type_of(helper.code, value) == wanted:
        return True
    if wanted == boolean_name(code):
        return _is_tested(call)
    generic = any(c.kind == "type_parameters" for c in code.function.children)
    if above.kind == "return_statement" and not in_lambda(code, call):
        return return_type(code) == wanted and not generic
    declared = next((v.type for v in code.locals if v.value is call), "")
    if code.language == "cpp":
        declared = declared.removeprefix("const ")
    return declared == wanted and not generic


def _is_tested(call: Node) -> bool:
    """Whether the call's value is a condition, or an operand of one."""
    node, above = call, call.parent
    while above is not None and above.kind == "binary_expression":
        if operator_of(above) not in ("&&", "||"):
            return False
        node, above = above, above.parent
    if above is None:
        return False
    tests = ("if_statement", "while_statement", "condition_clause")
    if above.kind == "parenthesized_expression":
        return above.parent is not None and above.parent.kind in tests
    return above.kind in tests and node.field in ("condition", "value")


def _substituted(code: Code, call: Node, helper: Helper, value: Node, statement: Node) -> str:
    edits: list[tuple[Node, str]] = []
    given = _arguments(call)
    changing = [a for a in given if not _is_simple(code, a)]
    require(len(changing) <= 1, "INDEP", "several arguments do something")
    for parameter, argument in zip(helper.parameters, given, strict=True):
        uses = [n for n in helper.code.references(parameter) if n.within(value)]
        _require_argument(code, helper, parameter, argument)
        if argument in changing:
            require(len(uses) == 1, "PURE", "the argument would be evaluated again, or never")
            if not _is_steady(code, argument, value):
                require_evaluated_first(helper.code, uses[0], statement)
            require(not writes(argument), "INDEP", "the argument assigns to something")
        elif argument.kind in LITERALS:
            _require_passed_on(uses)
        edits += [(use, _operand(use, argument)) for use in uses]
    text, start = value.source[value.start : value.end], value.start
    for use, new in sorted(edits, key=lambda edit: -edit[0].start):
        text = text[: use.start - start] + new.encode() + text[use.end - start :]
    return text.decode("utf-8", "surrogateescape")


def _require_passed_on(uses: list[Node]) -> None:
    """NATURAL: the literal stands once, as an argument, where it makes nothing a constant."""
    once = len(uses) == 1 and uses[0].parent is not None
    passed = once and uses[0].parent is not None and uses[0].parent.kind == "argument_list"
    require(passed, "NATURAL", "a literal would stand inside an expression, or several times")


def _arguments(call: Node) -> list[Node]:
    arguments = call.child("arguments")
    return [] if arguments is None else arguments.parts


def _is_simple(code: Code, argument: Node) -> bool:
    """A literal, or a local that nothing can change in between."""
    if argument.kind in LITERALS:
        return True
    return argument.kind == "identifier" and code.lookup(argument.text, argument.start) is not None


def _is_steady(code: Code, argument: Node, value: Node) -> bool:
    """A field that evaluating `value` cannot change."""
    return argument.kind == "identifier" and not calls(value) and b"volatile" not in code.source


def _require_argument(code: Code, helper: Helper, parameter: Local, argument: Node) -> None:
    """BUILTIN: the argument has exactly the parameter's type; INDEP: nobody can change it."""
    kind = type_of(code, argument)
    wanted = parameter.type
    if code.language == "cpp":
        plain = cpp_types.value_type(wanted)
        wanted = "" if wanted.endswith("&") or not is_builtin(code, plain) else plain
        name = re.escape(argument.text)
        shared = argument.kind == "identifier" and re.search(
            rf"&\s*{name}\b|\[&|\[this", code.function.text
        )
        require(not shared, "INDEP", "something else may change the argument")
    same = kind != "" and kind == wanted
    require(same, "BUILTIN", "the argument is not proven to have the parameter's type")
    written = any(_is_written(use) for use in helper.code.references(parameter))
    require(not written, "INDEP", "the function assigns to its parameter")
    local = code.lookup(argument.text, argument.start) if argument.kind == "identifier" else None
    constant = local is not None and local.value is not None and local.value.kind in LITERALS
    fixed = constant and local is not None and "final " in local.statement.text
    require(not fixed, "DA", "the argument is a constant")


def _is_written(use: Node) -> bool:
    above = use.parent
    if above is None:
        return False
    if above.kind == "assignment_expression":
        return above.child("left") is use
    return above.kind in ("update_expression", "pointer_expression") and (
        above.kind == "update_expression" or above.text.startswith("&")
    )


def _operand(use: Node, argument: Node) -> str:
    """The argument's text where the parameter stood."""
    inner = unwrapped(argument)
    atom = inner.kind in LITERALS or inner.kind in (
        "identifier",
        "call",
        "field_access",
        "array_access",
        "this",
    )
    whole = use.parent is not None and use.parent.kind in ("argument_list", "return_statement")
    return inner.text if atom or whole else f"({inner.text})"


def _in_place(call: Node, value: Node, text: str) -> str:
    """The value's text with the parentheses that it needs in the call's place."""
    above = call.parent
    if above is None or value.kind in ("identifier", "call", "field_access", "array_access"):
        return text
    if above.kind in _WHOLE and not (
        above.kind == "assignment_expression" and call.field == "left"
    ):
        return text
    if value.kind in ("binary_expression", "instanceof_expression"):
        own = _TIGHTER.get(operator_of(value), 7) if value.kind == "binary_expression" else 7
        if above.kind == "binary_expression":
            outer = operator_of(above)
            around = _TIGHTER.get(outer, 99)
            plain = own > around or (own == around > 7 and call.field == "left")
            joins = outer in ("&&", "||") and outer == operator_of(value)
            return text if plain or joins else f"({text})"
        if above.kind == "ternary_expression" and call.field == "condition":
            return text
    raise Declined("NATURAL", "it would stand in parentheses after an operator")


# --- a function of several statements -------------------------------------------------------------


def _statements(code: Code, call: Node, helper: Helper, body: Node) -> tuple[Edit, ...] | None:
    statement = call.parent
    returned = statement is not None and statement.kind == "return_statement"
    alone = statement is not None and statement.kind == "expression_statement"
    if statement is None or not (returned or alone) or statement.parts != [call]:
        return None
    require(in_plain_block(statement), "NATURAL", "a statement without a block around it")
    require(not in_lambda(code, statement), "BUILTIN", "a lambda's result type is inferred")
    returns = [n for n in body.find("return_statement")]
    if returned:
        same = return_type(code) == return_type(helper.code) != ""
        require(same, "BUILTIN", "the results are converted")
        require(jumps_away(body), "REACH", "it may not end in a return")
    else:
        require(not returns, "REACH", "a return would lead somewhere else")
        require(return_type(helper.code) == "void", "REACH", "its result is dropped")
        require(not jumps_away(body), "REACH", "what follows could not be reached")
        name = callee(code, call)
        again = sum(callee(code, n) == name for n in code.function.find("call")) > 1
        require(not again, "NATURAL", "it is called several times")
    _require_body(code, call, helper, body)
    lines = body_of(body)
    require(len(lines) <= MOST_LINES, "NATURAL", "it is long")
    for parameter, argument in zip(helper.parameters, _arguments(call), strict=True):
        lines = _renamed(code, helper, parameter, argument, lines)
    return (replacement(code, statement, statement, lines),)


def _require_body(code: Code, call: Node, helper: Helper, body: Node) -> None:
    require(is_settled(body) and not has_pattern(body), "NOCAP", "a lambda or pattern inside")
    odd = ("labeled_statement", "goto_statement", "super", "explicit_constructor_invocation")
    require(not any(True for _ in body.find(*odd)), "REACH", "it has labels, or calls super")
    kinds = ("class_declaration", "class_specifier", "struct_specifier", "alias_declaration")
    require(not any(True for _ in body.find(*kinds)), "FRESH", "it declares a type")
    require_trivial_lives(helper.code, body)
    for local in helper.code.locals:
        if local.kind != "parameter":
            require(local.name not in code.words, "FRESH", f"{local.name} is used here too")
    require_same_names(code, call, helper.code, body)
    plain = all(is_plain(c.text.strip("/* ")) for c in body.find("comment"))
    require(plain, "TRIVIA", "a comment that speaks to a tool would be said twice")


def _renamed(code: Code, helper: Helper, parameter: Local, argument: Node, lines: Body) -> Body:
    """The lines with the argument for the parameter."""
    _require_argument(code, helper, parameter, argument)
    require(_is_simple(code, argument), "PURE", "the argument would be evaluated later")
    name = parameter.name
    uses = [n for n in helper.code.references(parameter) if n is not parameter.node]
    if argument.kind in LITERALS:
        _require_passed_on(uses)
    if argument.text == name:
        return lines
    word = re.compile(rf"(?<![\w.>]){re.escape(name)}\b")
    seen = sum(len(re.findall(rf"\b{re.escape(name)}\b", line)) for line in lines)
    require(seen == len(uses), "FRESH", f"{name} means something else too")
    taken = any(re.search(rf"\b{re.escape(argument.text)}\b", line) for line in lines)
    require(not taken, "FRESH", f"{argument.text} means something else there")
    return tuple(word.sub(lambda _: argument.text, line) for line in lines)
