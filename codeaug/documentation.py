"""What a function's own documentation says, as plain text.

Python's is the docstring; Java's and C++'s the comment right above, outside of the unit's span:
Javadoc, Doxygen, or plain. Tags become words, and who wrote it, when, under which licence and
what is meant for tools are left out. A comment that is a licence is no documentation.
"""

from __future__ import annotations

import ast
import html
import inspect
import re
from collections.abc import Iterator

from codeaug.languages.plain import alone
from codeaug.model import Span, Unit
from codeaug.syntax import Node, SyntaxLimit, parse

_LICENCE = re.compile(
    r"copyright|SPDX-License|licen[cs]ed under|all rights reserved|permission is hereby granted",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_RULER = re.compile(r"[-=*~#_/\\^.\s]{3,}")
_TOOLS = re.compile(
    r"codeaug:|@formatter|(?:todo|fixme|xxx|hack|nolint\w*|nosonar|noqa|clang-format|cppcheck|"
    r"coverity|suppress|lint|pragma|region|endregion)\b",
    re.IGNORECASE,
)
_CODE = re.compile(r".*[;{}]\s*")

_DROPPED = {
    "author",
    "authors",
    "since",
    "version",
    "date",
    "copyright",
    "license",
    "see",
    "sa",
} | {
    "todo",
    "ingroup",
    "addtogroup",
    "file",
    "serial",
    "hidden",
}
_TAGS = {
    **dict.fromkeys(("return", "returns", "retval", "rtype", "result"), "Returns: "),
    **dict.fromkeys(("deprecated",), "Deprecated: "),
    **dict.fromkeys(("note", "warning", "attention", "remark", "remarks"), "Note: "),
    **dict.fromkeys(("pre",), "Before: "),
    **dict.fromkeys(("post",), "After: "),
}
_NAMED = {
    **dict.fromkeys(("param", "tparam", "arg", "parameter", "keyword"), "{}: "),
    **dict.fromkeys(("throws", "throw", "exception", "raises", "raise"), "Raises {}: "),
}
_BLOCK_TAG = re.compile(r"[@\\](\w+)(?:\[[\w,\s]*\])?(?:\s+|$)(.*)")
_FIELD = re.compile(r":(\w+)(?:\s+([^:]*?))?:(?:\s+|$)(.*)")
_INLINE_TAG = re.compile(r"\{@(\w+)\s*([^{}]*)\}")
_WORD_TAG = re.compile(r"[@\\](?:c|p|a|e|em|b|ref|code|endcode|verbatim|endverbatim|n)\b[ ]?")
_NO_LINK = re.compile(r"(?<![\w%])%(?=[A-Za-z_]{3})")  # so Doxygen makes no link of a word
_ROLE = re.compile(r":(?:\w+:)?\w+:`~?([^`<]*?)(?:\s*<[^`]*>)?`")
_HTML = re.compile(
    r"</?(?:p|br|b|i|em|strong|code|pre|tt|ul|ol|li|dl|dt|dd|a|h[1-6]|blockquote|sup|sub|var|span"
    r"|div|table|tr|td|th|i|u)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def documentation(unit: Unit, source: bytes) -> str:
    """What the documentation of a unit of this file says; "" where there is none."""
    if unit.language == "python":
        found = _docstring(unit)
        return _plain(found[1]) if found else ""
    above = _above(source[: unit.span.start])
    text = _NO_LINK.sub("", "\n".join(above))
    return "" if _LICENCE.search(text) else _plain(text)


def without(unit: Unit) -> str:
    """The unit's code without the documentation that is part of it."""
    found = _docstring(unit) if unit.language == "python" else None
    if found is None:
        return unit.code
    code = unit.code.encode("utf-8", "surrogateescape")
    before, after = code[: found[0].start], code[found[0].end :]
    following = re.match(rb"[ \t]*(?:;[ \t]*(?=\S)|#[^\n]*)?", after)
    rest = after[following.end() :] if following else after
    if not found[2]:
        rest = b"pass" + rest
    elif rest[:1] in (b"\n", b"\r"):
        before = before.rstrip(b" \t")
        rest = re.sub(rb"\A(?:[ \t]*\r?\n)+", b"", rest)
    return (before + rest).decode("utf-8", "surrogateescape")


# --- Python ---------------------------------------------------------------------------------------


def _docstring(unit: Unit) -> tuple[Span, str, bool] | None:
    """Where it stands in the unit's code, what it says, and whether more follows it."""
    source, span = alone(unit)
    try:
        function = _function(parse("python", source).root_node)
    except SyntaxLimit:
        return None
    body = function.child_by_field_name("body") if function else None
    statements = [n for n in body.named_children if n.type != "comment"] if body else []
    if not statements or statements[0].type != "expression_statement":
        return None
    (text, *others) = statements[0].named_children
    if others or text.type not in ("string", "concatenated_string"):
        return None
    try:
        said = ast.literal_eval(source[text.start_byte : text.end_byte].decode("utf-8", "replace"))
    except (ValueError, SyntaxError):  # one with interpolation is no docstring
        return None
    where = Span(text.start_byte - span.start, text.end_byte - span.start)
    return (where, inspect.cleandoc(said), len(statements) > 1) if isinstance(said, str) else None


def _function(node: Node) -> Node | None:
    """The first function in a tree: the outermost."""
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        if one.type == "function_definition":
            return one
        waiting += one.named_children
    return None


# --- comments -------------------------------------------------------------------------------------


def _above(before: bytes) -> list[str]:
    """The lines of the comment that ends `before`, no empty line between; signs taken off."""
    text = before.decode("utf-8", "replace").replace("\r\n", "\n")
    text = text[: len(text) - len(_indentation(text))]
    if text.rstrip().endswith("*/"):
        text = text.rstrip()
        start = text.rfind("/*")
        if start < 0 or (text[start : start + 3] not in ("/**", "/*!") and _is_apart(before)):
            return []
        lines = text[start + 2 : -2].strip("*!").split("\n")
        return [re.sub(r"^[ \t]*\*+ ?|[ \t]+$", "", line) for line in lines]
    found: list[str] = []
    for line in reversed(text.removesuffix("\n").split("\n")):
        comment = re.fullmatch(r"[ \t]*//[/!]*<?[ \t]?(.*)", line)
        if comment is None:
            break
        if not _CODE.fullmatch(comment[1]) or "@code" in comment[1]:
            found.insert(0, comment[1])
    return found


def _indentation(text: str) -> str:
    match = re.search(r"[ \t]*\Z", text)
    return match[0] if match else ""


def _is_apart(before: bytes) -> bool:
    """Whether an empty line stands at the end."""
    end = before[len(before.rstrip()) :]
    return end.count(b"\n") > 1


# --- words ----------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    """Documentation without the signs and the tags of its tool."""
    lines = list(_worded(inspect.cleandoc(text).split("\n")))
    joined = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return joined.strip()


def _worded(lines: list[str]) -> Iterator[str]:
    dropping = False
    for line in lines:
        stripped = line.strip()
        tag = _BLOCK_TAG.match(stripped) or _FIELD.match(stripped)
        if tag or not stripped:
            dropping = tag is not None and tag[1].lower() in _DROPPED
        if dropping or _EMAIL.search(stripped) or _TOOLS.match(stripped):
            continue
        if stripped and _RULER.fullmatch(stripped):
            continue
        yield _inline(_tagged(stripped) if tag else line.rstrip()).rstrip()


def _tagged(line: str) -> str:
    """A line that begins with a tag, in words."""
    if field := _FIELD.match(line):
        name, of, rest = field[1].lower(), (field[2] or "").split(), field[3]
        if name in _NAMED:
            return _NAMED[name].format(of[-1] if of else "") + rest
        return _TAGS[name] + rest if name in _TAGS else line
    block = _BLOCK_TAG.match(line)
    name, rest = (block[1].lower(), block[2]) if block else ("", line)
    if name in _NAMED:
        of, _, said = rest.partition(" ")
        return _NAMED[name].format(of) + said.strip()
    if name in ("brief", "details", "short", "fn", "par", "inheritdoc", "override"):
        return rest
    return _TAGS.get(name, "") + rest if name in _TAGS else line


def _inline(line: str) -> str:
    while (changed := _INLINE_TAG.sub(_of_inline_tag, line)) != line:
        line = changed
    line = _ROLE.sub(r"\1", _WORD_TAG.sub("", line)).replace("``", "`")
    return html.unescape(_HTML.sub("", line))


def _of_inline_tag(match: re.Match[str]) -> str:
    """`{@code x}` is x; of a link its label counts."""
    name, said = match[1], match[2].strip()
    if name == "inheritDoc":
        return ""
    if name in ("link", "linkplain"):
        target, _, label = said.partition(" ")
        return label.strip() or target.lstrip("#").replace("#", ".")
    return said
