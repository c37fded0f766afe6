from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from codeaug.sandbox import Sandbox, Workspace, attempts, probe
from codeaug.sandbox.attacks import ATTACKS, Arena, Attack, attack, inside, new_arena, run_attack

BY_NAME = {each.name: each for each in ATTACKS}


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return probe()


def got_through(sandbox: Sandbox, folder: Path, *, without: str) -> set[str]:
    """The attacks that succeed when guards are taken away."""
    weaker = replace(sandbox, without=frozenset(without.split()))
    return {name for name, refused, _ in attack(weaker, folder) if not refused}


@pytest.mark.parametrize("each", ATTACKS, ids=lambda each: each.name.replace(" ", "-"))
def test_attack_is_refused(sandbox: Sandbox, tmp_path: Path, each: Attack) -> None:
    refused, detail = run_attack(each, sandbox, tmp_path)
    assert refused, detail
    assert detail


def test_there_are_enough_attacks_and_each_has_its_own_name() -> None:
    assert len(BY_NAME) == len(ATTACKS) >= 50


@pytest.mark.slow
def test_attacks_on_private_copies_are_refused_too(sandbox: Sandbox, tmp_path: Path) -> None:
    copying = replace(sandbox, overlay=False)
    seen = {name: detail for name, refused, detail in attack(copying, tmp_path) if not refused}
    assert seen == {}


@pytest.mark.slow
def test_without_the_system_call_filter_attacks_on_the_kernel_succeed(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    succeeded = got_through(sandbox, tmp_path, without="seccomp")
    assert {"ptrace", "foreign memory", "keys", "unseen memory", "other sockets"} <= succeeded


@pytest.mark.slow
def test_without_both_guards_against_it_a_user_namespace_can_be_made(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    assert {"user namespace", "mount"} <= got_through(sandbox, tmp_path, without="seccomp userns")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("guard", "names"),
    [
        ("network", ["loopback", "internet", "unix sockets"]),
        ("environment", ["environment"]),
        ("readonly", ["system files", "dependencies"]),
        ("limits", ["memory", "disk", "deleted files", "temporary files", "output flood"]),
        ("git", ["git"]),
    ],
)
def test_without_a_guard_its_attacks_succeed(
    sandbox: Sandbox, tmp_path: Path, guard: str, names: list[str]
) -> None:
    weaker = replace(sandbox, without=frozenset([guard]))
    assert [n for n in names if run_attack(BY_NAME[n], weaker, tmp_path)[0]] == []


def test_the_machines_own_launcher_is_in_reach_of_root_without_a_copy(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    weaker = replace(sandbox, without=frozenset(["launcher"]))
    refused, _ = run_attack(BY_NAME["launcher"], weaker, tmp_path)
    assert refused == (os.geteuid() != 0)


def test_a_program_that_does_not_finish_counts_as_got_through(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    broken = Attack("broken", "calls what does not exist", inside("no_such_attempt"))
    refused, detail = run_attack(broken, sandbox, tmp_path)
    assert not refused
    assert "KeyError" in detail


def test_a_reporter_that_does_not_hide_its_memory_can_be_read(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    open_one = Attack("open reporter", "", inside("read_unhidden_reporter"))
    assert not run_attack(open_one, sandbox, tmp_path)[0]


def test_an_original_that_programs_may_change_is_noticed(sandbox: Sandbox, tmp_path: Path) -> None:
    class Unprotected(Arena):
        def open(self, *, overlay: bool = True) -> AbstractContextManager[Workspace]:
            return super().open(overlay=False)

    arena = new_arena(sandbox, tmp_path)
    refused, detail = BY_NAME["original tree"].run(Unprotected(arena.sandbox, arena.folder))
    assert not refused
    assert detail == "the original was changed"


def outside(name: str, *arguments: str) -> str:
    """What an attempt gets hold of that runs in no sandbox at all."""
    program = [sys.executable, attempts.__file__, name, *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["got"])


def test_attempts_succeed_where_nothing_isolates_them(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    victim = subprocess.Popen(["sh", "-c", "read answer", "codeaug-victim"], stdin=subprocess.PIPE)
    with victim:
        assert outside("read_files", str(tmp_path / "secret"))
        assert outside("read_through_proc", str(tmp_path / "secret"))
        assert outside("write_files", str(tmp_path))
        assert outside("see_processes", "codeaug-victim")
        assert outside("kill_process", str(victim.pid)) == f"killed {victim.pid}"
    assert victim.returncode == -9


def test_what_traps_hold_would_be_handed_out_by_a_reader_that_follows_links(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    arena = new_arena(sandbox, tmp_path)
    with arena.open(overlay=False) as workspace:
        (arena.tree / "link.xml").symlink_to("/etc/passwd")
        assert b"root" in (arena.tree / "link.xml").read_bytes()
        with pytest.raises(FileNotFoundError):
            workspace.harvest.read("link.xml")
