"""A fine-tuning job of an export: what leaves, what is refused before, and nothing paid twice."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from codeaug.model import Sent
from codeaug.store import Store, Tuned, Withdrawal, Withdrawn, default_url
from tests.conftest import git
from tests.model_api.tuning import HAPPY, Tunes
from tests.model_server import ModelServer, echo
from tests.test_cli import codeaug, refused

BASE = "test-model"
CODE = "def rate(x):\n    return x * 2\n"
ROW = {
    "messages": [{"role": "user", "content": "Rewrite."}, {"role": "assistant", "content": CODE}]
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "acme"
    root.mkdir()
    git(root, "init", "-q")
    (root / "tax.py").write_text(CODE)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "State")
    assert codeaug("scan", root, "--json").returncode == 0
    return root


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store.open(default_url(folder)) as opened:
        yield opened


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer(echo, key="right") as opened:
        yield opened


def export(folder: Path, rows: dict[str, list[Any]], **settings: str) -> Path:
    """An export of the function in `folder`, with these rows."""
    out = folder.parent / "dataset"
    (out / "lineage").mkdir(parents=True, exist_ok=True)
    unit = Store.open(default_url(folder)).find("tax.py::rate")[0]
    names = {"id": unit.id, "path": "tax.py", "name": "rate"}
    texts = {"lineage/units.jsonl": [names]}
    texts |= {f"{split}.jsonl": lines for split, lines in rows.items()}
    entries = []
    for name, lines in texts.items():
        content = "".join(json.dumps(line) + "\n" for line in lines).encode()
        (out / name).write_bytes(content)
        digest = hashlib.sha256(content).hexdigest()
        entries.append({"name": name, "sha256": digest, "bytes": len(content)})
    files = [
        entry | {"split": str(entry["name"]).removesuffix(".jsonl"), "rows": len(texts[name])}
        for entry in entries
        if (name := str(entry["name"])) != "lineage/units.jsonl"
    ]
    manifest = {
        "kind": "codeaug dataset", "version": 2, "name": "acme", "files": files,
        "settings": {"format": "openai-chat"} | settings, "documents": entries[:1],
        "tokens": {"counter": "words", "human": 100, "synthetic": 20},
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest))
    return out


@pytest.fixture
def dataset(folder: Path) -> Path:
    return export(folder, {"train": [ROW] * 3, "validation": [ROW], "test": [ROW]})


def finetune(
    dataset: Path, folder: Path, server: ModelServer, *more: str, key: str = "right", **environ: str
) -> subprocess.CompletedProcess[str]:
    words = ("finetune", dataset, "--model", BASE, "--base-url", server.base_url, "--repo", folder)
    return codeaug(*words, *more, OPENAI_API_KEY=key, **environ)


def ledger(store: Store) -> list[Sent]:
    return [line for line in store.ledger() if line.purpose == "finetune"]


def asked(server: ModelServer, path: str) -> list[str]:
    return [entry.method for entry in server.log if entry.path == f"/v1/{path}"]


def test_a_dataset_is_uploaded_and_a_model_tuned_on_it_once(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    done = finetune(dataset, folder, server, "--suffix", "acme", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["state"], told["model"]) == ("succeeded", f"ft:{BASE}:acme::1")
    release = hashlib.sha256((dataset / "manifest.json").read_bytes()).hexdigest()
    assert told["release"] == release
    (job,) = server.tuning.jobs
    assert job.asked == {
        "model": BASE, "training_file": "file-1", "validation_file": "file-2", "suffix": "acme",
    }  # fmt: skip
    sent = [(line.digest, line.size, line.outcome) for line in ledger(store)]
    uploaded = [(dataset / f"{name}.jsonl").read_bytes() for name in ("train", "validation")]
    assert sent == [(hashlib.sha256(d).hexdigest(), len(d), "received") for d in uploaded]
    (kept,) = store.releases.tuned(release)
    assert (kept.job, kept.model, kept.state) == (job.id, told["model"], "succeeded")
    assert "is running" in done.stderr
    again = finetune(dataset, folder, server, "--suffix", "acme", "--json")
    assert json.loads(again.stdout) == told
    assert (len(server.tuning.jobs), len(ledger(store))) == (1, 2)
    assert finetune(dataset, folder, server, "--suffix", "other").returncode == 0
    assert len(server.tuning.jobs) == 2, "another suffix is another model"


def test_a_plan_says_what_would_go_where_and_sends_nothing(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    own = folder.parent / "home" / "codeaug"
    own.mkdir(parents=True)
    (own / "codeaug.toml").write_text(
        f'[prices."openai:{BASE}"]\ninput = 1\noutput = 1\ntraining = 25\n'
    )
    home = {"XDG_CONFIG_HOME": str(own.parent)}
    done = finetune(dataset, folder, server, "--plan", "--json", key="", **home)
    plan = json.loads(done.stdout)
    assert (plan["endpoint"], plan["model"], plan["job"]) == (server.base_url, BASE, "")
    assert [(f["name"], f["rows"]) for f in plan["files"]] == [
        *(("train.jsonl", 3), ("validation.jsonl", 1)),
    ]
    assert plan["tokens"] == {"counter": "words", "human": 100, "synthetic": 20}
    texts = "\n".join(("user", "Rewrite.", "assistant", CODE))
    assert plan["train_tokens"] == round(3 * len(texts) / 3.5)
    assert plan["dollars_an_epoch"] == pytest.approx(25 * plan["train_tokens"] / 1e6)
    told = finetune(dataset, folder, server, "--plan", key="")
    assert "cost: not known" in told.stdout
    assert "nothing was sent" in told.stderr
    assert (server.log, ledger(store), store.releases.tuned()) == ([], [], [])
    budget = finetune(dataset, folder, server, key="right", CODEAUG_BUDGET="0.0001", **home)
    refused(budget, 4, "one epoch would cost")
    refused(finetune(dataset, folder, server, CODEAUG_BUDGET="5"), 2, "nothing is known")
    assert server.log == []


@pytest.mark.parametrize(
    ("tunes", "words", "jobs"),
    [
        (Tunes(refused_file="The file is too odd."), "too odd", 0),
        (Tunes(refused_job="No such model may be tuned."), "may be tuned", 0),
        (Tunes(states=("running", "failed")), "failed: the loss exploded", 1),
        (Tunes(states=("running", "cancelled")), "was cancelled", 1),
        (Tunes(forgets=True), "does not know the job", 1),
    ],
)
def test_what_comes_to_nothing_is_a_sentence_and_the_same_command_begins_anew(
    dataset: Path, folder: Path, store: Store, server: ModelServer, tunes: Tunes, words: str,
    jobs: int,
) -> None:  # fmt: skip
    server.tuning.tunes = tunes
    refused(finetune(dataset, folder, server), 4, words)
    assert len(server.tuning.jobs) == jobs
    outcomes = {line.outcome for line in ledger(store)}
    assert outcomes == {"refused" if tunes.refused_file else "received"}
    server.tuning.tunes = Tunes()
    done = finetune(dataset, folder, server)
    assert done.returncode == 0, done.stderr
    assert len(server.tuning.jobs) == jobs + 1
    assert [each.state for each in store.releases.tuned()][-1] == "succeeded"


def test_a_job_whose_beginning_was_not_told_is_found_again(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    server.tuning.tunes = Tunes(lost=True)
    refused(finetune(dataset, folder, server), 4, "the same command goes on")
    (attempt,) = store.releases.tuned()
    assert (attempt.job, len(attempt.files), len(server.tuning.jobs)) == ("", 2, 1)
    server.tuning.tunes = Tunes()
    done = finetune(dataset, folder, server)
    assert done.returncode == 0, done.stderr
    assert (len(server.tuning.jobs), asked(server, "files")) == (1, ["POST", "POST"])


def test_a_connection_that_is_lost_while_waiting_is_made_again(
    dataset: Path, folder: Path, server: ModelServer
) -> None:
    server.tuning.tunes = Tunes(silent=2, states=("running", "running", "succeeded"))
    assert finetune(dataset, folder, server).returncode == 0
    assert len(server.tuning.jobs) == 1


def test_an_endpoint_that_stays_away_leaves_the_job_to_the_next_command(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    server.tuning.tunes = Tunes(silent=99)
    done = finetune(dataset, folder, server, CODEAUG_PATIENCE="0")
    refused(done, 4, "goes on there")
    server.tuning.tunes = Tunes()
    assert finetune(dataset, folder, server).returncode == 0
    assert len(server.tuning.jobs) == 1


def test_an_interrupted_run_leaves_the_job_and_goes_on_with_it(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    server.tuning.tunes = Tunes(states=("running",))
    command = [sys.executable, "-m", "codeaug", "finetune", str(dataset), "--model", BASE]
    command += ["--base-url", server.base_url, "--repo", str(folder)]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env={"OPENAI_API_KEY": "right"}
    ) as process:
        assert process.stderr is not None
        said = ""
        while "began" not in said:
            said += process.stderr.readline()
        while not server.tuning.jobs[0].polls:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said += process.stderr.read()
    assert process.returncode == 130
    assert "goes on at the endpoint" in said
    server.tuning.tunes = Tunes(states=HAPPY)
    done = finetune(dataset, folder, server)
    assert done.returncode == 0, done.stderr
    assert "going on with the job ftjob-1" in done.stderr
    assert (len(server.tuning.jobs), len(ledger(store))) == (1, 2)


def test_a_wrong_key_is_a_sentence_that_does_not_repeat_it(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    done = finetune(dataset, folder, server, key="Zq3Zq3")
    refused(done, 4, "does not accept the key")
    assert "Zq3" not in done.stderr
    assert [line.outcome for line in ledger(store)] == ["refused"]


def test_an_endpoint_that_is_not_allowed_gets_nothing(
    dataset: Path, folder: Path, store: Store, server: ModelServer
) -> None:
    (folder / "codeaug.toml").write_text('endpoints = ["nowhere"]\n')
    refused(finetune(dataset, folder, server), 2, "endpoint")
    refused(finetune(dataset, folder, server, "--plan"), 2, "endpoint")
    assert (server.log, ledger(store)) == ([], [])


SECRET = "ghp_" + "a1B2c3D4e5F6g7H8i9J0" * 2


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("flip", "it was changed"), ("longer", "it was changed"), ("gone", "cannot be read"),
        ("lineage", "it was changed"), ("rows", "has 3 rows, its manifest says 4"),
        ("format", "in the format trl-dpo"), ("version", "another version"),
        ("kind", "is no manifest"), ("outside", "leads elsewhere"), ("link", "leads elsewhere"),
        ("no lineage", "nobody can tell"), ("no train", "one file to train on"),
        ("secret", "stays here: row 2"), ("withdrawn", "was withdrawn since"),
        ("never_send", "tax.py is among never_send"), ("mark", "codeaug: no-send"),
    ],
)  # fmt: skip
def test_what_is_not_what_it_says_or_may_not_leave_is_refused_before_anything_is_sent(
    dataset: Path, folder: Path, store: Store, server: ModelServer, harm: str, words: str
) -> None:
    train, manifest = dataset / "train.jsonl", dataset / "manifest.json"
    document = json.loads(manifest.read_text())
    match harm:
        case "flip":
            train.write_bytes(train.read_bytes().replace(b"x * 2", b"x * 3", 1))
        case "longer":
            train.write_bytes(train.read_bytes() + train.read_bytes())
        case "gone":
            (dataset / "test.jsonl").unlink()
        case "lineage":
            (dataset / "lineage" / "units.jsonl").write_text("")
        case "rows":
            document["files"][0]["rows"] = 4
        case "format":
            document["settings"]["format"] = "trl-dpo"
        case "version":
            document["version"] = 1
        case "kind":
            document = {"kind": "codeaug dataset"}
        case "outside":
            document["files"][0]["name"] = "../acme/tax.py"
        case "link":
            (folder.parent / "elsewhere").write_bytes(train.read_bytes())
            train.unlink()
            train.symlink_to(folder.parent / "elsewhere")
        case "no lineage":
            document["documents"] = []
        case "no train":
            document["files"] = document["files"][1:]
        case "secret":
            told = f'TOKEN = "{SECRET}"'
            export(folder, {"train": [ROW, {"messages": [{"role": "user", "content": told}]}]})
            document = json.loads(manifest.read_text())
        case "withdrawn":
            store.releases.withdraw([Withdrawal(Withdrawn.PATH, "tax.py", "so", "ann")])
        case "never_send":
            (folder / "codeaug.toml").write_text('never_send = ["tax.py"]\n')
        case "mark":
            (folder / "tax.py").write_text(f"# codeaug: no-send\n{CODE}")
            git(folder, "commit", "-qam", "Marked")
    manifest.write_text(json.dumps(document))
    done = finetune(dataset, folder, server)
    refused(done, 2, words)
    assert SECRET not in done.stderr
    assert (server.log, ledger(store), store.releases.tuned()) == ([], [], [])


def test_preferences_are_tuned_by_the_method_for_them(folder: Path, server: ModelServer) -> None:
    dataset = export(folder, {"train": [ROW]}, format="openai-preference")
    done = finetune(dataset, folder, server)
    assert done.returncode == 0, done.stderr
    (job,) = server.tuning.jobs
    assert (job.asked["method"], "validation_file" in job.asked) == ({"type": "dpo"}, False)


def test_the_attempt_is_kept_before_anybody_waits(store: Store) -> None:
    attempt = Tuned("r", "https://host/v1", BASE, state="uploading")
    store.releases.put_tuned(attempt)
    store.releases.put_tuned(replace(attempt, job="ftjob-1", state="running"))
    assert [each.job for each in store.releases.tuned("r")] == ["ftjob-1"]
