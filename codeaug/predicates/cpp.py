"""What is declared where in a C++ function, and where macros and templates are in the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from codeaug.predicates.names import passed_type
from codeaug.predicates.nodes import FUNCTIONS, Node, file_tree
from codeaug.predicates.scopes import Code, Local, outside_classes

_SCOPES = frozenset(
    {
        "block",
        "for_statement",
        "enhanced_for_statement",
        "if_statement",
        "while_statement",
        "switch_expression",
        "lambda_expression",
        "catch_clause",
    }
)
_PARAMETERS = (
    "parameter_declaration",
    "optional_parameter_declaration",
    "variadic_parameter_declaration",
)
_DECLARING = (
    *_PARAMETERS,
    "local_variable_declaration",
    "enhanced_for_statement",
    "lambda_capture_initializer",
)
_DECLARATORS = frozenset(
    {"pointer_declarator", "reference_declarator", "array_declarator", "init_declarator"}
    | {"parenthesized_declarator", "attributed_declarator"}
)
_SPELLINGS = {
    "unsigned": "unsigned int",
    "signed": "int",
    "signed int": "int",
    "long int": "long",
    "signed long": "long",
    "unsigned long int": "unsigned long",
    "long unsigned int": "unsigned long",
    "long long int": "long long",
    "unsigned long long int": "unsigned long long",
    "short int": "short",
    "unsigned short int": "unsigned short",
}
_SHOUTED = re.compile(r"[A-Z][A-Z0-9_]*[A-Z0-9]\Z")
_DEFINE = re.compile(rb"^[ \t]*#[ \t]*define[ \t]+(\w+)(.*(?:\\\r?\n.*)*)", re.MULTILINE)


def locals_in(function: Node) -> Iterator[Local]:
    """Every name that the function declares outside of classes of its own, in source order."""
    for node in outside_classes(function, _DECLARING):
        yield from _declared(node, function)


def _declared(node: Node, function: Node) -> Iterator[Local]:
    if node.kind == "local_variable_declaration":
        end = next((a.end for a in node.ancestors() if a.kind in _SCOPES), function.end)
        yield from _variables(node, end)
    elif node.kind in _PARAMETERS:
        yield from _parameter(node, function)
    elif node.kind == "enhanced_for_statement":
        yield from _named(node, node, "loop", node.end)
    elif node.kind == "lambda_capture_initializer":
        yield from _captured(node)


def _variables(node: Node, end: int) -> Iterator[Local]:
    for declarator in (c for c in node.children if c.field == "declarator"):
        yield from _named(node, declarator, "local", end)


def _named(node: Node, declarator: Node, kind: str, end: int) -> Iterator[Local]:
    value = declarator.child("value") or node.child("value")
    if declarator is node:
        found = node.child("declarator")
        if found is None:
            return
        declarator, value = found, None
    start = declarator.start if kind == "loop" else (value.start if value else declarator.end)
    for name, suffix in _innermost(declarator):
        bound = name.parent is not None and name.parent.kind == "structured_binding_declarator"
        written = "" if bound else _type_text(node, suffix)
        begin = min(start, name.end) if kind == "loop" else start
        yield Local(name.text, name, written, "binding" if bound else kind, node, begin, end, value)


def _innermost(node: Node, suffix: str = "") -> Iterator[tuple[Node, str]]:
    """The declared names below a declarator, each with its `*`, `&` and `[]`."""
    if node.kind == "identifier":
        yield node, suffix
        return
    mark = {"pointer_declarator": "*", "reference_declarator": "&", "array_declarator": "[]"}
    if node.kind == "structured_binding_declarator":
        for name in node.parts:
            yield name, suffix
        return
    if node.kind not in _DECLARATORS:
        return
    named = (p for p in node.parts if p.kind != "type_qualifier")
    inner = node.child("declarator") or next(named, None)
    if inner is not None:
        added = mark.get(node.kind, "")
        if node.kind == "reference_declarator" and node.token("&&") is not None:
            added = "&&"
        if any(p.kind == "type_qualifier" for p in node.parts):
            added += " const"
        yield from _innermost(inner, suffix + added)


def _type_text(node: Node, suffix: str = "") -> str:
    """`const T *` as written, spaces normalised; "" for `auto` and for volatile."""
    kind = node.child("type")
    if kind is None or kind.kind in ("placeholder_type_specifier", "decltype"):
        return ""
    qualifiers = [c.text for c in node.children if c.kind == "type_qualifier"]
    if any(q not in ("const", "constexpr") for q in qualifiers):
        return ""
    base = canonical(kind.text)
    lead = "const " if qualifiers else ""
    return f"{lead}{base} {suffix}" if suffix else lead + base


def canonical(text: str) -> str:
    """One spelling of a type's name."""
    words = " ".join(text.split())
    return _SPELLINGS.get(words, words)


def _parameter(node: Node, function: Node) -> Iterator[Local]:
    owner = _parameter_owner(node, function)
    declarator = node.child("declarator")
    if owner is None or declarator is None:
        return
    kind = "parameter" if owner is function else "inner"
    for name, suffix in _innermost(declarator):
        yield Local(name.text, name, _type_text(node, suffix), kind, node, node.end, owner.end)


