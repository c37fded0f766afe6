"""CrossHair on both texts of a unit. Only in a fork: it patches much of what Python brings.

This is `crosshair.diff_behavior` but for what is told of a difference: the arguments themselves,
as soon as they are known, and not how they print.
"""

from __future__ import annotations

import copy
import inspect
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from types import CellType
from typing import Any

from .calling import Case, function_of
from .packing import Unpackable, packed

PACKAGES = "/packages"
ENOUGH = 12  # inputs
BOTH = 2  # orders: a path that one text splits too often may be short in the other


def look(
    original: Case, changed: Case, signature: inspect.Signature, seconds: float,
    send: Callable[..., None],
) -> None:  # fmt: skip
    """Sends `given` for paths on which the two seem to differ, and how many there were so far."""
    try:
        _explored(original, changed, signature, seconds, send)
    except Exception as error:
        send(problem=f"CrossHair ends with {type(error).__name__}: {str(error)[:200]}")


def _explored(
    original: Case, changed: Case, signature: inspect.Signature, seconds: float,
    send: Callable[..., None],
) -> None:  # fmt: skip
    sys.path.append(PACKAGES)  # behind what the project brings itself
    try:
        import crosshair.core_and_libs  # noqa: F401 - what it knows of the standard library
        from crosshair.auditwall import engage_auditwall
        from crosshair.core import explore_paths
        from crosshair.options import DEFAULT_OPTIONS
        from crosshair.statespace import RootNode
    except ImportError as error:
        version = ".".join(map(str, sys.version_info[:2]))
        send(problem=f"CrossHair does not load in the project's Python {version}: {error}")
        return
    engage_auditwall()
    pair = Pair(function_with_cells(original), function_with_cells(changed), send)
    stats: Counter[str] = Counter()
    options = replace(DEFAULT_OPTIONS, per_condition_timeout=seconds / BOTH, stats=stats)
    for run in (pair.run, pair.run_reversed):
        explore_paths(run, signature, options, RootNode(), pair.judge, lambda: None)
    # It also calls that exhausted what was left as unsupported or for want of time.
    followed = pair.judged == stats["num_paths"]
    send(paths=pair.judged, exhausted=followed and stats["exhaustion"] == BOTH)


def function_with_cells(case: Case) -> Any:
    """The text's own function; `__class__` is all that it may share with others."""
    code = case.function.__code__
    known = dict(zip(code.co_freevars, case.function.__closure__ or ()))
    return function_of(case, {name: known.get(name, CellType()) for name in case.code.co_freevars})


class Pair:
    """Two functions on one path. `judged` counts the paths that both were followed on,
    `suspected` those on which they seem to differ."""

    def __init__(self, one: Any, other: Any, send: Callable[..., None]) -> None:
        self.one, self.other, self.send = one, other, send
        self.judged = self.suspected = 0

    def run(self, given: inspect.BoundArguments) -> Any:
        return _behaviors(self.one, self.other, given)

    def run_reversed(self, given: inspect.BoundArguments) -> Any:
        return _behaviors(self.other, self.one, given)

    def judge(
        self, space: Any, before: inspect.BoundArguments, given: Any, ran: Any, *_: Any
    ) -> bool:
        """Called while symbols are followed; whether to stop."""
        from crosshair.core import ExceptionFilter, deep_realize
        from crosshair.tracers import NoTracing
        from crosshair.util import IgnoreAttempt

        if ran is None or any(isinstance(error, IgnoreAttempt) for _, error in ran[0]):
            return False
        with ExceptionFilter():
            same = _is_same(ran[0], given.arguments, ran[1].arguments)
            space.detach_path()
            if not same:
                arguments = deep_realize(dict(before.arguments))
                with NoTracing():
                    self._suspect(arguments)
            self.judged += 1
            with NoTracing():
                self.send(paths=self.judged)
        return self.suspected >= ENOUGH

    def _suspect(self, arguments: dict[str, Any]) -> None:
        self.suspected += 1
        try:
            given = [[name, packed(each)] for name, each in arguments.items()]
        except Unpackable as why:
            given = [["", [str(why)]]]  # nobody can read it, but it is told
        self.send(given=given)


def _behaviors(one: Any, other: Any, given: inspect.BoundArguments) -> Any:
    """What both come to, and the second's arguments afterwards."""
    from crosshair.diff_behavior import describe_behavior

    others = copy.deepcopy(given)
    return (describe_behavior(one, given), describe_behavior(other, others)), others


def _is_same(behaviors: Any, arguments: Any, others: Any) -> bool:
    from crosshair.behavior_compare import flexible_equal

    (value, error), (value_of_other, error_of_other) = behaviors
    return bool(
        flexible_equal(value, value_of_other)
        and flexible_equal(arguments, others)
        and type(error) is type(error_of_other)
        and repr(error) == repr(error_of_other)
    )
