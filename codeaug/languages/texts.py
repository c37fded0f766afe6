"""What the letters of code can hide: odd characters, escapes, addresses, words in text literals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from codeaug.languages import python_tokens
from codeaug.languages.language import Token

_ODD = {
    "bidi": re.compile("[\u202a-\u202e\u2066-\u2069]"),
    "invisible": re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]"),
    "control": re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]"),
}
_URL = re.compile(r"\b(?:https?|ftp|wss?|file|jdbc|ssh)://[^\s\"'<>]*")
# Compilers of Java and C++ read escapes anywhere, those of C++ join lines and know trigraphs.
_ESCAPE = re.compile(r"\\u+[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}")
_TRIGRAPH = re.compile(r"\?\?[=/'()!<>-]")
_SPLICE = re.compile(r"(\S?)\\[ \t]*\r?\n(\S?)")
_PREFIX = re.compile(r"\A\w*(?=[\"'])")
_PLACEHOLDER = re.compile(
    r"\\{1,2}x(?:[01][0-9A-Fa-f]|20)|\\[abfnrtv0\\\"']"
    r"|%[-+ #0-9.*]*[hlLqjzt]{0,2}[A-Za-z]|\{\d*(?:![rsa])?(?::[^{}]{0,8})?\}"
)
_WORD = re.compile(r"\\[0-7]{2,3}|[^\W_]{2,}")
LEAST_PART = 3
_PLURALS = ("s", "es")
# Texts that any code may have: alphabets, how values are written, what arithmetic fails with.
_COMMON = """0123456789abcdefghijklmnopqrstuvwxyz 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ
abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ 0x inf nan true false null none utf ascii
integer overflow"""


def oddities(language: str, found: Sequence[Token], text: str) -> Iterator[str]:
    """What in a text misleads a reader or a lexer, and the addresses in it."""
    for name, pattern in _ODD.items():
        # Numbered, so that one in the original's comments allows no second one.
        yield from (f"text:{name} {number + 1}" for number, _ in enumerate(pattern.findall(text)))
    for token in found:
        if token.kind == "name" and not token.text.isascii():
            yield f"text:non-ascii-identifier:{token.text}"
    if "\\" in text:
        yield from (f"text:escape:{escape}" for escape in _ESCAPE.findall(text))
    if language == "cpp":
        yield from (f"text:trigraph:{trigraph}" for trigraph in _TRIGRAPH.findall(text))
        yield from (f"text:splice:{left}{right}" for left, right in _SPLICE.findall(text))
    if "://" in text:
        yield from (f"text:url:{url}" for url in _URL.findall(text))


def literals(language: str, found: Sequence[Token]) -> Iterator[str]:
    """What the text literals among tokens say, docstrings aside; what is put together is one."""
    said = ""
    for index, token in enumerate(found):
        following = found[index + 1].kind if index + 1 < len(found) else ""
        if token.kind == "string" and not (_opens(found, index) and following == "newline"):
            said += _bare(language, token.text)
        elif said and token.text != "+":
            yield said
            said = ""
    if said:
        yield said


def _opens(found: Sequence[Token], index: int) -> bool:
    return index == 0 or found[index - 1].kind == "indent"


def _bare(language: str, literal: str) -> str:
    said = python_tokens.outside(literal) if language == "python" else literal
    return _PREFIX.sub("", said).strip("\"'")


def words(said: Iterable[str]) -> frozenset[str]:
    """The words of texts, without placeholders, numbers and simple escapes."""
    found = (word for text in said for word in _WORD.findall(_PLACEHOLDER.sub(" ", text)))
    return frozenset(word for word in found if not word.isdigit())


def made_of(word: str, known: str) -> bool:
    """Whether a word or its singular is a part of known text, or two such parts put together."""
    known += _COMMON
    cuts = range(LEAST_PART, len(word) - LEAST_PART + 1)
    singulars = (word.removesuffix(end) for end in _PLURALS)
    return (
        word in known
        or any(len(each) >= LEAST_PART and each in known for each in singulars)
        or any(word[:cut] in known and word[cut:] in known for cut in cuts)
    )
