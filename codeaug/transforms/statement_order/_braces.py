"""Statements in another order, in Java and C++."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from codeaug.model import Edit
from codeaug.predicates.braces import require_no_macros
from codeaug.predicates.conditions import operator_of
from codeaug.predicates.effects import require_movable_past, require_swappable
from codeaug.predicates.flow import in_lambda, in_plain_block, require_no_labels
from codeaug.predicates.java_constants import is_final, may_be_constant
from codeaug.predicates.layout import indent_at, line_end, line_start, starts_line
from codeaug.predicates.locations import is_plain, is_quiet
from codeaug.predicates.nodes import Node
from codeaug.predicates.scopes import Code, Local
from codeaug.predicates.verdicts import require
from codeaug.transforms import Site, Subject
from codeaug.transforms._sites import require_no_comments, sites

_DECLARATION = "local_variable_declaration"
_SWAPPED = (_DECLARATION, "expression_statement")
_FARTHEST = 20


def _declarations(code: Code) -> Iterator[Node]:
    return iter(code.by_kind.get(_DECLARATION, ()))


# --- whole lines ----------------------------------------------------------------------------------


def _lines(node: Node) -> tuple[int, int]:
    """From the line of the node to the end of its last line, comments after it included."""
    end = line_end(node.source, node.end)
    rest = node.source[node.end : end].strip()
    require(starts_line(node), "NATURAL", "other code stands before it on its line")
    trailing = not rest or rest.startswith(b"//") or (rest[:2] == b"/*" and rest[-2:] == b"*/")
    require(trailing, "NATURAL", "other code stands after it on its line")
    return line_start(node.source, node.start), end


def _comment_above(node: Node) -> Node | None:
    """The first of the comments on the lines directly above the statement."""
    assert node.parent is not None
    found, below = None, node
    for child in reversed(node.parent.children):
        if child.end > node.start:
            continue
        gap = node.source[child.end : below.start]
        if child.kind != "comment" or gap.count(b"\n") != 1 or not starts_line(child):
            break
        found = below = child
    return found


# --- swap -----------------------------------------------------------------------------------------


def swap_statements(subject: Subject) -> Iterator[Site]:
    """Each pair of neighbours of which neither needs the other."""
    before: dict[int, Node] = {}

    def seconds(code: Code) -> Iterator[Node]:
        for block in code.by_kind.get("block", ()):
            for first, second in pairwise(block.parts):
                if _are_neighbours(first, second):
                    before[id(second)] = first
                    yield second

    return sites(subject, seconds, lambda code, node: _swapped(code, before[id(node)], node))


def _are_neighbours(first: Node, second: Node) -> bool:
    """Whether two statements of the swapped kinds stand on lines of one paragraph."""
    if first.kind not in _SWAPPED or second.kind not in _SWAPPED:
        return False
    return first.source.count(b"\n", first.end, second.start) == 1


def _swapped(code: Code, first: Node, node: Node) -> tuple[Edit, ...]:
    _require_unlinked(code, first, node)
    require_swappable(code, first, node)
    require(not in_lambda(code, node), "NOCAP", "inside a lambda")
    require_no_macros(code, first, node)
    require_no_labels(code)
    _require_no_usual_order(code, first, node)
    (start, middle), (begin, end) = _lines(first), _lines(node)
    require(_comment_above(first) is None, "TRIVIA", "a comment above may speak of both")
    require_no_comments(code, _parent(node), middle, node.start)
    upper, lower = code.source[start:middle].decode(), code.source[begin:end].decode()
    require(indent_at(code.source, first.start) == indent_at(code.source, node.start), "NATURAL")
    require(upper != lower, "NATURAL", "the same statement twice")
    return (Edit(start, middle, lower), Edit(begin, end, upper))


def _require_unlinked(code: Code, first: Node, second: Node) -> None:
    """INDEP, at a glance; NATURAL: two steps of one work stay in their order."""
    name = _subject(first)
    linked = any(word.within(second) for word in code.words.get(name, ()))
    require(not linked, "INDEP", "one may change what the other uses")
    declares = _DECLARATION in (first.kind, second.kind)
    plain = declares or (_is_assignment(first) and _is_assignment(second))
    require(plain, "NATURAL", "two steps of one work")


def _is_assignment(statement: Node) -> bool:
    inside = statement.parts[0] if statement.parts else statement
    return inside.kind == "assignment_expression" and operator_of(inside) == "="


def _parent(node: Node) -> Node:
    assert node.parent is not None
    return node.parent


_PAIRS = """
    start end begin end first last first second min max low high lo hi left right top bottom
    width height row col row column rows cols x y y z i j j k a b b c from to src dst source
    target source destination key value name value old new lower upper before after head tail
    prev next previous next offset length off len red green green blue in out input output
