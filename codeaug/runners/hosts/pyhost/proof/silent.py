"""The steps that nothing outside can see: moves between the stack and the locals, jumps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import operations as op
from .constants import NULL, constant
from .state import ASK, EFFECT, NEVER, Request, State
from .values import PERHAPS, Fresh, World

Silent = Callable[[State, World, Any, int], "Request | None"]


def _const(state: State, world: World, argument: Any, pops: int) -> None:
    state.stack.append(argument)


def _load_bound(state: State, world: World, slot: int, pops: int) -> Request | None:
    value = state.locals[slot]
    if value is NULL:
        state.at -= 1
        name = state.program.slots[slot]  # the message shows it
        return Request(EFFECT, "unbound local", name, (), NEVER)
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


SILENT: dict[int, Silent] = {
    op.NOP: _nothing, op.CONST: _const, op.LOAD: _load_bound, op.STORE: _store,
    op.DELETE: _delete, op.CLEAR: _clear, op.CELL: _cell, op.RAW: _raw, op.POP: _pop,
    op.COPY: _copy, op.SWAP: _swap, op.DROP_SECOND: _drop_second, op.JUMP: _jump,
    op.FRESH: _fresh, op.KEYWORDS: _keywords, op.ENTER_HANDLER: _enter_handler,
    op.LEAVE_HANDLER: _leave_handler,
}  # fmt: skip
