"""Which functions a change touches, where it began, and what its text tells."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codeaug.cli.common import session_of
from codeaug.errors import RepositoryError
from codeaug.git import clone, merge_base
from codeaug.model import Decision, Fault, FaultOutcome, Origin, Strength, Unit, Variant, Word
from codeaug.notices import Notice
from codeaug.pipeline import telling
from codeaug.pipeline.changes import Checked
from codeaug.pipeline.difference import Difference, difference
from codeaug.pipeline.scanning import scan
from codeaug.pipeline.session import Session
from tests.conftest import git

SOURCES = {
    "python": (
        "m.py",
        "class A:\n    def one(self, a):\n        return a + 1\n\n"
        "    def two(self, a):\n        return a + 2\n",
    ),
    "java": (
        "src/A.java",
        "class A {\n    int one(int a) {\n        return a + 1;\n    }\n\n"
        "    int two(int a) {\n        return a + 2;\n    }\n}\n",
    ),
    "cpp": (
        "a.cpp",
        "int one(int a) {\n    return a + 1;\n}\n\nint two(int a) {\n    return a + 2;\n}\n",
    ),
}


class Place:
    """A repository whose first commit is where the change begins."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        git(folder, "init", "-q", "-b", "main")
        self.write("README", "x")
        self.sessions: list[Session] = []

    def write(self, path: str, text: str | bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())

    def commit(self) -> str:
        git(self.folder, "add", "-A", "-f", ".", ":!.codeaug")
        git(self.folder, "commit", "-qm", "More", "--allow-empty")
        return git(self.folder, "rev-parse", "HEAD")

    def changed(self, base: str = "HEAD~1") -> tuple[Session, Difference]:
        session = session_of(str(self.folder), {})
        self.sessions.append(session)
        git_dir = Path(session.repository.git_dir)
        where = merge_base(str(self.folder), git_dir, session.commit, base)
        scan(session)
        return session, difference(session, where)

    def names(self) -> dict[str, list[str]]:
        """The last names of changed functions by language."""
        found: dict[str, list[str]] = {}
        for unit in self.changed()[1].units:
            found.setdefault(unit.language, []).append(unit.name.rpartition(".")[2])
        return {language: sorted(names) for language, names in found.items()}

    def told(self) -> list[Notice]:
        return list(telling.about_source(*self.changed()))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    (tmp_path / "repo").mkdir()
    made = Place(tmp_path / "repo")
    yield made
    for session in made.sessions:
        session.store.close()


# --- units ----------------------------------------------------------------------------------------


def edited(place: Place, edit: Callable[[str], str]) -> None:
    """All three languages, committed, and the same edit of each."""
    for path, text in SOURCES.values():
        place.write(path, text)
    place.commit()
    for path, text in SOURCES.values():
        assert edit(text) != text
        place.write(path, edit(text))


ONE = {language: ["one"] for language in SOURCES}
TWO = {language: ["two"] for language in SOURCES}


def test_only_the_function_that_says_something_else_has_changed(place: Place) -> None:
    edited(place, lambda text: text.replace("a + 2", "a + 3"))
    place.commit()
    assert place.names() == TWO


def test_what_was_moved_and_laid_out_anew_has_not_changed(place: Place) -> None:
    edited(place, lambda text: text.replace("a + 1", "a  +  1").replace("    ", "      "))
    for path, _ in SOURCES.values():
        git(place.folder, "mv", "-k", path, "other" + Path(path).suffix)
    place.commit()
    assert place.names() == {}


def test_a_changed_comment_is_a_change_and_so_is_a_new_file(place: Place) -> None:
    edited(place, lambda text: text.replace("a + 1;", "a + 1;  // why").replace(
        "return a + 1\n", "# why\n        return a + 1\n"))  # fmt: skip
    place.commit()
    assert place.names() == ONE
    for path, text in SOURCES.values():
        fresh = text.replace("two", "three").replace("one", "four").replace("class A", "class B")
        place.write("new" + Path(path).suffix, fresh)
    place.commit()
    assert place.names() == {language: ["four", "three"] for language in SOURCES}


