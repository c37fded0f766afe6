"""The engine `llm` by the command line, once a language, against a real server on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests import command_line
from tests.conftest import git
from tests.model_api import script as faults
from tests.model_api.ledger import read_log, totals
from tests.model_api.script import Faults, Reply, Request
from tests.model_server import ModelServer, model_server_process
from tests.shop_replies import function, shop
from tests.test_journey import codeaug

MODEL = "openai:test-model"
PRICES = '[prices."openai:test-model"]\ninput = 0.15\noutput = 0.60\n'
TEST_SOURCE = ("def test_", "@Test", "int main(")
LANGUAGES = ("python", "java", "cpp")

pytestmark = pytest.mark.slow


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's own settings, which know what the model costs."""
    folder = tmp_path / "config" / "codeaug"
    folder.mkdir(parents=True)
    (folder / "codeaug.toml").write_text(PRICES)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return folder / "codeaug.toml"


def at(server: ModelServer) -> list[str]:
    return ["--engine", "llm", "--model", MODEL, "--base-url", server.base_url]


def run(folder: Path, server: ModelServer, *more: object, code: int = 0) -> dict[str, Any]:
    out = codeaug("run", folder, *at(server), "--json", "--per-unit", 2, *more, code=code)
    document: dict[str, Any] = json.loads(out)
    return document


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_and_broken_rewrites_are_refused_repaired_and_only_right_ones_are_queued(
    language: str, judgeable_repository: Callable[[str], Path]
) -> None:
    folder = judgeable_repository(f"journey-{language}")
    with ModelServer(shop) as server:
        document = run(folder, server)
        (found,) = [s for s in document["languages"] if s["variants"]]
        assert document["stopped"] == ""
        assert found["verdicts"] == {"passed": 4, "failed": 2}
        assert document["queued"] == 4
        prompts = [json.loads(entry.body) for entry in server.log]
        repairs = [p["messages"][-1]["content"] for p in prompts if len(p["messages"]) > 2]
        assert any("does not compile" in text and "points" in text for text in repairs) or (
            language == "python"  # an unknown name is no compile error there
        )
        assert len(repairs) == 2
        assert not any(word in json.dumps(p) for p in prompts for word in TEST_SOURCE)
        total = server.totals()
        assert document["model"]["replies"] == total.charged
        assert Decimal(str(document["model"]["cost_usd"])) == total.cost
        # Again: nothing is asked, nothing is paid.
        before = len(server.log)
        assert run(folder, server)["queued"] == 4
        assert len(server.log) == before


