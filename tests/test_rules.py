"""The rules engine: variants of one to three transforms, unlike each other, as the house writes."""

from __future__ import annotations

import ast
import random
from dataclasses import replace

import pytest

from codeaug import languages
from codeaug.checks import Trial
from codeaug.checks.signature import signature
from codeaug.edits import apply_edits
from codeaug.engines import rules
from codeaug.engines.rules import propose
from codeaug.engines.rules.composition import Place, compositions, ordered
from codeaug.engines.rules.habits import Habits, habits
from codeaug.engines.rules.naturalness import LEAST, Naturalness, tokens
from codeaug.languages import find_units, plain_code
from codeaug.model import Edit, Span, Unit, Verdict
from codeaug.settings import Settings
from codeaug.transforms import Site, Subject, Transform, Vocabulary, load, sites
from codeaug.variants import tiers

SOURCES = {
    "python": """\
def kind(self, n, items):
    if n < 0:
        return "negative"
    else:
        self.seen += 1
    total = self.count(items)
    if total is None:
        label = "none"
    else:
        label = "some"
    if items:
        if self.ready(n):
            self.put(label)
    return label
""",
    "java": """\
class A {
    String kind(int n, java.util.List<String> items) {
        if (n < 0) {
            return "negative";
        } else {
            seen++;
        }
        int total = count(items);
        String label;
        if (total == 0) {
            label = "none";
        } else {
            label = "some";
        }
        if (n > 3) {
            if (ready(n)) {
                put(label);
            }
        }
        return label;
    }
}
""",
    "cpp": """\
int kind(int n, int m)
{
    if (n < 0) {
        return 1;
    } else {
        seen++;
    }
    int total = count(m);
    int label;
    if (total == 0) {
        label = 1;
    } else {
        label = 2;
    }
    if (n > 3) {
        if (m > 4) {
            put(label);
        }
    }
    return label;
}
""",
}
LANGUAGES = sorted(SOURCES)
BOTH = ("A", "B")


def unit_of(language: str) -> Unit:
    found = find_units(language, SOURCES[language].encode(), f"a.{language}", "")
    return next(unit for unit in found if isinstance(unit, Unit))


def proposed(language: str, wanted: int, seed: int = 0) -> list[tuple[tuple[str, ...], str]]:
    source = SOURCES[language].encode()
    found, _ = propose(unit_of(language), source, Habits(), wanted, seed, BOTH)
    return [(variant.origin.recipe, variant.code) for variant in found]


def shingles(unit: Unit) -> set[tuple[str, ...]]:
    said = plain_code(unit).split()
    return set(zip(*(said[n:] for n in range(5)), strict=False))


