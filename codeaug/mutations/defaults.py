"""The values that stand for nothing: what an emptied function of some result type returns."""

from __future__ import annotations

import re

from codeaug.mutations.body import Body
from codeaug.predicates.braces import return_type
from codeaug.predicates.cpp_types import FLOATING, INTEGRAL
from codeaug.predicates.java_types import PRIMITIVE

_JAVA = {
    "String": ('""',),
    "CharSequence": ('""',),
    "Boolean": ("false", "true"),
    "Integer": ("0",),
    "Long": ("0L",),
    "Double": ("0.0",),
    "Float": ("0f",),
}
_JAVA_EMPTY = {
    "Optional": "java.util.Optional.empty()",
    "List": "java.util.Collections.emptyList()",
    "Collection": "java.util.Collections.emptyList()",
    "Set": "java.util.Collections.emptySet()",
    "Map": "java.util.Collections.emptyMap()",
    "Iterator": "java.util.Collections.emptyIterator()",
}
_ARRAYS = re.compile(r"(?:byte|short|char|int|long|float|double|boolean|String|Object)\[\]")
_PYTHON = {
    "bool": ("False", "True"),
    "int": ("0",),
    "float": ("0.0",),
    "str": ("''",),
    "bytes": ("b''",),
    "list": ("[]",),
    "List": ("[]",),
    "dict": ("{}",),
    "Dict": ("{}",),
    "tuple": ("()",),
    "set": ("set()",),
}
_PLAIN_NAME = re.compile(r"(?:typename )?(?:\w+(?:<.*>)?::)*\w+(?:<.*>)?\Z", re.DOTALL)


def defaults(body: Body) -> tuple[str, ...] | None:
    """What the function may return instead, likeliest to be noticed last; () where it returns
    nothing, None where its result's type has no value that is known to compile."""
    return {"python": _python, "java": _java, "cpp": _cpp}[body.language](body)


def _python(body: Body) -> tuple[str, ...] | None:
    written = body.function.child("return_type")
    name = "" if written is None else written.text.split("[")[0].rsplit(".", 1)[-1]
    values = any(r.parts for r in body.find("return_statement"))
    return _PYTHON.get(name) or (("None",) if values else ())


def _java(body: Body) -> tuple[str, ...] | None:
    kind = return_type(body.code)
    if kind in ("", "void"):
        return ()
    if kind == "boolean":
        return ("false", "true")
    if kind in PRIMITIVE:
        return ("0",)
    plain = kind.split("<")[0].rsplit(".", 1)[-1]
    if plain in _JAVA_EMPTY and "[]" not in kind:
        known = re.search(rb"\bimport\s+java\.util\.(?:\*|%s)\s*;" % plain.encode(), body.source)
        return (_JAVA_EMPTY[plain],) if known else ("null",)
    if _ARRAYS.fullmatch(kind):
        return (f"new {kind[:-1]}0]",)
    return _JAVA.get(kind, ("null",))


def _cpp(body: Body) -> tuple[str, ...] | None:
    function = body.function
    if function.child("type") is None:
        return None if next(function.find("operator_cast"), None) else ()
    kind = return_type(body.code).removeprefix("const ").strip()
    if kind == "void":
        return ()
    if kind == "bool":
        return ("false", "true")
    if kind in INTEGRAL or kind in FLOATING:
        return ("0",)
    if kind.endswith("*"):
        return ("nullptr" if b"nullptr" in body.source else "0",)
    kind = re.sub(r"\A(?:struct|class|enum) ", "", kind)
    if not _PLAIN_NAME.match(kind) or kind == "auto":
        return None
    return (f"{kind}()",) if _is_made_empty(body, kind) else None


def _is_made_empty(body: Body, kind: str) -> bool:
    """Whether no constructor in the file says that a class needs arguments. By text: macros beside
    a class's name often hide it from the parser."""
    name = re.escape(kind.split("<")[0].rsplit("::", 1)[-1]).encode()
    declared = rb"^[ \t]*(?:explicit |constexpr |inline )*%s\s*\(([^()]*)\)\s*[:{;=]" % name
    given = [match.group(1) for match in re.finditer(declared, body.source, re.MULTILINE)]
    return not given or any(all(b"=" in p for p in g.split(b",") if p.strip()) for g in given)
