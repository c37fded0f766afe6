"""`instanceof` with a cast or with a pattern, in Java."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from codeaug.model import Edit
from codeaug.predicates import java
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.flow import branches, in_plain_block, jumps_away
from codeaug.predicates.freshness import first_fresh
from codeaug.predicates.layout import indent_at, line_end, starts_line
from codeaug.predicates.names import joined_words, words_of
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, is_variable
from codeaug.predicates.verdicts import Declined, require
from codeaug.transforms import Site, Subject, Vocabulary
from codeaug.transforms._sites import require_no_comments, sites


@dataclass(frozen=True, slots=True)
class Test:
    """An `instanceof`: what it tests, for which type, and where it is known to hold.

    `top` is the widest condition that is true (`negative`: false) only if the test is; `user` the
    `if` whose condition that is.
    """

    node: Node
    subject: Node
    type: str
    top: Node
    negative: bool
    user: Node | None


def _test(code: Code, node: Node) -> Test | None:
    subject, kind = node.child("left"), node.child("right")
    if subject is None or kind is None or kind.kind.endswith("_pattern"):
        return None
    top, negative = node, False
    while top.parent is not None and top.field != "condition":
        above = top.parent
        if above.kind == "unary_expression" and above.text.startswith("!") and not negative:
            negative = True
        elif above.kind == "binary_expression":
            if operator_of(above) != ("||" if negative else "&&"):
                break
        elif above.kind != "parenthesized_expression":
            break
        top = above
    conditional = top.field == "condition" and top.parent is not None
    user = top.parent if conditional else None
    user = user if user is not None and user.kind == "if_statement" else None
    return Test(node, subject, kind.text, top, negative, user)


def _require_unassigned(code: Code, test: Test, *places: Node) -> None:
    """INDEP: the tested value is a local's, and nothing assigns to it in these places."""
    name = test.subject.text
    known = test.subject.kind == "identifier" and code.lookup(name, test.subject.start) is not None
    require(known, "INDEP", "what is tested may change")
    for place in places:
        for each in place.find("assignment_expression", "update_expression"):
            target = each.child("left") or next(iter(each.parts), None)
            same = target is not None and target.text == name
            require(not same, "INDEP", "what is tested is assigned")


def _variables(code: Code, name: str, place: Node) -> list[Node]:
    return [w for w in code.words.get(name, ()) if w.within(place) and is_variable(w)]


# --- cast to pattern ------------------------------------------------------------------------------


def cast_to_pattern(subject: Subject) -> Iterator[Site]:
    """Each `instanceof` that a cast to the same type follows."""

    def named(code: Code, node: Node) -> tuple[Edit, ...] | None:
        return _named(code, node, subject.vocabulary)

    return sites(subject, lambda code: code.found("instanceof_expression"), named)


def _named(code: Code, node: Node, vocabulary: Vocabulary) -> tuple[Edit, ...] | None:
    test = _test(code, node)
    if test is None or node.child("name") is not None:
        return None
    declaration = _declaration(test)
    casts = [] if declaration is not None else _casts(test)
    if declaration is None and not casts:
        return None
    require(java.level(code.root) >= 16, "NATURAL", "nothing in the file shows Java 16")
    local = code.lookup(test.subject.text, test.subject.start)
    wider = local is None or local.type != test.type
    require(wider, "BUILTIN", "the test is for the declared type itself")
    if declaration is not None:
        return _from_declaration(code, test, declaration)
    region = _region(test)
    assert region is not None
    _require_unassigned(code, test, test.top, region)
    named = any(c.parent is not None and c.parent.kind == "variable_declarator" for c in casts)
    require(not named, "NATURAL", "it has a name already")
    name = first_fresh(code, _names(test.type, vocabulary))
    return (
        Edit(node.end, node.end, f" {name}"),
        *(Edit(cast.start, cast.end, name) for cast in casts),
    )


