"""A difference in one sentence."""

from __future__ import annotations

from .agreement import Difference
from .calling import PART, Outcome

CALL = 300  # characters
RESULT = 160


def sentence(name: str, found: Difference) -> str:
    """`grade(score=10) returns 'bad', was 'good'`."""
    call = f"{name.rsplit('.', 1)[-1]}({cut(found.given.text, CALL)})"
    if found.needs:
        call = f"{found.needs} {call}"
    one, other = found.one, found.other
    if one.result != other.result or one.kind != other.kind:
        return f"{call} {_result(one, other)}"
    if one.arguments != other.arguments:
        now, before = (text.arguments.replace(PART, ", ") for text in (other, one))
        now, before = _apart(now, before)
        return f"{call} leaves {now}, was {before}"
    now, before = _apart(other.effects or "nothing", one.effects or "nothing")
    return f"{call} writes or warns: {now}; was: {before}"


def _result(one: Outcome, other: Outcome) -> str:
    now, before = other.result, one.result
    if now.startswith("returns ") and before.startswith("returns "):
        now, before = _apart(now[8:], before[8:])
        return f"returns {now}, was {before}"
    if other.kind != one.kind:
        return f"cannot be compared ({cut(now, RESULT)}), {_past(cut(before, RESULT))}"
    return f"{cut(now, RESULT)}, {_past(cut(before, RESULT))}"


def _past(text: str) -> str:
    for now, then in (("returns ", "returned "), ("raises ", "raised "), ("ends ", "ended ")):
        if text.startswith(now):
            return then + text[len(now) :]
    return text


def cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}..."


def _apart(now: str, before: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    if max(len(now), len(before)) <= RESULT:
        return now, before
    pairs = zip(now, before)
    place = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(now), len(before)))
    start = max(0, place - 40)
    head = "..." if start else ""
    return head + cut(now[start:], RESULT), head + cut(before[start:], RESULT)
