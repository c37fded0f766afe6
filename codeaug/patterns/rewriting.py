"""One pattern at one unit: where it applies, and where and why it declines.

Beside the predicates that the pattern names, these hold always. What is evaluated another number of
times than before, or in another order, must be PURE. A variable that was declared or assigned, and
is gone, must be mentioned nowhere else, and a new one must be FRESH. No comment is lost (TRIVIA).
The result is read as it was meant, and nothing around it differently (PARSE).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from codeaug.model import Edit, Span
from codeaug.patterns.facts import Facts, facts_of
from codeaug.patterns.matching import Match, matches
from codeaug.patterns.template import Shape
from codeaug.patterns.trees import belongs_to, comes_first, comments, exclusive, tree_of
from codeaug.patterns.writing import Place, Written, written
from codeaug.predicates.verdicts import Declined, require
from codeaug.syntax import SyntaxLimit, Tree
from codeaug.transforms import Site, Subject

_REMARK = (b"//", b"/*", b"#")


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern to look for, and what to make of it: it `declares` names; what the `widened`
    metavariables declare is seen further than before. `single`: an expression."""

    language: str
    before: Shape
    after: str
    declares: frozenset[str]
    widened: frozenset[str]
    single: bool
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()


def rewritten_sites(rule: Rule, subject: Subject) -> Iterator[Site]:
    """Every place of the unit that is like the pattern."""
    unit = subject.unit
    try:
        facts = facts_of(subject)
        tree = tree_of(unit.language, facts.text)
        found = matches(unit.language, facts.text.decode(), rule.before)
    except (Declined, SyntaxLimit, UnicodeDecodeError) as why:
        predicate = why.predicate if isinstance(why, Declined) else "PARSE"
        yield Site(unit.span, declined=predicate, detail=str(why.args[-1]))
        return
    for match in found:
        if belongs_to(tree, match.span, unit):
            site = _site(rule, subject, facts, match)
            if site is not None:
                yield site


def _site(rule: Rule, subject: Subject, facts: Facts, match: Match) -> Site | None:
    place = Place(subject.unit, facts.text, match, rule.after, rule.single, facts.blanks)
    try:
        facts.require_plain(match.span)
        _require_no_remark_behind(place)
        _require_named(rule, facts, match)
        made = written(place)
        _require_evaluated_alike(facts, place, made)
        for name in sorted(rule.declares):
            facts.require_fresh(name)
        for name in sorted(rule.widened & place.taken.keys()):
            facts.require_widened(place.taken[name], match.span)
        edit = Edit(match.span.start, match.span.end, made.text)
        if made.text.encode() == facts.text[edit.start : edit.end]:
            return None
        facts.require_readable(edit)
        _require_comments(place, made, edit)
        facts.require_room(edit)
    except Declined as why:
        return Site(match.span, declined=why.predicate, detail=why.detail)
    return Site(match.span, (edit,))


def _require_named(rule: Rule, facts: Facts, match: Match) -> None:
    """The predicates that the pattern names."""
    nodes = {name.lstrip("$"): spans for name, spans in match.nodes.items()}
    tree = tree_of(rule.language, facts.text)
    for name, predicates in rule.where:
        for span in _expressions(tree, nodes[name]):
            for predicate in predicates:
                met = facts.meets(predicate, span, match.span)
                text = facts.text[span.start : span.end].decode("utf-8", "replace")
                require(met, predicate, f"{name}: {text}")


def _expressions(tree: Tree, spans: Sequence[Span]) -> Iterator[Span]:
    """The nodes of a capture without commas and comments."""
    for span in spans:
        node = tree.root_node.descendant_for_byte_range(span.start, span.end)
        if node is None or (node.is_named and "comment" not in node.type):
            yield span


# --- what is evaluated, how often and in which order ----------------------------------------------


def _require_evaluated_alike(facts: Facts, place: Place, made: Written) -> None:
    """PURE, FRESH: see above."""
    match = place.match
    before, after = _by_name(match.places), _by_name(made.places)
    for name, spans in before.items():
        if any(map(facts.is_bound, spans)):
            _require_unused(facts, match, spans, name not in after)
            continue
        if _times(place.tree, spans) != _times(made.tree, after.get(name, [])):
            _require_pure(facts, place, name, "it would be evaluated another number of times")
    both = [name for name in before if name in after]
    for one, other in combinations(both, 2):
        old, new = (before[one][0], before[other][0]), (after[one][0], after[other][0])
        apart = exclusive(place.tree, *old) and exclusive(made.tree, *new)
        if not apart and comes_first(place.tree, *old) != comes_first(made.tree, *new):
            for name in (one, other):
                if not any(map(facts.is_bound, before[name])):
                    _require_pure(facts, place, name, "it would be evaluated in another order")


def _by_name(places: Sequence[tuple[str, Span]]) -> Mapping[str, list[Span]]:
    table: dict[str, list[Span]] = {}
    for name, span in places:
        table.setdefault(name, []).append(span)
    return table


def _times(tree: Tree, spans: Sequence[Span]) -> int:
    """How often something is evaluated that stands at all these places."""
    apart = all(exclusive(tree, *pair) for pair in combinations(spans, 2))
    return min(1, len(spans)) if apart else len(spans)


def _require_unused(facts: Facts, match: Match, spans: Sequence[Span], dropped: bool) -> None:
    if dropped:
        unused = facts.meets("FRESH", spans[0], match.span)
        name = facts.text[spans[0].start : spans[0].end].decode("utf-8", "replace")
        require(unused, "FRESH", f"{name} is used elsewhere, too")


def _require_pure(facts: Facts, place: Place, name: str, why: str) -> None:
    nodes = place.match.nodes[name] if name.startswith("$$$") else (place.taken[name],)
    for span in _expressions(place.tree, nodes):
        if facts.is_evaluated(span):
            require(facts.meets("PURE", span, place.match.span), "PURE", f"{name}: {why}")


# --- comments -------------------------------------------------------------------------------------


def _require_no_remark_behind(place: Place) -> None:
    """TRIVIA: a comment behind a statement stays behind it where one line becomes several."""
    span = place.match.span
    several = b"\n" in place.text[span.start : span.end]
    if not place.single and several != ("\n" in place.after):
        rest = place.text[span.end :].partition(b"\n")[0].strip()
        require(not rest.startswith(_REMARK), "TRIVIA", "a comment follows on the same line")


def _require_comments(place: Place, made: Written, edit: Edit) -> None:
    """TRIVIA: each comment is there as often as before, beside what it was beside."""
    end = edit.start + len(edit.text.encode())
    before = Counter(comments(place.tree, place.match.span))
    after = Counter(comments(made.tree, Span(edit.start, end)))
    require(not before - after, "TRIVIA", "a comment would be lost")
    added = [text for text in after - before if text not in " ".join(place.after.split())]
    require(not added, "TRIVIA", "a comment would be there twice")
    old = place.text[edit.start : edit.end]
    start = place.text.rfind(b"\n", 0, edit.start) + 1
    crowded = place.text[start : edit.start].strip() and "\n" in edit.text and b"\n" not in old
    require(not crowded or place.single, "NATURAL", "other code stands before it on its line")