def test_a_file_that_was_copied_or_only_renamed_is_no_change(place: Place) -> None:
    path, text = SOURCES["python"]
    place.write(path, text)
    place.write("b.py", text.replace("A", "B"))
    place.commit()
    git(place.folder, "mv", "b.py", "c.py")
    shutil.copy(place.folder / path, place.folder / "copy.py")
    place.commit()
    _, found = place.changed()
    assert found.files == ()
    assert found.units == ()


def test_a_reverted_function_is_new_against_the_commit_before_and_not_against_the_base(
    place: Place,
) -> None:
    path, text = SOURCES["python"]
    place.write(path, text)
    base = place.commit()
    place.write(path, text.replace("a + 2", "a + 3"))
    place.commit()
    place.write(path, text)
    place.commit()
    assert place.names() == {"python": ["two"]}
    assert place.changed(base)[1].units == ()


# --- where it began -------------------------------------------------------------------------------


def grown(place: Place, commits: int = 3) -> list[str]:
    ids = []
    for number in range(commits):
        place.write("m.py", f"def f():\n    return {number}\n")
        ids.append(place.commit())
    return ids


def test_the_base_is_where_the_branch_was_left(place: Place, tmp_path: Path) -> None:
    first, *_ = grown(place)
    git(place.folder, "checkout", "-q", "-b", "topic", first)
    place.write("t.py", "def t():\n    return 1\n")
    place.commit()
    own = tmp_path / "own.git"
    head = clone(str(place.folder), own)
    for name in ("main", "refs/heads/main", "HEAD~1", first):
        assert merge_base(str(place.folder), own, head, name) == first


def test_as_much_history_is_fetched_as_it_takes(place: Place, tmp_path: Path) -> None:
    first = grown(place, 1)[0]
    for number in range(70):
        git(place.folder, "commit", "-q", "--allow-empty", "-m", str(number))
    git(place.folder, "branch", "other", first)
    own = tmp_path / "own.git"
    head = clone(str(place.folder), own)
    assert merge_base(str(place.folder), own, head, "other") == first


def test_a_nearer_common_commit_on_a_long_way_is_found(place: Place, tmp_path: Path) -> None:
    """With 64 commits of history the old one would do: a merge of it is a short way there."""
    old, near = grown(place, 2)
    tree = git(place.folder, "rev-parse", "HEAD^{tree}")
    tip = near
    for number in range(70):
        tip = git(place.folder, "commit-tree", tree, "-p", tip, "-m", str(number))
    tip = git(place.folder, "commit-tree", tree, "-p", tip, "-p", old, "-m", "merge")
    git(place.folder, "commit", "-q", "--allow-empty", "-m", "on main")
    git(place.folder, "checkout", "-q", "--detach", tip)
    own = tmp_path / "own.git"
    head = clone(str(place.folder), own)
    for _ in range(3):
        assert merge_base(str(place.folder), own, head, "main") == near


def test_a_shallow_checkout_gets_one_sentence_that_names_fetch_depth(
    place: Place, tmp_path: Path
) -> None:
    ids = grown(place, 5)
    git(tmp_path, "clone", "-q", "--depth=2", f"file://{place.folder}", "shallow")
    own, address = tmp_path / "own.git", str(tmp_path / "shallow")
    head = clone(address, own)
    assert merge_base(address, own, head, "HEAD~1") == ids[-2]
    for base in ("HEAD~2", ids[0]):
        with pytest.raises(RepositoryError, match=r"fetch-depth: 0") as error:
            merge_base(address, own, head, base)
        assert "\n" not in str(error.value)


def test_unrelated_histories_and_wrong_names_are_said(place: Place, tmp_path: Path) -> None:
    grown(place, 1)
    git(place.folder, "checkout", "-q", "--orphan", "alone")
    place.write("alone.py", "x = 1\n")
    place.commit()
    own = tmp_path / "own.git"
    head = clone(str(place.folder), own)
    for base, said in {
        "main": "shares no commit with HEAD",
        "HEAD~7": "is no commit",
        "nowhere": "has no branch, tag or whole commit id nowhere",
        "--upload-pack=touch x": "names no commit",
        "a\nb": "names no commit",
        "HEAD:README": "names no commit",
        "": "names no commit",
    }.items():
        with pytest.raises(RepositoryError, match=said):
            merge_base(str(place.folder), own, head, base)


