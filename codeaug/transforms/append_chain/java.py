"""Chains of `append` in Java."""

from __future__ import annotations

from collections.abc import Iterator

from codeaug.model import Edit
from codeaug.predicates.flow import in_plain_block
from codeaug.predicates.java_collections import is_imported
from codeaug.predicates.layout import indent_at
from codeaug.predicates.loops import is_written
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code
from codeaug.predicates.verdicts import require
from codeaug.transforms import Directions, Site, Subject
from codeaug.transforms._sites import replacement, require_no_comments, sites
from codeaug.transforms.append_chain._java_examples import CHAIN, SPLIT

_BUILDERS = ("StringBuilder", "StringBuffer")
_MOST = 4
"""Links of a chain that is split or made."""
_STATEMENT = "expression_statement"


def split_appends(subject: Subject) -> Iterator[Site]:
    """Each statement that appends more than once."""
    return sites(subject, lambda code: code.function.find(_STATEMENT), _split)


def chain_appends(subject: Subject) -> Iterator[Site]:
    """Each run of statements that append to one builder."""
    return sites(subject, _firsts, _chained)


def _links(statement: Node) -> tuple[str, list[str]]:
    """The variable that a statement appends to, and each `.append(...)`; ("", []) for others."""
    links: list[str] = []
    node = statement.parts[0] if len(statement.parts) == 1 else None
    while node is not None and node.kind == "call":
        name, given = node.child("name"), node.child("arguments")
        if name is None or given is None or name.text != "append":
            return "", []
        links.insert(0, f".append{given.text}")
        node = node.child("object")
    if node is None or node.kind != "identifier" or not links:
        return "", []
    return node.text, links


def _require_builder(code: Code, name: str, places: list[Node]) -> None:
    local = code.lookup(name, places[0].start)
    kind = local.type if local is not None and local.type in _BUILDERS else ""
    known = bool(kind) and is_imported(code, f"java.lang.{kind}")
    require(known, "BUILTIN", "it is not known to be a builder")
    uses = (word for word in code.words[name] if any(word.within(p) for p in places))
    require(not any(map(is_written, uses)), "INDEP", "the variable is assigned meanwhile")


def _split(code: Code, node: Node) -> tuple[Edit, ...] | None:
    name, links = _links(node)
    if len(links) < 2:
        return None
    _require_builder(code, name, [node])
    require(len(links) <= _MOST, "NATURAL", "a long chain")
    require(in_plain_block(node), "NATURAL", "a statement without a block around it")
    require(not any("\n" in link for link in links), "NATURAL", "a part of several lines")
    return (replacement(code, node, node, tuple(f"{name}{link};" for link in links)),)


def _firsts(code: Code) -> Iterator[Node]:
    """The first statement of each run of at least two."""
    for node in code.function.find(_STATEMENT):
        name, _ = _links(node)
        before, after = node.preceding(), node.following()
        first = not before or _links(before[-1])[0] != name
        if name and first and after and _links(after[0])[0] == name:
            yield node


def _chained(code: Code, node: Node) -> tuple[Edit, ...]:
    name, links = _links(node)
    require(in_plain_block(node), "NATURAL", "a statement without a block around it")
    run = [node]
    room = code.layout.limit - len(indent_at(code.source, node.start)) - len(name) - 1
    for each in node.following():
        other, more = _links(each)
        fits = len(links + more) <= _MOST and len("".join(links + more)) <= room
        if other != name or not fits:
            break
        run.append(each)
        links += more
    _require_builder(code, name, run)
    require(len(run) > 1, "NATURAL", "a long chain")
    assert node.parent is not None
    require_no_comments(code, node.parent, node.start, run[-1].end)
    require(not any("\n" in link for link in links), "NATURAL", "a part of several lines")
    return (replacement(code, node, run[-1], (f"{name}{''.join(links)};",)),)


DIRECTIONS: Directions = {
    "chain-appends": (chain_appends, CHAIN),
    "split-appends": (split_appends, SPLIT),
}
