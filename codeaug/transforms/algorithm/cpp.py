"""`for (x : v) if (p) return true; return false;` as `std::any_of`, and back, in C++."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates import cpp_types
from codeaug.predicates.braces import require_no_macros, return_type, type_of
from codeaug.predicates.conditions import condition_of, negated, operator_of
from codeaug.predicates.cpp_containers import Container, includes, plain_container
from codeaug.predicates.evaluation import is_settled, writes
from codeaug.predicates.flow import in_lambda, in_plain_block, statements
from codeaug.predicates.layout import Body, compose_if, indent_at
from codeaug.predicates.loops import asked_in, stepped
from codeaug.predicates.nodes import Node, unwrapped
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._loops import loop_head, looped
from codeaug.transforms._sites import replacement, require_no_comments, sites, usual_if_style
from codeaug.transforms.algorithm._cpp_examples import ALGORITHM_TO_LOOP, LOOP_TO_ALGORITHM

_COMPARE = frozenset({"==", "!=", "<", ">", "<=", ">=", "&&", "||"})
_ASKING = {"any_of": (True, False), "all_of": (False, True), "none_of": (False, False)}


def loop_to_algorithm(subject: Subject) -> Iterator[Site]:
    """Each range-for that only asks, counts or adds up."""
    return sites(subject, lambda code: code.found("enhanced_for_statement"), _called)


def algorithm_to_loop(subject: Subject) -> Iterator[Site]:
    """Each return of whether any, all or none of a range fulfil a lambda."""
    return sites(subject, lambda code: code.found("return_statement"), _spelled_out)


# --- loop to algorithm ----------------------------------------------------------------------------


def _called(code: Code, loop: Node) -> tuple[Edit, ...] | None:
    over, body = loop.child("right"), loop.child("body")
    if over is None or body is None or not in_plain_block(loop):
        return None
    asked = asked_in(loop, body)
    if asked is not None:
        test, found, last = asked
        lines = _question(code, loop, over, test, found)
        return _replaced(code, loop, last, lines)
    counted = _counted(code, loop, over, body) or _added(code, loop, over, body)
    if counted is None:
        return None
    before = loop.preceding()[-1]
    require_no_comments(code, _parent(loop), before.start, loop.end)
    return (replacement(code, before, loop, _fitted(code, loop, counted)),)


def _replaced(code: Code, loop: Node, last: Node, line: str) -> tuple[Edit, ...]:
    require_no_comments(code, _parent(loop), loop.start, last.end)
    return (replacement(code, loop, last, _fitted(code, loop, line)),)


def _fitted(code: Code, loop: Node, line: str) -> Body:
    """The line, with its lambda on a second one where it is too long."""
    long = len(indent_at(code.source, loop.start) + line) > code.layout.limit
    head, opened, rest = line.partition(" [")
    if not long or not opened:
        return (line,)
    return (head, " " * (head.index(".begin") - len(_range_name(head))) + opened.lstrip() + rest)


def _range_name(head: str) -> str:
    """`v` of `...(v.begin(), v.end(),`."""
    return head[: head.index(".begin")].rpartition("(")[2]


def _question(code: Code, loop: Node, over: Node, test: Node, found: bool) -> str:
    require(includes(code.source, "algorithm"), "NATURAL", "the file does not include <algorithm>")
    require(return_type(code) == "bool" and not in_lambda(code, loop), "BOOLVAL", "not a bool")
    container = _container(code, loop, over)
    inner = unwrapped(test)
    if found:
        name = "any_of"
    elif inner.kind == "unary_expression" and inner.text.startswith("!"):
        name, inner = "all_of", unwrapped(inner.parts[0])
    else:
        name = "none_of"
    return f"return {_call(code, loop, over, container, name, inner)};"


def _container(code: Code, loop: Node, over: Node) -> Container:
    require_no_macros(code, loop)
    require(loop.child("initializer") is None, "FRESH", "the loop declares a name")
    container = plain_container(code, over)
    require(container.kind != "[]", "NATURAL", "an array has no begin and end of its own")
    return container


def _call(code: Code, loop: Node, over: Node, container: Container, name: str, test: Node) -> str:
    """`std::any_of(v.begin(), v.end(), [](int x) { return x > 0; })`."""
    _require_question(code, test)
    declared = _parameter(code, loop, container)
    capture = "[&]" if _needs_more(code, loop, test) else "[]"
    text = f"{capture}({declared}) {{ return {test.text}; }}"
    return f"std::{name}({over.text}.begin(), {over.text}.end(), {text})"


def _require_question(code: Code, test: Node) -> None:
    require("\n" not in test.text, "NATURAL", "a condition of several lines")
    require(is_settled(test), "NOCAP", "a lambda inside")
    require(not writes(test), "PURE", "it assigns")
    compared = test.kind == "binary_expression" and operator_of(test) in _COMPARE
    negation = test.kind == "unary_expression" and test.text.startswith("!")
    plain = compared or negation or type_of(code, test) == "bool"
    require(plain or _is_std_question(code, test), "BOOLVAL", "it is not known to be a bool")
    for word in test.find("identifier"):
        local = code.lookup(word.text, word.start)
        bound = local is not None and local.kind == "binding"
        require(not bound, "NOCAP", "a structured binding cannot be captured before C++20")


def _is_std_question(code: Code, test: Node) -> bool:
    called = test.child("function") if test.kind == "call" else None
    return called is not None and called.text.endswith((".empty", "std::isdigit", "std::isalpha"))


def _parameter(code: Code, loop: Node, container: Container) -> str:
    """The loop's variable as a lambda's parameter, with its type written out."""
    kind, declarator = loop.child("type"), loop.child("declarator")
    if kind is None or declarator is None:
        raise Declined("NATURAL", "an unusual loop")
    bound = any(True for _ in declarator.find("structured_binding_declarator"))
    require(not bound, "NATURAL", "a structured binding is no parameter")
    forwarded = b"&&" in code.source[declarator.start : declarator.end]
    require(not forwarded, "NATURAL", "a forwarding reference")
    first = next(c for c in loop.children if c.named and c.field != "initializer")
    text = code.source[first.start : declarator.end].decode("utf-8", "surrogateescape")
    if kind.kind != "placeholder_type_specifier":
        return text
    simple = len(container.element) <= 30 and bool(container.element)
    require(simple, "NATURAL", "the element type is too long to write")
    text = text.replace("auto", container.element, 1)
    const = container.steady and declarator.kind == "reference_declarator"
    return text if text.startswith("const ") or not const else "const " + text


def _needs_more(code: Code, loop: Node, test: Node) -> bool:
    """Whether the test mentions anything but the element and qualified functions."""
    own = next((v.name for v in code.locals if v.statement is loop), "")
    for word in test.walk():
        if word.kind == "this":
            return True
        qualified = word.parent is not None and word.parent.kind == "qualified_identifier"
        if word.kind == "identifier" and word.text != own and not qualified:
            return True
    return False


def _counted(code: Code, loop: Node, over: Node, body: Node) -> str | None:
    """`int n = 0; for (x : v) if (p) ++n;` as `count_if`."""
    only = statements(body)
    if len(only) != 1 or only[0].kind != "if_statement" or only[0].child("alternative"):
        return None
    then = only[0].child("consequence")
    step = statements(then) if then is not None else []
    update = step[0].parts[0] if len(step) == 1 and step[0].parts else None
    if update is None or update.kind != "update_expression" or update.token("++") is None:
        return None
    declared = _started(code, loop, stepped(update))
    if declared is None:
        return None
    kind, value = declared
    require(includes(code.source, "algorithm"), "NATURAL", "the file does not include <algorithm>")
    require(kind in cpp_types.INTEGRAL and value.text == "0", "INTEGRAL", "it is no plain count")
    container = _container(code, loop, over)
    test = unwrapped(condition_of(only[0]))
    mentioned = any(w.text == stepped(update) for w in test.find("identifier"))
    require(not mentioned, "INDEP", "the condition reads the count")
    call = _call(code, loop, over, container, "count_if", test)
    exact = kind in ("std::ptrdiff_t", "ptrdiff_t")
    lead = _lead(value)
    return f"{lead}{call};" if exact else f"{lead}static_cast<{kind}>({call});"


def _added(code: Code, loop: Node, over: Node, body: Node) -> str | None:
    """`int sum = 0; for (int x : v) sum += x;` as `accumulate`."""
    only = statements(body)
    add = only[0].parts[0] if len(only) == 1 and only[0].parts else None
    if add is None or add.kind != "assignment_expression" or operator_of(add) != "+=":
        return None
    left, right = add.child("left"), add.child("right")
    own = next((v.name for v in code.locals if v.statement is loop), "")
    if left is None or right is None or right.text != own:
        return None
    declared = _started(code, loop, left.text)
    if declared is None:
        return None
    kind, value = declared
    require(includes(code.source, "numeric"), "NATURAL", "the file does not include <numeric>")
    container = _container(code, loop, over)
    known = bool(cpp_types.value_type(container.element)) and not container.element.endswith("*")
    same = known and kind == type_of(code, value) and not cpp_types.is_pointer(kind)
    require(same, "BUILTIN", "the first value's type would be the sum's")
    return f"{_lead(value)}std::accumulate({over.text}.begin(), {over.text}.end(), {value.text});"


def _started(code: Code, loop: Node, name: str) -> tuple[str, Node] | None:
    """The type and first value of the variable that is declared right before the loop."""
    before = loop.preceding()[-1:]
    local = next((v for v in code.locals if before and v.statement is before[0]), None)
    if local is None or local.name != name or local.value is None:
        return None
    alone = sum(c.field == "declarator" for c in before[0].children) == 1
    equals = b"=" in code.source[local.node.end : local.value.start]
    return (local.type, local.value) if alone and equals else None


def _lead(value: Node) -> str:
    """`int n = ` of the declaration of which this is the value."""
    declaration = next(a for a in value.ancestors() if a.kind == "local_variable_declaration")
    return value.source[declaration.start : value.start].decode("utf-8", "surrogateescape")


def _parent(node: Node) -> Node:
    assert node.parent is not None
    return node.parent


# --- algorithm to loop ----------------------------------------------------------------------------


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    call = node.parts[0] if len(node.parts) == 1 else None
    called = call.child("function") if call is not None and call.kind == "call" else None
    given = call.child("arguments") if call is not None else None
    name = called.text.removeprefix("std::") if called is not None else ""
    if name not in _ASKING or given is None or not called or not called.text.startswith("std::"):
        return None
    if len(given.parts) != 3 or given.parts[2].kind != "lambda_expression":
        return None
    require(in_plain_block(node), "NATURAL", "a statement without a block around it")
    require(return_type(code) == "bool" and not in_lambda(code, node), "BOOLVAL", "not a bool")
    require_no_macros(code, node)
    over = _range(given.parts[0], given.parts[1])
    declared, test = _lambda(code, given.parts[2])
    found, flip = _ASKING[name]
    text = negated(code, test) if flip else test.text
    layout, style = code.layout, usual_if_style(code)
    answer, otherwise = ("true", "false") if found else ("false", "true")
    inner = compose_if(layout, style, text, (f"return {answer};",))
    loop = looped(code, loop_head(code, f"{declared} : {over}"), inner)
    return (replacement(code, node, node, (*loop, f"return {otherwise};")),)


def _range(begin: Node, end: Node) -> str:
    """`v` of `v.begin()` and `v.end()`."""
    for part, name in ((begin, "begin"), (end, "end")):
        dotted = part.text.endswith((f".{name}()", f".c{name}()"))
        require(dotted and part.kind == "call", "BUILTIN", "it is no range of a container")
    over, other = begin.text.rpartition(".")[0], end.text.rpartition(".")[0]
    constant = (".cbegin", ".cend")
    require(over == other, "BUILTIN", "it is no range of one container")
    require(not any(c in begin.text + end.text for c in constant), "BUILTIN", "a const range")
    plain = all(n.kind in _PATH or not n.named for n in begin.parts[0].parts[0].walk())
    require(plain, "PURE", "the container would be asked for once and not twice")
    return over


_PATH = frozenset({"identifier", "field_access", "field_identifier", "this"})


def _lambda(code: Code, node: Node) -> tuple[str, Node]:
    """The parameter and the returned expression of a lambda that is nothing but a question."""
    captures, declarator, body = (node.child(f) for f in ("captures", "declarator", "body"))
    given = declarator.child("parameters") if declarator is not None else None
    only = statements(body) if body is not None else []
    plain = captures is not None and captures.text in ("[]", "[&]", "[=]", "[this]")
    require(plain or _by_reference(captures), "NOCAP", "it captures more than it needs")
    mutable = declarator is not None and len(declarator.children) > 1
    require(not mutable, "NATURAL", "a lambda with more than a parameter and a body")
    question = len(only) == 1 and only[0].kind == "return_statement" and len(only[0].parts) == 1
    require(question, "NATURAL", "the lambda is more than a question")
    require(given is not None and len(given.parts) == 1, "NATURAL", "not one parameter")
    assert given is not None
    require_no_comments(code, node, node.start, node.end)
    test = only[0].parts[0]
    require("\n" not in test.text, "NATURAL", "a condition of several lines")
    require(not writes(test), "PURE", "it assigns")
    return given.parts[0].text, test


def _by_reference(captures: Node | None) -> bool:
    """Whether all that is captured is captured by reference, and by its own name."""
    if captures is None or not captures.parts:
        return False
    return all(p.strip().startswith("&") and "=" not in p for p in captures.text[1:-1].split(","))


DIRECTIONS: Directions = {
    "loop-to-algorithm": (loop_to_algorithm, LOOP_TO_ALGORITHM),
    "algorithm-to-loop": (algorithm_to_loop, ALGORITHM_TO_LOOP),
}