# --- what its text tells --------------------------------------------------------------------------

KEY = "AKIA" + "2E0A8F3B244C9986"
OTHER_KEY = "AKIA" + "7QK3LXV5NDZ2MWTB"


def test_only_what_the_change_brings_is_told(place: Place) -> None:
    place.write("old.py", f"KEY = '{KEY}'\n# codeaug: no-send\ndef f():\n    return 1\n")
    place.write("bad.py", b"x = '\xff'\n")
    place.commit()
    place.write("old.py", f"KEY = '{KEY}'\n# codeaug: no-send\ndef f():\n    return 2\n")
    place.write("bad.py", b"y = '\xff'\n")
    place.write("new.py", f"\nKEY = '{OTHER_KEY}'\n# codeaug: no-train\n")
    place.write("worse.py", b"z = '\xff'\n")
    place.commit()
    told = [(n.rule.id, n.path, n.line) for n in place.told()]
    assert told == [("unparseable", "worse.py", 0), ("secret", "new.py", 2),
                    ("policy-mark", "new.py", 3)]  # fmt: skip
    assert not any(KEY in notice.message for notice in place.told())


BROKEN = {
    "a.py": "def f():\n<<<<<<< ours\n    return 1\n=======\n    return 2\n>>>>>>> theirs\n",
    "b.py": "def f(x:\n    return (\n",
    "c.py": "x = = 3\n",
    "d.py": "def f():\n    x = 1\n  return x\n",
    "e.cpp": "int f(int a) {\n    return (a + 1;\n}\n",
    "D.java": "class D { int f( { return 1; } }\n",
}


def test_broken_code_is_told_as_the_hook_tells_it_and_only_when_it_is_new(place: Place) -> None:
    place.write("vendor/lib.py", "x = 3\n")
    place.write("old.py", "x = = 3\n" + "y = 1\n" * 20)
    base = place.commit()
    for path, text in BROKEN.items():
        place.write(path, text)
    place.write("vendor/lib.py", "x = = 3\n")
    git(place.folder, "mv", "old.py", "moved.py")
    place.write("moved.py", "x = = 3\n" + "y = 1\n" * 19 + "y = 2\n")
    place.commit()
    told = [notice for notice in place.told() if notice.rule.id == "unparseable"]
    assert [notice.path for notice in told] == sorted(BROKEN)
    hook = subprocess.run(
        [sys.executable, "-m", "codeaug", "hook", "check", "--from-ref", base, "--to-ref", "HEAD",
         "--json"], cwd=place.folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    notices = json.loads(hook.stdout)["notices"]
    assert [(n.path, n.line, n.message) for n in told] == [
        (n["path"], n["line"], n["message"]) for n in notices
    ]


def test_an_old_secret_and_an_old_mark_are_no_news_where_the_file_is_moved_and_edited(
    place: Place,
) -> None:
    lines = ["# codeaug: no-send", f"KEY = '{KEY}'", *(f"x{n} = {n}" for n in range(20))]
    place.write("old.py", "\n".join(lines) + "\n")
    place.commit()
    git(place.folder, "mv", "old.py", "new.py")
    place.write("new.py", "\n".join([*lines, "y = 1"]) + "\n")
    place.commit()
    assert place.told() == []


def test_approved_variants_of_a_changed_function_are_stale_and_of_a_moved_one_are_not(
    place: Place,
) -> None:
    path, text = SOURCES["python"]
    place.write(path, text)
    place.commit()
    session, _ = place.changed("HEAD")
    units = {unit.name: unit for unit in session.store.units(session.commit)}
    for unit in units.values():
        approve(session, unit)
    place.write(path, text.replace("a + 2", "a + 3").replace("a + 1", "(a + 1)"))
    git(place.folder, "mv", path, "moved.py")
    place.commit()
    told = list(telling.about_stale(*place.changed()))
    assert [(n.rule.id, n.path, n.unit) for n in told] == [("stale", "moved.py", "A.two")]


def test_approved_variants_of_a_function_that_goes_are_told(place: Place) -> None:
    path, text = SOURCES["python"]
    place.write(path, text)
    place.write("other.py", "def other():\n    return 7\n")
    place.commit()
    session, _ = place.changed("HEAD")
    for unit in session.store.units(session.commit):
        approve(session, unit)
    git(place.folder, "rm", "-q", path)
    place.commit()
    told = list(telling.about_stale(*place.changed()))
    assert sorted(n.unit for n in told) == ["A.one", "A.two"]
    assert all("to a function that is gone" in n.message for n in told)


def approve(session: Session, unit: Unit) -> None:
    variant = Variant(unit.id, unit.code.replace("a +", "a  + "), Origin("rules"))
    session.store.put_variants([variant])
    from datetime import UTC, datetime

    said = Decision(variant.id, "ann", Word.APPROVED, datetime.now(UTC))
    session.store.put_decision(said, f"r{unit.id}")


def missed(place: Place, text: str, expression: str) -> str:
    """What is told of a fault in the function of a new file, at that expression."""
    place.commit()
    place.write("m.py", text)
    place.commit()
    session, found = place.changed()
    (unit,) = found.units
    hint = f"check the result when `{expression}` holds"
    fault = Fault("x", 1, f"`False` for the condition `{expression}`", hint, FaultOutcome.SURVIVED)
    one = Checked(unit, strength=Strength(unit.id, "c", (fault,)))
    (notice,) = telling.about_units(session, [one])
    assert "1 of 1 injected faults in f go unnoticed" in notice.message
    return notice.message


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("user == name", "user == name"),
        ("user == 'ann'", 'user == "…"'),
        ("a == f'{b['c']}' or d", 'a == f"…" or d'),
        ("user == 'ann' and it == 'PRIVATE-CO…", 'user == "…"…'),
        ('a == R"x(b" c)x"', 'a == R"…"'),
        ("user == ''", "user == ''"),
    ],
)
def test_a_missed_fault_is_told_without_what_stands_in_quotation_marks(
    place: Place, expression: str, shown: str
) -> None:
    told = missed(place, "def f(user):\n    return user\n", expression)
    assert told.endswith(
        f"`False` for the condition `{shown}`: check the result when `{shown}` holds"
    )


