"""What few of the many inputs show that are scanned for C++ units, objects among them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codeaug.model import Comparison
from tests.test_resident_cpp import Change, Yard, by_unit

pytestmark = pytest.mark.slow
SECONDS = 20.0


@pytest.fixture(scope="module")
def compared(cpp_desk: Yard) -> Callable[[Change], Comparison]:
    return by_unit(cpp_desk, [change(*found[:3]) for found in WRONG.values()])


def change(name: str, old: str, new: str) -> Change:
    return Change(f"scale::{name}", "src/scale.cpp", "scale", old, new)


# what is seen: unit, text, wrong text, words of the difference
WRONG = {
    "a ratio that is whole": (
        "part",
        "static_cast<long>(weights.size()) * percent / 100",
        "weights.size() / (100.0 / percent)",
        "part(weights=",
    ),
    "infinity alone": (
        "heaviest",
        "best < 0 || weights[i] > weights[best]",
        "weights[i] > (best < 0 ? -INFINITY : weights[best])",
        "-inf",
    ),
    "one item many times": ("run", "run > 6", "run > 7", "throws std::runtime_error"),
    "members that are read bit by bit": (
        "Lamps::show",
        "(present & ~covered_) | (lit_ & staying_)",
        "(present | (lit_ & staying_)) & ~covered_",
        "*this={ ",
    ),
    "a sign in the place of a digit": (
        "number",
        "!std::isdigit(static_cast<unsigned char>(text[0]))",
        "!(std::isdigit(static_cast<unsigned char>(text[0])) || text[0] == '+')",
        "returns ",
    ),
    "a key that stands twice, first without a value": (
        "items",
        "found.insert({part.substr(0, colon), value});",
        "std::string& kept = found[part.substr(0, colon)];\n"
        "        kept = kept.empty() ? value : kept;",
        "returns [",
    ),
    "calls of an object": (
        "Scale::put",
        "total_ += weight",
        "total_ += weight + (total_ % 97 == 13 && weight % 7 == 2)",
        "*this={ ",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_seen(compared: Callable[[Change], Comparison], what: str) -> None:
    name, old, new, words = WRONG[what]
    found = compared(change(name, old, new))
    assert words in found.difference, found


def test_lines_that_one_input_of_many_executes_are_told(cpp_desk: Yard) -> None:
    unit = cpp_desk.unit("scale::run", "src/scale.cpp")
    texts = cpp_desk.texts(unit, [unit.code.replace("run > 6", "6 < run")])
    with cpp_desk.residents.of_unit(cpp_desk.prepared, texts) as runner:
        found = runner.compare(texts[1].source, ["scale"], SECONDS).result
    assert (found.difference, found.problem) == ("", "")
    assert unit.line + 5 in found.executed
