"""Runs one compiled body on symbolic values, up to its next effect.

Moves, constants, jumps and branches on what is known are silent. Everything else stops the machine
with a `Request`: an effect to be compared with the other body's, an end, or a question whose answer
splits the proof in two. `resume` and `throw` of `state` go on with what the effect gave.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from . import operations as op
from .constants import FALSE, LASTI, NONE, NULL, SINGLETONS, TRUE, Const, constant
from .silent import SILENT
from .state import (
    ASK,
    DONE,
    EFFECT,
    ITEMS,
    NEVER,
    RETURNED,
    SENT,
    TRUTHS,
    Facts,
    Request,
    State,
    resume,
    throw,
)  # fmt: skip
from .values import TRUTH, Fresh, Unknown, Value, World

MOST_SILENT = 5000

_EVENTS = frozenset({op.EVENT, op.TEST, op.CALLABLE})
_TRUTH = frozenset({op.IF, op.IF_KEEP, op.NOT, op.BOOL})
_IDENTITY = frozenset({op.IS, op.IF_NONE})


def run(state: State, world: World, facts: Facts) -> Request:
    """Go on to the next effect, end or question, which is also left in `state.request`."""
    program = state.program
    steps, joins = program.steps, program.joins
    for count in range(MOST_SILENT):
        at = state.at
        if at in joins:
            state.joined = True
        step = steps[at]
        kind = step[0]
        if kind == op.CONST:  # the two most frequent steps
            state.stack.append(step[1])
            state.at = at + 1
            continue
        if kind == op.STORE:
            state.locals[step[1]] = state.stack.pop()
            state.at = at + 1
            continue
        if kind in SILENT:
            state.at = at + 1
            request = SILENT[kind](state, world, step[1], step[2])
        elif kind in _IDENTITY:
            request = _identity(state, facts, kind, step[1])
        else:
            request = _effect(state, world, step)
        if request is not None:
            world.spend(count + 1)
            state.request = request
            return request
    raise Unknown("a long way without effect")


def _effect(state: State, world: World, step: op.Step) -> Request | None:
    kind, argument, pops, results, peeks = step
    stack = state.stack
    if kind in _EVENTS:
        name, detail = argument
        size = len(stack)
        operands = tuple([stack[size - n] for n in peeks] if peeks else stack[size - pops :])
        if NULL in operands:
            operands = tuple(v for v in operands if v is not NULL)
        del stack[size - pops :]
        outcomes = TRUTHS if kind == op.TEST else DONE
        return Request(EFFECT, name, detail, operands, outcomes, results)
    if kind in _TRUTH:
        return _truth(state, world, kind, argument)
    if kind in (op.CALL, op.CALL_NAMED):
        return _call(state, kind, argument)
    if kind == op.FOLD:
        return _operation(state, argument, pops)
    if kind == op.UNPACK:
        return _unpack(state, argument)
    if kind == op.NEXT:
        return Request(EFFECT, "next", None, (stack[-1],), ITEMS, 1)
    if kind == op.SEND:
        sent = stack.pop()
        return Request(EFFECT, "send", None, (stack[-1], sent), SENT, 1)
    if kind == op.RAISE:
        operands = tuple(stack[len(stack) - argument :])
        return Request(EFFECT, "raise", argument, operands, NEVER)
    return _end(state, kind, argument)


def _end(state: State, kind: int, argument: Any) -> Request | None:
    if kind == op.RETURN:
        return Request(RETURNED, "", None, (state.stack[-1],), NEVER)
    if kind == op.RERAISE:
        return throw(state, state.stack.pop())
    raise Unknown(f"{argument} is not modelled")


def _truth(state: State, world: World, kind: int, argument: Any) -> Request | None:
    value = state.stack[-1]
    known = truth_of(value)
    if known is None and isinstance(value, int) and world.kind(value) == TRUTH:
        return Request(ASK, "truth", None, (value,))
    if kind != op.IF_KEEP:
        state.stack.pop()
    if known is None:
        return Request(EFFECT, "truth", None, (value,), TRUTHS)
    resume(state, known, ())
    return None


def truth_of(value: Value) -> bool | None:
    """The truth of a constant; None for what is not known."""
    if isinstance(value, Const) and value is not NULL and value is not LASTI:
        return bool(value.value)
    return None


def _call(state: State, kind: int, count: int) -> Request:
    """Operands: the callable and its arguments, a method's `self` as the first of them.

    Where there is no `self`, NULL lies before (3.11, 3.12) or behind the callable.
    """
    stack, names = state.stack, state.keywords
    if kind == op.CALL_NAMED:
        last = stack.pop()
        names = last.key if isinstance(last, Const) else ("?",)
    elif names:
        names = constant(names).key
    state.keywords = ()
    start = len(stack) - count - 2
    operands = tuple(v for v in stack[start:] if v is not NULL)
    del stack[start:]
    if state.locals and "super" in state.program.code.co_names:  # it looks at the first local
        operands = (*operands, state.locals[0])
    return Request(EFFECT, "call", names, operands, DONE, 1)


_UNARY: dict[str, Callable[[Any], Any]] = {"-": operator.neg, "+": operator.pos}
_BINARY: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "//": operator.floordiv,
    "%": operator.mod, "&": operator.and_, "|": operator.or_, "^": operator.xor,
    "<": operator.lt, "<=": operator.le, "==": operator.eq, "!=": operator.ne,
    ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_NUMBERS = (int, float, bool)
_SMALL = 1 << 64


def _operation(state: State, what: tuple[str, Any], pops: int) -> Request | None:
    operands = tuple(state.stack[len(state.stack) - pops :])
    del state.stack[len(state.stack) - pops :]
    folded = _folded(what[1], operands)
    if folded is None:
        return Request(EFFECT, what[0], what[1], operands, DONE, 1)
    state.stack.append(folded)
    state.at += 1
    return None


def _folded(symbol: str, operands: tuple[Value, ...]) -> Const | None:
    """The result for small exact numbers, where Python gives one; an error stays an effect."""
    values = []
    for each in operands:
        if not isinstance(each, Const) or type(each.value) not in _NUMBERS:
            return None
        value: Any = each.value
        if not -_SMALL < value < _SMALL:  # NaN too
            return None
        values.append(value)
    table: dict[str, Callable[..., Any]] = _UNARY if len(values) == 1 else _BINARY
    if symbol not in table:
        return None
    try:
        return constant(table[symbol](*values))
    except (ArithmeticError, TypeError, ValueError):
        return None


def _unpack(state: State, count: int) -> Request | None:
    value = state.stack.pop()
    if isinstance(value, Fresh) and value.kind in ("tuple", "list") and len(value.parts) == count:
        state.stack.extend(reversed(value.parts))
        state.at += 1
        return None
    return Request(EFFECT, "unpack", count, (value,), DONE, count)


def _identity(state: State, facts: Facts, kind: int, argument: Any) -> Request | None:
    stack = state.stack
    one, two = (stack[-2], stack[-1]) if kind == op.IS else (stack[-1], NONE)
    answer = _same(one, two, facts)
    if answer is None:
        return Request(ASK, "is", None, (one, two))
    state.at += 1
    if kind == op.IS:
        del stack[-2:]
        stack.append(TRUE if answer != bool(argument) else FALSE)
    else:
        stack.pop()
        jumps, target = argument
        if answer == jumps:
            state.at = target
    return None


def _same(one: Value, two: Value, facts: Facts) -> bool | None:
    """Whether both are one object; None where either may be so. Raises Unknown."""
    if isinstance(one, int) and one == two:
        return True
    lone = [v for v in (one, two) if v in SINGLETONS]
    for value in (one, two):
        if isinstance(value, Const) and value not in SINGLETONS and not lone:
            raise Unknown("the identity of a constant")
        if isinstance(value, Fresh) and not lone:
            raise Unknown("the identity of a new object")
    if not (isinstance(one, int) or isinstance(two, int)):
        return one == two
    return facts.get((one, two), facts.get((two, one)))
