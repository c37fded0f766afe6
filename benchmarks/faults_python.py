"""Small faults for Python functions: each is a text that should not be proved the same.

What is the same by its looks is left out, such as `while True` for `while 1`, `x is None` turned
round, or a `return` at the end.

Kept apart from `codeaug.mutations`: a prover's faults also touch what no test could notice well,
such as the order of evaluation, the type of a constant or which local is read.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from functools import lru_cache

_COMPARE = {
    ast.Lt: (ast.LtE, ast.Gt), ast.LtE: (ast.Lt,), ast.Gt: (ast.GtE, ast.Lt), ast.GtE: (ast.Gt,),
    ast.Eq: (ast.NotEq, ast.Is), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot, ast.Eq),
    ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip
_BINARY = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.FloorDiv,
    ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitXor,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift, ast.Pow: ast.Mult,
}  # fmt: skip
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def faults(source: str, line: int, limit: int, seed: int) -> list[tuple[str, str]]:
    """At most `limit` (what was done, whole file) for the function that starts on `line`."""
    unit = next(
        (n for n in ast.walk(_parsed(source)) if isinstance(n, _FUNCTIONS) and _first(n) == line),
        None,
    )
    if unit is None:
        return []
    names = sorted({n.id for n in ast.walk(unit) if isinstance(n, ast.Name)} - {unit.name})
    lines = source.encode().split(b"\n")
    starts = [0]
    for each in lines:
        starts.append(starts[-1] + len(each) + 1)
    found = []
    for node in (n for top in _body(unit) for n in _evaluated(top)):
        if isinstance(node, ast.expr | ast.stmt) and node.end_lineno is not None:
            span = (
                starts[node.lineno - 1] + node.col_offset,
                starts[node.end_lineno - 1] + (node.end_col_offset or 0),
            )
            found += [(span, what, text) for what, text in _replacements(node, names)]
    random.Random(seed).shuffle(found)
    data = source.encode()
    made: list[tuple[str, str]] = []
    for (start, end), what, text in found:
        if len(made) == limit:
            break
        if _harmless(data[:start], what, text, data[start:end]):
            continue
        changed = (data[:start] + text.encode() + data[end:]).decode()
        made.append((f"{what}: {data[start:end].decode()!r} -> {text!r}", changed))
    return made


def _harmless(before: bytes, what: str, text: str, old: bytes) -> bool:
    """`-1` for `-True`, which is the same constant; `while 1`; the same text in parentheses."""
    boolean = what == "constant" and text in ("(True)", "(False)")
    loop = what == "constant" and before.endswith(b"while ") and text in ("(1)", "(1.0)", "(2)")
    return loop or (boolean and before.endswith(b"-")) or text.strip("()").encode() == old


@lru_cache(maxsize=4)
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _first(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _body(unit: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
    first = unit.body[0]
    doc = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return unit.body[1:] if doc else unit.body


def _replacements(node: ast.AST, names: list[str]) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.expr):
        for what, new in _of_expression(node, names):
            yield what, f"({ast.unparse(new)})" if isinstance(new, ast.expr) else new


def _of_statement(node: ast.stmt) -> Iterator[tuple[str, str]]:
    simple = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Delete, ast.Assert)
    constant = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    nothing = isinstance(node, ast.Return) and _is_none(node.value)
    if isinstance(node, simple) and not constant and not nothing:
        yield "dropped statement", "pass"
    if isinstance(node, ast.Return) and not _is_none(node.value):
        yield "returns nothing", "return None"
        yield "statement for return", ast.unparse(node.value)  # type: ignore[arg-type]  # not None, see above
    if isinstance(node, ast.Break):
        yield "break", "continue"
    if isinstance(node, ast.Continue):
        yield "continue", "break"
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        operation = ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value)
        yield "augmented assignment", f"{node.target.id} = {ast.unparse(operation)}"
    if isinstance(node, ast.AugAssign) and type(node.op) in _BINARY:
        other = ast.AugAssign(node.target, _BINARY[type(node.op)](), node.value)
        yield "operator", ast.unparse(other)
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        yield "value only", ast.unparse(node.value)
    if isinstance(node, ast.Raise) and node.exc is not None:
        yield "exception", "raise Exception"
        yield "bare raise", "raise"


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """The node and what is inside, without annotations in bodies: nothing evaluates those."""
    yield node
    for name, _ in ast.iter_fields(node):
        if not (isinstance(node, ast.AnnAssign) and name == "annotation"):
            value = getattr(node, name)
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _evaluated(child)


def _is_none(value: ast.expr | None) -> bool:
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def _of_expression(node: ast.expr, names: list[str]) -> Iterator[tuple[str, ast.expr | str]]:
    match node:
        case ast.Compare(left, ops, comparators):
            for other in _COMPARE.get(type(ops[0]), ()):
                yield "comparison", ast.Compare(left, [other(), *ops[1:]], comparators)
            if len(ops) == 1 and not isinstance(ops[0], ast.Is | ast.IsNot):
                yield "order of operands", ast.Compare(comparators[0], ops, [left])
        case ast.BoolOp(op, values):
            yield "and/or", ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
            yield "order of operands", ast.BoolOp(op, values[::-1])
            yield "dropped operand", values[0]
        case ast.BinOp(left, op, right):
            yield "order of operands", ast.BinOp(right, op, left)
            if type(op) in _BINARY:
                yield "operator", ast.BinOp(left, _BINARY[type(op)](), right)
            yield "dropped operand", left
        case ast.UnaryOp(_, operand):
            yield "dropped operator", operand
        case ast.IfExp(test, body, orelse):
            yield "arms", ast.IfExp(test, orelse, body)
            yield "always", body
        case ast.Call(func, args, keywords):
            yield from _of_call(func, args, keywords)
        case ast.Constant(value):
            yield from (("constant", ast.Constant(other)) for other in _other_constants(value))
        case ast.Name(name, ast.Load()):
            for word in [n for n in names if n != name][:3]:
                yield "name", word
        case ast.Attribute(value, name, ctx) if isinstance(ctx, ast.Load):
            yield "attribute", ast.Attribute(value, name + "_", ctx)
            yield "dropped attribute", value
        case ast.Subscript(value, _, ctx) if isinstance(ctx, ast.Load):
            yield "dropped subscript", value
        case ast.Tuple(elts, ctx) | ast.List(elts, ctx) if len({*map(ast.dump, elts)}) > 1:
            yield "order of elements", type(node)(elts[::-1], ctx)
        case ast.NamedExpr(_, value):
            yield "dropped binding", value
        case ast.Yield(value) if value is not None:
            yield "yields nothing", ast.Yield(None)


def _of_call(
    func: ast.expr, args: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[tuple[str, ast.expr]]:
    if len(args) > 1:
        yield "order of arguments", ast.Call(func, [args[1], args[0], *args[2:]], keywords)
    if args:
        yield "dropped argument", ast.Call(func, args[:-1], keywords)
        yield "argument for call", args[0].value if isinstance(args[0], ast.Starred) else args[0]
    if keywords:
        yield "dropped keyword", ast.Call(func, args, keywords[:-1])
    if len(keywords) > 1:
        yield "order of keywords", ast.Call(func, args, keywords[::-1])
    yield "callable for call", func


def _other_constants(value: object) -> list[bool | int | float | str | bytes]:
    match value:
        case bool():
            return [not value, int(value)]
        case int():
            return [value + 1, float(value), *([bool(value)] if value in (0, 1) else [])]
        case float():
            return [-value, value + 1]
        case str():
            return [value + "x"]
        case bytes():
            return [value + b"x"]
        case None:
            return [0, False]
    return []
