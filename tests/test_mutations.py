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


def test_the_page_is_written_from_the_table() -> None:
    assert (ROOT / "docs" / "mutations.md").read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_every_mutant_fits_its_place_and_keeps_the_signature(path: Path) -> None:
    source, language = path.read_bytes(), language_of(path.name)
    assert language
    for unit in units_of(language, source):
        for mutant in mutants(unit, source, 10_000):
            code = mutant.code.encode()
            expected = source[: unit.span.start] + code + source[unit.span.end :]
            assert place(unit, source, mutant.code) == expected
            head = unit.body.start - unit.span.start
            assert code[:head] == unit.code.encode()[:head]
            assert unit.line <= mutant.line <= unit.end_line


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_no_two_mutants_are_the_same_program(path: Path) -> None:
    source, language = path.read_bytes(), language_of(path.name)
    assert language
    for unit in units_of(language, source):
        codes = [unit.code, *(m.code for m in mutants(unit, source, 10_000))]
        margin = f"if 1:\n{unit.margin}" if language == "python" and unit.margin else ""
        data = [(margin + code).encode() for code in codes]
        read = [tokens(language, text, Span(0, len(text))) for text in data]
        seen = [tuple((t.kind, t.text) for t in each) for each in read]
        assert len(seen) == len(set(seen))


SPREAD = """\
def price(items, rate):
    total = 0
    for item in items:
        if item.count > 0 and item.cost:
            total += item.cost * item.count
    if rate is not None:
        total = total - total * rate
    return round(total, 2)
"""


def of(code: str, limit: int, seed: int = 0) -> list[Mutant]:
    source = code.encode()
    (unit,) = units_of("python", source)
    return mutants(unit, source, limit, seed)


def test_the_extreme_mutant_comes_first() -> None:
    first = of(SPREAD, 1)
    assert [m.operator for m in first] == ["extreme-body"]
    assert first[0].code == "def price(items, rate):\n    return None"


def test_a_dozen_mutants_cover_every_line_and_many_operators() -> None:
    found = of(SPREAD, 12)
    assert len(found) == 12
    assert {m.line for m in found} == set(range(2, 9))
    assert len({m.operator for m in found}) >= 9


def test_fewer_mutants_are_the_first_of_more() -> None:
    assert of(SPREAD, 5) == of(SPREAD, 12)[:5]


def test_the_seed_decides_and_nothing_else() -> None:
    assert of(SPREAD, 12, seed=1) == of(SPREAD, 12, seed=1)
    assert of(SPREAD, 12, seed=1) != of(SPREAD, 12, seed=2)
    assert {m.code for m in of(SPREAD, 500, seed=1)} == {m.code for m in of(SPREAD, 500, seed=2)}


def test_no_mutants_are_asked_for_and_none_come() -> None:
    assert of(SPREAD, 0) == []


def test_a_nested_function_is_a_unit_of_its_own() -> None:
    source = b"def f(a):\n    def g(b):\n        return b + 1\n    return g(a + 2)\n"
    outer = next(u for u in units_of("python", source) if u.name == "f")
    for mutant in mutants(outer, source, 100)[1:]:
        assert "return b + 1" in mutant.code


LEFT_ALONE = {
    "python": """\
@decorated(1)
def f(a: "int" = 1, *, b: int = 2) -> "str":
    'Doc 3.'
    logger.info("x", 4)
    # 5
    assert a, "a message"
    raise E("a message")
""",
    "java": """\
class A {
    @Timeout(1)
    int f(@Size(2) int a) {
        /* 3 */
        LOG.info("x", 4);
        assert b() : "a message";
        throw new E("a message");
    }
}
""",
    "cpp": """\
template <int N = 1> [[deprecated("x")]] int f(int a = 2) {
    static_assert(N > 3, "x");
    assert(a > 4 && "x");
    LOG(INFO) << 5;
#if N > 6
    a += 7;
#endif
    std::array<int, 8> b;
    throw E("a message");
}
""",
}


@pytest.mark.parametrize("language", sorted(LEFT_ALONE))
def test_messages_types_defaults_and_macros_are_left_alone(language: str) -> None:
    source = LEFT_ALONE[language].encode()
    (unit,) = units_of(language, source)
    assert {m.operator for m in mutants(unit, source, 100)} <= {"extreme-body", "remove-throw"}


MELTING = "def f(a):\n    if(a)or(b):\n        return-a+-1\n    return[a]if(not(a))else(a)\n"


def test_words_and_signs_do_not_melt_together() -> None:
    for mutant in of(MELTING, 100):
        compile(mutant.code, "a.py", "exec")
    source = b"int f(int a, int b) { int* c = &a; return a+-b*a-+b * *c; }"
    (unit,) = units_of("cpp", source)
    found = [m.code for m in mutants(unit, source, 100)]
    assert any("a- -b" in code for code in found)
    assert not any("--" in code or "++" in code or "/*" in code for code in found)


def test_a_mutant_says_where_it_is_and_what_a_test_would_check() -> None:
    found = next(m for m in of(SPREAD, 500) if m.operator == "conditional-boundary")
    assert (found.line, found.description) == (4, "`>=` for `>`")
    assert found.hint == "check the result when `item.count` equals `0`"
