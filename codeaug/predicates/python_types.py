"""What is known for certain about the type of a Python expression."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import libcst as cst

from codeaug.predicates.python_names import BUILTINS, Names, Occurrence, module_names
from codeaug.predicates.python_source import PythonFile

_ANNOTATIONS = {"int", "str", "bytes", "bool", "float"}
_CALLS = {
    **dict.fromkeys(("len", "ord", "hash", "id", "int"), "int"),
    **dict.fromkeys(("str", "repr", "chr", "ascii", "hex", "bin", "oct", "format"), "str"),
    **dict.fromkeys(("bool", "isinstance", "issubclass", "callable", "hasattr"), "bool"),
    **dict.fromkeys(("any", "all"), "bool"),
    "float": "float",
}
_STRING_METHODS = {
    **dict.fromkeys(("lower", "upper", "strip", "lstrip", "rstrip", "title", "replace"), "self"),
    **dict.fromkeys(("join", "format", "zfill", "ljust", "rjust", "center", "casefold"), "self"),
    **dict.fromkeys(("startswith", "endswith", "isdigit", "isalpha", "isspace"), "bool"),
    **dict.fromkeys(("isupper", "islower", "isalnum", "isidentifier", "isdecimal"), "bool"),
    **dict.fromkeys(("find", "rfind", "index", "rindex", "count"), "int"),
}
_IDENTITY = (cst.Is, cst.IsNot, cst.In, cst.NotIn)
_WHOLE = {"int", "bool"}
_NUMBERS = {"int", "bool", "float"}
_SMALL = (cst.Add, cst.Subtract, cst.Multiply, cst.BitAnd, cst.BitOr, cst.BitXor)
_BITWISE = {"BitAnd", "BitOr", "BitXor"}
_ARITHMETIC = {"Add", "Subtract", "Multiply", "FloorDivide", "Modulo"}
_INTEGRAL = _BITWISE | _ARITHMETIC | {"LeftShift", "RightShift"}
_DEEPEST = 5

Assumed = Mapping[str, str]
"""Types of names that are being found out: what holds before a binding holds after it too."""


@dataclass(frozen=True, eq=False)
class Context:
    """Where an expression stands: its file, its function's names and those around it.

    `trusting` says whether annotations are believed, `known` holds types found out before.
    """

    file: PythonFile
    names: Names
    around: tuple[Names, ...] = ()
    trusting: bool = True
    known: dict[str, str] = field(default_factory=dict)

    @cached_property
    def doubting(self) -> Context:
        """The same place, where an annotated `int` or `str` may be an enum's."""
        return replace(self, trusting=False, known={})

    def from_around(self, name: str) -> bool:
        """Whether the name is a local of a function around this one."""
        return any(outer.bindings(name) for outer in self.around)

    def is_builtin(self, name: str) -> bool:
        """Whether `name` is Python's own here, bound neither in the module nor in the function."""
        known = module_names(self.file.module)
        hidden = known.bindings(name) or known.bindings("*") or self.names.bindings(name)
        return name in BUILTINS and not hidden and not self.from_around(name)

    def is_module(self, name: str) -> bool:
        """Whether `name` is an imported module here."""
        known = module_names(self.file.module).bindings(name)
        hidden = self.names.bindings(name) or self.from_around(name)
        return not hidden and [place.binds for place in known] == ["import"]


def static_type(node: cst.BaseExpression, context: Context) -> str:
    """`int`, `str`, `bytes`, `bool`, `float` or `None` where that is certain, else ""."""
    return _typed(node, context, {})


def exact_type(node: cst.BaseExpression, context: Context) -> str:
    """As `static_type`, but no subclass either: formatting the value is `str` of it."""
    return static_type(node, context.doubting)


def builtin(node: cst.BaseExpression, context: Context) -> bool:
    """BUILTIN: the value is of a built-in scalar type."""
    return bool(static_type(node, context))


def ordered(left: cst.BaseExpression, right: cst.BaseExpression, context: Context) -> bool:
    """BUILTIN and NOFLOAT of both: `<` and `>=` are complements."""
    kinds = {static_type(left, context), static_type(right, context)}
    return bool(kinds) and (kinds <= _WHOLE or kinds in ({"str"}, {"bytes"}))


def boolval(node: cst.BaseExpression, context: Context) -> bool:
    """BOOLVAL: the value is `True` or `False` itself, not merely true or false."""
    return static_type(node, context) == "bool"


