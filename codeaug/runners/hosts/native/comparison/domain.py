"""Which grown inputs are such that the unit is made for them.

Nothing but its tests and its words say so. A precondition that the comment names, or that all
recorded calls keep, is kept by what is grown from them (likely invariants: Ernst et al. 2001).
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterator, Mapping, Sequence

from .invariants import of_members
from .rules import CALENDAR, Rule, about, are_ends, is_sorted, is_table, related, within
from .told import told
from .values import Arguments, is_number

ENOUGH = 5  # recorded calls from which a relation of two arguments is believed


def domain(
    recorded: Sequence[Arguments],
    words: str,
    fields: Mapping[str, str],
    compared: Collection[str] = (),
) -> list[Rule]:
    """What must hold of arguments.

    `words` are the unit's comments, `fields` those of members, by name, `compared`
    names of which the unit only asks which is more. What a recorded call breaks is no rule.
    """
    names = list(dict.fromkeys(name for each in recorded for name in each))
    rules = [
        *told(names, words),
        *of_members(recorded, words, fields, compared),
        *_learned(names, recorded),
    ]
    return [rule for rule in rules if all(map(rule, recorded))]


def _learned(names: Sequence[str], recorded: Sequence[Arguments]) -> Iterator[Rule]:
    for name in names:
        values = [each[name] for each in recorded if isinstance(each.get(name), list)]
        if sum(len(value) > 2 for value in values) > 1:
            yield about(name, is_sorted)
        if any(values) and all(map(is_table, values)):
            yield about(name, is_table)
        calendar = CALENDAR.get(name)
        if calendar:
            yield within(name, *calendar)
    for one in names:
        for other in names:
            if one != other and _is_ordered(one, other, recorded):
                yield related(one, operator.le, other)


def _is_ordered(one: str, other: str, recorded: Sequence[Arguments]) -> bool:
    """Whether one argument is not above another in all calls, and that is no chance."""
    both = [(each[one], each[other]) for each in recorded if one in each and other in each]
    pairs = {(a, b) for a, b in both if is_number(a) and is_number(b)}
    differ = any(a != b for a, b in pairs)
    # that small numbers are below great ones says nothing of the two
    believed = are_ends(one, other) or (
        len(pairs) >= ENOUGH and max(a for a, _ in pairs) > min(b for _, b in pairs)
    )
    return differ and believed and all(a <= b for a, b in pairs)
