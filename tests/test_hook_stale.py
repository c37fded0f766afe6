"""The hook reads a store that codeaug made, and tells which approved variants become stale."""

from __future__ import annotations

import os
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from codeaug.hook import stored
from codeaug.hook.stored import approved_units, store_file
from codeaug.model import (
    Decision,
    Word,
)
from codeaug.store import Store
from codeaug.store.tables import edit, gold, slot
from tests.hooking import CHANGED, WHOLE, Somebodys, approve, somebodys_in
from tests.seeded import UNITS, VARIANTS, seed

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
LAID_OUT = {
    "a.py": "# moved\n\n\ndef f( x ):\n\n    return x\n",
    "A.java": "class A {\n\n  int f(int x)\n  {\n    return x;\n  }\n}\n",
    "a.cpp": "// moved\nint f(int x)\n{\n  int y = x;\n  return y;\n}\n",
}
NAMES = {"a.py": "f", "A.java": "A.f(int)", "a.cpp": "f(int)"}


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """How busy the machine is does not decide what these tests find."""
    monkeypatch.setattr(stored, "PATIENCE", 30.0)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Somebodys:
    """A repository whose three functions have an approved variant each."""
    found = somebodys_in(tmp_path, monkeypatch)
    found.commit({**WHOLE, ".gitignore": "/.codeaug/\n"})
    approve(found, WHOLE)
    return found


# --- what becomes stale ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", WHOLE)
def test_a_changed_function_makes_its_approved_variants_stale(here: Somebodys, name: str) -> None:
    here.stage({name: CHANGED[name]})
    (notice,) = here.notices()
    assert notice["message"] == f"{NAMES[name]} changed: its 1 approved variant becomes stale"
    assert (notice["rule"], notice["path"]) == ("stale", name)
    assert (notice["unit"], notice["stops"]) == (NAMES[name], False)
    here.git("commit", "-qm", "Changed")
    here.stage({name: CHANGED[name].replace("-x", "+x")})
    assert here.told() == []  # it was stale before


@pytest.mark.parametrize("name", WHOLE)
def test_a_function_that_is_moved_or_laid_out_anew_keeps_them(here: Somebodys, name: str) -> None:
    here.stage({name: LAID_OUT[name]})
    assert here.told() == []
    (here.folder / "sub").mkdir()
    here.git("mv", name, f"sub/other.{name.rsplit('.', 1)[1]}")
    here.write({name: ""})
    here.git("add", "-A")
    assert here.told() == []


def test_a_function_that_is_gone_is_told_where_it_was(here: Somebodys) -> None:
    approve(here, {"a.py": WHOLE["a.py"]}, 3)
    here.stage({"a.py": "x = 1\n"})
    (notice,) = here.notices()
    assert notice["message"] == "f is gone: its 3 approved variants stay without a function"


@pytest.mark.parametrize("name", WHOLE)
def test_a_function_that_stays_in_another_file_keeps_them(here: Somebodys, name: str) -> None:
    here.stage({"codeaug.toml": "skip = ['skipped/']\n"})
    twins = {f"{folder}/{name}": WHOLE[name] for folder in ("one", "two", "skipped")}
    here.commit(twins)
    approve(here, twins, 3)
    here.git("rm", "-q", name)
    assert here.told() == []
    here.stage({f"one/{name}": CHANGED[name]})
    assert here.told() == []
    here.git("rm", "-q", f"two/{name}")
    assert here.told() == [f"one/{name}:{1 + (name == 'A.java')} stale"]


@pytest.mark.parametrize(
    "name",
    ["a.txt", "a.java", "old/a.py", "ignored/a.py", "vendor/a.py", "tests/test_a.py"],
)
def test_a_file_that_is_renamed_to_what_has_no_units_takes_its_functions_along(
    here: Somebodys, name: str
) -> None:
    settings = "block = ['stale']\nskip = ['old/']\n"
    here.stage({"codeaug.toml": settings, ".codeaugignore": "ignored/\n"})
    (here.folder / name).parent.mkdir(exist_ok=True)
    here.git("mv", "a.py", name)
    assert "a.py:0 stale" in here.told(code=1)


@pytest.mark.parametrize("text", ["# codeaug: skip\n{}", "# codeaug: skip\n\n\nx = 1\n\n\n{}"])
def test_a_function_that_is_marked_is_not_called_gone(here: Somebodys, text: str) -> None:
    here.stage({"a.py": text.format(WHOLE["a.py"])})
    assert [one["message"] for one in here.notices() if one["rule"] == "stale"] == [
        "f is marked `codeaug: skip`: its 1 approved variant stays without a function"
    ]
    here.git("commit", "-qm", "Marked")
    here.stage({"a.py": WHOLE["a.py"]})
    assert here.told() == ["a.py:0 policy-mark"]


def test_what_the_other_side_of_a_merge_changed_is_not_told_again(here: Somebodys) -> None:
    text = "def f(x):\n    return x\n\n\n# here\n\n\ndef g(x):\n    return x\n"
    here.commit({"a.py": text})
    approve(here, {"a.py": text})
    here.git("checkout", "-qb", "side")
    here.commit({"a.py": text.replace("x\n\n\n# here", "-x\n\n\n# here")})
    here.git("checkout", "-q", "main")
    here.commit({"a.py": text.removesuffix("x\n") + "+x\n"})
    here.git("merge", "-q", "--no-commit", "side")
    assert here.told() == []
    merged = (here.folder / "a.py").read_text()
    here.stage({"a.py": merged.replace("return -x", "return 1")})
    assert here.told() == ["a.py:1 stale"]


