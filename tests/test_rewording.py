"""Comments in other words, or in another place, pass the checks only where they say the same."""

from __future__ import annotations

import pytest

from codeaug.checks import static_checks
from codeaug.checks.trial import Trial
from codeaug.edits import apply_edits
from codeaug.languages import find_units
from codeaug.languages.wording import fuller, imperative, plain, shorter, third_person
from codeaug.model import Origin, Unit, Variant, Verdict
from codeaug.transforms import Example, Subject, Transform, load

COMMENTS = "comment"
CASES = [
    (transform, example)
    for transform in load()
    if COMMENTS in transform.name
    for example in transform.examples
    if example.after
]


def failed(
    unit: Unit, source: bytes, changed: bytes, origin: Origin | None = None
) -> dict[str, str]:
    """The static checks that fail, with their words."""
    end = len(changed) - (len(source) - unit.span.end)
    code = changed[unit.span.start : end].decode()
    variant = Variant(unit.id, code, origin or Origin("rules"))
    trial = Trial(unit, variant, source, changed)
    found = [check(trial) for check in static_checks()]
    return {f.check: f.detail for f in found if f.verdict is Verdict.FAILED}


def units_of(language: str, source: bytes) -> list[Unit]:
    found = find_units(language, source, f"a.{language}", "")
    return sorted((u for u in found if isinstance(u, Unit)), key=lambda u: u.span.start)


def name_of(case: object) -> str:
    return getattr(case, "name", "") or getattr(case, "language", "")


@pytest.mark.parametrize(("transform", "example"), CASES, ids=name_of)
def test_what_the_transforms_do_to_comments_passes(transform: Transform, example: Example) -> None:
    source = example.before.encode()
    passed = 0
    for unit in units_of(example.language, source):
        for site in transform.languages[example.language](Subject(unit, source)):
            if not site.declined:
                assert not failed(unit, source, apply_edits(source, site.edits)), example.why
                passed += 1
    assert passed


AROUND = {
    "python": ("def _f(x):\n", "", "    "),
    "java": ("class A {\n    int f(int x) {\n", "    }\n}\n", "        "),
    "cpp": ("int f(int x) {\n", "}\n", "    "),
}


def judged(language: str, before: str, after: str, origin: Origin | None = None) -> dict[str, str]:
    head, tail, indent = AROUND[language]
    sign = "#" if language == "python" else "//"

    def file(body: str) -> bytes:
        lines = [indent + line if line else "" for line in body.replace("#", sign).split("\n")]
        return (head + "\n".join(lines) + "\n" + tail).encode()

    source = file(before)
    return failed(units_of(language, source)[0], source, file(after), origin)


ABUSES = [
    ("# do not trust\nreturn x;", "# do trust\nreturn x;", "another meaning"),
    ("# do not trust\nreturn x;", "# don't trust it\nreturn x;", "a word more"),
    (
        "# do not trust x\nreturn x;",
        "# don't trust y\nreturn x;",
        "another word beside a known one",
    ),
    ("# Return the size\nreturn x;", "# Returns the sizes\nreturn x;", "another word"),
    ("# Note that noqa is set\nreturn x;", "# Noqa is set\nreturn x;", "an order is made"),
    ("g(x);  # noqa: it is long\nreturn x;", "# noqa: it's long\ng(x);\nreturn x;", "moved order"),
    ("g(x);  # one two\nh(x);\nreturn x;", "g(x);\nh(x);  # one two\nreturn x;", "another line"),
    ("# one two\ng(x);\nh(x);\nreturn x;", "g(x);\nh(x);\n# one two\nreturn x;", "moved"),
    ("# one two\ng(x);\nreturn x;", "# one two\n\ng(x);\nreturn x;", "blank lines only"),
    ("# one two\ng(x);\nreturn x;", "# one two\n# one two\ng(x);\nreturn x;", "said twice"),
    ("# one isn't\n# two\ng(x);\nreturn x;", "# one is not\ng(x);\nreturn x;", "a line is lost"),
    ("# it isn't a\ng(x);\n# b c\nreturn x;", "# b c\ng(x);\n# it is not a\nreturn x;", "swapped"),
]


@pytest.mark.parametrize("language", AROUND)
@pytest.mark.parametrize(("before", "after", "why"), ABUSES)
def test_nothing_else_passes(language: str, before: str, after: str, why: str) -> None:
    if language == "python":
        before, after = before.replace(";", ""), after.replace(";", "")
    assert judged(language, before, after), why


def test_only_a_docstring_that_nobody_reads_may_be_worded_otherwise() -> None:
    private = b'def _f(x):\n    """Return the size."""\n    return len(x)\n'
    other = private.replace(b"Return", b"Returns")
    unit = units_of("python", private)[0]
    assert not failed(unit, private, other)
    for old, new in ((b"_f", b"f"), (b"def", b"@tool\ndef"), (b"def", b"import click\ndef")):
        source = private.replace(old, new, 1)
        unit = units_of("python", source)[0]
        assert "comments" in failed(unit, source, source.replace(b"Return", b"Returns"))
    source = private.replace(b'"""R', b'f"""R')
    unit = units_of("python", source)[0]
    assert "comments" in failed(unit, source, source.replace(b"Return", b"Returns"))
    assert "comments" in failed(unit, source, source.replace(b'    f"""Return the size."""\n', b""))


def test_a_model_may_add_nothing_beside_other_words() -> None:
    before, after = "# it isn't long\nreturn x", "# it is not long\n\n# as told\nreturn x + 0"
    assert "comments" in judged("python", before, after, Origin("llm", model="m"))
    assert not judged("python", before, after, Origin("person"))


def test_code_may_change_with_the_words_of_comments() -> None:
    assert not judged("java", "# it isn't x\nreturn x;", "# it is not x\nreturn 1 * x;")
    assert judged("java", "# it isn't x\nreturn x;", "# it is\nreturn 1 * x;")


WORDINGS = [
    "Don't do it, we're done",
    "Note that it can't be (e.g. it's empty), i.e. it won't",
    "Check if the file exists",
    "Ensures that the list is sorted",
    "the list (for example, a short one) is not empty, that is, it cannot be",
    "Basically, it is not in order to do it w/o him vs. her",
    "is able to",
    "",
    "don't don't",
]


@pytest.mark.parametrize("text", WORDINGS)
@pytest.mark.parametrize("reword", [fuller, shorter, third_person, imperative])
def test_every_wording_has_the_same_plain_words(reword: object, text: str) -> None:
    assert callable(reword)
    assert plain(reword(text)) == plain(text)
    assert plain(plain(text)) == plain(text)
    assert reword(reword(text)) == reword(text)
