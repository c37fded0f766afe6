"""One call after another in this very process, each on copies of its own, and what it came to."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Sequence
from hashlib import sha256
from types import CellType, CodeType, FunctionType
from typing import Any, NamedTuple

from .copying import Copying, Uncopyable, is_set
from .describing import Describing, Opaque
from .driving import Making, called, driven, ended, is_meant
from .effects import Effects
from .failing import Faulty
from .lending import Lent
from .probing import Parameters, parameters
from .recording import Input

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

LONGEST = 6000  # characters of an outcome that are kept as they are
ENDING = 200  # of them, at the end of a longer one: how it ended, for an iterator
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

    `place` puts the code where everybody else calls the unit. `making` tells what functions that it
    makes are. `perturbed`: the memory is laid out
    otherwise, so that what depends on addresses differs.
    """

    code: CodeType
    scope: dict[str, Any]
    function: Any  # None for one that is not at hand
    globals: tuple[str, ...]
    kept: frozenset[int]
    place: Callable[[CodeType], None]
    making: Making
    perturbed: bool = False
    apart: bool = True  # see Copying
    lines: Collection[int] = ()  # where the code notes the lines that run


def call_all(case: Case, inputs: Sequence[Input], send: Callable[..., None]) -> None:
    effects, names = Effects(), parameters(case.code)
    with effects.watch():
        for number, each in enumerate(inputs):
            send(str(number), *_outcome(case, names, each, effects))
    send("end", " ".join(map(str, sorted(case.lines))))


def _outcome(case: Case, names: Parameters, given: Input, effects: Effects) -> tuple[str, ...]:
    try:
        copying = Copying(case.kept, case.apart)
        arguments = {name: copying.copy(value) for name, value in given.arguments.items()}
        cells = {
            name: CellType(copying.copy(given.free[name])) if name in given.free else CellType()
            for name in case.code.co_freevars
        }
    except (Uncopyable, Exception) as why:
        return Outcome(NOT, _clean(f"{type(why).__name__}: {why}"))
    function, lent = function_of(case, cells), Lent()

    def again() -> None:
        others = {name: copying.copy(value) for name, value in given.arguments.items()}
        called(function, names, {**others, "self": arguments["self"]})

    faulty = Faulty(given.fault, lent.note, lent.originals, again) if given.fault else None
    try:
        arguments = faulty.lend(arguments) if faulty else arguments
    except Exception as why:  # a class has no other below it
        return Outcome(NOT, _clean(f"{type(why).__name__}: {why}"))
    effects.begin()
    try:
        result, value = "returns ", called(function, names, lent.watched(arguments))
        if given.ending:
            value = ended(value, given.ending)
    except Exception as error:
        result, value = "raises ", error
    except BaseException as error:
        result, value = "ends with ", error
    if faulty:
        lent.told += faulty.arrived(value)
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
    describing = Describing(lent.originals, case.making)
    state = _state(case, arguments, cells, describing)
    what = result
    what += (
        describing.text(driven(value))
        if result == "returns "
        else case.making.error(value, describing)
    )
    if describing.drove:  # an iterator may have changed what it was made from
        state = _state(case, arguments, cells, Describing(lent.originals))
    if effects.outside:
        return Outcome(NOT, f"it reaches for the outside ({effects.outside})")
    kind = USE if result == "returns " or is_meant(value) else LAPSE
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


def function_of(case: Case, cells: dict[str, Any]) -> Any:
    """The text as a function of its own, `cells` by its free variables in order."""
    known = case.function
    defaults = known.__defaults__ if known else None
    closure = tuple(cells.values()) or None
    made = FunctionType(case.code, case.scope, case.code.co_name, defaults, closure)
    made.__kwdefaults__ = known.__kwdefaults__ if known else None
    return made


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    told = f"{len(text)} {sha256(text.encode('ascii', 'replace')).hexdigest()}"
    return f"{text[: LONGEST - ENDING]}... {told} ...{text[-ENDING:]}"


def _clean(text: str) -> str:
    return ascii(text)[1:-1]
