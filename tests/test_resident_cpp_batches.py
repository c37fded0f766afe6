"""The texts of several C++ units of a file, compiled at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest

from codeaug.builds import cmake
from codeaug.runners import HandOver
from codeaug.runners.resident import Resident
from codeaug.sandbox import Conversation
from tests.native_bench import Bench, built
from tests.test_resident_cpp import Yard, passes, way, yard

pytestmark = pytest.mark.slow

ANIMALS = "src/animals.cpp"
TESTS = ("legs", "sound")
Codes = Mapping[str, Sequence[str]]


@pytest.fixture(scope="module")
def zoo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Yard]:
    opened = yard(built("cpp-resident", cmake.BUILD, tmp_path_factory.mktemp("zoo")))
    yield opened
    opened.residents.close()


def asked(zoo: Yard, units: Codes, path: str = ANIMALS) -> Iterator[tuple[str, Resident]]:
    """Each unit's name with its runner; all know the texts of all from the beginning."""
    texts = [zoo.texts(zoo.unit(name, path), codes) for name, codes in units.items()]
    with zoo.residents.of_units(zoo.prepared, texts) as runners:
        yield from zip(units, runners, strict=True)


def ways(zoo: Yard, units: Codes, tests: Sequence[str] = TESTS) -> dict[str, list[str]]:
    return {
        name: [way(runner, number, tests) for number in range(len(runner.texts))]
        for name, runner in asked(zoo, units)
    }


def said(runner: Resident) -> list[object]:
    """Everything that the checks look at, of each text."""
    found: list[object] = []
    for text in runner.texts:
        try:
            words = runner.compile(text.source).result
            ran = runner.rerun(text.source, TESTS, 60.0)
            proof = runner.prove(text.source).result.proved
            own = range(text.unit.line, text.unit.end_line + 1)
            lines = [w.intersection(own) for w in (ran.result.executed, ran.result.executable)]
            found.append((words.ok, words.messages, ran.result.report.outcomes, *lines, proof))
        except HandOver as why:
            found.append(str(why))
    return found


def code(zoo: Yard, name: str, old: str, new: str, path: str = ANIMALS) -> str:
    found = zoo.unit(name, path).code
    assert old in found
    return found.replace(old, new)


@pytest.fixture
def mixed(zoo: Yard) -> Codes:
    """Texts of all sorts: right, wrong, longer, of which the compiler complains, with errors."""
    return {
        "twice": [
            code(zoo, "twice", "number * 2", "number + number"),
            code(zoo, "twice", "number * 2", "nothing * 2"),
            code(zoo, "twice", "return", "\n\n    return"),
        ],
        "Animal::Animal": [code(zoo, "Animal::Animal", '"nobody"', '\n"nobody"')],
        "Animal::legs": [
            code(zoo, "Animal::legs", " - once(legs_)", " - legs_"),
            code(zoo, "Animal::legs", " - once(legs_)", " - once()"),
            code(zoo, "Animal::legs", "-", "+"),
        ],
        "Animal::sound": [
            code(zoo, "Animal::sound", "said +=", "int unused;\n    said +="),
            code(zoo, "Animal::sound", '"!"', '"?"'),
        ],
    }


def test_a_batch_says_what_each_unit_says_by_itself(zoo: Yard, mixed: Codes) -> None:
    batch = {name: said(runner) for name, runner in asked(zoo, mixed)}
    for name, codes in mixed.items():
        ((_, alone),) = [(n, said(runner)) for n, runner in asked(zoo, {name: codes})]
        assert batch[name] == alone


def test_texts_with_errors_spoil_neither_their_own_unit_nor_others(zoo: Yard) -> None:
    units = {
        "twice": [
            code(zoo, "twice", "number * 2", "nothing * 2"),
            code(zoo, "twice", "number * 2", "number + number"),
        ],
        "Animal::legs": [code(zoo, "Animal::legs", "-", "+")],
        "Animal::sound": [code(zoo, "Animal::sound", '"!"', "'!'")],
    }
    assert ways(zoo, units) == {
        "twice": ["together", "", "together"],
        "Animal::legs": ["together"] * 2,
        "Animal::sound": ["together"] * 2,
    }
    good = {
        name: [passes(runner.rerun(text.source, TESTS, 60.0)) for text in runner.texts]
        for name, runner in asked(zoo, units)
    }
    assert good == {
        "twice": [True, False, True],
        "Animal::legs": [True, False],
        "Animal::sound": [True, True],
    }


