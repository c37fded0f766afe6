"""Another code object for a function that is loaded, seen by everyone who holds the function.

A function object is what others hold: under another name, in a class, a property, a closure, a
decorator's wrapper, a C-level cache. All of them run what its `__code__` says. A function within a
function is made anew at each call, from a constant of the outer one's code, which is replaced too.
"""

from __future__ import annotations

import gc
import operator
import os
import sys
from collections.abc import Collection, Iterator
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

from .resident_text import (
    Text,
    header,
    parsed,
    same_code,
    unit_codes,
    unit_node,
    with_nested,
)

KINDS = 0x20 | 0x80 | 0x100 | 0x200  # generator, coroutine, iterable coroutine, async generator
Place = tuple[str, int, str]


class Unready(Exception):
    """A swap would not be right; the message says why. Importing the changed text is."""


class Unit:
    """A loaded unit: its code, the functions that run it, those whose code holds it."""

    def __init__(self, file: str, node: Any, codes: list[CodeType]) -> None:
        self.file, self.header = file, header(node)
        *self.outer, self.code = codes
        self.functions: list[FunctionType] = []
        self.holders: list[FunctionType] = []

    def swap(self, new: CodeType) -> None:
        """Raises Unready."""
        if new.co_freevars != self.code.co_freevars:
            raise Unready("the unit uses other variables of the functions around it")
        if (new.co_flags ^ self.code.co_flags) & KINDS:
            raise Unready("the unit has become another kind of function")
        for function in self.functions:
            function.__code__ = new
        for function in self.holders:
            function.__code__ = _with_constant(function.__code__, self.code, new)


def file_of(path: str) -> str:
    """The name under which the loaded module knows its file `path`; "" when none is loaded.

    Raises Unready when there are several.
    """
    found = [
        str(name)
        for module in list(sys.modules.values())
        if isinstance(module, ModuleType)
        and isinstance(name := vars(module).get("__file__"), str)
        and name.endswith(os.path.basename(path))
        and os.path.realpath(name) == path
    ]
    if len(found) > 1:
        raise Unready("the file is imported under several names")
    return found[0] if found else ""


def find(file: str, text: Text, executed: Collection[Place], read: bool) -> Unit:
    """The unit of `text` in the loaded module of `file`.

    `executed` are the places of code that ran until now; `read`, whether source texts were looked
    at. Raises Unready.
    """
    unit, node = _described(file, text)
    if place(unit.code) in executed:
        raise Unready("the unit runs while the tests are collected")
    if read and node.decorator_list:
        raise Unready("decorators look at source texts")
    _search(unit)
    return unit


def find_to_call(file: str, text: Text) -> Unit:
    """The unit as `find` finds it, for whoever calls it himself: what ran before is no matter.

    Raises Unready.
    """
    unit, _ = _described(file, text)
    gc.unfreeze()
    try:
        _search_functions(unit)
    finally:
        gc.freeze()
    return unit


def _described(file: str, text: Text) -> tuple[Unit, Any]:
    tree = parsed(text.source)
    node = unit_node(tree, text)
    if node is None:
        raise Unready("the unit is not found in its file")
    codes = unit_codes(compile(tree, file, "exec", dont_inherit=True), node)
    if not codes:
        raise Unready("the unit has no code of its own")
    return Unit(file, node, codes), node


def place(code: CodeType) -> Place:
    return code.co_filename, code.co_firstlineno, code.co_name


def _search(unit: Unit) -> None:
    gc.unfreeze()
    try:
        _search_functions(unit)
        codes = {id(f.__code__): f.__code__ for f in (*unit.functions, *unit.holders)}
        _refuse_other_holders(list(codes.values()))
    finally:
        gc.freeze()


def _search_functions(unit: Unit) -> None:
    functions = [
        f
        for f in gc.get_objects()
        if type(f) is FunctionType and f.__code__.co_filename == unit.file
    ]
    unit.functions = [f for f in functions if same_code(f.__code__, unit.code)]
    unit.holders = [f for f in functions if any(same_code(f.__code__, o) for o in unit.outer)]
    if not unit.functions and not unit.holders:
        raise Unready("no function with the unit's code is loaded")


def _refuse_other_holders(codes: list[CodeType]) -> None:
    """Code that something else than functions holds may run in a way that we cannot see."""
    for holder in gc.get_referrers(*codes):
        if holder is codes or isinstance(holder, FunctionType) or _is_ours(holder, codes):
            continue
        raise Unready(f"the unit's code is held by a {type(holder).__name__}")


def _is_ours(holder: Any, codes: list[CodeType]) -> bool:
    """The constants of a function's code; frames, dictionaries and arguments of this module."""
    if isinstance(holder, tuple):
        asked = len(holder) == len(codes) and all(map(operator.is_, holder, codes))
        constants = (code.co_consts for outer in codes for code in with_nested(outer))
        return asked or any(holder is known for known in constants)
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        if holder is frame:
            return True
        frame = frame.f_back
    return isinstance(holder, dict) and set(holder) == {id(code) for code in codes}


def _with_constant(code: CodeType, old: CodeType, new: CodeType) -> CodeType:
    return code.replace(co_consts=tuple(_replaced(code.co_consts, old, new)))


def _replaced(constants: Any, old: CodeType, new: CodeType) -> Iterator[Any]:
    for constant in constants:
        if not isinstance(constant, CodeType):
            yield constant
        elif same_code(constant, old):
            yield new
        else:
            yield _with_constant(constant, old, new)
