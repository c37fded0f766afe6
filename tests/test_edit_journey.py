"""A person's edit, checked by real tools beside the server that took it, once a language."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from html import unescape
from pathlib import Path

import httpx
import pytest

from codeaug import revision
from codeaug.model import Unit, Variant
from codeaug.store import Store
from tests.test_journey import LANGUAGES, codeaug

pytestmark = pytest.mark.slow

SWAPPED = {"score > 10": "10 < score", "score >= 10": "10 <= score"}


def edited(language: str, which: str) -> str:
    """A text that only a person writes: right, or wrong."""
    text = str(LANGUAGES[language][which]).rstrip("\n")
    for one, other in SWAPPED.items():
        text = text.replace(f"*{one}", f"10 {other.split()[1]} *score").replace(one, other)
    return text


@contextmanager
def served(repo: Path) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """The review of a repository, and somebody who has signed in."""
    program = [sys.executable, "-m", "codeaug", "review", str(repo), "--port", "0"]
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        address = server.stderr.readline().removeprefix("Review: ").strip()
        base = "/".join(address.split("/")[:3])
        try:
            with httpx.Client(base_url=base, follow_redirects=True) as client:
                client.get(address).raise_for_status()
                yield client, server
        finally:
            server.send_signal(signal.SIGINT)
            server.stderr.read()
            server.wait(60)


def grade_card(store: Store, language: str) -> tuple[Unit, Variant]:
    """A variant of `grade`."""
    name = LANGUAGES[language]["grade"]
    for row in store.listed():
        if row.name.startswith(str(name)):
            variant = store.variant(row.variant_id)
            assert variant is not None
            unit = store.unit(variant.unit_id)
            assert unit is not None
            return unit, variant
    raise AssertionError("no variant of grade")


def post(client: httpx.Client, unit: Unit, parent: str, text: str) -> None:
    page = client.get(f"/variants/{parent}/edit").text
    form = {"code": revision.shown(unit, text)}
    for name in ("request", "token"):
        found = re.search(f'name="{name}" value="([^"]*)"', page)
        form[name] = found[1] if found else ""
    client.post(f"/variants/{parent}/edit", data=form).raise_for_status()


def checked(store: Store, client: httpx.Client, unit: Unit, text: str) -> str:
    """The words of the edit's page, when its checks are in."""
    variant = Variant(unit.id, text, store.variants(unit.id)[0].origin)
    deadline = time.monotonic() + 300
    while store.evidence(variant.id) is None or store.edits.waiting():
        assert time.monotonic() < deadline, "the edit was not checked"
        time.sleep(0.5)
    return words(client, variant)


def words(client: httpx.Client, variant: Variant) -> str:
    page = client.get(f"/variants/{variant.id}").text
    return unescape(re.sub(r"\s+", " ", re.sub("<[^>]*>", "", page)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_edit_is_checked_at_once_and_comes_back(
    language: str, judgeable_repository: Callable[[str], Path]
) -> None:
    repo = judgeable_repository(f"journey-{language}")
    codeaug("run", repo, "--json")
    with Store.open(str(repo / ".codeaug" / "codeaug.db")) as store, served(repo) as (client, _):
        unit, variant = grade_card(store, language)
        client.post(f"/variants/{variant.id}/take").raise_for_status()
        wrong = edited(language, "wrong")
        post(client, unit, variant.id, wrong)
        page = checked(store, client, unit, wrong)
        assert "Your edit was checked and fell short: tested failed" in page
        first = Variant(unit.id, wrong, variant.origin).id
        assert str(client.get("/").url).endswith(first)

        right = edited(language, "right")
        post(client, unit, first, right)
        page = checked(store, client, unit, right)
        assert "Your edit was checked: its evidence reaches" in page
        made = Variant(unit.id, right, variant.origin)
        deadline = time.monotonic() + 60
        while "Approve" not in words(client, made):  # the queue is filled after the evidence
            assert time.monotonic() < deadline, "the edit is in nobody's queue"
            time.sleep(0.5)
        assert str(client.get("/").url).endswith(Variant(unit.id, right, variant.origin).id)


def test_interrupting_the_server_ends_the_check_and_keeps_the_edit(
    judgeable_repository: Callable[[str], Path],
) -> None:
    repo = judgeable_repository("journey-java")
    codeaug("run", repo, "--json")
    with Store.open(str(repo / ".codeaug" / "codeaug.db")) as store:
        with served(repo) as (client, server):
            unit, variant = grade_card(store, "java")
            client.post(f"/variants/{variant.id}/take").raise_for_status()
            right = edited("java", "right")
            post(client, unit, variant.id, right)
            children = children_of(server.pid)
        assert server.returncode is not None
        assert living(children) == []
        codeaug("run", repo, "--json")
        assert store.edits.waiting() == []
        assert store.evidence(Variant(unit.id, right, variant.origin).id) is not None


def living(pids: list[str]) -> list[str]:
    """Which of these processes still run some seconds later, with what they run."""
    deadline = time.monotonic() + 10
    while True:
        found = []
        for pid in pids:
            stat, command = Path(f"/proc/{pid}/stat"), Path(f"/proc/{pid}/cmdline")
            with suppress(OSError):
                if stat.read_text().rpartition(") ")[2][0] != "Z":
                    found.append(command.read_text().replace("\0", " "))
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.1)


def children_of(pid: int) -> list[str]:
    """The processes that the server has started by now, once there is one."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        found = [c for task in Path(f"/proc/{pid}/task").iterdir()
                 for c in (task / "children").read_text().split()]  # fmt: skip
        if len(found) > 1:  # the resource tracker, and the check
            return found
        time.sleep(0.1)
    raise AssertionError("no check was started")
