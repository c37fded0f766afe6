"""Captions by the command line: written by a model on loopback, approved by people."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from codeaug.cli import captions
from codeaug.engines.llm import captioning, prompts
from codeaug.engines.llm.reading import Kind
from codeaug.model import Reply as Kept
from codeaug.model import Word
from codeaug.people import Role
from codeaug.store import Store, default_url
from tests.conftest import git
from tests.model_api.script import Reply, Request
from tests.model_server import ModelServer
from tests.seeded import UNITS
from tests.test_journey import codeaug

MODEL = "openai:test-model"
LANGUAGES = {"python": "Python", "java": "Java", "cpp": "C++"}
SAID = "Adds up all positive prices, each less the rebate. Without a rebate the sum is zero."


def script(request: Request) -> Reply:
    return Reply(f"```text\n{SAID}\n```\nAuthor: a model\n" if "total" in request.prompt else SAID)


def caption(folder: Path, server: ModelServer, *more: object, code: int = 0) -> dict[str, Any]:
    at = ("--model", MODEL, "--base-url", server.base_url, "--json")
    document: dict[str, Any] = json.loads(codeaug("caption", folder, *at, *more, code=code))
    return document


def listed(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        codeaug("review", "captions", folder, "--list", "--json")
    )
    return found


def review(folder: Path, keys: str, *more: object, **environ: str) -> dict[str, int]:
    out = codeaug("review", "captions", folder, "--json", *more, stdin=keys, **environ)
    counts: dict[str, int] = json.loads(out)
    return counts


@pytest.fixture
def priced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "config" / "codeaug"
    folder.mkdir(parents=True)
    prices = f'[prices."{MODEL}"]\ninput = 0.15\noutput = 0.60\n'
    (folder / "codeaug.toml").write_text(prices)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


# --- asking ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("priced")
@pytest.mark.parametrize("language", LANGUAGES)
def test_functions_without_documentation_are_described_once_and_wait_for_a_person(
    language: str, repository: Callable[[str], Path]
) -> None:
    folder = repository(f"journey-{language}")
    with ModelServer(script) as server:
        document = caption(folder, server)
        assert document["units"] == document["made"] == len(server.log)
        assert document["captions"]["waiting"] == document["made"] > 0
        assert document["spent_usd"] == pytest.approx(float(server.totals().cost))
        prompts = [json.loads(entry.body)["messages"][0]["content"] for entry in server.log]
        assert all(f"what the {LANGUAGES[language]} function below does" in p for p in prompts)
        (total,) = [one for one in listed(folder) if "total" in one["unit"]]
        assert total["text"] == SAID
        assert (total["state"], total["model"], total["language"]) == ("waiting", MODEL, language)
        if language != "cpp":  # whose grade has none
            assert not any("The grade" in p or "no score" in p for p in prompts)
            assert document["left_out"]["documented"] == 1
        again = caption(folder, server)
        assert (again["made"], again["kinds"]) == (0, {})
        assert len(server.log) == document["made"]
        lines = codeaug("ledger", folder, "--json").splitlines()
        assert {json.loads(one)["purpose"] for one in lines} == {"caption"}


def test_what_is_marked_withdrawn_or_kept_here_is_not_asked_about(
    repository: Callable[[str], Path],
) -> None:
    folder = repository("journey-python")
    files = {
        "marked.py": "# codeaug: no-train\ndef one(x):\n    return x\n",
        "private/kept.py": "def two(x):\n    return x\n",
        "gone.py": "def three(x):\n    return x\n",
        "key.py": "def four():\n    return 'AKIA" + "IOSFODNN7EXAMPL3'\n",
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    (folder / "codeaug.toml").write_text('never_send = ["private/"]\n')
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "More")
    codeaug("scan", folder)
    codeaug("forget", folder, "--unit", "gone.py::three", "--reason", "of a customer")
    with ModelServer(script) as server:
        document = caption(folder, server)
        sent = "".join(entry.body for entry in server.log)
    assert not any(f"def {name}(" in sent for name in ("one", "two", "three", "four"))
    left_out = document["left_out"]
    assert (left_out["marked no-train"], left_out["withdrawn"]) == (1, 1)
    assert left_out["may not leave"] == 1
    assert any("holds" in kind for kind in document["kinds"])


@pytest.mark.usefixtures("priced")
def test_a_plan_and_a_dry_run_send_nothing_and_tell_what_would_be_sent(
    repository: Callable[[str], Path],
) -> None:
    folder = repository("journey-python")
    with ModelServer(script) as server:
        at = ("--model", MODEL, "--base-url", server.base_url)
        plan = json.loads(codeaug("caption", folder, *at, "--plan", "--json"))
        lines = codeaug("caption", folder, *at, "--dry-run", "--json").splitlines()
        assert server.log == []
        assert plan["units"] == plan["likely"]["calls"] == len(lines)
        (model,) = plan["models"]
        assert 0 < model["likely_usd"] < model["most_usd"]
        assert caption(folder, server, "--limit", 1)["made"] == 1
        made = caption(folder, server)
        assert made["spent_usd"] <= model["most_usd"]
        assert {json.loads(one)["body"] for one in lines} == {entry.body for entry in server.log}
        assert "batch" not in codeaug("caption", folder, *at, "--plan")


@pytest.mark.usefixtures("priced")
def test_a_budget_ends_it_with_exit_code_4_and_more_goes_on(
    repository: Callable[[str], Path],
) -> None:
    folder = repository("journey-python")
    with ModelServer(script) as server:
        document = caption(folder, server, "--budget", "0.000001", code=4)
        assert "budget" in document["stopped"]
        assert document["made"] == 0
        assert document["units_left"] == document["units"]
        assert server.log == []
        assert caption(folder, server, "--budget", "1")["made"] == document["units"]


# --- reading replies ------------------------------------------------------------------------------


def read(text: str, language: str = "python") -> captioning.Read:
    body = {"choices": [{"message": {"content": text}, "finish_reason": "stop"}]}
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    unit = UNITS[language]
    data = json.dumps(body).encode()
    reply = Kept("k", unit.id, "caption", MODEL, data, 1, 1, 0, True, 0.1, moment)
    return captioning.read(reply, unit)


def text_of(text: str, language: str = "python") -> str:
    found = read(text, language).caption
    return found.text if found else ""


def test_fences_author_lines_and_reasoning_are_taken_off() -> None:
    said = "Splits items by whether they are accepted."
    for reply in (
        said,
        f"```\n{said}\n```",
        f"```text\n{said}\n```\n",
        f"<think>who knows</think>\n{said}",
        f"{said}\n\n@author Ann\nWritten by: Ann Miller\nann@acme.com\nCopyright 2026 Acme",
        f"{said}\n\n```python\nx = 1\n```\n",
        f'"""{said}"""',
    ):
        assert text_of(reply) == said, reply
    assert text_of("Returns the author of a book.") == "Returns the author of a book."
    found = read(said).caption
    assert found is not None
    assert (found.model, found.prompt) == (MODEL, prompts.caption_version())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reply_that_holds_code_of_the_function_is_refused(language: str) -> None:
    lines = [line.strip() for line in UNITS[language].code.split("\n")]
    lines = [line for line in lines if len(line) > 2]
    assert read(f"It does this: `{lines[-2]} {lines[-1]}`", language).why == captioning.QUOTES
    assert read(UNITS[language].code, language).why == captioning.QUOTES
    assert text_of(f"The line `{lines[-1]}` ends it.", language)


def test_a_function_of_one_line_may_not_be_quoted_either() -> None:
    assert captioning.quotes("It is int f(int x) { return x; }.", "int f(int x) { return x; }")
    assert not captioning.quotes("It returns x.", "int f(int x) { return x; }")


def test_replies_that_say_nothing_are_refused_and_long_ones_end_with_a_sentence() -> None:
    assert read("").why == Kind.EMPTY
    assert read("```\n```").why == Kind.EMPTY
    assert read("NOT_APPLICABLE.").why == Kind.NOT_APPLICABLE
    assert read("I'm sorry, I cannot help with that.").why == Kind.REFUSED
    assert read("a" * 1300).why == captioning.TOO_LONG
    long = text_of("It takes items. " * 100)
    assert 1100 < len(long) <= captioning.LONGEST
    assert long.endswith("items.")


def test_the_template_for_captions_is_no_part_of_what_variants_depend_on() -> None:
    assert prompts.caption_version() != prompts.version()
    words = prompts.caption(UNITS["cpp"], UNITS["cpp"].code, b"key")[0].content
    assert UNITS["cpp"].code in words
    assert "<<" in words


# --- people ---------------------------------------------------------------------------------------


@pytest.fixture
def described(repository: Callable[[str], Path]) -> Path:
    """A repository whose captions wait."""
    folder = repository("journey-python")
    with ModelServer(script) as server:
        assert caption(folder, server)["made"] == 3
    return folder


def test_people_approve_reject_edit_and_skip_line_by_line(described: Path) -> None:
    editor = described.parent / "editor"
    editor.write_text('#!/bin/sh\necho "Takes $(wc -l < "$1") line." > "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    assert review(described, "x\na\ns\nq\n") == {
        "approved": 1, "rejected": 0, "edited": 0, "waiting": 2,
    }  # fmt: skip
    counts = review(described, "e\nreject\n", "--reviewer", "ann", EDITOR=str(editor))
    assert counts == {"approved": 0, "rejected": 1, "edited": 1, "waiting": 0}
    found = listed(described)
    assert sorted(one["state"] for one in found) == ["approved", "approved", "rejected"]
    (edited,) = [one for one in found if one["words"][0]["word"] == "edited"]
    assert edited["text"].startswith("Takes ")
    assert edited["words"][0]["reviewer"] == "ann"
    assert review(described, "a\n")["waiting"] == 0
    codeaug("forget", described, "--path", "shop.py", "--reason", "of a customer")
    assert listed(described) == []


def test_the_code_and_the_caption_are_shown_before_anything_is_asked(described: Path) -> None:
    import subprocess
    import sys

    command = [sys.executable, "-m", "codeaug", "review", "captions", str(described)]
    done = subprocess.run(
        command, input="q\n", capture_output=True, text=True, check=True, env=os.environ
    )
    assert done.stdout == ""
    assert SAID in done.stderr
    assert "    def " in done.stderr or "def untested" in done.stderr
    assert done.stderr.index(SAID) < done.stderr.index("a approve")


def test_in_a_terminal_a_key_is_enough_and_ctrl_d_leaves_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = iter("A\x1be")

    def getchar() -> str:
        try:
            return next(keys)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.getchar", getchar)
    assert [captions._key() for _ in range(4)] == ["a", "?", "e", ""]


def test_only_people_who_may_vote_decide_where_the_store_knows_people(described: Path) -> None:
    with Store.open(default_url(described)) as store:
        from codeaug.members import admit

        admit(store, "vera", Role.VIEWER, "test")
        admit(store, "ann", Role.ANNOTATOR, "test")
    for name in ("vera", "nobody"):
        codeaug("review", "captions", described, "--reviewer", name, stdin="a\n", code=2)
    assert {one["state"] for one in listed(described)} == {"waiting"}
    assert review(described, "a\na\n", "--reviewer", "ann")["approved"] == 2
    with Store.open(default_url(described)) as store:
        assert store.audit.verify().problems == ()
        (line, *_) = store.audit.events()
        assert (line.actor, line.verb) == ("ann", f"caption {Word.APPROVED}")


def test_an_endpoint_that_fails_leaves_units_to_the_next_run(
    repository: Callable[[str], Path],
) -> None:
    folder = repository("journey-python")
    with ModelServer(script) as server:
        wrong = ("--model", MODEL, "--base-url", "http://127.0.0.1:9/v1", "--json")
        (folder / "codeaug.toml").write_text("")
        document = json.loads(codeaug("caption", folder, *wrong, code=4, CODEAUG_PATIENCE="1"))
        assert document["units_left"] == 3
        assert caption(folder, server)["made"] == 3
