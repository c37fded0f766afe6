"""Which names a repository gives to which values, and which of them fits a local."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

import libcst as cst

from codeaug.predicates.python_names import Occurrence, names_of
from codeaug.predicates.python_source import parse

# Words that people use for one another; a name may trade one for another of its line.
_SYNONYMS = """
idx index | val value | result res ret retval rv | msg message | cfg conf config | ctx context
fname filename | func fn function | args arguments | params parameters | attr attribute
attrs attributes | elem element item | elems elements items | num number | cnt count
pos position | prev previous | cur curr current | tmp temp | src source | dst dest destination
buf buffer | exc err error | char ch character | env environment | req request
resp response | conn connection | klass cls | mod module | desc description | info information
spec specification | k key | v value | mo match | fobj file | ln line
expr expression | stmt statement | decl declaration | sep separator | delim delimiter
addr address | ident identifier | pat pattern | ext extension | cmd command | prog program
opt option | opts options | var variable | vars variables | nums numbers | vals values
"""
_GROUPS = [line.split() for line in re.split(r"[|\n]", _SYNONYMS) if line.strip()]
_OTHERS = {
    word: tuple(w for group in _GROUPS if word in group for w in group if w != word)
    for word in {word for group in _GROUPS for word in group}
}
# Abbreviations that say no less than the word.
_ABBREVIATIONS = (
    "idx msg cfg ctx func args params attr attrs elem pos prev src dst exc err char env"
)
_ABBREVIATIONS += " req resp conn expr stmt sep ext cmd opts cls addr"
_USUAL = frozenset(_ABBREVIATIONS.split())
_WEAK = {"res", "ret", "retval", "rv", "tmp", "cur", "cnt", "dest"}
# `num_cols` is not a `number_cols`.
_ALONE = {"num", "nums", "k", "ln", "mo", "cls", "klass", "var", "vars", "char", "ch"}
_GENERIC = {"tmp", "temp", "res", "ret", "retval", "rv", "result", "val", "value", "out", "output"}
_GENERIC |= {"e", "f", "fh", "fp", "fd"}
_GENERIC |= {"obj", "data", "item", "elem", "element", "thing", "var", "x", "y", "results", "new"}
# What these return depends on their arguments, so other people's names for it say nothing here.
_VAGUE = {"get", "pop", "next", "list", "int", "str", "float", "copy", "join", "format", "max"}
_VAGUE |= {"min", "dict", "set", "tuple", "getattr", "iter", "map", "filter", "sum", "replace"}
_VAGUE |= {"deepcopy", "setdefault", "cast", "partial", "super", "type", "bool", "abs", "round"}
_VAGUE |= {"items", "values", "keys", "enumerate", "factory", "func", "cls", "tee", "chain"}
_VAGUE |= {"range", "zip", "reversed", "bytes", "sorted", "len", "popleft", "strip", "split"}
_VERBS = "get load read fetch find make create build compute parse calc calculate extract"
_VERBS += " new generate init resolve lookup determine collect"
_QUESTIONS = {"is", "has", "should", "can", "needs", "was", "are", "may", "must"}
_RESULTS = {
    "len": "length",
    "split": "parts",
    "splitlines": "lines",
    "readlines": "lines",
    "readline": "line",
    "keys": "keys",
    "values": "values",
    "items": "items",
    "match": "match",
    "search": "match",
    "fullmatch": "match",
    "encode": "encoded",
    "decode": "decoded",
    "strip": "stripped",
    "lower": "lowered",
    "sorted": "ordered",
    "monotonic": "now",
    "time": "now",
    "dumps": "serialized",
    "compile": "compiled",
    "join": "joined",
    "copy": "copied",
    "sum": "total",
    "basename": "basename",
    "dirname": "dirname",
    "abspath": "path",
    "realpath": "path",
    "format": "text",
    "getvalue": "text",
    "listdir": "names",
    "groups": "groups",
}


def words(name: str) -> tuple[str, ...]:
    """The words of a name of any style, in lower case."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    return tuple(part.lower() for part in parts)


def hint(place: Occurrence) -> str:
    """`type:<annotation>`, `call:<callee>`, `each:<callee>` for a loop over a call, `over:<name>`
    for one over a variable or attribute, `attr:<name>`, `except:`, or ""."""
    if place.binds == "as":
        return "except:"
    if place.annotation is not None:
        node = cst.Module([]).code_for_node(place.annotation.annotation)
        return "type:" + re.sub(r"\s", "", node)
    value = place.value.expression if isinstance(place.value, cst.Await) else place.value
    callee = simple_name(value.func) if isinstance(value, cst.Call) else ""
    if isinstance(value, (cst.Name, cst.Attribute)) and not place.path:
        return _read(place.binds, value)
    if not callee or place.binds not in ("assign", "walrus", "with", "loop"):
        return ""
    steps = "".join(f"[{number}]" for number in place.path)
    return f"{'each' if place.binds == 'loop' else 'call'}:{callee}{steps}"


