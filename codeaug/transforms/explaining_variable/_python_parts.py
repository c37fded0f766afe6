"""Which parts of a statement a person might name, and what each is for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import libcst as cst

from codeaug.predicates.python import Function
from codeaug.predicates.python_effects import harmless
from codeaug.predicates.python_source import Block, children, only, walk
from codeaug.predicates.python_vocabulary import derived, name_of_value
from codeaug.transforms import Vocabulary

_COMPOSED = (cst.Call, cst.BinaryOperation, cst.Comparison, cst.BooleanOperation, cst.IfExp)
_BUILT = (cst.ListComp, cst.SetComp, cst.DictComp, cst.FormattedString, cst.Await)
_BRANCHING = (cst.Lambda, cst.BooleanOperation, cst.IfExp, cst.Comparison, cst.BaseComp)
_IDENTIFIER = re.compile(r"[a-z][a-z_0-9]{2,}")
Free = Callable[[str], bool]


@dataclass(frozen=True, eq=False)
class Part:
    """A part that could get a name: `first` are names for it by what it is used for, `last` those
    where nothing better comes to mind. `anywhere` says that it is a plain literal, which gives the
    same wherever it stands."""

    node: cst.BaseExpression
    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    anywhere: bool = False

    def name(self, vocabulary: Vocabulary, function: Function, free: Free) -> str:
        """A free name, "" where none comes to mind."""
        chosen = next((name for name in self.first if free(name)), "")
        known = chosen or name_of_value(self.node, vocabulary.by_hint, free, not self.last)
        return known or next((name for name in self.last if name and free(name)), "")


def parts(
    statement: cst.CSTNode, block: Block, root: cst.BaseExpression, function: Function
) -> Iterator[Part]:
    """The parts of `root`, which `statement` in `block` evaluates first, as they are written."""
    nodes = list(walk(root))
    callees = {id(n.func) for n in nodes if isinstance(n, cst.Call)}
    callees |= {id(n.expression) for n in nodes if isinstance(n, cst.Await)}
    roles = _roles(nodes, statement, function)
    for node in nodes:
        if id(node) in callees or not isinstance(node, cst.BaseExpression):
            continue
        if node is root:
            found = _whole(statement, block, root, function)
        else:
            found = roles.get(id(node)) or _inner(node)
        if found is not None:
            yield found


def _whole(
    statement: cst.CSTNode, block: Block, root: cst.BaseExpression, function: Function
) -> Part | None:
    """All that a statement evaluates."""
    called = _is_called(root)
    composed = isinstance(root, (*_COMPOSED, *_BUILT))
    match only(statement) or statement:
        case cst.Return() if composed:
            return Part(root, last=_returned(block, root, function))
        case cst.Return() if isinstance(root, cst.Subscript) and _is_end(block):
            return Part(root, first=_usable(_key(root)), last=("value", "result"))
        case cst.If() | cst.For() if called:
            return Part(root)
        case cst.With() if isinstance(root, cst.Attribute) and _is_own(root, function):
            return Part(root)
        case cst.Assign(targets=[cst.AssignTarget(target=target)]) if composed:
            return _stored(root, target)
        case _:
            return None


def _returned(block: Block, root: cst.BaseExpression, function: Function) -> tuple[str, ...]:
    """Names for what is returned: `result` in a branch only for more than a call."""
    operations = sum(isinstance(node, (*_COMPOSED, *_BUILT)) for node in walk(root))
    own = derived(function.node.name.value)
    plain = operations < 2 and not _is_end(block)
    return (own,) if plain else (own, "result")


def _is_end(block: Block) -> bool:
    """Whether what the block returns is what the function is for, not one of many cases."""
    return isinstance(block.owner, (cst.FunctionDef, cst.With, cst.Try))


def _stored(value: cst.BaseExpression, target: cst.BaseExpression) -> Part | None:
    """What is put into an attribute or an element."""
    if isinstance(value, cst.Call) and not value.args:
        return None
    match target:
        case cst.Attribute(attr=cst.Name(value=name)):
            return Part(value, first=_usable(name.strip("_")))
        case cst.Subscript():
            return Part(value, first=_usable(_key(target)), last=("value",))
        case _:
            return None


def _inner(node: cst.BaseExpression) -> Part | None:
    """A call, a dotted name or an element by a key that is a word."""
    if _is_called(node):
        return Part(node)
    if isinstance(node, cst.Attribute) and isinstance(node.value, cst.Attribute):
        return Part(node)
    key = _key(node) if isinstance(node, cst.Subscript) else ""
    return Part(node, first=_usable(key)) if key else None


def _is_called(node: cst.BaseExpression) -> bool:
    inner = node.expression if isinstance(node, cst.Await) else node
    return isinstance(inner, cst.Call)


def _roles(nodes: list[cst.CSTNode], statement: cst.CSTNode, function: Function) -> dict[int, Part]:
    """Parts that have a name by where they stand: arguments, receivers, messages."""
    found: dict[int, Part] = {}
    for call in (node for node in nodes if isinstance(node, cst.Call)):
        for arg in call.args:
            if arg.keyword is not None and isinstance(arg.value, (*_COMPOSED, *_BUILT)):
                found[id(arg.value)] = Part(arg.value, first=_usable(arg.keyword.value))
            elif arg.keyword is not None and _worth_naming(arg.value):
                name = _usable(arg.keyword.value)
                plain = harmless(arg.value, function.context)
                found[id(arg.value)] = Part(arg.value, first=name, anywhere=plain)
        receiver = call.func.value if isinstance(call.func, cst.Attribute) else None
        if isinstance(receiver, cst.Attribute) and _is_own(receiver, function):
            found[id(receiver)] = Part(receiver)
    match only(statement):
        case cst.Raise(exc=cst.Call(args=[cst.Arg(value=text, keyword=None, star="")])):
            if _is_text(text):
                found[id(text)] = Part(text, first=("message",))
        case _:
            pass
    return found


def _worth_naming(node: cst.BaseExpression) -> bool:
    match node:
        case cst.SimpleString(value=text):
            return len(text) > 4
        case cst.Integer(value=text):
            return text not in ("0", "1")
        case cst.List() | cst.Dict() | cst.Tuple():
            return bool(node.elements)
        case _:
            return isinstance(node, cst.Float)


def _is_text(node: cst.BaseExpression) -> bool:
    match node:
        case cst.SimpleString() | cst.FormattedString():
            return True
        case cst.BinaryOperation(left=cst.SimpleString(), operator=cst.Modulo() | cst.Add()):
            return True
        case cst.Call(func=cst.Attribute(value=cst.SimpleString(), attr=cst.Name(value="format"))):
            return True
        case _:
            return False


def _is_own(node: cst.Attribute, function: Function) -> bool:
    """Whether it is the function's only mention of an attribute of one of its own variables."""
    if not isinstance(node.value, cst.Name) or not function.names.bindings(node.value.value):
        return False
    return attributes(function)[node.value.value, node.attr.value] == 1


def _key(node: cst.Subscript) -> str:
    match node.slice:
        case [cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString() as text))]:
            return text.value.strip("\"'")
        case _:
            return ""


def _usable(name: str) -> tuple[str, ...]:
    return (name,) if _IDENTIFIER.fullmatch(name) else ()


@lru_cache(maxsize=8)
def attributes(function: Function) -> Counter[tuple[str, str]]:
    """How often each `name.attribute` occurs in the function."""
    return Counter(
        (node.value.value, node.attr.value)
        for node in walk(function.node)
        if isinstance(node, cst.Attribute) and isinstance(node.value, cst.Name)
    )


def straight(root: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What is evaluated exactly once, in whatever order, where `root` is."""
    yield root
    if not isinstance(root, _BRANCHING):
        for child in children(root):
            yield from straight(child)
