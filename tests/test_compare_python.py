from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from codeaug.model import Comparison
from codeaug.runners import HandOver
from codeaug.sandbox import Limits, probe
from tests.test_resident_python import Zoo, opened

REPO = Path(__file__).parent / "repos" / "python-compare"
FILE = "desk/__init__.py"
SECONDS = 20.0

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zoo]:
    sandbox = probe(Limits(memory=2 << 30))
    with opened("python-compare", tmp_path_factory.mktemp("desk"), sandbox) as it:
        yield it


def compared(
    desk: Zoo, name: str, codes: Sequence[str], test: str = "", seconds: float = SECONDS
) -> list[Comparison]:
    """The unchanged unit against each of the codes."""
    unit = desk.unit(name, FILE)
    texts = desk.texts(unit, codes)
    tests = ["tests/test_desk.py::test_" + (test or name.split(".")[0].lower())]
    with desk.residents.of_unit(desk.prepared, texts) as runner:
        return [runner.compare(text.source, tests, seconds).result for text in texts[1:]]


def changed(desk: Zoo, name: str, old: str, new: str) -> str:
    code = desk.unit(name, FILE).code
    assert old in code
    return code.replace(old, new)


# --- wrong texts that the tests let pass ----------------------------------------------------------

WRONG = {
    "grade": ("score > 10", "score >= 10", "grade(score=10) returns 'good', was 'bad'"),
    "clamp": ("value > high", "value >= high + 3", "clamp(value="),
    "mean": ("len(numbers)", "3", "mean(numbers=["),
    "sort_in_place": ("items.sort()", "pass", "leaves items=[2, 1], was items=[1, 2]"),
    "first_word": (' if words else ""', "", "first_word(text='') raises IndexError"),
    "digits": ("% base", "% 10", "digits("),
    "whole": ("number == 1", "1 if number == 1 else 0", "returns 1, was True"),
    "countdown": ("start > 0", "start > 1", "countdown(start="),
    "doubled": ("number * 2", "number + 2", "doubled(number="),
    "shout": (".upper()", ".lower()", "writes or warns: prints"),
    "old": ("DeprecationWarning", "UserWarning", "warns UserWarning('use new',)"),
    "checked": ("age < 0", "age < -1", "checked(age=-1) returns -1, raised ValueError"),
    "merged": ("result = dict(one)", "result = one", "merged("),
    "chosen": ('"low"', '"high"', "chosen("),
    "noted": ("append(text)", "extend([text, text])", "noted(text="),
    "unique": ("kept.append(item)", "kept.insert(0, item)", "unique("),
    "same": ("return items", "return list(items)", "same(items=["),
    "joined": ("mark * times", "mark", "joined("),
    "Account.__init__": ("= balance", "= abs(balance)", "leaves self="),
    "Account.deposit": ("self.history.append(amount)", "pass", "deposit(self="),
    "Account.is_rich": (">= 1000", "> 1000", "returns False, was True"),
    "Account.fee": ("> 50", ">= 50", "fee(amount=50) returns 5, was 1"),
    "Account.__eq__": ("self.owner == other.owner", "True", "returns True, was False"),
    "Stack.push": ("append(item)", "extend([item] * 2)", "push(self="),
    "scaler.scale": ("> 100", "> 101", "scale(number="),
    "factorial": ("number <= 1", "number == 1", "factorial(number=0) "),
    "quarter": ("not 1 <= month <= 12", "month < 0", "quarter(month=0) returns 0, raised ValueE"),
    "grouped": (
        "groups.setdefault(key(item), [])",
        "groups.setdefault(key(item), groups.get(key(item), []))",
        "calls key",
    ),
    "kept_if": ("if wanted(item)", "if wanted(item) is True", "kept_if(items="),
    "last_ones": ("len(kept) - count :", "-count:", "last_ones(events="),
    "deep_merge": ("deep_merge(result[key], value)", "{**result[key], **value}", "deep_merge("),
    "scaler": ("> 100", ">= 100", "returns <function that gives "),
    "remembered": ("if args not in known", "if known.get(args) is None", "remembered(function="),
    "entries": ("line.startswith", "line.strip().startswith", "entries(stream="),
    "Ticket.first": ("cls(1", "Ticket(1", "desk.SubTicket"),
    "Ticket.__lt__": ("other.label is not None", "other.label", "__lt__(self="),
    "week_end": ("6 - day.weekday()", "(5 - day.weekday()) % 7 + (day.weekday() < 6)", "week_end("),
    "renamed": ("old[key] != new[key]", "old[key] is not new[key]", "renamed("),
    "runs": ("if found", "if found and len(found[-1]) < 9", "runs("),
    "report": ("for row in rows", "for row in rows if row", "report(rows=["),
    "setting": (
        "                break",
        "                if found is not layer:\n                    return\n                break",
        "setting(layers=[",
    ),
    "is_under": ('folder + "/"', 'folder.rstrip("/") + "/"', "is_under(folder="),
    "rows_of": (r'.split(b"\n")', ".splitlines()", "rows_of(content="),
    "paragraphs": ("in lines", "in list(lines)", "raise OSError"),
    "tried": ("BaseException", "Exception", "its block ends with KeyboardInterrupt"),
    "attempted": ("except Exception", "except BaseException", "attempted(action="),
    "with_names": (
        "names.get(name, name): value",
        "name if value is None else names.get(name, name): value",
        "with_names(names=",
    ),
    "sum_from": ("start is None", "not start", "start=0"),
    "spread": ("count += 1", "count += size < 9 or len(content) > 0", "spread(content="),
    "count_and_sum": ("list(numbers)", "numbers", ", 0), was ("),
    "crumbs": ('path.strip("/").split("/")', 'list(filter(None, path.split("/")))', "crumbs(path="),
}  # fmt: skip
NO_READY_TEST = {
    "shout", "old", "noted", "same", "Stack.push", "scaler.scale", "grouped", "kept_if",
    "last_ones", "deep_merge", "scaler", "remembered", "entries", "Ticket.first", "renamed",
    "week_end", "rows_of", "paragraphs", "tried", "attempted", "with_names", "count_and_sum",
}  # fmt: skip


