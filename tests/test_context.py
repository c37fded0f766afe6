"""What evidence about a unit depends on: its context changes with that, and with nothing else."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from codeaug.languages import find_units, language_of
from codeaug.model import Oracle, Project, SourceFile, Unit
from codeaug.oracles import Contexts, facts_of

PYTHON = {
    "shop.py": "import re\nfrom fees import FEE\nLIMIT = 10\nOTHER = 1\n\n\n"
    "def price(x):\n    return min(x, LIMIT) + FEE\n\n\ndef name(x):\n    return re.escape(x)\n",
    "fees.py": "FEE = 1\n",
    "tests/conftest.py": "import os\n",
    "tests/test_shop.py": "from shop import price, name\nBASE = 1\n\n\n"
    "def test_price():\n    assert price(BASE) == 2\n\n\n"
    "def test_name():\n    assert name('a') == 'a'\n",
}
JAVA = {
    "src/main/java/shop/Shop.java": "package shop;\nimport java.util.List;\npublic class Shop {\n"
    "  static final int LIMIT = 10;\n"
    "  int price(int x) { return Math.min(x, LIMIT); }\n"
    "  int name(List<String> x) { return x.size(); }\n}\n",
    "src/test/java/shop/Help.java": "package shop;\nclass Help { }\n",
    "src/test/java/shop/ShopTest.java": "package shop;\nimport org.junit.Test;\n"
    "public class ShopTest {\n"
    "  @Test public void price() { check(new Shop().price(1) == 1); }\n"
    "  @Test public void name() { check(new Shop().name(null) == 1); }\n"
    "  void check(boolean right) { assert right; }\n}\n",
}
CPP = {
    "shop.cpp": '#include "shop.h"\nint price(int x) { return x < LIMIT ? x : LIMIT; }\n'
    "int name(const char* x) { return x[0]; }\n",
    "shop.h": "#define LIMIT 10\nint price(int x);\nint name(const char* x);\n",
    "test_help.h": "inline int one() { return 1; }\n",
    "test_price.cpp": '#include "shop.h"\n#include <gtest/gtest.h>\n'
    "TEST(Shop, price) { EXPECT_EQ(price(1), 1); }\n",
    "test_name.cpp": '#include "shop.h"\n#include <gtest/gtest.h>\n'
    'TEST(Shop, name) { EXPECT_EQ(name("a"), 97); }\n',
}
WORLDS = {"python": PYTHON, "java": JAVA, "cpp": CPP}
TESTS = {
    "python": "tests/test_shop.py::test_{}",
    "java": "shop.ShopTest#{}",
    "cpp": "all_tests::Shop.{}",
}
BUILDS = {"python": "pytest", "java": "maven", "cpp": "cmake"}
SOURCE = {"python": "shop.py", "java": "src/main/java/shop/Shop.java", "cpp": "shop.cpp"}
TEST_FILE = {
    "python": "tests/test_shop.py",
    "java": "src/test/java/shop/ShopTest.java",
    "cpp": "test_price.cpp",
}


def contexts(
    language: str, files: Mapping[str, str], others: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The contexts of `price` and `name`, and under "" the essence of it all."""
    facts = {
        path: facts_of(SourceFile(path, language, "blob", len(text)), text.encode())
        for path, text in files.items()
        if language_of(path) == language
    }
    project = Project(BUILDS[language], "", (language,))
    found = Contexts(project, [project], facts, others or {"build": "1"})
    answer = {"": found.essence}
    for path, text in files.items():
        for unit in find_units(language, text.encode(), path, "blob"):
            last = unit.name.rpartition(".")[2]
            if isinstance(unit, Unit) and last in ("price", "name") and not facts[path].is_test:
                oracle = Oracle(unit.id, "c", (TESTS[language].format(last),), ())
                answer[last] = found.of(unit, oracle)
    return answer


