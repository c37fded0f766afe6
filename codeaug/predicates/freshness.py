"""Names and objects that move: FRESH and TRIVLIFE in Java and C++."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from codeaug.predicates import cpp, cpp_types
from codeaug.predicates.flow import statements
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined, require

DECLARATIONS = frozenset({"local_variable_declaration", "class_declaration", "alias_declaration"})


_RESERVED = """
    abstract alignas alignof and asm assert auto bool boolean break byte case catch char class
    concept const constexpr continue decltype default delete do double else enum explicit export
    extends extern false final finally float for friend goto if implements import inline
    instanceof int interface long mutable namespace native new noexcept not null nullptr operator
    or package private protected public record register requires return short signed sizeof static
    strictfp struct super switch synchronized template this throw throws transient true try
    typedef typeid typename union unsigned using var virtual void volatile while xor yield
    errno min max minor major unix linux stdin stdout stderr signals slots emit
"""
_KEYWORDS = frozenset(_RESERVED.split())


def require_fresh(code: Code, name: str) -> None:
    """FRESH: the name is no keyword and nothing in the function, or any macro, mentions it."""
    require(name not in _KEYWORDS, "FRESH", f"{name} is a keyword")
    taken = any(_is_taken(code, word) for word in code.words.get(name, ()))
    require(not taken, "FRESH", f"{name} is already used here")
    if code.language == "cpp":
        require(name not in cpp.macros(code.source), "FRESH", f"{name} is a macro")
        require(not cpp.in_macro_body(name, code.source), "FRESH", f"a macro mentions {name}")
        members = _member_names(code.root)
        require(name not in members, "FRESH", f"{name} would hide a member")


def first_fresh(code: Code, names: Iterable[str]) -> str:
    """The first FRESH name. Declines where all are taken, or NATURAL where there is none."""
    refused = Declined("NATURAL", "no good name for it")
    for name in names:
        try:
            require_fresh(code, name)
        except Declined as declined:
            refused = declined
        else:
            return name
    raise refused


def _is_taken(code: Code, word: Node) -> bool:
    """Whether a variable of that name could not be told from this word."""
    above = word.parent
    if code.language == "cpp" or above is None:
        return True
    method = above.kind == "call" and word.field == "name"
    return not method and not (above.kind == "field_access" and word.field == "field")


@lru_cache(maxsize=8)
def _member_names(root: Node) -> frozenset[str]:
    return frozenset(n.text for n in root.find("field_identifier"))


def declared_in(code: Code, body: Node) -> list[Local]:
    """The names whose scope is `body` itself, not a block inside it."""
    top = set(map(id, statements(body)))
    kind = "local_variable_declaration"
    return [v for v in code.locals if v.statement.kind == kind and id(v.statement) in top]


def require_free_beside(code: Code, branch: Node, place: Node) -> None:
    """FRESH: the branch's own names can live in `place` (its outer block) instead."""
    for local in declared_in(code, branch):
        words = code.words.get(local.name, [])
        beside = [w for w in words if w.within(place) and not w.within(branch)]
        twice = [v for v in code.by_name.get(local.name, []) if not v.node.within(branch)]
        free = not beside and not (twice and code.language == "cpp")
        require(free, "FRESH", f"{local.name} is used beside it too")
    kinds = ("class_declaration", "class_specifier", "struct_specifier", "alias_declaration")
    plain = not any(s.kind in kinds or s.kind.endswith("_definition") for s in statements(branch))
    require(plain, "FRESH", "it declares a type")


def require_trivial_lives(code: Code, branch: Node) -> None:
    """TRIVLIFE: no object of the branch would be destroyed later than before."""
    if code.language == "java":
        return
    for local in declared_in(code, branch):
        known = cpp_types.is_scalar(cpp_types.value_type(local.type))
        reference = local.type.endswith("&")
        require(known and not reference, "TRIVLIFE", f"{local.name} would be destroyed later")
    unseen = {"local_variable_declaration"}
    seen = {id(v.statement) for v in declared_in(code, branch)}
    for statement in statements(branch):
        known = statement.kind not in unseen or id(statement) in seen
        require(known, "TRIVLIFE", "an object would be destroyed later")
