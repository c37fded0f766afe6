"""Transforms that a team writes as a pair of patterns: `[[transforms]]` in `codeaug.toml`.

A `Pattern` (`codeaug.settings`) becomes one `Transform`, or two where it goes both ways. A site is
a place that is like `before` (`matching`); it is rewritten to `after` (`writing`) where the named
predicates hold (`facts`), and where nothing else can have changed (`rewriting`). A pattern comes
with the repository: it can describe text edits inside a unit, and runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial

from codeaug.errors import UsageError
from codeaug.patterns.examples import framed
from codeaug.patterns.matching import require_findable
from codeaug.patterns.rewriting import Rule, rewritten_sites
from codeaug.patterns.template import EXPRESSION, STATEMENTS, anonymous_named, shape_of
from codeaug.settings import Pattern, Patterns
from codeaug.transforms import Example, Transform, load

BACK = "-back"


@cache
def transforms_of(patterns: Patterns) -> tuple[Transform, ...]:
    """Raises UsageError for one that cannot be read, or is called as another is."""
    found = tuple(transform for one in patterns for transform in _both(one))
    names = [transform.name for transform in (*load(), *found)]
    for transform in found:
        if names.count(transform.name) > 1:
            raise UsageError(f"transforms: {transform.name!r} is the name of another transform.")
    return found


def _both(one: Pattern) -> Iterator[Transform]:
    yield _transform(one, one.name, one.before, one.after, one.title)
    if one.both_ways:
        title = f"{one.title}, the way back" if one.title else ""
        yield _transform(one, one.name + BACK, one.after, one.before, title)


def _transform(one: Pattern, name: str, before: str, after: str, title: str) -> Transform:
    rule = _rule(one, name, before, after)
    return Transform(
        name,
        title or f"`{_first_line(before)}` as `{_first_line(after)}`",
        one.tier,
        {one.language: partial(rewritten_sites, rule)},
        tuple(_examples(one, back=name != one.name)),
        about=_about(one, before, after),
    )


def _rule(one: Pattern, name: str, before: str, after: str) -> Rule:
    """Raises UsageError."""
    try:
        looked_for = anonymous_named(before)
        old = shape_of(one.language, looked_for)
        new = shape_of(one.language, after)
        if old.what != new.what and one.language == "python":
            old, new = (shape_of(one.language, text, STATEMENTS) for text in (looked_for, after))
        if old.remarks:
            raise UsageError("before may hold no comment")
        require_findable(one.language, old)
    except UsageError as error:
        raise UsageError(f"transforms: {name!r} in {one.language}: {error}.") from error
    if old.what != new.what:
        raise UsageError(f"transforms: {name!r}: before is {old.what}, after is {new.what}.")
    declares, widened = new.declares - old.declares, new.outer - old.outer
    return Rule(one.language, old, after, declares, widened, old.what == EXPRESSION, one.where)


def _first_line(text: str) -> str:
    first, more, _ = text.partition("\n")
    return f"{first} ..." if more else first


def _examples(one: Pattern, back: bool) -> Iterator[Example]:
    """Of the way back those that change something, turned round."""
    for example in one.examples:
        before, after = framed(one.language, example.before, example.after)
        if not back:
            yield Example(one.language, before, after, example.declined, why=example.why)
        elif after:
            yield Example(one.language, after, before, why=example.why)


def _about(one: Pattern, before: str, after: str) -> str:
    fence = f"```{one.language}\n{{}}\n```"
    where = "".join(f"\n\n`{name}` must be {', '.join(found)}." for name, found in one.where)
    return f"{fence.format(before)}\n\nbecomes\n\n{fence.format(after)}{where}"
