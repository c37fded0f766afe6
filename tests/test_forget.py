"""What an owner withdraws is in no dataset to come, however it is edited, moved or copied."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from codeaug.errors import UsageError
from codeaug.model import Origin, Unit, Variant
from codeaug.store import Release, Store, Withdrawn, default_url
from codeaug.withdrawals import forget, withdrawn
from tests.conftest import git
from tests.test_cli import codeaug, refused

FILES = {
    "src/tax.py": "def rate(x):\n    # by law\n    return x * 2\n\n\n"
    "def other(x):\n    return x + 1\n",
    "src/Tax.java": "class Tax {\n  int rate(int x) { return x * 2; }\n"
    "  int rate(long x) { return 3; }\n}\n",
    "src/tax.cpp": "int rate(int x) { return x * 2; }\n",
    "lib/x.py": "def helper(x):\n    return x\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "acme"
    root.mkdir()
    git(root, "init", "-q")
    commit(root, FILES)
    return root


def commit(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "State")
    done = codeaug("scan", root, "--json")
    assert done.returncode == 0, done.stderr


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(default_url(folder)) as opened:
        yield opened


def units(store: Store, root: Path) -> dict[str, Unit]:
    """Those of the newest commit, by path and name."""
    head = git(root, "rev-parse", "HEAD").strip()
    return {f"{u.path}::{u.qualified_name}": u for u in store.units(head)}


def out(store: Store, root: Path, address: str = "") -> list[str]:
    """What is withdrawn of the newest commit."""
    found = withdrawn(store)
    return [name for name, unit in units(store, root).items() if found.reason(unit, address)]


def test_a_function_withdrawn_by_id_stays_so_when_it_is_edited_and_moved_and_copied(
    folder: Path, store: Store
) -> None:
    unit = units(store, folder)["src/tax.py::rate"]
    found = forget(store, [(Withdrawn.UNIT, unit.id[:8])], "of a customer", "ann")
    assert [each.value for each in found.taken] == ["src/tax.py::rate"]
    assert (found.units, out(store, folder)) == (1, ["src/tax.py::rate"])
    edited = FILES["src/tax.py"].replace("x * 2", "x * 3")
    laid_out = "import os\n\n\n" + FILES["src/tax.py"].replace("x * 2", "x  *  2")
    fresh = "def rate(y):\n    return y\n"
    commit(folder, {"src/tax.py": edited, "copy/a.py": laid_out, "copy/b.py": fresh})
    assert out(store, folder) == ["copy/a.py::rate", "src/tax.py::rate"]
    assert withdrawn(store).reason(units(store, folder)["copy/a.py::rate"]) == (
        "withdrawn (unit src/tax.py::rate): of a customer"
    )
    assert withdrawn(store).reaches() == {
        *(unit.id, units(store, folder)["src/tax.py::rate"].id),
        units(store, folder)["copy/a.py::rate"].id,
    }


def test_functions_of_three_languages_are_withdrawn_by_their_whole_names(
    folder: Path, store: Store
) -> None:
    with pytest.raises(UsageError, match=r"can mean .*rate\(int\).*rate\(long\)"):
        forget(store, [(Withdrawn.UNIT, "src/Tax.java::Tax.rate")], "so", "ann")
    assert store.releases.withdrawals() == []
    named = [(Withdrawn.UNIT, "src/Tax.java::Tax.rate(int)"), (Withdrawn.UNIT, "src/tax.cpp::rate")]
    forget(store, named, "so", "ann")
    assert out(store, folder) == ["src/Tax.java::Tax.rate(int)", "src/tax.cpp::rate(int)"]


def test_patterns_and_repositories_hold_for_what_comes_later_too(
    folder: Path, store: Store
) -> None:
    found = forget(store, [(Withdrawn.PATH, "lib/"), (Withdrawn.REPO, "beta")], "so", "ann")
    assert (found.units, out(store, folder)) == (1, ["lib/x.py::helper"])
    commit(folder, {"lib/deep/y.py": "def later(x):\n    return x\n"})
    assert out(store, folder) == ["lib/deep/y.py::later", "lib/x.py::helper"]
    assert len(out(store, folder, "git@host:team/beta.git")) == len(units(store, folder))
    assert out(store, folder, "git@host:team/alphabeta.git") == out(store, folder)
    forget(store, [(Withdrawn.REPO, "acme")], "so", "ann")
    assert withdrawn(store).reaches() == {unit.id for unit in units(store, folder).values()}


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        (Withdrawn.PATH, "!lib/", "would let files go again"), (Withdrawn.PATH, " ", "nothing"),
        (Withdrawn.UNIT, "lib/x.py::helpr", "no unit"), (Withdrawn.UNIT, "ffff", "no unit"),
    ],
)  # fmt: skip
def test_what_names_nothing_or_lets_something_go_is_a_sentence(
    store: Store, kind: Withdrawn, value: str, words: str
) -> None:
    with pytest.raises(UsageError, match=words):
        forget(store, [(Withdrawn.REPO, "x"), (kind, value)], "so", "ann")
    assert store.releases.withdrawals() == []


def test_the_verb_says_what_it_takes_out_and_who_has_it_already(folder: Path, store: Store) -> None:
    unit, other = (units(store, folder)[f"src/tax.py::{name}"] for name in ("rate", "other"))
    made = [Variant(unit.id, f"def rate(x):\n    return x * {n}\n", Origin("rules")) for n in "45"]
    store.put_variants([*made, Variant(other.id, "def other(x):\n    return 1 + x\n",
                                       Origin("rules"))])  # fmt: skip
    release = Release("acme", "openai-chat", "out", "key", 1, "{}")
    store.releases.put(release, [(unit.id, "train"), (other.id, "test")], [made[0].id])
    without = Release("acme", "openai-chat", "out2", "key", 1, "{ }")
    store.releases.put(without, [(other.id, "train")], [])
    named = ("--unit", "src/tax.py::rate", "--reason", "of a customer")
    done = codeaug("forget", folder, *named, "--json")
    document = json.loads(done.stdout)
    assert (document["units"], document["variants"]) == (1, 2)
    (held,) = document["released"]
    assert (held["id"], held["units"], held["variants"]) == (release.id, 1, 1)
    told = codeaug("forget", folder, "--list")
    assert told.stdout.startswith("unit src/tax.py::rate: of a customer (")
    assert "1 function and 2 variants" in told.stderr
    assert f"acme (openai-chat, out, {release.made_at.date()}) holds 1 function" in told.stderr
    (line,) = store.audit.events()
    assert (line.verb, line.object) == ("forgot", "unit src/tax.py::rate")


def test_the_verb_wants_a_reason_and_something_to_forget(folder: Path) -> None:
    refused(codeaug("forget", folder, "--path", "lib/"), 2, "--reason")
    refused(codeaug("forget", folder, "--reason", "so"), 2, "--unit, --path or --repo")
    refused(codeaug("forget", folder, "--list", "--path", "lib/"), 2, "nothing else")
    done = codeaug("forget", folder, "--list", "--json")
    assert json.loads(done.stdout)["withdrawn"] == []


def test_without_a_store_nothing_can_be_forgotten(tmp_path: Path) -> None:
    refused(codeaug("forget", tmp_path, "--path", "a", "--reason", "so"), 2, "there is no store")
