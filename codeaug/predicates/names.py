"""Names for new variables: the repository's own, else after what makes the value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import ne

from codeaug.predicates.nodes import Node

_BEFORE_THE_NOUN = """
    get fetch find read load compute calculate create make build new parse to as next peek
    select resolve lookup extract
"""
_VERBS = frozenset(_BEFORE_THE_NOUN.split())
_QUESTIONS = ("is", "has", "can", "should", "contains", "equals", "starts", "ends", "matches")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+")
_USUAL = {"length": "length", "size": "size", "indexOf": "index", "toString": "string"}


def words_of(name: str) -> list[str]:
    """The words of a camelCase or snake_case name, in lower case."""
    return list(_words(name))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))


def is_camel(name: str) -> bool:
    return "_" not in name.strip("_") and name != name.lower()


def is_snake(name: str) -> bool:
    return "_" in name.strip("_")


def has_sibling(name: str, others: Iterable[str]) -> bool:
    """Whether one of the others differs from the name by one word: `max_pos` and `min_pos`."""
    mine = words_of(name)
    alike = (words_of(other) for other in others if other != name)
    return len(mine) > 1 and any(
        len(theirs) == len(mine) and sum(map(ne, mine, theirs)) == 1 for theirs in alike
    )


def joined_words(words: Sequence[str], snake: bool) -> str:
    """The words as one name in snake_case or camelCase."""
    if snake:
        return "_".join(words)
    return "".join(w if i == 0 else w.capitalize() for i, w in enumerate(words))


def passed_type(written: str) -> str:
    """One spelling for the types that a value and the parameter that takes it may have."""
    kind = written.replace("const ", "").replace(" const", "").rstrip("&").rstrip()
    return kind.replace("[]", "*").replace(" *", "*").replace(" ", "_")


def named_after(
    language: str, called: str, node: Node, kind: str, by_hint: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    """Names for the value of `node`, the best first; none where none is better than another."""
    boolean = kind in ("boolean", "bool")
    derived = (
        _after_callee(called, boolean, snake=language == "cpp" and is_snake(called))
        if called
        else _after_comparison(language, node)
    )
    if derived:
        yield derived
    if called and called not in _SAYS_LITTLE:
        said = set(words_of(node.text))
        for name in by_hint.get("call:" + called, ()):
            own = words_of(name)
            # Of several words, it is a name for what this one value is for; a number counts others.
            counted = {word for word in own if word[-1].isdigit()} - said
            if len(name) > 2 and not counted and (len(own) == 1 or said.intersection(own)):
                yield name


_ANYTHING = """
    contains equals get find add isEmpty empty charAt at trim toString valueOf format substring
    split replace next read toArray iterator charValue intValue append concat c_str str size length
    toLowerCase toUpperCase orElse copy clone create apply call run value data begin front back
"""
_SAYS_LITTLE = frozenset(_ANYTHING.split())


def _after_callee(called: str, boolean: bool, snake: bool) -> str:
    if called in _USUAL:
        return _USUAL[called]
    words = words_of(called)
    if not words or not called[0].isalpha():
        return ""
    if boolean:
        if words[0] == "get" and len(words) > 1 and words[1] not in _QUESTIONS:
            return joined_words(words[1:], snake)
        asked = words[0] in _QUESTIONS and len(words) > 1
        return joined_words(words, snake) if asked else ""
    if len(words) > 1 and words[0] in _VERBS:
        name = joined_words(words[1:], snake)
        return name if len(name) > 2 else ""
    return ""


_ANY_TYPE = "char int long short byte float double bool boolean string value object const std"
_TELL_NOTHING = frozenset(_ANY_TYPE.split())


@lru_cache(maxsize=4096)
def _telling(text: str) -> tuple[str, ...]:
    return tuple(word for word in words_of(text) if len(word) > 2 and word not in _TELL_NOTHING)


def related(name: str, texts: Sequence[str]) -> bool:
    """Whether a name shares a word (or its start: `len`, `length`) with one of the texts."""
    mine = _telling(name)
    theirs = [word for text in texts for word in _telling(text)]
    return any(a.startswith(b) or b.startswith(a) for a in mine for b in theirs)


def _after_comparison(language: str, node: Node) -> str:
    operator, left, right = node.child("operator"), node.child("left"), node.child("right")
    if operator is None or left is None or right is None or left.kind != "identifier":
        return ""
    snake = is_snake(left.text) or (language == "cpp" and not is_camel(left.text))
    subject = words_of(left.text)
    if not subject or len(left.text) < 2:
        return ""
    if right.kind == "null_literal" and operator.text in ("==", "!="):
        state = ["is", "null"] if operator.text == "==" else ["is", "set"]
        return joined_words([*subject, *state], snake)
    if right.text == "0" and operator.text == ">":
        return joined_words([*subject, "is", "positive"], snake)
    if right.kind == "identifier" and operator.text == "==":
        return joined_words([*subject, "matches", *words_of(right.text)], snake)
    return ""


_IRREGULAR = {"children": "child", "indices": "index", "vertices": "vertex", "people": "person"} | {
    "matrices": "matrix",
    "men": "man",
}
HOLDERS = ("list", "array", "set", "vector", "vec", "collection", "queue", "stack", "arr", "map")
_OF_PRIMITIVE = {"char": ("c", "ch"), "byte": ("b",)}


def element_names(
    collection: str, kind: str, by_hint: Mapping[str, tuple[str, ...]], snake: bool
) -> Iterator[str]:
    """Names for one element of a collection of that name, the best first."""
    base = kind.rstrip("*& ").removeprefix("const ").split("<")[0]
    words = words_of(collection.removeprefix("m_"))
    single = singular(words)
    if single and (len(single) > 1 or len(single[0]) > 1):
        yield joined_words(single, snake)
    yield from _OF_PRIMITIVE.get(base, ())
    told = words_of(base.rsplit("::", 1)[-1].rsplit(".", 1)[-1])
    if told and told[0] not in _TELL_NOTHING and base.rsplit("::", 1)[-1][:1].isupper():
        yield from (name for name in by_hint.get("type:" + kind, ()) if len(name) > 2)
        if len(base) > 1:
            yield joined_words(told, snake)
    if len(words) == 1 and (words[0] in HOLDERS or len(words[0]) == 1):
        yield "element"
        yield "item"
    yield "value"


def singular(words: Sequence[str]) -> list[str]:
    """The words of a plural, or of a `nodeList`, in the singular; none where it is neither."""
    if len(words) > 1 and words[-1] in HOLDERS:
        return [*words[:-2], _one(words[-2]) or words[-2]]
    last = _one(words[-1]) if words else ""
    return [*words[:-1], last] if last else []


def plural(word: str) -> str:
    """The plural of a word."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _one(word: str) -> str:
    """The singular of a plural word, else ""."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return ""
