"""Random small functions, random edits of them, and objects that note all that is done to them."""

from __future__ import annotations

import ast
import copy
import itertools
import random
from collections.abc import Callable
from typing import Any

NAMES = ("a", "b", "c", "x", "y")
KINDS = ("assign", "assign", "assign", "call", "if", "if", "while", "for", "try", "with", "exit")
MOST_STEPS = 60


class Enough(BaseException):
    """The function has run long enough."""


class Record:
    """What was done to the things of one run; what they answer depends on its length alone."""

    def __init__(self, seed: int) -> None:
        self.seed, self.log, self.count = seed, [], 0

    def thing(self) -> Thing:
        self.count += 1
        return Thing(self, self.count)

    def draw(self, *what: Any) -> random.Random:
        self.log.append(tuple(show(each) for each in what))
        if len(self.log) > MOST_STEPS:
            raise Enough
        rng = random.Random(f"{self.seed} {len(self.log)}")
        if rng.random() < 0.12:
            raise rng.choice((ValueError, KeyError, AttributeError))(len(self.log))
        return rng


def show(value: Any) -> Any:
    """A value as text that tells types and things apart, not whether two lists are one."""
    if isinstance(value, Thing):
        return f"thing {value._number}"
    if isinstance(value, list | tuple):
        return (type(value).__name__, *(show(each) for each in value))
    if isinstance(value, BaseException):
        return (type(value).__name__, show(value.args), show(value.__context__))
    if callable(value):
        return type(value).__name__  # a bound method of a thing: its address says nothing
    return f"{type(value).__name__} {value!r}"


class Thing:
    """An object of a type that nothing is known about."""

    def __init__(self, record: Record, number: int) -> None:
        self._record, self._number = record, number

    def __repr__(self) -> str:
        return f"thing {self._number}"

    def __bool__(self) -> bool:
        return self._record.draw("truth", self).random() < 0.5

    def __iter__(self) -> Any:
        many = self._record.draw("iterate", self).randrange(3)
        for _ in range(many):
            self._record.draw("next", self)
            yield self._record.thing()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        self._record.draw("attribute", self, name)
        return self._record.thing()

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            self._record.draw("set", self, name, value)

    def __contains__(self, other: Any) -> bool:
        return self._record.draw("contains", self, other).random() < 0.5

    def __enter__(self) -> Any:
        self._record.draw("enter", self)
        return self._record.thing()

    def __exit__(self, *what: Any) -> bool:
        return self._record.draw("exit", self, what[1]).random() < 0.5

    def __call__(self, *given: Any, **named: Any) -> Any:
        self._record.draw("call", self, given, tuple(named.items()))
        return self._record.thing()


def _noted(name: str) -> Callable[..., Any]:
    def method(self: Thing, *others: Any) -> Any:
        self._record.draw(name, self, *others)
        return self._record.thing()

    return method


for _name in ("add", "radd", "sub", "rsub", "mul", "iadd", "lt", "gt", "le", "ge", "eq", "ne",
              "getitem", "neg"):  # fmt: skip
    setattr(Thing, f"__{_name}__", _noted(_name))
Thing.__hash__ = object.__hash__  # type: ignore[method-assign]  # `__eq__` took it away


def behaviour(code: str, seed: int) -> Any:
    """What the function `f` in `code` does with three things: result or exception, and the log."""
    record, space = Record(seed), {}
    exec(compile(code, "f.py", "exec"), space)
    try:
        result = space["f"](record.thing(), record.thing(), record.thing())
        if hasattr(result, "send"):
            result = list(itertools.islice(result, 20))
        end = ("returned", show(result))
    except (Enough, Exception) as error:
        end = ("raised", show(error))
    return end, record.log


