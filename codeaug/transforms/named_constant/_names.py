"""Names that suggest themselves for a literal of Java or C++."""

from __future__ import annotations

import re

from codeaug.predicates import cpp
from codeaug.predicates.braces import callee
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.names import is_camel, is_snake, joined_words, words_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code

_MOST_WORDS = 3
_SMALLEST = 3
_SMALLEST_BUFFER = 16
_SAYS_NOTHING = frozenset({"test", "value", "name", "text", "string", "this", "that", "null"})
_MOST_CHARACTERS = 3
_CHARACTERS = {",": "comma", ";": "semicolon", ":": "colon", ".": "dot", "/": "slash"}
_CHARACTERS |= {"\\\\": "backslash", " ": "space", "\\t": "tab", "\\n": "newline", "-": "hyphen"}
_CHARACTERS |= {"\\r": "carriage return", "_": "underscore", "#": "hash", "*": "asterisk"}
_CHARACTERS |= {'"': "double quote", "\\'": "single quote", '\\"': "double quote", "%": "percent"}
_CHARACTERS |= {"&": "ampersand", "@": "at sign", "+": "plus", "=": "equals sign"}
_FIRST = {"compile": "regex", "matches": "regex", "replaceAll": "regex", "split": "separator"}
_FIRST |= {"format": "format", "forName": "name", "sleep": "delay millis", "ofPattern": "pattern"}
_FIRST |= {"SimpleDateFormat": "pattern", "File": "path", "getProperty": "property"}
_FIRST |= {"getHeader": "header", "getParameter": "parameter", "getAttribute": "attribute"}
_FIRST |= {"ArrayList": "initial capacity", "HashMap": "initial capacity"}
_FIRST |= {"HashSet": "initial capacity", "StringBuilder": "initial capacity"}
_FIRST |= {"executeQuery": "query", "prepareStatement": "query", "reserve": "initial capacity"}
_NUMERIC = ("delay millis", "initial capacity")
_COUNTED = ("length", "size", "count")
_ERROR = re.compile(r"\w+(?:Exception|Error)\Z")
_ERROR_CPP = re.compile(r"std::(?:\w+_error|invalid_argument|out_of_range)\Z")
_TEXT = re.compile(r'"[A-Za-z][A-Za-z0-9]*(?:[ _.:/-][A-Za-z0-9]+)*"\Z')


def name_for(code: Code, node: Node) -> str:
    """The name, in the style of the function; "" where none suggests itself."""
    words = _words(code, node)
    if not words:
        return ""
    return joined_words(words, _snake(code))


def _snake(code: Code) -> bool:
    """Whether the function's own names have underscores, or would have."""
    names = [v.name for v in code.locals]
    camel, snake = sum(map(is_camel, names)), sum(map(is_snake, names))
    return code.language == "cpp" and snake >= camel


def _words(code: Code, node: Node) -> list[str]:
    above = node.parent
    if above is None:
        return []
    if above.kind == "argument_list":
        return _given_for(code, node, above) or _repeated(code, node)
    if above.kind == "binary_expression":
        return _compared(code, node, above) or _repeated(code, node)
    if above.kind in ("dimensions_expr", "array_declarator", "new_declarator"):
        return _buffer(above, node)
    return _repeated(code, node)


def _given_for(code: Code, node: Node, given: Node) -> list[str]:
    """After the parameter of a well-known function."""
    call = given.parent
    if call is None or given.parts[0] is not node:
        return []
    text = node.kind == "string_literal"
    if b"\n" in node.source[call.start : node.start]:
        return []
    if call.kind == "object_creation_expression" and code.language == "java":
        if text and " " in node.text and _ERROR.match(callee(code, call)):
            return ["message"]
    elif call.kind == "call" and code.language == "cpp":
        function = call.child("function")
        if text and function is not None and _ERROR_CPP.match(function.text) and " " in node.text:
            return ["message"]
        if cpp.callee(call) != "reserve":
            return []
    role = _FIRST.get(callee(code, call), "")
    number = node.kind.endswith(("integer_literal", "number_literal"))
    if not role or (role in _NUMERIC) != number or not (text or number):
        return []
    told = "%" in node.text if role == "format" else len(node.text) > (1 if number else 3)
    return role.split() if told else []


