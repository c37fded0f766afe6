"""What GCC's dumps show of a file: the tree of each function, and facts about its variables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from .compiling import Compiled
from .order import functions, open_order, statements
from .unset import Facts, facts

_UID = re.compile(r"\bD\.\d+")
_DECLARATOR = re.compile(r"[\w:~]+\(.*")


@dataclass(frozen=True)
class Trees:
    """Of each marked function: its tree, and facts about its variables. Then all other trees."""

    marked: Mapping[int, Sequence[str]] = field(default_factory=dict)
    others: Sequence[str] = ()
    facts: Mapping[int, Facts] = field(default_factory=dict)

    @property
    def plain(self) -> dict[int, list[str]]:
        """The marked functions' trees without numbers that depend on what stands around them."""
        return {n: list(map(_renumbered, trees)) for n, trees in self.marked.items()}


def trees_of(compiled: Compiled, origins: Mapping[str, int]) -> Trees:
    """`origins` are the places of symbols."""
    found: dict[int, Facts] = {}
    for symbol, each in facts(compiled.ssa):
        found.setdefault(origins.get(symbol, -1), Facts()).add(each)
    return Trees(*functions(compiled.trees), found)


def changed_function(before: Trees, after: Trees) -> str:
    """A function that is not marked, of which the trees are others; "" if there is none.

    What lies in a marked function, or is made for what lies there, may change with it.
    """
    lost, new = (Counter(each.others) for each in (before, after))
    lost, new = lost - new, new - lost
    lost, new = (Counter(map(_renumbered, each.elements())) for each in (lost, new))
    lost, new = lost - new, new - lost
    within = [_inside(tree) for trees in before.marked.values() for tree in trees]
    both = {_name(tree) for tree in lost} & {_name(tree) for tree in new}
    outside = (name for name in both if not any(each.search(name) for each in within))
    return min(outside, default="")


def _renumbered(tree: str) -> str:
    """The tree with numbers that do not depend on what stands before the function."""
    numbers: dict[str, str] = {}
    return _UID.sub(lambda found: numbers.setdefault(found[0], f"D.{len(numbers)}"), tree)


def _name(tree: str) -> str:
    return tree.partition("\n")[0].removesuffix(" (null)")


def _inside(tree: str) -> re.Pattern[str]:
    """Names of what lies in a function."""
    name = _name(tree)
    found = _DECLARATOR.search(name)
    return re.compile(rf"(?<![\w:]){re.escape(found[0] if found else name)}::")


def open_expression(before: Trees, after: Trees, number: int, parameters: Set[str]) -> str:
    """An expression of a marked function whose order of evaluation is open, only in `after`."""
    old, new = (statements(each.marked.get(number, ()), parameters) for each in (before, after))
    return open_order(old, new)


def open_elsewhere(before: Trees, after: Trees) -> str:
    """The same of functions that are not marked."""
    old, new = ({_renumbered(tree): tree for tree in each.others} for each in (before, after))
    lost = [tree for plain, tree in old.items() if plain not in new]
    fresh = [tree for plain, tree in new.items() if plain not in old]
    return open_order(statements(lost), statements(fresh))
