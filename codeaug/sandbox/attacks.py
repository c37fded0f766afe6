"""Escape attempts against a sandbox: what is tried, and how one sees from outside what came of it.

Every attack can fail: the programs in `attempts.py` really try, and where they can tell what they
got hold of they say so; where they cannot, the effect is looked for outside. A program that says
nothing counts as got through, unless a limit ended it.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from codeaug import command as programs
from codeaug.errors import CodeaugError, NoSandbox
from codeaug.model import Command, Outcome
from codeaug.sandbox import toolchains
from codeaug.sandbox.limits import MIB
from codeaug.sandbox.probing import PYTHON
from codeaug.sandbox.workspace import Sandbox, Workspace

_SECRET = "codeaug-attack-secret"
_ATTEMPTS = Path(__file__).with_name("attempts.py")
_SMALL = {
    "memory": 128 * MIB,
    "processes": 64,
    "disk": 32 * MIB,
    "tmp": 32 * MIB,
    "file_size": 64 * MIB,
    "output": MIB,
    "report": MIB,
    "harvest": MIB,
}


@dataclass(frozen=True, slots=True)
class Arena:
    """Where one attack happens. `outside` is a folder that no program inside may see."""

    sandbox: Sandbox
    folder: Path

    @property
    def tree(self) -> Path:
        return self.folder / "tree"

    @property
    def deps(self) -> Path:
        return self.folder / "deps"

    @property
    def outside(self) -> Path:
        return self.folder / "outside"

    @property
    def runs(self) -> Path:
        return self.folder / "runs"

    def open(self, *, overlay: bool = True) -> contextlib.AbstractContextManager[Workspace]:
        return self.sandbox.workspace(self.tree, deps=self.deps, scratch=self.runs, overlay=overlay)

    def attempt(self, name: str, *arguments: str, seconds: float = 60.0) -> Outcome:
        """Try it in a workspace of its own."""
        with self.open() as workspace:
            return attempt(workspace, name, *arguments, seconds=seconds)


@dataclass(frozen=True, slots=True)
class Attack:
    """`run` tries it and says whether it was refused, and how."""

    name: str
    what: str
    run: Callable[[Arena], tuple[bool, str]]


def attack(sandbox: Sandbox, scratch: Path) -> Iterator[tuple[str, bool, str]]:
    """Run every attack: its name, whether it was refused, and what was seen."""
    for each in ATTACKS:
        refused, detail = run_attack(each, sandbox, scratch)
        yield each.name, refused, detail


def run_attack(each: Attack, sandbox: Sandbox, scratch: Path) -> tuple[bool, str]:
    """Run one attack in a new arena below `scratch`, under limits that are soon reached."""
    if "limits" not in sandbox.without:
        sandbox = replace(sandbox, limits=replace(sandbox.limits, **_SMALL))
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="attack-", dir=scratch) as folder:
        return each.run(new_arena(sandbox, Path(folder)))


def attempt(workspace: Workspace, name: str, *arguments: str, seconds: float = 60.0) -> Outcome:
    """Run one function of `attempts.py` in a workspace."""
    args = (PYTHON, "-I", "-S", "/repo/attempts.py", name, *arguments)
    return workspace.run(Command(args, seconds=seconds))


def new_arena(sandbox: Sandbox, folder: Path) -> Arena:
    arena = Arena(sandbox, folder)
    for made in (arena.tree, arena.deps, arena.outside, arena.tree / "src"):
        made.mkdir()
    (arena.tree / "attempts.py").write_bytes(_ATTEMPTS.read_bytes())
    (arena.tree / "src" / "file").write_text("original")
    (arena.deps / "file").write_text("original")
    (arena.outside / "secret").write_text(_SECRET)
    return arena


def _told(outcome: Outcome) -> tuple[bool, str]:
    """What the program says that it got hold of."""
    if outcome.limit in _LIMITS:
        return True, f"ended by the {outcome.limit} limit"
    try:
        said = json.loads(outcome.out)
    except ValueError:
        return False, f"the attempt did not finish: {outcome.err.strip()[-200:]}"
    return not said["got"], said["got"] or said["refusal"] or "nothing to get hold of"


_LIMITS = ("memory", "processes", "disk", "file size", "output", "report", "cpu", "time")


def inside(name: str, *arguments: str) -> Callable[[Arena], tuple[bool, str]]:
    """An attack whose program can tell by itself what came of it."""
    return lambda arena: _told(arena.attempt(name, *arguments))


# --- files ----------------------------------------------------------------------------------------


def _read_secret(arena: Arena) -> tuple[bool, str]:
    return _told(arena.attempt("read_files", str(arena.outside / "secret"), str(arena.outside)))


def _read_secret_through_proc(arena: Arena) -> tuple[bool, str]:
    return _told(arena.attempt("read_through_proc", str(arena.outside / "secret")))


def _read_home(arena: Arena) -> tuple[bool, str]:
    """Everything in the caller's home but the way to a toolchain that is installed there."""
    home = Path.home()
    shown = {p.relative_to(home).parts[0] for p in _prefixes() if p.is_relative_to(home)}
    names = [".ssh", ".aws", ".netrc", ".gitconfig", *sorted(p.name for p in home.glob("*"))]
    return _told(arena.attempt("read_files", *(str(home / n) for n in names if n not in shown)))


