"""The modifier `final` of Java's local variables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from codeaug.model import Edit
from codeaug.predicates.java_constants import is_final, may_be_constant
from codeaug.predicates.loops import is_written
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local, in_class_body
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._sites import sites
from codeaug.transforms.final_local._java_examples import DROP_FINAL, WRITE_FINAL

_KINDS = ("local_variable_declaration", "enhanced_for_statement")


def drop_final(subject: Subject) -> Iterator[Site]:
    """All local variables of a function that are needlessly final."""
    return sites(subject, lambda code: _declarations(code, True)[:1], _dropped)


def write_final(subject: Subject) -> Iterator[Site]:
    """All local variables of a function that could be final."""
    return sites(subject, lambda code: _declarations(code, False)[:1], _written)


def _declarations(code: Code, final: bool) -> list[Node]:
    """The function's own declarations that say `final`, or could."""
    found = sorted(code.found(*_KINDS), key=lambda node: node.start)
    found = [n for n in found if is_final(n) is final and not in_class_body(n, code.function)]
    return found if final else [node for node in found if _could_be_final(code, node)]


def _could_be_final(code: Code, node: Node) -> bool:
    """Whether all that is declared there keeps its first value."""
    declared = [local for local in code.locals if local.statement is node]
    in_head = node.parent is not None and node.parent.kind == "for_statement"
    return bool(declared) and not in_head and all(_keeps_value(code, v) for v in declared)


def _keeps_value(code: Code, local: Local) -> bool:
    if local.kind == "local" and local.value is None:
        return False
    return not any(is_written(use) for use in code.references(local) if use is not local.node)


def _require_no_constants(code: Code, found: list[Node]) -> None:
    values = (v.value for v in code.locals if v.statement in found and v.value is not None)
    apart = not any(may_be_constant(code, value) for value in values)
    require(apart, "BUILTIN", "with final it is a constant, without it is none")


def _dropped(code: Code, _: Node) -> tuple[Edit, ...]:
    found = _declarations(code, True)
    _require_no_constants(code, found)
    edits = []
    for node in found:
        modifiers = next(child for child in node.children if child.kind == "modifiers")
        word = modifiers.token("final")
        require(word is not None, "NATURAL", "final is not understood")
        assert word is not None
        blank = code.source[word.end : word.end + 1] in (b" ", b"\n", b"\t")
        require(blank, "TRIVIA", "no blank behind final")
        edits.append(Edit(word.start, word.end + 1, ""))
    return tuple(edits)


def _written(code: Code, _: Node) -> tuple[Edit, ...]:
    found = _declarations(code, False)
    _require_no_constants(code, found)
    require(_says_final(code.root), "NATURAL", "no local variable of the file is final")
    kinds = [node.child("type") for node in found]
    return tuple(Edit(kind.start, kind.start, "final ") for kind in kinds if kind is not None)


@lru_cache(maxsize=16)
def _says_final(root: Node) -> bool:
    return any(is_final(node) for node in root.find(*_KINDS))


DIRECTIONS: Directions = {
    "drop-final": (drop_final, DROP_FINAL),
    "write-final": (write_final, WRITE_FINAL),
}
