"""Static types of C++ expressions, as far as one file tells; "" where it does not.

Only built-in and pointer types are ever told: they are all that the transforms need.
"""

from __future__ import annotations

import re
from functools import lru_cache

from codeaug.predicates import cpp_classes, cpp_std
from codeaug.predicates.cpp import canonical, is_const_member, is_shouted, template_names
from codeaug.predicates.nodes import FUNCTIONS, Node, unwrapped
from codeaug.predicates.scopes import Code, Local, in_class_body

NULL = "nullptr"
INTEGRAL = frozenset(
    {
        "bool",
        "char",
        "signed char",
        "unsigned char",
        "short",
        "unsigned short",
        "int",
        "unsigned int",
        "long",
        "unsigned long",
        "long long",
        "unsigned long long",
        "size_t",
        "std::size_t",
        "ssize_t",
        "ptrdiff_t",
        "std::ptrdiff_t",
        "char16_t",
        "char32_t",
        "wchar_t",
    }
    | {f"{p}{s}int{n}_t" for p in ("", "std::") for s in ("", "u") for n in (8, 16, 32, 64)}
)
FLOATING = frozenset({"float", "double", "long double"})
_COMPARE = ("==", "!=", "<", ">", "<=", ">=", "&&", "||")
_PROMOTING = frozenset(
    {"bool", "char", "signed char", "unsigned char", "short", "unsigned short"}
    | {"char16_t", "char32_t", "wchar_t"}
    | {f"{p}{s}int{n}_t" for p in ("", "std::") for s in ("", "u") for n in (8, 16)}
)
_SUFFIX = re.compile(r"[uUlLzZ]*\Z")


def is_pointer(kind: str) -> bool:
    return kind.endswith("*") or kind == NULL


def is_scalar(kind: str) -> bool:
    """Whether that is a type whose operators cannot be overloaded."""
    return kind in INTEGRAL or kind in FLOATING or is_pointer(kind)


def value_type(written: str) -> str:
    """The type of a value of that declared type: no reference, no outer const."""
    kind = written.removesuffix("&").rstrip()
    if kind.endswith("* const"):
        return kind.removesuffix(" const")
    if kind.endswith("*"):
        return kind
    kind = kind.removeprefix("const ").removesuffix(" const")
    return kind if is_scalar(kind) else ""


def type_of(code: Code, node: Node) -> str:
    """The built-in or pointer type of an expression; "" if it is not known to have one."""
    if node.kind in ("true", "false"):
        return "bool"
    if node.kind == "null_literal":
        return NULL
    if node.kind == "char_literal":
        return "char" if node.text.startswith("'") else ""
    if node.kind == "number_literal":
        return _number(node.text.lstrip("+-"))
    reader = _READERS.get(node.kind)
    return "" if reader is None else reader(code, node)


def _number(text: str) -> str:
    digits = text.replace("'", "")
    if not digits.startswith(("0x", "0X")) and re.search(r"[.eE]", digits):
        return "float" if digits[-1] in "fF" else "long double" if digits[-1] in "lL" else "double"
    found = _SUFFIX.search(digits)
    suffix = found.group().lower() if found else ""
    if not suffix:
        return _plain_number(digits)
    return _SUFFIXES.get(suffix, "")


_SUFFIXES = {"u": "unsigned int", "l": "long", "ul": "unsigned long", "lu": "unsigned long"}
_SUFFIXES |= {"ll": "long long", "ull": "unsigned long long", "llu": "unsigned long long"}


def _plain_number(digits: str) -> str:
    if digits.isdigit():
        return "int" if int(digits) < 2**31 else ""
    if not re.fullmatch(r"0[xX][0-9a-fA-F]{1,8}", digits):
        return ""
    return "int" if int(digits, 16) < 2**31 else "unsigned int"


def _inside(code: Code, node: Node) -> str:
    return type_of(code, node.parts[0]) if len(node.parts) == 1 else ""


def _identifier(code: Code, node: Node) -> str:
    local = code.lookup(node.text, node.start)
    if local is not None:
        return _local_type(code, local.type)
    if in_class_body(node, code.function):
        return ""
    return value_type(_own_field(code, node.text))


def _own_field(code: Code, name: str) -> str:
    """The written type of a field of the function's class, by this file or by the repository."""
    if any(w.parent and w.parent.kind == "function_declarator" for w in code.words.get(name, ())):
        return ""  # it is an object that is read as a function: `Guard guard(n);`
    owner = owner_name(code.function)
    known = field_types(code.root, owner).get(name, "")
    return known or cpp_classes.field_type(code.members, owner, name)


