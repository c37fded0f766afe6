from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from codeaug.command import conversation, run, run_bytes, which
from codeaug.errors import MissingTool


def test_both_streams_and_the_exit_code_come_back() -> None:
    outcome = run(["sh", "-c", "cat; echo wrong >&2; exit 3"], stdin=b"x" * 300_000)
    assert (outcome.exit_code, len(outcome.out), outcome.err) == (3, 300_000, "wrong\n")
    assert not outcome.ok


def test_timeout_kills_the_whole_group(tmp_path: Path) -> None:
    script = f"sleep 60 & echo $! > {tmp_path}/child; wait"
    outcome = run(["sh", "-c", script], seconds=0.5)
    child = int((tmp_path / "child").read_text())
    assert outcome.timed_out
    assert _ended(child)


def test_what_a_program_leaves_running_is_killed(tmp_path: Path) -> None:
    outcome = run(["sh", "-c", f"sleep 60 & echo $! > {tmp_path}/child"])
    assert outcome.ok
    assert _ended(int((tmp_path / "child").read_text()))


def _ended(pid: int) -> bool:
    """Whether the process is gone soon; a kill takes effect a moment after it was sent."""
    stat = Path(f"/proc/{pid}/stat")
    for _ in range(100):
        if not stat.exists() or stat.read_text().rsplit(")", 1)[1].split()[0] in "ZX":
            return True
        time.sleep(0.02)
    return False


def test_daemon_that_keeps_the_pipe_open_does_not_hold_the_run() -> None:
    outcome = run(["sh", "-c", "setsid sleep 4 & sleep 0.2; echo done"], seconds=30)
    assert (outcome.out, outcome.timed_out) == ("done\n", False)


def test_output_beyond_the_limit_is_dropped_and_said() -> None:
    outcome = run(["head", "-c", "3000000", "/dev/zero"], output_limit=1000)
    assert (len(outcome.out), outcome.limit, outcome.exit_code) == (1000, "output", 0)


def test_watch_ends_a_program_and_names_the_limit() -> None:
    outcome = run(["sleep", "60"], watch=lambda pid: "memory" if pid else "")
    assert (outcome.limit, outcome.timed_out) == ("memory", False)


def test_standard_error_is_heard_as_it_comes() -> None:
    heard: list[bytes] = []

    def watch(_: int) -> str:
        return "heard enough" if heard else ""

    outcome = run(["sh", "-c", "echo one >&2; sleep 60"], heard=heard.append, watch=watch)
    assert (heard[0], outcome.err, outcome.limit) == (b"one\n", "one\n", "heard enough")


def test_program_that_closes_its_input_is_no_error() -> None:
    assert run(["sh", "-c", "exec <&-; sleep 0.1"], stdin=b"x" * 1_000_000).ok


def test_undecodable_output_is_replaced_and_raw_bytes_are_kept() -> None:
    script = ["sh", "-c", r"printf '\377'"]
    assert run(script).out == "�"
    assert run_bytes(script)[1] == b"\xff"


def test_missing_program_names_the_hint() -> None:
    with pytest.raises(MissingTool, match="no-such-program is not on this machine: install it"):
        run(["no-such-program"], hint="install it")


def test_environment_and_folder_are_the_callers(tmp_path: Path) -> None:
    outcome = run(["sh", "-c", "echo $ONLY; pwd"], env={"ONLY": "this"}, cwd=tmp_path)
    assert outcome.out == f"this\n{os.path.realpath(tmp_path)}\n"


def test_only_named_descriptors_reach_the_program() -> None:
    read, write = os.pipe()
    try:
        run(["sh", "-c", f"echo hi >/proc/self/fd/{write}"], pass_fds=(write,))
        os.close(write)
        assert os.read(read, 10) == b"hi\n"
    finally:
        os.close(read)


def test_conversation_answers_in_turn() -> None:
    with conversation(["cat"]) as (ask, answer):
        for word in (b"one\n", b"two\n"):
            ask.write(word)
            ask.flush()
            assert answer.readline() == word


def test_which_finds_programs_on_path() -> None:
    assert which("sh")
    assert which("no-such-program") is None
