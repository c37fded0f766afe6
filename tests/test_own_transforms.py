"""Transforms of one's own: pairs of patterns in the settings, and those of packages."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from codeaug.edits import rewritten
from codeaug.errors import UsageError
from codeaug.languages import find_units
from codeaug.model import Unit
from codeaug.patterns import transforms_of
from codeaug.patterns.examples import framed
from codeaug.patterns.trying import faults
from codeaug.pipeline import Session
from codeaug.settings import Settings, load_settings
from codeaug.settings.patterns import patterns_of
from codeaug.transforms import Example, Site, Subject, Transform
from tests.conftest import git
from tests.test_journey import codeaug

PAGE = (Path(__file__).parent.parent / "docs" / "own-transforms.md").read_text(encoding="utf-8")
BLOCKS = [text for text in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "name =" in text]
LANGUAGES = {tomllib.loads(text)["transforms"][0]["language"]: text for text in BLOCKS}


def made(**table: Any) -> Transform:
    given = {"name": "own", "language": "python"} | table
    return transforms_of(patterns_of([given], "transforms"))[0]


def sites(transform: Transform, language: str, code: str) -> list[tuple[Site, str]]:
    """Each site with the file that it makes, "" where it declines."""
    text, _ = framed(language, code, "")
    source, found = text.encode(), []
    for unit in find_units(language, source, f"a.{language}", ""):
        if isinstance(unit, Unit):
            for site in transform.languages[language](Subject(unit, source)):
                done = "" if site.declined else rewritten(unit, source, site.edits)[0].decode()
                found.append((site, done))
    return found


# --- what is changed ------------------------------------------------------------------------------

CHANGED = (
    ("java", "$X.size() == 0", "$X.isEmpty()",
     "boolean f(List<String> a) {\n    return a\n        .size() == 0;\n}\n",
     "boolean f(List<String> a) {\n    return a.isEmpty();\n}\n"),
    ("java", "$X.isEmpty()", "$X.size() == 0",
     "boolean f(List<String> a) { return !a.isEmpty(); }\n",
     "boolean f(List<String> a) { return !(a.size() == 0); }\n"),
    ("java", "twice($X)", "$X * 2",
     "int f(int a) { return 6 / twice(a + 1); }\n",
     "int f(int a) { return 6 / ((a + 1) * 2); }\n"),
    ("java", "if ($C) {\n    $$$A\n} else {\n    $$$B\n}",
     "if (!$C) {\n    $$$B\n} else {\n    $$$A\n}",
     "void f() {\n\tif (c == d) {\n\t\ta(); // é\n\t} else {\n\t\tb(1,\n\t\t\t2);\n\t}\n}\n",
     "void f() {\n\tif (!(c == d)) {\n\t\tb(1,\n\t\t\t2);\n\t} else {\n\t\ta(); // é\n\t}\n}\n"),
    ("java", "log($X, $$$REST)", "log.info($$$REST, $X)",
     "void f(int a) { log(a); }\n", "void f(int a) { log.info(a); }\n"),
    ("cpp", "$V.size() == 0", "$V.empty()",
     "bool f(V v) {\r\n\treturn v.size() == 0; // none\r\n}\r\n",
     "bool f(V v) {\r\n\treturn v.empty(); // none\r\n}\r\n"),
    ("cpp", "delete $P;", "destroy($P);",
     "void f(int *p, int *q) {\n    delete[] p;\n    delete q;\n}\n",
     "void f(int *p, int *q) {\n    delete[] p;\n    destroy(q);\n}\n"),
    ("cpp", "static_cast<$T>($X)", "($T)$X",
     "int f(double d) { return static_cast<int>(d + 1); }\n",
     "int f(double d) { return (int)(d + 1); }\n"),
    ("cpp", "if ($C) {\n    $$$A\n}", "if (likely($C)) {\n    $$$A\n}",
     "void f() {\n  if (a) {\n    b();\n  }\n}\n",
     "void f() {\n  if (likely(a)) {\n    b();\n  }\n}\n"),
    ("python", "$A if $C else $B", "$B if not $C else $A",
     "def f(a):\n    return (g() if a else h()) + 1\n",
     "def f(a):\n    return (h() if not a else g()) + 1\n"),
    ("python", "$X in ($A, $B)", "$X == $A or $X == $B",
     "def f(x, a, b):\n    return not x in (a, b)\n",
     "def f(x, a, b):\n    return not (x == a or x == b)\n"),
    ("python", "print($X)", "if DEBUG:\n    print($X)",
     "def f(x):\n\twhile x:\n\t\tprint(x.\n\t\t      y)\n\t\tx = print(x)\n",
     "def f(x):\n\twhile x:\n\t\tif DEBUG:\n\t\t\tprint(x.\n\t\t\t      y)\n\t\tx = print(x)\n"),
    ("python", "for $I in $X:\n    $$$B", "for $I in $X:\n    step()\n    $$$B",
     "def f(x):\n  for i in x:\n    # one\n    a()\n    b()\n",
     "def f(x):\n  for i in x:\n    step()\n    # one\n    a()\n    b()\n"),
    ("python", "dict($$$A)", "make(dict, $$$A)",
     "def f():\n    return dict()\n", "def f():\n    return make(dict)\n"),
    ("python", "$_.close()", "close()", "def f(x):\n    x.close()\n", "def f(x):\n    close()\n"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after", "old", "new"), CHANGED)
def test_a_place_like_before_becomes_like_after(
    language: str, before: str, after: str, old: str, new: str
) -> None:
    transform = made(language=language, before=before, after=after)
    assert [done for site, done in sites(transform, language, old) if not site.declined] == [new]


# --- what is left alone ---------------------------------------------------------------------------

DECLINED = (
    ("java", "twice($X)", "$X + $X", "int f() { return twice(g()); }", "PURE"),
    ("java", "max($A, $B)", "max($B, $A)", "int f(int a) { return max(a, g()); }", "PURE"),
    ("java", "f($X, $Y)", "f($Y)", "void g(int a) { f(h(), a); }", "PURE"),
    ("java", "$X.size() == 0", "$X.isEmpty()",
     "boolean f(List<T> a) { return a.size() /* now */ == 0; }", "TRIVIA"),
    ("java", "return $X;", "var result = $X;\nreturn result;",
     "int f(int result) {\n    return g(result);\n}\n", "FRESH"),
    ("java", "int $Y = $X;\nreturn $Y;", "return $X;",
     "int f() {\n    int y = 1; // why\n    return y;\n}\n", "TRIVIA"),
    ("java", "go($X);", "prepare($X);\ngo($X);",
     "void f(int a) {\n    if (a > 1) go(a);\n}\n", "PARSE"),
    ("java", "for (int $I = 0; $I < $N; $I++) {\n    $$$B\n}",
     "int $I = 0;\nwhile ($I < $N) {\n    $$$B\n    $I++;\n}",
     "void f(int n) {\n    for (int i = 0; i < n; i++) {\n        g();\n    }\n    g(i);\n}\n",
     "FRESH"),
    ("cpp", "if (true) {\n    $$$A\n}", "$$$A",
     "void f() {\n    if (true) {\n        Guard g;\n    }\n}\n", "TRIVLIFE"),
    ("cpp", "max($A, $B)", "max($B, $A)", "int f(int a) { return max(a, g()); }", "PURE"),
    ("cpp", "$A + $B", "add($A, $B)",
     "#define SUM(x) x\nint f(int a) { return SUM(a) + 1; }\n", "NOMACRO"),
    ("cpp", "go($X);", "prepare($X);\ngo($X);",
     "void f(int a) {\n    go(a); // quickly\n}\n", "TRIVIA"),
    ("python", "$Y = $X\nreturn $Y", "return $X",
     "def f(a):\n    y = 1\n    h(lambda: y)\n    y = a\n    return y\n", "FRESH"),
    ("python", "$Y = $X\nreturn $Y", "return $X",
     "def f(self):\n    self.y = 1\n    return self.y\n", "PURE"),
    ("python", "f($X)", "g($X, $X)", "def h(a):\n    return f(a.b)\n", "PURE"),
    ("python", "f($X)", "1 + $X", "def h(a):\n    return f(*a)\n", "PARSE"),
    ("python", "go($X)", "prepare($X)\ngo($X)",
     "def f(a):\n    if a: go(a)\n", "PARSE"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "before", "after", "code", "predicate"), DECLINED)
def test_what_could_mean_something_else_declines(
    language: str, before: str, after: str, code: str, predicate: str
) -> None:
    transform = made(language=language, before=before, after=after)
    assert [site.declined for site, _ in sites(transform, language, code)] == [predicate]


ASKED = (
    ("java", "PURE", "int f(int a) { return ask(a + 1); }", "int f() { return ask(g()); }"),
    ("java", "NOTHROW", "int f(int a) { return ask(a); }", "int f(int a) { return ask(1 / a); }"),
    ("java", "BUILTIN", "int f(int a) { return ask(a); }", "int f(Integer a) { return ask(a); }"),
    ("java", "INTEGRAL", "int f(long a) { return ask(a); }", "int f(double a) { return ask(a); }"),
    ("java", "BOOLVAL", "int f(int a) { return ask(a < 1); }", "int f(int a) { return ask(a); }"),
    ("java", "FRESH", "int f(int a) { return ask(b); }", "int f(int a) { return ask(a); }"),
    ("java", "NOCAP", "int f(int a) { return ask(a); }",
     "int f(int a) { g(() -> a); return ask(a); }"),
    ("cpp", "PURE", "int f(int a) { return ask(a + 1); }", "int f() { return ask(g()); }"),
    ("cpp", "NOTHROW", "int f(int a) { return ask(a); }", "int f(int a) { return ask(1 / a); }"),
    ("cpp", "BUILTIN", "int f(int a) { return ask(a); }", "int f(Money a) { return ask(a); }"),
    ("cpp", "INTEGRAL", "int f(long a) { return ask(a); }", "int f(double a) { return ask(a); }"),
    ("cpp", "BOOLVAL", "int f(bool a) { return ask(a); }", "int f(int a) { return ask(a); }"),
    ("cpp", "FRESH", "int f(int a) { return ask(b); }", "int f(int a) { return ask(a); }"),
    ("cpp", "NOCAP", "int f(int a) { return ask(a); }",
     "int f(int a) { g([&] { return a; }); return ask(a); }"),
    ("python", "PURE", "def f(a):\n    return ask(a)\n", "def f(a):\n    return ask(a.b)\n"),
    ("python", "NOTHROW", "def f(a):\n    return ask(a)\n",
     "def f(a: int):\n    return ask(1 / a)\n"),
    ("python", "BUILTIN", "def f(a: int):\n    return ask(a)\n", "def f(a):\n    return ask(a)\n"),
    ("python", "INTEGRAL", "def f(a: int):\n    return ask(a)\n",
     "def f(a: float):\n    return ask(a)\n"),
    ("python", "BOOLVAL", "def f(a):\n    return ask(not a)\n", "def f(a):\n    return ask(a)\n"),
    ("python", "FRESH", "def f(a):\n    return ask(b)\n", "def f(a):\n    return ask(a)\n"),
    ("python", "NOCAP", "def f(a):\n    return ask(a)\n",
     "def f(a):\n    g(lambda: a)\n    return ask(a)\n"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "predicate", "met", "unmet"), ASKED)
def test_each_predicate_can_be_asked_in_each_language(
    language: str, predicate: str, met: str, unmet: str
) -> None:
    transform = made(
        language=language, before="ask($X)", after="tell($X)", where={"X": [predicate]}
    )
    assert [site.declined for site, _ in sites(transform, language, met)] == [""]
    assert [site.declined for site, _ in sites(transform, language, unmet)] == [predicate]


ODD = {
    "java": 'class A {{\n\tint é() {{\n\t\treturn 1 + ask("é😀", 2); /* ü */\n\t}}\n}}',
    "cpp": 'int f()\n{{\n\treturn 1 + ask("é😀", 2); // ü\n}}',
    "python": '# é\ndef f():\n\treturn 1 + ask("é😀", 2)  # ü',
}


@pytest.mark.parametrize("language", ODD)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_odd_files_stay_as_they_are_but_for_the_edit(
    language: str, newline: str, mark: str
) -> None:
    transform = made(language=language, before="ask($A, $B)", after="tell($A, $B, 3)")
    code = mark + ODD[language].format().replace("\n", newline)
    (unit,) = find_units(language, code.encode(), f"a.{language}", "")
    assert isinstance(unit, Unit)
    (site,) = transform.languages[language](Subject(unit, code.encode()))
    changed = rewritten(unit, code.encode(), site.edits)[0].decode()
    assert changed == code.replace("ask(", "tell(").replace("2)", "2, 3)")


def test_functions_and_classes_inside_are_units_of_their_own() -> None:
    transform = made(before="f($X)", after="g($X)")
    code = "def outer(x):\n    def inner(y):\n        return f(y)\n    return f(x)\n"
    found = [done for _, done in sites(transform, "python", code)]
    assert code.replace("f(x)\n", "g(x)\n").replace("outer(x)", "outer(x)") in found
    assert all(done.count("g(") == 1 for done in found)
    assert len(found) == len(set(found))


def test_a_way_back_is_a_transform_of_its_own() -> None:
    table = {"name": "a", "language": "python", "before": "f($X)", "after": "g($X)"}
    both = transforms_of(patterns_of([table | {"both_ways": True}], "transforms"))
    assert [one.name for one in both] == ["a", "a-back"]
    ((_, done),) = sites(both[1], "python", "def h(x):\n    return g(x)\n")
    assert done == "def h(x):\n    return f(x)\n"


# --- what a file may not say ----------------------------------------------------------------------

WRONG = (
    ({"before": "f($X)", "after": "g($Y)"}, r"\$Y is in after and not in before; did you mean"),
    ({"before": "f($x)", "after": "g()"}, r"'\$x' is no metavariable"),
    ({"before": "f($X)", "after": "g($X)", "where": {"X": ["PUR"]}}, "did you mean 'PURE'"),
    ({"before": "f($X)", "after": "g($X)", "where": {"XS": ["PURE"]}}, "did you mean 'X'"),
    ({"before": "f($X)", "after": "g($X)", "befor": "f"}, "did you mean 'before'"),
    ({"before": "f($X)", "after": "f($X)"}, "before and after are the same"),
    ({"before": "$X", "after": "f($X)"}, "not a metavariable alone"),
    ({"before": "f($_)", "after": "g($_)"}, "stands for anything"),
    ({"before": "f($$$A, $$$A)", "after": "g()"}, "only once"),
    ({"before": "f($X", "after": "g($X)"}, "cannot be read"),
    ({"before": "f($X)", "after": "g($X", "language": "java"}, "cannot be read"),
    ({"before": "f($X);", "after": "g($X)", "language": "java"}, "before is statements, after"),
    ({"before": "f($_)", "after": "g()", "where": {"_": ["PURE"]}}, "there is no metavariable '_'"),
    ({"before": "f($X)  # why", "after": "g($X)"}, "may hold no comment"),
    ({"before": "if ($C) {\n    $$$A\n    f();\n}", "after": "f();", "language": "java"},
     "must be the last of its block"),
    ({"before": "{ f(); }", "after": "g();", "language": "cpp"}, "a block alone"),
    ({"before": "f($X)", "after": "g($X)", "language": "jav"}, "did you mean 'java'"),
    ({"before": "f($X)", "after": "g($X)", "tier": "Z"}, "unknown tier"),
    ({"before": "f($X)", "after": "g($X)", "name": "F"}, "a name is words in small letters"),
    ({"before": "f($X)", "after": "g($X)", "name": "rename-local"}, "the name of another"),
    ({"before": "f($X)", "after": "g()", "both_ways": True}, r"the way back: \$X is in after"),
    ({"before": "f($X)", "after": "g($X)", "examples": [{"before": "f(1)"}]}, "either after or"),
)  # fmt: skip


@pytest.mark.parametrize(("table", "said"), WRONG)
def test_what_is_wrong_with_a_pattern_is_said_in_a_sentence(
    table: dict[str, Any], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        made(**table)


def test_own_and_the_repositorys_transforms_add_up(tmp_path: Path) -> None:
    text = '[[transforms]]\nname = "{}"\nlanguage = "java"\nbefore = "f($X)"\nafter = "{}($X)"\n'
    home, folder = tmp_path / "home" / "codeaug", tmp_path / "repo"
    for place, tables in ((home, (("a", "g"), ("b", "g"))), (folder, (("b", "h"),))):
        place.mkdir(parents=True)
        whole = "".join(text.format(*pair) for pair in tables)
        (place / "codeaug.toml").write_text(whole)
    loaded = load_settings(folder, {}, {"XDG_CONFIG_HOME": str(home.parent)})
    found = {one.name: one.after for one in loaded.settings.transforms}
    assert found == {"a": "g($X)", "b": "h($X)"}
    assert loaded.origins["transforms"].endswith("codeaug.toml, codeaug.toml")


def test_a_changed_pattern_makes_units_be_asked_again() -> None:
    def key(after: str) -> Any:
        table = {"name": "a", "language": "python", "before": "f($X)", "after": after}
        settings = Settings(transforms=patterns_of([table], "transforms"))
        return Session.engine_key.fget(SimpleNamespace(settings=settings))

    assert key("g($X)") == key("g($X)") != key("h($X)")


# --- trying them ----------------------------------------------------------------------------------

FAULTY = (
    ([], "no example changes anything"),
    ([{"before": "f(1)", "after": "g(2)"}], "the result is another"),
    ([{"before": "f(1)", "after": "g(1)"}, {"before": "f(1)", "declined": ""}], "should not be"),
    ([{"before": "f(1)", "after": "g(1)"}, {"before": "h(1)", "declined": "PURE"}], "no site"),
    ([{"before": "h(1)", "after": "g(1)"}], "nothing is changed: there is no site"),
)  # fmt: skip


@pytest.mark.parametrize(("examples", "said"), FAULTY)
def test_an_example_that_does_not_hold_is_told(examples: list[dict[str, str]], said: str) -> None:
    transform = made(before="f($X)", after="g($X)", examples=examples)
    assert any(said in fault for fault in faults(transform)), list(faults(transform))


def test_a_transform_that_applies_to_its_own_result_is_told() -> None:
    example = {"before": "return f(a)", "after": "return g(f(a))"}
    transform = made(before="f($X)", after="g(f($X))", examples=[example])
    assert list(faults(transform)) == ["example 1: it applies once more to its own result"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_patterns_of_the_page_do_what_they_say(language: str, tmp_path: Path) -> None:
    (tmp_path / "codeaug.toml").write_text(LANGUAGES[language])
    settings = load_settings(tmp_path, {}, {"XDG_CONFIG_HOME": str(tmp_path)}).settings
    for transform in transforms_of(settings.transforms):
        assert list(faults(transform)) == []
        assert any(example.after for example in transform.examples)


def test_the_package_of_the_page_does_what_it_says() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    (transform,) = names["TRANSFORMS"]
    assert list(faults(transform)) == []
    assert {example.language for example in transform.examples} == {"java", "cpp", "python"}
    broken = Example("python", "def f():\n    return 0xff\n", "def f():\n    return 0xfF\n")
    wrong = Transform("a", "", "A", dict(transform.languages), (broken,))
    assert len(list(faults(wrong))) == 3  # of the other two languages it has none


MIRRORED = """per_unit = 9
[[transforms]]
name = "mirrored"
language = "{}"
before = "$A > $B"
after = "$B < $A"
examples = [{{ before = "{}", after = "{}" }}]
"""
MIRRORS = {
    "java": "int f(int a) { return a > 1 ? a : 2; }",
    "cpp": "int f(int a) { return a > 1 ? a : 2; }",
    "python": "return 1 if 3 > 2 else 4",
}


@pytest.mark.slow
@pytest.mark.parametrize("language", MIRRORS)
def test_a_run_makes_variants_by_a_pattern_and_judges_them(
    language: str, judgeable_repository: Callable[[str], Path]
) -> None:
    folder, before = judgeable_repository(f"journey-{language}"), MIRRORS[language]
    swapped = re.sub(r"(\w+) > (\w+)", r"\2 < \1", before)
    (folder / "codeaug.toml").write_text(MIRRORED.format(language, before, swapped))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "A pattern")
    told = json.loads(codeaug("transforms", "test", "--repo", folder, "--json"))
    (row,) = told["transforms"]
    assert (row["name"], row["origin"], row["faults"]) == ("mirrored", "settings", [])
    place = row["shown"][0]
    assert "<" in place["diff"]
    codeaug("run", folder, "--json")
    story = json.loads(codeaug("explain", f"{place['path']}::{place['unit']}", folder, "--json"))
    found = [v for v in story["variants"] if "mirrored" in v["variant"]["origin"]["recipe"]]
    assert found
    for variant in found:
        assert variant["evidence"]["verdict"] == "passed"
        assert "parsed" in {finding["check"] for finding in variant["evidence"]["findings"]}


def test_places_where_a_line_would_be_longer_than_the_settings_allow_are_declined(
    tmp_path: Path,
) -> None:
    shown = 'before = "return f($X)"\nafter = "return a_name_that_is_very_much_longer($X)"\n'
    example = f"examples = [{{ {', '.join(shown.replace('$X', '1').splitlines())} }}]\n"
    table = f'[[transforms]]\nname = "longer"\nlanguage = "python"\n{shown}{example}'
    (tmp_path / "codeaug.toml").write_text(table)
    (tmp_path / "a.py").write_text("def g(value):\n    return f(value)\n")
    git(tmp_path, "init", "-q")
    for limit, found in ((80, (1, {})), (40, (0, {"NATURAL": 1}))):
        (tmp_path / "ruff.toml").write_text(f"line-length = {limit}\n")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-qm", f"Lines of {limit}")
        told = json.loads(codeaug("transforms", "test", "--repo", tmp_path, "--json"))
        (row,) = told["transforms"]
        assert (row["applied"], row["declined"]) == found
