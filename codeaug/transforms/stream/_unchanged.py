"""INDEP: loops and streams notice at other moments that their collection was changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from codeaug.predicates.java_collections import collection_of, is_own_object, risky_calls
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require


def require_unchanged(code: Code, over: Node, bodies: Sequence[Node], *, acts: bool) -> None:
    """Nothing in `bodies` changes the collection `over`.

    It is not named there, and calls of which nothing is known do not reach it: it is the function's
    own object, or a local that the calls are only asked about. What `acts` may do anything.
    """
    if collection_of(code, over)[0] == "[]":  # nothing notices
        return
    names = {word.text for word in over.find("identifier")}
    used = any(word.text in names for body in bodies for word in body.find("identifier"))
    require(not used, "INDEP", "the collection is used in the loop")
    local = code.lookup(over.text, over.start) if over.kind == "identifier" else None
    unreached = is_own_object(code, over) or (local is not None and not acts)
    quiet = unreached or not any(True for body in bodies for _ in risky_calls(code, body))
    require(quiet, "INDEP", "a call may change the collection meanwhile")
