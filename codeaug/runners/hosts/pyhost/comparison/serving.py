"""The process that recorded the unit's calls stays, and compares one text after another.

It ran the unchanged project alone. Each text runs in a fork of it.
"""

from __future__ import annotations

import inspect
import os
import signal
import time
from types import CodeType
from typing import Any, NamedTuple, NoReturn

from .. import resident_processes as processes
from ..resident_imports import serve_text
from ..resident_lines import Hits
from ..resident_swap import Unit, Unready, file_of, find_to_call
from ..resident_text import Text, header, parsed, read, unit_node
from ..resident_watch import watch
from .agreement import Difference, Judge, Reference
from .calling import Case, variables
from .driving import Call, Making, like, names_in
from .exploring import Untyped, explore, typed_signature
from .inputs import given, grown
from .probing import nested, parameters, probed, unit_of
from .recording import Recorder, functions_of, identities
from .signature import signature
from .values import Growing, Pool, mined
from .witness import witness
from .words import sentence

SEED = 0
EXTRA = 120  # inputs for constants that only the changed text has
KEYWORDS = 8  # that such a function is given besides
SHARE = 0.4  # of the time, for the tests and for the original
PLAIN = (int, float, str, bool, bytes, type(None), list, dict, set, tuple)
Answer = dict[str, Any]


class Recording:
    """A run of tests (see `resident_child.Job`) that stays afterwards. `aside` asks and is told."""

    def __init__(self, request: dict[str, Any], unit: Unit | None, aside: Any) -> None:
        os.setsid()
        self.tests, self.aside, self.wrote = request["tests"], aside, False
        self.seconds = request["time"]
        self.text, self.short = read(request["text"]), request["short"].encode("utf-8")
        self.lines = Recorder(SHARE * self.seconds, self.finish)
        self.unit, self.path = unit, request["path"]
        processes.close_to_others(False)
        try:
            self._probe()
        except Unready as why:
            self._say(ready=True, why=str(why), wrote=False)
            os._exit(0)
        watch(self.path, request["repo"], lambda why: None, self._note_writing)

    def send(self, **line: Any) -> None:
        """What becomes of the tests is not asked here."""

    def _say(self, **message: Any) -> None:
        self.aside.send(**message)

    def _note_writing(self) -> None:
        self.wrote = True

    def _probe(self) -> None:
        if self.unit is None and (file := file_of(self.path)):
            self.unit = find_to_call(file, self.text)
        if self.unit is None:
            serve_text(self.path, self.text.source, self._served)
            return
        code = self._compiled(self.unit.file, self.short)
        self.unit.swap(code)
        self.unit.code = code

    def _served(self, file: str) -> CodeType:
        tree = parsed(self.text.source)
        node = unit_node(tree, self.text)
        return probed(tree, node, file, self.lines.note) if node else compile(tree, file, "exec")

    def _compiled(self, file: str, short: bytes) -> CodeType:
        tree = parsed(short)
        node = unit_node(tree, self.text)
        return unit_of(probed(tree, node, file, self.lines.note), node)

    def finish(self) -> NoReturn:
        """Answer until nobody asks any more. What the tests left is not cleaned up: we need it."""
        self.lines.stop()
        for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        processes.close_to_others(True)
        threads = len(os.listdir("/proc/self/task")) > 1
        why = "threads run after the tests" if threads else ""
        self._say(ready=True, why=why, wrote=self.wrote)
        serving: Serving | None = None
        while True:
            request = self.aside.receive()
            if request is None:
                os._exit(0)
            try:
                serving = serving or Serving(self)
                answer = serving.answer(request)
            except Refused as refused:
                answer = told(problem=str(refused))
            except Exception as error:
                answer = told(problem=f"{type(error).__name__} while inputs are made: {error}")
            self._say(**answer)


class Refused(Exception):
    """A text cannot be compared; the message says why."""


def told(inputs: int = 0, problem: str = "") -> Answer:
    return {"inputs": inputs, "problem": problem}


class Changed(NamedTuple):
    """Another text of the unit; `noting` notes the lines that run."""

    case: Case
    noting: Case


