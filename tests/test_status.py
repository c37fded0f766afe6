"""What became of a unit that has variants, told from the units of a commit alone."""

from __future__ import annotations

from codeaug.languages import find_units_once
from codeaug.model import Unit
from codeaug.pipeline.status import standings


def unit_at(path: str, code: str = "def f(x):\n    return x\n") -> Unit:
    (unit,) = find_units_once("python", code.encode(), path, path)
    assert isinstance(unit, Unit)
    return unit


def test_a_twin_that_is_moved_is_not_said_to_be_where_another_stayed() -> None:
    one, two, three = map(unit_at, ("one.py", "two.py", "three.py"))
    found = standings([one, two], [one, three])
    assert [(now.unit.path, now.state, now.now and now.now.path) for now in found] == [
        ("one.py", "fresh", "one.py"),
        ("two.py", "fresh", "three.py"),
    ]
