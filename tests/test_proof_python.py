"""The proof for Python: what is the same is proved, and what is not never is."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.proof_fuzz import Writer, behaviour, edited
from tests.proof_python_pairs import DIFFERENT, SAME

HOSTS = Path(__file__).parent.parent / "codeaug" / "runners" / "hosts"
sys.path.append(str(HOSTS))
prove: Any = importlib.import_module("pyhost.proof").prove
sys.path.remove(str(HOSTS))
FUNCTIONS = 400

pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning")


def proof(original: str, changed: str) -> Any:
    name, line = ("C.f", 2) if original.startswith("class") else ("f", 1)
    return prove(original, changed, name, line)


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_proved(name: str) -> None:
    found = proof(*SAME[name])
    assert found.proved, found.detail
    assert found.method in ("identity", "lockstep")


@pytest.mark.parametrize("name", SAME)
def test_the_same_is_proved_the_other_way_round(name: str) -> None:
    assert proof(*reversed(SAME[name])).proved


@pytest.mark.parametrize("name", DIFFERENT)
def test_what_differs_is_never_proved(name: str) -> None:
    original, variant = DIFFERENT[name]
    for one, two in ((original, variant), (variant, original)):
        found = proof(one, two)
        assert not found.proved
        assert found.detail


@pytest.mark.parametrize("name", SAME)
def test_every_function_is_the_same_as_itself(name: str) -> None:
    for code in SAME[name]:
        assert proof(code, code + "\n# a comment\n").method == "identity"


def test_random_functions_that_are_proved_the_same_behave_the_same() -> None:
    rng = random.Random(11)
    proved = 0
    for _ in range(FUNCTIONS):
        original = Writer(rng).function()
        changed = edited(original, rng)
        if not proof(original, changed).proved:
            continue
        proved += 1
        for seed in range(12):
            assert behaviour(original, seed) == behaviour(changed, seed), (original, changed)
    assert proved > FUNCTIONS / 8


FILE = """\
from __future__ import annotations
import os

def helper(a):
    return a

class Shop:
    rate = 2

    @property
    def price(self):
        if self.__cost:
            return self.__cost * self.rate
        else:
            return 0

    class Inner:
        def g(self):
            def h(x):
                y = x + 1
                return y
            return h

def last(a):
    return a + 1
"""


def _with(old: str, new: str) -> str:
    assert FILE.count(old) == 1
    return FILE.replace(old, new)


def test_a_method_is_found_by_its_name_and_first_line() -> None:
    changed = _with("        else:\n            return 0\n", "        return 0\n")
    assert prove(FILE, changed, "Shop.price", 10).proved
    assert "is not on line" in prove(FILE, changed, "Shop.price", 11).detail
    assert "is not on line" in prove(FILE, changed, "price", 10).detail


@pytest.mark.parametrize("name", ["Shop.Inner.g.h", "Shop.Inner.g.<locals>.h"])
def test_a_nested_function_is_compiled_with_those_around_it(name: str) -> None:
    renamed = _with("y = x + 1\n                return y", "z = x + 1\n                return z")
    assert prove(FILE, renamed, name, 19).method == "lockstep"
    assert prove(FILE, renamed, "Shop.Inner.g", 18).method == "lockstep"
    other = _with("y = x + 1", "y = x + 2")
    assert not prove(FILE, other, name, 19).proved


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("import os", "import sys"),
        ("rate = 2", "rate = 3"),
        ("    return a\n\nclass", "    return 1\n\nclass"),
        ("class Shop:", "class Shop(Base):"),
        ("class Shop:", "class Store:"),
        ("    @property\n", ""),
        ("    return a + 1\n", "    return a + 1\n\nprint(last(1))\n"),
        ("            return 0\n", "            return 0\n\n    price2 = price\n"),
        ("from __future__ import annotations\n", "\n"),
    ],
)
def test_a_change_elsewhere_is_not_proved(old: str, new: str) -> None:
    assert not prove(FILE, _with(old, new), "Shop.price", 10).proved


def test_layout_and_comments_elsewhere_do_not_matter() -> None:
    changed = _with("import os\n", "import os  # here\n\n")
    changed = changed.replace("if self.__cost:", "if (self.__cost):")
    assert prove(FILE, changed, "Shop.price", 10).method == "identity"


def test_line_ends_do_not_matter() -> None:
    assert prove(FILE, FILE.replace("\n", "\r\n"), "Shop.price", 10).proved
    assert prove(FILE.replace("\n", "\r\n"), FILE, "Shop.price", 10).proved


@pytest.mark.parametrize(
    "tail",
    [
        "            return 0 + \\\n",
        "            return '''0\n",
        "            return (0\n",
        "  return 0\n",
    ],
)
def test_a_unit_that_runs_into_what_follows_is_not_proved(tail: str) -> None:
    assert not prove(FILE, _with("            return 0\n", tail), "Shop.price", 10).proved


def test_a_private_name_is_that_of_its_class() -> None:
    changed = _with("if self.__cost:", "if self._Shop__cost:")
    assert prove(FILE, changed, "Shop.price", 10).method == "identity"


@pytest.mark.parametrize("text", ["def f(:\n", "def f():\n    return \0\n", "", "x = 1\n"])
def test_what_does_not_compile_is_unknown(text: str) -> None:
    good = "def f():\n    return 1\n"
    assert not prove(good, text, "f", 1).proved
    assert not prove(text, good, "f", 1).proved


def test_nothing_of_the_candidate_is_run() -> None:
    code = "import os\nos._exit(3)\n@os._exit\ndef f(a=os._exit(4)):\n    os._exit(5)\n"
    assert prove(code, code.replace("5", "(5)"), "f", 3).proved


def test_the_proof_imports_the_standard_library_alone() -> None:
    code = (
        "import sys; before = set(sys.modules); import pyhost.proof; import json; "
        "print(json.dumps(sorted({m.split('.')[0] for m in set(sys.modules) - before})))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({str(HOSTS)!r}); {code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    loaded = set(importlib.import_module("json").loads(done.stdout))
    assert loaded - {"pyhost"} <= sys.stdlib_module_names
