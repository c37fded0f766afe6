from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from codeaug import checks
from codeaug.bundled import bundled
from codeaug.checks import static_checks
from codeaug.checks.compiled import _new, _undefined, compiled
from codeaug.checks.trial import Bench, Trial
from codeaug.languages import find_units, place, resolve
from codeaug.model import Diagnostics, Finding, Origin, Unit, Variant, Verdict
from codeaug.pipeline.given import read_given
from codeaug.runners import Ran

FILES = {
    "python": (
        "shop.py",
        "import os\n\n\nclass Shop:\n"
        "    @staticmethod\n"
        "    def price(amount, rate=0.1):\n"
        '        """The price."""\n'
        "        # tax first\n"
        "        if amount > 10:\n"
        "            return amount * rate\n"
        "        return amount\n\n\n"
        "def other():\n    return 1\n",
        "Shop.price",
    ),
    "java": (
        "Shop.java",
        "class Shop {\n"
        "    @Deprecated\n"
        "    static int price(int amount, int rate) {\n"
        "        // tax first\n"
        "        if (amount > 10) {\n"
        "            return amount * rate;\n"
        "        }\n"
        "        return amount;\n"
        "    }\n"
        "    int other() { return 1; }\n"
        "}\n",
        "Shop.price",
    ),
    "cpp": (
        "shop.cpp",
        "namespace shop {\n"
        "int price(int amount, int rate) {\n"
        "    // tax first\n"
        "    if (amount > 10) {\n"
        "        return amount * rate;\n"
        "    }\n"
        "    return amount;\n"
        "}\n"
        "int other() { return 1; }\n"
        "}\n",
        "shop::price",
    ),
}

CASES = [
    ("python", "amount * rate", "rate * amount", {}),
    ("java", "amount * rate", "rate * amount", {}),
    ("cpp", "amount * rate", "rate * amount", {}),
    ("python", "amount * rate", "amount  *  rate", {"parsed": "does not differ"}),
    ("java", "amount * rate", "amount*rate", {"parsed": "does not differ"}),
    ("cpp", "return amount;", "return amount ;", {"parsed": "does not differ"}),
    ("python", "amount > 10:", "amount > :", {"parsed": ""}),
    ("java", "amount > 10)", "amount > )", {"parsed": ""}),
    ("cpp", "amount > 10)", "amount > )", {"parsed": ""}),
    ("python", "rate=0.1", "rate=0.2", {"signature": "rate=0.2".replace("=", " = ")}),
    ("python", "@staticmethod", "@classmethod", {"signature": "classmethod"}),
    ("java", "int rate", "long rate", {"signature": "long rate"}),
    ("java", "@Deprecated", "@Override", {"signature": "Override"}),
    ("cpp", "int rate", "long rate", {"signature": "long rate"}),
    ("python", "# tax first", "# x", {"comments": "tax first", "parsed": "does not differ"}),
    ("python", "The price.", "A price.", {"comments": "The price."}),
    ("java", "// tax first\n", "\n", {"comments": "tax first", "parsed": "does not differ"}),
    ("cpp", "// tax first\n", "\n", {"comments": "tax first", "parsed": "does not differ"}),
    ("python", "return amount * rate", "return eval('amount * rate')", {"capability": "eval"}),
    ("python", "return amount * rate", "import sys; return amount", {"capability": "import"}),
    ("python", "return amount * rate", "os._exit(0)", {"capability": "_exit"}),
    ("java", "return amount * rate", "System.exit(0); return 0", {"capability": "exit"}),
    ("java", "return amount * rate", "Runtime.getRuntime().halt(0); return 0", {"capability": ""}),
    ("cpp", "return amount * rate", "exit(0); return 0", {"capability": "exit"}),
    ("cpp", "return amount * rate", 'system("true"); return 0', {"capability": "system"}),
    ("python", "amount * rate", "amount * \u0440ate", {"capability": ""}),
    ("java", "amount * rate", "amount * rate /* \u202e */",
     {"capability": "bidi", "parsed": "does not differ"}),
    ("python", "return amount *", "# fast path\n            return rate / 1 *", {}),
    ("python", "return amount *", "# pragma: no cover\n            return rate / 1 *",
     {"comments": "added 1: # pragma"}),
    ("java", "amount * rate;", "rate * amount; // NOSONAR", {"comments": "NOSONAR"}),
    ("cpp", "amount * rate;", "rate * amount;  // LCOV_EXCL_LINE", {"comments": "LCOV"}),
    ("python", "return amount *", "return 'secret' and amount *", {"capability": "word:secret"}),
    ("java", "return amount *", 'return "secret".length() *', {"capability": "word:secret"}),
    ("cpp", "return amount *", 'return sizeof("secret") * amount *', {"capability": "word:secret"}),
]  # fmt: skip


