"""Arrays and collections of the JDK: what they hold, and which calls leave them as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.predicates.java_types import PRIMITIVE, field_type, type_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, callable_around

LISTS = frozenset({"List", "ArrayList", "LinkedList"})
COLLECTIONS = LISTS | frozenset(
    {"Collection", "Set", "HashSet", "LinkedHashSet", "TreeSet", "SortedSet", "NavigableSet"}
    | {"Queue", "Deque", "ArrayDeque", "PriorityQueue"}
)
MAPS = frozenset({"Map", "HashMap", "LinkedHashMap", "TreeMap", "SortedMap", "NavigableMap"})
_VIEWS = {"keySet": 0, "values": 1}
_HARMLESS_STATIC = frozenset(
    {"Math", "Character", "Integer", "Long", "Double", "Float", "Boolean", "String", "Objects"}
    | {"Byte", "Short", "System.out", "System.err"}
)
_HARMLESS_CLASSES = frozenset(
    {"String", "StringBuilder", "StringBuffer", "Pattern", "Integer", "Long", "Double", "Character"}
    | {"Boolean", "Matcher"}
)
_BY_CONTRACT = frozenset({"equals", "hashCode", "toString", "compareTo", "getClass", "getName"})
_READING = frozenset(
    {"contains", "containsKey", "get", "size", "isEmpty", "indexOf", "getKey", "getValue"}
)
_HARMLESS_MADE = ("StringBuilder", "StringBuffer", "String", "ArrayList", "HashMap", "HashSet")
_TYPES = frozenset(
    {"class_declaration", "interface_declaration", "enum_declaration", "record_declaration"}
    | {"annotation_type_declaration"}
)


@lru_cache(maxsize=8)
def imports(root: Node) -> frozenset[str]:
    """What the file imports by full name, static imports with `static ` before."""
    found: set[str] = set()
    for node in root.parts:
        if node.kind == "import_declaration":
            named = next((p for p in node.parts if p.kind != "asterisk"), None)
            everything = any(p.kind == "asterisk" for p in node.parts)
            if named is not None:
                lead = "static " if node.token("static") is not None else ""
                found.add(lead + named.text + (".*" if everything else ""))
    return frozenset(found)


@lru_cache(maxsize=8)
def _declared_types(root: Node) -> frozenset[str]:
    names = (n.child("name") for n in root.find(*_TYPES, "type_parameter"))
    own = {n.text for n in names if n is not None}
    parameters = (p for t in root.find("type_parameter") for p in t.find("type_identifier"))
    return frozenset(own | {p.text for p in parameters})


def is_imported(code: Code, full: str) -> bool:
    """Whether the simple name of that class means it in this file.

    `import java.util.*` counts where nothing else is imported by a star: that the file's own
    package has a class of that name too is not expected.
    """
    package, _, simple = full.rpartition(".")
    if simple in _declared_types(code.root):
        return False
    known = imports(code.root)
    if any(n.endswith("." + simple) for n in known if n != full and n[:7] != "static "):
        return False
    if package == "java.lang" or full in known:
        return True
    stars = [name for name in known if name.endswith(".*") and not name.startswith("static ")]
    usual = all(star.startswith(("java.util.", "java.io.", "java.nio.")) for star in stars)
    return usual and package + ".*" in stars


def split_type(written: str) -> tuple[str, tuple[str, ...]]:
    """`Map<K, List<V>>` as `Map` and its arguments."""
    base, opened, rest = written.partition("<")
    if not opened or not rest.endswith(">"):
        return written, ()
    arguments, depth, last = [], 0, 0
    inside = rest[:-1]
    for at, character in enumerate(inside):
        depth += (character == "<") - (character == ">")
        if character == "," and depth == 0:
            arguments.append(inside[last:at].strip())
            last = at + 1
    return base, (*arguments, inside[last:].strip())


def bound_of(argument: str) -> str:
    """The type of what comes out of a collection of that type argument."""
    if argument == "?":
        return "Object"
    if argument.startswith("? extends "):
        return argument.removeprefix("? extends ").strip()
    return "Object" if argument.startswith("? super ") else argument


def collection_of(code: Code, node: Node) -> tuple[str, str]:
    """(class, element type) of an expression that is an array or a collection of the JDK.

    The class is `[]` for an array; ("", "") where the file does not tell.
    """
    written = type_of(code, node)
    if written.endswith("[]"):
        return "[]", written[:-2]
    base, arguments = split_type(written)
    if base in COLLECTIONS and len(arguments) == 1 and is_imported(code, "java.util." + base):
        return base, bound_of(arguments[0])
    return _view(code, node)


def _view(code: Code, node: Node) -> tuple[str, str]:
    """`map.keySet()` and the like."""
    name, owner = node.child("name"), node.child("object")
    if node.kind != "call" or name is None or owner is None or name.text not in _VIEWS:
        return "", ""
    arguments = map_arguments(code, owner)
    if not arguments:
        return "", ""
    kind = "Set" if name.text == "keySet" else "Collection"
    return kind, bound_of(arguments[_VIEWS[name.text]])


def static_type(code: Code, node: Node) -> str:
    """The static type of an expression, also of what comes out of a list, map or map entry."""
    name, owner = node.child("name"), node.child("object")
    if node.kind != "call" or name is None or owner is None:
        return type_of(code, node)
    if name.text in ("append", "insert", "reverse"):
        of = static_type(code, owner)
        return of if of in ("StringBuilder", "StringBuffer") else ""
    if name.text in ("getKey", "getValue"):
        base, arguments = split_type(type_of(code, owner))
        if base in ("Map.Entry", "Entry") and len(arguments) == 2:
            return bound_of(arguments[name.text == "getValue"])
    if name.text == "get":
        arguments = map_arguments(code, owner)
        kind, element = collection_of(code, owner)
        if arguments or kind in LISTS:
            return bound_of(arguments[1]) if arguments else element
    return type_of(code, node)


def map_arguments(code: Code, node: Node) -> tuple[str, ...]:
    """The key and value types of an expression that is a map of the JDK, else ()."""
    base, arguments = split_type(type_of(code, node))
    known = base in MAPS and len(arguments) == 2 and is_imported(code, "java.util." + base)
    return arguments if known else ()


def risky_calls(code: Code, place: Node) -> Iterator[Node]:
    """Calls below `place` that may run code of which the file tells nothing, or change arrays."""
    for node in place.find("call", "object_creation_expression", "explicit_constructor_invocation"):
        if not _is_harmless(code, node):
            yield node


def _is_harmless(code: Code, node: Node) -> bool:
    if node.kind != "call":
        made = node.child("type")
        base = "" if made is None else made.text.split("<")[0]
        known = base in _HARMLESS_MADE or base.endswith(("Exception", "Error"))
        return known and not any(p.kind == "class_body" for p in node.parts)
    name, owner = node.child("name"), node.child("object")
    if name is None or owner is None:
        return False
    if name.text in _BY_CONTRACT:
        return True
    if owner.text in _HARMLESS_STATIC and code.lookup(owner.text, owner.start) is None:
        return not field_type(code, owner.text)
    base = split_type(static_type(code, owner))[0]
    if base in _HARMLESS_CLASSES:
        return name.text != "getChars"
    if base in COLLECTIONS | MAPS | {"Map.Entry", "Entry"}:
        return name.text in _READING or is_own_object(code, owner)
    return False


def is_own_object(code: Code, node: Node) -> bool:
    """Whether a local variable holds an object that this function made and nothing else has."""
    local = code.lookup(node.text, node.start) if node.kind == "identifier" else None
    if local is None or local.value is None or local.kind != "local":
        return False
    return _is_made(code, local.value) and all(
        _stays_here(code, use) for use in code.references(local) if use is not local.node
    )


def _is_made(code: Code, value: Node) -> bool:
    if value.kind == "object_creation_expression":
        made = value.child("type")
        given = value.child("arguments")
        base = "" if made is None else made.text.split("<")[0]
        plain = not any(p.kind == "class_body" for p in value.parts)
        return plain and base in COLLECTIONS | MAPS and given is not None
    if value.kind in ("array_creation_expression", "array_initializer"):
        return True
    name, owner = value.child("name"), value.child("object")
    if value.kind != "call" or name is None or owner is None:
        return False
    made_by_string = name.text in ("split", "toCharArray", "getBytes")
    return made_by_string and type_of(code, owner) == "String"


_LENDING = frozenset({"iterator", "listIterator", "subList", "keySet", "values", "entrySet"})


def _stays_here(code: Code, use: Node) -> bool:
    """Whether this use leaves the object to the function alone, until it returns."""
    above = use.parent
    if above is None or callable_around(use, code.function) is not code.function:
        return False
    if above.kind == "call":
        name = above.child("name")
        looped = above.parent is not None and above.parent.kind == "enhanced_for_statement"
        lent = name is None or (name.text in _LENDING and not looped)
        return use.field == "object" and not lent
    if above.kind == "array_access":
        return use.field == "array"
    if above.kind == "enhanced_for_statement":
        return use.field == "value"
    return above.kind in ("field_access", "return_statement")


def is_reference(kind: str) -> bool:
    return bool(kind) and kind not in PRIMITIVE


def is_never_assigned(code: Code, local: Local) -> bool:
    """Whether a lambda may use the variable: final in effect (JLS 4.12.4), initialised at once."""
    if local.kind == "local" and local.value is None:
        return False
    for use in code.references(local):
        above = use.parent
        if above is None or use is local.node:
            continue
        if above.kind == "update_expression" or (
            above.kind == "assignment_expression" and use.field == "left"
        ):
            return False
    return True


@lru_cache(maxsize=8)
def has_lambdas(root: Node) -> bool:
    """Whether the file surely is Java 8 or later."""
    used = any(True for _ in root.find("lambda_expression", "method_reference"))
    return used or any(name.startswith("java.util.stream.") for name in imports(root))