def _typed(node: cst.BaseExpression, context: Context, seen: Assumed) -> str:
    match node:
        case cst.Integer():
            return "int"
        case cst.Float():
            return "float"
        case cst.SimpleString():
            return "bytes" if "b" in node.prefix.lower() else "str"
        case cst.FormattedString():
            return "str"
        case cst.ConcatenatedString():
            return _typed(node.left, context, seen)
        case cst.Name():
            return _name(node.value, context, seen)
        case cst.Call():
            return _call(node, context, seen)
        case cst.Comparison():
            return "bool" if _real_comparison(node, context, seen) else ""
        case _:
            return _operation(node, context, seen)


def _operation(node: cst.BaseExpression, context: Context, seen: Assumed) -> str:
    match node:
        case cst.UnaryOperation(operator=cst.Not()):
            return "bool"
        case cst.UnaryOperation(operator=cst.Minus() | cst.Plus()):
            kind = _typed(node.expression, context, seen)
            return "int" if kind in _WHOLE else kind if kind == "float" else ""
        case cst.BinaryOperation():
            return _binary(node, context, seen)
        case cst.BooleanOperation():
            kinds = {_typed(part, context, seen) for part in (node.left, node.right)}
            return kinds.pop() if len(kinds) == 1 else ""
        case cst.IfExp():
            kinds = {_typed(part, context, seen) for part in (node.body, node.orelse)}
            return kinds.pop() if len(kinds) == 1 else ""
        case _:
            return ""


def _binary(node: cst.BinaryOperation, context: Context, seen: Assumed) -> str:
    left, right = _typed(node.left, context, seen), _typed(node.right, context, seen)
    return _result(type(node.operator).__name__, left, right)


def _result(operator: str, left: str, right: str) -> str:
    """The type of `left operator right` by the types of both."""
    kinds = {left, right}
    if kinds <= _WHOLE and operator in _INTEGRAL:
        return "bool" if kinds == {"bool"} and operator in _BITWISE else "int"
    if kinds <= _NUMBERS and operator in _ARITHMETIC | {"Divide"}:
        return "float"
    if left == "str" and (operator == "Modulo" or (operator == "Add" and right == "str")):
        return "str"
    return "str" if operator == "Multiply" and kinds in ({"str", "int"}, {"str", "bool"}) else ""


def _real_comparison(node: cst.Comparison, context: Context, seen: Assumed) -> bool:
    left = node.left
    for target in node.comparisons:
        kinds = (_typed(left, context, seen), _typed(target.comparator, context, seen))
        if not isinstance(target.operator, _IDENTITY) and not all(kinds):
            return False
        left = target.comparator
    return True


def _call(node: cst.Call, context: Context, seen: Assumed) -> str:
    match node.func:
        case cst.Name(value=name) if name in _CALLS and context.is_builtin(name):
            return _CALLS[name]
        case cst.Attribute(value=receiver, attr=cst.Name(value=method)):
            kind = _typed(receiver, context, seen) if method in _STRING_METHODS else ""
            result = _STRING_METHODS.get(method, "") if kind == "str" else ""
            return "str" if result == "self" else result
        case _:
            return ""


def _name(name: str, context: Context, seen: Assumed) -> str:
    if name in ("True", "False"):
        return "bool"
    if name == "None":
        return "None"
    if name in seen or len(seen) > _DEEPEST:
        return seen.get(name, "")
    if seen:
        return _bindings(name, context.names.bindings(name), context, seen)
    if name not in context.known:
        context.known[name] = _bindings(name, context.names.bindings(name), context, seen)
    return context.known[name]


def _bindings(name: str, places: Sequence[Occurrence], context: Context, seen: Assumed) -> str:
    """The type that all these bindings give to a name, where each may read the name itself."""
    # Bound in an inner scope too (a closure's `nonlocal`, a comprehension): too much to follow.
    if not places or any(o.scope is not context.names.scope for o in places):
        return ""
    kinds = {_bound(place, context, {**seen, name: ""}) for place in places}
    if len(kinds) == 1:
        return kinds.pop()
    kind = max(kinds)
    if kinds != {"", kind}:
        return ""
    same = all(_bound(place, context, {**seen, name: kind}) == kind for place in places)
    return kind if same else ""


