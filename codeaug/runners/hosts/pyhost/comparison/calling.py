"""One call after another in this very process, each on copies of its own, and what it came to."""

from __future__ import annotations

import builtins
import opcode
import os
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from types import CellType, CodeType, FunctionType
from typing import Any, NamedTuple

from .copying import Copying, Uncopyable, is_set
from .describing import Describing, Opaque
from .effects import Effects
from .layout import name_of
from .lending import Lent
from .probing import Parameters, parameters
from .recording import Input

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

LONGEST = 6000  # characters of an outcome that are kept as they are
RAISE = opcode.opmap["RAISE_VARARGS"]
LIBRARY = os.path.dirname(os.__file__) + os.sep
NO_NUMBER = ("invalid literal for int()", "could not convert string to float")
USE, NOT, LAPSE = "use", "not", "lapse"
PART = "\x1f"  # stands in no description


class Outcome(NamedTuple):
    """What one call came to. `kind`: `use`, or `not` (comparable) and `result` says why.

    A `lapse` is a `use` that ended with an exception which nobody raises on purpose.
    """

    kind: str
    result: str  # e.g. `returns 3`, `raises ValueError`
    arguments: str = ""  # as they are afterwards, and the module's variables
    effects: str = ""

    @property
    def raised(self) -> str:
        """The exception's name, "" where none was raised."""
        return self.result[7:].split("(", 1)[0] if self.result.startswith("raises ") else ""


class Case(NamedTuple):
    """A unit as it is called: code, module, defaults; variables of the module that are looked at.

    `place` puts the code where everybody else calls the unit. `perturbed`: the memory is laid out
    otherwise, so that what depends on addresses differs.
    """

    code: CodeType
    scope: dict[str, Any]
    function: Any  # None for one that is not at hand
    globals: tuple[str, ...]
    kept: frozenset[int]
    place: Callable[[CodeType], None]
    perturbed: bool = False
    lines: Collection[int] = ()  # where the code notes the lines that run


def call_all(case: Case, inputs: Sequence[Input], send: Callable[..., None]) -> None:
    effects, names = Effects(), parameters(case.code)
    with effects.watch():
        for number, each in enumerate(inputs):
            send(str(number), *_outcome(case, names, each, effects))
    send("end", " ".join(map(str, sorted(case.lines))))


def _outcome(case: Case, names: Parameters, given: Input, effects: Effects) -> tuple[str, ...]:
    try:
        copying = Copying(case.kept)
        arguments = {name: copying.copy(value) for name, value in given.arguments.items()}
        cells = {
            name: CellType(copying.copy(given.free[name])) if name in given.free else CellType()
            for name in case.code.co_freevars
        }
    except (Uncopyable, Exception) as why:
        return Outcome(NOT, _clean(f"{type(why).__name__}: {why}"))
    function, lent = _function(case, cells), Lent()
    effects.begin()
    try:
        result, value = "returns ", _called(function, names, lent.watched(arguments))
    except Exception as error:
        result, value = "raises ", error
    except BaseException as error:
        result, value = "ends with ", error
    try:
        return _told(case, arguments, cells, result, value, effects, lent)
    except Opaque as why:
        return Outcome(NOT, effects.outside or _clean(str(why)))
    except Exception as why:
        return Outcome(NOT, f"{type(why).__name__} while the outcome is described")


def _told(
    case: Case, arguments: dict[str, Any], cells: dict[str, Any], result: str, value: Any,
    effects: Effects, lent: Lent,
) -> tuple[str, ...]:  # fmt: skip
    describing = Describing(lent.originals)
    state = _state(case, arguments, cells, describing)
    what = result
    what += (
        describing.text(_driven(value))
        if result == "returns "
        else _error(value, case.code, describing)
    )
    if describing.drove:  # an iterator may have changed what it was made from
        state = _state(case, arguments, cells, Describing(lent.originals))
    if effects.outside:
        return Outcome(NOT, f"it reaches for the outside ({effects.outside})")
    kind = USE if result == "returns " or _is_meant(value) else LAPSE
    log = f"{effects.taken()} {lent.calls()}".strip()
    return Outcome(kind, *(_short(text) for text in (what, state, log)))


def _state(
    case: Case, arguments: dict[str, Any], cells: dict[str, Any], describing: Describing
) -> str:
    """Arguments, free variables and the module's variables that the code names."""
    parts = [f"{name}={describing.named(name, each)}" for name, each in arguments.items()]
    parts += [f"{n}: {describing.text(c.cell_contents)}" for n, c in cells.items() if is_set(c)]
    return PART.join([*parts, *filter(None, [variables(case, describing)])])


def variables(case: Case, describing: Describing | None = None) -> str:
    """The module's variables that the code names. Raises Opaque."""
    describing = describing or Describing()
    names = [name for name in case.globals if name in case.scope]
    return PART.join([f"{name}: {describing.text(case.scope[name])}" for name in names])


def _function(case: Case, cells: dict[str, Any]) -> Any:
    known = case.function
    defaults = known.__defaults__ if known else None
    closure = tuple(cells.values()) or None
    made = FunctionType(case.code, case.scope, case.code.co_name, defaults, closure)
    made.__kwdefaults__ = known.__kwdefaults__ if known else None
    return made


def _called(function: Any, names: Parameters, arguments: dict[str, Any]) -> Any:
    positional, named, by_position = [], {}, True
    for name in (*names.only, *names.plain):
        by_position = by_position and name in arguments
        if by_position:
            positional.append(arguments[name])
        elif name in arguments:
            named[name] = arguments[name]
    if names.rest and by_position:
        positional += arguments.get(names.rest, ())
    named.update({name: arguments[name] for name in names.named if name in arguments})
    named.update(arguments.get(names.more, {}) if names.more else {})
    return function(*positional, **named)


def _driven(value: Any) -> Any:
    """What a coroutine returns, if it never waits. Raises Opaque, and what it raises."""
    if type(value).__name__ != "coroutine" or type(value).__module__ != "builtins":
        return value
    try:
        value.send(None)
    except StopIteration as stop:
        return ("<awaited>", stop.value)
    except Exception as error:
        return ("<awaited>", "raises", name_of(type(error)))
    value.close()
    raise Opaque("a coroutine that waits")


def _error(error: BaseException, code: CodeType, describing: Describing) -> str:
    """The exact type; the arguments as well where the unit itself raises it."""
    name = name_of(type(error))
    if _raised_in(error) is code:
        arguments = BaseException.__dict__["args"].__get__(error)
        inside = describing.items(tuple.__iter__(arguments))
        return f"{name}({inside})"
    return name


def _raised_in(error: BaseException) -> CodeType | None:
    """The code whose statement raises it; None where an operation does."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return None
    code = trace.tb_frame.f_code
    return code if code.co_code[trace.tb_lasti] == RAISE else None


def _is_meant(error: BaseException) -> bool:
    """Whether somebody raises it on purpose: by a statement that is not of the standard library,
    as a class of his own, or because a text is no number or not of an encoding."""
    cls = type(error)
    if cls.__module__ != "builtins" or isinstance(error, UnicodeError):
        return True
    if cls is ValueError and str(error).startswith(NO_NUMBER):
        return True
    code = _raised_in(error)
    return code is not None and not code.co_filename.startswith(LIBRARY)


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}... {len(text)} {sha256(text.encode('ascii', 'replace')).hexdigest()}"


def _clean(text: str) -> str:
    return ascii(text)[1:-1]
