"""Texts that are given to something named like a secret, and whether such a text is a real one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import unquote

# Everything is bounded, and possessive where it can be: no source makes the search slow.
_KEY = (
    r"(?i:api|app|access|auth|aws|private|account|encryption|signing|master|service|client|"
    r"storage|db)[_-]?(?i:key)"
)
_NAME = (
    r"(?P<name>(?:(?i:pass(?:word|wd|phrase|code)|contrase[ñn]a|secret|token|credential)|"
    rf"(?<![A-Za-z])(?i:pass|pwd)|(?<=[a-z])(?:Pass|Pwd)|{_KEY})\w{{0,40}}+)"
)
_GIVEN = (
    r"(?P<given>['\"]\]?\s{0,8}+[,:=]|(?:\[\w{0,20}+\]|['\"]?\])?\s{0,8}+(?:"
    r":\s{0,4}+[\w.\[\], |]{1,60}+=|[:=!]?={1,2}>?|:|\bis\b|\?:|\{|\.(?:equals|assign|compare)\(|"
    r"\((?:\s{0,8}+(?:['\"]\w{0,40}+['\"]|[\w.]{1,40}+),){0,2}|(?=['\"])))"
)
_WRAPPED = (
    r"(?:\s{0,80}+[^\s\"'`,;]{1,60}+\s(?:or|\|\||\?\?|\?:))?"
    r"(?:\s{0,80}+(?:new )?(?:[\w.:<>]{0,60}+[({\[]|(?:default|value|defaultValue)=)){0,2}"
)
_TEXT = (
    r"\s{0,80}+(?:(?:u8|[uUL])?R\"\w{0,16}\(|[A-Za-z]{0,2}(?:\"\"\"|'''|[\"'`]))"
    r"(?P<value>[^\n\"'`]{6,200})"
)
_ASSIGNED = re.compile(_NAME + _GIVEN + _WRAPPED + _TEXT)
_COMMENTED = re.compile(
    r"(?:#|//|/\*|^\s{0,40}\*)[^\n]{0,120}?(?i:password|passwd|pwd)\s{0,4}(?:is|[:=])\s{0,4}"
    r"(?P<value>[^\s\"'`;,(){}\[\]<>]{8,200})",
    re.MULTILINE,
)
_ADDRESS = re.compile(
    r"\b[A-Za-z][\w+.-]{0,20}+://(?P<user>[^\s/:@'\"<>]{0,64}):"
    r"(?P<value>[^\s/@'\"<>\\]{3,128})@[\w\[]"
)
# `...;Password=...;` of a connection string, `--password=...` of a command.
_CONNECTION = re.compile(
    r"(?:[?&;'\"]|--)(?i:password|passwd|pwd)=(?P<value>[^\s&;\"'`<>{}$]{6,128})(?=[\s&;\"'`])"
)
_BEARER = re.compile(r"(?i:bearer) (?P<value>[\w.~+/-]{20,200})")
_PAIR = re.compile(
    r"(?i:auth)\s?=\s?\(\s?['\"][^'\"\n]{1,64}['\"],\s?['\"](?P<value>[^'\"\n]{6,200})['\"]"
)

_BEFORE = re.compile(r"\w*\Z")
# Names that say more than `token` and `key`, which parsers and tables have many of.
_STRONG = re.compile(
    r"(?i:pass(?:word|wd|phrase|code)?|contrase.a|pwd|secret)(?i:[_-]?(?:key|value|text))?\d?\Z"
)
_CALLED = re.compile(
    r"(?i:set|with|use|add)?_?(?i:\w{0,20}pass(?:word|wd|phrase)?|pwd|secret)(?i:credentials?)?\Z"
)
_ASKING = re.compile(r"_?(?:get|find|load|read|lookup|fetch|has|is|remove|delete|pop)(?![a-z])")
_ESCAPE = re.compile(r"\\(?:x\w\w|u\w{4}|.)")
_TEMPLATE = re.compile(
    r"\$\{|\$\(|\{\{|\{[a-z_]*\d?\}|\{[a-z_.]+\}|<[^>]*>|%[sd(]|%\w+%|\.\.\.|\*{3}|#\{|x{4}|X{4}|"
    r"EXAMPLE|[aA]-[zZ]"
)
_PLACEHOLDER = re.compile(
    r"abc|access|admin|and|another|any|api|app|auth|bad|bar|baz|be|bearer|by|change|changed|"
    r"client|changeme|code|const|constant|correct|cred|credential|credentials|data|db|default|"
    r"demo|doe|dummy|empty|enter|env|example|fake|field|file|fixme|foo|for|from|go|guest|"
    r"header|hello|here|hidden|id|in|insert|is|it|john|key|keys|letmein|login|me|missing|mock|"
    r"my|mysecret|name|new|no|none|not|null|of|old|or|other|pass|passphrase|passwd|password|"
    r"passwords|path|placeholder|private|pw|pwd|qux|real|redacted|replace|root|sample|secret|"
    r"secrets|set|some|somebody|spam|string|test|testing|tests|text|that|the|this|to|todo|"
    r"token|tokens|type|undefined|unknown|url|use|user|username|valid|invalid|value|wrong|"
    r"world|x|xx|xxx|y|you|your|z"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# What is put together from words: paths, hosts, media types, names with dots or dashes.
_WORDS = re.compile(
    r"(?:[-_./:,]*+(?:[A-Za-z]++|(?<!\d)\d{1,2}(?!\d)))++[-_./:]?|"
    r"(?>[\w-]*?[a-z]{3}[\w-]*|\w{0,4})(?:[./:]++(?>[\w-]*?[a-z]{3}[\w-]*|\w{1,4}))++"
)
# Unlike words: digits among letters (`hunter2`, `blue-Horse7`; not `db-1`), no vowel for long.
_ODD = re.compile(r"[A-Za-z]{3}\d|\d[A-Za-z]|(?i:[bcdfghjklmnpqrstvwxz]{5})")
_VARIABLE = re.compile(r"[$%&]\w+%?")
_IDENTIFIER = re.compile(r"_?[A-Za-z][a-z0-9]*(?:_[a-z0-9]+){2,}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_ALGORITHM = re.compile(
    r"(?i)(?:utf|iso|cp|windows|latin|ascii|sha|md|aes|rsa|hs|rs|es|ed|x|p|sqlite|base)[-_]?\d+\b"
)


def assigned(text: str) -> Iterator[tuple[int, str]]:
    """Where a real value begins, and what it is."""
    for match in _ASSIGNED.finditer(text):
        before = _BEFORE.findall(text, max(0, match.start() - 40), match.start())[0]
        if _is_given(text, match) and _is_real(before + match["name"], match):
            yield match.start("value"), f"a secret as the value of {before}{match['name']}"
    for match in _ADDRESS.finditer(text):
        if is_password(match["value"], match["user"]):
            yield match.start("value"), "a password in an address"
    for match in _COMMENTED.finditer(text):
        if _is_mixed(match["value"]) and is_password(match["value"]):
            yield match.start("value"), "a password in a comment"
    for match in _CONNECTION.finditer(text):
        if is_password(match["value"]):
            yield match.start("value"), "a password in a connection string"
    for match in _PAIR.finditer(text):
        if is_password(match["value"]):
            yield match.start("value"), "a password beside a user's name"
    for match in _BEARER.finditer(text):
        if is_random(match["value"]):
            yield match.start("value"), "a bearer token"


def _is_given(text: str, match: re.Match[str]) -> bool:
    """A name right before a text has that as its value only after `#define`."""
    if match["given"].strip():
        return True
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
    return re.match(r"\s*#\s*define\b", line) is not None


def _is_real(name: str, match: re.Match[str]) -> bool:
    value = match["value"].strip()
    is_call = match["given"].lstrip().startswith("(")
    strong = _CALLED.match(name) if is_call else _STRONG.search(name)
    if " " in value:
        return False
    if _ASKING.match(name) or not strong:
        return is_random(value) or (_is_mixed(value) and is_password(value))
    return is_password(value)


def is_password(value: str, user: str = "") -> bool:
    """Whether a text can be somebody's password: no placeholder, template, path, name or word."""
    value = _ESCAPE.sub("?", unquote(value))
    if len(value) < 6 or value == user or is_placeholder(value) or _ALGORITHM.match(value):
        return False
    if value.startswith(("./", "../", "--")) or "://" in value or "(" in value:
        return False
    if _VARIABLE.fullmatch(value):
        return False
    is_odd = _ODD.search(value) and not re.search(r"[./:]", value)
    is_worded = _WORDS.fullmatch(value) and not is_odd
    is_plain = bool(is_worded or _IDENTIFIER.fullmatch(value))
    return len(set(value)) >= 5 and (not is_plain or is_random(value))


