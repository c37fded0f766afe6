"""What a repository's own settings say of layout, and its formatter on lines that are new."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from codeaug.engines.rules import propose
from codeaug.engines.rules.habits import Habits
from codeaug.formatters import TOOLS, Style, Styles, laid_out
from codeaug.languages import find_units
from codeaug.model import Edit, Unit
from codeaug.predicates.width import fits
from codeaug.transforms import Subject, sites
from codeaug.variants import Habits as HabitsOfRepository

ROOT = Path(__file__).parent / "repos" / "styled"
PATHS = sorted(p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file())
FILES = {"python": "cart.py", "cpp": "src/cart.cpp", "java": "src/shop/Cart.java"}
LANGUAGES = sorted(FILES)


def read(path: str) -> bytes:
    return (ROOT / path).read_bytes()


STYLES = Styles.read(PATHS, read)


def unit_of(language: str, source: bytes, path: str = "") -> Unit:
    found = find_units(language, source, path or FILES[language], "")
    return next(unit for unit in found if isinstance(unit, Unit))


def laid(language: str, old: str, new: str, source: bytes = b"") -> str:
    """The unit of the tiny repository with `old` replaced by `new`, laid out."""
    source = source or read(FILES[language])
    unit = unit_of(language, source)
    assert old in unit.code
    style = STYLES.of(language, FILES[language])
    return laid_out(unit, source, unit.code.replace(old, new), style)


# --- what settings say ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "path", "files", "limit", "indent", "tool"),
    [
        ("python", "a/b.py", {"pyproject.toml": "[tool.ruff]\n"}, 88, "    ", "ruff"),
        ("python", "b.py", {"ruff.toml": "line-length = 79\nindent-width = 2"}, 79, "  ", "ruff"),
        ("python", "b.py", {"pyproject.toml": "[tool.black]\nline-length=99"}, 99, "    ", "ruff"),
        ("python", "b.py", {"pyproject.toml": "[tool.mypy]\nstrict=true"}, 0, "", ""),
        ("python", "b.py", {"pyproject.toml": "[tool.ruff"}, 0, "", ""),
        ("python", "b.py", {"setup.cfg": "[flake8]\nmax-line-length = 110"}, 110, "", ""),
        ("python", "b.py", {"tox.ini": "[pycodestyle]\nmax_line_length = 90"}, 90, "", ""),
        ("python", "a/b.py", {"ruff.toml": "line-length=79", "a/ruff.toml": "line-length=60"}, 60,
         "    ", "ruff"),
        ("cpp", "a/b.cpp", {".clang-format": "BasedOnStyle: Google"}, 80, "  ", "clang-format"),
        ("cpp", "b.h", {"_clang-format": "{BasedOnStyle: Microsoft, IndentWidth: 2}"}, 120, "  ",
         "clang-format"),
        ("cpp", "b.h", {".clang-format": "ColumnLimit: 0\nUseTab: Always"}, 0, "\t",
         "clang-format"),
        ("cpp", "b.h", {".clang-format": "Language: Java\nColumnLimit: 90"}, 0, "", ""),
        ("cpp", "b.h", {".clang-format": "DisableFormat: true"}, 80, "  ", ""),
        ("cpp", "a/b.h", {".clang-format": "ColumnLimit: 99", "a/.clang-format": "ColumnLimit: 60"},
         60, "  ", "clang-format"),
        ("java", "b.java", {".clang-format": "BasedOnStyle: Google"}, 0, "", ""),
        ("java", "m/b.java", {"pom.xml": "<googleJavaFormat/>"}, 100, "  ", ""),
        ("java", "m/b.java", {"build.gradle": "googleJavaFormat().aosp()"}, 100, "    ", ""),
        ("java", "b.java", {"build.gradle.kts": "palantirJavaFormat()"}, 120, "    ", ""),
        ("java", "b.java", {"config/checkstyle.xml": '<module name="LineLength">'
         '<property name="max" value="130"/></module>'}, 130, "", ""),
        ("java", "a/b.java", {".editorconfig": "[*.java]\nmax_line_length=90\nindent_style=tab"},
         90, "\t", ""),
        ("java", "a/b.java", {".editorconfig": "[b/*]\nmax_line_length = 90"}, 0, "", ""),
        ("java", "a/b.java", {".editorconfig": "[*]\nmax_line_length = 90", "a/.editorconfig":
         "root = true\n[*]\nindent_size = 2"}, 0, "  ", ""),
        ("java", "b.java", {".editorconfig": "[*]\nmax_line_length = off"}, 0, "", ""),
        ("java", "b.java", {".editorconfig": "[*a*a*a*a*]\nmax_line_length = 90"}, 0, "", ""),
    ],
)  # fmt: skip
def test_settings_say(
    language: str, path: str, files: dict[str, str], limit: int, indent: str, tool: str
) -> None:
    style = Styles(files).of(language, path)
    assert (style.limit, style.indent, style.tool) == (limit, indent, tool)


def test_the_tool_that_lays_out_has_the_last_word_and_others_fill_what_it_leaves_open() -> None:
    styles = [STYLES.of(language, FILES[language]) for language in ("python", "cpp", "java")]
    assert [(style.limit, style.indent) for style in styles] == [
        (72, "    "),
        (70, "  "),
        (90, "  "),
    ]


@pytest.mark.parametrize(
    ("language", "files", "why"),
    [
        ("cpp", {".clang-format": "NoSuchOption: 1"}, "unknown key 'NoSuchOption'"),
        ("cpp", {".clang-format": "BasedOnStyle: InheritParentConfig"}, "InheritParentConfig"),
        ("cpp", {".clang-format": "BasedOnStyle: file:/etc/passwd"}, "no predefined style"),
        ("cpp", {".clang-format": "Macros: &a [x]\nOther: [*a, *a]"}, "aliases"),
        ("cpp", {".clang-format": "IndentWidth: 99999999"}, "too large"),
        ("cpp", {".clang-format": "IndentWidth: {"}, "no YAML"),
        ("python", {"ruff.toml": 'extend = "../other.toml"'}, "extend"),
    ],
)
def test_settings_that_cannot_be_used_are_told_and_nothing_is_run(
    language: str, files: dict[str, str], why: str
) -> None:
    styles, path = Styles(files), FILES[language]
    assert not styles.of(language, path).tool
    (told,) = styles.problems(language, [path, path])
    assert why in told


def test_a_formatter_that_is_missing_is_told_and_the_length_of_lines_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    styles, notes = Styles(STYLES.files), []
    assert styles.of("cpp", FILES["cpp"]) == Style(70, "  ")
    paths = [(language, path) for language, path in FILES.items() if language != "java"]
    usual = HabitsOfRepository(paths, read, (), PATHS, notes.append)
    for language, _ in [*paths, *paths]:
        assert usual[language].exists()
    usual._folder.cleanup()
    assert [note.rpartition(": pip")[0].rpartition(": ")[2] for note in notes] == [
        "ruff is not installed",
        "clang-format is not installed",
    ]


def test_styles_go_to_other_processes() -> None:
    again = pickle.loads(pickle.dumps(STYLES))
    assert again.of("cpp", FILES["cpp"]) == STYLES.of("cpp", FILES["cpp"])


# --- the formatter on what is new -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "old", "new", "wanted"),
    [
        (
            "python",
            "    if total > 100 and len(found) > 3 and 'gift' in found:\n",
            '    if "gift" in found and len(found) > 3 and total > 100 and items and self:\n',
            "    if (\n        'gift' in found\n        and len(found) > 3\n"
            "        and total > 100\n        and items\n        and self\n    ):\n",
        ),
        ("python", "return 'large'\n", "return ( 'large' )\n", "return 'large'\n"),
        (
            "cpp",
            "  if (total > 100 && count > 3) {\n",
            "  if (!(total <= 100 || count <= 3) && static_cast<bool>(total + count)) {\n",
            "  if (!(total <= 100 || count <= 3) &&\n      static_cast<bool>(total + count)) {\n",
        ),
        ("cpp", "    return \"large\";\n", "      return  \"large\";\n", "    return \"large\";\n"),
        (
            "java",
            "      return \"large\";\n",
            "      String  word=\"large\"; // it is\n      return word;\n",
            "      String word = \"large\"; // it is\n      return word;\n",
        ),
    ],
)  # fmt: skip
def test_new_lines_are_laid_out_as_the_repository_does(
    language: str, old: str, new: str, wanted: str
) -> None:
    assert laid(language, old, new) == unit_of(language, read(FILES[language])).code.replace(
        old, wanted
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_unit_that_does_not_follow_its_settings_keeps_its_own_layout(language: str) -> None:
    source = read(FILES[language]).replace(b"total > 100", b"total  >  100")
    old, new = ("'large'", '"huge"') if language == "python" else ('"large"', '("huge" )')
    unit = unit_of(language, source)
    assert laid(language, old, new, source) == unit.code.replace(old, new)


@pytest.mark.parametrize(
    ("language", "settings", "old", "new"),
    [
        ("cpp", "{BasedOnStyle: Google, InsertBraces: true}",
         "    return \"large\";\n", "    if (count) return \"large\";\n"),
        ("cpp", "{BasedOnStyle: Google, ColumnLimit: 40}",
         "int count = 0;", "int count = 0;  // how many of the names are of any use"),
    ],
)  # fmt: skip
def test_what_is_more_than_layout_is_not_taken(
    language: str, settings: str, old: str, new: str
) -> None:
    source = read(FILES[language]).replace(
        b"int total, const std::vector<std::string>& items", b"int total"
    )
    source = source.replace(
        b"  for (const auto& item : items) {\n    if (!item.empty()) count++;\n  }\n", b""
    )
    unit = unit_of(language, source)
    style = Styles({".clang-format": settings}).of(language, FILES[language])
    assert style.tool
    code = unit.code.replace(old, new)
    result = laid_out(unit, source, code, style)
    assert result == code if "Braces" in settings else "of any use" in " ".join(result.split())


def test_lines_beside_the_change_stay_though_the_formatter_would_change_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = read("cart.py")
    monkeypatch.setitem(
        TOOLS, "loud", lambda text, lines, options: text if text == source else text.upper()
    )
    unit = unit_of("python", source)
    code = unit.code.replace("'large'", "LARGE  + x")
    style = Style(tool="loud")
    assert laid_out(unit, source, code, style) == code
    code = unit.code.replace("'large'", "A+1")
    monkeypatch.setitem(
        TOOLS,
        "loud",
        lambda text, lines, options: (
            text if text == source else text.replace(b"A+1", b"A + 1").replace(b"[]", b"[ ]")
        ),
    )
    assert laid_out(unit, source, code, style) == code.replace("A+1", "A + 1")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline: str) -> None:
    source = read("cart.py").replace(b"\n", newline.encode())
    code = laid("python", "return 'large'", "return ( 'large' )", source)
    assert code.count(newline) == unit_of("python", source).code.count(newline)
    assert "return 'large'" in code


@pytest.mark.parametrize("language", LANGUAGES)
def test_variants_follow_the_settings_and_are_the_same_each_time(language: str) -> None:
    source = read(FILES[language])
    unit, style = unit_of(language, source), STYLES.of(language, FILES[language])
    found, _ = propose(unit, source, Habits(styles=STYLES), 5, 0, ("A", "B"))
    again, _ = propose(unit, source, Habits(styles=STYLES), 5, 0, ("A", "B"))
    assert found == again
    assert len(found) >= 3
    before, behind = source[: unit.span.start], source[unit.span.end :]
    for variant in found:
        text = before + variant.code.encode() + behind
        lines = range(1, text.count(b"\n") + 1)
        assert TOOLS[style.tool](text, [lines], style.options) == text, variant.origin


# --- how long lines are ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_transforms_keep_to_the_length_that_the_settings_give(language: str) -> None:
    source = read(FILES[language])
    unit = unit_of(language, source)
    longest = max(len(line) for line in source.decode().splitlines())

    def made(limit: int) -> set[tuple[Edit, ...]]:
        subject = Subject(unit, source, style=Style(limit=limit))
        return {site.edits for _, site in sites(subject) if not site.declined}

    wide, narrow = made(200), made(longest - 20)
    assert all(fits(source, edits, longest - 20) for edits in narrow)
    assert not all(fits(source, edits, longest - 20) for edits in wide)


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        ([Edit(0, 0, "12345")], True),
        ([Edit(0, 0, "123456")], False),
        ([Edit(0, 0, "123"), Edit(5, 5, "456")], False),
        ([Edit(0, 0, "a line as long\n")], False),
        ([Edit(6, 6, "12")], False),
        ([Edit(6, 7, "b")], True),
        ([Edit(6, 20, "bbbbbbbbbbbbb")], True),
        ([Edit(0, 0, "one\n")], True),
        ([Edit(5, 6, "\nmore\n")], True),
    ],
)
def test_a_line_fits(edits: list[Edit], wanted: bool) -> None:
    assert fits(b"short\nbbbbbbbbbbbbbb\n", edits, 10) is wanted
