"""Whether statements of Java and C++ may change places: INDEP, FRESH."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from codeaug.predicates.locations import EVERYTHING, Effects, is_shared, place
from codeaug.predicates.nodes import Node
from codeaug.predicates.reading import read
from codeaug.predicates.scopes import Code, is_variable
from codeaug.predicates.verdicts import require

_KNOWN: WeakKeyDictionary[Code, dict[int, Effects]] = WeakKeyDictionary()


def effects_of(code: Code, statement: Node) -> Effects:
    """What executing the statement may do; found once a function and statement."""
    known = _KNOWN.setdefault(code, {})
    found = known.get(id(statement))
    if found is None:
        found = known[id(statement)] = read(code, statement)
    return found


def require_swappable(code: Code, first: Node, second: Node) -> None:
    """INDEP, FRESH: two adjacent statements, neither of which jumps, do the same either way."""
    _require_apart(code, first, second)
    _require_quiet_beside(code, first, second)
    _require_quiet_beside(code, second, first)
    _require_own_names(code, first, second)


def require_movable_past(code: Code, first: Node, second: Node) -> None:
    """INDEP, FRESH: `first` may come after `second`, and never come where `second` leaves."""
    require_swappable(code, first, second)


def _require_apart(code: Code, first: Node, second: Node) -> None:
    one, two = effects_of(code, first), effects_of(code, second)
    clash = _meet(one.writes, two.reads | two.writes) or _meet(two.writes, one.reads)
    require(not clash, "INDEP", "one may change what the other uses")


def _meet(some: set[str], others: set[str]) -> bool:
    if some & others:
        return True
    if EVERYTHING in some:
        return any(map(is_shared, others))
    return EVERYTHING in others and any(map(is_shared, some))


def _require_quiet_beside(code: Code, failing: Node, other: Node) -> None:
    """Where `failing` may not complete, nobody can tell whether `other` was executed."""
    fails, effects = effects_of(code, failing), effects_of(code, other)
    if fails.completes and (not fails.needs or _fail_alike(fails, effects, other)):
        return
    quiet = effects.completes and not effects.needs and not effects.writes_shared
    require(quiet, "INDEP", "one may fail before the other is done")
    if any(above.kind.startswith("try") for above in failing.ancestors()):
        own = {place(local) for local in code.locals if local.statement is other}
        seen = effects.writes - own
        require(not seen, "INDEP", "a handler may see what was written before it failed")


_CONDITIONAL = frozenset({"ternary_expression", "switch_expression", "lambda_expression"})


def _fail_alike(failing: Effects, other: Effects, node: Node) -> bool:
    """Whether both fail by the same null, before the one thing that each of them writes."""
    single = len(failing.writes) == 1 and len(other.writes) == 1
    always = not any(n.kind in _CONDITIONAL or n.kind in ("&&", "||", "if") for n in node.walk())
    return single and always and other.completes and failing.needs <= other.needs


def _require_own_names(code: Code, first: Node, second: Node) -> None:
    """FRESH: no name that one of them declares means something else in the other."""
    for local in code.locals:
        node = local.node
        inside = first if node.within(first) else second if node.within(second) else None
        if inside is None:
            continue
        other = second if inside is first else first
        for word in code.words.get(local.name, ()):
            taken = word.within(other) and (code.language == "cpp" or is_variable(word))
            member = word.kind == "field_identifier"
            require(not taken or member, "FRESH", f"{local.name} means something else there")
