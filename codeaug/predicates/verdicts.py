"""A site that cannot be changed says which predicate is not met.

| name | not met when |
|---|---|
| PURE | evaluating it may do something: a call, an assignment, an overloaded operator |
| NOTHROW | evaluating it may throw |
| BUILTIN | the static type is not proven to be a built-in one (or the same on both sides) |
| INTEGRAL, NOFLOAT | `<` cannot be flipped: NaN is neither less nor not less |
| BOOLVAL | it is not proven to be a plain boolean |
| INDEP | something is evaluated before it that it may change, or that may change it |
| FRESH | a name is taken, or would hide or capture another |
| FLOW | a pattern variable's scope follows the flow of control |
| NOCAP | a lambda or an inner class captures it |
| DA | definite assignment would change |
| REACH | a jump, label or case label would lead somewhere else, or nowhere |
| EXC | other checked exceptions could leave it, or be caught around it |
| NODYN | names are looked up as text: `locals()`, `eval`, `{name=}` |
| NOMACRO | a macro, `#if` or parse error is in the way |
| PARSE | the file or function cannot be read exactly |
| NODEP | it depends on a template parameter |
| TRIVLIFE | an object would be destroyed at another time |
| TRIVIA | a comment would be lost or end up beside other code |
| NATURAL | nobody would write the result |
| SIGNATURE | what the function promises before its body would change |
| SURPRISAL | the result reads unlike the rest of the repository (n-gram surprisal) |
"""

from __future__ import annotations


class Declined(Exception):
    """A predicate is not met at this site."""

    def __init__(self, predicate: str, detail: str = "") -> None:
        super().__init__(predicate, detail)
        self.predicate = predicate
        self.detail = detail


def require(met: bool, predicate: str, detail: str = "") -> None:
    """Raises Declined where the predicate is not met."""
    if not met:
        raise Declined(predicate, detail)