def _parameter_owner(node: Node, function: Node) -> Node | None:
    """The function, lambda or catch clause whose parameter this is, and no function pointer's."""
    above = node.parent
    if above is None or above.parent is None:
        return None
    if above.parent.kind == "catch_clause":
        return above.parent
    declarator = above.parent
    if declarator.kind not in ("function_declarator", "abstract_function_declarator"):
        return None
    owner = declarator.parent
    while owner is not None and owner.kind in _DECLARATORS:
        owner = owner.parent
    return owner if owner is function or (owner and owner.kind == "lambda_expression") else None


def _captured(node: Node) -> Iterator[Local]:
    name, value = node.child("left"), node.child("right")
    lambda_node = next((a for a in node.ancestors() if a.kind == "lambda_expression"), None)
    if name is not None and lambda_node is not None and name.kind == "identifier":
        yield Local(name.text, name, "", "inner", node, node.end, lambda_node.end, value)


def callee(node: Node) -> str:
    """The simple name of the function that a call calls."""
    called = node.child("function") if node.kind == "call" else None
    while called is not None and called.kind != "identifier":
        inner = called.child("field") or called.child("name")
        if inner is None:
            return called.text if called.kind == "field_identifier" else ""
        called = inner
    return "" if called is None or called.text.endswith("_cast") else called.text


@lru_cache(maxsize=8)
def macros(source: bytes) -> dict[str, str]:
    """The macros that a file defines, with what they stand for."""
    return {
        m.group(1).decode(): m.group(2).decode("utf-8", "replace") for m in _DEFINE.finditer(source)
    }


def uses_macro(node: Node) -> bool:
    """Whether something below is a macro of this file, a shouted call or a directive."""
    defined = macros(node.source)
    for each in node.walk():
        if each.kind.startswith("preproc") or each.kind in ("gnu_asm_expression", "asm_statement"):
            return True
        if each.kind == "call" and is_shouted(callee(each)):
            return True
        if each.named and not each.children and each.text in defined:
            return True
    return False


_MODERN = re.compile(
    rb"\b(?:nullptr|override|noexcept|constexpr|static_assert|decltype|auto|unique_ptr|shared_ptr"
    rb"|emplace_back|emplace|make_shared|make_unique|initializer_list|unordered_map|unordered_set"
    rb"|enum\s+(?:class|struct)|std::move)\b|=\s*(?:default|delete)\s*;|\busing\s+\w+\s*="
    rb"|\bfor *\([^;()]*[^:;]:[^:;][^;]*\) *[\w{\n]"
)


@lru_cache(maxsize=8)
def is_modern(source: bytes) -> bool:
    """Whether the file surely is C++11 or later."""
    return _MODERN.search(source) is not None


def is_shouted(name: str) -> bool:
    return bool(_SHOUTED.match(name))


def is_const_member(function: Node) -> bool:
    """Whether the function is a `const` member function."""
    declared = next(function.find("function_declarator"), None)
    return declared is not None and any(
        c.kind == "type_qualifier" and c.text == "const" for c in declared.children
    )


def in_macro_body(name: str, source: bytes) -> bool:
    """Whether a macro of this file mentions that name."""
    word = re.compile(rf"\b{re.escape(name)}\b")
    return any(word.search(body) for body in macros(source).values())


def template_names(function: Node) -> frozenset[str]:
    """The template parameters that are visible in the function."""
    found: set[str] = set()
    for above in (function, *function.ancestors()):
        if above.kind == "template_declaration":
            parameters = above.child("parameters")
            if parameters is not None:
                found |= {n.text for n in parameters.walk() if "identifier" in n.kind}
    return frozenset(found)


def in_template(code: Code) -> bool:
    """Whether the function is a template or a member of one."""
    above = (code.function, *code.function.ancestors())
    declarator = code.function.child("declarator")
    qualified = declarator is not None and any(
        n.kind == "template_type" and n.field == "scope" for n in declarator.walk()
    )
    return qualified or any(a.kind == "template_declaration" for a in above)


def local_names(source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every local variable in a file: `type:<T>`, `call:<function>` or ""."""
    for function in file_tree("cpp", source).find(*FUNCTIONS):
        for local in locals_in(function):
            if local.kind in ("local", "loop"):
                yield from _hints(local)


def _hints(local: Local) -> Iterator[tuple[str, str]]:
    called = callee(local.value) if local.value is not None else ""
    if local.type:
        yield "type:" + local.type, local.name
    if called:
        yield "call:" + called, local.name
    if not local.type and not called:
        yield "", local.name


def parameter_names(source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of every declared parameter: `argument:<function>/<n>`, `parameter:<T>`."""
    for declared in file_tree("cpp", source).find("function_declarator"):
        name, given = declared.child("declarator"), declared.child("parameters")
        while name is not None and name.kind == "qualified_identifier":
            name = name.child("name")
        for number, part in enumerate(() if given is None or name is None else given.parts):
            declarator = part.child("declarator") if part.kind in _PARAMETERS else None
            for found, suffix in () if declarator is None else _innermost(declarator):
                kind = _type_text(part, suffix)
                if name is not None:
                    place = f"argument:{name.text}/{number}"
                    yield place, found.text
                    yield f"{place}/{passed_type(kind)}", found.text
                if kind:
                    yield "parameter:" + kind, found.text
