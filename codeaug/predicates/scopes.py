"""Local names of a function of Java or C++, by binding and never by text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from codeaug.formatters import Style
from codeaug.predicates.layout import Layout, layout_of
from codeaug.predicates.nodes import CLASS_BODIES, FUNCTIONS, Node


@dataclass(frozen=True, slots=True)
class Local:
    """One declared name: visible from byte `start` to `end`, minus where an inner one hides it.

    `kind` is `local`, `loop`, `resource`, `parameter` (of the function), `inner` (of a lambda or a
    catch), `pattern` or `binding`. `type` is the written type, or "" where it is inferred.
    """

    name: str
    node: Node
    type: str
    kind: str
    statement: Node
    start: int
    end: int
    value: Node | None = None


NOTHING: Mapping[str, str] = MappingProxyType({})
NO_STYLE = Style()


class Code:
    """A function with its file and its local names.

    `members` is what the rest of the repository declares (`Vocabulary.members`), `style` what its
    settings say of the file's layout.
    """

    def __init__(
        self,
        language: str,
        function: Node,
        root: Node,
        found: Iterator[Local],
        members: Mapping[str, str] = NOTHING,
        style: Style = NO_STYLE,
    ) -> None:
        self.language = language
        self.function = function
        self.root = root
        self.source = root.source
        self.locals = tuple(found)
        self.members = members
        self.style = style

    @property
    def layout(self) -> Layout:
        """How the file is laid out."""
        return layout_of(self.source, self.style)

    @cached_property
    def by_name(self) -> dict[str, list[Local]]:
        table: dict[str, list[Local]] = {}
        for local in self.locals:
            table.setdefault(local.name, []).append(local)
        return table

    def lookup(self, name: str, position: int) -> Local | None:
        """The innermost local of that name that is visible at that byte."""
        visible = [v for v in self.by_name.get(name, ()) if v.start <= position < v.end]
        return max(visible, key=lambda v: (v.start, -v.end), default=None)

    @cached_property
    def words(self) -> dict[str, list[Node]]:
        """Every leaf of the function that is a name of any kind, by its text."""
        table: dict[str, list[Node]] = {}
        leaves = (n for k, found in self.by_kind.items() if "identifier" in k for n in found)
        for node in sorted(leaves, key=lambda n: n.start):
            if not node.children:
                table.setdefault(node.text, []).append(node)
        return table

    @cached_property
    def by_kind(self) -> dict[str, list[Node]]:
        """Every node of the function by its kind, in source order."""
        table: dict[str, list[Node]] = {}
        for node in self.function.walk():
            table.setdefault(node.kind, []).append(node)
        return table

    def found(self, *kinds: str) -> list[Node]:
        """Every node of the function of one of those kinds, kind by kind."""
        return [node for kind in kinds for node in self.by_kind.get(kind, ())]

    @cached_property
    def has_directive(self) -> bool:
        """Whether a preprocessor directive stands inside the function."""
        return any(node.kind.startswith("preproc") for node in self.function.walk())

    @cached_property
    def has_classes(self) -> bool:
        """Whether the function declares a class inside."""
        return _has_classes(self.function)

    @cached_property
    def declared(self) -> frozenset[int]:
        return frozenset(id(local.node) for local in self.locals)

    def references(self, local: Local) -> list[Node]:
        """The declaration and every use of `local`, in source order."""
        return [
            node
            for node in self.words.get(local.name, ())
            if node is local.node
            or (
                id(node) not in self.declared
                and (is_variable(node) or is_misread(node))
                and self.lookup(local.name, node.start) is local
            )
        ]


def is_variable(node: Node) -> bool:
    """Whether this name stands where a variable can: no member, method, label or type name."""
    parent = node.parent
    if node.kind != "identifier" or parent is None:
        return False
    if parent.kind == "call":
        return node.field in ("object", "function")
    if parent.kind in ("labeled_statement", "break_statement", "continue_statement"):
        return False
    if parent.kind == "field_access":
        return node.field != "field"
    if parent.kind == "method_reference":
        return node is parent.children[0]
    if parent.kind in FUNCTIONS:
        return False
    return parent.kind not in _NAMING


def is_misread(node: Node) -> bool:
    """Whether this is read as the name of a type but may be a variable of C++, as the `n` of
    `Guard guard(n);` and of `std::array<int, n>`."""
    parent = node.parent
    return (
        node.kind == "type_identifier"
        and parent is not None
        and parent.kind in ("parameter_declaration", "type_descriptor")
    )


_NAMING = frozenset(
    {
        "marker_annotation",
        "annotation",
        "element_value_pair",
        "scoped_identifier",
        "qualified_identifier",
        "template_function",
    }
)


def _has_classes(function: Node) -> bool:
    return any(function.find(*CLASS_BODIES))


def outside_classes(function: Node, kinds: Iterable[str]) -> Iterator[Node]:
    """The nodes of those kinds, without those in a class declared inside, in source order."""
    found = function.find(*kinds)
    if _has_classes(function):
        return (node for node in found if not in_class_body(node, function))
    return found


def in_class_body(node: Node, function: Node) -> bool:
    """Whether `node` lies in a class declared inside `function`."""
    for above in node.ancestors():
        if above is function:
            return False
        if above.kind in CLASS_BODIES:
            return True
    return False


def callable_around(node: Node, function: Node) -> Node:
    """The lambda or function whose `return` this would be."""
    for above in node.ancestors():
        if above.kind == "lambda_expression" or above is function or above.kind in CLASS_BODIES:
            return above
    return function
