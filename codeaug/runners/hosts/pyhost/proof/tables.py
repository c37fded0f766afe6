"""What each instruction of CPython 3.11, 3.12 and 3.13 does, in steps of `operations`.

Written from Python/bytecodes.c and Python/ceval.c of these versions. `steps_of` gives None for an
instruction that has no row, and a version that has no table has no rows at all: both are unknown
to the proof. What a row leaves out: `RESUME`, `PRECALL`, `CACHE` have no effect that code can see.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable

from . import operations as op
from .constants import ASSERTION_ERROR, NONE, NULL, constant
from .operations import Step, asking, event, peeking, step

VERSION = sys.version_info[:2]
SUPPORTED = ((3, 11), (3, 12), (3, 13))
NEWER, NEWEST = VERSION >= (3, 12), VERSION >= (3, 13)

Row = Callable[["Context", int], tuple[Step, ...]]


class Context:
    """What an instruction's argument refers to: the code object's tables and its jumps' target."""

    __slots__ = ("consts", "names", "slots", "target")

    def __init__(self, consts: tuple[object, ...], names: tuple[str, ...], slots: list[str]):
        self.consts, self.names, self.slots, self.target = consts, names, slots, -1


def steps_of(name: str, context: Context, argument: int) -> tuple[Step, ...] | None:
    """The steps of one instruction; None where this version's table has no row for it."""
    if name in _FIXED:
        return _FIXED[name]
    row = _ROWS.get(name)
    return row(context, argument) if row is not None else None


def _load_const(c: Context, i: int) -> tuple[Step, ...]:
    value = c.consts[i]
    return (step(op.CONST, value if hasattr(value, "co_code") else constant(value)),)


def _load_global(c: Context, i: int) -> tuple[Step, ...]:
    load = event("global", c.names[i >> 1], 0, 1)
    if not i & 1:
        return (load,)
    null = step(op.CONST, NULL)
    return (load, null) if NEWEST else (null, load)


def _load_attribute(c: Context, i: int) -> tuple[Step, ...]:
    if not NEWER:
        return (event("attribute", c.names[i], 1, 1),)
    if i & 1:
        return ((op.CALLABLE, ("attribute", c.names[i >> 1]), 1, 1, None),)
    return (event("attribute", c.names[i >> 1], 1, 1),)


def _load_super(c: Context, i: int) -> tuple[Step, ...]:
    # Without the second bit `super()` had no arguments; what is called is the same.
    kind = op.CALLABLE if i & 1 else op.EVENT
    return ((kind, ("super attribute", (c.names[i >> 2], i & 2)), 3, 1, None),)


def _compare(c: Context, i: int) -> tuple[Step, ...]:
    name = dis.cmp_op[i >> 5 if NEWEST else i >> 4 if NEWER else i]
    compare = (op.FOLD, ("compare", name), 2, 1, None)
    return (compare, step(op.BOOL)) if NEWEST and i & 16 else (compare,)


def _make_function(c: Context, i: int) -> tuple[Step, ...]:
    parts = 1 if NEWEST else 1 + bin(i).count("1")
    return (event("make function", 0 if NEWEST else i, parts, 1),)


def _call_unpacked(c: Context, i: int) -> tuple[Step, ...]:
    return (event("call unpacked", i & 1, 3 + (i & 1), 1),)


def _format(c: Context, i: int) -> tuple[Step, ...]:
    return (event("format", i, 2 if i & 4 else 1, 1),)


def _branch(truth: bool) -> Row:
    return lambda c, i: (step(op.IF, (truth, c.target)),)


def _none_branch(jumps: bool) -> Row:
    return lambda c, i: (step(op.IF_NONE, (jumps, c.target)),)


def _keeping_branch(truth: bool) -> Row:
    return lambda c, i: (step(op.IF_KEEP, (truth, c.target)),)


def _named(name: str, pops: int, results: int) -> Row:
    return lambda c, i: (event(name, c.names[i], pops, results),)


def _slot(kind: int) -> Row:
    return lambda c, i: (step(kind, i),)


def _cell_event(name: str, pops: int, results: int) -> Row:
    """The cell is an operand; its name too, which the message for an empty cell shows."""
    return lambda c, i: (step(op.RAW, i), event(name, c.slots[i], pops + 1, results))


def _store_cell(c: Context, i: int) -> tuple[Step, ...]:
    return (step(op.RAW, i), event("store cell", None, 2, 0))


def _into(name: str) -> Row:
    """Takes the top value into a collection that lies `i` below it."""
    return lambda c, i: (peeking(name, None, (i + 1, 1), 1, 0),)


def _counted(kind: int) -> Row:
    return lambda c, i: (step(kind, i),)


def _fresh(kind: str) -> Row:
    return lambda c, i: (step(op.FRESH, kind, i),)


def _two(first: int, second: int) -> Row:
    return lambda c, i: (step(first, i >> 4), step(second, i & 15))


def _jump(c: Context, i: int) -> tuple[Step, ...]:
    return (step(op.JUMP, c.target),)


