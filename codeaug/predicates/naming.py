"""Better names for a variable of Java or C++: what it is used as, or the whole word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import lru_cache

from codeaug.predicates.braces import callee
from codeaug.predicates.names import (
    HOLDERS,
    element_names,
    is_camel,
    is_snake,
    joined_words,
    passed_type,
    words_of,
)
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local

# A word that people shorten, and the whole word.
_SHORTENED = """
    idx index | len length | buf buffer | msg message | cfg config | conf config | ctx context
    attr attribute | attrs attributes | elem element | elems elements | num number | cnt count
    pos position | prev previous | cur current | curr current | src source | dst destination
    dest destination | err error | ch character | env environment | req request | resp response
    conn connection | desc description | info information | spec specification | expr expression
    stmt statement | decl declaration | sep separator | delim delimiter | addr address
    ident identifier | pat pattern | cmd command | opt option | opts options | args arguments
    arg argument | param parameter | params parameters | var variable | vars variables
    val value | vals values | ptr pointer | tok token | iter iterator | it iterator | sb builder
    doc document | col column | cols columns | res result | ret result | retval result
    rv result | ex exception | e exception | str string | arr array | vec vector | char character
    def default | max maximum | min minimum | ref reference | impl implementation | fn function
    func function | cb callback | obj object | tmp temporary | temp temporary | ns namespace
    pkg package | dir directory | fmt format | pred predicate | proc process | prop property
    props properties | repr representation | sz size | regex pattern | mem memory | alloc allocated
"""
_WHOLE: dict[str, list[str]] = {}
for _pair in _SHORTENED.replace("|", "\n").split("\n"):
    for _words in (_pair.split()[n : n + 2] for n in range(0, len(_pair.split()) - 1, 2)):
        _WHOLE.setdefault(_words[0], []).append(_words[1])
_WHOLE_NEVER = frozenset({"e", "it", "char", "max", "min", "tmp", "temp", "obj", "def"})

VAGUE = frozenset(
    {"tmp", "temp", "res", "ret", "retval", "rv", "result", "results", "val", "value", "values"}
    | {"out", "output", "obj", "object", "data", "item", "elem", "element", "thing", "var", "str"}
    | {"found", "list", "map", "set", "array", "arr", "vec", "vector", "string", "ptr", "pointer"}
    | {"it", "iter", "entry", "buf", "num", "number", "arg", "args", "param", "sb"}
    | {"input", "in", "text", "object", "variable", "argument", "parameter"}
)
_VOWEL = re.compile(r"[aeiouy]")


def says_nothing(name: str, kind: str) -> bool:
    """Whether that name could stand for anything, of whatever type."""
    held = name in HOLDERS or name not in words_of(kind)
    return len(name) <= 2 or (name in VAGUE and held)


def used_names(
    code: Code, local: Local, uses: Sequence[Node], by_hint: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """What the functions that take the variable call it, then the field that it is put into."""
    for use in uses:
        node = _passed(use)
        kind = local.type if node is use else local.type + "*"
        yield from argument_names(code, node, kind, by_hint) if kind else ()
    for use in uses:
        above = use.parent
        if above is not None and above.kind == "assignment_expression" and use.field == "right":
            target = above.child("left")
            yield from () if target is None else _field_name(code, target)


def _passed(use: Node) -> Node:
    """The argument that is the variable, or its address."""
    above = use.parent
    address = above is not None and above.kind == "pointer_expression" and above.text[:1] == "&"
    return above if address and above is not None else use


def argument_names(
    code: Code, node: Node, kind: str, by_hint: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """What the function that takes the expression, of that type (""; any), calls it."""
    above = node.parent
    call = above.parent if above is not None and above.kind == "argument_list" else None
    if call is None or above is None or call.kind not in ("call", "object_creation_expression"):
        return
    called, number = callee(code, call), above.parts.index(node)
    place = f"argument:{called}/{number}"
    yield from by_hint.get(f"{place}/{passed_type(kind)}" if kind else place, ())


def _field_name(code: Code, target: Node) -> Iterator[str]:
    """The name of a field of the function's own object, without `m_` and underscores."""
    field = target
    if target.kind == "field_access":
        owner = target.child("object") or target.child("argument")
        field = target.child("field") or target
        if owner is None or owner.kind != "this":
            return
    elif target.kind != "identifier" or code.lookup(target.text, target.start) is not None:
        return
    yield field.text.removeprefix("m_").strip("_")