@pytest.fixture(scope="module")
def wrong(desk: Zoo) -> dict[str, Comparison]:
    """What was found of each wrong text."""
    return {
        name: compared(desk, name, [changed(desk, name, old, new)])[0]
        for name, (old, new, _) in WRONG.items()
    }


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_text_is_told_apart_by_its_smallest_input(
    wrong: dict[str, Comparison], name: str
) -> None:
    found = wrong[name]
    assert WRONG[name][2] in found.difference, found
    assert found.witness
    assert found.inputs
    assert len(found.difference) < 1000


def test_witnesses_pass_on_the_original_and_fail_on_the_wrong_text(
    desk: Zoo, wrong: dict[str, Comparison], tmp_path: Path
) -> None:
    ready = {name: found.witness for name, found in wrong.items() if "def test_" in found.witness}
    assert WRONG.keys() - ready.keys() <= NO_READY_TEST
    for number, name in enumerate(ready):
        unit = desk.unit(name, FILE)
        folder = tmp_path / f"wrong{number}" / "desk"
        folder.mkdir(parents=True)
        old, new, _ = WRONG[name]
        texts = desk.texts(unit, [changed(desk, name, old, new)])
        (folder / "__init__.py").write_bytes(texts[1].source)
    shutil.copytree(REPO / "desk", tmp_path / "original" / "desk")
    program = (
        "import importlib, json, sys\n"
        "for folder, test in json.load(sys.stdin):\n"
        "    sys.path.insert(0, folder)\n"
        "    sys.modules.pop('desk', None)\n"
        "    importlib.invalidate_caches()\n"
        "    space = {}\n"
        "    try:\n"
        "        exec(test, space)\n"
        "        [space[n]() for n in list(space) if n.startswith('test_')]\n"
        "    except BaseException as error:\n"
        "        print(type(error).__name__)\n"
        "    else:\n"
        "        print('passed')\n"
        "    sys.path.pop(0)\n"
    )
    pairs = [(str(tmp_path / "original"), test) for test in ready.values()]
    pairs += [(str(tmp_path / f"wrong{n}"), test) for n, test in enumerate(ready.values())]
    done = subprocess.run(
        [sys.executable, "-B", "-c", program],
        input=json.dumps(pairs), capture_output=True, text=True, check=True,
    )  # fmt: skip
    words = done.stdout.split()
    good = dict(zip(ready, words[: len(ready)], strict=True))
    bad = dict(zip(ready, words[len(ready) :], strict=True))
    assert {name for name, word in good.items() if word != "passed"} == set()
    assert {ready[name] for name, word in bad.items() if word == "passed"} == set()


# --- texts that mean the same ---------------------------------------------------------------------

