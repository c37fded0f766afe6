"""A difference in words, and as a test that fails on the changed text."""

from __future__ import annotations

import ast
import types
from collections.abc import Iterator
from typing import Any

from .agreement import Difference
from .layout import attributes, layout, name_of
from .probing import Parameters
from .recording import Input
from .running import Outcome

CALL = 300  # characters
RESULT = 160
WITNESS = 4000
MADE = """def made(cls, **attributes):
    it = object.__new__(cls)
    for name, value in attributes.items():
        object.__setattr__(it, name, value)
    return it


"""


class Unsaid(Exception):
    """A value that no short expression makes."""


# --- in words -------------------------------------------------------------------------------------


def sentence(name: str, found: Difference) -> str:
    """`grade(score=10) returns 'bad', was 'good'`."""
    call = f"{name.rsplit('.', 1)[-1]}({_cut(found.given.text, CALL)})"
    if not found.alone:
        call = f"after other calls {call}"
    one, other = found.one, found.other
    if one.result != other.result or one.kind != other.kind:
        return f"{call} {_result(one, other)}"
    if one.arguments != other.arguments:
        now, before = _apart(other.arguments, one.arguments)
        return f"{call} leaves {now}, was {before}"
    now, before = _apart(other.effects or "nothing", one.effects or "nothing")
    return f"{call} writes or warns: {now}; was: {before}"


def _result(one: Outcome, other: Outcome) -> str:
    now, before = other.result, one.result
    if now.startswith("returns ") and before.startswith("returns "):
        now, before = _apart(now[8:], before[8:])
        return f"returns {now}, was {before}"
    if other.kind != one.kind:
        return f"cannot be compared ({_cut(now, RESULT)}), {_past(_cut(before, RESULT))}"
    return f"{_cut(now, RESULT)}, {_past(_cut(before, RESULT))}"


def _past(text: str) -> str:
    for now, then in (("returns ", "returned "), ("raises ", "raised "), ("ends ", "ended ")):
        if text.startswith(now):
            return then + text[len(now) :]
    return text


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."


def _apart(now: str, before: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    if max(len(now), len(before)) <= RESULT:
        return now, before
    pairs = zip(now, before)  # noqa: B905 - Python 3.9
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(now), len(before)))
    start = max(0, place - 40)
    head = "..." if start else ""
    return head + _cut(now[start:], RESULT), head + _cut(before[start:], RESULT)


# --- as a test ------------------------------------------------------------------------------------


def witness(
    name: str, found: Difference, names: Parameters, scope: dict[str, Any], function: Any
) -> str:
    """A pytest function that passes on the original alone; else a comment that says what to try."""
    try:
        text = _test(name, found, names, scope, function)
    except Unsaid as why:
        text = ""
        reason = str(why)
    if text and len(text) <= WITNESS:
        return text
    reason = reason if not text else "the values are long"
    lines = [f"# {sentence(name, found)}", f"# No ready test: {reason}."]
    lines += [f"# before: {_cut(str(found.one.result), 600)}"]
    lines += [f"# now: {_cut(str(found.other.result), 600)}"]
    return "\n".join(line.replace("\n", " ") for line in lines) + "\n"


def _test(
    name: str, found: Difference, names: Parameters, scope: dict[str, Any], function: Any
) -> str:
    if found.given.free and set(found.given.free) != {"__class__"}:
        raise Unsaid("the unit is made by a call of another function")
    if not found.alone:
        raise Unsaid("it takes the calls before as well")
    said = Saying(str(scope.get("__name__")))
    call = _call(_callee(name, scope, function, said), found.given, names, said)
    body = list(_checks(found, call, said))
    head = "import pytest\n\n" if any("pytest." in line for line in body) else ""
    needs = "".join(f"import {module}\n" for module in sorted(said.modules))
    made = f"\n\n{MADE}" if said.makes else "\n\n"
    test = "test_" + name.replace(".", "_").replace("#", "_").strip("_")
    settings = "".join(f"    {line}\n" for line in said.lines)
    return f"{head}{needs}{made}def {test}():\n{settings}" + "".join(f"    {b}\n" for b in body)


def _callee(name: str, scope: dict[str, Any], function: Any, said: Saying) -> str:
    """An expression for the unit itself, below what decorates it. Raises Unsaid."""
    first, *others = name.split("#", 1)[0].split(".")
    value: Any = scope.get(first)
    text = said.named(f"{scope.get('__name__')}.{first}", str(scope.get("__name__")))
    for other in others:
        if not isinstance(value, type) or other not in vars(value):
            raise Unsaid("the unit is not found by its name")
        value = vars(value)[other]
        text = f"{text}.__dict__[{other!r}]" if not _is_plain(value) else f"{text}.{other}"
    for step in ("", ".__func__", ".fget", ".__wrapped__", ".func", ".__func__.__wrapped__",
                 ".__wrapped__.__wrapped__", ".fget.__wrapped__"):  # fmt: skip
        inner = value
        for part in step.split(".")[1:]:
            inner = getattr(inner, part, None)
        if function is not None and inner is function:
            return text + step
    raise Unsaid("the unit is reached through what decorates it alone")


def _is_plain(value: Any) -> bool:
    return type(value) is types.FunctionType


def _call(callee: str, given: Input, names: Parameters, said: Saying) -> str:
    """Arguments are variables, so that what becomes of them can be looked at."""
    parts, by_position = [], True
    for name in (*names.only, *names.plain):
        by_position = by_position and name in given.arguments
        if name in given.arguments:
            variable = said.variable(name, given.arguments[name])
            parts.append(variable if by_position else f"{name}={variable}")
    if names.rest and given.arguments.get(names.rest):
        parts.append("*" + said.variable(names.rest, given.arguments[names.rest]))
    for name in names.named:
        if name in given.arguments:
            parts.append(f"{name}={said.variable(name, given.arguments[name])}")
    if names.more and given.arguments.get(names.more):
        parts.append("**" + said.variable(names.more, given.arguments[names.more]))
    return f"{callee}({', '.join(parts)})"


