"""One fork: a text's unit on a list of inputs, one outcome after another through a pipe.

Each line carries a token that is new for each fork, and the number of its input; the last one says
that it is the last. A fork that dies, hangs or says something else has ended early.
"""

from __future__ import annotations

import builtins
import gc
import opcode
import os
import resource
import secrets
import select
import signal
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from types import CellType, CodeType, FunctionType
from typing import Any, NamedTuple, NoReturn

from .copying import Copying, Uncopyable
from .describing import Describing, Opaque
from .effects import Effects
from .layout import name_of
from .probing import Parameters, parameters
from .recording import Input

__builtins__ = dict(vars(builtins))  # what a text does to its own is none of ours

MEMORY = 512 << 20  # bytes more than it begins with
LONGEST = 6000  # characters of an outcome that are kept as they are
LARGEST = 16 << 20  # bytes of all outcomes
LEAST = 1.0  # seconds for one input
SLOWER_BY = 20
FIELD = "\t"
RAISE = opcode.opmap["RAISE_VARARGS"]
USE, NOT = "use", "not"


class Outcome(NamedTuple):
    """What one call came to. `kind`: `use`, or `not` (comparable) and `result` says why."""

    kind: str
    result: str  # e.g. `returns 3`, `raises ValueError`
    arguments: str = ""  # as they are afterwards, and the module's variables
    effects: str = ""

    @property
    def raised(self) -> str:
        """The exception's name, "" where none was raised."""
        return self.result[7:].split("(", 1)[0] if self.result.startswith("raises ") else ""