SAME = {
    "grade": ("score >= 90", "not score < 90"),
    "clamp": (
        "if value < low:\n        return low\n    if",
        "if low > value:\n        return low\n    elif",
    ),
    "mean": ("total += number", "total = total + number"),
    "first_word": ("words[0] if words else \"\"", "(words or [\"\"])[0]"),
    "countdown": ("start -= 1", "start = start - 1"),
    "doubled": ("return number * 2", "result = number * 2\n    return result"),
    "unique": ("kept.append(item)", "kept += [item]"),
    "merged": ("result[key] = value", "result.update({key: value})"),
    "joined": ("text += mark * times", "text = text + mark * times"),
    "Account.deposit": ("if amount <= 0:", "if not amount > 0:"),
    "Account.__eq__": ("self.owner == other.owner", "bool(self.owner == other.owner)"),
    "Account.__hash__": ("return hash(self.owner)", "name = self.owner\n        return hash(name)"),
    "Stack.push": ("self.items.append(item)", "items = self.items\n            items.append(item)"),
    "scaler.scale": ("return number * factor", "result = number * factor\n        return result"),
    "place_in": (  # equal on sorted lists
        "    low, high = 0, len(items)",
        "    for place, item in enumerate(items):\n        if item >= wanted:\n"
        "            return place if item == wanted else -1\n    return -1\n    low, high = 0, 0",
    ),
    "shared": ("range(people)]", "range(people or 1) if people > 0]"),  # equal for one or more
    "grouped": ("groups.setdefault(key(item), [])", "groups.setdefault(key(item), list())"),
    "kept_if": ("if wanted(item)", "if bool(wanted(item))"),
    "scaler": ("return number * factor", "return factor * number"),
    "entries": (  # what a helper raises, the unit raises
        "    for number, line in enumerate(stream, 1):",
        "    def refuse(number):\n        raise ValueError(f\"line {number} is blank\")\n\n"
        "    for number, line in enumerate(stream, 1):\n        if line.isspace():\n"
        "            refuse(number)",
    ),
    "next_day": (  # equal for 0 to 6
        "    ahead",
        "    if weekday > 6:\n        return None\n    ahead",
    ),
    "reserved": (  # equal where no name is None
        'f"{name}: too few"',
        '{each: f"{each}: too few" for each, _ in lines if each is not None}[name]',
    ),
    "last_by": (  # equal where the items are sorted by the key
        "found = (key(item), item)",
        "measure = key(item)\n        if found is None or measure >= found[0]:\n"
        "            found = (measure, item)",
    ),
    "ids_of": ("in filter(None, pairs)", "in list(pairs)"),  # equal where all are pairs
    "zeros": ("[0] * size", "[0] * (size - 1) + [0] * min(size, 1)"),  # for what memory holds
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_a_text_that_means_the_same_agrees_on_some_inputs(desk: Zoo, name: str) -> None:
    found = compared(desk, name, [changed(desk, name, *SAME[name])])[0]
    assert (found.difference, found.problem) == ("", "")
    assert found.inputs > 0
    assert found.executed
    assert found.executed <= found.executable


# --- what cannot be compared ----------------------------------------------------------------------

NOT_COMPARABLE = {
    "lottery": ("return", "return 1 *", "differs from itself"),
    "Marked.__hash__": ("hash(value)", "hash((value))", "differs from itself"),
    "saved": ("return len(text)", "return len(text) + 1", "outside (open)"),
    "started": ("return", "return b'' +", "outside (subprocess.Popen)"),
    "consumed": ("sum(numbers)", "sum(numbers) + 1", "a value of type generator"),
    "opened": ("file.name", "str(file.name)", "a value of type TextIOWrapper"),
}


def test_a_difference_counts_beside_those_of_addresses_that_come_before(desk: Zoo) -> None:
    later = changed(desk, "Marked.__hash__", "hash(value)", "hash(value) + (count() > 100)")
    (found,) = compared(desk, "Marked.__hash__", [later])
    assert found.problem == ""
    assert "after other calls" in found.difference


@pytest.mark.parametrize("name", NOT_COMPARABLE)
def test_what_cannot_be_compared_says_why(desk: Zoo, name: str) -> None:
    old, new, why = NOT_COMPARABLE[name]
    (found,) = compared(desk, name, [changed(desk, name, old, new)])
    assert why in found.problem, found
    assert (found.inputs, found.difference) == (0, "")


# --- texts that attack ----------------------------------------------------------------------------

ATTACKS = {
    "exit": "import os; os._exit(0)",
    "system exit": "raise SystemExit(0)",
    "signal": "import os, signal; os.kill(os.getpid(), 9)",
    "crash": "import ctypes; ctypes.string_at(0)",
    "hang": "while True: pass",
    "memory": "eaten = [b'x' * (1 << 20) for _ in range(1 << 14)]",
    "recursion": "return grade(score)",
    "fork bomb": "import os\n    while True: os.fork()",
    "parent": "import os; os.kill(os.getppid(), 9)",
    "patched repr": "import builtins; builtins.repr = builtins.ascii = lambda x: 'best'",
    "patched text": "import builtins; builtins.str = builtins.len = builtins.type = None",
    "closed pipes": "import os; os.closerange(3, 256)",
    "forged lines": (
        "import os; [os.write(d, b'0123456789abcdef end\\n') for d in range(3, 40) "
        "if os.path.exists(f'/proc/self/fd/{d}')]"
    ),
    "equal to all": "return type('E', (str,), {'__eq__': lambda s, o: True})('good')",
    "odd repr": "return type('E', (), {'__repr__': lambda s: \"'good'\"})()",
}


@pytest.mark.parametrize("name", ATTACKS)
def test_a_text_that_attacks_never_agrees(desk: Zoo, name: str) -> None:
    code = changed(
        desk, "grade", "    if score >= 90:", f"    {ATTACKS[name]}\n    if score >= 80:"
    )
    good = changed(desk, "grade", *SAME["grade"])
    try:
        found = compared(desk, "grade", [code])[0]
        assert found.difference or found.problem, found
    except HandOver:
        pass
    again = compared(desk, "grade", [good])[0]
    assert (again.difference, again.problem) == ("", "")
    assert again.inputs
