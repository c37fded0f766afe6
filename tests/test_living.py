"""What is kept, and what is made again, when the code changes: a history of commits a language."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import command_line


@dataclass(frozen=True)
class History:
    """What is replaced by what, by kind of change, in the journey repository of a language."""

    source: str
    edit: tuple[str, str]
    layout: tuple[str, str]
    moved: str
    imports: tuple[str, str, str]
    test: tuple[str, str, str]


HISTORIES = {
    "python": History(
        "shop.py",
        ("score > 10", "score >= 11"),
        ('return "none"', "return (\n            'none'\n        )"),
        "store.py",
        ("tests/test_shop.py", "from shop import", "from store import"),
        ("tests/test_shop.py", "total(1) == 6", "total(1) in [6]"),
    ),
    "java": History(
        "src/main/java/shop/Shop.java",
        ("score > 10", "score >= 11"),
        ("if (score == null) {", "if (score\n            == null)\n        {"),
        "",
        ("", "", ""),
        (
            "src/test/java/shop/ShopTest.java",
            "assertEquals(6, new Shop(3, 0, 5).total(1))",
            "assertEquals(7 - 1, new Shop(3, 0, 5).total(1))",
        ),
    ),
    "cpp": History(
        "shop.cpp",
        ("*score > 10", "*score >= 11"),
        ("if (score == nullptr) {", "if (score\n            == nullptr)\n    {"),
        "",
        ("", "", ""),
        ("test_total.cpp", "total(1) == 6", "total(1) == 7 - 1"),
    ),
}


@dataclass
class Journey:
    """A repository whose history is made step by step, run after each."""

    root: Path
    history: History

    def git(self, *args: str) -> None:
        config = ("-c", "user.name=dev", "-c", "user.email=dev@example.com")
        subprocess.run(["git", *config, *args], cwd=self.root, check=True, capture_output=True)

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", "step")

    def change(self, path: str, before: str, after: str) -> None:
        file = self.root / path
        text = file.read_text()
        assert before in text
        file.write_text(text.replace(before, after, 1))
        self.commit()

    def codeaug(self, *args: str) -> Any:
        done = command_line.codeaug(*args, self.root, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def run(self) -> tuple[int, int, int]:
        """Projects built, units with faults injected anew, variants judged."""
        document = self.codeaug("run")
        redone = document["redone"]
        return redone["projects"], redone["faults"], redone["variants"]

    def states(self) -> dict[str, set[str]]:
        """The states of the units that have variants, by name."""
        found: dict[str, set[str]] = {}
        for unit in self.codeaug("status")["units"]:
            found.setdefault(unit["unit"].split("(")[0], set()).add(unit["state"])
        return found


@pytest.fixture(params=sorted(HISTORIES))
def journey(request: pytest.FixtureRequest, fetched_repository: Callable[[str], Path]) -> Journey:
    return Journey(fetched_repository(f"journey-{request.param}"), HISTORIES[request.param])


@pytest.mark.slow
def test_a_run_redoes_what_a_commit_can_affect_and_nothing_else(journey: Journey) -> None:
    history, root = journey.history, journey.root
    projects, units, variants = journey.run()
    assert (projects, units) == (1, 2)
    assert journey.run() == (0, 0, 0)

    journey.change(history.source, *history.edit)
    states = journey.states()
    assert sorted(map(sorted, states.values())) == [["fresh"], ["stale"]]
    assert journey.run()[:2] == (1, 1)
    journey.git("revert", "--no-edit", "HEAD")
    assert journey.run() == (0, 0, 0)
    assert sorted(map(sorted, journey.states().values())) == [["fresh"], ["fresh", "stale"]]

    journey.change(history.source, *history.layout)
    (root / "README.md").write_text("A shop.\n")
    journey.commit()
    assert journey.run() == (0, 0, 0)
    journey.git("revert", "--no-edit", "HEAD~1")

    if history.moved:
        journey.git("mv", history.source, history.moved)
        journey.change(*history.imports)
        assert sorted(map(sorted, journey.states().values())) == [["fresh"], ["fresh", "stale"]]
        assert journey.run() == (1, 0, 0)

    journey.change(*history.test)
    projects, units, judged = journey.run()
    assert (projects, units) == (1, 1)
    assert 0 < judged < variants


@pytest.mark.slow
def test_a_link_that_leads_elsewhere_and_other_paths_are_seen_by_the_next_run(
    fetched_repository: Callable[[str], Path],
) -> None:
    root = fetched_repository("journey-python")
    (root / "link.py").symlink_to("shop.py")
    (root / "other.py").write_text("def other():\n    return 1\n")
    journey = Journey(root, HISTORIES["python"])
    journey.commit()
    journey.codeaug("run", "--paths", "shop.py")
    (root / "shop.py").write_text((root / "shop.py").read_text() + "# the end\n")
    journey.commit()
    adopted = journey.codeaug("run", "--paths", "shop.py")
    assert adopted["redone"]["projects"] == 0
    wider = journey.codeaug("run")
    assert wider["redone"]["projects"] == 1
    assert wider["languages"][0]["units"] == adopted["languages"][0]["units"] + 1
    (root / "link.py").unlink()
    (root / "link.py").symlink_to("other.py")
    journey.commit()
    assert journey.run()[0] == 1


@pytest.mark.slow
def test_a_repository_that_was_moved_is_judged_where_it_is_now(
    judgeable_repository: Callable[[str], Path],
) -> None:
    # its oracle was made in a folder that is no longer there
    journey = Journey(judgeable_repository("journey-python"), HISTORIES["python"])
    document = journey.codeaug("run")
    assert document["redone"]["projects"] == 0
    assert document["languages"][0]["verdicts"].keys() == {"passed"}
