"""How a function is called, what came of it, and what the functions give that it makes."""

from __future__ import annotations

import builtins
import opcode
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, NamedTuple

from .copying import Copying
from .describing import Describing, Opaque
from .layout import name_of
from .probing import Parameters, nested
from .values import Growing

globals()["__builtins__"] = dict(vars(builtins))  # what a text does to its own is none of ours

LIKE = 3  # other values of an argument of a function that the unit makes
RAISE = opcode.opmap["RAISE_VARARGS"]
LIBRARY = os.path.dirname(os.__file__) + os.sep
NO_NUMBER = ("invalid literal for int()", "could not convert string to float")
ENDINGS: dict[str, type[BaseException]] = {
    "ValueError": ValueError, "KeyboardInterrupt": KeyboardInterrupt,
}  # fmt: skip
CHANGES: dict[type, Callable[[Any], Any]] = {
    list: lambda value: value.append(value[-1] if value else "a"),
    dict: lambda value: value.setdefault("a", None),
    set: lambda value: value.add("a"),
}


class Call(NamedTuple):
    """Arguments by parameter. `is_recorded`: that a test passes them."""

    names: Parameters
    arguments: dict[str, Any]
    is_recorded: bool = True


def called(function: Any, names: Parameters, arguments: dict[str, Any]) -> Any:
    positional, named, by_position = [], {}, True
    for name in (*names.only, *names.plain):
        by_position = by_position and name in arguments
        if by_position:
            positional.append(arguments[name])
        elif name in arguments:
            named[name] = arguments[name]
    if names.rest and by_position:
        positional += arguments.get(names.rest, ())
    named.update({name: arguments[name] for name in names.named if name in arguments})
    named.update(arguments.get(names.more, {}) if names.more else {})
    return function(*positional, **named)


def driven(value: Any) -> Any:
    """What a coroutine returns, if it never waits. Raises Opaque, and what it raises."""
    if type(value).__name__ != "coroutine" or type(value).__module__ != "builtins":
        return value
    try:
        value.send(None)
    except StopIteration as stop:
        return ("<awaited>", stop.value)
    except Exception as error:
        return ("<awaited>", "raises", name_of(type(error)))
    value.close()
    raise Opaque("a coroutine that waits")


def ended(block: Any, ending: str) -> Any:
    """What a context manager's generator does when its block changes what it was given, and ends
    with an exception."""
    value = next(block)
    if type(value) in CHANGES:
        CHANGES[type(value)](value)
    try:
        block.throw(ENDINGS[ending]("the block ends"))
    except StopIteration:
        how = "goes on behind the block"
    except BaseException as error:
        how = f"raises {name_of(type(error))}"
    else:
        how = "gives more"
    return ("<block>", value, how)


class Making:
    """The functions that the unit `code` makes, told by what they give.

    `calls` are those of the functions in the unit by how deep they lie; `kept` as in Copying.
    """

    def __init__(
        self, code: CodeType, calls: Mapping[int, Sequence[Call]], kept: frozenset[int]
    ) -> None:
        self.depths, self.calls, self.kept = dict(nested(code)), calls, kept

    def has_made(self, function: FunctionType) -> bool:
        return self.depths.get(function.__code__, 0) > 0

    def text(self, function: FunctionType, describing: Describing) -> str:
        """What it gives when it is called as by the tests, and then once more. Raises Opaque."""
        calls = self.calls.get(self.depths[function.__code__], ())
        if not calls:
            raise Opaque("a function that is made by a call")
        given = [self._given(function, call, describing) for call in (*calls, *calls)]
        return f"<function that gives {', '.join(given)}>"

    def _given(self, function: FunctionType, call: Call, describing: Describing) -> str:
        arguments = Copying(self.kept).copy(call.arguments)
        try:
            return describing.text(driven(called(function, call.names, arguments)))
        except Opaque:
            raise
        except Exception as error:
            if not call.is_recorded and not is_meant(error):
                return "raise"
            return f"raise {self.error(error, describing)}"

    def error(self, error: BaseException, describing: Describing) -> str:
        """The exact type; the arguments as well where the unit itself raises it, and the key that
        is missing, as the unit's own KeyError would tell it."""
        name = name_of(type(error))
        if _raised_in(error) in self.depths or type(error) is KeyError:
            arguments = BaseException.__dict__["args"].__get__(error)
            inside = describing.items(tuple.__iter__(arguments))
            return f"{name}({inside})"
        return name


def _raised_in(error: BaseException) -> CodeType | None:
    """The code whose statement raises it; None where an operation does."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return None
    code = trace.tb_frame.f_code
    return code if code.co_code[trace.tb_lasti] == RAISE else None


def is_meant(error: BaseException) -> bool:
    """Whether somebody raises it on purpose: by a statement that is not of the standard library,
    as a class of his own, or because a text is no number or not of an encoding."""
    cls = type(error)
    if cls.__module__ != "builtins" or isinstance(error, UnicodeError):
        return True
    if cls is ValueError and str(error).startswith(NO_NUMBER):
        return True
    code = _raised_in(error)
    return code is not None and not code.co_filename.startswith(LIBRARY)


def like(call: Call, growing: Growing, names: Sequence[str]) -> Iterator[Call]:
    """The call with some other values of one argument, and with other keywords."""
    for name, old in call.arguments.items():
        for value in growing.of(old)[:LIKE]:
            yield Call(call.names, {**call.arguments, name: value}, is_recorded=False)
    more = call.arguments.get(call.names.more, {})
    others = [{**more, key: None} for key in more]
    for value in list(more.values())[:1]:
        others += [{**more, key: value} for key in names]
        others.append({**more, **dict.fromkeys(names, value)})
    for each in others:
        yield Call(call.names, {**call.arguments, call.names.more: each}, is_recorded=False)


def names_in(recorded: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Keys and values of mappings among the arguments that a keyword may have as its name."""
    known = [value for each in recorded for value in each.values()]
    found = (word for each in known if type(each) is dict for pair in each.items() for word in pair)
    yield from dict.fromkeys(w for w in found if type(w) is str and w.isidentifier())
