"""Where a function lies in its file, and the least text around it that compiles as it does there.

A function compiles in its file as it does in an empty class of its own class's name; only inside
another function, or a class with type parameters, does it depend on variables around it, so there
the whole of the outermost such definition is taken. What lies outside of that text must be the same
in both files, letter for letter, or the whole files are compiled.
"""

from __future__ import annotations
import __future__

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Chain = tuple[Definition, ...]


class Place(NamedTuple):
    """A function in its file: `before`, the text that is compiled, `after`.

    `start` is the text's first line, `line` the function's, decorators included. `classes` are the
    names of the classes around `text`; `flags` those of the file's future statements.
    """

    name: str
    before: str
    text: str
    after: str
    start: int
    line: int
    classes: tuple[str, ...]
    flags: int


def find(source: str, name: str, line: int) -> Place | None:
    """The function `name` that starts on `line`, decorators included; None where there is none.

    `name` is qualified; parts such as `<locals>` and a number as in `name#2` may be given or left
    out. SyntaxError and ValueError for a text that does not parse.
    """
    parts = tuple(part for part in name.partition("#")[0].split(".") if part != "<locals>")
    return _place(source, parts, line)


@lru_cache(maxsize=64)
def _place(source: str, parts: tuple[str, ...], line: int) -> Place | None:
    known, lines, flags = _parsed(source)
    chain = known.get((parts, line), ())
    outer = next((n for n, each in enumerate(chain) if _has_variables(each)), -1)
    if outer < 0 or isinstance(chain[-1], ast.ClassDef):
        return None
    start, end = _first(chain[outer]), chain[outer].end_lineno or 0
    return Place(
        parts[-1],
        "".join(lines[: start - 1]),
        "".join(lines[start - 1 : end]),
        "".join(lines[end:]),
        start,
        line,
        parts[:outer],
        flags,
    )


def counterpart(place: Place, changed: str) -> Place | None:
    """The same place in the changed file; None where the rest of the file is not the same text."""
    before, after = place.before, place.after
    changed = plain(changed)
    same = changed.startswith(before) and changed.endswith(after)
    if not same or len(changed) < len(before) + len(after):
        return None
    text = changed[len(before) : len(changed) - len(after)]
    if _indent(text) != _indent(place.text) or not (_apart(place.text) and _apart(text)):
        return None
    # A line joined to the next one by a backslash would be read across the seam.
    if before.endswith("\\\n") or (after and not text.endswith("\n")):
        return None
    return place._replace(text=text)


def wrapped(place: Place) -> str:
    """Text to be compiled, in which the lines have the numbers that they have in the file."""
    indent = _indent(place.text)
    heads = [f"{indent[:depth]}class {name}:\n" for depth, name in enumerate(place.classes)]
    if indent and not heads:
        heads = ["if 1:\n"]
    missing = place.start - 1 - len(heads)
    return "\n" * missing + "".join(heads) + place.text


def plain(text: str) -> str:
    """The text with the line ends that Python's own reading gives it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff")


@lru_cache(maxsize=16)
def _parsed(source: str) -> tuple[dict[tuple[tuple[str, ...], int], Chain], list[str], int]:
    """The definitions of a file by qualified name and first line, its lines, its flags."""
    text = plain(source)
    tree = ast.parse(text)
    known = {
        (tuple(e.name for e in chain), _first(chain[-1])): chain for chain in _chains(tree, ())
    }
    return known, re.findall(r"[^\n]*\n|[^\n]+", text), _flags(tree)


def _flags(tree: ast.Module) -> int:
    flags = 0
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__" and not node.level:
            for alias in node.names:
                feature = getattr(__future__, alias.name, None)
                flags |= getattr(feature, "compiler_flag", 0)
    return flags


def _chains(node: ast.AST, chain: Chain) -> Iterator[Chain]:
    """Every class and function with those around it, the outermost first."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield (*chain, child)
            yield from _chains(child, (*chain, child))
        elif not isinstance(child, ast.expr):
            yield from _chains(child, chain)


def _has_variables(node: Definition) -> bool:
    """Whether functions inside see variables of this one: a class has them as type parameters."""
    return not isinstance(node, ast.ClassDef) or bool(getattr(node, "type_params", ()))


def _first(node: Definition) -> int:
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])


def _indent(text: str) -> str:
    return text[: len(text) - len(text.lstrip(" \t"))]


def _apart(text: str) -> bool:
    """Whether the text starts with a statement and does not run into the next line."""
    start = text.lstrip(" \t")[:1]
    return start not in ("", "\n", "\f", "\\") and not text.endswith("\\\n")
