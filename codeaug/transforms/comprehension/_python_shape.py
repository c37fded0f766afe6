"""What a Python loop does that only fills something, or leaves when it has found something."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from codeaug.transforms.comprehension._shape import Clause, Shape


def shape_of(node: cst.For) -> Shape | None:
    """The loop, where its body only fills something, or only leaves the loop when it found it."""
    clauses: list[Clause] = []
    tests: list[cst.BaseExpression] = []
    target, source = node.target, node.iter
    body = node.body
    while True:
        inner = body.body[0]
        if len(body.body) == 1 and isinstance(inner, cst.If) and inner.orelse is None:
            tests.append(inner.test)
            body = inner.body
        elif len(body.body) == 1 and _is_plain_for(inner):
            assert isinstance(inner, cst.For)
            clauses.append(Clause(target, source, tuple(tests)))
            target, source, tests, body = inner.target, inner.iter, [], inner.body
        else:
            clauses.append(Clause(target, source, tuple(tests)))
            return _ending(tuple(_small(body)), tuple(clauses))


def _is_plain_for(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.For) and not node.asynchronous and node.orelse is None


def _small(body: cst.BaseSuite) -> Iterator[cst.CSTNode]:
    for line in body.body:
        if isinstance(line, cst.SimpleStatementLine):
            yield from line.body
        else:
            yield line


def _ending(body: tuple[cst.CSTNode, ...], clauses: tuple[Clause, ...]) -> Shape | None:
    match body:
        case (
            cst.Expr(
                value=cst.Call(
                    func=cst.Attribute(value=cst.Name(value=name), attr=cst.Name(value=how)),
                    args=[cst.Arg(value=value, star="", keyword=None)],
                )
            ),
        ) if how in ("append", "add"):
            return Shape(how, name, (value,), clauses)
        case (
            cst.Assign(
                targets=[
                    cst.AssignTarget(
                        target=cst.Subscript(
                            value=cst.Name(value=name),
                            slice=[cst.SubscriptElement(slice=cst.Index(value=key, star=None))],
                        )
                    )
                ],
                value=value,
            ),
        ):
            return Shape("item", name, (key, value), clauses)
        case _:
            return _leaving(body, clauses)


def _leaving(body: tuple[cst.CSTNode, ...], clauses: tuple[Clause, ...]) -> Shape | None:
    """The last test becomes what is asked of each element."""
    last = clauses[-1]
    if not last.tests:
        return None
    asked = (*clauses[:-1], Clause(last.target, last.iter, last.tests[:-1]))
    match body:
        case (cst.Return(value=cst.Name(value="True" | "False" as answer)),):
            return Shape(answer, "", last.tests[-1:], asked)
        case (
            cst.Assign(
                targets=[cst.AssignTarget(target=cst.Name(value=name))],
                value=cst.Name(value="True"),
            ),
            cst.Break(),
        ) if len(clauses) == 1:
            return Shape("found", name, last.tests[-1:], asked)
        case _:
            return None