def test_stale_variants_stop_a_commit_only_where_the_setting_says_so(here: Somebodys) -> None:
    here.stage({"a.py": CHANGED["a.py"], "codeaug.toml": "block = ['stale']\n"})
    assert here.told(code=1) == ["a.py:1 stale"]


def test_the_user_may_keep_the_store_elsewhere(
    here: Somebodys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here.folder / ".codeaug").rename(tmp_path / "elsewhere")
    here.stage({"a.py": CHANGED["a.py"]})
    assert here.told() == []
    for url in (f"sqlite:///{tmp_path}/elsewhere/codeaug.db", f"{tmp_path}/elsewhere/codeaug.db"):
        monkeypatch.setenv("CODEAUG_STORE", url)
        assert here.told() == ["a.py:1 stale"]
    monkeypatch.setenv("CODEAUG_STORE", "postgresql+psycopg://nowhere.example/x")
    assert here.told() == []


# --- a store that cannot tell ---------------------------------------------------------------------


def test_a_store_that_is_locked_damaged_or_older_is_let_be(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "PATIENCE", 0.1)
    here.stage({"a.py": CHANGED["a.py"]})
    path = here.folder / ".codeaug" / "codeaug.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN EXCLUSIVE")
        assert here.told() in ([], ["a.py:1 stale"])
        connection.execute("ROLLBACK")
        connection.execute("DROP TABLE gold")
    assert here.told() == []
    path.write_bytes(b"no store")
    assert here.told() == []


def test_a_store_that_a_run_is_writing_to_is_read(here: Somebodys) -> None:
    path = here.folder / ".codeaug" / "codeaug.db"
    here.stage({"a.py": CHANGED["a.py"]})
    with Store.open(str(path)) as store, store.writing() as connection:
        connection.execute(sa.delete(gold))
        assert here.told() == ["a.py:1 stale"]


def test_a_store_is_given_up_when_it_takes_long(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "PATIENCE", 0.1)
    path = here.folder / ".codeaug" / "codeaug.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE gold RENAME TO kept")
        connection.execute(
            "CREATE VIEW gold AS WITH RECURSIVE n(variant_id) AS "
            "(VALUES('x') UNION ALL SELECT variant_id || 'x' FROM n) SELECT variant_id FROM n"
        )
        connection.commit()
    assert approved_units(path) == Counter()  # or it would never end


def test_a_store_that_names_what_no_file_can_be_called_is_let_be(here: Somebodys) -> None:
    path = here.folder / ".codeaug" / "codeaug.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE source_file SET path = ?", ('\U0010ffff"\\ud800.py"',))
        connection.commit()
    here.git("rm", "-q", "a.py")
    assert here.told() == []


def test_a_store_behind_a_link_is_not_opened(here: Somebodys, tmp_path: Path) -> None:
    (here.folder / ".codeaug").rename(tmp_path / "outside")
    (here.folder / ".codeaug").symlink_to(tmp_path / "outside")
    here.stage({"a.py": CHANGED["a.py"]})
    assert here.told() == []
    (here.folder / ".codeaug").unlink()
    (here.folder / ".codeaug").mkdir()
    (here.folder / ".codeaug" / "codeaug.db").symlink_to(tmp_path / "outside" / "codeaug.db")
    assert here.told() == []
    os.mkfifo(tmp_path / "pipe")
    assert approved_units(tmp_path / "pipe") == Counter()
    assert store_file("", None) is None


# --- what counts as approved ----------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        yield opened


@pytest.mark.parametrize("number", range(6))
def test_the_hook_and_the_store_agree_about_what_is_approved(
    store: Store, tmp_path: Path, number: int
) -> None:
    chance = random.Random(number)
    ids = {variant.id: variant for variant in VARIANTS.values()}
    for n in range(30):
        variant = chance.choice(sorted(ids))
        word = chance.choice([*Word, Word.APPROVED, Word.APPROVED])
        final = word in (Word.APPROVED, Word.REJECTED) and chance.random() < 0.1
        record = Decision(variant, chance.choice("abc"), word, NOW, "other", "", 0, final)
        store.put_decision(record, str(n))
    extra = chance.sample(sorted(ids), 3)
    rows = (
        (slot, dict.fromkeys(("ordinal", "priority", "tie", "until", "done"), 0)
         | {"holder": "", "token": ""}),
        (gold, {"truth": "bad", "how": "", "made_at": ""}),
        (edit, {"request_id": "r", "parent_id": extra[0], "person": "a", "made_at": "",
                "dropped": 1}),
    )  # fmt: skip
    with store.writing() as connection:
        for table, row in rows:
            if chance.random() < 0.5:
                connection.execute(sa.insert(table).values(variant_id=extra.pop(), **row))
    wanted = Counter(ids[variant].unit_id for variant in store.approved())
    found = approved_units(tmp_path / "store.db")
    assert {unit.id: many for unit, many in found.items()} == wanted
    for unit in found:
        (known,) = (one for one in UNITS.values() if one.id == unit.id)
        assert (unit.path, unit.code) == (known.path, known.code)


def test_some_are_approved(store: Store, tmp_path: Path) -> None:
    store.put_decision(Decision(VARIANTS["java"].id, "ann", Word.APPROVED, NOW), "1")
    assert [unit.name for unit in approved_units(tmp_path / "store.db")] == ["Words.abbreviate"]
