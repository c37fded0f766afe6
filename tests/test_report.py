from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from html.parser import HTMLParser
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from codeaug.dataset.recipe import Policy
from codeaug.errors import UsageError
from codeaug.model import Decision, Fault, FaultOutcome, Repository, Rung, Strength, Word
from codeaug.report import figures, page, releases
from codeaug.report.datasets import show_export
from codeaug.report.story import as_text, story
from codeaug.store import Store
from codeaug.store.releases import Release
from tests.datasets import decide, exported
from tests.seeded import COMMIT, UNITS, VARIANTS, seed

KEY = "faults"
NOW = datetime(2026, 1, 2, 3, 4)
REPOSITORY = Repository("git@host:team/acme.git", "/clones/a", COMMIT, "Apache-2.0")


def fault(outcome: str, line: int = 42) -> Fault:
    hint = "check the result when <width> is 4"
    return Fault("negate", line, "`!=` for `==`", hint, FaultOutcome(outcome), "")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store.open(str(tmp_path / "codeaug.db"))
    seed(opened)
    strengths = [
        Strength(UNITS["java"].id, COMMIT, (fault("caught"), fault("survived"))),
        Strength(UNITS["cpp"].id, COMMIT, (fault("survived"), fault("uncompilable"))),
        Strength(UNITS["python"].id, COMMIT, (fault("caught"), fault("equivalent"))),
    ]
    opened.put_strengths(strengths, KEY)
    return opened


def written(store: Store, target: Path) -> str:
    page.write(store, REPOSITORY, Rung.GUARDED, target, datetime(2026, 1, 2, 3, 4))
    return target.read_text(encoding="utf-8")


def test_the_report_is_one_file_that_needs_no_other(store: Store, tmp_path: Path) -> None:
    html = written(store, tmp_path / "report.html")
    for part in ("src=", "href=", "@import", "url("):
        assert part not in html
    assert "acme" in html
    assert COMMIT[:12] in html


def test_no_report_is_written_through_a_link_of_the_repository(
    store: Store, tmp_path: Path
) -> None:
    (tmp_path / "r" / ".git").mkdir(parents=True)
    for name in ("report.html", "report.html.partial"):
        (tmp_path / "r" / name).symlink_to(tmp_path / "victim")
    assert written(store, tmp_path / "r" / "report.html")
    assert not (tmp_path / "victim").exists()


def test_text_of_the_repository_cannot_become_markup(store: Store, tmp_path: Path) -> None:
    html = written(store, tmp_path / "report.html")
    assert "when &lt;width&gt; is 4" in html
    assert "<width>" not in html


def test_the_picture_tells_blind_weak_and_strong_tests_apart(store: Store) -> None:
    oracles, strengths = store.oracles(COMMIT), store.strengths(COMMIT)
    files = figures.blindness(list(store.units(COMMIT)), oracles, strengths)
    kinds = {cell.name: cell.kind for cells in files.values() for cell in cells}
    assert kinds == {
        "Words.abbreviate": "weak",
        "acme::Clock::minutes_until": "blind",
        "partition": "strong",
    }


def test_the_funnel_counts_what_is_left_at_each_step(store: Store) -> None:
    found = figures.funnels(
        list(store.units(COMMIT)),
        store.oracles(COMMIT),
        store.strengths(COMMIT),
        store.told(COMMIT),
        Rung.TESTED,
    )
    units, variants = found["cpp"]
    assert [step.count for step in units] == [1, 1, 1, 0]
    counts = {step.name: step.count for step in variants}
    assert (counts["variants"], counts["compiled"], counts["tested"]) == (2, 2, 1)
    assert counts["accepted"] == 1


def test_each_lost_variant_has_a_reason(store: Store) -> None:
    losses = figures.losses(store.told(COMMIT), store.site_totals(COMMIT), Rung.TESTED)
    assert sum(count for _, count in losses["refused"]) == 2
    assert any(reason.startswith("tested failed") for reason, _ in losses["refused"])


