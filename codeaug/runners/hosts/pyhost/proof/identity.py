"""Code objects that are the same but for line numbers.

Compared: the header (name, parameters, flags, docstring), the names of all variables, every
instruction with the constant that it refers to, and the exception table; nested code objects alike.
The tables of names and the layout of the instructions are compared as they are: where they differ
though the meaning is the same, `lockstep` is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType

from .constants import Key, key
from .program import header, unordered
from .reading import read

OfCode = Callable[[CodeType], Key]


def whole(code: CodeType) -> Key:
    """Equal for two code objects that do the same by the same instructions."""
    return shape(code, whole)


def shape(code: CodeType, of_code: OfCode) -> Key:
    """As `whole`, where `of_code` answers for the nested code objects."""
    if any(isinstance(each, frozenset) for each in code.co_consts):
        raws, _ = read(code)
        if any(unordered(raws, number, code) for number in range(len(raws))):
            return (object(),)  # equal to nothing
    return (
        header(code),
        code.co_code,
        code.co_names,
        code.co_varnames,
        code.co_cellvars,
        code.co_freevars,
        code.co_exceptiontable,
        tuple(key(constant, of_code) for constant in code.co_consts),
    )