def _prefixes() -> tuple[Path, ...]:
    return toolchains.toolchains().prefixes


def _change_base(arena: Arena) -> tuple[bool, str]:
    paths = ("src/file", "attempts.py")
    before = [(arena.tree / path).read_bytes() for path in paths]
    outcome = arena.attempt("change_base", *paths)
    if not outcome.ok:
        return False, f"the attempt did not finish: {outcome.err.strip()[-200:]}"
    modes = [(arena.tree / path).stat().st_mode & 0o777 for path in paths]
    same = [(arena.tree / path).read_bytes() for path in paths] == before and 0o777 not in modes
    return same, "the original is unchanged" if same else "the original was changed"


def _harvest_traps(arena: Arena) -> tuple[bool, str]:
    with arena.open() as workspace:
        _laid(attempt(workspace, "leave_traps", str(arena.outside)))
        found = set(workspace.harvest.find("**/*")) - {"attempts.py", "src/file", "huge.xml"}
        names = [
            *("link.xml", "folder/passwd", "outside/secret", "pipe.xml", "huge.xml"),
            *("socket.xml", "hard.xml", "../outside/secret", str(arena.outside / "secret")),
        ]
        read = [name for name in names if _is_readable(workspace, name)]
    got = sorted({*found, *read})
    return not got, f"could be read: {', '.join(got)}" if got else "none of 9 traps could be read"


def _laid(outcome: Outcome) -> None:
    if not outcome.ok or json.loads(outcome.out)["refusal"]:
        raise NoSandbox(f"the attack could not be prepared: {outcome.out} {outcome.err}")


def _is_readable(workspace: Workspace, name: str) -> bool:
    try:
        workspace.harvest.read(name)
    except FileNotFoundError:
        return False
    return True


def _write_through_link(arena: Arena) -> tuple[bool, str]:
    """The next file that codeaug itself puts into the tree must not land elsewhere."""
    with arena.open() as workspace:
        _laid(attempt(workspace, "leave_traps", str(arena.outside)))
        for name in ("outside/new", "link.xml", "folder/new"):
            with contextlib.suppress(CodeaugError):
                workspace.write(name, b"")
    got = (arena.outside / "new").exists()
    return not got, "a file was written outside" if got else "links are not followed"


def _leave_maze(arena: Arena) -> tuple[bool, str]:
    with arena.open() as workspace:
        outcome = attempt(workspace, "leave_maze")
        workspace.harvest.find("**/*")
    left = sorted(p.name for p in arena.runs.iterdir())
    detail = f"left: {', '.join(left)}" if left else "all was removed"
    return outcome.ok and not left, outcome.err.strip()[-200:] or detail


def _read_git(arena: Arena) -> tuple[bool, str]:
    (arena.tree / ".git").mkdir()
    (arena.tree / ".git" / "config").write_text(_SECRET)
    return _told(arena.attempt("read_git"))


# --- environment, descriptors, processes ----------------------------------------------------------


def _find_in_environment(arena: Arena) -> tuple[bool, str]:
    os.environ["CODEAUG_ATTACK"] = _SECRET
    try:
        return _told(arena.attempt("find_in_environment", _SECRET))
    finally:
        del os.environ["CODEAUG_ATTACK"]


def _use_descriptors(arena: Arena) -> tuple[bool, str]:
    with open(arena.outside / "secret") as stream:
        os.set_inheritable(stream.fileno(), True)
        return _told(arena.attempt("use_descriptors"))


@contextlib.contextmanager
def _victim() -> Iterator[int]:
    """A process outside that waits to be attacked."""
    waiting = ["sh", "-c", 'echo $$; read answer; echo "$0"', _SECRET]
    with programs.conversation(waiting) as (_, out):
        yield int(out.readline())