class Writer:
    """Writes a random function."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def function(self) -> str:
        body = [*self.block(2, False), f"    return {self.expression(1)}"]
        return "def f(a, b, c):\n" + "\n".join(body) + "\n"

    def block(self, depth: int, loop: bool) -> list[str]:
        lines = [ln for _ in range(self.rng.randint(1, 3)) for ln in self.statement(depth, loop)]
        return [f"    {line}" for line in lines]

    def statement(self, depth: int, loop: bool) -> list[str]:
        rng = self.rng
        kind = rng.choice(
            [
                "assign",
                "assign",
                "assign",
                "call",
                "if",
                "if",
                "while",
                "for",
                "try",
                "with",
                "exit",
            ]
        )
        if kind == "assign" or (depth == 0 and kind not in ("call", "exit")):
            return [f"{rng.choice(NAMES)} {rng.choice(('=', '=', '+='))} {self.expression(2)}"]
        if kind == "call":
            return [self.expression(2)]
        if kind == "exit":
            ends = ["return x", f"return {self.expression(1)}", "raise ValueError(a)"]
            return [rng.choice([*ends, *(("break", "continue") if loop else ())])]
        inner = self.block(depth - 1, loop or kind in ("while", "for"))
        other = self.block(depth - 1, loop)
        test = self.expression(2)
        if kind == "if":
            return [f"if {test}:", *inner, *(["else:", *other] if rng.random() < 0.6 else [])]
        if kind == "while":
            return [f"while {rng.choice(NAMES)}.p:", *inner]
        if kind == "for":
            return [f"for {rng.choice(NAMES)} in {test}:", *inner]
        if kind == "with":
            return [f"with {test} as {rng.choice(NAMES)}:", *inner]
        handler = rng.choice(("except ValueError:", "except KeyError as x:", "finally:"))
        return ["try:", *inner, handler, *other]

    def expression(self, depth: int) -> str:
        rng = self.rng
        if depth == 0 or rng.random() < 0.25:
            return rng.choice((*NAMES, *NAMES, "1", "True", "None", "0.0", "'s'", "[]", "(a, 1)"))
        one, two, three = (self.expression(depth - 1) for _ in range(3))
        forms = (f"{one} + {two}", f"{one} < {two}", f"{one} == {two}", f"{one} is {two}",
                 f"{one} in {two}", f"not {one}", f"({one} and {two})", f"({one} or {two})",
                 f"({one} if {two} else {three})", f"a.m({one}, {two})", f"b({one})",
                 f"[{one}, {two}]", f"[x for x in {one} if x]", f"c[{one}]",
                 f"{one} < {two} < {three}", f"b(*{one})", f"b(k={one})")  # fmt: skip
        return f"({rng.choice(forms)})"


def edited(code: str, rng: random.Random) -> str:
    """The function with one random edit, which often leaves its meaning as it was."""
    tree = ast.parse(code)
    nodes = [n for n in ast.walk(tree) if isinstance(n, ast.stmt | ast.expr)]
    edits = [edit for node in nodes for edit in _edits(node, tree, rng)]
    rng.choice(edits)()
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _edits(node: ast.AST, tree: ast.Module, rng: random.Random) -> list[Callable[[], None]]:
    found: list[Callable[[], None]] = []
    for field, value in ast.iter_fields(node):
        if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
            found += _of_block(value, rng)
        stored = isinstance(getattr(value, "ctx", None), ast.Store)
        inside = isinstance(node, ast.expr | ast.stmt)
        if isinstance(value, ast.Constant | ast.Name) and inside and not stored:
            new = rng.choice([ast.Name(rng.choice(NAMES), ast.Load()), ast.Constant(1)])
            found.append(lambda f=field, new=new: setattr(node, f, new))
    if isinstance(node, ast.If | ast.IfExp):
        found += [lambda: _inverted(node)] * 4
    if isinstance(node, ast.BoolOp):
        found.append(lambda: node.values.reverse())
    if isinstance(node, ast.FunctionDef):
        found += [lambda: _renamed(tree, "x", "z")] * 3 + [lambda: _renamed(tree, "y", "x")]
    return found


def _inverted(node: Any) -> None:
    node.test = ast.UnaryOp(ast.Not(), node.test)
    if isinstance(node, ast.IfExp) or node.orelse:
        node.body, node.orelse = node.orelse, node.body
    else:
        node.body, node.orelse = [ast.Pass()], node.body


def _renamed(tree: ast.Module, old: str, new: str) -> None:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == old:
            node.id = new
        if isinstance(node, ast.ExceptHandler) and node.name == old:
            node.name = new


def _of_block(block: list[ast.stmt], rng: random.Random) -> list[Callable[[], None]]:
    found: list[Callable[[], None]] = []
    at = rng.randrange(len(block))
    first = block[at]

    def swap() -> None:
        block[at : at + 2] = block[at : at + 2][::-1]

    def unused() -> None:
        block.insert(at, ast.parse("z = 1").body[0])

    # `first` is looked at below before one of these is chosen
    def named() -> None:
        value = copy.deepcopy(first.value)  # type: ignore[attr-defined]
        block.insert(at, ast.Assign([ast.Name("z", ast.Store())], value))
        first.value = ast.Name("z", ast.Load())  # type: ignore[attr-defined]

    def tail_into_else() -> None:
        first.orelse += block[at + 1 :]  # type: ignore[attr-defined]
        del block[at + 1 :]

    found += [swap, unused]
    if isinstance(first, ast.Assign | ast.AugAssign | ast.Expr | ast.Return) and first.value:
        found += [named] * 3
    if isinstance(first, ast.If):
        found += [tail_into_else] * 3
    if len(block) > 1:
        found.append(lambda: block.remove(first))
    return found
