"""A Python file as its libcst tree with the bytes that each node covers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache

import libcst as cst

from codeaug.model import Edit, Span, Unit
from codeaug.predicates import collector
from codeaug.predicates.python_places import Printed, printed
from codeaug.predicates.width import usual_limit

_BOM = b"\xef\xbb\xbf"
_OWN_SCOPE = (cst.FunctionDef, cst.ClassDef)


@dataclass(frozen=True, eq=False)
class PythonFile:
    """One parsed file.

    `comments` and `strings` are byte spans in order of their start, `enclosing` the functions
    around each, `ends` the ends of all functions, `limit` how long its lines may become, `shift`
    the bytes of a byte order mark.
    """

    source: bytes
    module: cst.Module
    functions: tuple[cst.FunctionDef, ...]
    enclosing: Mapping[cst.FunctionDef, tuple[cst.FunctionDef, ...]]
    comments: tuple[Span, ...]
    strings: tuple[Span, ...]
    ends: frozenset[int]
    limit: int
    places: Mapping[int, tuple[int, int]]
    shift: int

    def span(self, node: cst.CSTNode) -> Span:
        """The node without its own parentheses."""
        start, end = self.places[id(node)]
        return Span(start + self.shift, end + self.shift)

    def outer(self, node: cst.BaseExpression) -> Span:
        """The expression with its own parentheses."""
        inner = self.span(node)
        start = self.span(node.lpar[0]).start if node.lpar else inner.start
        end = self.span(node.rpar[-1]).end if node.rpar else inner.end
        return Span(start, end)

    def slice(self, span: Span) -> str:
        return self.source[span.start : span.end].decode()

    def text(self, node: cst.BaseExpression) -> str:
        """The expression as written, with its own parentheses."""
        return self.slice(self.outer(node))

    def bare(self, node: cst.BaseExpression) -> str:
        """The expression as a condition of its own: without parentheses that are not needed."""
        needed = isinstance(node, (cst.Tuple, cst.GeneratorExp, cst.NamedExpr, cst.Yield))
        text = self.slice(self.span(node))
        return self.text(node) if needed or "\n" in text else text

    def together(self, node: cst.BaseExpression) -> str:
        """The expression as one of several: a tuple in parentheses."""
        text = self.text(node)
        return f"({text})" if isinstance(node, cst.Tuple) and not node.lpar else text

    def line_start(self, position: int) -> int:
        return self.source.rfind(b"\n", 0, position) + 1

    def line_end(self, position: int) -> int:
        """Behind the line break of the line that holds `position`."""
        found = self.source.find(b"\n", position)
        return len(self.source) if found < 0 else found + 1

    def indent(self, position: int) -> str:
        """The white space that the line of `position` begins with."""
        start = self.line_start(position)
        line = self.source[start : self.line_end(position)]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode()

    @property
    def newline(self) -> str:
        return self.module.default_newline

    def has_comment(self, start: int, end: int) -> bool:
        """Whether a comment begins in bytes `start` to `end`."""
        place = bisect_left(self.comments, start, key=lambda span: span.start)
        return place < len(self.comments) and self.comments[place].start < end

    def in_string(self, position: int) -> bool:
        """Whether `position` lies inside a string, so that its white space is a value."""
        place = bisect_right(self.strings, position, key=lambda span: span.start) - 1
        return place >= 0 and self.strings[place].start < position < self.strings[place].end

    def function(self, unit: Unit) -> cst.FunctionDef | None:
        """The definition that `unit` is."""
        starts = self.functions
        place = bisect_left(starts, unit.span.start, key=lambda f: self.span(f.name).start)
        if place == len(starts) or self.span(starts[place]).end > unit.span.end:
            return None
        found = starts[place]
        # The second function of one name is `name#2`.
        name = unit.name.rpartition(".")[2].partition("#")[0]
        return found if found.name.value == name else None


@lru_cache(maxsize=4)
def parse(source: bytes, limit: int = 0) -> PythonFile | None:
    """The parsed file, or None where libcst cannot give back exactly these bytes."""
    with collector.paused():
        return _parsed(source, limit or usual_limit(source))


def _parsed(source: bytes, limit: int) -> PythonFile | None:
    body = source.removeprefix(_BOM)
    if b"\f" in body or b"\r" in body.replace(b"\r\n", b""):
        return None
    try:
        module = cst.parse_module(body.decode())
    except (cst.ParserSyntaxError, UnicodeDecodeError, RecursionError):
        return None
    text = printed(module)
    return _indexed(source, module, text, limit) if text.code.encode() == body else None


def _indexed(source: bytes, module: cst.Module, text: Printed, limit: int) -> PythonFile:
    shift = len(_BOM) if source.startswith(_BOM) else 0

    def ordered(*kinds: type[cst.CSTNode]) -> tuple[Span, ...]:
        places = (text.places[id(node)] for kind in kinds for node in text.by_kind.get(kind, ()))
        found = (Span(start + shift, end + shift) for start, end in places)
        return tuple(sorted(found, key=lambda span: (span.start, -span.end)))

    functions = sorted(
        (
            node
            for node in text.by_kind.get(cst.FunctionDef, ())
            if isinstance(node, cst.FunctionDef)
        ),
        key=lambda f: text.places[id(f.name)],
    )
    ends = {f: text.places[id(f)][1] + shift for f in functions}
    return PythonFile(
        source,
        module,
        tuple(functions),
        _around(functions, ends),
        ordered(cst.Comment),
        _outermost(ordered(cst.SimpleString, cst.FormattedString)),
        frozenset(ends.values()),
        limit,
        text.places,
        shift,
    )


def _around(
    functions: Sequence[cst.FunctionDef], ends: Mapping[cst.FunctionDef, int]
) -> dict[cst.FunctionDef, tuple[cst.FunctionDef, ...]]:
    """The functions that each of them stands in; `functions` in order of their start."""
    found: dict[cst.FunctionDef, tuple[cst.FunctionDef, ...]] = {}
    before: tuple[cst.FunctionDef, ...] = ()
    for function in functions:
        # An earlier one that ends later (or with it) is around it.
        before = tuple(other for other in before if ends[other] >= ends[function])
        found[function] = before
        before = (*before, function)
    return found


def _outermost(spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` without those that lie inside another (strings inside an f-string)."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


# --- walking --------------------------------------------------------------------------------------


@cache
def _parts(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    """The fields of a node that hold code: no white space, parentheses or separators."""
    skipped = ("whitespace", "lpar", "rpar", "leading_lines", "header", "footer", "trailing")
    return tuple(f.name for f in fields(kind) if not f.name.startswith(skipped))


# Asked of each class once: libcst's are abstract, and `isinstance` is slow with those.
_is_node: Callable[[type], bool] = cache(lambda kind: issubclass(kind, cst.CSTNode))


def children(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes of code directly below `node`, in the order of their fields."""
    found: list[cst.CSTNode] = []
    for name in _parts(type(node)):
        value = getattr(node, name)
        if _is_node(type(value)):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            found += [item for item in value if _is_node(type(item))]
    return found


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """`node` and all code below it, in the order of their fields."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(children(node))


Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True, eq=False)
class Block:
    """Statements at one indentation. `owner` is what the block is the body of."""

    owner: cst.CSTNode
    node: cst.IndentedBlock
    statements: tuple[Statement, ...]


@lru_cache(maxsize=64)
def blocks(function: cst.FunctionDef) -> tuple[Block, ...]:
    """The indented blocks of a function, without those of definitions inside it."""
    return tuple(_blocks(function))


def _blocks(owner: cst.CSTNode) -> Iterator[Block]:
    body = getattr(owner, "body", None)
    if isinstance(body, cst.IndentedBlock):
        statements = tuple(s for s in body.body if isinstance(s, Statement))
        yield Block(owner, body, statements)
        for statement in statements:
            if not isinstance(statement, (*_OWN_SCOPE, cst.SimpleStatementLine)):
                yield from _blocks(statement)
    for part in ("orelse", "handlers", "finalbody", "cases"):
        value = getattr(owner, part, None)
        for each in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(each, cst.CSTNode):
                yield from _blocks(each)


def only(statement: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """The single small statement of a line, None for compound ones and lines with `;`."""
    if not isinstance(statement, cst.SimpleStatementLine) or len(statement.body) != 1:
        return None
    small = statement.body[0]
    return None if isinstance(small.semicolon, cst.Semicolon) else small


# --- layout ---------------------------------------------------------------------------------------


def block_span(file: PythonFile, block: cst.IndentedBlock) -> Span:
    """The block's lines, from behind the colon to the last line, its closing comments included."""
    end = file.line_end(file.span(block.body[-1]).end)
    indent = block_indent(file, block).encode()
    # What stands behind a function's last statement is no longer part of the function.
    position = len(file.source) if file.span(block.body[-1]).end in file.ends else end
    while position < len(file.source):
        after = file.line_end(position)
        line = file.source[position:after]
        if line.strip():
            if not (line.startswith(indent) and line.lstrip().startswith(b"#")):
                break
            end = after
        position = after
    return Span(file.span(block.header).start, end)


