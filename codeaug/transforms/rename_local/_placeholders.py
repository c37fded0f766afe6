"""`var0`, `var1`, ... for the local variables of a function of Java or C++."""

from __future__ import annotations

import re
from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.freshness import require_fresh
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import Declined
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import sites
from codeaug.transforms.rename_local._braces import bound_words

PLACEHOLDER = re.compile(r"var\d+")
_KINDS = ("local", "loop", "resource", "binding")


def placeholder_names(subject: Subject) -> Iterator[Site]:
    """The function's body: all of its locals that can be renamed, or why none can."""
    return sites(subject, _bodies, _renamed)


def _bodies(code: Code) -> Iterator[Node]:
    return (node for node in code.function.children if node.field == "body")


def _renamed(code: Code, node: Node) -> tuple[Edit, ...] | None:
    edits: list[Edit] = []
    refused: Declined | None = None
    for number, local in enumerate(sorted(_locals(code), key=lambda v: v.node.start)):
        try:
            edits += _placed(code, local, f"var{number}")
        except Declined as declined:
            refused = refused or declined
    if not edits and refused is not None:
        raise refused
    return tuple(sorted(edits, key=lambda edit: edit.start)) or None


def _locals(code: Code) -> Iterator[Local]:
    return (v for v in code.locals if v.kind in _KINDS)


def _placed(code: Code, local: Local, name: str) -> Iterator[Edit]:
    if PLACEHOLDER.fullmatch(local.name):
        return
    words = bound_words(code, local, code.references(local))
    require_fresh(code, name)
    yield from (Edit(word.start, word.end, name) for word in words)
