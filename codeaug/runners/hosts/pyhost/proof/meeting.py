"""What is known where several ways meet: which values of the two bodies are the same.

At a meeting point (both bodies stopped at the same pair of steps) the values of both are one
vector. The first arrival is remembered as it is. A later one that is an instance of what was
remembered needs no look; any other weakens the memory to what both have in common, and the way is
gone again. As vectors only ever weaken, this ends; as the last, weakest ones were gone through, the
memory is a simulation relation, which proves loops of any length.
"""

from __future__ import annotations

from collections.abc import Hashable
from types import CodeType

from .constants import Const
from .state import State
from .values import ANY, PERHAPS, TRUTH, Fresh, Value, World, narrower, same_value


class Meetings:
    """The vector of each meeting point of one proof."""

    __slots__ = ("known", "world")

    def __init__(self, world: World) -> None:
        self.world = world
        self.known: dict[Hashable, list[Value]] = {}

    def arrive(self, one: State, two: State) -> bool:
        """Whether this way must be gone on; the states are weakened to what the memory holds."""
        _settle(one, two, self.world)
        key = (one.at, two.at, len(one.stack), len(two.stack))
        now = _vector(one) + _vector(two)
        known = self.known.get(key)
        if known is None:
            self.known[key] = now
            return True
        if _instance(now, known, self.world):
            return False
        weaker = _common(known, now, self.world)
        self.known[key] = weaker
        rest = _fill(one, weaker)
        _fill(two, rest)
        return True


def _vector(state: State) -> list[Value]:
    request = state.request
    operands = request.operands if request is not None else ()
    return [state.handled, *operands, *state.stack, *state.locals]


def _fill(state: State, values: list[Value]) -> list[Value]:
    """Take the state's values from the front of `values`; what is left."""
    request = state.request
    state.handled, at = values[0], 1
    if request is not None:
        end = at + len(request.operands)
        state.request = request._replace(operands=tuple(values[at:end]))
        at = end
    end = at + len(state.stack)
    state.stack = values[at:end]
    at, end = end, end + len(state.locals)
    state.locals = values[at:end]
    return values[end:]


def shared(pairs: dict[Fresh, Fresh], one: State, two: State, world: World) -> None:
    """Make one symbol of each two new objects, in a single pass: some lie inside others."""
    if pairs:
        symbols = {left: world.symbol() for left in pairs}
        one.replace({left: symbols[left] for left in pairs})
        two.replace({right: symbols[left] for left, right in pairs.items()})


def _settle(one: State, two: State, world: World) -> None:
    """New objects become symbols: those of equal make in both bodies, the first with the first."""
    ones, twos = _made(one), _made(two)
    if not ones and not twos:
        return
    pairs: dict[Fresh, Fresh] = {}
    for left in ones:
        for right in twos:
            tried = dict(pairs)
            fits = same_value(left, right, tried, _never)
            if fits and len(set(tried.values())) == len(tried):
                pairs = tried
                break
    shared(pairs, one, two, world)
    for state in (one, two):
        if left_over := _made(state):
            state.replace({each: world.symbol() for each in left_over})


def _never(one: CodeType, two: CodeType) -> bool:
    return False


def _made(state: State) -> list[Fresh]:
    found = [v for v in _vector(state) if v.__class__ is Fresh]
    return list(dict.fromkeys(found)) if found else []


def _instance(now: list[Value], known: list[Value], world: World) -> bool:
    """Whether `now` is `known` with values put in for its symbols."""
    meant: dict[Value, Value] = {}
    kinds = world.kinds
    for new, old in zip(now, known, strict=True):
        if old.__class__ is not int:
            if new is not old and new != old:
                return False
        elif old not in meant:
            meant[old] = new
            same_kind = new.__class__ is int and kinds.get(new) == kinds.get(old)
            if not same_kind and not narrower(world.kind(new), world.kind(old)):
                return False
        elif meant[old] != new:
            return False
    return True


def _common(known: list[Value], now: list[Value], world: World) -> list[Value]:
    pairs: dict[tuple[Value, Value], Value] = {}
    weaker: list[Value] = []
    for old, new in zip(known, now, strict=True):
        if old == new and isinstance(old, Const):
            weaker.append(old)
            continue
        common = pairs.get((old, new))
        if common is None:
            common = pairs[old, new] = world.symbol(_kind_of_both(old, new, world))
        weaker.append(common)
    return weaker


def _kind_of_both(old: Value, new: Value, world: World) -> int:
    kinds = {world.kind(old), world.kind(new)}
    if PERHAPS in kinds:
        return PERHAPS
    return TRUTH if kinds == {TRUTH} else ANY