def _read(binds: str, value: cst.Name | cst.Attribute) -> str:
    if binds == "loop":
        return f"over:{simple_name(value)}"
    return f"attr:{simple_name(value)}" if isinstance(value, cst.Attribute) else ""


def simple_name(node: cst.BaseExpression) -> str:
    """The last name of a dotted one, "" for anything else."""
    if isinstance(node, cst.Attribute):
        return node.attr.value
    return node.value if isinstance(node, cst.Name) else ""


def local_names(source: bytes) -> Iterator[tuple[str, str]]:
    """(hint, name) of each parameter and local that the file's functions bind."""
    file = parse(source)
    for function in file.functions if file is not None else ():
        names = names_of(function)
        for name, places in names.by_name.items():
            own = (p for p in places if p.scope is names.scope or p.scope.kind == "comprehension")
            yield from ((hint(p), name) for p in own if p.binds in _NAMING)


_NAMING = {"param", "assign", "annotated", "loop", "with", "walrus", "match", "as"}


def better(
    old: str, hints: Sequence[str], by_hint: Mapping[str, tuple[str, ...]], names: tuple[str, ...]
) -> Iterator[str]:
    """Names of the repository that say at least as much as `old`, the best first."""
    if len(hints) == 1 and hints[0]:
        found = by_hint.get(hints[0], ())
        # Only what is more usual than the name itself.
        usual = found[: found.index(old)] if old in found else found
        yield from (new for new in usual if _suits(old, new, hints[0]))
    parts = words(old)
    for place, word in enumerate(parts if _same_style(old) else ()):
        for other in _OTHERS.get(word, ()) if len(parts) == 1 or word not in _ALONE else ():
            if _used_for(word, other, names):
                yield "_".join((*parts[:place], other, *parts[place + 1 :]))


def _used_for(word: str, other: str, names: tuple[str, ...]) -> bool:
    """Whether the repository says `other` where `word` is said: the shorter form only where it is
    a usual one, and more so here than the longer."""
    if len(other) > len(word):
        return other in _known_words(names) and other not in _WEAK
    ranks = _ranks(names)
    return other in _USUAL and ranks.get(other, len(ranks)) < ranks.get(word, len(ranks))