def _kill_process(arena: Arena) -> tuple[bool, str]:
    with _victim() as pid:
        refused, detail = _told(arena.attempt("kill_process", str(pid)))
        alive = _is_alive(pid)
    return refused and alive, detail


def _is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state not in "ZX"


def _reach_launcher(arena: Arena) -> tuple[bool, str]:
    state = os.stat(programs.which("bwrap") or "/usr/bin/bwrap")
    return _told(arena.attempt("reach_launcher", str(state.st_dev), str(state.st_ino)))


def _see_processes(arena: Arena) -> tuple[bool, str]:
    with _victim():
        return _told(arena.attempt("see_processes", _SECRET))


def _survive(arena: Arena) -> tuple[bool, str]:
    with arena.open(overlay=False) as workspace:
        outcome = attempt(workspace, "survive", "/repo/beat")
    last = (arena.tree / "beat").read_text()
    time.sleep(0.2)
    dead = (arena.tree / "beat").read_text() == last
    return outcome.ok and dead, "nothing lives on" if dead else "a daemon lives on"


def _run_for_ever(arena: Arena) -> tuple[bool, str]:
    started = time.monotonic()
    outcome = arena.attempt("run_for_ever", seconds=1.0)
    taken = time.monotonic() - started
    return outcome.timed_out and taken < 30, f"ended after {taken:.1f} s"


# --- network --------------------------------------------------------------------------------------


def _connect(arena: Arena) -> tuple[bool, str]:
    with socket.create_server(("", 0)) as server:
        port = server.getsockname()[1]
        hosts = ("127.0.0.1", "localhost", socket.gethostname())
        return _told(arena.attempt("connect", *(f"{host}:{port}" for host in hosts)))


def _connect_unix(arena: Arena) -> tuple[bool, str]:
    with socket.socket(socket.AF_UNIX) as named, socket.socket(socket.AF_UNIX) as abstract:
        named.bind(path := str(arena.outside / "socket"))
        abstract.bind(f"\0{_SECRET}-{os.getpid()}")
        named.listen()
        abstract.listen()
        addresses = (
            path,
            f"@{_SECRET}-{os.getpid()}",
            "/run/docker.sock",
            "/run/dbus/system_bus_socket",
        )
        return _told(arena.attempt("connect_unix", *addresses))


# --- using up -------------------------------------------------------------------------------------


def _use_up(limit: str, name: str, *arguments: str) -> Callable[[Arena], tuple[bool, str]]:
    """An attack that a named limit must end, or that the kernel refuses inside."""

    def run(arena: Arena) -> tuple[bool, str]:
        outcome = arena.attempt(name, *arguments)
        if outcome.limit:
            return outcome.limit == limit, f"ended by the {outcome.limit} limit"
        return _told(outcome)

    return run


def _flood_output(arena: Arena) -> tuple[bool, str]:
    outcome = arena.attempt("flood", "8", "1", "2")
    kept = len(outcome.out) + len(outcome.err)
    return outcome.limit == "output" and kept <= 2 * MIB, f"{kept} bytes kept"


def _flood_report(arena: Arena) -> tuple[bool, str]:
    outcome = arena.attempt("flood", "8", "CODEAUG_REPORT")
    return not outcome.report and bool(outcome.limit), f"ended as {outcome.limit}"


# --- verdicts -------------------------------------------------------------------------------------


def _forge(name: str) -> Callable[[Arena], tuple[bool, str]]:
    def run(arena: Arena) -> tuple[bool, str]:
        outcome = arena.attempt(name)
        refused = not outcome.report and outcome.limit == "forged report"
        return refused, f"limit {outcome.limit!r}, {len(outcome.report)} bytes of report"

    return run


def _guess_nonce(arena: Arena) -> tuple[bool, str]:
    """As behind one of our own programs, which has read the nonce and gone on."""
    with arena.open() as workspace:
        behind = f"read -r nonce; unset nonce; exec {PYTHON} -I -S attempts.py guess_nonce"
        outcome = workspace.run(Command(("sh", "-c", behind), seconds=60))
    refused = not outcome.report and outcome.limit == "forged report"
    return refused, f"limit {outcome.limit!r}, {len(outcome.report)} bytes of report"


def _end_early(arena: Arena) -> tuple[bool, str]:
    outcome = arena.attempt("end_early")
    refused = outcome.exit_code == 0 and not outcome.report
    return refused, f"exit code {outcome.exit_code}, {len(outcome.report)} bytes of report"