"""
_WORDS = _PAIRS.split()
_ORDERED = frozenset(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_WORD = re.compile(r"[A-Za-z]+|\d+")


def _require_no_usual_order(code: Code, first: Node, second: Node) -> None:
    """NATURAL: nobody expects the one first: no `start` and `end`, no order of parameters."""
    one, two = _subject(first), _subject(second)
    usual = (_last_word(one), _last_word(two)) in _ORDERED or _counted(one, two)
    require(not usual, "NATURAL", f"{one} usually comes before {two}")
    parameters = [v.name for v in code.locals if v.kind == "parameter"]
    values = _value(first), _value(second)
    if values[0] in parameters and values[1] in parameters:
        as_given = parameters.index(values[0]) < parameters.index(values[1])
        require(not as_given, "NATURAL", "they follow the order of the parameters")


def _subject(statement: Node) -> str:
    """The name that the statement declares or assigns, as far as it has one."""
    inside = statement.parts[-1] if statement.parts else statement
    target = inside.child("left") or inside.child("name") or inside.child("declarator") or inside
    return target.text


def _value(statement: Node) -> str:
    inside = statement.parts[-1] if statement.parts else statement
    value = inside.child("right") or inside.child("value")
    return "" if value is None else value.text


def _last_word(name: str) -> str:
    words = _WORD.findall(re.sub(r"([a-z])([A-Z])", r"\1 \2", name))
    return words[-1].lower() if words else ""


def _counted(one: str, two: str) -> bool:
    """`node1` and `node2`, `x0` and `x1`."""
    letters = [re.split(r"\d", name)[0] for name in (one, two)]
    return letters[0] == letters[1] and one != two


# --- move -----------------------------------------------------------------------------------------


def move_to_first_use(subject: Subject) -> Iterator[Site]:
    """Each declaration of one name that other statements keep away from its first use."""
    return sites(subject, _declarations, _moved)


def _moved(code: Code, node: Node) -> tuple[Edit, ...] | None:
    local = _only_name(code, node)
    if local is None or not in_plain_block(node):
        return None
    use = next((n for n in code.references(local) if n.start >= node.end), None)
    following = node.following()
    if use is None or use.start >= _parent(node).end:
        return None
    distance = next(i for i, s in enumerate(following) if use.within(s))
    user, between = following[distance], following[:distance]
    if local.value is None and _assigned_first(user, local, use):
        return _joined(code, node, local, user, between)
    if all(s.kind == _DECLARATION for s in between):
        return None
    _require_movable(code, node, local, [*between, user])
    for statement in between:
        require_movable_past(code, node, statement)
    return (_cut(code, node), _paste(code, node, user))


def _only_name(code: Code, node: Node) -> Local | None:
    declarators = [c for c in node.children if c.field == "declarator"]
    if len(declarators) != 1:
        return None
    return next((v for v in code.locals if v.statement is node and v.kind == "local"), None)


def _require_movable(code: Code, node: Node, local: Local, past: list[Node]) -> None:
    require(len(past) <= _FARTHEST, "NATURAL", "the first use is far away")
    require(not in_lambda(code, node), "NOCAP", "inside a lambda")
    if code.language == "cpp":
        unusual = any(c.kind == "storage_class_specifier" for c in node.children)
        lives = is_plain(local.type) or (local.value is None and is_quiet(local))
        require(lives and not unusual, "TRIVLIFE", "an object would come and go at another time")
    require_no_macros(code, node, *past)
    require_no_labels(code)
    require(_comment_above(node) is None, "TRIVIA", "the comment above would speak of other code")


def _cut(code: Code, node: Node) -> Edit:
    """The declaration's lines taken away, and the blank line that would begin the block."""
    source = code.source
    start, end = _lines(node)
    end = _next_line(source, end)
    above = source[line_start(source, start - 1) : start].strip() if start else b""
    below = source[end : line_end(source, end)].strip()
    if not below and (not above or above.endswith(b"{")):
        end = _next_line(source, line_end(source, end))
    return Edit(start, end, "")