def test_a_unit_that_cannot_share_a_compilation_is_alone_in_that(zoo: Yard) -> None:
    units = {
        "sum": [code(zoo, "sum", "+=", "-=", "src/cages.cpp")],
        "cage": [code(zoo, "cage", "return 30", "return 31", "src/cages.cpp")],
        "lost": [code(zoo, "lost", "== 6", "!= 6", "src/cages.cpp")],
    }
    found = {
        name: [way(runner, number, ["sum", "cage"]) for number in range(2)]
        for name, runner in asked(zoo, units, "src/cages.cpp")
    }
    assert found == {"sum": ["alone"] * 2, "cage": ["together"] * 2, "lost": ["together"] * 2}


def test_of_a_choice_that_may_not_return_only_that_unit_is_compiled_alone(zoo: Yard) -> None:
    ends = code(zoo, "twice", "return number * 2;", "if (number) { return number * 2; }")
    same = code(zoo, "Animal::legs", "-", "+")
    units = {"twice": [ends], "Animal::legs": [same]}
    assert ways(zoo, units) == {"twice": ["alone"] * 2, "Animal::legs": ["together"] * 2}


LEFT = 'if (system("%s") == 0) { number += 0; } return'
COLD = {
    "echo >> /repo/CMakeLists.txt": "cold: the tests change /repo/CMakeLists.txt",
    "echo > /tmp/codeaug/active.o": "cold: the resident runner was stopped",
}


@pytest.mark.parametrize("command", COLD)
def test_a_unit_that_must_go_cold_does_so_alone(zoo: Yard, command: str) -> None:
    bad = code(zoo, "twice", "return", LEFT % command)
    units = {
        "Animal::Animal": [code(zoo, "Animal::Animal", "nobody", "somebody")],
        "twice": [bad, code(zoo, "twice", "number * 2", "number + number")],
        "Animal::legs": [code(zoo, "Animal::legs", "-", "+")],
        "Animal::sound": [code(zoo, "Animal::sound", '"!"', '"?"')],
    }
    found = ways(zoo, units)
    assert any(each.startswith(COLD[command]) for each in found.pop("twice"))
    assert list(found.values()) == [["together"] * 2] * 3


def test_a_unit_whose_company_takes_its_stack_passes_by_itself(zoo: Yard) -> None:
    """Variables of all texts of a unit have their places whenever it is called."""
    pads = [f"volatile char pad[{n} << 20]; pad[0] = 0; return" for n in (5, 6)]
    units = {
        "Animal::legs": [code(zoo, "Animal::legs", "-", "+")],
        "twice": [code(zoo, "twice", "return", pad) for pad in pads],
    }
    for name, runner in asked(zoo, units):
        unchanged = runner.texts[0].source
        if name == "Animal::legs":
            assert not passes(runner.rerun(unchanged, TESTS, 60.0))
            assert runner.by_itself()
            assert passes(runner.rerun(unchanged, TESTS, 60.0))
        assert not runner.by_itself()


def test_a_batch_is_loaded_once(zoo: Yard, monkeypatch: pytest.MonkeyPatch) -> None:
    units = {
        "twice": [code(zoo, "twice", "number * 2", "number + number")],
        "Animal::legs": [code(zoo, "Animal::legs", "-", "+")],
    }
    verbs = []
    ask = Conversation.ask

    def listened(self: Conversation, request: dict[str, Any], seconds: float) -> Any:
        verbs.append(request["do"])
        return ask(self, request, seconds)

    monkeypatch.setattr(Conversation, "ask", listened)
    ways(zoo, units)
    assert verbs == ["load", *["rerun"] * 4]


def test_each_unit_of_a_batch_is_compared_with_its_own_unchanged_text(
    cpp_compare: Bench,
) -> None:
    desk = yard(cpp_compare)
    path = "src/desk.cpp"
    units = {
        "desk::grade": [code(desk, "desk::grade", "> 90", ">= 90", path)],
        "desk::wrapped": [
            code(desk, "desk::wrapped", "return", "return 0 +", path),
            code(desk, "desk::wrapped", "(number)", "(number > 255 ? 255 : number)", path),
        ],
    }
    found = {
        name: [runner.compare(t.source, ["numbers"], 20.0).result for t in runner.texts[1:]]
        for name, runner in asked(desk, units, path)
    }
    desk.residents.close()
    assert "grade(score=90) returns 1, the" in found["desk::grade"][0].difference
    equal, other = found["desk::wrapped"]
    assert equal.inputs
    assert not equal.difference
    assert "number=256" in other.difference
