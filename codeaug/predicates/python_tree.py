"""The code of one Python function by kind of node, and what stands around each node."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar, cast

import libcst as cst

from codeaug.predicates.python_source import children

N = TypeVar("N", bound=cst.CSTNode)
_OWN_SCOPE = (cst.FunctionDef, cst.ClassDef)
_LAZY = (cst.Lambda, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp)
_LOOPS = (cst.For, cst.While)


@dataclass(frozen=True, eq=False)
class Tree:
    """The nodes of a function's body, without those of definitions inside it."""

    by_kind: Mapping[type[cst.CSTNode], Sequence[cst.CSTNode]]
    parents: Mapping[cst.CSTNode, cst.CSTNode]

    def find(self, kind: type[N]) -> Sequence[N]:
        return cast(Sequence[N], self.by_kind.get(kind, ()))

    def above(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        """What `node` stands in, inside out, up to the function's body."""
        parent = self.parents.get(node)
        while parent is not None:
            yield parent
            parent = self.parents.get(parent)

    def within(self, node: cst.CSTNode, *kinds: type[cst.CSTNode]) -> bool:
        return any(isinstance(each, kinds) for each in self.above(node))

    def lazy(self, node: cst.CSTNode) -> bool:
        """Whether it belongs to a lambda or a comprehension: another scope, another time."""
        return self.within(node, *_LAZY)

    def looped(self, node: cst.CSTNode) -> bool:
        """Whether it may be evaluated again in the same call."""
        return self.within(node, *_LOOPS, *_LAZY)

    def tested(self, node: cst.CSTNode) -> bool:
        """Whether nothing but the truth of `node` counts."""
        parent = self.parents.get(node)
        match parent:
            case cst.If() | cst.While() | cst.Assert() | cst.IfExp() | cst.CompIf():
                return parent.test is node
            case cst.UnaryOperation(operator=cst.Not()):
                return True
            case cst.BooleanOperation():
                return self.tested(parent)
            case _:
                return False


@lru_cache(maxsize=64)
def tree_of(function: cst.FunctionDef) -> Tree:
    """The tree of `function`, which is walked once."""
    by_kind: dict[type[cst.CSTNode], list[cst.CSTNode]] = {}
    parents: dict[cst.CSTNode, cst.CSTNode] = {}
    waiting: list[cst.CSTNode] = [function.body]
    while waiting:
        node = waiting.pop()
        by_kind.setdefault(type(node), []).append(node)
        if isinstance(node, _OWN_SCOPE):
            continue
        below = list(children(node))
        for child in below:
            parents[child] = node
        waiting.extend(reversed(below))
    return Tree(by_kind, parents)