def written_type(code: Code, node: Node) -> str:
    """The type as which a variable or member is declared, whatever it is; "" if unknown."""
    if node.kind == "field_access":
        owner, field = node.child("argument"), node.child("field")
        if owner is None or field is None:
            return ""
        if owner.kind == "this":
            return _own_field(code, field.text)
        return cpp_classes.field_type(code.members, _class_of(code, owner)[0], field.text)
    if node.kind != "identifier":
        return ""
    local = code.lookup(node.text, node.start)
    if local is not None:
        dependent = set(re.findall(r"\w+", local.type)) & template_names(code.function)
        return "" if dependent else local.type
    return "" if in_class_body(node, code.function) else _own_field(code, node.text)


def _class_of(code: Code, node: Node) -> tuple[str, bool | None]:
    """The class of an object, by what it is declared as or what gave it, and whether const."""
    node = unwrapped(node)
    if node.kind == "this":
        return _own_class(code)
    written = _member_result(code, node) if node.kind == "call" else written_type(code, node)
    const: bool | None = written.startswith("const ")
    if not const and not written.endswith(("*", "&")) and node.kind != "call":
        owner = node.child("argument") if node.kind == "field_access" else None
        local = node.kind == "identifier" and code.lookup(node.text, node.start) is not None
        around = _own_class(code) if owner is None else _class_of(code, owner)
        const = None if around[1] is not False and not local else False  # it may be mutable
    return cpp_classes.class_of(written), const


def _own_class(code: Code) -> tuple[str, bool | None]:
    declarator = next(code.function.find("function_declarator"), None)
    const = declarator is not None and cpp_classes.is_const(declarator)
    return owner_name(code.function), const


def _member_result(code: Code, node: Node) -> str:
    """The written type of what a member function of a class of the repository gives."""
    called = node.child("function")
    if called is None or not code.members:
        return ""
    owner: str
    const: bool | None
    owner, const, name = "", None, called
    if called.kind == "identifier":
        hidden = code.lookup(called.text, called.start) or in_class_body(node, code.function)
        owner, const = ("", False) if hidden else _own_class(code)
    elif called.kind == "field_access":
        receiver, name = called.child("argument"), called.child("field") or called
        owner, const = ("", False) if receiver is None else _class_of(code, receiver)
    return cpp_classes.result_type(code.members, owner, name.text, const) if owner else ""


def _local_type(code: Code, written: str) -> str:
    words = set(re.findall(r"\w+", written))
    dependent = words & template_names(code.function) and not written.endswith("*")
    return "" if dependent else value_type(written)


def owner_name(function: Node) -> str:
    """The simple name of the class that the function is a member of, or ""."""
    for above in function.ancestors():
        if above.kind in ("class_specifier", "struct_specifier"):
            name = above.child("name")
            return "" if name is None else name.text
    declarator = next(function.find("function_declarator"), None)
    inner = declarator.child("declarator") if declarator is not None else None
    scope = ""
    while inner is not None and inner.kind == "qualified_identifier":
        outer = inner.child("scope")
        scope = "" if outer is None else outer.text
        inner = inner.child("name")
    return scope


@lru_cache(maxsize=8)
def _classes(root: Node) -> dict[str, list[dict[str, str]]]:
    """The written types of the members of every class of a file, by the class's simple name."""
    table: dict[str, list[dict[str, str]]] = {}
    for each in root.find("class_specifier", "struct_specifier"):
        name, body = each.child("name"), each.child("body")
        if name is not None and body is not None:
            found: dict[str, str] = {}
            for member in body.parts:
                _add_field(member, found)
            table.setdefault(name.text, []).append(found)
    return table


def field_types(root: Node, owner: str) -> dict[str, str]:
    """The written types of the members that the file declares for the class of that name; not of
    those of which two such classes, of two namespaces, tell different things."""
    table: dict[str, set[str]] = {}
    for found in _classes(root).get(owner, ()):
        for name, kind in found.items():
            table.setdefault(name, set()).add(kind)
    return {name: kinds.pop() for name, kinds in table.items() if len(kinds) == 1}


def declared_fields(member: Node) -> dict[str, str]:
    """The written types of the fields that a declaration in a class declares."""
    found: dict[str, str] = {}
    _add_field(member, found)
    return found


def _add_field(member: Node, found: dict[str, str]) -> None:
    kind = member.child("type")
    if member.kind != "field_declaration" or kind is None:
        return
    qualifiers = {c.text for c in member.children if c.kind == "type_qualifier"}
    if qualifiers - {"const", "mutable"}:
        return
    narrow = any(c.kind == "bitfield_clause" for c in member.children)
    for declarator in (c for c in member.children if c.field == "declarator"):
        lead = "const " if "const" in qualifiers else ""
        stars = ""
        while declarator.kind == "pointer_declarator":
            stars += "*"
            inner = declarator.child("declarator")
            if inner is None:
                break
            declarator = inner
        if declarator.kind == "field_identifier":
            base = lead + canonical(kind.text)
            if narrow and base not in _PROMOTING and base != "int":
                continue  # fewer bits may promote to another type
            found[declarator.text] = f"{base} {stars}" if stars else base