def body_lines(file: PythonFile, block: cst.IndentedBlock) -> Span:
    """The block's lines without what stands behind the colon."""
    return Span(file.span(block.header).end, block_span(file, block).end)


def block_indent(file: PythonFile, block: cst.IndentedBlock) -> str:
    return file.indent(file.span(block.body[0]).start)


def shifted(file: PythonFile, span: Span, old: str, new: str) -> str:
    """The lines of `span` with indentation `old` replaced by `new`; string contents stay."""
    lines: list[str] = []
    position = span.start
    for data in file.source[span.start : span.end].splitlines(keepends=True):
        line = data.decode()
        move = line.startswith(old) and line.strip() and not file.in_string(position)
        lines.append(new + line[len(old) :] if move else line)
        position += len(data)
    return "".join(lines)


def keeps_aligned(file: PythonFile, edit: Edit) -> bool:
    """Whether the edit moves no bracket that the lines below are aligned with."""
    after = file.source[edit.end : file.line_end(edit.end)].decode()
    return len(edit.text) == edit.end - edit.start or not _aligning(after)


def _aligning(text: str) -> bool:
    """Whether a bracket opened in the rest of a line is still open, with something behind it."""
    opened = sum(text.count(each) for each in "([{") > sum(text.count(each) for each in ")]}")
    return opened and not text.rstrip().endswith(("(", "[", "{"))