def _from_declaration(code: Code, test: Test, declaration: Node) -> tuple[Edit, ...]:
    declarator = declaration.child("declarator")
    name = declarator.child("name") if declarator is not None else None
    assert name is not None
    assert test.user is not None
    _require_unassigned(code, test, test.top)
    modifiers = next((c.text for c in declaration.children if c.kind == "modifiers"), "")
    require(modifiers in ("", "final"), "TRIVIA", "an annotation would be lost")
    hidden = _variables(code, name.text, test.top)
    require(not hidden, "FRESH", "the condition has another variable of that name")
    if not test.negative:
        _require_no_leak(code, test.user, name.text)
    block = declaration.parent
    assert block is not None
    following = [c for c in block.children if c.start >= declaration.end]
    last = following[0].kind == "}"
    require(not last, "NATURAL", "nothing would be left in the block")
    beside = following[0].kind == "comment" and not starts_line(following[0])
    before = [c for c in block.children if c.end <= declaration.start]
    above = bool(before) and before[-1].kind == "comment"
    require(not beside and not above, "TRIVIA", "a comment on the cast")
    require_no_comments(code, declaration, declaration.start, declaration.end)
    require(starts_line(declaration), "NATURAL", "other code stands before it on its line")
    return (
        Edit(test.node.end, test.node.end, f" {name.text}"),
        Edit(declaration.start, following[0].start, ""),
    )


def _require_no_leak(code: Code, user: Node, name: str) -> None:
    """FRESH: the pattern's variable is not in scope behind the `if` too, or nobody minds."""
    then, other = branches(user)
    if other is not None and jumps_away(other) and not jumps_away(then):
        beside = [w for w in code.words.get(name, ()) if not w.within(then)]
        require(not beside, "FRESH", f"{name} would be in scope behind the if")


def _declaration(test: Test) -> Node | None:
    """The declaration by a cast that comes first where the test is known to hold."""
    if test.user is None:
        return None
    then, other = branches(test.user)
    if test.negative:
        following = test.user.following()
        plain = other is None and jumps_away(then) and in_plain_block(test.user)
        first = following[0] if plain and following else None
    else:
        first = then.parts[0] if then.kind == "block" and then.parts else None
    if first is None or first.kind != "local_variable_declaration":
        return None
    names = [c for c in first.children if c.field == "declarator"]
    kind, value = first.child("type"), names[0].child("value") if names else None
    fits = len(names) == 1 and value is not None and _is_cast(value, test)
    return first if fits and kind is not None and kind.text in (test.type, "var") else None


def _is_cast(node: Node, test: Test) -> bool:
    kind, value = node.child("type"), node.child("value")
    if node.kind != "cast_expression" or kind is None or value is None:
        return False
    return kind.text == test.type and value.text == test.subject.text


def _region(test: Test) -> Node | None:
    """Where the test is known to hold, the rest of its condition apart."""
    above = test.top.parent
    if test.negative or above is None:
        return None
    if above.kind == "ternary_expression":
        return above.child("consequence")
    return branches(test.user)[0] if test.user is not None else test.top


def _casts(test: Test) -> list[Node]:
    """Each such cast, with its parentheses, where the test is known to hold."""
    region = _region(test)
    if region is None:
        return []
    places = [region] if region is test.top else [test.top, region]
    found = [c for place in places for c in place.find("cast_expression") if _is_cast(c, test)]
    found = [c for c in found if c.start > test.node.end]
    return [
        c.parent if c.parent is not None and c.parent.kind == "parenthesized_expression" else c
        for c in found
    ]


def _names(kind: str, vocabulary: Vocabulary) -> Iterator[str]:
    yield from (n for n in vocabulary.by_hint.get("type:" + kind, ()) if len(n) > 2)
    words = words_of(kind.split("<")[0].rsplit(".", 1)[-1].removesuffix("[]"))
    if kind.endswith("[]") and words:
        words[-1] += "s"
    if words == ["class"]:
        words = ["clazz"]
    if words and len("".join(words)) > 2:
        yield joined_words(words, snake=False)


# --- pattern to cast ------------------------------------------------------------------------------


def pattern_to_cast(subject: Subject) -> Iterator[Site]:
    """Each `instanceof` that names the tested value."""
    return sites(subject, lambda code: code.found("instanceof_expression"), _cast)