_EVERYWHERE = (
    Attack("shadow", "read the password hashes", inside("read_files", "/etc/shadow")),
    Attack("files outside", "read a file by its path outside", _read_secret),
    Attack("files through /proc", "read it through another's root", _read_secret_through_proc),
    Attack("home", "read the caller's home folder", _read_home),
    Attack("git", "read the repository's .git", _read_git),
    Attack("environment", "find the caller's environment", _find_in_environment),
    Attack("descriptors", "use files that the caller has open", _use_descriptors),
    Attack(
        "system files",
        "write to the system's folders",
        inside("write_files", "/", "/usr", "/etc", "/dev", "/host", "/usr/lib"),
    ),
    Attack("dependencies", "write to the dependencies", inside("write_files", "/deps")),
    Attack("original tree", "change the original behind the private view", _change_base),
    Attack("kernel settings", "write to /proc/sys and /sys", inside("write_kernel_settings")),
    Attack("devices", "open the machine's devices", inside("open_devices")),
    Attack("new device", "make a device file", inside("make_device")),
    Attack("harvest", "leave links and pipes to be read outside", _harvest_traps),
    Attack("planted links", "divert what is written to the tree", _write_through_link),
    Attack("maze", "leave folders that cannot be removed", _leave_maze),
    Attack("loopback", "connect to a server on this machine", _connect),
    Attack("internet", "find a way to the internet", inside("find_route")),
    Attack("unix sockets", "connect to services of this machine", _connect_unix),
    Attack("other sockets", "reach the host of a virtual machine", inside("open_foreign_sockets")),
    Attack("kill", "kill a process outside", _kill_process),
    Attack("see processes", "see processes outside", _see_processes),
    Attack("launcher", "write to the program that isolates", _reach_launcher),
    Attack("survivor", "leave a daemon behind", _survive),
    Attack("endless", "run for ever and ignore signals", _run_for_ever),
    Attack("ptrace", "trace a process", inside("trace")),
    Attack("foreign memory", "read a process's memory", inside("read_memory")),
    Attack("io_uring", "make calls that no filter sees", inside("use_io_uring")),
    Attack("keys", "use the caller's keyring", inside("use_keys")),
    Attack("user namespace", "become root in a namespace", inside("new_user_namespace")),
    Attack("mount", "mount a file system", inside("mount")),
    Attack("bpf", "load code into the kernel", inside("load_bpf")),
    Attack("perf events", "watch the kernel's counters", inside("count_events")),
    Attack("userfaultfd", "handle the kernel's page faults", inside("handle_faults")),
    Attack("file handles", "name files past the tree", inside("file_handle")),
    Attack("terminal", "type into a terminal", inside("type_into_terminal")),
    Attack("privileges", "gain privileges", inside("gain_privileges")),
    Attack("fork bomb", "start processes without end", _use_up("processes", "fork_bomb", "2000")),
    Attack("memory", "use up memory", _use_up("memory", "allocate", "1500")),
    Attack(
        "memory of many",
        "use up memory in several processes",
        _use_up("memory", "allocate_in_children", "1200"),
    ),
    Attack("unseen memory", "use up memory of no process", inside("allocate_unseen", "512")),
    Attack("disk", "fill the disk", _use_up("disk", "fill", "/repo", "1024")),
    Attack("deleted files", "fill the disk unseen", _use_up("disk", "fill_unseen", "1024")),
    Attack("temporary files", "fill /tmp", _use_up("memory", "fill", "/tmp", "512")),
    Attack("shared memory", "fill /dev/shm", _use_up("memory", "fill", "/dev/shm", "512")),
    Attack(
        "file names", "fill /tmp with names", _use_up("memory", "fill_with_names", "/tmp", "900000")
    ),
    Attack("huge file", "make a huge file", _use_up("file size", "huge_file", "4096")),
    Attack("output flood", "write output without end", _flood_output),
    Attack("report flood", "write reports without end", _flood_report),
    Attack("forged verdict", "report a verdict of its own", _forge("forge_report")),
    Attack("found nonce", "find the nonce that verdicts carry", _guess_nonce),
    Attack("reporter", "read the nonce in a reporter's memory", inside("read_reporter")),
    Attack("early end", "end with exit code 0 before any test", _end_early),
)
_ON_X86 = (
    Attack("32-bit calls", "make calls under other numbers", inside("foreign_architecture")),
)
ATTACKS = _EVERYWHERE + (_ON_X86 if platform.machine() == "x86_64" else ())