def _compared(code: Code, node: Node, above: Node) -> list[str]:
    """After what a number is the bound of, where something else is refused: `maxLength`."""
    operator, other = operator_of(above), above.child("left")
    whole = re.fullmatch(r"\d+|0[xX][0-9a-fA-F]+", node.text)
    if not whole or int(node.text, 0 if "x" in node.text.lower() else 10) < _SMALLEST:
        return []
    if node.field != "right" or other is None or not _refuses(above):
        return []
    subject = _subject(code, other)
    if not subject or len("".join(subject)) < _SMALLEST or subject[0] in ("max", "min"):
        return []
    if operator == "!=":
        return ["expected", *subject] if subject[-1] in _COUNTED else []
    bound = {">": "max", "<": "min"}.get(operator, "")
    return [bound, *subject] if bound else []


def _refuses(comparison: Node) -> bool:
    """Whether an exception is thrown where the comparison holds."""
    top = comparison
    while top.parent is not None and top.parent.kind in ("binary_expression", *_AROUND):
        if top.parent.kind == "binary_expression" and operator_of(top.parent) != "||":
            return False
        top = top.parent
    user = top.parent
    then = user.child("consequence") if user is not None and user.kind == "if_statement" else None
    last = then.parts[-1] if then is not None and then.kind == "block" and then.parts else then
    return last is not None and last.kind == "throw_statement"


_AROUND = ("parenthesized_expression", "condition_clause")


def _subject(code: Code, node: Node) -> list[str]:
    if node.kind == "call":
        name = callee(code, node)
        words = words_of(name)
        return words[1:] if words[:1] == ["get"] else words if name in _COUNTED else []
    if node.kind == "field_access":
        field = node.child("field")
        return words_of(field.text) if field is not None else []
    words = words_of(node.text) if node.kind == "identifier" else []
    return words if len(words) <= _MOST_WORDS else []


def _buffer(above: Node, node: Node) -> list[str]:
    """The size of an array of bytes or characters."""
    owner = above.parent
    kind = owner.child("type") if owner is not None else None
    if owner is not None and kind is None and owner.parent is not None:
        kind = owner.parent.child("type")
    bytes_ = kind is not None and kind.text in ("byte", "char", "unsigned char", "uint8_t")
    size = int(node.text) if node.text.isdigit() else 0
    named = owner is not None and owner.parent is not None and "buf" in owner.parent.text.lower()
    usual = size >= _SMALLEST_BUFFER and (named or size.bit_count() == 1)
    return ["buffer", "size"] if bytes_ and usual else []


def _repeated(code: Code, node: Node) -> list[str]:
    """After what it says, where it is said more than once."""
    words = _said(node)
    if not words:
        return []
    alike = [n for n in code.by_kind[node.kind] if n.text == node.text]
    if node.kind == "string_literal":
        fits = code.language == "java" and _is_value(node)
        return words if fits and sum(map(_is_value, alike)) > 1 else []
    ladder = len({n.text for n in code.by_kind[node.kind]}) > _MOST_CHARACTERS
    fits = not ladder and _is_compared(node)
    return words if fits and sum(map(_is_compared, alike)) > 1 else []


def _is_value(node: Node) -> bool:
    """Whether it is part of something larger, and not just a variable's value."""
    kinds = ("variable_declarator", "init_declarator", "initializer_list", "array_initializer")
    return node.parent is not None and node.parent.kind not in kinds


def _is_compared(node: Node) -> bool:
    above = node.parent
    if above is None or above.kind != "binary_expression":
        return False
    return operator_of(above) in ("==", "!=")


def _said(node: Node) -> list[str]:
    text = node.text
    if node.kind in ("character_literal", "char_literal"):
        return _CHARACTERS.get(text[1:-1], "").split()
    if node.kind != "string_literal" or not _TEXT.match(text):
        return []
    words = words_of(text)
    fits = len(words) <= _MOST_WORDS and len("".join(words)) > _SMALLEST
    fits = fits and not (len(words) == 1 and words[0] in _SAYS_NOTHING)
    return words if fits and words[0][0].isalpha() else []
