"""C++ units at the ends of types, in sequences of calls, and when a function fails."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from codeaug.model import Comparison
from tests.test_resident_cpp import Change, Yard, by_unit

pytestmark = pytest.mark.slow


def change(name: str, old: str, new: str) -> Change:
    return Change(f"relay::{name}", "src/relay.cpp", "relay", old, new)


# what is seen: unit, text, wrong text, words of the difference
WRONG = {
    "the lowest int as a text": (
        "parsed", "(negative ? 1LL : 0LL)", "0LL", 'text="-2147483648"',
    ),
    "a byte that is taken for the end": (
        "skipped", "for (int c = in.get(); c != std::istream::traits_type::eof() && c != '\\n'; "
        "c = in.get())", "for (char c = static_cast<char>(in.get()); "
        "c != std::istream::traits_type::eof() && c != '\\n'; c = static_cast<char>(in.get()))",
        "\\377",
    ),
    "members at opposite ends": (
        "before", "return a.priority > b.priority;",
        "return static_cast<int>(static_cast<unsigned>(a.priority) - "
        "static_cast<unsigned>(b.priority)) > 0;", ".priority -",
    ),
    "a number beyond the sizes of lists": (
        "mixed", "std::vector<int> result;",
        "std::vector<int> result;\n    if (block > a.size() && block > b.size() + 1) {\n"
        "        result = b;\n        result.insert(result.end(), a.begin(), a.end());\n"
        "        return result;\n    }", "block=",
    ),
    "a state that calls reach": (
        "Meter::add", "if (!average_)", "if (average_.value_or(0.0) == 0.0)", "reading=",
    ),
    "a member that the text names": ("Cart::drive", "x -= steps", "x += steps", ".heading 270"),
    "equal keys in an object": (
        "Timers::next", "timer.due < ", "timer.due <= ", "original returns",
    ),
    "what an earlier call left": (
        "Lines::write", "if (!line.empty() && line.back() == '\\r')",
        "if (line.size() > 1 && line.back() == '\\r')", "calls (member 0)",
    ),
    "calls of a function that the object holds": (
        "Lines::write", "take_(line);", "if (!line.empty()) {\n            take_(line);\n        }",
        "leaves (calls) = ",
    ),
    "what a failing function of the object leaves": (
        "Lines::write", "line.swap(rest_);", "line = rest_;\n        struct Later {\n"
        "            std::string& rest;\n            ~Later() noexcept(false) {\n"
        "                if (!std::uncaught_exceptions()) rest.clear();\n            }\n"
        "        } later{rest_};", "(functions)=(member 0) raises at call",
    ),
    "what a failing function leaves": (
        "each", "act(item);\n        ++done;", "++done;\n        act(item);",
        "(functions)=act raises at call",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_it_is_seen(compared: Callable[[Change], Comparison], what: str) -> None:
    name, old, new, words = WRONG[what]
    found = compared(change(name, old, new))
    assert words in found.difference, found


# equal on what the unit is made for: unit, text, other text
EQUAL = {
    "numbers up to the ends": ("parsed", "number > most", "!(number <= most)"),
    "bytes": ("skipped", "++bytes;", "bytes += 1;"),
    "opposite ends": ("before", "return a.id < b.id;", "return !(a.id >= b.id);"),
    "vast numbers": ("mixed", "i - at < block", "i < at + block"),
    "calls in a row": ("Meter::add", "(reading - *average_) / 2", "(reading - *average_) * 0.5"),
    "signs of not-a-number": ("opposite", "0.0 - number", "-number"),
    "functions that fail": ("each", "act(item);", "act(int(item));"),
    "lines in parts": ("Lines::write", "rest_ += c;", "rest_.push_back(c);"),
}  # fmt: skip


@pytest.fixture(scope="module")
def compared(cpp_desk: Yard) -> Callable[[Change], Comparison]:
    return by_unit(cpp_desk, [change(*found[:3]) for found in (*WRONG.values(), *EQUAL.values())])


@pytest.mark.parametrize("what", EQUAL)
def test_it_agrees(compared: Callable[[Change], Comparison], what: str) -> None:
    found = compared(change(*EQUAL[what]))
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 20
