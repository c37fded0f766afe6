"""What `codeaug hook check` tells about staged code, and what it lets be."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from codeaug import children
from codeaug.hook.files import LANGUAGE
from codeaug.languages import LANGUAGES
from tests.hooking import BROKEN, TOKEN, WHOLE, Somebodys, somebodys_in

ROOT = Path(__file__).parent.parent


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Somebodys:
    return somebodys_in(tmp_path, monkeypatch)


# --- code that no longer parses -------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_code_that_no_longer_parses_stops_the_commit(here: Somebodys, name: str) -> None:
    here.commit(WHOLE)
    assert here.told() == []
    here.stage({name: BROKEN[name]})
    (line,) = here.told(code=1)
    assert re.fullmatch(rf"{re.escape(name)}:[12] unparseable", line)


@pytest.mark.parametrize("name", BROKEN)
def test_what_did_not_parse_before_stops_nobody(here: Somebodys, name: str) -> None:
    here.commit(BROKEN)
    comment = "# more" if name == "a.py" else "// more"
    here.stage({name: BROKEN[name] + comment + "\n"})
    assert here.told() == []


def test_brackets_that_were_open_before_stop_nobody(here: Somebodys) -> None:
    here.commit({"a.cpp": "int f() {\n", "b.cpp": "int f() {}\n"})
    here.stage({"a.cpp": "int f() {\n\n", "b.cpp": "int f() {\n"})
    assert here.told(code=1) == ["b.cpp:1 unparseable"]


@pytest.mark.parametrize("name", ["a.py", "A.java"])
def test_a_new_file_that_does_not_parse_stops_the_commit(here: Somebodys, name: str) -> None:
    here.stage({name: BROKEN[name]})
    assert len(here.told(code=1)) == 1


def test_a_second_error_in_a_file_that_had_one_stops_the_commit(here: Somebodys) -> None:
    lines = ["class A {", "    int f() { return 1 }", "", "", "    int g() { return 2; }", "}", ""]
    here.commit({"A.java": "\n".join(lines)})
    lines[4] = "    int g() { return = 2; }"
    here.stage({"A.java": "\n".join(lines)})
    assert here.told(code=1) == ["A.java:5 unparseable"]


@pytest.mark.parametrize(
    "text",
    ["def f():\nreturn 1\n", "def f():\n    a = 1\n      b = 2\n", "if 1:\n  a\n b\n"],
)
def test_wrong_indentation_is_an_error_in_every_python(here: Somebodys, text: str) -> None:
    here.stage({"a.py": text})
    assert len(here.told(code=1)) == 1


@pytest.mark.parametrize(
    "text",
    ["print 'x'\n", "type X = int\n", "try:\n    a\nexcept A, B:\n    pass\n", "exec 'a'\n"],
)
def test_the_syntax_of_another_python_is_let_be(here: Somebodys, text: str) -> None:
    here.stage({"a.py": text})
    assert here.told() == []


@pytest.mark.parametrize(
    "text",
    [
        "import module java.base;\nclass A {}\n",
        "class A extends B {\n    A(int x) {\n        check(x);\n        super(x);\n    }\n}\n",
        "class A {\n    A(int x) {\n        check(x);\n        this(x, 1);\n    }\n}\n",
    ],
)
def test_the_syntax_of_a_newer_java_is_let_be(here: Somebodys, text: str) -> None:
    here.stage({"A.java": text})
    assert here.told() == []
    here.stage({"A.java": text.replace("{", "{{", 1)})
    assert len(here.told(code=1)) == 1


def test_a_new_cpp_file_is_judged_by_its_brackets_alone(here: Somebodys) -> None:
    here.stage({
        "macros.h": "LIB_API(x) int f(void) LIB_NOTHROW QQ;\nPROPERTY(int x READ x)\n",
        "open.cpp": "int f() {\n    if (x) {\n    return 1;\n}\n",
        "text.cpp": "auto a = \")\"; char b = '('; // {\nauto c = R\"x(()x\"; int d = 1'000;\n",
        "choice.cpp": "#if A\nint f() {\n#else\nint f(int) {\n#endif\n    return 1;\n}\n",
        "block.cpp": "BEGIN_NAMESPACE_X\nint f() { return 1; }\n}\n",
    })  # fmt: skip
    assert here.told(code=1) == ["open.cpp:1 unparseable"]


def test_the_marks_of_a_conflict_stop_the_commit_in_every_language(here: Somebodys) -> None:
    conflict = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n"
    here.commit(WHOLE)
    here.stage({name: conflict.format(text, text) for name, text in WHOLE.items()})
    assert [line.split()[1] for line in here.told(code=1)] == ["unparseable"] * 3


def test_what_a_macro_may_explain_is_told_and_stops_nobody(here: Somebodys) -> None:
    before = "int f(int x) {\n    return x;\n}\n"
    here.commit({"a.cpp": before})
    here.stage({"a.cpp": "int f(int x) {\n    CHECK_OR_RETURN(x) SOME_MACRO return x;\n}\n"})
    assert here.told() == ["a.cpp:2 unparsed"]


def test_an_error_of_macros_elsewhere_in_a_cpp_file_stops_nobody(here: Somebodys) -> None:
    head = "class Q_EXPORT(1) A : public B QQ { int x READ y };\n"
    here.commit({"a.cpp": head + "\n" * 5 + "int f() { return 1; }\n"})
    here.stage({"a.cpp": head + "\n" * 5 + "int f() { return 2; }\n"})
    assert here.told() == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("vendor/a.py", BROKEN["a.py"]),
        ("a.py", "# @generated\n" + BROKEN["a.py"]),
        ("old/a.py", BROKEN["a.py"]),
        ("a.txt", BROKEN["a.py"]),
        ("skipped.py", BROKEN["a.py"]),
        ("zero.py", "def f(\n\0"),
        ("latin.py", "x = '\udce9'\n"),
    ],
)
def test_what_codeaug_does_not_look_at_need_not_parse(
    here: Somebodys, name: str, text: str
) -> None:
    here.stage({name: text, ".codeaugignore": "old/\n", "codeaug.toml": 'skip = ["skipped.py"]\n'})
    assert here.told() == []


# --- secrets --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WHOLE)
def test_a_secret_stops_the_commit_and_is_not_repeated(here: Somebodys, name: str) -> None:
    here.commit(WHOLE)
    comment = "#" if name == "a.py" else "//"
    here.stage({name: WHOLE[name] + f"{comment} {TOKEN}\n"})
    last = WHOLE[name].count("\n") + 1
    assert here.told(code=1) == [f"{name}:{last} secret"]
    said = "\n".join(here.run("check", code=1))
    assert "holds a GitHub token" in said
    assert TOKEN not in said


def test_a_password_by_its_name_is_a_secret(here: Somebodys) -> None:
    here.stage({"a.py": "settings = dict(\n    db_password=\n        'kq8#Zw2!vbTT9',\n)\n"})
    assert here.told(code=1) == ["a.py:3 secret"]


def test_an_old_secret_stops_nobody_where_it_stays_or_goes(here: Somebodys) -> None:
    here.commit({"a.py": f"x = 1\nkey = '{TOKEN}'\n", "b.py": "y = 1\n"})
    here.stage({"a.py": f"x = 2\n\n\nkey = '{TOKEN}'\r\n"})
    assert here.told() == []
    here.stage({"a.py": "x = 2\n", "b.py": f"y = 1\nkey = '{TOKEN}'\n"})
    assert here.told() == []
    here.git("mv", "a.py", "c.py")
    assert here.told() == []


def test_a_secret_is_told_where_code_stays_here_too(here: Somebodys) -> None:
    here.stage({"vendor/a.py": f"key = '{TOKEN}'\n"})
    assert here.told(code=1) == ["vendor/a.py:1 secret"]


# --- what stays here ------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["no-send", "no-train", "skip"])
def test_a_mark_that_comes_or_goes_is_told(here: Somebodys, mark: str) -> None:
    marked = f"# codeaug: {mark}\n\n{WHOLE['a.py']}"
    here.commit(WHOLE)
    here.stage({"a.py": marked})
    assert here.told() == ["a.py:1 policy-mark"]
    here.git("commit", "-qm", "Marked")
    here.stage({"a.py": marked + "x = 1\n"})
    assert here.told() == []
    here.stage(WHOLE)
    assert here.told() == ["a.py:0 policy-mark"]


def test_what_the_staged_settings_keep_here_is_told(here: Somebodys) -> None:
    here.commit({**WHOLE, "open/b.py": "x = 1\n"})
    here.stage({
        "codeaug.toml": "never_send = ['closed/']\nnever_send_owners = ['@team']\n",
        "CODEOWNERS": "/owned/ @team\n", "closed/a.py": "x = 1\n", "owned/a.py": "x = 2\n",
    })  # fmt: skip
    here.git("mv", "a.py", "closed/c.py")
    assert here.told() == [
        "closed/a.py:0 policy-mark", "closed/c.py:0 policy-mark", "owned/a.py:0 policy-mark",
    ]  # fmt: skip
    here.git("commit", "-qm", "Kept")
    here.git("mv", "closed/c.py", "open/c.py")
    (notice,) = here.notices()
    assert notice["path"] == "open/c.py"
    assert "may be sent from now on" in notice["message"]


# --- how it is told -------------------------------------------------------------------------------


def test_the_setting_block_says_what_stops_a_commit(here: Somebodys) -> None:
    here.stage({**BROKEN, "codeaug.toml": "block = ['secret']\n"})
    assert len(here.told()) == 2
    here.stage({"codeaug.toml": "block = ['policy-mark']\n", "b.py": "# codeaug: no-send\n"})
    assert "b.py:1 policy-mark" in here.told(code=1)


def test_a_notice_is_one_line_and_the_last_line_says_what_to_do(here: Somebodys) -> None:
    here.stage({"a.py": BROKEN["a.py"]})
    lines = here.run("check", code=1)
    assert lines == [
        "a.py:1: error: does not parse: expected ':' [unparseable]",
        "codeaug: mend and stage it again; `SKIP=codeaug-check git commit` goes past this.",
    ]
    here.stage({"codeaug.toml": "block = []\n"})
    assert here.run("check")[-1] == "codeaug: nothing here stops the commit."
    here.stage(WHOLE)
    assert here.run("check") == []


def test_names_given_restrict_what_is_looked_at(here: Somebodys) -> None:
    here.stage({"a.py": BROKEN["a.py"], "sub/b.py": BROKEN["a.py"]})
    assert here.told("sub/b.py", code=1) == ["sub/b.py:1 unparseable"]
    assert here.told("b.py", code=1, cwd="sub") == ["sub/b.py:1 unparseable"]
    assert here.told("../a.py", code=1, cwd="sub") == ["a.py:1 unparseable"]
    assert here.told("c.py") == []


def test_all_of_the_index_can_be_looked_at(here: Somebodys) -> None:
    here.commit(BROKEN)
    assert here.told() == []
    assert here.told("--all", code=1) == ["A.java:2 unparseable", "a.py:1 unparseable"]


def test_a_file_that_crashes_or_stops_the_parser_is_given_up_alone(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def work(item: int) -> int:
        if item == 3:
            os._exit(139)
        while item == 5:
            pass
        if item == 7:
            raise ValueError
        return item

    monkeypatch.setattr(children, "_PATIENCE", 0.3)
    found, lost = children.in_children(work, range(9), lambda item: 100_000)
    assert (found, lost) == ([0, 1, 2, 4, 6, 8], [3, 5, 7])


def test_a_file_at_which_a_parser_waits_for_ever_is_given_up_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(children, "_SILENCE", 0.3)
    assert children.in_children(lambda item: signal.pause(), [1], lambda item: 1) == ([], [1])


def test_a_fault_of_its_own_stops_no_commit(here: Somebodys, tmp_path: Path) -> None:
    here.stage(BROKEN)
    (here.folder / ".git" / "index").write_bytes(b"no index")
    command = [sys.executable, "-m", "codeaug", "hook", "check"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=here.folder, env=env, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("codeaug looked at nothing, and stops nothing: ")
    strict = subprocess.run(
        [*command, "--strict"], cwd=here.folder, env=env, capture_output=True, text=True
    )
    assert strict.returncode == 2


def test_a_wrong_setting_does_not_stop_the_check(here: Somebodys) -> None:
    here.stage({"codeaug.toml": "nonsense = 1\n", "a.py": BROKEN["a.py"]})
    assert here.told(code=1) == ["a.py:1 unparseable"]


# --- settings -------------------------------------------------------------------------------------


def test_the_staged_settings_are_validated_not_those_of_the_work_tree(here: Somebodys) -> None:
    here.stage({"codeaug.toml": "per_units = 2\n"})
    here.write({"codeaug.toml": "per_unit = 2\n"})
    (line, _) = here.run("config", code=1)
    assert line == (
        "codeaug.toml: error: codeaug.toml: unknown setting 'per_units'; "
        "did you mean 'per_unit'? [settings]"
    )
    here.stage({})
    here.write({"codeaug.toml": "per_units = 2\n"})
    assert here.run("config") == []


def test_settings_in_pyproject_are_validated_too(here: Somebodys) -> None:
    here.stage({"pyproject.toml": "[tool.codeaug]\nblock = ['secrets']\n"})
    (document,) = map(json.loads, here.run("config", "--json", code=1))
    (notice,) = document["notices"]
    assert notice["path"] == "pyproject.toml"
    assert "did you mean 'secret'?" in notice["message"]


@pytest.mark.parametrize("table", ["", "[profile.night]\n"])
def test_rules_that_are_read_late_are_validated_too(here: Somebodys, table: str) -> None:
    here.stage({"codeaug.toml": f"{table}overlaps = ['nonsense']\n"})
    (line, _) = here.run("config", code=1)
    assert "nonsense" in line


def test_the_hook_knows_the_files_of_every_language() -> None:
    wanted = {suffix: item.name for item in LANGUAGES.values() for suffix in item.suffixes}
    assert wanted == LANGUAGE
