"""Where the nodes of a libcst module stand in its text, found while it is printed.

As `libcst.metadata.ByteSpanPositionProvider` finds them, which prints the module once more than is
needed to see that it is the file's text, and goes through all of it to ask what nobody wants.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType

import libcst as cst
from libcst._nodes.internal import CodegenState  # what `Module.code` is made by


@dataclass(frozen=True, slots=True)
class Printed:
    """A module's text, its nodes by kind, and the first byte and the end of each by its `id`."""

    code: str
    by_kind: dict[type[cst.CSTNode], list[cst.CSTNode]]
    places: dict[int, tuple[int, int]]


def printed(module: cst.Module) -> Printed:
    """Whose nodes stand at one place each, as the parser makes them."""
    state = _State(module.default_indent, module.default_newline)
    module._codegen(state)
    return Printed("".join(state.tokens), state.by_kind, state.places)


@dataclass
class _State(CodegenState):
    position: int = 0
    by_kind: dict[type[cst.CSTNode], list[cst.CSTNode]] = field(default_factory=dict)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.position += len(value) if value.isascii() else len(value.encode())

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._starts.append(self.position)

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.by_kind.setdefault(type(node), []).append(node)
        # Where a node said itself where it begins and ends, that stands.
        self.places.setdefault(id(node), (self._starts.pop(), self.position))

    def record_syntactic_position(  # type: ignore[override]  # libcst's is a generator's
        self,
        node: cst.CSTNode,
        *,
        start_node: cst.CSTNode | None = None,
        end_node: cst.CSTNode | None = None,
    ) -> AbstractContextManager[None]:
        return _Syntactic(self, node, start_node, end_node)


class _Syntactic(AbstractContextManager[None]):
    """What is printed meanwhile is the node without its own white space and parentheses."""

    def __init__(
        self, state: _State, node: cst.CSTNode, first: cst.CSTNode | None, last: cst.CSTNode | None
    ) -> None:
        self._state, self._node, self._first, self._last = state, node, first, last

    def __enter__(self) -> None:
        self._start = self._state.position

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        places = self._state.places
        start = self._start if self._first is None else places[id(self._first)][0]
        end = self._state.position if self._last is None else places[id(self._last)][1]
        places[id(self._node)] = (start, end)