def loop_names(code: Code, local: Local, by_hint: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """For the variable of a loop over `names`: `name`."""
    over = local.statement.child("value") or local.statement.child("right")
    if local.kind != "loop" or over is None:
        return
    named = over if over.kind == "identifier" else over.child("field") or over.child("name")
    called = callee(code, over)
    of = called.removeprefix("get") if called.startswith("get") else called
    source = of or ("" if named is None else named.text)
    snake = code.language == "cpp" and is_snake(source)
    if source:
        first = next(element_names(source, "", by_hint, snake), "")
        yield from () if first in VAGUE else (first[:1].lower() + first[1:],)


def is_shortened(name: str) -> bool:
    """Whether a word of the name is a short one."""
    return any(word in _WHOLE for word in words_of(name))


def whole_words(name: str, kind: str, known: frozenset[str]) -> Iterator[str]:
    """The name with a shortened word of it in full, where the repository uses that word, too."""
    words, told = words_of(name), words_of(kind)
    if not name.strip("_") or "".join(words) != name.replace("_", "").lower():
        return
    if is_snake(name) and is_camel(name.replace("_", "")):  # `a_sText`: of neither style
        return
    for place, word in enumerate(words):
        for whole in _WHOLE.get(word, ()):
            never = len(words) == 1 and (word in _WHOLE_NEVER or whole in VAGUE)
            if whole in known and word not in told and not never:
                plain = [*words[:place], whole, *words[place + 1 :]]
                yield joined_words(plain, snake=is_snake(name))


@lru_cache(maxsize=16)
def known_words(names: tuple[str, ...]) -> frozenset[str]:
    """Every word of these names."""
    return frozenset(word for name in names for word in words_of(name))


def is_better(old: str, new: str, kind: str, called: str, known: bool) -> bool:
    """Whether the new name says as much as the old one, for a value of that type and callee.

    `known`: the name is what another function or field calls this very value.
    """
    mine, theirs, told = words_of(old), words_of(new), set(words_of(kind))
    if not theirs or any(_is_short(word, told) for word in theirs):
        return False
    nothing = says_nothing(old, kind)
    lost = [word for word in mine if not any(_same(word, other) for other in theirs)]
    if not nothing and not (set(lost) <= told and (not lost or told & set(theirs))):
        return False
    sources = [*mine, *told, *words_of(called)]
    new_words = [word for word in theirs if not any(_same(word, other) for other in sources)]
    return not new_words or (known and nothing)


def _is_short(word: str, told: Set[str]) -> bool:
    """Whether a word is a shortened one."""
    begun = any(len(whole) > len(word) + 1 and whole.startswith(word) for whole in told)
    return word in _WHOLE or begun or word.endswith("val") or not _VOWEL.search(word)


def _same(word: str, other: str) -> bool:
    """Whether both are one word, one of them perhaps shortened or in the plural."""
    whole = other in _WHOLE.get(word, ()) or word in _WHOLE.get(other, ())
    return whole or other.startswith(word) or (len(other) > 2 and word.startswith(other))


def in_style(old: str, new: str) -> bool:
    """Whether the new name is written as the old one: case, underscores."""
    private = old.startswith("_") == new.startswith("_") and old.endswith("_") == new.endswith("_")
    mixed = (is_camel(old) and is_snake(new)) or (is_snake(old) and is_camel(new))
    return private and not mixed and new[:1].islower() == old[:1].islower()
