from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from codeaug.model import Command, Comparison
from tests.native_bench import Bench
from tests.test_resident_cpp import Yard

REPO = Path(__file__).parent / "repos" / "cpp-compare"
SECONDS = 20.0

pytestmark = pytest.mark.slow


def compared(
    cpp_desk: Yard, name: str, codes: Sequence[str], test: str, seconds: float = SECONDS
) -> list[Comparison]:
    """The unchanged unit against each of the codes."""
    unit = cpp_desk.unit(name, _file(name))
    texts = cpp_desk.texts(unit, codes)
    with cpp_desk.residents.of_unit(cpp_desk.prepared, texts) as runner:
        return [runner.compare(text.source, [test], seconds).result for text in texts[1:]]


def changed(cpp_desk: Yard, name: str, old: str, new: str) -> str:
    code = cpp_desk.unit(name, _file(name)).code
    assert old in code
    return code.replace(old, new)


def _file(name: str) -> str:
    owner = name.split("::")[0]
    if name == "Account::kind" or name == "desk::largest":
        return "src/account.h" if owner == "Account" else "src/desk.h"
    return "src/desk.cpp" if owner == "desk" else "src/account.cpp"


# --- wrong texts that the tests let pass ----------------------------------------------------------

# name: (test, text, wrong text, words of the difference)
WRONG = {
    "desk::grade": ("numbers", "> 90", ">= 90", "grade(score=90) returns 1, the"),
    "desk::middle": ("numbers", "low + (high - low) / 2", "(low + high) / 2", "returns 0, the"),
    "desk::wrapped": ("numbers", "(number)", "(number > 255 ? 255 : number)", "number=256"),
    "desk::ratio": ("numbers", "part / whole", "whole == 0 ? 0 : part / whole", "returns 0.0"),
    "desk::signed_zero": ("numbers", "number * 0.0", "number - number", "original returns -0.0"),
    "desk::apart": ("numbers", "one - other", "other - one", "returns -1, the original returns 1"),
    "desk::checked": ("numbers", "std::out_of_range", "std::invalid_argument", "throws std::inv"),
    "desk::divided": ("numbers", "by == 0", "by == 1", "does what the language leaves undefined"),
    # a number that grew for ever would overflow first where the machine is fast
    "desk::countdown": (
        "numbers",
        "start -= 2;\n        ++steps;",
        "start -= start % 2;\n        steps = 1;",
        "does not end, returns ",
    ),
    "desk::shout": ("texts", "'z'", "'y'", 'z") returns "'),
    "desk::greet": ("texts", "hello ", "hallo ", 'writes "hallo \\012", the original "hello'),
    "desk::skip_blanks": ("texts", "while", "if", 'text="  ") returns " ", the original'),
    "desk::counted": ("texts", "++found[word]", "found[word] = 1", '( "" 1 ) ], the'),
    "desk::length": ("texts", "count < most &&", "", 'text="abc", most=1) returns 3'),
    "desk::is_vowel": ("texts", "aeiou", "aeio", "letter='u') returns false"),
    "desk::(anonymous)::is_one_of": ("texts", "!= ", "== ", 'all="") returns true'),
    "desk::largest": ("texts", "item > found", "item > found + 1", "items=[ "),
    "desk::sort_in_place": ("arrays", "std::sort(items.begin(), items.end());", "", "leaves"),
    "desk::fill": ("arrays", "i < count", "i + 1 < count", "= 1.0, the original 0.0"),
    "desk::add_to": (
        "arrays",
        "total += step;\n    total += step;",
        "total += 2 * step;",
        "step=(the same object) 1) leaves total = 3, the original 4",
    ),
    "desk::find": ("arrays", "list != nullptr", "list->next != nullptr", "list=null, value="),
    "Account::Account": ("objects", "balance > 0", "balance > 1", ".balance_ 0"),
    "Account::deposit": ("objects", '"deposit"', '"deposited"', "leaves *this = "),
    "Account::is_rich": ("objects", ">= 1000", "> 1000", "returns false, the original"),
    "Account::renamed": ("objects", "owner_ = owner", "owner_ = owner + owner", "returns "),
    "Account::line": ("objects", "history_.at(number)", "history_[number]", "crashes, throws"),
    "Account::fee": ("objects", "> 50", ">= 50", "amount=50) returns 0"),
    "Account::kind": ("objects", "1, 'a'", "1, 'b'", 'returns "bccount"'),
    "Secret::is": ("objects", "==", "!=", "value=3) returns false"),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(cpp_desk: Yard) -> dict[str, list[Comparison]]:
    """What was found of each wrong text, and of the equal one; in between, the unchanged one with
    another last blank agrees."""
    found = {}
    for name, (test, old, new, _) in WRONG.items():
        same = cpp_desk.unit(name, _file(name)).code[:-1] + ";}"
        codes = [changed(cpp_desk, name, old, new), same]
        codes += [changed(cpp_desk, name, *EQUAL[name])] if name in EQUAL else []
        found[name] = compared(cpp_desk, name, codes, test)
        agreed = found[name][1]
        assert (agreed.difference, agreed.problem) == ("", ""), name
        assert agreed.inputs, name
    return found


@pytest.fixture(scope="module")
def wrong(found: dict[str, list[Comparison]]) -> dict[str, Comparison]:
    return {name: each[0] for name, each in found.items()}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_text_is_told_apart_and_an_equal_one_agrees(
    wrong: dict[str, Comparison], name: str
) -> None:
    found = wrong[name]
    assert WRONG[name][3] in found.difference, found
    assert found.witness
    assert found.inputs


def test_which_nan_comes_out_is_no_difference(cpp_desk: Yard) -> None:
    other = changed(cpp_desk, "desk::ratio", "part / whole", "-(part / -whole)")
    (found,) = compared(cpp_desk, "desk::ratio", [other], "numbers")
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs


def test_witnesses_pass_on_the_original_and_fail_on_the_wrong_text(
    cpp_desk: Yard, wrong: dict[str, Comparison], tmp_path: Path
) -> None:
    ready = {name: found.witness for name, found in wrong.items() if "int main" in found.witness}
    assert len(ready) >= 14
    for name, witness in ready.items():
        unit = cpp_desk.unit(name, _file(name))
        _, old, new, _ = WRONG[name]
        texts = cpp_desk.texts(unit, [changed(cpp_desk, name, old, new)])
        ended = [_ends_well(tmp_path, text.source, unit.path, witness) for text in texts]
        assert ended == [True, False], (name, witness)


def _ends_well(folder: Path, source: bytes, path: str, witness: str) -> bool:
    shutil.copytree(REPO / "src", folder / "src", dirs_exist_ok=True)
    (folder / path).write_bytes(source)
    (folder / "witness.cpp").write_text(witness)
    flags = [
        "-std=c++11",
        "-w",
        "-I.",
        "-fsanitize=undefined",
        "-fsanitize-undefined-trap-on-error",
    ]
    subprocess.run(["g++", *flags, "witness.cpp", "-o", "witness"], cwd=folder, check=True)
    try:
        return subprocess.run(["./witness"], cwd=folder, timeout=5).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def test_a_difference_that_no_program_shows_is_a_note_of_test_call_and_arguments(
    wrong: dict[str, Comparison],
) -> None:
    note = wrong["Account::is_rich"].witness
    assert "\n// In the test objects, call 1 " in note
    assert "// the original: returns true\n// the variant:  returns false\n" in note


# --- equal texts ----------------------------------------------------------------------------------

EQUAL = {
    "desk::grade": ("return score > 50 ? 2 : 3;",
                    "if (score <= 50) { return 3; }\n    return 2;"),
    "desk::countdown": ("int steps = 0;", "int steps{};"),
    "desk::middle": ("low + (high - low) / 2", "(high - low) / 2 + low"),
    "desk::shout": ("std::string loud = text;", "std::string loud(text);"),
    "desk::skip_blanks": ("++text", "text++"),
    "desk::counted": ("++found[word]", "found[word] += 1"),
    "desk::find": ("list != nullptr && list->value", "list && list->value"),
    "desk::add_to": ("total += step;", "total = total + step;"),
    "Account::deposit": ('history_.push_back("deposit")',
                         'history_.reserve(40);\n    history_.emplace_back("deposit")'),
    "Account::renamed": ("owner_ = owner", "owner_.assign(owner)"),
}  # fmt: skip


@pytest.mark.parametrize("name", EQUAL)
def test_an_equal_text_agrees_on_some_inputs(found: dict[str, list[Comparison]], name: str) -> None:
    equal = found[name][2]
    assert (equal.difference, equal.problem) == ("", "")
    assert equal.inputs > 1


def test_an_operator_is_compared(cpp_desk: Yard) -> None:
    same = changed(
        cpp_desk, "Account::operator==", "owner_ == other.owner_", "other.owner_ == owner_"
    )
    (found,) = compared(cpp_desk, "Account::operator==", [same], "objects")
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 1


# --- texts that misbehave -------------------------------------------------------------------------

_CLOSE = "for (int i = 0; i < 99; ++i) { close(i); }"
_SHOUT = 'for (int i = 3; i < 99; ++i) { if (write(i, "ok", 2) < 0) { continue; } }'
BAD = {
    "leaves": ("std::_Exit(0);", "ends the process"),
    "exits": ("std::exit(0);", "asks the system"),
    "closes": (_CLOSE, "ends the process"),
    "hangs": ("for (volatile int i = 0;; i = i + 1) {}", "does not end"),
    "crashes": ("*static_cast<volatile int*>(nullptr) = 1;", "crashes"),
    "aborts": ("std::abort();", "crashes"),
    "overflows": ("volatile int most = 2147483647; most = most + 1;", "leaves undefined"),
    "asks": ('std::remove("/tmp/nothing");', "asks the system"),
    # writes into every descriptor and ends: its words are not taken for ours
    "shouts": (_SHOUT + " std::_Exit(0);", ""),
    "prints": ("std::puts(\"here\");", 'writes "here\\012", the original nothing'),
}  # fmt: skip


@pytest.fixture(scope="module")
def misbehaving(cpp_desk: Yard) -> Iterator[Callable[[str], list[Comparison]]]:
    """A text that misbehaves, then one that does not: all of them in one program."""
    unit = cpp_desk.unit("desk::grade", "src/desk.cpp")
    bad = [f"if (score == 20) {{ {statement} }}\n    if (" for statement, _ in BAD.values()]
    codes = [unit.code.replace("if (", each, 1) for each in bad]
    texts = cpp_desk.texts(unit, [*codes, changed(cpp_desk, "desk::grade", "> 90", ">= 91")])
    with cpp_desk.residents.of_unit(cpp_desk.prepared, texts) as runner:

        def found(name: str) -> list[Comparison]:
            asked = (texts[1 + [*BAD].index(name)], texts[-1])
            return [runner.compare(text.source, ["numbers"], SECONDS).result for text in asked]

        yield found


@pytest.mark.parametrize("name", BAD)
def test_a_text_that_misbehaves_differs(
    misbehaving: Callable[[str], list[Comparison]], name: str
) -> None:
    found, after = misbehaving(name)
    assert BAD[name][1] in found.difference, found
    assert "score=20" in found.difference
    assert not after.difference
    assert after.inputs


# --- what cannot be compared ----------------------------------------------------------------------

NOT = {
    ("desk::next_number", "numbers"): "it keeps variables from one call to the next",
    ("desk::stamp", "outside"): "the original differs from itself",
    ("desk::lines_of", "outside"): "the original asks the system for more than memory and output",
    ("desk::apart", "threads"): "threads run beside the unit",
    ("desk::grade", "texts"): "its tests call it with nothing that can be compared",
    ("Account::~Account", "objects"): "destructors are not compared",
    ("desk::seal", "objects"): "what it does to hidden cannot be looked into",
}


@pytest.mark.parametrize(("name", "test"), NOT)
def test_what_cannot_be_compared_says_why_and_agrees_on_nothing(
    cpp_desk: Yard, name: str, test: str
) -> None:
    same = cpp_desk.unit(name, _file(name)).code[:-1] + ";}"
    (found,) = compared(cpp_desk, name, [same], test)
    assert (found.inputs, found.difference, found.problem) == (0, "", NOT[name, test])


def test_other_bytes_of_a_union_are_neither_agreement_nor_a_difference(cpp_desk: Yard) -> None:
    wrong = changed(cpp_desk, "Secret::keep", "value;", "value ^ 1;")
    same = changed(cpp_desk, "Secret::keep", "value;", "(value);")
    found, equal = compared(cpp_desk, "Secret::keep", [wrong, same], "objects")
    assert (found.inputs, found.difference) == (0, "")
    assert "other bytes in a union" in found.problem
    assert (equal.difference, equal.problem) == ("", "")
    assert equal.inputs > 1


def test_a_comparison_that_is_cut_off_is_no_agreement(cpp_desk: Yard) -> None:
    same = cpp_desk.unit("desk::shout", "src/desk.cpp").code[:-1] + ";}"
    (found,) = compared(cpp_desk, "desk::shout", [same], "texts", seconds=0.02)
    assert found.inputs == 0
    assert found.problem


# --- what is compiled for it ----------------------------------------------------------------------


def test_of_two_sources_with_one_name_the_other_one_is_not_compiled(cpp_compare: Bench) -> None:
    read = """
import json
from pathlib import Path
from native.rebuild import notes_of
home = Path("/repo/.codeaug-build")
found = {
    path: [note.parent.name for note in notes_of(home / "covered", home / "includes", [path])]
    for path in ("src/desk.cpp", "tests/desk.cpp", "src/desk.h", "copied/desk.cpp")
}
print(json.dumps(found))
"""
    with cpp_compare.copy() as workspace:
        outcome = workspace.run(Command(("python3", "-B", "-c", read), cwd="/host"))
    assert json.loads(outcome.out) == {
        "src/desk.cpp": ["src"],
        "tests/desk.cpp": ["tests"],
        "src/desk.h": ["src", "tests"],
        "copied/desk.cpp": ["src", "tests"],  # what a build compiles may be a copy of it
    }