def test_a_repository_that_was_never_scanned_has_no_report(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "codeaug.db")) as empty, pytest.raises(UsageError, match="run"):
        written(empty, tmp_path / "report.html")
    assert not (tmp_path / "report.html").exists()


def test_the_story_of_a_variant_tells_every_vote(store: Store) -> None:
    variant = VARIANTS["java"].id
    votes = (
        ("ann", Word.APPROVED, ""),
        ("bob", Word.REJECTED, "trivial"),
        ("eve", Word.FLAGGED, ""),
    )
    for who, word, reason in votes:
        store.put_decision(Decision(variant, who, word, NOW, reason, "", 4), who)
    document = story(store, variant)
    told = [line for line in as_text(document) if line.startswith("decision: ")]
    at = NOW.isoformat()
    assert told == [
        f"decision: approved by ann at {at}",
        f"decision: rejected (trivial) by bob at {at}",
        f"decision: flagged by eve at {at}",
    ]
    assert [d["approved"] for d in document["decisions"]] == [True, False, False]
    assert [d["naturalness"] for d in document["decisions"]] == [4, 4, 4]


# --- datasets -------------------------------------------------------------------------------------

HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
NUMBER = re.compile(r"(?<![\w.,-])\d+(?:,\d{3})*(?:\.\d+)?%?(?![\w-])")
AXIS = {"0", "1", *(f"0.{tenth}" for tenth in range(1, 10)), *(str(1 << n) for n in range(16))}


