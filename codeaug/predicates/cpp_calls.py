"""What the functions that C++ code calls do with what they are given."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.predicates import cpp, cpp_std
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code

_CASTS = ("static_cast", "const_cast", "reinterpret_cast", "dynamic_cast")


def takes_value(code: Code, argument: Node) -> bool:
    """Whether the call takes that argument by value or as a constant, by every declaration of a
    function of that name that the file and the repository's classes have."""
    listed = argument.parent
    call = None if listed is None else listed.parent
    called = None if call is None or call.kind != "call" else call.child("function")
    if listed is None or call is None or called is None:
        return False
    if called.kind == "primitive_type":
        return True
    name = called.child("name") if called.kind == "template_function" else None
    if name is not None and name.text in _CASTS:
        given = called.child("arguments")
        return given is not None and "&" not in given.text
    if called.kind not in ("identifier", "field_access", "qualified_identifier"):
        return False
    function, number = cpp.callee(call), listed.parts.index(argument)
    if code.lookup(function, call.start) is not None:
        return False
    found = [*_of_file(code.root).get(function, ()), *_of_members(code, function)]
    if not found:
        return cpp_std.takes_values(called.text)
    return all(_is_value(parameters, number) for parameters in found)


@lru_cache(maxsize=8)
def _of_file(root: Node) -> dict[str, list[str]]:
    """The parameters of every function that a file declares, by its simple name."""
    table: dict[str, list[str]] = {}
    for declared in root.find("function_declarator"):
        name, given = declared.child("declarator"), declared.child("parameters")
        while name is not None and name.kind == "qualified_identifier":
            name = name.child("name")
        if name is not None and given is not None:
            table.setdefault(name.text, []).append(given.text)
    return table


def _of_members(code: Code, function: str) -> Iterator[str]:
    suffix = f".{function}(?)"
    return (given for key, given in code.members.items() if key.endswith(suffix))


def _is_value(parameters: str, number: int) -> bool:
    """Whether the parameter of that number, in `(int n, const T &value)`, is no open reference.

    "" stands for parameters that are not known.
    """
    each = list(_split(parameters[1:-1]))
    if not parameters or number >= len(each):
        return bool(each) and each[-1].strip() == "..."
    written = each[number].strip()
    constant = written.startswith("const ") and "&&" not in written
    return written != "..." and (constant or "&" not in written)


def _split(text: str) -> Iterator[str]:
    """The parts between the commas that stand in no brackets."""
    depth = start = 0
    for place, mark in enumerate(text):
        depth += {"<": 1, "(": 1, "{": 1, ">": -1, ")": -1, "}": -1}.get(mark, 0)
        if mark == "," and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]
