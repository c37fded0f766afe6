"""The unit's calls under the tests: copies of their arguments, few, short and diverse."""

from __future__ import annotations

import gc
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from types import FunctionType
from typing import Any, NamedTuple

from .copying import ITERATORS, Copying, Uncopyable
from .describing import Describing, Opaque
from .driving import Call
from .layout import is_named
from .probing import parameters, seen

MOST_SEEN = 200
MOST_KEPT = 40
MOST_INNER = 6  # calls of functions in the unit, of each depth
LARGEST = 20_000  # characters of an input's description
_VAST = re.compile(r"(?<![\w.])-?\d{7,}\b|e\+\d\d")


JOINS, LEAVES = "joins", "leaves"


class Fault(NamedTuple):
    """What stands at `place` (a parameter, or a field of one) raises `error` when it is called for
    the `at`-th time, and from then on if it `lasts`; never, if `at` is 0. `of`: in which call.

    Without an `error` it calls the unit again, with the same arguments, and goes on. With JOINS it
    puts another one, which notes its calls, into the list that it stands in; with LEAVES it takes
    itself out of it, and one that notes its calls is there already.
    """

    of: str
    place: tuple[str, ...]
    error: str
    is_source: bool = False  # items that come one after another
    at: int = 0
    lasts: bool = False

    @property
    def group(self) -> tuple[str, tuple[str, ...]]:
        """The same for inputs that differ in nothing but when it fails."""
        return self.of, self.place

    @property
    def words(self) -> str:
        where = ".".join(self.place)
        if not self.at:
            return f"calls of {where} told"
        if self.error == JOINS:
            return f"{where} gets one more when the first of it is called"
        if self.error == LEAVES:
            return f"the first of {where} takes itself out when it is called, one more stays"
        if not self.error:
            return f"{where} calls the unit again"
        return f"{where} raises {self.error} at call {self.at}" + " and later" * self.lasts


class Input(NamedTuple):
    """Arguments by parameter, and the unit's free variables. An absent one takes its default.

    `text` is the description, which two inputs do not share; `is_recorded`, that a test passes it;
    `is_within`, that it keeps what the unit seems to ask of its arguments; `is_alien`, that a value
    in it is of a type that no test passes; `ending`, how the block of a context manager ends;
    `fault`, what fails in it.
    """

    arguments: dict[str, Any]
    free: dict[str, Any]
    text: str
    is_recorded: bool
    is_within: bool = True
    is_alien: bool = False
    ending: str = ""
    fault: Fault | None = None

    @property
    def is_vast(self) -> bool:
        """Whether a number is so great that counting up to it takes long."""
        return not self.is_recorded and bool(_VAST.search(self.text))


def described(arguments: dict[str, Any], free: dict[str, Any]) -> str:
    """Raises Opaque. Iterators are described by a copy: telling their items takes them away."""
    if any(type(value) in ITERATORS for value in arguments.values()):
        arguments = Copying().copy(arguments)
    describing = Describing()
    texts = [f"{name}={describing.named(name, value)}" for name, value in arguments.items()]
    hidden = [f"{name}: {describing.text(value)}" for name, value in free.items()]
    return ", ".join(texts) + (f" with {', '.join(hidden)}" if hidden else "")


class Recorder:
    """Notes calls between the first test's begin and `stop`. Used as `lines` of a test run.

    `enough` ends the tests, between two of them, when no more calls are wanted.
    """

    def __init__(self, seconds: float, enough: Callable[[], None]) -> None:
        self.enough, self.deadline = enough, time.monotonic() + seconds
        self.calls = 0
        self.inputs: dict[str, tuple[tuple[str, ...], Input]] = {}
        self.inner: dict[int, dict[str, Call]] = {}  # by depth and text
        self.problems: Counter[str] = Counter()
        self.scope: dict[str, Any] = {}
        self.kept: frozenset[int] | None = None
        self.noting: Any = None  # the code of the unit that notes its calls
        self.active = self.busy = False

    def begin(self, number: int) -> None:
        self.active = True
        if self.calls >= MOST_SEEN or time.monotonic() > self.deadline:
            self.enough()

    def end(self) -> None:
        """Nothing: calls are not told apart by tests."""

    def stop(self) -> None:
        self.active = False

    def note(self, depth: int) -> None:
        """Called first by each call of the unit, and of functions in it. Raises nothing."""
        if not self.active or self.busy or self.calls >= MOST_SEEN:
            return
        self.busy = True
        try:
            if depth:
                self._record_inner(sys._getframe(1), self.inner.setdefault(depth, {}))
            else:
                self._record(sys._getframe(1))
        except (Uncopyable, Opaque) as why:
            self.problems[str(why)] += 1
        except Exception as error:  # of the project's own `__hash__` and `__eq__`
            self.problems[f"{type(error).__name__} while an argument is copied"] += 1
        finally:
            self.busy = False

    def _record(self, frame: Any) -> None:
        self.calls += 1
        call = seen(frame)
        if call is None:
            self.problems["a parameter that is deleted"] += 1
            return
        self.scope, self.noting = call.scope, frame.f_code
        if self.kept is None:
            self.kept = identities(call.scope)
        copying = Copying(self.kept)
        arguments = {name: copying.copy(value) for name, value in call.arguments.items()}
        free = {name: copying.copy(value) for name, value in call.free.items()}
        text = described(arguments, free)
        if len(text) > LARGEST:
            raise Uncopyable("a value that is too large")
        shape = tuple(_shape(value) for value in arguments.values())
        self.inputs.setdefault(text, (shape, Input(arguments, free, text, True)))

    def _record_inner(self, frame: Any, known: dict[str, Call]) -> None:
        call = seen(frame)
        if call is None or len(known) >= MOST_INNER:
            return
        copying = Copying(self.kept or frozenset())
        arguments = {name: copying.copy(value) for name, value in call.arguments.items()}
        text = described(arguments, {})
        if len(text) <= LARGEST:
            known.setdefault(text, Call(parameters(frame.f_code), arguments))

    def chosen(self) -> list[Input]:
        """Short ones first, from each combination of types in turn."""
        groups: dict[tuple[str, ...], list[Input]] = {}
        for shape, each in sorted(self.inputs.values(), key=lambda pair: len(pair[1].text)):
            groups.setdefault(shape, []).append(each)
        found: list[Input] = []
        turn = 0
        while len(found) < min(MOST_KEPT, len(self.inputs)):
            found += [group[turn] for group in groups.values() if turn < len(group)]
            turn += 1
        return found[:MOST_KEPT]

    @property
    def problem(self) -> str:
        """Why nothing was kept."""
        if self.problems:
            return f"its arguments hold {self.problems.most_common(1)[0][0]}"
        return "no test calls the unit where its arguments can be seen"


def identities(scope: dict[str, Any]) -> frozenset[int]:
    """Ids of values of a module and its classes that code may compare by identity."""
    plain = (list, dict, set, bytearray)
    own = [*scope.values()]
    own += [each for cls in own if isinstance(cls, type) for each in vars(cls).values()]
    return frozenset(id(value) for value in own if type(value) not in plain and not is_named(value))


def _shape(value: Any) -> str:
    kind = type(value).__name__
    if type(value) in (list, tuple) and value:
        return f"{kind} of {type(value[0]).__name__}"
    return kind if value or type(value) not in (list, tuple, dict, str) else f"empty {kind}"


def functions_of(code: Any) -> list[FunctionType]:
    """All functions that run this code."""
    gc.unfreeze()
    try:
        return [f for f in gc.get_objects() if type(f) is FunctionType and f.__code__ is code]
    finally:
        gc.freeze()