def _cast(code: Code, node: Node) -> tuple[Edit, ...] | None:
    test, name = _test(code, node), node.child("name")
    if test is None or name is None:
        return None
    require(node.token("final") is None and "@" not in node.text, "TRIVIA", "a modifier")
    _require_unassigned(code, test, test.top)
    require_no_comments(code, node, node.start, node.end)
    kind = node.child("right")
    assert kind is not None
    drop = Edit(kind.end, name.end, "")
    inside = [w for w in _variables(code, name.text, test.top) if w is not name]
    edits = [drop, *(Edit(w.start, w.end, _cast_text(test, w)) for w in inside)]
    if test.negative:
        return (*edits, *_declared_behind(code, test, name.text))
    return (*edits, *_declared_inside(code, test, name.text))


def _cast_text(test: Test, use: Node) -> str:
    text = f"({test.type}) {test.subject.text}"
    above = use.parent
    alone = above is not None and above.kind in ("argument_list", "variable_declarator")
    return text if alone else f"({text})"


def _declared_inside(code: Code, test: Test, name: str) -> tuple[Edit, ...]:
    if test.user is None:
        return _only_inside(code, test, name)
    then, other = branches(test.user)
    leaks = other is not None and jumps_away(other) and not jumps_away(then)
    require(not leaks, "FLOW", "the pattern's variable is in scope behind the if")
    if not _variables(code, name, then):
        return ()
    require(then.kind == "block" and bool(then.parts), "NATURAL", "a branch without a block")
    first = next(c for c in then.children if c.kind != "{")
    require(starts_line(first), "NATURAL", "a block on one line")
    place = line_end(code.source, then.start)
    return (Edit(place, place, code.layout.newline + _line(code, test, name, first)),)


def _only_inside(code: Code, test: Test, name: str) -> tuple[Edit, ...]:
    """Where no block can hold a declaration, every use must lie in the condition."""
    above = test.top.parent
    alike = len(code.by_name.get(name, ())) > 1
    uses = [w for w in code.words.get(name, ()) if is_variable(w) and not w.within(test.top)]
    outside = [w for w in uses if id(w) not in code.declared]
    conditional = above is not None and above.kind == "ternary_expression"
    if conditional and test.top.field == "condition" and above is not None:
        chosen = above.child("consequence")
        assert chosen is not None
        _require_unassigned(code, test, chosen)
        inner = _variables(code, name, chosen)
        require(alike or len(inner) == len(outside), "FLOW", "it is in scope elsewhere too")
        return tuple(Edit(w.start, w.end, _cast_text(test, w)) for w in inner)
    require(alike or not outside, "FLOW", "the pattern's variable is in scope elsewhere too")
    joined = above is not None and above.kind.endswith(("_statement", "_declarator", "_list"))
    loop = above is not None and above.kind in ("while_statement", "do_statement", "for_statement")
    require(joined and not loop, "FLOW", "the pattern's variable is in scope elsewhere too")
    return ()


def _declared_behind(code: Code, test: Test, name: str) -> tuple[Edit, ...]:
    if test.user is None:
        raise Declined("FLOW", "a negated pattern")
    then, other = branches(test.user)
    following = test.user.following()
    plain = other is None and jumps_away(then) and in_plain_block(test.user)
    require(plain, "FLOW", "the pattern's variable is in scope where the test fails")
    parent = test.user.parent
    assert parent is not None
    uses = [w for w in code.words.get(name, ()) if w.start > test.user.end and w.within(parent)]
    if not uses:
        return ()
    first = following[0]
    require(starts_line(first), "NATURAL", "two statements on one line")
    gap = [c for c in parent.children if test.user.end <= c.start < first.start]
    rest = code.source[test.user.end : line_end(code.source, test.user.end)].strip()
    require(not rest, "TRIVIA", "a comment beside the if")
    place, newline = test.user.end, code.layout.newline
    at = gap[0] if gap else first
    return (Edit(place, place, newline + _line(code, test, name, at)),)


def _line(code: Code, test: Test, name: str, before: Node) -> str:
    indent = indent_at(code.source, before.start)
    final = "final " if _prefers_final(code) else ""
    text = f"{final}{test.type} {name} = ({test.type}) {test.subject.text};"
    return indent + text


def _prefers_final(code: Code) -> bool:
    """Whether most local variables of the method are final."""
    found = [v for v in code.locals if v.kind == "local"]
    final = [v for v in found if v.statement.text.startswith("final ")]
    return len(final) * 2 > len(found)