@lru_cache(maxsize=16)
def _ranks(names: tuple[str, ...]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


@lru_cache(maxsize=16)
def _known_words(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in words(name))


def _same_style(name: str) -> bool:
    return "_".join(words(name)) == name


def _suits(old: str, new: str, why: str) -> bool:
    """Whether `new`, which the repository gives to such values, says what `old` said."""
    if len(new) < 3 or not _same_style(new) or new in _GENERIC - {old}:
        return False
    if len(old) > 2 and (old.endswith("s") != new.endswith("s") or not _same_style(old)):
        return False
    mine, theirs = words(old), words(new)
    cause = {word for word in words(why.partition(":")[2]) if not word.isdigit()}
    vague = bool(cause & _VAGUE) and len(cause) == 1
    described = bool(set(theirs) & cause) and set(theirs) <= cause
    says_less = len(theirs) < len(mine) or bool(set(mine) & cause)
    little = len(old) < 4 or old in _GENERIC
    if why.startswith("type:"):
        return described and not says_less and (len(old) == 1 or old in _GENERIC)
    return little and not vague and not says_less


def suggested(old: str, place: Occurrence, names: tuple[str, ...]) -> str:
    """A name by what is bound to `old`, which says next to nothing; "" where none comes to mind."""
    if len(old) > 2 and old not in _GENERIC:
        return ""
    value = place.value.expression if isinstance(place.value, cst.Await) else place.value
    if place.binds == "as":
        return next((name for name in names if name in _ERRORS), "error")
    if place.binds == "loop" and value is not None:
        return _each(old, value, place.path, names)
    if place.path:
        return ""
    if place.binds == "with" and isinstance(value, cst.Call):
        return "file" if simple_name(value.func) == "open" else ""
    named = value is not None and place.binds in ("assign", "walrus")
    return _said_by(value) if named and value is not None else ""


_ERRORS = ("exc", "error", "err")
_COUNTED = {"i", "j", "k", "_"}
_PAIRED = {0: "key", 1: "value"}


def _each(
    old: str, value: cst.BaseExpression, path: tuple[int, ...], names: tuple[str, ...]
) -> str:
    """What a loop over `value` gives at `path`."""
    callee = simple_name(value.func) if isinstance(value, cst.Call) else ""
    if callee == "items" and len(path) == 1:
        return _PAIRED.get(path[0], "")
    if callee == "enumerate" and path == (0,):
        return next((name for name in names if name in ("index", "idx")), "")
    if old in _COUNTED:
        return ""
    if isinstance(value, cst.Call) and callee == "enumerate" and path == (1,):
        return singular(_plural(value.args[0].value))
    if isinstance(value, cst.Call) and callee == "zip" and len(path) == 1:
        plain = path[0] < len(value.args) and not any(arg.star for arg in value.args)
        return singular(_plural(value.args[path[0]].value)) if plain else ""
    return "" if path else singular(_plural(value))


def _said_by(value: cst.BaseExpression) -> str:
    """What the value itself says it is."""
    match value:
        case cst.Call():
            name = simple_name(value.func)
            return _asked_for(value) or ("" if name in _VAGUE - {"len"} else derived(name))
        case cst.Attribute(attr=cst.Name(value=name)):
            return name.strip("_")
        case cst.Subscript(
            slice=[cst.SubscriptElement(slice=cst.Index(value=cst.SimpleString(value=text)))]
        ):
            return text.strip("\"'")
        case _:
            return ""


def _plural(value: cst.BaseExpression) -> str:
    """The name of what a loop goes over."""
    match value:
        case cst.Call(func=cst.Attribute(value=inner, attr=cst.Name(value="values")), args=[]):
            return simple_name(inner)
        case cst.Call(func=cst.Name(value="sorted" | "reversed" | "list" | "set"), args=[only, *_]):
            return _plural(only.value)
        case cst.Call():
            return derived(simple_name(value.func))
        case _:
            return simple_name(value)


def singular(plural: str) -> str:
    """`entry` for `entries`, "" for a name that is no plural."""
    name = plural.strip("_")
    if name.endswith("children"):
        return name.removesuffix("ren")
    if name.endswith("ies") and len(name) > 4:
        return name[:-3] + "y"
    if name.endswith(("sses", "xes", "ches", "shes")):
        return name[:-2]
    plain = name.endswith("s") and not name.endswith(("ss", "us", "is", "args", "series"))
    return name[:-1] if plain and len(name) > 3 else ""


def name_of_value(
    node: cst.BaseExpression,
    by_hint: Mapping[str, tuple[str, ...]],
    free: Callable[[str], bool],
    usually: bool = True,
) -> str:
    """A free name for what a call or a dotted name gives, "" where none comes to mind.

    `usually` says that a name of one word will do which the repository gives to what this call
    gives, though the two have no word in common.
    """
    node = node.expression if isinstance(node, cst.Await) else node
    name = simple_name(node.func if isinstance(node, cst.Call) else node)
    found = by_hint.get(f"call:{name}", ()) if isinstance(node, cst.Call) else ()
    usual = [n for n in found if len(n) > 2 and n not in _GENERIC and name not in _VAGUE]
    described = [n for n in usual if set(words(n)) & set(words(name))]
    own = _asked_for(node) or derived(name) if isinstance(node, cst.Call) else name.strip("_")
    return next(
        (
            n
            for n in (*described, own, *(n for n in usual if usually and len(words(n)) == 1))
            if n and _same_style(n) and free(n)
        ),
        "",
    )


def _asked_for(call: cst.Call) -> str:
    """`d.get("user")` gives a `user`."""
    match call:
        case cst.Call(
            func=cst.Attribute(attr=cst.Name(value="get" | "pop")),
            args=[cst.Arg(value=cst.SimpleString(value=text)), *_],
        ):
            name = text.strip("\"'")
            return name if name.isidentifier() and len(name) > 2 else ""
        case _:
            return ""


def derived(callee: str) -> str:
    """What a function's name says about its result: `get_user_name` gives a `user_name`."""
    if callee in _RESULTS:
        return _RESULTS[callee]
    parts = words(callee)
    if callee[:1].isupper():
        return "" if parts[-1] in ("error", "exception", "warning") else "_".join(parts)
    if len(parts) > 1 and parts[0] in _VERBS.split():
        return "_".join(parts[1:])
    return "_".join(parts) if len(parts) > 1 and parts[0] in _QUESTIONS else ""
