"""What works for a function of Python and fails: what the function does then is compared."""

from __future__ import annotations

import inspect
import io
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

import pytest

from codeaug.runners.hosts.pyhost.comparison import inputs
from codeaug.runners.hosts.pyhost.comparison.agreement import Judge
from codeaug.runners.hosts.pyhost.comparison.calling import Case
from codeaug.runners.hosts.pyhost.comparison.driving import Making
from codeaug.runners.hosts.pyhost.comparison.inputs import grown
from codeaug.runners.hosts.pyhost.comparison.probing import parameters
from codeaug.runners.hosts.pyhost.comparison.recording import Input, described
from codeaug.runners.hosts.pyhost.comparison.signature import signature
from codeaug.runners.hosts.pyhost.comparison.values import Pool
from codeaug.runners.hosts.pyhost.comparison.words import sentence


@pytest.fixture(autouse=True)
def few_inputs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others than those with faults are of no interest here, and take their time."""
    for name in ("TRIES", "PAIRS"):
        monkeypatch.setattr(inputs, name, 0)


class Sink:
    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        self.text += text

    def close(self) -> None:
        self.text += "."


class Drain:
    """Not of a test, as far as its module's name says."""

    __module__ = "desk.drains"

    def append(self, text: str) -> None: ...


class Log:
    def __init__(self, lines: list[str], sink: Any = None) -> None:
        self.lines, self.sink, self.done = lines, sink, 0

    def flush(self, sink: Any) -> int:
        try:
            while self.lines:
                sink.write(self.lines[0])
                self.lines.pop(0)
        finally:
            sink.close()
        return 0

    def send(self) -> None:
        for line in self.lines:
            self.sink.write(line)
            self.done += 1

    def each(self, found: Callable[[str], None]) -> None:
        for line in self.lines:
            found(line)
            self.done += 1

    def tell(self) -> None:
        """Tells all that listen; who comes meanwhile is not told."""
        for listener in list(self.sink):
            listener(self.lines)

    def ask(self) -> None:
        """Asks all that listen; each may remove itself."""
        for listener in list(self.sink):
            listener(self.lines)

    def take(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.lines.append(line)

    def drain(self, found: Callable[[str], None]) -> None:
        for line in list(self.lines):
            found(line)
            if line in self.lines:
                self.lines.remove(line)

    def count(self, found: Callable[[str], int]) -> None:
        self.done = self.done + found("a")

    def place(self, line: str, places: dict[str, int]) -> int:
        if line not in places:
            raise KeyError(line)
        return places[line]

    def save(self, sink: TextIO) -> None:
        sink.write("a")
        sink.write("b")


def seen(text: str) -> None: ...


def length(text: str) -> int:
    return len(text)


def inputs_of(function: Any, call: dict[str, Any]) -> list[Input]:
    recorded = [Input(call, {}, described(call, {}), is_recorded=True)]
    known = signature(parameters(function.__code__), function)
    return [*recorded, *(i for i in grown(recorded, known, Pool(), 0) if i.fault)]


def told(function: Any, call: dict[str, Any], old: str, new: str) -> str:
    """The difference that a changed text of a method shows on inputs with faults; "" for none."""
    text = textwrap.dedent(inspect.getsource(function))
    assert old in text
    scope = {"Iterable": Iterable, "TextIO": TextIO, "Callable": Callable, "Any": Any}
    found: dict[str, Any] = {}
    exec(text.replace(old, new), scope, found)
    changed = found[function.__name__].__code__
    kept: frozenset[int] = frozenset()
    cases = [
        Case(code, scope, function, (), kept, lambda _: None, Making(code, {}, kept))
        for code in (function.__code__, changed)
    ]
    judge, deadline = Judge([], lambda: cases[0]), time.monotonic() + 60
    known = judge.reference(cases[0], inputs_of(function, call), deadline)
    assert known.problem == ""
    one, other = cases
    _, difference, problem = judge.difference(one, other, known, deadline, other)
    assert problem == ""
    return sentence(function.__qualname__, difference) if difference else ""


def log(sink: Any = None) -> Log:
    return Log(["a", "b"], sink)


CLOSING = ("finally:\n        sink.close()", "except KeyError: pass\n    sink.close()")
BEFORE = (
    "sink.write(self.lines[0])\n            self.lines.pop(0)",
    "sink.write(self.lines.pop(0))",
)
AT_ONCE = ("sink.write(self.lines[0])\n            self.lines.pop(0)",
           'sink.write("".join(self.lines)); self.lines.clear()')  # fmt: skip
LATER = ("        self.done += 1", "        pass\n    self.done += len(self.lines)")


@pytest.mark.parametrize("sink", [Sink(), io.StringIO()])
@pytest.mark.parametrize("change", [CLOSING, BEFORE])
def test_a_sink_that_fails_shows_what_is_closed_and_left(sink: Any, change: Any) -> None:
    assert "raises OSError at call 1" in told(Log.flush, {"self": log(), "sink": sink}, *change)


@pytest.mark.parametrize("sink", [Sink(), io.StringIO()])
def test_a_sink_that_is_called_in_another_way_shows_nothing_by_its_calls(sink: Any) -> None:
    call = {"self": log(), "sink": sink}
    assert not told(Log.flush, call, *AT_ONCE)
    assert not told(Log.save, call, 'sink.write("a")\n', 'sink.write("")\n    sink.write("a")\n')


def test_an_equal_text_shows_nothing() -> None:
    call = {"self": log(), "sink": Sink()}
    assert not told(Log.flush, call, "while self.lines:", "while len(self.lines) > 0:")
    assert not told(Log.flush, call, "return 0", "return 1 - 1")


def test_which_failure_arrives_is_compared() -> None:
    call = {"self": log(), "sink": Sink()}
    kept = "except OSError as first:\n        try:\n            sink.close()\n        " \
           "finally:\n            raise first\n    sink.close()"  # fmt: skip
    assert "and later" in told(Log.flush, call, CLOSING[0], kept)


def test_what_a_field_of_the_receiver_holds_fails_as_well() -> None:
    assert "self.sink raises OSError" in told(Log.send, {"self": log(Sink())}, *LATER)
    assert "self.sink raises OSError" in told(Log.send, {"self": log([Sink()][0])}, *LATER)


def test_a_callback_fails_at_a_later_call() -> None:
    call = {"self": log(), "found": seen}
    assert "found raises RuntimeError at call 2" in told(Log.each, call, *LATER)


def test_a_callback_that_calls_the_unit_again_shows_a_text_that_breaks_off() -> None:
    call = {"self": log(), "found": seen}
    unasked = ("if line in self.lines:\n            self.lines.remove", "self.lines.remove")
    assert "found calls the unit again" in told(Log.drain, call, *unasked)


def test_a_listener_that_brings_another_one_shows_a_text_that_goes_over_the_list_itself() -> None:
    call = {"self": log([seen])}
    found = told(Log.tell, call, "list(self.sink)", "self.sink")
    assert "self.sink gets one more when the first of it is called" in found
    assert not told(Log.tell, call, "list(self.sink)", "tuple(self.sink)")


def test_a_listener_that_removes_itself_shows_a_text_that_goes_over_the_list_itself() -> None:
    call = {"self": log([seen])}
    found = told(Log.ask, call, "list(self.sink)", "self.sink")
    assert "the first of self.sink takes itself out" in found
    assert not told(Log.ask, call, "list(self.sink)", "tuple(self.sink)")


def test_a_value_that_is_taken_before_a_callback_calls_the_unit_again_is_no_difference() -> None:
    call = {"self": log(), "found": length}
    later = (
        'self.done = self.done + found("a")',
        'more = found("a"); self.done = self.done + more',
    )
    assert not told(Log.count, call, *later)


def test_an_iterator_fails_behind_its_first_items() -> None:
    call = {"self": log(), "lines": iter(["c", "d"])}
    change = ("for line in lines:\n        self.lines.append(line)", "self.lines += list(lines)")
    assert "lines raises RuntimeError at call 2" in told(Log.take, call, *change)


def faulty(arguments: dict[str, Any]) -> Iterator[str]:
    return (".".join(each.fault.place) for each in inputs_of(Log.flush, arguments) if each.fault)


def test_what_lies_in_memory_or_is_of_the_project_alone_does_not_fail() -> None:
    assert not list(faulty({"self": log(io.StringIO()), "sink": Drain()}))
    assert not list(faulty({"self": log(Drain()), "sink": ["a"]}))


def test_inputs_with_a_fault_are_few() -> None:
    shared = {"self": log(Sink()), "sink": Sink()}
    assert set(faulty(shared)) == {"self.sink", "sink"}
    assert len(list(faulty(shared))) <= 21


def test_a_key_that_is_missing_is_told_alike_by_the_unit_and_by_the_mapping() -> None:
    call = {"self": log(Sink()), "line": "a", "places": {"b": 1}}
    natural = ("if line not in places:\n        raise KeyError(line)\n    ", "")
    assert not told(Log.place, call, *natural)
    assert "KeyError('')" in told(Log.place, call, "KeyError(line)", 'KeyError("")')
