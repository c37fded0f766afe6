"""Functions of the same file that a call in Java or C++ is proven to reach, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from codeaug.predicates import cpp, cpp_types, java, java_types
from codeaug.predicates.nodes import FUNCTIONS, Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

_JAVA_MODIFIERS = {"private", "protected", "public", "static", "final"}


@dataclass(frozen=True, slots=True)
class Helper:
    """A function, with its parameters in order."""

    code: Code
    parameters: tuple[Local, ...]


def helper_of(code: Code, call: Node) -> Helper | None:
    """What `call` runs if that is a private function of this file; None where it is none of this
    file's. Declines where another function may run, or where calling it does more than that."""
    name = _called(code, call)
    found = _index(code.root).functions.get(name, ()) if name else ()
    if not found or any(node is code.function for node in found):
        return None
    require(len(found) == 1, "REACH", "several functions of that name")
    helper = _code(code.language, found[0])
    if code.language == "java":
        _require_java(code, call, helper)
    else:
        _require_cpp(code, helper, name)
    arguments = call.child("arguments")
    parameters = tuple(v for v in helper.locals if v.kind == "parameter")
    given = [] if arguments is None else arguments.parts
    require(len(parameters) == len(given), "REACH", "arguments and parameters differ in number")
    return Helper(helper, parameters)


def _called(code: Code, call: Node) -> str:
    """The name of what is called without any object, or on `this`."""
    if code.language == "java":
        owner, name = call.child("object"), call.child("name")
        plain = owner is None or owner.kind == "this"
    else:
        name = call.child("function")
        plain = name is not None and name.kind == "identifier"
    return name.text if plain and name is not None else ""


@dataclass(frozen=True, slots=True)
class _Index:
    """What a file defines, by name: functions, declarators of C++, and the classes of C++ of which
    all members are known, since they have no bases."""

    functions: dict[str, list[Node]]
    declarators: dict[str, list[Node]]
    classes: frozenset[str]


@lru_cache(maxsize=4)
def _index(root: Node) -> _Index:
    functions: dict[str, list[Node]] = {}
    declarators: dict[str, list[Node]] = {}
    classes: set[str] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        kind = node.kind
        if kind in FUNCTIONS:
            functions.setdefault(_name(node), []).append(node)
        elif kind == "function_declarator":
            declarators.setdefault(_declared_name(node), []).append(node)
        elif kind in ("class_specifier", "struct_specifier"):
            name = node.child("name")
            based = any(c.kind == "base_class_clause" for c in node.children)
            if name is not None and node.child("body") is not None and not based:
                classes.add(name.text)
        waiting += [child for child in node.children if child.children]
    return _Index(functions, declarators, frozenset(classes))


def _name(node: Node) -> str:
    named = node.child("name")
    if named is not None:
        return named.text
    declarator = next(node.find("function_declarator"), None)
    inner = declarator.child("declarator") if declarator is not None else None
    while inner is not None and inner.kind == "qualified_identifier":
        inner = inner.child("name")
    return inner.text if inner is not None and "identifier" in inner.kind else ""


@lru_cache(maxsize=32)
def _code(language: str, function: Node) -> Code:
    root = [function, *function.ancestors()][-1]
    found = java.locals_in(function) if language == "java" else cpp.locals_in(function)
    return Code(language, function, root, found)


def _require_java(code: Code, call: Node, helper: Code) -> None:
    function = helper.function
    modifiers = function.child("modifiers") or next(
        (c for c in function.children if c.kind == "modifiers"), None
    )
    words = set() if modifiers is None else {c.text for c in modifiers.children}
    fixed = not words.isdisjoint({"private", "static", "final"})
    require(fixed, "REACH", "it may be overridden")
    plain = words <= _JAVA_MODIFIERS
    require(plain, "REACH", "calling it does more: it is synchronized or annotated")
    same = java_types.class_around(function) is java_types.class_around(code.function)
    require(same, "REACH", "it is another class's")
    generic = any(c.kind == "type_parameters" for c in function.children)
    require(not generic, "BUILTIN", "it has type parameters")
    throws = any(c.kind == "throws" for c in function.children)
    around = ("try_statement", "try_with_resources_statement", "lambda_expression")
    caught = throws and any(a.kind in around for a in call.ancestors())
    require(not caught, "REACH", "what it declares to throw is caught around the call")
    varying = any(True for _ in function.find("spread_parameter"))
    require(not varying, "BUILTIN", "it has a variable number of arguments")


def _require_cpp(code: Code, helper: Code, name: str) -> None:
    function = helper.function
    require(not cpp.in_template(helper) and not cpp.in_template(code), "NODEP", "a template")
    declared = _index(code.root).declarators.get(name, ())
    counts = {len(parameters.parts) for n in declared if (parameters := n.child("parameters"))}
    require(len(declared) <= 2 and len(counts) == 1, "REACH", "it is overloaded")
    own = [n for n in function.children if n.kind in ("virtual", "attribute_declaration")]
    declarator = next(function.find("function_declarator"), None)
    plain = {"parameter_list", "identifier", "field_identifier", "type_qualifier"}
    simple = declarator is not None and all(
        part.kind in plain for part in declarator.children if part.named
    )
    require(simple and not own, "REACH", "it is virtual, noexcept or has attributes")
    require(name not in code.by_name, "FRESH", f"{name} is something else here")
    require(name not in cpp.macros(code.source), "NOMACRO", f"{name} is a macro")
    words = {c.text for c in function.children if c.kind == "storage_class_specifier"}
    owner, mine = cpp_types.owner_name(function), cpp_types.owner_name(code.function)
    plain_class = not mine or mine in _index(code.root).classes
    require(plain_class, "REACH", "a member of the class may hide it")
    if owner:
        inside = any(a.kind == "field_declaration_list" for a in function.ancestors())
        require(mine == owner and inside, "REACH", "it may be another class's")
        return
    hidden = "static" in words or any(_is_anonymous(a) for a in function.ancestors())
    require(hidden, "REACH", "it is not private to the file")
    around = {id(a) for a in code.function.ancestors()}
    spaces = (
        a for a in function.ancestors() if a.kind == "namespace_definition" and a.child("name")
    )
    visible = function.start < code.function.start and all(id(a) in around for a in spaces)
    members = any(a.kind == "field_declaration_list" for n in declared for a in n.ancestors())
    require(visible and not members, "REACH", "something else of that name may be nearer")


def _is_anonymous(node: Node) -> bool:
    return node.kind == "namespace_definition" and node.child("name") is None


def _declared_name(declarator: Node) -> str:
    inner = declarator.child("declarator")
    while inner is not None and inner.kind == "qualified_identifier":
        inner = inner.child("name")
    return "" if inner is None else inner.text


def free_names(code: Code, body: Node) -> Iterator[Node]:
    """The names in `body` that are none of the function's own and could mean something else."""
    for names in code.words.values():
        for node in names:
            above = node.parent
            if not node.within(body) or above is None or code.lookup(node.text, node.start):
                continue
            member = above.kind == "field_access" and node.field == "field"
            called = above.kind == "call" and node.field == "name" and code.language == "java"
            if not member and not called:
                yield node


def require_same_names(code: Code, call: Node, helper: Code, body: Node) -> None:
    """FRESH: no name of the helper's body means something else where it is called."""
    for node in free_names(helper, body):
        if code.lookup(node.text, call.start) is not None or node.text in code.by_name:
            raise Declined("FRESH", f"{node.text} means something else here")
