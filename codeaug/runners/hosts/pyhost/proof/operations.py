"""What one step of a compiled body does, whatever the interpreter's version calls it.

A step is a tuple `(kind, argument, pops, results, peeks)`. For `EVENT` the argument is
`(name, detail)`; its operands are the `pops` topmost values, or those at `peeks` (counted from the
top, 1 is the top) where some of them stay on the stack; `results` new values are pushed.
"""

from __future__ import annotations

from typing import Any

Step = tuple[int, Any, int, int, "tuple[int, ...] | None"]

(
    NOP,
    CONST,  # argument: a Const, or a code object
    LOAD,  # argument: number of the local
    STORE,
    DELETE,
    CLEAR,  # load and unbind: where a comprehension is inlined
    CELL,  # put the local into a cell
    RAW,  # load what lies in the slot, a cell
    POP,
    COPY,
    SWAP,
    DROP_SECOND,
    JUMP,  # argument: the step to go to
    IF,  # argument: (the truth that jumps, step)
    IF_NONE,  # argument: (whether None jumps, step)
    IF_KEEP,  # argument: (the truth that jumps and keeps the value, step)
    NOT,
    BOOL,
    IS,  # argument: whether the answer is turned round
    FRESH,  # argument: kind of the new object; pops: its parts
    CALL,  # argument: number of arguments; the keywords' names come with KEYWORDS or on the stack
    KEYWORDS,
    CALL_NAMED,
    UNPACK,
    FOLD,  # an operation of constants that the compiler would do as well: (name, detail)
    EVENT,
    TEST,  # an event that answers True or False
    NEXT,  # argument: (step at the end, whether the iterator is popped there)
    SEND,  # argument: (step when it returned, whether the receiver is popped there)
    CALLABLE,  # an event whose result is about to be called
    RETURN,
    RAISE,
    RERAISE,
    ENTER_HANDLER,
    LEAVE_HANDLER,
    UNKNOWN,  # argument: the operation's name
) = range(36)

NO_STEP: Step = (NOP, None, 0, 0, None)


def step(kind: int, argument: Any = None, pops: int = 0, results: int = 0) -> Step:
    return (kind, argument, pops, results, None)


def event(name: str, detail: Any, pops: int, results: int) -> Step:
    return (EVENT, (name, detail), pops, results, None)


def peeking(name: str, detail: Any, peeks: tuple[int, ...], pops: int, results: int) -> Step:
    return (EVENT, (name, detail), pops, results, peeks)


def asking(name: str, detail: Any, pops: int, peeks: tuple[int, ...] = ()) -> Step:
    return (TEST, (name, detail), pops, 1, peeks)