def _unary(symbol: str) -> tuple[Step, ...]:
    return ((op.FOLD, ("unary", symbol), 1, 1, None),)


_FIXED: dict[str, tuple[Step, ...]] = {
    "NOP": (op.NO_STEP,),
    "RESUME": (op.NO_STEP,),
    "PRECALL": (op.NO_STEP,),
    "COPY_FREE_VARS": (op.NO_STEP,),  # the machine starts with them
    "POP_TOP": (step(op.POP),),
    "PUSH_NULL": (step(op.CONST, NULL),),
    "LOAD_ASSERTION_ERROR": (step(op.CONST, ASSERTION_ERROR),),
    "RETURN_GENERATOR": (step(op.CONST, NONE),),  # popped at once, when the generator is started
    "UNARY_POSITIVE": _unary("+"),
    "UNARY_NEGATIVE": _unary("-"),
    "UNARY_INVERT": _unary("~"),
    "UNARY_NOT": (step(op.NOT),),
    "TO_BOOL": (step(op.BOOL),),
    "BINARY_SUBSCR": (event("subscript", None, 2, 1),),
    "BINARY_SLICE": (event("slice", None, 3, 1),),
    "STORE_SUBSCR": (event("store subscript", None, 3, 0),),
    "STORE_SLICE": (event("store slice", None, 4, 0),),
    "DELETE_SUBSCR": (event("delete subscript", None, 2, 0),),
    "GET_ITER": (event("iterate", None, 1, 1),),
    "GET_YIELD_FROM_ITER": (event("iterate to yield", None, 1, 1),),
    "GET_AITER": (event("iterate asynchronously", None, 1, 1),),
    "GET_ANEXT": (peeking("next awaitable", None, (1,), 0, 1),),
    "END_ASYNC_FOR": (event("end asynchronous for", None, 2, 0),),
    "END_SEND": (step(op.DROP_SECOND),),
    "CLEANUP_THROW": (event("throw", None, 3, 2),),
    "ASYNC_GEN_WRAP": (event("intrinsic", 4, 1, 1),),
    "PREP_RERAISE_STAR": (event("prepare groups", None, 2, 1),),
    "YIELD_VALUE": (event("yield", None, 1, 1),),
    "GET_LEN": (peeking("length", None, (1,), 0, 1),),
    "MATCH_MAPPING": (asking("is a mapping", None, 0, (1,)),),
    "MATCH_SEQUENCE": (asking("is a sequence", None, 0, (1,)),),
    "MATCH_KEYS": (peeking("match keys", None, (2, 1), 0, 1),),
    "LIST_TO_TUPLE": (event("intrinsic", 6, 1, 1),),
    "LOAD_BUILD_CLASS": (event("build class", None, 0, 1),),
    "LOAD_LOCALS": (event("locals of the class", None, 0, 1),),
    "SETUP_ANNOTATIONS": (event("annotations", None, 0, 0),),
    "BEFORE_WITH": (event("enter", None, 1, 2),),
    "BEFORE_ASYNC_WITH": (event("enter asynchronously", None, 1, 2),),
    "WITH_EXCEPT_START": (peeking("exit", None, (4, 1), 0, 1),),
    "PUSH_EXC_INFO": (step(op.ENTER_HANDLER),),
    "POP_EXCEPT": (step(op.LEAVE_HANDLER),),
    "CHECK_EXC_MATCH": (asking("catches", None, 1, (2, 1)),),
    "CHECK_EG_MATCH": (event("catches of group", None, 2, 2),),
    "FORMAT_SIMPLE": (event("format", 0, 1, 1),),
    "FORMAT_WITH_SPEC": (event("format", 4, 2, 1),),
    "RETURN_VALUE": (step(op.RETURN),),
    "RERAISE": (step(op.RERAISE),),
}

