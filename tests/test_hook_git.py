"""The hook reads the index that is about to be committed, whatever kind of repository it is in, and
runs nothing that the repository names."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.hooking import BROKEN, TOKEN, WHOLE, Somebodys, somebodys_in


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Somebodys:
    return somebodys_in(tmp_path, monkeypatch)


def beside(here: Somebodys, folder: Path) -> Somebodys:
    return Somebodys(folder, here.monkeypatch)


# --- what is looked at ----------------------------------------------------------------------------


def test_what_is_staged_counts_not_what_lies_in_the_work_tree(here: Somebodys) -> None:
    here.commit(WHOLE)
    here.stage({"a.py": BROKEN["a.py"]})
    here.write({"a.py": WHOLE["a.py"], "A.java": BROKEN["A.java"]})
    assert here.told(code=1) == ["a.py:1 unparseable"]
    here.git("add", "a.py")
    assert here.told() == []


def test_the_index_of_a_partial_commit_counts(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit(WHOLE)
    (here.folder / "sub").mkdir()
    here.stage({"a.py": BROKEN["a.py"]})
    other = here.folder / ".git" / "other"
    env = os.environ | {"GIT_INDEX_FILE": str(other)}
    subprocess.run(["git", "read-tree", "HEAD"], cwd=here.folder, env=env, check=True)
    for name in (str(other), ".git/other"):
        monkeypatch.setenv("GIT_INDEX_FILE", name)
        assert here.told() == []
        assert here.told(cwd="sub") == []
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert here.told(code=1) == ["a.py:1 unparseable"]


def test_before_the_first_commit_all_is_new(here: Somebodys) -> None:
    assert here.told() == []
    here.stage(BROKEN)
    assert here.told(code=1) == ["A.java:2 unparseable", "a.py:1 unparseable"]


def test_a_repository_of_sha256_works_too(here: Somebodys, tmp_path: Path) -> None:
    other = beside(here, tmp_path / "sha256")
    here.git("init", "-q", "--object-format=sha256", str(other.folder))
    other.stage(BROKEN)
    assert len(other.told(code=1)) == 2
    other.commit({})
    other.stage({"A.java": WHOLE["A.java"], "b.py": BROKEN["a.py"]})
    assert other.told(code=1) == ["b.py:1 unparseable"]


def test_a_linked_work_tree_is_a_repository_of_its_own(
    here: Somebodys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit(WHOLE)
    here.git("worktree", "add", "-q", str(tmp_path / "linked"))
    linked = beside(here, tmp_path / "linked")
    linked.stage({"sub/a.py": BROKEN["a.py"]})
    assert linked.told(code=1) == ["sub/a.py:1 unparseable"]
    assert here.told() == []
    # As git sets it for a hook there; prek may then run the hook in a folder below.
    monkeypatch.setenv("GIT_DIR", linked.git("rev-parse", "--absolute-git-dir"))
    assert linked.told("a.py", code=1, cwd="sub") == ["sub/a.py:1 unparseable"]


def test_a_bare_folder_named_by_git_dir_is_looked_at(
    here: Somebodys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = here.commit(WHOLE)
    last = here.commit({"a.py": BROKEN["a.py"]})
    here.git("clone", "-q", "--bare", str(here.folder), str(tmp_path / "bare"))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "bare"))
    empty = beside(here, tmp_path)
    assert empty.told("--from-ref", first, "--to-ref", last, code=1) == ["a.py:1 unparseable"]


def test_in_a_merge_the_other_sides_code_is_no_change(here: Somebodys) -> None:
    here.commit({**WHOLE, "both.py": "x = 1\n"})
    here.git("checkout", "-qb", "side")
    here.commit({"b.py": BROKEN["a.py"], "c.py": f"key = '{TOKEN}'\n", "both.py": "x = 2\n"})
    here.git("checkout", "-q", "main")
    here.commit({"d.py": "x = 1\n", "both.py": "x = 3\n"})
    subprocess.run(["git", "merge", "side"], cwd=here.folder, capture_output=True, check=False)
    here.stage({"both.py": "x = 4\n"})
    assert here.told() == []
    here.stage({"both.py": "x = (\n", "d.py": "x = (\n"})
    assert here.told(code=1) == ["both.py:1 unparseable", "d.py:1 unparseable"]


def test_the_hook_before_a_merge_commit_knows_what_is_merged(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.commit(WHOLE)
    here.git("checkout", "-qb", "side")
    side = here.commit({"b.py": BROKEN["a.py"]})
    here.git("checkout", "-q", "main")
    here.commit({"d.py": "x = 1\n"})
    here.git("merge", "-q", "--no-commit", "side")
    (here.folder / ".git" / "MERGE_HEAD").unlink()  # git writes it after that hook
    assert here.told(code=1) == ["b.py:1 unparseable"]
    monkeypatch.setenv(f"GITHEAD_{side}", "side")
    assert here.told() == []


def test_links_and_submodules_are_passed_over(here: Somebodys, tmp_path: Path) -> None:
    inner = beside(here, tmp_path / "inner")
    here.git("init", "-q", str(inner.folder))
    inner.commit({"a.py": BROKEN["a.py"]})
    allowed = ("-c", "protocol.file.allow=always")
    here.git(*allowed, "submodule", "--quiet", "add", str(inner.folder), "inner.py")
    (here.folder / "link.py").symlink_to("x = (")
    assert here.told() == []
    here.commit({})
    other = beside(here, here.folder / "inner.py")
    other.commit({"a.py": BROKEN["a.py"] + "x"})
    here.git("add", "-A")
    assert here.told() == []
    (here.folder / "link.py").unlink()
    here.stage({"link.py": BROKEN["a.py"]})
    assert here.told(code=1) == ["link.py:1 unparseable"]


def test_windows_line_ends_are_no_difference(here: Somebodys) -> None:
    here.git("config", "core.autocrlf", "false")
    here.commit({name: text.replace("\n", "\r\n") for name, text in WHOLE.items()})
    here.stage({name: text.replace("\n", "\r\n") for name, text in BROKEN.items()})
    here.stage({"codeaug.toml": "block = ['secret']\r\nper_unit = 2\r\n"})
    assert [line.split()[1] for line in here.told()] == ["unparseable"] * 3
    assert here.run("config") == []


ODD = (
    "new\nline.py", "-rf.py", "--json.py", "b\udcff\udcfe.py", " .py", "a b.py", '"q".py',
    "a blob 12.py",
    ":(top)x.py", "tab\t.py", "\x1b[31m.py", "nested/\n/x.py", "*.py",
)  # fmt: skip


def test_odd_names_are_told_on_one_line_without_what_a_terminal_obeys(here: Somebodys) -> None:
    here.stage(dict.fromkeys(ODD, BROKEN["a.py"]))
    assert {one["path"] for one in here.notices(code=1)} == set(ODD)
    lines = here.run("check", code=1)
    assert len(lines) == len(ODD) + 1
    assert "\x1b" not in "".join(lines)
    assert r"new\nline.py:1: error: does not parse: expected ':' [unparseable]" in lines
    assert here.told("--", "-rf.py", code=1) == ["-rf.py:1 unparseable"]


# --- ranges ---------------------------------------------------------------------------------------


def test_a_range_is_what_one_side_has_and_the_other_had_not(
    here: Somebodys, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = here.commit(WHOLE)
    here.git("checkout", "-qb", "side")
    here.commit({"b.py": BROKEN["a.py"]})
    here.git("checkout", "-q", "main")
    here.commit({"sub/c.py": BROKEN["a.py"]})
    here.stage({"d.py": BROKEN["a.py"]})
    assert here.told("--from-ref", "main", "--to-ref", "side", code=1) == ["b.py:1 unparseable"]
    assert here.told("--from-ref", first, "--to-ref", "HEAD", code=1) == ["sub/c.py:1 unparseable"]
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "side")
    monkeypatch.setenv("PRE_COMMIT_TO_REF", "main")
    assert here.told(code=1) == ["sub/c.py:1 unparseable"]


def test_a_range_takes_the_settings_of_its_end(here: Somebodys) -> None:
    first = here.commit(WHOLE)
    here.commit({"b.py": BROKEN["a.py"], "codeaug.toml": "block = []\n"})
    here.stage({"codeaug.toml": "nonsense = 1\n"})
    assert here.told("--from-ref", first, "--to-ref", "HEAD") == ["b.py:1 unparseable"]
    assert here.run("config", "--from-ref", first, "--to-ref", "HEAD") == []


@pytest.mark.parametrize("ref", ["nowhere", "--output=x", "-h"])
def test_a_ref_that_is_none_is_said_to_be_none(here: Somebodys, ref: str) -> None:
    here.commit(WHOLE)
    with pytest.raises(AssertionError, match="there is no commit"):
        here.run("check", f"--from-ref={ref}", "--to-ref=HEAD")
    assert not (here.folder / "x").exists()


def test_a_shallow_clone_is_enough(here: Somebodys, tmp_path: Path) -> None:
    here.commit(WHOLE)
    here.commit({"b.py": BROKEN["a.py"]})
    here.git("clone", "-q", "--depth=1", f"file://{here.folder}", str(tmp_path / "shallow"))
    shallow = beside(here, tmp_path / "shallow")
    assert shallow.told() == []
    shallow.stage({"c.py": BROKEN["a.py"]})
    assert shallow.told(code=1) == ["c.py:1 unparseable"]
    assert shallow.run("enqueue")[0].startswith("nothing was queued: the clone is shallow")


# --- pointers -------------------------------------------------------------------------------------


def queue(here: Somebodys) -> list[dict[str, str]]:
    file = here.folder / ".git" / "codeaug" / "queue.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_pointers_to_changed_functions_are_appended(here: Somebodys) -> None:
    commit = here.commit({**WHOLE, "test_a.py": "def test_f():\n    assert 1\n"})
    assert here.run("enqueue") == []
    places = [(one["path"], one["unit"]) for one in queue(here)]
    assert places == [("A.java", "A.f(int)"), ("a.cpp", "f(int)"), ("a.py", "f")]
    assert {one["commit"] for one in queue(here)} == {commit}
    here.git("mv", "a.cpp", "b.cpp")
    last = here.commit({"a.py": "def f( x ):\n\n    return x\ndef g(x):\n    return 1\n"})
    assert here.run("enqueue", "--json") == ['{"queued":1}']
    (more,) = queue(here)[3:]
    assert len(more.pop("content")) == 20
    assert more == {"commit": last, "path": "a.py", "language": "python", "unit": "g"}


def test_pointers_never_fail_a_commit(here: Somebodys, tmp_path: Path) -> None:
    said = here.run("enqueue", "--json")
    assert said == ["nothing was queued: there is no commit yet.", '{"queued":0}']
    here.commit(WHOLE)
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = here.folder / ".git" / "codeaug"
    folder.symlink_to(outside)
    assert here.run("enqueue", "--json")[-1] == '{"queued":0}'
    folder.unlink()
    folder.mkdir()
    (folder / "queue.jsonl").symlink_to(outside / "file")
    assert here.run("enqueue", "--json")[-1] == '{"queued":0}'
    assert not list(outside.iterdir())


def test_a_queue_that_nobody_takes_from_does_not_grow_for_ever(here: Somebodys) -> None:
    here.commit(WHOLE)
    here.run("enqueue")
    file = here.folder / ".git" / "codeaug" / "queue.jsonl"
    file.write_bytes(b"\n" * (16 << 20))
    assert "the queue is full" in here.run("enqueue")[0]
    assert file.stat().st_size == 16 << 20


# --- whoever made the repository ------------------------------------------------------------------

COMMANDS = (
    "core.fsmonitor", "core.sshCommand", "core.gitProxy", "core.pager", "core.editor",
    "core.askpass", "core.alternateRefsCommand", "diff.external", "diff.evil.command",
    "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process",
    "merge.evil.driver", "credential.helper", "gpg.program", "uploadpack.packObjectsHook",
    "remote.origin.uploadpack", "pager.diff-index", "pager.cat-file", "interactive.diffFilter",
)  # fmt: skip
HOOKS = ("pre-commit", "post-index-change", "fsmonitor-watchman", "reference-transaction")
VERBS = ("cat-file", "diff-index", "rev-parse", "ls-files", "merge-base", "diff-tree", "fetch")


def make_hostile(here: Somebodys, canary: Path, url: str) -> None:
    """Everything that the repository can name is a program that leaves a mark."""
    git_dir = here.folder / ".git"
    program = git_dir / "evil"
    program.write_text(f"#!/bin/sh\necho $0 $* >> {canary}\n")
    program.chmod(0o755)
    for name in HOOKS:
        (git_dir / "hooks" / name).unlink(missing_ok=True)
        (git_dir / "hooks" / name).symlink_to(program)
    (git_dir / "info").mkdir(exist_ok=True)
    (git_dir / "info" / "attributes").write_text("* filter=evil diff=evil merge=evil\n")
    values = {
        **dict.fromkeys(COMMANDS, str(program)),
        **{f"alias.{verb}": f"!{program}" for verb in VERBS},
        "core.hooksPath": str(git_dir / "hooks"),
        "remote.origin.url": url.format(program=program),
        "remote.origin.promisor": "true",
    }
    for key, value in values.items():
        subprocess.run(
            ["git", "config", "--file", str(git_dir / "included"), key, value], check=True
        )
    with (git_dir / "config").open("a") as file:
        file.write("[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tpartialClone = origin\n")
        file.write("[include]\n\tpath = included\n")


@pytest.mark.parametrize("url", ["ext::{program}", "/nowhere", "ssh://nowhere.example/x"])
def test_nothing_that_the_repository_names_is_run(
    here: Somebodys, tmp_path: Path, url: str
) -> None:
    first = here.commit(WHOLE)
    last = here.commit({"b.py": "x = 1\n", ".gitattributes": "* filter=evil diff=evil\n"})
    here.stage({"a.py": BROKEN["a.py"], "b.py": "x = 2\n"})
    lost = here.git("rev-parse", f"{last}:b.py")  # as in a partial clone, to be fetched
    (here.folder / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    canary = tmp_path / "canary"
    make_hostile(here, canary, url)
    for path in here.folder.glob("*.*"):
        os.utime(path)
    assert here.told(code=1) == ["a.py:1 unparseable"]
    assert here.told("--from-ref", first, "--to-ref", last) == []
    assert here.told("--all", code=1) == ["a.py:1 unparseable"]
    here.run("config")
    here.run("dataset")
    here.run("enqueue")
    assert not canary.exists(), canary.read_text()
    subprocess.run(["git", "status"], cwd=here.folder, capture_output=True, check=False)
    assert canary.exists()  # so it would have told


def test_nothing_is_written_by_looking(here: Somebodys) -> None:
    here.commit(WHOLE)
    here.stage(BROKEN)
    for path in here.folder.glob("*.*"):
        os.utime(path, (1, 1))

    def state() -> dict[str, tuple[int, int]]:
        found = {path: path.lstat() for path in here.folder.rglob("*")}
        return {str(path): (stat.st_mtime_ns, stat.st_size) for path, stat in found.items()}

    before = state()
    here.told(code=1)
    here.run("config")
    here.run("dataset")
    assert state() == before
