"""The arguments of the unit's calls, seen by a note at the beginning of its body."""

from __future__ import annotations

import ast
import inspect
import warnings
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any, NamedTuple

from ..resident_text import unit_codes

MARK = "\0 note this call"
DEEPEST = 3  # functions in functions
COMPREHENSIONS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")


class Parameters(NamedTuple):
    """The names of a code object's parameters by their kind."""

    only: tuple[str, ...]  # positional only
    plain: tuple[str, ...]
    named: tuple[str, ...]  # keyword only
    rest: str  # *args, or ""
    more: str  # **kwargs, or ""

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.only, *self.plain, *filter(None, [self.rest]), *self.named,
                *filter(None, [self.more]))  # fmt: skip


def parameters(code: CodeType) -> Parameters:
    names, only = code.co_varnames, code.co_posonlyargcount
    count, last = code.co_argcount, code.co_argcount + code.co_kwonlyargcount
    rest = names[last] if code.co_flags & inspect.CO_VARARGS else ""
    more = names[last + bool(rest)] if code.co_flags & inspect.CO_VARKEYWORDS else ""
    return Parameters(names[:only], names[only:count], names[count:last], rest, more)


def probed(tree: ast.Module, node: Any, path: str, note: Callable[[int], None]) -> CodeType:
    """The module's code, with a call of `note` first in the unit `node`. `tree` is changed.

    It is called with 0, and by functions in the unit with how deep they lie. The call uses no name
    and no variable. Raises what `compile` raises.
    """
    for inner, depth in [(node, 0), *_functions_in(node, 1)]:
        call = ast.Call(ast.Constant(MARK), [ast.Constant(depth)], [])
        if isinstance(inner, ast.Lambda):
            both = ast.Tuple([call, inner.body], ast.Load())
            inner.body = ast.Subscript(both, ast.Constant(1), ast.Load())
            ast.copy_location(inner.body, both.elts[1])
        else:
            documented = ast.get_docstring(inner, clean=False) is not None
            inner.body.insert(documented, ast.copy_location(ast.Expr(call), inner.body[0]))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
    return _bound(code, note)


def _functions_in(node: Any, depth: int) -> Iterator[tuple[Any, int]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            if depth <= DEEPEST:
                yield child, depth
                yield from _functions_in(child, depth + 1)
        elif not isinstance(child, ast.ClassDef):
            yield from _functions_in(child, depth)


def nested(code: CodeType, depth: int = 0) -> Iterator[tuple[CodeType, int]]:
    """The code and that of the functions in it, with how deep they lie."""
    yield code, depth
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from nested(inner, depth + (inner.co_name not in COMPREHENSIONS))


def unit_of(module: CodeType, node: Any) -> CodeType:
    """The unit's code object in the module's."""
    return unit_codes(module, node)[-1]


def _bound(code: CodeType, note: Any) -> CodeType:
    return code.replace(co_consts=tuple(_constant(each, note) for each in code.co_consts))


def _constant(value: Any, note: Any) -> Any:
    if isinstance(value, CodeType):
        return _bound(value, note)
    return note if value == MARK and type(value) is str else value


class Seen(NamedTuple):
    """What a call finds: its module's variables, its arguments, its free variables."""

    scope: dict[str, Any]
    arguments: dict[str, Any]
    free: dict[str, Any]


def seen(frame: FrameType) -> Seen | None:
    """What the call of this frame finds; None where a parameter is gone already."""
    code, values = frame.f_code, dict(frame.f_locals)
    names = parameters(code).all
    if not all(name in values for name in names):
        return None
    free = {name: values[name] for name in code.co_freevars if name in values}
    return Seen(frame.f_globals, {name: values[name] for name in names}, free)