@pytest.mark.usefixtures("home")
def test_a_plan_says_what_it_costs_and_sends_nothing(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    with ModelServer(shop) as server:
        plan = json.loads(codeaug("run", folder, *at(server), "--plan", "--json"))
        assert plan["units"] == 3
        assert plan["likely"]["calls"] == 9
        (model,) = plan["models"]
        assert 0 < model["batch_usd"] < model["likely_usd"] < model["most_usd"]
        assert server.log == []
        done = run(folder, server, "--per-unit", 3)["model"]
        assert done["cost_usd"] <= model["most_usd"]
        assert done["prompt_tokens"] <= plan["most"]["prompt_tokens"]


def test_a_plan_needs_no_endpoint_and_no_key(judgeable_repository: Callable[[str], Path]) -> None:
    plan = (
        "run",
        judgeable_repository("journey-python"),
        "--model",
        "openai:gpt-4.1-mini",
        "--plan",
    )
    (model,) = json.loads(codeaug(*plan, "--json"))["models"]
    assert model["likely_usd"] > 0


@pytest.mark.usefixtures("home")
def test_a_dry_run_shows_the_very_bytes_that_a_run_sends(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    with ModelServer(shop) as server:
        lines = codeaug("run", folder, *at(server), "--dry-run", "--json", "--per-unit", 2)
        shown = {json.loads(line)["body"] for line in lines.splitlines()}
        assert server.log == []
        run(folder, server)
        assert shown <= {entry.body for entry in server.log}
        assert len(shown) == 6


@pytest.mark.usefixtures("home")
def test_units_that_no_test_executes_are_sent_only_if_asked_for(
    judgeable_repository: Callable[[str], Path], home: Path
) -> None:
    folder = judgeable_repository("journey-python")
    with ModelServer(shop) as server:
        run(folder, server)
        assert not any("def untested" in entry.body.split("begin function")[-1]
                       for entry in server.log)  # fmt: skip
        home.write_text("untested = true\n" + PRICES)
        run(folder, server)
        assert any("def untested" in entry.body.split("begin function")[-1]
                   for entry in server.log)  # fmt: skip


def test_what_may_not_leave_stays_and_is_told_why(
    judgeable_repository: Callable[[str], Path], home: Path
) -> None:
    folder = judgeable_repository("journey-python")
    source = (folder / "shop.py").read_text()
    key = "AKIA" + "Q7X2M9KD4WZT1LBN"
    (folder / "shop.py").write_text(source.replace("# no score", f"# {key} no score"))
    git(folder, "commit", "-qam", "A secret")
    with ModelServer(shop) as server:
        run(folder, server)
        assert server.log
        assert not any(key in entry.body for entry in server.log)
        story = codeaug("explain", "shop.py::grade", folder)
        assert "holds an AWS" in story
        home.write_text('never_send = ["shop.py"]\n' + PRICES)
        before = len(server.log)
        run(folder, server, "--seed", 5)
        assert len(server.log) == before
        assert "among never_send" in codeaug("explain", "shop.py::Basket.total", folder)


def test_an_endpoint_that_is_not_allowed_is_never_asked(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    url = "https://models.example/v1"
    arguments = ("run", folder, "--engine", "llm", "--model", MODEL, "--base-url", url)
    done = command_line.codeaug(*arguments, environ=os.environ | {"OPENAI_API_KEY": "k"})
    assert done.returncode == 2
    assert "source may not go to https://models.example/v1" in done.stderr
    assert "CODEAUG_ENDPOINTS" in done.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ('critic = "nonsense"\n', "'nonsense' is not PROVIDER:NAME"),
        ('critic = "openai:other"\nbudget = 5\n', "the price of openai:other"),
        ('endpoints = ["https://a.example"]\n', "source may not go to"),
    ],
)
def test_what_could_never_be_asked_is_told_before_anything_is_built(
    settings: str, words: str, judgeable_repository: Callable[[str], Path], home: Path
) -> None:
    folder = judgeable_repository("journey-python")
    home.write_text(settings + PRICES)
    model = ("--engine", "llm", "--model", MODEL, "--base-url", "http://127.0.0.1:9/v1")
    done = command_line.codeaug("run", folder, *model)
    assert done.returncode == 2
    assert words in done.stderr
    assert "pytest" not in done.stderr


@pytest.mark.usefixtures("home")
def test_the_budget_ends_a_run_with_what_came_and_exit_code_4(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    with ModelServer(shop) as server:
        document = run(folder, server, "--budget", "0.004", code=4)
        assert "raise --budget" in document["stopped"]
        assert 0 < server.totals().cost <= Decimal("0.004")
        paid = server.totals().charged
        more = run(folder, server, "--budget", "5")
        assert more["stopped"] == ""
        assert more["queued"] == 4
        assert server.totals().charged == more["model"]["replies"] > paid


@pytest.mark.usefixtures("home")
def test_a_batch_is_submitted_left_and_taken_in_later(
    judgeable_repository: Callable[[str], Path],
) -> None:
    folder = judgeable_repository("journey-python")
    with ModelServer(shop, polls=2) as server:
        for _ in range(12):
            document = run(folder, server, "--batch")
            if not document["model"]["batches"]:
                break
        assert document["queued"] == 4
        assert all(entry.method != "POST" or "completions" not in entry.path
                   for entry in server.log)  # fmt: skip
        assert Decimal(str(document["model"]["cost_usd"])) == server.totals().cost
        assert document["model"]["replies"] == server.totals().charged


@pytest.mark.usefixtures("home")
def test_failed_lines_of_a_batch_are_resubmitted_alone(
    judgeable_repository: Callable[[str], Path],
) -> None:
    def reply(request: Request) -> Reply:
        bad = request.attempt == 1 and "total" in function(request)
        answered = shop(request)
        return Reply(answered.text, fault=faults.server_error()) if bad else answered

    folder = judgeable_repository("journey-python")
    with ModelServer(reply, polls=1) as server:
        for _ in range(12):
            document = run(folder, server, "--batch")
            if not document["model"]["batches"]:
                break
        assert document["queued"] == 4
        assert Decimal(str(document["model"]["cost_usd"])) == server.totals().cost
        asked = [entry.custom_id for entry in server.log if entry.custom_id and entry.charged]
        assert len(asked) == len(set(asked)) == document["model"]["replies"]


def score(request: Request) -> Reply:
    if "how natural" in request.prompt:
        return Reply("4 reads like the neighbours")
    return shop(request)


def test_a_critic_scores_what_passed_and_changes_no_verdict(
    judgeable_repository: Callable[[str], Path], home: Path
) -> None:
    folder = judgeable_repository("journey-python")
    home.write_text(f'critic = "{MODEL}"\n' + PRICES)
    with ModelServer(score) as server:
        document = run(folder, server)
        assert document["queued"] == 4
        scored = [entry for entry in server.log if "how natural" in entry.body]
        assert len(scored) == 4
        before = len(server.log)
        run(folder, server)
        assert len(server.log) == before
    assert "4 by openai:test-model" in codeaug("explain", "shop.py::Basket.total", folder)


def test_doctor_asks_the_model_one_question_without_any_source(home: Path) -> None:
    with ModelServer(shop) as server:
        arguments = ("doctor", "--model", MODEL, "--base-url", server.base_url, "--json")
        found = json.loads(codeaug(*arguments))
        lines = {line["name"]: line["detail"] for line in found["lines"]}
        assert found["ok"]
        assert lines["reply"].startswith("'ready'")
        assert lines["price"].startswith("$0.15 in")
        assert len(server.log) == 1
    home.write_text("patience = 1\n")
    codeaug(*arguments, code=4)


# --- killed and faulty ----------------------------------------------------------------------------

UNITS = 500


def many(folder: Path) -> None:
    """A Python project of 500 functions, one test each."""
    folder.mkdir()
    body = "    total = 0\n    for step in range(value):\n        if step % {n}:\n"
    code = "def f{n}(value):\n" + body + "            total += step\n    return total\n"
    (folder / "many.py").write_text("\n\n".join(code.format(n=n) for n in range(2, UNITS + 2)))
    tests = "\n\n".join(
        f"def test_f{n}():\n    assert many.f{n}(3) in (0, 1, 2, 3)" for n in range(2, UNITS + 2)
    )
    (folder / "test_many.py").write_text(f"import many\n\n\n{tests}\n")
    (folder / "pyproject.toml").write_text('[project]\nname = "many"\nversion = "1"\n')
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Many")


def steady(request: Request) -> Reply:
    """Another way to write it; slowly, so that there is time to be killed."""
    code = function(request)
    condition = code.split("if ")[1].split(":")[0]
    head = code.split("\n")[0]
    sample = request.body["seed"]
    rewritten = (
        f"{head}\n    return sum(step for step in range(value) if {condition})\n",
        f"{head}\n    total = 0\n    step = 0\n    while step < value:\n        if {condition}:\n"
        "            total += step\n        step += 1\n    return total\n",
    )
    return Reply(f"```python\n{rewritten[sample % 2]}```", after=0.05)


faulty = Faults(0.2, seed=3).over(steady)


@pytest.mark.usefixtures("home")
def test_five_hundred_units_with_faults_and_three_kills_lose_and_repeat_no_reply(
    tmp_path: Path,
) -> None:
    folder, log = tmp_path / "many", tmp_path / "log.jsonl"
    many(folder)
    options = ("--model", "test-model:0.15:0.60")
    with model_server_process("tests.test_llm_journey:faulty", log, *options) as url:
        command = [
            *(sys.executable, "-m", "codeaug", "generate", str(folder), "--engine", "llm"),
            *("--model", MODEL, "--base-url", url, "--per-unit", "2", "--json"),
        ]
        environ = os.environ | {"CODEAUG_REPLY_SECONDS": "2", "CODEAUG_CALLS": "40"}
        for share in (0.2, 0.45, 0.7):
            killed_at(command, environ, log, round(share * 2 * UNITS))
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        document = json.loads(done.stdout)
        total = totals(read_log(log))
    assert document["languages"][0]["variants"] == 2 * UNITS
    assert total.charged == document["model"]["replies"] == 2 * UNITS
    assert document["model"]["prompt_tokens"] == total.prompt_tokens
    assert document["model"]["reply_tokens"] == total.completion_tokens
    assert Decimal(str(document["model"]["cost_usd"])).quantize(Decimal("1e-9")) == total.cost
    assert document["model"]["may_be_charged_usd"] == 0


def killed_at(command: list[str], environ: dict[str, str], log: Path, replies: int) -> None:
    """Runs it until so many replies were charged, then kill -9."""
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and totals(read_log(log)).charged < replies:
            time.sleep(0.3)
        assert process.poll() is None, "it ended before it could be killed"
        process.send_signal(signal.SIGKILL)