def return_type(function: Node) -> str:
    """The written result type of a function; "" for constructors, `auto` and trailing types."""
    kind = function.child("type")
    declarator = function.child("declarator")
    stars = ""
    while declarator is not None and declarator.kind != "function_declarator":
        if declarator.kind == "pointer_declarator":
            stars += "*"
        elif declarator.kind == "reference_declarator":
            stars += "&"
        declarator = declarator.child("declarator") or next(iter(declarator.parts), None)
    if kind is None or declarator is None or kind.kind == "placeholder_type_specifier":
        return ""
    qualifiers = " ".join(c.text for c in function.children if c.kind == "type_qualifier")
    base = canonical(kind.text)
    lead = "const " if "const" in qualifiers.split() else ""
    return f"{lead}{base} {stars}" if stars else lead + base


@lru_cache(maxsize=8)
def _results(root: Node) -> dict[str, set[str]]:
    """What the functions of a file return, by simple name."""
    found: dict[str, set[str]] = {}
    for declared in root.find("function_declarator"):
        name = declared.child("declarator")
        while name is not None and name.kind == "qualified_identifier":
            name = name.child("name")
        if name is not None:
            found.setdefault(name.text, set()).add(result_of(declared))
    return found


def is_declared(code: Code, function: str) -> bool:
    """Whether the file, or the function's class, has a function of that name of its own."""
    owner = owner_name(code.function)
    member = bool(owner) and cpp_classes.has_member(code.members, owner, function)
    return member or function in _results(code.root)


def result_of(declarator: Node) -> str:
    """The written result type of the function that is declared there; "" if unknown."""
    owner = declarator.parent
    while owner is not None and owner.kind in ("pointer_declarator", "reference_declarator"):
        owner = owner.parent
    kinds = (*FUNCTIONS, "local_variable_declaration", "field_declaration")
    known = owner is not None and owner.kind in kinds and not owner.broken
    return return_type(owner) if owner is not None and known and not _is_macro(owner) else ""


def _is_macro(declaration: Node) -> bool:
    """Whether what looks like the type is a macro before the type."""
    kind = declaration.child("type")
    return kind is not None and is_shouted(kind.text)


def _call(code: Code, node: Node) -> str:
    called = node.child("function")
    if called is None:
        return ""
    known = value_type(_member_result(code, node))
    if known:
        return known
    if called.kind == "template_function":
        return _cast_call(called)
    if called.kind == "primitive_type":
        return canonical(called.text)
    if called.kind == "field_access":
        receiver, member = called.child("argument"), called.child("field")
        if receiver is None or member is None:
            return ""
        if receiver.kind != "this":
            written = written_type(code, receiver)
            return value_type(cpp_std.member_result(written, member.text, code.source))
        called = member
    if called.kind == "qualified_identifier":
        return cpp_std.function_result(called.text) or _qualified_call(code, called)
    if called.kind not in ("identifier", "field_identifier") or _is_elsewhere(code, called):
        return ""
    results = _known_results(code, called.text)
    if not results and called.kind == "identifier":
        return called.text if called.text in INTEGRAL else cpp_std.function_result(called.text)
    return results.pop() if len(results) == 1 else ""


def _known_results(code: Code, name: str) -> set[str]:
    """What functions of that name return, by the file and by the repository."""
    written = set(_results(code.root).get(name, set()))
    if written and f"::{name}()" in code.members:
        written.add(code.members[f"::{name}()"])
    return {value_type(kind) for kind in written}


def _qualified_call(code: Code, called: Node) -> str:
    """What a function of a namespace or a static one of a class returns."""
    *_, scope, name = ["", *called.text.split("::")]
    if scope in ("", "std") or not name.isidentifier():
        return ""
    if f"class {scope}" in code.members:
        return value_type(cpp_classes.result_type(code.members, scope, name, None))
    results = set() if scope in _classes(code.root) else _known_results(code, name)
    return results.pop() if len(results) == 1 else ""


def gives_reference(code: Code, node: Node) -> bool:
    """Whether a call may give a reference, so that its value is not all that it gives."""
    called = node.child("function") if node.kind == "call" else None
    if called is None:
        return False
    name = (called.child("field") or called.child("name") or called).text
    if called.kind == "template_function":
        given = called.child("arguments")
        return given is not None and given.text.rstrip("> ").endswith("&")
    if called.kind == "field_access" and name in ("at", "front", "back"):
        return True
    written = {_member_result(code, node), *_results(code.root).get(name, ())}
    return any(kind.endswith("&") for kind in written)


