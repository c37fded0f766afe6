"""Another constant: a number one up or down, or zero; the other boolean; an empty text.

CRCR; PIT INLINE_CONSTS; Mull `cxx_init_const`; mutmut `operator_number`, `operator_string`;
cosmic-ray `core/NumberReplacer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.mutations.body import Body, replaced, shown
from codeaug.mutations.operands import is_number
from codeaug.mutations.operator import Example, Fault, Operator
from codeaug.predicates.braces import return_type
from codeaug.predicates.cpp_types import FLOATING, INTEGRAL
from codeaug.predicates.flow import LOOPS
from codeaug.predicates.nodes import Node, unwrapped

_INTEGERS = (
    *("integer", "number_literal"),
    *(f"{kind}_integer_literal" for kind in ("decimal", "hex", "octal", "binary")),
)
_FLOATS = ("float", "decimal_floating_point_literal")
_INTEGER = re.compile(
    r"(?P<head>0[xX]|0[bB]|0[oO]?(?=[0-7]))?(?P<digits>[0-9a-fA-F]+?)(?P<tail>[uUlLzZ]*)\Z"
)
_FLOAT = re.compile(r"(?P<whole>\d+)(?P<rest>\.\d*[fFdDlL]?)\Z")
_BASES = {"0x": 16, "0b": 2, "0o": 8, "0": 8, "": 10}
_BOOLEANS = {"true": "false", "false": "true", "True": "False", "False": "True"}
_STRINGS = ("string", "concatenated_string", "string_literal", "text_block", "raw_string_literal")
_RAISED = ("raise_statement", "throw_statement")
_BACK = {"\n": "\\n", "\t": "\\t", "'": "\\'", "\\": "\\\\"}


def _number(body: Body) -> Iterator[Fault]:
    for node in body.find(*_INTEGERS, *_FLOATS, "char_literal", "character_literal"):
        if _is_loop_constant(node) or (node.text == "0" and _may_be_pointer(body, node)):
            continue
        for new in _numbers(node):
            if new == "0" and (_divides(node) or _is_size(node)):
                continue
            yield Fault(
                replaced(node, new),
                f"`{new}` for `{node.text}`",
                f"check the value that `{node.text}` leads to{_where(node)}",
            )


def _numbers(node: Node) -> list[str]:
    """Up, down and zero, written as the number itself is."""
    if node.kind in ("char_literal", "character_literal"):
        return _next_letter(node.text)
    if match := _FLOAT.match(node.text):
        return [str(int(match["whole"]) + 1) + match["rest"]]
    text = node.text.replace("_", "").replace("'", "")
    match = _INTEGER.match(text)
    if match is None:
        return []
    head, tail = match["head"] or "", match["tail"]
    base = _BASES[head.lower()]
    try:
        value = int(match["digits"], base)
    except ValueError:
        return []
    near = [value + 1] if value < 2**31 - 1 else []
    near += [value - 1] if value > 0 else []
    near += [0] if value > 2 else []
    form = {16: "x", 2: "b", 8: "o", 10: "d"}[base]
    return [f"{head if n or base != 8 else ''}{n:{form}}{tail}" for n in near]


def _next_letter(text: str) -> list[str]:
    inner = text[1:-1]
    if not text.startswith("'") or len(inner) != 1 or not " " <= inner < "~":
        return []
    after = chr(ord(inner) + 1)
    return [f"'{_BACK.get(after, after)}'"]


def _is_loop_constant(node: Node) -> bool:
    """The constant condition of `while (1)`, or what makes a `do` run once."""
    above = node.parent
    while above is not None and above.kind in ("parenthesized_expression", "condition_clause"):
        above = above.parent
    if above is None or above.kind not in LOOPS:
        return False
    condition = above.child("condition")
    inner = None if condition is None else condition.child("value") or unwrapped(condition)
    return inner is node


def _may_be_pointer(body: Body, node: Node) -> bool:
    """Whether a `0` of C++ may stand for no object: only some places surely hold a number."""
    if body.language != "cpp":
        return False
    above = node.parent
    while above is not None and above.kind == "parenthesized_expression":
        above = above.parent
    if above is None:
        return True
    if above.kind == "subscript_argument_list":
        return False
    if above.kind in ("binary_expression", "assignment_expression"):
        operator, left = above.child("operator"), above.child("left")
        if operator is not None and operator.text not in ("==", "!=", "=", "&&", "||"):
            return False
        return left is None or not is_number(body, left)
    if above.kind == "init_declarator":
        declared = above.child("declarator")
        local = body.code.lookup(declared.text, above.end) if declared is not None else None
        return local is None or not _is_arithmetic(local.type)
    if above.kind == "return_statement" and body.around(node) is body.function:
        return not _is_arithmetic(return_type(body.code))
    return True


def _is_arithmetic(kind: str) -> bool:
    return kind.removeprefix("const ") in INTEGRAL | FLOATING


def _divides(node: Node) -> bool:
    above = node.parent
    operator = above.child("operator") if above is not None and node.field == "right" else None
    return operator is not None and operator.text.rstrip("=") in ("/", "%", "//")


def _is_size(node: Node) -> bool:
    """Whether a number says how large an array is made."""
    above = node.parent
    return above is not None and above.kind in ("dimensions_expr", "new_declarator")


def _where(node: Node) -> str:
    above = node.parent
    return f" in {shown(above)}" if above is not None and not above.kind.endswith("list") else ""


def _boolean(body: Body) -> Iterator[Fault]:
    for node in body.find("true", "false"):
        new = _BOOLEANS.get(node.text)  # C++ has macros `TRUE` and `FALSE` besides
        if new is not None and not _is_loop_constant(node):
            hint = f"check what `{node.text}` decides{_where(node)}"
            yield Fault(replaced(node, new), f"`{new}` for `{node.text}`", hint)


def _text(body: Body) -> Iterator[Fault]:
    for node in body.find(*_STRINGS):
        above = node.parent
        inside = above is not None and above.kind in ("concatenated_string", "interpolation")
        if inside or any(a.kind in _RAISED or a.kind == "interpolation" for a in node.ancestors()):
            continue  # what an exception says is a message
        empty = _emptied(body, node)
        if empty and empty != node.text:
            hint = f"check where the text {shown(node)} ends up"
            yield Fault(replaced(node, empty), f"an empty text for {shown(node)}", hint)


def _emptied(body: Body, node: Node) -> str:
    """The empty literal of the same kind; "" where there is nothing to empty."""
    if body.language != "python":
        plain = node.text.startswith('"') and not any(p.kind == "identifier" for p in node.parts)
        return '""' if plain else ""
    first = next(node.find("string_start"), None)
    if first is None or not any(True for _ in node.find("string_content", "interpolation")):
        return ""
    prefix = first.text.rstrip("'\"")
    quote = first.text[-1]
    return prefix + quote + quote


OPERATORS = (
    Operator(
        "number",
        "A number one up, one down or zero; a character the next one",
        "CRCR; PIT INLINE_CONSTS; mutmut operator_number; Mull cxx_init_const",
        _number,
        (
            Example(
                "python",
                "def f(a):\n    return a[0] + 0x1f\n",
                (
                    "def f(a):\n    return a[1] + 0x1f\n",
                    "def f(a):\n    return a[0] + 0x20\n",
                    "def f(a):\n    return a[0] + 0x1e\n",
                    "def f(a):\n    return a[0] + 0x0\n",
                ),
            ),
            Example(
                "java",
                "class A { long f(long a) { return a + 1L; } }",
                (
                    "class A { long f(long a) { return a + 2L; } }",
                    "class A { long f(long a) { return a + 0L; } }",
                ),
            ),
            Example(
                "java",
                "class A { void f(char a) { switch (a) { case 1: g('a'); } } }",
                ("class A { void f(char a) { switch (a) { case 1: g('b'); } } }",),
                "case labels must stay apart",
            ),
            Example(
                "cpp",
                "double f(double a) { return a * 1.5; }",
                ("double f(double a) { return a * 2.5; }",),
            ),
            Example("cpp", "void f() { char* a = 0; g(0); }", why="they may be pointers"),
        ),
    ),
    Operator(
        "boolean",
        "`true` for `false` and back",
        "PIT INLINE_CONSTS; mutmut operator_name; cosmic-ray core/ReplaceTrueWithFalse",
        _boolean,
        (
            Example("python", "def f(a):\n    a.b = True\n", ("def f(a):\n    a.b = False\n",)),
            Example(
                "java",
                "class A { void f(B b) { while (true) b.g(false); } }",
                ("class A { void f(B b) { while (true) b.g(true); } }",),
                "what follows `while (false)` would be dead",
            ),
            Example("cpp", "void f(B& b) { b.g(true); }", ("void f(B& b) { b.g(false); }",)),
            Example("cpp", "void f() { do { g(); } while (false); }", why="it would never end"),
            Example("cpp", "void f(B& b) { b.g(TRUE); }", why="a macro"),
        ),
    ),
    Operator(
        "text",
        "A text emptied",
        "mutmut operator_string; cosmic-ray; Dextool CR",
        _text,
        (
            Example(
                "python",
                "def f(a):\n    'Doc.'\n    if a:\n        raise E('no')\n    return a + b'x'\n",
                ("def f(a):\n    'Doc.'\n    if a:\n        raise E('no')\n    return a + b''\n",),
                "neither the docstring nor the message",
            ),
            Example(
                "java",
                'class A { String f(B b) { return b.g("x"); } }',
                ('class A { String f(B b) { return b.g(""); } }',),
            ),
            Example("java", 'class A { void f() { throw new B("x"); } }', why="a message"),
            Example(
                "cpp",
                'void f(B& b) { b.g("x"); assert(b.h() && "y"); }',
                ('void f(B& b) { b.g(""); assert(b.h() && "y"); }',),
            ),
        ),
    ),
)
