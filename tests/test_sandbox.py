from __future__ import annotations

import errno
import json
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from codeaug.errors import MissingTool, NoSandbox, OutOfSpace, UsageError
from codeaug.model import Command, Outcome
from codeaug.sandbox import Conversation, Gone, Limits, Sandbox, Workspace, probe
from codeaug.sandbox.conversation import genuine
from codeaug.sandbox.layers import Layers
from codeaug.sandbox.limits import MIB
from codeaug.sandbox.probing import PYTHON
from codeaug.sandbox.scratch import private_folder, remove, remove_stale
from codeaug.sandbox.seccomp import seccomp_filter


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    return probe()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tree" / "src" / "inner").mkdir(parents=True)
    (tmp_path / "deps").mkdir()
    (tmp_path / "tree" / "a.txt").write_text("original")
    (tmp_path / "tree" / "src" / "b.xml").write_text("original")
    (tmp_path / "tree" / "src" / "inner" / "c.xml").write_text("original")
    return tmp_path / "tree"


@pytest.fixture(params=["overlay", "copy"])
def workspace(sandbox: Sandbox, tree: Path, request: pytest.FixtureRequest) -> Iterator[Workspace]:
    either = replace(sandbox, overlay=request.param == "overlay")
    with open_workspace(either, tree) as opened:
        yield opened


def open_workspace(
    sandbox: Sandbox, tree: Path, *, overlay: bool = True
) -> AbstractContextManager[Workspace]:
    return sandbox.workspace(
        tree, deps=tree.parent / "deps", scratch=tree.parent / "scratch", overlay=overlay
    )


def shell(workspace: Workspace, script: str, seconds: float = 60.0) -> Outcome:
    return workspace.run(Command(("sh", "-c", script), seconds=seconds))


# --- probing --------------------------------------------------------------------------------------


def test_probe_names_what_isolates(sandbox: Sandbox) -> None:
    assert sandbox.level in ("bubblewrap+seccomp+overlay", "bubblewrap+seccomp+copy")
    assert sandbox.detail


def test_a_guard_that_was_taken_away_is_not_claimed(sandbox: Sandbox) -> None:
    assert "seccomp" not in replace(sandbox, without=frozenset({"seccomp"})).level


def test_a_missing_bubblewrap_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingTool, match="install the package bubblewrap"):
        probe()


def in_namespace(script: str, code: str, argument: str) -> str:
    """What a Python program says in a mount namespace of its own that `script` has prepared."""
    enter = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
    program = (f'{script}; exec "$0" -c "$1" "$2"', sys.executable, code, argument)
    done = subprocess.run([*enter, *program], capture_output=True, text=True, check=True)
    return done.stdout


