"""Rules about which variants come first, and how many people decide about which."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from codeaug import review
from codeaug.errors import UsageError
from codeaug.model import Rung, Word
from codeaug.store import Store
from codeaug.strata import Facts, Strata, strata_of
from codeaug.web import app
from codeaug.web.access import SESSION, now
from tests.conftest import git
from tests.seeded import VARIANTS, seed
from tests.visiting import COOKIE, Visit, known

JAVA, CPP, PYTHON = (VARIANTS[name].id for name in ("java", "cpp", "python"))


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        seed(opened)
        yield opened


def order(store: Store) -> list[str]:
    """What one person would get, one after the other."""
    found: list[str] = []
    while lease := review.next_card(store, "ann"):
        found.append(lease.variant_id)
        request = f"{lease.token}"
        review.decide(store, lease.variant_id, "ann", Word.APPROVED, request, token=lease.token)
    return found


def filled(store: Store, overlap: int = 1, *orders: str, overlaps: tuple[str, ...] = ()) -> Store:
    store.slots.fill(Rung.TESTED, overlap, strata=strata_of(orders, overlaps))
    return store


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ((), [JAVA, CPP, PYTHON]),
        (("language=python",), [PYTHON, JAVA, CPP]),
        (("language=python", "language=cpp"), [PYTHON, CPP, JAVA]),
        (("path=src/*.cpp",), [CPP, JAVA, PYTHON]),
        (("transform=rename-*", "engine=rules"), [PYTHON, JAVA, CPP]),
        (("repository=*acme*",), [JAVA, CPP, PYTHON]),
        (("rung=proved", "model=gpt"), [JAVA, CPP, PYTHON]),
    ],
)
def test_the_first_rule_that_holds_decides_what_comes_first(
    store: Store, rules: tuple[str, ...], expected: list[str]
) -> None:
    assert order(filled(store, 1, *rules)) == expected


def test_what_waits_already_is_put_into_the_new_order_and_back(store: Store) -> None:
    filled(store)
    assert order(filled(store, 2, "language=cpp")) == [CPP, JAVA, PYTHON]
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM decision")
        connection.exec_driver_sql("UPDATE slot SET done = 0, holder = ''")
    assert order(filled(store, 2)) == [JAVA, CPP, PYTHON]


def test_owners_count_where_they_are_known_and_their_order_stays_where_not(store: Store) -> None:
    rules = strata_of(["owner=@clocks"], [])
    store.slots.fill(
        Rung.TESTED, 1, strata=rules,
        owners_of=lambda path: ("@clocks",) if "clock" in path else ("@others",),
    )  # fmt: skip
    store.slots.fill(Rung.TESTED, 1, strata=rules)
    assert order(store) == [CPP, JAVA, PYTHON]


def test_more_people_decide_where_a_rule_says_so(store: Store) -> None:
    filled(store, overlaps=("language=java 3", "language=* 2", "path=* 9"))
    assert store.slots.waiting() == 3 + 2 + 2
    filled(store, overlaps=("language=java 3", "language=* 2", "path=* 9"))
    assert store.slots.waiting() == 7
    filled(store, 2, overlaps=("language=cpp 4",))
    assert store.slots.waiting() == 9


def test_a_part_of_the_variants_gets_one_more_person() -> None:
    rules = strata_of([], ["language=java 1.25"])
    java, other = Facts(language="java"), Facts(language="cpp")
    counts = [rules.people(f"v{number}", java, 1) for number in range(10_000)]
    assert set(counts) == {1, 2}
    assert 2300 < counts.count(2) < 2700
    assert counts == [rules.people(f"v{number}", java, 1) for number in range(10_000)]
    assert {rules.people(f"v{number}", other, 1) for number in range(100)} == {1}
    assert rules.most(1) == 2


def test_no_rules_are_none() -> None:
    assert not Strata()
    assert (Strata().most(3), Strata().people("v", Facts(), 3), Strata().rank(Facts())) == (3, 3, 0)


@pytest.mark.parametrize(
    ("orders", "overlaps", "problem"),
    [
        (["language"], [], "'language' is no FIELD=PATTERN"),
        (["colour=red"], [], "with one of language, transform"),
        (["language="], [], "is no FIELD=PATTERN"),
        ([], ["language=java"], "does not end with a number of people"),
        ([], ["language=java 0.5"], "from 1 to 20"),
        ([], ["language=java nan"], "from 1 to 20"),
        ([], ["language=java 1e9"], "from 1 to 20"),
        ([], ["2"], "is no FIELD=PATTERN"),
    ],
)
def test_rules_that_cannot_be_meant_are_refused(
    orders: list[str], overlaps: list[str], problem: str
) -> None:
    with pytest.raises(UsageError, match=problem):
        strata_of(orders, overlaps)


def test_the_pages_follow_the_rules(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "store.db")) as opened:
        seed(opened)
        filled(opened)
        client = Visit(app(opened, bar=Rung.TESTED, strata=strata_of(["language=cpp"], [])))
        ann = opened.people.sign_in(known(opened, "ann"), "tests", now(), now() + SESSION)
        client.cookies.set(COOKIE, ann)
        assert client.get("/").headers["location"] == f"/variants/{CPP}"


@pytest.mark.slow
def test_a_run_queues_by_the_owners_of_the_repository(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    (folder / "CODEOWNERS").write_text("* @all\n")
    (folder / "codeaug.toml").write_text('overlaps = ["owner=@all 3"]\nbar = "tested"\n')
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Say who owns what")
    command = [sys.executable, "-m", "codeaug", "run", str(folder), "--limit", "2", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    queued = json.loads(done.stdout)["queued"]
    assert queued > 0
    with Store.open(str(folder / ".codeaug" / "codeaug.db")) as store:
        assert store.slots.waiting() == 3 * queued