class Datasets(HTMLParser):
    """What a reader sees of the datasets, and the elements that it is made of."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.elements: set[str] = set()
        self.feed(html[html.index('<h2 id="datasets"') :])
        self.text = " ".join(" ".join(self.parts).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.parts += [value for name, value in attrs if name == "aria-label" and value]

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


@pytest.fixture
def manifest(store: Store, tmp_path: Path) -> dict[str, Any]:
    """Of a dataset that two people decided about."""
    for name in ("java", "python", "cpp"):
        decide(store, name)
        decide(store, name, "bob")
    return exported(store, tmp_path / "out", tasks=("rewrite", "completion"))


def shown(store: Store, manifest: dict[str, Any], target: Path) -> Datasets:
    """The page of a dataset with this manifest that was made after all others."""
    made = Release("later", "openai-chat", HOSTILE, "key", 7001, json.dumps(manifest))
    assert store.releases.put(made, [], [])
    return Datasets(written(store, target).split("</details>")[0])


def numbered(value: Any, fresh: Iterator[int]) -> Any:
    """The same with a number of its own at every place."""
    match value:
        case dict():
            return {name: numbered(one, fresh) for name, one in value.items()}
        case list():
            return [numbered(one, fresh) for one in value]
        case float():
            return next(fresh) / 10_000
        case int() if not isinstance(value, bool):
            return next(fresh)
    return value


def numbers(value: Any) -> Iterator[float]:
    match value:
        case dict():
            yield from (number for one in value.values() for number in numbers(one))
        case list():
            yield from (number for one in value for number in numbers(one))
        case int() | float() if not isinstance(value, bool):
            yield value


def test_a_store_without_datasets_has_no_page_of_them(store: Store, tmp_path: Path) -> None:
    html = written(store, tmp_path / "report.html")
    assert 'id="datasets"' not in html
    assert "<details" not in html


def test_every_number_on_a_page_is_of_the_manifest(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    manifest["left_out"] = {"a check failed": 1, "has a secret": 2}
    manifest["leakage"]["benchmarks"] = 0
    told = numbered(manifest, count(1009, 7))
    text = shown(store, told, tmp_path / "report.html").text
    known = {"7,001", f"{sum(told['counts']['units'].values()):,}", *AXIS}
    for number in (*numbers(told), *asdict(Policy()).values()):
        known |= {str(number), f"{number:,}", f"{number:.2f}", f"{100 * number:.1f}%"}
    assert set(NUMBER.findall(text)) <= known


def test_all_that_a_dataset_is_made_of_is_on_its_page(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    manifest["left_out"] = {"a check failed": 1, "has a secret": 2}
    manifest["mix"]["dropped"] = {"has a secret": 2}
    told = numbered(manifest, count(1009, 7))
    text = shown(store, told, tmp_path / "report.html").text
    counts, figures, tokens = told["counts"], told["mix"]["figures"], told["tokens"]
    expected = {
        *(f"{name} {n:,}" for k in ("tasks", "transforms", "rungs", "accepted_by")
          for name, n in counts[k].items()),
        *(f"{name} {n:,}" for name, n in told["left_out"].items()),
        *(f"{one['name']} {one['units']:,}" for one in told["repositories"]),
        *(f"{one['engine']} {one['variants']:,}" for one in told["generators"]),
        *(f"{name} {100 * n:.1f}%" for k in ("transforms", "generators", "repositories")
          for name, n in figures[k].items()),
        *(f"{split} {n:,} {counts['rows'][split]:,}" for split, n in counts["units"].items()),
        *(f"up to {bound}: {n}" for own in tokens["lengths"].values() for bound, n in own.items()),
        *(f"up to {bound}: {n}" for bound, n in told["mix"]["novelty"].items()),
        f"Python {counts['languages']['python']:,}",
        f"{told['leakage']['normalised']:,}",
        f"{told['leakage']['similar']:,}",
        f"{told['mix']['dropped']['has a secret']:,} of them to keep what the mix policy allows",
        f"{tokens['human']:,} characters written by people, {tokens['synthetic']:,} synthetic",
        f"The longest row has {tokens['longest']:,}",
        f"{told['reviewers']['people']:,} people decided {told['reviewers']['decisions']:,} times",
    }  # fmt: skip
    for name in ("synthetic_share", "diversity", "tail"):
        expected.add(f"{100 * figures[name]:.1f}%")
    assert {one for one in expected if one not in text} == set()


def test_how_far_people_agree_is_told(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    manifest["reviewers"]["agreement"] = {"raw": 0.9, "alpha": 0.71, "ac1": 0.82}
    text = shown(store, manifest, tmp_path / "report.html").text
    assert "raw 0.90, Krippendorff's alpha 0.71, Gwet's AC1 0.82" in text


def test_an_override_stands_in_plain_sight(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    text = shown(store, manifest, tmp_path / "report.html").text
    by = manifest["mix"]["override"]["by"]
    assert f"The mix policy was lifted by {by}, who gave this reason: a trial" in text
    assert "max_llm_depth no limit" in text
    assert "tokens made by machines no cap (loosened from 33.0%)" in text
    manifest["mix"]["override"]["loosened"] = {"max_per_unit": 6}
    manifest["mix"]["policy"]["max_per_unit"] = 6
    text = shown(store, manifest, tmp_path / "report.html").text
    assert "Looser than the default: max_per_unit 6." in text
    assert "at most 6 (loosened from 4)" in text


def test_a_dataset_that_keeps_the_policy_tells_of_no_override(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    manifest["mix"] |= {"override": None, "policy": asdict(Policy())}
    text = shown(store, manifest, tmp_path / "report.html").text
    assert "lifted" not in text
    assert "loosened" not in text
    assert "tokens made by machines at most 33.0%" in text


def test_a_bar_that_reaches_its_cap_ends_at_the_line(
    store: Store, manifest: dict[str, Any]
) -> None:
    manifest["mix"] |= {"override": None, "policy": asdict(Policy())}
    manifest["mix"]["figures"] |= {
        "synthetic_share": 0.33, "transforms": {"at": 0.15, "below": 0.05, "above": 0.3},
        "per_unit": 4, "real_units": 10, "diversity": 0.5,
    }  # fmt: skip
    made = Release("later", "openai-chat", "out", "key", 1, json.dumps(manifest))
    assert store.releases.put(made, [], [])
    (found, *_) = releases.datasets(store)
    drawn = {limit.what: limit for limit in found.mix}
    for what in ("tokens made by machines", "most variants of one function"):
        assert drawn[what].bars[0].share == drawn[what].line
    assert drawn["texts that differ from all others"].bars[0].share == 0.5
    ends = {bar.name: bar.share for bar in drawn["tokens of one transform"].bars}
    line = drawn["tokens of one transform"].line
    assert line is not None
    assert (ends["below"] < line, ends["at"] == line, ends["above"]) == (True, True, 1.0)
    people = drawn["functions written by people"]
    assert people.line is not None
    assert people.bars[0].share < people.line  # fewer than the floor
    assert drawn["tokens of one repository"].line is None


def test_no_name_or_reason_of_a_dataset_becomes_markup(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    plain = shown(store, manifest, tmp_path / "report.html")
    manifest["name"] = manifest["settings"]["tasks"][0] = manifest["tokens"]["counter"] = HOSTILE
    manifest["repositories"][0]["name"] = manifest["generators"][0]["model"] = HOSTILE
    manifest["left_out"] = {HOSTILE: 3}
    for table in ("transforms", "languages", "tasks", "rungs", "accepted_by"):
        manifest["counts"][table] = {HOSTILE: 2}
    manifest["tokens"]["lengths"] = {HOSTILE: {"128": 2}}
    manifest["mix"]["figures"]["repositories"] = {HOSTILE: 1.0}
    manifest["mix"]["override"] = {"reason": HOSTILE, "by": HOSTILE, "loosened": {HOSTILE: 1}}
    page = shown(store, manifest, tmp_path / "report.html")
    assert page.elements <= plain.elements | {"b"}
    assert page.text.count(HOSTILE) >= 15


def test_the_rarest_of_many_names_are_counted_together(
    store: Store, manifest: dict[str, Any], tmp_path: Path
) -> None:
    manifest["counts"]["transforms"] = {f"t{n}": n for n in range(1, 21)}
    text = shown(store, manifest, tmp_path / "report.html").text
    assert "t6 6 5 more 15" in text
    assert "t5 " not in text


def test_older_releases_say_what_came_and_went(store: Store, tmp_path: Path) -> None:
    decide(store, "java")
    decide(store, "cpp")
    first = exported(store, tmp_path / "out")
    decide(store, "python")
    decide(store, "java", "bob", approved=False)
    second = exported(store, tmp_path / "out")
    assert (first["counts"]["variants"], second["counts"]["variants"]) == (2, 2)
    text = Datasets(written(store, tmp_path / "report.html")).text
    new, old = (one.id[:12] for one in reversed(store.releases.all()))
    (newest,) = re.findall(f"{new} (.*?){old}", text)
    assert newest.startswith("2 3 none 2 +1 −1 ")
    assert text.count("SHA-256 of its manifest") == 1  # only the newest is drawn


def test_an_export_ends_with_what_it_made_and_what_to_mind(
    manifest: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    manifest["left_out"] = {"a check failed": 1200, "has a secret": 7} | {
        f"reason {n}": 1 for n in range(20)
    }
    manifest["mix"]["override"] = {
        "reason": "a [bold]trial[/bold]\x1b[2J", "by": "person-1",
        "loosened": {"max_per_unit": 1 << 30, "max_synthetic_share": 0.5},
    }  # fmt: skip
    manifest["settings"] |= {"validation": 0.1, "test": 0.1}
    show_export(manifest, Path("my data"))
    told = capsys.readouterr().err
    assert "the mix policy was lifted: a [bold]trial[/bold]" in told
    assert "\x1b" not in told
    assert "max_per_unit no limit (default 4), max_synthetic_share 0.5 (default 0.33)" in told
    assert "  1,200  a check failed\n      7  has a secret\n" in told
    assert "     10  for 10 other reasons" in told
    assert "no function is in validation or test: " in told
    assert "codeaug verify-export 'my data'" in told
