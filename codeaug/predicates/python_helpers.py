"""Functions of the same Python file that a call is proven to reach, and nothing else."""

from __future__ import annotations

from functools import lru_cache

import libcst as cst

from codeaug.predicates.python import Function, nodyn
from codeaug.predicates.python_names import module_names, names_of
from codeaug.predicates.python_source import PythonFile, walk
from codeaug.predicates.python_types import Context, stable
from codeaug.predicates.verdicts import Declined, require

_LATER = (cst.Yield, cst.Await, cst.Global, cst.Nonlocal, cst.Lambda, cst.FunctionDef, cst.ClassDef)


def helper_of(function: Function, call: cst.Call) -> Function | None:
    """The private function of the module that `call` runs, None where it is none of this module's.

    Declines where another function may run, or where calling it does more than its body says.
    """
    if not isinstance(call.func, cst.Name) or not call.func.value.startswith("_"):
        return None
    name = call.func.value
    node = _functions(function.file).get(name)
    if node is None or node is function.node or name.endswith("__"):
        return None
    require(stable(name, function.context), "REACH", f"{name} may be bound to something else")
    hidden = function.names.bindings(name) or function.context.from_around(name)
    require(not hidden, "REACH", f"{name} is something else here")
    plain = not node.decorators and node.asynchronous is None
    require(plain, "REACH", "calling it does more: it is decorated or asynchronous")
    later = any(isinstance(part, _LATER) for part in walk(node.body))
    require(not later, "REACH", "it is a generator, or defines functions")
    deep = any(isinstance(part, cst.Arg) and _is_depth(part) for part in walk(node.body))
    require(not deep, "NODYN", "it tells which line called it")
    names = names_of(node)
    file = function.file
    helper = Function(file.span(node), file, node, names, Context(file, names))
    require(nodyn(helper) and nodyn(function), "NODYN", "names are looked up as text")
    return helper


def _is_depth(arg: cst.Arg) -> bool:
    return arg.keyword is not None and arg.keyword.value == "stacklevel"


def parameters(helper: Function, call: cst.Call) -> tuple[tuple[str, cst.BaseExpression], ...]:
    """Each parameter's name with its argument. Declines what is not one by one and in order."""
    given, own = call.args, helper.node.params
    plain = all(not arg.star and arg.keyword is None for arg in given)
    simple = not (own.kwonly_params or own.posonly_params or own.star_kwarg)
    star = isinstance(own.star_arg, cst.Param)
    one_by_one = plain and simple and not star and len(given) == len(own.params)
    require(one_by_one, "REACH", "arguments and parameters are not one by one")
    return tuple((p.name.value, a.value) for p, a in zip(own.params, given, strict=True))


def require_same_names(function: Function, helper: Function, part: cst.CSTNode) -> None:
    """FRESH: no name of the helper's `part` means something else in the calling function."""
    for node in walk(part):
        if isinstance(node, cst.Name):
            name = node.value
            if helper.names.bindings(name):
                continue
            other = function.names.bindings(name) or function.context.from_around(name)
            if other:
                raise Declined("FRESH", f"{name} means something else here")
            private = name.startswith("__") and not name.endswith("__")
            require(not private, "FRESH", "a private name would be another class's")


@lru_cache(maxsize=8)
def _functions(file: PythonFile) -> dict[str, cst.FunctionDef]:
    """The functions that the module binds once and for all, by name."""
    known = module_names(file.module)
    found = {s.name.value: s for s in file.module.body if isinstance(s, cst.FunctionDef)}
    return {name: node for name, node in found.items() if len(known.bindings(name)) == 1}