_DECLARING = ("pointer_declarator", "reference_declarator", "array_declarator")


def _is_elsewhere(code: Code, called: Node) -> bool:
    """Whether that name is a variable here, or may be a member that another file declares."""
    words = code.words.get(called.text, ()) if called.kind == "identifier" else ()
    hidden = any(w.parent is not None and w.parent.kind in _DECLARING for w in words)
    hidden = hidden or (bool(words) and code.lookup(called.text, called.start) is not None)
    owner = owner_name(code.function)
    return hidden or (bool(owner) and cpp_classes.may_inherit(code, owner, called.text))


def _cast_call(called: Node) -> str:
    name, given = called.child("name"), called.child("arguments")
    if name is None or given is None or not name.text.endswith("_cast"):
        return ""
    return value_type(canonical(given.text[1:-1]).replace("*", " *").replace("  *", " *"))


def _binary(code: Code, node: Node) -> str:
    operator, left, right = node.child("operator"), node.child("left"), node.child("right")
    if operator is None or left is None or right is None:
        return ""
    first, second = type_of(code, left), type_of(code, right)
    if not first or not second:
        return ""
    if operator.text in _COMPARE:
        return "bool"
    if operator.text in ("<<", ">>"):
        return arithmetic(first, first) if first in INTEGRAL and second in INTEGRAL else ""
    return arithmetic(first, second) or _wider(first, second)


def _wider(first: str, second: str) -> str:
    if absorbs(first, second):
        return first
    return second if absorbs(second, first) else ""


def arithmetic(first: str, second: str) -> str:
    """The type of `a + b`; "" where that needs more than the names of the types."""
    first = "int" if first in _PROMOTING else first
    second = "int" if second in _PROMOTING else second
    return first if first == second and not is_pointer(first) else ""


def absorbs(kind: str, other: str) -> bool:
    """Whether `a + b` has the type of `a` for `a` of type `kind` and `b` of type `other`."""
    if kind in _PROMOTING or not is_scalar(kind) or is_pointer(kind) or not other:
        return False
    if other == kind or other in _PROMOTING:
        return True
    if kind in FLOATING:
        wider = {"float": (), "double": ("float",), "long double": ("float", "double")}
        return other in INTEGRAL or other in wider[kind]
    return other == "int" and kind not in ("ssize_t", "ptrdiff_t", "std::ptrdiff_t")


def iterator_type(code: Code, local: Local) -> str:
    """The iterator type of `auto i = names.begin()`, "" where that is not known."""
    value = local.value
    called = value.child("function") if value is not None and value.kind == "call" else None
    if local.type or called is None or called.kind != "field_access":
        return ""
    receiver, member = called.child("argument"), called.child("field")
    if receiver is None or member is None:
        return ""
    known = receiver.kind == "identifier" and code.lookup(receiver.text, receiver.start)
    if not known and is_const_member(code.function):
        return ""
    return cpp_std.iterator_result(written_type(code, receiver), member.text, code.source)


def _unary(code: Code, node: Node) -> str:
    operand = node.child("argument")
    kind = type_of(code, operand) if operand is not None else ""
    if not kind:
        return ""
    return "bool" if node.text.startswith("!") else arithmetic(kind, kind)


def _dereferenced(code: Code, node: Node) -> str:
    operand = node.child("argument")
    kind = type_of(code, operand) if operand is not None else ""
    if not kind.endswith("*") or not node.text.startswith("*"):
        return ""
    return value_type(kind[:-1].rstrip())


def _element(code: Code, node: Node) -> str:
    array = node.child("argument")
    if array is None:
        return ""
    kind = type_of(code, array)
    if kind.endswith("*"):
        return value_type(kind[:-1].rstrip())
    return value_type(cpp_std.element_of(written_type(code, array), code.source))


def _field(code: Code, node: Node) -> str:
    return value_type(written_type(code, node))


def _cast(code: Code, node: Node) -> str:
    kind = node.child("type")
    return "" if kind is None else value_type(canonical(kind.text))


def _update(code: Code, node: Node) -> str:
    operand = node.child("argument")
    return "" if operand is None else type_of(code, operand)


def _qualified(code: Code, node: Node) -> str:
    return cpp_std.SIZE if node.text in ("std::string::npos", "std::wstring::npos") else ""


_READERS = {
    "qualified_identifier": _qualified,
    "parenthesized_expression": _inside,
    "identifier": _identifier,
    "call": _call,
    "binary_expression": _binary,
    "unary_expression": _unary,
    "pointer_expression": _dereferenced,
    "array_access": _element,
    "field_access": _field,
    "cast_expression": _cast,
    "update_expression": _update,
}