def changed(language: str, path: str, before: str, after: str) -> set[str]:
    """Whose contexts change with a file's text; "" is the essence."""
    files = WORLDS[language]
    assert before in files[path]
    old = contexts(language, files)
    new = contexts(language, {**files, path: files[path].replace(before, after, 1)})
    assert old.keys() == {"", "price", "name"}
    return {name for name in old if old[name] != new[name]}


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("python", "x, LIMIT) + FEE", "x,\n        LIMIT,  # the most\n    ) + FEE"),
        ("java", "{ return x.size(); }", "\n  {\n    // how many\n    return x.size();\n  }"),
        ("cpp", "{ return x[0]; }", "\n{\n  /* first */ return x[0];\n}"),
    ],
)
def test_layout_and_comments_change_nothing(language: str, before: str, after: str) -> None:
    assert changed(language, SOURCE[language], before, after) == set()


@pytest.mark.parametrize(
    ("language", "path", "before", "after"),
    [
        ("python", "tests/test_shop.py", "price(BASE) == 2", "price(2) == 3"),
        ("java", TEST_FILE["java"], "price(1) == 1", "price(2) == 2"),
        ("cpp", "test_price.cpp", "price(1), 1", "price(2), 2"),
    ],
)
def test_a_test_is_behind_the_units_that_it_executes(
    language: str, path: str, before: str, after: str
) -> None:
    assert changed(language, path, before, after) == {"", "price"}


@pytest.mark.parametrize(
    ("language", "path", "before", "after"),
    [
        ("python", "tests/test_shop.py", "BASE = 1", "BASE = 2"),
        ("python", "tests/conftest.py", "import os", "import os\nos.umask(0)"),
        ("java", TEST_FILE["java"], "assert right", "assert !!right"),
        ("java", "src/test/java/shop/Help.java", "{ }", "{ int x; }"),
        ("cpp", "test_help.h", "return 1", "return 2"),
    ],
)
def test_what_tests_share_is_behind_all_units(
    language: str, path: str, before: str, after: str
) -> None:
    assert changed(language, path, before, after) == {"", "price", "name"}


@pytest.mark.parametrize(
    ("language", "path", "before", "after"),
    [
        ("python", "shop.py", "LIMIT = 10", "LIMIT = 11"),
        ("python", "fees.py", "FEE = 1", "FEE = 2"),
        ("java", SOURCE["java"], "LIMIT = 10", "LIMIT = 11"),
        ("cpp", "shop.h", "LIMIT 10", "LIMIT 11"),
    ],
)
def test_a_declaration_is_behind_the_units_that_name_it(
    language: str, path: str, before: str, after: str
) -> None:
    assert changed(language, path, before, after) == {"", "price"}


def test_a_declaration_that_no_unit_names_is_behind_none() -> None:
    assert changed("python", "shop.py", "OTHER = 1", "OTHER = 2") == {""}


def test_from_which_of_our_own_files_something_comes_does_not_matter() -> None:
    files = {p.replace("fees", "money"): t.replace("fees", "money") for p, t in PYTHON.items()}
    old, new = contexts("python", PYTHON), contexts("python", files)
    assert {name for name in old if old[name] != new[name]} == {""}


def test_from_which_package_of_others_something_comes_does() -> None:
    assert changed("python", "shop.py", "import re\n", "import regex as re\n") == {"", "name"}


@pytest.mark.parametrize("language", sorted(WORLDS))
def test_a_renamed_test_file_changes_no_context(language: str) -> None:
    files = dict(WORLDS[language])
    path = TEST_FILE[language]
    moved = path.replace("test_shop", "test_store").replace("test_price", "test_prices")
    if language == "java":
        moved = "other/" + path
    files[moved] = files.pop(path)
    tests = dict(TESTS)
    try:
        TESTS["python"] = TESTS["python"].replace("test_shop", "test_store")
        new = contexts(language, files)
    finally:
        TESTS.update(tests)
    old = contexts(language, WORLDS[language])
    assert {name for name in old if old[name] != new[name]} <= {""}