def type_before(target: cst.Name, context: Context, again: bool) -> str:
    """The type of the local `target` just before it is bound there.

    `again` says that the place may be reached again (a loop), after bindings that follow it.
    """
    kind = static_type(target, context)
    if kind or again:
        return kind
    start, places = context.file.span(target).start, context.names.bindings(target.value)
    if any(o.scope is not context.names.scope for o in places):
        return ""
    before = [o for o in places if context.file.span(o.node).start < start]
    return _bindings(target.value, before, context, {})


def _bound(place: Occurrence, context: Context, seen: Assumed) -> str:
    value = "" if place.value is None else _typed(place.value, context, seen)
    if place.binds in ("param", "annotated"):
        kind = _annotation(place.annotation)
        if not context.trusting:
            return value if place.binds == "annotated" else ""
        return kind if place.value is None or value == kind else ""
    if place.binds in ("assign", "walrus") and not place.path:
        return value
    if place.binds == "augmented":
        return _result(place.operator, seen.get(place.name, ""), value)
    return _counted(place, context) if place.binds == "loop" else ""


def _annotation(annotation: cst.Annotation | None) -> str:
    match annotation:
        case cst.Annotation(annotation=cst.Name(value=name)) if name in _ANNOTATIONS:
            return name
        case _:
            return ""


def _counted(place: Occurrence, context: Context) -> str:
    """`for i in range(...)` and `for i, each in enumerate(...)` with one argument."""
    match place.value:
        case cst.Call(func=cst.Name(value="range")) if not place.path:
            return "int" if context.is_builtin("range") else ""
        case cst.Call(func=cst.Name(value="enumerate"), args=[_]) if place.path == (0,):
            return "int" if context.is_builtin("enumerate") else ""
        case _:
            return ""


# --- evaluation -----------------------------------------------------------------------------------


def pure(node: cst.BaseExpression, context: Context) -> bool:
    """PURE: literals, stable names, and built-in operators on built-in scalars."""
    match node:
        case cst.Integer() | cst.Float() | cst.Imaginary() | cst.SimpleString() | cst.Ellipsis():
            return True
        case cst.Name():
            return stable(node.value, context)
        case cst.Attribute():
            return _of_module(node, context)
        case cst.BinaryOperation():
            return all(builtin(e, context) and pure(e, context) for e in (node.left, node.right))
        case cst.UnaryOperation():
            return builtin(node.expression, context) and pure(node.expression, context)
        case _:
            return False


def nothrow(node: cst.BaseExpression, context: Context) -> bool:
    """NOTHROW: PURE, no operator that can raise, and nothing that a call may have set anew."""
    if not pure(node, context):
        return False
    if isinstance(node, cst.Attribute):
        return _constant(node)
    if isinstance(node, cst.BinaryOperation):
        kinds = {static_type(node.left, context), static_type(node.right, context)}
        small = isinstance(node.operator, _SMALL) and kinds <= _WHOLE
        return small and nothrow(node.left, context) and nothrow(node.right, context)
    return not isinstance(node, cst.UnaryOperation) or nothrow(node.expression, context)


def stable(name: str, context: Context) -> bool:
    """Whether no call made by this function can bind `name` anew."""
    own = context.names.bindings(name)
    if own:
        return all(o.scope is context.names.scope and o.binds != "declared" for o in own)
    if context.from_around(name):
        return False
    known = module_names(context.file.module).bindings(name)
    if not known:
        return context.is_builtin(name)
    fixed = len(known) == 1 and known[0].binds in ("def", "class", "import", "from")
    return fixed and not declared_global(name, context.file)


def declared_global(name: str, file: PythonFile) -> bool:
    """Whether some function of the file may bind the module's `name` anew."""
    return re.search(rb"\bglobal\b[^\n]*\b%s\b" % name.encode(), file.source) is not None


def _of_module(node: cst.Attribute, context: Context) -> bool:
    """A dotted name that begins with an imported module: nobody computes it."""
    root: cst.BaseExpression = node
    while isinstance(root, cst.Attribute):
        root = root.value
    if not isinstance(root, cst.Name) or context.names.bindings(root.value):
        return False
    known = module_names(context.file.module).bindings(root.value)
    return stable(root.value, context) and [o.binds for o in known] == ["import"]


def _constant(node: cst.Attribute) -> bool:
    """Whether an attribute of a module is a constant or a class by its name, or Python's own."""
    root: cst.BaseExpression = node
    while isinstance(root, cst.Attribute):
        root = root.value
    own = isinstance(root, cst.Name) and root.value in sys.stdlib_module_names - {"sys"}
    return own or node.attr.value[:1].isupper()
