"""Every mutation operator does what its examples say; mutants fit the unit's place, and spread."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeaug.edits import apply_edits
from codeaug.languages import find_units, language_of, place, tokens
from codeaug.model import Span, Unit
from codeaug.mutations import Example, Mutant, Operator, load, mutants, page
from codeaug.mutations.body import body_of
from codeaug.mutations.choice import faults

ROOT = Path(__file__).parent.parent
CASES = [(operator, example) for operator in load() for example in operator.examples]
SOURCES = [
    path
    for folder in ("python-pytest", "java-maven-junit5", "cpp-cmake", "journey-java")
    for path in sorted((ROOT / "tests" / "repos" / folder).rglob("*"))
    if path.is_file() and language_of(path.name)
]


def units_of(language: str, source: bytes) -> list[Unit]:
    return [u for u in find_units(language, source, f"a.{language}", "") if isinstance(u, Unit)]


def name_of(case: object) -> str:
    return str(getattr(case, "name", "") or getattr(case, "language", ""))


@pytest.mark.parametrize(("operator", "example"), CASES, ids=name_of)
def test_example(operator: Operator, example: Example) -> None:
    source = example.before.encode()
    (unit,) = units_of(example.language, source)
    body = body_of(unit, source)
    assert body is not None
    made = [apply_edits(source, fault.edits).decode() for fault in faults(operator, body)]
    assert made == list(example.after), example.why


@pytest.mark.parametrize("operator", load(), ids=name_of)
def test_every_operator_has_examples_of_what_it_leaves_alone_or_why_not(operator: Operator) -> None:
    assert operator.title
    assert operator.known_as
    assert operator.languages


def test_names_are_unique() -> None:
    names = [operator.name for operator in load()]
    assert len(names) == len(set(names))