class Serving:
    """The original's inputs and outcomes, kept for all texts. Raises Refused."""

    def __init__(self, recording: Recording) -> None:
        self.recorder, self.text = recording.lines, recording.text
        self.descriptors = [recording.aside.connection.fileno()]
        self.unit = recording.unit
        if self.unit is not None:
            self.file = self.unit.file
            self.functions = self.unit.functions
        else:
            self.functions = functions_of(self.recorder.noting)
            self.file = str(self.recorder.scope.get("__file__", recording.path))
        self.short = recording.short
        self.node, code = self._read(self.text, self.short)
        if not self.recorder.inputs and not self.functions:
            raise Refused(self.recorder.problem)
        self.judge = Judge(self.descriptors, self._twin)
        self.recorded = self.recorder.chosen()
        self.pool = mined(code)
        self.original = self._case(code)
        is_lazy = bool(code.co_flags & inspect.CO_GENERATOR)
        self.signature = signature(parameters(code), self.original.function)._replace(
            is_lazy=is_lazy, is_manager=is_lazy and "contextmanager" in header(self.node)
        )
        self.known: Reference | None = None
        self.seconds = recording.seconds

    def _read(self, text: Text, short: bytes) -> tuple[Any, CodeType]:
        try:
            tree = parsed(short)
            node = unit_node(tree, text)
            if node is None:
                raise Refused("the unit is not found in its file")
            module = compile(tree, self.file, "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Refused(f"{type(error).__name__}: {error}") from error
        return node, unit_of(module, node)

    def _case(self, code: CodeType) -> Case:
        scope = self.recorder.scope or self.functions[0].__globals__
        function = self.functions[0] if self.functions else None
        kept = identities(scope)
        making = Making(code, self._inner_calls(), kept)
        return Case(code, scope, function, _variables(code, scope), kept, self._place, making)

    def _inner_calls(self) -> dict[int, list[Call]]:
        """Of the functions in the unit, as the tests call them, and with other plain arguments."""
        growing = Growing(self.pool)
        names = list(names_in(each.arguments for each in self.recorded))[:KEYWORDS]
        found = {depth: list(known.values()) for depth, known in self.recorder.inner.items()}
        return {
            depth: calls + [more for each in calls for more in like(each, growing, names)]
            for depth, calls in found.items()
        }

    def _place(self, code: CodeType) -> None:
        """In a fork: whoever calls the unit by its name calls the new one."""
        if self.unit is not None:
            self.unit.swap(code)
            return
        for function in self.functions:
            if len(function.__closure__ or ()) == len(code.co_freevars):
                function.__code__ = code

    def _prepare(self, deadline: float) -> Reference:
        if self.known is None:
            inputs = [*self.recorded, *grown(self.recorded, self.signature, self.pool, SEED)]
            if not inputs:
                raise Refused(self.recorder.problem)
            self.known = self.judge.reference(self.original, inputs, deadline)
        return self.known

    def answer(self, request: dict[str, Any]) -> Answer:
        if request["do"] == "explore":
            return self.explore(request)
        return self.compare(request)

    def compare(self, request: dict[str, Any]) -> Answer:
        begun = time.monotonic()
        known = self._prepare(begun + SHARE * request["seconds"])
        if known.problem:
            raise Refused(known.problem)
        changed, noting = self._other(request)
        deadline = begun + request["seconds"]
        self.judge.lines.clear()
        count, found, problem = self.judge.difference(
            self.original, changed, known, deadline, noting
        )
        if not found and not problem:
            more, found, problem = self._with_new_constants(changed, deadline, noting)
            count += more
        lines = sorted(self.judge.lines)
        if found is None:
            return {**told(count if not problem else 0, problem), "lines": lines}
        return {**told(count), **self._shown(found)}

    def explore(self, request: dict[str, Any]) -> Answer:
        """Both texts really run on what CrossHair holds to be inputs on which they differ."""
        try:
            typed = typed_signature(self.original.function, self.signature.annotations)
        except Untyped as why:
            raise Refused(str(why)) from why
        changed, noting = self._other(request)
        seconds = request["seconds"]
        seen = explore(self.original, changed, typed, self.descriptors, seconds)
        answer: Answer = {"paths": seen.paths, "exhausted": seen.exhausted, "problem": seen.problem}
        inputs = given(self.recorded, self.signature, seen.suspects)
        answer["suspects"] = len(seen.suspects) + seen.unread
        if not inputs:
            return answer
        deadline = time.monotonic() + seconds
        known = self.judge.reference(self.original, [*self.recorded, *inputs], deadline)
        _, found, problem = self.judge.difference(self.original, changed, known, deadline, noting)
        shown = self._shown(found) if found else {}
        return {**answer, "problem": seen.problem or problem, **shown}

    def _other(self, request: dict[str, Any]) -> Changed:
        text, short = read(request["text"]), request["short"].encode("utf-8")
        node, code = self._read(text, short)
        if header(node) != header(self.node) or parameters(code) != self.signature.parameters:
            raise Refused("the unit's signature or decorators are others")
        if not set(code.co_freevars) <= set(self.original.code.co_freevars):
            raise Refused("the unit uses other variables of the functions around it")
        return Changed(self._changed(code), self._noting(text, short))

    def _shown(self, found: Difference) -> Answer:
        names = self.signature.parameters
        scope, function = self.original.scope, self.original.function
        changes = not found.one.arguments.endswith(variables(self.original))
        test = witness(self.text.name, found, names, scope, function, changes=changes)
        return {"difference": sentence(self.text.name, found), "witness": test}

    def _twin(self) -> Case:
        return self._noting(self.text, self.short)

    def _noting(self, text: Text, short: bytes) -> Case:
        """A text that notes the lines that run."""
        hits, tree = Hits(), parsed(short)
        node = unit_node(tree, text)
        code = unit_of(hits.compiled(tree, node, self.file), node)
        return self._changed(code)._replace(lines=hits.lines)

    def _changed(self, code: CodeType) -> Case:
        making = Making(code, self.original.making.calls, self.original.kept)
        return self.original._replace(code=code, making=making)

    def _with_new_constants(
        self, changed: Case, deadline: float, noting: Case
    ) -> tuple[int, Any, str]:
        """On inputs that only the changed text's constants suggest."""
        new: Pool = mined(changed.code).without(self.pool)
        if not new:
            return 0, None, ""
        assert self.known is not None
        old = {each.text for each in self.known.inputs}
        inputs = [
            each for each in grown(self.recorded, self.signature, new, SEED) if each.text not in old
        ][:EXTRA]
        known = self.judge.reference(self.original, inputs, deadline)
        if not known.counts:
            return 0, None, ""
        count, found, problem = self.judge.difference(
            self.original, changed, known, deadline, noting
        )
        return (0, None, "") if problem else (count, found, "")


def _variables(code: CodeType, scope: dict[str, Any]) -> tuple[str, ...]:
    """Variables of the module that the code names and whose values are plain."""
    names = {name for each, _ in nested(code) for name in each.co_names}
    return tuple(sorted(name for name in names if type(scope.get(name, ...)) in PLAIN))
