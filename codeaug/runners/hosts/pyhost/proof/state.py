"""Where a body is while it is run on symbolic values, and how it goes on after an effect."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, NamedTuple

from . import operations as op
from .constants import FALSE, LASTI, NONE, NULL, TRUE
from .program import Program
from .values import Unknown, Value, replaced

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


_YIELD = ("yield", None)
_GIVING = frozenset({op.EVENT, op.FOLD, op.CALL, op.CALL_NAMED, op.UNPACK})

Facts = dict[tuple[Value, Value], bool]


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
