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
idx index | val value | res ret retval rv result | msg message | cfg conf config | ctx context
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
_GENERIC = {"tmp", "temp", "res", "ret", "retval", "rv", "result", "val", "value", "out", "output"}
_GENERIC |= {"obj", "data", "item", "elem", "element", "thing", "var", "x", "y", "results", "new"}
# What these return depends on their arguments, so other people's names for it say nothing here.
_VAGUE = {"get", "pop", "next", "list", "int", "str", "float", "copy", "join", "format", "max"}
_VAGUE |= {"min", "dict", "set", "tuple", "getattr", "iter", "map", "filter", "sum", "replace"}
_VAGUE |= {"deepcopy", "setdefault", "cast", "partial", "super", "type", "bool", "abs", "round"}
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
    """`type:<annotation>`, `call:<callee>`, `each:<callee>` for a loop over a call, or ""."""
    if place.annotation is not None:
        node = cst.Module([]).code_for_node(place.annotation.annotation)
        return "type:" + re.sub(r"\s", "", node)
    value = place.value.expression if isinstance(place.value, cst.Await) else place.value
    callee = simple_name(value.func) if isinstance(value, cst.Call) else ""
    if not callee or place.binds not in ("assign", "walrus", "with", "loop"):
        return ""
    steps = "".join(f"[{number}]" for number in place.path)
    return f"{'each' if place.binds == 'loop' else 'call'}:{callee}{steps}"


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
        yield from (new for new in found if _suits(old, new, hints[0]))
    known = _known_words(names)
    for place, word in enumerate(words(old)):
        for other in _OTHERS.get(word, ()):
            # The shorter form says less.
            if other in known and _same_style(old) and len(other) > len(word):
                parts = list(words(old))
                parts[place] = other
                yield "_".join(parts)


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
    mine, theirs, cause = words(old), words(new), set(words(why.partition(":")[2]))
    vague = bool(cause & _VAGUE) and len(cause) == 1
    described = bool(set(theirs) & cause) and set(theirs) <= cause
    says_less = len(theirs) < len(mine) or bool(set(mine) & cause)
    if why.startswith("type:"):
        return described and not says_less and (len(old) == 1 or old in _GENERIC)
    return not vague and not says_less and (described or old in _GENERIC or len(old) < 4)


def name_of_value(
    node: cst.BaseExpression,
    by_hint: Mapping[str, tuple[str, ...]],
    free: Callable[[str], bool],
    usually: bool = True,
) -> str:
    """A free name for what a call or a dotted name gives, "" where none comes to mind.

    `usually` says that a name will do which the repository gives to what this call gives, though
    the two have no word in common.
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
            for n in (*described, own, *(usual if usually else ()))
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