@dataclass
class Ran:
    """Outcomes of the first inputs, their seconds, and why there are not all: "", `time`,
    `limit` (of all together) or `end`."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    ended: str = ""


class Case(NamedTuple):
    """A unit as it is called: code, module, defaults; variables of the module that are looked at.

    `place` puts the code where everybody else calls the unit. `perturbed`: the memory is laid out
    otherwise, so that what depends on addresses differs.
    """

    code: CodeType
    scope: dict[str, Any]
    function: FunctionType | None
    globals: tuple[str, ...]
    kept: frozenset[int]
    place: Callable[[CodeType], None]
    perturbed: bool = False


def run(
    case: Case, inputs: Sequence[Input], closed: Collection[int], deadline: float,
    usual: Sequence[float] = (),
) -> Ran:  # fmt: skip
    """Outcomes of `inputs` in order, in a fork that keeps none of the descriptors `closed`.

    `usual` are the seconds that the original took for each.
    """
    reading, writing = os.pipe()
    token = secrets.token_hex(8)
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _become(case, inputs, closed, writing, token)
    os.close(writing)
    try:
        return _read(reading, token, len(inputs), deadline, usual)
    finally:
        os.close(reading)
        for end in (os.killpg, os.kill):
            try:
                end(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        os.waitpid(pid, 0)


# --- the parent's side ----------------------------------------------------------------------------


def _read(pipe: int, token: str, count: int, deadline: float, usual: Sequence[float]) -> Ran:
    ran, data, size, done = Ran(), b"", 0, False
    since = time.monotonic()
    prefix = token.encode("ascii") + b" "
    while True:
        while b"\n" in data:
            line, data = data.split(b"\n", 1)
            number = len(ran.outcomes)
            expected = prefix + (b"end" if number == count else b"%d" % number)
            fields = line.decode("ascii", "replace").split(FIELD)
            if (
                done
                or fields[0].encode() != expected
                or len(fields) != (1 if number == count else 5)
            ):
                ran.ended = "end"
                return ran
            if number == count:
                done = True
                continue
            ran.outcomes.append(Outcome(*fields[1:]))
            ran.seconds.append(time.monotonic() - since)
            since = time.monotonic()
        number = len(ran.outcomes)
        patience = max(LEAST, SLOWER_BY * usual[number] if number < len(usual) else 0.0)
        now = time.monotonic()
        left = min(since + patience, deadline) - now
        if left <= 0 or not select.select([pipe], [], [], left)[0]:
            ran.ended = "limit" if deadline <= since + patience else "time"
            return ran
        part = os.read(pipe, 1 << 16)
        size += len(part)
        if not part or size > LARGEST:
            ran.ended = "" if done and not data else "end"
            return ran
        data += part


# --- the fork's side ------------------------------------------------------------------------------


def _become(
    case: Case, inputs: Sequence[Input], closed: Collection[int], pipe: int, token: str
) -> NoReturn:
    end = os._exit
    try:
        os.setpgid(0, 0)
        nothing = os.open(os.devnull, os.O_RDWR)
        for descriptor in (0, 1, 2):
            os.dup2(nothing, descriptor)
        for descriptor in closed:
            os.close(descriptor)
        _limit_memory()
        gc.disable()
        junk = _disturbed() if case.perturbed else []
        case.place(case.code)
        _call_all(case, inputs, _writer(pipe, token))
        del junk
    except BaseException:
        end(1)
    finally:
        end(0)


def _writer(pipe: int, token: str) -> Callable[..., None]:
    write = os.write

    def send(*fields: str) -> None:
        data = f"{token} {FIELD.join(fields)}\n".encode("ascii", "replace")
        while data:
            data = data[write(pipe, data) :]

    return send


def _limit_memory() -> None:
    with open("/proc/self/statm", encoding="ascii") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = used + MEMORY
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _disturbed() -> list[Any]:
    """Objects of all small sizes, so that those that follow lie elsewhere."""
    sizes = [bytes(size) for size in range(0, 480, 8) for _ in range(67)]
    return [sizes, [object() for _ in range(131)], [[None] * n for n in range(31)],
            [{n: n} for n in range(37)], [{n} for n in range(19)]]  # fmt: skip


def _call_all(case: Case, inputs: Sequence[Input], send: Callable[..., None]) -> None:
    effects, names = Effects(), parameters(case.code)
    with effects.watch():
        for number, each in enumerate(inputs):
            send(str(number), *_outcome(case, names, each, effects))
    send("end")


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
    function = _function(case, cells)
    effects.begin()
    try:
        result, value = "returns ", _called(function, names, arguments)
    except Exception as error:
        result, value = "raises ", error
    except BaseException as error:
        result, value = "ends with ", error
    try:
        return _told(case, arguments, cells, result, value, effects)
    except Opaque as why:
        return Outcome(NOT, effects.outside or _clean(str(why)))
    except Exception as why:
        return Outcome(NOT, f"{type(why).__name__} while the outcome is described")


def _told(
    case: Case, arguments: dict[str, Any], cells: dict[str, Any], result: str, value: Any,
    effects: Effects,
) -> tuple[str, ...]:  # fmt: skip
    describing = Describing()
    state = _state(case, arguments, cells, describing)
    what = result
    what += (
        describing.text(_driven(value))
        if result == "returns "
        else _error(value, case.code, describing)
    )
    if describing.drove:  # an iterator may have changed what it was made from
        state = _state(case, arguments, cells, Describing())
    if effects.outside:
        return Outcome(NOT, f"it reaches for the outside ({effects.outside})")
    return Outcome(USE, *(_short(text) for text in (what, state, effects.taken())))


def _state(
    case: Case, arguments: dict[str, Any], cells: dict[str, Any], describing: Describing
) -> str:
    """Arguments, free variables and the module's variables that the code names."""
    parts = [f"{name}={describing.named(name, each)}" for name, each in arguments.items()]
    parts += [f"{n}: {describing.text(c.cell_contents)}" for n, c in cells.items() if _is_set(c)]
    names = [name for name in case.globals if name in case.scope]
    parts += [f"{name}: {describing.text(case.scope[name])}" for name in names]
    return ", ".join(parts)


def _is_set(cell: Any) -> bool:
    try:
        _ = cell.cell_contents
    except ValueError:
        return False
    return True


def _function(case: Case, cells: dict[str, Any]) -> FunctionType:
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
    if _is_raised_by(error, code):
        arguments = BaseException.__dict__["args"].__get__(error)
        inside = describing.items(tuple.__iter__(arguments))
        return f"{name}({inside})"
    return name


def _is_raised_by(error: BaseException, code: CodeType) -> bool:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or trace.tb_frame.f_code is not code:
        return False
    return code.co_code[trace.tb_lasti] == RAISE


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]}... {len(text)} {sha256(text.encode('ascii', 'replace')).hexdigest()}"


def _clean(text: str) -> str:
    return ascii(text)[1:-1]
