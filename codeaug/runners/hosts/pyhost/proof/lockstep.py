"""Two compiled bodies side by side: equal effects, in equal order, on equal operands.

Both bodies start with the same arguments. Each runs silently to its next effect; the two effects
must be the same operation on the same values, in the same state of `sys.exc_info()`. Then they
give the same result or raise the same exception, and both bodies go on with every outcome. What a
body does then depends on nothing else, so the two behave alike; see `meeting` for loops.
"""

from __future__ import annotations

from .constants import FALSE, NULL, SINGLETONS, TRUE
from .machine import run
from .meeting import Meetings, shared
from .program import Program
from .state import ASK, DONE, EFFECT, NEVER, Facts, Request, State, resume, throw
from .values import TRUTH, Fresh, Nested, Unknown, Value, World, same_value

BUDGET = 60_000

Way = tuple[State, State, Facts]


def same_behaviour(one: Program, two: Program, nested: Nested) -> None:
    """Raises Unknown, with the reason, unless the two behave alike.

    Their headers and numbers of free variables must be equal already. `nested` says whether two
    nested code objects behave alike.
    """
    world = World(BUDGET)
    ways: list[Way] = [(*_beginning(one, two, world), {})]
    meetings = Meetings(world)
    while ways:
        first, second, facts = ways.pop()
        ways.extend(_further(first, second, facts, world, meetings, nested))


def _beginning(one: Program, two: Program, world: World) -> tuple[State, State]:
    parameters = one.code.co_argcount + one.code.co_kwonlyargcount
    parameters += bool(one.code.co_flags & 4) + bool(one.code.co_flags & 8)
    given = [world.symbol() for _ in range(parameters)]
    free = [world.symbol() for _ in one.code.co_freevars]
    handled = world.symbol()
    states = []
    for program in (one, two):
        unbound: list[Value] = [NULL] * (len(program.slots) - len(given) - len(free))
        states.append(State(program, [*given, *unbound, *free], handled))
    return states[0], states[1]


def _further(
    one: State, two: State, facts: Facts, world: World, meetings: Meetings, nested: Nested
) -> list[Way]:
    """The ways on from the next fork; none at an end, or where this way was gone before."""
    while True:
        first = one.request or run(one, world, facts)
        if first.kind == ASK:
            return _split(one, two, facts, world, first)
        second = two.request or run(two, world, facts)
        if second.kind == ASK:
            return _split(one, two, facts, world, second)
        if (one.joined or two.joined) and first.kind == second.kind == EFFECT:
            if not meetings.arrive(one, two):
                return []
            one.joined = two.joined = False
            facts = {}
        undecided = _compare(one, two, world, nested)
        if undecided is not None:
            return _split(one, two, facts, world, undecided)
        if first.kind != EFFECT:
            return []
        handled = one.program.handlers[one.at] or two.program.handlers[two.at]
        if handled or first.outcomes is not DONE:
            return _outcomes(one, two, facts, world)
        given = [world.symbol() for _ in range(first.results)]
        resume(one, "done", given)
        resume(two, "done", given)


def _split(one: State, two: State, facts: Facts, world: World, asked: Request) -> list[Way]:
    """One way for each answer to a question."""
    ways: list[Way] = []
    for answer in (True, False):
        first, second, known = one.copy(), two.copy(), dict(facts)
        meant = _answered(asked, answer, world)
        if meant is None:
            known[asked.operands[0], asked.operands[1]] = answer
        else:
            first.replace(dict(meant))
            second.replace(dict(meant))
            known = {(meant.get(a, a), meant.get(b, b)): is_so for (a, b), is_so in known.items()}
        for state in (first, second):
            if state.request is not None and state.request.kind == ASK:
                state.request = None
        ways.append((first, second, known))
    return ways


def _answered(asked: Request, answer: bool, world: World) -> dict[Value, Value] | None:
    """What values the answer makes known; None where it is a fact of two of them."""
    value, *rest = asked.operands
    if asked.name == "truth":
        return {value: TRUE if answer else FALSE}
    if asked.name == "bound":
        return {value: world.symbol() if answer else NULL}
    if answer and isinstance(value, int) and rest[0] in SINGLETONS:
        return {value: rest[0]}
    return None


def _outcomes(one: State, two: State, facts: Facts, world: World) -> list[Way]:
    request = one.request
    assert request is not None
    error = world.symbol()
    ways: list[Way] = []
    handled = one.program.handlers[one.at] or two.program.handlers[two.at]
    if handled or request.outcomes == NEVER:
        first, second = (one.copy(), two.copy()) if request.outcomes else (one, two)
        throw(first, error)
        throw(second, error)
        ways.append((first, second, dict(facts)))
    for outcome in request.outcomes:
        last = outcome == request.outcomes[-1]
        first, second = (one, two) if last else (one.copy(), two.copy())
        given = [world.symbol() for _ in range(request.results)]
        resume(first, outcome, given)
        resume(second, outcome, given)
        ways.append((first, second, facts if last else dict(facts)))
    return ways


def _compare(one: State, two: State, world: World, nested: Nested) -> Request | None:
    """Raises Unknown where the effects differ; a question where that depends on its answer."""
    first, second = one.request, two.request
    assert first is not None
    assert second is not None
    alike = (
        first.kind == second.kind
        and first.name == second.name
        and first.detail == second.detail
        and len(first.operands) == len(second.operands)
        and first.results == second.results
    )
    if not alike:
        raise Unknown(_difference(one, two))
    handled = first.kind != EFFECT or one.handled == two.handled
    if handled and first.operands == second.operands:
        return None  # constants and symbols alone: a new object is equal to itself only
    pairs: dict[Fresh, Fresh] = {}
    wanted = [*zip(first.operands, second.operands, strict=True)]
    if first.kind == EFFECT:
        wanted.append((one.handled, two.handled))
    for left, right in wanted:
        if left is right or same_value(left, right, pairs, nested):
            continue
        for value, other in ((left, right), (right, left)):
            if isinstance(value, int) and world.kind(value) == TRUTH == world.kind(other):
                return Request(ASK, "truth", None, (value,))
        raise Unknown(_difference(one, two))
    if len(set(pairs.values())) != len(pairs):
        raise Unknown("one new object against two")
    shared(pairs, one, two, world)
    return None


def _difference(one: State, two: State) -> str:
    texts = []
    for state, who in ((one, "original"), (two, "variant")):
        request = state.request
        assert request is not None
        what = request.name if request.kind == EFFECT else request.kind
        detail = "" if request.detail in (None, ()) else f" {request.detail}"
        texts.append(f"{who} line {state.program.line(state.at)}: {what}{detail}")
    return "effects not shown to be the same: " + "; ".join(texts)
