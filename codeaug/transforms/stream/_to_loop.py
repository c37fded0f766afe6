"""A stream of Java as a for-each loop."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.braces import return_type
from codeaug.predicates.conditions import negated
from codeaug.predicates.flow import in_lambda, in_plain_block
from codeaug.predicates.java_collections import collection_of, is_imported
from codeaug.predicates.layout import Body, compose_if, relative
from codeaug.predicates.layout import indent_at as indent_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject
from codeaug.transforms._loops import loop_head, looped
from codeaug.transforms._sites import replacement, require_no_comments, sites, usual_if_style
from codeaug.transforms.stream._unchanged import require_unchanged

_ASKING = {
    "anyMatch": (True, False),
    "allMatch": (False, True),
    "noneMatch": (False, False),
}
_KINDS = ("return_statement", "expression_statement", "local_variable_declaration")


def stream_to_loop(subject: Subject) -> Iterator[Site]:
    """Each statement whose whole value is a short stream of a known collection."""
    return sites(subject, lambda code: code.found(*_KINDS), _spelled_out)


def _spelled_out(code: Code, node: Node) -> tuple[Edit, ...] | None:
    value = _value(node)
    if value is None or value.kind != "call":
        return None
    chain = _chain(value)
    last = chain[-1][0] if chain else ""
    if last == "" and "arallel" in value.text and value.text.endswith(")"):
        raise Declined("INDEP", "a parallel stream")
    if not in_plain_block(node):
        return None
    if node.kind == "return_statement" and last in _ASKING and len(chain) == 1:
        return _asked(code, node, value, chain[0])
    if node.kind == "expression_statement" and last == "forEach" and len(chain) == 1:
        return _done(code, node, value, chain[0][1])
    if last == "collect" and node.kind != "expression_statement":
        return _collected(code, node, value, chain)
    return None


def _value(node: Node) -> Node | None:
    if node.kind != "local_variable_declaration":
        return node.parts[0] if len(node.parts) == 1 else None
    declarators = [c for c in node.children if c.field == "declarator"]
    return declarators[0].child("value") if len(declarators) == 1 else None


def _chain(call: Node) -> list[tuple[str, Node]]:
    """The steps behind `.stream()` or `Arrays.stream(..)`, or `forEach`: name and arguments."""
    steps: list[tuple[str, Node]] = []
    node: Node | None = call
    while node is not None and node.kind == "call":
        name, given = node.child("name"), node.child("arguments")
        if name is None or given is None:
            return []
        if name.text == "stream":
            return steps[::-1]
        steps.append((name.text, given))
        node = node.child("object")
    plain = len(steps) == 1 and steps[0][0] == "forEach"
    return steps if plain else [("", call)]


def _source(code: Code, call: Node, *, acts: bool = False) -> tuple[str, str]:
    """What the stream runs over, and the element's type to write."""
    node: Node | None = call
    steps: list[Node] = []
    while node is not None and node.kind == "call":
        name, given, owner = (node.child(f) for f in ("name", "arguments", "object"))
        if name is not None and name.text == "stream" and given is not None:
            static = owner is not None and owner.text == "Arrays" and len(given.parts) == 1
            node = given.parts[0] if static else owner
            break
        node, steps = owner, steps + ([given] if given is not None else [])
    if node is None:
        raise Declined("BUILTIN", "no collection is known")
    kind, element = collection_of(code, node)
    require(bool(kind), "BUILTIN", "it is not known to be an array or a collection of the JDK")
    require("\n" not in node.text, "NATURAL", "a collection of several lines")
    require_unchanged(code, node, steps, acts=acts)
    return node.text, element


def _lambda(code: Code, given: Node) -> tuple[str, Node]:
    """The parameter and the body of a step's one lambda."""
    only = given.parts[0] if len(given.parts) == 1 else None
    if only is None or only.kind != "lambda_expression":
        raise Declined("NATURAL", "no lambda with one parameter")
    parameters, body = only.child("parameters"), only.child("body")
    if parameters is None or body is None:
        raise Declined("NATURAL", "an unusual lambda")
    if parameters.kind != "identifier":
        plain = parameters.kind == "inferred_parameters" and len(parameters.parts) == 1
        require(plain, "NATURAL", "no lambda with one plain parameter")
        parameters = parameters.parts[0]
    return parameters.text, body


