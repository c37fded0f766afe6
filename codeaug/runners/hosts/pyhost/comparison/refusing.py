"""What a class refuses to hold, by the code of its methods, and what it takes, by their words."""

from __future__ import annotations

import dis
import re
from collections.abc import Iterator
from types import FunctionType

BETWEEN = 12  # instructions from a field to the question
_NONE = re.compile(r"\b(?:may|can|might)\s+(?:also\s+)?(?:be|hold|have)\s+None\b")
MESSAGE = 40  # instructions of one that is raised


def refused_twice(cls: type) -> list[str]:
    """Fields whose mapping a method looks through for a value, and raises where it is there:
    `if number in self.taken.values(): raise ...`. No two keys have the same value then."""
    methods = [
        value
        for each in cls.__mro__[:-1]
        for value in vars(each).values()
        if type(value) is FunctionType
    ]
    return sorted({field for method in methods for field in _refused(method)})


def may_hold_none(cls: type) -> bool:
    """Whether the docstrings of a class or its methods say so."""
    said = [each for base in cls.__mro__[:-1] for each in (base, *vars(base).values())]
    words = (each.__doc__ for each in said if isinstance(each, (type, FunctionType)))
    return any(_NONE.search(each) for each in words if isinstance(each, str))


def _refused(method: FunctionType) -> Iterator[str]:
    steps = list(dis.get_instructions(method))
    for number, step in enumerate(steps):
        if step.opname != "CONTAINS_OP" or step.arg or not _raises(steps[number + 1 :]):
            continue
        before = steps[max(0, number - BETWEEN) : number]
        for one, other in zip(before, before[1:]):
            if one.opname == "LOAD_ATTR" and other.argval == "values":
                yield str(one.argval)


def _raises(steps: list[dis.Instruction]) -> bool:
    """Whether nothing is done after a condition but to raise."""
    for step in steps[1:MESSAGE] if steps and "JUMP" in steps[0].opname else ():
        if step.opname == "RAISE_VARARGS":
            return True
        if "JUMP" in step.opname or step.opname.startswith(("STORE", "RETURN")):
            return False
    return False
