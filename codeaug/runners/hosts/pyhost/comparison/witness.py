"""A difference as a test that passes on the original and fails on the changed text."""

from __future__ import annotations

import ast
import contextlib
import re
import types
from collections.abc import Iterator
from typing import Any

from .agreement import Difference
from .calling import PART, Outcome
from .layout import attributes, layout, name_of
from .probing import Parameters
from .recording import Input, described
from .words import cut, sentence

ITEMS = re.compile(r"<\w+ of ([^<]*)>")
ALIAS = re.compile(r"<(\w+)>")  # the whole result is an argument
_PLACE = re.compile(r"<\d+>")
_REFERENCE = re.compile(r"<\w+>")
WITNESS = 4000
AWAITED = "returns ('<awaited>', "
MADE = """def made(cls, **attributes):
    it = object.__new__(cls)
    for name, value in attributes.items():
        object.__setattr__(it, name, value)
    return it


"""


class Unsaid(Exception):
    """A value that no short expression makes."""


def witness(
    name: str, found: Difference, names: Parameters, scope: dict[str, Any], function: Any,
    *, changes: bool,
) -> str:  # fmt: skip
    """A pytest function that passes on the original alone; else a comment that says what to try.

    `changes`: a call leaves the module in another state, which a test of its own would not find.
    """
    reason = ""
    try:
        if changes:
            raise Unsaid("it changes variables of the module")
        text = _test(name, found, names, scope, function)
    except Unsaid as why:
        text = ""
        reason = str(why)
    if text and len(text) <= WITNESS:
        return text
    reason = reason or "the values are long"
    lines = [f"# {sentence(name, found)}", f"# No ready test: {reason}."]
    lines += [f"# before: {cut(str(found.one.result), 600)}"]
    lines += [f"# now: {cut(str(found.other.result), 600)}"]
    return "\n".join(line.replace("\n", " ") for line in lines) + "\n"


def _test(
    name: str, found: Difference, names: Parameters, scope: dict[str, Any], function: Any
) -> str:
    if found.given.free and set(found.given.free) != {"__class__"}:
        raise Unsaid("the unit is made by a call of another function")
    if _share(found.given):
        raise Unsaid("several of its values are one object")
    if found.given.ending:
        raise Unsaid("its block ends with an exception")
    if found.given.fault:
        raise Unsaid("an argument fails")
    if found.needs:
        raise Unsaid(f"it is seen {found.needs}")
    said = Saying(str(scope.get("__name__")))
    call = _call(_callee(name, scope, function, said), found.given, names, said)
    body = list(_checks(found, call, said))
    head = "import pytest\n\n" if any("pytest." in line for line in body) else ""
    needs = "".join(f"import {module}\n" for module in sorted(said.modules))
    made = f"\n\n{MADE}" if said.makes else "\n\n"
    test = "test_" + name.replace(".", "_").replace("#", "_").strip("_")
    settings = "".join(f"    {line}\n" for line in said.lines)
    return f"{head}{needs}{made}def {test}():\n{settings}" + "".join(f"    {b}\n" for b in body)


def _share(given: Input) -> bool:
    """Whether an argument is, or holds, an object that another one is or holds."""
    alone = ", ".join(described({name: each}, {}) for name, each in given.arguments.items())
    one, other = (_PLACE.sub("<>", text) for text in (given.text, alone))
    return not one.startswith(other)


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
        yield from _raised(one, other, call, said)
    elif not one.result.startswith("returns "):
        raise Unsaid("the original does not return")
    elif one.result.startswith(AWAITED) and one.result != other.result:
        said.modules.add("asyncio")
        yield f"result = asyncio.run({call})"
        yield from _compared("result", _awaited(one), _awaited(other), said)
    elif one.result != other.result:
        yield f"result = {call}"
        yield from _compared("result", one.result[8:], _returned(other), said)
        alias = ALIAS.fullmatch(_returned(other))
        if alias and alias[1] in found.given.arguments:
            yield f"assert result is not {alias[1]}"
        if one.arguments != other.arguments:  # it may be an alias alone that the result differs in
            with contextlib.suppress(Unsaid):
                yield from list(_left(found, said))
    else:
        yield call
        yield from _left(found, said)


def _raised(one: Outcome, other: Outcome, call: str, said: Saying) -> Iterator[str]:
    if one.result == other.result:
        raise Unsaid("only what is left of the arguments differs")
    name = said.exception(one.raised)
    yield f"with pytest.raises({name}) as caught:"
    yield f"    {call}"
    yield f"assert type(caught.value) is {name}"
    inside = one.result[7 + len(one.raised) :]
    if one.raised == other.raised and inside:
        yield f"assert caught.value.args == {said.text(f'({inside[1:-1]},)')}"


def _returned(outcome: Outcome) -> str:
    return outcome.result[8:] if outcome.result.startswith("returns ") else ""


def _awaited(outcome: Outcome) -> str:
    return outcome.result[len(AWAITED) : -1] if outcome.result.startswith(AWAITED) else ""


def _compared(variable: str, mine: str, theirs: str, said: Saying) -> Iterator[str]:
    """That a variable is what it was; `theirs` is what it is now, "" when it is not made."""
    items = ITEMS.fullmatch(mine)
    if items:
        yield f"assert list({variable}) == {said.text(f'[{items[1]}]')}"
        return
    attribute = _attribute(mine, theirs)
    if attribute is not None:
        yield from _compared(f"{variable}.{attribute[0]}", *attribute[1:], said)
        return
    expected = said.text(mine)
    if _is_told_apart(mine, theirs):
        yield f"assert {variable} == {expected}"
    elif _REFERENCE.search(theirs) and not ALIAS.fullmatch(theirs):
        raise Unsaid("they differ in what is shared inside")
    else:
        yield f"assert repr({variable}) == repr({expected})"


def _attribute(mine: str, theirs: str) -> tuple[str, str, str] | None:
    """The first attribute that two objects of one class differ in, with both descriptions."""
    try:
        one, other = (ast.parse(text, mode="eval").body for text in (mine, theirs))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    if not (isinstance(one, ast.Call) and isinstance(other, ast.Call)):
        return None
    if not isinstance(one.func, ast.Attribute) or ast.dump(one.func) != ast.dump(other.func):
        return None
    values = {word.arg: ast.unparse(word.value) for word in other.keywords}
    for word in one.keywords:
        text = ast.unparse(word.value)
        if word.arg and values.get(word.arg, text) != text:
            return word.arg, text, values[word.arg]
    return None


def _is_told_apart(mine: str, theirs: str) -> bool:
    """Whether `==` sees the difference, which it does not between 1, 1.0 and True."""
    try:
        return bool(ast.literal_eval(mine) != ast.literal_eval(theirs))
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return not theirs


def _left(found: Difference, said: Saying) -> Iterator[str]:
    """What became of an argument."""
    one, other = found.one.arguments, found.other.arguments
    if one == other:
        raise Unsaid("only what is written differs")
    for mine, theirs in zip(one.split(PART), other.split(PART)):
        name = mine.split("=", 1)[0]
        if mine != theirs and name in found.given.arguments:
            start = len(name) + 1
            yield from _compared(name, mine[start:], theirs[start:], said)
            return
    raise Unsaid("a variable of the module differs")


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

    def text(self, text: str) -> str:
        """A description that is Python already. Raises Unsaid."""
        try:
            tree = ast.parse(text, mode="eval")
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
