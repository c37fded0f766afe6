"""Runs one compiled body on symbolic values, up to its next effect.

Moves, constants, jumps and branches on what is known are silent. Everything else stops the machine
with a `Request`: an effect to be compared with the other body's, an end, or a question whose answer
splits the proof in two. `resume` and `throw` go on with what the effect gave.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from . import operations as op
from .constants import FALSE, LASTI, NONE, NULL, SINGLETONS, TRUE, Const, constant
from .program import Program
from .values import PERHAPS, TRUTH, Fresh, Unknown, Value, World, replaced

MOST_SILENT = 5000

EFFECT, RETURNED, THROWN, ASK = "effect", "return", "exception", "ask"
DONE, TRUTHS, ITEMS, SENT, NEVER = ("done",), (True, False), ("item", "end"), ("sent", "end"), ()


class Request(NamedTuple):
    """`outcomes`: how an effect can end, besides an exception; `results`: how many values it gives.

    A question has the operands `(value,)` or `(value, singleton or value)`.
    """

    kind: str
    name: str
    detail: Hashable
    operands: tuple[Value, ...]
    outcomes: tuple[Any, ...] = DONE
    results: int = 0


class State:
    """Where a body is. `handled`: the exception that `sys.exc_info()` gives."""

    __slots__ = ("at", "handled", "joined", "keywords", "locals", "program", "request", "stack")

    def __init__(self, program: Program, slots: list[Value], handled: Value) -> None:
        self.program, self.locals, self.handled = program, slots, handled
        self.stack: list[Value] = []
        self.keywords: Hashable = ()
        self.at, self.joined = 0, False
        self.request: Request | None = None

    def copy(self) -> State:
        other = State(self.program, self.locals.copy(), self.handled)
        other.stack, other.at, other.joined = self.stack.copy(), self.at, self.joined
        other.request, other.keywords = self.request, self.keywords
        return other

    def replace(self, known: dict[Value, Value]) -> None:
        """Put other values in the place of some."""
        self.stack = [replaced(v, known) for v in self.stack]
        self.locals = [replaced(v, known) for v in self.locals]
        self.handled = replaced(self.handled, known)
        if self.request is not None:
            operands = tuple(replaced(v, known) for v in self.request.operands)
            self.request = self.request._replace(operands=operands)


_EVENTS = frozenset({op.EVENT, op.TEST, op.CALLABLE})
_YIELD = ("yield", None)
_TRUTH = frozenset({op.IF, op.IF_KEEP, op.NOT, op.BOOL})
_IDENTITY = frozenset({op.IS, op.IF_NONE})
_GIVING = frozenset({op.EVENT, op.FOLD, op.CALL, op.CALL_NAMED, op.UNPACK})

Facts = dict[tuple[Value, Value], bool]
Silent = Callable[[State, World, Any, int], "Request | None"]


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
        if kind in _SILENT:
            state.at = at + 1
            request = _SILENT[kind](state, world, step[1], step[2])
        elif kind in _IDENTITY:
            request = _identity(state, facts, kind, step[1])
        else:
            request = _effect(state, world, step)
        if request is not None:
            world.spend(count + 1)
            state.request = request
            return request
    raise Unknown("a long way without effect")


def resume(state: State, outcome: Any, given: Sequence[Value]) -> None:
    """Go on after the effect at `state.at` that ended with `outcome` and gave these values."""
    kind, argument, *_ = state.program.steps[state.at]
    state.request = None
    state.at += 1
    push = state.stack.append
    if kind in _GIVING:
        state.stack.extend(given)
    elif kind == op.CALLABLE:
        state.stack += (NULL, *given)
    elif kind in (op.TEST, op.BOOL):
        push(TRUE if outcome else FALSE)
    elif kind == op.NOT:
        push(FALSE if outcome else TRUE)
    elif kind in (op.IF, op.IF_KEEP):
        _branched(state, kind, argument, outcome)
    else:
        _looped(state, kind, argument, outcome, given)


def throw(state: State, error: Value) -> Request | None:
    """Raise `error` at the step the state is at: into its handler, or out of the body."""
    state.request = None
    handler = state.program.handlers[state.at]
    if handler is None:
        state.request = Request(THROWN, "", None, (error,), NEVER)
        return state.request
    target, depth, lasti = handler
    if state.program.steps[state.at][1] == _YIELD:
        state.stack.append(NONE)  # what the generator's caller sent when it threw
    if len(state.stack) < depth:
        raise Unknown("the model's stack is not the interpreter's")
    del state.stack[depth:]
    if lasti:
        state.stack.append(LASTI)
    state.stack.append(error)
    state.at = target
    state.keywords = ()
    return None


def _branched(state: State, kind: int, argument: Any, outcome: bool) -> None:
    """`state.at` is past the branch; IF_KEEP has left its value on the stack."""
    truth, target = argument
    if outcome == truth:
        state.at = target
    elif kind == op.IF_KEEP:
        state.stack.pop()


def _looped(state: State, kind: int, argument: Any, outcome: Any, given: Sequence[Value]) -> None:
    target, pops = argument
    if outcome != "end":
        state.stack.append(given[0])
        return
    state.at = target
    if pops:
        state.stack.pop()
    if kind == op.SEND:
        state.stack.append(given[0])


# --- effects ---


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
    if kind == op.LOAD:
        return _load(state, argument)
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
    table: dict[str, Callable[..., Any]] = _UNARY if len(values) == 1 else _BINARY  # type: ignore[assignment]
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


# --- identity ---


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


# --- silent steps ---


def _const(state: State, world: World, argument: Any, pops: int) -> None:
    state.stack.append(argument)


def _load(state: State, slot: int) -> Request | None:
    """An unbound local raises, with the name in the message."""
    name = state.program.slots[slot]
    return Request(EFFECT, "unbound local", name, (), NEVER)


def _load_bound(state: State, world: World, slot: int, pops: int) -> Request | None:
    value = state.locals[slot]
    if value is NULL:
        state.at -= 1
        return _load(state, slot)
    if isinstance(value, int) and world.kinds.get(value) == PERHAPS:
        state.at -= 1
        return Request(ASK, "bound", None, (value,))
    state.stack.append(value)
    return None


def _store(state: State, world: World, slot: int, pops: int) -> None:
    state.locals[slot] = state.stack.pop()


def _delete(state: State, world: World, slot: int, pops: int) -> Request | None:
    request = _load_bound(state, world, slot, pops)
    if request is None:
        state.stack.pop()
        state.locals[slot] = NULL
    return request


def _clear(state: State, world: World, slot: int, pops: int) -> None:
    state.stack.append(state.locals[slot])
    state.locals[slot] = NULL


def _cell(state: State, world: World, slot: int, pops: int) -> None:
    state.locals[slot] = Fresh("cell", (state.locals[slot],))


def _raw(state: State, world: World, slot: int, pops: int) -> None:
    state.stack.append(state.locals[slot])


def _pop(state: State, world: World, argument: Any, pops: int) -> None:
    state.stack.pop()


def _copy(state: State, world: World, depth: int, pops: int) -> None:
    state.stack.append(state.stack[-depth])


def _swap(state: State, world: World, depth: int, pops: int) -> None:
    stack = state.stack
    stack[-1], stack[-depth] = stack[-depth], stack[-1]


def _drop_second(state: State, world: World, argument: Any, pops: int) -> None:
    del state.stack[-2]


def _jump(state: State, world: World, target: int, pops: int) -> None:
    state.at = target


def _fresh(state: State, world: World, kind: str, pops: int) -> None:
    start = len(state.stack) - pops
    made = Fresh(kind, tuple(state.stack[start:]))
    if kind == "tuple" and not pops:
        state.stack.append(constant(()))
        return
    del state.stack[start:]
    state.stack.append(made)


def _keywords(state: State, world: World, names: Any, pops: int) -> None:
    state.keywords = names


def _enter_handler(state: State, world: World, argument: Any, pops: int) -> None:
    error = state.stack.pop()
    state.stack += (state.handled, error)
    state.handled = error


def _leave_handler(state: State, world: World, argument: Any, pops: int) -> None:
    state.handled = state.stack.pop()


def _nothing(state: State, world: World, argument: Any, pops: int) -> None:
    pass


_SILENT: dict[int, Silent] = {
    op.NOP: _nothing, op.CONST: _const, op.LOAD: _load_bound, op.STORE: _store,
    op.DELETE: _delete, op.CLEAR: _clear, op.CELL: _cell, op.RAW: _raw, op.POP: _pop,
    op.COPY: _copy, op.SWAP: _swap, op.DROP_SECOND: _drop_second, op.JUMP: _jump,
    op.FRESH: _fresh, op.KEYWORDS: _keywords, op.ENTER_HANDLER: _enter_handler,
    op.LEAVE_HANDLER: _leave_handler,
}  # fmt: skip
