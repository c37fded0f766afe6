"""What a store knows of its datasets: what is in them, what was withdrawn, what was tuned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from codeaug.model import Origin, Repository, Variant
from codeaug.store import Release, Store, Tuned, Withdrawal, Withdrawn
from tests.test_store import FILES, KEYS, METHOD, OTHER, UNIT

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
FIRST = Release("acme", "openai-chat", "out", "key", 3, '{"kind": "codeaug dataset"}\n', NOW)
SECOND = replace(FIRST, manifest='{"kind": "codeaug dataset", "rows": 4}\n', folder="/out/2")
ODD = "caf\ud800\0"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        yield opened


def test_a_release_comes_back_and_is_kept_once(store: Store) -> None:
    odd = replace(FIRST, name=ODD, manifest=ODD)
    assert store.releases.put(FIRST, [("u1", "train")], ["v1"])
    assert store.releases.put(odd, [], [])
    assert not store.releases.put(FIRST, [("u2", "train")], ["v2"])
    assert store.releases.all() == [FIRST, odd]
    assert len({release.id for release in (FIRST, SECOND, odd)}) == 3
    assert list(store.releases.units_of("acme")) == ["u1"]


def test_the_oldest_release_says_in_which_split_a_unit_is(store: Store) -> None:
    store.releases.put(FIRST, [("u2", "test"), ("u1", "train")], [])
    store.releases.put(SECOND, [("u1", "test"), ("u3", "validation"), ("u2", "train")], [])
    elsewhere = replace(FIRST, splitting="other", name="beta", manifest="{}")
    store.releases.put(elsewhere, [("u1", "validation"), ("u4", "train")], [])
    assert list(store.releases.splits("key")) == [
        *(("u1", "train"), ("u2", "test"), ("u3", "validation")),
    ]
    assert list(store.releases.splits("other")) == [("u1", "validation"), ("u4", "train")]
    assert list(store.releases.splits("none")) == []
    assert list(store.releases.units_of("acme")) == ["u1", "u2", "u3"]


def test_no_unit_is_lost_where_what_is_read_at_once_ends(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("codeaug.store.releases._AT_ONCE", 3)
    units = [f"u{number}" for number in range(8)]
    for release in (FIRST, SECOND, replace(FIRST, manifest="third")):
        store.releases.put(release, [(unit, "train") for unit in units], units)
    assert [unit for unit, _ in store.releases.splits("key")] == units
    assert list(store.releases.units_of("acme")) == units


def test_what_two_releases_share_is_counted(store: Store) -> None:
    store.releases.put(FIRST, [(unit, "train") for unit in ("u1", "u2", "u3")], ["v1", "v2"])
    store.releases.put(SECOND, [(unit, "test") for unit in ("u4", "u3", "u2")], ["v2", "v3"])
    assert store.releases.shared(FIRST, SECOND) == (2, 1)
    assert store.releases.shared(SECOND, FIRST) == (2, 1)


def test_releases_that_hold_any_of_some_units_or_variants_are_named_with_how_many(
    store: Store,
) -> None:
    store.releases.put(FIRST, [("u1", "train"), ("u2", "test")], ["v1", "v2"])
    store.releases.put(SECOND, [("u2", "test")], ["v2"])
    found = store.releases.containing([*(f"u{n}" for n in range(2, 2000)), "u2"], ["v1", "v2"])
    assert [(c.release, c.units, c.variants) for c in found] == [(FIRST, 1, 2), (SECOND, 1, 1)]
    assert [c.release for c in store.releases.containing(["u1"])] == [FIRST]
    assert store.releases.containing(["u9"], ["v9"]) == []


def test_nothing_of_a_release_is_kept_when_its_units_cannot_be_told(store: Store) -> None:
    def breaking() -> Iterator[tuple[str, str]]:
        yield "u1", "train"
        raise RuntimeError("the exporter broke")

    with pytest.raises(RuntimeError):
        store.releases.put(FIRST, breaking(), [])
    assert store.releases.all() == []
    assert store.releases.put(FIRST, [("u1", "train")], [])


def test_withdrawals_are_kept_in_order_and_told_by_the_audit(store: Store) -> None:
    taken = [
        Withdrawal(Withdrawn.UNIT, "a.py::f", "it was wrong", "ann", NOW),
        Withdrawal(Withdrawn.PATH, ODD, "", "bob", NOW),
        Withdrawal(Withdrawn.PATH, ODD, "", "bob", NOW),
    ]
    store.releases.withdraw(taken)
    assert store.releases.withdrawals() == taken
    lines = store.audit.events()
    assert [(line.actor, line.verb) for line in lines] == [("bob", "forgot")] * 2 + [
        ("ann", "forgot")
    ]
    assert lines[-1].object == "unit a.py::f"
    assert store.audit.verify().problems == ()


def test_an_attempt_to_tune_comes_back_with_its_newest_state(store: Store) -> None:
    attempt = Tuned("r1", "https://host/v1", "base", "acme", {"a" * 64: "file-1"}, made_at=NOW)
    store.releases.put_tuned(attempt)
    done = replace(attempt, job="job-1", model="ft:base", state="succeeded")
    store.releases.put_tuned(done)
    other = replace(attempt, release_id="r2", state="failed", job="job-2")
    store.releases.put_tuned(other)
    assert store.releases.tuned("r1") == [done]
    assert {each.job for each in store.releases.tuned()} == {"job-1", "job-2"}
    again = replace(attempt, made_at=NOW.replace(hour=9))
    store.releases.put_tuned(again)
    assert store.releases.tuned("r1") == [done, again]


def test_units_that_a_mark_keeps_out_of_datasets_are_known_by_commit(store: Store) -> None:
    first, second = FILES
    marked = replace(first, no_train=frozenset({UNIT.span.start}))
    assert UNIT.span.start == OTHER.span.start, "both of the file are marked then"
    store.put_scan("v1", [marked, second])
    store.put_tree("c1", "v1", KEYS)
    store.put_tree("c2", "v1", KEYS[1:])
    assert store.no_train("c1") == {UNIT.id, OTHER.id}
    assert store.no_train("c2") == set()
    assert [unit.id for unit in store.units("c1")] == [METHOD.id, UNIT.id, OTHER.id]


def test_versions_of_units_are_found_by_name_path_and_repository(store: Store) -> None:
    store.put_scan("v1", FILES)
    store.put_tree("c1", "v1", KEYS)
    store.put_tree("c2", "v1", KEYS[1:])
    store.put_repository(Repository("git@host:team/app.git", "/clones/1", "c1", ""))
    store.put_repository(Repository("git@host:team/web.git", "/clones/2", "c2", ""))
    made = Variant(UNIT.id, "def add(a, b):\n    return b + a\n", Origin("rules"))
    store.put_variants([made])
    assert store.versions_called(["Sums.add(int,int)", "mul"]) == [OTHER, METHOD]
    assert store.versions_called(["Sums.add"]) == []
    assert store.versions_in_paths(lambda path: path.endswith(".java")) == {METHOD.id}
    assert store.versions_in_repositories(lambda r: r.name == "app") == {
        *(UNIT.id, OTHER.id, METHOD.id),
    }
    assert store.versions_in_repositories(lambda r: r.name == "web") == {METHOD.id}
    assert store.versions_in_repositories(lambda r: False) == set()
    assert store.variants_of([UNIT.id, METHOD.id]) == [made.id]
