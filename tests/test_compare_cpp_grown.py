"""What grown inputs show of C++ units that their tests do not, and which of them do not count."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codeaug.model import Comparison
from tests.test_resident_cpp import Change, Yard, by_unit

pytestmark = pytest.mark.slow
SECONDS = 20.0


@pytest.fixture(scope="module")
def compared(cpp_desk: Yard) -> Callable[[Change], Comparison]:
    shelf = [change(*found[:4]) for found in (*WRONG.values(), *EQUAL.values())]
    return by_unit(cpp_desk, [*shelf, *(in_tree(*found[:3]) for found in TREE.values()), SAME])


def change(name: str, test: str, old: str, new: str) -> Change:
    return Change(f"shelf::{name}", "src/shelf.cpp", f"shelf_{test}", old, new)


def in_tree(name: str, old: str, new: str) -> Change:
    return Change(f"tree::{name}", "src/tree.cpp", "tree", old, new)


# what is seen: unit, test, text, wrong text, words of the difference
WRONG = {
    "a byte from 0x80 on": ("checksum", "numbers", "unsigned char byte", "signed char byte", "\\"),
    "a zero byte": ("checksum", "numbers", ": text", ": std::string(text.c_str())", "\\000"),
    "the ends of a type": ("cost", "numbers", "static_cast<long>(order.pieces)", "order.pieces",
                           "does what the language leaves undefined"),
    "members of an argument": ("cost", "numbers", "< 1", "< 2", "order={ .pieces 1 "),
    "several equal items in a sorted list": (
        "place", "numbers", "lower_bound(sorted.begin(), sorted.end(), number);",
        "upper_bound(sorted.begin(), sorted.end(), number);\n"
        "    if (found != sorted.begin()) { --found; }", "number="),
    "an argument within another one": ("take", "numbers", "std::string wanted",
                                       "std::string& wanted", "items="),
    "one text in thousands": ("checksum", "numbers", "return sum;",
                              "return sum + (sum % 2003 == 13);", "text="),
    "many items": ("sorted_names", "numbers", "std::stable_sort", "std::sort", "original returns"),
    "how often a function is called": ("count", "numbers", "if (test(item)) {",
                                       "if (test(item) && test(item)) {", "(calls) = "),
    "what other calls leave": ("Ring::push", "objects", "gone = slots_[first_];",
                               "gone = slots_[0];", "value="),
    "one more than a number of the object comes to, twice": (
        "Load::breaks", "objects", "pieces > 2L * most_", "pieces / 2 > most_",
        "returns false, the original returns true"),
    "values in an object": ("Drawer::all", "objects", "long sum", "signed char sum", "*this={ "),
    "variables that only the variant has": (
        "Drawer::label", "objects", "static const std::string none;",
        "static std::string none;\n    static int calls = 0;\n    none.assign(calls++, '.');",
        "again"),
    "what is moved from": ("Handle::operator=", "objects", "other.order_ = nullptr;", "",
                           "leaves other = "),
    "variables of the file": ("sold", "numbers", "++sales;", "sales += 2;",
                              "sold(pieces=1) leaves ::sales = 2, the original 1"),
    "a stream": ("lines", "numbers", "std::getline(in, line)",
                 "std::getline(in, line) && !line.empty()", "lines(in=0"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_seen(compared: Callable[[Change], Comparison], what: str) -> None:
    name, test, old, new, words = WRONG[what]
    found = compared(change(name, test, old, new))
    assert words in found.difference, found


# equal on what the unit is made for: unit, test, text, other text
EQUAL = {
    "dates that are none": (
        "day_of_year",
        "numbers",
        "month == 2 ? 28 + (date.year % 4 == 0) : 30 + (month + month / 8) % 2",
        "month == 2 ? 28 + !(date.year & 3) : month > 12 ? 0 : 30 + (month + month / 8) % 2",
    ),
    "more memory": ("spots", "numbers", "std::vector<char>", "std::vector<long>"),
    "an unsorted list": (
        "place",
        "numbers",
        "std::lower_bound(sorted.begin(), sorted.end(), number)",
        "std::find(sorted.begin(), sorted.end(), number)",
    ),
    "numbers that the comment excludes": (
        "share",
        "numbers",
        "whole / parts",
        "parts < 1 || parts > 100 ? 0 : whole / parts",
    ),
    "what the library raises by accident": (
        "letter",
        "numbers",
        "return text.at(place);",
        "return place < text.size() ? text[place] : '?';",
    ),
    "addresses of static variables": (
        "Drawer::label",
        "objects",
        "found == labels_.end() ? none : found->second",
        "found != labels_.end() ? found->second : none",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", EQUAL)
def test_it_does_not_count(compared: Callable[[Change], Comparison], what: str) -> None:
    name, test, old, new = EQUAL[what]
    found = compared(change(name, test, old, new))
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 20


def test_what_a_throw_of_the_project_raises_counts(cpp_desk: Yard) -> None:
    unit = cpp_desk.unit("shelf::digits", "src/shelf.cpp")
    wrong = ("std::invalid_argument", "std::logic_error")
    (found,) = cpp_desk.compared(unit, [wrong], "shelf_numbers")
    assert "throws std::logic_error" in found.difference


# what is seen of trees, variants and long texts: unit, text, wrong text, words of the difference
TREE = {
    "the alternatives of a variant": ("describe", "*text : ", "*text + '.' : ", "value=3 "),
    "trees whose nodes claim to be copied": (
        "child", "each->name == name", "each->name.find(name) == 0", "root={",
    ),
    "numbers beyond 64 bits": (
        "is_less", "one.size() != other.size() ? one.size() < other.size() : one < other",
        "other.size() > 19 && other.find_first_not_of(\"0123456789\") == std::string::npos"
        " ? false : one.size() != other.size() ? one.size() < other.size() : one < other",
        "returns false, the original returns true",
    ),
    "a text that ends too early": (
        "word", 'throw std::runtime_error("no comma");', "break;", "throws std::runtime_error",
    ),
    "the size of what is new": ("Pool::acquire", "resize(size)", "resize(size + 1)", "size="),
}  # fmt: skip


@pytest.mark.parametrize("what", TREE)
def test_it_is_seen_in_trees_and_long_texts(
    compared: Callable[[Change], Comparison],
    what: str,
) -> None:
    name, old, new, words = TREE[what]
    found = compared(in_tree(name, old, new))
    assert words in found.difference, found


SAME = in_tree("Pool::acquire", "std::make_unique<Buffer>()", "std::unique_ptr<Buffer>(new Buffer)")


def test_vast_sizes_do_not_stop_the_comparison(compared: Callable[[Change], Comparison]) -> None:
    found = compared(SAME)
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 10


def test_the_lines_that_grown_inputs_execute_are_told(cpp_desk: Yard) -> None:
    """Those of a branch that no test takes as well, but of none that no input takes."""
    unit = cpp_desk.unit("tree::describe", "src/tree.cpp")
    never = "    if (value.valueless_by_exception()) {\n        return std::string();\n    }\n"
    code = unit.code.replace("    const std::string* text", f"{never}    const std::string* text")
    texts = cpp_desk.texts(unit, [code])
    with cpp_desk.residents.of_unit(cpp_desk.prepared, texts) as runner:
        found = runner.compare(texts[1].source, ["tree"], SECONDS).result
    assert (found.difference, found.problem) == ("", "")
    first = unit.line
    lines = {line - first for line in found.executable if first <= line <= first + 11}
    assert {2, 5, 7, 8, 10, 11} <= lines
    assert lines - {line - first for line in found.executed} == {8}