def probe_under(script: str) -> str:
    code = (
        "import sys; from pathlib import Path; from codeaug.sandbox import probe\n"
        "try: print(probe(scratch=Path(sys.argv[1])).level)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    return in_namespace(script, code, "scratch")


def test_where_namespaces_are_refused_there_is_no_sandbox_and_advice_instead(
    tmp_path: Path,
) -> None:
    said = probe_under(f"echo 0 > /proc/sys/user/max_user_namespaces; cd {tmp_path}")
    assert said.startswith("NoSandbox")
    assert "docs/sandbox.md" in said


def test_where_an_overlay_is_refused_copies_are_made_and_the_level_says_so(tmp_path: Path) -> None:
    for name in ("lower", "upper", "work", "merged"):
        (tmp_path / name).mkdir()
    on_overlay = (
        f"cd {tmp_path}; mount -t overlay overlay"
        " -o lowerdir=lower,upperdir=upper,workdir=work,userxattr merged; cd merged"
    )
    assert probe_under(on_overlay).strip() == "bubblewrap+seccomp+copy"
    remove(tmp_path / "work")


def test_an_unusable_scratch_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be used for scratch files"):
        probe(scratch=tmp_path / "file")


# --- a workspace ----------------------------------------------------------------------------------


def test_a_command_tells_how_it_ended_and_what_it_said(workspace: Workspace) -> None:
    outcome = shell(workspace, "echo out; echo err >&2; exit 3")
    assert (outcome.exit_code, outcome.out, outcome.err) == (3, "out\n", "err\n")
    assert not outcome.ok
    assert outcome.limit == ""


def test_an_unknown_program_is_an_outcome_not_an_error(workspace: Workspace) -> None:
    outcome = workspace.run(Command(("no-such-program",)))
    assert outcome.exit_code != 0
    assert "no-such-program" in outcome.err


def test_a_folder_that_is_missing_is_an_outcome_not_an_error(workspace: Workspace) -> None:
    assert workspace.run(Command(("pwd",), cwd="/repo/src")).out == "/repo/src\n"
    outcome = workspace.run(Command(("pwd",), cwd="/repo/missing"))
    assert outcome.exit_code != 0
    assert "missing" in outcome.err


def test_the_environment_is_ours_and_the_command_adds_to_it(workspace: Workspace) -> None:
    outcome = workspace.run(Command(("env",), env=(("LD_LIBRARY_PATH", "/x"), ("B", "a=b c"))))
    names = {line.split("=", 1)[0] for line in outcome.out.splitlines()}
    assert names == {
        *("PATH", "HOME", "TMPDIR", "LANG", "PWD", "LSAN_OPTIONS"),
        *("CODEAUG_REPORT", "LD_LIBRARY_PATH", "B"),
    }
    assert "B=a=b c\n" in outcome.out


def test_an_environment_cannot_carry_options_to_the_isolation(workspace: Workspace) -> None:
    sly = (("A", "x\0--bind\0/\0/machine"),)
    with pytest.raises(UsageError, match="NUL"):
        workspace.run(Command(("true",), env=sly))


def test_changes_are_seen_by_the_next_command_and_the_harvest_but_not_below(
    workspace: Workspace, tree: Path
) -> None:
    shell(workspace, "echo new > new.txt; rm src/b.xml; rm -r src/inner; echo x >> a.txt")
    assert shell(workspace, "cat a.txt; ls src").out == "originalx\n"
    assert workspace.harvest.find("**/*") == ["a.txt", "new.txt"]
    with pytest.raises(FileNotFoundError):
        workspace.harvest.read("src/b.xml")
    assert (tree / "src" / "inner" / "c.xml").read_text() == "original"


def test_a_folder_made_anew_does_not_show_what_the_old_one_held(workspace: Workspace) -> None:
    shell(workspace, "rm -r src; mkdir -p src/inner; echo d > src/inner/d.xml")
    assert workspace.harvest.find("src/**/*.xml") == ["src/inner/d.xml"]
    with pytest.raises(FileNotFoundError):
        workspace.harvest.read("src/inner/c.xml")


def test_the_tree_itself_is_changed_when_it_is_mounted(sandbox: Sandbox, tree: Path) -> None:
    with open_workspace(sandbox, tree, overlay=False) as workspace:
        assert shell(workspace, "echo built > built").ok
        assert workspace.harvest.read("built") == b"built\n"
    assert (tree / "built").read_text() == "built\n"


def test_nothing_is_left_in_the_scratch_folder(sandbox: Sandbox, tree: Path) -> None:
    with open_workspace(sandbox, tree) as workspace:
        shell(workspace, "mkdir -p x/y; chmod 0 x/y; rm a.txt")
    assert list((tree.parent / "scratch").iterdir()) == []


@pytest.mark.parametrize("name", ["with space", "with,comma", "with:colon", "with\\slash", 'a"b'])
def test_a_tree_may_have_any_path(sandbox: Sandbox, tree: Path, name: str) -> None:
    odd = tree.rename(tree.parent / name)
    scratch = tree.parent / f"{name} scratch"
    with sandbox.workspace(
        odd, deps=tree.parent / "deps", scratch=scratch, overlay=True
    ) as workspace:
        assert shell(workspace, "cat a.txt").out == "original"


def test_workspaces_of_one_tree_do_not_see_each_other(sandbox: Sandbox, tree: Path) -> None:
    with open_workspace(sandbox, tree) as one, open_workspace(sandbox, tree) as other:
        shell(one, "echo one > a.txt")
        assert shell(other, "cat a.txt").out == "original"


def test_many_workspaces_at_once_disturb_neither_each_other_nor_us(
    sandbox: Sandbox, tree: Path
) -> None:
    def check(number: int) -> tuple[str, bytes]:
        with open_workspace(sandbox, tree) as workspace:
            workspace.write("a.txt", str(number).encode())
            script = 'read n; cat a.txt; echo "$n $(cat a.txt)" > /proc/self/fd/$CODEAUG_REPORT'
            outcome = shell(workspace, script)
            return outcome.out, outcome.report

    opened = len(list(Path("/proc/self/fd").iterdir()))
    with ThreadPoolExecutor(8) as threads:
        said = list(threads.map(check, range(40)))
    assert said == [(str(n), f"{n}\n".encode()) for n in range(40)]
    assert len(list(Path("/proc/self/fd").iterdir())) == opened


def test_dependencies_are_written_only_with_the_network(sandbox: Sandbox, tree: Path) -> None:
    fetch = Command(("sh", "-c", "echo fetched > /deps/f"), network=True)
    with open_workspace(sandbox, tree) as workspace:
        assert workspace.run(fetch).ok
        assert not workspace.run(replace(fetch, network=False)).ok
    assert (tree.parent / "deps" / "f").read_text() == "fetched\n"


def test_the_network_brings_the_callers_settings_for_it_and_nothing_else(
    sandbox: Sandbox, tree: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PIP_TIMEOUT", "17")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    (tmp_path / "bundle.pem").write_text("bundle")
    monkeypatch.setenv("CURL_CA_BUNDLE", str(tmp_path / "bundle.pem"))
    script = Command(("sh", "-c", 'env; cat "$CURL_CA_BUNDLE"'), network=True)
    with open_workspace(sandbox, tree) as workspace:
        with_network = workspace.run(script).out
        without = workspace.run(replace(script, network=False)).out
    assert "PIP_TIMEOUT=17" in with_network
    assert with_network.endswith("bundle")
    assert "PIP_TIMEOUT" not in without
    assert "secret" not in with_network


# --- writing and harvesting -----------------------------------------------------------------------


def test_a_written_file_is_what_the_next_command_reads(workspace: Workspace, tree: Path) -> None:
    workspace.write("a.txt", b"changed")
    workspace.write("src/inner/c.xml", b"changed")
    workspace.write("brand/new/file", b"new")
    assert shell(workspace, "cat a.txt src/inner/c.xml src/b.xml brand/new/file").out == (
        "changedchangedoriginalnew"
    )
    assert workspace.harvest.read("src/inner/c.xml") == b"changed"
    assert (tree / "a.txt").read_text() == "original"


def test_a_written_file_keeps_its_mode(workspace: Workspace) -> None:
    shell(workspace, "chmod 750 src/b.xml")
    workspace.write("src/b.xml", b"#!/bin/sh\necho ran")
    assert shell(workspace, "src/b.xml").out == "ran\n"


def test_a_file_can_be_written_where_a_command_removed_its_folder(workspace: Workspace) -> None:
    shell(workspace, "rm -r src")
    workspace.write("src/b.xml", b"again")
    assert shell(workspace, "find src -type f").out == "src/b.xml\n"
    assert workspace.harvest.find("src/**/*") == ["src/b.xml"]


def test_writing_to_a_hard_link_leaves_its_other_name_alone(workspace: Workspace) -> None:
    shell(workspace, "ln a.txt other.txt")
    workspace.write("a.txt", b"changed")
    assert shell(workspace, "cat other.txt").out == "original"


@pytest.mark.parametrize("path", ["../x", "/etc/x", "src/../../x", "", "."])
def test_paths_that_leave_the_tree_are_refused(workspace: Workspace, path: str) -> None:
    with pytest.raises(UsageError):
        workspace.write(path, b"")
    with pytest.raises(FileNotFoundError):
        workspace.harvest.read(path)


@pytest.mark.parametrize("script", ["ln -s /tmp link", "mkfifo link", "ln -s a.txt link"])
def test_nothing_is_written_through_what_a_command_left(workspace: Workspace, script: str) -> None:
    shell(workspace, script)
    for path in ("link", "link/x"):
        with pytest.raises(UsageError):
            workspace.write(path, b"")


def test_a_link_of_the_original_tree_is_not_followed_either(
    sandbox: Sandbox, tree: Path, tmp_path: Path
) -> None:
    (tree / "link").symlink_to(tmp_path)
    with open_workspace(sandbox, tree) as workspace, pytest.raises(UsageError):
        workspace.write("link/x", b"")
    assert not (tmp_path / "x").exists()


def test_a_pattern_means_what_it_means_to_pathlib(tree: Path) -> None:
    (tree / "src" / ".hidden.xml").write_text("")
    harvest = Layers((tree,), MIB)
    for pattern in ("*.txt", "src/*.xml", "**/*.xml", "src/**/c.xml", "*/b.xml", "s?c/[ab].xml"):
        expected = sorted(str(p.relative_to(tree)) for p in tree.glob(pattern) if p.is_file())
        assert list(harvest.find(pattern)) == expected
        assert expected, pattern


def test_folders_nested_without_end_are_looked_at_only_so_deep(workspace: Workspace) -> None:
    deep = "d/" * 2000
    shell(workspace, f"mkdir {deep[:-1][:200]} -p; cd {'d/' * 30}; echo x > y")
    assert "d/" * 30 + "y" in workspace.harvest.find("**/y")
    with pytest.raises(FileNotFoundError):
        workspace.harvest.read(deep + "y")


def test_a_folder_that_cannot_be_listed_hides_what_lies_below_it(workspace: Workspace) -> None:
    shell(workspace, "chmod 0 src/inner; mkdir shut; echo x > shut/x; chmod 0 shut")
    assert "src/b.xml" in workspace.harvest.find("**/*")


def test_a_file_above_the_cap_is_not_read(tree: Path) -> None:
    harvest = Layers((tree,), 3)
    with pytest.raises(FileNotFoundError, match="larger"):
        harvest.read("a.txt")


def test_a_full_disk_is_said_in_one_sentence_when_writing(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from codeaug.sandbox.layers import Layers\n"
        "try: Layers((Path('.'),), 1).write('x', bytes(1 << 22))\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    said = in_namespace('mount -t tmpfs -o size=1m none "$2"; cd "$2"', code, str(tmp_path))
    assert said == "OutOfSpace the disk is full: free some space and run again\n"


def test_an_almost_full_disk_stops_before_a_verdict_could_suffer(
    sandbox: Sandbox, tree: Path
) -> None:
    full = replace(sandbox, limits=Limits(floor=1 << 60))
    with open_workspace(full, tree) as workspace, pytest.raises(OutOfSpace):
        shell(workspace, "true")


# --- limits ---------------------------------------------------------------------------------------


def limited(sandbox: Sandbox, tree: Path, script: str, limits: Limits) -> Outcome:
    with open_workspace(replace(sandbox, limits=limits), tree) as workspace:
        return shell(workspace, script, seconds=20)


def test_a_command_that_takes_too_long_is_ended_with_all_its_children(
    sandbox: Sandbox, tree: Path
) -> None:
    with open_workspace(sandbox, tree) as workspace:
        mark = f"2{os.getpid()}"
        outcome = shell(workspace, f"setsid sleep {mark} & sleep {mark}", seconds=1)
    assert (outcome.timed_out, outcome.limit, outcome.exit_code) == (True, "time", 137)
    assert not running(mark)


def running(text: str) -> bool:
    listed = subprocess.run(["ps", "axo", "args"], capture_output=True, text=True, check=True)
    return f"sleep {text}" in listed.stdout


_HOARD = 'x = bytearray(b"x") * (200 << 20); import time; time.sleep(9)'


@pytest.mark.parametrize(
    ("limit", "limits", "script"),
    [
        ("memory", Limits(memory=64 * MIB), f"exec {PYTHON} -c '{_HOARD}'"),
        ("processes", Limits(processes=20), "for i in $(seq 50); do sleep 9 & done; wait"),
        ("disk", Limits(disk=8 * MIB), "head -c 64M /dev/urandom > x; sleep 5"),
        ("file size", Limits(file_size=MIB), "exec head -c 64M /dev/zero > x"),
        ("output", Limits(output=MIB), "head -c 2M /dev/zero"),
        ("report", Limits(report=MIB), 'read n; yes "$n {}" > /proc/self/fd/$CODEAUG_REPORT'),
        ("cpu", Limits(cores=0), "while :; do :; done"),
    ],
)
def test_the_limit_that_ended_a_command_is_named(
    sandbox: Sandbox, tree: Path, limit: str, limits: Limits, script: str
) -> None:
    outcome = limited(sandbox, tree, script, limits)
    assert outcome.limit == limit
    assert not outcome.ok


def test_memory_that_processes_share_is_counted_once(sandbox: Sandbox, tree: Path) -> None:
    script = (
        "import os, time\nkept = bytearray(os.urandom(40 << 20))\n"
        "for _ in range(8):\n    if os.fork() == 0: time.sleep(1); os._exit(0)\n"
        "for _ in range(8): os.wait()\nprint('done')"
    )
    sandbox = replace(sandbox, limits=Limits(memory=150 * MIB))
    with open_workspace(sandbox, tree) as workspace:
        outcome = workspace.run(Command((PYTHON, "-c", script), seconds=60))
    assert (outcome.out, outcome.limit) == ("done\n", "")


# --- the report channel ---------------------------------------------------------------------------


def test_lines_with_the_nonce_arrive_without_it(workspace: Workspace) -> None:
    outcome = shell(
        workspace, 'read n; for i in 1 2; do echo "$n {$i}" > /proc/self/fd/$CODEAUG_REPORT; done'
    )
    assert (outcome.report, outcome.limit) == (b"{1}\n{2}\n", "")


def test_a_line_without_the_nonce_is_dropped_and_named(workspace: Workspace) -> None:
    outcome = shell(
        workspace, 'read n; { echo "$n real"; echo fake; } > /proc/self/fd/$CODEAUG_REPORT'
    )
    assert (outcome.report, outcome.limit) == (b"real\n", "forged report")


def test_each_run_has_another_nonce_and_standard_input_ends_after_it(workspace: Workspace) -> None:
    first, second = (shell(workspace, "cat").out for _ in range(2))
    assert first != second
    assert len(first) == len(second) == 33


def test_a_large_report_does_not_block(workspace: Workspace) -> None:
    outcome = shell(
        workspace, 'read n; yes "$n x" | head -n 200000 > /proc/self/fd/$CODEAUG_REPORT'
    )
    assert outcome.report.count(b"x\n") == 200_000


@pytest.mark.parametrize(
    ("data", "report", "forged"),
    [
        (b"", b"", False),
        (b"n a\nn b\n", b"a\nb\n", False),
        (b"n a\nn cut", b"a\n", False),
        (b"n a\nn", b"a\n", False),
        (b"n a\n\n", b"a\n", True),
        (b"n a\nfake", b"a\n", True),
        (b" n a\n", b"", True),
        (b"nn a\n", b"", True),
    ],
)
def test_only_whole_lines_with_the_nonce_are_genuine(
    data: bytes, report: bytes, forged: bool
) -> None:
    assert genuine(data, "n") == (report, forged)


# --- ends that nobody wants -----------------------------------------------------------------------

_WAITING = """
import sys
from pathlib import Path
from codeaug.model import Command
from codeaug.sandbox import probe
tree = Path(sys.argv[1])
with probe().workspace(
    tree, deps=tree.parent / "deps", scratch=tree.parent / "scratch", overlay=True
) as w:
    script = "rm a.txt; mkdir x; chmod 0 x; setsid sleep {0} & sleep {0}".format(sys.argv[2])
    w.run(Command(("sh", "-c", script)))
"""


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_when_codeaug_dies_nothing_goes_on_and_the_next_start_cleans_up(
    tree: Path, number: signal.Signals
) -> None:
    scratch = tree.parent / "scratch"
    mark = f"1{os.getpid()}.{number}"
    program = [sys.executable, "-c", _WAITING, str(tree), mark]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: running(mark))
        assert remove_stale(scratch) == 0
        process.send_signal(number)
    wait_until(lambda: not running(mark))
    assert remove_stale(scratch) == (1 if number == signal.SIGKILL else 0)
    assert list(scratch.iterdir()) == []


def test_a_private_folder_that_is_in_use_is_not_stale(tmp_path: Path) -> None:
    with private_folder(tmp_path) as folder:
        assert remove_stale(tmp_path) == 0
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_a_scratch_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(UsageError, match="cannot be used for scratch files"),
        private_folder(tmp_path / "file"),
    ):
        pytest.fail("there is no such folder")


def test_removal_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").write_text("")
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "link").symlink_to(tmp_path / "kept")
    remove(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()
    assert (tmp_path / "kept" / "file").exists()


# --- the filter -----------------------------------------------------------------------------------


def verdict(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """What the kernel would do: the filter run by the rules of classic BPF."""
    data = struct.pack("=IIQ", number, architecture, 0)
    data += struct.pack("=6Q", *arguments, *[0] * (6 - len(arguments)))
    code = list(struct.iter_unpack("=HBBI", program))
    position = value = 0
    while True:
        operation, yes, no, k = code[position]
        position += 1
        if operation == 0x20:
            (value,) = struct.unpack_from("=I", data, k)
        elif operation == 0x06:
            return int(k)
        else:
            tests = {0x15: value == k, 0x35: value >= k, 0x45: bool(value & k)}
            position += yes if tests[operation] else no


ALLOW, KILL, EPERM_, ENOSYS_ = 0x7FFF0000, 0x80000000, 0x50000 | errno.EPERM, 0x50000 | errno.ENOSYS


@pytest.mark.parametrize(
    ("machine", "architecture", "numbers"),
    [
        ("x86_64", 0xC000003E, {"read": 0, "ptrace": 101, "clone": 56, "clone3": 435, "ioctl": 16}),
        (
            "aarch64",
            0xC00000B7,
            {"read": 63, "ptrace": 117, "clone": 220, "clone3": 435, "ioctl": 29},
        ),
    ],
)
def test_the_filter_decides_alike_on_both_processors(
    machine: str, architecture: int, numbers: dict[str, int]
) -> None:
    program = seccomp_filter(machine)

    def says(name: str, *arguments: int) -> int:
        return verdict(program, architecture, numbers[name], *arguments)

    assert says("read") == ALLOW
    assert says("ptrace") == EPERM_
    assert says("clone3") == ENOSYS_
    assert says("clone", 0x01200011) == ALLOW
    assert says("clone", 0x10000011) == EPERM_
    assert says("ioctl", 0, 0x5413) == ALLOW
    assert says("ioctl", 0, 0x5412) == EPERM_
    assert says("ioctl", 0, 0x1_0000_5412) == EPERM_  # the kernel looks at 32 bits
    assert verdict(program, 0x40000003, 20) == KILL


def test_the_other_numbering_of_x86_is_refused() -> None:
    assert verdict(seccomp_filter("x86_64"), 0xC000003E, 0x40000000) == KILL


def test_an_unknown_processor_is_refused() -> None:
    with pytest.raises(NoSandbox, match="riscv64"):
        seccomp_filter("riscv64")


# --- real compilers -------------------------------------------------------------------------------


@pytest.mark.slow
def test_compilers_and_their_programs_work_inside(workspace: Workspace) -> None:
    workspace.write(
        "A.java",
        b"class A { public static void main(String[] a) throws Exception {"
        b' var t = new Thread(() -> System.out.println("java"));'
        b" t.start(); t.join(); } }",
    )
    workspace.write(
        "m.cpp",
        b"#include <thread>\n#include <iostream>\n"
        b'int main() { std::thread t([] { std::cout << "c++\\n"; }); t.join(); }',
    )
    java = shell(workspace, "javac A.java && java A")
    native = shell(workspace, "g++ -fsanitize=address -pthread m.cpp -o m && ./m")
    assert (java.out, native.out) == ("java\n", "c++\n"), java.err + native.err


def test_python_pools_and_loopback_servers_work_inside(workspace: Workspace) -> None:
    script = (
        "import multiprocessing, socket\n"
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname())\n"
        "with multiprocessing.Pool(2) as pool: print(pool.map(abs, [-1, 2]))"
    )
    outcome = workspace.run(Command((PYTHON, "-c", script), seconds=60))
    assert outcome.out == "[1, 2]\n", outcome.err


def test_standard_input_follows_the_nonce(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "deps").mkdir()
    with sandbox.workspace(
        tmp_path / "tree", deps=tmp_path / "deps", scratch=tmp_path / "scratch", overlay=True
    ) as workspace:
        outcome = workspace.run(Command(("sh", "-c", "read nonce; cat"), stdin="first\nsecond\n"))
    assert outcome.out == "first\nsecond\n"


ANSWERING = """
import json, os, sys
nonce = sys.stdin.readline().strip()
report = int(os.environ["CODEAUG_REPORT"])
for line in sys.stdin:
    request = json.loads(line)
    if "forge" in request:
        os.write(report, b"wrong " + line.encode())
    if "die" in request:
        sys.exit("I am dying")
    if "write" in request:
        open("/repo/left", "w").close()
    if "silent" not in request:
        for part in ({"echo": request}, {"done": True}):
            os.write(report, f"{nonce} {json.dumps(part)}\\n".encode())
"""


@pytest.fixture
def conversation(tmp_path: Path) -> Iterator[tuple[Workspace, Conversation]]:
    tree = tmp_path / "tree"
    tree.mkdir()
    command = Command(("python3", "-c", ANSWERING))
    with (
        probe().workspace(
            tree, deps=tmp_path / "deps", scratch=tmp_path / "scratch", overlay=True
        ) as workspace,
        workspace.converse(command) as talk,
    ):
        yield workspace, talk


def test_a_resident_program_answers_one_request_after_another(
    conversation: tuple[Workspace, Conversation],
) -> None:
    for number in range(3):
        report, last = conversation[1].ask({"number": number}, 20)
        assert json.loads(report) == {"echo": {"number": number}}
        assert last == {"done": True}


def test_a_request_larger_than_a_pipe_reaches_a_resident_program(
    conversation: tuple[Workspace, Conversation],
) -> None:
    report, _ = conversation[1].ask({"text": "é" * 500_000}, 20)
    assert json.loads(report) == {"echo": {"text": "é" * 500_000}}


@pytest.mark.parametrize(
    ("request_", "seconds", "reason"),
    [
        ({"silent": 1}, 1.0, "^time$"),
        ({"forge": 1}, 20.0, "^forged report$"),
        ({"die": 1}, 20.0, "I am dying"),
    ],
)
def test_a_resident_program_that_leaves_the_protocol_is_gone(
    conversation: tuple[Workspace, Conversation],
    request_: dict[str, int],
    seconds: float,
    reason: str,
) -> None:
    with pytest.raises(Gone, match=reason):
        conversation[1].ask(request_, seconds)
    with pytest.raises(Gone):
        conversation[1].ask({}, 20)


def test_files_that_a_resident_program_leaves_in_the_tree_are_seen(
    conversation: tuple[Workspace, Conversation],
) -> None:
    workspace, talk = conversation
    before = workspace.changed_files()
    talk.ask({}, 20)
    assert workspace.changed_files() == before
    talk.ask({"write": 1}, 20)
    assert {path for path, _, _ in workspace.changed_files() - before} == {"left"}