@pytest.mark.parametrize("language", sorted(WORLDS))
def test_the_build_is_behind_all_units(language: str) -> None:
    old = contexts(language, WORLDS[language])
    new = contexts(language, WORLDS[language], {"build": "2"})
    assert all(old[name] != new[name] for name in old)


def inherited(other: str, test: str = "tests/test_shop.py::Inherited::test_{}") -> str:
    """The context of `price` under a test of that id, beside another test file."""
    files = {**PYTHON, "tests/test_other.py": other}
    before = TESTS["python"]
    TESTS["python"] = test
    try:
        return contexts("python", files)["price"]
    finally:
        TESTS["python"] = before


OTHER = "class Base:\n    def test_{}(self):\n        assert {}\n"


def test_an_inherited_test_is_every_test_of_its_name() -> None:
    assert inherited(OTHER.format("price", 1)) != inherited(OTHER.format("price", 2))
    assert inherited(OTHER.format("more", 1)) == inherited(OTHER.format("more", 2))


def test_a_test_that_is_not_found_by_its_id_is_all_tests() -> None:
    lost = "tests/test_shop.py::lost_{}"
    assert inherited(OTHER.format("more", 1), lost) != inherited(OTHER.format("more", 2), lost)


# --- what readers found ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "python",
            "A = 1\n(C, D) = 1, 2\n[I, J] = 1, 2\nF += 1\nTABLE['x'] = 10\nE = LATE = 7\n"
            "if A:\n    Y = 1\ntry:\n    Z = 1\nexcept E:\n    pass\nclass K(B):\n    z = 3\n"
            "    p, q = 1, 2\n    def f(self):\n        local = 4\n",
            {"A", "C", "D", "I", "J", "F", "TABLE", "E", "LATE", "Y", "Z", "K", "B", "z", "p", "q"},
        ),
        (
            "java",
            "interface I { int K = 1; }\nclass A { static final int X = 1, Y = 2; static { S = 3; }"
            "\n void f() { int local = 3; } }\nenum E { ONE(1), TWO { void g() {} }; }\n"
            "record P(int left, int right) { }\n",
            {"K", "X", "Y", "S", "ONE", "TWO", "left", "right"},
        ),
        (
            "cpp",
            "#ifndef G\n#define G\n#define M(x) x\nconst int GUARDED = 1;\n#endif\n"
            'using T = int; typedef long U; enum E { ONE, TWO };\nextern "C" const int L;\n'
            "template <class V> constexpr V PI = 3;\nusing b::edge;\n"
            "static inline const char* const NAMES[] = {};\n"
            "namespace n { static int* g = 0; int h(int param); }\n"
            "struct S { int x, *y; int f() { int local = 1; return local; } };",
            {
                "M",
                "GUARDED",
                "T",
                "U",
                "ONE",
                "TWO",
                "L",
                "PI",
                "edge",
                "NAMES",
                "g",
                "h",
                "x",
                "y",
            },
        ),
    ],
)
def test_what_a_file_declares_outside_functions_is_known(
    language: str, text: str, names: set[str]
) -> None:
    facts = facts_of(SourceFile("file", language, "blob", 0), text.encode())
    declared = {name for _, names, _ in facts.pieces for name in names}
    assert names <= declared
    assert not {"local", "param", "if", "int", "static"} & declared


def test_a_fixture_that_is_named_like_a_test_is_none() -> None:
    before = "import pytest\n\n\n@pytest.fixture\ndef test_client():\n    return {}\n"
    for path in ("tests/conftest.py", "tests/fixtures.py"):
        facts = [
            facts_of(SourceFile(path, "python", "blob", 0), before.format(n).encode())
            for n in (1, 2)
        ]
        assert [one.tests for one in facts] == [{}, {}]
        assert facts[0].tokens != facts[1].tokens