def repository(language: str) -> list[tuple[str, bytes]]:
    """Many functions in one style: enough to tell how the house writes."""
    shape = SOURCES[language]
    return [
        (f"{n}.{language}", shape.replace("kind", f"kind{n}").replace("seen", f"seen{n}").encode())
        for n in range(60)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_variants_are_made_by_one_to_three_transforms_each(language: str) -> None:
    lengths = {len(recipe) for seed in range(12) for recipe, _ in proposed(language, 4, seed)}
    assert lengths == {1, 2, 3}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_makes_the_same_variants_and_another_one_others(language: str) -> None:
    assert proposed(language, 3, 7) == proposed(language, 3, 7)
    assert len({str(proposed(language, 3, seed)) for seed in range(6)}) > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_composed_variant_does_what_each_of_its_transforms_does(language: str) -> None:
    unit, source = unit_of(language), SOURCES[language].encode()
    places = [Place(t, s, source) for t, s in sites(Subject(unit, source)) if not s.declined]
    composed = [some for some in compositions(places, random.Random(1)) if len(some) > 1]
    assert composed
    for some in composed:
        together = apply_edits(source, [edit for place in some for edit in place.site.edits])
        for edit in (edit for place in some for edit in place.site.edits):
            assert edit.text.encode() in together
        names = [place.transform.name for place in some]
        assert len(set(names)) == len(names)
        assert plain_code(replace(unit, code=together.decode())) != plain_code(unit)


def test_no_transform_undoes_another() -> None:
    for language in LANGUAGES:
        original = plain_code(unit_of(language))
        texts = [
            plain_code(replace(unit_of(language), code=code))
            for seed in range(10)
            for _, code in proposed(language, 6, seed)
        ]
        assert texts
        assert original not in texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_sites_that_share_a_line_or_bring_in_the_same_word_are_not_joined(language: str) -> None:
    transform = next(t for t in load() if t.name == "rename-local")
    source = b"one two\nthree four\nfive six\n"

    def place(start: int, end: int, text: str) -> Place:
        return Place(transform, Site(Span(start, end), (Edit(start, end, text),)), source)

    assert place(0, 3, "x").fits(place(8, 13, "y"))
    assert not place(0, 3, "x").fits(place(4, 7, "y"))
    assert not place(0, 3, "x").fits(place(8, 13, "x"))
    assert not place(0, 20, "x").fits(place(8, 13, "y"))


def test_no_local_takes_the_name_of_a_field_that_an_inlined_helper_brings_in() -> None:
    source = b"""\
class A {
    private int size = 5;

    private int size() {
        return size;
    }

    int use(int sz) {
        print(sz + sz);
        int least = 4;
        return least + size();
    }
}
"""
    found = find_units("java", source, "A.java", "")
    unit = next(u for u in found if isinstance(u, Unit) and u.name.endswith("use"))
    usual = Vocabulary({"parameter:int": ("size",)}, ("size",))
    places = [Place(t, s, source) for t, s in sites(Subject(unit, source, usual)) if not s.declined]
    renamed = next(p for p in places if p.transform.name == "rename-local")
    inlined = next(p for p in places if p.transform.name == "inline-helper")
    assert renamed.site.edits[0].text == "size"
    assert not renamed.fits(inlined)


@pytest.mark.parametrize(
    ("language", "code"),
    [
        ("java", "class A {\n    int use(int sz) {\n        return sz + sz;\n    }\n}\n"),
        ("cpp", "static int use(int sz)\n{\n    return sz + sz;\n}\n"),
    ],
)
def test_a_parameter_is_renamed_where_the_check_lets_that_pass(language: str, code: str) -> None:
    source = code.encode()
    unit = next(u for u in find_units(language, source, "A", "") if isinstance(u, Unit))
    usual = Habits(Vocabulary({"parameter:int": ("size",)}, ("size",)))
    variants, _ = propose(unit, source, usual, 9, 0, BOTH)
    renamed = [v for v in variants if "use(int size)" in v.code]
    assert renamed
    for variant in renamed:
        changed = languages.place(unit, source, variant.code)
        assert signature(Trial(unit, variant, source, changed)).verdict is Verdict.PASSED


def test_sites_that_bind_the_same_name_are_not_joined_though_the_word_stood_there_before() -> None:
    transform = load()[0]
    source = b"while f(size=3):\n    g()\n    h(x, size=k(x))\n    self.size.go()\n"

    def place(old: bytes, new: str) -> Place:
        start = source.index(old)
        edit = Edit(start, start + len(old), new)
        return Place(transform, Site(Span(start, start + len(old)), (edit,)), source)

    literal = place(b"while f(size=3)", "size = 3\nwhile f(size=size)")
    call = place(b"h(x, size=k(x))", "size = k(x)\n    h(x, size=size)")
    attribute = place(b"self.size.go()", "size = self.size\n    size.go()")
    plain = place(b"h(x, size=k(x))", "h(y, size=k(y))")
    assert not literal.fits(call)
    assert not literal.fits(attribute)
    assert literal.fits(plain)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_variants_of_a_unit_change_nearly_the_same(language: str) -> None:
    variants = proposed(language, 50)
    assert len(variants) >= 3
    unit = unit_of(language)
    original = shingles(unit)
    changes = [shingles(replace(unit, code=code)) ^ original for _, code in variants]
    for number, one in enumerate(changes):
        for other in changes[:number]:
            assert len(one & other) / len(one | other) < 0.75


def test_a_transform_that_seldom_applies_is_taken_first_more_often() -> None:
    one, other = (replace(load()[0], name=name) for name in ("rare", "common"))
    places = [Place(t, Site(Span(0, 1), (Edit(0, 1, t.name),)), b"a") for t in (one, other)]
    first = [
        ordered(places, {"rare": 50.0, "common": 1.5}, random.Random(seed))[0].transform.name
        for seed in range(200)
    ]
    assert first.count("rare") > 150


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_often_a_transform_applies_is_counted_in_the_repository(language: str) -> None:
    found = habits(language, repository(language)).rarity
    assert found["invert-if"] == pytest.approx(61 / 60)
    assert "simplify-boolean-return" not in found


UNNATURAL = {
    "python": ("    total =", "    while False:\n        var0 = 0\n        del var0\n    total ="),
    "java": ("        int total", "        for (; false;) { Object var0; }\n        int total"),
    "cpp": ("    int total", "    for (; false;) { void *var0; }\n    int total"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_repository_never_writes_is_outside_its_band(language: str) -> None:
    files = repository(language)
    unit = unit_of(language)
    band = habits(language, files).naturalness
    assert band is not None
    dead = unit.code.replace(*UNNATURAL[language])
    assert dead != unit.code
    reading = band.reading(unit, tokens(unit))
    assert not reading.holds(tokens(unit, dead))
    assert reading.holds(tokens(unit))
    assert reading.holds(tokens(unit, unit.code.replace("label", "name")))


def test_a_small_repository_says_nothing_about_style() -> None:
    units = [unit_of("java")]
    assert sum(len(plain_code(unit).split()) for unit in units) < LEAST
    assert Naturalness.of(units) is None


def test_an_unnatural_result_declines_with_that_reason_and_is_not_proposed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    old, new = UNNATURAL["java"]
    source = SOURCES["java"].encode()
    start = source.index(old.encode())

    def dead(subject: Subject) -> object:
        yield Site(Span(start, start + len(old)), (Edit(start, start + len(old), new),))

    odd = Transform("dead-code", "Dead code", "A", {"java": dead}, ())  # type: ignore[dict-item]
    monkeypatch.setattr("codeaug.transforms.load", lambda: (odd,))
    usual = habits("java", repository("java"))
    variants, tallies = rules.propose(unit_of("java"), source, usual, 3, 0, BOTH)
    assert variants == []
    assert [(t.transform, t.declined, t.count) for t in tallies] == [("dead-code", "SURPRISAL", 1)]


def test_transforms_that_need_strong_tests_stay_out_where_people_see_less() -> None:
    assert tiers(Settings()) == ("A", "B")
    assert tiers(Settings(bar="guarded")) == ("A", "B")
    assert tiers(Settings(bar="tested")) == ("A",)
    assert tiers(Settings(robustness=True)) == ("A", "B", "R")


@pytest.mark.parametrize("language", ["java", "cpp"])
def test_what_few_would_write_is_made_for_robustness_alone(language: str) -> None:
    unit, source = unit_of(language), SOURCES[language].encode()

    def names(wanted: tuple[str, ...]) -> set[str]:
        found = (propose(unit, source, Habits(), 20, seed, wanted)[0] for seed in range(5))
        return {name for variants in found for v in variants for name in v.origin.recipe}

    assert "literal-first" not in names(tiers(Settings()))
    assert "literal-first" in names(tiers(Settings(robustness=True)))


@pytest.mark.parametrize("language", ["java", "cpp"])
def test_a_function_that_is_not_utf8_is_declined_and_its_file_still_counts(language: str) -> None:
    source = SOURCES[language].replace("(n < 0) {", "(n < 0) { // caf\xe9").encode("latin-1")
    unit = next(u for u in find_units(language, source, "a", "") if isinstance(u, Unit))
    usual = habits(language, [("a", source), *repository(language)])
    variants, tallies = propose(unit, source, usual, 3, 0, BOTH)
    assert variants == []
    assert {tally.declined for tally in tallies} >= {"PARSE"}
    assert "" not in {tally.declined for tally in tallies}


def test_comments_of_python_survive_a_composition() -> None:
    source = SOURCES["python"].replace("    return label", "    # the end\n    return label")
    unit = next(u for u in find_units("python", source.encode(), "a.py", "") if isinstance(u, Unit))
    for seed in range(10):
        found, _ = propose(unit, source.encode(), Habits(), 5, seed, BOTH)
        for variant in found:
            ast.parse(variant.code)
            assert "# the end" in variant.code