def findings(language: str, old: str, new: str) -> dict[str, Finding]:
    path, text, name = FILES[language]
    source = text.encode()
    units = find_units(language, source, path, "")
    unit = next(u for u in units if isinstance(u, Unit) and u.name == name)
    assert unit.code.count(old) >= 1
    code = unit.code.replace(old, new, 1)
    try:
        changed, problem = place(unit, source, code), ""
    except ValueError as error:
        changed, problem = None, str(error)
    trial = Trial(unit, Variant(unit.id, code, Origin("given")), source, changed, problem)
    return {finding.check: finding for finding in (check(trial) for check in static_checks())}


@pytest.mark.parametrize(("language", "old", "new", "failing"), CASES)
def test_static_checks_name_what_is_wrong(
    language: str, old: str, new: str, failing: dict[str, str]
) -> None:
    found = findings(language, old, new)
    assert {n for n, f in found.items() if f.verdict is Verdict.FAILED} == failing.keys()
    for name, words in failing.items():
        assert words in found[name].detail
        assert found[name].detail


def test_a_second_function_in_the_code_is_refused() -> None:
    found = findings(
        "python",
        "* rate\n        return amount",
        "* rate\n        return amount\n\n    def more(self):\n        pass",
    )
    assert found["parsed"].verdict is Verdict.FAILED


def test_a_renamed_name_in_a_warning_is_no_new_diagnostic() -> None:
    assert (
        _new(["warning: unused: unused variable ‘b’"], ["warning: unused: unused variable ‘a’"])
        == []
    )
    assert _new(["warning: x 'b'", "warning: x 'c'"], ["warning: x 'a'"]) == ["warning: x 'c'"]


def test_a_declared_type_opens_nothing_in_java() -> None:
    found = findings("java", "return amount;", "java.io.File file = null; return amount;")
    assert found["capability"].verdict is Verdict.PASSED
    found = findings("java", "return amount;", 'new java.io.File("x").delete(); return amount;')
    assert found["capability"].verdict is Verdict.FAILED


def test_only_names_that_cannot_be_resolved_are_faults_of_a_python_file() -> None:
    path, text, name = FILES["python"]
    unit = next(u for u in find_units("python", text.encode(), path, "") if u.name == name)
    assert isinstance(unit, Unit)
    trial = Trial(unit, Variant(unit.id, "", Origin("given")), text.encode(), None)
    style = b"def f(x):\n    if x:\n        def g(): pass\n    def g(): pass\n    y = 1\n"
    assert _undefined(trial.unit, style) == []
    later = b"def f(x):\n    while x:\n        if x > 1:\n            y += 1\n        y = 0\n"
    assert _undefined(trial.unit, later) == []
    for text in (
        b"def f():\n    return missing\n",
        b"def g(): missing = 1\nprint(missing)\n",
        b"def f():\n    def g(): missing = 1\n    return missing or g\n",
        b"def f(x):\n    return [missing for missing in x] or missing\n",
    ):
        assert _undefined(trial.unit, text) == ["UndefinedName: undefined name 'missing'"]


@pytest.mark.parametrize("language", FILES)
def test_the_comment_above_the_function_may_come_with_the_code(language: str) -> None:
    path, text, name = FILES[language]
    unit = next(u for u in find_units(language, text.encode(), path, "") if u.name == name)
    assert isinstance(unit, Unit)
    comment = "# what it costs" if language == "python" else "/** What it costs. */"
    head = text.encode()[: unit.span.start].decode()
    indent = head[len(head.rstrip(" ")) :]
    source = (head + comment + "\n" + indent + text.encode()[unit.span.start :].decode()).encode()
    unit = next(u for u in find_units(language, source, path, "") if u.name == name)
    assert isinstance(unit, Unit)
    right = unit.code.replace("amount * rate", "rate * amount")
    assert place(unit, source, f"{comment}\n{right}") == place(unit, source, right)


def test_a_long_expression_is_no_fault() -> None:
    long = "return amount" + " + 0" * 3000
    assert findings("python", "return amount * rate", long)
    path, text, name = FILES["python"]
    unit = next(u for u in find_units("python", text.encode(), path, "") if u.name == name)
    assert isinstance(unit, Unit)
    trial = Trial(unit, Variant(unit.id, "", Origin("given")), text.encode(), None)
    assert _undefined(trial.unit, f"def f(amount):\n    {long}\n".encode()) == []