def is_random(value: str) -> bool:
    """Whether a text looks drawn by chance: what keys and tokens without a form look like."""
    if not re.fullmatch(r"[\w.~+/=:-]{16,200}", value) or is_placeholder(value):
        return False
    kinds = [_kind(char) for char in value if char.isalnum()]
    turns = sum(a != b and (a, b) != ("upper", "lower") for a, b in pairwise(kinds))
    return "digit" in kinds and turns * 4 >= len(kinds) and _entropy(value) >= 3.0


def is_placeholder(value: str) -> bool:
    """Whether a text only stands for a secret: `changeme`, `${TOKEN}`, `<your key>`, `test123`."""
    words = [word.lower() for word in _WORD.findall(_ESCAPE.sub("?", value))]
    return _TEMPLATE.search(value) is not None or all(
        _PLACEHOLDER.fullmatch(word) for word in words
    )


def _is_mixed(value: str) -> bool:
    return len(value) >= 8 and all(
        re.search(kind, value) for kind in (r"[A-Za-z]", r"\d", r"[!@#$%^&*~?+]")
    )


def _kind(char: str) -> str:
    return "digit" if char.isdigit() else "upper" if char.isupper() else "lower"


def _entropy(value: str) -> float:
    """Bits a character (Shannon 1948)."""
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in Counter(value).values())
