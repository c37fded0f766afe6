"""The unit in a text of its file: found again, compiled alone, its statements.

A file may be long and a unit short, so everything is done on a skeleton: the file with the bodies
of all other functions left out. Lines keep their numbers, scopes their names, and the unit's code
object comes out the same.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from types import CodeType
from typing import Any, NamedTuple

COOKIE = re.compile(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Text(NamedTuple):
    """A whole file, with the unit's name, bytes and lines in it."""

    source: bytes
    name: str
    span: tuple[int, int]
    lines: tuple[int, int]


def read(described: dict[str, Any]) -> Text:
    """A text as the request `load` describes it."""
    (start, end), (first, last) = described["span"], described["lines"]
    source = described["text"].encode("utf-8")
    return Text(source, described["name"], (start, end), (first, last))


class Skeleton:
    """What stands around the unit in the unchanged file, other functions' bodies left out.

    Raises SyntaxError or ValueError for a file that is not Python.
    """

    def __init__(self, text: Text) -> None:
        start, end = text.span
        self.before, self.after = text.source[:start], text.source[end:]
        self.short_before, self.short_after = self.before, self.after
        if _is_utf8(text.source):
            bodies = list(_bodies(text))
            self.short_before = _blanked(text.source, bodies, 0, start)
            self.short_after = _blanked(text.source, bodies, end, len(text.source))

    def of(self, text: Text) -> bytes:
        """A short file in which the unit of `text` stands on the same lines."""
        start, end = text.span
        if text.source[:start] != self.before or text.source[end:] != self.after:
            return text.source
        return self.short_before + text.source[start:end] + self.short_after


def _is_utf8(source: bytes) -> bool:
    found = [match for line in source.split(b"\n", 2)[:2] if (match := COOKIE.match(line))]
    return all(m.group(1).lower().replace(b"_", b"-") in (b"utf-8", b"utf8") for m in found)


def _bodies(text: Text) -> Iterator[tuple[int, int]]:
    """Bytes of the bodies of all functions that neither hold the unit nor lie in it."""
    starts = [0]
    for line in text.source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    todo: list[ast.AST] = [parsed(text.source)]
    while todo:
        node = todo.pop()
        if isinstance(node, FUNCTIONS):
            first, last = node.body[0], node.body[-1]
            assert last.end_lineno is not None
            assert last.end_col_offset is not None
            decorated = getattr(first, "decorator_list", ())
            top = min([first, *decorated], key=lambda n: n.lineno)
            begin = starts[top.lineno - 1] + top.col_offset
            if decorated:
                begin = text.source.rfind(b"@", 0, begin)
            end = starts[last.end_lineno - 1] + last.end_col_offset
            if end <= text.span[0] or begin >= text.span[1]:
                yield begin, end
                continue
            if starts[first_line(node) - 1] >= text.span[0]:
                continue  # the unit, or a part of it
        todo.extend(ast.iter_child_nodes(node))


def _blanked(source: bytes, bodies: list[tuple[int, int]], start: int, end: int) -> bytes:
    parts, here = [], start
    for a, b in sorted(bodies):
        if start <= a and b <= end:
            lines = source.count(b"\n", a, b)
            parts += [source[here:a], b"pass", b"\n" * lines]
            here = b
    return b"".join([*parts, source[here:end]])


def parsed(source: bytes) -> ast.Module:
    """Raises SyntaxError, ValueError, RecursionError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(source)


def first_line(node: Any) -> int:
    """Where a function begins: with its first decorator."""
    return int(min([node.lineno, *(d.lineno for d in node.decorator_list)]))


def unit_node(tree: ast.Module, text: Text) -> Any:
    """The unit's definition; None when it is not where it should be."""
    name = text.name.rsplit(".", 1)[-1].split("#", 1)[0]
    for node in ast.walk(tree):
        if isinstance(node, FUNCTIONS) and node.name == name and first_line(node) == text.lines[0]:
            return node
    return None


def unit_codes(module: CodeType, node: Any) -> list[CodeType]:
    """The unit's code object, last, behind those of the functions that hold it; [] without one."""

    def search(code: CodeType) -> list[CodeType]:
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                if (inner.co_name, inner.co_firstlineno) == (node.name, first_line(node)):
                    return [inner]
                found = search(inner)
                if found:
                    return [inner, *found]
        return []

    return search(module)


def with_nested(code: CodeType) -> Iterator[CodeType]:
    """A code object and all that are made in it."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from with_nested(inner)


def header(node: Any) -> str:
    """What is evaluated when the definition is, and what callers see of it."""
    parts = [node.args, *node.decorator_list, *([node.returns] if node.returns else [])]
    kind = type(node).__name__
    parameters = getattr(node, "type_params", [])
    return "\n".join([kind, *(ast.dump(part) for part in [*parts, *parameters])])


def same_code(one: CodeType, other: CodeType) -> bool:
    """Whether two code objects do the same on the same lines, however often they ran."""
    fields = (
        "co_name co_firstlineno co_code co_names co_varnames co_freevars co_cellvars co_flags "
        "co_argcount co_posonlyargcount co_kwonlyargcount"
    )
    return (
        all(getattr(one, field) == getattr(other, field) for field in fields.split())
        and list(one.co_lines()) == list(other.co_lines())
        and len(one.co_consts) == len(other.co_consts)
        and all(map(_same_constant, one.co_consts, other.co_consts))
    )


def _same_constant(one: Any, other: Any) -> bool:
    if isinstance(one, CodeType) and isinstance(other, CodeType):
        return same_code(one, other)
    return type(one) is type(other) and (one == other or repr(one) == repr(other))


def statements(text: Text) -> tuple[set[int], dict[int, int]]:
    """First lines of the unit's statements as coverage.py counts them, and each line's first line.

    Raises what its parser raises for a text that is no Python.
    """
    from coverage.parser import PythonParser

    start, end = text.span
    margin = text.source[text.source.rfind(b"\n", 0, start) + 1 : start]
    alone = b"if 1:\n" + margin + text.source[start:end] + b"\n"
    shift = text.lines[0] - 2
    if not margin:
        alone, shift = text.source[start:end] + b"\n", text.lines[0] - 1
    try:
        parser = PythonParser(text=alone.decode("utf-8"))
        parser.parse_source()
    except Exception:  # a unit that cannot stand alone, as with `nonlocal`
        parser, shift = PythonParser(text=text.source.decode("utf-8")), 0
        parser.parse_source()
    span = range(text.lines[0], text.lines[1] + 1)
    found = {line + shift for line in parser.statements}
    firsts = {line: parser.first_line(line - shift) + shift for line in span}
    return {line for line in found if line in span}, firsts