@pytest.mark.parametrize(
    "line",
    [
        b"[" * 100_000,
        b'{"path":"a.py","unit":"f","code":"\\ud800"}',
        b"not json",
        b"[]",
        b"{}",
        b"\xff",
    ],
)
def test_an_odd_line_is_answered_and_the_others_go_on(line: bytes) -> None:
    good = b'{"path":"a.py","unit":"f","code":"def f(): pass"}'
    odd, fine = read_given([line, b"\n", good])
    assert odd.problem
    assert (fine.path, fine.unit, fine.problem) == ("a.py", "f", "")


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("python", "price"),
        ("python", "Shop.price(amount, rate=0.1)"),
        ("java", "price"),
        ("java", "com.shop.Shop.price"),
        ("java", "Shop.price(int amount, int rate)"),
        ("cpp", "price"),
        ("cpp", "shop::price( int , int )"),
    ],
)
def test_a_name_that_can_mean_only_one_unit_is_understood(language: str, name: str) -> None:
    path, text, full = FILES[language]
    units = [u for u in find_units(language, text.encode(), path, "") if isinstance(u, Unit)]
    assert resolve(units, path, name).name == full


def test_the_parameter_list_tells_two_python_functions_of_one_name_apart() -> None:
    text = (
        b"class A:\n    @property\n    def size(self):\n        return 1\n\n"
        b"    @size.setter\n    def size(self, value):\n        self.n = value\n"
    )
    units = [u for u in find_units("python", text, "a.py", "") if isinstance(u, Unit)]
    assert "setter" in resolve(units, "a.py", "A.size(self, value)").code
    assert "property" in resolve(units, "a.py", "A.size(self)").code


def test_an_anonymous_namespace_need_not_be_named() -> None:
    text = b"namespace a {\nnamespace {\nint hidden(int x) { return x; }\n}\n}\n"
    units = [u for u in find_units("cpp", text, "a.cpp", "") if isinstance(u, Unit)]
    for name in ("a::hidden", "a::(anonymous namespace)::hidden", "hidden"):
        assert resolve(units, "a.cpp", name).name == "a::(anonymous)::hidden"


@pytest.mark.parametrize(("language", "changed"), [("python", 1), ("java", 0), ("cpp", 0)])
def test_another_indentation_changes_a_line_in_python_alone(language: str, changed: int) -> None:
    path, text, name = FILES[language]
    unit = next(u for u in find_units(language, text.encode(), path, "") if u.name == name)
    assert isinstance(unit, Unit)
    other = text.replace("return amount * rate", "    return amount * rate")
    trial = Trial(unit, Variant(unit.id, "", Origin("given")), text.encode(), other.encode())
    assert len(trial.changed_lines) == changed


@pytest.mark.parametrize(
    ("language", "comment"),
    [("python", "# pylint: off"), ("java", "// NOSONAR"), ("cpp", "// NOLINT")],
)
def test_a_comment_behind_the_function_is_an_added_one(language: str, comment: str) -> None:
    path, text, name = FILES[language]
    units = find_units(language, text.encode(), path, "")
    own = next(u for u in units if isinstance(u, Unit) and u.name == name)
    code = own.code.rstrip()
    changed = code.replace("amount * rate", "rate * amount")
    found = findings(language, code, f"{changed}\n    {comment}")
    assert found["comments"].detail == f"added 1: {comment}"


def test_evidence_is_redone_when_what_is_known_of_a_language_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = checks.fingerprint()
    grammars = shutil.copytree(bundled("grammars"), tmp_path / "grammars")
    monkeypatch.setattr(checks, "bundled", lambda *_: grammars)
    checks.fingerprint.cache_clear()
    try:
        assert checks.fingerprint() == before
        with (grammars / "java" / "capabilities.toml").open("a") as capabilities:
            capabilities.write("# another\n")
        checks.fingerprint.cache_clear()
        assert checks.fingerprint() != before
    finally:
        checks.fingerprint.cache_clear()


class Broken:
    """A runner whose compiler cannot be started."""

    def compile(self, text: bytes) -> Ran[Diagnostics]:
        return Ran(Diagnostics(False, ()), "cc", exit_code=127)


def test_a_text_is_not_called_wrong_where_the_unchanged_one_does_not_compile_either() -> None:
    text = "def f():\n    return 1\n"
    (unit,) = (u for u in find_units("python", text.encode(), "f.py", "") if isinstance(u, Unit))
    bench = Bench(Broken(), lambda _: Diagnostics(False, ()), {}, {})  # type: ignore[arg-type]  # it compiles only
    variant = Variant(unit.id, "", Origin("given"))
    trial = Trial(unit, variant, text.encode(), text.encode(), bench=bench)
    assert compiled(trial).verdict is Verdict.UNKNOWN