def test_a_declaration_that_another_one_names_is_behind_the_unit_too() -> None:
    files = {**PYTHON, "shop.py": PYTHON["shop.py"].replace("LIMIT = 10", "LIMIT = BASE * 2")}
    old = contexts("python", {**files, "base.py": "BASE = 5\n"})
    new = contexts("python", {**files, "base.py": "BASE = 6\n"})
    assert {name for name in old if old[name] != new[name]} == {"", "price"}


def test_what_is_imported_by_no_name_is_behind_all_units_of_the_file() -> None:
    files = {**PYTHON, "shop.py": "from math import *\n" + PYTHON["shop.py"]}
    other = {**files, "shop.py": "from cmath import *\n" + PYTHON["shop.py"]}
    old, new = contexts("python", files), contexts("python", other)
    assert {name for name in old if old[name] != new[name]} == {"", "price", "name"}


def test_what_a_test_file_uses_of_another_one_is_behind_its_tests() -> None:
    base = "class Base:\n    def setup_method(self):\n        self.x = {}\n\n"
    base += "    def test_itself(self):\n        assert self.x\n"
    tests = "from tests.base import Base\n" + PYTHON["tests/test_shop.py"]
    files = {**PYTHON, "tests/test_shop.py": tests}
    old = contexts("python", {**files, "tests/base.py": base.format(1)})
    new = contexts("python", {**files, "tests/base.py": base.format(2)})
    assert {name for name in old if old[name] != new[name]} == {"", "price", "name"}


def test_what_a_java_test_calls_of_another_test_class_is_behind_it() -> None:
    path, other = TEST_FILE["java"], "src/test/java/shop/AppTest.java"
    app = "package shop;\nclass AppTest {{\n  @Test void a() {{ }}\n"
    app += "  static int one() {{ return {}; }}\n}}\n"
    calls = JAVA[path].replace("price(1) == 1", "price(1) == AppTest.one()")
    old = contexts("java", {**JAVA, path: calls, other: app.format(1)})
    new = contexts("java", {**JAVA, path: calls, other: app.format(2)})
    assert {name for name in old if old[name] != new[name]} == {"", "price", "name"}


def test_of_two_test_classes_with_one_name_both_count() -> None:
    path, other = TEST_FILE["java"], f"module/{TEST_FILE['java']}"
    files = {**JAVA, other: JAVA[path]}
    old = contexts("java", files)
    for changed_path in (path, other):
        text = files[changed_path].replace("price(1) == 1", "price(2) == 2")
        new = contexts("java", {**files, changed_path: text})
        assert {name for name in old if old[name] != new[name]} == {"", "price"}


def essences(others: Mapping[str, str], roots: tuple[str, ...]) -> dict[str, str]:
    projects = [Project("pytest", root, ("python",)) for root in roots]
    return {p.root: Contexts(p, projects, {}, others).essence for p in projects}


def test_a_file_of_no_project_and_one_above_may_be_behind_all_one_beside_behind_none() -> None:
    files = {"shared/data.json": "1", "a/data.json": "1", "b/data.json": "1"}
    old = essences(files, ("a", "b"))
    shared = essences(files | {"shared/data.json": "2"}, ("a", "b"))
    assert all(old[root] != shared[root] for root in old)
    beside = essences(files | {"a/data.json": "2"}, ("a", "b"))
    assert {root for root in old if old[root] != beside[root]} == {"a"}
    nested = essences({"top.json": "1", "a/in.json": "1"}, ("", "a"))
    above = essences({"top.json": "2", "a/in.json": "1"}, ("", "a"))
    assert all(nested[root] != above[root] for root in nested)


def test_a_build_script_is_part_of_the_build() -> None:
    files = {**PYTHON, "setup.py": "import setuptools\nsetuptools.setup(install_requires=['a'])\n"}
    other = files | {"setup.py": files["setup.py"].replace("'a'", "'b'")}
    old, new = contexts("python", files), contexts("python", other)
    assert all(old[name] != new[name] for name in old)