@pytest.mark.parametrize(
    "text",
    [
        "# codeaug: no-send\ndef f(user):\n    return user\n",
        f"def f(user):\n    return user == '{KEY}'\n",
    ],
)
def test_of_what_may_not_be_sent_no_expression_is_told(place: Place, text: str) -> None:
    assert missed(place, text, "user == name").endswith("go unnoticed")


# --- hostile repositories -------------------------------------------------------------------------


def test_a_hostile_repository_runs_nothing_and_its_names_stay_names(
    place: Place, tmp_path: Path
) -> None:
    trap = f"touch {tmp_path}/caught"
    outside = tmp_path / "outside.py"
    outside.write_text(f"KEY = '{KEY}'\n")
    text = SOURCES["python"][1]
    place.write(".gitattributes", "* filter=x diff=x text eol=crlf\n")
    place.commit()
    place.write("-x\n::error::.py", text)
    place.write("--output=caught.py", text.replace("one", "three"))
    (place.folder / "link.py").symlink_to(outside)
    head = git(place.folder, "rev-parse", "HEAD")
    git(place.folder, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    place.write(".gitmodules", f'[submodule "m"]\npath = module\nurl = "ext::sh -c {trap}"\n')
    place.commit()
    for key in (
        *("core.fsmonitor", "diff.external", "filter.x.smudge", "filter.x.clean", "core.pager"),
        *("uploadpack.packObjectsHook", "core.sshCommand", "diff.x.textconv", "filter.x.process"),
        *("credential.helper", "core.alternateRefsCommand", "merge.x.driver", "gpg.program"),
    ):
        git(place.folder, "config", key, trap)
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        hook = place.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{trap}\n")
        hook.chmod(0o755)
    before = sorted(os.listdir(tmp_path))
    session, found = place.changed()
    told = list(telling.about_source(session, found))
    assert sorted({unit.path for unit in found.units}) == ["--output=caught.py", "-x\n::error::.py"]
    assert told == []
    assert sorted(os.listdir(tmp_path)) == before
    assert not list(tmp_path.rglob("caught"))