def _next_line(source: bytes, end: int) -> int:
    found = source.find(b"\n", end)
    return len(source) if found < 0 else found + 1


def _paste(code: Code, node: Node, user: Node) -> Edit:
    """The declaration's lines just above `user` and the comments that stand there."""
    start, end = _lines(node)
    require(starts_line(user), "NATURAL", "other code stands before its first use")
    same = indent_at(code.source, node.start) == indent_at(code.source, user.start)
    require(same, "NATURAL", "the first use is indented otherwise")
    place = line_start(code.source, (_comment_above(user) or user).start)
    text = code.source[start:end].decode() + code.layout.newline
    return Edit(place, place, text)


def _assigned_first(user: Node, local: Local, use: Node) -> bool:
    """Whether `user` is `name = value;` and nothing before the value mentions the name."""
    inside = user.parts[0] if user.kind == "expression_statement" and user.parts else None
    if inside is None or inside.kind != "assignment_expression":
        return False
    operator = inside.child("operator")
    return use is inside.child("left") and operator is not None and operator.text == "="


def _joined(
    code: Code, node: Node, local: Local, user: Node, between: list[Node]
) -> tuple[Edit, ...] | None:
    """`int n; ... n = f();` as `int n = f();`."""
    left = user.parts[0].child("left")
    assert left is not None
    if code.language == "cpp":
        require(is_plain(local.type), "TRIVLIFE", "an object would be made and not assigned")
        require(not local.type.startswith("const"), "BUILTIN", "a const without a value")
    unusual = any(c.kind == "storage_class_specifier" for c in node.children)
    require(not unusual, "TRIVLIFE", "it would be set once and not each time")
    value = user.parts[0].child("right")
    constant = code.language == "java" and is_final(node)
    constant = constant and value is not None and may_be_constant(code, value)
    require(not constant, "DA", "it would be a constant, which decides what can be reached")
    names = [n for n in code.references(local) if n.within(user)]
    require(len(names) == 1, "DA", "its value mentions its name")
    require(not in_lambda(code, node), "NOCAP", "inside a lambda")
    require_no_macros(code, node, *between, user)
    require_no_labels(code)
    for statement in between:
        _require_name_free(code, node, statement)
    require(_comment_above(node) is None, "TRIVIA", "the comment above would speak of other code")
    start, end = _lines(node)
    require_no_comments(code, _parent(node), start, end)
    declared = node.text.rstrip(";").rstrip()
    require("\n" not in declared, "NATURAL", "a declaration of several lines")
    return (_cut(code, node), Edit(left.start, left.end, declared))


def _require_name_free(code: Code, node: Node, statement: Node) -> None:
    """FRESH: nothing declared in between means the words of the declaration."""
    words = {n.text for n in node.walk() if "identifier" in n.kind}
    taken = any(v.name in words and v.node.within(statement) for v in code.locals)
    require(not taken, "FRESH", "a word of the declaration means something else there")


# --- split ----------------------------------------------------------------------------------------


def split_declaration(subject: Subject) -> Iterator[Site]:
    """Each declaration of several names."""
    return sites(subject, _declarations, _split)


def _split(code: Code, node: Node) -> tuple[Edit, ...] | None:
    declarators = [c for c in node.children if c.field == "declarator"]
    kind = node.child("type")
    if len(declarators) < 2 or kind is None or not in_plain_block(node):
        return None
    declares = kind.kind.endswith("_specifier") and kind.child("body") is not None
    require(not declares, "BUILTIN", "the type is declared here too")
    _lines(node)
    require_no_macros(code, node)
    require_no_comments(code, node, node.start, node.end)
    lead = code.source[node.start : declarators[0].start].decode()
    layout = code.layout
    indent = layout.newline + indent_at(code.source, node.start)
    texts = [_single(lead, each, first=each is declarators[0]) for each in declarators]
    require(all("\n" not in text for text in texts), "NATURAL", "a declaration of several lines")
    return (Edit(node.start, node.end, indent.join(texts)),)


def _single(lead: str, declarator: Node, *, first: bool) -> str:
    gap = "" if first else " "
    return f"{lead if first else lead.rstrip()}{gap}{declarator.text};"