def _checks(found: Difference, call: str, said: Saying) -> Iterator[str]:
    one, other = found.one, found.other
    if one.result.startswith("raises "):
        yield f"with pytest.raises({said.exception(one.raised)}) as caught:"
        yield f"    {call}"
        yield f"assert type(caught.value) is {said.exception(one.raised)}"
        inside = one.result[7 + len(one.raised) :]
        if one.raised == other.raised and one.result != other.result and inside:
            yield f"assert caught.value.args == ({said.text(inside[1:-1] + ',', tuple_=True)})"
        if one.result == other.result:
            raise Unsaid("only what is left of the arguments differs")
        return
    if not one.result.startswith("returns "):
        raise Unsaid("the original does not return")
    if one.result != other.result:
        if one.result.startswith("returns <"):
            raise Unsaid("the result has no short expression")
        expected = said.text(one.result[8:])
        yield f"result = {call}"
        yield (
            f"assert result == {expected}"
            if _is_told_apart(one, other)
            else (f"assert repr(result) == repr({expected})")
        )
        return
    yield call
    yield from _left(found, said)


def _is_told_apart(one: Outcome, other: Outcome) -> bool:
    """Whether `==` sees the difference, which it does not between 1, 1.0 and True."""
    try:
        return bool(ast.literal_eval(one.result[8:]) != ast.literal_eval(other.result[8:]))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return not other.result.startswith("returns ")


def _left(found: Difference, said: Saying) -> Iterator[str]:
    """What became of an argument that is a plain value."""
    one, other = found.one.arguments, found.other.arguments
    if one == other:
        raise Unsaid("only what is written differs")
    names = list(found.given.arguments)
    for name, after in zip(names, [*names[1:], ""]):  # noqa: B905 - Python 3.9
        mine, theirs = (_part(text, name, after) for text in (one, other))
        if mine != theirs:
            yield f"assert {name} == {said.text(mine)}"
            return
    raise Unsaid("a variable of the module differs")


def _part(state: str, name: str, after: str) -> str:
    start = state.find(f"{name}=") + len(name) + 1
    end = state.find(f", {after}=", start) if after else len(state)
    return state[start : end if end >= 0 else len(state)]


class Saying:
    """Expressions for values, and what they need."""

    def __init__(self, module: str) -> None:
        self.modules = {module} if module else set()
        self.lines: list[str] = []
        self.makes = False

    def named(self, name: str, module: str) -> str:
        if "<" in name or module == "__main__":
            raise Unsaid("a value has no name")
        if module != "builtins":
            self.modules.add(module)
        return name

    def exception(self, name: str) -> str:
        return self.named(name, name.rpartition(".")[0] or "builtins")

    def text(self, text: str, *, tuple_: bool = False) -> str:
        """A description that is Python already. Raises Unsaid."""
        try:
            tree = ast.parse(f"({text})" if tuple_ else text, mode="eval")
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise Unsaid("the value has no short expression") from error
        for node in ast.walk(tree):
            if not isinstance(node, _SAID):
                raise Unsaid("the value has no short expression")
            if isinstance(node, ast.Name) and node.id not in ("float", "set", "frozenset"):
                raise Unsaid("the value has no short expression")
        return text

    def variable(self, name: str, value: Any) -> str:
        self.lines.append(f"{name} = {self.value(value, 0)}")
        return name

    def value(self, value: Any, depth: int) -> str:
        """Raises Unsaid."""
        cls = type(value)
        if depth > 6:
            raise Unsaid("a value is deep")
        if cls in (type(None), bool, int, str, bytes, type(Ellipsis), range):
            return ascii(value)
        if cls is float:
            finite = value == value and abs(value) != float("inf")
            return repr(value) if finite else f"float('{value}')"
        if cls in (list, set, tuple):
            items = [self.value(each, depth + 1) for each in value]
            if cls is tuple:
                return f"({', '.join(items)}{',' * (len(items) == 1)})"
            both = "[]" if cls is list else "{}"
            return f"{both[0]}{', '.join(items)}{both[1]}" if items else f"{cls.__name__}()"
        if cls is dict:
            pairs = [
                f"{self.value(key, depth + 1)}: {self.value(each, depth + 1)}"
                for key, each in value.items()
            ]
            return "{" + ", ".join(pairs) + "}"
        return self._made(value, cls, depth)

    def _made(self, value: Any, cls: type, depth: int) -> str:
        if cls in (types.FunctionType, types.BuiltinFunctionType) or isinstance(value, type):
            module = str(value.__module__)
            own = f"{module}." if module != "builtins" else ""
            return self.named(f"{own}{value.__qualname__}", module)
        found = layout(cls)
        if found.base is not object or found.is_enum:
            raise Unsaid(f"no short expression makes a {cls.__name__}")
        parts = [f"{name}={self.value(each, depth + 1)}" for name, each in attributes(value)]
        if not all(part.split("=", 1)[0].isidentifier() for part in parts):
            raise Unsaid(f"no short expression makes a {cls.__name__}")
        self.makes = True
        return f"made({', '.join([self.named(name_of(cls), cls.__module__), *parts])})"


_SAID = (
    ast.Expression, ast.Constant, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.Load, ast.UnaryOp,
    ast.USub, ast.Call, ast.Name,
)  # fmt: skip
