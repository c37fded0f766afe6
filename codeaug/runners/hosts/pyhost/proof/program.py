"""A code object as a program of steps, ready to be run by `machine`."""

from __future__ import annotations

from collections import Counter
from types import CodeType

from .operations import IF, IF_KEEP, IF_NONE, JUMP, NEXT, SEND, UNKNOWN, Step, step
from .reading import Handler, Raw, docstring, read, slots
from .tables import Context, steps_of

_ENDS = frozenset({
    "JUMP_FORWARD", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "RETURN_VALUE", "RETURN_CONST",
    "RERAISE", "RAISE_VARARGS",
})  # fmt: skip
_LOOPS = frozenset({NEXT, SEND})
_AIMED = _LOOPS | {JUMP, IF, IF_NONE, IF_KEEP}


class Program:
    """`handlers[n]` handles what step n raises; `joins` are the steps that several ways lead to."""

    __slots__ = ("code", "first", "handlers", "joins", "lines", "slots", "steps")

    def __init__(self, code: CodeType) -> None:
        self.code, self.slots = code, slots(code)
        raws, table = read(code)
        context = Context(code.co_consts, code.co_names, self.slots)
        steps: list[Step] = []
        first: list[int] = []
        places: list[int] = []
        for number, raw in enumerate(raws):
            first.append(len(steps))
            context.target = raw.target
            made = steps_of(raw.name, context, raw.argument)
            if made is None or unordered(raws, number, code):
                made = (step(UNKNOWN, raw.name),)
            steps.extend(made)
            places.extend([number] * len(made))
        self.first, self.lines = first, [raws[n].offset for n in places]
        self.steps = [_aimed(s, raws, first) if s[0] in _AIMED else s for s in steps]
        by_raw = _by_instruction(table, len(raws), first)
        self.handlers = [by_raw[n] for n in places] if table else [None] * len(steps)
        self.joins = self._joins(raws, table)

    def _joins(self, raws: list[Raw], table: list[Handler]) -> frozenset[int]:
        ways = Counter(_beyond(raws, raw.target) for raw in raws if raw.target >= 0)
        ways.update(n + 1 for n, raw in enumerate(raws) if raw.name not in _ENDS)
        handled = {handler.target for handler in table}
        return frozenset(
            self.first[n] for n in ways.keys() | handled if n in handled or ways[n] > 1
        )

    def line(self, at: int) -> int:
        """The line of the file that step `at` comes from."""
        offset = self.lines[at] if at < len(self.lines) else 0
        for start, end, line in self.code.co_lines():
            if start <= offset < end and line:
                return line
        return self.code.co_firstlineno


def header(code: CodeType) -> tuple[object, ...]:
    """What is seen of a function without running it, default values and annotations excepted."""
    parameters = code.co_argcount + code.co_kwonlyargcount
    parameters += bool(code.co_flags & 4) + bool(code.co_flags & 8)
    return (
        code.co_name,
        code.co_qualname,
        code.co_argcount,
        code.co_posonlyargcount,
        code.co_kwonlyargcount,
        code.co_flags,
        code.co_varnames[:parameters],
        docstring(code),
    )


def _aimed(each: Step, raws: list[Raw], first: list[int]) -> Step:
    """The step with its target as a step's number instead of an instruction's."""
    kind, argument, pops, results, peeks = each
    if kind == JUMP:
        return (kind, first[argument], pops, results, peeks)
    if kind in _LOOPS:
        target, popping = argument
        return (kind, (first[_beyond(raws, target)], popping), pops, results, peeks)
    truth, target = argument
    return (kind, (truth, first[target]), pops, results, peeks)


def _beyond(raws: list[Raw], target: int) -> int:
    """Where the interpreter goes on at a loop's end: after its END_FOR."""
    return target + 1 if raws[target].name == "END_FOR" else target


def unordered(raws: list[Raw], number: int, code: CodeType) -> bool:
    """Whether this instruction loads a constant set for more than a membership test.

    Two sets of the same members may be run through in different orders.
    """
    raw = raws[number]
    return (
        raw.name in ("LOAD_CONST", "RETURN_CONST")
        and isinstance(code.co_consts[raw.argument], frozenset)
        and not (number + 1 < len(raws) and raws[number + 1].name == "CONTAINS_OP")
    )


def _by_instruction(
    table: list[Handler], size: int, first: list[int]
) -> list[tuple[int, int, bool] | None]:
    found: list[tuple[int, int, bool] | None] = [None] * size
    for handler in reversed(table):  # the first entry that covers an instruction counts
        place = (first[handler.target], handler.depth, handler.lasti)
        found[handler.start : handler.end] = [place] * (handler.end - handler.start)
    return found