def _question(code: Code, given: Node) -> tuple[str, Node]:
    name, body = _lambda(code, given)
    require(body.kind != "block", "NATURAL", "the lambda is more than an expression")
    require("\n" not in body.text, "NATURAL", "an expression of several lines")
    return name, body


def _asked(code: Code, node: Node, value: Node, step: tuple[str, Node]) -> tuple[Edit, ...]:
    require(return_type(code) == "boolean" and not in_lambda(code, node), "BOOLVAL", "no boolean")
    over, element = _source(code, value)
    name, test = _question(code, step[1])
    found, flip = _ASKING[step[0]]
    text = negated(code, test) if flip else test.text
    answer, otherwise = ("true", "false") if found else ("false", "true")
    layout, style = code.layout, usual_if_style(code)
    inner = compose_if(layout, style, text, (f"return {answer};",))
    loop = looped(code, loop_head(code, f"{element} {name} : {over}"), inner)
    return _replaced(code, node, (*loop, f"return {otherwise};"))


def _done(code: Code, node: Node, value: Node, given: Node) -> tuple[Edit, ...]:
    over, element = _source(code, value, acts=True)
    name, body = _lambda(code, given)
    if body.kind != "block":
        require("\n" not in body.text, "NATURAL", "an expression of several lines")
        loop = looped(code, loop_head(code, f"{element} {name} : {over}"), (f"{body.text};",))
        return _replaced(code, node, loop)
    returns = any(True for _ in body.find("return_statement"))
    require(not returns, "REACH", "a return would leave the method")
    require(bool(body.parts), "NATURAL", "an empty loop")
    require_no_comments(code, node, node.start, body.start)
    require_no_comments(code, node, body.end, node.end)
    inner = relative(body, body.start, body.end, indent_of(code.source, node.start))
    first, *rest = inner
    head = loop_head(code, f"{element} {name} : {over}")
    lines: Body = (f"{head} {first}", *rest)
    if code.layout.brace_on_next_line:
        lines = (head, first, *rest)
    return (replacement(code, node, node, lines),)


def _collected(
    code: Code, node: Node, value: Node, chain: list[tuple[str, Node]]
) -> tuple[Edit, ...] | None:
    names = [name for name, _ in chain]
    if names not in (["filter", "collect"], ["map", "collect"], ["filter", "map", "collect"]):
        return None
    gathered = chain[-1][1].text == "(Collectors.toList())"
    require(gathered, "BUILTIN", "it gathers into something else than a plain list")
    known = is_imported(code, "java.util.ArrayList") and is_imported(code, "java.util.List")
    require(known, "NATURAL", "the file does not import ArrayList")
    over, element = _source(code, value)
    steps = {name: _question(code, given) for name, given in chain[:-1]}
    name = next(iter(steps.values()))[0]
    require(all(n == name for n, _ in steps.values()), "NATURAL", "two names for one element")
    kind, target = _target(code, node)
    require("<?" not in kind, "BUILTIN", "nothing can be added to a list of ?")
    added = steps["map"][1].text if "map" in steps else name
    inner: Body = (f"{target}.add({added});",)
    if "filter" in steps:
        layout, style = code.layout, usual_if_style(code)
        inner = compose_if(layout, style, steps["filter"][1].text, inner)
    loop = looped(code, loop_head(code, f"{element} {name} : {over}"), inner)
    end = (f"return {target};",) if node.kind == "return_statement" else ()
    return _replaced(code, node, (f"{kind} {target} = new ArrayList<>();", *loop, *end))


def _target(code: Code, node: Node) -> tuple[str, str]:
    """The type and name of the list that is filled."""
    if node.kind == "return_statement":
        kind = return_type(code)
        require(not in_lambda(code, node) and kind.startswith("List<"), "BUILTIN", "not a List")
        free = "result" not in code.words
        require(free, "FRESH", "result is already used here")
        return kind, "result"
    declared = next(v for v in code.locals if v.statement is node)
    kind = node.source[node.start : declared.node.start].decode("utf-8", "replace").rstrip()
    require(declared.type.startswith("List<"), "BUILTIN", "not a List")
    return kind, declared.name


def _replaced(code: Code, node: Node, lines: Body) -> tuple[Edit, ...]:
    require_no_comments(code, node, node.start, node.end)
    return (replacement(code, node, node, lines),)