_ROWS: dict[str, Row] = {
    "LOAD_CONST": _load_const,
    "RETURN_CONST": lambda c, i: (*_load_const(c, i), step(op.RETURN)),
    "LOAD_FAST": _slot(op.LOAD),
    "LOAD_FAST_CHECK": _slot(op.LOAD),
    "STORE_FAST": _slot(op.STORE),
    "DELETE_FAST": _slot(op.DELETE),
    "LOAD_FAST_AND_CLEAR": _slot(op.CLEAR),
    "LOAD_FAST_LOAD_FAST": _two(op.LOAD, op.LOAD),
    "STORE_FAST_LOAD_FAST": _two(op.STORE, op.LOAD),
    "STORE_FAST_STORE_FAST": _two(op.STORE, op.STORE),
    "MAKE_CELL": _slot(op.CELL),
    "LOAD_CLOSURE": _slot(op.RAW),
    "LOAD_DEREF": _cell_event("cell", 0, 1),
    "STORE_DEREF": _store_cell,
    "DELETE_DEREF": _cell_event("delete cell", 0, 0),
    "LOAD_CLASSDEREF": _cell_event("cell in class", 0, 1),
    "LOAD_FROM_DICT_OR_DEREF": _cell_event("cell in class", 1, 1),
    "LOAD_FROM_DICT_OR_GLOBALS": _named("global in class", 1, 1),
    "LOAD_GLOBAL": _load_global,
    "STORE_GLOBAL": _named("store global", 1, 0),
    "DELETE_GLOBAL": _named("delete global", 0, 0),
    "LOAD_NAME": _named("name", 0, 1),
    "STORE_NAME": _named("store name", 1, 0),
    "DELETE_NAME": _named("delete name", 0, 0),
    "LOAD_ATTR": _load_attribute,
    "LOAD_METHOD": lambda c, i: ((op.CALLABLE, ("attribute", c.names[i]), 1, 1, None),),
    "LOAD_SUPER_ATTR": _load_super,
    "STORE_ATTR": _named("store attribute", 2, 0),
    "DELETE_ATTR": _named("delete attribute", 1, 0),
    "IMPORT_NAME": _named("import", 2, 1),
    "IMPORT_FROM": lambda c, i: (peeking("import from", c.names[i], (1,), 0, 1),),
    "COPY": _counted(op.COPY),
    "SWAP": _counted(op.SWAP),
    "JUMP_FORWARD": _jump,
    "JUMP_BACKWARD": _jump,
    "JUMP_BACKWARD_NO_INTERRUPT": _jump,
    "POP_JUMP_IF_TRUE": _branch(True),
    "POP_JUMP_IF_FALSE": _branch(False),
    "POP_JUMP_FORWARD_IF_TRUE": _branch(True),
    "POP_JUMP_FORWARD_IF_FALSE": _branch(False),
    "POP_JUMP_BACKWARD_IF_TRUE": _branch(True),
    "POP_JUMP_BACKWARD_IF_FALSE": _branch(False),
    "POP_JUMP_IF_NONE": _none_branch(True),
    "POP_JUMP_IF_NOT_NONE": _none_branch(False),
    "POP_JUMP_FORWARD_IF_NONE": _none_branch(True),
    "POP_JUMP_FORWARD_IF_NOT_NONE": _none_branch(False),
    "POP_JUMP_BACKWARD_IF_NONE": _none_branch(True),
    "POP_JUMP_BACKWARD_IF_NOT_NONE": _none_branch(False),
    "JUMP_IF_TRUE_OR_POP": _keeping_branch(True),
    "JUMP_IF_FALSE_OR_POP": _keeping_branch(False),
    "FOR_ITER": lambda c, i: (step(op.NEXT, (c.target, not NEWEST)),),
    "SEND": lambda c, i: (step(op.SEND, (c.target, not NEWER)),),
    "IS_OP": _counted(op.IS),
    "CONTAINS_OP": lambda c, i: (asking("contains", None, 2), *((step(op.NOT),) if i else ())),
    "COMPARE_OP": _compare,
    # `dis` has the operators' names for itself alone
    "BINARY_OP": lambda c, i: ((op.FOLD, ("binary", dis._nb_ops[i][1]), 2, 1, None),),  # type: ignore[attr-defined]
    "BUILD_TUPLE": _fresh("tuple"),
    "BUILD_LIST": _fresh("list"),
    "BUILD_SLICE": _fresh("slice"),
    "BUILD_STRING": _fresh("string"),
    "BUILD_SET": lambda c, i: (event("set", None, i, 1),),
    "BUILD_MAP": lambda c, i: (event("dict", None, 2 * i, 1),),
    "BUILD_CONST_KEY_MAP": lambda c, i: (event("dict of keys", None, i + 1, 1),),
    "LIST_APPEND": _into("append"),
    "LIST_EXTEND": _into("extend"),
    "SET_ADD": _into("add"),
    "SET_UPDATE": _into("update set"),
    "DICT_UPDATE": _into("update"),
    "DICT_MERGE": _into("merge"),
    "MAP_ADD": lambda c, i: (peeking("put", None, (i + 2, 2, 1), 2, 0),),
    "UNPACK_SEQUENCE": _counted(op.UNPACK),
    "UNPACK_EX": lambda c, i: (event("unpack rest", i, 1, (i & 255) + (i >> 8) + 1),),
    "FORMAT_VALUE": _format,
    "CONVERT_VALUE": lambda c, i: (event("convert", i, 1, 1),),
    "MAKE_FUNCTION": _make_function,
    "SET_FUNCTION_ATTRIBUTE": lambda c, i: (peeking("function's", i, (1, 2), 2, 1),),
    "KW_NAMES": lambda c, i: (step(op.KEYWORDS, c.consts[i]),),
    "CALL": _counted(op.CALL),
    "CALL_KW": _counted(op.CALL_NAMED),
    "CALL_FUNCTION_EX": _call_unpacked,
    "CALL_INTRINSIC_1": lambda c, i: (event("intrinsic", i, 1, 1),),
    "CALL_INTRINSIC_2": lambda c, i: (event("intrinsic of two", i, 2, 1),),
    "MATCH_CLASS": lambda c, i: (event("match class", i, 3, 1),),
    "RAISE_VARARGS": _counted(op.RAISE),
    "GET_AWAITABLE": lambda c, i: (event("awaitable", i, 1, 1),),
}
