"""Two texts of a function side by side: what changed, what moved, what would deceive the eye."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

import pytest

from codeaug.web.diff import Row, Whitespace, compare, line_ends, unified
from codeaug.web.diff.pairs import paired
from tests.seeded import CPP, CPP_IF, JAVA, JAVA_GUARD, PYTHON, VARIANTS
from tests.test_web import words


def marked(html: str, tag: str) -> list[str]:
    return [words(found) for found in re.findall(f"<{tag}>(.*?)</{tag}>", html)]


def changed(rows: list[Row]) -> list[Row]:
    return [row for row in rows if row.kind != "same"]


@pytest.mark.parametrize(
    ("old", "new", "language"),
    [(JAVA, JAVA_GUARD, "java"), (CPP, CPP_IF, "cpp"), (PYTHON, VARIANTS["python"].code, "python")],
)
def test_both_texts_stand_whole_and_in_order(old: str, new: str, language: str) -> None:
    rows = compare(old, new, language)
    left = [words(row.old.html) for row in rows if row.old]
    right = [words(row.new.html) for row in rows if row.new]
    assert [line.replace("·", " ") for line in left] == old.split("\n")
    assert [line.replace("·", " ") for line in right] == new.split("\n")
    assert [row.old.number for row in rows if row.old] == list(range(1, len(left) + 1))
    column = [words((row.old or row.new).html) for row in unified(rows) if row.old or row.new]  # type: ignore[union-attr]
    assert sorted(column) == sorted([*left, *[words(r.new.html) for r in changed(rows) if r.new]])


def test_changed_tokens_are_marked_whole() -> None:
    (row,) = changed(compare("total = yes + 1", "total = kept + 1", "python"))
    assert row.old is not None
    assert row.new is not None
    assert (marked(row.old.html, "del"), marked(row.new.html, "ins")) == (["yes"], ["kept"])


def test_a_change_of_white_space_only_is_seen() -> None:
    (row,) = changed(compare("x = [], []", "x = [],  []", "python"))
    assert row.new is not None
    assert "·" in marked(row.new.html, "ins")[0]
    (row,) = changed(compare("    x = 1", "\tx = 1", "python"))
    assert row.new is not None
    assert "→" in marked(row.new.html, "ins")[0]
    (row,) = changed(compare("x = 1", "x = 1 ", "python"))
    assert row.new is not None
    assert marked(row.new.html, "ins") == ["·"]


def test_a_final_line_feed_is_a_difference() -> None:
    (row,) = changed(compare("x = 1", "x = 1\n", "python"))
    assert row.kind == "added"


def test_a_line_that_moved_is_shown_as_moved() -> None:
    rows = compare(JAVA, JAVA_GUARD, "java")
    moved = [row for row in rows if row.moved]
    assert [row.kind for row in moved] == ["added", "removed"]


@pytest.mark.parametrize(
    ("hidden", "name"),
    [
        ("\u202e", "RIGHT-TO-LEFT OVERRIDE"),
        ("\u2066", "LEFT-TO-RIGHT ISOLATE"),
        ("\u200b", "ZERO WIDTH SPACE"),
        ("\u00a0", "NO-BREAK SPACE"),
        ("\ufeff", "ZERO WIDTH NO-BREAK SPACE"),
        ("\0", "control character 0"),
        ("\r", "control character 13"),
        ("\u2028", "LINE SEPARATOR"),
    ],
)
def test_what_deceives_the_eye_is_named(hidden: str, name: str) -> None:
    code = f"s = 'a{hidden}b'  # c{hidden}d"
    (row,) = compare(code, code, "python")
    assert row.old is not None
    assert hidden not in row.old.html
    assert row.old.html.count(f'title="{name}">U+{ord(hidden):04X}<') == 2


def test_a_foreign_letter_in_a_name_is_marked_but_not_in_prose() -> None:
    (row,) = compare("p\u0430ss_ = 1  # \u0430", "p\u0430ss_ = 1  # \u0430", "python")
    assert row.old is not None
    assert row.old.html.count('class="foreign"') == 1


def test_code_is_never_markup() -> None:
    code = "x = '</code><script>alert(1)</script>' + '&amp;'"
    (row,) = compare(code, code, "python")
    assert row.old is not None
    assert "<script" not in row.old.html
    assert words(row.old.html) == code


# --- line ends ------------------------------------------------------------------------------------


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def odd(rows: list[Row]) -> int:
    return sum(
        side.html.count('class="odd"') for row in rows for side in (row.old, row.new) if side
    )


def test_line_ends_that_are_alike_everywhere_are_one_word() -> None:
    old, new = crlf(JAVA), crlf(JAVA_GUARD)
    assert line_ends(old, new) == "CRLF"
    assert compare(old, new, "java") == compare(JAVA, JAVA_GUARD, "java")
    assert line_ends(JAVA, JAVA_GUARD) == ""


def test_odd_line_ends_stay_marked() -> None:
    one_side = compare(crlf(CPP), CPP_IF, "cpp")
    assert odd(one_side) == CPP.count("\n")
    mixed = crlf(CPP).replace("\r\n", "\n", 1)
    assert odd(compare(mixed, mixed, "cpp")) == 2 * (CPP.count("\n") - 1)
    assert odd(compare(crlf(CPP) + "\r", crlf(CPP) + "\r", "cpp")) == 2
    inside = crlf("int f() {\n  g();\r h();\n}")
    assert odd(compare(inside, inside, "cpp")) == 2


# --- white space ----------------------------------------------------------------------------------

SHOWN = (1, [])
SPACES = (0, ["spaces"])
INDENTED = (0, ["indentation"])


def differing(old: str, new: str, language: str, mode: Whitespace) -> tuple[int, list[str]]:
    """How many rows are shown as changed, and how those that are not differ."""
    rows = compare(old, new, language, mode)
    return len(changed(rows)), [row.hidden for row in rows if row.hidden]


@pytest.mark.parametrize(
    ("old", "new", "language", "ends", "none"),
    [
        ("x = 1;", "  x = 1; ", "java", SPACES, SPACES),
        ("x = 1;", "x  =  1;", "cpp", SHOWN, SPACES),
        ("f( x );", "f(x);", "java", SHOWN, SPACES),
        ("x = 'a b'", "x = 'a  b'", "python", SHOWN, SHOWN),
        ('x = "a b";', 'x = "a  b";', "java", SHOWN, SHOWN),
        ('x = R"(a b)";', 'x = R"(a  b)";', "cpp", SHOWN, SHOWN),
        ('s = """a\n  b"""', 's = """a\n b"""', "python", SHOWN, SHOWN),
        ('s = """\n  b\n""";', 's = """\n b\n""";', "java", SHOWN, SHOWN),
        ("if a:\n    b()\nc()", "if a:\n    b()\n    c()", "python", INDENTED, INDENTED),
        ("x = a + +b;", "x = a ++b;", "cpp", SHOWN, SHOWN),
        ("new x().y(z);", "newx().y(z);", "java", SHOWN, SHOWN),
    ],
)
def test_white_space_is_left_out_only_where_it_may_be_and_never_silently(
    old: str,
    new: str,
    language: str,
    ends: tuple[int, list[str]],
    none: tuple[int, list[str]],
) -> None:
    assert differing(old, new, language, Whitespace.ALL) == SHOWN
    assert differing(old, new, language, Whitespace.ENDS) == ends
    assert differing(old, new, language, Whitespace.NONE) == none


# --- moves ----------------------------------------------------------------------------------------


def moved(old: str, new: str, language: str) -> tuple[dict[int, str], dict[int, str]]:
    """What is shown as moved from the old text and into the new one, by line."""
    rows = compare(old, new, language)
    gone = {r.old.number: f"{r.old.moved} {r.old.other}" for r in rows if r.old and r.old.moved}
    come = {r.new.number: f"{r.new.moved} {r.new.other}" for r in rows if r.new and r.new.moved}
    return gone, come


BRACES = "    int first = g(a, 1, 2);\n    int second = h(a);\n    more(a);\n    return 0;\n}"
MOVED = {
    "python": "def f(a):\n    first = g(a, 1, 2)\n    second = h(a)\n    more(a)\n    return 0\n",
    "java": "int f(int a) {\n" + BRACES,
    "cpp": "int C::f(int a) {\n" + BRACES,
}


def texts(language: str, *, edited: bool) -> tuple[str, str]:
    """A function, and the same with its second line as the fourth."""
    lines = MOVED[language].split("\n")
    statement = lines[1].replace("2", "3") if edited else lines[1]
    return MOVED[language], "\n".join([lines[0], *lines[2:4], statement, *lines[4:]])


@pytest.mark.parametrize("language", MOVED)
def test_a_statement_that_moved_is_shown_as_moved_with_its_other_place(language: str) -> None:
    assert moved(*texts(language, edited=False), language) == ({2: "moved 4"}, {4: "moved 2"})


@pytest.mark.parametrize("language", MOVED)
def test_a_statement_that_moved_and_was_edited_shows_its_edit(language: str) -> None:
    old, new = texts(language, edited=True)
    assert moved(old, new, language) == ({2: "edited 4"}, {4: "edited 2"})
    rows = compare(old, new, language)
    assert [marked(r.old.html, "del") for r in rows if r.old and r.old.moved] == [["2"]]
    assert [marked(r.new.html, "ins") for r in rows if r.new and r.new.moved] == [["3"]]


@pytest.mark.parametrize("language", ["java", "cpp"])
def test_a_statement_is_known_again_whatever_its_layout(language: str) -> None:
    old = "void f() {\n    call(one,\n         two);\n    before();\n    behind();\n}"
    new = (
        "void f() {\n    before();\n    behind();\n    if (x) {\n        call(one, two);\n    }\n}"
    )
    gone, come = moved(old, new, language)
    assert gone.keys() == {2, 3}
    assert come.keys() == {5}
    assert all(word.startswith("moved") for word in (*gone.values(), *come.values()))


def test_a_statement_inside_a_changed_block_is_shown_as_moved() -> None:
    old = "def f(a):\n    load(a, 1)\n    keep(a)\n    keep(b)\n    return a"
    new = "def f(a):\n    load(b, 1)\n    keep(a)\n    keep(b)\n    load(a, 1)\n    return a"
    assert moved(old, new, "python") == ({2: "moved 5"}, {5: "moved 2"})


def test_a_string_that_differs_in_white_space_is_not_the_same_statement() -> None:
    old = "def f(a):\n    say('a  b')\n    one(a)\n    two(a)\n    return a"
    new = "def f(a):\n    one(a)\n    two(a)\n    say('a b')\n    return a"
    assert "moved" not in " ".join(moved(old, new, "python")[0].values())


def test_a_text_that_does_not_parse_is_followed_by_its_lines() -> None:
    old, new = "((((\nmoved_line()\nstays()\nalso()\n", "((((\nstays()\nalso()\nmoved_line()\n"
    assert moved(old, new, "python")[1] == {4: "moved 2"}


def test_lines_that_moved_keep_both_texts_whole() -> None:
    for language in MOVED:
        for edited in (True, False):
            old, new = texts(language, edited=edited)
            rows = compare(old, new, language)
            assert [words(r.old.html) for r in rows if r.old] == old.split("\n")
            assert [words(r.new.html) for r in rows if r.new] == new.split("\n")


def test_no_two_lines_are_likened_twice_however_many_changed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = []

    def matcher(*arguments: Any, **options: Any) -> SequenceMatcher[Any]:
        asked.append(arguments)
        return SequenceMatcher(*arguments, **options)

    monkeypatch.setattr("codeaug.web.diff.pairs.SequenceMatcher", matcher)
    old, new = ([f"likened{i} = {call}({i}, x)" for i in range(40)] for call in ("f", "g"))
    assert len(list(paired(old, new, old, new))) == 40
    assert len(asked) == 1 + 40 * 40
